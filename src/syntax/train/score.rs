//! How well tagger and parsers do on a treebank.

use super::super::form::Item;
use super::super::model::Model;
use super::super::tagger::PUNCT;
use super::super::tree;
use super::super::word::{CLASSES, Relation, Word};
use super::super::{Parsed, split};
use super::conllu::Tree;
use super::tuples::{Tuple, gold, tuples};

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
    /// The parser alone.
    First,
}

impl Parser {
    fn voters(self) -> tree::Voters {
        match self {
            Parser::Core => tree::Voters::Both,
            Parser::First => tree::Voters::First,
        }
    }
}

/// The bundled models, or others in their place.
pub struct Models(Option<Model>);

impl Models {
    /// Those that the core uses.
    pub fn bundled() -> Self {
        Self(None)
    }

    /// From the contents of `syntax.tagger`, `syntax.neural` and `syntax.verifier`.
    pub fn new(tagger: &[u8], neural: &[u8], verifier: &[u8]) -> Self {
        Self(Some(Model::new(tagger, neural, verifier)))
    }

    pub(super) fn model(&self) -> &Model {
        self.0.as_ref().unwrap_or_else(|| Model::bundled())
    }

    /// What the models make of a treebank sentence; heads count within it.
    pub fn predict(&self, tree: &Tree, parser: Parser) -> Vec<Word> {
        tree::parse(self.model(), &tree.forms, parser.voters())
    }

    /// What the models make of a block of text.
    pub fn read<'t>(&self, text: &'t &str, parser: Parser) -> Parsed<'t> {
        let mut parsed = split(std::slice::from_ref(text)).remove(0);
        parsed.read_with(self.model(), parser.voters(), (|_| true, |_| false));
        parsed
    }
}

/// Counts over a treebank; punctuation counts for tags only.
#[derive(Clone, Debug)]
pub struct Score {
    /// Tokens, and those with the right part of speech, and with the right inflection too.
    pub tags: [usize; 3],
    /// Words without punctuation, and those with the right head, and with the right general relation too.
    pub words: [usize; 3],
    /// For each relation: right, predicted, gold.
    pub relations: Vec<[usize; 3]>,
    /// The same, of sure arcs only.
    pub sure: Vec<[usize; 3]>,
    /// For each confidence: arcs, and those with the right head and general relation.
    pub confidences: Vec<[usize; 2]>,
    /// Tuples: right, predicted, gold; and those of sure predicates only.
    pub tuples: [[usize; 3]; 2],
}

/// F1 in percent of some relations taken together; right means head and general relation.
pub fn f1(counts: &[[usize; 3]], relations: &[Relation]) -> f64 {
    let [right, predicted, gold] = sum(counts, relations);
    200.0 * right as f64 / (predicted + gold).max(1) as f64
}

/// Right, predicted and gold arcs of some relations.
pub fn sum(counts: &[[usize; 3]], relations: &[Relation]) -> [usize; 3] {
    let add = |mut all: [usize; 3], r: &Relation| {
        all.iter_mut().zip(counts[*r as usize]).for_each(|(a, n)| *a += n);
        all
    };
    relations.iter().fold([0; 3], add)
}

/// Compares trees with what `answer` makes of them.
pub fn score(trees: &[Tree], mut answer: impl FnMut(&Tree) -> Vec<Word>) -> Score {
    let zeros = || vec![[0; 3]; Relation::ALL.len()];
    let mut out = Score {
        tags: [0; 3],
        words: [0; 3],
        relations: zeros(),
        sure: zeros(),
        confidences: vec![[0; 2]; 256],
        tuples: [[0; 3]; 2],
    };
    for tree in trees {
        let words = answer(tree);
        for (i, word) in words.iter().enumerate() {
            out.word(tree, i, word);
        }
        out.tuples(&tuples(tree, gold(tree)), &tuples(tree, words));
    }
    out
}

/// Whether a word has the right head, and the right general relation too; nothing of a mark.
pub(super) fn right(tree: &Tree, i: usize, word: &Word) -> Option<(bool, bool)> {
    if tree.classes[i] == PUNCT {
        return None;
    }
    let own = if word.head as usize == i { tree.words.len() } else { word.head as usize };
    let head = own == tree.heads[i];
    Some((head, head && word.relation.general() == tree.relations[i].general()))
}

impl Score {
    fn word(&mut self, tree: &Tree, i: usize, word: &Word) {
        let (tag, features) = CLASSES[usize::from(tree.classes[i])];
        let known = [true, word.tag == tag, (word.tag, word.features) == (tag, features)];
        self.tags.iter_mut().zip(known).for_each(|(n, yes)| *n += usize::from(yes));
        let Some((head, labelled)) = right(tree, i, word) else { return };
        let gold = tree.relations[i];
        self.words.iter_mut().zip([true, head, labelled]).for_each(|(n, yes)| *n += usize::from(yes));
        let sure = word.confidence >= Word::SURE;
        for (counts, counted) in [(&mut self.relations, true), (&mut self.sure, sure)] {
            counts[gold as usize][2] += 1;
            counts[word.relation as usize][1] += usize::from(counted);
            counts[word.relation as usize][0] += usize::from(counted && labelled);
        }
        let bucket = &mut self.confidences[usize::from(word.confidence)];
        bucket[0] += 1;
        bucket[1] += usize::from(labelled);
    }

    fn tuples(&mut self, gold: &[Tuple], own: &[Tuple]) {
        for (counts, least) in self.tuples.iter_mut().zip([0, Word::SURE]) {
            let counted = own.iter().filter(|t| t.confidence >= least);
            let right = counted.clone().filter(|t| gold.iter().any(|g| g.same(t)));
            *counts = [counts[0] + right.count(), counts[1] + counted.count(), counts[2] + gold.len()];
        }
    }
}
