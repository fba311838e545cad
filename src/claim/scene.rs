//! What the claim finders look things up in: one block with its syntax, names, dates and numbers.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::entity::{Entities, Named, Role, role};
use crate::language::synonym::{self, Class};
use crate::language::{List, frame};
use crate::mention::Kind;
use crate::mention::date::DateMention;
use crate::mention::gazetteer::{self, fold};
use crate::mention::quantity::{QuantityKind, QuantityMention};
use crate::span::Span;
use crate::syntax::{Argument, Parsed, Tag};

/// One block of a page with everything that is known of it.
pub(super) struct Scene<'s, 'p> {
    pub block: usize,
    pub parsed: &'s Parsed<'p>,
    pub entities: &'s Entities,
    pub named: &'s [Named],
    pub roles: &'s [Role],
    pub dates: &'s [DateMention],
    pub quantities: &'s [QuantityMention],
    /// What each sentence speaks of, found when first asked for: each of its claims has it.
    pub topics: Vec<OnceCell<Vec<String>>>,
}

/// What a phrase refers to, with the words that name it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Filler {
    pub key: String,
    pub span: Span,
    /// Whether the reference was guessed (a pronoun with several candidates).
    pub guessed: bool,
}

impl<'s> Scene<'s, '_> {
    pub fn word(&self, token: usize) -> &str {
        self.parsed.tokens.get(token).map_or("", |t| t.text(self.parsed.text))
    }

    pub fn lower(&self, token: usize) -> Cow<'s, str> {
        self.parsed.lower(token)
    }

    /// The lemma of a token read as a noun.
    pub fn lemma_of_noun(&self, token: usize) -> String {
        self.parsed.lemma_as(token, Tag::Noun)
    }

    pub fn tag(&self, token: usize) -> Tag {
        self.parsed.words.get(token).map_or(Tag::X, |w| w.tag)
    }

    pub fn head(&self, token: usize) -> usize {
        self.parsed.words.get(token).map_or(token, |w| w.head as usize)
    }

    pub fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        let (first, last) = (tokens.start, tokens.end.max(tokens.start + 1) - 1);
        self.parsed.tokens[first].span.to(self.parsed.tokens[last].span)
    }

    /// Index of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.parsed.sentences.partition_point(|s| s.last <= token).min(self.parsed.sentences.len().saturating_sub(1))
    }

    /// The tokens that a span touches.
    pub fn tokens(&self, span: Span) -> std::ops::Range<usize> {
        crate::entity::tokens_of(self.parsed, span)
    }

    /// Who or what the members of an argument refer to.
    pub fn fillers(&self, argument: &Argument) -> Vec<Filler> {
        self.fillers_beside(argument, &[])
    }

    /// The same of an argument that stands beside others in a clause: a pronoun is none of them.
    pub fn fillers_beside(&self, argument: &Argument, barred: &[String]) -> Vec<Filler> {
        let members = self.parsed.conjuncts(argument);
        let members = if members.is_empty() { vec![*argument] } else { members };
        let filler = |m: &Argument| match self.tag(m.head) {
            Tag::Pron => self.pronoun(m.head, barred),
            _ => self.filler(m.first..m.last, m.head),
        };
        members.iter().filter_map(filler).collect()
    }

    /// What a noun phrase refers to, given its tokens and its head.
    pub fn filler(&self, tokens: std::ops::Range<usize>, head: usize) -> Option<Filler> {
        // A text can end after an article.
        if head >= self.parsed.tokens.len() {
            return None;
        }
        let limit = self.core_end(&tokens, head);
        let core = tokens.start..limit;
        let named = self.named.iter().filter(|n| core.contains(&n.tokens.start) && !self.possessive(n.tokens.end));
        let person = named.clone().find(|n| n.kind == Kind::Person);
        let covering = named.clone().find(|n| n.tokens.contains(&head));
        if let Some(named) = person.or(covering) {
            return Some(self.name(named));
        }
        // A member of a list may be cut through a name of several words.
        if let Some(named) = self.named.iter().find(|n| n.tokens.contains(&head) && n.tokens.len() > 1) {
            return Some(self.name(named));
        }
        if self.dates.iter().any(|d| d.span.contains(self.parsed.tokens[head].span)) {
            return None;
        }
        if let Some(role) = self.roles.iter().find(|r| r.tokens.contains(&head) && core.contains(&r.tokens.start)) {
            return Some(self.role_filler(role));
        }
        if self.tag(head) == Tag::Pron {
            return self.pronoun(head, &[]);
        }
        let counted = self.quantities.iter().any(|q| q.span.contains(self.parsed.tokens[head].span));
        if matches!(self.tag(head), Tag::Noun | Tag::Propn) && !counted {
            let lemma = self.parsed.lemma(head);
            let key = format!("n:{}", synonym::canonical(Class::Noun, &lemma));
            return Some(Filler { key, span: self.span(head..head + 1), guessed: false });
        }
        None
    }

    /// Whom or what a name refers to; guessed where several people on the page bear it.
    pub fn name(&self, named: &Named) -> Filler {
        Filler { key: self.entities.key(named).to_owned(), span: named.span, guessed: named.shared }
    }

    /// What a noun names, by its lemma.
    pub fn thing(&self, token: usize) -> Filler {
        let key = format!("n:{}", synonym::canonical(Class::Noun, &self.lemma_of_noun(token)));
        Filler { key, span: self.span(token..token + 1), guessed: false }
    }

    fn role_filler(&self, role: &Role) -> Filler {
        let key = match role.holder {
            Some(holder) => self.entities.entities[holder].key.clone(),
            None if role.effect == role::Effect::None && role.definite | !role.domain.is_empty() => role.key(),
            None => format!("n:{}", role.title.name),
        };
        Filler { key, span: role.span, guessed: false }
    }

    /// End of the phrase without what hangs on it by a preposition, a comma or a clause.
    fn core_end(&self, tokens: &std::ops::Range<usize>, head: usize) -> usize {
        let inside_name = |t: usize| self.named.iter().any(|n| n.tokens.start < t && n.tokens.contains(&t));
        let inside_role = |t: usize| self.roles.iter().any(|r| r.tokens.start < t && r.tokens.contains(&t));
        (head + 1..tokens.end)
            .find(|&t| {
                let breaks =
                    matches!(self.tag(t), Tag::Adp | Tag::Punct | Tag::Verb | Tag::Sconj | Tag::Cconj | Tag::Pron);
                breaks && !inside_name(t) && !inside_role(t)
            })
            .unwrap_or(tokens.end)
    }

    /// Whether a possessive clitic stands at `token`.
    pub fn possessive(&self, token: usize) -> bool {
        matches!(self.word(token), "'s" | "’s" | "'" | "’")
    }

    /// Whom `he`, `her`, `they` … refers to: the first person of the same sentence before it, else
    /// of the sentence before. Guessed where another person stands between.
    pub fn pronoun(&self, token: usize, barred: &[String]) -> Option<Filler> {
        if !matches!(self.lower(token).as_ref(), "he" | "she" | "him" | "her" | "his" | "who" | "whom") {
            return None;
        }
        let end = self.before_quotation(token);
        let here = self.sentence_of(end);
        for sentence in [Some(here), here.checked_sub(1)].into_iter().flatten() {
            let range = &self.parsed.sentences[sentence];
            let before = |n: &&Named| {
                let before = n.tokens.start >= range.first && n.tokens.end <= end.min(range.last);
                n.kind == Kind::Person && before && !barred.iter().any(|key| key == self.entities.key(n))
            };
            let mut people = self.named.iter().filter(before);
            let first = people.next().or_else(|| self.only_person(sentence, (here, token), barred));
            let Some(first) = first else { continue };
            let guessed = first.shared || people.any(|n| n.entity != first.entity);
            let key = self.entities.key(first).to_owned();
            return Some(Filler { key, span: self.span(token..token + 1), guessed });
        }
        self.only_role(here).map(|role| Filler { span: self.span(token..token + 1), ..self.role_filler(role) })
    }

    /// Where the quotation begins whose speaker a pronoun is, or the pronoun: `“… humiliated Djokovic,” he said` is not what
    /// Djokovic said.
    fn before_quotation(&self, token: usize) -> usize {
        let mark = |t: &usize| matches!(self.word(*t), "\"" | "“" | "”");
        // A straight mark closes where it is the second of two.
        let straight = || (0..token).filter(|&t| self.word(t) == "\"").count() % 2 == 0;
        let closes = |t: &usize| self.word(*t) == "”" || self.word(*t) == "\"" && straight();
        match token.checked_sub(1).filter(closes) {
            Some(closing) => (0..closing).rev().find(mark).unwrap_or(token),
            None => token,
        }
    }

    /// `The prime minister was not there. He …`: the only holder of an office in the sentence before,
    /// where nobody is named.
    fn only_role(&self, here: usize) -> Option<&Role> {
        let range = &self.parsed.sentences[here.checked_sub(1)?];
        let inside = |r: &&Role| r.tokens.start >= range.first && r.tokens.end <= range.last;
        let mut roles = self.roles.iter().filter(inside);
        let first = roles.next().filter(|r| r.definite && r.effect == role::Effect::None)?;
        roles.next().is_none().then_some(first)
    }

    /// `In his speech, Blinken said …`: the only person of a sentence whose pronoun comes first, but not as its first
    /// word, for then it stands for somebody told of before.
    fn only_person(&self, sentence: usize, (here, token): (usize, usize), barred: &[String]) -> Option<&Named> {
        let range = &self.parsed.sentences[sentence];
        let inside = |n: &&Named| {
            let inside = n.tokens.start >= range.first && n.tokens.end <= range.last;
            n.kind == Kind::Person && inside && !barred.iter().any(|key| key == self.entities.key(n))
        };
        let mut people = self.named.iter().filter(inside);
        let comma = |n: &Named| (token..n.tokens.start).any(|t| self.word(t) == ",");
        // `“…,” he told the pilot, Skiles`: who does something before others are named is none of them.
        let under = token > range.first && matches!(self.tag(token - 1), Tag::Sconj | Tag::Adv | Tag::Adp);
        let own = matches!(self.lower(token).as_ref(), "his" | "her") || under;
        let first = people.next().filter(|n| sentence == here && token > range.first && comma(n) && own)?;
        people.all(|n| n.entity == first.entity).then_some(first)
    }

    /// `the advisers of Japan, India and France`: the names that a group is made of.
    pub fn members(&self, filler: &Filler) -> Vec<Filler> {
        if !filler.key.starts_with("n:") {
            return Vec::new();
        }
        let end = self.tokens(filler.span).end;
        if !matches!(self.lower(end).as_ref(), "of" | "from") {
            return Vec::new();
        }
        let start = if matches!(self.lower(end + 1).as_ref(), "the") { end + 2 } else { end + 1 };
        let Some(named) = self.named.iter().find(|n| n.tokens.start == start && n.kind != Kind::Person) else {
            return Vec::new();
        };
        let first = self.name(named);
        let mut all = self.listed_with(&first);
        all.push(first);
        all
    }

    /// The other names of the list `A, B and C` that a filler is in.
    pub fn listed_with(&self, filler: &Filler) -> Vec<Filler> {
        let Some(at) = self.named.iter().position(|n| n.span == filler.span) else { return Vec::new() };
        let kind = self.named[at].kind;
        let joined = |a: &Named, b: &Named| {
            let between: Vec<_> = (a.tokens.end..b.tokens.start).map(|t| self.lower(t)).collect();
            let separator = !between.is_empty() && between.iter().all(|w| matches!(w.as_ref(), "," | "and" | "the"));
            (a.kind == b.kind && b.kind == kind && separator).then(|| between.iter().any(|w| w == "and"))
        };
        let (mut first, mut last, mut list) = (at, at, false);
        while first > 0
            && let Some(and) = joined(&self.named[first - 1], &self.named[first])
        {
            (first, list) = (first - 1, list | and);
        }
        while last + 1 < self.named.len()
            && let Some(and) = joined(&self.named[last], &self.named[last + 1])
        {
            (last, list) = (last + 1, list | and);
        }
        let members = (first..=last).filter(|&i| list && i != at).map(|i| &self.named[i]);
        members.map(|n| self.name(n)).collect()
    }

    /// Keys and content words of one sentence, for telling what else it speaks of.
    pub fn topics(&self, sentence: usize) -> Vec<String> {
        self.topics[sentence].get_or_init(|| self.read_topics(sentence)).clone()
    }

    fn read_topics(&self, sentence: usize) -> Vec<String> {
        let range = &self.parsed.sentences[sentence];
        let mut topics = BTreeSet::new();
        let inside = |t: &std::ops::Range<usize>| t.start >= range.first && t.end <= range.last;
        let names = within(self.named, |n| n.tokens.end <= range.first, |n| n.tokens.start < range.last);
        let roles = within(self.roles, |r| r.tokens.start < range.first, |r| r.tokens.start < range.last);
        let dates = within(self.dates, |d| d.span.end <= range.span.start, |d| d.span.start < range.span.end);
        let figures = within(self.quantities, |q| q.span.end <= range.span.start, |q| q.span.start < range.span.end);
        // What is told in euros is not about euros.
        let is_unit = |token: usize| {
            let measured =
                |q: &&QuantityMention| !matches!(q.quantity.kind, QuantityKind::Count | QuantityKind::Ordinal);
            figures.iter().filter(measured).any(|q| q.span.contains(self.parsed.tokens[token].span))
        };
        for named in names.iter().filter(|n| inside(&n.tokens)) {
            topics.insert(self.entities.key(named).to_owned());
        }
        for role in roles.iter().filter(|r| inside(&r.tokens) && r.holder.is_none() && !r.domain.is_empty()) {
            topics.insert(role.key());
        }
        for token in range.first..range.last {
            let named = names.iter().any(|n| n.tokens.contains(&token));
            let dated = dates.iter().any(|d| d.span.contains(self.parsed.tokens[token].span));
            if named
                || dated
                || is_unit(token)
                || !matches!(self.tag(token), Tag::Noun | Tag::Verb | Tag::Adj | Tag::Propn)
            {
                continue;
            }
            let lemma = self.parsed.lemma(token);
            if lemma.len() < 3 || is_empty_word(&lemma) {
                continue;
            }
            // The south pole is no Pole.
            let capital = self.parsed.tokens[token].is_capitalised();
            if let Some(country) = gazetteer::demonym(self.word(token)).filter(|_| capital) {
                topics.insert(format!("l:{}", fold(gazetteer::country_name(country))));
                continue;
            }
            // A name that the finder of names has missed still tells what is spoken of.
            if self.tag(token) == Tag::Propn && self.parsed.tokens[token].is_capitalised() {
                topics.insert(format!("x:{}", fold(self.word(token))));
                continue;
            }
            let (pos, frame) = match self.tag(token) {
                Tag::Verb => (Class::Verb, frame::verb(&lemma)),
                Tag::Adj => (Class::Adjective, frame::noun(&lemma)),
                _ => (Class::Noun, frame::noun(&lemma)),
            };
            topics.insert(match frame {
                Some(frame) => format!("f:{}", frame.class),
                None => format!("n:{}", synonym::stem(synonym::canonical(pos, &lemma))),
            });
        }
        topics.into_iter().collect()
    }
}

/// Of a list in the order of the text, what comes after those that lie `before`, while it is `on`.
fn within<T>(all: &[T], before: impl Fn(&T) -> bool, on: impl Fn(&T) -> bool) -> &[T] {
    let rest = &all[all.partition_point(before)..];
    &rest[..rest.iter().take_while(|x| on(x)).count()]
}

/// Words that say nothing about what a sentence is about.
fn is_empty_word(lemma: &str) -> bool {
    static EMPTY: List = List::new(include_str!("../../data/language/empty.txt"));
    EMPTY.has(lemma)
}
