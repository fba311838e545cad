//! The stages from text to claims, in order, for one page.

use jiff::civil::Date;

use crate::block::Page;
use crate::entity::{self, Entities};
use crate::mention::date::{self, AnchorSource, Clock, DateMention};
use crate::mention::name::{self, NameMention};
use crate::mention::quantity::{self, QuantityMention};
use crate::syntax::{self, Parsed};

use super::scene::Scene;
use super::{Claim, biography, event, quote, role};

/// Everything that is known of one page by itself.
#[derive(Clone, Debug)]
pub struct Extraction<'p> {
    /// Syntax of each block.
    pub blocks: Vec<Parsed<'p>>,
    /// The date that relative dates were resolved against.
    pub anchor: Option<Date>,
    /// Where that date came from.
    pub anchor_source: AnchorSource,
    /// People, places, organisations and titles.
    pub entities: Entities,
    /// Dates, sorted by place.
    pub dates: Vec<DateMention>,
    /// Numbers, sorted by place.
    pub quantities: Vec<QuantityMention>,
    /// What the page asserts, sorted by place.
    pub claims: Vec<Claim>,
}

/// Finds the mentions of a page and groups them into entities; no claims yet.
pub fn annotate(page: &Page) -> Extraction<'_> {
    let blocks = syntax::parse(&page.blocks);
    let title = page.title.as_ref().map(|t| syntax::parse(std::slice::from_ref(t)));
    let published = page.published.as_deref().and_then(date::published);
    let (anchor, anchor_source) = date::anchor(published, &blocks);
    let day_first = page.lang.as_deref().is_some_and(|l| l.starts_with("en-") && !l.eq_ignore_ascii_case("en-us"));
    let dates = date::find(&blocks, &Clock { anchor, day_first });
    let taken: Vec<_> = dates.iter().map(|d| (d.block, d.span)).collect();
    let quantities = quantity::find(&blocks, &taken);
    let mut names = name::find(&blocks, title.as_ref().and_then(|t| t.first()));
    names.retain_mut(|name| clear_of_dates(name, &blocks, &dates));
    let entities = entity::resolve(&blocks, &names);
    Extraction { blocks, anchor, anchor_source, entities, dates, quantities, claims: Vec::new() }
}

/// Takes a date that begins a name off it (`Monday Blinken`); false where nothing is left.
fn clear_of_dates(name: &mut NameMention, blocks: &[Parsed<'_>], dates: &[DateMention]) -> bool {
    let first = dates.partition_point(|d| (d.block, d.span.end) <= (name.block, name.span.start));
    let Some(date) = dates.get(first).filter(|d| d.block == name.block && d.span.overlaps(name.span)) else {
        return true;
    };
    if date.span.start > name.span.start || date.span.end >= name.span.end {
        return !date.span.contains(name.span);
    }
    let rest = &blocks[name.block].text[date.span.end as usize..name.span.end as usize];
    name.span.start = name.span.end - rest.trim_start().len() as u32;
    true
}

/// Finds the mentions, entities and claims of a page.
pub fn extract(page: &Page) -> Extraction<'_> {
    let mut extraction = annotate(page);
    let mut claims = Vec::new();
    for block in 0..extraction.blocks.len() {
        let scene = extraction.scene(block);
        let events = event::find(&scene);
        claims.extend(role::find(&scene));
        claims.extend(biography::find(&scene, extraction.anchor));
        claims.extend(super::quantity::find(&scene, &events));
        claims.extend(quote::find(&scene));
        claims.extend(events);
    }
    extraction.claims = claims;
    extraction
}

impl<'p> Extraction<'p> {
    fn scene(&self, block: usize) -> Scene<'_, 'p> {
        fn cut<T>(all: &[T], block: usize, of: impl Fn(&T) -> usize) -> &[T] {
            let first = all.partition_point(|x| of(x) < block);
            let last = all.partition_point(|x| of(x) <= block);
            &all[first..last]
        }
        Scene {
            block,
            parsed: &self.blocks[block],
            entities: &self.entities,
            named: self.entities.in_block(block),
            roles: self.entities.roles_in(block),
            dates: cut(&self.dates, block, |d| d.block),
            quantities: cut(&self.quantities, block, |q| q.block),
        }
    }
}
