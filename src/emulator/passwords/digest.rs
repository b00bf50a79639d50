//! What all families of digests have in common: what reading one gives, and how its parts are written.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// Bytes of memory that verifying one password may take.
pub(super) const MOST_MEMORY: u64 = 160 * 1024 * 1024;
/// Bytes of a hash, at least: a shorter one would be that of too many passwords.
pub(super) const FEWEST_BYTES: usize = 16;
/// Bytes of a hash, at most: none of these hashers writes more.
pub(super) const MOST_BYTES: usize = 128;

/// Base 64 of the common alphabet, with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Holds a password against a digest.
type IsPassword = Box<dyn Fn(&[u8]) -> bool + Send>;

/// A digest that is written as its hasher writes it.
pub(super) enum Digest {
    /// Tells whether a password is its password. It may take a second or two.
    Verifiable(IsPassword),
    /// It is kept, but cannot be verified here. Why, as half a sentence.
    Unverifiable(String),
}

/// Reads a digest; none where it is not one that the hasher writes.
pub(super) type Read = fn(&str) -> Option<Digest>;

impl Digest {
    pub(super) fn verifiable(is_password: impl Fn(&[u8]) -> bool + Send + 'static) -> Self {
        Self::Verifiable(Box::new(is_password))
    }

    /// One that is verified where the work that it asks for is within the limits of what one request may take: of what,
    /// how much it asks for, how much is done.
    pub(super) fn within(limits: &[(&str, u64, u64)], is_password: impl Fn(&[u8]) -> bool + Send + 'static) -> Self {
        match limits.iter().find(|(_, asked, most)| asked > most) {
            Some((unit, asked, most)) => {
                Self::Unverifiable(format!("it asks for {asked} {unit}, more than the {most} that are done here"))
            }
            None => Self::verifiable(is_password),
        }
    }
}

/// Whether two hashes are the same. It takes as long wherever they differ.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differing, (one, other)| differing | (one ^ other)) == 0
}

/// Whether a hash has a length that one can have.
pub(super) fn is_hash(bytes: &[u8]) -> bool {
    (FEWEST_BYTES..=MOST_BYTES).contains(&bytes.len())
}

/// Bytes in hexadecimal, of either case.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let half = |letter: &u8| char::from(*letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(half(high)? << 4 | half(low)?)).collect()
}

/// Bytes in hexadecimal, lower case.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]);
    halves.filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

/// Bytes in base 64, of the alphabet for URLs too.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.replace('-', "+").replace('_', "/")).ok()
}
