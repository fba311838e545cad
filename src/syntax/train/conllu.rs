//! Treebank sentences.

use super::super::form::Form;
use super::super::token::{tokenize, word_hash};
use super::super::word::{Features, Relation, Tag, class_of};
use crate::span::Span;
use crate::syntax::{Shape, Token};

/// One sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Word forms.
    pub words: Vec<String>,
    /// Lemmas.
    pub lemmas: Vec<String>,
    /// Index of each word's head, the number of words for the root.
    pub heads: Vec<usize>,
    /// Relation of each word.
    pub relations: Vec<Relation>,
    /// Class of each word.
    pub(super) classes: Vec<u8>,
    /// Surface of each word.
    pub(super) forms: Vec<Form>,
}

/// Reads sentences of seven columns: ID, FORM, LEMMA, UPOS, FEATS, HEAD, DEPREL.
///
/// # Errors
/// The number of the first line that is not of this form.
pub fn read(text: &str) -> Result<Vec<Tree>, usize> {
    let mut out = Vec::new();
    let mut tree = Tree::default();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            finish(&mut tree, &mut out);
        } else if !line.starts_with('#') {
            add(&mut tree, line).ok_or(number + 1)?;
        }
    }
    finish(&mut tree, &mut out);
    Ok(out)
}

fn add(tree: &mut Tree, line: &str) -> Option<()> {
    let columns: Vec<_> = line.split('\t').collect();
    let [_, form, lemma, tag, features, head, relation] = columns[..] else { return None };
    let tag = Tag::from_name(tag).unwrap_or(Tag::X);
    tree.words.push(form.into());
    tree.lemmas.push(lemma.into());
    tree.heads.push(head.parse::<usize>().ok()?);
    tree.relations.push(Relation::from_label(relation));
    tree.classes.push(class_of(tag, features_of(tag, features)));
    tree.forms.push(Form::of(&token(form), form));
    Some(())
}

/// The token that a word form would be, with the shape of our own tokeniser.
pub(super) fn token(form: &str) -> Token {
    let shape = tokenize(form).first().map_or(Shape::Punct, |t| t.shape);
    Token { span: Span::new(0, form.len()), shape, spaced: true, hash: word_hash(form) }
}

fn finish(tree: &mut Tree, out: &mut Vec<Tree>) {
    let n = tree.words.len();
    for head in &mut tree.heads {
        *head = if *head == 0 || *head > n { n } else { *head - 1 };
    }
    if n > 0 {
        out.push(std::mem::take(tree));
    }
}

fn features_of(tag: Tag, text: &str) -> Features {
    let has = |f: &str| text.split('|').any(|x| x == f);
    let verbal = matches!(tag, Tag::Verb | Tag::Aux);
    if verbal && (has("VerbForm=Ger") || has("VerbForm=Part") && has("Tense=Pres")) {
        Features::GERUND
    } else if verbal && has("VerbForm=Part") {
        Features::PARTICIPLE.with(Features::PAST)
    } else if verbal && has("VerbForm=Inf") {
        Features::INFINITIVE
    } else if verbal && has("Tense=Past") {
        Features::FINITE.with(Features::PAST)
    } else if verbal {
        Features::FINITE
    } else if matches!(tag, Tag::Noun | Tag::Propn) && (has("Number=Plur") || has("Number=Ptan")) {
        Features::PLURAL
    } else if matches!(tag, Tag::Adj | Tag::Adv) && has("Degree=Cmp") {
        Features::COMPARATIVE
    } else if matches!(tag, Tag::Adj | Tag::Adv) && has("Degree=Sup") {
        Features::SUPERLATIVE
    } else {
        Features::NONE
    }
}
