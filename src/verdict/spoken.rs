//! What the claims of a page speak of, as the index numbers it: looked up once for each word of the page.

use crate::claim::{Claim, Extraction};
use crate::map::HashMap;
use crate::reference::Index;

/// A topic of a claim of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Topic<'c> {
    /// The topic, as the claim has it.
    pub text: &'c str,
    /// Number of the same topic of the sources' claims.
    pub number: Option<u32>,
    /// Number of the same topic of the sources' sentences, which have it under the class of an event too.
    pub told: Option<u32>,
    /// Whether it says what the sentence speaks of, and not what stands near a figure or how else an event is called.
    pub subject: bool,
}

impl Topic<'_> {
    /// Whether it says what stands near a figure, and not what the sentence speaks of.
    pub fn is_near(&self) -> bool {
        self.text.starts_with(NEAR)
    }

    /// Whether it names somebody or something.
    pub fn is_name(&self) -> bool {
        is_name(self.text)
    }
}

/// How the topics begin that tell what stands near a figure.
const NEAR: &str = "near:";

/// Whether a topic names somebody or something.
pub(super) fn is_name(topic: &str) -> bool {
    matches!(topic.as_bytes(), [b'p' | b'o' | b'l' | b'x', b':', ..])
}

/// The topics of each claim of a page.
pub(super) struct Spoken<'c> {
    claims: &'c [Claim],
    topics: Vec<Vec<Topic<'c>>>,
}

impl<'c> Spoken<'c> {
    pub fn new(extraction: &'c Extraction<'_>, index: &Index<'_>) -> Self {
        let claims = &extraction.claims;
        let mut known: HashMap<&str, Topic<'c>> = HashMap::default();
        let mut topic = |text: &'c String| {
            *known.entry(text).or_insert_with(|| {
                let number = index.topic(text);
                let subject = Claim::is_subject(text) && !text.starts_with(NEAR);
                Topic { text, number, told: index.sentence_topic(text, number), subject }
            })
        };
        let topics = claims.iter().map(|claim| claim.topics.iter().map(&mut topic).collect()).collect();
        Self { claims, topics }
    }

    /// All topics of a claim of the page, in its order.
    pub fn of(&self, claim: &Claim) -> &[Topic<'c>] {
        self.claims.element_offset(claim).map_or(&[], |at| &self.topics[at])
    }

    /// Those that say what the sentence speaks of.
    pub fn subjects(&self, claim: &Claim) -> impl Iterator<Item = &Topic<'c>> {
        self.of(claim).iter().filter(|t| t.subject)
    }
}
