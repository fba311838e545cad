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
fn lines_of_claims_that_point_outside_of_their_text_are_refused() {
    let page = file("outside", "page.txt", "Transport Minister Anna Lind opened the bridge in Lisbon on Friday.");
    let mut source: serde_json::Value = json(&run(&["extract", page.to_str().unwrap()]));
    source["claims"][0][0] = 4_000_000_000_u32.into();
    let lines = file("outside", "lines.jsonl", source.to_string());
    let set = lines.with_extension("ccset");
    let output = run(&["merge", lines.to_str().unwrap(), "-o", set.to_str().unwrap()]);
    fails_with(&output, &["lines.jsonl", "line 1", "outside"]);
    assert!(!set.exists());
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
fn what_cannot_be_read_takes_nothing_else_with_it() {
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"Antony Blinken came to Beijing on Sunday.\"}}\n");
    let lines = file("parted", "lines.jsonl", format!("{}no article\n{}", line("a"), line("b")));
    let receipts = lines.with_file_name("receipts").join("r.jsonl");
    let missing = lines.with_file_name("no\u{1b}such");
    let paths = [&receipts, &lines, &missing].map(|p| p.to_str().unwrap());
    let output = run(&["check", "--input", "jsonl", "--receipts", paths[0], paths[1], paths[2]]);
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.lines().count(), 2, "{printed}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("lines.jsonl: line 2: not an article") && said.contains("no?such"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(receipts.exists(), "those of what was read are kept");
}

#[test]
fn a_day_of_publication_that_is_none_is_refused() {
    let page = file("day", "page.txt", "Antony Blinken came to Beijing on Sunday.");
    for day in ["junk", "2023-13-45"] {
        let output = run(&["check", "--published", day, page.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8(output.stderr).unwrap().contains("write it as 2023-06-19"));
    }
}

#[test]
fn the_folder_of_an_output_is_made_and_a_folder_is_no_output() {
    let folder = file("output", "a.txt", "Antony Blinken came to Beijing on Sunday.").with_file_name("deep/er");
    let output = folder.join("made.set");
    let built = |to: &Path| run(&["build", "--corpus", "corpus", "-o", to.to_str().unwrap()]);
    assert!(built(&output).status.success() && output.exists());
    fails_with(&built(&folder), &["a folder"]);
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

#[test]
fn a_receipt_replays_to_the_same_finding_or_says_what_changed() {
    let words = "Foreign Minister Antony Blinken landed in Beijing on Sunday.";
    let path = file("receipts", "page.txt", words);
    let receipts = path.with_file_name("receipts.jsonl");
    let (page, kept) = (path.to_str().unwrap(), receipts.to_str().unwrap());
    let checked = run(&["check", "--published", "2023-06-18", "--receipts", kept, page]);
    assert_eq!(checked.status.code(), Some(0));
    let receipt: serde_json::Value = serde_json::from_slice(&fs::read(&receipts).unwrap()).unwrap();
    assert_eq!((&receipt["words"], &receipt["start"]), (&"Foreign Minister".into(), &0.into()));
    assert_eq!(receipt["text"].as_str().map(str::len), Some(64));
    assert!(receipt["evidence"][0]["sentence"].as_str().is_some_and(|s| !s.is_empty()));

    let verify = |page: &Path| run(&["verify", kept, page.to_str().unwrap()]);
    let changes = |output: &Output| {
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        json(output)["changes"].to_string()
    };
    let same = verify(&path);
    assert_eq!((same.status.code(), &json(&same)["same"]), (Some(0), &true.into()), "{same:?}");
    let longer = changes(&verify(&file("receipts", "longer.txt", format!("{words} He looked tired."))));
    assert!(longer.contains("text changed") && !longer.contains("verdict"), "{longer}");
    let mended =
        changes(&verify(&file("receipts", "mended.txt", words.replace("Foreign Minister", "Secretary of State"))));
    assert!(mended.contains("text changed") && mended.contains("verdict changed"), "{mended}");

    let corpus = file("receipts/corpus", "one.txt", "Secretary of State Antony Blinken landed in Beijing.");
    let set = path.with_file_name("other.ccset");
    run(&["build", "--corpus", corpus.parent().unwrap().to_str().unwrap(), "-o", set.to_str().unwrap()]);
    let other = changes(&run(&["verify", kept, "--references", set.to_str().unwrap(), page]));
    assert!(
        other.contains("set changed") && other.contains("evidence changed") && !other.contains("verdict"),
        "{other}"
    );
    let older = fs::read_to_string(&receipts).unwrap().replace(env!("CARGO_PKG_VERSION"), "0.0.1");
    let older = file("receipts", "older.jsonl", older);
    let output = changes(&run(&["verify", older.to_str().unwrap(), page]));
    assert!(output.contains("version changed: 0.0.1"), "{output}");
}

#[test]
fn what_is_no_receipt_is_refused() {
    let page = file("no-receipt", "page.txt", "Anna Lind came.");
    fails_with(&run(&["verify", page.to_str().unwrap(), page.to_str().unwrap()]), &["page.txt", "no receipt"]);
    let empty = file("no-receipt", "empty.jsonl", "");
    fails_with(
        &run(&["verify", empty.to_str().unwrap(), page.to_str().unwrap()]),
        &["empty.jsonl", "holds no receipt"],
    );
}

/// Ten columns, numbers in order, one root, heads that exist, and a text that the forms give back.
#[test]
fn syntax_is_printed_as_conllu() {
    let odd = format!(
        "“No,” she\u{a0}said — twice.\n\nÉté 😀 -- 3.5\u{200b} km\tnorth (see U.S. law)\n\n{}",
        "a b ".repeat(300)
    );
    let path = file("conllu", "page.txt", odd);
    let output = run(&["annotate", "--syntax", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut ids = std::collections::BTreeSet::new();
    for sentence in text.split("\n\n").filter(|s| !s.trim().is_empty()) {
        let comment = |key: &str| sentence.lines().find_map(|l| l.strip_prefix(&format!("# {key} = "))).unwrap();
        assert!(ids.insert(comment("sent_id").to_owned()));
        let rows: Vec<Vec<_>> =
            sentence.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
        let mut joined = String::new();
        for (i, row) in rows.iter().enumerate() {
            assert_eq!((row.len(), row[0]), (10, (i + 1).to_string().as_str()), "{row:?}");
            let head: usize = row[6].parse().unwrap();
            assert!(head <= rows.len() && head != i + 1 && (head == 0) == (row[7] == "root"), "{row:?}");
            joined += row[1];
            if !row[9].contains("SpaceAfter=No") {
                joined.push(' ');
            }
        }
        assert_eq!(rows.iter().filter(|r| r[6] == "0").count(), 1, "{sentence}");
        assert_eq!(joined.trim_end(), comment("text"));
    }
    assert!(ids.len() >= 3, "{text}");
    assert_eq!(run(&["annotate", "--syntax", "--format", "json", path.to_str().unwrap()]).status.code(), Some(1));
}
