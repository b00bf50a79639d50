//! scrypt, of Werkzeug and of Firebase.

use super::digest::{Digest, MOST_MEMORY, from_base64, from_hex, is_hash, same};
use aes::{
    Aes256,
    cipher::{BlockCipherEncrypt, KeyInit},
};
use scrypt::{Params, scrypt};

/// Bytes that are filled, at most, over all lanes: a second or two.
const MOST_FILLED: u64 = 512 * 1024 * 1024;

/// What scrypt is asked to do.
#[derive(Clone, Copy)]
struct Work {
    log_n: u8,
    r: u32,
    p: u32,
}

/// `scrypt:<N>:<r>:<p>$<salt>$<hash>`, with a `$` before it, as Clerk's documentation has it, or without one, as Werkzeug
/// writes it. The salt is as it is, the hash in hexadecimal (Werkzeug) or base 64 (Clerk's documentation).
pub(super) fn werkzeug(digest: &str) -> Option<Digest> {
    let mut parts = digest.strip_prefix('$').unwrap_or(digest).split('$');
    let (method, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let mut numbers = method.strip_prefix("scrypt:")?.split(':').map(|number| number.parse::<u32>().ok());
    let (n, r, p) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if parts.next().is_some() || numbers.next().is_some() || n < 2 || !n.is_power_of_two() || salt.is_empty() {
        return None;
    }
    let work = Work { log_n: u8::try_from(n.ilog2()).ok()?, r, p };
    let hash = from_hex(hash).or_else(|| from_base64(hash)).filter(|hash| is_hash(hash))?;
    let salt = salt.as_bytes().to_vec();
    read(work, move |parameters, password| {
        let mut derived = vec![0; hash.len()];
        scrypt(password, &salt, parameters, &mut derived).is_ok() && same(&derived, &hash)
    })
}

/// `<hash>$<salt>$<signer key>$<salt separator>$<rounds>$<memory cost>`, the first four in base 64: the signer key,
/// encrypted with what scrypt makes of the password.
pub(super) fn firebase(digest: &str) -> Option<Digest> {
    let parts: Vec<&str> = digest.split('$').collect();
    let [hash, salt, signer_key, separator, rounds, memory_cost] = parts[..] else { return None };
    let (hash, signer_key) = (from_base64(hash)?, from_base64(signer_key)?);
    let salt = [from_base64(salt)?, from_base64(separator)?].concat();
    let work = Work { log_n: memory_cost.parse().ok()?, r: rounds.parse().ok()?, p: 1 };
    if !is_hash(&hash) || hash.len() != signer_key.len() || salt.is_empty() || !(1..32).contains(&work.log_n) {
        return None;
    }
    read(work, move |parameters, password| {
        let mut key = [0; 32];
        scrypt(password, &salt, parameters, &mut key).is_ok() && same(&encrypted(key, &signer_key), &hash)
    })
}

fn read(work: Work, is_password: impl Fn(&Params, &[u8]) -> bool + Send + 'static) -> Option<Digest> {
    // What the product may be is a rule of scrypt's; the crate takes it for granted that it can be told.
    work.r.checked_mul(work.p)?;
    let parameters = Params::new(work.log_n, work.r, work.p).ok()?;
    let (n, r, p) = (1_u64 << work.log_n, u64::from(work.r), u64::from(work.p));
    let memory = (n + p).saturating_mul(r.saturating_mul(128));
    let filled = n.saturating_mul(r * 128).saturating_mul(p);
    let limits = [("bytes of memory", memory, MOST_MEMORY), ("bytes to be filled", filled, MOST_FILLED)];
    Some(Digest::within(&limits, move |password| is_password(&parameters, password)))
}

/// AES-256 in counter mode, from zero on.
fn encrypted(key: [u8; 32], plain: &[u8]) -> Vec<u8> {
    let cipher = Aes256::new(&key.into());
    let stream = (0_u128..).flat_map(|counter| {
        let mut block = counter.to_be_bytes().into();
        cipher.encrypt_block(&mut block);
        block
    });
    plain.iter().zip(stream).map(|(byte, with)| byte ^ with).collect()
}
