//! The report on one page: what the command line prints and the browser shows.

use serde::Serialize;

use crate::block::{Article, Page};
use crate::claim::Extraction;
use crate::mention::Kind;
use crate::mention::date::AnchorSource;
use crate::mention::quantity::QuantityKind;
use crate::order;
use crate::reference::{Index, Source};
use crate::span::{Converter, Span, Unit};
use crate::verdict::{Finding, FindingKind, Verdict};

/// Whether, and why not, a page was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// At least one claim has something comparable in the sources.
    Ok,
    /// The page has no text.
    Empty,
    /// The text is not in English.
    NotEnglish,
    /// No reference set is loaded.
    NoReference,
    /// The sources say nothing comparable with anything on the page.
    NotCovered,
}

/// Number of findings by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the names are the verdicts")]
pub struct Counts {
    pub supported: usize,
    pub contradicted: usize,
    pub disputed: usize,
    pub superseded: usize,
    pub unverified: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            *match finding.verdict {
                Verdict::Contradicted => &mut counts.contradicted,
                Verdict::Disputed => &mut counts.disputed,
                Verdict::Superseded => &mut counts.superseded,
                Verdict::Supported => &mut counts.supported,
                Verdict::Unverified => &mut counts.unverified,
            } += 1;
        }
        counts
    }
}

/// A name, date or quantity of the page. Offsets are in the unit and the text that the maker of
/// the report was asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MentionRow {
    /// Block of the page; left out where offsets count in the whole text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<usize>,
    /// What is named.
    pub kind: Kind,
    /// First unit.
    pub start: u32,
    /// One past the last unit.
    pub end: u32,
    /// The words.
    pub text: String,
    /// Identity on this page: `e1`, `e2`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The fullest name that the page uses for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Calendar value, duration, or quantity in normal form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Type as in TIMEX3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timex: Option<&'static str>,
}

/// Somebody or something that the page names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityRow {
    /// `e1`, `e2`, …
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The fullest name that the page uses.
    pub name: String,
    /// Number of mentions.
    pub count: usize,
    /// Roles that the page gives it.
    pub roles: Vec<String>,
    /// Of a place: the region and the country that it lies in, the smaller first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<String>,
}

/// A sentence of a source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceRow {
    /// The source's id.
    pub source: String,
    /// Its headline.
    pub title: String,
    /// Its date, ISO 8601.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// What it gives as the value.
    pub value: String,
    /// What it says, as the set stores it.
    pub sentence: String,
}

/// A finding with offsets in the unit and the text that were asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the fields are those of `Finding`")]
pub struct FindingRow {
    pub id: String,
    pub verdict: Verdict,
    pub kind: FindingKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<usize>,
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub claim: String,
    pub value: String,
    pub expected: Option<String>,
    pub confidence: f64,
    pub rule: &'static str,
    pub agree: usize,
    pub total: usize,
    pub evidence: Vec<EvidenceRow>,
}

/// Converts the spans of one article, block by block, into one unit.
pub struct Ruler<'a> {
    article: &'a Article,
    /// Stands in the whole text, or in the block that was measured last.
    converter: Converter<'a>,
    block: Option<usize>,
    whole: bool,
    unit: Unit,
}

impl<'a> Ruler<'a> {
    /// Code points of the article's text, as the JSON contract wants them.
    pub fn code_points(article: &'a Article) -> Self {
        let unit = Unit::CodePoint;
        Self { article, converter: Converter::new(&article.text, unit), block: None, whole: true, unit }
    }

    /// UTF-16 code units of each block, as JavaScript wants them.
    pub fn utf16_of_blocks(article: &'a Article) -> Self {
        let unit = Unit::Utf16;
        Self { article, converter: Converter::new("", unit), block: None, whole: false, unit }
    }

    fn measure(&mut self, block: usize, span: Span) -> (Option<usize>, u32, u32) {
        if self.whole {
            let (start, end) = self.converter.span(self.article.place(block, span));
            return (None, start, end);
        }
        if self.block != Some(block) {
            let text = self.article.page.blocks.get(block).map_or("", String::as_str);
            (self.block, self.converter) = (Some(block), Converter::new(text, self.unit));
        }
        let (start, end) = self.converter.span(span);
        (Some(block), start, end)
    }

    fn text(&self, block: usize, span: Span) -> String {
        self.article.page.blocks.get(block).map_or("", |b| span.of(b)).to_owned()
    }
}

/// The mentions of a page, sorted by place.
pub fn mentions(extraction: &Extraction<'_>, ruler: &mut Ruler<'_>) -> Vec<MentionRow> {
    let mut found: Vec<(usize, Span, MentionRow)> = Vec::new();
    let row = |kind| MentionRow {
        block: None,
        kind,
        start: 0,
        end: 0,
        text: String::new(),
        entity: None,
        name: None,
        value: None,
        timex: None,
    };
    for named in &extraction.entities.named {
        let entity = &extraction.entities.entities[named.entity];
        let (id, name) = (format!("e{}", named.entity + 1), entity.name.clone());
        found.push((named.block, named.span, MentionRow { entity: Some(id), name: Some(name), ..row(named.kind) }));
    }
    for date in &extraction.dates {
        let value = date.value.map(|v| v.to_string());
        found.push((date.block, date.span, MentionRow { value, timex: Some("DATE"), ..row(Kind::Date) }));
    }
    for quantity in &extraction.quantities {
        let duration = quantity.quantity.kind == QuantityKind::Duration;
        let iso = quantity.quantity.iso_duration().filter(|_| duration);
        let value = Some(iso.unwrap_or_else(|| quantity.quantity.normalised()));
        found.push((
            quantity.block,
            quantity.span,
            MentionRow { value, timex: duration.then_some("DURATION"), ..row(Kind::Quantity) },
        ));
    }
    order::by_key(&mut found, |(block, span, _)| (*block, *span));
    found
        .into_iter()
        .map(|(block, span, mut row)| {
            row.text = ruler.text(block, span);
            (row.block, row.start, row.end) = ruler.measure(block, span);
            row
        })
        .collect()
}

/// The entities of a page, in the order of first mention.
pub fn entities(extraction: &Extraction<'_>) -> Vec<EntityRow> {
    let rows = extraction.entities.entities.iter().enumerate();
    rows.map(|(i, e)| EntityRow {
        id: format!("e{}", i + 1),
        kind: e.kind,
        name: e.name.clone(),
        count: e.count,
        roles: e.roles.iter().cloned().collect(),
        within: e.within.clone(),
    })
    .collect()
}

/// The findings with their evidence, sorted by place.
pub fn findings(found: &[Finding], index: &Index<'_>, ruler: &mut Ruler<'_>) -> Vec<FindingRow> {
    let rows = found.iter().enumerate();
    rows.map(|(i, f)| {
        let (block, start, end) = ruler.measure(f.block, f.span);
        FindingRow {
            id: format!("f{}", i + 1),
            verdict: f.verdict,
            kind: f.kind,
            block,
            start,
            end,
            text: ruler.text(f.block, f.span),
            claim: f.claim.clone(),
            value: f.value.clone(),
            expected: f.expected.clone(),
            confidence: (f64::from(f.confidence) * 100.0).round() / 100.0,
            rule: f.rule,
            agree: f.agree,
            total: f.total,
            evidence: f.evidence.iter().map(|e| evidence(index.sources()[e.source], &e.value, &e.sentence)).collect(),
        }
    })
    .collect()
}

fn evidence(source: &Source, value: &str, sentence: &str) -> EvidenceRow {
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    EvidenceRow {
        source: source.id.clone(),
        title: source.title.clone(),
        published: some(&source.published),
        url: some(&source.url),
        value: value.to_owned(),
        sentence: sentence.to_owned(),
    }
}

/// Where the anchor of relative dates came from, in the words of the report.
pub fn anchor_name(source: AnchorSource) -> &'static str {
    match source {
        AnchorSource::Page => "page",
        AnchorSource::Text => "text",
        AnchorSource::Reader => "reader",
        AnchorSource::None => "none",
    }
}

/// Whether a page can be, and was, compared; `unloaded` where there is no source at all.
pub fn status(article: &Article, unloaded: bool, counts: Counts) -> Status {
    if article.page.blocks.iter().all(|b| b.trim().is_empty()) {
        Status::Empty
    } else if !is_english(&article.page) {
        Status::NotEnglish
    } else if unloaded {
        Status::NoReference
    } else if counts.supported + counts.contradicted + counts.disputed + counts.superseded == 0 {
        Status::NotCovered
    } else {
        Status::Ok
    }
}

/// Whether a page is in English: by its letters, and by the share of the commonest English function words among those that
/// begin small, as names tell no language. In news each of them makes up several percent of the words; in other languages
/// hardly any does. Looks at the words alone, so that it can be asked before anything is read.
pub fn is_english(page: &Page) -> bool {
    /// In the order of the alphabet.
    const WORDS: [&str; 44] = [
        "a", "about", "after", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has",
        "have", "he", "his", "in", "into", "is", "it", "more", "not", "of", "on", "said", "she", "than", "that", "the",
        "their", "they", "this", "to", "two", "was", "were", "when", "which", "who", "will", "with", "would",
    ];
    /// Fewest words, and of so many one has to be common: of all words, and of those that begin small.
    const ALL: (usize, usize) = (12, 10);
    const SMALL: (usize, usize) = (8, 6);
    const LONGEST: usize = 5;
    let (mut letters, mut latin) = (0, 0);
    for c in page.blocks.iter().flat_map(|b| b.chars()).filter(|c| c.is_alphabetic()).take(10_000) {
        letters += 1;
        // The last letter of the Latin blocks, with all accents and extensions.
        latin += usize::from(c <= '\u{24f}');
    }
    let words = page.blocks.iter().flat_map(|b| b.split(|c: char| !c.is_alphanumeric()));
    let (mut all, mut small, mut known) = (0, 0, 0);
    for word in words.filter(|w| w.starts_with(char::is_alphabetic)).take(2000) {
        let small_letters = || word.bytes().map(|b| b.to_ascii_lowercase());
        let common = word.len() <= LONGEST && WORDS.binary_search_by(|w| w.bytes().cmp(small_letters())).is_ok();
        all += 1;
        small += usize::from(common || !word.starts_with(char::is_uppercase));
        known += usize::from(common);
    }
    let enough = |count: usize, (fewest, share): (usize, usize)| count < fewest || known * share >= count;
    2 * latin >= letters && (enough(all, ALL) || enough(small, SMALL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_by_letters_and_small_words() {
        for (text, english) in [
            (
                "Quarterback Tom Brady threw two touchdowns. Running back James White caught 14 passes for 110 yards.",
                true,
            ),
            ("Thailand's prime minister, Prayut Chan-o-cha, met the families.", true),
            ("Xi meets Blinken", true),
            ("Der Minister ist am Sonntag in Peking gelandet und hat dort mit seinem Kollegen gesprochen.", false),
            (
                "La canciller llegó a Madrid el lunes para hablar con el presidente sobre la situación en la frontera.",
                false,
            ),
            ("国務長官は18日、北京に到着した。秦剛外相と会談する。", false),
            ("وصل وزير الخارجية إلى بكين يوم الأحد", false),
        ] {
            let page = Page { blocks: vec![text.to_owned()], ..Page::default() };
            assert_eq!(is_english(&page), english, "{text}");
        }
    }
}
