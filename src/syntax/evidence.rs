//! What is known of an arc of a tree beside the words at its ends: the relations around it, how sure the parser and the
//! tagger were of it and of its neighbours, and what lies between.

use super::form::Item;
use super::transition::{Answer, Margins, RELATIONS};
use super::word::{CLASSES, Tag};

/// Relations that are known: the word's, its head's and its nearest sibling's.
const KINDS: usize = 3;
/// Values of a relation: any, and none.
const KIND: usize = RELATIONS + 1;

/// Where steps of the parser's margins end, in its own units.
const MARGIN: &[i32] = &[64, 128, 256, 448, 640, 900, 1152, 1500, 2000, Margins::NONE];
/// The same of the least margin among other words.
const OTHERS: &[i32] = &[64, 256, 640, 1152, Margins::NONE];
/// The same of the tagger's margins.
const TAGS: &[i32] = &[8, 20, 40, 70, 110, Margins::NONE];

/// The numbers that are known, and where their steps end.
const NUMBERS: [&[i32]; 17] = [
    // How sure the parser was of the word's head, of its relation, and of waiting before.
    MARGIN,
    MARGIN,
    MARGIN,
    // How sure the tagger was of the word and of its head.
    TAGS,
    TAGS,
    // The least sure head among the words between, the siblings and the children; that of the head itself.
    OTHERS,
    OTHERS,
    OTHERS,
    OTHERS,
    // The least sure relation among the siblings.
    OTHERS,
    // Siblings, those of the same relation, and children.
    &[1, 2, 3, 4, 5],
    &[1, 2],
    &[1, 2, 3, 4],
    // Verbs between, and marks.
    &[1, 2],
    &[1, 2, 3],
    // Words from the head to the word, and in the sentence.
    &[-13, -8, -5, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9, 14],
    &[6, 12, 20, 30, 40],
];

/// Rows of all relations and steps.
pub(super) const ROWS: usize = {
    let (mut rows, mut number) = (KINDS * KIND, 0);
    while number < NUMBERS.len() {
        rows += NUMBERS[number].len() + 1;
        number += 1;
    }
    rows
};

/// What is known of an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    /// The word's head; the number of words is the root.
    pub(super) head: usize,
    /// For each relation and number the row of its value, below [`ROWS`].
    pub(super) rows: [u16; KINDS + NUMBERS.len()],
}

/// A parser's answer for a sentence without its punctuation.
pub(super) struct Reading<'a> {
    /// Heads, relations and margins.
    pub(super) answer: &'a Answer,
    /// The words as the parser saw them.
    pub(super) items: &'a [Item],
    /// By how much the tagger held each word's class for better than the next one.
    pub(super) tags: &'a [i32],
}

impl Reading<'_> {
    /// What is known of the arc of each word. Linear in the length of the arcs and the square of the families.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        let families = Families::new(&self.answer.heads);
        (0..self.answer.heads.len()).map(|word| self.arc(word, &families)).collect()
    }

    fn arc(&self, word: usize, families: &Families) -> Evidence {
        let Answer { heads, labels, margins } = self.answer;
        let (n, head) = (heads.len(), heads[word]);
        let (first, last) = if head == n { (word, word) } else { (word.min(head), word.max(head)) };
        let between = first + 1..last.max(first + 1);
        let siblings = || families.of(head).iter().map(|&w| w as usize).filter(|&w| w != word);
        let children = families.of(word);
        let side = |w: usize| (w < head) == (word < head);
        let nearest = siblings().filter(|&w| side(w)).min_by_key(|&w| w.abs_diff(word));
        let own = |w: usize| margins.get(w).map_or(Margins::NONE, |m| m.head);
        let least = |words: &mut dyn Iterator<Item = usize>| words.map(own).min().unwrap_or(Margins::NONE);
        let verb = |w: &usize| CLASSES[usize::from(self.items[*w].class)].0 == Tag::Verb;
        let place = if head == n { 0 } else { word as i32 - head as i32 };
        let count = |n: usize| n as i32;
        let numbers = [
            margins[word].head,
            margins[word].relation,
            margins[word].waiting,
            self.tags[word],
            self.tags.get(head).copied().unwrap_or(Margins::NONE),
            least(&mut between.clone()),
            least(&mut siblings()),
            least(&mut children.iter().map(|&w| w as usize)),
            own(head),
            siblings().map(|w| margins[w].relation).min().unwrap_or(Margins::NONE),
            count(siblings().count()),
            count(siblings().filter(|&w| labels[w] == labels[word]).count()),
            count(children.len()),
            count(between.filter(verb).count()),
            count((first + 1..=last).filter(|&w| self.items[w].punct > 0).count()),
            place,
            count(n),
        ];
        let relation = |w: usize| labels.get(w).map_or(RELATIONS, |&label| usize::from(label).min(RELATIONS));
        let kinds = [relation(word), relation(head), nearest.map_or(RELATIONS, relation)];
        Evidence { head, rows: rows(kinds, numbers) }
    }
}

/// The row of each value.
fn rows(kinds: [usize; KINDS], numbers: [i32; NUMBERS.len()]) -> [u16; KINDS + NUMBERS.len()] {
    let mut out = [0; KINDS + NUMBERS.len()];
    let (relations, steps) = out.split_at_mut(KINDS);
    for (i, (row, kind)) in relations.iter_mut().zip(kinds).enumerate() {
        *row = (i * KIND + kind) as u16;
    }
    let mut base = KINDS * KIND;
    for ((row, number), ends) in steps.iter_mut().zip(numbers).zip(NUMBERS) {
        *row = (base + ends.iter().filter(|&&end| number >= end).count()) as u16;
        base += ends.len() + 1;
    }
    out
}

/// The children of each word and of the root.
struct Families {
    /// Where each one's children begin.
    starts: Vec<u32>,
    children: Vec<u32>,
}

impl Families {
    fn new(heads: &[usize]) -> Self {
        let mut starts = vec![0; heads.len() + 2];
        heads.iter().for_each(|&head| starts[head + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        let (mut children, mut next) = (vec![0; heads.len()], starts.clone());
        for (word, &head) in heads.iter().enumerate() {
            children[next[head] as usize] = word as u32;
            next[head] += 1;
        }
        Self { starts, children }
    }

    fn of(&self, word: usize) -> &[u32] {
        &self.children[self.starts[word] as usize..self.starts[word + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_hold_every_word_once() {
        let families = Families::new(&[1, 4, 1, 2]);
        assert_eq!(
            (0..5).map(|w| families.of(w).to_vec()).collect::<Vec<_>>(),
            [vec![], vec![0, 2], vec![3], vec![], vec![1]]
        );
    }

    #[test]
    fn every_value_has_a_row_of_its_own() {
        let values = |number: i32| rows([RELATIONS; KINDS], [number; NUMBERS.len()]);
        let (low, high) = (values(i32::MIN), values(i32::MAX));
        assert_eq!(usize::from(high[high.len() - 1]), ROWS - 1);
        let all = low.iter().zip(&high).skip(KINDS);
        assert!(all.clone().all(|(low, high)| low < high));
        assert!(all.clone().zip(all.skip(1)).all(|(one, next)| one.1 + 1 == *next.0));
    }

    #[test]
    fn what_lies_between_and_beside_is_counted() {
        let item = Item { class: 5, punct: 1, ..Item::default() };
        let margin = |head| Margins { head, relation: head, waiting: Margins::NONE };
        let answer = Answer {
            heads: vec![3, 3, 1, 4],
            labels: vec![1, 1, 2, 0],
            margins: [100, 500, 300, 2500].map(margin).into(),
        };
        let reading = Reading { answer: &answer, items: &[item; 4], tags: &[50; 4] };
        let evidence = reading.evidence();
        let sibling = Margins::NONE;
        let numbers = [100, 100, sibling, 50, 50, 300, 500, sibling, 2500, 500, 1, 1, 0, 2, 3, -3, 4];
        assert_eq!(evidence[0], Evidence { head: 3, rows: rows([1, 0, 1], numbers) });
        assert_eq!(evidence[3].rows[1], (KIND + RELATIONS) as u16, "the root has no relation");
    }
}
