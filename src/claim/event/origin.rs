//! Where people are from: `Ons Jabeur of Tunisia`, `Vondrousova, a Czech`.

use crate::entity::{Named, domain, role};
use crate::language::frame;
use crate::mention::Kind;
use crate::mention::gazetteer::fold;

use super::super::scene::{Filler, Scene};
use super::Draft;

/// The form of the frame.
const FROM: &str = "be:from";

/// The countries that people of the block are said to be from.
pub(super) fn find(scene: &Scene<'_, '_>) -> Vec<Draft> {
    let people = scene.named.iter().filter(|n| n.kind == Kind::Person);
    people.filter_map(|person| draft(scene, person)).collect()
}

fn draft(scene: &Scene<'_, '_>, person: &Named) -> Option<Draft> {
    let frame = frame::verb(FROM)?;
    let comma = scene.word(person.tokens.end) == ",";
    let at = person.tokens.end + usize::from(comma);
    let (word, after) = (scene.lower(at), at + 1);
    let (code, tokens) = match word.as_ref() {
        "of" => {
            let place = scene.named.iter().find(|n| n.tokens.start == after && n.kind == Kind::Place)?;
            let closed = !comma || scene.word(place.tokens.end) == ",";
            (domain::country(scene.entities.key(place).get(2..)?).filter(|_| closed)?, place.tokens.clone())
        }
        "a" | "an" if comma => (domain::country(&fold(scene.word(after)))?, after..after + 1),
        _ => return None,
    };
    let mut out = Draft::new(at, scene.sentence_of(at), frame.class.to_owned(), Some(frame));
    let country = format!("l:{}", fold(&role::country_name(&code)));
    let parts = [("subj", scene.entities.key(person).to_owned(), person.span), ("of", country, scene.span(tokens))];
    for (grammar, key, span) in parts {
        out.push(frame.slot(grammar)?, Filler { key, span, guessed: false });
    }
    Some(out)
}
