//! From a user that Clerk told to one to create.

use super::{CreateUser, IdentificationStatus, MetadataBags, NewIdentification};
use crate::clerk::model::{Metadata, User, Verification, primary_first};

impl CreateUser {
    /// The user who is made from what Clerk told of another. What was verified is so from the beginning; what was not is held
    /// for the user all the same. The old id becomes the external id, where there was none, so that the application can find
    /// its own records. Passwords and second factors Clerk tells nobody.
    #[must_use]
    pub fn anew(user: &User, is_locked: bool) -> Self {
        let emails = user.email_addresses.iter();
        let emails = emails.map(|email| (&email.id, &email.email_address, &email.verification));
        let phones = user.phone_numbers.iter();
        let phones = phones.map(|phone| (&phone.id, &phone.phone_number, &phone.verification));
        let wallets = user.web3_wallets.iter().map(|wallet| (&wallet.id, &wallet.web3_wallet, &wallet.verification));
        let wallets = identifications(wallets, user.primary_web3_wallet_id.as_ref());
        let id = Some(user.id.to_string()).filter(|id| !id.is_empty());
        Self {
            external_id: user.external_id.clone().or(id),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            locale: user.locale.clone(),
            email_addresses: identifications(emails, user.primary_email_address_id.as_ref()),
            phone_numbers: identifications(phones, user.primary_phone_number_id.as_ref()),
            web3_wallets: wallets.into_iter().map(|wallet| wallet.value).collect(),
            username: user.username.clone().filter(|name| !name.is_empty()),
            skip_password_requirement: true,
            metadata: MetadataBags {
                public: some(&user.public_metadata),
                private: user.private_metadata.as_ref().and_then(some),
                r#unsafe: some(&user.unsafe_metadata),
            },
            delete_self_enabled: Some(user.delete_self_enabled),
            legal_accepted_at: user.legal_accepted_at,
            // They were let in as they were.
            skip_legal_checks: user.legal_accepted_at.is_none(),
            skip_user_requirement: true,
            create_organization_enabled: Some(user.create_organization_enabled),
            create_organizations_limit: user.create_organizations_limit.and_then(|limit| u32::try_from(limit).ok()),
            created_at: Some(user.created_at),
            bypass_client_trust: user.bypass_client_trust.then_some(true),
            // Whoever was kept out stays so.
            banned: user.banned.then_some(true),
            locked: is_locked.then_some(true),
            ..Self::default()
        }
    }
}

fn some(bag: &Metadata) -> Option<Metadata> {
    (!bag.is_empty()).then(|| bag.clone())
}

/// The primary one first: that is what makes it so.
fn identifications<'a>(
    all: impl Iterator<Item = (&'a Option<String>, &'a String, &'a Option<Verification>)>,
    primary: Option<&String>,
) -> Vec<NewIdentification> {
    let mut all: Vec<_> = all.collect();
    primary_first(&mut all, |(id, ..)| primary.is_some() && id.as_ref() == primary);
    let is_verified =
        |verification: &Option<Verification>| verification.as_ref().is_some_and(Verification::is_verified);
    let new = |(_, value, verification): (_, &String, &Option<Verification>)| NewIdentification {
        value: value.clone(),
        status: if is_verified(verification) { IdentificationStatus::Verified } else { IdentificationStatus::Reserved },
    };
    all.into_iter().map(new).collect()
}
