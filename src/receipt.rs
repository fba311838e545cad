//! Receipts: what is needed to come to a finding again, on another day and another machine.
//!
//! A receipt names the text, the sets and the version by which a finding was made, and holds what was found. Whoever
//! has the text and the sets can replay it and is told what changed, if anything did.

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Checker;
use crate::block::Page;
use crate::order;
use crate::reference::Index;
use crate::span::{Converter, Unit};
use crate::verdict::{Finding, FindingKind, Verdict};

/// Form of the receipts that this version writes and reads.
pub const FORM: u32 = 1;

/// A finding with the digests of all that it rests on. Offsets are code points of the block, so that a receipt from
/// the browser and one from the command line are the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// [`FORM`].
    pub receipt: u32,
    /// Version of Countercheck.
    pub version: String,
    /// SHA-256 of the blocks joined by one line feed, in hexadecimal digits.
    pub text: String,
    /// Ids of the reference sets, sorted.
    pub sets: Vec<String>,
    /// Headline that the page was checked with.
    pub title: Option<String>,
    /// Address that it was checked with.
    pub url: Option<String>,
    /// Date of publication that it was checked with.
    pub published: Option<String>,
    /// Day that its reader had relative dates counted from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Language tag that it was checked with.
    pub lang: Option<String>,
    /// What was found.
    pub verdict: Verdict,
    /// What kind of value it is about.
    pub kind: FindingKind,
    /// The rule that decided.
    pub rule: String,
    /// Block of the page.
    pub block: usize,
    /// First code point of the words in their block.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words at fault.
    pub words: String,
    /// The page's value.
    pub value: String,
    /// The sources' value.
    pub expected: Option<String>,
    /// The sentences that it rests on.
    pub evidence: Vec<Sentence>,
}

/// A sentence of a source, as the set stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// The source's id.
    pub source: String,
    /// What it says.
    pub sentence: String,
}

/// What became of a receipt when it was replayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replay {
    /// Whether nothing at all changed.
    pub same: bool,
    /// Each change in a line: version, text, sets, verdict.
    pub changes: Vec<String>,
    /// The verdict now, if the words are still there and anything is said of them.
    pub verdict: Option<Verdict>,
}

/// Writes the receipts of one page, whose text is digested once, when the first is asked for.
pub struct Writer<'a, 'r> {
    page: &'a Page,
    index: &'a Index<'r>,
    sets: Vec<String>,
    text: OnceCell<String>,
}

impl<'a, 'r> Writer<'a, 'r> {
    /// For findings on a page against sets with these ids.
    pub fn new(page: &'a Page, index: &'a Index<'r>, sets: &[String]) -> Self {
        Self { page, index, sets: sorted(sets), text: OnceCell::new() }
    }

    /// The receipt of a finding.
    pub fn receipt(&self, finding: &Finding) -> Receipt {
        let page = self.page;
        let block = page.blocks.get(finding.block).map_or("", String::as_str);
        let (start, end) = Converter::new(block, Unit::CodePoint).span(finding.span);
        let sentence = |e: &crate::verdict::Evidence| Sentence {
            source: self.index.sources()[e.source].id.clone(),
            sentence: e.sentence.clone(),
        };
        Receipt {
            receipt: FORM,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            text: self.text.get_or_init(|| digest(page)).clone(),
            sets: self.sets.clone(),
            title: page.title.clone(),
            url: page.url.clone(),
            published: page.published.clone(),
            anchor: page.anchor.clone(),
            lang: page.lang.clone(),
            verdict: finding.verdict,
            kind: finding.kind,
            rule: finding.rule.to_owned(),
            block: finding.block,
            start,
            end,
            words: finding.span.of(block).to_owned(),
            value: finding.value.clone(),
            expected: finding.expected.clone(),
            evidence: finding.evidence.iter().map(sentence).collect(),
        }
    }
}

impl Receipt {
    /// Whether this is the text that the receipt was written for.
    pub fn is_of(&self, page: &Page) -> bool {
        digest(page) == self.text
    }

    /// Whether a finding is worth a receipt: what is shown as a flag or a note.
    pub fn is_due(verdict: Verdict) -> bool {
        matches!(verdict, Verdict::Contradicted | Verdict::Disputed | Verdict::Superseded)
    }

    /// The page that the receipt is of, with these blocks.
    pub fn page(&self, blocks: Vec<String>) -> Page {
        let (title, url) = (self.title.clone(), self.url.clone());
        let (published, lang, anchor) = (self.published.clone(), self.lang.clone(), self.anchor.clone());
        Page { id: String::new(), title, url, published, anchor, lang, blocks }
    }

    /// Checks the text of `blocks` again, as the page was checked then, and compares.
    pub fn replay(&self, blocks: Vec<String>, checker: &Checker<'_>, sets: &[String]) -> Replay {
        let article = crate::block::Article::from_page(self.page(blocks));
        let (_, findings) = checker.check(&article);
        let writer = Writer::new(&article.page, checker.index(), sets);
        let again: Vec<Self> = findings.iter().map(|f| writer.receipt(f)).collect();
        let text = digest(&article.page);
        let mut changes = Vec::new();
        let mut differs = |what: &str, then: &str, now: &str| {
            if then != now {
                changes.push(format!("{what} changed: {then} → {now}"));
            }
        };
        differs("version", &self.version, env!("CARGO_PKG_VERSION"));
        differs("text", &self.text, &text);
        differs("set", &self.sets.join(" "), &sorted(sets).join(" "));
        let found = self.find(&again, text == self.text);
        match found {
            Some(now) => {
                let named = |r: &Self| format!("{:?} by {}", r.verdict, r.rule).to_lowercase();
                differs("verdict", &named(self), &named(now));
                differs("value", &self.value, &now.value);
                let expected = |r: &Self| r.expected.clone().unwrap_or_default();
                differs("value of the sources", &expected(self), &expected(now));
                if self.evidence != now.evidence {
                    changes.push("evidence changed".to_owned());
                }
            }
            None => changes.push(format!("verdict changed: nothing is found at “{}” any more", self.words)),
        }
        Replay { same: changes.is_empty(), verdict: found.map(|f| f.verdict), changes }
    }

    /// The finding that is this one now: at the same place of the same text, or on the same words of an altered one.
    fn find<'f>(&self, again: &'f [Self], same_text: bool) -> Option<&'f Self> {
        let place = |r: &&Self| (r.block, r.start, r.end) == (self.block, self.start, self.end);
        let mut like: Vec<&Self> = again.iter().filter(|r| r.kind == self.kind && r.words == self.words).collect();
        order::by_key(&mut like, |r| (!place(r), r.verdict != self.verdict, r.block.abs_diff(self.block)));
        like.into_iter().find(|r| !same_text || place(r))
    }
}

/// SHA-256 of the blocks joined by one line feed, in hexadecimal digits.
fn digest(page: &Page) -> String {
    Sha256::digest(page.blocks.join("\n")).iter().map(|b| format!("{b:02x}")).collect()
}

fn sorted(sets: &[String]) -> Vec<String> {
    let mut sets = sets.to_vec();
    order::sort(&mut sets);
    sets
}
