//! Sorting by one routine for all types. The standard library's is compiled for each type and key anew, several
//! kilobytes each time, which together were a tenth of the compressed wasm. Lists of plain numbers have one copy for all, and keep to it.

use std::cmp::Ordering;

/// So many elements are sorted by insertion, without a list of their places.
const FEW: usize = 16;

/// Sorts what has an order; equal elements keep theirs.
pub(crate) fn sort<T: Ord>(list: &mut [T]) {
    by(list, Ord::cmp);
}

/// Sorts by a key; elements of equal keys keep their order.
pub(crate) fn by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    by(list, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by a comparison; equal elements keep their order.
pub(crate) fn by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if list.len() <= FEW {
        for end in 1..list.len() {
            let mut at = end;
            while at > 0 && compare(&list[at - 1], &list[at]).is_gt() {
                list.swap(at - 1, at);
                at -= 1;
            }
        }
        return;
    }
    let mut from: Vec<usize> = (0..list.len()).collect();
    places(&mut from, &|a, b| compare(&list[a], &list[b]));
    // Each cycle of the permutation is walked once; a place that is done holds itself.
    for start in 0..list.len() {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut from[at], at);
            if next == start {
                break;
            }
            list.swap(at, next);
            at = next;
        }
    }
}

#[inline(never)]
fn places(from: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    from.sort_by(|&a, &b| compare(a, b));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does_and_keeps_equals_in_order() {
        for length in [0, 1, 2, FEW, FEW + 1, 100, 1000] {
            let list: Vec<(u32, usize)> =
                (0..length).map(|i| ((i as u32).wrapping_mul(2_654_435_761) >> 26, i)).collect();
            let (mut ours, mut theirs) = (list.clone(), list);
            by_key(&mut ours, |e| e.0);
            theirs.sort_by_key(|e| e.0);
            assert_eq!(ours, theirs, "{length} elements");
            sort(&mut ours);
            theirs.sort();
            assert_eq!(ours, theirs);
        }
    }
}
