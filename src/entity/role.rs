//! Titles in the text: what office, of what, and whose.

mod holder;
mod nationality;

use crate::language::{AREAS, RELATIVES, title};
use crate::mention::Kind;
use crate::mention::gazetteer::{self, CountryCode, fold};
use crate::order;
use crate::span::Span;
use crate::syntax::{Parsed, Tag};
use std::borrow::Cow;

pub use crate::language::title::{Effect, Title};

use super::{Entities, Named, domain};

/// A title in the text, with the words that belong to it: `China's former foreign minister`.
#[derive(Clone, Debug)]
pub struct Role {
    /// Index of the block.
    pub block: usize,
    /// Bytes of the title with its domain and modifiers, without article.
    pub span: Span,
    /// Its tokens, end exclusive.
    pub tokens: std::ops::Range<usize>,
    /// The title.
    pub title: &'static Title,
    /// Canonical domain; empty if none is said.
    pub domain: String,
    /// What a modifier does to it.
    pub effect: Effect,
    /// Whose title the text says it is: index into the page's entities.
    pub holder: Option<usize>,
    /// Whether it stands right beside the holder's name, so that nothing was guessed.
    pub adjacent: bool,
    /// `the`, a possessive or a domain stands before it: it picks out one holder.
    pub definite: bool,
}

impl Role {
    /// Title and domain in words, for people.
    pub fn label(&self) -> String {
        describe(self.title.name, &self.domain)
    }

    /// Key of the holder of the role, whoever that is.
    pub fn key(&self) -> String {
        format!("r:{}@{}", self.title.name, self.domain)
    }
}

/// Title and domain in words, for people: `Chinese foreign minister`, `US secretary of state`, `Twitter
/// chief executive`.
pub fn describe(title: &str, domain: &str) -> String {
    describe_with(title, domain, &capitalised(domain))
}

/// The same, with the domain as it is to be shown if it is no country.
pub fn describe_with(title: &str, domain: &str, shown: &str) -> String {
    let country = CountryCode::parse(domain);
    match country {
        Some(code) if title == title::NATIONAL => gazetteer::country_name(code).to_owned(),
        Some(code) => format!("{} {title}", gazetteer::country_adjective(code)),
        None if domain.is_empty() => title.to_owned(),
        None => format!("{shown} {title}"),
    }
}

/// Capitals as names have them: `state department` is the `State Department`.
pub fn capitalised(name: &str) -> String {
    const SMALL: [&str; 7] = ["of", "the", "for", "and", "de", "in", "on"];
    let upper = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
    };
    let words = name.split(' ').map(|w| if SMALL.contains(&w) { w.to_owned() } else { upper(w) });
    words.collect::<Vec<_>>().join(" ")
}

/// A country code as the country's usual name; any other domain as it is.
pub fn country_name(domain: &str) -> String {
    CountryCode::parse(domain).map_or_else(|| domain.to_owned(), |code| gazetteer::country_name(code).to_owned())
}

/// Finds the titles of one block and their holders.
pub(super) fn find(block: usize, parsed: &Parsed<'_>, entities: &Entities) -> Vec<Role> {
    let named = entities.in_block(block);
    let finder = Finder { block, parsed, named };
    let mut out = Vec::new();
    for sentence in &parsed.sentences {
        let mut at = sentence.first;
        while at < sentence.last {
            match finder.role_at(at, sentence.first, sentence.last) {
                Some(role) => {
                    at = role.tokens.end.max(at + 1);
                    if !finder.is_kin(&role.tokens) {
                        out.push(role);
                    }
                }
                None => at += 1,
            }
        }
    }
    let more = finder.by_verb().into_iter().chain(finder.nationalities());
    out.extend(more.filter(|r| r.tokens.end <= parsed.tokens.len()).collect::<Vec<_>>());
    order::by_key(&mut out, |r| (r.tokens.start, r.tokens.end));
    out
}

struct Finder<'f, 'p> {
    block: usize,
    parsed: &'f Parsed<'p>,
    named: &'f [Named],
}

impl Finder<'_, '_> {
    fn word(&self, token: usize) -> &str {
        self.parsed.tokens.get(token).map_or("", |t| t.text(self.parsed.text))
    }

    fn lower(&self, token: usize) -> Cow<'_, str> {
        self.parsed.lower(token)
    }

    /// `Her father, Karl Braun`: no priest.
    fn is_kin(&self, tokens: &std::ops::Range<usize>) -> bool {
        let small = !self.word(tokens.start).starts_with(char::is_uppercase);
        tokens.len() == 1 && small && RELATIVES.has(self.word(tokens.start))
    }

    fn name_starting(&self, token: usize) -> Option<&Named> {
        let at = self.named.partition_point(|n| n.tokens.start < token);
        self.named.get(at).filter(|n| n.tokens.start == token)
    }

    fn name_ending(&self, token: usize) -> Option<&Named> {
        let at = self.named.partition_point(|n| n.tokens.end < token);
        self.named.get(at).filter(|n| n.tokens.end == token)
    }

    fn role_at(&self, at: usize, first: usize, last: usize) -> Option<Role> {
        let inside_person = |t: usize| {
            let over = self.named.partition_point(|n| n.tokens.end <= t);
            self.named.get(over).is_some_and(|n| n.kind == Kind::Person && n.tokens.contains(&t))
        };
        if !title::opens(self.parsed.tokens[at].hash) || inside_person(at) {
            return None;
        }
        let tokens: Vec<usize> = (at..last.min(at + 12)).filter(|&t| self.word(t) != "-").take(8).collect();
        let words: Vec<_> = tokens.iter().map(|&t| self.lower(t)).collect();
        let (title, count) = title::longest(words.iter().map(AsRef::as_ref))?;
        let mut title_end = tokens[count - 1] + 1;
        if (at..title_end).any(inside_person) {
            return None;
        }
        let mut left = self.left(at, first);
        // `president-elect`, `vice-president elect`
        let joined = title_end + usize::from(self.word(title_end) == "-");
        if joined < last
            && let Some(effect) = title::modifier(&self.lower(joined)).filter(|e| *e == Effect::Future)
        {
            (left.effect, title_end) = (effect, joined + 1);
        }
        let right = self.right(title, title_end, last);
        let end = right.as_ref().map_or(title_end, |r| r.1);
        if let Some((name, _)) = right.filter(|r| left.domain.is_empty() || !r.0.is_empty()) {
            left.domain = if left.domain.is_empty() { name } else { merge(&left.domain, &name) };
        }
        let mut holding = self.holder(&left, end, last);
        // `president of the club`: of what is not said here, so that it may be another office than it seems.
        holding.adjacent &= !(left.domain.is_empty() && title.of_any && self.lower(end) == "of");
        if let Some(name_end) = holding.name_end.filter(|_| left.domain.is_empty() && self.lower(end) != "of")
            && self.lower(name_end) == "of"
            && let Some((country, _)) = self.country_at(name_end + 1)
        {
            left.domain = country;
        }
        let span = self.parsed.tokens[left.start].span.to(self.parsed.tokens[end - 1].span);
        let effect = if holding.past && left.effect == Effect::None { Effect::Past } else { left.effect };
        Some(Role {
            block: self.block,
            span,
            tokens: left.start..end,
            title,
            domain: left.domain,
            effect,
            holder: holding.entity,
            adjacent: holding.adjacent,
            definite: left.definite,
        })
    }

    /// Domain, modifiers and article before a title.
    fn left(&self, at: usize, first: usize) -> Left {
        let mut left = Left { start: at, domain: String::new(), effect: Effect::None, definite: false, outer: at };
        let mut t = at;
        while t > first {
            let word = self.lower(t - 1);
            if let Some(effect) = title::modifier(&word) {
                left.effect = if effect == Effect::None { left.effect } else { effect };
                t -= 1;
            } else if word == "-" && t >= first + 2 && title::modifier(&self.lower(t - 2)).is_some() {
                t -= 1;
                continue;
            } else if left.domain.is_empty() && matches!(word.as_ref(), "'s" | "'") && t >= first + 2 {
                let Some((name, start)) = self.domain_ending(t - 1, first) else { break };
                (left.domain, left.definite) = (name, true);
                t = start;
            } else if let Some((name, start)) = left.domain.is_empty().then(|| self.domain_ending(t, first)).flatten() {
                left.domain = name;
                t = start;
            } else {
                break;
            }
            left.start = t;
        }
        // `Hugh Doyle, a 48-year-old plumber`: `old` is read as what may stand before any title.
        let aged =
            t > first + 4 && self.word(t) == "old" && (1..).zip(["-", "year", "-"]).all(|(n, w)| self.word(t - n) == w);
        if aged && self.word(t - 4).bytes().all(|b| b.is_ascii_digit()) {
            t -= 4;
        }
        // `a Democratic senator`: what an adjective adds does not part the title from its article.
        let plain = |t: usize| {
            self.parsed.words.get(t).is_some_and(|w| w.tag == Tag::Adj) && !OTHER.contains(&self.lower(t).as_ref())
        };
        let adjectives = (first..t).rev().take(2).take_while(|&w| plain(w)).count();
        let is_article = |w: usize| matches!(self.lower(w).as_ref(), "the" | "a" | "an");
        if let Some(article) = (t - adjectives).checked_sub(1).filter(|&a| a >= first && is_article(a)) {
            t = article + 1;
        }
        let article = if t > first { self.lower(t - 1) } else { Cow::default() };
        let possessive = matches!(article.as_ref(), "his" | "her" | "its" | "their");
        if matches!(article.as_ref(), "the" | "a" | "an") || possessive {
            left.outer = t - 1;
            left.definite |= article == "the" || possessive;
        } else {
            left.outer = t;
        }
        left
    }

    /// A country, organisation or place that ends before token `end`, and its first token.
    fn domain_ending(&self, end: usize, first: usize) -> Option<(String, usize)> {
        for count in (1..=title::DOMAIN_WORDS.min(end - first)).rev() {
            // `The British` prime minister is one of Britain, and `the` tells that there is but one.
            let article = matches!(self.lower(end - count).as_ref(), "the" | "a" | "an");
            if article || !self.parsed.tokens[end - count..end].iter().any(|t| t.is_capitalised()) {
                continue;
            }
            let form = (end - count..end).map(|t| self.lower(t)).collect::<Vec<_>>().join(" ");
            if let Some((name, _)) = title::domain(&form) {
                return Some((name.to_owned(), end - count));
            }
            if let Some(code) = domain::country(&form) {
                return Some((code, end - count));
            }
        }
        let named = self.name_ending(end).filter(|n| n.tokens.start >= first)?;
        let name = fold(named.span.of(self.parsed.text));
        // A person as possessor (`Biden's adviser`) does not say of what the office is.
        let name = if named.kind == Kind::Person { String::new() } else { domain::canonical(&name) };
        Some((name, named.tokens.start))
    }

    /// `of the French federation`, `to China`, `for East Asia` after a title: domain and end.
    fn right(&self, title: &Title, at: usize, last: usize) -> Option<(String, usize)> {
        const SENT: [&str; 5] = ["ambassador", "envoy", "representative", "permanent representative", "adviser"];
        let fits = match self.lower(at).as_ref() {
            "of" | "for" | "at" => true,
            "to" => SENT.contains(&title.name),
            _ => false,
        };
        if !fits || at + 1 >= last {
            return None;
        }
        let mut start = at + 1;
        while start < last && matches!(self.lower(start).as_ref(), "the" | "a" | "an") {
            start += 1;
        }
        // `of the space agency ISRO`: the name is the domain.
        let plain = |t: usize| self.parsed.words.get(t).is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Adj));
        let common =
            (start..last.min(start + 3)).take_while(|&t| plain(t) && !self.parsed.tokens[t].is_capitalised()).count();
        let body = |n: &&Named| n.kind != Kind::Person;
        if common > 0 && self.name_starting(start + common).filter(body).is_some() {
            start += common;
        }
        let mut end = start;
        while end < last && end < start + 6 && self.in_domain(end, end > start) {
            end = self.named.iter().find(|n| n.tokens.contains(&end)).map_or(end + 1, |n| n.tokens.end);
        }
        // `a present from the Queen for Prince Charles`
        if self.name_starting(end).is_some_and(|n| !body(&n)) {
            return None;
        }
        let form = (start..end).map(|t| self.lower(t)).collect::<Vec<_>>().join(" ");
        // `the governor of Chiang Rai province`
        let area = end < last && end > start && is_area(&self.lower(end));
        let named = self.parsed.tokens[start..end].iter().any(|t| t.is_capitalised());
        (end > start && named && end <= last).then(|| (domain::canonical(&form), end + usize::from(area)))
    }

    /// Whether a token goes on with the name of a domain: capitalised words, and nouns between.
    fn in_domain(&self, token: usize, inner: bool) -> bool {
        let Some(t) = self.parsed.tokens.get(token) else { return false };
        let word = self.lower(token);
        let person = self.named.iter().any(|n| n.kind == Kind::Person && n.tokens.contains(&token));
        if person {
            return false;
        }
        if t.is_capitalised() {
            return true;
        }
        const INSTITUTIONS: [&str; 14] = [
            "federation",
            "association",
            "football",
            "team",
            "union",
            "party",
            "committee",
            "commission",
            "council",
            "government",
            "parliament",
            "court",
            "bank",
            "agency",
        ];
        inner && (word == "of" || INSTITUTIONS.contains(&word.as_ref()))
    }
}

fn is_area(word: &str) -> bool {
    AREAS.has(word)
}

/// Adjectives that make it another's title.
const OTHER: [&str; 6] = ["other", "another", "own", "next", "possible", "alleged"];

/// What stands before a title.
struct Left {
    /// First token of domain and modifiers.
    start: usize,
    /// First token with the article.
    outer: usize,
    domain: String,
    effect: Effect,
    definite: bool,
}

/// A country before the title and an organisation after it: the organisation is the narrower.
fn merge(before: &str, after: &str) -> String {
    let code = |d: &str| d.len() == 2 && d.bytes().all(|b| b.is_ascii_uppercase());
    if code(after) { before.to_owned() } else { after.to_owned() }
}
