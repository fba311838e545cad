//! Figures that differ because they are of two things, by what stands around them: of others, of another time, of a part.

use super::align::keys;
use super::apart::{hosts, phrase, says, sentence};
use super::slot::owner;
use super::spoken::Topic;
use super::{Check, reading, setting};
use crate::claim::{Claim, Key, Label, Value};
use crate::language::{List, frame, rows, synonym};
use crate::mention::date::Point;
use crate::mention::gazetteer::{self, PlaceClass, fold};
use crate::mention::quantity::Quantity;
use crate::reference::{Entry, Match};

/// Whether two figures that differ are of two things: their sentences name others, or other teams, tell of another year, or
/// rank other things.
pub(super) fn otherwise(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>, misspelt: bool) -> bool {
    names_apart(check, page, entry)
        || in_past_year(check, page, entry)
        || setting::apart(check, page, entry)
        || setting::weeks_before(check, page, entry)
        || reading::apart(check, page, entry, misspelt)
        || reading::weeks_apart(check, page, entry)
        || at_first(sentence(check, page)) != at_first(entry.sentence)
        || earned_and_spent(page, entry.claim)
        || a_certain(sentence(check, page), page)
        || a_certain(entry.sentence, entry.claim)
        || nothing_shared(page, entry.claim)
        || ranks_differ(check, page, entry)
        || distances_apart(check, page, entry)
        || is_difference(sentence(check, page), page) != is_difference(entry.sentence, entry.claim)
        || growth_and_share(sentence(check, page), page, entry)
        || page.dimension() == Some("score") && rounds_differ(sentence(check, page), entry.sentence)
}

/// Whether both sentences name the round of a contest, and another one: a semi-final is not the match for third place.
fn rounds_differ(page: &str, source: &str) -> bool {
    let round = |sentence: &str| {
        let sentence = sentence.to_lowercase();
        let mut rows = rows(include_str!("../../data/language/rounds.tsv"));
        rows.find(|row| sentence.contains(row[0])).and_then(|row| row.get(1).copied())
    };
    round(page).zip(round(source)).is_some_and(|(a, b)| a != b)
}

/// Whether two figures that differ otherwise than by a slip of the pen are rather of two things: of a part, of another of the
/// kind, of a body that the source does not name, of another day, counted from another event; or the page's add up to the
/// source's.
pub(super) fn unlike(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    of_part(page, entry.claim)
        || of_unnamed(page, entry.claim)
        || of_some(check, page, entry)
        || falls(check, page, entry)
        || spans_differ(check, page, entry)
        || of_sibling(sentence(check, page), entry.sentence)
        || page.dimension() != Some("score") && weekdays_differ(sentence(check, page), entry.sentence)
        || counts_from(check, page) && hosts(page, entry.claim) == Some(false)
        || adds_up(check, page, entry)
        || page.dimension() == Some("since") && hosts(page, entry.claim) == Some(false)
        || hosts(page, entry.claim) != Some(true)
            && (margin(sentence(check, page), page) != margin(entry.sentence, entry.claim)
                || page.dimension() == Some("duration")
                    && between(sentence(check, page), page) != between(entry.sentence, entry.claim))
}

fn number(claim: &Claim) -> Option<&Quantity> {
    claim.parts(Label::Number).find_map(|p| if let Value::Quantity(q) = &p.value { Some(q) } else { None })
}

/// Whether all people, cities or countries of one sentence are others than those of the other: the `$20m` to one family are
/// not the `$27m` to another's. Of matches one other team is enough.
fn names_apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let people = |claim: &Claim| claim.topics_of("p:").map(|name| Key(format!("p:{name}"))).collect();
    let other = |a: &Key, all: &[Key]| all.iter().all(|b| keys(check.index, a, b) == Match::Different);
    let score = page.dimension() == Some("score");
    // Of large counts two places that have nothing in common are enough, known or not.
    let beside =
        |claim: &Claim| -> Vec<Key> { claim.topics_of("near:at l:").map(|name| Key(format!("l:{name}"))).collect() };
    let crowd = page.dimension() == Some("count") && number(page).is_some_and(|q| q.value >= CROWD);
    let other_place = |a: &Key, all: &[Key]| all.iter().all(|b| unrelated(a.name(), b.name()));
    let everywhere =
        |claim: &Claim| -> Vec<Key> { claim.topics_of("l:").map(|name| Key(format!("l:{name}"))).collect() };
    let far = |mine: &Claim, theirs: &Claim| {
        let (near, there) = (beside(mine), everywhere(theirs));
        !near.is_empty() && !there.is_empty() && near.iter().all(|a| other_place(a, &there))
    };
    let apart = |mine: Vec<Key>, theirs: Vec<Key>| {
        let strange = |some: &[Key], all: &[Key]| some.iter().filter(|a| other(a, all)).count();
        let (a, b) = (strange(&mine, &theirs), strange(&theirs, &mine));
        let all = a == mine.len() && b == theirs.len();
        !mine.is_empty() && !theirs.is_empty() && (all || score && a > 0 && b > 0)
    };
    let open = unresolved(sentence(check, page), page) || unresolved(entry.sentence, entry.claim);
    !open && apart(people(page), people(entry.claim))
        || crowd && far(page, entry.claim) && far(entry.claim, page)
        || [false, true].into_iter().any(|countries| apart(places(page, countries), places(entry.claim, countries)))
}

/// The countries of which a claim's sentence speaks, or its other places: a country says nothing against a town, nor a
/// town that nobody knows against a country.
fn places(claim: &Claim, countries: bool) -> Vec<Key> {
    let is_country = |name: &str| gazetteer::place(name).is_some_and(|p| p.class == PlaceClass::Country);
    let names = claim.topics_of("l:").filter(|name| is_country(name) == countries);
    names.map(|name| Key(format!("l:{name}"))).collect()
}

/// Whether two reports are of two matches: each names a country that the other does not.
pub(super) fn teams_differ(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> bool {
    static CONTESTS: List = List::new(include_str!("../../data/language/contests.txt"));
    let strange =
        |a: &[Key], b: &[Key]| a.iter().any(|x| b.iter().all(|y| keys(check.index, x, y) == Match::Different));
    let (mine, theirs) = (places(page, true), places(source, true));
    CONTESTS.has(&page.key) && strange(&mine, &theirs) && strange(&theirs, &mine)
}

/// From how many on a count is one of those who happen to be somewhere.
const CROWD: f64 = 100.0;

/// Whether two places are not known to be one in the other, and share no word.
fn unrelated(a: &str, b: &str) -> bool {
    let inside = gazetteer::contains(a, b) == Some(true) || gazetteer::contains(b, a) == Some(true);
    !inside && !a.split(' ').any(|word| b.split(' ').any(|other| word == other))
}

/// Whether a sentence does not tell who `he` is: it names nobody before.
fn unresolved(sentence: &str, claim: &Claim) -> bool {
    let sentence = fold(sentence);
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let named = |word: &str| claim.topics_of("p:").any(|name| name.rsplit(' ').next() == Some(word));
    words.find(|word| PRONOUNS.has(word) || named(word)).is_some_and(|word| PRONOUNS.has(word))
}

/// Pronouns that stand for a person.
static PRONOUNS: List = List::new("he\nhim\nhis\nshe\nher\nwho");

/// Whether the page's sentence is of a year before the page's, `in 2019`, that neither the source's sentence names nor its day
/// lies in.
pub(super) fn in_past_year(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let Some(today) = check.date() else { return false };
    let text = check.extraction.blocks[page.block as usize].text;
    let here = check.dates_in(page.block as usize).iter().filter(|d| page.sentence.contains(d.span) && d.explicit_year);
    let year = |d: &crate::mention::date::DateMention| match d.value?.start() {
        Point::Year(year) | Point::Month(year, _) => Some(year),
        _ => None,
    };
    let within = here.filter(|d| {
        let before = text[..d.span.start as usize].trim_end();
        ["in", "In"]
            .iter()
            .any(|word| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
    });
    let past: Vec<i16> = within.filter_map(year).filter(|&y| y < today.year()).collect();
    let written = check.index.date(entry.source);
    let told = |y: &i16| {
        let here = entry.sentence.contains(&y.to_string()) || setting::tells_last_year(entry.sentence, *y, written);
        here || written.is_some_and(|d| d.year() == *y)
    };
    !past.is_empty() && !past.iter().any(told)
}

/// Whether both sentences name days of the week, and no day is the same: what is so by Tuesday was not yet on Monday.
pub(super) fn weekdays_differ(page: &str, source: &str) -> bool {
    // `Sunday's final` may be told of on any day.
    let on =
        |text: &str, day: &str| text.match_indices(day).any(|(at, _)| !text[at + day.len()..].starts_with(['\'', '’']));
    let days = |text: &str| setting::WEEKDAYS.map(|(day, _)| on(text, day));
    let (mine, theirs) = (days(page), days(source));
    mine.contains(&true) && theirs.contains(&true) && !mine.iter().zip(&theirs).any(|(a, b)| *a && *b)
}

/// Whether a length of time counts from another event to the one that it hangs on: `three days after the ship ran aground`.
fn counts_from(check: &Check<'_, '_>, page: &Claim) -> bool {
    let after = check.extraction.blocks[page.block as usize].text[page.span.end as usize..].trim_start();
    page.dimension() == Some("duration")
        && ["after ", "before ", "later", "earlier"].iter().any(|word| after.starts_with(word))
}

/// Whether the counts of the page's sentence add up to the source's: `six white and six black people` of `a jury of 12`.
fn adds_up(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let counts = |c: &&&Claim| c.dimension() == Some("count");
    let mine: Vec<f64> = check.told.beside(page).iter().filter(counts).filter_map(|c| Some(number(c)?.value)).collect();
    let total = number(entry.claim).map(|q| q.value);
    page.dimension() == Some("count") && mine.len() > 1 && total == Some(mine.iter().sum())
}

/// Whether two sentences rank two things, since one year or another: the first splashdown, the first launch; or one ranks
/// by size: the largest majority since 2001.
pub(super) fn ranks_differ(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let ranked = |c: &Claim| c.counted().filter(|_| c.dimension() == Some("ordinal")).map(str::to_owned);
    let mine: Vec<String> = check.told.beside(page).iter().filter_map(|c| ranked(c)).collect();
    let beside = check.index.figures().beside(entry).filter(|e| e.claim.sentence == entry.claim.sentence);
    let theirs: Vec<String> = beside.filter_map(|e| ranked(e.claim)).collect();
    let others = || !mine.is_empty() && !theirs.is_empty() && !mine.iter().any(|m| theirs.contains(m));
    let sizes_differ = || by_size(sentence(check, page)) != by_size(entry.sentence);
    page.dimension() == Some("since") && (others() || sizes_differ())
}

/// By what a sentence ranks something since a year: `the largest majority since 2001`.
fn by_size(sentence: &str) -> Option<&str> {
    const LARGEST: [&str; 3] = ["largest", "biggest", "greatest"];
    let before = if sentence.starts_with("Not since ") { "largest" } else { sentence.split(" since ").next()? };
    let ranks = |word: &&str| matches!(*word, "best" | "worst") || word.len() > 5 && word.ends_with("est");
    let rank = before.split(' ').rfind(ranks)?;
    Some(if LARGEST.contains(&rank) { LARGEST[0] } else { rank })
}

/// Whether the smaller of two figures counts a kind of which the other's sentence does not speak: `four cabin crew` of
/// `a crew of six`.
fn of_part(page: &Claim, source: &Claim) -> bool {
    let value = |c: &Claim| number(c).map(|q| q.value).filter(|_| c.dimension() == Some("count"));
    let (Some(mine), Some(theirs)) = (value(page), value(source)) else { return false };
    let (part, all) = if mine < theirs { (page, source) } else { (source, page) };
    let speaks = |word: &str| all.topics_of("n:").any(|w| w == word);
    part.topics_of("near:kind ").any(|word| !speaks(word)) && all.topics_of("near:kind ").next().is_none()
}

/// Whether one of two counts does not say what it counts, and its sentence does not speak of what the other counts:
/// `15 from the last over`, `nine balls`.
fn of_unnamed(page: &Claim, source: &Claim) -> bool {
    let speaks = |c: &Claim, thing: &str| {
        let stem = synonym::stem(thing);
        c.topics_of("n:").any(|word| word == stem)
    };
    let strange = |bare: &Claim, other: &Claim| {
        bare.counted().is_none() && other.counted().is_some_and(|thing| !speaks(bare, thing))
    };
    page.dimension() == Some("count") && (strange(page, source) || strange(source, page))
}

/// Whether two shares stand in sentences that have only what happens in common: revenue fell, shares fell.
fn nothing_shared(page: &Claim, source: &Claim) -> bool {
    let things = |c: &'_ Claim| -> Vec<String> {
        let happens = |word: &str| frame::verb(word).is_some_and(|f| c.topics_of("near:host ").any(|h| h == f.class));
        let near = c.topics_of("near:").filter(|word| !word.contains(' ') && !happens(word));
        near.chain(c.topics_of("n:")).map(str::to_owned).collect()
    };
    if page.dimension() != Some("percent") || hosts(page, source) != Some(true) {
        return false;
    }
    let theirs = things(source);
    !things(page).iter().any(|thing| theirs.contains(thing))
}

/// Whether one of two counts is of some among many, `two of the six deputies`, and the other of all, or of those to whom
/// something else happened.
fn of_some(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    if page.dimension() != Some("count") {
        return false;
    }
    let (mine, theirs) = (among(behind(sentence(check, page), page)), among(behind(entry.sentence, entry.claim)));
    mine != theirs || mine && hosts(page, entry.claim) != Some(true)
}

/// The sentence of a claim before its number, the number as it is written, and the sentence behind it.
fn cut<'t>(text: &'t str, claim: &Claim) -> [&'t str; 3] {
    let parts = || {
        let span = claim.parts(Label::Number).next()?.span;
        let at = |place: u32| place.checked_sub(claim.sentence.start).map(|at| at as usize);
        let (start, end) = (at(span.start)?, at(span.end)?);
        Some([text.get(..start)?, text.get(start..end)?, text.get(end..)?])
    };
    parts().unwrap_or_default()
}

/// What stands behind a claim's number in its sentence.
fn behind<'t>(text: &'t str, claim: &Claim) -> &'t str {
    cut(text, claim)[2]
}

/// The word right behind a claim's number, without marks.
fn next_word<'t>(text: &'t str, claim: &Claim) -> &'t str {
    behind(text, claim).split_whitespace().next().unwrap_or_default().trim_matches([',', '.', ';'])
}

/// Whether a number with this text behind it is of some among many: `of the six deputies`, `of them`.
fn among(after: &str) -> bool {
    static MANY: List = List::new(include_str!("../../data/language/among.txt"));
    let mut words = after.split_whitespace();
    words.next() == Some("of") && words.next().is_some_and(|word| MANY.has(word.trim_end_matches(',')))
}

/// Whether two counts or shares are of two spans of time: of a season and a career, of a day and a year.
fn spans_differ(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    const SPANS: &str = include_str!("../../data/language/spans.txt");
    matches!(page.dimension(), Some("count" | "percent" | "money"))
        && phrase(sentence(check, page), SPANS) != phrase(entry.sentence, SPANS)
}

/// Whether one of two sums was earned and the other spent: what a film made, what it cost.
fn earned_and_spent(page: &Claim, source: &Claim) -> bool {
    const SPENT: [&str; 3] = ["cost", "pay", "spend"];
    let earned = |c: &Claim| c.topics_of("f:").any(|class| class == "earn");
    let spent = |c: &Claim| c.topics_of("f:").any(|class| SPENT.contains(&class));
    let pair = |a: &Claim, b: &Claim| earned(a) && !spent(a) && spent(b) && !earned(b);
    page.dimension() == Some("money") && (pair(page, source) || pair(source, page))
}

/// Whether a count is an article rather than a number: `one instrument found that …`.
fn a_certain(text: &str, claim: &Claim) -> bool {
    claim.dimension() == Some("count") && cut(text, claim)[1].eq_ignore_ascii_case("one")
}

/// Whether two figures say how far away two places are: `to Lac La Biche and Edmonton, 435 kilometres away`.
fn distances_apart(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let away = |text: &str, claim: &Claim| {
        let words = behind(text, claim);
        claim.dimension().is_some_and(|d| d.starts_with("measure"))
            && words.split(' ').take(3).any(|word| word.trim_matches([',', '.', ';']) == "away")
    };
    let owners = owner(page).zip(owner(entry.claim));
    away(sentence(check, page), page)
        && away(entry.sentence, entry.claim)
        && owners.is_some_and(|(a, b)| keys(check.index, &a, &b) != Match::Same)
}

/// Whether a figure is by how much something is more or less than another: `eight days fewer`, `300 metres longer`.
fn is_difference(text: &str, claim: &Claim) -> bool {
    static THAN: List = List::new(include_str!("../../data/language/differences.txt"));
    claim.dimension() != Some("percent") && THAN.has(next_word(text, claim))
}

/// Whether one percentage is of a whole and by the other something grew or shrank: `80 percent of trade`, `60 percent more`.
fn growth_and_share(text: &str, page: &Claim, entry: &Entry<'_>) -> bool {
    static MORE: List = List::new(include_str!("../../data/language/growth.txt"));
    let (mine, theirs) = (next_word(text, page), next_word(entry.sentence, entry.claim));
    let pair = |a: &str, b: &str| MORE.has(a) && b == "of";
    page.dimension() == Some("percent") && (pair(mine, theirs) || pair(theirs, mine))
}

/// Whether a length of time lies between two events, and is that of none: `a year after the raid`, not `spoke for a year
/// before he left`.
fn between(text: &str, claim: &Claim) -> bool {
    static BEHIND: List = List::new(include_str!("../../data/language/between.txt"));
    let word = next_word(text, claim);
    let lasts = || word == "before" && cut(text, claim)[0].split_whitespace().next_back() == Some("for");
    BEHIND.has(word) && !lasts()
}

/// Whether a count is the difference between two: `led by 12,562 votes`, not `seen by 88,966 spectators`.
fn margin(text: &str, claim: &Claim) -> bool {
    static MARGINS: List = List::new(include_str!("../../data/language/margins.txt"));
    const LESS: [&str; 7] = ["about", "around", "almost", "nearly", "only", "just", "some"];
    let mut words = cut(text, claim)[0].split_whitespace().rev().skip_while(|word| LESS.contains(word));
    claim.counted().is_some_and(|thing| MARGINS.has(thing)) && words.next() == Some("by")
}

/// Whether a sentence tells how things were before they became what they are: `offered 20 percent at first`.
fn at_first(text: &str) -> bool {
    phrase(text, include_str!("../../data/language/at_first.txt")).is_some()
}

/// Whether a count that becomes smaller as time goes by may have been the source's on its day: `three are still missing`.
fn falls(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    static LEFT: List = List::new(include_str!("../../data/language/remaining.txt"));
    let other_day = || check.date().zip(check.index.date(entry.source)).is_none_or(|(today, then)| today != then);
    let left = |text: &str| says(text.split([',', ';']).next().unwrap_or(""), &LEFT);
    let told = || left(behind(sentence(check, page), page)) || left(behind(entry.sentence, entry.claim));
    page.dimension() == Some("count") && other_day() && told()
}

/// Whether a figure is of somebody or something of whom the source's article does not speak: of those named in the page's
/// sentence, or, where that names nobody, in the last one before it. `The FDA authorised Moderna's vaccine. 28 days pass
/// between the injections.`
pub(super) fn of_stranger(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    // Words of two letters stand in names of anything.
    let long = |name: &Topic<'_>| name.is_name() && name.text[2..].split_whitespace().any(|word| word.len() > 2);
    let names =
        |claim: &Claim| -> Vec<Topic<'_>> { check.spoken.subjects(claim).filter(|t| long(t)).copied().collect() };
    // What one takes for a place another takes for an organisation.
    let title = fold(&check.index.sources()[entry.source].title);
    let written = |name: &str| {
        let mut words = name[2..].split_whitespace().filter(|word| word.len() > 2);
        words.any(|word| title.contains(word) || check.index.figures().naming(word).contains(&entry.source))
    };
    let strange = |name: &&Topic<'_>| {
        !name.number.is_some_and(|number| check.index.covers(entry.source, number)) && !written(name.text)
    };
    let before = || {
        let before = check.claims_in(page.block).iter().filter(|c| c.sentence.start < page.sentence.start);
        let last = before.filter(|c| !names(c).is_empty()).max_by_key(|c| c.sentence.start);
        last.map_or(Vec::new(), names)
    };
    let own = names(page);
    let named = if own.is_empty() { before() } else { own };
    // Where nobody is named who is known, it does not matter that the place is.
    let (places, bodies): (Vec<_>, Vec<_>) = named.iter().partition(|t| t.text.starts_with("l:"));
    let those = if bodies.is_empty() { places } else { bodies };
    !those.is_empty() && those.iter().all(strange)
}

/// Whether one sentence tells of another of the same kind, and the other does not: `for its rival the figure is …`.
fn of_sibling(page: &str, source: &str) -> bool {
    static SIBLINGS: List = List::new(include_str!("../../data/language/siblings.txt"));
    says(page, &SIBLINGS) != says(source, &SIBLINGS)
}
