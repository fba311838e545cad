//! Claims of a page against claims of the sources: what agrees, what differs, what is not covered.
//!
//! One rule decides everything: a difference is flagged only if the page's value cannot be true
//! together with the sources under any reading that is plausible. What the sources do not mention
//! is unverified, not wrong.

mod align;
mod apart;
mod calendar;
mod conversion;
mod ballot;
mod event;
mod figure;
mod grown;
mod likeness;
mod moment;
mod name;
mod number;
mod passage;
mod person;
mod quotation;
mod reading;
mod role;
pub mod rule;
mod series;
mod setting;
mod slip;
mod slot;
mod spoken;
mod tell;
mod told;
mod unlike;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::block::Page;
use crate::claim::{Claim, Extraction, Family};
use crate::mention::date::DateMention;
use crate::mention::gazetteer::fold;
use crate::mention::quantity::QuantityMention;
use crate::order;
use crate::reference::{Index, Sketch};
use crate::span::Span;
use spoken::Spoken;

/// What the sources say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The page cannot be right together with the sources. The only verdict that is a flag.
    Contradicted,
    /// The sources disagree among themselves.
    Disputed,
    /// A later source gives a newer value.
    Superseded,
    /// At least one source says the same.
    Supported,
    /// The sources say nothing comparable.
    Unverified,
}

/// What kind of value a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the words of the JSON contract")]
pub enum FindingKind {
    Role,
    Name,
    Date,
    Weekday,
    Place,
    Participant,
    Duration,
    Order,
    Negation,
    Count,
    Money,
    Percent,
    Score,
    Measure,
    Age,
    Since,
    Ordinal,
    Quote,
    Attribution,
    Calendar,
    #[serde(rename = "self")]
    Itself,
}

/// A sentence of a source that bears on a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Index of the source in the [`Index`].
    pub source: usize,
    /// The source's value in words.
    pub value: String,
    /// The sentence, as the set stores it.
    pub sentence: String,
}

/// A claim with its verdict and its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What the sources say of it.
    pub verdict: Verdict,
    /// What kind of value it is about.
    pub kind: FindingKind,
    /// Block of the page.
    pub block: usize,
    /// The smallest text that is at fault, in bytes of the block.
    pub span: Span,
    /// The claim in words.
    pub claim: String,
    /// The page's value in words.
    pub value: String,
    /// The sources' value in words, if they have one.
    pub expected: Option<String>,
    /// Chance that a flag of its rule is right, 0 to 1, as measured ([`rule`]).
    pub confidence: f32,
    /// Name of the rule that decided.
    pub rule: &'static str,
    /// Independent sources that say otherwise (for a flag) or the same (for a support).
    pub agree: usize,
    /// Independent sources that say anything comparable.
    pub total: usize,
    /// The sentences, independent sources first.
    pub evidence: Vec<Evidence>,
}

/// A page being checked against an index.
pub(crate) struct Check<'c, 'r> {
    pub extraction: &'c Extraction<'c>,
    pub index: &'c Index<'r>,
    /// Sources that are this page itself, or a copy of it.
    own: Vec<bool>,
    /// Days between the page and each source, where both have a date.
    apart: Vec<Option<i32>>,
    /// What each claim of the page speaks of.
    spoken: Spoken<'c>,
    /// What each sentence of the page speaks of.
    told: slot::Told<'c>,
}

impl Check<'_, '_> {
    /// Whether a source may be used: not the page itself.
    pub fn counts(&self, source: usize) -> bool {
        !self.own[source]
    }

    /// The quantities in a block of the page, in order.
    pub fn quantities_in(&self, block: usize) -> &[QuantityMention] {
        let quantities = &self.extraction.quantities;
        let first = quantities.partition_point(|q| q.block < block);
        &quantities[first..first + quantities[first..].partition_point(|q| q.block == block)]
    }

    /// The dates in a block of the page, in order.
    pub fn dates_in(&self, block: usize) -> &[DateMention] {
        let dates = &self.extraction.dates;
        let first = dates.partition_point(|d| d.block < block);
        &dates[first..first + dates[first..].partition_point(|d| d.block == block)]
    }

    /// The claims in a block of the page, in order.
    pub fn claims_in(&self, block: u32) -> &[Claim] {
        let claims = &self.extraction.claims;
        let first = claims.partition_point(|c| c.block < block);
        &claims[first..first + claims[first..].partition_point(|c| c.block == block)]
    }

    /// Date of the page.
    pub fn date(&self) -> Option<Date> {
        self.extraction.anchor
    }

    /// Whether page and source were written within `days` of each other; true where a date is
    /// missing.
    pub fn near_in_time(&self, source: usize, days: i32) -> bool {
        self.apart[source].is_none_or(|apart| apart <= days)
    }
}

/// Compares the claims of a page with the sources. Rules that were measured to be too weak flag nothing.
pub fn check(page: &Page, extraction: &Extraction<'_>, index: &Index<'_>) -> Vec<Finding> {
    let mut findings = judge(page, extraction, index);
    findings.iter_mut().for_each(rule::hold);
    settle(findings)
}

/// As [`check`], with every rule heard: what the rules are measured by.
pub fn check_unheld(page: &Page, extraction: &Extraction<'_>, index: &Index<'_>) -> Vec<Finding> {
    settle(judge(page, extraction, index))
}

/// What every rule says.
fn judge(page: &Page, extraction: &Extraction<'_>, index: &Index<'_>) -> Vec<Finding> {
    let spoken = Spoken::new(extraction, index);
    let told = slot::Told::new(extraction, index, &spoken);
    let days = |source| extraction.anchor?.until(index.date(source)?).ok().map(|span| span.get_days().abs());
    let apart = (0..index.sources().len()).map(days).collect();
    let check = Check { extraction, index, own: own_sources(page, index), apart, spoken, told };
    let names = name::find(&check);
    let mut findings = calendar::find(&check);
    findings.extend(conversion::find(&check));
    for claim in &extraction.claims {
        let finding = match claim.family {
            Family::Role => role::judge(&check, claim).into_iter().collect(),
            Family::Age => person::age(&check, claim).into_iter().collect(),
            Family::Since => person::since(&check, claim).into_iter().collect(),
            Family::Quantity => Vec::new(),
            Family::Quote => quotation::judge(&check, claim).into_iter().collect(),
            Family::Event => event::judge(&check, claim),
        };
        findings.extend(finding);
    }
    findings.extend(number::find(&check));
    findings.extend(told::find(&check));
    findings.extend(names);
    // Where the event of a date is known, it says more.
    let flagged = |f: &Finding| {
        let said = findings.iter().filter(|o| o.verdict == Verdict::Contradicted && o.block == f.block);
        said.into_iter().any(|o| o.span.overlaps(f.span))
    };
    let moments: Vec<Finding> = moment::find(&check).into_iter().filter(|f| !flagged(f)).collect();
    findings.extend(moments);
    findings.iter_mut().for_each(rule::weigh);
    findings
}

/// Which sources are the page itself: same title, same address, or the same text.
fn own_sources(page: &Page, index: &Index<'_>) -> Vec<bool> {
    let sketches: Vec<&Sketch> = index.sources().iter().map(|s| &s.sketch).collect();
    let copies = Sketch::copies_of(&sketches, &page.blocks);
    let title = page.title.as_deref().map(fold).filter(|t| !t.is_empty());
    let is_own = |(s, copy): (&&crate::reference::Source, bool)| {
        let same_title = title.as_ref().is_some_and(|t| *t == fold(&s.title));
        let same_url = page.url.as_ref().is_some_and(|u| !u.is_empty() && *u == s.url);
        same_title || same_url || copy
    };
    index.sources().iter().zip(copies).map(is_own).collect()
}

/// One finding per place and kind: the gravest verdict first, then what takes in more words (`France coach`, not `France`),
/// and a flag silences what else was said of the same words.
fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    order::by(&mut findings, |a, b| {
        (a.block, a.span.start, a.verdict, b.span.end, a.kind)
            .cmp(&(b.block, b.span.start, b.verdict, a.span.end, b.kind))
            .then(b.confidence.total_cmp(&a.confidence))
    });
    let mut out: Vec<Finding> = Vec::new();
    // How far the findings reach up to each: what ends before one begins need not be looked at.
    let mut reach: Vec<(usize, u32)> = Vec::new();
    for finding in findings {
        let first = reach.partition_point(|end| *end <= (finding.block, finding.span.start));
        let same_place = |f: &Finding| f.block == finding.block && f.span.overlaps(finding.span);
        let weaker = out[first..].iter().any(|f| {
            same_place(f) && (f.kind == finding.kind && f.span == finding.span || f.verdict == Verdict::Contradicted)
        });
        if weaker {
            continue;
        }
        let mut last = out.split_off(first);
        if finding.verdict == Verdict::Contradicted {
            last.retain(|f| !same_place(f));
        }
        reach.truncate(first);
        for f in last.into_iter().chain([finding]) {
            let end = (f.block, f.span.end);
            reach.push(reach.last().map_or(end, |before| end.max(*before)));
            out.push(f);
        }
    }
    out
}
