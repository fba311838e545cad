//! Training of the tagger.

use super::super::tagger::{PUNCT, before, visit};
use super::super::word::CLASSES;
use super::conllu::Tree;
use super::ftrl::{Counts, Learner, softmax};
use super::{Random, write};
use crate::syntax::{model, punctuation, tagger};

const WIDTH: usize = CLASSES.len();

/// Trains a tagger with `rows` features and returns its file.
pub fn train(trees: &[&Tree], rows: usize, log: &mut dyn FnMut(String)) -> Vec<u8> {
    let mut counts = Counts::new();
    for tree in trees {
        for i in 0..tree.forms.len() {
            visit(&tree.forms, i, before(&tree.classes, i), |k| counts.add(k));
        }
    }
    let all = counts.frequent(2);
    log(format!("tagger: {} sentences, {} features", trees.len(), all.len()));
    let mut learner = Learner::new(all, WIDTH, 0.1, 0.3);
    epochs(&mut learner, trees, 3, log);
    let mut learner = Learner::new(learner.best(&counts, rows), WIDTH, 0.08, 5.0);
    epochs(&mut learner, trees, 6, log);
    let mut out = write::file();
    write::table(&mut out, &learner);
    out
}

fn epochs(learner: &mut Learner, trees: &[&Tree], count: usize, log: &mut dyn FnMut(String)) {
    let mut order: Vec<usize> = (0..trees.len()).collect();
    let mut random = Random::new(11);
    let closed = punctuation();
    let (mut keys, mut rows, mut scores) = (Vec::new(), Vec::new(), [0.0; WIDTH]);
    for epoch in 0..count {
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for &s in &order {
            let tree = trees[s];
            let mut classes: Vec<u8> = Vec::new();
            for i in 0..tree.forms.len() {
                if tagger::certain(&tree.forms[i], closed) {
                    classes.push(PUNCT);
                    continue;
                }
                keys.clear();
                visit(&tree.forms, i, before(&classes, i), |k| keys.push(k));
                learner.rows(&keys, &mut rows);
                learner.scores(&rows, &mut scores);
                let gold = usize::from(tree.classes[i]);
                let best = (0..WIDTH).fold(0, |b, c| if scores[c] > scores[b] { c } else { b });
                right += usize::from(best == gold);
                total += 1;
                softmax(&mut scores);
                scores[gold] -= 1.0;
                learner.step(&rows, &scores);
                // The first pass sees true history, the later ones the model's own.
                classes.push(if epoch == 0 { gold } else { best } as u8);
            }
        }
        log(format!("  epoch {epoch}: {:.2} % of {total}", 100.0 * right as f64 / total as f64));
    }
}

/// Classes of every sentence by a tagger that never saw it: `folds` taggers are trained.
pub fn jackknife(trees: &[&Tree], folds: usize, rows: usize, log: &mut dyn FnMut(String)) -> Vec<Vec<u8>> {
    let mut out = vec![Vec::new(); trees.len()];
    // Neighbours stay together: they share a document, and twins of one sentence.
    let fold = |i: usize| i / 64 % folds;
    for held in 0..folds {
        let rest: Vec<_> = (0..trees.len()).filter(|&i| fold(i) != held).map(|i| trees[i]).collect();
        let table = model::tagger(&train(&rest, rows, log));
        for i in (0..trees.len()).filter(|&i| fold(i) == held) {
            out[i] = tagger::tag(&table, punctuation(), &trees[i].forms).classes;
        }
    }
    out
}
