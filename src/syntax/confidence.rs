//! How often an arc is right, by what the two voters say of it: a sum of weights, each for one number that was seen,
//! from `data/syntax/confidence.tsv`.

use super::transition::{Answer, Margins};
use super::tree;
use super::word::{CLASSES, Relation};
use std::sync::OnceLock;

/// What the second voter agrees on: the second column of the rows that tell it apart.
pub(super) const AGREEMENTS: [&str; 3] = ["nothing", "head", "all"];

/// The numbers that are weighed: the first column. Margins are in the voters' own units.
pub(super) const NUMBERS: [&str; 13] = [
    "first, head",
    "first, relation",
    "first, waiting",
    "second, head",
    "second, relation",
    "second, waiting",
    "tag margin",
    "between",
    "siblings",
    "siblings disputed",
    "siblings' number",
    "head disputed",
    "place",
];

/// What is known of an arc.
pub(super) struct Evidence {
    /// The word's class, among [`CLASSES`].
    pub(super) class: u8,
    /// Its relation.
    pub(super) relation: Relation,
    /// What the second voter agrees on, among [`AGREEMENTS`].
    pub(super) agreement: usize,
    /// The values of [`NUMBERS`].
    pub(super) numbers: [i32; NUMBERS.len()],
}

/// Both voters' answers for a sentence without its punctuation.
pub(super) struct Ballots<'a> {
    /// The first voter's, which gives the tree.
    pub(super) first: &'a Answer,
    /// The second voter's.
    pub(super) second: &'a Answer,
    /// Each word's class, and by how much the tagger held it for better than the next one.
    pub(super) tags: &'a [(u8, i32)],
}

impl Ballots<'_> {
    /// What is known of the arc of each word.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        let n = self.first.heads.len();
        let family = Families::new(self);
        (0..n).map(|word| self.arc(word, &family)).collect()
    }

    fn disputed(&self, word: usize) -> bool {
        self.first.heads[word] != self.second.heads[word]
    }

    fn arc(&self, word: usize, families: &Families) -> Evidence {
        let n = self.first.heads.len();
        let (head, label) = (self.first.heads[word], self.first.labels[word]);
        let same_label = label == self.second.labels[word];
        let agreement = if self.disputed(word) { 0 } else { 1 + usize::from(same_label) };
        let relation = if head == n { Relation::Root } else { tree::label(label) };
        let [first, second] = [self.first.margins[word], self.second.margins[word]];
        let inside = if head == n { 0..0 } else { word.min(head) + 1..word.max(head) };
        let between = inside.map(|w| self.first.margins[w].head).min().unwrap_or(Margins::NONE);
        let (siblings, disputed) = families.siblings(self, word);
        let above = if head == n { -1 } else { i32::from(self.disputed(head)) };
        let place = if head == n { 0 } else { word as i32 - head as i32 };
        let numbers = [
            first.head,
            first.relation,
            first.waiting,
            second.head,
            second.relation,
            second.waiting,
            self.tags[word].1,
            between,
            siblings,
            disputed,
            families.count[head] - 1,
            above,
            place,
        ];
        Evidence { class: self.tags[word].0, relation, agreement, numbers }
    }
}

/// The children of each word and of the root: the two least sure ones, how many are disputed, and how many there are.
struct Families {
    least: Vec<[i32; 2]>,
    disputed: Vec<i32>,
    count: Vec<i32>,
}

impl Families {
    fn new(ballots: &Ballots) -> Self {
        let heads = &ballots.first.heads;
        let mut out = Self {
            least: vec![[Margins::NONE; 2]; heads.len() + 1],
            disputed: vec![0; heads.len() + 1],
            count: vec![0; heads.len() + 1],
        };
        for (word, &head) in heads.iter().enumerate() {
            let margin = ballots.first.margins[word].head;
            let [least, next] = out.least[head];
            out.least[head] = if margin < least { [margin, least] } else { [least, next.min(margin)] };
            out.count[head] += 1;
            out.disputed[head] += i32::from(ballots.disputed(word));
        }
        out
    }

    /// Of a word's siblings, how sure the least sure is of its head, and how many are disputed.
    fn siblings(&self, ballots: &Ballots, word: usize) -> (i32, i32) {
        let head = ballots.first.heads[word];
        let [least, next] = self.least[head];
        let others = if ballots.first.margins[word].head == least { next } else { least };
        (others, self.disputed[head] - i32::from(ballots.disputed(word)))
    }
}

/// Steps of a function: what it is from each number on.
type Steps = Vec<(i32, i32)>;

/// In the table, below the least number.
pub(super) const LEAST: &str = "least";
/// In the table, [`Margins::NONE`].
pub(super) const NONE: &str = "none";

/// What the table calls one of [`CLASSES`].
pub(super) fn class_name(class: usize) -> String {
    let (tag, features) = CLASSES[class];
    format!("{} {}", tag.name(), features.text())
}

fn number(text: &str) -> Option<i32> {
    match text {
        LEAST => Some(i32::MIN),
        NONE => Some(Margins::NONE),
        _ => text.parse().ok(),
    }
}

fn at(steps: &Steps, number: i32) -> i32 {
    steps.iter().take_while(|s| s.0 <= number).last().map_or(0, |s| s.1)
}

/// The weights, in hundredths of a logit.
struct Weights {
    classes: Vec<i32>,
    relations: Vec<i32>,
    /// By number and agreement.
    numbers: Vec<[Steps; AGREEMENTS.len()]>,
    /// Percent by sum.
    percents: Steps,
}

impl Weights {
    fn read(table: &'static str) -> Self {
        let mut out = Self {
            classes: vec![0; CLASSES.len()],
            relations: vec![0; Relation::ALL.len()],
            numbers: (0..NUMBERS.len()).map(|_| Default::default()).collect(),
            percents: Steps::new(),
        };
        for row in super::lexicon::rows(table) {
            let [what, when, ref steps @ ..] = row[..] else { continue };
            let step = |s: &&str| s.split_once(':').and_then(|(from, to)| Some((number(from)?, to.parse().ok()?)));
            let steps: Steps = steps.iter().filter_map(step).collect();
            match what {
                "class" => {
                    let class = (0..CLASSES.len()).find(|&c| class_name(c) == when);
                    class.into_iter().for_each(|class| out.classes[class] = at(&steps, 0));
                }
                "relation" => out.relations[Relation::from_label(when) as usize] = at(&steps, 0),
                "percent" => out.percents = steps,
                _ => {
                    let rows = NUMBERS.iter().position(|&n| n == what).map(|n| &mut out.numbers[n]);
                    let agreements = rows.into_iter().flat_map(|rows| rows.iter_mut().zip(AGREEMENTS));
                    agreements.filter(|a| when == "any" || when == a.1).for_each(|a| *a.0 = steps.clone());
                }
            }
        }
        out
    }
}

/// How often, in percent, arcs of which this is known are right.
pub(super) fn percent(evidence: &Evidence) -> u8 {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| Weights::read(include_str!("../../data/syntax/confidence.tsv")));
    let numbers = weights.numbers.iter().zip(evidence.numbers);
    let sum: i32 = numbers.map(|(steps, number)| at(&steps[evidence.agreement], number)).sum();
    let kinds = weights.classes[usize::from(evidence.class)] + weights.relations[evidence.relation as usize];
    at(&weights.percents, sum + kinds) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_ascending_steps_for_all_that_is_known() {
        let weights = Weights::read(include_str!("../../data/syntax/confidence.tsv"));
        let functions = weights.numbers.iter().flatten().chain([&weights.percents]);
        for steps in functions {
            assert!(!steps.is_empty() && steps.is_sorted_by_key(|s| s.0), "{steps:?}");
        }
        assert!(weights.percents.iter().all(|s| (0..=100).contains(&s.1)));
        assert!(weights.percents.is_sorted_by_key(|s| s.1));
    }

    #[test]
    fn voters_that_agree_and_are_sure_are_believed() {
        let evidence = |agreement, margin| {
            let numbers =
                [margin, margin, margin, margin, margin, margin, 100, Margins::NONE, Margins::NONE, 0, 1, 0, -1];
            Evidence { class: 0, relation: Relation::Nsubj, agreement, numbers }
        };
        let sure = percent(&evidence(2, 5000));
        assert!(
            sure > 90 && sure > percent(&evidence(0, 5000)) && percent(&evidence(0, 5000)) > percent(&evidence(0, 0))
        );
    }

    #[test]
    fn a_step_holds_until_the_next_one() {
        let steps = vec![(i32::MIN, 7), (10, 9), (Margins::NONE, 4)];
        assert_eq!([-5, 9, 10, 11, Margins::NONE].map(|n| at(&steps, n)), [7, 7, 9, 9, 4]);
    }
}
