//! Who holds which title, by title and by person.

use super::{Entry, Index};
use crate::claim::{Label, Value};
use crate::entity::domain;
use crate::language::title;
use crate::map::HashSet;

impl<'r> Index<'r> {
    /// Notes the holder of a role claim.
    pub(super) fn add_role(&mut self, entry: &Entry<'r>) {
        let claim = entry.claim;
        if let Some(Value::Title(title, domain)) = claim.parts(Label::Title).next().map(|p| &p.value)
            && let Some(Value::Key(key)) = claim.parts(Label::Holder).next().map(|p| &p.value)
            && let Some(person) = key.0.strip_prefix("p:").and_then(|n| self.people.find(n))
        {
            let number = entry.number as u32;
            self.holders.entry(title).or_default().push((person, domain, number));
            self.roles.entry(person).or_default().push((title, domain, number));
        }
    }

    /// The titles that the sources give a person, with their domains.
    pub fn roles(&self, person: usize) -> impl Iterator<Item = (&'r str, &'r str)> {
        self.roles.get(&person).into_iter().flatten().map(|(title, domain, _)| (*title, *domain))
    }

    /// The claims that give a person a title.
    pub fn held(&self, person: usize) -> impl Iterator<Item = &Entry<'r>> {
        self.roles.get(&person).into_iter().flatten().map(|(_, _, number)| &self.entries[*number as usize])
    }

    /// The claims that give somebody this title.
    pub fn holders(&self, title: &str) -> impl Iterator<Item = &Entry<'r>> {
        self.holders.get(title).into_iter().flatten().map(|(_, _, number)| &self.entries[*number as usize])
    }

    /// The only person of whom the sources say this title and domain, or a narrower title.
    pub(super) fn role(&self, role: &str) -> Option<usize> {
        let (title, place) = role.split_once('@')?;
        let exact = self.holders.get(title).into_iter().flatten();
        let fits = |holder: &&(usize, &str, u32)| match domain::relation(place, holder.1) {
            domain::Relation::Same => true,
            domain::Relation::Compatible => !place.is_empty() && !holder.1.is_empty(),
            domain::Relation::Different => false,
        };
        let mut found: HashSet<usize> = exact.filter(fits).map(|h| h.0).collect();
        if found.is_empty() && !place.is_empty() {
            let narrower =
                self.holders.iter().filter(|(name, _)| title::get(name).is_some_and(|t| t.broader.contains(&title)));
            found = narrower.flat_map(|(_, list)| list).filter(|h| h.1 == place).map(|h| h.0).collect();
        }
        (found.len() == 1).then(|| found.into_iter().next())?
    }
}
