use super::*;

/// Finds the mentions of blocks as `kind:text`, blocks joined.
fn found(blocks: &[&str], title: Option<&str>) -> Vec<String> {
    let parsed = syntax::parse(blocks);
    let title = title.map(|t| [t]);
    let context = title.as_ref().map(|t| syntax::parse(t));
    find(&parsed, context.as_ref().and_then(|c| c.first()))
        .iter()
        .map(|m| format!("{:?}:{}", m.kind, m.span.of(blocks[m.block])))
        .collect()
}

const CASES: &str = include_str!("../../../tests/data/names.tsv");

#[test]
fn the_cases_of_the_table() {
    let mut wrong = Vec::new();
    for line in CASES.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (text, want) = line.split_once('\t').expect("text<TAB>mentions");
        let blocks: Vec<&str> = text.split(" ¶ ").collect();
        let want: Vec<String> = want.split(" | ").filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let have = found(&blocks, None);
        if have != want {
            wrong.push(format!("{text}\n  want {want:?}\n  have {have:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_committed_model_is_whole() {
    let model = Model::read(include_bytes!("../../../data/models/names.bin")).expect("a whole model");
    assert!(model.rows.len() > 10_000 && model.hashes().is_sorted());
    assert!(model.common(crate::map::hash("because")) > 1);
    assert!(Model::read(b"CCN1\xff\xff\xff\xff").is_none());
}

#[test]
fn the_title_is_evidence_and_never_a_mention() {
    let with = found(&["Maduro spoke for an hour."], Some("President Nicolás Maduro speaks"));
    assert_eq!(with, ["Person:Maduro"]);
}

#[test]
fn any_text_is_read_without_panic_and_in_order() {
    let pieces = [
        "Ω", "\u{301}", "ẞ", "ǅ", "İ", "O’", "'s", "-", "U.S", ".", " ", "\u{200b}", "😀", "ﬀ", "王", "A", "al-", "&",
        "3", "\u{feff}", "٣", "Van", "de", "@x", "“",
    ];
    let mut state = 7u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let blocks = [text.as_str(), ""];
        let parsed = syntax::parse(&blocks);
        let mut last = (0, 0);
        for m in find(&parsed, parsed.first()) {
            assert!((m.block, m.span.start) >= last && !m.span.is_empty(), "{text:?}");
            assert!(blocks[m.block].get(m.span.range()).is_some() && m.confidence <= 100);
            last = (m.block, m.span.end);
        }
    }
}

#[test]
fn cue_classes_are_where_the_features_expect_them() {
    let classes = |word: &str| cue::classes(crate::map::hash(word));
    for (word, bit) in
        [("president", 0), ("mr", 1), ("striker", 2), ("said", 4), ("in", 6), ("inc", 10), ("ministry", 11)]
    {
        assert!(classes(word) >> bit & 1 == 1, "{word}");
    }
    for (word, bit) in [("stadium", 13), ("river", 14), ("beat", 17), ("bin", 21), ("who", 24), ("the", 25)] {
        assert!(classes(word) >> bit & 1 == 1, "{word}");
    }
    assert_eq!(classes("zebra"), 0);
}
