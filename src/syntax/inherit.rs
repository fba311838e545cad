//! What predicates take over from the clauses around them: subjects, speakers, modality, denial.

use super::clause::Reader;
use super::lexicon::{complement, denies, keeps_object, marker};
use super::predicate::{Argument, Modality, Polarity, Predicate, Tense};
use super::word::{Features, Relation, Tag};

/// The modality that a table's word stands for.
pub(super) fn modality(effect: &str) -> Option<Modality> {
    Some(match effect {
        "planned" => Modality::Planned,
        "possible" => Modality::Possible,
        "conditional" => Modality::Conditional,
        "desired" => Modality::Desired,
        "question" => Modality::Question,
        "failed" => Modality::Failed,
        _ => return None,
    })
}

/// Completes the predicates of a block, those nearer to the root first.
pub(super) fn complete(reader: &Reader, predicates: &mut [Predicate]) {
    let mut of = vec![usize::MAX; reader.words.len()];
    predicates.iter().enumerate().for_each(|(i, p)| of[p.head] = i);
    parentheses(reader, predicates, &of);
    let order = top_down(reader);
    let mut above = vec![usize::MAX; reader.words.len()];
    for &token in &order {
        let word = reader.words[token];
        let head = word.head as usize;
        if head != token {
            above[token] = if of[head] == usize::MAX { above[head] } else { of[head] };
        }
        let here = of[token];
        if here == usize::MAX {
            continue;
        }
        let mut own = predicates[here].clone();
        markers(reader, &mut own);
        if above[token] != usize::MAX {
            let parent = &mut predicates[above[token]];
            if head == parent.head && matches!(word.relation, Relation::Xcomp | Relation::Ccomp) {
                parent.complement.get_or_insert(here);
            }
            let parent = predicates[above[token]].clone();
            below(reader, &parent, &mut own);
        } else {
            announced(reader, &mut own);
        }
        attribution(reader, &mut own);
        predicates[here] = own;
    }
    questions(reader, predicates);
}

/// Tokens of a block, every head before its children.
fn top_down(reader: &Reader) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reader.words.len()).filter(|&i| reader.words[i].head as usize == i).collect();
    let mut next = 0;
    while next < order.len() {
        order.extend_from_slice(reader.tree.of(order[next]));
        next += 1;
    }
    order
}

/// `if`, `whether`, and inverted conditions.
fn markers(reader: &Reader, own: &mut Predicate) {
    let word = reader.words[own.head];
    if let Some(effect) = reader.mark(own.head).and_then(marker).and_then(modality) {
        let asked = effect == Modality::Conditional && word.relation == Relation::Ccomp;
        own.modality = if asked { Modality::Question } else { effect };
    }
    if is_condition(reader, own) {
        own.modality = Modality::Conditional;
    }
}

/// Whether a clause is what must hold first: `if`, `unless`, or `had he known`.
fn is_condition(reader: &Reader, own: &Predicate) -> bool {
    let mark = reader.mark(own.head);
    let inverted = || {
        let helper = reader.child(own.head, &[Relation::Aux]);
        let before = own.subject.zip(helper).is_some_and(|(subject, helper)| helper < subject.first);
        before && reader.words[own.head].relation == Relation::Advcl
    };
    mark.map_or_else(inverted, |m| {
        marker(m) == Some("conditional") && reader.words[own.head].relation != Relation::Ccomp
    })
}

/// `UBS to buy Credit Suisse`: a headline's infinitive is a plan of the noun before it.
fn announced(reader: &Reader, own: &mut Predicate) {
    let word = reader.words[own.head];
    if !word.features.has(Features::INFINITIVE) || reader.mark(own.head) != Some("to") {
        return;
    }
    if word.relation == Relation::Acl {
        take_subject(own, Some(reader.argument(word.head as usize)), word.confidence);
    }
    strengthen(own, Some(Modality::Planned));
}

/// What a predicate takes from the nearest predicate above it.
fn below(reader: &Reader, parent: &Predicate, own: &mut Predicate) {
    let word = reader.words[own.head];
    let noun = (word.head as usize != parent.head).then_some(word.head as usize);
    let speech = word.relation == Relation::Parataxis && complement(&own.lemma, false) == Some("reported");
    if !speech {
        own.speaker = own.speaker.or(parent.speaker);
    }
    match word.relation {
        Relation::Xcomp | Relation::Ccomp if noun.is_none() => complement_clause(reader, parent, own),
        Relation::Conj if noun.is_none() => conjoined(reader, parent, own),
        Relation::AclRelcl => relative(reader, own),
        Relation::Acl => noun_clause(reader, parent, own),
        Relation::Advcl => adverbial(reader, parent, own),
        _ => {}
    }
    if own.modality == Modality::Actual && matches!(parent.modality, Modality::Conditional | Modality::Question) {
        let inside = matches!(word.relation, Relation::Conj | Relation::Xcomp | Relation::Ccomp);
        if inside && own.subject == parent.subject {
            own.modality = parent.modality;
        }
    }
}

fn take_subject(own: &mut Predicate, from: Option<Argument>, confidence: u8) {
    if own.subject.is_none() && from.is_some() {
        own.subject = from;
        own.confidence = own.confidence.min(confidence);
    }
}

fn complement_clause(reader: &Reader, parent: &Predicate, own: &mut Predicate) {
    let word = reader.words[own.head];
    let open = own.subject.is_none();
    let nominal = own.copula && open;
    take_subject(own, parent.object.or(parent.indirect).or(parent.subject), parent.confidence);
    let phrasal = parent.particle.as_ref().and_then(|p| complement(&format!("{} {p}", parent.lemma), open));
    let effect = phrasal.or_else(|| complement(&parent.lemma, open)).unwrap_or(match () {
        () if nominal => "actual",
        () if open && word.features.has(Features::INFINITIVE) => "planned",
        () if open => "actual",
        () => "possible",
    });
    if own.tense == Tense::None && open && effect == "actual" {
        own.tense = parent.tense;
    }
    match effect {
        "reported" => own.speaker = parent.subject.or(parent.agent).or(parent.speaker),
        "denied" => {
            own.speaker = parent.subject.or(parent.speaker);
            own.polarity = own.polarity.flipped();
        }
        "failed" => {
            own.modality = Modality::Failed;
            own.polarity = if parent.polarity == Polarity::Negated { Polarity::Asserted } else { Polarity::Negated };
            return;
        }
        // What one had to do is done; what one has to do is not yet.
        "obliged" if parent.tense == Tense::Past => {}
        "obliged" => strengthen(own, Some(Modality::Desired)),
        _ => strengthen(own, modality(effect)),
    }
    if effect == "reported" && own.modality == Modality::Conditional && reader.mark(own.head) != Some("if") {
        // `said he would`: the future seen from the past.
        own.modality = Modality::Planned;
    }
    if open && matches!(parent.modality, Modality::Failed | Modality::Planned | Modality::Possible | Modality::Desired)
    {
        strengthen(own, Some(parent.modality));
    }
    if parent.polarity == Polarity::Negated {
        match open {
            true => own.polarity = own.polarity.flipped(),
            // Not said, not known, not denied: nothing follows.
            false => strengthen(own, Some(Modality::Possible)),
        }
    }
}

fn strengthen(own: &mut Predicate, modality: Option<Modality>) {
    if own.modality == Modality::Actual {
        own.modality = modality.unwrap_or(Modality::Actual);
    }
}

fn conjoined(reader: &Reader, parent: &Predicate, own: &mut Predicate) {
    let word = reader.words[own.head];
    if own.subject.is_some() {
        return;
    }
    take_subject(own, parent.subject, parent.confidence.min(word.confidence));
    // `met and thanked Xi`: one object for both.
    if own.object.is_none() && !own.passive && parent.object.is_some_and(|o| o.first > own.head) {
        own.object = parent.object;
    }
    let helped = reader.child(own.head, &[Relation::Aux, Relation::AuxPass, Relation::Cop]).is_some();
    let features = reader.words[parent.head].features;
    if helped || own.copula || word.features.has(Features::FINITE) && !features.has(Features::FINITE) {
        return;
    }
    if word.features == features {
        own.passive |= parent.passive && word.features.has(Features::PARTICIPLE);
        if !word.features.has(Features::FINITE) {
            own.passive = parent.passive;
        }
        own.tense = parent.tense;
        strengthen(own, Some(parent.modality));
        let again = reader.words[parent.head].features.has(Features::FINITE);
        if parent.polarity == Polarity::Negated && !again {
            own.polarity = Polarity::Negated;
        }
    }
}

/// A relative pronoun stands for the noun above it; without one, the gap is subject or object.
fn relative(reader: &Reader, own: &mut Predicate) {
    let antecedent = Some(reader.argument(reader.words[own.head].head as usize));
    let relative = |a: &Option<Argument>| {
        a.is_some_and(|a| matches!(reader.form(a.head), "who" | "whom" | "which" | "that") && a.last - a.first == 1)
    };
    let (in_subject, in_object) = (relative(&own.subject), relative(&own.object));
    let arc = reader.words[own.head].confidence;
    if in_subject {
        own.subject = antecedent;
    } else if in_object {
        own.object = antecedent;
    } else {
        let gap = own.obliques.iter_mut().find(|o| relative(&Some(o.1)));
        match (gap, antecedent) {
            (Some(gap), Some(antecedent)) => gap.1 = antecedent,
            _ if own.subject.is_none() => own.subject = antecedent,
            _ if own.object.is_none() && !own.passive && !own.copula && !elsewhere(reader, own.head) => {
                own.object = antecedent;
            }
            _ => return,
        }
    }
    own.confidence = own.confidence.min(arc);
}

/// `where`, `when`, a stranded preposition or a complement: the gap is not the object.
fn elsewhere(reader: &Reader, head: usize) -> bool {
    reader.tree.of(head).iter().any(|&c| {
        matches!(reader.form(c), "where" | "when" | "why" | "how")
            || matches!(reader.words[c].relation, Relation::Xcomp | Relation::Ccomp)
            || reader.words[c].tag == Tag::Adp && reader.words[c].relation != Relation::CompoundPrt
    })
}

fn noun_clause(reader: &Reader, parent: &Predicate, own: &mut Predicate) {
    let word = reader.words[own.head];
    let noun = word.head as usize;
    let arc = word.confidence;
    let effect = complement(&reader.parsed.lemma(noun), own.subject.is_none());
    if word.features.has(Features::INFINITIVE) {
        let ranked = reader.tree.of(noun).iter().copied().chain([noun]).any(|c| {
            let lemma = reader.parsed.lemma(c);
            matches!(lemma.as_str(), "first" | "last" | "only" | "second" | "third" | "latest")
                || reader.words[c].features.has(Features::SUPERLATIVE)
        });
        if ranked {
            take_subject(own, Some(reader.argument(noun)), arc);
            own.tense = parent.tense;
        } else {
            take_subject(own, parent.subject, arc.min(parent.confidence));
            strengthen(own, effect.and_then(modality).or(Some(Modality::Planned)));
            if effect == Some("failed") {
                own.polarity = Polarity::Negated;
            }
        }
    } else if own.subject.is_none() && word.features.has(Features::GERUND) && reader.introduced(own.head) {
        // `a year after taking office`, `no plan for leaving`: who acts is who acts above.
        take_subject(own, parent.subject, arc.min(parent.confidence));
    } else if own.subject.is_none() {
        own.passive = word.features.has(Features::PARTICIPLE) && (own.object.is_none() || keeps_object(&own.lemma));
        take_subject(own, Some(reader.argument(noun)), arc);
    } else if reader.mark(own.head).is_some() {
        strengthen(own, effect.and_then(modality).or(Some(Modality::Possible)));
    }
}

fn adverbial(reader: &Reader, parent: &Predicate, own: &mut Predicate) {
    let word = reader.words[own.head];
    let open = own.subject.is_none() && !word.features.has(Features::FINITE);
    if open {
        take_subject(own, parent.subject, parent.confidence.min(word.confidence));
        if word.features.has(Features::INFINITIVE) {
            strengthen(own, Some(Modality::Planned));
        } else if own.tense == Tense::None {
            own.tense = parent.tense;
        }
        if reader.mark(own.head).is_none() && reader.preposition(own.head).is_some_and(|p| denies(&p, "marker")) {
            own.polarity = Polarity::Negated;
        }
    }
}

/// `According to the ministry`: who says what the clause says.
fn attribution(reader: &Reader, own: &mut Predicate) {
    if let Some(source) = own.obliques.iter().find(|o| o.0 == "according to") {
        own.speaker = Some(source.1);
    }
    let _ = reader;
}

/// `Blinken, the Times noted, left`: a clause of speech beside what is said.
fn parentheses(reader: &Reader, predicates: &mut [Predicate], of: &[usize]) {
    for i in 0..predicates.len() {
        let head = predicates[i].head;
        let word = reader.words[head];
        let up = word.head as usize;
        let speech = complement(&predicates[i].lemma, false) == Some("reported");
        if word.relation != Relation::Parataxis || !speech || predicates[i].object.is_some() || of[up] == usize::MAX {
            continue;
        }
        let speaker = predicates[i].subject;
        let said = of[up];
        predicates[said].speaker = predicates[said].speaker.or(speaker);
        predicates[i].complement.get_or_insert(said);
    }
}

/// A sentence that ends with a question mark states nothing; nor does a clause under a condition.
fn questions(reader: &Reader, predicates: &mut [Predicate]) {
    let conditions: Vec<_> = predicates
        .iter()
        .filter(|p| reader.words[p.head].relation == Relation::Advcl && is_condition(reader, p))
        .map(|p| reader.words[p.head].head as usize)
        .collect();
    for p in predicates.iter_mut() {
        let sentence = &reader.parsed.sentences[p.sentence];
        let mut ends = (sentence.first..sentence.last).rev().map(|i| reader.form(i));
        if ends.find(|f| !matches!(*f, "”" | "\"" | "'" | ")")).is_some_and(|f| f == "?") && p.speaker.is_none() {
            p.modality = Modality::Question;
        }
        if conditions.contains(&p.head) {
            strengthen(p, Some(Modality::Conditional));
        }
    }
}
