//! Bare years, told from counts, clock times and names.

use super::lexicon::{Class, Lexed};
use super::scan::{Base, Found};
use crate::syntax::Shape;

impl Lexed<'_, '_> {
    /// `2011`, `1921-1999`, `1997-98`, `44 BC`, `AD 348`, `'88`.
    pub(super) fn bare_year(&self, i: usize) -> Option<Found> {
        if let Some(found) = self.era_year(i).or_else(|| self.short_year(i)) {
            return Some(found);
        }
        let year = self.year_at(i)?;
        if !self.year_fits(i, year) {
            return None;
        }
        if let Some(part) = self.quarter(i + 1).filter(|part| part.year.is_none() && part.outer.is_none()) {
            return Some(Found { first: i, year: Some(year), ..part });
        }
        let found = Found::new(i, i + 1, Base::Year).with_year(Some(year));
        if !self.dash(i + 1) {
            return Some(found);
        }
        let text = self.text(i + 2);
        let end = self.year_at(i + 2).or_else(|| {
            let short: i16 =
                (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())??;
            let full = year / 100 * 100 + short;
            Some(if full < year { full + 100 } else { full }).filter(|full| *full <= year + 12)
        });
        match end.filter(|end| *end > year && (self.glued(i + 2) || self.year_at(i + 2).is_some())) {
            Some(end) => Some(Found { last: i + 3, end: Some((Base::Year, Some(end))), ..found }),
            None => Some(found),
        }
    }

    /// `44 BC`, `AD 348`, `348 CE`.
    pub(super) fn era_year(&self, i: usize) -> Option<Found> {
        let number = |k: usize| {
            let text = self.text(k);
            let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse::<i16>().ok())?.filter(|n| *n > 0)
        };
        let upper = |k: usize| self.text(k).starts_with(|c: char| c.is_ascii_uppercase());
        if self.get(i, Class::Era) == Some(1) && upper(i) {
            return number(i + 1).map(|n| Found::new(i, i + 2, Base::Year).with_year(Some(n)));
        }
        let year = number(i)?;
        let era = self.get(i + 1, Class::Era).filter(|_| upper(i + 1))?;
        Some(Found::new(i, i + 2, Base::Year).with_year(Some(year * era)))
    }

    /// `'88`: an apostrophe that stands apart before two figures.
    fn short_year(&self, i: usize) -> Option<Found> {
        let quote = matches!(self.text(i), "'" | "’" | "‘");
        let text = self.text(i + 1);
        let figures = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        let opens = !self.glued(i) || i > 0 && matches!(self.text(i - 1), "(" | "-" | "–");
        if !quote || !figures || !opens || !self.glued(i + 1) || self.quote_closes(i + 2) {
            return None;
        }
        Some(Found::new(i, i + 2, Base::ShortYear(text.parse().ok()?)))
    }

    fn quote_closes(&self, i: usize) -> bool {
        matches!(self.text(i), "'" | "’") && self.glued(i)
    }

    /// Whether a four-figure number is used as a year where it stands.
    fn year_fits(&self, i: usize, year: i16) -> bool {
        let before = i.checked_sub(1);
        let prep = before.is_some_and(|k| {
            self.is(k, Class::Prep)
                || self.is(k, Class::Hedge)
                || self.is(k, Class::Within)
                || self.is(k, Class::Season)
                || self.eq(k, "year")
        });
        let bracketed =
            before.is_some_and(|k| matches!(self.text(k), "(" | "[")) || matches!(self.text(i + 1), ")" | "]");
        let counted = self.is(i + 1, Class::Counted) && !(self.capital(i + 1) && self.text(i + 1).len() > 3);
        let measured = matches!(self.text(i + 1), "%" | "°" | "/" | "€" | "$" | "£") || self.is(i + 1, Class::Scale);
        let hyphened =
            self.dash(i + 1) && self.glued(i + 1) && self.glued(i + 2) && self.shape(i + 2) == Some(Shape::Lower);
        if counted || measured || hyphened {
            return false;
        }
        let Some(k) = before else { return year >= 1800 && !self.capital(i + 1) };
        let currency = matches!(self.text(k), "$" | "£" | "€" | "¥" | "₹" | "#" | "+" | "@" | "=" | "*" | "×" | "/");
        if currency || self.is(k, Class::Numbered) && !prep {
            return false;
        }
        let listed = self.text(k) == "," && k > 0 && self.year_at(k - 1).is_some();
        let headed = matches!(self.text(k), "•" | "*") && (self.dash(i + 1) || self.text(i + 1) == ":");
        if prep || bracketed || listed || headed {
            return true;
        }
        let named = self.capital(k) && k > 0 && !self.known(k) && !self.text(k).ends_with('.') && !self.capital(i + 1);
        year >= 1700 && !named
    }
}
