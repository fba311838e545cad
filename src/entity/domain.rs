//! What an office belongs to: a country, a ministry, a firm, a team.

use crate::language::title;
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
    if a.is_empty() || b.is_empty() {
        return Relation::Compatible;
    }
    match (is_country(a), is_country(b)) {
        (true, true) => Relation::Different,
        (true, false) => within(b, a),
        (false, true) => within(a, b),
        (false, false) if shares_word(a, b) || acronym(a, b) || acronym(b, a) => Relation::Compatible,
        (false, false) => Relation::Different,
    }
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

fn shares_word(a: &str, b: &str) -> bool {
    const GENERAL: [&str; 12] = [
        "of",
        "the",
        "for",
        "and",
        "national",
        "international",
        "department",
        "ministry",
        "office",
        "state",
        "united",
        "bank",
    ];
    a.split_whitespace().any(|w| !GENERAL.contains(&w) && b.split_whitespace().any(|v| v == w))
}

/// Whether `short` is made of the initials of `long`.
fn acronym(short: &str, long: &str) -> bool {
    const SMALL: [&str; 5] = ["of", "the", "for", "and", "de"];
    let initials: String =
        long.split_whitespace().filter(|w| !SMALL.contains(w)).filter_map(|w| w.chars().next()).collect();
    initials.chars().count() > 1 && initials == short
}
