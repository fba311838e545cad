//! The words of a quotation in the form in which two editions of it are compared.

use std::sync::LazyLock;

use crate::language::rows;
use crate::map::{HashMap, HashSet};
use crate::mention::gazetteer::fold;
use crate::order;
use crate::span::Span;

/// Words that any two utterances may share.
static FUNCTION: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/language/function_words.txt").lines().collect());
/// Full forms of contractions, and one form of what is written in several.
static WORDINGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../data/language/wordings.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
});

/// A word of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded, contractions in full, in American spelling, small numbers in digits.
    pub form: String,
    /// Bytes of the quotation's text.
    pub span: Span,
    /// Words are left out before it, or an editor's brackets stand there.
    pub cut: bool,
}

/// Splits a quotation. A word with an editor's brackets (`[the] plan`, `interfer[ing]`) is left out: it
/// is not the speaker's.
pub fn split(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut state = Splitter { cut: false, depth: 0, edited: false };
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '\'' | '’' | '[' | ']') || joins(text, at, c);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                state.word(text, Span::new(first, at), &mut out);
                start = None;
            }
            _ => {}
        }
        match c {
            '…' => state.cut = true,
            '.' if text[at..].starts_with("...") => state.cut = true,
            _ => {}
        }
    }
    out
}

/// A point or comma inside a number.
fn joins(text: &str, at: usize, c: char) -> bool {
    matches!(c, '.' | ',')
        && text[..at].ends_with(|d: char| d.is_ascii_digit())
        && text[at + 1..].starts_with(|d: char| d.is_ascii_digit())
}

struct Splitter {
    cut: bool,
    depth: usize,
    edited: bool,
}

impl Splitter {
    fn word(&mut self, text: &str, span: Span, out: &mut Vec<Word>) {
        let raw = span.of(text);
        let before = self.depth;
        for c in raw.chars() {
            self.depth = match c {
                '[' => self.depth + 1,
                ']' => self.depth.saturating_sub(1),
                _ => self.depth,
            };
        }
        if before > 0 || raw.contains(['[', ']']) {
            self.edited = true;
            return;
        }
        for form in forms(raw) {
            out.push(Word { form, span, cut: self.cut || self.edited });
            (self.cut, self.edited) = (false, false);
        }
    }
}

/// The comparable forms of one written word; two for a contraction.
fn forms(raw: &str) -> Vec<String> {
    let lower = raw.to_lowercase().replace('’', "'");
    let lower = lower.trim_matches('\'');
    if let Some(full) = WORDINGS.get(lower) {
        return full.split(' ').map(str::to_owned).collect();
    }
    let word = fold(&lower.replace(',', ""));
    if word.is_empty() {
        Vec::new()
    } else {
        word.split(' ').map(|w| american(w).unwrap_or_else(|| w.to_owned())).collect()
    }
}

/// American spelling by the endings in which the two differ; not always a word, but one form for both.
fn american(word: &str) -> Option<String> {
    const ENDINGS: [(&str, &str); 14] = [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ise", "ize"),
        ("ises", "izes"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("our", "or"),
        ("ours", "ors"),
        ("tre", "ter"),
        ("ence", "ense"),
        ("elled", "eled"),
        ("elling", "eling"),
    ];
    (word.chars().count() > 4).then_some(())?;
    ENDINGS.iter().find_map(|(british, american)| Some(format!("{}{american}", word.strip_suffix(british)?)))
}

/// Whether a word says something by itself.
pub fn telling(form: &str) -> bool {
    form.chars().count() > 2 && !function(form) || form.bytes().all(|b| b.is_ascii_digit())
}

/// Whether any two utterances may share a word.
pub fn function(form: &str) -> bool {
    FUNCTION.contains(form)
}

/// Whether a word denies.
pub fn denies(form: &str) -> bool {
    matches!(form, "not" | "no" | "never" | "nobody" | "nothing" | "none" | "neither" | "nor" | "without")
}

/// The same word, perhaps with another ending or a letter astray.
pub fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() <= 3 {
        return false;
    }
    let ending = long.strip_prefix(short).is_some_and(|rest| matches!(rest, "s" | "d" | "ed" | "es"));
    ending || short.chars().count() > 6 && one_slip(a, b)
}

/// Whether two words differ by one letter that is another, added, left out or changed places with its neighbour: a
/// distance of 1 (Damerau, 1964).
fn one_slip(a: &str, b: &str) -> bool {
    let start = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    // No letter is cut: what is in front of it is the same in both.
    let start = (0..=start).rev().find(|&at| a.is_char_boundary(at) && b.is_char_boundary(at)).unwrap_or(0);
    let (mut x, mut y) = (a[start..].chars(), b[start..].chars());
    while let (Some(p), Some(q)) = (x.clone().next_back(), y.clone().next_back())
        && p == q
    {
        x.next_back();
        y.next_back();
    }
    let (mut p, mut q) = (x.clone(), y.clone());
    match (p.next(), p.next(), p.next(), q.next(), q.next(), q.next()) {
        (_, None, _, _, None, _) => true,
        (Some(a), Some(b), None, Some(c), Some(d), None) => (a, b) == (d, c),
        _ => false,
    }
}

/// Hashes by which quotations that may be of one utterance are found: telling words and pairs of
/// neighbouring words.
pub fn shingles(words: &[Word]) -> Vec<u64> {
    let single = words.iter().filter(|w| telling(&w.form)).map(|w| hash(&[&w.form]));
    let pairs = words.windows(2).map(|p| hash(&[&p[0].form, &p[1].form]));
    let mut all: Vec<u64> = single.chain(pairs).collect();
    order::sort(&mut all);
    all.dedup();
    all
}

/// FNV-1a over words with a blank between.
fn hash(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|w| w.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_a_distance_of_one() {
        let words =
            ["colours", "colour", "colors", "cloours", "coluors", "colöurs", "mcolours", "coloursxy", "ours", ""];
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (*a, *b))) {
            assert_eq!(one_slip(a, b), strsim::damerau_levenshtein(a, b) <= 1, "{a} and {b}");
        }
    }

    #[test]
    fn editions_of_one_utterance_have_one_form() {
        let forms = |t: &str| split(t).into_iter().map(|w| w.form).collect::<Vec<_>>().join(" ");
        for (a, b) in [
            ("We’re not there yet", "we are not there yet"),
            ("I can't organise three colours", "I cannot organize 3 colors"),
            ("fifty per cent", "50 percent"),
            ("the [European] centre", "the center"),
        ] {
            assert_eq!(forms(a), forms(b));
        }
        assert!(split("a plan … for all")[2].cut && !split("a plan for all")[2].cut);
        assert!(split("1,500 people")[0].form == "1500");
    }
}
