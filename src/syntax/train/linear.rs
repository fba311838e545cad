//! Training of the linear parser with a dynamic oracle.

use super::super::linear::{Item, reading, visit};
use super::super::transition::{LEFT, RELATIONS, RIGHT, SHIFT, State, costs};
use super::ftrl::{Counts, Learner, softmax};
use super::{Random, write};

/// A sentence without punctuation in the linear parser's order of reading.
struct Example {
    items: Vec<Item>,
    gold: Vec<usize>,
    labels: Vec<u8>,
}

impl Example {
    fn new(sentence: &super::score::Bare) -> Self {
        let n = sentence.items.len();
        let back = |w: usize| if w < n { n - 1 - w } else { n };
        Self {
            items: reading(&sentence.items, sentence.last_punct),
            gold: (0..n).rev().map(|i| back(sentence.heads[i])).collect(),
            labels: (0..n).rev().map(|i| sentence.labels[i]).collect(),
        }
    }
}

/// The three learners: moves, and relations of arcs to the left and to the right.
struct Learners {
    moves: Learner,
    labels: [Learner; 2],
}

/// Trains a parser with `rows` features for moves and for relations, and returns its file.
pub fn train(sentences: &[super::score::Bare], rows: [usize; 2], log: &mut dyn FnMut(String)) -> Vec<u8> {
    let examples: Vec<_> = sentences.iter().map(Example::new).filter(|e| !e.gold.is_empty()).collect();
    let (mut moves, mut labels) = (Counts::new(), [Counts::new(), Counts::new()]);
    for example in &examples {
        count(example, &mut moves, &mut labels);
    }
    let mut learners = Learners {
        moves: Learner::new(moves.frequent(2), 3, 0.1, 0.1),
        labels: [0, 1].map(|side| Learner::new(labels[side].frequent(5), RELATIONS, 0.1, 0.3)),
    };
    log(format!("linear parser: {} sentences", examples.len()));
    epochs(&mut learners, &examples, 3, log);
    learners = Learners {
        moves: Learner::new(learners.moves.best(&moves, rows[0]), 3, 0.06, 0.5),
        labels: [0, 1].map(|side| {
            let keys = learners.labels[side].best(&labels[side], rows[1]);
            Learner::new(keys, RELATIONS, 0.06, 5.0)
        }),
    };
    epochs(&mut learners, &examples, 8, log);
    let mut out = write::file();
    write::table(&mut out, &learners.moves);
    learners.labels.iter().for_each(|l| write::table(&mut out, l));
    out
}

/// Counts the features of a derivation that loses as little as possible.
fn count(example: &Example, moves: &mut Counts, labels: &mut [Counts; 2]) {
    let mut state = State::new(example.gold.len());
    while !state.done() {
        let costs = costs(&state, &example.gold);
        let action = (0..3).filter(|&a| costs[a].is_some()).min_by_key(|&a| costs[a]).unwrap_or(SHIFT);
        let label = state.stack.last().map_or(0, |&top| example.labels[top]);
        visit(&example.items, &state, |k| {
            moves.add(k);
            if action != SHIFT {
                labels[usize::from(action == RIGHT)].add(k);
            }
        });
        state.apply(action, label);
    }
}

fn epochs(learners: &mut Learners, examples: &[Example], count: usize, log: &mut dyn FnMut(String)) {
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(23);
    for epoch in 0..count {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for &s in &order {
            let example = &examples[s];
            let state = sentence(learners, example, epoch, &mut random);
            total += example.gold.len();
            right += (0..example.gold.len()).filter(|&i| state.heads[i] == example.gold[i]).count();
        }
        log(format!("  epoch {epoch}: {:.2} % of {total} arcs", 100.0 * right as f64 / total as f64));
    }
}

/// Parses and learns one sentence, exploring the parser's own mistakes.
fn sentence(learners: &mut Learners, example: &Example, epoch: usize, random: &mut Random) -> State {
    let mut state = State::new(example.gold.len());
    let (mut keys, mut rows) = (Vec::new(), Vec::new());
    let mut labels = [0.0; RELATIONS];
    while !state.done() {
        keys.clear();
        visit(&example.items, &state, |k| keys.push(k));
        let costs = costs(&state, &example.gold);
        let least = costs.iter().flatten().min().copied().unwrap_or(0);
        learners.moves.rows(&keys, &mut rows);
        let mut scores = [0.0; 3];
        learners.moves.scores(&rows, &mut scores);
        for a in (0..3).filter(|&a| costs[a].is_none()) {
            scores[a] = -1e9;
        }
        let best = |only_right: bool| {
            let fits = |a: &usize| costs[*a].is_some_and(|c| !only_right || c == least);
            (0..3).filter(fits).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(SHIFT)
        };
        let (own, oracle) = (best(false), best(true));
        softmax(&mut scores);
        let mass: f32 = (0..3).filter(|&a| costs[a] == Some(least)).map(|a| scores[a]).sum();
        for a in 0..3 {
            if costs[a] == Some(least) {
                scores[a] -= scores[a] / mass.max(1e-6);
            }
        }
        learners.moves.step(&rows, &scores);
        let action = if epoch > 0 && random.unit() < 0.9 { own } else { oracle };
        let mut label = 0;
        if action != SHIFT {
            let top = state.top(0);
            let side = usize::from(action != LEFT);
            let head = if action == LEFT { state.front } else { state.top(1) };
            let learner = &mut learners.labels[side];
            learner.rows(&keys, &mut rows);
            learner.scores(&rows, &mut labels);
            label = (0..RELATIONS).fold(0, |b, c| if labels[c] > labels[b] { c } else { b }) as u8;
            if head == example.gold[top] {
                softmax(&mut labels);
                labels[usize::from(example.labels[top])] -= 1.0;
                learner.step(&rows, &labels);
            }
        }
        state.apply(action, label);
    }
    state
}
