//! The file of a reference set: magic, version, digest, payload.
//!
//! | bytes | what |
//! |---|---|
//! | 0–5 | `CCSET\n` |
//! | 6–7 | format version, little-endian |
//! | 8–15 | length of the payload in bytes, little-endian |
//! | 16–47 | SHA-256 of the payload |
//! | 48– | the sources in postcard encoding |

use sha2::{Digest, Sha256};

use super::Source;
use crate::error::Error;

const MAGIC: &[u8; 6] = b"CCSET\n";
const VERSION: u16 = 1;
const HEAD: usize = 48;
/// Largest file that is opened, in bytes: what a browser's worker can hold beside the index.
const LARGEST: usize = 512 << 20;

/// Bytes that tell one source from every other.
pub(super) fn source_key(source: &Source) -> Vec<u8> {
    Sha256::digest(payload(std::slice::from_ref(source))).to_vec()
}

fn payload(sources: &[Source]) -> Vec<u8> {
    postcard::to_stdvec(sources).expect("plain data in memory always encodes")
}

/// 16 hexadecimal digits of the payload's digest.
pub(super) fn id(sources: &[Source]) -> String {
    Sha256::digest(payload(sources)).iter().take(8).map(|b| format!("{b:02x}")).collect()
}

pub(super) fn encode(sources: &[Source]) -> Vec<u8> {
    let payload = payload(sources);
    let mut out = Vec::with_capacity(HEAD + payload.len());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    out.extend_from_slice(&Sha256::digest(&payload));
    out.extend_from_slice(&payload);
    out
}

pub(super) fn decode(bytes: &[u8]) -> Result<Vec<Source>, Error> {
    if bytes.len() > LARGEST {
        return Err(Error::new(format!(
            "the reference set has {} bytes, more than the {LARGEST} that can be opened",
            bytes.len()
        )));
    }
    if bytes.len() < HEAD || !bytes.starts_with(MAGIC) {
        return Err(Error::new("this is no reference set; `countercheck build` makes one"));
    }
    let version = u16::from_le_bytes([bytes[6], bytes[7]]);
    if version != VERSION {
        let age = if version > VERSION { "a newer" } else { "an older" };
        return Err(Error::new(format!(
            "the reference set has format {version}, from {age} version of Countercheck; this one reads format {VERSION}: build it again"
        )));
    }
    let length = u64::from_le_bytes(bytes[8..16].try_into().expect("eight bytes"));
    let payload = &bytes[HEAD..];
    if payload.len() as u64 != length {
        return Err(Error::new(format!(
            "the reference set is cut short: {} of {length} bytes of content",
            payload.len()
        )));
    }
    if Sha256::digest(payload).as_slice() != &bytes[16..HEAD] {
        return Err(Error::new("the reference set is damaged: its content does not match its digest"));
    }
    postcard::from_bytes(payload).map_err(|e| Error::new(format!("the reference set cannot be read: {e}")))
}
