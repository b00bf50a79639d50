//! What a new user is made of.

use super::password::NewPassword;
use crate::clerk::{
    body::Fields,
    model::{Metadata, Timestamp},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use strum::IntoStaticStr;

/// What an email address or a phone number counts as from the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum IdentificationStatus {
    /// Known to be the user's.
    #[default]
    Verified,
    /// Not known to be; the user can sign in with it, and nobody else can claim it.
    Reserved,
}

impl IdentificationStatus {
    /// The word as Clerk writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// An email address or a phone number of a new user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewIdentification {
    /// The address, or the number as E.164 writes it, `+442079460958`.
    pub value: String,
    /// What it counts as.
    pub status: IdentificationStatus,
}

/// The three bags of metadata, 8 KB each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetadataBags {
    /// Seen by the user and by the server.
    pub public: Option<Metadata>,
    /// Seen by the server alone.
    pub private: Option<Metadata>,
    /// Seen and changed by the user.
    pub r#unsafe: Option<Metadata>,
}

impl MetadataBags {
    /// Clerk takes so many bytes of one, as JSON.
    pub const MOST_BYTES: usize = 8_192;

    /// Whether no bag is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn put_into(&self, fields: Fields) -> Fields {
        fields
            .set_some("public_metadata", self.public.clone())
            .set_some("private_metadata", self.private.clone())
            .set_some("unsafe_metadata", self.r#unsafe.clone())
    }
}

/// A user to create. What is left out is as the instance has it by default.
#[derive(Clone, Debug, Default)]
pub struct CreateUser {
    /// The customer's own id.
    pub external_id: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Language, as BCP 47 writes it, `en-GB`.
    pub locale: Option<String>,
    /// Email addresses, the first of them the primary one.
    pub email_addresses: Vec<NewIdentification>,
    /// Phone numbers, the first of them the primary one.
    pub phone_numbers: Vec<NewIdentification>,
    /// Wallets, the first of them the primary one.
    pub web3_wallets: Vec<String>,
    /// Username.
    pub username: Option<String>,
    /// Password.
    pub password: Option<NewPassword>,
    /// Whether the user may go without a password where the instance asks for one.
    pub skip_password_requirement: bool,
    /// The secret of an authenticator application, base32.
    pub totp_secret: Option<SecretString>,
    /// Codes to use once.
    pub backup_codes: Vec<SecretString>,
    /// Metadata.
    pub metadata: MetadataBags,
    /// Whether the user may delete the account.
    pub delete_self_enabled: Option<bool>,
    /// When the terms were accepted.
    pub legal_accepted_at: Option<Timestamp>,
    /// Whether the user may go without having accepted them.
    pub skip_legal_checks: bool,
    /// Whether the user may go without an identifier that the instance asks for.
    pub skip_user_requirement: bool,
    /// Whether the user may create organizations.
    pub create_organization_enabled: Option<bool>,
    /// How many; 0 is any number.
    pub create_organizations_limit: Option<u32>,
    /// When the user signed up; it can be in the past.
    pub created_at: Option<Timestamp>,
    /// Whether Clerk shall not ask for more when the device is new.
    pub bypass_client_trust: Option<bool>,
    /// Whether the user is banned from the beginning.
    pub banned: Option<bool>,
    /// Whether the user is locked from the beginning.
    pub locked: Option<bool>,
}

impl CreateUser {
    /// What the request carries, with whatever secrets are in it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.fields().into()
    }

    pub(super) fn fields(&self) -> Fields {
        let fields = Fields::default()
            .set_some("external_id", self.external_id.clone())
            .set_some("first_name", self.first_name.clone())
            .set_some("last_name", self.last_name.clone())
            .set_some("locale", self.locale.clone())
            .set_some("username", self.username.clone());
        let fields = identifications(fields, "email_address", &self.email_addresses);
        let fields = identifications(fields, "phone_number", &self.phone_numbers);
        let fields = fields.set_some("web3_wallet", some(self.web3_wallets.clone()));
        let fields = match &self.password {
            Some(password) => password.put_into(fields),
            None => fields,
        };
        self.metadata
            .put_into(fields)
            .set_some("skip_password_requirement", flag(self.skip_password_requirement))
            .set_some("totp_secret", self.totp_secret.as_ref().map(ExposeSecret::expose_secret))
            .set_some("backup_codes", some(exposed(&self.backup_codes)))
            .set_some("delete_self_enabled", self.delete_self_enabled)
            .set_some("legal_accepted_at", self.legal_accepted_at.and_then(moment))
            .set_some("skip_legal_checks", flag(self.skip_legal_checks))
            .set_some("skip_user_requirement", flag(self.skip_user_requirement))
            .set_some("create_organization_enabled", self.create_organization_enabled)
            .set_some("create_organizations_limit", self.create_organizations_limit)
            .set_some("created_at", self.created_at.and_then(moment))
            .set_some("bypass_client_trust", self.bypass_client_trust)
            .set_some("banned", self.banned)
            .set_some("locked", self.locked)
    }
}

/// Values and what they count as are two lists in the contract, and have to be as long as each other.
fn identifications(fields: Fields, name: &str, identifications: &[NewIdentification]) -> Fields {
    if identifications.is_empty() {
        return fields;
    }
    let values: Vec<_> = identifications.iter().map(|identification| identification.value.clone()).collect();
    let statuses: Vec<_> = identifications.iter().map(|identification| identification.status.as_str()).collect();
    let fields = fields.set(name, values);
    if identifications.iter().all(|identification| identification.status == IdentificationStatus::default()) {
        return fields;
    }
    fields.set(&format!("{name}_identification_status"), statuses)
}

/// The list, unless it is empty.
pub(super) fn some(list: Vec<impl Into<Value>>) -> Option<Vec<Value>> {
    (!list.is_empty()).then(|| list.into_iter().map(Into::into).collect())
}

pub(super) fn exposed(secrets: &[SecretString]) -> Vec<&str> {
    secrets.iter().map(ExposeSecret::expose_secret).collect()
}

/// A flag that is false unless it is said.
pub(super) fn flag(flag: bool) -> Option<bool> {
    flag.then_some(true)
}

/// As the contract wants moments in bodies: RFC 3339, not milliseconds.
pub(super) fn moment(moment: Timestamp) -> Option<String> {
    moment.to_jiff().map(|moment| moment.to_string())
}
