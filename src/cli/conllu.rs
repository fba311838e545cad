//! Tokens, tags, trees and predicates of an article as CoNLL-U.
//!
//! Ten columns as <https://universaldependencies.org/format.html> has them; the last one holds
//! `Confidence`, in percent, and `SpaceAfter=No`. A sentence's predicates stand above it as comments.

use std::io::{Result, Write};

use countercheck::block::Article;
use countercheck::syntax::{self, Argument, Parsed, Predicate, Sentence, Tag};

/// Prints every sentence of an article.
pub fn print(out: &mut impl Write, article: &Article) -> Result<()> {
    writeln!(out, "# newdoc id = {}", line(&article.page.id))?;
    let mut number = 0;
    for parsed in syntax::parse(&article.page.blocks) {
        for (i, sentence) in parsed.sentences.iter().enumerate() {
            number += 1;
            if i == 0 {
                writeln!(out, "# newpar")?;
            }
            writeln!(out, "# sent_id = {}-{number}", line(&article.page.id))?;
            writeln!(out, "# text = {}", text(&parsed, sentence.first..sentence.last))?;
            for p in parsed.predicates.iter().filter(|p| p.sentence == i) {
                writeln!(out, "# predicate = {}", predicate(&parsed, p))?;
            }
            rows(out, &parsed, sentence)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// On one line, whatever it is.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tokens with the spaces that `SpaceAfter` implies.
fn text(parsed: &Parsed, tokens: std::ops::Range<usize>) -> String {
    let mut out = String::new();
    for i in tokens {
        if parsed.tokens[i].spaced && !out.is_empty() {
            out.push(' ');
        }
        out += parsed.tokens[i].text(parsed.text);
    }
    out
}

fn rows(out: &mut impl Write, parsed: &Parsed, sentence: &Sentence) -> Result<()> {
    let root = (sentence.first..sentence.last).find(|&i| parsed.words[i].head as usize == i);
    for i in sentence.first..sentence.last {
        let (word, token) = (parsed.words[i], parsed.tokens[i]);
        let form = token.text(parsed.text);
        let lemma = if word.tag == Tag::Propn { form.to_owned() } else { parsed.lemma(i) };
        // A sentence that was too long for one tree is one here all the same.
        let (head, relation) = match (word.head as usize == i, root) {
            (true, Some(root)) if root != i => (root - sentence.first + 1, "parataxis"),
            (true, _) => (0, "root"),
            _ => (word.head as usize - sentence.first + 1, word.relation.name()),
        };
        let tight = parsed.tokens.get(i + 1).is_some_and(|next| !next.spaced);
        let space = if tight { "|SpaceAfter=No" } else { "" };
        let number = i - sentence.first + 1;
        let (tag, features, sure) = (word.tag.name(), word.features.text(), word.confidence);
        writeln!(
            out,
            "{number}\t{form}\t{lemma}\t{tag}\t_\t{features}\t{head}\t{relation}\t_\tConfidence={sure}{space}"
        )?;
    }
    Ok(())
}

/// A predicate on one line.
fn predicate(parsed: &Parsed, p: &Predicate) -> String {
    let words = |a: &Argument| format!("[{}]", text(parsed, a.first..a.last));
    let mut out = p.lemma.clone();
    if let Some(particle) = &p.particle {
        out += &format!("+{particle}");
    }
    let places = [
        ("subject", &p.subject),
        ("object", &p.object),
        ("indirect", &p.indirect),
        ("agent", &p.agent),
        ("speaker", &p.speaker),
    ];
    for (name, argument) in places {
        if let Some(a) = argument {
            out += &format!(" {name}={}", words(a));
        }
    }
    for (preposition, a) in &p.obliques {
        out += &format!(" {}={}", preposition.replace(' ', "_"), words(a));
    }
    let voice = if p.passive {
        " passive"
    } else if p.copula {
        " copula"
    } else {
        ""
    };
    out + &format!("{voice} {:?} {:?} {:?} {}", p.tense, p.polarity, p.modality, p.confidence).to_lowercase()
}
