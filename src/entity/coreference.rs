//! Which names of a page name the same person.

use std::collections::HashMap;

use crate::mention::gazetteer::fold;
use crate::mention::name::NameMention;
use crate::mention::{Kind, gazetteer};
use crate::syntax::Parsed;

/// Words of a name in folded form, without generational suffixes.
pub(super) fn words(name: &str) -> Vec<String> {
    const SUFFIXES: [&str; 6] = ["jr", "jr.", "sr", "sr.", "ii", "iii"];
    fold(name).split_whitespace().filter(|w| !SUFFIXES.contains(w)).map(str::to_owned).collect()
}

/// For each mention of a person, the mention whose text is the person's fullest name.
pub(super) fn people(blocks: &[Parsed<'_>], names: &[NameMention]) -> HashMap<usize, usize> {
    let mut full: Vec<(usize, Vec<String>)> = Vec::new();
    let mut out = HashMap::new();
    let people = || names.iter().enumerate().filter(|(_, m)| m.kind == Kind::Person);
    for (i, mention) in people() {
        let name = words(mention.span.of(blocks[mention.block].text));
        if name.len() < 2 {
            continue;
        }
        match full.iter_mut().find(|(_, known)| same_full(known, &name)) {
            Some(known) if known.1.len() >= name.len() => {
                out.insert(i, known.0);
            }
            Some(known) => *known = (i, name),
            None => full.push((i, name)),
        }
    }
    let mut last_seen: HashMap<usize, usize> = HashMap::new();
    for (order, (i, mention)) in people().enumerate() {
        let name = words(mention.span.of(blocks[mention.block].text));
        let group = match name.as_slice() {
            [single] => surname_group(&full, &last_seen, single),
            _ => full.iter().position(|(_, known)| same_full(known, &name)),
        };
        if let Some(group) = group {
            last_seen.insert(group, order);
            out.insert(i, full[group].0);
        }
    }
    out
}

/// The person that a single name refers to: by surname, else by any part of the name; among
/// several the one mentioned last, else the one mentioned first later on.
fn surname_group(full: &[(usize, Vec<String>)], last_seen: &HashMap<usize, usize>, single: &str) -> Option<usize> {
    let fits = |test: &dyn Fn(&[String]) -> bool| -> Option<usize> {
        let candidates = || full.iter().enumerate().filter(|(_, (_, name))| test(name)).map(|(g, _)| g);
        candidates().max_by_key(|g| (last_seen.get(g).copied(), std::cmp::Reverse(*g)))
    };
    fits(&|name| name.last().is_some_and(|l| l == single)).or_else(|| fits(&|name| name.iter().any(|w| w == single)))
}

/// Whether two names of several words can name one person: the same surname and given names that
/// are equal, initials of each other, or a name and its short form; or the words of one are among
/// those of the other.
pub fn same_full(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.iter().all(|w| long.contains(w)) {
        return true;
    }
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return false };
    a.last() == b.last() && (initial(first_a, first_b) || short_form(first_a, first_b))
}

/// `Tony` and `Antony`, but not `Anthony` and `Antony`: two spellings are two names.
pub fn short_form(a: &str, b: &str) -> bool {
    const SLIP: usize = 2;
    gazetteer::nickname_of(a, b) && (strsim::damerau_levenshtein(a, b) > SLIP || a.len().min(b.len()) < 5)
}

fn initial(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    (a.chars().count() == 1 && b.starts_with(a)) || (b.chars().count() == 1 && a.starts_with(b))
}
