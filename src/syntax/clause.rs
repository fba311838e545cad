//! Reads the predicates off the trees of a block.

use super::children::Children;
use super::lexicon::{complement, denies, is_transitive, modal, tells_time};
use super::predicate::{Argument, Modality, Polarity, Predicate, Tense};
use super::word::{Features, Relation, Tag, Word};
use super::{Parsed, inherit};
use crate::order;
use std::borrow::Cow;

/// What the predicates of a block are read from.
pub(super) struct Reader<'r> {
    pub(super) parsed: &'r Parsed<'r>,
    pub(super) words: &'r [Word],
    pub(super) tree: Children,
    /// Lower-case forms.
    forms: Vec<Cow<'r, str>>,
}

/// All predicates of a block, in the order of their heads.
pub(super) fn predicates(parsed: &Parsed) -> Vec<Predicate> {
    let forms = (0..parsed.tokens.len()).map(|t| parsed.lower(t)).collect();
    let reader = Reader { parsed, words: &parsed.words, tree: Children::new(&parsed.words), forms };
    let mut out = Vec::new();
    for (number, sentence) in parsed.sentences.iter().enumerate() {
        for head in sentence.first..sentence.last {
            if reader.is_predicate(head) {
                out.push(reader.read(head, number));
            }
        }
    }
    inherit::complete(&reader, &mut out);
    out
}

impl Reader<'_> {
    pub(super) fn form(&self, token: usize) -> &str {
        &self.forms[token]
    }

    pub(super) fn child(&self, token: usize, relations: &[Relation]) -> Option<usize> {
        self.tree.find(self.words, token, relations)
    }

    /// The form of the word that introduces the clause of a predicate.
    pub(super) fn mark(&self, head: usize) -> Option<&str> {
        self.child(head, &[Relation::Mark]).map(|m| self.form(m))
    }

    /// Whether a word or a preposition introduces the clause of a predicate.
    pub(super) fn introduced(&self, head: usize) -> bool {
        self.child(head, &[Relation::Mark, Relation::Case]).is_some()
    }

    /// The phrase of an argument, with all members of its coordination.
    pub(super) fn argument(&self, head: usize) -> Argument {
        self.tree.phrase(self.words, head, true)
    }

    fn is_predicate(&self, at: usize) -> bool {
        use Relation::{
            Acl, AclRelcl, Advcl, Appos, Ccomp, Conj, Cop, Csubj, List, Nsubj, NsubjPass, Obj, Parataxis, Root, Xcomp,
        };
        let word = self.words[at];
        let clause =
            matches!(word.relation, Root | Ccomp | Xcomp | Advcl | Acl | AclRelcl | Csubj | Parataxis | List | Appos);
        let subject = || self.child(at, &[Nsubj, NsubjPass]).is_some();
        match word.tag {
            Tag::Punct => false,
            Tag::Verb => clause || word.relation == Conj || subject() || self.child(at, &[Obj]).is_some(),
            Tag::Aux => word.relation == Root || subject(),
            _ => {
                let nominal = word.relation == Xcomp || self.child(at, &[Cop]).is_some() || subject();
                nominal && !matches!(word.relation, Relation::Case | Relation::Mark | Relation::Fixed)
            }
        }
    }

    /// What the clause itself says; what it inherits comes later.
    fn read(&self, head: usize, sentence: usize) -> Predicate {
        let word = self.words[head];
        let verbal = matches!(word.tag, Tag::Verb | Tag::Aux);
        let mut out = Predicate {
            head,
            lemma: self.parsed.lemma(head),
            particle: None,
            sentence,
            subject: None,
            object: None,
            indirect: None,
            agent: None,
            obliques: Vec::new(),
            complement: None,
            passive: false,
            copula: !verbal,
            tense: Tense::None,
            polarity: Polarity::Asserted,
            modality: Modality::Actual,
            speaker: None,
            confidence: word.confidence,
        };
        for &c in self.tree.of(head) {
            self.take(&mut out, c);
        }
        self.inverted(&mut out);
        if !verbal && let Some(case) = self.preposition(head) {
            out.lemma = "be".into();
            out.obliques.insert(0, (case, self.argument(head)));
        }
        self.voice_and_tense(&mut out);
        self.negation(&mut out);
        out
    }

    /// `… ,” said Anna Lind`: who speaks, though the parser took the name for an object.
    fn inverted(&self, out: &mut Predicate) {
        let named = out.object.filter(|o| self.words[o.head].tag == Tag::Propn && o.first == out.head + 1);
        let quoted = out.head > 0 && matches!(self.form(out.head - 1), "”" | "\"" | "’" | "'" | ",");
        if named.is_some() && quoted && out.subject.is_none() && complement(&out.lemma, false) == Some("reported") {
            (out.subject, out.object) = (named, None);
        }
    }

    /// Takes one child of the predicate's head into its place.
    fn take(&self, out: &mut Predicate, child: usize) {
        let word = self.words[child];
        let place = match word.relation {
            Relation::Nsubj | Relation::NsubjPass if self.form(child) != "there" => &mut out.subject,
            Relation::Obj if self.is_time(child) && !tells_time(&out.lemma, "verb") => {
                self.oblique(out, child);
                return;
            }
            Relation::Obj => &mut out.object,
            Relation::Iobj => &mut out.indirect,
            Relation::CompoundPrt => {
                out.particle = Some(self.form(child).to_string());
                return;
            }
            Relation::Obl | Relation::OblAgent | Relation::OblUnmarked => {
                self.oblique(out, child);
                return;
            }
            _ => return,
        };
        if place.is_none() {
            *place = Some(self.argument(child));
            out.confidence = out.confidence.min(word.confidence);
        }
    }

    /// Whether a noun phrase tells a time that needs no preposition: `Friday`, `last week`.
    fn is_time(&self, head: usize) -> bool {
        let lemma = self.parsed.lemma(head);
        let which = |&c: &usize| ["which", "alone"].iter().any(|kind| tells_time(self.form(c), kind));
        let after = self.forms.get(head + 1).is_some_and(|next| tells_time(next, "after"));
        let bound = || after || self.tree.of(head).iter().any(which);
        tells_time(self.form(head), "alone") || tells_time(&lemma, "span") && bound()
    }

    /// Adds an oblique; members of its coordination with a preposition of their own count apart.
    fn oblique(&self, out: &mut Predicate, head: usize) {
        let mut members = vec![head];
        members.extend(self.tree.of(head).iter().filter(|&&c| self.words[c].relation == Relation::Conj));
        let apart = members[1..].iter().any(|&m| self.preposition(m).is_some());
        if !apart {
            members.truncate(1);
        }
        for m in members {
            let case = self.preposition(m).unwrap_or_default();
            out.obliques.push((case, self.tree.phrase(self.words, m, !apart)));
        }
    }

    /// The preposition of a phrase, lower case, words of a fixed one joined by spaces.
    pub(super) fn preposition(&self, head: usize) -> Option<String> {
        let cases = self.tree.of(head).iter().filter(|&&c| self.words[c].relation == Relation::Case);
        let mut out = Vec::new();
        for &c in cases.filter(|&&c| c < head) {
            let fixed = self.tree.of(c).iter().filter(|&&f| self.words[f].relation == Relation::Fixed);
            let mut parts: Vec<_> = fixed.copied().chain([c]).collect();
            order::sort(&mut parts);
            out.extend(parts.into_iter().map(|p| self.form(p)));
        }
        (!out.is_empty()).then(|| out.join(" "))
    }

    fn voice_and_tense(&self, out: &mut Predicate) {
        use Relation::{Aux, AuxPass, Cop, NsubjPass};
        let word = self.words[out.head];
        let helpers: Vec<_> = self
            .tree
            .of(out.head)
            .iter()
            .copied()
            .filter(|&c| matches!(self.words[c].relation, Aux | AuxPass | Cop))
            .collect();
        let participle = word.features.has(Features::PARTICIPLE);
        let perfect = helpers.iter().any(|&h| self.words[h].relation == Aux && self.parsed.lemma(h) == "have");
        let have = self.is_have(&helpers) && helpers.len() == 1;
        let marked = self.child(out.head, &[AuxPass, NsubjPass]).is_some();
        let bare = word.tag == Tag::Verb && participle && !perfect && out.object.is_none();
        let headline = helpers.is_empty() && self.is_headline(out.head);
        let short = headline && word.features.has(Features::PAST) && out.object.is_none() && is_transitive(&out.lemma);
        out.passive = short || (marked || bare) && !have && !self.is_past(out.head, &helpers);
        if out.passive {
            self.agent(out);
        }
        let finite = helpers.first().copied().unwrap_or(out.head);
        let features = self.words[finite].features;
        out.tense = if features.has(Features::PAST) || perfect || participle && helpers.is_empty() {
            Tense::Past
        } else if features.has(Features::FINITE) {
            Tense::Present
        } else {
            Tense::None
        };
        for h in helpers {
            if let Some((effect, tense)) = modal(self.form(h)) {
                // `'d` before a participle is had, not would.
                if self.form(h) == "'d" && participle {
                    out.tense = Tense::Past;
                    continue;
                }
                out.modality = inherit::modality(effect).unwrap_or(out.modality);
                out.tense = match tense {
                    "future" => Tense::Future,
                    "present" => Tense::Present,
                    _ => Tense::None,
                };
            }
        }
    }

    /// A verb with a subject of its own and no helper is finite in running text, though it may look
    /// like a participle; only headlines and captions leave the helper out (`20 killed in crash`).
    fn is_past(&self, head: usize, helpers: &[usize]) -> bool {
        let word = self.words[head];
        let clause = !matches!(word.relation, Relation::Acl | Relation::Advcl | Relation::Xcomp);
        let subject = self.child(head, &[Relation::Nsubj, Relation::NsubjPass]).is_some();
        clause && subject && helpers.is_empty() && !self.is_headline(head)
    }

    /// Whether the sentence of a token ends without a mark.
    fn is_headline(&self, token: usize) -> bool {
        let sentence = self.parsed.sentences.iter().find(|s| s.last > token);
        sentence.is_some_and(|s| self.words[s.last - 1].tag != Tag::Punct)
    }

    /// A by-phrase that the parser took for any other, unless it tells a time or an amount.
    fn agent(&self, out: &mut Predicate) {
        let names = |a: &Argument| matches!(self.words[a.head].tag, Tag::Noun | Tag::Propn | Tag::Pron);
        let counted = |a: &Argument| self.child(a.head, &[Relation::Nummod]).is_some();
        if let Some(at) = out.obliques.iter().position(|(case, a)| case == "by" && names(a) && !counted(a)) {
            let agent = out.obliques.remove(at).1;
            out.confidence = out.confidence.min(self.words[agent.head].confidence);
            out.agent = Some(agent);
        }
    }

    /// `having`, or a helper that the parser left without its relation.
    fn is_have(&self, helpers: &[usize]) -> bool {
        helpers.iter().any(|&h| matches!(self.form(h), "has" | "have" | "had" | "having" | "'ve"))
    }

    fn negation(&self, out: &mut Predicate) {
        let head = out.head;
        let mut negated = false;
        for &c in self.tree.of(head) {
            let (form, relation) = (self.form(c), self.words[c].relation);
            let adverb = matches!(
                relation,
                Relation::Advmod | Relation::Aux | Relation::Cc | Relation::CcPreconj | Relation::Det | Relation::Dep
            );
            let lifted = self.forms.get(c + 1).is_some_and(|next| denies(next, "unless"));
            if adverb && denies(form, "clause") && !lifted {
                negated = !negated;
            }
            let no_longer = matches!(relation, Relation::Advmod | Relation::Obl | Relation::OblUnmarked);
            if no_longer && self.tree.of(c).iter().any(|&g| self.form(g) == "no") {
                negated = true;
            }
            if matches!(relation, Relation::Advmod) && denies(form, "doubt") && out.modality == Modality::Actual {
                out.modality = Modality::Possible;
            }
        }
        if self.mark(head).is_some_and(|m| denies(m, "marker")) {
            negated = true;
        }
        negated |= [out.subject, out.object].iter().flatten().any(|a| self.denied(a.head));
        // A predicate noun with `no` denies its copula.
        negated |= out.copula && self.denied(head);
        if negated {
            out.polarity = Polarity::Negated;
        }
    }

    /// Whether a noun phrase itself says that there is none.
    fn denied(&self, head: usize) -> bool {
        denies(self.form(head), "argument")
            || self.tree.of(head).iter().any(|&c| {
                matches!(self.words[c].relation, Relation::Det | Relation::CcPreconj | Relation::Cc | Relation::Advmod)
                    && denies(self.form(c), "argument")
            })
    }
}
