//! One journey for each thing that can be done to users: from the keys to what the API says of them afterwards.

mod many;
mod metadata;
mod moderation;
mod organizations;
mod possessions;
mod profile;
mod security;

use crate::terminal::{Setting, Terminal};
use lazyclerk::{
    clerk::{
        Clerk, Endpoint,
        model::{Organization, User, UserId},
        organizations::OrganizationQuery,
        query::PageLimit,
        users::{CreateUser, IdentificationStatus, NewIdentification, NewPassword},
    },
    emulator::{Emulator, Options},
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};
use tokio::runtime::Runtime;

/// Functions of the client's users that have no journey: `list` in another form, and the page after a page.
const WITHOUT_A_JOURNEY: &[&str] = &["list_of", "list_unread", "next"];

/// Which journey shows an operation.
const JOURNEYS: &[(&str, &str)] = &[
    ("list", "a_user_is_banned_and_unbanned"),
    ("count", "a_user_is_banned_and_unbanned"),
    ("get", "a_user_is_signed_out_everywhere"),
    ("organization_memberships", "a_user_is_banned_and_unbanned"),
    ("organization_invitations", "an_invitation_is_revoked"),
    ("ban", "a_user_is_banned_and_unbanned"),
    ("unban", "a_user_is_banned_and_unbanned"),
    ("ban_all", "many_are_banned_and_unbanned"),
    ("unban_all", "many_are_banned_and_unbanned"),
    ("lock", "a_user_is_locked_and_unlocked"),
    ("unlock", "a_user_is_locked_and_unlocked"),
    ("delete", "a_user_is_deleted"),
    ("create", "a_user_is_created"),
    ("merge_metadata", "metadata_is_merged_replaced_and_put_back"),
    ("replace_metadata", "metadata_is_merged_replaced_and_put_back"),
    ("set_profile_image", "a_picture_is_uploaded_and_removed"),
    ("delete_profile_image", "a_picture_is_uploaded_and_removed"),
    ("update", "a_profile_is_edited_and_put_back"),
    ("replace_email_address", "an_email_address_and_a_phone_number_take_the_place_of_all"),
    ("replace_phone_number", "an_email_address_and_a_phone_number_take_the_place_of_all"),
    ("verify_password", "a_password_and_a_code_are_verified"),
    ("verify_totp", "a_password_and_a_code_are_verified"),
    ("remove_password", "a_password_is_removed"),
    ("set_password_compromised", "a_password_is_compromised_and_not"),
    ("unset_password_compromised", "a_password_is_compromised_and_not"),
    ("disable_mfa", "second_factors_are_removed"),
    ("delete_totp", "totp_is_removed"),
    ("delete_backup_codes", "backup_codes_are_removed"),
    ("delete_passkey", "a_passkey_is_removed"),
    ("delete_web3_wallet", "a_wallet_is_removed"),
    ("delete_external_account", "an_account_elsewhere_is_removed"),
    ("oauth_access_tokens", "the_token_of_an_account_is_fetched_shown_masked_and_copied"),
    ("trusted_devices", "a_trusted_device_is_revoked"),
    ("revoke_trusted_device", "a_trusted_device_is_revoked"),
];

/// An emulator of a journey's own, a user in it who signed up last, and the dashboard with the cursor on them.
pub struct Journey {
    pub runtime: Runtime,
    pub emulator: Emulator,
    pub clerk: Clerk,
    pub id: UserId,
    pub terminal: Terminal,
}

impl Journey {
    pub fn begin() -> Self {
        Self::begin_with(&[])
    }

    /// The same with more in the environment.
    pub fn begin_with(environment: &[(&str, &str)]) -> Self {
        let with = |setting: Setting, (name, value): &(&str, &str)| setting.with(name, value);
        Self::begin_as(|setting| environment.iter().fold(setting, with))
    }

    /// The same with this configuration.
    pub fn begin_configured(configuration: &str) -> Self {
        Self::begin_as(|setting| setting.configured(configuration))
    }

    fn begin_as(set: impl FnOnce(Setting) -> Setting) -> Self {
        let runtime = Runtime::new().unwrap();
        let emulator = runtime.block_on(Emulator::start(Options { users: 20, ..Options::default() })).unwrap();
        let key = emulator.secret_key().clone();
        let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), key).unwrap();
        let traveller = CreateUser {
            first_name: Some("Zora".into()),
            email_addresses: vec![NewIdentification {
                value: "zora@example.com".into(),
                status: IdentificationStatus::Verified,
            }],
            password: Some(NewPassword::Plain {
                password: "correct horse battery staple".to_owned().into(),
                skip_checks: true,
            }),
            totp_secret: Some("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned().into()),
            backup_codes: vec!["abcd1234efgh".to_owned().into()],
            ..CreateUser::default()
        };
        let id = runtime.block_on(clerk.users().create(&traveller)).unwrap().value.id.clone();
        let setting = Setting::lazyclerk(&[])
            .with("CLERK_API_URL", emulator.url())
            .with("CLERK_SECRET_KEY", emulator.secret_key().expose());
        let terminal = set(setting).start();
        let mut journey = Self { runtime, emulator, clerk, id, terminal };
        journey.wait_for_traveller();
        journey
    }

    /// Leaves, and begins anew at the same instance with the same home.
    pub fn restart(&mut self) {
        self.terminal.send("q");
        assert_eq!(self.terminal.end(), 0);
        let setting = Setting::lazyclerk(&[])
            .with("CLERK_API_URL", self.emulator.url())
            .with("CLERK_SECRET_KEY", self.emulator.secret_key().expose());
        self.terminal.start_again(setting);
        self.wait_for_traveller();
    }

    fn wait_for_traveller(&mut self) {
        self.terminal.wait_for_users().wait_for("21 users").wait_until("the last to sign up", |terminal| {
            terminal.selected().contains("Zora") && terminal.text().contains("Belongs to no organization.")
                || terminal.selected().contains("Zora") && terminal.text().contains("Memberships 0")
        });
    }

    /// Presses `keys`, waits for the question, says yes, and waits for what is said then.
    pub fn act(&mut self, keys: &str, question: &str, told: &str) {
        self.ask(keys, question);
        self.terminal.send("\r").wait_for(told);
    }

    pub fn ask(&mut self, keys: &str, question: &str) {
        for key in keys.chars() {
            self.terminal.send(&key.to_string());
            self.terminal.wait_for(if key == '.' { "More for Zora" } else { question });
        }
        self.terminal.wait_for("cancel");
    }

    /// Asks the emulator for something about the user that Clerk's API has no request for; what it answers.
    fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let (body, key) = (body.to_string(), self.emulator.secret_key().expose());
        let host = self.emulator.url().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(
            stream,
            "{method} /control/users/{}/{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.id,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
        serde_json::from_str(body).unwrap()
    }

    /// What the API says of the user now.
    pub fn user(&self) -> User {
        let received = self.runtime.block_on(self.clerk.users().get(&self.id)).unwrap().value;
        User::clone(&received)
    }

    /// An organization with room for one more.
    pub fn organization(&self) -> Organization {
        let query = OrganizationQuery::default();
        let organizations = self.clerk.organizations();
        let page = self.runtime.block_on(organizations.list(&query, PageLimit::MAX, 0)).unwrap().value;
        page.data.into_iter().next().unwrap()
    }

    pub fn audited(&self) -> Vec<String> {
        let lines = self.terminal.audit();
        let word = |line: &serde_json::Value, field: &str| line[field].as_str().unwrap_or_default().to_owned();
        let told = |line: &serde_json::Value| format!("{}{}", word(line, "action"), word(line, "outcome"));
        lines.iter().map(told).collect()
    }
}

/// The client's functions about users, as its source has them.
fn operations() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/clerk/users");
    let mut operations = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        let names = source.lines().filter_map(|line| line.trim().strip_prefix("pub async fn "));
        operations.extend(names.filter_map(|line| line.split(['(', '<']).next().map(str::to_owned)));
    }
    operations
}

#[test]
fn each_operation_has_its_journey_or_is_known_to_have_none() {
    let shown: BTreeSet<String> = JOURNEYS.iter().map(|(operation, _)| (*operation).to_owned()).collect();
    let without: BTreeSet<String> = WITHOUT_A_JOURNEY.iter().map(|operation| (*operation).to_owned()).collect();
    assert_eq!(shown.intersection(&without).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(shown.union(&without).cloned().collect::<BTreeSet<_>>(), operations());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terminal/journeys");
    let sources = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let source: String = sources.collect();
    for (operation, journey) in JOURNEYS {
        assert!(source.contains(&format!("#[test]\nfn {journey}()")), "{operation}: there is no {journey}");
    }
}
