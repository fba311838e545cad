//! In which tense and sense the verbs of a sentence can stand, by their tags alone: what a tree would say of any of its
//! predicates is among it, for a tenth of the work.

use super::lexicon::modal;
use super::predicate::{Modality, Tense};
use super::word::{Features, Tag, Word};
use super::{Parsed, inherit};

/// What can be true of a predicate.
pub type Outlook = (Modality, Tense);

/// The helpers of a verb, nearest first.
struct Helpers {
    tokens: Vec<usize>,
    /// Whether an infinitive's `to` stands among them.
    to: bool,
}

/// All that the predicates of a sentence can be, with repeats; empty where it has no verb. `tagged` holds its tokens
/// and tags, its heads are not looked at.
pub(super) fn outlooks(tagged: &Parsed) -> Vec<Outlook> {
    let mut out = Vec::new();
    let verbs = (0..tagged.words.len()).filter(|&i| verbal(&tagged.words[i]) && !is_helper(&tagged.words, i));
    for verb in verbs {
        let helpers = helpers(tagged, verb);
        if helpers.to {
            out.push((Modality::Planned, Tense::None));
        } else {
            stands(tagged, verb, &helpers.tokens, &mut out);
        }
    }
    // A clause around the verb's own may leave open what it says.
    for at in 0..out.len() {
        out.push((Modality::Possible, out[at].1));
    }
    out
}

fn verbal(word: &Word) -> bool {
    matches!(word.tag, Tag::Verb | Tag::Aux)
}

/// What may stand between a helper and its verb.
fn between(word: &Word) -> bool {
    matches!(word.tag, Tag::Adv | Tag::Part)
}

fn is_helper(words: &[Word], at: usize) -> bool {
    words[at].tag == Tag::Aux && words[at + 1..].iter().find(|word| !between(word)).is_some_and(verbal)
}

fn helpers(tagged: &Parsed, verb: usize) -> Helpers {
    let mut out = Helpers { tokens: Vec::new(), to: false };
    for at in (0..verb).rev() {
        match tagged.words[at].tag {
            Tag::Aux => out.tokens.push(at),
            Tag::Part => out.to |= tagged.lower(at) == "to",
            Tag::Adv => {}
            _ => break,
        }
    }
    out
}

/// As [`super::clause`] reads a verb and its helpers off a tree.
fn stands(tagged: &Parsed, verb: usize, helpers: &[usize], out: &mut Vec<Outlook>) {
    let features = |at: usize| tagged.words[at].features;
    let forms: Vec<_> = helpers.iter().map(|&at| tagged.lower(at)).collect();
    let participle = features(verb).has(Features::PARTICIPLE);
    let perfect = forms.iter().any(|form| matches!(form.as_ref(), "has" | "have" | "had" | "having" | "'ve"));
    let finite = features(helpers.last().copied().unwrap_or(verb));
    let tense = if finite.has(Features::PAST) || perfect || participle && helpers.is_empty() {
        Tense::Past
    } else if finite.has(Features::FINITE) {
        Tense::Present
    } else {
        Tense::None
    };
    out.push((Modality::Actual, tense));
    if participle && forms.iter().any(|form| form == "'d") {
        out.push((Modality::Actual, Tense::Past));
    }
    for (effect, tense) in forms.iter().filter_map(|form| modal(form)) {
        let modality = inherit::modality(effect).unwrap_or(Modality::Actual);
        let tense = match tense {
            "future" => Tense::Future,
            "present" => Tense::Present,
            _ => Tense::None,
        };
        out.push((modality, tense));
        // `said he would`
        if modality == Modality::Conditional {
            out.push((Modality::Planned, tense));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::split;

    fn of(text: &str) -> Vec<Outlook> {
        split(&[text])[0].outlooks(0)
    }

    #[test]
    fn verbs_with_their_helpers_say_when() {
        let past = (Modality::Actual, Tense::Past);
        let maybe = (Modality::Possible, Tense::Past);
        assert_eq!(of("The minister arrived in Oslo on Sunday."), [past, maybe]);
        assert_eq!(of("The minister had been flown to Oslo on Sunday."), [past, maybe]);
        assert!(of("The minister will not come on Sunday.").contains(&(Modality::Planned, Tense::Future)));
        assert!(of("The minister plans to come on Sunday.").contains(&(Modality::Planned, Tense::None)));
        assert!(of("The minister said he would come on Sunday.").contains(&(Modality::Planned, Tense::None)));
        assert!(of("The bank opens on Sunday.").contains(&(Modality::Actual, Tense::Present)));
        assert_eq!(of("The minister of the north, on Sunday."), []);
    }

    #[test]
    fn what_the_tree_says_is_among_it() {
        let text = include_str!("../../corpus/001-blinken-arrives-in-beijing.txt");
        let blocks: Vec<&str> = text.lines().skip(3).collect();
        let (mut all, mut missed) = (0, 0);
        for block in split(&blocks) {
            for at in 0..block.sentences.len() {
                let outlooks = block.outlooks(at);
                for predicate in &block.alone(at).predicates {
                    let open = !matches!(predicate.modality, Modality::Actual | Modality::Planned);
                    let modality = if open { Modality::Possible } else { predicate.modality };
                    all += 1;
                    let found = match modality {
                        Modality::Planned => outlooks.iter().any(|o| o.0 == modality),
                        _ => outlooks.contains(&(modality, predicate.tense)),
                    };
                    missed += usize::from(!found);
                }
            }
        }
        assert!(all > 100 && missed * 20 < all, "{missed} of {all}");
    }
}
