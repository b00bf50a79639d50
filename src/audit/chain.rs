//! What holds the lines together: each carries the hash of the one before, and its own.
//!
//! A line ends with `,"prev":"…","hash":"…"}`, SHA-256 in hexadecimal both. `hash` is that of the line up to the quotation
//! mark that it begins with, and so covers `prev`; `prev` is what `hash` is in the line before, over the end of a file too.
//! A line without them (torn by a crash, or of a version that wrote none) takes part all the same: the next one builds on
//! the hash of what the line before it had, followed by that line.

use ring::digest::{Context, SHA256};
use std::{fmt, str::FromStr};

/// Digits of a hash.
const DIGITS: usize = 64;
const PREV: &[u8] = b",\"prev\":\"";
const HASH: &[u8] = b"\",\"hash\":\"";
const END: &[u8] = b"\"}";

/// The hash of a line, and with it of all before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hash([u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// A text that is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash has 64 digits from 0 to 9 and a to f")]
pub struct NoHash;

impl FromStr for Hash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != DIGITS || !text.bytes().all(is_digit) {
            return Err(NoHash);
        }
        let mut bytes = [0; 32];
        for (byte, at) in bytes.iter_mut().zip((0..DIGITS).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NoHash)?;
        }
        Ok(Self(bytes))
    }
}

impl Hash {
    fn of(parts: &[&[u8]]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in parts {
            context.update(part);
        }
        let mut hash = Self::default();
        hash.0.copy_from_slice(context.finish().as_ref());
        hash
    }

    /// What the next line builds on after this and a line without a hash.
    pub(super) fn then(self, line: &[u8]) -> Self {
        Self::of(&[self.to_string().as_bytes(), line])
    }
}

/// What a line says of its place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// What it builds on.
    pub(super) prev: Hash,
    /// What it says that its own hash is.
    pub(super) hash: Hash,
    /// What that really is.
    pub(super) computed: Hash,
}

impl Link {
    /// That of a line without its line feed; none where the line has none.
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        let (before, hash) = before_digits(line.strip_suffix(END)?)?;
        let (_, prev) = before_digits(before.strip_suffix(HASH)?).filter(|(before, _)| before.ends_with(PREV))?;
        Some(Self { prev, hash, computed: Hash::of(&[before]) })
    }
}

/// A text that ends with a hash, divided before it.
fn before_digits(text: &[u8]) -> Option<(&[u8], Hash)> {
    let (before, digits) = text.split_at_checked(text.len().checked_sub(DIGITS)?)?;
    Some((before, str::from_utf8(digits).ok()?.parse().ok()?))
}

/// Puts a JSON object into the chain, and says what the next one builds on.
pub(super) fn seal(object: &mut Vec<u8>, prev: Hash) -> Hash {
    debug_assert!(object.ends_with(b"}") && !object.ends_with(b"{}"), "an object with something in it");
    object.pop();
    object.extend_from_slice(PREV);
    object.extend_from_slice(prev.to_string().as_bytes());
    object.extend_from_slice(HASH);
    let hash = Hash::of(&[object]);
    object.extend_from_slice(hash.to_string().as_bytes());
    object.extend_from_slice(END);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_checked_with_any_other_tool() {
        let mut line = b"{\"a\":1}".to_vec();
        let hash = seal(&mut line, Hash::default());
        let zeros = "0".repeat(64);
        let hashed = format!("{{\"a\":1,\"prev\":\"{zeros}\",\"hash\":\"");
        assert_eq!(String::from_utf8(line.clone()).unwrap(), format!("{hashed}{hash}\"}}"));
        // printf '%s' '{"a":1,"prev":"000…","hash":"' | sha256sum
        assert_eq!(hash.to_string(), "5926cbde953b0506976b05d85b3b1e2d4f72ba1e95bda68483fcc2c93990dc27");
        let said = Link { prev: Hash::default(), hash, computed: hash };
        assert_eq!(Link::of(&line), Some(said));
    }

    #[test]
    fn a_line_without_a_hash_takes_part() {
        let line = b"{\"v\":1}".as_slice();
        assert_eq!((Link::of(line), Link::of(b""), Link::of(b"\"}")), (None, None, None));
        let (one, other) = (Hash::default().then(line), Hash::default().then(b"{\"v\":2}"));
        assert!(one != other && one.then(line) != one);
    }

    #[test]
    fn only_64_small_digits_are_a_hash() {
        let digits = "0123456789abcdef".repeat(4);
        assert_eq!(digits.parse::<Hash>().unwrap().to_string(), digits);
        for wrong in ["", &digits[1..], &digits.to_uppercase(), &digits.replace('0', "+")] {
            assert_eq!(wrong.parse::<Hash>(), Err(NoHash), "{wrong}");
        }
    }
}
