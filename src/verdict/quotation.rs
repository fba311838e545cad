//! Quotations: altered words, or the same words from another mouth.

use super::align::keys;
use super::ballot::{Ballot, Subject, Vote};
use super::likeness::{Closeness, Likeness, TELLING, liken};
use super::{Check, Finding, FindingKind, Verdict, tell};
use crate::claim::wording::{self, Word};
use crate::claim::{Claim, Key, Label, Value};
use crate::language::synonym;
use crate::reference::{Entry, Identity, Match};
use crate::span::Span;

/// Least weight of what else two sentences share for a few words to be of one utterance.
const CONTEXT: f32 = 1.0;

pub(super) fn judge(check: &Check<'_, '_>, claim: &Claim) -> Option<Finding> {
    let words = claim.parts(Label::Words).next()?;
    let Value::Text(text) = &words.value else { return None };
    let page = wording::split(text);
    let mut ballot = Ballot::default();
    ballot.settled = true;
    let mut wrong_speaker = Ballot::with_doubt(!claim.firm);
    let mut altered: Option<Span> = None;
    let quotations = check.index.quotations(&page).into_iter();
    for (entry, theirs) in quotations.filter(|(e, _)| check.counts(e.source)) {
        let Some(Value::Text(source)) = entry.claim.parts(Label::Words).next().map(|p| &p.value) else { continue };
        let speakers = speakers(check, claim, entry.claim);
        let closeness = closeness(check, (claim, &page), entry, speakers);
        match liken(&page, (theirs, source), closeness) {
            Likeness::Same => {
                ballot.cast(Vote::For, entry, source.clone());
                if let Some(vote) = speakers
                    && (vote == Vote::For || page.iter().filter(|w| wording::telling(&w.form)).count() >= TELLING)
                {
                    wrong_speaker.doubt |=
                        vote == Vote::Against && (!entry.claim.firm || both_named(check, claim, entry));
                    wrong_speaker.cast(vote, entry, said_by(check, entry.claim));
                }
            }
            Likeness::Altered(first, last) if speakers != Some(Vote::Against) => {
                let at = page[first].span.to(page[last].span);
                altered = altered.or(Some(Span { start: words.span.start + at.start, end: words.span.start + at.end }));
                ballot.cast(Vote::Against, entry, source.clone());
            }
            _ => {}
        }
    }
    let by_speaker = claim.parts(Label::Speaker).next().map(|part| {
        let name = tell::value(check.index, &part.value);
        let what = (FindingKind::Attribution, "quote.speaker");
        wrong_speaker.decide(check, subject(check, claim, part.span, what, &name))
    });
    if let Some(finding) = by_speaker.filter(|f| f.verdict == Verdict::Contradicted) {
        return Some(finding);
    }
    let span = altered.unwrap_or(words.span);
    Some(ballot.decide(check, subject(check, claim, span, (FindingKind::Quote, "quote.altered"), text)))
}

fn subject(
    check: &Check<'_, '_>,
    claim: &Claim,
    span: Span,
    what: (FindingKind, &'static str),
    value: &str,
) -> Subject {
    Subject {
        kind: what.0,
        block: claim.block as usize,
        span,
        claim: tell::claim(check.index, claim, "quote", value),
        value: value.to_owned(),
        rule: what.1,
        confidence: 0.92,
    }
}

fn speaker(claim: &Claim) -> Option<&Key> {
    match &claim.parts(Label::Speaker).next()?.value {
        Value::Key(key) => Some(key),
        _ => None,
    }
}

fn said_by(check: &Check<'_, '_>, claim: &Claim) -> String {
    claim.parts(Label::Speaker).next().map_or(String::new(), |p| tell::value(check.index, &p.value))
}

/// Whether two quotations of the same words have the same speaker.
fn speakers(check: &Check<'_, '_>, page: &Claim, source: &Claim) -> Option<Vote> {
    let (a, b) = (speaker(page)?, speaker(source)?);
    if a == b {
        return Some(Vote::For);
    }
    // One of the two may have been taken for a firm's name.
    if let (Identity::Person(x), Identity::Person(y)) = (check.index.identity(a), check.index.identity(b)) {
        return Some(if x == y { Vote::For } else { Vote::Against });
    }
    match keys(check.index, a, b) {
        Match::Same => Some(Vote::For),
        // A role by itself may be meant of somebody else than it seems.
        Match::Different if a.class() != 'r' && b.class() != 'r' => Some(Vote::Against),
        Match::Different | Match::Open => None,
    }
}

/// Whether one of the two sentences names the speaker of the other: then one may be cited by the other.
fn both_named(check: &Check<'_, '_>, page: &Claim, entry: &Entry<'_>) -> bool {
    let topic = |claim: &Claim| speaker(claim).and_then(|k| check.index.topic(&k.0));
    let other = topic(entry.claim);
    let on_page = other.is_some() && check.spoken.of(page).iter().any(|t| t.number == other);
    on_page || topic(page).is_some_and(|t| check.index.speaks_of(entry, t))
}

fn closeness(
    check: &Check<'_, '_>,
    (page, quoted): (&Claim, &[Word]),
    entry: &Entry<'_>,
    speakers: Option<Vote>,
) -> Closeness {
    if speakers != Some(Vote::For) {
        return Closeness::Unknown;
    }
    let known = speaker(page).and_then(|k| check.index.topic(&k.0));
    let own = |topic: &str| {
        !quoted.iter().any(|w| topic.get(2..).is_some_and(|t| t == w.form || t == synonym::stem(&w.form)))
    };
    let met = |number: u32| Some(number) != known && check.index.speaks_of(entry, number);
    let both = check.spoken.of(page).iter().filter(|t| t.number.is_some_and(met) && own(t.text));
    let shared: f32 = both.filter_map(|t| t.number).map(|t| check.index.weight(t)).sum();
    if shared >= CONTEXT { Closeness::Context } else { Closeness::Speaker }
}
