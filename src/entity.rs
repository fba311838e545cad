//! What mentions share: the people, places and organisations of one page, and the roles it gives
//! them.

mod alias;
mod containment;
mod coreference;
pub mod domain;
pub mod role;

use std::collections::BTreeSet;

use crate::map::HashMap;
use crate::mention::gazetteer::fold;
use crate::mention::name::NameMention;
use crate::mention::{Kind, gazetteer};
use crate::span::Span;
use crate::syntax::Parsed;

pub use coreference::{same_full as same_person, short_form};
pub use role::Role;

/// A person, place or organisation of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// The fullest name that the page uses.
    pub name: String,
    /// The name in the form that pages are compared by: `p:`, `l:` or `o:` and folded text.
    pub key: String,
    /// Number of mentions.
    pub count: usize,
    /// Roles that the page gives it, as canonical titles with their domain.
    pub roles: BTreeSet<String>,
    /// Of a place: the region and the country that it lies in, the smaller first, where known.
    pub within: Vec<String>,
}

/// A name in the text with the entity that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Index of the block.
    pub block: usize,
    /// Bytes in the block.
    pub span: Span,
    /// Tokens of the block, end exclusive.
    pub tokens: std::ops::Range<usize>,
    /// What it names.
    pub kind: Kind,
    /// Index into [`Entities::entities`].
    pub entity: usize,
    /// Whether several people on the page bear it, so that it was guessed whom it means.
    pub shared: bool,
}

/// Result of this stage for one page.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// Who and what the page names, in the order of first mention.
    pub entities: Vec<Entity>,
    /// Every name in the text, sorted by place.
    pub named: Vec<Named>,
    /// Every title in the text, sorted by place.
    pub roles: Vec<Role>,
}

impl Entities {
    /// The names in one block.
    pub fn in_block(&self, block: usize) -> &[Named] {
        let first = self.named.partition_point(|n| n.block < block);
        let last = self.named.partition_point(|n| n.block <= block);
        &self.named[first..last]
    }

    /// The titles in one block.
    pub fn roles_in(&self, block: usize) -> &[Role] {
        let first = self.roles.partition_point(|r| r.block < block);
        let last = self.roles.partition_point(|r| r.block <= block);
        &self.roles[first..last]
    }

    /// Finds the titles and whose they are: as they stand beside names, and, once the trees are read, by copulas
    /// and verbs too.
    pub fn read_roles(&mut self, blocks: &[Parsed<'_>]) {
        self.roles.clear();
        self.entities.iter_mut().for_each(|e| e.roles.clear());
        for (block, parsed) in blocks.iter().enumerate() {
            let roles = role::find(block, parsed, self);
            for role in &roles {
                if let (Some(holder), role::Effect::None) = (role.holder, role.effect) {
                    self.entities[holder].roles.insert(role.label());
                }
            }
            self.roles.extend(roles);
        }
    }

    /// The key of what a name names.
    pub fn key(&self, named: &Named) -> &str {
        &self.entities[named.entity].key
    }
}

/// Groups the names of a page into entities and finds the roles of the people among them.
pub fn resolve(blocks: &[Parsed<'_>], names: &[NameMention]) -> Entities {
    let (mut fullest, shared) = coreference::people(blocks, names);
    fullest.extend(alias::bodies(blocks, names));
    let mut out = Entities::default();
    let (mut by_key, mut by_name) = (HashMap::default(), HashMap::default());
    for (i, mention) in names.iter().enumerate() {
        let text = mention.span.of(blocks[mention.block].text);
        let name = fullest.get(&i).map_or(text, |&full| names[full].span.of(blocks[names[full].block].text));
        let entity = *by_name.entry((mention.kind, name)).or_insert_with(|| {
            let key = key(mention.kind, name);
            *by_key.entry(key.clone()).or_insert_with(|| {
                out.entities.push(Entity {
                    kind: mention.kind,
                    name: name.to_owned(),
                    key,
                    count: 0,
                    roles: BTreeSet::new(),
                    within: Vec::new(),
                });
                out.entities.len() - 1
            })
        });
        let known = &mut out.entities[entity];
        known.count += 1;
        let shouted = shouted(&known.name) || capitals(&known.name) && fold(&known.name) == fold(name);
        if shouted && !capitals(name) {
            known.name = name.to_owned();
        }
        let tokens = tokens_of(&blocks[mention.block], mention.span);
        let (block, span, kind) = (mention.block, mention.span, mention.kind);
        out.named.push(Named { block, span, tokens, kind, entity, shared: shared.contains(&i) });
    }
    containment::fill(blocks, &mut out);
    out.read_roles(blocks);
    out
}

/// Whether a name is in capitals and no acronym, as in a headline or dateline.
fn shouted(name: &str) -> bool {
    const LONGEST_ACRONYM: usize = 5;
    name.len() > LONGEST_ACRONYM && !name.contains('.') && capitals(name)
}

/// Whether a name has no small letter.
fn capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase)
}

/// The tokens that a span covers.
pub fn tokens_of(parsed: &Parsed<'_>, span: Span) -> std::ops::Range<usize> {
    let first = parsed.tokens.partition_point(|t| t.span.end <= span.start);
    let last = parsed.tokens.partition_point(|t| t.span.start < span.end);
    first..last.max(first)
}

/// The comparable key of a name.
fn key(kind: Kind, name: &str) -> String {
    let folded = fold(name).replace(['\n', '\t'], " ");
    match kind {
        Kind::Person => format!("p:{folded}"),
        Kind::Place => format!("l:{}", gazetteer::place(name).map_or(folded, |p| fold(&p.name))),
        _ => match domain::canonical(&folded) {
            code if domain::is_country(&code) => format!("l:{}", fold(&role::country_name(&code))),
            name => format!("o:{}", alias::without_law(&name)),
        },
    }
}
