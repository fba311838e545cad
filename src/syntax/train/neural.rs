//! Training of the neural parser: a dynamic oracle, Adam, and rounding to whole numbers.

use super::super::form::Item;
use super::super::neural::{self, EXTRAS, HIDDEN, PLACES, WIDTH};
use super::super::table::Index;
use super::super::transition::{LEFT, RELATIONS, RIGHT, SHIFT, State, costs};
use super::ftrl::softmax;
use super::net::{Layout, Pass, TAGS, axpy, backward, forward, tag_target};
use super::score::Bare;
use super::{Random, quantise};
use std::collections::HashMap;

/// What can be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Words with an embedding of their own, the most frequent ones.
    pub words: usize,
    /// Passes over the sentences.
    pub epochs: usize,
    /// First step of Adam; the last one is a tenth of it.
    pub rate: f32,
    /// Seed of order and dropout.
    pub seed: u64,
}

struct Trainer<'t> {
    layout: Layout,
    weights: Vec<f32>,
    gradient: Vec<f32>,
    moments: [Vec<f32>; 2],
    /// Rows of embeddings whose gradient is not zero.
    touched: Vec<usize>,
    steps: i32,
    vocabulary: HashMap<u32, usize>,
    counts: HashMap<u32, u32>,
    random: Random,
    options: &'t Options,
}

/// Trains a parser and returns its file.
pub fn train(sentences: &[Bare], options: &Options, log: &mut dyn FnMut(String)) -> Vec<u8> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    sentences.iter().flat_map(|s| &s.items).for_each(|i| *counts.entry(i.word & Index::MASK).or_default() += 1);
    let mut ranked: Vec<_> = counts.iter().filter(|c| *c.1 > 1).map(|(&w, &c)| (c, w)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    let mut keys: Vec<u32> =
        ranked.into_iter().take(options.words - 1).map(|r| r.1).chain([neural::root(0).word]).collect();
    keys.sort_unstable();
    keys.dedup();
    let layout = Layout::new(keys.len());
    let mut random = Random::new(options.seed);
    let weights = layout.start(&mut random);
    let size = layout.size;
    log(format!("neural parser: {} sentences, {} words, {size} weights", sentences.len(), keys.len()));
    let mut trainer = Trainer {
        gradient: vec![0.0; size],
        moments: [vec![0.0; size], vec![0.0; size]],
        touched: Vec::new(),
        steps: 0,
        vocabulary: keys.iter().enumerate().map(|(row, &w)| (w, row)).collect(),
        counts,
        random,
        options,
        layout,
        weights,
    };
    let average = trainer.run(sentences, log);
    quantise::file(&trainer.layout, &keys, &average)
}

const BATCH: usize = 4;

impl Trainer<'_> {
    /// All epochs; the weights are averaged over the last half.
    fn run(&mut self, sentences: &[Bare], log: &mut dyn FnMut(String)) -> Vec<f32> {
        let mut order: Vec<usize> = (0..sentences.len()).filter(|&i| !sentences[i].items.is_empty()).collect();
        let batches = order.len().div_ceil(BATCH) * self.options.epochs;
        let mut average = vec![0.0; self.weights.len()];
        let mut taken = 0;
        let mut done = 0;
        for epoch in 0..self.options.epochs {
            self.random.shuffle(&mut order);
            let (mut right, mut labelled, mut total) = (0, 0, 0);
            for batch in order.chunks(BATCH) {
                for &s in batch {
                    let bare = &sentences[s];
                    let state = self.sentence(bare, epoch);
                    total += bare.heads.len();
                    for i in 0..bare.heads.len() {
                        let head = state.heads[i] == bare.heads[i];
                        right += usize::from(head);
                        labelled += usize::from(head && state.labels[i] == bare.labels[i]);
                    }
                }
                let left = 1.0 - done as f32 / batches as f32;
                self.step(self.options.rate * (0.05 + 0.95 * left));
                done += 1;
                if done * 3 > batches * 2 && done % 20 == 0 {
                    taken += 1;
                    axpy(1.0, &self.weights, &mut average);
                }
            }
            let percent = |n: usize| 100.0 * n as f64 / total as f64;
            log(format!("  epoch {epoch}: {:.2} % heads, {:.2} % with relation", percent(right), percent(labelled)));
        }
        average.iter_mut().for_each(|w| *w /= taken as f32);
        average
    }

    /// Adam; embeddings only where they were used.
    fn step(&mut self, rate: f32) {
        self.steps += 1;
        let correct = |decay: f32| 1.0 - decay.powi(self.steps);
        let rate = rate * correct(0.999).sqrt() / correct(0.9);
        let mut ranges: Vec<_> = std::mem::take(&mut self.touched);
        ranges.sort_unstable();
        ranges.dedup();
        let rows = ranges.into_iter().map(|r| r * WIDTH..(r + 1) * WIDTH);
        for range in rows.chain(std::iter::once(self.layout.embeddings.end..self.layout.size)) {
            let [first, second] = &mut self.moments;
            let parts = self.weights[range.clone()].iter_mut().zip(&mut self.gradient[range.clone()]);
            for ((w, g), (m, v)) in parts.zip(first[range.clone()].iter_mut().zip(&mut second[range])) {
                *m = 0.9 * *m + 0.1 * *g;
                *v = 0.999 * *v + 0.001 * *g * *g;
                *w -= rate * *m / (v.sqrt() + 1e-8);
                *g = 0.0;
            }
        }
    }

    /// Parses and learns one sentence.
    fn sentence(&mut self, bare: &Bare, epoch: usize) -> State {
        let n = bare.items.len();
        let items: Vec<Item> = bare.items.iter().copied().chain([neural::root(bare.last_punct)]).collect();
        let (vocabulary, counts) = (&self.vocabulary, &self.counts);
        // Rare words are sometimes taken for unknown ones, so that the unknown learn too.
        let mut drops = Random::new(u64::from(self.random.bits()));
        let word = |item: &Item| {
            let key = item.word & Index::MASK;
            let count = counts.get(&key).copied().unwrap_or(1000) as f32;
            let row = vocabulary.get(&key).copied();
            row.filter(|_| drops.unit() > 0.5 / (0.5 + count) + 0.05)
        };
        let pass =
            Pass::new(&self.layout, &self.weights, &items, vocabulary.len(), word, Some((&mut self.random, 0.15)));
        let mut above = vec![0.0; (n + 3) * WIDTH];
        self.tags(bare, &pass, &mut above);
        let mut walk = Walk {
            pass: &pass,
            shares: vec![[0.0; HIDDEN]; PLACES * (n + 2)],
            known: vec![false; PLACES * (n + 2)],
            changes: vec![[0.0; HIDDEN]; PLACES * (n + 2)],
        };
        let mut state = State::new(n);
        while !state.done() {
            self.transition(bare, &mut walk, &mut state, epoch);
        }
        self.collect(&walk, n, &mut above);
        let Self { layout, weights, gradient, touched, .. } = self;
        pass.down(layout, weights, above, gradient, touched);
        state
    }

    /// The tag head: the true class from the vector.
    fn tags(&mut self, bare: &Bare, pass: &Pass, above: &mut [f32]) {
        for i in 0..bare.items.len() {
            let Some(target) = tag_target(bare.classes[i]) else { continue };
            let mut scores = [0.0; TAGS];
            let mut input = [1.0; WIDTH + 1];
            input[..WIDTH].copy_from_slice(pass.vector(i));
            let matrix = self.layout.tags.clone();
            forward(&self.weights[matrix.clone()], &input, &mut scores);
            softmax(&mut scores);
            scores[target] -= 1.0;
            scores.iter_mut().for_each(|s| *s *= 0.3);
            let mut dx = [0.0; WIDTH + 1];
            backward(&self.weights[matrix.clone()], &input, &scores, &mut self.gradient[matrix], &mut dx);
            axpy(1.0, &dx[..WIDTH], &mut above[(i + 1) * WIDTH..(i + 2) * WIDTH]);
        }
    }

    /// One move: scores, loss, gradients, and the state after it.
    fn transition(&mut self, bare: &Bare, walk: &mut Walk, state: &mut State, epoch: usize) {
        let places = neural::places(state);
        let extras = neural::extras(state);
        let mut hidden = [1.0; HIDDEN + 1];
        self.hidden(walk, state.n, &places, &extras, &mut hidden);
        let kept: Vec<f32> = (0..HIDDEN).map(|_| if self.random.unit() < 0.15 { 0.0 } else { 1.0 / 0.85 }).collect();
        hidden.iter_mut().zip(&kept).for_each(|(h, k)| *h *= k);
        let costs = costs(state, &bare.heads);
        let least = costs.iter().flatten().min().copied().unwrap_or(0);
        let mut scores = [0.0; 3];
        forward(&self.weights[self.layout.moves.clone()], &hidden, &mut scores);
        for a in (0..3).filter(|&a| costs[a].is_none()) {
            scores[a] = -1e9;
        }
        let best = |good: bool| {
            let fits = |a: &usize| costs[*a].is_some_and(|c| !good || c == least);
            (0..3).filter(fits).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(SHIFT)
        };
        let explore = epoch > 0 && self.random.unit() < 0.9;
        let action = best(!explore);
        softmax(&mut scores);
        let mass: f32 = (0..3).filter(|&a| costs[a] == Some(least)).map(|a| scores[a]).sum();
        for a in (0..3).filter(|&a| costs[a] == Some(least)) {
            scores[a] -= scores[a] / mass.max(1e-6);
        }
        let mut dh = [0.0; HIDDEN + 1];
        let range = self.layout.moves.clone();
        backward(&self.weights[range.clone()], &hidden, &scores, &mut self.gradient[range], &mut dh);
        let label = if action == SHIFT { 0 } else { self.label(bare, state, action, &hidden, &mut dh) };
        for k in 0..HIDDEN {
            dh[k] = if hidden[k] > 0.0 { dh[k] * kept[k] } else { 0.0 };
        }
        for (place, word) in places.into_iter().enumerate() {
            axpy(1.0, &dh[..HIDDEN], &mut walk.changes[place * (state.n + 2) + word]);
        }
        for row in extras {
            let at = self.layout.extras.start + row * HIDDEN;
            axpy(1.0, &dh[..HIDDEN], &mut self.gradient[at..at + HIDDEN]);
        }
        axpy(1.0, &dh[..HIDDEN], &mut self.gradient[self.layout.hidden_offsets.clone()]);
        state.apply(action, label);
    }

    /// The hidden layer of a state.
    fn hidden(
        &self,
        walk: &mut Walk,
        n: usize,
        places: &[usize; PLACES],
        extras: &[usize; EXTRAS.len()],
        out: &mut [f32],
    ) {
        let out = &mut out[..HIDDEN];
        out.copy_from_slice(&self.weights[self.layout.hidden_offsets.clone()]);
        for (place, &word) in places.iter().enumerate() {
            let at = place * (n + 2) + word;
            if !walk.known[at] {
                walk.known[at] = true;
                let vector = if word > n { &self.weights[self.layout.nothing.clone()] } else { walk.pass.vector(word) };
                forward(&self.weights[self.place(place)], vector, &mut walk.shares[at]);
            }
            axpy(1.0, &walk.shares[at], out);
        }
        for row in extras {
            let at = self.layout.extras.start + row * HIDDEN;
            axpy(1.0, &self.weights[at..at + HIDDEN], out);
        }
        out.iter_mut().for_each(|x| *x = x.max(0.0));
    }

    fn place(&self, place: usize) -> std::ops::Range<usize> {
        let at = self.layout.places.start + place * WIDTH * HIDDEN;
        at..at + WIDTH * HIDDEN
    }

    /// Chooses the relation of an arc, and learns it where the arc is right.
    fn label(&mut self, bare: &Bare, state: &State, action: usize, hidden: &[f32], dh: &mut [f32]) -> u8 {
        let top = state.top(0);
        let head = if action == LEFT { state.front } else { state.top(1) };
        let range = self.layout.labels[usize::from(action == RIGHT)].clone();
        let mut scores = [0.0; RELATIONS];
        forward(&self.weights[range.clone()], hidden, &mut scores);
        let label = (0..RELATIONS).fold(0, |b, c| if scores[c] > scores[b] { c } else { b });
        if head == bare.heads[top] {
            softmax(&mut scores);
            scores[usize::from(bare.labels[top])] -= 1.0;
            backward(&self.weights[range.clone()], hidden, &scores, &mut self.gradient[range], dh);
        }
        label as u8
    }

    /// Takes what the hidden layer learned down to the vectors.
    fn collect(&mut self, walk: &Walk, n: usize, above: &mut [f32]) {
        for place in 0..PLACES {
            let range = self.place(place);
            for word in 0..n + 2 {
                let at = place * (n + 2) + word;
                if !walk.known[at] {
                    continue;
                }
                let mut dx = [0.0; WIDTH];
                let nothing = self.layout.nothing.clone();
                let vector = if word > n { &self.weights[nothing.clone()] } else { walk.pass.vector(word) };
                backward(
                    &self.weights[range.clone()],
                    vector,
                    &walk.changes[at],
                    &mut self.gradient[range.clone()],
                    &mut dx,
                );
                if word > n {
                    axpy(1.0, &dx, &mut self.gradient[nothing]);
                } else {
                    axpy(1.0, &dx, &mut above[(word + 1) * WIDTH..(word + 2) * WIDTH]);
                }
            }
        }
    }
}

/// A sentence on its way through the transitions.
struct Walk<'p> {
    pass: &'p Pass,
    shares: Vec<[f32; HIDDEN]>,
    known: Vec<bool>,
    changes: Vec<[f32; HIDDEN]>,
}
