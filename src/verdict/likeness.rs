//! How far two quotations are of one utterance: the words that both have, and those that stand in place of others.

use crate::claim::wording::{self, Word};
use crate::language::synonym::{self, Class};

/// Least share of the words that must be the same for two quotations to be of one utterance.
const SAME: f32 = 0.65;
/// Fewest words that must be the same, from one speaker and from two or unknown ones.
const FEWEST: (usize, usize) = (2, 3);
/// Fewest of them that must say something by themselves.
pub(super) const TELLING: usize = 2;
/// Most words that may be altered; beyond it, it is another utterance or a paraphrase.
const MOST_ALTERED: usize = 3;
/// From so many words on that are the same, as many as that may be altered at the end.
const LONG: usize = 5;

/// What speaks for two quotations being of one utterance, besides their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closeness {
    /// Nothing.
    Unknown,
    /// The same speaker.
    Speaker,
    /// The same speaker, and sentences that share more than the speaker.
    Context,
}

#[derive(Debug, PartialEq)]
pub(super) enum Likeness {
    /// One holds the other's words in their order, apart from spelling.
    Same,
    /// Words from this one to that one of the page's differ.
    Altered(usize, usize),
    /// One utterance perhaps, in another edition.
    Open,
    /// Another utterance.
    Other,
}

/// Compares the page's words with a quotation of a source; where the best stretch of that is of another utterance, with
/// each of its sentences: `This is no bailout. This is a commercial solution.`
pub(super) fn liken(page: &[Word], (theirs, text): (&[Word], &str), closeness: Closeness) -> Likeness {
    let ends = |pair: &[Word]| {
        let between = text.get(pair[0].span.end as usize..pair[1].span.start as usize);
        between.is_some_and(|marks| marks.contains(['.', '!', '?']))
    };
    match compare(page, theirs, closeness) {
        Likeness::Other => {
            let breaks = theirs.windows(2).enumerate().filter(|(_, pair)| ends(pair)).map(|(i, _)| i + 1);
            let starts: Vec<usize> = std::iter::once(0).chain(breaks).chain([theirs.len()]).collect();
            let sentences = starts.windows(2).filter(|_| starts.len() > 2).map(|pair| &theirs[pair[0]..pair[1]]);
            let alike = sentences.map(|sentence| compare(page, sentence, closeness));
            alike.into_iter().find(|found| matches!(found, Likeness::Altered(..))).unwrap_or(Likeness::Other)
        }
        found => found,
    }
}

/// Compares the page's words with the best stretch of the source's words.
fn compare(page: &[Word], source: &[Word], closeness: Closeness) -> Likeness {
    let pairs = stretch(page, source);
    let Some((&(first, from), &(last, to))) = pairs.first().zip(pairs.last()) else { return Likeness::Other };
    let fewest = if closeness == Closeness::Unknown { FEWEST.1 } else { FEWEST.0 };
    if pairs.len() < fewest {
        return Likeness::Other;
    }
    let gaps: Vec<Gap> = pairs.windows(2).map(|p| Gap::between(p[0], p[1])).filter(|g| !g.is_empty()).collect();
    let mut differing: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for gap in &gaps {
        match gap.judge(page, source) {
            Some(true) => differing.push(gap.shown(page.len())),
            Some(false) => open = true,
            None => {}
        }
    }
    let whole = first == 0 && last + 1 == page.len();
    if whole && differing.is_empty() || pairs.len() == source.len() && gaps.is_empty() {
        return if open { Likeness::Open } else { Likeness::Same };
    }
    // At an end, where quotations are cut differently, only one word in place of another.
    if first == 1 && from > 0 {
        let gap = Gap { page: (0, 1), source: (from - 1, from) };
        differing.extend((gap.judge(page, source) == Some(true)).then_some((0, 0)));
    }
    if last + 2 == page.len() && to + 1 < source.len() {
        let gap = Gap { page: (last + 1, last + 2), source: (to + 1, to + 2) };
        differing.extend((gap.judge(page, source) == Some(true)).then_some((last + 1, last + 1)));
    }
    // Of a long one of the same speaker that ends with the source's, some more words at its end.
    let tails = Gap { page: (last + 1, page.len()), source: (to + 1, source.len()) };
    let ended = pairs.len() >= LONG && closeness != Closeness::Unknown && tails.is_even(MOST_ALTERED);
    if ended && tails.page.1 - tails.page.0 > 1 && tails.judge(page, source) == Some(true) {
        differing.push(tails.shown(page.len()));
    }
    if differing.is_empty() || first > 1 || last + 2 < page.len() && !ended {
        return if pairs.len() > MOST_ALTERED * 2 { Likeness::Open } else { Likeness::Other };
    }
    if !one_utterance(page, source, &pairs, closeness) {
        return Likeness::Other;
    }
    let (start, end) = differing.iter().fold((usize::MAX, 0), |(s, e), d| (s.min(d.0), e.max(d.1)));
    let altered: usize = differing.iter().map(|d| d.1 + 1 - d.0).sum();
    if altered > MOST_ALTERED { Likeness::Other } else { Likeness::Altered(start, end) }
}

/// Whether enough is the same for the rest to be an alteration.
fn one_utterance(page: &[Word], source: &[Word], pairs: &[(usize, usize)], closeness: Closeness) -> bool {
    /// Least share of both quotations that is the same where one telling word is enough.
    const NEARLY_ALL: f32 = 0.75;
    let telling = pairs.iter().filter(|p| wording::telling(&page[p.0].form)).count();
    let share = |of: &[Word]| pairs.len() as f32 / of.len() as f32;
    let long = pairs.len() >= FEWEST.1 && share(page) >= NEARLY_ALL;
    let enough = match closeness {
        _ if telling >= TELLING => true,
        Closeness::Context => telling == 1,
        Closeness::Speaker => telling == 1 && long || pairs.len() > FEWEST.1 && pairs.len() == page.len(),
        Closeness::Unknown => telling == 1 && long && share(source) >= NEARLY_ALL,
    };
    enough && share(page) >= SAME
}

/// Words between two that are the same, on both sides; end exclusive.
struct Gap {
    page: (usize, usize),
    source: (usize, usize),
}

impl Gap {
    fn between(a: (usize, usize), b: (usize, usize)) -> Self {
        Self { page: (a.0 + 1, b.0), source: (a.1 + 1, b.1) }
    }

    /// Whether as many words stand on both sides, and no more than so many.
    fn is_even(&self, most: usize) -> bool {
        let (mine, theirs) = (self.page.1 - self.page.0, self.source.1 - self.source.0);
        mine == theirs && mine <= most
    }

    fn is_empty(&self) -> bool {
        self.page.0 == self.page.1 && self.source.0 == self.source.1
    }

    /// Whether the words differ so that both cannot have been said; `None` where words were merely left out,
    /// `Some(false)` where it may be another edition.
    fn judge(&self, page: &[Word], source: &[Word]) -> Option<bool> {
        let (mine, theirs) = (&page[self.page.0..self.page.1], &source[self.source.0..self.source.1]);
        let denials = |words: &[Word]| words.iter().filter(|w| wording::denies(&w.form)).count();
        let cut = page.get(self.page.1).is_some_and(|w| w.cut) || mine.iter().any(|w| w.cut);
        if cut {
            return None;
        }
        let small = mine.len() <= MOST_ALTERED && theirs.len() <= MOST_ALTERED;
        if small && denials(mine) != denials(theirs) {
            return Some(true);
        }
        match (mine.len(), theirs.len()) {
            (0, _) => None,
            (_, 0) => Some(false),
            _ if !small => Some(false),
            _ => {
                let content = |w: &Word| wording::telling(&w.form);
                let said = mine.iter().any(content) && theirs.iter().any(|w| !wording::denies(&w.form));
                Some(said && !(mine.len() == 1 && theirs.len() == 1 && synonyms(&mine[0].form, &theirs[0].form)))
            }
        }
    }

    /// The page's words to point at: where it has none, those on both sides.
    fn shown(&self, length: usize) -> (usize, usize) {
        if self.page.0 < self.page.1 {
            (self.page.0, self.page.1 - 1)
        } else {
            (self.page.0.saturating_sub(1), self.page.1.min(length - 1))
        }
    }
}

fn synonyms(a: &str, b: &str) -> bool {
    [Class::Noun, Class::Verb, Class::Adjective]
        .iter()
        .any(|&class| synonym::canonical(class, a) == synonym::canonical(class, b))
}

/// The best local alignment of two runs of words (Smith and Waterman, 1981): pairs of indexes.
fn stretch(page: &[Word], source: &[Word]) -> Vec<(usize, usize)> {
    const LONGEST: usize = 200;
    const MATCH: i32 = 3;
    const DIFFERENT: i32 = -2;
    const LEFT_OUT: i32 = -1;
    let (page, source) = (&page[..page.len().min(LONGEST)], &source[..source.len().min(LONGEST)]);
    let width = source.len() + 1;
    let mut score = vec![0i32; (page.len() + 1) * width];
    let mut best = (0, 0);
    for i in 1..=page.len() {
        let word = &page[i - 1].form;
        for j in 1..width {
            let step = if wording::same(word, &source[j - 1].form) { MATCH } else { DIFFERENT };
            let diagonal = score[(i - 1) * width + j - 1] + step;
            let gap = score[(i - 1) * width + j].max(score[i * width + j - 1]) + LEFT_OUT;
            score[i * width + j] = diagonal.max(gap).max(0);
            if score[i * width + j] > score[best.0 * width + best.1] {
                best = (i, j);
            }
        }
    }
    let (mut i, mut j) = best;
    let mut out = Vec::new();
    while i > 0 && j > 0 && score[i * width + j] > 0 {
        let here = score[i * width + j];
        let same = wording::same(&page[i - 1].form, &source[j - 1].form);
        if here == score[(i - 1) * width + j - 1] + if same { MATCH } else { DIFFERENT } {
            (i, j) = (i - 1, j - 1);
            if same {
                out.push((i, j));
            }
        } else if here == score[(i - 1) * width + j] + LEFT_OUT {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_a_quotation_is_compared_by_itself() {
        let source = "This is no bailout. This is a commercial solution";
        let words = wording::split(source);
        let found = |page: &str| liken(&wording::split(page), (&words, source), Closeness::Speaker);
        assert_eq!(found("This is a bailout"), Likeness::Altered(2, 2));
        assert_eq!(found("This is a commercial solution"), Likeness::Same);
        assert_eq!(found("This was a long night"), Likeness::Other);
    }

    #[test]
    fn altered_and_tolerated() {
        for (page, source, closeness, want) in [
            ("far-fetched and harmless", "far-fetched and unprofessional", Closeness::Unknown, Likeness::Altered(3, 3)),
            (
                "I want to stop playing as a world champion",
                "I want to keep playing as a world champion",
                Closeness::Unknown,
                Likeness::Altered(3, 3),
            ),
            ("we’re not there yet", "meet eventually, but we're not there yet", Closeness::Unknown, Likeness::Same),
            ("we're there yet", "eventually, but we're not there yet", Closeness::Speaker, Likeness::Altered(1, 2)),
            ("the defence of the realm", "the defense of the realm", Closeness::Unknown, Likeness::Same),
            ("the best of both worlds", "we come in peace for all", Closeness::Unknown, Likeness::Other),
            ("stop interfering", "stop interfering in internal affairs", Closeness::Unknown, Likeness::Other),
            ("stop interfering", "stop interfering in internal affairs", Closeness::Speaker, Likeness::Same),
            (
                "The challenge is still immense but shrinking",
                "the challenge is still immense and growing",
                Closeness::Speaker,
                Likeness::Altered(5, 6),
            ),
            (
                "The challenge is still immense but shrinking",
                "the challenge is still immense and growing for us",
                Closeness::Speaker,
                Likeness::Other,
            ),
            ("a dark day", "a dark cloud", Closeness::Speaker, Likeness::Other),
            ("a dark day", "a dark cloud", Closeness::Context, Likeness::Altered(2, 2)),
            (
                "we fight … for every child",
                "we fight, and not only today, for every child",
                Closeness::Speaker,
                Likeness::Same,
            ),
        ] {
            assert_eq!(compare(&wording::split(page), &wording::split(source), closeness), want, "{page}");
        }
    }
}
