//! From the tokens of a sentence to its tree: tags, then heads without punctuation, then marks.

use super::evidence::{Evidence, Reading};
use super::form::{Form, Item};
use super::mend;
use super::model::Model;
use super::neural::WIDTH;
use super::tagger::{self, PUNCT, Tags};
use super::transition::Answer;
use super::verifier;
use super::word::{CLASSES, Features, Relation, Tag, Word};
use crate::order;
use std::sync::OnceLock;

/// Longest run of words that is parsed as one sentence; longer ones are cut there.
const LONGEST: usize = 250;

/// Kinds of punctuation marks by word hash, ascending.
struct Marks {
    kinds: Vec<(u32, u8)>,
    certain: Vec<u32>,
}

fn marks() -> &'static Marks {
    static MARKS: OnceLock<Marks> = OnceLock::new();
    MARKS.get_or_init(|| {
        let mut marks = Marks { kinds: Vec::new(), certain: Vec::new() };
        let rows = super::lexicon::rows(include_str!("../../data/syntax/punctuation.tsv"));
        for row in rows {
            let word = super::form::word_hash(row[0]);
            marks.kinds.push((word, row.get(1).and_then(|k| k.parse().ok()).unwrap_or(8)));
            if row.get(2) == Some(&"yes") {
                marks.certain.push(word);
            }
        }
        order::sort(&mut marks.kinds);
        marks
    })
}

/// Words that are always punctuation.
pub(super) fn punctuation() -> &'static [u32] {
    &marks().certain
}

/// The words of a sentence that a parser sees, and where they stand in it.
pub(super) struct Bare {
    /// Position of each item in the sentence.
    pub(super) positions: Vec<usize>,
    /// What the parsers see.
    pub(super) items: Vec<Item>,
    /// Kinds of marks after the last item.
    pub(super) last_punct: u8,
}

/// Leaves the punctuation out of a sentence and notes where it stood.
pub(super) fn bare(forms: &[Form], classes: &[u8]) -> Bare {
    let marks = marks();
    let mut out = Bare { positions: Vec::new(), items: Vec::new(), last_punct: 0 };
    let mut punct = 0;
    for (i, (form, &class)) in forms.iter().zip(classes).enumerate() {
        if class == PUNCT {
            punct |= marks.kinds.binary_search_by_key(&form.word, |k| k.0).map_or(8, |at| marks.kinds[at].1);
            continue;
        }
        let (suffix, prefix, shape) = (form.suffix[2], form.prefix[1], form.shape);
        out.items.push(Item { word: form.word, suffix, prefix, class, punct, shape });
        out.positions.push(i);
        punct = 0;
    }
    out.last_punct = punct;
    out
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voters {
    /// The first gives the tree, the second tells where it is right.
    Both,
    /// The first alone.
    First,
}

/// Tags and heads of one sentence. Heads count from the sentence's first token, a root is its own.
pub(super) fn parse(model: &Model, forms: &[Form], voters: Voters) -> Vec<Word> {
    let mut out = Vec::with_capacity(forms.len());
    for piece in forms.chunks(LONGEST) {
        let base = out.len() as u32;
        out.extend(parse_piece(model, piece, voters).into_iter().map(|w| Word { head: w.head + base, ..w }));
    }
    out
}

/// The tags of one sentence alone.
pub(super) fn tags(model: &Model, forms: &[Form]) -> impl Iterator<Item = (Tag, Features)> {
    let classes = tagger::tag(&model.tagger, punctuation(), forms).classes;
    classes.into_iter().map(|class| CLASSES[usize::from(class)])
}

fn parse_piece(model: &Model, forms: &[Form], voters: Voters) -> Vec<Word> {
    let first = First::read(model, forms);
    let sure = match voters {
        Voters::Both => {
            let logits = model.verifier.logits(&first.evidence(), &first.vectors);
            logits.into_iter().map(verifier::percent).collect()
        }
        Voters::First => vec![50; first.bare.items.len()],
    };
    words(&first.tags.classes, &first.bare, &first.answer, &sure)
}

/// The first voter's reading of a sentence.
struct First {
    tags: Tags,
    bare: Bare,
    answer: Answer,
    /// Of the words without punctuation and the root.
    vectors: Vec<[i16; WIDTH]>,
}

impl First {
    fn read(model: &Model, forms: &[Form]) -> Self {
        let tags = tagger::tag(&model.tagger, punctuation(), forms);
        let bare = bare(forms, &tags.classes);
        let (mut answer, vectors) = model.neural.parse(&bare.items, bare.last_punct);
        mend::all(&tags.classes, &bare, &mut answer);
        Self { tags, bare, answer, vectors }
    }

    /// What is known of each arc.
    fn evidence(&self) -> Vec<Evidence> {
        let tags: Vec<_> = self.bare.positions.iter().map(|&at| self.tags.margins[at]).collect();
        Reading { answer: &self.answer, items: &self.bare.items, tags: &tags }.evidence()
    }
}

/// An arc as the second voter learns it.
#[cfg(feature = "train")]
pub(super) struct Arc {
    /// What is known of it.
    pub(super) evidence: Evidence,
    /// The vectors of the word and of its head.
    pub(super) ends: [[i16; WIDTH]; 2],
    /// How much speaks for it by the model's own second voter.
    pub(super) logit: i32,
}

/// A sentence's words, and for each that is no mark its arc.
#[cfg(feature = "train")]
pub(super) fn arcs(model: &Model, forms: &[Form]) -> Vec<(Word, Option<Arc>)> {
    let first = First::read(model, forms);
    let words = words(&first.tags.classes, &first.bare, &first.answer, &vec![0; first.bare.items.len()]);
    let mut out: Vec<_> = words.into_iter().map(|word| (word, None)).collect();
    let evidence = first.evidence();
    let logits = model.verifier.logits(&evidence, &first.vectors);
    for (i, ((&at, evidence), logit)) in first.bare.positions.iter().zip(evidence).zip(logits).enumerate() {
        let ends = [i, evidence.head].map(|word| first.vectors[word]);
        out[at].1 = Some(Arc { evidence, ends, logit });
    }
    out
}

/// Puts the punctuation back: a mark hangs on the sentence's root.
fn words(classes: &[u8], bare: &Bare, answer: &Answer, sure: &[u8]) -> Vec<Word> {
    let Answer { heads, labels, .. } = answer;
    let n = bare.items.len();
    let root = heads.iter().position(|&h| h == n).map_or(0, |i| bare.positions[i]);
    let mut out: Vec<Word> = classes
        .iter()
        .map(|&class| {
            let (tag, features) = CLASSES[usize::from(class)];
            Word { tag, features, head: root as u32, relation: Relation::Punct, confidence: 100 }
        })
        .collect();
    for (i, &at) in bare.positions.iter().enumerate() {
        let word = &mut out[at];
        word.head = if heads[i] == n { at } else { bare.positions[heads[i]] } as u32;
        word.relation = if heads[i] == n { Relation::Root } else { label(labels[i]) };
        word.confidence = sure[i];
    }
    out
}

/// A root below another word is no root.
fn label(number: u8) -> Relation {
    match Relation::ALL.get(usize::from(number)) {
        Some(&Relation::Root) | None => Relation::Dep,
        Some(&relation) => relation,
    }
}
