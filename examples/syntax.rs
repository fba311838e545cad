//! Trains, scores and prints the syntax stage.
//!
//! `syntax train DATA MODELS WORK [tagger|linear]...`, `syntax score DATA MODELS`, `syntax print [FILE]...`,
//! `syntax time FILE`

use countercheck::syntax::train::{self, Bare, Models, Options, Parser, Tree};
use countercheck::syntax::{self, Relation};
use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Treebanks to learn from; the last three only when everything is to be used.
const TRAIN: [&str; 6] = ["gum_news_train", "gum_interview", "gum_bio", "gum_voyage", "gum_academic", "gum_court"];
const EXTRA: [&str; 4] = ["ewt_dev", "ewt_test", "pud_wiki", "pud_news_trans"];

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["train", data, models, work, ref what @ ..] => train_models(data, models, work, what),
        ["score", data, models] => score(data, models),
        ["print", ref files @ ..] => print(files),
        ["time", file] => time(file),
        _ => {
            Err("syntax train DATA MODELS WORK [tagger|linear|everything]... | score DATA MODELS | print [FILE]... | time FILE"
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
    let everything = what.contains(&"everything");
    let mut trees = treebank(data, "ewt_train")?;
    for name in TRAIN.iter().chain(EXTRA.iter().filter(|_| everything)) {
        trees.extend(treebank(data, name)?);
    }
    let trees: Vec<_> = trees.iter().collect();
    let mut log = |line: String| eprintln!("{line}");
    fs::create_dir_all(models)?;
    fs::create_dir_all(work)?;
    if what.contains(&"tagger") {
        fs::write(Path::new(models).join("syntax.tagger"), train::train_tagger(&trees, 20_000, &mut log))?;
    }
    let cache = Path::new(work).join(if everything { "classes.all" } else { "classes" });
    if what.contains(&"jackknife") {
        let classes = train::jackknife(&trees, 4, 20_000, &mut log);
        fs::write(&cache, classes.concat())?;
    }
    if what.contains(&"linear") {
        let classes = fs::read(&cache).map_err(|e| format!("{}: {e}; run jackknife first", cache.display()))?;
        let bare = bare(&trees, &classes);
        fs::write(Path::new(models).join("syntax.linear"), train::train_linear(&bare, [25_000, 4_000], &mut log))?;
    }
    if what.contains(&"neural") {
        let classes = fs::read(&cache).map_err(|e| format!("{}: {e}; run jackknife first", cache.display()))?;
        let options = Options { words: 8_000, epochs: 10, rate: 0.002, seed: 5 };
        let file = train::train_neural(&bare(&trees, &classes), &options, &mut log);
        fs::write(Path::new(models).join("syntax.neural"), file)?;
    }
    Ok(())
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

fn score(data: &str, models: &str) -> Outcome<()> {
    let file = |name: &str| fs::read(Path::new(models).join(name)).map_err(|e| format!("{models}/{name}: {e}"));
    let models = Models::new(&file("syntax.tagger")?, &file("syntax.linear")?, &file("syntax.neural")?);
    for name in ["ewt_dev", "pud_news", "gum_news_test"] {
        let trees = treebank(data, name)?;
        for parser in [Parser::First, Parser::Second] {
            let s = train::score(&trees, |t| models.predict(t, parser));
            let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
            println!(
                "{name} {parser:?}: UPOS {:.2} with inflection {:.2}  UAS {:.2} LAS {:.2} (subtypes {:.2})",
                percent(s.tags, s.tokens),
                percent(s.classes, s.tokens),
                percent(s.heads, s.words),
                percent(s.labelled, s.words),
                percent(s.exact, s.words)
            );
            use Relation::*;
            for r in [
                Nsubj, NsubjPass, Obj, Iobj, Obl, OblAgent, Nmod, Conj, Aux, AuxPass, Cop, Advcl, Acl, AclRelcl, Xcomp,
                Ccomp, Appos, Root,
            ] {
                print!(" {} {:.1}", r.name(), s.f1(r));
            }
            println!();
        }
    }
    Ok(())
}

fn print(files: &[&str]) -> Outcome<()> {
    for file in files {
        let text = fs::read_to_string(file)?;
        let blocks: Vec<_> = text.lines().filter(|l| !l.trim().is_empty()).collect();
        for parsed in syntax::parse(&blocks) {
            for s in &parsed.sentences {
                println!("# text = {}", s.span.of(parsed.text));
                for i in s.first..s.last {
                    let (word, token) = (parsed.words[i], parsed.tokens[i]);
                    let head = if word.head as usize == i { 0 } else { word.head as usize - s.first + 1 };
                    println!(
                        "{}\t{}\t_\t{}\t_\t{}\t{head}\t{}\t_\t_",
                        i - s.first + 1,
                        token.text(parsed.text),
                        word.tag.name(),
                        word.features.text(),
                        word.relation.name()
                    );
                }
                println!();
            }
            parsed.predicates.iter().for_each(|p| println!("{}", predicate(&parsed, p)));
            println!();
        }
    }
    Ok(())
}

/// A predicate on one line.
fn predicate(parsed: &syntax::Parsed, p: &syntax::Predicate) -> String {
    let words = |a: &syntax::Argument| {
        let span = parsed.tokens[a.first].span.to(parsed.tokens[a.last - 1].span);
        format!("[{}]", span.of(parsed.text))
    };
    let mut out = format!("# {} {}", parsed.tokens[p.head].text(parsed.text), p.lemma);
    if let Some(particle) = &p.particle {
        out += &format!("+{particle}");
    }
    for (name, argument) in [
        ("subject", &p.subject),
        ("object", &p.object),
        ("indirect", &p.indirect),
        ("agent", &p.agent),
        ("speaker", &p.speaker),
    ] {
        if let Some(a) = argument {
            out += &format!(" {name}={}", words(a));
        }
    }
    p.obliques.iter().for_each(|(case, a)| out += &format!(" {case}:{}", words(a)));
    let voice = if p.passive {
        " passive"
    } else if p.copula {
        " copula"
    } else {
        ""
    };
    out + &format!("{voice} {:?} {:?} {:?} {}", p.tense, p.polarity, p.modality, p.confidence)
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
