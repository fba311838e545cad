//! Receipts in files, and their replay.

use std::io::Write;
use std::path::Path;

use countercheck::Checker;
use countercheck::block::Article;
use countercheck::error::Error;
use countercheck::receipt::{FORM, Receipt, Writer};
use countercheck::reference::Source;
use countercheck::verdict::Finding;

use super::shelves::Shelves;
use super::{checker, failed, print};

/// Adds the receipts of the findings on one article to `out`, one line of JSON each.
pub fn keep(
    out: &mut impl Write,
    article: &Article,
    findings: &[Finding],
    checker: &Checker<'_>,
    sets: &[String],
) -> Result<(), Error> {
    let writer = Writer::new(&article.page, checker.index(), sets);
    for finding in findings.iter().filter(|f| Receipt::is_due(f.verdict)) {
        print::json(out, &writer.receipt(finding))?;
    }
    Ok(())
}

/// The receipts in a file: one, or one a line.
pub fn read(path: &Path, text: &str) -> Result<Vec<Receipt>, Error> {
    let within = |e: Error| e.within(path.display());
    let parsed: Result<Vec<Receipt>, _> = serde_json::Deserializer::from_str(text).into_iter().collect();
    let receipts = parsed.map_err(|e| {
        within(Error::new(format!("no receipt as `check --receipts` writes it or the browser copies it: {e}")))
    })?;
    if receipts.is_empty() {
        return Err(within(Error::new("holds no receipt")));
    }
    match receipts.iter().find(|r| r.receipt != FORM) {
        Some(r) => {
            Err(within(Error::new(format!("the receipt has form {}; this version reads form {FORM}", r.receipt))))
        }
        None => Ok(receipts),
    }
}

/// Replays receipts on articles and prints what became of each; whether all came out the same. A receipt is replayed
/// on the article with its text, else on the first one.
pub fn verify(
    out: &mut impl Write,
    receipts: &[Receipt],
    articles: &[Article],
    shelves: &mut Shelves,
    style: print::Style,
) -> Result<bool, Error> {
    let ids = shelves.ids();
    let all_sets = shelves.small()?;
    let mut all = true;
    for receipt in receipts {
        let article = articles.iter().find(|a| receipt.is_of(&a.page)).or(articles.first());
        let blocks = article.map(|a| a.page.blocks.clone()).unwrap_or_default();
        let chosen;
        let sets = match &all_sets {
            Some(sets) => sets,
            None => {
                chosen = shelves.about(&Source::read(&receipt.page(blocks.clone())))?;
                &chosen
            }
        };
        let replay = receipt.replay(blocks, &checker(sets), &ids);
        all &= replay.same;
        if style != print::Style::Text {
            print::json(out, &replay)?;
            continue;
        }
        let verdict = format!("{:?}", receipt.verdict).to_lowercase();
        let end = if replay.same { "the same again" } else { "not the same" };
        writeln!(out, "“{}” {verdict} [{}]: {end}", receipt.words, receipt.rule).map_err(failed)?;
        for change in &replay.changes {
            writeln!(out, "  {change}").map_err(failed)?;
        }
    }
    Ok(all)
}
