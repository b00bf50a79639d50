//! What is changed of a user.

use super::{
    create::{MetadataBags, exposed, flag, moment, some},
    password::NewPassword,
};
use crate::clerk::body::{Change, Fields};
use crate::clerk::model::Timestamp;
use secrecy::{ExposeSecret, SecretString};

/// A password to set on a user who exists.
#[derive(Clone, Debug)]
pub struct PasswordUpdate {
    /// The password.
    pub password: NewPassword,
    /// Whether the user is signed out everywhere else.
    pub sign_out_of_other_sessions: bool,
}

/// Changes to a user. What is kept is not in the request.
#[derive(Clone, Debug, Default)]
pub struct UpdateUser {
    /// The customer's own id.
    pub external_id: Change<String>,
    /// First name.
    pub first_name: Change<String>,
    /// Last name.
    pub last_name: Change<String>,
    /// Language, as BCP 47 writes it.
    pub locale: Change<String>,
    /// Username. Cleared, it is free for anybody.
    pub username: Change<String>,
    /// Which email address is the primary one: a verified one of the user's.
    pub primary_email_address_id: Option<String>,
    /// Whether the user is told of that at the address before.
    pub notify_primary_email_address_changed: bool,
    /// Which phone number is the primary one.
    pub primary_phone_number_id: Option<String>,
    /// Which wallet is the primary one.
    pub primary_web3_wallet_id: Option<String>,
    /// Which uploaded picture is shown.
    pub profile_image_id: Change<String>,
    /// Password.
    pub password: Option<PasswordUpdate>,
    /// The secret of an authenticator application, base32.
    pub totp_secret: Option<SecretString>,
    /// Codes to use once; they replace those before.
    pub backup_codes: Vec<SecretString>,
    /// Whether the user may delete the account.
    pub delete_self_enabled: Option<bool>,
    /// Whether the user may create organizations.
    pub create_organization_enabled: Option<bool>,
    /// How many; 0 is any number. Cleared, it is what the instance says.
    pub create_organizations_limit: Change<u32>,
    /// When the terms were accepted.
    pub legal_accepted_at: Change<Timestamp>,
    /// Whether the user may go without having accepted them.
    pub skip_legal_checks: bool,
    /// When the user signed up.
    pub created_at: Option<Timestamp>,
    /// Whether Clerk shall not ask for more when the device is new.
    pub bypass_client_trust: Option<bool>,
    /// Metadata. Each bag that is given replaces the one before; Clerk takes them in a request of their own.
    pub metadata: MetadataBags,
}

impl UpdateUser {
    /// The fields of the user itself, without its metadata.
    pub(super) fn fields(&self) -> Fields {
        let fields = Fields::default()
            .change("external_id", &self.external_id)
            .change("first_name", &self.first_name)
            .change("last_name", &self.last_name)
            .change("locale", &self.locale)
            .change("username", &self.username)
            .set_some("primary_email_address_id", self.primary_email_address_id.clone())
            .set_some("notify_primary_email_address_changed", flag(self.notify_primary_email_address_changed))
            .set_some("primary_phone_number_id", self.primary_phone_number_id.clone())
            .set_some("primary_web3_wallet_id", self.primary_web3_wallet_id.clone())
            .change("profile_image_id", &self.profile_image_id)
            .set_some("totp_secret", self.totp_secret.as_ref().map(ExposeSecret::expose_secret))
            .set_some("backup_codes", some(exposed(&self.backup_codes)))
            .set_some("delete_self_enabled", self.delete_self_enabled)
            .set_some("create_organization_enabled", self.create_organization_enabled)
            .change("create_organizations_limit", &self.create_organizations_limit)
            .change("legal_accepted_at", &written(&self.legal_accepted_at))
            .set_some("skip_legal_checks", flag(self.skip_legal_checks))
            .set_some("created_at", self.created_at.and_then(moment))
            .set_some("bypass_client_trust", self.bypass_client_trust);
        match &self.password {
            Some(update) => update
                .password
                .put_into(fields)
                .set_some("sign_out_of_other_sessions", flag(update.sign_out_of_other_sessions)),
            None => fields,
        }
    }
}

fn written(change: &Change<Timestamp>) -> Change<String> {
    match change {
        Change::Keep => Change::Keep,
        Change::Clear => Change::Clear,
        // A moment that no calendar has is not sent.
        Change::Set(then) => moment(*then).map_or(Change::Keep, Change::Set),
    }
}
