//! Trees that several parsers make of running text together, for a smaller one to learn from.
//!
//! What one parser gets wrong, its twins of other seeds get wrong elsewhere: together they are better than each, and
//! news that nobody has annotated teaches what treebanks are too small for (tri-training, Zhou and Li 2005; knowledge
//! distillation of parsers, Kuncoro and others 2016).

use super::super::neural::{Neural, vote};
use super::super::tagger::{PUNCT, TAGS, tag};
use super::super::word::Relation;
use super::super::{form::Form, model, punctuation, split, table::Table, tree};
use super::Tree;

/// Longest and shortest sentence that is taken, in tokens.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=60;

/// Several neural parsers and the tagger that they read with.
pub struct Teachers {
    tagger: Table<TAGS>,
    parsers: Vec<Neural>,
}

impl Teachers {
    /// From the contents of `syntax.tagger` and of one `syntax.neural` for each parser.
    pub fn new(tagger: &[u8], parsers: &[Vec<u8>]) -> Self {
        Self { tagger: model::tagger(tagger), parsers: parsers.iter().map(|p| model::neural(p)).collect() }
    }

    /// The sentences of some paragraphs with their trees; lemmas are left empty.
    pub fn read(&self, paragraphs: &[String]) -> Vec<Tree> {
        let mut out = Vec::new();
        for parsed in split(paragraphs) {
            for sentence in parsed.sentences.iter().filter(|s| LENGTHS.contains(&(s.last - s.first))) {
                let tokens = &parsed.tokens[sentence.first..sentence.last];
                let forms: Vec<_> = tokens.iter().map(|t| Form::of(t, parsed.text)).collect();
                let words: Vec<_> = tokens.iter().map(|t| t.text(parsed.text).to_owned()).collect();
                out.push(self.tree(words, forms));
            }
        }
        out
    }

    fn tree(&self, words: Vec<String>, forms: Vec<Form>) -> Tree {
        let n = words.len();
        let classes = tag(&self.tagger, punctuation(), &forms).classes;
        let bare = tree::bare(&forms, &classes);
        let answer = vote(&self.parsers, &bare.items, bare.last_punct);
        let (mut heads, mut relations) = (vec![n; n], vec![Relation::Punct; n]);
        for (i, &at) in bare.positions.iter().enumerate() {
            let root = answer.heads[i] == bare.items.len();
            heads[at] = if root { n } else { bare.positions[answer.heads[i]] };
            relations[at] = if root { Relation::Root } else { Relation::ALL[usize::from(answer.labels[i])] };
        }
        debug_assert!(classes.iter().zip(&relations).all(|(&c, &r)| (c == PUNCT) == (r == Relation::Punct)));
        Tree { lemmas: vec![String::new(); n], words, heads, relations, classes, forms }
    }
}

impl Tree {
    /// What the tagger made of the words of a tree from [`Teachers::read`].
    pub fn tags(&self) -> &[u8] {
        &self.classes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_teacher_says_what_it_says_alone() {
        let (tagger, parser) = (
            include_bytes!("../../../data/models/syntax.tagger"),
            include_bytes!("../../../data/models/syntax.neural").to_vec(),
        );
        let text = ["The bridge over the river was closed on Monday. Why?".to_owned()];
        let alone = Teachers::new(tagger, std::slice::from_ref(&parser)).read(&text);
        // `Why?` is too short to teach.
        assert_eq!(alone.len(), 1);
        let tree = &alone[0];
        let n = tree.words.len();
        assert_eq!((n, tree.heads.iter().filter(|&&h| h == n).count()), (10, 2), "the root, and the full stop");
        let closed = tree.words.iter().position(|w| w == "closed").unwrap();
        assert_eq!(tree.heads[1], closed, "the bridge was closed");
        let twice = Teachers::new(tagger, &[parser.clone(), parser]).read(&text);
        assert_eq!(twice[0].heads, tree.heads);
    }
}
