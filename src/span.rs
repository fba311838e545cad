//! Spans of text and the only conversions between units of offset.
//!
//! Inside the core every offset is a byte offset into the UTF-8 text of one block. JavaScript
//! counts UTF-16 code units and the JSON contract counts code points of the whole article; both
//! are made here, at the edge, by one left-to-right walk.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes `start..end` in the text of one block, on code-point boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Texts above 4 GiB are refused at the door, so the cast is exact.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self { start: start as u32, end: end as u32 }
    }

    /// The bytes as a `usize` range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether no byte is covered.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A unit in which a reader of our output counts text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// UTF-16 code units, as JavaScript strings count.
    Utf16,
    /// Unicode code points, as the JSON contract counts.
    CodePoint,
}

impl Unit {
    fn width(self, c: char) -> u32 {
        match self {
            Unit::Utf16 => c.len_utf16() as u32,
            Unit::CodePoint => 1,
        }
    }

    /// Length of `text` in this unit.
    pub fn len(self, text: &str) -> u32 {
        text.chars().map(|c| self.width(c)).sum()
    }
}

/// Converts byte offsets of one text into another unit in a single walk.
///
/// The walk goes on from the offset asked last, in both directions: offsets asked in ascending order cost one pass over the
/// text altogether.
pub struct Converter<'t> {
    text: &'t str,
    unit: Unit,
    byte: usize,
    units: u32,
}

impl<'t> Converter<'t> {
    /// A converter that stands at the start of `text`.
    pub fn new(text: &'t str, unit: Unit) -> Self {
        Self { text, unit, byte: 0, units: 0 }
    }

    /// The offset in the converter's unit of byte offset `byte`, clamped to the text.
    pub fn at(&mut self, byte: u32) -> u32 {
        let target = (byte as usize).min(self.text.len());
        while let Some(c) = self.text[..self.byte].chars().next_back()
            && self.byte - c.len_utf8() >= target
        {
            self.byte -= c.len_utf8();
            self.units -= self.unit.width(c);
        }
        for c in self.text[self.byte..].chars() {
            if self.byte >= target {
                break;
            }
            self.byte += c.len_utf8();
            self.units += self.unit.width(c);
        }
        self.units
    }

    /// Both ends of a span.
    pub fn span(&mut self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_astral_and_accented_text() {
        let text = "Mbappé 😀 won";
        let won = Span::new(text.find("won").unwrap(), text.len());
        assert_eq!(Converter::new(text, Unit::CodePoint).span(won), (9, 12));
        assert_eq!(Converter::new(text, Unit::Utf16).span(won), (10, 13));
    }

    #[test]
    fn a_smaller_offset_is_walked_back_to() {
        let mut c = Converter::new("éé", Unit::CodePoint);
        assert_eq!((c.at(4), c.at(2), c.at(99), c.at(0)), (2, 1, 2, 0));
        // Inside a letter, its end counts, from either side.
        assert_eq!((c.at(3), c.at(4), c.at(3), c.at(1)), (2, 2, 2, 1));
    }
}
