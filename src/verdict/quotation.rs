//! Quotations: altered words, or the same words from another mouth.

use super::align::keys;
use super::ballot::{Ballot, Subject, Vote};
use super::{Check, Finding, FindingKind, Verdict, tell};
use crate::claim::{Claim, Family, Label, Value};
use crate::mention::gazetteer::fold;
use crate::reference::Match;
use crate::span::Span;

/// Least share of the words that must be the same for two quotations to be of one utterance.
const SAME: f32 = 0.65;
/// Fewest words that must be the same.
const FEWEST: usize = 3;
/// Most words that may be altered; beyond it, it is another utterance or a paraphrase.
const MOST_ALTERED: usize = 3;

/// Fewest of them that must say something by themselves.
const TELLING: usize = 2;
/// Most words of a quotation that one telling word is enough for.
const SHORT: usize = 4;
/// Words that any two utterances may share.
const FUNCTION: &str = include_str!("../../data/language/function_words.txt");

pub(super) fn judge(check: &Check<'_, '_>, claim: &Claim) -> Option<Finding> {
    let words = claim.parts(Label::Words).next()?;
    let Value::Text(text) = &words.value else { return None };
    let page = split(text);
    let mut ballot = Ballot::default();
    let mut wrong_speaker = Ballot::with_doubt(!claim.firm);
    let mut altered: Option<Span> = None;
    for entry in check.index.claims(Family::Quote, "quote").iter().filter(|e| check.counts(e.source)) {
        let Some(Value::Text(source)) = entry.claim.parts(Label::Words).next().map(|p| &p.value) else { continue };
        let fewest = if speakers(check, claim, entry.claim) == Some(Vote::For) { 2 } else { FEWEST };
        match compare(&page, &split(source), fewest) {
            Likeness::Same => {
                ballot.cast(Vote::For, entry, source.clone());
                if let Some(vote) = speakers(check, claim, entry.claim) {
                    let shown = entry
                        .claim
                        .parts(Label::Speaker)
                        .next()
                        .map_or(String::new(), |p| tell::value(check.index, &p.value));
                    wrong_speaker.cast(vote, entry, shown);
                }
            }
            Likeness::Altered(..) if speakers(check, claim, entry.claim) == Some(Vote::Against) => {}
            Likeness::Altered(first, last) => {
                altered = altered.or(Some(Span {
                    start: words.span.start + page[first].1.start,
                    end: words.span.start + page[last].1.end,
                }));
                ballot.cast(Vote::Against, entry, source.clone());
            }
            Likeness::Other => {}
        }
    }
    let speaker = claim.parts(Label::Speaker).next();
    let by_speaker = speaker.map(|part| {
        let name = tell::value(check.index, &part.value);
        wrong_speaker
            .decide(check, subject(check, claim, part.span, (FindingKind::Attribution, "quote.speaker"), &name))
    });
    if let Some(finding) = by_speaker.filter(|f| f.verdict == Verdict::Contradicted) {
        return Some(finding);
    }
    let span = altered.unwrap_or(words.span);
    Some(ballot.decide(check, subject(check, claim, span, (FindingKind::Quote, "quote.altered"), text)))
}

fn subject(
    check: &Check<'_, '_>,
    claim: &Claim,
    span: Span,
    what: (FindingKind, &'static str),
    value: &str,
) -> Subject {
    Subject {
        kind: what.0,
        block: claim.block as usize,
        span,
        claim: tell::claim(check.index, claim, "quote", value),
        value: value.to_owned(),
        rule: what.1,
        confidence: 0.92,
    }
}

/// Whether two quotations of the same words have the same speaker.
fn speakers(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> Option<Vote> {
    let (Value::Key(a), Value::Key(b)) =
        (&page.parts(Label::Speaker).next()?.value, &source.parts(Label::Speaker).next()?.value)
    else {
        return None;
    };
    if a.class() != 'p' || b.class() != 'p' {
        return None;
    }
    match keys(check.index, a, b) {
        Match::Same => Some(Vote::For),
        Match::Different => Some(Vote::Against),
        Match::Open => None,
    }
}

/// Folded words of a quotation with their bytes.
fn split(text: &str) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '\'' | '’');
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                let word = fold(&text[first..at]);
                if !word.is_empty() {
                    out.push((word, Span::new(first, at)));
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

#[derive(Debug, PartialEq)]
enum Likeness {
    /// One holds the other's words in their order, apart from spelling.
    Same,
    /// Words from this one to that one of the page's differ.
    Altered(usize, usize),
    /// Another utterance.
    Other,
}

/// Compares the page's words with the best stretch of the source's words.
fn compare(page: &[(String, Span)], source: &[(String, Span)], fewest: usize) -> Likeness {
    let pairs = common(page, source);
    let Some((&(_, first), &(_, last))) = pairs.first().zip(pairs.last()) else { return Likeness::Other };
    let share = pairs.len() as f32 / page.len().max(1) as f32;
    if pairs.len() == page.len() || pairs.len() == source.len() && page.len() > source.len() {
        let stretch = last + 1 - first;
        let gaps = stretch.saturating_sub(page.len().min(source.len()));
        return if pairs.len() >= fewest && gaps <= MOST_ALTERED * 4 { Likeness::Same } else { Likeness::Other };
    }
    if pairs.len() < fewest || share < SAME {
        return Likeness::Other;
    }
    let telling = |w: &str| w.chars().count() > 3 && !FUNCTION.lines().any(|f| f == w);
    let short = page.len() <= SHORT && share >= 0.75;
    if pairs.iter().filter(|p| telling(&page[p.0].0)).count() < if short { 1 } else { TELLING } {
        return Likeness::Other;
    }
    let matched: Vec<usize> = pairs.iter().map(|p| p.0).collect();
    let missing: Vec<usize> = (0..page.len()).filter(|i| !matched.contains(i)).collect();
    let (Some(&from), Some(&to)) = (missing.first(), missing.last()) else { return Likeness::Same };
    // The words must stand in place of others, between or beside words that are the same: a quotation
    // that merely goes on longer than the source's is no altered one.
    let before = pairs.iter().rfind(|p| p.0 < from).map(|p| p.1);
    let after = pairs.iter().find(|p| p.0 > to).map(|p| p.1);
    let replaced = match (before, after) {
        (Some(b), Some(a)) => a > b + 1 && a - b - 1 <= MOST_ALTERED,
        (Some(b), None) => source.len() > b + 1 && source.len() - b - 1 <= MOST_ALTERED,
        (None, Some(a)) => (1..=MOST_ALTERED).contains(&a),
        (None, None) => false,
    };
    // At an end, where quotations are cut differently, only one word.
    let inside = before.is_some() && after.is_some();
    if to - from < MOST_ALTERED && replaced && (inside || to == from) {
        Likeness::Altered(from, to)
    } else {
        Likeness::Other
    }
}

/// The longest common subsequence, as pairs of indexes; spelling variants count as the same word.
fn common(a: &[(String, Span)], b: &[(String, Span)]) -> Vec<(usize, usize)> {
    const LONGEST: usize = 200;
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut length = vec![vec![0u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i][j] = if same_word(&a[i].0, &b[j].0) {
                length[i + 1][j + 1] + 1
            } else {
                length[i + 1][j].max(length[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if same_word(&a[i].0, &b[j].0) {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[i + 1][j] >= length[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// The same word in British and American spelling, or with and without an ending's letter.
fn same_word(a: &str, b: &str) -> bool {
    a == b || (a.len() > 4 && b.len() > 4 && strsim::levenshtein(a, b) <= 1) || spelled_alike(a, b)
}

fn spelled_alike(a: &str, b: &str) -> bool {
    const VARIANTS: [(&str, &str); 5] =
        [("isation", "ization"), ("ise", "ize"), ("our", "or"), ("ence", "ense"), ("re", "er")];
    VARIANTS.iter().any(|(x, y)| a.replace(x, y) == b || b.replace(x, y) == a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn altered_and_tolerated() {
        for (page, source, want) in [
            ("far-fetched and harmless", "far-fetched and unprofessional", Likeness::Altered(3, 3)),
            (
                "I want to stop playing as a world champion",
                "I want to keep playing as a world champion",
                Likeness::Altered(3, 3),
            ),
            ("we’re not there yet", "meet eventually, but we're not there yet", Likeness::Same),
            ("the defence of the realm", "the defense of the realm", Likeness::Same),
            ("the best of both worlds", "we come in peace for all", Likeness::Other),
            ("stop interfering", "stop interfering in internal affairs", Likeness::Other),
        ] {
            assert_eq!(compare(&split(page), &split(source), FEWEST), want, "{page}");
        }
    }
}
