//! Who did what to whom: predicates with their arguments, as the tree of a sentence says.

use super::children::Children;
use super::{Parsed, Relation, Tag, Word};
use crate::order;

/// A noun phrase that takes part in a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Argument {
    /// Head, as an index into the block's tokens.
    pub head: usize,
    /// First token of the phrase, after its preposition.
    pub first: usize,
    /// One past its last token; relative clauses and appositions are left out.
    pub last: usize,
}

/// When something holds, as the verb's form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// Before the time of writing.
    Past,
    /// At the time of writing.
    Present,
    /// After it.
    Future,
    /// The form does not say.
    None,
}

/// Whether a predicate is asserted or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// Said to be so.
    Asserted,
    /// Said not to be so.
    Negated,
}

impl Polarity {
    /// The other one.
    pub fn flipped(self) -> Self {
        if self == Polarity::Asserted { Polarity::Negated } else { Polarity::Asserted }
    }
}

/// In which sense a predicate is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modality {
    /// As a fact.
    Actual,
    /// Will, plans to, is due to.
    Planned,
    /// May, might, reportedly, is believed to.
    Possible,
    /// If, would.
    Conditional,
    /// Wants, urges, should.
    Desired,
    /// Asked, not stated.
    Question,
    /// Failed to, refused to: it did not happen.
    Failed,
}

/// A verb, or the predicate noun or adjective of a copula, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Its token.
    pub head: usize,
    /// Its lemma; `be` where a copula joins a phrase with a preposition.
    pub lemma: String,
    /// Particle of a phrasal verb, lower case: `shot` *down*.
    pub particle: Option<String>,
    /// Index of its sentence.
    pub sentence: usize,
    /// Subject on the surface: of a passive, the one to whom it was done.
    pub subject: Option<Argument>,
    /// Object.
    pub object: Option<Argument>,
    /// Indirect object.
    pub indirect: Option<Argument>,
    /// By-phrase of a passive.
    pub agent: Option<Argument>,
    /// Preposition in lower case (empty for `met Monday`) and its phrase.
    pub obliques: Vec<(String, Argument)>,
    /// Index of the predicate of its complement clause.
    pub complement: Option<usize>,
    /// Whether the verb is passive.
    pub passive: bool,
    /// Whether a copula, or nothing at all, joins subject and predicate.
    pub copula: bool,
    /// Time of the verb.
    pub tense: Tense,
    /// Asserted or denied, scope and complement verbs counted in.
    pub polarity: Polarity,
    /// Sense in which it is stated, complement verbs counted in.
    pub modality: Modality,
    /// Who says so, where it is reported.
    pub speaker: Option<Argument>,
    /// How often, in percent, a predicate like this one has the right arguments: the least of its core arcs.
    pub confidence: u8,
}

impl Parsed<'_> {
    /// The members of a coordination, each without the others; the argument itself where there is one.
    /// Clauses that a parser hung on a noun are no members, nor is a second name beside the first.
    pub fn conjuncts(&self, argument: &Argument) -> Vec<Argument> {
        let tree = Children::new(&self.words);
        let mut heads = vec![argument.head];
        let mut next = 0;
        while next < heads.len() {
            let members = self.members(&tree, heads[next]);
            heads.extend(
                members.filter(|&c| self.words[c].tag != Tag::Verb || self.words[argument.head].tag == Tag::Verb),
            );
            next += 1;
        }
        order::sort(&mut heads);
        if heads.len() == 2 && self.renames(&tree, heads[0], heads[1]) {
            heads = vec![argument.head];
        }
        heads.into_iter().map(|h| tree.phrase(&self.words, h, false)).collect()
    }

    fn members<'t>(&'t self, tree: &'t Children, head: usize) -> impl Iterator<Item = usize> + 't {
        tree.of(head).iter().copied().filter(|&c| self.words[c].relation == Relation::Conj)
    }

    /// Two nouns with nothing but a comma between them are one thing named twice: lists have an `and`.
    fn renames(&self, tree: &Children, first: usize, second: usize) -> bool {
        let joined = [first, second].iter().any(|&m| tree.find(&self.words, m, &[Relation::Cc]).is_some());
        let noun = |i: usize| matches!(self.words[i].tag, Tag::Noun | Tag::Propn);
        !joined && noun(first) && noun(second)
    }

    /// Pairs of a phrase and its apposition: `Didier Deschamps` and `the France coach`.
    pub fn appositions(&self) -> Vec<(Argument, Argument)> {
        let tree = Children::new(&self.words);
        let renamed = |i: usize, head: usize| {
            self.members(&tree, head).count() == 1
                && self.members(&tree, i).next().is_none()
                && self.renames(&tree, head, i)
        };
        let second = |&(i, w): &(usize, &Word)| match w.relation {
            Relation::Appos => true,
            Relation::Conj => renamed(i, w.head as usize),
            _ => false,
        };
        let pairs = self.words.iter().enumerate().filter(second);
        pairs
            .map(|(i, w)| (tree.phrase(&self.words, w.head as usize, false), tree.phrase(&self.words, i, true)))
            .collect()
    }

    /// The lemma of a token, in lower case.
    pub fn lemma(&self, token: usize) -> String {
        self.words.get(token).map_or(String::new(), |word| self.lemma_as(token, word.tag))
    }

    /// The lemma that a token would have as this part of speech.
    pub fn lemma_as(&self, token: usize, tag: super::Tag) -> String {
        let Some(word) = self.words.get(token) else { return String::new() };
        super::lexicon::lemma(&self.lower(token), tag, word.features)
    }
}
