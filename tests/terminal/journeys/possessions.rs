//! What only people themselves can add: passkeys, wallets, accounts elsewhere and their tokens, devices. The emulator adds
//! it beside Clerk's API.

use super::Journey;
use lazyclerk::clerk::{
    model::{TrustedDevice, TrustedDeviceStatus},
    query::PageLimit,
};
use serde_json::json;

impl Journey {
    /// Opens the security tab once `what` has been added, and chooses the row that begins so.
    fn go_to_item(&mut self, what: &str, row: &str) {
        self.terminal.send("\r").wait_for("esc back").send("5r").wait_for(what).wait_for("Devices      none");
        let row = format!("› {row}");
        for _ in 0..20 {
            if self.terminal.text().contains(&row) {
                return;
            }
            let before = self.terminal.text();
            self.terminal.send("j").wait_until("the next row", |terminal| terminal.text() != before);
        }
        panic!("no {row}:\n{}", self.terminal.text());
    }

    fn wait_without(&mut self, words: &str) {
        self.terminal.wait_until(&format!("no {words}"), |terminal| !terminal.text().contains(words));
    }

    fn devices(&self) -> Vec<TrustedDevice> {
        self.runtime.block_on(self.clerk.users().trusted_devices(&self.id)).unwrap().value
    }
}

#[test]
fn a_passkey_is_removed() {
    let mut journey = Journey::begin();
    journey.control("POST", "passkeys", &json!({ "name": "Chrome on Linux" }));
    let passkey = journey.control("POST", "passkeys", &json!({ "name": "YubiKey" }));
    journey.go_to_item("YubiKey", "Passkey      YubiKey");
    journey.act("d", "Remove the passkey YubiKey", "Removed the passkey YubiKey of Zora.");
    let left = journey.user().passkeys;
    assert_eq!(left.iter().map(|passkey| passkey.name.as_str()).collect::<Vec<_>>(), ["Chrome on Linux"]);
    assert_eq!(journey.audited(), ["delete_passkey", "done"]);
    assert_eq!(journey.terminal.audit()[0]["part"], passkey["id"]);
    journey.wait_without("Passkey      YubiKey");
}

#[test]
fn a_wallet_is_removed() {
    let mut journey = Journey::begin();
    let address = format!("0x{}", "a1".repeat(20));
    journey.control("POST", "web3_wallets", &json!({ "web3_wallet": address }));
    journey.go_to_item("0xa1a1", "Wallet");
    journey.act("d", "Remove the wallet 0xa1a1", "Removed the wallet 0xa1a1");
    assert!(journey.user().web3_wallets.is_empty());
    assert_eq!(journey.audited(), ["delete_web3_wallet", "done"]);
    journey.wait_without("Wallet       0xa1");
}

#[test]
fn an_account_elsewhere_is_removed() {
    let mut journey = Journey::begin();
    let account = json!({ "provider": "oauth_github", "email_address": "zora@example.com", "approved_scopes": "repo" });
    journey.control("POST", "external_accounts", &account);
    journey.go_to_item("GitHub", "Account");
    journey.terminal.wait_for("Scopes       repo");
    journey.act("d", "Remove the account github", "Removed the account github zora@example.com of Zora.");
    assert!(journey.user().external_accounts.is_empty());
    assert_eq!(journey.audited(), ["delete_external_account", "done"]);
    journey.wait_without("› Account");
}

#[test]
fn the_token_of_an_account_is_fetched_shown_masked_and_copied() {
    let mut journey = Journey::begin();
    let account = json!({ "provider": "oauth_github", "approved_scopes": "repo user:email" });
    journey.control("POST", "external_accounts", &account);
    let users = journey.clerk.users();
    let tokens = users.oauth_access_tokens(&journey.id, "oauth_github", PageLimit::MAX, 0);
    let token = journey.runtime.block_on(tokens).unwrap().value.data.remove(0).token.expose().to_owned();
    // As much of it as a row has room for.
    let start = token[..24].to_owned();
    journey.go_to_item("GitHub", "Account");
    journey.act("t", "Fetch the github token of Zora?", "****************");
    journey.terminal.wait_for("Allows       repo user:email").wait_for("60 min left");
    let written = String::from_utf8_lossy(&journey.terminal.written).into_owned();
    assert!(!written.contains(&start), "nobody has asked to see it");
    journey.terminal.send("\r").wait_for(&start).send("\r").wait_for("****************");
    assert!(!journey.terminal.text().contains(&start));
    // The terminal tells that its window has lost the focus.
    journey.terminal.send("\r").wait_for(&start).send("\u{1b}[O").wait_for("****************");
    assert!(!journey.terminal.text().contains(&start));
    journey.terminal.send("y").wait_for("OAuth token").wait_for("masked").send("t").wait_for("Copied the OAuth token");
    assert_eq!(journey.audited(), ["read_oauth_token", "done"]);
    let audit = format!("{:?}", journey.terminal.audit());
    assert!(audit.contains("oauth_github eac_") && !audit.contains(&start), "{audit}");
    // Another tab, and it is forgotten.
    journey.terminal.send("45").wait_for("› Account");
    journey.wait_without("Token        **");
    journey.control("PUT", "oauth_access_tokens/oauth_github", &json!({ "error": "oauth_token_retrieval_error" }));
    journey.act("t", "Fetch the github token of Zora?", "Not fetched: ");
    journey.terminal.wait_for("The provider gave none").wait_for("oauth_token_retrieval_error");
    assert_eq!(journey.audited()[2..], ["read_oauth_token", "failed"]);
}

#[test]
fn a_trusted_device_is_revoked() {
    let mut journey = Journey::begin();
    journey.terminal.send("\r").wait_for("esc back").send("5").wait_for("Devices      none trusted");
    journey.control("POST", "trusted_devices", &json!({ "platform": "android", "name": "Pixel 10" }));
    journey.terminal.send("r").wait_for("Device       Pixel 10").send("G").wait_for("› Device       Pixel 10");
    assert_eq!(journey.devices()[0].status, TrustedDeviceStatus::Active);
    journey.act("d", "Remove the trusted device Pixel 10", "Removed the trusted device Pixel 10 of Zora.");
    assert_eq!(journey.devices()[0].status, TrustedDeviceStatus::Revoked);
    journey.terminal.wait_for("Status       revoked");
    assert_eq!(journey.audited(), ["revoke_trusted_device", "done"]);
    journey.terminal.send("d").wait_for("has been taken back already");
}
