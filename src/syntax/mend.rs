//! What the parser is known to get wrong and a look at the finished tree puts right.

use super::form::word_hash;
use super::transition::Answer;
use super::tree::Bare;
use super::word::{CLASSES, Features, Relation, Tag};
use crate::map::ReadySet;
use std::sync::OnceLock;

/// The bit of a colon and what is stronger (`data/syntax/punctuation.tsv`).
const STRONG: u8 = 8;

/// A sentence's words without its marks, and the tree that the parser made of them.
struct Tree<'t> {
    classes: &'t [u8],
    bare: &'t Bare,
    answer: &'t mut Answer,
}

/// Mends the tree of one sentence. `classes` are those of all its tokens.
pub(super) fn all(classes: &[u8], bare: &Bare, answer: &mut Answer) {
    let mut tree = Tree { classes, bare, answer };
    tree.join_names();
    tree.clauses();
    tree.roots();
    tree.subjects();
}

/// Prepositions that a clause can follow as well: `until`, `after`.
fn introduces(word: u32) -> bool {
    static WORDS: OnceLock<ReadySet> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let rows = super::lexicon::rows(include_str!("../../data/syntax/markers.tsv"));
        rows.filter(|row| row.get(2) == Some(&"preposition")).map(|row| u64::from(word_hash(row[0]))).collect()
    });
    words.contains(&u64::from(word))
}

impl Tree<'_> {
    fn tag(&self, i: usize) -> (Tag, Features) {
        CLASSES[usize::from(self.classes[self.bare.positions[i]])]
    }

    fn label(&self, i: usize) -> Option<Relation> {
        Relation::ALL.get(usize::from(self.answer.labels[i])).copied()
    }

    fn hang(&mut self, i: usize, head: usize, relation: Relation) {
        (self.answer.heads[i], self.answer.labels[i]) = (head, relation as u8);
    }

    /// A predicate has one subject and one object: two names side by side in one place are one name.
    fn join_names(&mut self) {
        let core = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj].map(|r| r as u8);
        for i in 1..self.bare.items.len() {
            let answer = &self.answer;
            let same = answer.heads[i] == answer.heads[i - 1] && answer.labels[i] == answer.labels[i - 1];
            let beside = self.bare.positions[i] == self.bare.positions[i - 1] + 1;
            let name = |i: usize| self.tag(i).0 == Tag::Propn;
            if same && beside && core.contains(&answer.labels[i]) && name(i) && name(i - 1) {
                self.hang(i, i - 1, Relation::Flat);
            }
        }
    }

    /// `after a balloon flew over Montana`: no time after a balloon, but a clause with its subject.
    fn clauses(&mut self) {
        for i in 0..self.bare.items.len() {
            let noun = self.answer.heads[i];
            let leads = introduces(self.bare.items[i].word) && self.label(i) == Some(Relation::Case);
            if !leads || noun <= i || noun >= self.bare.items.len() {
                continue;
            }
            if let Some(verb) = self.verb_behind(noun) {
                let head = self.answer.heads[noun];
                let passive =
                    (0..verb).any(|c| self.answer.heads[c] == verb && self.label(c) == Some(Relation::AuxPass));
                self.hang(i, verb, Relation::Mark);
                self.hang(noun, verb, if passive { Relation::NsubjPass } else { Relation::Nsubj });
                self.hang(verb, head, Relation::Advcl);
            }
        }
    }

    /// `Officials downplayed hopes`: a noun without a copula, before it a participle right behind a subject, is what the
    /// officials did it to.
    fn roots(&mut self) {
        let root = self.bare.items.len();
        let child = |tree: &Self, head: usize, relation: Relation| {
            (0..root).find(|&c| tree.answer.heads[c] == head && tree.label(c) == Some(relation))
        };
        let Some(noun) = (0..root).find(|&i| self.answer.heads[i] == root && self.tag(i).0 == Tag::Noun) else {
            return;
        };
        if child(self, noun, Relation::Cop).is_some() || self.finds_its_object(noun) {
            return;
        }
        let Some(verb) = child(self, noun, Relation::Amod) else { return };
        let subject = [verb, noun].into_iter().find_map(|head| child(self, head, Relation::Nsubj));
        let (tag, features) = self.tag(verb);
        let past = tag == Tag::Verb && features.has(Features::PAST);
        let Some(subject) = subject.filter(|&s| past && s + 1 == verb && verb < noun) else { return };
        for c in noun + 1..root {
            if self.answer.heads[c] == noun && self.label(c) != Some(Relation::Nmod) {
                self.answer.heads[c] = verb;
            }
        }
        self.hang(verb, root, Relation::Root);
        self.hang(subject, verb, Relation::Nsubj);
        self.hang(noun, verb, Relation::Obj);
    }

    /// `An earthquake struck Haiti.`: a noun that is all of a sentence but for a past form with an object is what did it.
    fn finds_its_object(&mut self, noun: usize) -> bool {
        let root = self.bare.items.len();
        let verb = noun + 1;
        let past = |tree: &Self| {
            let (tag, features) = tree.tag(verb);
            tag == Tag::Verb && features.has(Features::PAST) && tree.label(verb) == Some(Relation::Acl)
        };
        if verb >= root || self.answer.heads[verb] != noun || self.bare.last_punct & STRONG == 0 || !past(self) {
            return false;
        }
        let object = (verb..root).any(|c| self.answer.heads[c] == verb && self.label(c) == Some(Relation::Obj));
        let finite = (0..root).any(|i| i != verb && self.tag(i).1.has(Features::FINITE));
        if !object || finite {
            return false;
        }
        for c in verb + 1..root {
            if self.answer.heads[c] == noun {
                self.answer.heads[c] = verb;
            }
        }
        self.hang(verb, root, Relation::Root);
        self.hang(noun, verb, Relation::Nsubj);
        true
    }

    /// `Lula sworn in; his predecessor is in Florida`: of two subjects the nearer one is the predicate's, and the other one
    /// that of the participle which hangs on it.
    fn subjects(&mut self) {
        let subject = |tree: &Self, c: usize| matches!(tree.label(c), Some(Relation::Nsubj | Relation::NsubjPass));
        for near in 1..self.bare.items.len() {
            let head = self.answer.heads[near];
            let far = (0..near).rfind(|&c| self.answer.heads[c] == head && subject(self, c));
            let Some(far) = far.filter(|_| subject(self, near)) else { continue };
            let verb = (far + 1..near).find(|&v| self.answer.heads[v] == far && self.label(v) == Some(Relation::Acl));
            let ends = |verb: usize| self.bare.items[verb + 1..=near].iter().any(|item| item.punct & STRONG != 0);
            if let Some(verb) = verb.filter(|&v| ends(v)) {
                self.hang(far, verb, Relation::NsubjPass);
                self.hang(verb, head, Relation::Parataxis);
            }
        }
    }

    /// The finite verb right behind an oblique noun, with nothing but its helpers between, that hangs beside the noun or
    /// on it and has neither subject nor introduction.
    fn verb_behind(&self, noun: usize) -> Option<usize> {
        use Relation::{Acl, AclRelcl, Advcl, Advmod, Aux, AuxPass, Cop, Mark, Nsubj, NsubjPass, Obl, OblUnmarked};
        let items = self.bare.items.len();
        let next = (noun + 1 < items).then_some(noun + 1)?;
        let helps = |i: usize| matches!(self.label(i), Some(Aux | AuxPass | Cop | Advmod));
        let verb = if helps(next) { self.answer.heads[next] } else { next };
        if verb >= items || verb < next || (next..verb).any(|i| self.answer.heads[i] != verb || !helps(i)) {
            return None;
        }
        let (tag, features) = self.tag(if verb > next { next } else { verb });
        let finite = matches!(tag, Tag::Verb | Tag::Aux) && features.has(Features::FINITE);
        let head = self.answer.heads[noun];
        let beside = self.answer.heads[verb] == head && self.label(verb) == Some(Advcl);
        let below = self.answer.heads[verb] == noun && matches!(self.label(verb), Some(Acl | AclRelcl));
        let own = |c: usize| self.answer.heads[c] == verb && matches!(self.label(c), Some(Nsubj | NsubjPass | Mark));
        let comma = self.bare.items[next].punct != 0;
        let oblique = matches!(self.label(noun), Some(Obl | OblUnmarked));
        (oblique && finite && !comma && (beside || below) && !(0..verb).any(own)).then_some(verb)
    }
}
