//! Several figures of one kind in one sentence: which of them stands in the place of which.

use super::Check;
use super::figure::{NEAR, PLAIN, telling, times};
use super::slip::is_slip;
use crate::claim::{Claim, Family, Label, Value, moment};
use crate::mention::quantity::{Agreement, QuantityKind, agree};
use crate::reference::Entry;

/// Weight from which the places of two figures in their lists do not matter, if one is a slip of the pen for the other.
const TOLD: f32 = 2.6;
/// Days after which what was counted may have changed by a little, which looks like a slip of the pen.
const WEEK: i32 = 7;

/// Whether the page's figure can stand in the place of the source's. Where the sentences list
/// several figures of one thing (`6-4, 7-6`, `in the 80th and 81st minutes`), those that are the same
/// stand for each other, and of what is left only figures in one gap can; where the page gives one
/// figure and the source several, the words around them decide. Where the sentences plainly tell of one thing and one figure
/// alone can be a slip of the pen for the other, their order says nothing. `weight` is what the two share.
pub(super) fn in_place_of(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>, weight: f32) -> bool {
    let (page, source) = lists(check, claim, entry);
    let at = |list: &[&Claim], wanted: &Claim| list.iter().position(|c| std::ptr::eq(*c, wanted));
    let (Some(mine), Some(theirs)) = (at(&page, claim), at(&source, entry.claim)) else { return true };
    let pairs = same_places(&page, &source);
    if pairs.iter().any(|p| p.0 == mine || p.1 == theirs) {
        return false;
    }
    let anchored = page.len() == 1 || !pairs.is_empty() || mine == theirs || weight >= PLAIN;
    let same_news = weight >= TOLD && claim.dimension() != Some("score") && check.near_in_time(entry.source, WEEK);
    if same_news && anchored && only_slip(&page, &source, (mine, theirs)) {
        return true;
    }
    // `To 12 euros, from 8.60` and `from 9.60 euros to 12`: the others are told, and what is left is one and one.
    if same_news && page.len() == source.len() && page.len() > 1 && pairs.len() + 1 == page.len() {
        return true;
    }
    if page.len() == 1 && source.len() > 1 {
        return nearest(claim, entry.claim, &source);
    }
    let gap = |of: fn(&(usize, usize)) -> usize, at: usize, len: usize| {
        let before = pairs.iter().map(of).filter(|&p| p < at).max().map_or(0, |p| p + 1);
        let after = pairs.iter().map(of).filter(|&p| p > at).min().unwrap_or(len);
        (before, after)
    };
    let (ours, others) = (gap(|p| p.0, mine, page.len()), gap(|p| p.1, theirs, source.len()));
    let same_gap = pairs.iter().filter(|p| p.0 < mine).count() == pairs.iter().filter(|p| p.1 < theirs).count();
    let place = (mine - ours.0, theirs - others.0);
    same_gap && ours.1 - ours.0 == others.1 - others.0 && place.0 == place.1 && !(pairs.is_empty() && page.len() > 1)
}

/// Whether a source's sentence has the page's number too, of whatever it counts: `62 balls, of which Leach faced 17`.
pub(super) fn written_beside(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let Some(Value::Quantity(page)) = number(claim).filter(|value| telling(value)) else { return false };
    let others = check.index.figures().beside(entry).filter(|e| e.claim.sentence == entry.claim.sentence);
    let mut told = others.filter(|e| !std::ptr::eq(e.claim, entry.claim)).filter_map(|e| number(e.claim));
    // Of several figures of the page's two may have changed places.
    let here = check.quantities_in(claim.block as usize).iter().filter(|m| claim.sentence.contains(m.span));
    let several = here.filter(|m| telling(&Value::Quantity(m.quantity.clone()))).count() > 1;
    !several
        && told.any(
            |value| matches!(value, Value::Quantity(q) if q.kind == page.kind && agree(page, q) == Agreement::Equal),
        )
}

/// Whether two figures are slips of the pen for each other, and none of the others that the other sentence does not have.
fn only_slip(page: &[&Claim], source: &[&Claim], (mine, theirs): (usize, usize)) -> bool {
    let slip = |a: &Claim, b: &Claim| match (number(a), number(b)) {
        (Some(a), Some(b)) => is_slip(a, b),
        _ => false,
    };
    let strange = |list: &[&Claim], c: &Claim| !list.iter().any(|other| same(c, other));
    let (mine, theirs) = (page[mine], source[theirs]);
    let rivals = |list: &[&Claim], own: &Claim, others: &[&Claim], of: &Claim| {
        list.iter().any(|c| !std::ptr::eq(*c, own) && !same(c, own) && slip(c, of) && strange(others, c))
    };
    slip(mine, theirs) && !rivals(page, mine, source, theirs) && !rivals(source, theirs, page, mine)
}

fn number(claim: &Claim) -> Option<&Value> {
    claim.parts(Label::Number).next().map(|p| &p.value)
}

/// The figures of one thing in the sentences of a page's and of a source's figure, in order.
fn lists<'c>(check: &Check<'c, 'c>, claim: &Claim, entry: &Entry<'_>) -> (Vec<&'c Claim>, Vec<&'c Claim>) {
    let page = check.told.beside(claim).iter().copied().filter(|c| beside(c, claim)).collect();
    let figures = check.index.figures().beside(entry);
    (page, figures.map(|e| e.claim).filter(|c| beside(c, entry.claim)).collect())
}

/// Whether both figures stand in lists, told from the same side.
pub(super) fn listed(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let (page, source) = lists(check, claim, entry);
    page.len() > 1 && source.len() > 1 && 2 * same_places(&page, &source).len() >= page.len().min(source.len())
}

/// How many other figures of the page's sentence are told in the source's too.
pub(super) fn company(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> usize {
    let in_sentence = |a: &Claim, b: &Claim| a.block == b.block && a.sentence == b.sentence && !std::ptr::eq(a, b);
    let source: Vec<&Claim> =
        check.index.figures().beside(entry).map(|e| e.claim).filter(|c| in_sentence(c, entry.claim)).collect();
    // The sets of two matches are often the same; they tell nothing of anything but a match.
    let of_match = |c: &Claim| c.dimension() == Some("score");
    // `The third title, after 1978 and 1986`, `the first since 1986`.
    let ranks = claim.dimension() == Some("ordinal");
    let tells = |c: &Claim| of_match(c) == of_match(claim) && !(ranks && c.dimension() == Some(moment::KEY));
    let figures = check.told.beside(claim).iter().filter(|c| !std::ptr::eq(**c, claim) && tells(c));
    figures.filter(|c| source.iter().any(|s| s.dimension() == c.dimension() && same(c, s))).count()
}

/// Whether the page's value is told in, right before or after the source's sentence: `Six died. At
/// first there was talk of three.`
pub(super) fn told_next_to(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let figures: Vec<&Claim> = check.index.figures().beside(entry).map(|e| e.claim).collect();
    // `At least 369` fits the source's own 395 as well, and so tells neither.
    let other = |c: &Claim| far(entry.claim, c) || !same(entry.claim, c);
    let tells = |c: &Claim| alike(c, claim) && same(claim, c) && other(c);
    !taken(check, claim, entry) && near(&figures, entry.claim).any(tells)
}

/// Whether the source's value is told in, right before or after the page's sentence. `More than 3,000` tells 113,000 as
/// well, but not where that is misspelt beside it.
pub(super) fn tells_next_to(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>, slip: bool) -> bool {
    let tells = |c: &Claim| alike(c, entry.claim) && same(entry.claim, c) && !(slip && far(c, entry.claim));
    near(check.told.block(claim), claim).any(tells)
}

/// Whether one figure is so many times another that it is hardly told for it.
fn far(a: &Claim, b: &Claim) -> bool {
    number(a).zip(number(b)).is_some_and(|(a, b)| times(a, b) > NEAR)
}

/// The other figures of a claim's sentence and of the sentences beside it, of those of its block.
fn near<'c>(figures: &'c [&'c Claim], claim: &'c Claim) -> impl Iterator<Item = &'c Claim> {
    let mut sentences: Vec<u32> = figures.iter().map(|c| c.sentence.start).collect();
    sentences.dedup();
    let here = sentences.iter().position(|&s| s == claim.sentence.start).unwrap_or(0);
    let near = sentences[here.saturating_sub(1)..(here + 2).min(sentences.len())].to_vec();
    figures.iter().copied().filter(move |c| near.contains(&c.sentence.start) && !std::ptr::eq(*c, claim))
}

/// Whether two figures may be of one kind of thing.
fn alike(a: &Claim, b: &Claim) -> bool {
    a.dimension() == b.dimension() && (a.counted() == b.counted() || a.counted().is_none() || b.counted().is_none())
}

/// Whether the page's sentence counts what the source's figure counts with another figure, or the
/// source's sentence what the page's does: `twelve boys and one coach`.
pub(super) fn counted_beside(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let in_sentence = |a: &Claim, b: &Claim| a.block == b.block && a.sentence == b.sentence;
    let counts = |a: &Claim, b: &Claim| a.dimension() == b.dimension() && a.counted() == b.counted();
    if claim.counted() == entry.claim.counted() || claim.counted().is_none() || entry.claim.counted().is_none() {
        return false;
    }
    let page = check.told.beside(claim).iter().any(|c| counts(c, entry.claim));
    page || check.index.figures().beside(entry).any(|e| in_sentence(e.claim, entry.claim) && counts(e.claim, claim))
}

/// Whether a source's figure stands for another figure of the page's sentence than this one.
pub(super) fn taken(check: &Check<'_, '_>, claim: &Claim, entry: &Entry<'_>) -> bool {
    let (page, source) = lists(check, claim, entry);
    let theirs = |pair: &(usize, usize)| std::ptr::eq(source[pair.1], entry.claim);
    same_places(&page, &source).iter().any(|p| theirs(p) && !std::ptr::eq(page[p.0], claim))
}

/// Whether two claims are figures of one thing in one sentence.
fn beside(a: &Claim, b: &Claim) -> bool {
    let counts = |c: &Claim| matches!(c.dimension(), Some("count" | "ordinal"));
    let same = if counts(a) { a.key == b.key } else { a.dimension() == b.dimension() };
    a.family == Family::Quantity && same && a.block == b.block && a.sentence == b.sentence
}

/// Longest common subsequence of two lists of figures, as pairs of places.
fn same_places(page: &[&Claim], source: &[&Claim]) -> Vec<(usize, usize)> {
    let (n, m) = (page.len(), source.len());
    let mut length = vec![vec![0usize; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            length[i][j] = if same(page[i], source[j]) {
                length[i + 1][j + 1] + 1
            } else {
                length[i + 1][j].max(length[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < n && j < m {
        if same(page[i], source[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[i + 1][j] >= length[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn same(a: &Claim, b: &Claim) -> bool {
    match (number(a), number(b)) {
        // `3-6` is not `6-3` in a list, although one may be the other told from the other side.
        (Some(Value::Quantity(a)), Some(Value::Quantity(b))) if a.second.is_some() => {
            (a.value, a.second) == (b.value, b.second)
        }
        // Two limits may both be true, and sums in two currencies.
        (Some(Value::Quantity(a)), Some(Value::Quantity(b))) => match agree(a, b) {
            Agreement::Equal => true,
            Agreement::Compatible => {
                !(a.is_bound() && b.is_bound()) && (a.kind != QuantityKind::Money || a.unit == b.unit)
            }
            Agreement::Different => false,
        },
        (Some(Value::Date(a, _)), Some(Value::Date(b, _))) => a.compatible(b),
        _ => false,
    }
}

/// Whether, of several numbers in one sentence, this one stands among the words that stand around
/// the page's number, and no other does as much.
fn nearest(claim: &Claim, mine: &Claim, all: &[&Claim]) -> bool {
    let shared = |other: &Claim| {
        let both = |class: &str| {
            claim.topics.iter().filter(|t| t.starts_with(class) && other.topics.binary_search(t).is_ok()).count()
        };
        (both("near:by "), both("near:"), both("near:at "))
    };
    let count = shared(mine);
    count > (0, 0, 0) && all.iter().filter(|c| !std::ptr::eq(**c, mine) && !same(c, mine)).all(|c| shared(c) < count)
}
