//! The security tab: what a user signs in with, item by item.

use crate::{
    app::{
        act::{Part, SecurityAct},
        failure::Failure,
        slot::Slot,
    },
    clerk::model::{
        EnterpriseAccount, ExternalAccount, Passkey, SamlAccount, TrustedDevice, TrustedDeviceStatus, User, Web3Wallet,
    },
};

/// Something that a user signs in with. The password and the second factors are items also when they are not set: that
/// they are not is what a moderator looks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SecurityItem<'a> {
    /// The password.
    Password,
    /// The authenticator application.
    Totp,
    /// The backup codes, all of them: Clerk tells neither how many nor which.
    BackupCodes,
    /// A passkey.
    Passkey(&'a Passkey),
    /// A wallet.
    Web3Wallet(&'a Web3Wallet),
    /// An account at an OAuth provider.
    ExternalAccount(&'a ExternalAccount),
    /// An account of a SAML connection.
    SamlAccount(&'a SamlAccount),
    /// An account of an enterprise connection.
    EnterpriseAccount(&'a EnterpriseAccount),
    /// A device that the user trusts, or did.
    TrustedDevice(&'a TrustedDevice),
    /// In the place of the devices, while there are none to tell of.
    NoTrustedDevice(WhyNoDevice<'a>),
}

/// Why no trusted device is told of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WhyNoDevice<'a> {
    /// They are being read.
    Reading,
    /// There is none.
    None,
    /// They could not be read.
    Failed(&'a Failure),
}

/// The items of a user, in the order in which they stand in the tab. The trusted devices come last: they are read by
/// themselves, and what is above them keeps its place when they come.
#[must_use]
pub fn security_items<'a>(user: &'a User, devices: Option<&'a Slot<Vec<TrustedDevice>>>) -> Vec<SecurityItem<'a>> {
    let mut items = vec![SecurityItem::Password, SecurityItem::Totp, SecurityItem::BackupCodes];
    items.extend(user.passkeys.iter().map(SecurityItem::Passkey));
    items.extend(user.web3_wallets.iter().map(SecurityItem::Web3Wallet));
    items.extend(user.external_accounts.iter().map(SecurityItem::ExternalAccount));
    items.extend(user.enterprise_accounts.iter().map(SecurityItem::EnterpriseAccount));
    // Clerk tells of a SAML account twice since enterprise connections have taken their place.
    let twice = |saml: &&SamlAccount| user.enterprise_accounts.iter().any(|account| account.id == saml.id);
    items.extend(user.saml_accounts.iter().filter(|saml| !twice(saml)).map(SecurityItem::SamlAccount));
    items.extend(devices.into_iter().flat_map(trusted_devices));
    items
}

fn trusted_devices(devices: &Slot<Vec<TrustedDevice>>) -> Vec<SecurityItem<'_>> {
    let why_none = match (devices.value(), devices.failure()) {
        (_, Some(failure)) => WhyNoDevice::Failed(failure),
        (Some(devices), None) if !devices.is_empty() => {
            return devices.iter().map(SecurityItem::TrustedDevice).collect();
        }
        (Some(_), None) => WhyNoDevice::None,
        (None, None) => WhyNoDevice::Reading,
    };
    vec![SecurityItem::NoTrustedDevice(why_none)]
}

impl SecurityItem<'_> {
    /// The act that removes it; none for what only its directory can remove, what Clerk gives no id of, and what is
    /// revoked already.
    #[must_use]
    pub fn removal(&self) -> Option<SecurityAct> {
        match self {
            Self::Password => Some(SecurityAct::RemovePassword),
            Self::Totp => Some(SecurityAct::DeleteTotp),
            Self::BackupCodes => Some(SecurityAct::DeleteBackupCodes),
            Self::Passkey(passkey) => {
                let id = passkey.id.clone()?;
                Some(SecurityAct::DeletePasskey(Part { id, name: passkey.name.clone() }))
            }
            Self::Web3Wallet(wallet) => {
                let id = wallet.id.clone()?;
                Some(SecurityAct::DeleteWeb3Wallet(Part { id, name: wallet.web3_wallet.clone() }))
            }
            Self::ExternalAccount(account) => {
                let part = Part { id: account_id(account).to_owned(), name: account_name(account) };
                Some(SecurityAct::DeleteExternalAccount(part))
            }
            Self::TrustedDevice(device) if device.status == TrustedDeviceStatus::Revoked => None,
            Self::TrustedDevice(device) => {
                let name = device.name.clone().filter(|name| !name.is_empty());
                let name = name.unwrap_or_else(|| device.platform.clone());
                Some(SecurityAct::RevokeTrustedDevice(Part { id: device.id.clone(), name }))
            }
            Self::SamlAccount(_) | Self::EnterpriseAccount(_) | Self::NoTrustedDevice(_) => None,
        }
    }

    /// Why it cannot be removed, as a sentence.
    #[must_use]
    pub fn why_not_removed(&self) -> &'static str {
        match self {
            Self::TrustedDevice(_) => "The trust in this device has been taken back already.",
            Self::NoTrustedDevice(_) => "There is no device here that could be revoked.",
            Self::SamlAccount(_) | Self::EnterpriseAccount(_) => {
                "This one cannot be removed here: its directory has it."
            }
            _ => "This one cannot be removed: Clerk tells no id of it.",
        }
    }
}

/// The id by which Clerk takes an account: for Google and Facebook the other can be that of the identification.
#[must_use]
pub fn account_id(account: &ExternalAccount) -> &str {
    account.external_account_id.as_ref().unwrap_or(&account.id)
}

/// What a person calls it: the provider, and the address there. As it came, unsafe to print.
#[must_use]
pub fn account_name(account: &ExternalAccount) -> String {
    let provider = account.provider.strip_prefix("oauth_").unwrap_or(&account.provider);
    format!("{provider} {}", account.email_address).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> User {
        User {
            passkeys: vec![Passkey { id: Some("idn_1".into()), name: "Chrome".into(), ..Passkey::default() }],
            web3_wallets: vec![Web3Wallet { web3_wallet: "0x1".into(), ..Web3Wallet::default() }],
            external_accounts: vec![ExternalAccount {
                id: "idn_2".into(),
                external_account_id: Some("eac_1".into()),
                provider: "oauth_google".into(),
                email_address: "ada@example.com".into(),
                ..ExternalAccount::default()
            }],
            enterprise_accounts: vec![EnterpriseAccount { id: "ent_1".into(), ..EnterpriseAccount::default() }],
            saml_accounts: ["ent_1", "samlacc_1"]
                .map(|id| SamlAccount { id: id.into(), ..SamlAccount::default() })
                .into(),
            ..User::default()
        }
    }

    #[test]
    fn an_account_is_removed_by_the_id_that_clerk_takes() {
        let user = user();
        let removals: Vec<_> = security_items(&user, None).iter().map(SecurityItem::removal).collect();
        let part = |id: &str, name: &str| Part { id: id.into(), name: name.into() };
        assert_eq!(
            removals[3..],
            [
                Some(SecurityAct::DeletePasskey(part("idn_1", "Chrome"))),
                None,
                Some(SecurityAct::DeleteExternalAccount(part("eac_1", "google ada@example.com"))),
                None,
                None,
            ]
        );
    }

    #[test]
    fn what_is_not_set_is_an_item_too() {
        assert_eq!(
            security_items(&User::default(), Some(&Slot::default())),
            [
                SecurityItem::Password,
                SecurityItem::Totp,
                SecurityItem::BackupCodes,
                SecurityItem::NoTrustedDevice(WhyNoDevice::Reading)
            ]
        );
    }
}
