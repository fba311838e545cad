//! Dates: the tables of cases in `tests/data/`, publication lines, the page's own day, and
//! any text at all.

use countercheck::mention::date::{AnchorSource, Clock, DateMention, anchor, find, published, read};
use countercheck::syntax::{Parsed, parse};
use jiff::civil::Date;

const CASES: &str = include_str!("data/dates.tsv");
const PASSAGES: &str = include_str!("data/date-passages.tsv");

/// The text as the table writes it: every date in brackets with its value.
fn marked(blocks: &[Parsed<'_>], found: &[DateMention]) -> String {
    let mut out = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let mut text = String::new();
        let mut at = 0;
        for mention in found.iter().filter(|mention| mention.block == index) {
            let range = mention.span.range();
            text += &block.text[at..range.start];
            let value = mention.value.map_or("?".to_string(), |value| value.to_string());
            let flag = if mention.impossible { "!" } else { "" };
            text += &format!("[{}={value}{flag}]", &block.text[range.clone()]);
            at = range.end;
        }
        out.push(text + &block.text[at..]);
    }
    out.join(" ¶ ")
}

/// The case's text without its marks.
fn plain(case: &str) -> String {
    let mut out = String::new();
    let mut rest = case;
    while let Some((before, after)) = rest.split_once('[') {
        let (mark, after) = after.split_once(']').expect("a closed bracket");
        let (text, _) = mark.rsplit_once('=').expect("a value");
        out = out + before + text;
        rest = after;
    }
    out + rest
}

/// The lines of a table: number, the page's day, whether days are written before months, the marked text.
fn cases(table: &str) -> impl Iterator<Item = (usize, Option<Date>, bool, &str)> {
    let lines = table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(number, line)| {
        let (clock, want) = line.split_once('\t').expect("two fields");
        let clock = clock.strip_prefix("open:").unwrap_or(clock);
        let (day, day_first) = clock.strip_suffix('d').map_or((clock, false), |day| (day, true));
        (number + 1, day.parse().ok(), day_first, want)
    })
}

#[test]
fn the_table_of_cases() {
    let mut failures = Vec::new();
    let mut count = 0;
    for (number, anchor, day_first, want) in cases(CASES) {
        let text = plain(want);
        let paragraphs: Vec<&str> = text.split(" ¶ ").collect();
        let blocks = parse(&paragraphs);
        let got = marked(&blocks, &find(&blocks, &Clock { anchor, day_first }));
        count += 1;
        if got != want {
            failures.push(format!("line {number}: {anchor:?}\n  want {want}\n  got  {got}"));
        }
    }
    assert!(count >= 150, "only {count} cases");
    assert!(failures.is_empty(), "{} of {count} cases fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn passages_of_wires_business_and_history() {
    let mut failures = Vec::new();
    let mut open = Vec::new();
    let mut count = 0;
    for (number, published, day_first, want) in cases(PASSAGES) {
        let text = plain(want);
        let paragraphs: Vec<&str> = text.split(" ¶ ").collect();
        let blocks = parse(&paragraphs);
        let got = marked(&blocks, &read(&blocks, published, day_first).mentions);
        count += 1;
        if PASSAGES.lines().nth(number - 1).is_some_and(|line| line.starts_with("open:")) {
            open.push(number);
            assert_ne!(got, want, "line {number} is read rightly now: take the mark away");
        } else if got != want {
            failures.push(format!("line {number}: {published:?}\n  want {want}\n  got  {got}"));
        }
    }
    assert!(count >= 120 && open.len() * 20 <= count, "{count} passages, open: {open:?}");
    assert!(failures.is_empty(), "{} of {count} passages fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn publication_lines() {
    for (line, want) in [
        ("2023-06-18", "2023-06-18"),
        ("2023-06-18T21:04:11+02:00", "2023-06-18"),
        ("2023-06-18T21:04:11.123Z", "2023-06-18"),
        ("2023-06-18 21:04:11", "2023-06-18"),
        ("20230618", "2023-06-18"),
        ("20230618T210411Z", "2023-06-18"),
        ("May 4, 2024", "2024-05-04"),
        ("19 December 2022", "2022-12-19"),
        ("Published 2022-12-17", "2022-12-17"),
        ("December 21, 2022 - 11:05", "2022-12-21"),
        ("Updated: 18/12/2022 09:40 GMT", "2022-12-18"),
        ("Updated: 04/05/2024 09:40 BST", "2024-05-04"),
        ("04/05/2024 9:40 a.m. EDT", "2024-04-05"),
        ("By A. Writer | 6 Feb 2023", "2023-02-06"),
        ("Sun, 18 Jun 2023 21:04:11 GMT", "2023-06-18"),
        ("Sun Jun 18 2023", "2023-06-18"),
        ("Sunday, June 18th, 2023", "2023-06-18"),
        ("Posted on Monday 3rd July 2023 at 8:15pm", "2023-07-03"),
        ("18.06.2023 14:30 Uhr", "2023-06-18"),
        ("JUNE 18, 2023 4:30 PM ET", "2023-06-18"),
        ("First published on Sun 18 Jun 2023 15.04 BST", "2023-06-18"),
        ("2023/06/18", "2023-06-18"),
        ("Sept. 3, 2021", "2021-09-03"),
    ] {
        assert_eq!(published(line).map(|day| day.to_string()).as_deref(), Some(want), "{line}");
    }
    for line in ["", "yesterday", "June 18", "2023", "no date", "31/31/2023", "2023-02-30", "😀😀😀-😀"] {
        assert_eq!(published(line), None, "{line}");
    }
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[test]
fn a_repost_counts_from_its_own_day() {
    let repost = [
        "The minister visited Nairobi on Sunday, the first such trip since 2018.",
        "The minister walks with her host in Nairobi, Kenya, Sunday, June 18, 2023.",
        "She is scheduled to hold another round of talks Monday.",
        "The minister leaves the hall in Nairobi, Sunday, June 18, 2023.",
    ];
    let blocks = parse(&repost);
    assert_eq!(anchor(day("2024-05-04"), &blocks), (day("2023-06-18"), AnchorSource::Text));
    assert_eq!(anchor(day("2023-06-19"), &blocks), (day("2023-06-19"), AnchorSource::Page));
    assert_eq!(anchor(None, &blocks), (day("2023-06-18"), AnchorSource::Text));
}

#[test]
fn a_page_about_the_past_keeps_its_own_day() {
    let anniversary = [
        "Hundreds gathered on Saturday to remember the ferry that sank on Sunday, June 18, 2006.",
        "The mayor laid a wreath on Saturday. “Sunday, June 18, 2006 never ends for us,” he said.",
        "The anniversary service will be repeated on Sunday.",
    ];
    assert_eq!(anchor(day("2022-06-18"), &parse(&anniversary)), (day("2022-06-18"), AnchorSource::Page));
    let trial = [
        "The court heard on Tuesday how the fire began on Monday, March 2, 2020.",
        "The trial resumes on Wednesday. In 2021 the firm was sold.",
    ];
    assert_eq!(anchor(day("2023-10-03"), &parse(&trial)), (day("2023-10-03"), AnchorSource::Page));
    let undated = ["The ferry left on time.", "Nobody was hurt, the company said on Friday."];
    assert_eq!(anchor(None, &parse(&undated)), (None, AnchorSource::None));
}

/// Pieces that dates, numbers and odd Unicode are made of.
const PIECES: [&str; 48] = [
    "June",
    "31",
    "-",
    "–",
    "'",
    "’88",
    "2023",
    "99999",
    "0",
    "/",
    ".",
    ",",
    "(",
    ")",
    "the",
    "of",
    "last",
    "next",
    "week",
    "year",
    "ago",
    "century",
    "21st",
    "first",
    "quarter",
    "Sunday",
    "Sun",
    "may",
    "May",
    "Easter",
    "44",
    "BC",
    "\u{301}",
    "😀",
    "٣",
    "२०२३",
    "ß",
    "İ",
    "\u{200b}",
    "\u{ad}",
    "  ",
    "\n",
    "19000",
    "hundred",
    "a",
    "1000s",
    "mid",
    "fiscal",
];

#[test]
fn any_text_gives_spans_in_order_and_no_panic() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let anchors = [None, day("2023-06-18"), day("-9999-01-01"), day("9999-12-31"), day("0001-01-01")];
    for round in 0..1500 {
        let mut text = String::new();
        for _ in 0..next(24) {
            text += PIECES[next(PIECES.len())];
            if next(3) > 0 {
                text.push(' ');
            }
        }
        let lines: Vec<&str> = text.split('\n').collect();
        let blocks = parse(&lines);
        let clock = Clock { anchor: anchors[round % anchors.len()], day_first: round % 2 == 0 };
        let mut last = (0, 0);
        for mention in find(&blocks, &clock) {
            let range = mention.span.range();
            assert!((mention.block, range.start) >= last && !range.is_empty(), "{text:?}");
            assert!(blocks[mention.block].text.get(range.clone()).is_some(), "{text:?}");
            last = (mention.block, range.end);
        }
        let _ = (published(&text), anchor(clock.anchor, &blocks));
    }
}

#[test]
fn time_grows_with_the_text_and_not_faster() {
    let sentence =
        "On Friday, June 16, 2023, three days before the 2020s end in May, he said 44 BC was a year earlier; ";
    let time = |copies: usize| {
        let text = sentence.repeat(copies);
        let lines = [text];
        let blocks = parse(&lines);
        let run = || {
            let start = std::time::Instant::now();
            let found = find(&blocks, &Clock { anchor: day("2023-06-18"), day_first: false }).len();
            assert!(found >= copies * 4);
            start.elapsed().as_secs_f64()
        };
        // The best of some runs: other work on the machine only ever adds time.
        (0..5).map(|_| run()).fold(f64::MAX, f64::min)
    };
    let (small, large) = (time(500), time(8000));
    assert!(large < small * 16.0 * 6.0, "{small} s, then {large} s for 16 times the text");
}
