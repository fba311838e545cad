//! How far each rule can be trusted: measured on pages of which it is known what is wrong, not guessed.
//!
//! `data/rules.tsv` holds how often each rule was right and wrong; `./build.sh cases --update` measures it anew. A
//! rule that was right too seldom, or wrong too often, flags nothing.

use crate::map::HashMap;
use std::sync::OnceLock;

use super::{Finding, Verdict};

/// A rule flags only after so many right flags.
pub const FEWEST_RIGHT: u32 = 3;
/// And only if at least so many of a hundred flags were right.
pub const LEAST_PRECISION: u32 = 95;

/// The table: rule, right flags, wrong flags.
pub const TABLE: &str = include_str!("../../data/rules.tsv");

/// What was measured of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Flags that were right.
    pub right: u32,
    /// Flags that were wrong.
    pub wrong: u32,
}

impl Record {
    /// Whether the rule is good enough to contradict a page.
    pub fn may_flag(self) -> bool {
        self.right >= FEWEST_RIGHT && 100 * self.right >= LEAST_PRECISION * (self.right + self.wrong)
    }

    /// Chance that the next flag is right, 0 to 1: Laplace's rule of succession, so that few flags promise little.
    pub fn confidence(self) -> f32 {
        (self.right + 1) as f32 / (self.right + self.wrong + 2) as f32
    }
}

/// What was measured of a rule; `None` of one that has not been.
pub fn record(rule: &str) -> Option<Record> {
    static RECORDS: OnceLock<HashMap<&str, Record>> = OnceLock::new();
    let records = RECORDS.get_or_init(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|line| {
            let mut cells = line.split('\t');
            let (rule, mut number) = (cells.next()?, || cells.next()?.parse().ok());
            Some((rule, Record { right: number()?, wrong: number()? }))
        })
        .collect()
    });
    records.get(rule).copied()
}

/// Gives a finding the confidence that was measured for its rule.
pub(super) fn weigh(finding: &mut Finding) {
    finding.confidence = record(finding.rule).unwrap_or_default().confidence();
}

/// Takes the flag off a finding of a rule that may not flag: nothing is said of its words.
pub(super) fn hold(finding: &mut Finding) {
    let held = record(finding.rule).is_some_and(|r| !r.may_flag());
    if held && finding.verdict == Verdict::Contradicted {
        finding.verdict = Verdict::Unverified;
        finding.expected = None;
        finding.evidence.clear();
        (finding.agree, finding.total) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_or_wrong_flags_silence_a_rule() {
        assert!(Record { right: 3, wrong: 0 }.may_flag());
        assert!(!Record { right: 2, wrong: 0 }.may_flag());
        assert!(!Record { right: 18, wrong: 1 }.may_flag());
        assert!(Record { right: 19, wrong: 1 }.may_flag());
    }

    #[test]
    fn confidence_grows_with_what_was_seen() {
        assert!((Record::default().confidence() - 0.5).abs() < f32::EPSILON);
        assert!(Record { right: 30, wrong: 0 }.confidence() > Record { right: 3, wrong: 0 }.confidence());
        assert!(Record { right: 30, wrong: 1 }.confidence() < Record { right: 30, wrong: 0 }.confidence());
    }

    #[test]
    fn every_row_can_be_read() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(!rows.is_empty());
        for row in rows {
            assert!(record(row.split('\t').next().unwrap_or_default()).is_some(), "{row}");
        }
    }
}
