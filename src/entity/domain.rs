//! What an office belongs to: a country, a ministry, a firm, a team.

use std::sync::LazyLock;

use crate::language::title;
use crate::map::HashSet;
use crate::mention::gazetteer;

/// The one name of an organisation or country under a folded name: an ISO country code in
/// capitals, a name of the table of domains, or the folded name itself without its article.
pub fn canonical(folded: &str) -> String {
    let name = folded.trim().strip_prefix("the ").unwrap_or(folded.trim());
    if let Some((canonical, _)) = title::domain(name) {
        return canonical.to_owned();
    }
    if let Some(code) = country(name) {
        return code;
    }
    // `the U.S. State Department` is the State Department.
    let rest =
        name.split_once(' ').filter(|(first, _)| country(first).is_some()).and_then(|(_, rest)| title::domain(rest));
    rest.map_or_else(|| name.to_owned(), |(canonical, _)| canonical.to_owned())
}

/// ISO code of a country under a folded name or adjective.
pub fn country(folded: &str) -> Option<String> {
    gazetteer::country(folded).map(|code| code.to_string())
}

/// Words that stand in names and name nothing.
const SMALL: [&str; 5] = ["of", "the", "for", "and", "de"];

/// How two domains of the same office relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same domain.
    Same,
    /// One may contain or rename the other, or one is not said.
    Compatible,
    /// Two domains of which neither contains the other.
    Different,
}

/// Compares two canonical domains.
pub fn relation(a: &str, b: &str) -> Relation {
    if a == b {
        return Relation::Same;
    }
    if a.is_empty() || b.is_empty() || is_cut(a) || is_cut(b) {
        return Relation::Compatible;
    }
    match (is_country(a), is_country(b)) {
        (true, true) => Relation::Different,
        (true, false) => within(b, a),
        (false, true) => within(a, b),
        (false, false) if alike(a, b) || acronym(a, b) || acronym(b, a) => Relation::Compatible,
        (false, false) => Relation::Different,
    }
}

/// Whether a name was read only as far as a small word, so that what it names is not known: `office of`.
fn is_cut(domain: &str) -> bool {
    domain.rsplit(' ').next().is_some_and(|last| SMALL.contains(&last))
}

/// Whether a canonical domain is a country.
pub fn is_country(domain: &str) -> bool {
    domain.len() == 2 && domain.bytes().all(|b| b.is_ascii_uppercase())
}

/// An organisation against a country: different only if the organisation is known to be another country's.
fn within(organisation: &str, country_code: &str) -> Relation {
    let home = title::domain(organisation).map(|(_, code)| code).filter(|code| !code.is_empty());
    let adjective = organisation.split_whitespace().find_map(country);
    match home.map(str::to_owned).or(adjective) {
        Some(code) if code != country_code => Relation::Different,
        _ => Relation::Compatible,
    }
}

/// Whether two organisations may be one: one has all words of the other, or they share one that is not common
/// to many (`football`, `authority`).
fn alike(a: &str, b: &str) -> bool {
    static GENERAL: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| include_str!("../../data/language/institutions.txt").lines().collect());
    let words = |name: &str| -> Vec<String> {
        let own = name.split_whitespace().filter(|w| !matches!(*w, "of" | "the" | "for" | "and" | "de"));
        own.map(|w| country(w).unwrap_or_else(|| w.to_owned())).collect()
    };
    // `EU` and `European` are one word.
    let same = |x: &String, y: &String| {
        x == y || x.len() > 1 && y.len() > 1 && (x.starts_with(y.as_str()) || y.starts_with(x.as_str()))
    };
    let (a, b) = (words(a), words(b));
    let within = |a: &[String], b: &[String]| a.iter().all(|x| b.iter().any(|y| same(x, y)));
    let telling = |w: &&String| !GENERAL.contains(w.as_str()) && !is_country(w);
    within(&a, &b) || within(&b, &a) || a.iter().filter(telling).any(|x| b.iter().any(|y| same(x, y)))
}

/// Whether `short` is made of the initials of `long`.
fn acronym(short: &str, long: &str) -> bool {
    let initials: String =
        long.split_whitespace().filter(|w| !SMALL.contains(w)).filter_map(|w| w.chars().next()).collect();
    initials.chars().count() > 1 && initials == short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_that_may_be_one() {
        for (a, b, want) in [
            ("suez canal authority", "panama canal authority", Relation::Different),
            ("argentine football association", "french football federation", Relation::Different),
            ("turkish football federation", "turkey football federation", Relation::Compatible),
            ("space agency", "indian space agency", Relation::Compatible),
            ("eu commission", "european commission", Relation::Compatible),
            ("fifa", "uefa", Relation::Different),
            ("silicon valley bank", "svb", Relation::Compatible),
        ] {
            assert_eq!(relation(a, b), want, "{a} and {b}");
        }
    }
}
