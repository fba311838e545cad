//! Bodies by the beginnings of their names: the `Writers Guild` is the `Writers Guild of America` where the sources
//! know no other of that beginning.

use crate::map::HashMap;

/// Words after which a name goes on to say of what or of whom a body is.
const LINKS: [&str; 3] = [" of ", " for ", " in "];

/// Beginnings of names of bodies, each with the one name that goes on from it.
#[derive(Default)]
pub(super) struct Bodies<'r> {
    /// Nothing where several names begin so.
    full: HashMap<&'r str, Option<&'r str>>,
}

impl<'r> Bodies<'r> {
    /// Notes a name, without its class.
    pub(super) fn add(&mut self, name: &'r str) {
        let Some(end) = LINKS.iter().filter_map(|link| name.find(link)).min() else { return };
        let beginning = &name[..end];
        // One word alone is the beginning of many names (`University of`, `Bank of`).
        if beginning.contains(' ') {
            self.full.entry(beginning).and_modify(|full| *full = full.filter(|f| *f == name)).or_insert(Some(name));
        }
    }

    /// The whole name of a body whose name's beginning this is; the name itself where nothing is known.
    pub(super) fn whole<'n>(&self, name: &'n str) -> &'n str
    where
        'r: 'n,
    {
        self.full.get(name).copied().flatten().unwrap_or(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_stands_for_the_only_name_that_goes_on_from_it() {
        let mut bodies = Bodies::default();
        for name in
            ["writers guild of america", "court of appeal", "health ministry of france", "health ministry of chad"]
        {
            bodies.add(name);
            bodies.add(name);
        }
        assert_eq!(bodies.whole("writers guild"), "writers guild of america");
        assert_eq!(bodies.whole("court"), "court");
        assert_eq!(bodies.whole("health ministry"), "health ministry");
        assert_eq!(bodies.whole("directors guild"), "directors guild");
    }
}
