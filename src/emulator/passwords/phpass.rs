//! phpass, the portable hashes of `WordPress` and phpBB.

use super::digest::{Digest, same, to_hex};
use md5::{Digest as _, Md5};

/// In the order of their values.
const ALPHABET: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// The exponent of the rounds: those that phpass itself takes.
const EXPONENTS: std::ops::RangeInclusive<usize> = 7..=30;
/// Rounds, at most. `WordPress` asks for 8,192.
const MOST_ROUNDS: u64 = 1 << 18;

/// `$P$<rounds><salt><hash>`: one character, eight, and twenty-two.
pub(super) fn plain(digest: &str) -> Option<Digest> {
    read(digest, <[u8]>::to_vec)
}

/// As [`plain`], of the password's MD5 in hexadecimal. See [`crate::emulator::inferred`].
pub(super) fn of_md5(digest: &str) -> Option<Digest> {
    read(digest, |password| to_hex(Md5::digest(password).as_slice()).into_bytes())
}

fn read(digest: &str, hashed: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) -> Option<Digest> {
    let text = digest.strip_prefix("$P$")?.as_bytes();
    let value = |letter: &u8| ALPHABET.iter().position(|known| known == letter);
    let exponent = text.first().and_then(value).filter(|exponent| EXPONENTS.contains(exponent))?;
    if text.len() != 31 || text.iter().any(|letter| value(letter).is_none()) {
        return None;
    }
    let (salt, hash) = (text[1..9].to_vec(), text[9..].to_vec());
    let rounds = 1_u64 << exponent;
    Some(Digest::within(&[("rounds", rounds, MOST_ROUNDS)], move |password| {
        let password = hashed(password);
        let first = Md5::new().chain_update(&salt).chain_update(&password).finalize();
        let last = (0..rounds).fold(first, |last, _| Md5::new().chain_update(last).chain_update(&password).finalize());
        same(&encoded(last.as_slice()), &hash)
    }))
}

/// Three bytes as four characters, the lowest bits first.
fn encoded(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(22);
    for three in bytes.chunks(3) {
        let value = three.iter().rev().fold(0_usize, |value, byte| value << 8 | usize::from(*byte));
        text.extend((0..=three.len()).map(|place| ALPHABET[value >> (6 * place) & 63]));
    }
    text
}
