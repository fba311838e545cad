//! Sets of many articles: one result whatever the cores, files, order, grouping, memory and interruptions; and checks
//! against them whole and in shards. The articles are generated; `scale/test_scale.py` does the same with Spark.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use countercheck::block::Reading;
use countercheck::block::line;
use countercheck::reference::unite::Union;
use countercheck::reference::{FEW, ReferenceSet, Source};
use proptest::prelude::*;

#[path = "common/news.rs"]
mod news;

/// So many that a page is compared with some of them alone.
const ARTICLES: usize = FEW + 22;

static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let news = news::News::new(7);
    (0..ARTICLES as u64).map(|n| serde_json::to_string(&news.article(n)).unwrap() + "\n").collect()
});

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    LINES.iter().take(12).map(|l| Source::read(&line::read(l, Reading::Article).unwrap().page)).collect()
});

fn run(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countercheck")).args(args).current_dir(folder).output().unwrap()
}

/// Runs a command that must succeed; what it printed.
fn done(args: &[&str], folder: &Path) -> Vec<u8> {
    let output = run(args, folder);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// An empty folder of the test's own.
fn folder(test: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale").join(test);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(dir.join("corpus")).unwrap();
    fs::write(dir.join("corpus/all.jsonl"), LINES.concat()).unwrap();
    dir
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap()
}

#[test]
fn one_set_by_every_path() {
    let dir = folder("paths");
    done(&["build", "--corpus", "corpus", "-o", "one.ccset", "--jobs", "1"], &dir);
    let one = bytes(&dir, "one.ccset");
    done(&["build", "--corpus", "corpus", "-o", "two.ccset", "--jobs", "2"], &dir);
    assert!(bytes(&dir, "two.ccset") == one);

    // Seven files, the claims of each by itself, united in another order, some as sets, one twice.
    for part in 0..7 {
        let lines: Vec<&str> = LINES.iter().skip(part).step_by(7).map(String::as_str).collect();
        fs::write(dir.join(format!("{part}.jsonl")), lines.concat()).unwrap();
        let claims = done(&["extract", &format!("{part}.jsonl"), "--format", "jsonl"], &dir);
        fs::write(dir.join(format!("{part}.claims")), claims).unwrap();
    }
    done(&["merge", "5.claims", "1.claims", "-o", "51.ccset"], &dir);
    done(&["merge", "0.claims", "51.ccset", "1.claims", "--memory", "1", "-o", "part.ccset"], &dir);
    done(&["merge", "6.claims", "part.ccset", "4.claims", "2.claims", "3.claims", "-o", "seven.ccset"], &dir);
    assert!(bytes(&dir, "seven.ccset") == one);
    assert!(!dir.join("seven.ccset.parts").exists() && !dir.join("one.ccset.journal").exists());
}

#[test]
fn extract_keeps_the_order_and_skips_bad_lines_with_their_number() {
    let dir = folder("lines");
    let mut lines = LINES[..9].to_vec();
    lines[3] = "{\"id\":\n".to_owned();
    lines[5] = "\n".to_owned();
    fs::write(dir.join("some.jsonl"), lines.concat()).unwrap();
    let output = run(&["extract", "some.jsonl", "--jobs", "3", "--format", "jsonl"], &dir);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && said.contains("some.jsonl: line 4: ") && said.contains("1 of 8 articles"),
        "{said}"
    );
    let claims = String::from_utf8(output.stdout).unwrap();
    let id = |l: &str| serde_json::from_str::<serde_json::Value>(l).unwrap()["id"].as_str().unwrap().to_owned();
    let expected: Vec<String> = [0, 1, 2, 4, 6, 7, 8].iter().map(|n| id(&LINES[*n])).collect();
    assert_eq!(claims.lines().map(id).collect::<Vec<_>>(), expected);

    let strict = run(&["extract", "some.jsonl", "--strict"], &dir);
    let said = String::from_utf8(strict.stderr).unwrap();
    assert!(strict.status.code() == Some(1) && said.contains("line 4"), "{said}");
    fs::write(dir.join("none.jsonl"), "nothing\n").unwrap();
    assert_eq!(run(&["extract", "none.jsonl", "--input", "jsonl"], &dir).status.code(), Some(1));
}

#[test]
fn a_build_that_was_stopped_goes_on() {
    let dir = folder("resume");
    done(&["build", "--corpus", "corpus", "-o", "whole.ccset"], &dir);
    // As a run leaves it that was killed in the middle of a line: a bad article stops a strict one.
    fs::write(dir.join("corpus/last.jsonl"), "{\"id\":\n").unwrap();
    let stopped = run(&["build", "--corpus", "corpus", "-o", "set.ccset", "--strict"], &dir);
    assert_eq!(stopped.status.code(), Some(1));
    let journal = dir.join("set.ccset.journal");
    let mut kept = fs::read(&journal).unwrap();
    kept.truncate(kept.len() - 100);
    let before = kept.iter().filter(|b| **b == b'\n').count() - 1;
    fs::write(&journal, &kept).unwrap();
    let output = run(&["build", "--corpus", "corpus", "-o", "set.ccset"], &dir);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("going on after {before} articles")), "{said}");
    assert!(bytes(&dir, "set.ccset") == bytes(&dir, "whole.ccset"));
    // A journal of other articles is not used.
    fs::write(&journal, &kept).unwrap();
    fs::write(dir.join("corpus/last.jsonl"), &LINES[0]).unwrap();
    done(&["build", "--corpus", "corpus", "-o", "set.ccset"], &dir);
    assert!(bytes(&dir, "set.ccset") == bytes(&dir, "whole.ccset"));
}

#[test]
fn a_set_in_shards_says_what_the_whole_set_says() {
    let dir = folder("shards");
    let claims = done(&["extract", "corpus/all.jsonl", "--format", "jsonl"], &dir);
    fs::write(dir.join("claims"), claims).unwrap();
    done(&["merge", "claims", "-o", "whole.ccset"], &dir);
    fs::create_dir(dir.join("cut")).unwrap();
    // One shard holds so few articles; many shards are in the tests beside the library.
    done(&["merge", "claims", "--shard-size", "1", "-o", "cut/set.ccman"], &dir);
    let listed = String::from_utf8(done(&["inspect", "cut/set.ccman", "--format", "text"], &dir)).unwrap();
    assert!(listed.contains(&format!("{ARTICLES} sources")), "{listed}");
    // Pages that differ from their stories in a number.
    let pages: String = LINES.iter().step_by(9).map(|l| l.replace(" 1", " 2").replace("generated-", "page-")).collect();
    fs::write(dir.join("pages.jsonl"), pages).unwrap();
    let check = |set| done(&["check", "--references", set, "pages.jsonl"], &dir);
    let whole = check("whole.ccset");
    assert!(String::from_utf8_lossy(&whole).contains("\"supported\""));
    assert!(check("cut/set.ccman") == whole);

    let shard =
        fs::read_dir(dir.join("cut")).unwrap().map(|e| e.unwrap().path()).find(|p| p.extension().unwrap() == "ccset");
    let shard = shard.unwrap();
    fs::remove_file(&shard).unwrap();
    let output = run(&["check", "--references", "cut/set.ccman", "pages.jsonl"], &dir);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains(shard.file_name().unwrap().to_str().unwrap()), "{said}");
}

/// What `merge` makes of these files, holding so many bytes.
fn united(files: &[Vec<u8>], memory: usize, name: &str) -> Vec<u8> {
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("united-{name}.ccset"));
    let mut union = Union::new(&output, memory).unwrap();
    files.iter().for_each(|file| union.add_file(file.as_slice()).unwrap());
    union.finish().unwrap();
    fs::read(output).unwrap()
}

fn claims(sources: &[&Source]) -> Vec<u8> {
    sources.iter().flat_map(|s| serde_json::to_vec(s).unwrap().into_iter().chain(*b"\n")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Commutative, associative, idempotent on what is given twice: any files, each of claims or a partial set, with any
    /// memory, give what all sources at once give.
    #[test]
    fn merge_is_a_union(
        groups in prop::collection::vec((prop::collection::vec(0usize..12, 0..8), any::<bool>()), 1..6),
        cut in 0usize..6,
        memory in prop::sample::select(vec![1usize, 20_000, 1 << 20]),
    ) {
        let all = || groups.iter().flat_map(|(group, _)| group.iter().map(|i| SOURCES[*i].clone()));
        let expected = ReferenceSet::from_sources(all()).to_bytes();
        let files: Vec<Vec<u8>> = groups
            .iter()
            .map(|(group, as_set)| {
                let sources: Vec<&Source> = group.iter().map(|i| &SOURCES[*i]).collect();
                if *as_set { ReferenceSet::from_sources(sources.into_iter().cloned()).to_bytes() } else { claims(&sources) }
            })
            .collect();
        prop_assert!(united(&files, memory, "all") == expected);
        let (first, second) = files.split_at(cut.min(files.len()));
        let halves = [united(second, memory, "second"), united(first, 1 << 20, "first")];
        prop_assert!(united(&halves, memory, "halves") == expected);
        prop_assert!(united(&[halves[0].clone(), expected.clone(), halves[1].clone()], memory, "twice") == expected);
    }

    #[test]
    fn a_damaged_partial_set_is_refused(at in 0usize..4000, bit in 0u8..8) {
        let mut set = ReferenceSet::from_sources(SOURCES[..2].to_vec()).to_bytes();
        let at = at % set.len();
        set[at] ^= 1 << bit;
        let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("damaged.ccset");
        let mut union = Union::new(&output, 1 << 20).unwrap();
        prop_assert!(union.add_file(set.as_slice()).is_err());
    }
}
