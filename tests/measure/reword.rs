//! Says a paragraph in other words that mean the same.

use countercheck::mention::Kind;
use countercheck::mention::date::DateMention;
use countercheck::mention::quantity::{Hedge, QuantityKind, QuantityMention};
use countercheck::span::Span;
use jiff::civil::Date;

use super::scene::{Edits, Scene, beside, table};

/// A way of rewording: its name, and what it changes in a paragraph.
pub type Operation = (&'static str, fn(&Scene<'_>) -> Edits);

/// All ways of rewording.
pub const OPERATIONS: [Operation; 18] = [
    ("number in words", words),
    ("number in figures", figures),
    ("other unit", units),
    ("hedge", hedges),
    ("rounding", rounding),
    ("day for weekday", days),
    ("weekday for day", weekdays),
    ("year with date", years),
    ("title after name", titles),
    ("pronoun", pronouns),
    ("passive", passives),
    ("clause order", clauses),
    ("surname alone", surnames),
    ("speaker after verb", speakers),
    ("straight marks", marks),
    ("sign for percent", percents),
    ("currency in words", currencies),
    ("million in figures", millions),
];

/// Figures that may be said in another way: outside of quotations and names.
fn numbers<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = &'s QuantityMention> {
    scene.extraction.quantities.iter().filter(|q| !scene.is_quoted(q.span) && !scene.is_named(q.span))
}

fn words(scene: &Scene<'_>) -> Edits {
    let bare = numbers(scene).filter(|q| matches!(q.quantity.kind, QuantityKind::Count | QuantityKind::Duration));
    let word = |q: &QuantityMention| Some((q.number.range(), beside("number", q.number.of(scene.text))?[0].to_owned()));
    bare.filter(|q| starts_no_sentence(scene, q.span)).filter_map(word).collect()
}

fn figures(scene: &Scene<'_>) -> Edits {
    let bare = numbers(scene).filter(|q| matches!(q.quantity.kind, QuantityKind::Count | QuantityKind::Duration));
    let figure = |q: &QuantityMention| {
        let said = q.number.of(scene.text);
        let row = table("number").iter().find(|row| row[1] == said)?;
        Some((q.number.range(), row[0].to_owned()))
    };
    bare.filter_map(figure).collect()
}

fn starts_no_sentence(scene: &Scene<'_>, span: Span) -> bool {
    scene.sentence(span.start).is_some_and(|s| s.start < span.start)
}

fn units(scene: &Scene<'_>) -> Edits {
    let measured = numbers(scene).filter(|q| q.quantity.hedge != Hedge::Range && q.quantity.second.is_none());
    measured.filter_map(|q| converted(scene, q)).collect()
}

/// The figure in the other unit, to three digits; `about` where nothing hedges it yet, because it is rounded.
fn converted(scene: &Scene<'_>, q: &QuantityMention) -> Option<(std::ops::Range<usize>, String)> {
    let unit = scene.text[q.number.end as usize..q.span.end as usize].strip_prefix(' ')?;
    let [other, factor, add] = beside("unit", unit)?[..] else { return None };
    let value = q.quantity.value * factor.parse::<f64>().ok()? + add.parse::<f64>().ok()?;
    // Nobody tells hours in thousands of minutes.
    if q.quantity.kind == QuantityKind::Duration && value > 300.0 {
        return None;
    }
    let exact = value.fract() == 0.0 && value < 1000.0;
    let hedged = q.quantity.hedge != Hedge::Exact;
    // A bound must not be rounded past itself, and `up to about` is nothing that news prints.
    if hedged && !exact && q.quantity.hedge != Hedge::About {
        return None;
    }
    let about = if exact || hedged { "" } else { "about " };
    free_to_hedge(scene, q.span).then(|| (q.span.range(), format!("{about}{} {other}", rounded(value, 3))))
}

/// `value` with so many digits, thousands set apart.
fn rounded(value: f64, digits: i32) -> String {
    let step = 10f64.powi((value.abs().log10().floor() as i32 + 1 - digits).max(0));
    let whole = ((value / step).round() * step) as i64;
    if value.abs() < 10.0 && value.fract() != 0.0 {
        return format!("{value:.1}");
    }
    let plain = whole.to_string();
    let first = plain.len() % 3;
    let groups = plain.as_bytes()[first..].chunks(3).map(|g| String::from_utf8_lossy(g).into_owned());
    let head = (first > 0).then(|| plain[..first].to_owned());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// Whether `about` can stand before a number: `the about seven` cannot be said.
fn free_to_hedge(scene: &Scene<'_>, span: Span) -> bool {
    const AFTER: [&str; 19] = [
        "after", "with", "of", "for", "by", "in", "at", "to", "than", "is", "was", "were", "are", "killed", "lasted",
        "took", "has", "had", "and",
    ];
    AFTER.contains(&scene.word_before(span.start).as_str())
}

fn hedges(scene: &Scene<'_>) -> Edits {
    let exact = numbers(scene)
        .filter(|q| q.quantity.hedge == Hedge::Exact && rounds(q.quantity.kind) && free_to_hedge(scene, q.span));
    exact.map(|q| (q.span.start as usize..q.span.start as usize, "about ".to_owned())).collect()
}

fn rounds(kind: QuantityKind) -> bool {
    !matches!(kind, QuantityKind::Score | QuantityKind::Ordinal | QuantityKind::Age)
}

/// `1,676` as `nearly 1,700` or `more than 1,600`.
fn rounding(scene: &Scene<'_>) -> Edits {
    let large = numbers(scene).filter(|q| {
        let plain = q.number.of(scene.text).replace(',', "").parse() == Ok(q.quantity.value);
        q.quantity.hedge == Hedge::Exact
            && rounds(q.quantity.kind)
            && q.quantity.value >= 100.0
            && plain
            && free_to_hedge(scene, q.span)
            && q.span.start == q.number.start
    });
    large
        .map(|q| {
            let value = q.quantity.value;
            let step = 10f64.powi(value.log10().floor() as i32 - 1);
            let near = (value / step).round() * step;
            let word = if near > value {
                "nearly "
            } else if near < value {
                "more than "
            } else {
                "about "
            };
            (q.number.range(), format!("{word}{}", rounded(near, 2)))
        })
        .collect()
}

/// Dates that are a day, said in a way that stands after `on`.
fn told_days<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = (&'s DateMention, Date)> {
    let dates = scene.extraction.dates.iter().filter(|d| !d.approximate && !scene.is_quoted(d.span));
    let said_on = |d: &&DateMention| scene.word_before(d.span.start) == "on";
    dates.filter(said_on).filter_map(|d| Some((d, d.value?.as_day()?)))
}

fn days(scene: &Scene<'_>) -> Edits {
    let weekday = told_days(scene).filter(|(d, _)| d.span.of(scene.text).ends_with("day"));
    weekday.map(|(d, day)| (d.span.range(), day.strftime("%B %-d").to_string())).collect()
}

/// `June 18` as `Sunday`, if that is the last one or today; the day after the page is never told.
fn weekdays(scene: &Scene<'_>) -> Edits {
    let Some(today) = scene.extraction.anchor else { return Vec::new() };
    let near = told_days(scene).filter(|(d, day)| {
        let ago = day.until(today).map_or(99, |span| span.get_days());
        (1..=6).contains(&ago) && d.weekday.is_none() && d.span.of(scene.text).starts_with(char::is_uppercase)
    });
    near.map(|(d, day)| (d.span.range(), day.strftime("%A").to_string())).collect()
}

/// Days with month and year; `February 6` as `6 February 2023`.
fn years(scene: &Scene<'_>) -> Edits {
    let dated = told_days(scene).filter(|(d, _)| d.weekday.is_none() && d.span.of(scene.text).contains(' '));
    dated.map(|(d, day)| (d.span.range(), day.strftime("%-d %B %Y").to_string())).collect()
}

/// `President Emmanuel Macron` as `Emmanuel Macron, the president,`.
fn titles(scene: &Scene<'_>) -> Edits {
    let mut out = Edits::new();
    for name in scene.named(Kind::Person).filter(|n| !scene.is_quoted(n.span)) {
        let before = &scene.text[..name.span.start as usize];
        let said = before.trim_end().to_lowercase();
        let title = table("title").iter().map(|row| row[0]).find(|title| {
            let start = said.strip_suffix(title).filter(|rest| rest.is_empty() || rest.ends_with(' '));
            start.is_some_and(|rest| {
                before[rest.len()..].starts_with(char::is_uppercase) && !is_specified(scene, rest.len())
            })
        });
        let Some(title) = title else { continue };
        let start = before.trim_end().len() - title.len();
        let rest = scene.after(name.span.end);
        if rest.starts_with(['’', '\'']) || rest.starts_with(" and ") {
            continue;
        }
        let comma = if rest.starts_with([',', '.', ';', ':', '?']) { "" } else { "," };
        let new = format!("{}, the {title}{comma}", name.span.of(scene.text));
        out.push((start..name.span.end as usize, new));
    }
    out
}

/// Whether another word belongs to the title: `French President`, `former President`, `U.S. President`.
fn is_specified(scene: &Scene<'_>, start: usize) -> bool {
    const KEEPS: [&str; 6] = ["former", "acting", "then", "vice", "deputy", "ex"];
    let begins = scene.sentence(start as u32).is_some_and(|s| s.start as usize == start);
    let word = scene.text[..start].trim_end().rsplit(' ').next().unwrap_or_default();
    !begins && (word.is_empty() || !word.chars().all(char::is_lowercase) || KEEPS.contains(&word))
}

/// The name that begins a sentence as a pronoun, if the sentence before speaks of this one person.
fn pronouns(scene: &Scene<'_>) -> Edits {
    let has = |words: [&str; 3]| words.iter().any(|w| scene.text.contains(&format!(" {w} ")));
    let pronoun = match (has(["he", "his", "him"]), has(["she", "her", "hers"])) {
        (true, false) => "He",
        (false, true) => "She",
        _ => return Edits::new(),
    };
    let parsed = scene.parsed();
    let people: Vec<_> = scene.named(Kind::Person).collect();
    let mut out = Edits::new();
    for pair in parsed.sentences.windows(2) {
        let first = people.iter().find(|n| n.tokens.start == pair[1].first);
        let before: Vec<_> =
            people.iter().filter(|n| (pair[0].first..pair[0].last).contains(&n.tokens.start)).collect();
        let Some(name) = first.filter(|n| before.iter().all(|b| b.entity == n.entity) && !before.is_empty()) else {
            continue;
        };
        let rest = scene.after(name.span.end);
        if rest.starts_with(' ') && !rest.starts_with(" and ") && !rest.starts_with(" (") {
            out.push((name.span.range(), pronoun.to_owned()));
        }
    }
    out
}

/// `A beat B` as `B was beaten by A`.
fn passives(scene: &Scene<'_>) -> Edits {
    let parsed = scene.parsed();
    let named = &scene.extraction.entities.named;
    let mut out = Edits::new();
    for sentence in &parsed.sentences {
        let Some(subject) = named.iter().find(|n| n.tokens.start == sentence.first) else { continue };
        let verb = subject.tokens.end;
        let Some(object) = named.iter().find(|n| n.tokens.start == verb + 1) else { continue };
        let said = parsed.tokens[verb].text(scene.text);
        let Some(participle) = beside("past", said).and_then(|row| row.get(1)) else { continue };
        let rest = scene.after(object.span.end);
        if rest.starts_with(['’', '\'']) || rest.starts_with(" and ") || rest.starts_with(", ") {
            continue;
        }
        let (a, b) = (subject.span.of(scene.text), object.span.of(scene.text));
        out.push((subject.span.start as usize..object.span.end as usize, format!("{b} was {participle} by {a}")));
    }
    out
}

/// `On Tuesday Erdogan declared …` as `Erdogan declared … on Tuesday`, and back, in sentences of one clause.
fn clauses(scene: &Scene<'_>) -> Edits {
    let parsed = scene.parsed();
    let mut out = Edits::new();
    for (i, sentence) in parsed.sentences.iter().enumerate() {
        let one = parsed.predicates.iter().filter(|p| p.sentence == i).count() == 1;
        let span = parsed.tokens[sentence.first].span.to(parsed.tokens[sentence.last - 1].span);
        let Some(words) = span.of(scene.text).strip_suffix('.') else { continue };
        if !one || words.contains([',', '“', '"', ';', ':', '–', '(']) {
            continue;
        }
        let end = span.start as usize + words.len();
        let dates = scene.extraction.dates.iter().filter(|d| span.contains(d.span));
        for date in dates.filter(|d| scene.word_before(d.span.start).eq_ignore_ascii_case("on")) {
            let (on, said) = (date.span.start as usize - 3, date.span.of(scene.text));
            let rest = scene.text[date.span.end as usize..end].trim_start();
            let named = scene.is_named(Span::new(span.start as usize, span.start as usize + 1));
            if on == span.start as usize && rest.starts_with(char::is_uppercase) {
                out.push((span.range(), format!("{rest} on {said}.")));
            } else if date.span.end as usize == end && named {
                let rest = scene.text[span.start as usize..on].trim_end();
                out.push((span.range(), format!("On {said} {rest}.")));
            }
        }
    }
    out
}

/// People who were named before by their surname.
fn surnames(scene: &Scene<'_>) -> Edits {
    let mut seen = Vec::new();
    let mut out = Edits::new();
    for name in scene.named(Kind::Person).filter(|n| !scene.is_quoted(n.span)) {
        let words = name.span.of(scene.text);
        let again = seen.contains(&name.entity);
        seen.push(name.entity);
        let Some((given, surname)) = words.rsplit_once(' ').filter(|_| again) else { continue };
        // `van`, `al` and `de` belong to the surname.
        if given.split(' ').all(|word| word.starts_with(char::is_uppercase)) {
            out.push((name.span.range(), surname.to_owned()));
        }
    }
    out
}

/// `…, Rabie said` as `…, said Rabie`, and back.
fn speakers(scene: &Scene<'_>) -> Edits {
    let mut out = Edits::new();
    for name in scene.named(Kind::Person) {
        let (start, end, words) = (name.span.start as usize, name.span.end as usize, name.span.of(scene.text));
        let (before, after) = (&scene.text[..start], scene.after(name.span.end));
        let closes = |rest: &str| rest.starts_with('.') && !rest.starts_with("..");
        if before.ends_with(", said ") && closes(after) {
            out.push((start - 5..end, format!("{words} said")));
        } else if before.ends_with(", ") && after.strip_prefix(" said").is_some_and(closes) {
            out.push((start..end + 5, format!("said {words}")));
        }
    }
    out
}

/// Typewriter marks in the place of printed ones.
fn marks(scene: &Scene<'_>) -> Edits {
    let straight = |(at, c): (usize, char)| {
        let mark = match c {
            '“' | '”' => "\"",
            '’' | '‘' => "'",
            _ => return None,
        };
        Some((at..at + c.len_utf8(), mark.to_owned()))
    };
    scene.text.char_indices().filter_map(straight).collect()
}

fn percents(scene: &Scene<'_>) -> Edits {
    let shares = numbers(scene).filter(|q| q.quantity.kind == QuantityKind::Percent);
    let sign = |q: &QuantityMention| {
        let figure = q.number.of(scene.text);
        let plain = q.span.of(scene.text).strip_prefix(figure) == Some(" percent");
        (plain && figure.ends_with(|c: char| c.is_ascii_digit())).then(|| (q.span.range(), format!("{figure}%")))
    };
    shares.filter_map(sign).collect()
}

fn currencies(scene: &Scene<'_>) -> Edits {
    let money = numbers(scene).filter(|q| q.quantity.kind == QuantityKind::Money);
    let words = |q: &QuantityMention| {
        let sum = q.span.of(scene.text).strip_prefix('$')?;
        let noun = scene.after(q.span.end).starts_with([' ', '.', ',']) && !sum.contains('-');
        noun.then(|| (q.span.range(), format!("{sum} dollars")))
    };
    money.filter_map(words).collect()
}

/// `3.4 million` as `3,400,000`.
fn millions(scene: &Scene<'_>) -> Edits {
    let counts = numbers(scene).filter(|q| q.quantity.kind == QuantityKind::Count);
    let figure = |q: &QuantityMention| {
        let (figure, _) = q.number.of(scene.text).split_once(" million")?;
        let value = figure.parse::<f64>().ok()? * 1e6;
        Some((q.number.range(), rounded(value, 12)))
    };
    counts.filter_map(figure).collect()
}
