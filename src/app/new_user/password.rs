//! A password as it is typed: in the clear, or as another system has stored it.

use crate::{app::secret::Secret, clerk::users::PasswordHasher};
use strum::IntoEnumIterator;

/// A password that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedPassword {
    /// As the user will type it.
    Plain(Secret),
    /// As another system has stored it.
    Digest {
        /// The digest.
        digest: Secret,
        /// How it was made.
        hasher: PasswordHasher,
    },
}

/// Where a part of a password is typed. The names are those of Clerk's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum PasswordPlace {
    /// In the clear.
    Password,
    /// The digest.
    Digest,
    /// How that was made.
    Hasher,
}

/// The password, or its digest with how that was made; none where nothing was typed.
pub(in crate::app) fn read_password(
    plain: &str,
    digest: &str,
    hasher: &str,
) -> Result<Option<TypedPassword>, (PasswordPlace, String)> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    // A blank at its end can be part of a password.
    let plain = Some(plain).filter(|text| !text.trim().is_empty());
    let wrong = |place, words: &str| Err((place, words.to_owned()));
    match (plain, some(digest), some(hasher)) {
        (None, None, None) => Ok(None),
        (Some(plain), None, None) => Ok(Some(TypedPassword::Plain(plain.into()))),
        (Some(_), ..) => wrong(PasswordPlace::Digest, "Either a password or a digest, not both."),
        (None, None, Some(_)) => wrong(PasswordPlace::Digest, "Type the digest too."),
        (None, Some(_), None) => wrong(PasswordPlace::Hasher, "Choose how it was made, with space."),
        (None, Some(digest), Some(hasher)) => match hasher.to_lowercase().parse() {
            Ok(hasher) => Ok(Some(TypedPassword::Digest { digest: digest.as_str().into(), hasher })),
            Err(_) => Err((PasswordPlace::Hasher, no_such_hasher(&hasher))),
        },
    }
}

/// Names those that begin alike, else a few.
fn no_such_hasher(typed: &str) -> String {
    let start: String = typed.to_lowercase().chars().take(2).collect();
    let names: Vec<_> = PasswordHasher::iter().map(PasswordHasher::as_str).collect();
    let alike: Vec<_> = names.iter().filter(|name| name.starts_with(&start)).copied().collect();
    let told = if alike.is_empty() { vec!["bcrypt", "argon2id", "pbkdf2_sha256", "…"] } else { alike };
    format!("No such hasher; there is {}.", told.join(", "))
}
