//! Passwords: the rules for them, hashing with bcrypt, and verifying against the digests that people bring along.
//!
//! The formats of the digests are those of Clerk's page on `createUser()`; each family has a file, and [`HASHERS`] is the
//! one table of them. Reading a digest gives both whether it is well written and how it is verified, so the two agree.

mod argon2;
mod bcrypt;
mod digest;
mod pbkdf2;
mod phpass;
mod quick;
mod scrypt;
#[cfg(test)]
mod tests;

use self::digest::{Digest, Read, same};
use super::{error::ApiError, inferred};
use tokio::sync::Semaphore;

/// The hashers of the contract, and what reads their digests.
const HASHERS: &[(&str, Read)] = &[
    ("argon2i", argon2::i),
    ("argon2id", argon2::id),
    ("awscognito", awscognito),
    ("bcrypt", bcrypt::plain),
    ("bcrypt_peppered", bcrypt::peppered),
    ("bcrypt_sha256_django", bcrypt::django),
    ("ldap_ssha", quick::ldap_ssha),
    ("md5", quick::md5),
    ("md5_phpass", phpass::of_md5),
    ("md5_salted", quick::md5_salted),
    ("pbkdf2_sha1", pbkdf2::sha1),
    ("pbkdf2_sha256", pbkdf2::sha256),
    ("pbkdf2_sha256_django", pbkdf2::sha256_django),
    ("pbkdf2_sha512", pbkdf2::sha512),
    ("pbkdf2_sha512_hex", pbkdf2::sha512_hex),
    ("phpass", phpass::plain),
    ("scrypt_firebase", scrypt::firebase),
    ("scrypt_werkzeug", scrypt::werkzeug),
    ("sha256", quick::sha256),
    ("sha256_salted", quick::sha256_salted),
    ("sha512_symfony", quick::sha512_symfony),
];

/// What an attacker tries first, of eight characters and more.
const KNOWN: &[&str] = &[
    "password",
    "password1",
    "password123",
    "passw0rd",
    "12345678",
    "123456789",
    "1234567890",
    "11111111",
    "qwertyuiop",
    "qwerty123",
    "1q2w3e4r",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "trustno1",
];

/// What bcrypt takes.
const MOST_BYTES: usize = 72;
/// What is looked at of a password that is to be verified: some hashers read it anew in each of their rounds.
const MOST_VERIFIED_BYTES: usize = 1024;
/// The work that a digest takes: some milliseconds, as this is no place for real passwords.
const COST: u32 = 6;
/// How many passwords are hashed at the same time, so that memory is left, and processors for the other requests.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Whether a password may be one. `checked` is false where the request skips the rules; its size counts all the same.
/// The rules are those of an instance as it comes: no kinds of characters are asked for, nor any strength.
pub(super) fn check(password: &str, checked: bool) -> Result<(), ApiError> {
    if password.len() > MOST_BYTES {
        let text = "Password size in bytes exceeds the limit of 72.";
        return Err(ApiError::password("form_password_size_in_bytes_exceeded", text));
    }
    if checked && password.chars().count() < 8 {
        return Err(ApiError::password("form_password_length_too_short", "Passwords must be 8 characters or more."));
    }
    if checked && KNOWN.contains(&password.to_lowercase().as_str()) {
        let text =
            "Password has been found in an online data breach. For account safety, please use a different password.";
        return Err(ApiError::password("form_password_pwned", text));
    }
    Ok(())
}

/// Whether there is a hasher of this name.
pub(super) fn is_hasher(name: &str) -> bool {
    reader(name).is_some()
}

/// Whether a digest is one that its hasher writes. It takes no time.
pub(super) fn check_digest(hasher: &str, digest: &str) -> Result<(), ApiError> {
    read(hasher, digest).map(|_| ())
}

/// The digest of a password of at most 72 bytes, with bcrypt. As slow as that is meant to be: not for when the database
/// is held.
pub(super) async fn hash(password: String) -> Result<String, ApiError> {
    aside(move || ::bcrypt::hash(password, COST).map_err(|error| ApiError::internal(&error))).await?
}

/// Whether a password is the one of a digest; a refusal where that cannot be told here. See [`hash`].
pub(super) async fn verify(password: String, hasher: &str, digest: &str) -> Result<bool, ApiError> {
    match read(hasher, digest)? {
        Digest::Unverifiable(why) => Err(inferred::unverifiable(hasher, &why)),
        Digest::Verifiable(_) if password.len() > MOST_VERIFIED_BYTES => Ok(false),
        Digest::Verifiable(is_password) => aside(move || is_password(password.as_bytes())).await,
    }
}

/// Which of the backup codes kept, plain or as bcrypt digests, a code is; as it is kept. See [`hash`].
pub(super) async fn backup_code(codes: &[String], code: &str) -> Result<Option<String>, ApiError> {
    for kept in codes {
        let is_digest = kept.starts_with("$2") && check_digest("bcrypt", kept).is_ok();
        let is = if is_digest {
            verify(code.to_owned(), "bcrypt", kept).await?
        } else {
            same(kept.as_bytes(), code.as_bytes())
        };
        if is {
            return Ok(Some(kept.clone()));
        }
    }
    Ok(None)
}

/// `awscognito#<user pool>#<client>#<identifier>`: there is no hash in it.
fn awscognito(digest: &str) -> Option<Digest> {
    let mut parts = digest.strip_prefix("awscognito#")?.split('#');
    let well = parts.by_ref().take(3).filter(|part| !part.is_empty()).count() == 3 && parts.next().is_none();
    well.then(|| Digest::Unverifiable("only Amazon Cognito, which keeps the hash, can tell".to_owned()))
}

fn reader(hasher: &str) -> Option<Read> {
    HASHERS.iter().find(|(name, _)| *name == hasher).map(|(_, read)| *read)
}

fn read(hasher: &str, digest: &str) -> Result<Digest, ApiError> {
    reader(hasher).and_then(|read| read(digest)).ok_or_else(|| ApiError::digest_invalid(hasher))
}

/// Does something slow on a thread that nobody waits for, a few at a time.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
    let permit = AT_ONCE.acquire().await.map_err(|error| ApiError::internal(&error))?;
    let worked = tokio::task::spawn_blocking(move || {
        let done = work();
        // Here, as the work goes on when whoever asked for it has gone.
        drop(permit);
        done
    });
    worked.await.map_err(|error| ApiError::internal(&error))
}
