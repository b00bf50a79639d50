//! bcrypt: alone, of Django, and with a pepper.

use super::digest::{Digest, to_hex};
use bcrypt::HashParts;
use ring::digest::{SHA256, digest};

/// The exponent of the rounds, at most: about a second.
const MOST_COST: u32 = 14;
/// Characters of a digest.
const LENGTH: usize = 60;

/// `$<version>$<cost>$<salt and hash>`
pub(super) fn plain(digest: &str) -> Option<Digest> {
    read(digest, <[u8]>::to_vec)
}

/// `bcrypt_sha256$$<version>$<cost>$<salt and hash>`: of the password's SHA-256 in hexadecimal.
pub(super) fn django(text: &str) -> Option<Digest> {
    read(text.strip_prefix("bcrypt_sha256$")?, |password| to_hex(digest(&SHA256, password).as_ref()).into_bytes())
}

/// `$<version>$<cost>$<salt and hash>$<pepper>`: of the password and the pepper after it.
pub(super) fn peppered(digest: &str) -> Option<Digest> {
    let (digest, pepper) = digest.split_at_checked(LENGTH)?;
    let pepper = pepper.strip_prefix('$').filter(|pepper| !pepper.is_empty())?.as_bytes().to_vec();
    read(digest, move |password| [password, &pepper].concat())
}

fn read(digest: &str, hashed: impl Fn(&[u8]) -> Vec<u8> + Send + 'static) -> Option<Digest> {
    let cost = digest.parse::<HashParts>().ok()?.get_cost();
    let digest = digest.to_owned();
    (4..=31).contains(&cost).then(|| {
        Digest::within(&[("rounds, as a power of two", cost.into(), MOST_COST.into())], move |password| {
            bcrypt::verify(hashed(password), &digest).unwrap_or(false)
        })
    })
}
