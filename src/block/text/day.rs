//! Full calendar dates in the forms that publication lines use, with a weekday before and a clock time after.

use std::ops::Range;

/// A piece of a form. White space may be of any kind and length.
#[derive(Clone, Copy)]
enum Piece {
    /// A name of a month, short or long, with a full stop or without.
    Month,
    /// Exactly so many digits, or one less where the flag says so.
    Digits(usize, bool),
    /// `st`, `nd`, `rd`, `th`, or nothing.
    Ending,
    /// A comma or nothing.
    Comma,
    Space,
    /// One of these signs.
    Sign(&'static str),
    /// The time of day of ISO 8601, or nothing.
    Clock,
}

/// `June 18, 2023`, `18 June 2023`, `2023-06-18T10:00Z`, `18/6/2023`, `18.06.2023`.
const FORMS: [&[Piece]; 4] = {
    use Piece::{Clock, Comma, Digits, Ending, Month, Sign, Space};
    const DAY: Piece = Digits(2, true);
    const YEAR: Piece = Digits(4, false);
    [
        &[Month, Space, DAY, Ending, Comma, Space, YEAR],
        &[DAY, Ending, Space, Month, Comma, Space, YEAR],
        &[YEAR, Sign("-"), Digits(2, false), Sign("-"), Digits(2, false), Clock],
        &[DAY, Sign("/."), DAY, Sign("/."), YEAR],
    ]
};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The bytes of the first date of a line.
pub(super) fn find(line: &str) -> Option<Range<usize>> {
    line.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()).find_map(|(start, _)| {
        let date = after_weekday(line, start)
            .and_then(|at| date_at(line, at))
            .or_else(|| date_at(line, start).filter(|_| !in_word(&line[..start])))?;
        Some(start..date)
    })
}

/// Where a weekday at `at` has ended, with its comma and space.
fn after_weekday(line: &str, at: usize) -> Option<usize> {
    let end = name(line, at, &WEEKDAYS)?;
    step(line, step(line, end, Piece::Comma)?, Piece::Space)
}

/// Where a date at `at` ends: at the end of a word.
fn date_at(line: &str, at: usize) -> Option<usize> {
    let whole = |end: &usize| in_word(&line[..*end]) && !line[*end..].starts_with(is_word);
    FORMS.iter().find_map(|form| form.iter().try_fold(at, |at, &piece| step(line, at, piece)).filter(whole))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn in_word(before: &str) -> bool {
    before.ends_with(is_word)
}

/// Where a name that begins like one of these ends.
fn name(line: &str, at: usize, names: &[&str]) -> Option<usize> {
    let letters = line.as_bytes()[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let begin = line.get(at..at + 3)?;
    (letters >= 3 && names.iter().any(|n| n.eq_ignore_ascii_case(begin))).then_some(at + letters)
}

/// Where a piece at `at` ends, if it stands there.
fn step(line: &str, at: usize, piece: Piece) -> Option<usize> {
    let rest = &line[at..];
    let count = |fits: fn(&u8) -> bool| rest.bytes().take_while(fits).count();
    match piece {
        Piece::Month => name(line, at, &MONTHS).map(|end| end + usize::from(line[end..].starts_with('.'))),
        Piece::Digits(most, less) => {
            let digits = count(u8::is_ascii_digit).min(most);
            (digits == most || less && digits + 1 == most).then_some(at + digits)
        }
        Piece::Ending => {
            let ending =
                rest.get(..2).is_some_and(|e| ["st", "nd", "rd", "th"].iter().any(|x| x.eq_ignore_ascii_case(e)));
            Some(at + if ending { 2 } else { 0 })
        }
        Piece::Comma => Some(at + usize::from(rest.starts_with(','))),
        Piece::Space => {
            let space = rest.len() - rest.trim_start().len();
            (space > 0).then_some(at + space)
        }
        Piece::Sign(signs) => rest.starts_with(|c| signs.contains(c)).then_some(at + 1),
        Piece::Clock => {
            let sign = |b: &u8| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'+' | b'Z' | b'z' | b'-');
            let clock =
                rest.strip_prefix(['T', 't']).map_or("", |clock| &clock[..clock.bytes().take_while(sign).count()]);
            // A sign at its end is the sentence's.
            let clock = clock.trim_end_matches([':', '.', '+', '-']);
            Some(at + if clock.is_empty() { 0 } else { 1 + clock.len() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn dates_of_publication_lines() {
        for (line, want) in [
            ("Published June 18, 2023", "June 18, 2023"),
            ("Sun, 18th Jun. 2023 10:00", "Sun, 18th Jun. 2023"),
            ("SUNDAY  1 june, 2023", "SUNDAY  1 june, 2023"),
            ("on 2023-06-18T10:00:00+02:00.", "2023-06-18T10:00:00+02:00"),
            ("x 2023-06-18T. y", ""),
            ("18/6/2023 and 19/6/2023", "18/6/2023"),
            ("(18.06.2023)", "18.06.2023"),
            ("a2023-06-18", ""),
            ("118/6/2023", ""),
            ("18/6/20231", ""),
            ("Juné 18, 2023", ""),
            ("May 2023", ""),
            ("é18 June 2023", ""),
            ("18\u{a0}June 2023", "18\u{a0}June 2023"),
        ] {
            assert_eq!(find(line).map_or("", |date| &line[date]), want, "{line}");
        }
    }
}
