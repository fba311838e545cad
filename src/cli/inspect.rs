//! What a reference set holds, for people and as JSON.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use countercheck::claim::{Claim, Family, Label, Value};
use countercheck::entity::role;
use countercheck::error::Error;
use countercheck::reference::{BUNDLED, Manifest, ReferenceSet, Shard, Source, Volume};
use serde::Serialize;

#[derive(Serialize)]
struct Overview<'a> {
    id: String,
    sources: Vec<SourceRow<'a>>,
    claims: Vec<ClaimRow>,
}

#[derive(Serialize)]
struct SourceRow<'a> {
    id: &'a str,
    title: &'a str,
    published: &'a str,
    url: &'a str,
    entities: usize,
    claims: usize,
}

/// One subject and attribute with every value that the sources give, and which sources.
#[derive(Serialize)]
struct ClaimRow {
    family: Family,
    subject: String,
    attribute: String,
    values: Vec<ValueRow>,
    agreed: bool,
}

#[derive(Serialize)]
struct ValueRow {
    value: String,
    sources: Vec<String>,
    sentence: String,
}

/// The shards of a split set.
#[derive(Serialize)]
struct Split<'a> {
    id: String,
    sources: u64,
    claims: u64,
    shards: &'a [Shard],
}

/// Prints what a file holds (the bundled set where none is named): the sources of a set and its claims, where the
/// sources agree and where they split; of a manifest its shards.
pub fn print(out: &mut impl Write, file: Option<&Path>, text: bool) -> Result<(), Error> {
    let within = |e: Error| file.map_or(e.clone(), |path| e.within(path.display()));
    let bytes = match file {
        Some(path) => std::fs::read(path).map_err(|e| within(Error::new(e.to_string())))?,
        None => BUNDLED.to_vec(),
    };
    let result = if Manifest::is(&bytes) {
        let manifest = Manifest::open(bytes).map_err(within)?;
        let shards = manifest.shards();
        let (sources, claims) =
            shards.iter().fold((0, 0), |(s, c), shard| (s + u64::from(shard.sources), c + shard.claims));
        let split = Split { id: manifest.id(), sources, claims, shards };
        if text { split_as_text(out, &split) } else { as_json(out, &split) }
    } else {
        let volume = Volume::open(bytes).map_err(within)?;
        let set = volume.set().map_err(within)?;
        let sources = set.sources().iter().map(source_row).collect();
        let overview = Overview { id: volume.id(), sources, claims: claim_rows(&set) };
        if text { as_text(out, &overview) } else { as_json(out, &overview) }
    };
    result.map_err(|e| Error::new(format!("standard output: {e}")))
}

fn as_json(out: &mut impl Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

fn split_as_text(out: &mut impl Write, split: &Split<'_>) -> std::io::Result<()> {
    writeln!(
        out,
        "split set {}: {} sources, {} claims in {} shards",
        split.id,
        split.sources,
        split.claims,
        split.shards.len()
    )?;
    split.shards.iter().try_for_each(|s| {
        writeln!(out, "  {}  {} sources, {} claims, {} bytes", s.file(), s.sources, s.claims, s.bytes)
    })
}

fn as_text(out: &mut impl Write, overview: &Overview<'_>) -> std::io::Result<()> {
    writeln!(out, "set {}: {} sources", overview.id, overview.sources.len())?;
    for source in &overview.sources {
        let date = if source.published.is_empty() { "undated" } else { source.published };
        writeln!(
            out,
            "  {}  {date}  {}  ({} entities, {} claims)",
            source.id, source.title, source.entities, source.claims
        )?;
    }
    let mut family = None;
    for row in &overview.claims {
        if family != Some(row.family) {
            writeln!(out, "\n{}", format!("{:?}", row.family).to_uppercase())?;
            family = Some(row.family);
        }
        let split = if row.agreed { "" } else { "   ← sources differ" };
        writeln!(out, "  {} — {}{split}", row.subject, row.attribute)?;
        for value in &row.values {
            writeln!(out, "      {}  [{}]", value.value, value.sources.join(", "))?;
        }
    }
    Ok(())
}

fn source_row(source: &Source) -> SourceRow<'_> {
    SourceRow {
        id: &source.id,
        title: &source.title,
        published: &source.published,
        url: &source.url,
        entities: source.names.len(),
        claims: source.claims.len(),
    }
}

fn claim_rows(set: &ReferenceSet) -> Vec<ClaimRow> {
    let mut rows: BTreeMap<(Family, String, String), BTreeMap<String, ValueRow>> = BTreeMap::new();
    for source in set.sources() {
        for (sentence, claim) in &source.claims {
            for (subject, attribute, value) in triples(claim) {
                let values = rows.entry((claim.family, subject, attribute)).or_default();
                let row = values.entry(value.clone()).or_insert_with(|| ValueRow {
                    value,
                    sources: Vec::new(),
                    sentence: source.sentences.get(*sentence as usize).cloned().unwrap_or_default(),
                });
                if !row.sources.contains(&source.id) {
                    row.sources.push(source.id.clone());
                }
            }
        }
    }
    rows.into_iter()
        .map(|((family, subject, attribute), values)| {
            let values: Vec<ValueRow> = values.into_values().collect();
            ClaimRow { family, subject, attribute, agreed: values.len() == 1, values }
        })
        .collect()
}

/// Subject, attribute and value of each thing that a claim says.
fn triples(claim: &Claim) -> Vec<(String, String, String)> {
    let keys: Vec<String> = claim
        .parts
        .iter()
        .filter(|p| matches!(p.label, Label::Holder | Label::Speaker | Label::Slot(_)))
        .filter_map(|p| if let Value::Key(k) = &p.value { Some(k.name().to_owned()) } else { None })
        .collect();
    let subject = if keys.is_empty() { "—".to_owned() } else { keys.join(" + ") };
    let denied = if claim.negated { " (denied)" } else { "" };
    let values = claim.parts.iter().filter_map(|part| {
        let value = match &part.value {
            Value::Date(date, _) => format!("{date}"),
            Value::Quantity(quantity) => quantity.normalised(),
            Value::Title(title, domain) => role::describe(title, domain),
            Value::Text(text) => text.clone(),
            Value::Key(_) => return None,
        };
        let attribute = match part.label {
            Label::Date => format!("{}: when{denied}", claim.key),
            Label::Duration => format!("{}: how long{denied}", claim.key),
            _ => format!("{}{denied}", claim.key),
        };
        Some((subject.clone(), attribute, value))
    });
    values.collect()
}
