//! Counts what the sources say of one value, and what follows from the count.

use super::{Check, Evidence, Finding, FindingKind, Verdict};
use crate::map::HashSet;
use crate::order;
use crate::reference::Entry;
use crate::span::Span;

/// Most sentences shown for a finding.
const SHOWN: usize = 5;
/// A value that one source alone gives is outvoted by this many independent sources.
const OUTVOTED: usize = 3;

/// What one comparable claim of a source says of the page's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vote {
    /// The same, or what can be true with it.
    For,
    /// What cannot be true together with it.
    Against,
}

/// The votes on one value of the page.
#[derive(Default)]
pub(super) struct Ballot {
    votes: Vec<(Vote, Evidence)>,
    /// Something forbids a contradiction: another event may be meant, the grammar is unsure.
    pub doubt: bool,
    /// One source that says the same settles it: what others say is of other events, not another
    /// view of this one.
    pub settled: bool,
    /// The value is one that grows from day to day: of several the newest counts.
    pub changing: bool,
}

/// What a finding is about, before the verdict.
pub(super) struct Subject {
    pub kind: FindingKind,
    pub block: usize,
    pub span: Span,
    pub claim: String,
    pub value: String,
    pub rule: &'static str,
    pub confidence: f32,
}

impl Ballot {
    /// A ballot that can(not) end in a contradiction.
    pub fn with_doubt(doubt: bool) -> Self {
        Self { doubt, ..Self::default() }
    }

    pub fn cast(&mut self, vote: Vote, entry: &Entry<'_>, value: String) {
        let evidence = Evidence { source: entry.source, value, sentence: entry.sentence.to_owned() };
        if !self.votes.iter().any(|(v, e)| *v == vote && *e == evidence) {
            self.votes.push((vote, evidence));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.votes.is_empty()
    }

    /// Independent sources that cast a vote: copies of one text count once.
    fn voices(&self, check: &Check<'_, '_>, vote: Vote) -> Vec<usize> {
        let mut origins: Vec<usize> =
            self.votes.iter().filter(|(v, _)| *v == vote).map(|(_, e)| check.index.origin(e.source)).collect();
        order::sort(&mut origins);
        origins.dedup();
        origins
    }

    /// The verdict of the votes.
    pub fn decide(self, check: &Check<'_, '_>, subject: Subject) -> Finding {
        let (pro, mut contra) = (self.voices(check, Vote::For), self.voices(check, Vote::Against));
        // Who says the same elsewhere says nothing against it there: that is of something else.
        contra.retain(|source| self.changing || !pro.contains(source));
        let only_pro = pro.iter().filter(|s| !contra.contains(s)).count();
        let outvoted = only_pro <= 1 && contra.len() >= OUTVOTED && pro.len() <= 1;
        let newest = |voices: &[usize]| voices.iter().filter_map(|&s| check.index.date(s)).max();
        let verdict = match (pro.len(), contra.len()) {
            (1.., 1..) if self.changing && newest(&pro) < newest(&contra) => Verdict::Superseded,
            (0, 0) => Verdict::Unverified,
            (_, 0) => Verdict::Supported,
            (1.., _) if self.settled && !outvoted => Verdict::Supported,
            (0, _) if self.doubt => Verdict::Unverified,
            (0, _) => Verdict::Contradicted,
            _ if outvoted && !self.doubt => Verdict::Contradicted,
            (p, c) if p > 2 * c => Verdict::Supported,
            _ => Verdict::Disputed,
        };
        let total = pro.iter().chain(&contra).collect::<HashSet<_>>().len();
        let agree = if verdict == Verdict::Supported { pro.len() } else { contra.len() };
        self.finding(check, subject, verdict, (agree, total))
    }

    fn finding(
        self,
        check: &Check<'_, '_>,
        subject: Subject,
        verdict: Verdict,
        (agree, total): (usize, usize),
    ) -> Finding {
        let wanted = match verdict {
            Verdict::Contradicted => Some(Vote::Against),
            Verdict::Supported => Some(Vote::For),
            Verdict::Disputed | Verdict::Superseded => None,
            Verdict::Unverified => {
                return Finding { evidence: Vec::new(), expected: None, agree: 0, total: 0, ..base(subject, verdict) };
            }
        };
        let mut evidence: Vec<(Vote, Evidence)> =
            self.votes.into_iter().filter(|(v, _)| wanted.is_none_or(|w| w == *v)).collect();
        let date = |source: usize| check.index.sources()[source].published.as_str();
        order::by_key(&mut evidence, |(_, e)| (check.index.origin(e.source) != e.source, date(e.source), e.source));
        let expected = most_common(
            evidence
                .iter()
                .filter(|(v, _)| *v == Vote::Against || wanted == Some(Vote::For))
                .map(|(_, e)| e.value.as_str()),
        );
        let mut seen = Vec::new();
        let (first, more): (Vec<_>, Vec<_>) = evidence.into_iter().map(|(_, e)| e).partition(|e| {
            let new = !seen.contains(&e.source);
            seen.push(e.source);
            new
        });
        let evidence: Vec<Evidence> = first.into_iter().chain(more).take(SHOWN).collect();
        let sure = if agree > 1 { 0.03 } else { 0.0 };
        let mut finding = Finding { evidence, expected, agree, total, ..base(subject, verdict) };
        finding.confidence = (finding.confidence + sure).min(0.99);
        finding
    }
}

fn base(subject: Subject, verdict: Verdict) -> Finding {
    Finding {
        verdict,
        kind: subject.kind,
        block: subject.block,
        span: subject.span,
        claim: subject.claim,
        value: subject.value,
        expected: None,
        confidence: subject.confidence,
        rule: subject.rule,
        agree: 0,
        total: 0,
        evidence: Vec::new(),
    }
}

/// The value that most evidence has; the first among equals.
fn most_common<'v>(values: impl Iterator<Item = &'v str>) -> Option<String> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for value in values {
        match counted.iter_mut().find(|(v, _)| *v == value) {
            Some(entry) => entry.1 += 1,
            None => counted.push((value, 1)),
        }
    }
    counted.iter().rev().max_by_key(|(_, n)| *n).map(|(v, _)| (*v).to_owned())
}
