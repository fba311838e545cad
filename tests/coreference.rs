//! Who is who on a page: `tests/data/coreference.tsv`.

use std::collections::BTreeMap;

use countercheck::entity::resolve;
use countercheck::mention::Kind;
use countercheck::mention::name::NameMention;
use countercheck::span::Span;
use countercheck::syntax::parse;

const CASES: &str = include_str!("data/coreference.tsv");

/// Blocks, and the marked names with the number that each has.
fn read(marked: &str) -> (Vec<String>, Vec<(NameMention, String)>) {
    let (mut blocks, mut names) = (Vec::new(), Vec::new());
    for (block, marked) in marked.split(" ¶ ").enumerate() {
        let mut text = String::new();
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once('[') {
            let (mark, after) = after.split_once(']').expect("a closing bracket");
            let (words, id) = mark.rsplit_once('=').expect("name=number");
            text += before;
            let span = Span::new(text.len(), text.len() + words.trim_end_matches("'s").len());
            text += words;
            let kind = match &id[..1] {
                "p" => Kind::Person,
                "l" => Kind::Place,
                _ => Kind::Organisation,
            };
            names.push((NameMention { block, span, kind, confidence: 99 }, id.to_owned()));
            rest = after;
        }
        blocks.push(text + rest);
    }
    (blocks, names)
}

/// What is wrong with a case, if anything.
fn wrong(line: &str) -> Option<String> {
    let (marked, fullest) = line.split_once('\t').expect("text, a tab, the fullest names");
    let (blocks, names) = read(marked);
    let mentions: Vec<NameMention> = names.iter().map(|n| n.0).collect();
    let entities = resolve(&parse(&blocks), &mentions);
    let found: Vec<usize> = entities.named.iter().map(|n| n.entity).collect();
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    let mut owners: BTreeMap<usize, &str> = BTreeMap::new();
    for ((_, id), &entity) in names.iter().zip(&found) {
        if *ids.entry(id).or_insert(entity) != entity || *owners.entry(entity).or_insert(id) != id {
            let have: Vec<String> = names.iter().zip(&found).map(|((_, id), e)| format!("{id}→e{e}")).collect();
            return Some(have.join(" "));
        }
    }
    for want in fullest.split(" | ") {
        let (id, name) = want.split_once(' ').expect("number and name");
        let have = ids.get(id).map(|&e| entities.entities[e].name.as_str());
        if have != Some(name) && ids.contains_key(id) {
            return Some(format!("{id} is {have:?}"));
        }
    }
    None
}

#[test]
fn the_cases_of_the_table() {
    let cases: Vec<&str> = CASES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|line| Some(format!("{line}\n  {}", wrong(line)?))).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
