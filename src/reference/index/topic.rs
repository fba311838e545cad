//! What a sentence speaks of, as the index numbers it: beside the topics of its claims the words of names, so that
//! `Modi` meets `Narendra Modi`, and the class of the event that a noun belongs to.

use super::{Identity, Index, Passages};
use crate::claim::{Claim, Family, Key, Label, Value};
use crate::language::{frame, synonym};

impl Index<'_> {
    fn one_name(&self, topic: &str) -> String {
        if topic.starts_with(['p', 'r', 'o'])
            && let Identity::Person(person) = self.identity(&Key(topic.to_owned()))
        {
            return format!("person {person}");
        }
        // A name that one page takes for a person's and another for a place's is one name.
        match topic.split_once(':') {
            Some(("o", name)) => format!("name {}", self.bodies.whole(name)),
            Some(("p" | "l" | "x", name)) => format!("name {name}"),
            _ => topic.to_owned(),
        }
    }

    /// A topic under the one name of the person whom it names, however a page names them.
    pub(super) fn topic_name(&self, topic: &str) -> String {
        match topic.strip_prefix("near:at ") {
            Some(owner) => format!("near:at {}", self.one_name(owner)),
            None => self.one_name(topic),
        }
    }

    /// The sentences of the sources, by what they speak of.
    pub fn passages(&self) -> &Passages {
        &self.passages
    }

    /// Numbers of the names of a claim's event, as far as any event of the sources has them.
    pub fn classes_of(&self, claim: &Claim) -> impl Iterator<Item = u32> {
        let event = claim.family == Family::Event;
        let names = event.then(|| std::iter::once(claim.key.as_str()).chain(claim.other_names()));
        names.into_iter().flatten().filter_map(|name| self.classes.get(name).copied())
    }

    /// Number of the topic that a claim's event is, if any source tells such an event.
    pub fn event_topic(&self, claim: &Claim) -> Option<u32> {
        let own = (claim.family == Family::Event).then(|| format!("f:{}", claim.key))?;
        self.topics.get(&own).copied()
    }

    /// Number of the topic that a figure or date is, if it tells something and any source has it.
    pub fn value_topic(&self, value: &Value) -> Option<u32> {
        self.topics.get(&value.topic()?).copied()
    }

    /// The same of a claim's figure or date.
    pub fn figure_topic(&self, claim: &Claim) -> Option<u32> {
        claim.parts(Label::Number).find_map(|p| self.value_topic(&p.value))
    }

    /// Gives a topic of a claim its number, and one to each word of a name.
    pub(super) fn number_topic(&mut self, topic: &str) -> u32 {
        let name = self.topic_name(topic);
        for word in words_of(topic) {
            let next = self.topics.len() as u32;
            self.topics.entry(part_of_name(word)).or_insert(next);
        }
        let next = self.topics.len() as u32;
        *self.topics.entry(name).or_insert(next)
    }

    /// Numbers under which a sentence of a source has a topic of a claim, which has this number if it is what the sentence
    /// speaks of: `inspector` is of the class of `inspect`, `Narendra Modi` is named by `Modi`.
    pub(super) fn told_topics(&self, topic: &str, number: Option<u32>) -> Vec<u32> {
        let spoken = number.filter(|_| !topic.starts_with("near:")).and_then(|_| self.sentence_topic(topic, number));
        let words = words_of(topic).filter_map(|word| self.topics.get(&part_of_name(word)).copied());
        spoken.into_iter().chain(words).collect()
    }

    /// For each word of a name the topics that sources may have for it: a part of a name, a name of its own, a noun.
    pub fn words_of_name(&self, topic: &str) -> Vec<Vec<u32>> {
        let ways = |word: &str| {
            let noun = synonym::stem(synonym::canonical(synonym::Class::Noun, word));
            [part_of_name(word), format!("name {word}"), format!("n:{noun}")]
        };
        words_of(topic).map(|w| ways(w).iter().filter_map(|t| self.topics.get(t).copied()).collect()).collect()
    }

    /// Number of a topic of a sentence, of which `number` is that of the claims.
    pub fn sentence_topic(&self, topic: &str, number: Option<u32>) -> Option<u32> {
        let verb =
            topic.strip_prefix("n:").and_then(|word| frame::verb(word).or_else(|| frame::verb(&format!("{word}e"))));
        let class = verb.and_then(|frame| self.topics.get(&format!("f:{}", frame.class)).copied());
        class.or(number)
    }
}

/// The words of a name, without those of two letters, which stand in names of anything.
fn words_of(topic: &str) -> impl Iterator<Item = &str> {
    let name = match topic.split_once(':') {
        Some(("p" | "o" | "l" | "x", name)) => name,
        _ => "",
    };
    name.split(' ').filter(|word| word.len() > 2)
}

/// The topic for a word of a name.
fn part_of_name(word: &str) -> String {
    format!("part {word}")
}
