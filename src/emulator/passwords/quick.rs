//! Hashes that are not slow on purpose.

use super::digest::{Digest, from_base64, from_hex, same};
use crate::emulator::inferred;
use md5::{Digest as _, Md5};
use ring::digest::{Algorithm, Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA512, digest};

/// Rounds of Symfony's hasher, at most. It asks for 5,000.
const MOST_ROUNDS: u32 = 1 << 18;

/// 32 hexadecimal digits.
pub(super) fn md5(digest: &str) -> Option<Digest> {
    hexadecimal(digest, 16, |password| Md5::digest(password).to_vec())
}

/// `<salt>$<hash>`, the hash 32 hexadecimal digits.
pub(super) fn md5_salted(digest: &str) -> Option<Digest> {
    let (salt, hash) = salted(digest)?;
    hexadecimal(hash, 16, move |password| Md5::digest(inferred::salted(&salt, password)).to_vec())
}

/// 64 hexadecimal digits.
pub(super) fn sha256(digest: &str) -> Option<Digest> {
    hexadecimal(digest, 32, |password| hash(&SHA256, &[password]))
}

/// `<salt>$<hash>`, the hash 64 hexadecimal digits.
pub(super) fn sha256_salted(digest: &str) -> Option<Digest> {
    let (salt, text) = salted(digest)?;
    hexadecimal(text, 32, move |password| hash(&SHA256, &[&inferred::salted(&salt, password)]))
}

/// `{SSHA}` and in base 64 the SHA-1 of password and salt, and the salt. `OpenLDAP` takes the scheme in either case.
pub(super) fn ldap_ssha(digest: &str) -> Option<Digest> {
    let (scheme, text) = digest.split_at_checked(6)?;
    let bytes = from_base64(text).filter(|_| scheme.eq_ignore_ascii_case("{SSHA}"))?;
    let (kept, salt) = bytes.split_first_chunk::<20>().filter(|(_, salt)| !salt.is_empty())?;
    let (kept, salt) = (*kept, salt.to_vec());
    Some(Digest::verifiable(move |password| same(&hash(&SHA1_FOR_LEGACY_USE_ONLY, &[password, &salt]), &kept)))
}

/// `sha512_symfony$<rounds>$<salt>$<hash>`, the hash in base 64: of Symfony's `MessageDigestPasswordEncoder`, which
/// refuses salts with braces in them.
pub(super) fn sha512_symfony(text: &str) -> Option<Digest> {
    let (rounds, rest) = text.strip_prefix("sha512_symfony$")?.split_once('$')?;
    let (salt, kept) = rest.rsplit_once('$')?;
    let rounds: u32 = rounds.parse().ok().filter(|rounds| *rounds > 0)?;
    let kept = from_base64(kept).filter(|kept| kept.len() == 64 && !salt.contains(['{', '}']))?;
    let after = if salt.is_empty() { Vec::new() } else { format!("{{{salt}}}").into_bytes() };
    Some(Digest::within(&[("rounds", rounds.into(), MOST_ROUNDS.into())], move |password| {
        let salted = [password, &after].concat();
        let first = digest(&SHA512, &salted);
        let last = (1..rounds).fold(first, |last, _| {
            let mut next = Context::new(&SHA512);
            next.update(last.as_ref());
            next.update(&salted);
            next.finish()
        });
        same(last.as_ref(), &kept)
    }))
}

/// The salt, of which there is some, and what comes after it.
fn salted(digest: &str) -> Option<(Vec<u8>, &str)> {
    let (salt, hash) = digest.rsplit_once('$').filter(|(salt, _)| !salt.is_empty())?;
    Some((salt.as_bytes().to_vec(), hash))
}

fn hash(algorithm: &'static Algorithm, parts: &[&[u8]]) -> Vec<u8> {
    let mut context = Context::new(algorithm);
    for part in parts {
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}

fn hexadecimal(text: &str, bytes: usize, hash: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) -> Option<Digest> {
    let kept = from_hex(text).filter(|kept| kept.len() == bytes)?;
    Some(Digest::verifiable(move |password| same(&hash(password), &kept)))
}
