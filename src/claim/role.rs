//! Roles: who holds which office, of what.

use crate::entity::role::Effect;

use super::scene::Scene;
use super::{Claim, Family, Key, Label, Modality, Part, Value};

/// The roles that one block gives to named people.
pub(super) fn find(scene: &Scene<'_, '_>) -> Vec<Claim> {
    let mut out = Vec::new();
    for role in scene.roles {
        let Some(holder) = role.holder else { continue };
        if role.effect != Effect::None {
            continue;
        }
        let sentence = scene.sentence_of(role.tokens.start);
        let key = Key(scene.entities.entities[holder].key.clone());
        out.push(Claim {
            family: Family::Role,
            key: role.title.name.to_owned(),
            parts: vec![
                Part { label: Label::Holder, value: Value::Key(key), span: role.span },
                Part {
                    label: Label::Title,
                    value: Value::Title(role.title.name.to_owned(), role.domain.clone()),
                    span: role.span,
                },
            ],
            topics: Vec::new(),
            negated: false,
            modality: Modality::Actual,
            firm: role.adjacent,
            block: scene.block as u32,
            sentence: scene.parsed.sentences[sentence].span,
            span: role.span,
        });
    }
    out
}
