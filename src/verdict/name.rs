//! Names that are nearly, but not quite, those of somebody the sources know.

use std::sync::LazyLock;

use super::ballot::{Ballot, Subject, Vote};
use super::{Check, Finding, FindingKind, person, role};
use crate::claim::{Claim, Family, Label, Value};
use crate::entity::{Named, domain, short_form};
use crate::language::synonym::{self, Class};
use crate::language::title::{self, Level};
use crate::map::HashSet;
use crate::mention::gazetteer::fold;
use crate::mention::quantity::Agreement;
use crate::mention::{Kind, gazetteer};
use crate::reference::Entry;

/// Weight of shared topics at which two sentences speak of one thing although a name differs by a slight
/// slip, of a single name, or by more.
const COMPANY: (f32, f32) = (0.2, 1.2);

/// A name of the page that no source has.
struct Unknown<'c> {
    entity: usize,
    words: Vec<&'c str>,
    /// Where it stands in full first.
    named: &'c Named,
    /// Topics of the sentences that have it, as the index numbers them.
    topics: Vec<u32>,
    /// Words of kinship stand in them: another member of a family may be meant.
    kin: bool,
}

/// The names of the page's people against those of the sources.
pub(super) fn find(check: &Check<'_, '_>) -> Vec<Finding> {
    let entities = &check.extraction.entities;
    let known: Vec<usize> =
        entities.entities.iter().filter_map(|e| check.index.person(e.key.strip_prefix("p:")?)).collect();
    let others = entities.entities.iter().filter(|e| e.kind != Kind::Person && check.index.knows(&e.key)).count();
    let mut out = Vec::new();
    for (entity, data) in entities.entities.iter().enumerate() {
        let name = data.key.strip_prefix("p:").filter(|n| check.index.person(n).is_none());
        let Some(page) = name.and_then(|name| Unknown::new(check, entity, name)) else { continue };
        for person in check.index.near(&page.words.join(" ")) {
            if !known.contains(&person) || page.beside(check, person) {
                out.extend(judge(check, &page, person, known.len() + others));
            }
        }
    }
    out
}

impl<'c> Unknown<'c> {
    fn new(check: &'c Check<'_, '_>, entity: usize, name: &'c str) -> Option<Self> {
        let blocks = &check.extraction.blocks;
        let words: Vec<&str> = name.split_whitespace().collect();
        let all = check.extraction.entities.named.iter().filter(|n| n.entity == entity);
        let full = |n: &&Named| n.span.of(blocks[n.block].text).split([' ', '-']).count() >= words.len();
        let named = all.clone().find(full)?;
        let mut topics = Vec::new();
        let mut kin = false;
        for claim in &check.extraction.claims {
            let holds = |n: &Named| n.block == claim.block as usize && claim.sentence.contains(n.span);
            if all.clone().any(holds) {
                topics.extend(check.spoken.of(claim).iter().filter(|t| !t.is_near()).filter_map(|t| t.number));
                kin |= claim.topics.iter().any(|t| t.strip_prefix("n:").is_some_and(is_kin));
            }
        }
        topics.sort_unstable();
        topics.dedup();
        Some(Self { entity, words, named, topics, kin })
    }

    /// Whether it is a slip of the pen for a full name although the page has the right one too: `Bob Behnke`, and later
    /// `Behnken`. No two people of one page are called nearly the same, unless both words are names that people bear.
    fn beside(&self, check: &Check<'_, '_>, person: usize) -> bool {
        let other = check.index.person_words(person);
        let company = || self.closest(check, person).map_or(0.0, |(_, weight)| weight);
        let slip = self.words.len() > 1 && nearly(&self.words, other) == Some(Slip::Slight);
        slip && (!borne(&self.words, other) || company() >= COMPANY.1)
    }

    /// The sentence about a person that shares most with the page's about this name, and how much.
    fn closest<'i, 'r>(&self, check: &Check<'i, 'r>, person: usize) -> Option<(&'i Entry<'r>, f32)> {
        let entries = check.index.mentions(person).filter(|e| check.counts(e.source));
        let shared = |e: &Entry<'r>| -> f32 {
            let common = self.topics.iter().filter(|&&t| check.index.speaks_of(e, t));
            common.map(|&t| check.index.weight(t)).sum()
        };
        entries.map(|e| (e, shared(e))).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.source.cmp(&a.0.source)))
    }
}

/// Whether a topic's noun is a word of kinship.
fn is_kin(noun: &str) -> bool {
    static KIN: LazyLock<HashSet<&str>> =
        LazyLock::new(|| include_str!("../../data/language/relatives.txt").lines().map(topic).collect());
    KIN.contains(noun)
}

/// A noun as topics have it.
fn topic(noun: &str) -> &str {
    synonym::stem(synonym::canonical(Class::Noun, noun))
}

/// The person whom the sources know under nearly the same name and with the same title.
pub(super) fn namesake(check: &Check<'_, '_>, name: &str, title: &str) -> Option<usize> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let known = |p: usize| role::roles_of(check, p).filter_map(|e| role::parts(e.claim)).any(|(_, n, _)| n == title);
    check.index.near(name).into_iter().find(|&p| nearly(&words, check.index.person_words(p)).is_some() && known(p))
}

/// One name of the page against one person of the sources.
fn judge(check: &Check<'_, '_>, page: &Unknown<'_>, person: usize, known: usize) -> Option<Finding> {
    let other = check.index.person_words(person);
    if short_form(page.words[0], other.first()?)
        || pet_name(page.words[0], other.first()?)
        || romanised(&page.words.join(" ")) == romanised(&other.join(" "))
    {
        return None;
    }
    let near = nearly(&page.words, other);
    let shared_role = shared_role(check, page.entity, person);
    let titled = shared_role.is_some() || same_title(check, page.entity, person);
    let closest = page.closest(check, person);
    let company = closest.map_or(0.0, |(_, weight)| weight);
    let alone = page.words.len() == 1;
    let sure = match near {
        // There was a Pedro I as well as a Pedro II.
        Some(_) if other_reign(&page.words, other) => titled,
        // A slip of the pen needs company, unless the word is no other name that people bear: the page must
        // speak of what the sources speak of.
        Some(Slip::Slight) if page.words.len() > 2 => true,
        Some(Slip::Slight) if !alone => titled || known >= 1 || company >= COMPANY.0 || !borne(&page.words, other),
        Some(Slip::Slight) => titled || company >= COMPANY.1,
        Some(Slip::Wide) => titled || company >= COMPANY.1 || known >= 2 && !alone,
        None => {
            let surname = same_surname(&page.words, other);
            let given = surname && !page.kin;
            let one = given
                && (company >= COMPANY.1 && (titled || described(check, page.entity, person))
                    || company >= COMPANY.0 && one_age(check, page.entity, person));
            // Of two judges with one given name each may be right.
            let sole = shared_role.and_then(|e| role::parts(e.claim)).and_then(|(_, name, _)| title::get(name));
            sole.is_some_and(|t| surname || !t.many) && (known >= 1 || company >= COMPANY.0) || one
        }
    };
    let evidence = shared_role.or(closest.map(|(e, _)| e)).filter(|_| sure)?;
    let text = page.named.span.of(check.extraction.blocks[page.named.block].text);
    let shown = check.index.display(&format!("p:{}", other.join(" "))).to_owned();
    let mut ballot = Ballot::default();
    ballot.cast(Vote::Against, evidence, shown);
    Some(ballot.decide(
        check,
        Subject {
            kind: FindingKind::Name,
            block: page.named.block,
            span: page.named.span,
            claim: format!("{text} — name"),
            value: text.to_owned(),
            rule: if near.is_some() { "name.spelling" } else { "name.role" },
            confidence: 0.92,
        },
    ))
}

/// Whether the word of the page that differs is a name by itself.
fn borne(page: &[&str], other: &[String]) -> bool {
    let differing = page.iter().filter(|w| !other.iter().any(|o| o == *w));
    differing.into_iter().all(|w| gazetteer::surname(w) || gazetteer::given_name(w))
}

/// Whether two names differ in their numerals alone: those of two popes or kings.
fn other_reign(page: &[&str], other: &[String]) -> bool {
    let numeral = |word: &str| word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let differing = page.iter().zip(other).filter(|(a, b)| **a != b.as_str());
    page.len() > 1 && differing.into_iter().all(|(a, b)| numeral(a) && numeral(b))
}

/// Whether the sources speak of the person with an office or position that the page gives the entity.
fn described(check: &Check<'_, '_>, entity: usize, person: usize) -> bool {
    let key = &check.extraction.entities.entities[entity].key;
    let mine = check.extraction.claims.iter().filter_map(role::parts).filter(|(k, _, _)| k.0 == *key);
    let titles = mine.map(|(_, name, _)| name).filter(|n| title::get(n).is_some_and(|t| t.level != Level::Loose));
    let mut topics = titles.filter_map(|name| check.index.topic(&format!("n:{}", topic(name))));
    topics.any(|t| check.index.mentions(person).any(|e| check.counts(e.source) && check.index.speaks_of(e, t)))
}

/// Whether page and sources tell one age of the two: seldom of two members of a family.
fn one_age(check: &Check<'_, '_>, entity: usize, person: usize) -> bool {
    let key = &check.extraction.entities.entities[entity].key;
    let own = check.extraction.claims.iter().filter(|c| c.family == Family::Age);
    let own = own.filter(|c| c.parts(Label::Holder).any(|p| matches!(&p.value, Value::Key(k) if k.0 == *key)));
    let ages: Vec<&Claim> = own.collect();
    // A surname alone may be that of another one in the source.
    let given = check.index.person_words(person).first();
    let full = |sentence: &str| given.is_some_and(|given| fold(sentence).split(' ').any(|word| word == given));
    let theirs = check.index.claims(Family::Age, "age").iter().filter(|e| check.counts(e.source) && full(e.sentence));
    theirs.filter(|e| person::holder(check, e.claim) == Some(person)).any(|e| {
        let Some(Value::Quantity(source)) = e.claim.parts(Label::Number).next().map(|p| &p.value) else { return false };
        ages.iter().flat_map(|c| c.parts(Label::Number)).any(|p| {
            matches!(&p.value, Value::Quantity(page) if person::same_age(check, page, source, e.source) == Agreement::Equal)
        })
    })
}

/// `Jay` may stand for `Jerome`, `Jo` for `Joanna`.
fn pet_name(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    (2..=3).contains(&short.len()) && long.len() > 4 && short.chars().next() == long.chars().next()
}

/// Two full names of one family that are not one person's.
fn same_surname(a: &[&str], b: &[String]) -> bool {
    a.len() > 1 && b.len() > 1 && a.last() == b.last().map(String::as_str).as_ref()
}

/// Whether page and sources give the same title, of whatever domain; that two people come from somewhere is none.
fn same_title(check: &Check<'_, '_>, entity: usize, person: usize) -> bool {
    let key = &check.extraction.entities.entities[entity].key;
    let mut mine = check.extraction.claims.iter().filter_map(role::parts).filter(|(k, _, _)| k.0 == *key);
    mine.any(|(_, name, _)| {
        name != title::NATIONAL
            && role::roles_of(check, person).filter_map(|e| role::parts(e.claim)).any(|(_, n, _)| n == name)
    })
}

/// A claim of a source that gives the person the very office that the page gives the entity.
fn shared_role<'c, 'r>(
    check: &'c Check<'_, 'r>,
    entity: usize,
    person: usize,
) -> Option<&'c crate::reference::Entry<'r>> {
    let key = &check.extraction.entities.entities[entity].key;
    let mine: Vec<&Claim> = check
        .extraction
        .claims
        .iter()
        .filter(|c| c.family == Family::Role && role::parts(c).is_some_and(|(k, _, _)| k.0 == *key))
        .collect();
    role::roles_of(check, person).find(|entry| {
        let Some((_, name, place)) = role::parts(entry.claim) else { return false };
        let single = title::get(name).is_some_and(|t| t.level == Level::Office);
        single
            && mine
                .iter()
                .filter_map(|c| role::parts(c))
                .any(|(_, n, p)| n == name && domain::relation(p, place) != domain::Relation::Different)
    })
}

/// How little two spellings of a name differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    /// One letter of a word of five or more.
    Slight,
    /// One letter of four, or two of six.
    Wide,
}

/// Whether two full names differ by a slip of the pen in one word.
fn nearly(a: &[&str], b: &[String]) -> Option<Slip> {
    if a.len() != b.len() {
        return None;
    }
    let differing: Vec<(&str, &str)> =
        a.iter().zip(b).filter(|(x, y)| **x != y.as_str()).map(|(x, y)| (*x, y.as_str())).collect();
    let [(x, y)] = differing.as_slice() else { return None };
    let distance = strsim::damerau_levenshtein(x, y);
    let doubled = |w: &str| {
        w.chars()
            .fold((String::new(), ' '), |(out, last), c| {
                (if c == last { out } else { out + c.encode_utf8(&mut [0; 4]) }, c)
            })
            .0
    };
    if doubled(x) == doubled(y) {
        return Some(Slip::Slight);
    }
    match (distance, x.chars().count().min(y.chars().count())) {
        (1, 5..) => Some(Slip::Slight),
        (1, 4) | (2, 6..) => Some(Slip::Wide),
        _ => None,
    }
}

/// One form for the ways in which a name of another script is written in Latin letters.
fn romanised(name: &str) -> String {
    /// What is written, and what stands for it, in order; the first ones at the end of a word only.
    const ENDS: [(&str, &str); 5] = [("iy", "i"), ("yy", "i"), ("ij", "i"), ("ey", "ei"), ("y", "i")];
    const WAYS: [(&str, &str); 8] = [
        ("kh", "h"),
        ("ou", "u"),
        ("ks", "x"),
        ("mm", "m"),
        ("muha", "moha"),
        ("mohamad", "mohamed"),
        ("q", "k"),
        ("aa", "a"),
    ];
    let word = |word: &str| {
        if word == "el" {
            return "al".to_owned();
        }
        let ended = ENDS.iter().find_map(|(from, to)| Some(format!("{}{to}", word.strip_suffix(from)?)));
        WAYS.iter().fold(ended.unwrap_or_else(|| word.to_owned()), |w, (from, to)| w.replace(from, to))
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Slip, nearly, romanised};

    #[test]
    fn slips_and_other_names() {
        for (a, b, want) in [
            ("anthony blinken", "antony blinken", Some(Slip::Slight)),
            ("matthew muller", "matthew miller", Some(Slip::Slight)),
            ("nicholas burns", "william burns", None),
            ("lisandro martinez", "emiliano martinez", None),
            ("li wei", "li fei", None),
        ] {
            let (a, b): (Vec<&str>, Vec<String>) = (a.split(' ').collect(), b.split(' ').map(str::to_owned).collect());
            assert_eq!(nearly(&a, &b), want, "{a:?}");
        }
    }

    #[test]
    fn ways_of_writing_a_name() {
        for (a, b) in [
            ("sergey lavrov", "sergei lavrov"),
            ("volodymyr zelenskyy", "volodymyr zelensky"),
            ("mohammad bin salman", "mohammed bin salman"),
            ("abdel fattah el sisi", "abdel fattah al sisi"),
        ] {
            assert_eq!(romanised(a), romanised(b));
        }
        assert_ne!(romanised("matthew muller"), romanised("matthew miller"));
    }
}
