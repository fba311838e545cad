//! The command line as a user runs it: exit codes, one-line errors, honest empty reports.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countercheck")).args(args).output().unwrap()
}

/// A file of this name with this content, in a folder of the test's own.
fn file(test: &str, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&dir).unwrap();
    let path = dir.join(name);
    fs::write(&path, content).unwrap();
    path
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The command failed with code 1 and one line on standard error that holds these words.
fn fails_with(output: &Output, words: &[&str]) {
    let message = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert_eq!(message.trim_end().lines().count(), 1, "{message}");
    for word in words {
        assert!(message.contains(word), "{word}: {message}");
    }
}

#[test]
fn an_empty_file_gives_an_empty_report() {
    let path = file("empty", "empty.txt", "");
    let output = run(&["check", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(json(&output)["status"], "empty");
    assert_eq!(json(&output)["findings"], serde_json::json!([]));
}

#[test]
fn binary_bytes_are_refused() {
    let path = file("binary", "picture.txt", [0xff, 0xd8, 0xff, 0xe0, 0, 1]);
    fails_with(&run(&["check", path.to_str().unwrap()]), &["picture.txt", "UTF-8"]);
    let zero = file("binary", "zero.txt", "abc\0def");
    fails_with(&run(&["annotate", zero.to_str().unwrap()]), &["zero.txt", "binary"]);
}

#[test]
fn a_missing_file_is_named() {
    fails_with(&run(&["check", "no-such-file.txt"]), &["no-such-file.txt"]);
}

#[test]
fn a_page_without_an_article_says_so() {
    let path = file("blank", "blank.html", "<html><body><nav>Home</nav></body></html>");
    let output = run(&["check", path.to_str().unwrap()]);
    assert_eq!((output.status.code(), json(&output)["status"].as_str()), (Some(0), Some("empty")));
}

#[test]
fn a_page_in_another_language_says_so() {
    let text = "Der Minister ist am Sonntag in Peking gelandet und hat dort mit seinem Kollegen gesprochen.";
    let path = file("german", "german.txt", text);
    assert_eq!(json(&run(&["check", path.to_str().unwrap()]))["status"], "not-english");
}

#[test]
fn broken_sets_are_refused_and_name_what_is_wrong() {
    let article = file("sets", "a.txt", "Transport Minister Anna Lind opened the bridge on Friday.");
    let set = article.with_file_name("good.ccset");
    let corpus = file("sets/corpus", "one.txt", "Transport Minister Anna Lind opened the bridge on Friday.");
    let built = run(&["build", "--corpus", corpus.parent().unwrap().to_str().unwrap(), "-o", set.to_str().unwrap()]);
    assert_eq!(built.status.code(), Some(0));
    let bytes = fs::read(&set).unwrap();
    let check = |path: &Path| run(&["check", "--references", path.to_str().unwrap(), article.to_str().unwrap()]);
    assert_eq!(check(&set).status.code(), Some(0));

    fails_with(&check(&file("sets", "cut.ccset", &bytes[..bytes.len() - 5])), &["cut.ccset", "cut short"]);
    let mut newer = bytes.clone();
    newer[6] = 99;
    fails_with(&check(&file("sets", "newer.ccset", &newer)), &["newer.ccset", "newer version", "99"]);
    let mut altered = bytes.clone();
    *altered.last_mut().unwrap() ^= 1;
    fails_with(&check(&file("sets", "altered.ccset", &altered)), &["altered.ccset", "damaged"]);
    fails_with(&check(&article), &["no reference set"]);
}

#[test]
fn a_failed_build_leaves_the_old_set() {
    let old = file("keep", "old.ccset", "the old set");
    let missing = old.with_file_name("no-corpus");
    let output = run(&["build", "--corpus", missing.to_str().unwrap(), "-o", old.to_str().unwrap()]);
    fails_with(&output, &["no-corpus"]);
    assert_eq!(fs::read(&old).unwrap(), b"the old set");
    let empty = old.with_file_name("empty-corpus");
    fs::create_dir_all(&empty).unwrap();
    fails_with(&run(&["build", "--corpus", empty.to_str().unwrap(), "-o", old.to_str().unwrap()]), &["no .txt"]);
}

#[test]
fn json_lines_keep_their_order_and_ids_and_name_a_bad_line() {
    let lines = "{\"id\":\"b\",\"paragraphs\":[\"Anna Lind came.\",\"She left Oslo.\"]}\n{\"id\":\"a\",\"text\":\"Nothing here.\"}\n";
    let path = file("lines", "pages.jsonl", lines);
    let output = run(&["annotate", path.to_str().unwrap()]);
    let rows: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((rows[0]["id"].as_str(), rows[1]["id"].as_str()), (Some("b"), Some("a")));
    let oslo = rows[0]["entities"].as_array().unwrap().iter().find(|m| m["text"] == "Oslo").unwrap();
    assert_eq!(
        (oslo["kind"].as_str(), oslo["start"].as_u64(), oslo["end"].as_u64()),
        (Some("place"), Some(25), Some(29))
    );
    let broken = file("lines", "broken.jsonl", format!("{lines}{{\"id\":\n"));
    fails_with(&run(&["annotate", broken.to_str().unwrap()]), &["broken.jsonl", "line 3"]);
}

#[test]
fn a_flag_can_fail_the_command() {
    let path = file("fail-on", "page.txt", "Foreign Minister Antony Blinken landed in Beijing on Sunday.");
    let args = ["check", "--published", "2023-06-18", "--fail-on", "contradicted", path.to_str().unwrap()];
    let output = run(&args);
    assert_eq!(output.status.code(), Some(2));
    let finding = &json(&output)["findings"][0];
    assert_eq!((finding["text"].as_str(), finding["kind"].as_str()), (Some("Foreign Minister"), Some("role")));
    assert!(
        finding["evidence"][0]["sentence"].as_str().is_some_and(|s| s.to_lowercase().contains("secretary of state"))
    );
}

#[test]
fn map_and_reduce_make_the_same_set_as_build() {
    let corpus = file("reduce/corpus", "one.txt", "Transport Minister Anna Lind opened the bridge on Friday.");
    let second = file("reduce/corpus", "two.txt", "The bridge was opened by Anna Lind, 48, in Oslo.");
    let dir = corpus.parent().unwrap();
    let out = |name: &str| dir.with_file_name(name).to_str().unwrap().to_owned();
    run(&["build", "--corpus", dir.to_str().unwrap(), "-o", &out("built.ccset")]);
    for (name, article) in [("two.jsonl", &second), ("one.jsonl", &corpus)] {
        fs::write(out(name), run(&["extract", article.to_str().unwrap()]).stdout).unwrap();
    }
    run(&["merge", &out("two.jsonl"), &out("one.jsonl"), &out("built.ccset"), "-o", &out("merged.ccset")]);
    assert_eq!(fs::read(out("built.ccset")).unwrap(), fs::read(out("merged.ccset")).unwrap());
}

#[test]
fn usage_errors_exit_with_one() {
    assert_eq!(run(&["chekc"]).status.code(), Some(1));
    assert_eq!(run(&["build"]).status.code(), Some(1));
    assert_eq!(run(&["--version"]).status.code(), Some(0));
}
