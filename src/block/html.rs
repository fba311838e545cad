//! Saved web pages: the main article, found by a port of the reader view's Readability.

use dom_smoothie::{Config, Readability, TextMode};

mod tangle;

use super::{Article, Page};
use crate::error::Error;

/// Most elements of a page that are looked at; a page beyond it is refused, not read for minutes.
const MOST_ELEMENTS: usize = 200_000;

/// Least text of an article, in bytes: a menu or a notice is none.
const SHORTEST: usize = 100;

/// Reads the main article of an HTML document with its title, date of publication and language.
///
/// A document in which no article is found gives a page without blocks.
///
/// # Errors
/// When the document is larger, or nested deeper, than can be read.
pub fn read(id: &str, html: &str) -> Result<Article, Error> {
    tangle::refuse(html)?;
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader =
        Readability::new(html, None, Some(config)).map_err(|e| Error::new(format!("cannot read HTML: {e}")))?;
    let mut page = Page { id: id.to_owned(), ..Page::default() };
    let told = published(&reader);
    match reader.parse() {
        Ok(article) => {
            page.title = Some(article.title).filter(|t| !t.is_empty());
            page.published = article.published_time.or(told).or(article.modified_time);
            page.lang = article.lang;
            let blocks: Vec<String> =
                article.text_content.lines().map(squeeze).filter(|line| !line.is_empty()).collect();
            if blocks.iter().map(String::len).sum::<usize>() >= SHORTEST {
                page.blocks = blocks;
            }
        }
        Err(dom_smoothie::ReadabilityError::GrabFailed) => {}
        Err(e) => return Err(Error::new(format!("cannot read HTML: {e}"))),
    }
    Ok(Article::from_page(page))
}

/// The date of publication where the page states it in its text or its address only, as `extension/page/meta.js` reads it.
fn published(reader: &Readability) -> Option<String> {
    const PLACES: &str = "[itemprop=datePublished], time[pubdate], article time[datetime], main time[datetime]";
    let stated = reader.doc.select_single(PLACES);
    let of = |name: &str| stated.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    let address = || reader.doc.select_single("link[rel=canonical]").attr("href").and_then(|href| day_in(&href));
    of("datetime").or_else(|| of("content")).or_else(address)
}

/// The day that an address has as folders: `…/2017/01/13/…`.
fn day_in(address: &str) -> Option<String> {
    let parts: Vec<&str> = address.split('/').collect();
    parts.windows(3).find_map(|part| {
        let number = |text: &str, length: usize| text.parse::<i16>().ok().filter(|_| text.len() <= length);
        let (year, month, day) = (number(part[0], 4)?, number(part[1], 2)?, number(part[2], 2)?);
        let date = jiff::civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        (1990..2100).contains(&year).then(|| date.to_string())
    })
}

fn squeeze(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_with_its_date_and_without_its_menu() {
        let story = "The reservoir was opened on Friday by the minister, who came with a large party. ".repeat(6);
        let html = format!(
            "<html lang=en><head><title>Dam opens</title><meta property='article:published_time' content='2022-12-17'>\
             </head><body><nav>Home Sport Weather</nav><article><h1>Dam opens</h1><p>{story}</p><p>{story}</p></article></body></html>"
        );
        let page = read("a", &html).unwrap().page;
        assert_eq!(page.published.as_deref(), Some("2022-12-17"));
        assert!(page.blocks.iter().any(|b| b.starts_with("The reservoir")));
        assert!(page.blocks.iter().all(|b| !b.contains("Weather")));
    }

    #[test]
    fn a_page_without_an_article_is_empty() {
        assert!(read("a", "<html><body></body></html>").unwrap().page.blocks.is_empty());
    }

    #[test]
    fn the_day_is_found_where_only_the_text_or_the_address_has_it() {
        let words = "The dam was opened on Friday by the minister, months before it was to be. ".repeat(3);
        for (head, body, day) in [
            ("", "<time datetime='2015-04-16T10:00Z'>April</time>", Some("2015-04-16T10:00Z")),
            ("", "<meta itemprop=datePublished content='2016-02-03'>", Some("2016-02-03")),
            ("<link rel=canonical href='https://news.example/2017/01/13/dam.html'>", "", Some("2017-01-13")),
            ("<link rel=canonical href='https://news.example/2017/41/13/dam.html'>", "", None),
        ] {
            let html = format!(
                "<html><head><title>Dam opens</title>{head}</head><body><article>{body}<p>{words}</p><p>{words}</p></article></body></html>"
            );
            assert_eq!(read("a", &html).unwrap().page.published.as_deref(), day, "{head}{body}");
        }
    }
}
