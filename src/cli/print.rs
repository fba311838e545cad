//! Annotations and findings in text and JSON.

use std::io::{IsTerminal, Write};

use countercheck::Checker;
use countercheck::block::Article;
use countercheck::claim::Extraction;
use countercheck::error::Error;
use countercheck::report::{self, Counts, FindingRow, MentionRow, Ruler, Status};
use countercheck::verdict::{Finding, Verdict};
use serde::Serialize;

use super::failed;

/// Form of the output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For people.
    Text,
    /// Indented JSON.
    Json,
    /// One line of JSON.
    Line,
}

/// Standard output. Where its reader has gone (`… | head`), nothing is left to do, and that is no error. On a terminal
/// the control characters of a page or a set are not obeyed.
pub struct Output(pub std::io::StdoutLock<'static>);

/// The bytes of some text with `?` or `·` for each control character that is no tab and no line feed. The length stays.
fn harmless(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for at in 0..out.len() {
        let second = at > 0 && bytes[at - 1] == 0xc2 && (0x80..0xa0).contains(&bytes[at]);
        if second {
            out[at] = 0xb7;
        } else if bytes[at].is_ascii_control() && !matches!(bytes[at], b'\t' | b'\n') {
            out[at] = b'?';
        }
    }
    out
}

/// A message as one line without control characters: names of files come into it.
pub fn one_line(message: &str) -> String {
    String::from_utf8_lossy(&harmless(message.as_bytes())).replace(['\n', '\t'], "?")
}

impl Output {
    fn ending<T>(done: std::io::Result<T>) -> std::io::Result<T> {
        if done.as_ref().is_err_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe) {
            std::process::exit(0);
        }
        done
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.is_terminal() {
            return Self::ending(self.0.write(&harmless(bytes)));
        }
        Self::ending(self.0.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Self::ending(self.0.flush())
    }
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: &'a str,
    published: Option<String>,
    entities: Vec<MentionRow>,
}

#[derive(Serialize)]
struct Checked<'a> {
    id: &'a str,
    status: Status,
    published: Option<String>,
    anchor: &'static str,
    counts: Counts,
    findings: Vec<FindingRow>,
}

/// One value as a line of JSON.
pub fn json(out: &mut impl Write, value: &impl Serialize) -> Result<(), Error> {
    serde_json::to_writer(&mut *out, value).map_err(failed)?;
    writeln!(out).map_err(failed)
}

fn write(out: &mut impl Write, value: &impl Serialize, style: Style) -> Result<(), Error> {
    if style == Style::Line {
        return json(out, value);
    }
    serde_json::to_writer_pretty(&mut *out, value).map_err(failed)?;
    writeln!(out).map_err(failed)
}

/// The mentions of one article.
pub fn annotation(
    out: &mut impl Write,
    article: &Article,
    extraction: &Extraction<'_>,
    style: Style,
) -> Result<(), Error> {
    let entities = report::mentions(extraction, &mut Ruler::code_points(article));
    if style != Style::Text {
        let published = extraction.anchor.map(|d| d.to_string());
        return write(out, &Annotation { id: &article.page.id, published, entities }, style);
    }
    let anchor = extraction.anchor.map_or("none".to_owned(), |d| d.to_string());
    writeln!(out, "{}  (dates resolved against {anchor})", article.page.id).map_err(failed)?;
    for row in entities {
        let kind = format!("{:?}", row.kind).to_lowercase();
        let more = row.value.or(row.name).filter(|m| *m != row.text).map_or(String::new(), |m| format!("  → {m}"));
        writeln!(out, "  {:>6}–{:<6} {kind:<13} {}{more}", row.start, row.end, row.text).map_err(failed)?;
    }
    Ok(())
}

/// The findings on one article.
pub fn check(
    out: &mut impl Write,
    article: &Article,
    extraction: &Extraction<'_>,
    findings: &[Finding],
    checker: &Checker<'_>,
    unloaded: bool,
    style: Style,
) -> Result<(), Error> {
    let counts = Counts::of(findings);
    let status = report::status(article, unloaded, counts);
    let rows = report::findings(findings, checker.index(), &mut Ruler::code_points(article));
    if style != Style::Text {
        let checked = Checked {
            id: &article.page.id,
            status,
            published: extraction.anchor.map(|d| d.to_string()),
            anchor: report::anchor_name(extraction.anchor_source),
            counts,
            findings: rows,
        };
        return write(out, &checked, style);
    }
    text(out, &article.page.id, status, counts, &rows).map_err(failed)
}

fn text(out: &mut impl Write, id: &str, status: Status, counts: Counts, rows: &[FindingRow]) -> std::io::Result<()> {
    let note = match status {
        Status::Ok => String::new(),
        Status::Empty => ": no article text found".to_owned(),
        Status::NotEnglish => ": not in English, so nothing can be said".to_owned(),
        Status::NoReference => ": no reference set is loaded".to_owned(),
        Status::NotCovered => ": the references do not cover it".to_owned(),
    };
    writeln!(
        out,
        "{id}{note}\n  {} differ, {} disputed, {} superseded, {} supported, {} not covered",
        counts.contradicted, counts.disputed, counts.superseded, counts.supported, counts.unverified
    )?;
    for row in
        rows.iter().filter(|r| matches!(r.verdict, Verdict::Contradicted | Verdict::Disputed | Verdict::Superseded))
    {
        let verdict = match row.verdict {
            Verdict::Contradicted if row.total > 0 => format!("differs from {} of {} sources", row.agree, row.total),
            Verdict::Contradicted => "cannot be".to_owned(),
            Verdict::Disputed => "the sources disagree".to_owned(),
            _ => "updated since".to_owned(),
        };
        writeln!(out, "\n  “{}” {verdict}  [{}]", row.text, row.rule)?;
        writeln!(out, "    this page  {}", row.value)?;
        if let Some(expected) = &row.expected {
            writeln!(out, "    sources    {expected}")?;
        }
        for evidence in &row.evidence {
            let date = evidence.published.as_deref().unwrap_or("undated");
            writeln!(out, "      “{}” — {} ({date})", evidence.sentence, evidence.title)?;
        }
    }
    Ok(())
}

/// The claims of one article, sentence by sentence, for reading.
pub fn claims(out: &mut impl Write, article: &Article, extraction: &Extraction<'_>) -> Result<(), Error> {
    let mut last = None;
    for claim in &extraction.claims {
        if last != Some((claim.block, claim.sentence)) {
            last = Some((claim.block, claim.sentence));
            writeln!(out, "\n{}", claim.sentence.of(&article.page.blocks[claim.block as usize])).map_err(failed)?;
        }
        writeln!(out, "    {claim}").map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_terminal_is_told_nothing_but_text() {
        let text = "a\u{1b}]0;title\u{7}b\t\u{9b}2Jé 😀\r\n";
        assert_eq!(String::from_utf8(harmless(text.as_bytes())).unwrap(), "a?]0;title?b\t·2Jé 😀?\n");
        assert_eq!(harmless("plain text, é".as_bytes()), "plain text, é".as_bytes());
    }
}
