//! Commands and options.

mod inspect;
mod print;

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use countercheck::Checker;
use countercheck::block::{Article, Reading};
use countercheck::claim;
use countercheck::error::Error;
use countercheck::reference::build::{self, Form};
use countercheck::reference::{ReferenceSet, Source};
use countercheck::report::Counts;

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
    Annotate(Input),
    /// Compare the claims of articles with reference sets
    Check {
        /// A reference set; may be given several times (default: the bundled set)
        #[arg(long = "references", value_name = "SET")]
        references: Vec<PathBuf>,
        /// Exit with code 2 if a finding has this verdict
        #[arg(long, value_enum)]
        fail_on: Option<FailOn>,
        #[command(flatten)]
        input: Input,
    },
    /// Build a reference set from a folder of articles (.txt, .md, .html, .jsonl)
    Build {
        /// Folder with the articles, subfolders included
        #[arg(long, value_name = "DIR")]
        corpus: PathBuf,
        /// File to write
        #[arg(short, value_name = "SET")]
        output: PathBuf,
    },
    /// Print the claims of articles as JSON Lines, one line per article: the map step
    Extract(Input),
    /// Unite files of claims, or sets, into one set: the reduce step
    Merge {
        /// Files written by `extract` or `build`; `-` is standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// File to write
        #[arg(short, value_name = "SET")]
        output: PathBuf,
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
    #[arg(long, value_name = "DATE")]
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
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let code = match args.command {
        Command::Annotate(input) => {
            let style = input.style();
            input.each(Reading::Whole, |article| {
                print::annotation(&mut out, &article, &claim::annotate(&article.page), style)
            })?;
            ExitCode::SUCCESS
        }
        Command::Check { references, fail_on, input } => {
            let sets = load(&references)?;
            let checker = Checker::new(&sets.iter().collect::<Vec<_>>());
            let style = input.style();
            let mut flags = 0;
            input.each(Reading::Article, |article| {
                let (extraction, findings) = checker.check(&article);
                flags += Counts::of(&findings).contradicted;
                print::check(&mut out, &article, &extraction, &findings, &checker, style)
            })?;
            if flags > 0 && fail_on.is_some() { ExitCode::from(2) } else { ExitCode::SUCCESS }
        }
        Command::Build { corpus, output } => {
            build_set(&corpus, &output)?;
            ExitCode::SUCCESS
        }
        Command::Extract(input) => {
            let style = input.style();
            input.each(Reading::Article, |article| match style {
                print::Style::Text => print::claims(&mut out, &article, &claim::extract(&article.page)),
                _ => print::json(&mut out, &Source::read(&article.page)),
            })?;
            ExitCode::SUCCESS
        }
        Command::Merge { files, output } => {
            let mut sources = Vec::new();
            for file in &files {
                sources.extend(partial(file)?);
            }
            write_set(&output, &ReferenceSet::from_sources(sources))?;
            ExitCode::SUCCESS
        }
        Command::Inspect { set, format } => {
            let set = load(set.as_slice())?.remove(0);
            inspect::print(&mut out, &set, format == Format::Text)?;
            ExitCode::SUCCESS
        }
    };
    out.flush().map_err(|e| Error::new(format!("standard output: {e}")))?;
    Ok(code)
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

    /// Reads every article of the input in order and hands it on with the options' metadata.
    fn each(&self, reading: Reading, mut visit: impl FnMut(Article) -> Result<(), Error>) -> Result<(), Error> {
        let stdin = [PathBuf::from("-")];
        let files = if self.files.is_empty() { &stdin[..] } else { &self.files };
        for file in files {
            for mut article in self.read(file, reading)? {
                let page = &mut article.page;
                page.published = self.published.clone().or(page.published.take());
                page.title = self.title.clone().or(page.title.take());
                page.url = self.url.clone().or(page.url.take());
                visit(article)?;
            }
        }
        Ok(())
    }

    fn read(&self, file: &Path, reading: Reading) -> Result<Vec<Article>, Error> {
        let form = match self.form {
            InputForm::Auto => None,
            InputForm::Text => Some(Form::Text),
            InputForm::Html => Some(Form::Html),
            InputForm::Jsonl => Some(Form::JsonLines),
        };
        if file.as_os_str() != "-" {
            return build::read_file(file, form, reading);
        }
        let content = build::decode(stdin_bytes()?).map_err(|e| e.within("standard input"))?;
        let form = form.unwrap_or_else(|| Form::guess(file, &content));
        build::articles("-", &content, form, reading).map_err(|e| e.within("standard input"))
    }
}

fn stdin_bytes() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Error::new(format!("standard input: {e}")))?;
    Ok(bytes)
}

fn load(paths: &[PathBuf]) -> Result<Vec<ReferenceSet>, Error> {
    if paths.is_empty() {
        return Ok(vec![ReferenceSet::bundled()]);
    }
    paths
        .iter()
        .map(|path| {
            let within = |e: Error| e.within(path.display());
            let bytes = std::fs::read(path).map_err(|e| within(Error::new(e.to_string())))?;
            ReferenceSet::from_bytes(&bytes).map_err(within)
        })
        .collect()
}

/// The sources in a file of claims or in a set.
fn partial(file: &Path) -> Result<Vec<Source>, Error> {
    let within = |e: Error| e.within(file.display());
    let bytes = if file.as_os_str() == "-" {
        stdin_bytes()?
    } else {
        std::fs::read(file).map_err(|e| within(Error::new(e.to_string())))?
    };
    if bytes.starts_with(b"CCSET") {
        return Ok(ReferenceSet::from_bytes(&bytes).map_err(within)?.sources().to_vec());
    }
    let text = build::decode(bytes).map_err(within)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(i, line)| {
            serde_json::from_str(line).map_err(|e| {
                within(Error::new(format!("line {}: not a line of claims as `extract` writes: {e}", i + 1)))
            })
        })
        .collect()
}

fn build_set(corpus: &Path, output: &Path) -> Result<(), Error> {
    let files = build::corpus_files(corpus)?;
    let bar = indicatif::ProgressBar::new(files.len() as u64);
    let style = indicatif::ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left")
        .expect("the template is fixed");
    bar.set_style(style);
    let mut sources = Vec::new();
    for file in &files {
        let articles = build::read_file(file, None, Reading::Article)?;
        sources.extend(articles.iter().map(|a| Source::read(&a.page)));
        bar.inc(1);
    }
    bar.finish_and_clear();
    let set = ReferenceSet::from_sources(sources);
    write_set(output, &set)?;
    let claims: usize = set.sources().iter().map(|s| s.claims.len()).sum();
    eprintln!("{}: {} sources, {claims} claims, set {}", output.display(), set.sources().len(), set.id());
    Ok(())
}

/// Writes beside the old file and puts it in its place at once, so that a failure leaves the old one.
fn write_set(output: &Path, set: &ReferenceSet) -> Result<(), Error> {
    let within = |e: std::io::Error| Error::new(format!("{}: {e}", output.display()));
    let beside = output.with_extension("part");
    std::fs::write(&beside, set.to_bytes()).map_err(within)?;
    std::fs::rename(&beside, output).map_err(within)
}
