//! Passwords: hashed with bcrypt, verified against the digests that people bring along.

use super::{error::ApiError, inferred};
use argon2::{Argon2, PasswordVerifier, password_hash::phc::PasswordHash};
use ring::digest;

/// The hashers of the contract.
pub(super) const HASHERS: &[&str] = &[
    "argon2i",
    "argon2id",
    "awscognito",
    "bcrypt",
    "bcrypt_peppered",
    "bcrypt_sha256_django",
    "ldap_ssha",
    "md5",
    "md5_phpass",
    "md5_salted",
    "pbkdf2_sha1",
    "pbkdf2_sha256",
    "pbkdf2_sha256_django",
    "pbkdf2_sha512",
    "pbkdf2_sha512_hex",
    "phpass",
    "scrypt_firebase",
    "scrypt_werkzeug",
    "sha256",
    "sha256_salted",
    "sha512_symfony",
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
/// The work that a digest takes: some milliseconds, as this is no place for real passwords.
const COST: u32 = 6;

/// Whether a password may be one. `checked` is false where the request skips the rules; its size counts all the same.
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

/// The digest of a password, with bcrypt.
pub(super) fn hash(password: &str) -> Result<String, ApiError> {
    bcrypt::non_truncating_hash(password, COST).map_err(|error| ApiError::internal(&error))
}

/// Whether a digest is one that its hasher writes, as far as this emulator can tell.
pub(super) fn check_digest(hasher: &str, digest: &str) -> Result<(), ApiError> {
    let is_sha256 = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let well = match hasher {
        "bcrypt" => digest.parse::<bcrypt::HashParts>().is_ok(),
        "bcrypt_sha256_django" => django(digest).is_some_and(|digest| digest.parse::<bcrypt::HashParts>().is_ok()),
        "argon2i" | "argon2id" => {
            PasswordHash::new(digest).is_ok_and(|hash| hash.algorithm.as_str() == hasher && hash.hash.is_some())
        }
        "sha256" => is_sha256(digest),
        _ => !digest.is_empty(),
    };
    if well { Ok(()) } else { Err(ApiError::digest_invalid(hasher)) }
}

/// Whether a password is the one of a digest; a refusal where the hasher is one that cannot be verified here.
pub(super) fn verify(password: &str, hasher: &str, digest: &str) -> Result<bool, ApiError> {
    match hasher {
        "bcrypt" => Ok(bcrypt::verify(password, digest).unwrap_or(false)),
        "bcrypt_sha256_django" => {
            Ok(django(digest).is_some_and(|digest| bcrypt::verify(sha256(password), digest).unwrap_or(false)))
        }
        "argon2i" | "argon2id" => Ok(PasswordHash::new(digest)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())),
        "sha256" => Ok(sha256(password).eq_ignore_ascii_case(digest)),
        _ => Err(inferred::unverifiable(hasher)),
    }
}

/// Whether a code is one of those kept, plain or as a bcrypt digest; which.
pub(super) fn backup_code(codes: &[String], code: &str) -> Option<usize> {
    let is = |kept: &String| {
        if kept.starts_with("$2") { bcrypt::verify(code, kept).unwrap_or(false) } else { kept == code }
    };
    codes.iter().position(is)
}

/// The bcrypt digest in one of Django's.
fn django(digest: &str) -> Option<&str> {
    digest.strip_prefix("bcrypt_sha256$")
}

fn sha256(text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    let halves = digest.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 0x0F]);
    halves.filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_of_ours_is_verified() {
        let digest = hash("correct horse").unwrap();
        assert_eq!(check_digest("bcrypt", &digest), Ok(()));
        assert_eq!(verify("correct horse", "bcrypt", &digest), Ok(true));
        assert_eq!(verify("correct horsf", "bcrypt", &digest), Ok(false));
    }

    #[test]
    fn django_hashes_the_hash() {
        let digest = format!("bcrypt_sha256${}", hash(&sha256("correct horse")).unwrap());
        assert_eq!(check_digest("bcrypt_sha256_django", &digest), Ok(()));
        assert_eq!(verify("correct horse", "bcrypt_sha256_django", &digest), Ok(true));
        assert_eq!(verify("wrong", "bcrypt_sha256_django", &digest), Ok(false));
    }

    /// Vectors of the reference implementation's own tests.
    #[test]
    fn argon2_is_the_published_one() {
        for (hasher, digest) in [
            ("argon2id", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"),
            ("argon2i", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA"),
        ] {
            assert_eq!(check_digest(hasher, digest), Ok(()));
            assert_eq!(verify("password", hasher, digest), Ok(true));
            assert_eq!(verify("passwore", hasher, digest), Ok(false));
        }
        assert!(check_digest("argon2i", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFh").is_err());
    }

    #[test]
    fn sha256_is_the_published_one() {
        let digest = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
        assert_eq!((verify("abc", "sha256", digest), verify("abd", "sha256", digest)), (Ok(true), Ok(false)));
    }

    #[test]
    fn other_hashers_are_told_to_be_beyond_this_emulator() {
        assert!(verify("x", "phpass", "$P$B").is_err());
        assert!(check_digest("bcrypt", "$P$B").is_err() && check_digest("phpass", "$P$B").is_ok());
        assert!(HASHERS.is_sorted() && HASHERS.len() == 21);
    }
}
