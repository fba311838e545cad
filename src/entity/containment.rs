//! What contains a place: its region and its country.

use super::{Entities, Named};
use crate::mention::Kind;
use crate::mention::gazetteer::{self, PlaceClass, country_name, fold};
use crate::syntax::Parsed;

/// Fills [`super::Entity::within`]. What the page itself puts after a place (`Paris, Texas`) goes before the
/// gazetteer, which knows only the place of a name that is meant most often.
pub fn fill(blocks: &[Parsed<'_>], out: &mut Entities) {
    for at in 0..out.named.len() {
        let named = &out.named[at];
        let entity = named.entity;
        if named.kind != Kind::Place || !out.entities[entity].within.is_empty() {
            continue;
        }
        let [outer, next] = [1, 2].map(|step| out.named.get(at + step));
        if let Some(outer) = outer.filter(|o| is_inside(blocks, named, o) && !is_listed(blocks, o, next)) {
            let name = outer.span.of(blocks[outer.block].text);
            out.entities[entity].within = around(name, true);
        }
    }
    for entity in out.entities.iter_mut().filter(|e| e.kind == Kind::Place && e.within.is_empty()) {
        entity.within = around(&entity.name, false);
    }
}

/// Whether the second name stands after the first and a comma, and is a region or country.
fn is_inside(blocks: &[Parsed<'_>], inner: &Named, outer: &Named) -> bool {
    let text = blocks[inner.block].text;
    outer.block == inner.block
        && outer.kind == Kind::Place
        && text.get(inner.span.end as usize..outer.span.start as usize) == Some(", ")
        && gazetteer::place(inner.span.of(text)).is_none_or(|p| p.class == PlaceClass::City)
        && gazetteer::place(outer.span.of(text))
            .is_some_and(|p| matches!(p.class, PlaceClass::Region | PlaceClass::Country))
}

/// Whether a list goes on after the name: `Beirut, Jordan and Egypt`; but not `Paris, Texas, United States`.
fn is_listed(blocks: &[Parsed<'_>], outer: &Named, next: Option<&Named>) -> bool {
    let text = blocks[outer.block].text;
    let after = text.get(outer.span.end as usize..).unwrap_or("");
    let follows = |next: &&Named| next.block == outer.block && next.span.start == outer.span.end + 2;
    after.starts_with(" and ")
        || after.starts_with(" or ")
        || after.starts_with(", ")
            && next.filter(follows).is_some_and(|next| {
                next.kind == Kind::Place && gazetteer::contains(next.span.of(text), outer.span.of(text)) != Some(true)
            })
}

/// The region and the country of a place, the smaller first; with the place itself if it is `counted`.
fn around(name: &str, counted: bool) -> Vec<String> {
    let Some(place) = gazetteer::place(name) else { return Vec::new() };
    let region = place.region.map(str::to_owned);
    let country = place.country.map(|code| country_name(code).to_owned());
    let mut out: Vec<String> = region.into_iter().chain(country).collect();
    if !counted {
        out.retain(|outer| fold(outer) != fold(&place.name));
    }
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use crate::entity::resolve;
    use crate::mention::Kind;
    use crate::mention::name::NameMention;
    use crate::span::Span;
    use crate::syntax::parse;

    #[test]
    fn a_place_lies_where_the_page_or_the_gazetteer_says() {
        let text = "LYON, Bavaria and Chile sent help to Paris, Texas, said Ada Brown in Lyon.";
        let blocks = [text];
        let parsed = parse(&blocks);
        let names = ["LYON", "Bavaria", "Chile", "Paris", "Texas", "Ada Brown", "Lyon"].map(|name| {
            let at = text.find(name).unwrap();
            let kind = if name == "Ada Brown" { Kind::Person } else { Kind::Place };
            NameMention { block: 0, span: Span::new(at, at + name.len()), kind, confidence: 99 }
        });
        let page = resolve(&parsed, &names);
        let said = page.entities.iter().map(|e| format!("{} in {}", e.name, e.within.join(" in "))).collect::<Vec<_>>();
        let texas = "Paris in Texas in United States";
        assert_eq!(
            said.join("; "),
            format!("Lyon in France; Bavaria in Germany; Chile in ; {texas}; Texas in United States; Ada Brown in ")
        );
    }
}
