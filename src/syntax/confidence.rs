//! How often an arc is right, by what the two voters say of it: `data/syntax/calibration.tsv`.

use super::word::Relation;
use std::sync::OnceLock;

/// Kinds of relations that are told apart: the first column of the table.
#[cfg(any(test, feature = "train"))]
pub(super) const KINDS: [&str; 4] = ["function", "core", "oblique", "clause"];
/// What the voters agree on: the second column.
pub(super) const AGREEMENTS: [&str; 3] = ["nothing", "head", "all"];
/// Where the steps of each voter's margin end: the columns after these are the steps of the first
/// voter, and within each the steps of the second.
const MARGINS: [[i32; 3]; 2] = [[256, 640, 1152], [64, 160, 320]];
/// Columns of numbers.
pub(super) const STEPS: usize = (MARGINS[0].len() + 1) * (MARGINS[1].len() + 1);
/// Cells of the table.
#[cfg(any(test, feature = "train"))]
pub(super) const CELLS: usize = KINDS.len() * AGREEMENTS.len() * STEPS;

fn kind(relation: Relation) -> usize {
    use Relation::*;
    match relation {
        Case | Det | DetPredet | Aux | AuxPass | Cop | Mark | Cc | CcPreconj | CompoundPrt | Flat | Fixed | Punct => 0,
        Nsubj | NsubjPass | Obj | Iobj | OblAgent | Root | Xcomp | Ccomp | Expl => 1,
        Obl | OblUnmarked | Nmod | NmodUnmarked | NmodPoss | NmodDesc | Amod | Nummod | Compound | Advmod => 2,
        _ => 3,
    }
}

/// The cell of an arc: its relation, whether the second voter has the same head and the same
/// relation, and how much better each voter's move was than its next one.
pub(super) fn cell(relation: Relation, same_head: bool, same_label: bool, margins: [i32; 2]) -> usize {
    let agreement = usize::from(same_head) + usize::from(same_head && same_label);
    let [first, second] = [0, 1].map(|v| MARGINS[v].iter().filter(|&&end| margins[v] >= end).count());
    let step = first * (MARGINS[1].len() + 1) + second;
    (kind(relation) * AGREEMENTS.len() + agreement) * STEPS + step
}

/// Percent of the arcs in a cell that are right.
pub(super) fn percent(cell: usize) -> u8 {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = super::lexicon::rows(include_str!("../../data/syntax/calibration.tsv"));
        rows.flat_map(|row| row.into_iter().skip(2).map(|n| n.parse().unwrap_or(0))).collect()
    });
    table.get(cell).copied().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_every_kind_and_agreement() {
        let rows: Vec<_> = super::super::lexicon::rows(include_str!("../../data/syntax/calibration.tsv")).collect();
        assert_eq!(rows.len() * STEPS, CELLS);
        for (i, row) in rows.iter().enumerate() {
            assert_eq!((row[0], row[1]), (KINDS[i / 3], AGREEMENTS[i % 3]));
            assert!(row.len() == STEPS + 2 && row[2..].iter().all(|n| n.parse::<u8>().is_ok_and(|n| n <= 100)));
        }
        assert!(
            percent(cell(Relation::Case, true, true, [5000, 5000]))
                > percent(cell(Relation::Obl, false, false, [0, 0]))
        );
    }
}
