//! One spelling for many: case, marks, full stops, apostrophes and hyphens folded away.

use crate::order;
use std::sync::OnceLock;

/// Letters with marks and their plain letters; shared with `data/gazetteer/make.py`.
const FOLDS: &str = include_str!("../../../data/fold.tsv");

fn table() -> &'static [(char, &'static str)] {
    static TABLE: OnceLock<Vec<(char, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = FOLDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        let mut table: Vec<_> = rows.flat_map(|(plain, letters)| letters.chars().map(move |c| (c, plain))).collect();
        order::sort(&mut table);
        table
    })
}

/// `text` in lower case, without marks, full stops and apostrophes, runs of white space and
/// hyphens as one space: `Côte-d’Or` and `cote dOr` are the same.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_onto(text, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Marks, full stops, apostrophes, soft hyphens and characters without width.
fn is_silent(c: char) -> bool {
    matches!(c, '.' | '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '\u{ad}' | '\u{300}'..='\u{36f}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Appends the folded `text` to `out`; a space is never doubled and never leads.
pub(crate) fn fold_onto(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—') {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_silent(c) {
            for lower in c.to_lowercase().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')) {
                match table().binary_search_by_key(&lower, |row| row.0) {
                    Ok(row) => out.push_str(table()[row].1),
                    Err(_) => out.push(lower),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn marks_case_and_punctuation_fold() {
        for (text, want) in [
            ("U.S.", "us"),
            ("Côte d’Ivoire", "cote divoire"),
            ("SÃO PAULO", "sao paulo"),
            ("Port-au-Prince ", "port au prince"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("北京", "北京"),
            ("Netan\u{ad}yahu", "netanyahu"),
            (" - ", ""),
        ] {
            assert_eq!(fold(text), want, "{text}");
        }
    }
}
