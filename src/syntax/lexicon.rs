//! Word lists under `data/syntax`, read once.

use super::word::{Features, Tag};
use crate::map::{HashMap, HashSet};
use std::sync::OnceLock;

/// The rows of a table: tab-separated, without comments and empty lines.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")).map(|l| l.split('\t').collect())
}

type Pairs = HashMap<&'static str, &'static str>;

fn pairs(text: &'static str) -> Pairs {
    rows(text).filter(|r| r.len() > 1).map(|r| (r[0], r[1])).collect()
}

/// The second column of a table by its first.
macro_rules! table {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        pub(super) fn $name(word: &str) -> Option<&'static str> {
            static TABLE: OnceLock<Pairs> = OnceLock::new();
            TABLE.get_or_init(|| pairs(include_str!(concat!("../../data/syntax/", $file)))).get(word).copied()
        }
    };
}

table!(
    /// What a stem before `-ed` or `-ing` becomes.
    ending,
    "endings.tsv"
);
table!(
    /// What a word that introduces a clause makes of it.
    marker,
    "markers.tsv"
);

/// The columns after the first of a table whose first column can repeat.
struct Kinds(HashMap<&'static str, Vec<Vec<&'static str>>>);

impl Kinds {
    fn new(text: &'static str) -> Self {
        let mut out: HashMap<_, Vec<_>> = HashMap::default();
        rows(text).for_each(|mut r| out.entry(r.remove(0)).or_default().push(r));
        Self(out)
    }
}

/// Whether a word denies in this way (the kinds of `negation.tsv`).
pub(super) fn denies(word: &str, kind: &str) -> bool {
    static TABLE: OnceLock<Kinds> = OnceLock::new();
    let table = TABLE.get_or_init(|| Kinds::new(include_str!("../../data/syntax/negation.tsv")));
    table.0.get(word).is_some_and(|rows| rows.iter().any(|r| r.first() == Some(&kind)))
}

/// Whether a word tells a time in this way (the kinds of `times.tsv`).
pub(super) fn tells_time(word: &str, kind: &str) -> bool {
    static TABLE: OnceLock<Kinds> = OnceLock::new();
    let table = TABLE.get_or_init(|| Kinds::new(include_str!("../../data/syntax/times.tsv")));
    table.0.get(word).is_some_and(|rows| rows.iter().any(|r| r.first() == Some(&kind)))
}

/// Whether a verb cannot do without an object.
pub(super) fn is_transitive(lemma: &str) -> bool {
    static LIST: OnceLock<HashSet<&str>> = OnceLock::new();
    let read = || rows(include_str!("../../data/syntax/transitive.txt")).map(|r| r[0]).collect();
    LIST.get_or_init(read).contains(lemma)
}

/// Whether a verb can have an object in the passive.
pub(super) fn keeps_object(lemma: &str) -> bool {
    static LIST: OnceLock<HashSet<&str>> = OnceLock::new();
    let read = || rows(include_str!("../../data/syntax/double_objects.txt")).map(|r| r[0]).collect();
    LIST.get_or_init(read).contains(lemma)
}

/// Effect and tense of an auxiliary.
pub(super) fn modal(word: &str) -> Option<(&'static str, &'static str)> {
    static TABLE: OnceLock<Kinds> = OnceLock::new();
    let table = TABLE.get_or_init(|| Kinds::new(include_str!("../../data/syntax/modals.tsv")));
    let row = table.0.get(word)?.first()?;
    Some((row.first()?, row.get(1)?))
}

/// What a lemma makes of a clause below it, with its own subject or open.
pub(super) fn complement(lemma: &str, open: bool) -> Option<&'static str> {
    static TABLE: OnceLock<Kinds> = OnceLock::new();
    let table = TABLE.get_or_init(|| Kinds::new(include_str!("../../data/syntax/complements.tsv")));
    table.0.get(lemma)?.first()?.get(usize::from(open)).copied()
}

/// The lemma of an irregular form; `kind` is `v`, `n` or `a`.
fn irregular(form: &str, kind: &str) -> Option<&'static str> {
    static TABLE: OnceLock<Kinds> = OnceLock::new();
    let table = TABLE.get_or_init(|| Kinds::new(include_str!("../../data/syntax/lemmas.tsv")));
    let row = table.0.get(form)?.iter().find(|r| r.get(1) == Some(&kind))?;
    row.first().copied()
}

/// The lemma of a lower-case form.
pub(super) fn lemma(form: &str, tag: Tag, features: Features) -> String {
    let known = |kind| irregular(form, kind).map(str::to_string);
    match tag {
        Tag::Verb | Tag::Aux => known("v").unwrap_or_else(|| verb(form, features)),
        Tag::Noun => known("n").unwrap_or_else(|| plural(form, features)),
        Tag::Propn if features.has(Features::PLURAL) => plural(form, features),
        Tag::Adj | Tag::Adv => known("a").unwrap_or_else(|| degree(form, features)),
        Tag::Part if form == "n't" || form == "n’t" => "not".into(),
        _ => form.into(),
    }
}

fn verb(form: &str, features: Features) -> String {
    let cut = |end| form.strip_suffix(end).filter(|s: &&str| s.len() > 1 && s.contains(is_vowel));
    if let Some(stem) = cut("ied").filter(|s| s.len() > 1) {
        return format!("{stem}y");
    }
    // `Need` and `proceed` have no ending; `agreed` and `freed` are in the table.
    for end in ["ed", "ing"] {
        if let Some(stem) = cut(end).filter(|_| !form.ends_with("eed")) {
            return restored(stem);
        }
    }
    let present = features.has(Features::FINITE) && !features.has(Features::PAST);
    if present { third_person(form) } else { form.into() }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A stem without `-ed` or `-ing`, made a verb again by the longest ending that the table knows.
fn restored(stem: &str) -> String {
    let starts = stem.char_indices().map(|(i, _)| i).filter(|i| stem.len() - i <= 5);
    for at in starts {
        if let Some(change) = ending(&stem[at..]) {
            return if change == "@" { stem.into() } else { format!("{}{change}", &stem[..at]) };
        }
    }
    stem.into()
}

fn third_person(form: &str) -> String {
    if let Some(stem) = form.strip_suffix("ies").filter(|s| s.len() > 1) {
        return format!("{stem}y");
    }
    if let Some(stem) = form.strip_suffix("es")
        && ["ss", "sh", "ch", "x", "zz", "o"].iter().any(|e| stem.ends_with(e))
    {
        return stem.into();
    }
    let stem = form.strip_suffix('s').filter(|s| s.len() > 1 && !s.ends_with('s'));
    stem.unwrap_or(form).into()
}

fn plural(form: &str, features: Features) -> String {
    if !features.has(Features::PLURAL) || form.ends_with("ss") || form.ends_with("us") || form.ends_with("is") {
        return form.into();
    }
    third_person(form)
}

fn degree(form: &str, features: Features) -> String {
    let end = if features.has(Features::COMPARATIVE) {
        "er"
    } else if features.has(Features::SUPERLATIVE) {
        "est"
    } else {
        return form.into();
    };
    let Some(stem) = form.strip_suffix(end) else { return form.into() };
    match stem.strip_suffix('i') {
        Some(s) => format!("{s}y"),
        None => stem.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_the_news() {
        let past = Features::FINITE.with(Features::PAST);
        for (form, want) in [
            ("visited", "visit"),
            ("announced", "announce"),
            ("denied", "deny"),
            ("agreed", "agree"),
            ("met", "meet"),
            ("shot", "shoot"),
            ("urged", "urge"),
            ("created", "create"),
            ("treated", "treat"),
            ("planned", "plan"),
            ("released", "release"),
            ("killed", "kill"),
            ("stressed", "stress"),
            ("provided", "provide"),
            ("raided", "raid"),
            ("caused", "cause"),
            ("discussed", "discuss"),
            ("arrived", "arrive"),
            ("offered", "offer"),
            ("explained", "explain"),
            ("attacked", "attack"),
            ("belonging", "belong"),
            ("arranging", "arrange"),
            ("speaking", "speak"),
            ("happened", "happen"),
            ("sing", "sing"),
            ("need", "need"),
            ("succeeded", "succeed"),
        ] {
            assert_eq!(lemma(form, Tag::Verb, past), want);
        }
    }

    #[test]
    fn nouns_adjectives_and_present_tense() {
        for (form, want) in [("cities", "city"), ("churches", "church"), ("women", "woman"), ("talks", "talk")] {
            assert_eq!(lemma(form, Tag::Noun, Features::PLURAL), want);
        }
        assert_eq!(lemma("biggest", Tag::Adj, Features::SUPERLATIVE), "big");
        assert_eq!(lemma("earlier", Tag::Adv, Features::COMPARATIVE), "early");
        for (form, want) in [("goes", "go"), ("passes", "pass"), ("tries", "try"), ("hopes", "hope"), ("is", "be")] {
            assert_eq!(lemma(form, Tag::Verb, Features::FINITE), want);
        }
    }
}
