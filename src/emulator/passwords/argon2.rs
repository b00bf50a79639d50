//! Argon2, in the PHC string format.

use super::digest::{Digest, MOST_MEMORY};
use argon2::{Argon2, Params, PasswordVerifier, password_hash::phc::PasswordHash};

/// Bytes that are filled, at most, over all passes: a second or two.
const MOST_FILLED: u64 = 1024 * 1024 * 1024;

/// `$argon2i$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<hash>`
pub(super) fn i(digest: &str) -> Option<Digest> {
    read("argon2i", digest)
}

/// As [`i`], of `argon2id`.
pub(super) fn id(digest: &str) -> Option<Digest> {
    read("argon2id", digest)
}

fn read(algorithm: &str, digest: &str) -> Option<Digest> {
    let hash = PasswordHash::new(digest).ok()?;
    let whole = hash.algorithm.as_str() == algorithm && hash.salt.is_some() && hash.hash.is_some();
    let parameters = Params::try_from(&hash).ok().filter(|_| whole)?;
    let memory = u64::from(parameters.m_cost()) * 1024;
    let filled = memory.saturating_mul(parameters.t_cost().into());
    let limits = [("bytes of memory", memory, MOST_MEMORY), ("bytes to be filled", filled, MOST_FILLED)];
    Some(Digest::within(&limits, move |password| Argon2::default().verify_password(password, &hash).is_ok()))
}
