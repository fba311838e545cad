//! Quotations by their words.

use super::{Entry, Index};
use crate::claim::wording::{self, Word};
use crate::claim::{Label, Value};
use crate::map::HashMap;
use crate::order;

impl<'r> Index<'r> {
    /// Notes the words of a quotation.
    pub(super) fn add_quotation(&mut self, entry: Entry<'r>) {
        let text = entry.claim.parts(Label::Words).find_map(|p| match &p.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let words = wording::split(text.unwrap_or_default());
        let place = self.quotations.len() as u32;
        for hash in wording::shingles(&words) {
            self.quoted.entry(hash).or_default().push(place);
        }
        self.quotations.push((entry, words));
    }

    /// Quotations that may be of one utterance with these words: those that share the rarest of them, most
    /// shared first; each with its words.
    pub fn quotations(&self, words: &[Word]) -> Vec<(&Entry<'r>, &[Word])> {
        /// Longest list of quotations with one word that is still looked through.
        const COMMON: usize = 256;
        /// Most quotations that are compared word by word.
        const MOST: usize = 24;
        let lists = wording::shingles(words).into_iter().filter_map(|hash| self.quoted.get(&hash));
        let mut shared: HashMap<u32, usize> = HashMap::default();
        for place in lists.filter(|list| list.len() <= COMMON).flatten() {
            *shared.entry(*place).or_default() += 1;
        }
        let mut found: Vec<(u32, usize)> = shared.into_iter().collect();
        order::by_key(&mut found, |&(place, count)| (std::cmp::Reverse(count), place));
        let quotation =
            |(place, _)| self.quotations.get(place as usize).map(|(entry, words)| (entry, words.as_slice()));
        found.into_iter().take(MOST).filter_map(quotation).collect()
    }
}
