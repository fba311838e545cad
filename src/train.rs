//! `countercheck-train`: makes the models under `data/models`. Never part of a build.
//!
//! The committed names model came from (NER and GOLD stand for the folders with the data):
//!
//! ```text
//! python data/gazetteer/make.py --lists lists.tsv
//! cargo run --release --features train --bin countercheck-train -- names --own GOLD/train.jsonl \
//!     --other NER/wnut_train.bio.tsv.gz NER/wnut_dev.bio.tsv.gz NER/btc.bio.tsv.gz NER/gum_news.bio.tsv.gz \
//!     NER/ewt_train.bio.tsv.gz NER/crossner.bio.tsv.gz \
//!     --dev GOLD/dev.jsonl NER/pud.bio.tsv.gz --lists lists.tsv -o data/models/names.bin
//! ```

use clap::{Args, Parser};
use countercheck::mention::name::teach;
use std::path::PathBuf;

/// Trains the models that Countercheck carries. Deterministic: the same input and seed give the same file.
#[derive(Parser)]
#[command(name = "countercheck-train")]
enum Command {
    /// The tagger of people, places and organisations.
    Names(Names),
}

#[derive(Args)]
struct Names {
    /// Passages in the project's convention (`*.jsonl`, `*.tsv`, `*.tsv.gz`).
    #[arg(long, required = true, num_args = 1..)]
    own: Vec<PathBuf>,
    /// Passages of other sources.
    #[arg(long, num_args = 1..)]
    other: Vec<PathBuf>,
    /// Sets to measure on; never trained on.
    #[arg(long, num_args = 1..)]
    dev: Vec<PathBuf>,
    /// Names for generated passages, from `data/gazetteer/make.py --lists`.
    #[arg(long)]
    lists: Option<PathBuf>,
    /// Rows of the model.
    #[arg(long, default_value_t = 46_000)]
    rows: usize,
    /// Passes over the data.
    #[arg(long, default_value_t = 7)]
    epochs: usize,
    /// Learning rate.
    #[arg(long, default_value_t = 0.06)]
    alpha: f32,
    /// L1 penalty.
    #[arg(long, default_value_t = 0.3)]
    l1: f32,
    /// Weight of passages of other sources.
    #[arg(long, default_value_t = 0.5)]
    other_weight: f32,
    /// Weight of copies of own passages under other names.
    #[arg(long, default_value_t = 0.5)]
    renamed_weight: f32,
    /// Generated passages.
    #[arg(long, default_value_t = 4500)]
    generated: usize,
    /// Weight of generated passages.
    #[arg(long, default_value_t = 0.4)]
    generated_weight: f32,
    /// Seed of everything drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where the model goes.
    #[arg(short, long)]
    out: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let Command::Names(names) = Command::parse();
    teach::run(&teach::Options {
        own: names.own,
        other: names.other,
        dev: names.dev,
        lists: names.lists,
        rows: names.rows,
        out: names.out,
        epochs: names.epochs,
        alpha: names.alpha,
        l1: names.l1,
        other_weight: names.other_weight,
        renamed_weight: names.renamed_weight,
        generated: names.generated,
        generated_weight: names.generated_weight,
        seed: names.seed,
    })
}
