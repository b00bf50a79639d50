//! What a user is identified by: made anew, and looked for among those of others.

use super::{
    error::ApiError,
    fresh,
    store::{Store, folded},
};
use crate::clerk::model::{EmailAddress, PhoneNumber, Timestamp, User, Verification, VerificationStatus};

/// How an identification is taken for proven.
pub(super) fn verification(strategy: &str, reserved: bool) -> Option<Verification> {
    (!reserved).then(|| Verification {
        object: format!("verification_{strategy}"),
        status: VerificationStatus::Verified,
        strategy: strategy.to_owned(),
        ..Verification::default()
    })
}

/// Whether somebody other than `but` holds an identification, verified or reserved. An unverified one is nobody's yet.
pub(super) fn is_taken(store: &Store, kind: &str, value: &str, but: &str) -> Result<bool, ApiError> {
    let wanted = folded(value);
    let is_verified =
        |verification: &Option<Verification>| verification.as_ref().is_some_and(Verification::is_verified);
    for id in store.holders(kind, &wanted)? {
        let Some(user) = store.user(&id, Timestamp::default())?.filter(|_| id != but) else { continue };
        let mut emails = user.email_addresses.iter();
        let mut phones = user.phone_numbers.iter();
        let held = match kind {
            "email_address" => emails.any(|email| {
                folded(&email.email_address) == wanted && (email.reserved || is_verified(&email.verification))
            }),
            "phone_number" => {
                phones.any(|phone| phone.phone_number == wanted && (phone.reserved || is_verified(&phone.verification)))
            }
            _ => true,
        };
        if held {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn email(email_address: String, reserved: bool, now: Timestamp) -> EmailAddress {
    EmailAddress {
        id: Some(fresh::id("idn")),
        email_address,
        reserved,
        verification: verification("admin", reserved),
        matches_sso_connection: Some(false),
        created_at: now,
        updated_at: now,
        ..EmailAddress::default()
    }
}

pub(super) fn phone(phone_number: String, reserved: bool, now: Timestamp) -> PhoneNumber {
    PhoneNumber {
        id: Some(fresh::id("idn")),
        phone_number,
        reserved,
        verification: verification("admin", reserved),
        created_at: now,
        updated_at: now,
        ..PhoneNumber::default()
    }
}

/// Whether a user has anything left to sign in by.
pub(super) fn can_sign_in(user: &User) -> bool {
    user.username.is_some()
        || !user.email_addresses.is_empty()
        || !user.phone_numbers.is_empty()
        || !user.web3_wallets.is_empty()
        || !user.external_accounts.is_empty()
        || !user.saml_accounts.is_empty()
        || !user.enterprise_accounts.is_empty()
}
