//! Quantities found in text, and quantities compared, against tables that can be read.

use countercheck::mention::quantity::{Agreement, Quantity, QuantityMention, agree, find};
use countercheck::span::Span;
use countercheck::syntax::parse;

/// Every quantity of a text as `mention = value (noun)`, joined by ` | `; `-` if there is none.
fn found(text: &str) -> String {
    let show = |m: &QuantityMention| {
        let noun = m.noun.as_ref().map_or(String::new(), |n| format!(" ({})", n.1));
        format!("{} = {}{noun}", m.span.of(text), m.quantity)
    };
    let all: Vec<String> = find(&parse(&[text]), &[]).iter().map(show).collect();
    if all.is_empty() { "-".to_owned() } else { all.join(" | ") }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")).map(|l| l.split('\t').collect())
}

#[test]
fn the_table_of_quantities() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in rows(include_str!("data/quantities.tsv")) {
        let [text, want] = row[..] else { panic!("not two columns: {row:?}") };
        count += 1;
        let have = found(text);
        if have != want {
            wrong.push(format!("{text}\n  want {want}\n  have {have}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 120, "{count} cases");
}

/// The one quantity of a short text.
fn only(text: &str) -> Quantity {
    let mut mentions = find(&parse(&[text]), &[]);
    assert_eq!(mentions.len(), 1, "{text}: {}", found(text));
    mentions.remove(0).quantity
}

#[test]
fn the_table_of_pairs() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    let relation = |x: &Quantity, y: &Quantity| match agree(x, y) {
        Agreement::Equal => "equal",
        Agreement::Compatible => "compatible",
        Agreement::Different => "different",
    };
    for row in rows(include_str!("data/quantity_pairs.tsv")) {
        let [a, b, want] = row[..] else { panic!("not three columns: {row:?}") };
        count += 1;
        let (x, y) = (only(a), only(b));
        let (there, back) = (relation(&x, &y), relation(&y, &x));
        if there != want || back != want {
            wrong.push(format!("{a} / {b}: want {want}, have {there} and {back} ({x} / {y})"));
        }
        if want == "equal" && x.key() != y.key() {
            wrong.push(format!("{a} / {b}: keys {} and {}", x.key(), y.key()));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 120, "{count} pairs");
}

#[test]
fn text_and_back() {
    for row in rows(include_str!("data/quantities.tsv")) {
        for mention in find(&parse(&[row[0]]), &[]) {
            let text = mention.quantity.to_string();
            assert_eq!(text.parse::<Quantity>().as_ref(), Ok(&mention.quantity), "{text}");
            #[cfg(feature = "cli")]
            {
                let json = serde_json::to_string(&mention.quantity).unwrap();
                assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), mention.quantity);
            }
            assert_eq!(agree(&mention.quantity, &mention.quantity), Agreement::Equal, "{text}");
        }
    }
    for text in ["", "count", "count exact x p0", "count exact NaN p0", "age range 80 p0 uy", "count exact 1 p0 ..2"] {
        assert!(text.parse::<Quantity>().is_err(), "{text}");
    }
}

#[test]
fn for_people_and_iso() {
    for (text, people, iso) in [
        ("They met for 35 minutes.", "35 minutes", Some("PT35M")),
        ("It took five and a half hours.", "5 hours 30 minutes", Some("PT5H30M")),
        ("It took half an hour.", "30 minutes", Some("PT30M")),
        ("It took an hour and a half.", "90 minutes", Some("PT90M")),
        ("It took four hours and 48 minutes.", "4 hours 48 minutes", Some("PT4H48M")),
        ("They ruled for a decade.", "10 years", Some("P10Y")),
        ("An 18-month-old partnership.", "18 months", Some("P18M")),
        ("The prize is $42 million.", "$42 million", None),
        ("It drew almost 89,000 fans.", "nearly 89,000", None),
        ("They won 4-2.", "4–2", None),
        ("A 7.8-magnitude earthquake.", "magnitude 7.8", None),
        ("The 48-year-old pastor.", "48 years old", None),
        ("In the 23rd minute.", "23rd", None),
        ("It was minus 23 degrees.", "−23 degrees", None),
        ("Between 10 and 15 million people came.", "10–15 million", None),
    ] {
        let quantity = only(text);
        assert_eq!(quantity.normalised(), people, "{text}");
        assert_eq!(quantity.iso_duration().as_deref(), iso, "{text}");
    }
}

#[test]
fn spans_number_noun_and_modifiers() {
    let text = "Some say the three detained US citizens paid more than $24 million.";
    let mentions = find(&parse(&[text]), &[]);
    let citizens = &mentions[0];
    assert_eq!((citizens.span.of(text), citizens.number.of(text)), ("three", "three"));
    assert_eq!(citizens.noun.as_ref().map(|n| n.0.of(text)), Some("citizens"));
    assert_eq!(citizens.modifiers.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["detained", "US"]);
    let money = &mentions[1];
    assert_eq!((money.span.of(text), money.number.of(text)), ("$24 million", "24 million"));
}

#[test]
fn what_dates_hold_is_not_read() {
    let text = "On 18 June 40 people died.";
    let date = Span::new(3, 10);
    let mentions = find(&parse(&[text]), &[(0, date), (7, date)]);
    assert_eq!(mentions.iter().map(|m| m.span.of(text)).collect::<Vec<_>>(), ["40"]);
}

/// Pieces that number readers trip over, parted by `|`.
const PIECES: &str = "$|€|4|-|–|2|.|,| | | |million|a|half|of|and|hour|years|old|é|😀|\u{301}|\u{ad}|½|1e9|99999999999999999999|0|’s|'|(|)|third|to|three|%|°C|magnitude|aged|in his|60s|bn|m|m.|minus|between|number|at|US$|Rs|£|dozens of|half a|out of|both|6-foot-4|:|both men|minutes";

/// The pieces in a fixed pseudo-random order.
#[test]
fn any_text_gives_spans_in_bounds_and_in_order() {
    let pieces: Vec<&str> = PIECES.split('|').collect();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            text.push_str(pieces[(seed % pieces.len() as u64) as usize]);
        }
        let mut last = 0;
        for m in find(&parse(&[text.as_str()]), &[(0, Span::new(0, 1))]) {
            assert!(m.span.start >= last && m.span.end > m.span.start, "{text:?}");
            assert!(text.get(m.span.range()).is_some() && m.span.contains(m.number), "{text:?} {m:?}");
            assert!(!m.quantity.value.is_nan() && m.quantity.low <= m.quantity.high, "{text:?} {m:?}");
            let back = m.quantity.to_string().parse::<Quantity>();
            assert_eq!(back.as_ref(), Ok(&m.quantity), "{text:?}");
            let _ = (m.quantity.normalised(), m.quantity.iso_duration(), m.quantity.key());
            last = m.span.end;
        }
    }
}
