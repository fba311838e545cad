//! Which flags are right.

use super::subject::Flag;

/// A flag of more words than this points at nothing.
const WIDEST: usize = 30;

/// Kinds that one reader calls this and another that: a flag of the one kind hits a difference of the other.
const CLOSE: [&str; 30] = [
    "role name",
    "role participant",
    "name participant",
    "place name",
    "place participant",
    "date weekday",
    "date since",
    "date duration",
    "date ordinal",
    "weekday ordinal",
    "since ordinal",
    "since duration",
    "since count",
    "since age",
    "ordinal duration",
    "ordinal count",
    "duration count",
    "age count",
    "age duration",
    "money count",
    "percent count",
    "score count",
    "money percent",
    "name quote",
    "place role",
    "quote participant",
    "quote negation",
    "quote count",
    "quote role",
    "negation participant",
];

/// Words that must be flagged, with all the places where they may be.
pub struct Wanted {
    pub kind: String,
    pub spans: Vec<(usize, usize)>,
}

/// What became of the flags on one page.
#[derive(Default)]
pub struct Judgement {
    /// For each difference the rule that found it.
    pub hits: Vec<Option<&'static str>>,
    /// The flags that are wrong, with the reason.
    pub wrong: Vec<(Flag, &'static str)>,
}

/// Compares flags with what is wanted. `split` are the places where the sources disagree: a flag there is wrong.
pub fn judge(wanted: &[Wanted], split: &[Wanted], flags: &[Flag]) -> Judgement {
    let mut out = Judgement { hits: vec![None; wanted.len()], wrong: Vec::new() };
    for flag in flags {
        let meets = |w: &Wanted| w.spans.iter().any(|(start, end)| flag.start < *end && *start < flag.end);
        let wide = flag.words.split_whitespace().count() > WIDEST;
        let there: Vec<usize> = (0..wanted.len()).filter(|&i| !wide && meets(&wanted[i])).collect();
        let mut near: Vec<usize> = there.iter().copied().filter(|&i| close(&flag.kind, &wanted[i].kind)).collect();
        near.sort_by_key(|&i| (out.hits[i].is_some(), same(&flag.kind) != same(&wanted[i].kind)));
        match near.first() {
            Some(&i) => out.hits[i] = out.hits[i].or(Some(flag.rule)),
            None if wide => out.wrong.push((flag.clone(), "too wide")),
            None if !there.is_empty() => out.wrong.push((flag.clone(), "another kind")),
            None if split.iter().any(meets) => out.wrong.push((flag.clone(), "the sources disagree")),
            None => out.wrong.push((flag.clone(), "nothing is wrong there")),
        }
    }
    out
}

/// One name for kinds that mean the same difference.
fn same(kind: &str) -> &str {
    match kind {
        "calendar" => "weekday",
        "measure" | "self" => "count",
        "order" => "ordinal",
        "attribution" => "quote",
        other => other,
    }
}

fn close(flag: &str, wanted: &str) -> bool {
    let (a, b) = (same(flag), same(wanted));
    a == b || CLOSE.iter().any(|pair| pair.split_once(' ').is_some_and(|p| p == (a, b) || p == (b, a)))
}
