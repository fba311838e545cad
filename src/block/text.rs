//! Plain text as found on the web: a title, a publication line in some form, paragraphs, and what
//! the site put around them.

mod day;

use super::{Article, Page, Reading};

/// Lines that belong to the site and not to the article: `line` is dropped, `rest` ends the article.
const BOILERPLATE: &str = include_str!("../../data/language/boilerplate.tsv");

/// Longest headline and publication line that are believed, in bytes.
const HEAD_LINE: usize = 160;

/// Cuts a plain text into blocks. `text` stays as given, so that offsets can be told in it.
///
/// A title, an address and a date of publication that the first lines state are put into the page.
/// With [`Reading::Whole`] every line becomes (part of) a block.
pub fn read(id: &str, text: &str, reading: Reading) -> Article {
    let lines = paragraphs(text);
    let mut page = Page { id: id.to_owned(), ..Page::default() };
    let mut starts = Vec::new();
    let head = if reading == Reading::Article { head(text, &lines, &mut page) } else { Head::default() };
    for (i, &(start, end)) in lines.iter().enumerate() {
        let line = &text[start..end];
        let mut start = start;
        if reading == Reading::Article {
            if head.skip.contains(&i) {
                continue;
            }
            match site_line(line) {
                Some(Site::Line) => continue,
                Some(Site::Rest) if i > 0 => break,
                _ => {}
            }
            start += if head.cut.0 == i { head.cut.1 } else { 0 };
        }
        starts.push(start);
        page.blocks.push(text[start..end].to_owned());
    }
    Article { page, text: text.to_owned(), starts }
}

#[derive(Default)]
struct Head {
    /// Lines that hold metadata only.
    skip: Vec<usize>,
    /// A line and the bytes at its start that hold metadata.
    cut: (usize, usize),
}

/// Reads title and publication line off the first lines.
fn head(text: &str, lines: &[(usize, usize)], page: &mut Page) -> Head {
    let mut head = Head::default();
    for (i, &(start, end)) in lines.iter().take(4).enumerate() {
        let line = &text[start..end];
        if page.published.is_none() && is_publication_line(line) {
            page.published = Some(line.to_owned());
            head.skip.push(i);
        } else if let Some(url) = line.strip_prefix("URL:") {
            page.url = Some(url.trim().to_owned());
            head.skip.push(i);
        } else if page.title.is_none() && is_headline(line, dated(text, lines.get(i + 1))) && lines.len() > 1 {
            page.title = Some(line.to_owned());
        } else if let Some(cut) = page.title.as_deref().and_then(|title| glued(line, title)) {
            page.published = page.published.take().or(day::find(&line[..cut]).map(|d| line[d].to_owned()));
            head.cut = (i, cut);
        }
    }
    head
}

fn is_publication_line(line: &str) -> bool {
    const MOST_OTHER_WORDS: usize = 4;
    if line.len() > HEAD_LINE || line.ends_with(['.', '?', '!', '”', '"']) || line.starts_with(['-', '•', '*']) {
        return false;
    }
    let Some(date) = day::find(line) else { return false };
    let rest = line[..date.start].split_whitespace().chain(line[date.end..].split_whitespace());
    rest.filter(|word| !is_site_word(word)).count() <= MOST_OTHER_WORDS
}

/// Words that publication lines are made of besides a section's or an author's name, and clock times.
fn is_site_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) || site_word(&word)
}

fn site_word(word: &str) -> bool {
    BOILERPLATE.lines().any(|row| row.split_once('\t') == Some(("word", word)))
}

/// Whether a line is one of publication.
fn dated(text: &str, line: Option<&(usize, usize)>) -> bool {
    line.is_some_and(|&(start, end)| is_publication_line(&text[start..end]))
}

/// Whether a line is a headline. One of two words is rather the name of a section, unless the day follows.
fn is_headline(line: &str, day_follows: bool) -> bool {
    line.len() <= HEAD_LINE
        && line.split_whitespace().count() >= if day_follows { 2 } else { 3 }
        && !line.ends_with(['.', ':', ';', ',', '”', '"'])
        && !line.starts_with(['-', '•', '*', '“', '"'])
        && !(line.ends_with('?') && line.get(1..2) == Some(":"))
}

/// Bytes of a line that repeats section, date and title before the first paragraph, glued to it.
fn glued(line: &str, title: &str) -> Option<usize> {
    let cut = line.find(title)? + title.len();
    (cut < HEAD_LINE + 2 * title.len() && line.len() > cut && day::find(&line[..cut]).is_some()).then_some(cut)
}

enum Site {
    Line,
    Rest,
}

fn site_line(line: &str) -> Option<Site> {
    const LONGEST: usize = 90;
    if line.starts_with("http") && !line.contains(char::is_whitespace) {
        return Some(Site::Line);
    }
    if line.len() > LONGEST {
        return None;
    }
    let line = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '[').to_lowercase();
    BOILERPLATE.lines().find_map(|row| {
        let (class, form) = row.split_once('\t')?;
        match class {
            "line" if line == form => Some(Site::Line),
            "rest" if line.starts_with(form) && line.len() <= form.len() + 8 => Some(Site::Rest),
            "prefix" if line.starts_with(form) => Some(Site::Line),
            _ => None,
        }
    })
}

/// Byte ranges of the paragraphs, without white space at either end.
///
/// A line is a paragraph, except where the text was wrapped at a fixed width.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    let mut blank = true;
    for raw in text.split_inclusive('\n') {
        let line = raw.trim();
        let start = at + (raw.len() - raw.trim_start().len());
        at += raw.len();
        if line.is_empty() {
            blank = true;
            continue;
        }
        let end = start + line.len();
        match out.last_mut() {
            Some(last) if !blank && wrapped(&text[last.0..last.1], line) => last.1 = end,
            _ => out.push((start, end)),
        }
        blank = false;
    }
    out
}

/// Whether `next` goes on with the paragraph that ends in `before`.
fn wrapped(before: &str, next: &str) -> bool {
    const WIDEST: usize = 100;
    const NARROWEST: usize = 55;
    if is_publication_line(before) || is_publication_line(next) {
        return false;
    }
    let last = before.rsplit('\n').next().unwrap_or(before).trim();
    let open = !last.ends_with(['.', '!', '?', ':', '”', '"']);
    let fixed = (NARROWEST..=WIDEST).contains(&last.len()) && next.len() <= WIDEST;
    fixed && (next.starts_with(char::is_lowercase) || open || last.len() >= 70 && !next.starts_with(['-', '•', '*']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_publication_line_and_site_lines() {
        let text =
            "Dam opens early\nPublished 2022-12-17\n\nThe dam opened on Friday.\n\nLeave a comment\nGreat news!\n";
        let article = read("a", text, Reading::Article);
        assert_eq!(article.page.title.as_deref(), Some("Dam opens early"));
        assert_eq!(article.page.published.as_deref(), Some("Published 2022-12-17"));
        assert_eq!(article.page.blocks, ["Dam opens early", "The dam opened on Friday."]);
        assert_eq!(&text[article.starts[1]..][..7], "The dam");
    }

    #[test]
    fn the_whole_text_when_annotating() {
        let article = read("a", "Leave a comment\nPublished 2022-12-17", Reading::Whole);
        assert_eq!(article.page.blocks.len(), 2);
    }

    #[test]
    fn a_first_paragraph_is_no_title() {
        let article = read("a", "The dam opened on Friday.\n\nPeople came.", Reading::Article);
        assert_eq!(article.page.title, None);
    }

    #[test]
    fn two_words_are_a_title_where_the_day_follows() {
        let title = |text: &str| read("a", text, Reading::Article).page.title;
        assert_eq!(title("Bumpy landings\n16 November 2014\n\nLanding is hard.").as_deref(), Some("Bumpy landings"));
        assert_eq!(title("World news\n\nLanding is hard."), None);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text =
            "The dam was opened on Friday by the minister, who came with a\nlarge party from the capital.\n\nNext.";
        assert_eq!(read("a", text, Reading::Whole).page.blocks.len(), 2);
    }

    #[test]
    fn site_line_glued_to_the_first_paragraph() {
        let text = "Dam opens early\nNews June 19, 2023 No Comments on Dam opens earlyThe dam opened.";
        let article = read("a", text, Reading::Article);
        assert_eq!(article.page.blocks, ["Dam opens early", "The dam opened."]);
        assert_eq!(article.page.published.as_deref(), Some("June 19, 2023"));
    }
}
