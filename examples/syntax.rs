//! Trains, scores and times the syntax stage.
//!
//! `syntax train DATA MODELS WORK [WHAT]...`, `syntax score DATA [MODELS [SET]...]`,
//! `syntax misses [MODELS]`, `syntax calibrate DATA [MODELS]`, `syntax time FILE`

use countercheck::syntax::train::{self, Bare, Models, Options, Parser, Score, Tree};
use countercheck::syntax::{self, Relation};
use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

#[path = "../tests/common/fixture.rs"]
mod fixture;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Treebanks to learn from, news twice; the extra ones only when everything is to be used.
const TRAIN: [&str; 6] = ["gum_news_train", "gum_interview", "gum_bio", "gum_voyage", "gum_academic", "gum_court"];
const EXTRA: [&str; 2] = ["ewt_dev", "ewt_test"];
/// What the models are measured on.
const TEST: [&str; 2] = ["pud_news", "gum_news_test"];
/// Held back from every training, for the table of confidence.
const HELD: [&str; 2] = ["pud_wiki", "pud_news_trans"];

/// Words that the neural parser keeps an embedding of, of those that it learned with.
const KEPT_WORDS: usize = 5_500;

/// Features of the tagger.
const TAGGER_ROWS: usize = 28_000;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["train", data, models, work, ref what @ ..] => train_models(data, models, work, what),
        ["score", data] => score(data, None, &TEST),
        ["score", data, models] => score(data, Some(models), &TEST),
        ["score", data, models, ref sets @ ..] => score(data, Some(models), sets),
        ["misses", ref folder @ ..] => misses(folder.first().copied()),
        ["calibrate", data, ref folder @ ..] => calibrate(data, folder.first().copied()),
        ["time", file] => time(file),
        _ => {
            Err("syntax train DATA MODELS WORK [everything|plain|tagger|jackknife|neural|prune|verifier|seed=N|epochs=N|words=N|text=FILE|teacher=MODELS]... | score DATA [MODELS [SET]...] | misses [MODELS] | calibrate DATA [MODELS] | time FILE"
                .into())
        }
    }
}

fn treebank(data: &str, name: &str) -> Outcome<Vec<Tree>> {
    let path = Path::new(data).join(format!("{name}.conllu.gz"));
    let file = fs::File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?;
    train::read(&text).map_err(|line| format!("{}:{line}: not a row of seven columns", path.display()).into())
}

fn train_models(data: &str, models: &str, work: &str, what: &[&str]) -> Outcome<()> {
    let (everything, plain) = (what.contains(&"everything"), what.contains(&"plain"));
    let option = |name: &str| what.iter().find_map(|w| w.strip_prefix(name)?.strip_prefix('='));
    let mut trees = treebank(data, "ewt_train")?;
    for name in TRAIN.iter().chain(EXTRA.iter().filter(|_| everything)) {
        let copies = if name.contains("news") { 2 } else { 1 };
        trees.extend(treebank(data, name)?.into_iter().flat_map(|t| vec![t; copies]));
    }
    let trees = if plain { trees } else { train::augment(trees) };
    let mut trees: Vec<_> = trees.iter().collect();
    let mut log = |line: String| eprintln!("{line}");
    fs::create_dir_all(models)?;
    fs::create_dir_all(work)?;
    if what.contains(&"tagger") {
        fs::write(Path::new(models).join("syntax.tagger"), train::train_tagger(&trees, TAGGER_ROWS, &mut log))?;
    }
    let part = if everything { "all" } else { "part" };
    let cache = Path::new(work).join(format!("classes.{part}{}", if plain { ".plain" } else { "" }));
    if what.contains(&"jackknife") {
        let classes = train::jackknife(&trees, 4, TAGGER_ROWS, &mut log);
        fs::write(&cache, classes.concat())?;
    }
    let teachers: Vec<_> = what.iter().filter_map(|w| w.strip_prefix("teacher=")).collect();
    let silver = match option("text") {
        Some(text) => silver(models, &teachers, text)?,
        None => Vec::new(),
    };
    trees.extend(&silver);
    let learns = |parser: &str| what.contains(&parser);
    let mut sentences = Vec::new();
    if learns("neural") {
        let mut classes = fs::read(&cache).map_err(|e| format!("{}: {e}; run jackknife first", cache.display()))?;
        classes.extend(silver.iter().flat_map(|t| t.tags()));
        sentences = bare(&trees, &classes);
    }
    if learns("neural") {
        let seed = option("seed").map_or(Ok(5), str::parse)?;
        let epochs = option("epochs").map_or(Ok(10), str::parse)?;
        let words = option("words").map_or(Ok(8_000), str::parse)?;
        let options = Options { words, epochs, rate: 0.002, seed };
        fs::write(Path::new(models).join("syntax.neural"), train::train_neural(&sentences, &options, &mut log))?;
    }
    if what.contains(&"prune") {
        let path = Path::new(models).join("syntax.neural");
        fs::write(&path, train::prune(&fs::read(&path)?, &trees, KEPT_WORDS))?;
    }
    if learns("verifier") {
        let [tagger, neural] = ["syntax.tagger", "syntax.neural"].map(|name| fs::read(Path::new(models).join(name)));
        let file = train::train_verifier(&tagger?, &neural?, &trees, &mut log);
        fs::write(Path::new(models).join("syntax.verifier"), file)?;
    }
    Ok(())
}

/// Trees that the parsers of some folders make together of a text: a paragraph a line, or JSON Lines with a `text`.
fn silver(models: &str, teachers: &[&str], path: &str) -> Outcome<Vec<Tree>> {
    let read =
        |folder: &str, name: &str| fs::read(Path::new(folder).join(name)).map_err(|e| format!("{folder}/{name}: {e}"));
    let parsers = teachers.iter().map(|folder| read(folder, "syntax.neural")).collect::<Result<Vec<_>, _>>()?;
    let text = fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let mut paragraphs = Vec::new();
    for line in text.lines() {
        let whole = match line.starts_with('{') {
            true => serde_json::from_str::<serde_json::Value>(line)?["text"].as_str().unwrap_or_default().to_owned(),
            false => line.to_owned(),
        };
        paragraphs.extend(whole.lines().map(str::to_owned));
    }
    let trees = train::Teachers::new(&read(models, "syntax.tagger")?, &parsers).read(&paragraphs);
    eprintln!("{} sentences of {path} read by {} parsers", trees.len(), parsers.len());
    Ok(trees)
}

fn bare(trees: &[&Tree], classes: &[u8]) -> Vec<Bare> {
    let mut rest = classes;
    let mut next = |tree: &Tree| {
        let (head, tail) = rest.split_at(tree.words.len());
        rest = tail;
        Bare::new(tree, head)
    };
    trees.iter().map(|t| next(t)).collect()
}

/// The models of a folder, or the bundled ones.
fn models(folder: Option<&str>) -> Outcome<Models> {
    let Some(folder) = folder else { return Ok(Models::bundled()) };
    let file = |name: &str| fs::read(Path::new(folder).join(name)).map_err(|e| format!("{folder}/{name}: {e}"));
    Ok(Models::new(&file("syntax.tagger")?, &file("syntax.neural")?, &file("syntax.verifier")?))
}

/// Relations that claims need, in the groups that are printed.
const CORE: [(&str, &[Relation]); 8] = {
    use Relation::*;
    [
        ("subject", &[Nsubj, NsubjPass]),
        ("object", &[Obj, Iobj]),
        ("oblique", &[Obl, OblAgent, OblUnmarked]),
        ("preposition", &[Case]),
        ("conjunct", &[Conj]),
        ("auxiliary", &[Aux, AuxPass]),
        ("copula", &[Cop]),
        ("apposition", &[Appos]),
    ]
};
/// Relations of arguments: what a flag rests on.
const ARGUMENTS: [Relation; 8] = {
    use Relation::*;
    [Nsubj, NsubjPass, Obj, Iobj, Obl, OblAgent, OblUnmarked, Conj]
};

/// Prints the table of confidence.
fn calibrate(data: &str, folder: Option<&str>) -> Outcome<()> {
    let mut trees = Vec::new();
    for name in HELD {
        trees.extend(treebank(data, name)?);
    }
    print!("{}", train::calibrate(&models(folder)?, &trees));
    Ok(())
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn score(data: &str, folder: Option<&str>, sets: &[&str]) -> Outcome<()> {
    let models = models(folder)?;
    for name in sets {
        if !Path::new(data).join(format!("{name}.conllu.gz")).exists() {
            println!("{name}: skipped, {data} does not have it\n");
            continue;
        }
        let trees = treebank(data, name)?;
        println!("{name}, {} sentences", trees.len());
        voter(&train::score(&trees, |t| models.predict(t, Parser::First)));
        agreement(&train::score(&trees, |t| models.predict(t, Parser::Core)));
    }
    println!("own sentences, tests/data/syntax.txt");
    for (title, parser) in [("first voter", Parser::First), ("as shipped", Parser::Core)] {
        println!("  {title:<13} {}", fixture::score(|text| models.read(text, parser), |_| ()));
    }
    Ok(())
}

/// Prints what is not right in the project's own sentences.
fn misses(folder: Option<&str>) -> Outcome<()> {
    let models = models(folder)?;
    println!("{}", fixture::score(|text| models.read(text, Parser::Core), |miss| println!("{miss}")));
    Ok(())
}

fn voter(s: &Score) {
    println!(
        "  first voter   UPOS {:.1}  inflection {:.1}  UAS {:.1}  LAS {:.1}  core {:.1}",
        percent(s.tags[1], s.tags[0]),
        percent(s.tags[2], s.tags[0]),
        percent(s.words[1], s.words[0]),
        percent(s.words[2], s.words[0]),
        train::f1(&s.relations, &CORE.iter().flat_map(|c| c.1.iter().copied()).collect::<Vec<_>>()),
    );
    let groups: Vec<_> = CORE.iter().map(|(n, r)| format!("{n} {:.1}", train::f1(&s.relations, r))).collect();
    println!("    F1: {}", groups.join("  "));
    let [right, predicted, gold] = s.tuples[0];
    println!("    tuples: precision {:.1}  recall {:.1}", percent(right, predicted), percent(right, gold));
}

fn agreement(s: &Score) {
    let believed = |wanted: std::ops::Range<usize>| {
        let counts = s.confidences.get(wanted).into_iter().flatten();
        let [arcs, right] = counts.fold([0, 0], |sum, [arcs, right]| [sum[0] + arcs, sum[1] + right]);
        format!("{arcs} arcs, {:.1} % of them right", percent(right, arcs))
    };
    println!("  second voter  believes {}; doubts {}", believed(50..101), believed(0..50));
    let [right, predicted, gold] = train::sum(&s.sure, &ARGUMENTS);
    println!("  sure arcs of arguments: precision {:.1} recall {:.1}", percent(right, predicted), percent(right, gold));
    let [right, predicted, gold] = s.tuples[1];
    println!("    tuples: precision {:.1}  recall {:.1}", percent(right, predicted), percent(right, gold));
    println!("    confidence, arcs, right:");
    for (sure, [arcs, right]) in s.confidences.iter().enumerate().filter(|c| c.1[0] > 0) {
        println!("      {sure:>3} {arcs:>6} {:>5.1}", percent(*right, *arcs));
    }
    println!();
}

/// Speed over a text, and the time until the first word is parsed.
fn time(file: &str) -> Outcome<()> {
    let text = fs::read_to_string(file)?;
    let start = Instant::now();
    syntax::parse(&["A word."]);
    println!("load {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let blocks: Vec<_> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let start = Instant::now();
    let tokens: usize = syntax::parse(&blocks).iter().map(|p| p.tokens.len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    println!("{tokens} tokens, {:.2} MB/s", text.len() as f64 / 1e6 / seconds);
    Ok(())
}
