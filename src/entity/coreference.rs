//! Which names of a page name the same person.

use std::collections::BTreeSet;

use crate::language::{RELATIVES, title};
use crate::map::{HashMap, HashSet};
use crate::mention::Kind;
use crate::mention::gazetteer::{self, fold, spelling};
use crate::mention::name::NameMention;
use crate::syntax::Parsed;

use super::tokens_of;

/// Of the people who share a word of a new name, how many are looked at: the latest.
const NEAREST: usize = 32;
/// Titles that stand before a given name: `Prince Harry`, `Pope Francis`.
const BEFORE_GIVEN: [&str; 12] =
    ["king", "queen", "prince", "princess", "pope", "saint", "sir", "dame", "emperor", "empress", "sultan", "tsar"];
/// Titles that stand before a given name or a surname.
const BEFORE_ANY: [&str; 6] = ["lady", "sheikh", "emir", "sister", "brother", "st"];
const HONORIFICS: [&str; 10] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "messrs", "mme"];

/// A name as it is compared.
struct Name {
    /// Folded words in the usual spelling, without generational suffix and Arabic article.
    words: Vec<String>,
    /// `jr`, `iii`; empty if none is said.
    suffix: String,
    /// In capitals throughout.
    upper: bool,
}

impl Name {
    fn of(text: &str) -> Self {
        let article = |w: &str| matches!(w, "al" | "el");
        let leads = text.get(..3).is_some_and(|t| article(&fold(t)) && t.ends_with(['-', '‑']));
        let folded = fold(text);
        let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        let many = words.len();
        words = words
            .into_iter()
            .enumerate()
            .filter(|(i, w)| !article(w) || many == 1 || (*i == 0 && !leads) || i + 1 == many)
            .map(|(_, w)| spelling(&w).into_owned())
            .collect();
        let generation = |w: &String, n: usize| match w.as_str() {
            "jr" | "sr" | "junior" => n > 1,
            "ii" | "iii" | "iv" => n > 2,
            _ => false,
        };
        let suffix = words.pop_if(|w| generation(w, many)).unwrap_or_default();
        Self { words, suffix, upper: !text.chars().any(char::is_lowercase) }
    }

    /// The word of a name of one.
    fn single(mut self) -> Option<String> {
        self.words.pop().filter(|_| self.words.is_empty())
    }

    /// More words are fuller, then small letters, then fewer initials.
    fn fullness(&self) -> (usize, bool, usize) {
        (self.words.len(), !self.upper, self.words.iter().filter(|w| w.len() > 1).count())
    }

    /// Whether a word can be the surname: the last, or the first where surnames lead (`Xi Jinping`,
    /// `Orbán Viktor`).
    fn surname(&self, word: &str) -> bool {
        let (Some(first), Some(last)) = (self.words.first(), self.words.last()) else { return false };
        word == last || word == first && gazetteer::rather_surname(first) && !gazetteer::rather_surname(last)
    }
}

/// A person with a full name.
struct Person {
    /// The mention with the fullest name.
    mention: usize,
    name: Name,
    /// Words that stand before the name somewhere.
    titles: BTreeSet<String>,
}

#[derive(Default)]
struct People {
    people: Vec<Person>,
    /// By the name as it stands; `None` of single words.
    by_text: HashMap<String, Option<usize>>,
    by_word: HashMap<String, Vec<usize>>,
    /// The one mentioned last, by each word of the name and by surname.
    latest: HashMap<String, usize>,
    latest_surname: HashMap<String, usize>,
}

/// For each mention of a person, the mention whose text is the person's fullest name; and the mentions of surnames that
/// several people bear, of whom one was guessed.
pub(super) fn people(blocks: &[Parsed<'_>], names: &[NameMention]) -> (HashMap<usize, usize>, HashSet<usize>) {
    let mut people = People::default();
    let all = || names.iter().enumerate().filter(|(_, m)| m.kind == Kind::Person);
    let text = |m: &NameMention| m.span.of(blocks[m.block].text);
    let titles: Vec<Option<String>> = all().map(|(_, m)| title_before(&blocks[m.block], m)).collect();
    let found: Vec<Option<usize>> =
        all().zip(&titles).map(|((i, m), title)| people.learn(i, text(m), title.as_ref())).collect();
    let (mut out, mut shared) = (HashMap::default(), HashSet::default());
    let mut words: HashMap<&str, Option<String>> = HashMap::default();
    for (((i, mention), full), title) in all().zip(found).zip(titles) {
        let mut person = full;
        if full.is_none()
            && let Some(word) = words.entry(text(mention)).or_insert_with(|| Name::of(text(mention)).single())
        {
            if people.is_shared(word, title.as_deref()) {
                shared.insert(i);
            }
            person = people.single(word, title.as_deref());
        }
        if let Some(person) = person {
            people.seen(person, full.is_some() && is_kin(&blocks[mention.block], mention));
            out.insert(i, people.people[person].mention);
        }
    }
    (out, shared)
}

/// `his wife, Brigitte Macron`: whoever bears the name alone is somebody else.
fn is_kin(parsed: &Parsed<'_>, mention: &NameMention) -> bool {
    let before = tokens_of(parsed, mention.span).start;
    let noun = (0..before).rev().find(|&t| parsed.tokens[t].text(parsed.text) != ",");
    noun.is_some_and(|t| RELATIVES.has(&parsed.lower(t)))
}

/// The title or honorific right before a name, in lower case without full stop.
fn title_before(parsed: &Parsed<'_>, mention: &NameMention) -> Option<String> {
    let at = tokens_of(parsed, mention.span).start.checked_sub(1)?;
    let word = parsed.tokens[at].text(parsed.text).trim_end_matches('.').to_lowercase();
    let is_title = HONORIFICS.contains(&word.as_str())
        || BEFORE_GIVEN.contains(&word.as_str())
        || BEFORE_ANY.contains(&word.as_str())
        || title::longest(std::iter::once(word.as_str())).is_some();
    is_title.then_some(word)
}

impl People {
    /// The person with a full name, known or new; `None` for a single word.
    fn learn(&mut self, mention: usize, text: &str, title: Option<&String>) -> Option<usize> {
        let known = self.by_text.get(text).copied();
        let person = match known {
            Some(person) => person?,
            None => {
                let name = Name::of(text);
                if name.words.len() < 2 || name.words.iter().all(|w| w.len() == 1) {
                    self.by_text.insert(text.to_owned(), None);
                    return None;
                }
                let person = self.same(&name).unwrap_or(self.people.len());
                self.by_text.insert(text.to_owned(), Some(person));
                for word in &name.words {
                    let list = self.by_word.entry(word.clone()).or_default();
                    if !list.contains(&person) {
                        list.push(person);
                    }
                }
                match self.people.get_mut(person) {
                    None => self.people.push(Person { mention, name, titles: BTreeSet::new() }),
                    Some(old) if name.fullness() > old.name.fullness() => {
                        (old.mention, old.name) = (mention, name);
                    }
                    Some(_) => {}
                }
                person
            }
        };
        self.people[person].titles.extend(title.cloned());
        Some(person)
    }

    fn same(&self, name: &Name) -> Option<usize> {
        let near = |word: &String| self.by_word.get(word).into_iter().flat_map(|list| list.iter().rev().take(NEAREST));
        let fits = |p: &&usize| {
            let other = &self.people[**p].name;
            let one_suffix = other.suffix == name.suffix || other.suffix.is_empty() || name.suffix.is_empty();
            one_suffix && same_full(&other.words, &name.words)
        };
        name.words.iter().rev().flat_map(near).find(fits).copied()
    }

    /// The person that a single word refers to: by surname, else by any part of the name unless a
    /// title says that it is a surname. Among several the one with that title, else the one
    /// mentioned last, else the one mentioned first later on.
    fn single(&self, word: &str, title: Option<&str>) -> Option<usize> {
        if word.len() == 1 {
            return None;
        }
        let list = self.by_word.get(word)?;
        let surname: Vec<usize> =
            list.iter().take(NEAREST).copied().filter(|&p| self.people[p].name.surname(word)).collect();
        if let Some(title) = title.filter(|t| BEFORE_GIVEN.contains(t)) {
            let called = |p: &&usize| {
                let person = &self.people[**p];
                person.name.words.first().is_some_and(|first| first == word) || person.titles.contains(title)
            };
            return list.iter().rev().take(NEAREST).find(called).copied();
        }
        let before_surname = title.is_some_and(|t| !BEFORE_ANY.contains(&t));
        if surname.is_empty() {
            let latest = self.latest.get(word).or(list.first()).copied();
            return latest.filter(|_| !before_surname);
        }
        let titled: Vec<usize> = title
            .map_or(Vec::new(), |t| surname.iter().copied().filter(|&p| self.people[p].titles.contains(t)).collect());
        match titled.as_slice() {
            [one] => Some(*one),
            _ => self.latest_surname.get(word).or(surname.first()).copied(),
        }
    }

    /// Whether a single word is the surname of several, and no title tells whose.
    fn is_shared(&self, word: &str, title: Option<&str>) -> bool {
        let list = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        let bearers: Vec<&Person> =
            list.iter().take(NEAREST).map(|&p| &self.people[p]).filter(|p| p.name.surname(word)).collect();
        let titled = title.is_some_and(|t| bearers.iter().filter(|p| p.titles.contains(t)).count() == 1);
        bearers.len() > 1 && !titled
    }

    /// Notes that somebody was named; `kin` where by whom they belong to.
    fn seen(&mut self, person: usize, kin: bool) {
        let name = &self.people[person].name;
        for word in &name.words {
            if kin && self.latest_surname.contains_key(word) {
                continue;
            }
            self.latest.insert(word.clone(), person);
            if name.surname(word) {
                self.latest_surname.insert(word.clone(), person);
            }
        }
    }
}

/// Whether two names of several words can name one person: the same surname and given names that
/// are equal, initials of each other, or a name and its short form; or the words of one are among
/// those of the other. Spellings of one name are one.
pub fn same_full(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = |x: &String, y: &String| x == y || spelling(x) == spelling(y);
    if short.iter().all(|w| long.iter().any(|v| same(w, v))) {
        return true;
    }
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return false };
    let one_surname = a.last().zip(b.last()).is_some_and(|(x, y)| same(x, y));
    one_surname && (initial(first_a, first_b) || short_form(first_a, first_b) || initials(short, long))
}

/// `Tony` and `Antony`, but not `Anthony` and `Antony`: two spellings are two names.
pub fn short_form(a: &str, b: &str) -> bool {
    const SLIP: usize = 2;
    gazetteer::nickname_of(a, b) && (strsim::damerau_levenshtein(a, b) > SLIP || a.len().min(b.len()) < 5)
}

fn initial(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    (a.chars().count() == 1 && b.starts_with(a)) || (b.chars().count() == 1 && a.starts_with(b))
}

/// `JK Rowling` and `Joanne Kathleen Rowling`.
fn initials(short: &[String], long: &[String]) -> bool {
    let ([letters, _], [given @ .., _]) = (short, long) else { return false };
    given.len() > 1 && given.iter().filter_map(|w| w.chars().next()).eq(letters.chars())
}
