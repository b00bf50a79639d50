//! What no two users share.

use crate::clerk::{
    model::User,
    query::{Select, UserFilter},
    users::CreateUser,
};
use strum::{EnumIter, IntoStaticStr};

/// What no two users share, and so what one is known by. The surest comes first. The names are Clerk's parameters of the
/// user list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Identifier {
    /// The customer's own id.
    ExternalId,
    /// Any of the email addresses.
    EmailAddress,
    /// Any of the phone numbers.
    PhoneNumber,
    /// Username.
    Username,
    /// Any of the wallets.
    #[strum(serialize = "web3_wallet")]
    Web3Wallet,
}

impl Identifier {
    /// Clerk's name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// `email address`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ExternalId => "external id",
            Self::EmailAddress => "email address",
            Self::PhoneNumber => "phone number",
            Self::Username => "username",
            Self::Web3Wallet => "wallet",
        }
    }

    /// Those of a user who is to be created.
    pub(super) fn of_new(self, user: &CreateUser) -> Vec<&str> {
        match self {
            Self::ExternalId => user.external_id.as_deref().into_iter().collect(),
            Self::EmailAddress => user.email_addresses.iter().map(|email| email.value.as_str()).collect(),
            Self::PhoneNumber => user.phone_numbers.iter().map(|phone| phone.value.as_str()).collect(),
            Self::Username => user.username.as_deref().into_iter().collect(),
            Self::Web3Wallet => user.web3_wallets.iter().map(String::as_str).collect(),
        }
    }

    /// Those of a user who is there.
    pub(super) fn of(self, user: &User) -> Vec<&str> {
        match self {
            Self::ExternalId => user.external_id.as_deref().into_iter().collect(),
            Self::EmailAddress => user.email_addresses.iter().map(|email| email.email_address.as_str()).collect(),
            Self::PhoneNumber => user.phone_numbers.iter().map(|phone| phone.phone_number.as_str()).collect(),
            Self::Username => user.username.as_deref().into_iter().collect(),
            Self::Web3Wallet => user.web3_wallets.iter().map(|wallet| wallet.web3_wallet.as_str()).collect(),
        }
    }

    /// What two values have in common that count as one.
    pub(super) fn folded(self, value: &str) -> String {
        match self {
            Self::ExternalId | Self::PhoneNumber => value.to_owned(),
            Self::EmailAddress | Self::Username | Self::Web3Wallet => value.to_lowercase(),
        }
    }

    /// The filter of the user list for whoever has one of these, at most 100.
    pub(super) fn filter(self, values: Vec<String>) -> UserFilter {
        let mut filter = UserFilter::default();
        match self {
            Self::ExternalId => filter.external_id = values.into_iter().map(Select::Include).collect(),
            Self::EmailAddress => filter.email_address = values,
            Self::PhoneNumber => filter.phone_number = values,
            Self::Username => filter.username = values,
            Self::Web3Wallet => filter.web3_wallet = values,
        }
        filter
    }
}
