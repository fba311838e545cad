//! Ages of people and things.

use super::find::{Figure, Found};
use super::noun::{self, Noun};
use super::text::{Text, labelled};
use super::units::UnitWord;
use super::{Quantity, QuantityKind};
use crate::mention::gazetteer;
use crate::syntax::Shape;

/// Nobody is older.
const OLDEST: f64 = 122.0;

/// `48-year-old`, `17 years old`, `18-month-old`, `two weeks of age`; the unit ends at `end`.
pub(super) fn old(text: &Text<'_>, f: &Figure, word: &UnitWord, end: usize) -> Option<Found> {
    let next = text.past_hyphen(end);
    let last = match (text.word(next), text.word(next + 1)) {
        ("old" | "olds", _) => next + 1,
        ("of", "age") => next + 2,
        _ => return None,
    };
    let noun = noun::aged(text, last);
    let hyphened = next > end;
    // A partnership or a bridge has lasted for that time; only people are of an age.
    let thing = hyphened && noun.head.as_ref().is_some_and(|h| !noun::is_person(&h.1) && known_thing(&h.1));
    let kind = if thing { QuantityKind::Duration } else { QuantityKind::Age };
    let quantity = f.quantity(kind, word.times, word.unit);
    Some(Found {
        first: f.at,
        last,
        number: (f.at, f.end),
        quantity,
        noun: if hyphened { noun } else { Noun::default() },
    })
}

/// Endings of nouns that name no person.
fn known_thing(lemma: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "ship", "tion", "sion", "ment", "ness", "ity", "war", "deal", "pact", "law", "company", "firm", "bridge",
        "building",
    ];
    ENDINGS.iter().any(|e| lemma.ends_with(e)) && lemma != "championship"
}

/// `Messi, 35,`, `aged 21`, `who is 37`, `at the age of 36`, `a pastor of 67`, `turned 35`.
pub(super) fn age(text: &Text<'_>, f: &Figure) -> Option<Found> {
    let value = f.number.value;
    if f.number.places != 0 || !(0.0..=OLDEST).contains(&value) || text.is_dash(f.next) && text.tied(f.next) {
        return None;
    }
    let quantity = f.quantity(QuantityKind::Age, 1.0, "y");
    let found = |noun| Some(Found { first: f.at, last: f.end, number: (f.at, f.end), quantity, noun });
    if stated(text, f) {
        return found(Noun::default());
    }
    if opens(text, f) {
        return found(Noun::default());
    }
    let mid = mid_adverb(text, f.from);
    // `(Germany, 1)` is a seed.
    let seed = text.word(f.next) == ")" && value < 14.0;
    if closes(text, f.next) && text.before(mid, 1) == "," && names_somebody(text, mid - 1) && value >= 1.0 && !seed {
        return found(Noun::default());
    }
    if ends_phrase(text, f.next) && is_verb_of_age(text, mid) && value >= 2.0 {
        return found(Noun::default());
    }
    if value >= 14.0 && ends_phrase(text, f.next) && life_event(text, f.from) {
        return found(Noun::default());
    }
    if text.before(f.from, 1) == "of" && f.from >= 2 && ends_phrase(text, f.next) && value >= 5.0 {
        let person = text.before(f.from, 2);
        let noun = noun::before(text, f.from);
        let person = noun::is_person(person) || gazetteer::demonym(person).is_some();
        return if person && noun.head.is_some() { found(noun) } else { None };
    }
    None
}

/// `aged 21`, `at the age of 36`, `44 - the age of Scaloni`.
fn stated(text: &Text<'_>, f: &Figure) -> bool {
    let (one, two) = (text.before(f.from, 1), text.before(f.from, 2));
    let list = text
        .list_item(f.from, f.next)
        .is_some_and(|i| text.word(i) == "age" || (text.word(i) == "the" && text.word(i + 1) == "age"));
    matches!(one, "aged" | "age" | "ages") || (one == "of" && two == "age") || list
}

/// `died on Tuesday at 88`, `elected at 34`: looks back over where and when.
fn life_event(text: &Text<'_>, from: usize) -> bool {
    let at = from.wrapping_sub(1);
    let comma = |i: usize| matches!(text.word(i), "." | ";" | ":");
    text.before(from, 1) == "at"
        && (at.saturating_sub(10)..at).rev().take_while(|&i| !comma(i)).any(|i| labelled(text.word(i), "life-event"))
}

/// `At 22, Carlos Alcaraz is …`, `At 37, Tendulkar has …`, `At 22 he is …`.
fn opens(text: &Text<'_>, f: &Figure) -> bool {
    let Some(at) = f.from.checked_sub(1).filter(|&i| text.word(i) == "at" && text.starts[i]) else { return false };
    let who = if text.word(f.next) == "," { f.next + 1 } else { f.next };
    let pronoun = matches!(text.word(who), "he" | "she");
    let verb = labelled(text.word(who + 1), "after-name");
    let name = text.word(f.next) == "," && text.is_capital(who) && (text.is_capital(who + 1) || verb);
    debug_assert!(at < f.at);
    f.number.value >= 10.0 && (pronoun || name)
}

/// Steps back over `now` in `, now 24,` and `only` in `is only 19`.
fn mid_adverb(text: &Text<'_>, from: usize) -> usize {
    if matches!(text.before(from, 1), "now" | "then" | "just" | "only" | "already" | "barely" | "still") {
        from - 1
    } else {
        from
    }
}

/// What may follow an age in commas.
fn closes(text: &Text<'_>, next: usize) -> bool {
    next >= text.words.len()
        || (text.shape(next) == Shape::Punct
            && matches!(text.word(next), "," | "." | ";" | ":" | ")" | "—" | "–" | "?" | "!"))
}

/// What may follow `is 71`.
fn ends_phrase(text: &Text<'_>, next: usize) -> bool {
    let word = text.word(next);
    closes(text, next)
        || text.shape(next) == Shape::Punct && !text.is_dash(next) && !matches!(word, "%" | "°" | "/")
        || labelled(word, "after-age")
        || text.taken.get(next).copied().unwrap_or(false)
}

/// Whether the words before the comma at `comma` name a person: a capital or a person noun.
fn names_somebody(text: &Text<'_>, comma: usize) -> bool {
    let Some(last) = comma.checked_sub(1) else { return false };
    let bracket = matches!(text.word(last), ")" | "\"" | "”" | "'" | "’");
    // `Weng Ah-lian`, `Faleafa May`
    let first = if last >= 2 && text.tied(last - 1) { last - 2 } else { last };
    let month = labelled(text.word(last), "month") && !(last > 0 && text.is_capital(last - 1));
    let name = (text.is_capital(first) || text.is_capital(last)) && !month && !text.taken[last];
    name || bracket && last > 1 || noun::is_person(text.word(last))
}

/// `he is 71`, `Mandela was 71`, `who turns 24`, `would then be 39`.
fn is_verb_of_age(text: &Text<'_>, at: usize) -> bool {
    let Some(verb) = at.checked_sub(1) else { return false };
    let subject = |i: usize| {
        matches!(text.word(i), "he" | "she" | "who" | "i" | ",")
            || (text.is_capital(i)
                && !labelled(text.word(i), "month")
                && !noun::is_stop(text.word(i))
                && !text.taken[i])
            || (text.shape(i) == Shape::Lower && noun::is_person(text.word(i)))
    };
    match text.word(verb) {
        "turned" | "turns" | "turning" | "turn" => true,
        "is" | "was" => verb.checked_sub(1).is_some_and(|i| subject(i) || i > 1 && text.tied(i - 1) && subject(i - 2)),
        "'s" | "’s" => matches!(text.before(verb, 1), "he" | "she" | "who"),
        "be" => (verb.saturating_sub(4)..verb).any(|i| matches!(text.word(i), "he" | "she" | "who")),
        _ => false,
    }
}

/// `in his sixties`, `in their late 40s`.
pub(super) fn decade(text: &Text<'_>, at: usize) -> Option<Found> {
    if !labelled(text.word(at), "decade") {
        return None;
    }
    let part = matches!(text.before(at, 1), "early" | "mid" | "late") || text.before(at, 1) == "-";
    let owner = if text.before(at, 1) == "-" { 3 } else { 1 + usize::from(part) };
    if !matches!(text.before(at, owner), "his" | "her" | "their" | "my" | "your" | "our")
        || text.before(at, owner + 1) != "in"
    {
        return None;
    }
    let low = match text.word(at).get(..2)? {
        "te" => 13.0,
        "tw" => 20.0,
        "th" => 30.0,
        "fo" => 40.0,
        "fi" => 50.0,
        "si" => 60.0,
        "se" => 70.0,
        "ei" => 80.0,
        "ni" => 90.0,
        digits => digits.parse().ok()?,
    };
    let high = if low == 13.0 { 19.0 } else { low + 9.0 };
    let (low, high) = match text.before(at, 1) {
        "early" => (low, low + 4.0),
        "late" => (low + 5.0, high),
        _ => (low, high),
    };
    let quantity = Quantity::range(QuantityKind::Age, low, high, 0, "y");
    Some(Found { first: at, last: at + 1, number: (at, at + 1), quantity, noun: Noun::default() })
}
