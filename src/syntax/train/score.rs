//! How well tagger and parsers do on a treebank.

use super::super::linear::Item;
use super::super::model::Model;
use super::super::tagger::PUNCT;
use super::super::tree;
use super::super::word::{CLASSES, Relation, Tag, Word};
use super::conllu::Tree;

/// A sentence without punctuation, with its gold tree.
pub struct Bare {
    pub(super) items: Vec<Item>,
    pub(super) last_punct: u8,
    pub(super) heads: Vec<usize>,
    pub(super) labels: Vec<u8>,
    /// True classes.
    pub(super) classes: Vec<u8>,
}

impl Bare {
    /// Leaves out what `classes` says is punctuation; heads that are left out pass their
    /// dependents on to their own head.
    pub fn new(tree: &Tree, classes: &[u8]) -> Self {
        let bare = tree::bare(&tree.forms, classes);
        let n = bare.items.len();
        let number = |at: usize| bare.positions.binary_search(&at).ok();
        let head = |at: usize| {
            let mut up = tree.heads[at];
            for _ in 0..8 {
                match number(up) {
                    Some(i) => return i,
                    None => up = tree.heads.get(up).copied().unwrap_or(up),
                }
            }
            n
        };
        let heads: Vec<_> = bare.positions.iter().map(|&at| head(at)).collect();
        let labels = bare.positions.iter().map(|&at| tree.relations[at] as u8).collect();
        let classes = bare.positions.iter().map(|&at| tree.classes[at]).collect();
        Self { items: bare.items, last_punct: bare.last_punct, heads, labels, classes }
    }
}

/// Which parser to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parser {
    /// As the core does.
    Core,
    /// The neural parser alone.
    First,
    /// The linear parser alone.
    Second,
}

/// Models read from files instead of the bundled ones.
pub struct Models(Model);

impl Models {
    /// From the contents of `syntax.tagger`, `syntax.linear` and `syntax.neural`.
    pub fn new(tagger: &[u8], linear: &[u8], neural: &[u8]) -> Self {
        Self(Model::new(tagger, linear, neural))
    }

    /// What the models make of a treebank sentence; heads count within it.
    pub fn predict(&self, tree: &Tree, parser: Parser) -> Vec<Word> {
        let voters = match parser {
            Parser::Core => tree::Voters::Both,
            Parser::First => tree::Voters::First,
            Parser::Second => tree::Voters::Second,
        };
        tree::parse(&self.0, &tree.forms, voters)
    }
}

/// Counts over a treebank; punctuation counts for tags only.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Tokens.
    pub tokens: usize,
    /// Tokens with the right part of speech.
    pub tags: usize,
    /// Tokens with the right part of speech and inflection.
    pub classes: usize,
    /// Words, without punctuation.
    pub words: usize,
    /// Words with the right head.
    pub heads: usize,
    /// Words with the right head and general relation.
    pub labelled: usize,
    /// Words with the right head and relation, subtypes included.
    pub exact: usize,
    /// For each relation: right, predicted, gold.
    pub relations: Vec<[usize; 3]>,
}

impl Score {
    /// F1 in percent of a relation with its head.
    pub fn f1(&self, relation: Relation) -> f64 {
        let [right, predicted, gold] = self.relations[relation as usize];
        200.0 * right as f64 / (predicted + gold).max(1) as f64
    }
}

/// Compares trees with what `answer` makes of them.
pub fn score(trees: &[Tree], mut answer: impl FnMut(&Tree) -> Vec<Word>) -> Score {
    let mut out = Score { relations: vec![[0; 3]; Relation::ALL.len()], ..Score::default() };
    for tree in trees {
        let words = answer(tree);
        for (i, word) in words.iter().enumerate() {
            let (tag, features) = CLASSES[usize::from(tree.classes[i])];
            out.tokens += 1;
            out.tags += usize::from(word.tag == tag);
            out.classes += usize::from((word.tag, word.features) == (tag, features));
            if tree.classes[i] == PUNCT || tag == Tag::Punct {
                continue;
            }
            let gold = tree.relations[i];
            let own = if word.head as usize == i { tree.words.len() } else { word.head as usize };
            let head = own == tree.heads[i];
            out.words += 1;
            out.heads += usize::from(head);
            out.labelled += usize::from(head && word.relation.general() == gold.general());
            out.exact += usize::from(head && word.relation == gold);
            out.relations[gold as usize][2] += 1;
            out.relations[word.relation as usize][1] += 1;
            out.relations[gold as usize][0] += usize::from(head && word.relation == gold);
        }
    }
    out
}
