//! The stages from text to claims, in order, for one page.

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::block::Page;
use crate::entity::{self, Entities};
use crate::mention::Kind;
use crate::mention::date::{self, AnchorSource, DateMention, Dates};
use crate::mention::name::{self, NameMention};
use crate::mention::quantity::{self, QuantityMention};
use crate::order;
use crate::span::Span;
use crate::syntax::{self, Parsed, Shape};

use super::scene::Scene;
use super::{Claim, Label, Value, biography, event, quote, role};

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

/// Finds the mentions of a page and groups them into entities; no claims and no trees yet.
pub fn annotate(page: &Page) -> Extraction<'_> {
    let blocks = syntax::split(&page.blocks);
    let title = page.title.as_ref().map(|t| syntax::split(std::slice::from_ref(t)));
    let chosen = page.anchor.as_deref().and_then(date::published);
    let day_first = page.lang.as_deref().is_some_and(|l| l.starts_with("en-") && !l.eq_ignore_ascii_case("en-us"));
    let Dates { anchor, source: anchor_source, mentions: dates } = match chosen {
        Some(day) => date::read_from(&blocks, day, day_first),
        None => match page.published.as_deref() {
            Some(line) => date::read_dated(&blocks, line, day_first),
            None => date::read(&blocks, None, day_first),
        },
    };
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
    extraction.parse();
    extraction.find_claims();
    extraction
}

/// Pronouns that stand for a person of the sentence before.
const PRONOUNS: [&str; 5] = ["he", "she", "him", "her", "his"];

/// `“We have won today,” he said`: a day that a quotation names without a number is the speaker's, whenever that was.
fn is_cited(date: &DateMention, blocks: &[Parsed<'_>], quoted: &[Vec<Span>]) -> bool {
    let counted = date.span.of(blocks[date.block].text).bytes().any(|b| b.is_ascii_digit());
    !counted && quoted[date.block].iter().any(|q| q.contains(date.span))
}

impl<'p> Extraction<'p> {
    /// Tags and parses the sentences that can bear a claim.
    pub fn parse(&mut self) {
        for block in 0..self.blocks.len() {
            let bearing = self.bearing(block);
            let names = self.names(block);
            self.blocks[block].read(|sentence| bearing[sentence], |token| names[token]);
        }
    }

    /// Finds the claims, on the trees that are there.
    pub fn find_claims(&mut self) {
        self.entities.read_roles(&self.blocks);
        let mentioned = self.dates.clone();
        let quoted: Vec<Vec<Span>> = self.blocks.iter().map(|b| quote::spans(b.text)).collect();
        self.dates.retain(|d| !is_cited(d, &self.blocks, &quoted));
        let mut claims = Vec::new();
        for block in 0..self.blocks.len() {
            let scene = self.scene(block);
            let events = event::find(&scene);
            let mut known = role::find(&scene);
            known.extend(biography::find(&scene, self.anchor));
            for claim in &mut known {
                claim.topics = scene.topics(scene.sentence_of(scene.tokens(claim.span).start));
                let holder = claim.parts(Label::Holder).next().map(|p| &p.value);
                let owner = match holder {
                    Some(Value::Key(key)) => Some(format!("near:at {}", key.0)),
                    _ => None,
                };
                claim.topics.extend(owner);
                order::sort(&mut claim.topics);
            }
            claims.extend(known);
            claims.extend(super::quantity::find(&scene, &events, self.anchor));
            claims.extend(quote::find(&scene));
            claims.extend(events);
        }
        self.claims = claims;
        self.dates = mentioned;
    }

    /// For each token of a block, whether it is a part of a person's name, or a place's name of one word.
    fn names(&self, block: usize) -> Vec<bool> {
        let parsed = &self.blocks[block];
        let mut out = vec![false; parsed.tokens.len()];
        for named in self.entities.in_block(block) {
            if named.kind == Kind::Person || named.kind == Kind::Place && named.tokens.len() == 1 {
                for token in named.tokens.clone() {
                    out[token] = parsed.tokens[token].is_capitalised();
                }
            }
        }
        out
    }

    /// For each sentence of a block, whether it can bear a claim: it holds a name, a title, a date, a
    /// number or a pronoun for a person, or it holds or touches a quotation.
    fn bearing(&self, block: usize) -> Vec<bool> {
        let scene = self.scene(block);
        let sentences = &scene.parsed.sentences;
        let mut out = vec![false; sentences.len()];
        for (i, sentence) in sentences.iter().enumerate() {
            for token in &scene.parsed.tokens[sentence.first..sentence.last] {
                let word = token.text(scene.parsed.text);
                if token.shape == Shape::Punct && matches!(word, "“" | "”" | "\"" | "«" | "»" | "„" | "‘") {
                    out[i.saturating_sub(1)..(i + 2).min(sentences.len())].fill(true);
                } else if PRONOUNS.iter().any(|p| p.eq_ignore_ascii_case(word)) {
                    out[i] = true;
                }
            }
        }
        let names = scene.named.iter().map(|n| n.span).chain(scene.roles.iter().map(|r| r.span));
        let values = scene.dates.iter().map(|d| d.span).chain(scene.quantities.iter().map(|q| q.span));
        for span in names.chain(values) {
            let first = sentences.partition_point(|s| s.span.end <= span.start);
            let touched = sentences[first..].iter().take_while(|s| s.span.start < span.end).count();
            out[first..first + touched].fill(true);
        }
        out
    }

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
            topics: vec![OnceCell::new(); self.blocks[block].sentences.len()],
        }
    }
}
