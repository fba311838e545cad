//! Whose title it is: what stands beside it, joins it to a name by a copula, or says so by a verb.

use std::sync::LazyLock;

use crate::language::{rows, title};
use crate::map::HashMap;
use crate::mention::{Kind, gazetteer};
use crate::syntax::{Modality, Polarity, Predicate, Tense};

use super::super::{Named, domain};
use super::{Effect, Finder, Left, Role};

/// The holder of a title as the text says it.
#[derive(Clone, Copy, Default)]
pub(super) struct Holding {
    /// Index into the page's entities.
    pub entity: Option<usize>,
    /// Nothing was guessed.
    pub adjacent: bool,
    /// Said of the past.
    pub past: bool,
    /// Token after which the holder's name ends, where the name follows the title at once.
    pub name_end: Option<usize>,
}

impl Holding {
    fn beside(named: &Named) -> Self {
        Self { entity: Some(named.entity), adjacent: true, past: false, name_end: None }
    }
}

/// Verb → title of the one who does it to an organisation.
static VERBS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let table = include_str!("../../../data/language/role_verbs.tsv");
    rows(table).filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect()
});

pub(super) fn is_actual(p: &Predicate) -> bool {
    p.polarity == Polarity::Asserted && p.modality == Modality::Actual
}

impl Finder<'_, '_> {
    /// Whose title it is.
    pub(super) fn holder(&self, left: &Left, end: usize, last: usize) -> Holding {
        let person = |n: &&Named| n.kind == Kind::Person;
        if let Some(named) = self.name_starting(end).filter(person).filter(|n| n.tokens.start < last) {
            return Holding { name_end: Some(named.tokens.end), ..Holding::beside(named) };
        }
        let before = left.outer.checked_sub(1);
        let apposed = before.filter(|&b| matches!(self.word(b), "," | "(" | "-" | "–" | "—"));
        let first = apposed.and_then(|b| self.name_ending(self.before_age(b))).filter(person);
        if self.word(end) == "," && (left.outer < left.start || left.definite) {
            let named = self.name_starting(end + 1).filter(person).filter(|n| n.tokens.end <= last);
            let closed = |n: &&Named| matches!(self.word(n.tokens.end), "," | "." | ")" | "" | "-" | "–" | "—");
            // In `Agrawal, the chief executive, Segal, the chief financial officer` each title follows its name.
            let taken = |n: &Named| first.is_some_and(|f| !self.titled(f)) && self.word(n.tokens.end) == ",";
            if let Some(named) = named.filter(closed).filter(|n| !taken(n)) {
                return Holding::beside(named);
            }
        }
        if let Some(named) = first.filter(|_| self.closes(end)) {
            return Holding::beside(named);
        }
        let Some(before) = before else { return Holding::default() };
        if self.lower(before) == "as" {
            return self.given(before);
        }
        let copula = self.copula(before);
        if copula.entity.is_some() { copula } else { self.predicated(left.start..end) }
    }

    /// The end of the name before a comma, or before an age between commas: `Jude Bellingham, 20, the midfielder`.
    pub(super) fn before_age(&self, comma: usize) -> usize {
        let aged =
            comma >= 2 && self.word(comma - 2) == "," && self.word(comma - 1).bytes().all(|b| b.is_ascii_digit());
        if aged { comma - 2 } else { comma }
    }

    /// Whether an apposition can end here, or go on with a phrase.
    fn closes(&self, end: usize) -> bool {
        const AFTER: [&str; 34] = [
            "", ",", ".", ")", ";", "-", "–", "—", ":", "!", "?", "and", "who", "whose", "said", "from", "in", "at",
            "since", "until", "under", "for", "with", "on", "then", "then,", "during", "to", "but", "of", "when",
            "here", "there", "whom",
        ];
        AFTER.contains(&self.lower(end).as_ref())
    }

    /// Whether a title stands right before a name, or before it and a comma.
    fn titled(&self, named: &Named) -> bool {
        let at = named.tokens.start;
        let end = if at > 0 && self.word(at - 1) == "," { at - 1 } else { at };
        (end.saturating_sub(3)..end).any(|t| {
            let words: Vec<_> = (t..end).map(|t| self.lower(t)).collect();
            title::longest(words.iter().map(AsRef::as_ref)).is_some_and(|(_, count)| t + count == end)
        })
    }

    /// `who followed Dorsey as chief executive`: the subject of a verb of the table before `as`.
    fn given(&self, at: usize) -> Holding {
        let sentence = self.parsed.sentences.partition_point(|s| s.last <= at);
        let before = self.parsed.predicates.iter().filter(|p| p.sentence == sentence && p.head < at && !p.passive);
        let Some(p) = before.max_by_key(|p| p.head) else { return Holding::default() };
        let lasting = match VERBS.get(p.lemma.as_str()) {
            Some(&"(as)") => p.tense == Tense::Present,
            Some(&"(now as)") => matches!(p.tense, Tense::Present | Tense::Past),
            _ => return Holding::default(),
        };
        let Some(named) = self.subject(p) else { return Holding::default() };
        Holding { entity: Some(named.entity), adjacent: lasting && is_actual(p), past: !lasting, name_end: None }
    }

    /// `X is the …`, `X, who was once …`, with token `at` the last one before the title.
    fn copula(&self, at: usize) -> Holding {
        let mut t = at;
        let mut past = false;
        while matches!(
            self.lower(t).as_ref(),
            "previously" | "formerly" | "once" | "then" | "also" | "now" | "currently" | "still" | "again" | "already"
        ) {
            past |= matches!(self.lower(t).as_ref(), "previously" | "formerly" | "once" | "then");
            if t == 0 {
                return Holding::default();
            }
            t -= 1;
        }
        if !matches!(self.lower(t).as_ref(), "is" | "was" | "remains" | "became") || t == 0 {
            return Holding::default();
        }
        past |= matches!(self.lower(t).as_ref(), "was");
        let mut subject = t;
        if self.lower(subject - 1) == "who" && subject >= 2 {
            subject -= 1;
            subject -= usize::from(self.word(subject - 1) == ",");
        }
        let named = self.name_ending(subject).filter(|n| n.kind == Kind::Person);
        Holding { entity: named.map(|n| n.entity), adjacent: !past, past, name_end: None }
    }

    /// A title that a copula joins to a subject farther off: `Silva, who held the office before, is again minister`.
    fn predicated(&self, role: std::ops::Range<usize>) -> Holding {
        let found = self.parsed.predicates.iter().find(|p| p.copula && role.contains(&p.head));
        let Some((named, p)) = found.and_then(|p| Some((self.subject(p)?, p))) else { return Holding::default() };
        let past = p.tense == Tense::Past;
        let plain = p.tense == Tense::Present && is_actual(p);
        Holding { entity: Some(named.entity), adjacent: plain, past: past || !plain, name_end: None }
    }

    pub(super) fn subject(&self, p: &Predicate) -> Option<&Named> {
        let head = p.subject?.head;
        let named = if self.lower(head) == "who" {
            let end = head - usize::from(head > 0 && self.word(head - 1) == ",");
            self.name_ending(end)
        } else {
            self.named.iter().find(|n| n.tokens.contains(&head))
        };
        named.filter(|n| n.kind == Kind::Person)
    }

    /// `who heads Roscosmos`: titles that a verb of the table gives to its subject over a named object.
    pub(super) fn by_verb(&self) -> Vec<Role> {
        let all = self.parsed.predicates.iter();
        let active = all.filter(|p| is_actual(p) && !p.passive && !p.copula && p.tense == Tense::Present);
        active.filter_map(|p| self.verb_role(p)).collect()
    }

    fn verb_role(&self, p: &Predicate) -> Option<Role> {
        let title = title::get(VERBS.get(p.lemma.as_str())?)?;
        let (holder, object) = (self.subject(p)?, p.object?);
        let over = self.named.iter().find(|n| n.kind != Kind::Person && n.tokens.contains(&object.head))?;
        let form = (over.tokens.start..over.tokens.end).map(|t| self.lower(t)).collect::<Vec<_>>().join(" ");
        let tokens = p.head..over.tokens.end;
        let beside = object.first >= p.head && object.first <= p.head + 2 && p.subject?.head < p.head;
        beside.then(|| Role {
            block: self.block,
            span: self.parsed.tokens[p.head].span.to(over.span),
            tokens,
            title,
            domain: domain::canonical(&form),
            effect: Effect::None,
            holder: Some(holder.entity),
            adjacent: true,
            definite: false,
        })
    }

    /// The country whose name begins at a token, with its tokens.
    pub(super) fn country_at(&self, at: usize) -> Option<(String, std::ops::Range<usize>)> {
        let first = at + usize::from(self.lower(at) == "the");
        (1..=3).rev().find_map(|count| {
            let tokens = first..first + count;
            let capitals = self.parsed.tokens.get(tokens.clone())?.iter().all(|t| t.is_capitalised());
            let form = tokens.clone().map(|t| self.lower(t)).collect::<Vec<_>>().join(" ");
            let code = gazetteer::country(&form).filter(|_| capitals && gazetteer::demonym(&form).is_none())?;
            Some((code.to_string(), tokens))
        })
    }
}
