//! Who did what to whom in a hundred sentences of news.

#[path = "common/fixture.rs"]
mod fixture;

#[test]
fn predicates_say_what_the_sentences_say() {
    let mut misses = Vec::new();
    let tally = fixture::score(
        |text| countercheck::syntax::parse(std::slice::from_ref(text)).remove(0),
        |miss| misses.push(miss),
    );
    let misses = misses.join("\n");
    assert!(tally.expected >= 170, "the fixture has shrunk: {tally}");
    assert!(tally.right * 100 >= tally.expected * 75, "{misses}\n{tally}");
    assert!(tally.misleading * 100 <= tally.sure * 5, "{misses}\n{tally}");
}
