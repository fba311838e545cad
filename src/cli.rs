//! Commands and options.

mod conllu;
mod corpus;
mod inspect;
mod pool;
mod print;
mod receipt;
mod shelves;
mod units;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use countercheck::Checker;
use countercheck::block::{Article, Reading};
use countercheck::claim;
use countercheck::error::Error;
use countercheck::reference::build::{self, Form};
use countercheck::reference::unite::Written;
use countercheck::reference::{ReferenceSet, Source};
use countercheck::report::Counts;

pub use print::one_line;
use shelves::Shelves;

/// Finds people, places, dates and claims in news articles, and says where they differ from the
/// sources of a reference set.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the people, places, organisations, dates and quantities of articles
    Annotate {
        /// Print tokens, tags, trees and predicates instead, as CoNLL-U
        #[arg(long, conflicts_with = "format")]
        syntax: bool,
        #[command(flatten)]
        input: Input,
    },
    /// Compare the claims of articles with reference sets
    Check {
        /// A reference set; may be given several times (default: the bundled set)
        #[arg(long = "references", value_name = "SET")]
        references: Vec<PathBuf>,
        /// Exit with code 2 if a finding has this verdict
        #[arg(long, value_enum)]
        fail_on: Option<FailOn>,
        /// Write what is needed to replay each flag and note, one line of JSON each
        #[arg(long, value_name = "FILE")]
        receipts: Option<PathBuf>,
        #[command(flatten)]
        input: Input,
    },
    /// Replay receipts; exit with code 2 and say what changed if one does not come out the same
    Verify {
        /// What `check --receipts` wrote, or what the browser copied
        receipt: PathBuf,
        /// A reference set; may be given several times (default: the bundled set)
        #[arg(long = "references", value_name = "SET")]
        references: Vec<PathBuf>,
        #[command(flatten)]
        input: Input,
    },
    /// Build a reference set from a folder of articles (.txt, .md, .html, .jsonl)
    Build {
        /// Folder with the articles, subfolders included
        #[arg(long, value_name = "DIR")]
        corpus: PathBuf,
        /// File to write; a build that was stopped goes on from `SET.journal`
        #[arg(short, value_name = "SET")]
        output: PathBuf,
        #[command(flatten)]
        bulk: corpus::Bulk,
        #[command(flatten)]
        memory: corpus::Memory,
    },
    /// Print the claims of articles as JSON Lines, one line per article: the map step
    Extract {
        #[command(flatten)]
        bulk: corpus::Bulk,
        #[command(flatten)]
        input: Input,
    },
    /// Unite files of claims, or sets, into one set, the same in any order and grouping: the reduce step
    Merge {
        /// Files written by `extract` or `build`; `-` is standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// File to write
        #[arg(short, value_name = "SET")]
        output: PathBuf,
        /// Write shards of about this size, split by who they are about; the output is their manifest
        #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(1..=256))]
        shard_size: Option<u32>,
        #[command(flatten)]
        memory: corpus::Memory,
    },
    /// Show what a reference set holds
    Inspect {
        /// The set (default: the bundled one)
        set: Option<PathBuf>,
        /// Form of the output
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

#[derive(Arguments)]
struct Input {
    /// Form of the output (default: text on a terminal, else json; jsonl for JSON Lines input)
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Form of the input
    #[arg(long = "input", value_enum, default_value = "auto")]
    form: InputForm,
    /// Date of publication, against which relative dates are resolved
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<String>,
    /// Headline of the article
    #[arg(long)]
    title: Option<String>,
    /// Address of the article
    #[arg(long)]
    url: Option<String>,
    /// Articles; `-` or none is standard input
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InputForm {
    Auto,
    Text,
    Html,
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Contradicted,
}

/// Runs a command; the result is the exit code of the contract.
///
/// # Errors
/// One line that names the file, the line and the way out.
pub fn run(args: Args) -> Result<ExitCode, Error> {
    let mut out = std::io::BufWriter::new(print::Output(std::io::stdout().lock()));
    let code = match args.command {
        Command::Annotate { syntax: true, input } => {
            input.each(Reading::Whole, |article| conllu::print(&mut out, &article).map_err(failed))?;
            ExitCode::SUCCESS
        }
        Command::Annotate { syntax: false, input } => {
            let style = input.style();
            input.each(Reading::Whole, |article| {
                print::annotation(&mut out, &article, &claim::annotate(&article.page), style)
            })?;
            ExitCode::SUCCESS
        }
        Command::Check { references, fail_on, receipts, input } => {
            let flags = check(&mut out, &references, receipts.as_deref(), &input)?;
            if flags > 0 && fail_on.is_some() { ExitCode::from(2) } else { ExitCode::SUCCESS }
        }
        Command::Verify { receipt, references, input } => {
            if verify(&mut out, &receipt, &references, &input)? {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(2)
            }
        }
        Command::Build { corpus, output, bulk, memory } => {
            ready(&output)?;
            tell(&output, &corpus::build(&corpus, &output, &bulk, &memory)?);
            ExitCode::SUCCESS
        }
        Command::Extract { bulk, input } => {
            corpus::extract(&mut out, &input, &bulk)?;
            ExitCode::SUCCESS
        }
        Command::Merge { files, output, shard_size, memory } => {
            ready(&output)?;
            tell(&output, &corpus::merge(&files, &output, &memory, shard_size)?);
            ExitCode::SUCCESS
        }
        Command::Inspect { set, format } => {
            inspect::print(&mut out, set.as_deref(), format == Format::Text)?;
            ExitCode::SUCCESS
        }
    };
    out.flush().map_err(failed)?;
    Ok(code)
}

fn failed(e: impl std::fmt::Display) -> Error {
    Error::new(format!("standard output: {e}"))
}

fn tell(output: &Path, Written { id, sources, claims, bytes }: &Written) {
    eprintln!("{}: {sources} sources, {claims} claims, {bytes} bytes, set {id}", output.display());
}

fn checker(sets: &[ReferenceSet]) -> Checker<'_> {
    Checker::new(&sets.iter().collect::<Vec<_>>())
}

/// Checks every article of the input; the number of flags.
fn check(out: &mut impl Write, references: &[PathBuf], receipts: Option<&Path>, input: &Input) -> Result<usize, Error> {
    let mut shelves = Shelves::load(references)?;
    let (ids, unloaded) = (shelves.ids(), shelves.is_empty());
    let all_sets = shelves.small()?;
    let checker_of_all = all_sets.as_deref().map(checker);
    let (style, mut flags, mut kept) = (input.style(), 0, Vec::new());
    receipts.map_or(Ok(()), ready)?;
    let read = input.each(Reading::Article, |article| {
        let extraction = claim::extract(&article.page);
        let (sets, own);
        let checker = match &checker_of_all {
            Some(of_all) => of_all,
            None => {
                sets = shelves.about(&Source::from_extraction(&article.page, &extraction))?;
                own = checker(&sets);
                &own
            }
        };
        let findings = checker.compare(&article, &extraction);
        flags += Counts::of(&findings).contradicted;
        if receipts.is_some() {
            receipt::keep(&mut kept, &article, &findings, checker, &ids)?;
        }
        print::check(out, &article, &extraction, &findings, checker, unloaded, style)
    });
    if let Some(path) = receipts {
        write_beside(path, &kept)?;
    }
    read?;
    Ok(flags)
}

/// Replays the receipts of a file on the articles of the input; whether all came out the same.
fn verify(out: &mut impl Write, file: &Path, references: &[PathBuf], input: &Input) -> Result<bool, Error> {
    let within = |e: Error| e.within(file.display());
    let bytes = std::fs::read(file).map_err(|e| within(Error::new(e.to_string())))?;
    let receipts = receipt::read(file, &build::decode(bytes).map_err(within)?)?;
    let mut shelves = Shelves::load(references)?;
    let mut articles = Vec::new();
    input.each(Reading::Article, |article| {
        articles.push(article);
        Ok(())
    })?;
    receipt::verify(out, &receipts, &articles, &mut shelves, input.style())
}

impl Input {
    fn style(&self) -> print::Style {
        match self.format {
            Some(Format::Text) => print::Style::Text,
            Some(Format::Json) => print::Style::Json,
            Some(Format::Jsonl) => print::Style::Line,
            None if std::io::stdout().is_terminal() => print::Style::Text,
            None => print::Style::Line,
        }
    }

    /// The files to read; `-` is standard input.
    fn files(&self) -> Vec<PathBuf> {
        if self.files.is_empty() { vec![PathBuf::from("-")] } else { self.files.clone() }
    }

    /// The form that all files are said to have.
    fn form(&self) -> Option<Form> {
        match self.form {
            InputForm::Auto => None,
            InputForm::Text => Some(Form::Text),
            InputForm::Html => Some(Form::Html),
            InputForm::Jsonl => Some(Form::JsonLines),
        }
    }

    /// Gives an article the options' metadata.
    fn describe(&self, article: &mut Article) {
        let page = &mut article.page;
        page.published = self.published.clone().or(page.published.take());
        page.title = self.title.clone().or(page.title.take());
        page.url = self.url.clone().or(page.url.take());
    }

    /// Reads every article of the input in order and hands it on with the options' metadata. What cannot be read is told
    /// and left out, and is an error in the end: the rest is not lost for it.
    fn each(&self, reading: Reading, mut visit: impl FnMut(Article) -> Result<(), Error>) -> Result<(), Error> {
        let (mut broken, mut stopped) = (None, None);
        for file in self.files() {
            let read = units::each(&[file], self.form(), &mut |unit| {
                let visited = match unit.article(reading) {
                    Ok(mut article) => {
                        self.describe(&mut article);
                        visit(article)
                    }
                    Err(e) => {
                        tell_before(&mut broken, e);
                        Ok(())
                    }
                };
                stopped = visited.err();
                stopped.is_none()
            });
            if let Some(e) = stopped {
                return Err(e);
            }
            if let Err(e) = read {
                tell_before(&mut broken, e);
            }
        }
        broken.map_or(Ok(()), Err)
    }
}

/// Keeps an error to end with, and tells the one that was kept.
fn tell_before(kept: &mut Option<Error>, e: Error) {
    if let Some(earlier) = kept.replace(e) {
        eprintln!("countercheck: {}", one_line(&earlier.to_string()));
    }
}

/// A date of publication, in any form that a page may give it in.
fn day(text: &str) -> Result<String, String> {
    match countercheck::mention::date::published(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("no date; write it as 2023-06-19".to_owned()),
    }
}

/// Refuses an output that cannot be written before any work is done for it, and makes the folder that it goes into.
fn ready(output: &Path) -> Result<(), Error> {
    let folder = output.parent().filter(|p| !p.as_os_str().is_empty());
    if output.is_dir() {
        return Err(Error::new(format!("{}: a folder; name a file in it", output.display())));
    }
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.map_err(|e| Error::new(format!("{}: {e}", folder.unwrap_or(output).display())))
}

/// Writes beside the old file and puts it in its place at once, so that a failure leaves the old one.
fn write_beside(output: &Path, bytes: &[u8]) -> Result<(), Error> {
    let within = |e: std::io::Error| Error::new(format!("{}: {e}", output.display()));
    let beside = output.with_extension("part");
    std::fs::write(&beside, bytes).map_err(within)?;
    std::fs::rename(&beside, output).map_err(within)
}
