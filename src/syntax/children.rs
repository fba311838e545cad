//! The tree of a block seen from above, and the phrases of it.

use super::predicate::Argument;
use super::word::{Relation, Word};

/// Children of every token in order.
pub(super) struct Children {
    starts: Vec<u32>,
    tokens: Vec<usize>,
}

impl Children {
    /// Sorts the tokens below their heads.
    pub(super) fn new(words: &[Word]) -> Self {
        let mut starts = vec![0u32; words.len() + 1];
        let children = || words.iter().enumerate().filter(|&(i, w)| w.head as usize != i);
        children().for_each(|(_, w)| starts[w.head as usize + 1] += 1);
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut tokens = vec![0; starts.last().map_or(0, |&n| n as usize)];
        for (i, w) in children() {
            tokens[next[w.head as usize] as usize] = i;
            next[w.head as usize] += 1;
        }
        Self { starts, tokens }
    }

    /// Children of a token, in the order of the text.
    pub(super) fn of(&self, token: usize) -> &[usize] {
        &self.tokens[self.starts[token] as usize..self.starts[token + 1] as usize]
    }

    /// The first child with one of these relations.
    pub(super) fn find(&self, words: &[Word], token: usize, relations: &[Relation]) -> Option<usize> {
        self.of(token).iter().copied().find(|&c| relations.contains(&words[c].relation))
    }

    /// The noun phrase of a head: without preposition, clauses, appositions and punctuation at its
    /// ends, and without further members of a coordination unless they are wanted.
    pub(super) fn phrase(&self, words: &[Word], head: usize, coordinated: bool) -> Argument {
        use Relation::{
            Acl, AclRelcl, Advcl, Appos, Aux, AuxPass, Case, Cc, CcPreconj, Ccomp, Conj, Cop, Csubj, Dep, Discourse,
            Dislocated, Expl, List, Mark, Nsubj, NsubjOuter, NsubjPass, Orphan, Parataxis, Punct, Vocative,
        };
        // What belongs to the clause around a predicate noun is no part of its phrase either.
        const OUTSIDE: [Relation; 23] = [
            Acl, AclRelcl, Advcl, Appos, Aux, AuxPass, Case, CcPreconj, Ccomp, Cop, Csubj, Dep, Discourse, Dislocated,
            Expl, List, Mark, Nsubj, NsubjOuter, NsubjPass, Orphan, Parataxis, Vocative,
        ];
        let (mut first, mut last) = (head, head + 1);
        let mut stack: Vec<usize> = vec![head];
        while let Some(at) = stack.pop() {
            first = first.min(at);
            last = last.max(at + 1);
            for &c in self.of(at) {
                let relation = words[c].relation;
                let top = at == head;
                let leave = relation == Punct
                    || top && OUTSIDE.contains(&relation)
                    || top && !coordinated && matches!(relation, Conj | Cc)
                    || !top && matches!(relation, AclRelcl | Parataxis | Appos)
                    || matches!(words[at].relation, Conj) && matches!(relation, Case | Mark | Nsubj) && c < at;
                if !leave {
                    stack.push(c);
                }
            }
        }
        Argument { head, first, last }
    }
}
