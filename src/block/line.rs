//! JSON Lines: one article a line.

use serde::Deserialize;

use super::{Article, Page, Reading, html, text};
use crate::error::Error;

/// One line of JSON Lines input. Exactly one of `paragraphs`, `text` and `html` holds the text.
#[derive(Debug, Default, Deserialize)]
pub struct Line {
    #[serde(default)]
    id: String,
    title: Option<String>,
    url: Option<String>,
    published: Option<String>,
    lang: Option<String>,
    paragraphs: Option<Vec<String>>,
    text: Option<String>,
    html: Option<String>,
}

/// Reads one line of JSON Lines.
///
/// # Errors
/// When the line is no JSON object of that form, or names no text.
pub fn read(json: &str, reading: Reading) -> Result<Article, Error> {
    let line: Line = serde_json::from_str(json).map_err(|e| {
        let text = e.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        Error::new(format!("not an article: {what}, at byte {}; a line is one JSON object", e.column()))
    })?;
    let mut article = match (line.paragraphs, line.text, line.html) {
        (Some(blocks), None, None) => Article::from_page(Page { blocks, ..Page::default() }),
        (None, Some(body), None) => text::read("", &body, reading),
        (None, None, Some(html)) => html::read("", &html)?,
        _ => return Err(Error::new("an article needs exactly one of \"paragraphs\", \"text\" and \"html\"")),
    };
    let page = &mut article.page;
    page.id = line.id;
    page.title = line.title.or(page.title.take());
    page.url = line.url.or(page.url.take());
    page.published = line.published.or(page.published.take());
    page.lang = line.lang.or(page.lang.take());
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_joined_by_one_line_feed() {
        let article =
            read(r#"{"id":"x","paragraphs":["A b.","C"],"published":"2023-06-18"}"#, Reading::Article).unwrap();
        assert_eq!((article.text.as_str(), article.starts), ("A b.\nC", vec![0, 5]));
        assert_eq!(article.page.published.as_deref(), Some("2023-06-18"));
    }

    #[test]
    fn one_text_and_no_more() {
        assert!(read(r#"{"id":"x"}"#, Reading::Article).is_err());
        assert!(read(r#"{"id":"x","text":"a","paragraphs":[]}"#, Reading::Article).is_err());
        assert!(read("[1]", Reading::Article).is_err());
    }
}
