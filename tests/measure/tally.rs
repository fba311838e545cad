//! Sums of what was found, and how they are printed.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::judge::{Judgement, Wanted};

/// Differences and flags of one sort.
#[derive(Clone, Copy, Default)]
pub struct Count {
    /// Differences there are.
    pub wanted: usize,
    /// Differences that were found.
    pub found: usize,
    /// Flags that are wrong.
    pub wrong: usize,
}

impl Count {
    pub fn recall(self) -> f64 {
        self.found as f64 / self.wanted.max(1) as f64
    }

    pub fn precision(self) -> f64 {
        if self.found + self.wrong == 0 { 1.0 } else { self.found as f64 / (self.found + self.wrong) as f64 }
    }
}

/// One way of sorting, such as by kind.
pub type Counts = BTreeMap<String, Count>;

#[derive(Default)]
pub struct Tally {
    pub all: Count,
    pub by_subject: Counts,
    pub by_kind: Counts,
    /// Of a rule `wanted` is left at 0: it is not known which rule should have spoken.
    pub by_rule: Counts,
    /// The wrong flags, in words.
    pub wrong: Vec<String>,
}

impl Tally {
    pub fn add(&mut self, subject: &str, page: &str, wanted: &[Wanted], judged: &Judgement) {
        for (want, hit) in wanted.iter().zip(&judged.hits) {
            let found = usize::from(hit.is_some());
            for count in [
                &mut self.all,
                self.by_subject.entry(subject.to_owned()).or_default(),
                self.by_kind.entry(want.kind.clone()).or_default(),
            ] {
                count.wanted += 1;
                count.found += found;
            }
            if let Some(rule) = hit {
                self.by_rule.entry((*rule).to_owned()).or_default().found += 1;
            }
        }
        self.by_subject.entry(subject.to_owned()).or_default();
        for (flag, why) in &judged.wrong {
            self.all.wrong += 1;
            self.by_subject.entry(subject.to_owned()).or_default().wrong += 1;
            self.by_kind.entry(flag.kind.clone()).or_default().wrong += 1;
            self.by_rule.entry(flag.rule.to_owned()).or_default().wrong += 1;
            self.wrong.push(format!("{page}: {} “{}” → {}: {why}", flag.rule, flag.words, flag.expected));
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, counts) in [("subject", &self.by_subject), ("kind", &self.by_kind)] {
            writeln!(f, "{name:<14} differences  found  recall  wrong flags  precision")?;
            for (key, count) in counts {
                writeln!(f, "{key:<14} {count}")?;
            }
            f.write_char('\n')?;
        }
        writeln!(f, "{:<14} {}", "all", self.all)?;
        self.wrong.iter().try_for_each(|line| writeln!(f, "  wrong: {line}"))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wanted, found, wrong } = self;
        let (recall, precision) = (100.0 * self.recall(), 100.0 * self.precision());
        write!(f, "{wanted:>11} {found:>6} {recall:>6.1}% {wrong:>12} {precision:>9.1}%")
    }
}
