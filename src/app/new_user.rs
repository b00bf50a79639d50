//! A user to create, from what was typed.

use super::secret::Secret;
use crate::clerk::users::PasswordHasher;
use strum::{EnumIter, IntoStaticStr};

/// A field of the form for a new user. The names are those of Clerk's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum NewUserField {
    /// Email address.
    EmailAddress,
    /// Phone number.
    PhoneNumber,
    /// Username.
    Username,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Password.
    Password,
    /// The customer's own id.
    ExternalId,
    /// Language.
    Locale,
    /// A password as another system has stored it.
    PasswordDigest,
    /// How that was made.
    PasswordHasher,
}

impl NewUserField {
    /// The parameter of Clerk that it is.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        self.into()
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::EmailAddress => "email address",
            Self::PhoneNumber => "phone number",
            Self::Username => "username",
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Password => "password",
            Self::ExternalId => "external id",
            Self::Locale => "locale",
            Self::PasswordDigest => "or its digest",
            Self::PasswordHasher => "made by",
        }
    }

    /// What can be typed, where that has to be said.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::EmailAddress => "counts as verified",
            Self::PhoneNumber => "such as +442079460958",
            Self::Locale => "such as en-GB",
            Self::PasswordDigest => "as another system stored it",
            Self::PasswordHasher => "bcrypt, argon2id, …",
            Self::Username | Self::FirstName | Self::LastName | Self::Password | Self::ExternalId => "",
        }
    }

    /// Whether what is typed is not to be seen.
    #[must_use]
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::PasswordDigest)
    }
}

/// A password of a new user.
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

/// A user to create.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewUser {
    /// Email address.
    pub email_address: Option<String>,
    /// Phone number.
    pub phone_number: Option<String>,
    /// Username.
    pub username: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Password; none where the user shall sign in by other means.
    pub password: Option<TypedPassword>,
    /// The customer's own id.
    pub external_id: Option<String>,
    /// Language.
    pub locale: Option<String>,
}

impl NewUser {
    /// The user that these texts ask for.
    ///
    /// # Errors
    ///
    /// Which field is wrong, and why, as a sentence.
    pub fn read(typed: impl Fn(NewUserField) -> String) -> Result<Self, (NewUserField, String)> {
        let text = |field| Some(typed(field).trim().to_owned()).filter(|text| !text.is_empty());
        // A blank at its end can be part of a password.
        let plain = Some(typed(NewUserField::Password)).filter(|text| !text.trim().is_empty());
        let digest = text(NewUserField::PasswordDigest);
        let hasher = text(NewUserField::PasswordHasher);
        let wrong = |field, words: &str| Err((field, words.to_owned()));
        let password = match (plain, digest, hasher) {
            (None, None, None) => None,
            (Some(plain), None, None) => Some(TypedPassword::Plain(plain.as_str().into())),
            (Some(_), ..) => return wrong(NewUserField::PasswordDigest, "Either a password or a digest, not both."),
            (None, None, Some(_)) => return wrong(NewUserField::PasswordDigest, "Type the digest too."),
            (None, Some(_), None) => return wrong(NewUserField::PasswordHasher, "Type how it was made."),
            (None, Some(digest), Some(hasher)) => match hasher.to_lowercase().parse() {
                Ok(hasher) => Some(TypedPassword::Digest { digest: digest.as_str().into(), hasher }),
                Err(_) => return Err((NewUserField::PasswordHasher, no_such_hasher(&hasher))),
            },
        };
        let user = Self {
            email_address: text(NewUserField::EmailAddress),
            phone_number: text(NewUserField::PhoneNumber),
            username: text(NewUserField::Username),
            first_name: text(NewUserField::FirstName),
            last_name: text(NewUserField::LastName),
            password,
            external_id: text(NewUserField::ExternalId),
            locale: text(NewUserField::Locale),
        };
        if user.email_address.is_none() && user.phone_number.is_none() && user.username.is_none() {
            return wrong(NewUserField::EmailAddress, "Type something to sign in by.");
        }
        Ok(user)
    }

    /// What the user is called: the name, else what they sign in by. As typed, unsafe to print.
    #[must_use]
    pub fn call(&self) -> String {
        let names: Vec<&str> = [&self.first_name, &self.last_name].into_iter().flatten().map(String::as_str).collect();
        let identifier = self.identifier().unwrap_or_default();
        if names.is_empty() { identifier.to_owned() } else { names.join(" ") }
    }

    /// What they sign in by.
    #[must_use]
    pub fn identifier(&self) -> Option<&str> {
        self.email_address.as_deref().or(self.phone_number.as_deref()).or(self.username.as_deref())
    }
}

/// Names those that begin alike, else a few.
fn no_such_hasher(typed: &str) -> String {
    use strum::IntoEnumIterator;
    let start: String = typed.to_lowercase().chars().take(2).collect();
    let names: Vec<_> = PasswordHasher::iter().map(PasswordHasher::as_str).collect();
    let alike: Vec<_> = names.iter().filter(|name| name.starts_with(&start)).copied().collect();
    let told = if alike.is_empty() { vec!["bcrypt", "argon2id", "pbkdf2_sha256", "…"] } else { alike };
    format!("No such hasher; there is {}.", told.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(typed: &[(NewUserField, &str)]) -> Result<NewUser, (NewUserField, String)> {
        NewUser::read(|field| {
            typed.iter().find(|(other, _)| *other == field).map(|(_, text)| (*text).to_owned()).unwrap_or_default()
        })
    }

    #[rstest]
    #[case(&[], NewUserField::EmailAddress)]
    #[case(&[(NewUserField::FirstName, "Ada")], NewUserField::EmailAddress)]
    #[case(&[(NewUserField::Username, "ada"), (NewUserField::Password, "x"), (NewUserField::PasswordDigest, "y")], NewUserField::PasswordDigest)]
    #[case(&[(NewUserField::Username, "ada"), (NewUserField::PasswordDigest, "y")], NewUserField::PasswordHasher)]
    #[case(&[(NewUserField::Username, "ada"), (NewUserField::PasswordHasher, "md5")], NewUserField::PasswordDigest)]
    fn what_cannot_be_is_said_at_its_field(#[case] typed: &[(NewUserField, &str)], #[case] field: NewUserField) {
        assert_eq!(read(typed).unwrap_err().0, field);
    }

    #[test]
    fn a_digest_goes_with_its_hasher() {
        let digest = [(NewUserField::Username, "ada"), (NewUserField::PasswordDigest, "$2b$1")];
        let with = |hasher| read(&[digest[0], digest[1], (NewUserField::PasswordHasher, hasher)]);
        let password = TypedPassword::Digest { digest: "$2b$1".into(), hasher: PasswordHasher::Bcrypt };
        assert_eq!(with("Bcrypt").unwrap().password, Some(password));
        let (_, words) = with("scrypt").unwrap_err();
        assert_eq!(words, "No such hasher; there is scrypt_firebase, scrypt_werkzeug.");
    }

    #[test]
    fn a_new_user_is_called_by_name_or_else_by_what_they_sign_in_by() {
        let user = read(&[(NewUserField::EmailAddress, " ada@example.com "), (NewUserField::LastName, "Lovelace")]);
        assert_eq!(user.unwrap().call(), "Lovelace");
        assert_eq!(read(&[(NewUserField::Username, "ada")]).unwrap().call(), "ada");
    }
}
