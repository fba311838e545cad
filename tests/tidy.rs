//! Holds the tree to its own rules: sizes, module order, the README's promises, words that must not stand anywhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One sitting.
const FILE_LINES: usize = 400;
/// One screen.
const FUNCTION_LINES: usize = 60;

/// Files that may be longer, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[];
/// Functions that may be longer, as `path:name`, each with its reason.
const LONG_FUNCTIONS: &[(&str, &str)] = &[];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Paths, relative to the root, of the files that git tracks or would track; none outside a work tree.
fn tracked() -> Vec<String> {
    let git = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git runs");
    assert!(git.status.success(), "git ls-files: {}", String::from_utf8_lossy(&git.stderr));
    let names = String::from_utf8(git.stdout).expect("file names are UTF-8");
    names.lines().map(str::to_owned).filter(|name| root().join(name).is_file()).collect()
}

fn read(name: &str) -> Option<String> {
    fs::read(root().join(name)).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}

/// Tracked source files of ours: name and text. Test data (cases, pages, fuzz inputs) is not source.
fn sources() -> Vec<(String, String)> {
    let ours = ["src/", "extension/", "www/", "tests/", "tools/", "examples/", "benches/", "fuzz/"];
    let data = ["tests/cases/", "tests/pages/", "fuzz/corpus/", "fuzz/broke/", "www/samples/"];
    let kinds = [".rs", ".js", ".mjs", ".css", ".html", ".sh"];
    tracked()
        .into_iter()
        .filter(|name| name == "build.sh" || ours.iter().any(|folder| name.starts_with(folder)))
        .filter(|name| !data.iter().any(|folder| name.starts_with(folder)))
        .filter(|name| kinds.iter().any(|kind| name.ends_with(kind)))
        .filter_map(|name| read(&name).map(|text| (name, text)))
        .collect()
}

fn report(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn files_are_read_in_one_sitting() {
    let long = |(name, text): &(String, String)| {
        let lines = text.lines().count();
        let excused = LONG_FILES.iter().any(|(file, _)| file == name);
        match (lines > FILE_LINES, excused) {
            (true, false) => Some(format!("{name}: {lines} lines, at most {FILE_LINES}")),
            (false, true) => Some(format!("{name}: {lines} lines, needs no excuse any more")),
            _ => None,
        }
    };
    report(sources().iter().filter_map(long).collect());
}

#[test]
fn functions_fit_on_a_screen() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        for (name, line, length) in functions(&file, &text) {
            let key = format!("{file}:{name}");
            if length > FUNCTION_LINES && !LONG_FUNCTIONS.iter().any(|(excused, _)| *excused == key) {
                faults.push(format!("{file}:{line}: {name} has {length} lines, at most {FUNCTION_LINES}"));
            }
        }
    }
    report(faults);
}

/// Name, first line (from 1) and number of lines of each function. Formatted code closes a body at the
/// indentation of its first line, so no parser is needed.
fn functions(file: &str, text: &str) -> Vec<(String, usize, usize)> {
    let name_of: fn(&str) -> Option<String> = match file.rsplit('.').next() {
        Some("rs") => rust_function,
        Some("js" | "mjs") => script_function,
        Some("sh") => shell_function,
        _ => return Vec::new(),
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = name_of(line.trim_start()) else { continue };
        let indent = line.len() - line.trim_start().len();
        let closes = |later: &str| {
            let body = later.trim_start();
            later.len() - body.len() == indent && (body.starts_with('}') || body.ends_with(';'))
        };
        if line.ends_with(['}', ';']) {
            continue;
        }
        if let Some(length) = lines[start + 1..].iter().position(|later| closes(later)) {
            found.push((name, start + 1, length + 2));
        }
    }
    found
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || "_$#".contains(*c)).collect()
}

fn rust_function(line: &str) -> Option<String> {
    let words = ["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe", "extern", "\"C\""];
    let mut rest = line;
    while let Some((word, tail)) = rest.split_once(' ') {
        if word == "fn" {
            return Some(identifier(tail));
        }
        if !words.contains(&word) {
            return None;
        }
        rest = tail;
    }
    None
}

fn script_function(line: &str) -> Option<String> {
    let keywords =
        ["if", "for", "while", "switch", "catch", "else", "do", "try", "return", "describe", "suite", "inBothBrowsers"];
    let first = identifier(line);
    if keywords.contains(&first.as_str()) || line.starts_with(['/', '*', '}']) {
        return None;
    }
    if let Some((_, tail)) = line.split_once("function") {
        return Some(identifier(tail.trim_start_matches(['*', ' '])));
    }
    let arrow = line.ends_with("=> {");
    let method = line.ends_with(") {") && line.contains('(');
    (arrow || method).then(|| line.trim_end_matches(" {").chars().take(40).collect())
}

fn shell_function(line: &str) -> Option<String> {
    line.strip_suffix("() {").map(str::to_owned)
}

#[test]
fn a_module_uses_only_what_stands_above_it() {
    let library = read("src/lib.rs").expect("src/lib.rs");
    let order: Vec<String> = library.lines().filter_map(declared_module).collect();
    assert!(order.len() > 3, "src/lib.rs declares no modules that this test can read");
    let mut faults = Vec::new();
    for (file, text) in sources() {
        let Some(inside) = file.strip_prefix("src/").filter(|file| file.ends_with(".rs")) else { continue };
        let own = inside.split(['/', '.']).next().unwrap_or_default();
        let Some(place) = order.iter().position(|module| module == own) else { continue };
        for (line, used) in used_modules(&text) {
            if order.iter().position(|module| *module == used).is_some_and(|at| at > place) {
                faults.push(format!("{file}:{line}: {own} uses {used}, which src/lib.rs declares below it"));
            }
        }
    }
    report(faults);
}

fn declared_module(line: &str) -> Option<String> {
    let line = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
    line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
}

/// Line (from 1) and name of each `crate::name` before the unit tests, groups in braces opened up.
/// Unit tests may look downstream; comments and documentation too.
fn used_modules(text: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("#[cfg(test)]") {
            break;
        }
        let code = line.split("//").next().unwrap_or_default();
        for (at, marker) in code.match_indices("crate::") {
            let rest = &code[at + marker.len()..];
            match rest.strip_prefix('{') {
                None => used.push((number + 1, identifier(rest))),
                Some(group) => used.extend(group.split(", ").map(|item| (number + 1, identifier(item)))),
            }
        }
    }
    used
}

/// Verbs of build.sh by its functions, and by its help lines.
fn verbs() -> (BTreeSet<String>, BTreeSet<String>) {
    let script = read("build.sh").expect("build.sh");
    let defined = script.lines().filter_map(|line| line.strip_prefix("verb_")?.split_once("() {"));
    let explained = script.lines().filter_map(|line| line.strip_prefix("#: ")?.split_once(' '));
    (defined.map(|(verb, _)| verb.to_owned()).collect(), explained.map(|(verb, _)| verb.to_owned()).collect())
}

#[test]
fn help_lists_every_verb() {
    let (defined, explained) = verbs();
    assert!(defined.len() > 5, "build.sh defines no verbs that this test can read");
    assert_eq!(defined, explained);
}

#[test]
fn readme_promises_two_commands_that_exist() {
    let readme = read("README.md").expect("README.md");
    let (defined, _) = verbs();
    let promised: BTreeSet<&str> = readme
        .lines()
        .filter_map(|line| line.trim().strip_prefix("./build.sh "))
        .filter_map(|verb| verb.split_whitespace().next())
        .collect();
    for verb in readme.split("./build.sh ").skip(1).map(identifier) {
        assert!(defined.contains(&verb), "README.md names ./build.sh {verb}, which does not exist");
    }
    assert_eq!(
        promised,
        BTreeSet::from(["demo", "test"]),
        "the set-up commands that README.md shows on lines of their own"
    );
}

#[test]
fn readme_links_lead_somewhere() {
    let mut faults = Vec::new();
    for name in tracked().into_iter().filter(|name| name.ends_with(".md") && !name.contains('/')) {
        let text = read(&name).unwrap_or_default();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") && !root().join(path).exists() {
                faults.push(format!("{name}: {target} does not exist"));
            }
        }
    }
    report(faults);
}

#[test]
fn no_machine_path_stands_in_the_tree() {
    // Put together here so that this file does not hold what it forbids.
    let places = ["root", "work", "home", "Users", "farm"].map(|place| format!("/{place}/"));
    let mut faults = Vec::new();
    for name in tracked() {
        let Some(text) = read(&name) else { continue };
        for (number, line) in text.lines().enumerate() {
            let absolute = |place: &String| {
                line.match_indices(place.as_str()).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|c| c.is_whitespace() || "\"'`(=:<[,".contains(c))
                })
            };
            if places.iter().any(absolute) {
                faults.push(format!("{name}:{}: a path of one machine", number + 1));
            }
        }
    }
    report(faults);
}

#[test]
fn lock_files_name_only_the_standard_registries() {
    let cargo = read("Cargo.lock").expect("Cargo.lock");
    let standard = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    for line in cargo.lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(line, standard);
    }
    let npm = read("package-lock.json").expect("package-lock.json");
    assert!(
        !npm.contains("\"resolved\""),
        "package-lock.json names a registry host; npm install with this folder's .npmrc leaves it out"
    );
}

/// What a reader sees on screen or reads first.
fn shown() -> Vec<(String, String)> {
    let file = |name: PathBuf| name.to_str().map(str::to_owned);
    let locale = file(Path::new("extension").join("_locales/en/messages.json"));
    let names = ["README.md".to_owned(), "www/index.html".to_owned()].into_iter().chain(locale);
    names.filter_map(|name| read(&name).map(|text| (name, text))).collect()
}

#[test]
fn the_page_differs_and_is_never_called_false() {
    let verdicts = ["supported", "contradicted", "disputed", "superseded", "unverified"];
    let readme = read("README.md").expect("README.md");
    for verdict in verdicts {
        assert!(readme.contains(&format!("`{verdict}`")), "README.md does not explain `{verdict}`");
    }
    let judging = ["refuted", "debunked", "fake news", "is false", "is a lie", "misinformation", "disinformation"];
    let mut faults = Vec::new();
    for (name, text) in shown() {
        let text = text.to_lowercase();
        faults.extend(judging.iter().filter(|word| text.contains(**word)).map(|word| format!("{name}: “{word}”")));
    }
    report(faults);
}
