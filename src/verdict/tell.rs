//! Values and claims in words, for people.

use crate::claim::{Claim, Key, Label, Value};
use crate::entity::role;
use crate::mention::gazetteer;
use crate::reference::Index;

/// A value in words.
pub(super) fn value(index: &Index<'_>, value: &Value) -> String {
    match value {
        Value::Key(k) => key(index, k),
        Value::Date(date, _) => date.to_string(),
        Value::Quantity(quantity) => quantity.normalised(),
        Value::Title(title, domain) => self::title(index, title, domain),
        Value::Text(text) => text.clone(),
    }
}

/// What a key names, in words.
pub(super) fn key(index: &Index<'_>, key: &Key) -> String {
    match key.class() {
        'r' => key.name().split_once('@').map_or_else(String::new, |(title, domain)| self::title(index, title, domain)),
        'n' => key.name().to_owned(),
        _ => {
            let shown = index.display(&key.0);
            if shown.chars().any(char::is_uppercase) { shown.to_owned() } else { capitalised(shown) }
        }
    }
}

/// A title with its domain in words, the domain as a source writes it.
pub(super) fn title(index: &Index<'_>, title: &str, domain: &str) -> String {
    let key = format!("o:{domain}");
    let shown = index.display(&key);
    let shown = if shown == domain { role::capitalised(domain) } else { shown.to_owned() };
    role::describe_with(title, domain, &shown)
}

fn capitalised(name: &str) -> String {
    if let Some(place) = gazetteer::place(name).filter(|p| p.name.chars().any(char::is_uppercase)) {
        return place.name;
    }
    role::capitalised(name)
}

/// A claim with one of its values in words: `Antony Blinken — role — foreign minister`.
pub(super) fn claim(index: &Index<'_>, claim: &Claim, what: &str, value: &str) -> String {
    let subject = claim.parts.iter().find(|p| matches!(p.label, Label::Holder | Label::Slot(_) | Label::Speaker));
    let subject = subject.map(|p| self::value(index, &p.value));
    match subject {
        Some(subject) => format!("{subject} — {what} — {value}"),
        None => format!("{what} — {value}"),
    }
}
