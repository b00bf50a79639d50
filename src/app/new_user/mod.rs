//! A user to create, from what was typed.

mod field;
mod password;

pub use field::NewUserField;
pub use password::TypedPassword;

pub(in crate::app) use password::{PasswordPlace, read_password};

use super::{
    act::{read_flag, read_number},
    moment::read_moment,
    secret::Secret,
};
use crate::clerk::{
    model::{Metadata, Timestamp},
    users::MetadataBags,
};
use serde_json::Value;

/// Which field is wrong, and why, as a sentence.
type Fault = (NewUserField, String);

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
    /// Metadata that the frontend may read.
    pub public_metadata: Option<Metadata>,
    /// Metadata that only the backend sees.
    pub private_metadata: Option<Metadata>,
    /// Metadata that the frontend may read and write.
    pub unsafe_metadata: Option<Metadata>,
    /// The secret of an authenticator application, base32.
    pub totp_secret: Option<Secret>,
    /// Codes that each are used once.
    pub backup_codes: Vec<Secret>,
    /// When they signed up elsewhere.
    pub created_at: Option<Timestamp>,
    /// When they accepted the terms.
    pub legal_accepted_at: Option<Timestamp>,
    /// Whether they may delete the account; as the instance has it where it is not said.
    pub delete_self_enabled: Option<bool>,
    /// Whether they may create organizations.
    pub create_organization_enabled: Option<bool>,
    /// How many; 0 for any number.
    pub create_organizations_limit: Option<u32>,
}

impl NewUser {
    /// The user that these texts ask for.
    ///
    /// # Errors
    ///
    /// Which field is wrong, and why, as a sentence.
    pub fn read(typed: impl Fn(NewUserField) -> String) -> Result<Self, Fault> {
        let text = |field| Some(typed(field).trim().to_owned()).filter(|text| !text.is_empty());
        let secret = |field| text(field).map(|text| Secret::from(text.as_str()));
        let codes = text(NewUserField::BackupCodes).unwrap_or_default();
        let codes = codes.split([',', ' ']).filter(|code| !code.is_empty());
        let user = Self {
            email_address: text(NewUserField::EmailAddress),
            phone_number: text(NewUserField::PhoneNumber),
            username: text(NewUserField::Username),
            first_name: text(NewUserField::FirstName),
            last_name: text(NewUserField::LastName),
            password: password(&typed)?,
            external_id: text(NewUserField::ExternalId),
            locale: text(NewUserField::Locale),
            public_metadata: read_field(&typed, NewUserField::PublicMetadata, bag)?,
            private_metadata: read_field(&typed, NewUserField::PrivateMetadata, bag)?,
            unsafe_metadata: read_field(&typed, NewUserField::UnsafeMetadata, bag)?,
            totp_secret: secret(NewUserField::TotpSecret),
            backup_codes: codes.map(Secret::from).collect(),
            created_at: read_field(&typed, NewUserField::CreatedAt, read_moment)?,
            legal_accepted_at: read_field(&typed, NewUserField::LegalAcceptedAt, read_moment)?,
            delete_self_enabled: read_field(&typed, NewUserField::DeleteSelfEnabled, read_flag)?,
            create_organization_enabled: read_field(&typed, NewUserField::CreateOrganizationEnabled, read_flag)?,
            create_organizations_limit: read_field(&typed, NewUserField::CreateOrganizationsLimit, read_number)?,
        };
        if user.email_address.is_none() && user.phone_number.is_none() && user.username.is_none() {
            return Err((NewUserField::EmailAddress, "Type something to sign in by.".to_owned()));
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

/// The password, or its digest with how that was made.
fn password(typed: impl Fn(NewUserField) -> String) -> Result<Option<TypedPassword>, Fault> {
    let [plain, digest, hasher] =
        [NewUserField::Password, NewUserField::PasswordDigest, NewUserField::PasswordHasher].map(typed);
    read_password(&plain, &digest, &hasher).map_err(|(place, words)| {
        let field = match place {
            PasswordPlace::Password => NewUserField::Password,
            PasswordPlace::Digest => NewUserField::PasswordDigest,
            PasswordPlace::Hasher => NewUserField::PasswordHasher,
        };
        (field, words)
    })
}

/// What was typed into a field, read; none where it is empty.
fn read_field<T>(
    typed: impl Fn(NewUserField) -> String,
    field: NewUserField,
    read: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<Option<T>, Fault> {
    match typed(field).trim() {
        "" => Ok(None),
        text => read(text).map(Some).map_err(|words| (field, words.to_owned())),
    }
}

fn bag(text: &str) -> Result<Metadata, &'static str> {
    match serde_json::from_str(text) {
        Ok(Value::Object(bag)) if Value::Object(bag.clone()).to_string().len() <= MetadataBags::MOST_BYTES => Ok(bag),
        Ok(Value::Object(_)) => Err("Clerk takes 8,192 bytes of it at most."),
        Ok(_) | Err(_) => Err("A JSON object, such as {\"plan\": \"pro\"}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::users::PasswordHasher;
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

    #[rstest]
    #[case(NewUserField::PublicMetadata, "[1]", "A JSON object")]
    #[case(NewUserField::PrivateMetadata, "{", "A JSON object")]
    #[case(NewUserField::CreatedAt, "yesterday", "A day, as 2026-01-31")]
    #[case(NewUserField::LegalAcceptedAt, "2026-02-30", "A day, as 2026-01-31")]
    #[case(NewUserField::DeleteSelfEnabled, "perhaps", "Type yes or no")]
    #[case(NewUserField::CreateOrganizationsLimit, "-1", "Type a whole number")]
    fn what_cannot_be_read_is_said_at_its_field(#[case] field: NewUserField, #[case] text: &str, #[case] words: &str) {
        let (wrong, told) = read(&[(NewUserField::Username, "ada"), (field, text)]).unwrap_err();
        assert_eq!(wrong, field);
        assert!(told.starts_with(words), "{told}");
    }

    #[test]
    fn metadata_has_its_bounds() {
        let bag = |bytes: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(bytes - 8));
        let with = |text: &str| read(&[(NewUserField::Username, "ada"), (NewUserField::UnsafeMetadata, text)]);
        assert!(with(&bag(MetadataBags::MOST_BYTES)).is_ok());
        assert_eq!(with(&bag(MetadataBags::MOST_BYTES + 1)).unwrap_err().1, "Clerk takes 8,192 bytes of it at most.");
    }

    #[test]
    fn all_that_was_typed_is_in_the_user() {
        let user = read(&[
            (NewUserField::Username, "ada"),
            (NewUserField::PublicMetadata, "{\"plan\": \"pro\"}"),
            (NewUserField::BackupCodes, "abcd1234, efgh5678"),
            (NewUserField::TotpSecret, "JBSWY3DPEHPK3PXP"),
            (NewUserField::CreatedAt, "2020-01-31"),
            (NewUserField::LegalAcceptedAt, "2020-01-31T00:00:01Z"),
            (NewUserField::DeleteSelfEnabled, "No"),
            (NewUserField::CreateOrganizationEnabled, "yes"),
            (NewUserField::CreateOrganizationsLimit, "3"),
        ])
        .unwrap();
        assert_eq!(Value::Object(user.public_metadata.unwrap()), serde_json::json!({ "plan": "pro" }));
        assert_eq!(user.backup_codes, ["abcd1234", "efgh5678"].map(Secret::from));
        let at = |at: Option<Timestamp>| at.map(Timestamp::as_millis);
        assert_eq!(
            (at(user.created_at), at(user.legal_accepted_at)),
            (Some(1_580_428_800_000), Some(1_580_428_801_000))
        );
        let allowed = (user.delete_self_enabled, user.create_organization_enabled, user.create_organizations_limit);
        assert_eq!(allowed, (Some(false), Some(true), Some(3)));
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
