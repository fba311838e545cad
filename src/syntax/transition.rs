//! The arc-hybrid transition system: shift, attach the top of the stack to the front of the
//! buffer, or to what lies below it.
//!
//! Words are numbered from 0; `n` is the root, which stands at the end, and `n + 1` is nothing.

use super::word::Relation;

/// Moves of the parser.
pub(super) const SHIFT: usize = 0;
/// The front of the buffer becomes the head of the stack's top.
pub(super) const LEFT: usize = 1;
/// The word below the stack's top becomes its head.
pub(super) const RIGHT: usize = 2;

/// Number of relations.
pub(super) const RELATIONS: usize = Relation::ALL.len();

/// What a parser says of a sentence.
pub(super) struct Answer {
    /// Head of each item; their number is the root.
    pub(super) heads: Vec<usize>,
    /// Relation of each item.
    pub(super) labels: Vec<u8>,
    /// How sure it was of each item.
    pub(super) margins: Vec<Margins>,
}

/// How much better what a parser chose for a word was than the next best, in the parser's units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Margins {
    /// The move by which the word got its head.
    pub(super) head: i32,
    /// Its relation.
    pub(super) relation: i32,
    /// The move by which it was not attached yet, the least sure of them.
    pub(super) waiting: i32,
}

impl Margins {
    /// Where there was no choice to be made.
    pub(super) const NONE: i32 = i32::MAX;

    /// Of a word of which nothing was said yet.
    pub(super) const UNSEEN: Margins = Margins { head: 0, relation: 0, waiting: Margins::NONE };
}

/// A partial tree.
pub(super) struct State {
    /// Number of words.
    pub(super) n: usize,
    /// Words that wait for their head, topmost last.
    pub(super) stack: Vec<usize>,
    /// First word not read yet.
    pub(super) front: usize,
    /// Head of each word, `n + 1` while it has none.
    pub(super) heads: Vec<usize>,
    /// Relation number of each word that has a head.
    pub(super) labels: Vec<u8>,
    /// Outermost and second outermost child on the left of each word, root and nothing.
    pub(super) left: Vec<[usize; 2]>,
    /// The same on the right.
    pub(super) right: Vec<[usize; 2]>,
    /// Children on the left and on the right.
    pub(super) valence: Vec<[u8; 2]>,
}

impl State {
    /// Nothing read yet.
    pub(super) fn new(n: usize) -> Self {
        let none = n + 1;
        Self {
            n,
            stack: Vec::with_capacity(16),
            front: 0,
            heads: vec![none; n],
            labels: vec![RELATIONS as u8; n + 2],
            left: vec![[none; 2]; n + 2],
            right: vec![[none; 2]; n + 2],
            valence: vec![[0; 2]; n + 2],
        }
    }

    /// Whether every word has a head.
    pub(super) fn done(&self) -> bool {
        self.front == self.n && self.stack.is_empty()
    }

    /// The word `depth` below the stack's top, or nothing.
    #[inline]
    pub(super) fn top(&self, depth: usize) -> usize {
        if depth < self.stack.len() { self.stack[self.stack.len() - 1 - depth] } else { self.n + 1 }
    }

    /// The word `ahead` after the front of the buffer, the root at its end, or nothing.
    #[inline]
    pub(super) fn next(&self, ahead: usize) -> usize {
        (self.front + ahead).min(self.n + 1)
    }

    /// Whether a move is possible; the root takes one child only.
    #[inline]
    pub(super) fn allows(&self, action: usize) -> bool {
        match action {
            SHIFT => self.front < self.n,
            LEFT => !self.stack.is_empty() && (self.front < self.n || self.stack.len() == 1),
            _ => self.stack.len() > 1,
        }
    }

    /// Does a move that is allowed; `label` counts for the two that attach.
    pub(super) fn apply(&mut self, action: usize, label: u8) {
        if action == SHIFT {
            self.stack.push(self.front);
            self.front += 1;
            return;
        }
        let Some(child) = self.stack.pop() else { return };
        let head = if action == LEFT { self.front } else { self.top(0) };
        self.heads[child] = head;
        self.labels[child] = label;
        let (side, children) = if action == LEFT { (0, &mut self.left) } else { (1, &mut self.right) };
        children[head] = [child, children[head][0]];
        self.valence[head][side] = self.valence[head][side].saturating_add(1);
    }
}

/// Gold arcs that each move would make impossible, for the moves that are allowed.
#[cfg(feature = "train")]
pub(super) fn costs(state: &State, gold: &[usize]) -> [Option<usize>; 3] {
    let front = state.front;
    let below = &state.stack[..state.stack.len().saturating_sub(1)];
    let mut out = [None; 3];
    if state.allows(SHIFT) {
        let head_lost = below.contains(&gold[front]);
        let children_lost = state.stack.iter().filter(|&&w| gold[w] == front).count();
        out[SHIFT] = Some(usize::from(head_lost) + children_lost);
    }
    let Some(&top) = state.stack.last() else { return out };
    let waiting = (front..state.n).filter(|&w| gold[w] == top).count();
    let head = gold[top];
    if state.allows(LEFT) {
        let lost = head != front && (head > front || Some(&head) == below.last());
        out[LEFT] = Some(waiting + usize::from(lost));
    }
    if state.allows(RIGHT) {
        out[RIGHT] = Some(waiting + usize::from(head >= front));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_moves_end_in_one_root() {
        for seed in 0..200usize {
            let n = seed % 9 + 1;
            let (mut state, mut x) = (State::new(n), seed * 7919 + 1);
            while !state.done() {
                x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let action = (0..3).map(|k| (k + (x >> 40)) % 3).find(|&a| state.allows(a)).unwrap();
                state.apply(action, 0);
            }
            assert_eq!(state.heads.iter().filter(|&&h| h == n).count(), 1, "{:?}", state.heads);
        }
    }

    #[cfg(feature = "train")]
    #[test]
    fn the_oracle_finds_a_projective_tree() {
        let gold = [1, 5, 4, 4, 1, 8, 7, 5];
        let mut state = State::new(gold.len());
        while !state.done() {
            let best = (0..3).find(|&a| costs(&state, &gold)[a] == Some(0)).expect("a move without loss");
            state.apply(best, 0);
        }
        assert_eq!(state.heads, gold);
    }
}
