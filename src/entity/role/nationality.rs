//! Where somebody comes from: `of Serbia`, `a German`, `the Czech player Renata Voracova`.

use std::ops::Range;

use super::holder::is_actual;
use super::{Effect, Finder, Role};
use crate::entity::Named;
use crate::language::title::{self, Level};
use crate::language::{List, title::NATIONAL};
use crate::mention::{Kind, gazetteer, quantity};
use crate::syntax::Tag;

/// Nouns that say for whom somebody acts, or of what somebody knows, and not where they come from: `Chinese envoy`.
static ACTING: List = List::new(include_str!("../../../data/language/acting_for.txt"));

/// Bodies that belong to a country, and whose people may be of another one: `the French club doctor`.
static BODIES: List = List::new(include_str!("../../../data/language/institutions.txt"));

/// Most common nouns and adjectives between a nationality and a name: `the Swiss modern art dealer`.
const WORDS: usize = 3;

impl Finder<'_, '_> {
    /// The countries that the text says people of one sentence or the next come from.
    pub(super) fn nationalities(&self) -> Vec<Role> {
        let people = self.named.iter().filter(|n| n.kind == Kind::Person);
        let of = people.filter_map(|n| self.country_of(n));
        of.chain((0..self.parsed.tokens.len()).filter_map(|t| self.adjective(t))).collect()
    }

    /// `Novak Djokovic of Serbia`, `Djokovic, 36, of Serbia`: the country that a name stands for.
    fn country_of(&self, named: &Named) -> Option<Role> {
        let end = named.tokens.end;
        let aged = self.word(end) == "," && self.word(end + 1).bytes().all(|b| b.is_ascii_digit());
        let of = if aged && self.word(end + 2) == "," { end + 3 } else { end + usize::from(self.word(end) == ",") };
        let (code, tokens) = (self.lower(of) == "of").then(|| self.country_at(of + 1)).flatten()?;
        self.national(code, tokens, named)
    }

    fn national(&self, domain: String, tokens: Range<usize>, holder: &Named) -> Option<Role> {
        Some(Role {
            block: self.block,
            span: self.parsed.tokens[tokens.start].span.to(self.parsed.tokens[tokens.end - 1].span),
            tokens,
            title: title::get(NATIONAL)?,
            domain,
            effect: Effect::None,
            holder: Some(holder.entity),
            adjacent: true,
            definite: false,
        })
    }

    /// The adjective of a country at a token, where it is a person's: before the name, behind it or behind a copula.
    fn adjective(&self, at: usize) -> Option<Role> {
        self.parsed.tokens.get(at).filter(|t| t.is_capitalised())?;
        let over = self.named.get(self.named.partition_point(|n| n.tokens.end <= at));
        if over.is_some_and(|n| n.tokens.contains(&at) && n.tokens.len() > 1) || !self.apart(at) {
            return None;
        }
        let code = gazetteer::demonym(&self.lower(at))?.to_string();
        let end = self.described(at + 1);
        let after = end.and_then(|end| self.name_starting(end)).filter(|n| n.kind == Kind::Person);
        let holder = match after {
            Some(name) => name,
            None => {
                let end = end.filter(|&end| self.ends(end))?;
                self.apposed(at).or_else(|| self.predicated_of(at..end.max(at + 1)))?
            }
        };
        self.national(code, at..at + 1, holder)
    }

    /// Whether a nationality is no part of a compound (`Korean-American`), of a list or of a longer name.
    fn apart(&self, at: usize) -> bool {
        let country = |t: Option<usize>| t.is_some_and(|t| gazetteer::country(self.word(t)).is_some());
        let joined = |beside: Option<usize>, other: Option<usize>| match beside.map_or("", |b| self.word(b)) {
            "-" | "–" | "/" => true,
            "and" | "or" => country(other),
            _ => false,
        };
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        !joined(before, at.checked_sub(2)) && !joined(after, Some(at + 2)) && !before.is_some_and(|b| self.is_name(b))
    }

    /// Whether a token is capitalised although no sentence begins with it.
    fn is_name(&self, at: usize) -> bool {
        let first = self.parsed.sentences.iter().any(|s| s.first == at);
        self.parsed.tokens.get(at).is_some_and(|t| t.is_capitalised() && !first)
    }

    /// The end of the common nouns behind a nationality, where they say what somebody is; `None` where they say for whom
    /// somebody acts.
    fn described(&self, first: usize) -> Option<usize> {
        let tagged = |t: usize, tags: &[Tag]| self.parsed.words.get(t).is_some_and(|w| tags.contains(&w.tag));
        let plain = |t: usize| {
            let small = self.word(t).starts_with(char::is_lowercase);
            // `the Czech doubles player`: what looks like a verb before a noun is none here.
            small && (tagged(t, &[Tag::Noun, Tag::Adj]) || tagged(t, &[Tag::Verb]) && tagged(t + 1, &[Tag::Noun]))
        };
        let end = first + (first..).take_while(|&t| plain(t)).take(WORDS + 1).count();
        if end == first || end - first == 1 && tagged(first, &[Tag::Verb]) {
            return Some(first);
        }
        let last = self.lower(end - 1);
        let body = (first..end - 1).any(|t| BODIES.has(&self.lower(t)));
        let titles = (first..end).filter_map(|t| {
            let words: Vec<_> = (t..end).map(|t| self.lower(t)).collect();
            title::longest(words.iter().map(AsRef::as_ref))
                .filter(|(_, count)| t + count == end)
                .map(|(title, _)| title)
        });
        let levels: Vec<Level> = titles.map(|t| t.level).collect();
        let person = !levels.is_empty() || quantity::is_person(&last);
        let acting = ACTING.has(&last) || levels.contains(&Level::Office);
        (end - first <= WORDS && person && !acting && !body).then_some(end)
    }

    /// Whether nothing of the same phrase follows: `an Italian ranked 150th`, but not `a Spanish Grand Prix`.
    fn ends(&self, end: usize) -> bool {
        let noun =
            self.parsed.words.get(end).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Adj | Tag::Propn | Tag::Num));
        let joins = matches!(self.word(end), "-" | "–" | "/" | "'s" | "’s");
        !noun && !joins && !self.is_name(end)
    }

    /// The person of whom a copula says it: `Amano, the director general, is himself Japanese`.
    fn predicated_of(&self, phrase: Range<usize>) -> Option<&Named> {
        let found = self.parsed.predicates.iter().find(|p| p.copula && phrase.contains(&p.head) && is_actual(p));
        found.and_then(|p| self.subject(p))
    }

    /// The person whom a phrase with a nationality at a token describes: `Kleinert, a German`, `Amano is himself Japanese`.
    fn apposed(&self, at: usize) -> Option<&Named> {
        let mut first = at;
        let old = first >= 5 && self.lower(first - 1) == "old" && self.word(first - 2) == "-";
        if old && self.word(first - 4) == "-" && self.word(first - 5).bytes().all(|b| b.is_ascii_digit()) {
            first -= 5;
        }
        let article = first.checked_sub(1).filter(|&a| matches!(self.lower(a).as_ref(), "a" | "an" | "the"));
        let before = article.unwrap_or(first).checked_sub(1)?;
        let comma = article.is_some() && matches!(self.word(before), "," | "(" | "—" | "–");
        let person = |n: &&Named| n.kind == Kind::Person;
        if comma {
            return self.name_ending(self.before_age(before)).filter(person);
        }
        let adverb = matches!(self.lower(before).as_ref(), "himself" | "herself" | "also");
        let verb = before.checked_sub(usize::from(adverb))?;
        if !matches!(self.lower(verb).as_ref(), "is" | "was") {
            return None;
        }
        let who = verb > 1 && self.lower(verb - 1) == "who" && self.word(verb - 2) == ",";
        let end = if who { verb - 2 } else { verb };
        let closed = end > 0 && self.word(end - 1) == ",";
        self.name_ending(if closed && !who { end - 1 } else { end }).filter(person)
    }
}
