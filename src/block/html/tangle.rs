//! Documents that a parser would need minutes for: nested deeper, or with more attributes on one element, than any page is.
//!
//! The parser looks through all open elements for many of the tags that it meets, and through all attributes of an
//! element for each of them, so that its time grows with the square of both.

use crate::error::Error;

/// Most levels of elements. Browsers stop at 512; what is left open by mistake counts here too.
const DEEPEST: usize = 5000;

/// Most attributes of one element.
const MOST_ATTRIBUTES: usize = 5000;

/// Elements that hold nothing, or that the next of their kind closes: they make nothing deep.
const SHALLOW: [&str; 27] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup",
];

/// Refuses a document beyond the limits, by a look at its tags alone: what stands in scripts and comments is counted as
/// if it were markup.
pub fn refuse(html: &str) -> Result<(), Error> {
    let mut depth: usize = 0;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let closing = rest.starts_with('/');
        let tag = rest.strip_prefix('/').unwrap_or(rest);
        let name: &str = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        if !SHALLOW.iter().any(|shallow| shallow.eq_ignore_ascii_case(name)) {
            depth = if closing { depth.saturating_sub(1) } else { depth + 1 };
        }
        if depth > DEEPEST {
            return Err(Error::new(format!("cannot read HTML: nested deeper than {DEEPEST} elements")));
        }
        let (attributes, length) = attributes(&tag[name.len()..]);
        if attributes > MOST_ATTRIBUTES {
            return Err(Error::new(format!(
                "cannot read HTML: an element with more than {MOST_ATTRIBUTES} attributes"
            )));
        }
        rest = &tag[name.len() + length..];
    }
    Ok(())
}

/// Number of attributes at the beginning of `tag`, behind the element's name, and where the tag ends, in bytes.
fn attributes(tag: &str) -> (usize, usize) {
    let (mut count, mut quote, mut before) = (0, None, b' ');
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return (count, at),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, _) if before.is_ascii_whitespace() && !byte.is_ascii_whitespace() => count += 1,
            _ => {}
        }
        before = byte;
    }
    (count, tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tangles_are_refused_and_long_pages_are_not() {
        let story = "<div class='a b'><p>One<p>Two<ul><li>Three<li>Four</ul><img src=x></div>";
        assert!(refuse(&story.repeat(20_000)).is_ok());
        assert!(refuse(&"<DIV>".repeat(DEEPEST + 1)).is_err());
        assert!(refuse(&"<table><tr><td>".repeat(DEEPEST + 1)).is_err());
        assert!(refuse(&"<br>".repeat(DEEPEST * 2)).is_ok());
        let many: String = (0..=MOST_ATTRIBUTES).map(|i| format!(" a{i}=\"x y\"")).collect();
        assert!(refuse(&format!("<p{many}>")).is_err());
        assert!(refuse(&format!("<path d=\"{}\">", "1 2 ".repeat(MOST_ATTRIBUTES))).is_ok());
        assert!(refuse("a < b, 3 <4, <, </, <é>, <p").is_ok());
    }
}
