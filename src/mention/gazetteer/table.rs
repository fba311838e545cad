//! A set of strings as 24-bit fingerprints with a few bytes of payload each.
//!
//! File layout, written by `data/gazetteer/make.py`: one byte for each of 65,536 buckets (the high
//! 16 bits of a fingerprint) with the number of its entries; then, for all entries in order of
//! fingerprint, the low byte of each; then the payload, column by column. A string that is not in
//! the set is taken for one of its members with a probability of entries / 2^24 (0.2 % for 38,000).

const BUCKETS: usize = 1 << 16;

/// A fingerprint set over static bytes; lookups need one short scan.
pub(crate) struct Table {
    starts: Vec<u32>,
    rest: &'static [u8],
    payload: &'static [u8],
}

impl Table {
    /// Reads a table. A file that is too short reads as empty: the bytes are part of the program
    /// and a test holds them to be whole.
    pub(crate) fn new(bytes: &'static [u8]) -> Self {
        let (sizes, body) = bytes.split_at_checked(BUCKETS).unwrap_or((&[], &[]));
        let mut starts = vec![0];
        let mut sum = 0;
        for &size in sizes {
            sum += u32::from(size);
            starts.push(sum);
        }
        let (rest, payload) = body.split_at_checked(sum as usize).unwrap_or_else(|| {
            starts.clear();
            (&[], &[])
        });
        Self { starts, rest, payload }
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.rest.len()
    }

    /// The row of the entry with this hash (see [`crate::map::hash`]).
    pub(crate) fn row(&self, hash: u64) -> Option<usize> {
        let (bucket, low) = ((hash >> 48) as usize, (hash >> 40) as u8);
        let (start, end) = (*self.starts.get(bucket)? as usize, *self.starts.get(bucket + 1)? as usize);
        self.rest[start..end].iter().position(|&r| r == low).map(|i| start + i)
    }

    /// Payload byte `column` of a row; 0 where there is none.
    pub(crate) fn payload(&self, row: usize, column: usize) -> u8 {
        self.payload.get(column * self.len() + row).copied().unwrap_or(0)
    }
}
