//! Which names of a page name the same body: long forms and acronyms, firms with and without
//! what they are in law.

use std::collections::{BTreeMap, BTreeSet};

use crate::map::HashMap;
use crate::mention::gazetteer::fold;
use crate::mention::name::NameMention;
use crate::mention::{Kind, gazetteer};
use crate::syntax::Parsed;

/// What a firm is in law: no part of what it is called by.
const LEGAL: [&str; 16] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "nv",
    "spa",
    "bhd",
];
const SMALL: [&str; 9] = ["of", "the", "for", "and", "de", "in", "on", "to", "&"];
/// Letters of an acronym.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// A folded name without what the firm is in law: `twitter` for `twitter inc`, but not `new zealand`
/// for `new zealand company`.
pub(super) fn without_law(folded: &str) -> &str {
    let mut rest = folded;
    while let Some((before, last)) = rest.rsplit_once(' ')
        && LEGAL.contains(&last)
        && gazetteer::place(before).is_none()
    {
        rest = before;
    }
    rest
}

/// For each mention of a body under another than its fullest name, the mention with that name.
pub(super) fn bodies(blocks: &[Parsed<'_>], names: &[NameMention]) -> HashMap<usize, usize> {
    let text = |m: &NameMention| m.span.of(blocks[m.block].text);
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, mention) in names.iter().enumerate().filter(|(_, m)| m.kind == Kind::Organisation) {
        first.entry(text(mention)).or_insert(i);
    }
    let mut long: HashMap<String, Vec<usize>> = HashMap::default();
    let mut firms: HashMap<String, usize> = HashMap::default();
    for (name, &i) in &first {
        initials(name).into_iter().for_each(|letters| long.entry(letters).or_default().push(i));
        let fullest = firms.entry(without_law(&fold(name)).to_owned()).or_insert(i);
        if text(&names[*fullest]).len() < name.len() {
            *fullest = i;
        }
    }
    let mut canonical: HashMap<&str, usize> = defined(blocks, names);
    for &name in first.keys() {
        let letters = acronym(name).and_then(|letters| long.get(&letters));
        let unique = letters.filter(|list| list.len() == 1).map(|list| list[0]);
        let firm = firms.get(without_law(&fold(name))).copied();
        if let Some(i) = unique.or(firm) {
            canonical.entry(name).or_insert(i);
        }
    }
    let all = names.iter().enumerate().filter(|(_, m)| m.kind == Kind::Organisation);
    all.filter_map(|(i, m)| canonical.get(text(m)).map(|&full| (i, full))).collect()
}

/// Acronyms that the text gives in brackets behind the long form: `Workers' Party (PT)`.
fn defined<'p>(blocks: &[Parsed<'p>], names: &[NameMention]) -> HashMap<&'p str, usize> {
    let mut out = HashMap::default();
    for (i, pair) in names.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        if a.block != b.block || a.kind != Kind::Organisation || b.kind != Kind::Organisation {
            continue;
        }
        let block = blocks[a.block].text;
        let between = block.get(a.span.end as usize..b.span.start as usize).unwrap_or("");
        let after = block.get(b.span.end as usize..).unwrap_or("");
        if between.trim() != "(" || !after.trim_start().starts_with(')') {
            continue;
        }
        let full = fold(a.span.of(block));
        let letters: BTreeSet<char> = full.split_whitespace().filter_map(|w| w.chars().next()).collect();
        let short = b.span.of(block);
        if acronym(short).is_some_and(|s| full.contains(' ') && s.chars().all(|c| letters.contains(&c))) {
            out.entry(short).or_insert(i);
        }
    }
    out
}

/// The letters of an acronym in lower case.
fn acronym(name: &str) -> Option<String> {
    let letters: String = name.chars().filter(|c| *c != '.').collect();
    let upper = letters.chars().all(char::is_uppercase) && LETTERS.contains(&letters.chars().count());
    upper.then(|| letters.to_lowercase())
}

/// What a name of several words can be abbreviated to: with and without its small words.
fn initials(name: &str) -> BTreeSet<String> {
    let folded = fold(name);
    let all = |small: bool| -> String {
        let words = folded.split_whitespace().filter(|w| small || !SMALL.contains(w));
        words.filter_map(|w| w.chars().next()).collect()
    };
    [all(false), all(true)].into_iter().filter(|letters| LETTERS.contains(&letters.chars().count())).collect()
}
