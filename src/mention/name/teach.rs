//! The trainer of the names model. Reads folders given by its caller, never runs in a build.

mod augment;
mod crf;
pub mod data;
pub mod score;
mod templates;
mod write;

use super::document::Document;
use super::feature::{self, Sink, View};
use super::model::{LABELS, Model, WORD_BITS};
use super::segment::{Segment, segments};
use super::{Kind, find_with, has_company, tag, vote};
use crate::map::hash;
use crate::syntax::{self, Parsed, Shape};
use crf::{Instance, Random, Steps, Weights};
use data::Passage;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

/// What to train on and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Passages in the convention of the project; counted `favour` times.
    pub own: Vec<PathBuf>,
    /// Passages of other sources.
    pub other: Vec<PathBuf>,
    /// Sets to measure on, never trained on.
    pub dev: Vec<PathBuf>,
    /// `given|surname|city<TAB>name` lines, for templates.
    pub lists: Option<PathBuf>,
    /// Rows of the model.
    pub rows: usize,
    /// Where the model goes.
    pub out: PathBuf,
    /// Passes over the data.
    pub epochs: usize,
    /// Learning rate.
    pub alpha: f32,
    /// L1 penalty.
    pub l1: f32,
    /// Weight of a passage of other sources (own ones have 1).
    pub other_weight: f32,
    /// Weight of copies of own passages under other names.
    pub renamed_weight: f32,
    /// Number of generated passages.
    pub generated: usize,
    /// Weight of a generated passage.
    pub generated_weight: f32,
    /// Seed of everything drawn.
    pub seed: u64,
}

/// Scale of scores while training and in the file: integer units for one log-odds unit.
const SCALE: f32 = 256.0;
const FOLDS: usize = 5;

struct Lesson {
    segments: Vec<Segment>,
    document: Document<'static>,
    gold: Vec<Vec<u8>>,
    fold: usize,
    weight: f32,
}

/// Trains, measures and writes the model.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let mut random = Random(options.seed);
    let own = read_all(&options.own)?;
    let other = read_all(&options.other)?;
    let words = common_words(&own, &other);
    let base = Model::new(Vec::new(), Vec::new(), words.clone());
    let mut passages: Vec<(Passage, usize, f32)> = Vec::new();
    let lists = options.lists.as_deref().map(templates::Lists::read).transpose()?;
    for (n, (set, weight)) in [(own, 1.0), (other, options.other_weight)].into_iter().enumerate() {
        for (i, passage) in set.into_iter().enumerate() {
            for copy in augment::copies(&passage, n == 0, &mut random) {
                passages.push((copy, i % FOLDS, weight));
            }
            if let Some(lists) = lists.as_ref().filter(|_| n == 0) {
                let renamed = augment::renamed(&passage, lists, &mut random);
                for source in [&passage, &passage, &renamed, &renamed] {
                    let alone = augment::alone(source, &mut random);
                    passages.extend(alone.map(|a| (a, i % FOLDS, options.renamed_weight)));
                }
                passages.push((renamed, i % FOLDS, options.renamed_weight));
            }
            passages.push((passage, i % FOLDS, weight));
        }
    }
    if let Some(lists) = &lists {
        let templates = templates::Templates::committed();
        for i in 0..options.generated {
            passages.push((templates::passage(&templates, lists, &mut random), i % FOLDS, options.generated_weight));
        }
    }
    eprintln!("{} passages", passages.len());
    let lessons: Vec<Lesson> = passages.iter().filter_map(|(p, fold, w)| lesson(p, *fold, *w, &base)).collect();
    drop(passages);
    let predicted = jackknife(&lessons, options, &words);
    let mut learner = Learner::new(&lessons, Some(&predicted));
    let steps = Steps { alpha: options.alpha, l1: options.l1, l2: 0.0, epochs: options.epochs, seed: options.seed };
    eprintln!("{} instances, {} features", learner.instances.len(), learner.names.len());
    let weights = crf::train(&learner.instances, learner.names.len(), &steps);
    let full = learner.model(&weights, &steps, &words);
    eprintln!("all {} rows:", full.rows.len());
    measure(&full, &options.dev)?;
    learner.keep(&weights, &steps, options.rows);
    let steps = Steps { l1: options.l1 * 0.5, ..steps };
    let weights = crf::train(&learner.instances, learner.names.len(), &steps);
    let small = learner.model(&weights, &steps, &words);
    let bytes = write::model(&small, &words);
    std::fs::write(&options.out, &bytes)?;
    let model = Model::read(&bytes).ok_or_else(|| anyhow::anyhow!("{}: unreadable", options.out.display()))?;
    eprintln!("{} rows, {} words, {} bytes:", model.rows.len(), words.len(), bytes.len());
    measure(&model, &options.dev)
}

fn read_all(paths: &[PathBuf]) -> anyhow::Result<Vec<Passage>> {
    let mut all = Vec::new();
    for path in paths {
        all.extend(data::read(path)?);
    }
    Ok(all)
}

/// Words printed in lower case, by how often: 2 in own passages or 5 in all make a word known.
fn common_words(own: &[Passage], other: &[Passage]) -> Vec<(u32, u8)> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (set, passages) in [own, other].into_iter().enumerate() {
        for block in passages.iter().flat_map(|p| &p.blocks) {
            for token in syntax::tokenize(block).iter().filter(|t| t.shape == Shape::Lower) {
                let text = token.text(block);
                if text.chars().all(|c| c.is_lowercase()) && text.len() > 1 {
                    let entry = counts.entry(text.to_owned()).or_default();
                    if set == 0 { entry.0 += 1 } else { entry.1 += 1 }
                }
            }
        }
    }
    let mut words = BTreeMap::new();
    for (word, (own, other)) in counts {
        let rank = match own + other / 3 {
            100.. => 3,
            15.. => 2,
            _ if own >= 2 || own + other >= 5 => 1,
            _ => continue,
        };
        words.insert((hash(&word) >> (64 - WORD_BITS)) as u32, rank);
    }
    words.into_iter().collect()
}

/// Parses a passage; `None` where it has no segment.
fn lesson(passage: &Passage, fold: usize, weight: f32, base: &Model) -> Option<Lesson> {
    let blocks: &'static [String] = Box::leak(passage.blocks.clone().into_boxed_slice());
    let parsed: &'static [Parsed<'static>] = Box::leak(syntax::parse(blocks).into_boxed_slice());
    let mut document = Document::new(parsed.iter(), base);
    let segments = segments(&document);
    feature::gather(&mut document, &segments);
    let gold = segments.iter().map(|s| gold_labels(&document, s, passage)).collect();
    (!segments.is_empty()).then_some(Lesson { segments, document, gold, fold, weight })
}

fn gold_labels(document: &Document, segment: &Segment, passage: &Passage) -> Vec<u8> {
    let tokens = &document.blocks[segment.block].tokens;
    let mut previous = None;
    (segment.first..segment.last)
        .map(|i| {
            let hit = passage.gold.iter().position(|g| g.0 == segment.block && g.1.overlaps(tokens[i].span));
            let label = hit.map_or(0, |at| {
                let begin = match passage.gold[at].2 {
                    Kind::Person => 1,
                    Kind::Place => 3,
                    _ => 5,
                };
                begin + u8::from(previous == Some(at))
            });
            previous = hit;
            label
        })
        .collect()
}

/// Labels for every lesson by a model that has not seen it.
fn jackknife(lessons: &[Lesson], options: &Options, words: &[(u32, u8)]) -> Vec<Vec<Vec<u8>>> {
    let mut out: Vec<Vec<Vec<u8>>> = vec![Vec::new(); lessons.len()];
    for fold in 0..FOLDS {
        let learner = Learner::new(lessons.iter().filter(|l| l.fold != fold), None);
        let steps = Steps { alpha: options.alpha, l1: options.l1, l2: 0.0, epochs: 3, seed: fold as u64 };
        let weights = crf::train(&learner.instances, learner.names.len(), &steps);
        let model = learner.model(&weights, &steps, words);
        for (lesson, out) in lessons.iter().zip(&mut out).filter(|(l, _)| l.fold == fold) {
            let mut features = Vec::new();
            let labels = |s| tag(&lesson.document, s, &model, &mut features).labels;
            *out = lesson.segments.iter().map(labels).collect();
        }
    }
    out
}

/// Instances over densely numbered features.
struct Learner {
    instances: Vec<Instance>,
    /// The hash of each dense number.
    names: Vec<u32>,
    counts: Vec<u32>,
}

impl Learner {
    /// Features seen at least twice. With predictions, segments with company come a second time,
    /// with votes: the model serves both passes.
    fn new<'l>(lessons: impl IntoIterator<Item = &'l Lesson>, predicted: Option<&[Vec<Vec<u8>>]>) -> Self {
        let mut raw: Vec<(Vec<Vec<u32>>, Vec<u8>, f32)> = Vec::new();
        for (n, lesson) in lessons.into_iter().enumerate() {
            let mut document = Document { blocks: Vec::new(), types: Vec::new() };
            for (segment, gold) in lesson.segments.iter().zip(&lesson.gold) {
                raw.push((collect(&lesson.document, segment, false), gold.clone(), lesson.weight));
            }
            let Some(predicted) = predicted.map(|p| &p[n]) else { continue };
            document.types.clone_from(&lesson.document.types);
            let blocks = lesson.document.blocks.iter();
            document.blocks = blocks
                .map(|b| super::document::Block { text: b.text, tokens: b.tokens, words: b.words.clone() })
                .collect();
            for (segment, labels) in lesson.segments.iter().zip(predicted) {
                vote(&mut document, segment, labels, false);
            }
            for ((segment, labels), gold) in lesson.segments.iter().zip(predicted).zip(&lesson.gold) {
                if has_company(&document, segment) {
                    vote(&mut document, segment, labels, true);
                    raw.push((collect(&document, segment, true), gold.clone(), lesson.weight));
                    vote(&mut document, segment, labels, false);
                }
            }
        }
        let mut counts: HashMap<u32, u32> = HashMap::new();
        raw.iter().flat_map(|r| r.0.iter().flatten()).for_each(|&f| *counts.entry(f).or_default() += 1);
        let mut names: Vec<u32> = counts.iter().filter(|c| *c.1 > 1).map(|c| *c.0).collect();
        names.sort_unstable();
        let counts = names.iter().map(|f| counts[f]).collect();
        let dense = |f: &u32| names.binary_search(f).ok().map(|i| i as u32);
        let instances = raw
            .into_iter()
            .map(|(tokens, gold, weight)| Instance {
                tokens: tokens.iter().map(|t| t.iter().filter_map(dense).collect()).collect(),
                gold,
                weight,
            })
            .collect();
        Self { instances, names, counts }
    }

    /// Keeps the rows that matter most: largest weight times count^0.35.
    fn keep(&mut self, weights: &Weights, steps: &Steps, rows: usize) {
        let mut ranked: Vec<(f32, u32)> = (0..self.names.len())
            .map(|f| {
                let top = weights.row(f, steps).iter().fold(0.0f32, |m, w| m.max(w.abs()));
                (top * (self.counts[f] as f32).powf(0.35), f as u32)
            })
            .filter(|r| r.0 > 0.0)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(rows);
        let mut kept: Vec<u32> = ranked.iter().map(|r| r.1).collect();
        kept.sort_unstable();
        for tokens in self.instances.iter_mut().flat_map(|i| &mut i.tokens) {
            *tokens = tokens.iter().filter_map(|f| kept.binary_search(f).ok().map(|i| i as u32)).collect();
        }
        self.names = kept.iter().map(|&f| self.names[f as usize]).collect();
        self.counts = kept.iter().map(|&f| self.counts[f as usize]).collect();
    }

    /// The weights as a model with integer rows.
    fn model(&self, weights: &Weights, steps: &Steps, words: &[(u32, u8)]) -> Model {
        let mut hashes = Vec::new();
        let mut rows = Vec::new();
        for (f, &name) in self.names.iter().enumerate() {
            let row = weights.row(f, steps);
            if row.iter().any(|&w| w != 0.0) {
                hashes.push(name);
                let mut integer = [0i16; 8];
                (0..LABELS).for_each(|l| integer[l] = (row[l] * SCALE).round().clamp(-32000.0, 32000.0) as i16);
                rows.push(integer);
            }
        }
        let mut model = Model::new(hashes, rows, words.to_vec());
        weights.integer_moves(SCALE, &mut model);
        model
    }
}

fn collect(document: &Document, segment: &Segment, votes: bool) -> Vec<Vec<u32>> {
    let view = View::new(document, segment);
    (segment.first..segment.last)
        .map(|i| {
            let mut features = Vec::with_capacity(100);
            view.features(i, &mut Sink(&mut features));
            if votes {
                view.votes(i, &mut Sink(&mut features));
            }
            features
        })
        .collect()
}

fn measure(model: &Model, paths: &[PathBuf]) -> anyhow::Result<()> {
    for path in paths {
        let mut counts = [score::Counts::default(); 3];
        for passage in data::read(path)? {
            let found = find_with(model, &syntax::parse(&passage.blocks), None);
            let found: Vec<data::Gold> = found.iter().map(|m| (m.block, m.span, m.kind)).collect();
            score::add(&mut counts, &passage, &found);
        }
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let show = |c: &score::Counts| format!("{:.1} {:.1} {:.1}", c.exact()[0], c.exact()[1], c.exact()[2]);
        eprintln!("  {name:24} {}", counts.iter().map(show).collect::<Vec<_>>().join(" | "));
    }
    Ok(())
}
