//! PBKDF2, in the five ways in which Clerk takes it. The iterations come first, the hash last.

use super::digest::{Digest, from_base64, from_hex, is_hash};
use crate::emulator::inferred;
use ring::pbkdf2::{self, Algorithm, PBKDF2_HMAC_SHA1, PBKDF2_HMAC_SHA256, PBKDF2_HMAC_SHA512};
use std::num::NonZeroU32;

/// Iterations, at most, over all runs: a second or two. Django asks for 1,200,000.
const MOST_WORK: u64 = 3_000_000;

/// `pbkdf2_sha1$<iterations>$<salt>$<hash>`, and the hash's length in bytes after it or not. The hash is in hexadecimal,
/// and so is the salt where it can be read as that.
pub(super) fn sha1(digest: &str) -> Option<Digest> {
    let (iterations, rest) = digest.strip_prefix("pbkdf2_sha1$")?.split_once('$')?;
    let mut parts = rest.split('$');
    let (salt, hash) = (parts.next()?, from_hex(parts.next()?)?);
    let length = parts.next().map_or(Ok(inferred::PBKDF2_SHA1_BYTES), str::parse).ok()?;
    if parts.next().is_some() || length != hash.len() {
        return None;
    }
    let salt = from_hex(salt).unwrap_or_else(|| salt.as_bytes().to_vec());
    read(PBKDF2_HMAC_SHA1, 20, iterations, salt, hash)
}

/// `pbkdf2_sha256$<iterations>$<salt>$<hash>`, both in base 64.
pub(super) fn sha256(digest: &str) -> Option<Digest> {
    let (iterations, salt, hash) = parts(digest, "pbkdf2_sha256$")?;
    read(PBKDF2_HMAC_SHA256, 32, iterations, from_base64(salt)?, from_base64(hash)?)
}

/// `pbkdf2_sha256$<iterations>$<salt>$<hash>`, the salt as it is, the hash in base 64.
pub(super) fn sha256_django(digest: &str) -> Option<Digest> {
    let (iterations, salt, hash) = parts(digest, "pbkdf2_sha256$")?;
    read(PBKDF2_HMAC_SHA256, 32, iterations, salt.into(), from_base64(hash)?)
}

/// `pbkdf2_sha512$<iterations>$<salt>$<hash>`, the salt as it is, the hash in hexadecimal.
pub(super) fn sha512(digest: &str) -> Option<Digest> {
    let (iterations, salt, hash) = parts(digest, "pbkdf2_sha512$")?;
    read(PBKDF2_HMAC_SHA512, 64, iterations, salt.into(), from_hex(hash)?)
}

/// `pbkdf2_sha512_hex$<iterations>$<salt>$<hash>`, both in hexadecimal.
pub(super) fn sha512_hex(digest: &str) -> Option<Digest> {
    let (iterations, salt, hash) = parts(digest, "pbkdf2_sha512_hex$")?;
    read(PBKDF2_HMAC_SHA512, 64, iterations, from_hex(salt)?, from_hex(hash)?)
}

/// Iterations, salt, hash. A salt that is written as it is may have a `$` in it.
fn parts<'a>(digest: &'a str, prefix: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let (iterations, rest) = digest.strip_prefix(prefix)?.split_once('$')?;
    let (salt, hash) = rest.rsplit_once('$')?;
    Some((iterations, salt, hash))
}

/// `block` is what one run of the iterations gives, in bytes; a longer hash takes several.
fn read(algorithm: Algorithm, block: usize, iterations: &str, salt: Vec<u8>, hash: Vec<u8>) -> Option<Digest> {
    let iterations: NonZeroU32 = iterations.parse().ok()?;
    let runs = u64::try_from(hash.len().div_ceil(block)).ok()?;
    let work = u64::from(iterations.get()) * runs;
    (!salt.is_empty() && is_hash(&hash)).then(|| {
        Digest::within(&[("iterations", work, MOST_WORK)], move |password| {
            pbkdf2::verify(algorithm, iterations, &salt, password, &hash).is_ok()
        })
    })
}
