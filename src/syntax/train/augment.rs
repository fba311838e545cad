//! Sentences as headlines and captions would have them, made of treebank sentences.
//!
//! Treebanks hold few headlines, and news is full of them: title case, capitals throughout, no
//! articles, no auxiliaries (`Man held after bank robbed`).

use super::super::form::Form;
use super::super::word::Relation;
use super::Random;
use super::conllu::{Tree, token};

/// Longest sentence that becomes a headline, in tokens.
const LONGEST: usize = 25;

/// Words that headlines leave small, unless they begin.
const SMALL: [&str; 22] = [
    "a", "an", "the", "and", "or", "but", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "is", "'s",
    "n't", "into", "over", "after",
];

/// The sentences, each followed by what was made of it; about one in five gets a twin.
pub fn augment(trees: Vec<Tree>) -> Vec<Tree> {
    let mut random = Random::new(97);
    let mut out = Vec::with_capacity(trees.len() * 5 / 4);
    for tree in trees {
        let short = tree.words.len() <= LONGEST;
        let twin = match random.below(40) {
            0..3 if short => Some(telegraphic(&tree)),
            3..5 if short => Some(cased(&telegraphic(&tree), title)),
            5..7 if short => Some(cased(&tree, title)),
            7..9 => Some(cased(&tree, |word, _| word.to_uppercase())),
            _ => None,
        };
        out.push(tree);
        out.extend(twin.filter(|t| !t.words.is_empty()));
    }
    out
}

fn title(word: &str, first: bool) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(c) if first || !SMALL.contains(&word) => c.to_uppercase().chain(chars).collect(),
        _ => word.into(),
    }
}

fn cased(tree: &Tree, change: impl Fn(&str, bool) -> String) -> Tree {
    let mut out = tree.clone();
    for (i, word) in out.words.iter_mut().enumerate() {
        *word = change(word, i == 0);
    }
    out.forms = out.words.iter().map(|w| Form::of(&token(w), w)).collect();
    out
}

/// Without articles, auxiliaries of voice and tense, copulas, and the full stop at the end.
fn telegraphic(tree: &Tree) -> Tree {
    let n = tree.words.len();
    let childless = |i: usize| !tree.heads.contains(&i);
    let drops = |i: usize| {
        let word = tree.words[i].to_lowercase();
        let article = tree.relations[i] == Relation::Det && matches!(word.as_str(), "a" | "an" | "the");
        let helper = matches!(tree.relations[i], Relation::AuxPass | Relation::Aux | Relation::Cop)
            && matches!(tree.lemmas[i].as_str(), "be" | "have");
        let stop = i + 1 == n && word == ".";
        (article || helper || stop) && childless(i)
    };
    let kept: Vec<usize> = (0..n).filter(|&i| !drops(i)).collect();
    let number = |i: usize| kept.binary_search(&i).unwrap_or(kept.len());
    Tree {
        words: kept.iter().map(|&i| tree.words[i].clone()).collect(),
        lemmas: kept.iter().map(|&i| tree.lemmas[i].clone()).collect(),
        heads: kept.iter().map(|&i| number(tree.heads[i])).collect(),
        relations: kept.iter().map(|&i| tree.relations[i]).collect(),
        classes: kept.iter().map(|&i| tree.classes[i]).collect(),
        forms: kept.iter().map(|&i| tree.forms[i]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn a_headline_keeps_its_tree() {
        let row = |i: usize, form: &str, lemma: &str, tag: &str, features: &str, head: usize, relation: &str| {
            format!("{i}\t{form}\t{lemma}\t{tag}\t{features}\t{head}\t{relation}\n")
        };
        let text = row(1, "The", "the", "DET", "_", 2, "det")
            + &row(2, "bridge", "bridge", "NOUN", "_", 4, "nsubj:pass")
            + &row(3, "was", "be", "AUX", "VerbForm=Fin", 4, "aux:pass")
            + &row(4, "closed", "close", "VERB", "VerbForm=Part", 0, "root")
            + &row(5, ".", ".", "PUNCT", "_", 4, "punct");
        let tree = cased(&telegraphic(&read(&text).unwrap()[0]), title);
        assert_eq!(tree.words, ["Bridge", "Closed"]);
        assert_eq!(tree.heads, [1, 2]);
    }
}
