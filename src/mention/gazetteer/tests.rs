use super::*;

fn code(text: &str) -> Option<String> {
    country(text).map(|c| c.to_string())
}

#[test]
fn the_committed_tables_are_whole() {
    assert!(people().len() > 30_000 && places().len() > 12_000);
    assert_eq!(PLACES.len(), (1 << 16) + places().len() * 4);
    assert_eq!(PEOPLE.len(), (1 << 16) + people().len() * 2);
    assert!(Table::new(&[1, 2, 3]).row(hash("x")).is_none());
}

#[test]
fn countries_under_many_names() {
    for name in ["U.S.", "US", "USA", "the United States", "America", "Americans", "UNITED STATES OF AMERICA"] {
        assert_eq!(code(name).as_deref(), Some("US"), "{name}");
    }
    for (name, want) in [("Chinese", "CN"), ("French", "FR"), ("Ivory Coast", "CI"), ("Türkiye", "TR"), ("UK", "GB")] {
        assert_eq!(code(name).as_deref(), Some(want), "{name}");
    }
    assert_eq!(code("Atlantis"), None);
    assert_eq!(demonym("China"), None);
    assert_eq!(capital_of("Washington").map(country_name), Some("United States"));
    assert_eq!(capital_of("Kiev").map(country_name), Some("Ukraine"));
}

#[test]
fn places_fold_and_nest() {
    assert_eq!(place("the U.S.").map(|p| p.name).as_deref(), Some("United States"));
    assert_eq!(place("são paulo").map(|p| p.class), Some(PlaceClass::City));
    assert_eq!(place("Qwertyville"), None);
    for (outer, inner, want) in [
        ("China", "Beijing", Some(true)),
        ("China", "Chengdu", Some(true)),
        ("Sichuan", "Chengdu", Some(true)),
        ("Sichuan", "Wuhan", Some(false)),
        ("Texas", "Houston", Some(true)),
        ("United States", "Houston", Some(true)),
        ("France", "Houston", Some(false)),
        ("U.S.", "America", Some(true)),
        ("Paris", "Houston", Some(false)),
        ("Europe", "Paris", None),
        ("Nowhere at all", "Paris", None),
    ] {
        assert_eq!(contains(outer, inner), want, "{outer} / {inner}");
    }
}

#[test]
fn names_of_people() {
    for name in ["Antony", "Narendra", "Xiaoping", "MARIA", "Volodymyr", "José"] {
        assert!(given_name(name), "{name}");
    }
    for name in ["Smith", "Nguyen", "Okafor", "Wang", "García", "Tanaka"] {
        assert!(surname(name), "{name}");
    }
    assert!(!given_name("Wednesday") && !surname("Stadium"));
    for (a, b) in [("Bill", "William"), ("Tony", "Antony"), ("Matthew", "Matt"), ("Kate", "Katherine")] {
        assert!(nickname_of(a, b) && nickname_of(b, a), "{a} {b}");
    }
    assert!(!nickname_of("Bill", "Bill") && !nickname_of("Bill", "Matthew"));
}
