//! Titles in the text: what office, of what, and whose.

use crate::language::title;
use crate::mention::Kind;
use crate::mention::gazetteer::{self, CountryCode, fold};
use crate::span::Span;
use crate::syntax::Parsed;

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

/// Title and domain in words, for people: `foreign minister (China)`.
pub fn describe(title: &str, domain: &str) -> String {
    if domain.is_empty() {
        return title.to_owned();
    }
    let name =
        CountryCode::parse(domain).map_or_else(|| domain.to_owned(), |code| gazetteer::country_name(code).to_owned());
    format!("{title} ({name})")
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
                    out.push(role);
                }
                None => at += 1,
            }
        }
    }
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

    fn lower(&self, token: usize) -> String {
        self.word(token).to_lowercase().replace('’', "'")
    }

    fn name_starting(&self, token: usize) -> Option<&Named> {
        self.named.iter().find(|n| n.tokens.start == token)
    }

    fn name_ending(&self, token: usize) -> Option<&Named> {
        self.named.iter().find(|n| n.tokens.end == token)
    }

    fn role_at(&self, at: usize, first: usize, last: usize) -> Option<Role> {
        let inside_person = |t: usize| self.named.iter().any(|n| n.kind == Kind::Person && n.tokens.contains(&t));
        if inside_person(at) {
            return None;
        }
        let tokens: Vec<usize> = (at..last.min(at + 12)).filter(|&t| self.word(t) != "-").take(8).collect();
        let words: Vec<String> = tokens.iter().map(|&t| self.lower(t)).collect();
        let (title, count) = title::longest(words.iter().map(String::as_str))?;
        let title_end = tokens[count - 1] + 1;
        if (at..title_end).any(inside_person) {
            return None;
        }
        let mut left = self.left(at, first);
        let right = self.right(title, title_end, last);
        let end = right.as_ref().map_or(title_end, |r| r.1);
        if let Some((name, _)) = right.filter(|r| left.domain.is_empty() || !r.0.is_empty()) {
            left.domain = if left.domain.is_empty() { name } else { merge(&left.domain, &name) };
        }
        let (holder, adjacent, past) = self.holder(&left, end, last);
        let span = self.parsed.tokens[left.start].span.to(self.parsed.tokens[end - 1].span);
        let effect = if past && left.effect == Effect::None { Effect::Past } else { left.effect };
        Some(Role {
            block: self.block,
            span,
            tokens: left.start..end,
            title,
            domain: left.domain,
            effect,
            holder,
            adjacent,
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
            } else if left.domain.is_empty() && matches!(word.as_str(), "'s" | "'") && t >= first + 2 {
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
        let article = if t > first { self.lower(t - 1) } else { String::new() };
        let possessive = matches!(article.as_str(), "his" | "her" | "its" | "their");
        if matches!(article.as_str(), "the" | "a" | "an") || possessive {
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
            if !self.parsed.tokens[end - count..end].iter().any(|t| t.is_capitalised()) {
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
        let fits = match self.lower(at).as_str() {
            "of" | "for" | "at" => true,
            "to" => SENT.contains(&title.name),
            _ => false,
        };
        if !fits || at + 1 >= last {
            return None;
        }
        let mut start = at + 1;
        while start < last && matches!(self.lower(start).as_str(), "the" | "a" | "an") {
            start += 1;
        }
        let mut end = start;
        while end < last && end < start + 6 && self.in_domain(end, end > start) {
            end = self.named.iter().find(|n| n.tokens.contains(&end)).map_or(end + 1, |n| n.tokens.end);
        }
        let form = (start..end).map(|t| self.lower(t)).collect::<Vec<_>>().join(" ");
        let named = self.parsed.tokens[start..end].iter().any(|t| t.is_capitalised());
        (end > start && named && end <= last).then(|| (domain::canonical(&form), end))
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
        inner && (word == "of" || INSTITUTIONS.contains(&word.as_str()))
    }

    /// Whose title it is: (entity, stands beside the name, said of the past).
    fn holder(&self, left: &Left, end: usize, last: usize) -> (Option<usize>, bool, bool) {
        let person = |n: &&Named| n.kind == Kind::Person;
        if let Some(named) = self.name_starting(end).filter(person).filter(|n| n.tokens.start < last) {
            return (Some(named.entity), true, false);
        }
        if self.word(end) == "," && left.outer < left.start || self.word(end) == "," && left.definite {
            let named = self.name_starting(end + 1).filter(person).filter(|n| n.tokens.end <= last);
            if let Some(named) =
                named.filter(|n| matches!(self.word(n.tokens.end), "," | "." | ")" | "" | "-" | "–" | "—"))
            {
                return (Some(named.entity), true, false);
            }
        }
        if left.outer == 0 {
            return (None, false, false);
        }
        let before = left.outer - 1;
        if matches!(self.word(before), "," | "(" | "-" | "–" | "—") {
            let after = self.word(end);
            let closed = after.is_empty()
                || matches!(after, "," | "." | ")" | ";" | "-" | "–" | "—" | "and" | "who" | "said" | ":" | "!" | "?");
            if let Some(named) = self.name_ending(before).filter(person).filter(|_| closed) {
                return (Some(named.entity), true, false);
            }
        }
        self.copula(before)
    }

    /// `X is the …`, `X, who was once …`, with token `at` the last one before the title.
    fn copula(&self, at: usize) -> (Option<usize>, bool, bool) {
        let mut t = at;
        let mut past = false;
        while matches!(
            self.lower(t).as_str(),
            "previously" | "formerly" | "once" | "then" | "also" | "now" | "currently" | "still"
        ) {
            past |= matches!(self.lower(t).as_str(), "previously" | "formerly" | "once" | "then");
            if t == 0 {
                return (None, false, false);
            }
            t -= 1;
        }
        if !matches!(self.lower(t).as_str(), "is" | "was" | "remains" | "became") || t == 0 {
            return (None, false, false);
        }
        past |= matches!(self.lower(t).as_str(), "was");
        let mut subject = t;
        if self.lower(subject - 1) == "who" && subject >= 2 {
            subject -= 1;
            subject -= usize::from(self.word(subject - 1) == ",");
        }
        let named = self.name_ending(subject).filter(|n| n.kind == Kind::Person);
        (named.map(|n| n.entity), !past, past)
    }
}

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
