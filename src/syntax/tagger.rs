//! Greedy part-of-speech tagger over hashed features, left to right.

use super::closed;
use super::form::{AFTER, BEFORE, Form, word_hash};
use super::table::{Keys, Table, key};
use super::token::Shape;
use super::word::{CLASSES, Tag};

/// Room for the scores of all classes.
pub(super) const TAGS: usize = CLASSES.len().next_multiple_of(16);
/// Class number of punctuation.
pub(super) const PUNCT: u8 = 27;
/// The class of a name.
pub(super) const NAME: u8 = 2;
/// Class before the first token.
const EDGE: u8 = 31;

/// Not fewer than the features of a token.
const FEATURES: usize = 40;

/// Calls `f` with the key of every feature of token `i`, given the classes of the two before it.
#[inline]
pub(super) fn visit(forms: &[Form], i: usize, before: [u8; 2], mut f: impl FnMut(u32)) {
    let at = |offset: isize| match i.checked_add_signed(offset) {
        Some(j) => forms.get(j).unwrap_or(&AFTER),
        None => &BEFORE,
    };
    let (me, left, right) = (at(0), at(-1), at(1));
    let [t1, t2] = before.map(u32::from);
    let shape = u32::from(me.shape) | u32::from(i == 0) << 6;
    f(key(1, me.word, 0, 0));
    f(key(2, me.suffix[0], shape, 0));
    f(key(3, me.suffix[1], shape, 0));
    f(key(4, me.suffix[2], 0, 0));
    f(key(5, me.suffix[3], 0, 0));
    f(key(6, me.prefix[0], 0, 0));
    f(key(7, me.prefix[1], 0, 0));
    f(key(8, shape, u32::from(right.shape), 0));
    f(key(9, shape, u32::from(left.shape), t1));
    f(key(10, left.word, 0, 0));
    f(key(11, right.word, 0, 0));
    f(key(12, at(-2).word, 0, 0));
    f(key(13, at(2).word, 0, 0));
    f(key(14, left.word, me.word, 0));
    f(key(15, me.word, right.word, 0));
    f(key(16, left.word, right.word, 0));
    f(key(17, left.suffix[2], me.suffix[1], 0));
    f(key(18, right.suffix[2], 0, 0));
    f(key(19, right.suffix[1], me.suffix[1], 0));
    f(key(20, me.word, shape, 0));
    f(key(21, right.word, at(2).word, 0));
    f(key(22, me.word, at(2).word, 0));
    f(key(23, t1, 0, 0));
    f(key(24, t1, t2, 0));
    f(key(25, t1, me.word, 0));
    f(key(26, t1, t2, me.word));
    f(key(27, t1, right.word, 0));
    f(key(28, t1, me.suffix[2], 0));
    f(key(29, t1, me.suffix[1], right.suffix[1]));
    f(key(30, t2, me.word, 0));
    f(key(31, t1, shape, me.suffix[1]));
    f(key(32, t2, left.word, me.suffix[1]));
    f(key(33, left.word, me.suffix[1], 0));
    f(key(34, me.prefix[1], me.suffix[2], shape));
}

/// What stands before token `i` for [`visit`].
pub(super) fn before(classes: &[u8], i: usize) -> [u8; 2] {
    let at = |n: usize| i.checked_sub(n).map_or(EDGE, |j| classes[j]);
    [at(1), at(2)]
}

/// Tokens whose class needs no model.
pub(super) fn certain(form: &Form, punctuation: &[u32]) -> bool {
    form.is(Shape::Punct) && punctuation.contains(&form.word)
}

/// What the tagger says of a sentence's tokens.
pub(super) struct Tags {
    /// Their classes, as indexes into [`CLASSES`].
    pub(super) classes: Vec<u8>,
    /// By how much each class was better than the next one.
    pub(super) margins: Vec<i32>,
}

/// Tags the tokens of one sentence.
pub(super) fn tag(table: &Table<TAGS>, punctuation: &[u32], forms: &[Form]) -> Tags {
    let mut classes: Vec<u8> = Vec::with_capacity(forms.len());
    let mut margins = vec![0; forms.len()];
    for i in 0..forms.len() {
        if certain(&forms[i], punctuation) {
            classes.push(PUNCT);
            continue;
        }
        let mut keys = Keys::<FEATURES>::new();
        visit(forms, i, before(&classes, i), |k| keys.push(k, table.may_have(k)));
        let scores = table.scores(keys.iter());
        let (mut class, better) = table.best(&scores);
        // `Moon Hee-sang`, `laid-off`
        let hyphen = |at: Option<usize>| at.and_then(|at| forms.get(at)).is_some_and(|f| f.word == word_hash("-"));
        let alone = || !hyphen(i.checked_sub(1)) && !hyphen(Some(i + 1));
        if forms[i].is(Shape::Lower)
            && alone()
            && let Some(closed) = closed::best(forms[i].word, before(&classes, i)[0], &scores)
        {
            class = closed;
        }
        if forms[i].name && CLASSES[class].0 != Tag::Propn {
            classes.push(NAME);
        } else {
            classes.push(class as u8);
            margins[i] = better;
        }
    }
    Tags { classes, margins }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_of_punctuation_is_where_it_says() {
        assert_eq!(CLASSES[PUNCT as usize].0, Tag::Punct);
        assert_eq!(CLASSES[NAME as usize].0, Tag::Propn);
        assert_eq!(CLASSES.len(), EDGE as usize);
    }
}
