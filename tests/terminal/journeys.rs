//! One journey for each thing that can be done to users: from the keys to what the API says of them afterwards.

use crate::terminal::{Setting, Terminal};
use lazyclerk::{
    clerk::{
        Clerk, Endpoint,
        invitations::CreateOrganizationInvitation,
        model::{InvitationStatus, Organization, SessionStatus, User, UserId},
        organizations::OrganizationQuery,
        query::{PageLimit, PageStart, UserFilter, UserPage, UserQuery},
        users::{CreateUser, IdentificationStatus, MetadataBags, NewIdentification, NewPassword},
    },
    emulator::{Emulator, Options},
};
use std::{collections::BTreeSet, fs, path::Path};
use tokio::runtime::Runtime;

/// Operations of the client's users that have no journey: most cannot be asked for by keys yet; passkeys, wallets and accounts
/// elsewhere can, but are not made by a request.
const WITHOUT_A_JOURNEY: &[&str] = &[
    "ban_all",
    "delete_external_account",
    "delete_passkey",
    "delete_web3_wallet",
    "oauth_access_tokens",
    "revoke_trusted_device",
    "trusted_devices",
    "unban_all",
];

/// Which journey shows an operation.
const JOURNEYS: &[(&str, &str)] = &[
    ("list", "a_user_is_banned_and_unbanned"),
    ("count", "a_user_is_banned_and_unbanned"),
    ("get", "a_user_is_signed_out_everywhere"),
    ("organization_memberships", "a_user_is_banned_and_unbanned"),
    ("organization_invitations", "an_invitation_is_revoked"),
    ("ban", "a_user_is_banned_and_unbanned"),
    ("unban", "a_user_is_banned_and_unbanned"),
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
    fn begin_with(environment: &[(&str, &str)]) -> Self {
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
        let with = |setting: Setting, (name, value): &(&str, &str)| setting.with(name, value);
        let mut terminal = environment.iter().fold(setting, with).start();
        terminal.wait_for_users().wait_for("21 users").wait_until("the last to sign up", |terminal| {
            terminal.selected().contains("Zora") && terminal.text().contains("Belongs to no organization.")
                || terminal.selected().contains("Zora") && terminal.text().contains("Memberships 0")
        });
        Self { runtime, emulator, clerk, id, terminal }
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

#[test]
fn a_user_is_banned_and_unbanned() {
    let mut journey = Journey::begin();
    let banned = UserFilter { banned: Some(true), ..UserFilter::default() };
    let before = journey.runtime.block_on(journey.clerk.users().count(&banned)).unwrap().value;
    journey.act("b", "Ban Zora?", "Banned Zora");
    assert!(journey.user().banned);
    journey.terminal.wait_for(&format!("{} banned", before + 1));
    journey.terminal.send("/banned:yes joined:<1d zora\r").wait_for("1 of 1 match");
    journey.act("B", "Unban Zora?", "Lifted the ban of Zora.");
    assert!(!journey.user().banned);
    assert_eq!(journey.audited(), ["ban", "done", "unban", "done"]);
}

#[test]
fn a_user_is_locked_and_unlocked() {
    let mut journey = Journey::begin();
    journey.act("L", "Lock Zora?", "Locked Zora");
    assert!(journey.user().locked);
    journey.act("U", "Unlock Zora?", "Unlocked Zora.");
    assert!(!journey.user().locked);
}

#[test]
fn metadata_is_merged_replaced_and_put_back() {
    let mut journey = Journey::begin();
    let bag = |journey: &Journey| serde_json::Value::Object(journey.user().public_metadata).to_string();
    journey.terminal.send("m").wait_for("Edit the metadata of Zora").wait_for("go on");
    // The cursor stands between the braces.
    journey.terminal.send("\"plan\":\"pro\",\"seats\":3\u{13}").wait_for("Change the metadata of Zora?");
    journey.terminal.wait_for("+ public.plan  \"pro\"").wait_for("+ public.seats  3");
    // Meanwhile the application writes another key: merging leaves it alone.
    let theirs = MetadataBags { public: serde_json::from_str("{\"theirs\":1}").unwrap(), ..MetadataBags::default() };
    journey.runtime.block_on(journey.clerk.users().merge_metadata(&journey.id, &theirs)).unwrap();
    journey.terminal.wait_for("esc or n cancel").send("\r").wait_for("Changed the metadata of Zora.");
    let together = bag(&journey);
    assert!(together.contains("pro") && together.contains("theirs"), "{together}");
    journey.terminal.send(".").wait_for("More for Zora").send("r").wait_for("(•) replace the whole bag");
    // The cursor stands behind the first value.
    journey.terminal.wait_for("go on").send(",\u{13}").wait_for("Line 2, column 17: key must be a string");
    journey.terminal.send("\"ours\":true\u{13}").wait_for("Replace the metadata of Zora?");
    // Meanwhile the application writes another key: replacing loses it, as the dialog has said.
    let late = MetadataBags { public: serde_json::from_str("{\"late\":1}").unwrap(), ..MetadataBags::default() };
    journey.runtime.block_on(journey.clerk.users().merge_metadata(&journey.id, &late)).unwrap();
    journey.terminal.wait_for("esc or n cancel").send("\r").wait_for("Replaced the metadata of Zora.");
    let replaced = bag(&journey);
    assert!(replaced.contains("ours") && !replaced.contains("late"), "{replaced}");
    journey.terminal.send("\u{1b}").wait_until("the notice away", |terminal| !terminal.text().contains("Replaced"));
    journey.act("u", "Undo: replace the metadata of Zora?", "Replaced the metadata of Zora.");
    assert_eq!(bag(&journey), together);
}

#[test]
fn metadata_is_edited_in_an_editor_outside() {
    let folder = tempfile::TempDir::new().unwrap();
    let editor = folder.path().join("my editor");
    // It asks a question on the terminal, and writes down what it was given.
    let script = format!(
        "#!/bin/sh\ncd '{}' && env > environment && stat -c %a \"$2\" \"${{2%/*}}\" > modes && stty -a > terminal\n\
         echo \"$1\" > argument; echo \"$2\" > file; cat \"$2\" >> texts\n\
         printf 'Which plan? '; read plan; printf '{{\"plan\": %s}}' \"$plan\" > \"$2\"; [ \"$plan\" != none ]\n",
        folder.path().display()
    );
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let visual = format!("'{}' --wait", editor.display());
    let mut journey = Journey::begin_with(&[("VISUAL", &visual), ("EDITOR", "false")]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    journey.terminal.send("m").wait_for("ctrl-o $EDITOR").send("\u{f}").wait_for("Which plan?");
    journey.terminal.assert_restored();
    // What cannot be read is told, and stays to be mended: the editor gets it again.
    journey.terminal.send("pro\r").wait_for("Line 1, column 10: expected value.");
    assert!(!Path::new(read("file").trim()).parent().unwrap().exists(), "the draft is gone");
    journey.terminal.wait_for("go on").send("\u{f}").wait_for("Which plan?").send("none\r");
    journey.terminal.wait_for("with exit code 1.");
    journey.terminal.wait_for("go on").send("\u{f}").wait_for("Which plan?").send("\"pro\"\r").wait_for("\"pro\"");
    journey.terminal.wait_for("go on").send("\u{13}").wait_for("+ public.plan  \"pro\"").wait_for("cancel");
    journey.terminal.send("\r").wait_for("Changed the metadata of Zora.");
    assert_eq!(journey.user().public_metadata["plan"], "pro");
    assert_eq!((read("argument").trim(), read("modes").as_str()), ("--wait", "600\n700\n"));
    assert!(read("file").trim().ends_with("/public_metadata.json"), "{}", read("file"));
    assert_eq!(read("texts"), "{}\n{\"plan\": pro}\n{\"plan\": pro}\n");
    assert!(read("terminal").contains(" icanon") && read("terminal").contains(" echo "), "{}", read("terminal"));
    assert!(!read("environment").contains("sk_") && read("environment").contains("CLERK_API_URL"));
}

#[test]
fn an_editor_that_is_still_open_goes_with_the_program() {
    let folder = tempfile::TempDir::new().unwrap();
    let told = folder.path().join("told");
    // It leaves the terminal as no shell would like it.
    let visual =
        format!("stty raw -echo; exec sh -c 'echo $$ $0 >{}; printf it-is-open; exec sleep 600'", told.display());
    let mut journey = Journey::begin_with(&[("VISUAL", &visual)]);
    journey.terminal.send("m").wait_for("ctrl-o $EDITOR").send("\u{f}").wait_for("it-is-open");
    journey.terminal.signal(rustix::process::Signal::TERM);
    assert_eq!(journey.terminal.end(), 143);
    journey.terminal.assert_restored();
    let told = fs::read_to_string(&told).unwrap();
    let (process, file) = told.trim().split_once(' ').unwrap();
    assert!(!Path::new(file).parent().unwrap().exists(), "the draft is gone");
    let process = rustix::process::Pid::from_raw(process.parse().unwrap()).unwrap();
    let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while rustix::process::test_kill_process(process).is_ok() {
        assert!(std::time::Instant::now() < end, "the editor goes on");
        std::thread::yield_now();
    }
}

#[test]
fn a_picture_is_uploaded_and_removed() {
    let mut journey = Journey::begin();
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("a.gif");
    fs::write(&file, b"<svg/>").unwrap();
    journey.terminal.send(".").wait_for("More for Zora").send("i").wait_for("Upload a picture of Zora");
    journey.terminal.wait_for("go on").send(file.to_str().unwrap()).send("\r").wait_for("esc or n cancel").send("\r");
    journey.terminal.wait_for("Not taken: it is no JPEG");
    fs::write(&file, b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").unwrap();
    journey
        .terminal
        .wait_for("go on")
        .send("\r")
        .wait_for("esc or n cancel")
        .send("\r")
        .wait_for("Gave Zora a picture.");
    assert!(journey.user().has_image);
    journey.act(".d", "Remove the picture of Zora?", "Removed the picture of Zora.");
    assert!(!journey.user().has_image);
    let audited = ["set_profile_image", "failed", "set_profile_image", "done", "delete_profile_image", "done"];
    assert_eq!(journey.audited(), audited);
}

#[test]
fn a_user_is_created() {
    let mut journey = Journey::begin();
    journey.terminal.send("n").wait_for("New user").wait_for("enter create");
    journey.terminal.send("zora@example.com\t\t\tNella\tLarsen\tcorrect horse battery\r").wait_for("not created");
    journey.terminal.send("\u{15}nella@example.com\r").wait_for("Created Nella Larsen.").wait_for("22 users");
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let filter = UserFilter { email_address: vec!["nella@example.com".into()], ..UserFilter::default() };
    let query = UserQuery { filter, ..UserQuery::default() };
    let found = journey.runtime.block_on(journey.clerk.users().list(&query, &page)).unwrap().value;
    assert_eq!((found.len(), found[0].last_name.as_deref()), (1, Some("Larsen")));
    let password = "correct horse battery".to_owned().into();
    assert!(journey.runtime.block_on(journey.clerk.users().verify_password(&found[0].id, &password)).unwrap().value);
    assert_eq!(journey.audited(), ["create", "failed", "create", "done"]);
    let last = journey.terminal.audit().pop().unwrap();
    assert_eq!(last["user_id"].as_str(), Some(found[0].id.as_str()));
}

#[test]
fn a_profile_is_edited_and_put_back() {
    let mut journey = Journey::begin();
    let taken = CreateUser { username: Some("grace".into()), ..CreateUser::default() };
    journey.runtime.block_on(journey.clerk.users().create(&taken)).unwrap();
    journey.terminal.send("e").wait_for("Edit Zora").send("h\tNeale\tgrace\r").wait_for("Change Zora?");
    journey.terminal.wait_for("cancel").send("\r").wait_for("taken");
    assert_eq!(journey.user().last_name, None, "nothing is changed by half");
    // What was typed is there still; ctrl-u empties the field.
    journey.terminal.wait_for("go on").send("\u{15}zora_h\r").wait_for("Change Zora?").wait_for("cancel").send("\r");
    journey.terminal.wait_for("Changed Zora");
    let user = journey.user();
    let names = [user.first_name, user.last_name, user.username].map(Option::unwrap_or_default);
    assert_eq!(names, ["Zorah", "Neale", "zora_h"]);
    journey.act("u", "Undo: change Zorah Neale?", "Changed Zorah Neale");
    let user = journey.user();
    assert_eq!((user.first_name.as_deref(), user.last_name, user.username), (Some("Zora"), None, None));
    assert_eq!(journey.audited(), ["update", "failed", "update", "done", "update", "done"]);
}

#[test]
fn an_email_address_and_a_phone_number_take_the_place_of_all() {
    let mut journey = Journey::begin();
    for (key, title, typed, told) in [
        ("e", "Replace the email", "neale@example.com", "Zora has the email address neale@example.com"),
        ("n", "Replace the phone", "+15005550006", "Zora has the phone number +15005550006"),
    ] {
        journey.terminal.send(".").wait_for("More for Zora").send(key).wait_for(title);
        journey.terminal.send(typed).send("\r").wait_for("Give Zora the").wait_for("esc or n cancel").send("\r");
        journey.terminal.wait_for(told);
    }
    let user = journey.user();
    let emails: Vec<_> = user.email_addresses.iter().map(|email| email.email_address.as_str()).collect();
    let phones: Vec<_> = user.phone_numbers.iter().map(|phone| phone.phone_number.as_str()).collect();
    assert_eq!((emails, phones), (vec!["neale@example.com"], vec!["+15005550006"]));
}

#[test]
fn a_password_and_a_code_are_verified() {
    let mut journey = Journey::begin();
    for (key, title, typed, told) in [
        ("v", "Verify the password of", "correct horse", "That is not known to be the password of Zora"),
        // The form stays after a failure: the rest of it is typed behind what is there.
        ("", "Verify the password of", " battery staple", "Right: that is the password of Zora."),
        ("o", "Verify a code of", "abcd1234efgh", "Right: that is a code of Zora."),
    ] {
        if !key.is_empty() {
            journey.terminal.send(".").wait_for("More for Zora").send(key).wait_for(title);
        }
        journey.terminal.wait_for("go on").send(typed).send("\r").wait_for("esc or n cancel").send("\r").wait_for(told);
    }
    let again =
        journey.runtime.block_on(journey.clerk.users().verify_totp(&journey.id, &"abcd1234efgh".to_owned().into()));
    assert!(again.is_err(), "a backup code is used up");
    let audit = journey.terminal.audit().into_iter().map(|line| line.to_string()).collect::<String>();
    assert!(!audit.contains("battery") && !audit.contains("abcd1234"), "{audit}");
}

#[test]
fn a_member_gets_another_role_and_is_removed_and_added_again() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    // An organization keeps an admin: there is another one, else the way back would be refused.
    let other = CreateUser { username: Some("grace".into()), ..CreateUser::default() };
    let other = journey.runtime.block_on(journey.clerk.users().create(&other)).unwrap().value.id.clone();
    for (user, role) in [(&other, "org:admin"), (&journey.id, "org:member")] {
        journey.runtime.block_on(journey.clerk.organizations().add_member(&organization.id, user, role)).unwrap();
    }
    let role = |journey: &Journey| {
        let memberships = journey.clerk.users();
        let page = memberships.organization_memberships(&journey.id, PageLimit::MAX, 0);
        journey.runtime.block_on(page).unwrap().value.data.first().map(|membership| membership.role.clone())
    };
    journey.terminal.send("\r").wait_for("esc back").send("2r").wait_for("e role").send("e").wait_for("Role of Zora");
    journey.terminal.send("G").wait_until("the oldest", |terminal| terminal.text().contains("› 3  Admin"));
    journey.terminal.send("\r").wait_for("Make Zora Admin of").wait_for("cancel").send("\r").wait_for("Zora is Admin");
    assert_eq!(role(&journey).as_deref(), Some("org:admin"));
    journey
        .terminal
        .send("u")
        .wait_for("Undo: make Zora Member of")
        .wait_for("cancel")
        .send("\r")
        .wait_for("Zora is Member");
    assert_eq!(role(&journey).as_deref(), Some("org:member"));
    journey.act("d", "Remove Zora from", "Removed Zora from");
    assert_eq!(role(&journey), None);
    journey.act("u", "Undo: add Zora to", "Added Zora to");
    assert_eq!(role(&journey).as_deref(), Some("org:member"));
    let audited = ["change_role", "done", "change_role", "done", "remove_membership", "done", "add_membership", "done"];
    assert_eq!(journey.audited(), audited);
}

#[test]
fn an_invitation_is_revoked() {
    let mut journey = Journey::begin();
    let organization = journey.organization();
    let invitation = CreateOrganizationInvitation {
        email_address: "zora@example.com".into(),
        role: "org:member".into(),
        ..CreateOrganizationInvitation::default()
    };
    let invitations = journey.clerk.invitations();
    journey.runtime.block_on(invitations.create_to_organization(&organization.id, &invitation)).unwrap();
    journey.terminal.send("\r").wait_for("esc back").send("3").wait_for("d remove");
    journey.act("d", "Revoke the invitation of Zora to", "Revoked the invitation of Zora to");
    journey.terminal.wait_for("revoked");
    let users = journey.clerk.users();
    let left = users.organization_invitations(&journey.id, Some(InvitationStatus::Pending), PageLimit::MAX, 0);
    assert_eq!(journey.runtime.block_on(left).unwrap().value.total_count, 0);
}

#[test]
fn a_user_is_deleted() {
    let mut journey = Journey::begin();
    journey.ask("d", "Delete Zora?");
    journey.terminal.send("zora@example.co\r").wait_for("▏zora@example.co").send("m\r").wait_for("Deleted Zora.");
    let gone = journey.runtime.block_on(journey.clerk.users().get(&journey.id)).unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
    journey.terminal.wait_for("20 users").wait_until("the word", |terminal| terminal.selected().contains("gone"));
    assert_eq!(journey.audited(), ["delete", "done"]);
}

#[test]
fn a_user_is_signed_out_everywhere() {
    let mut journey = Journey::begin();
    // Somebody of the emulator's own people: those who were made by a request have no sessions.
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let users = journey.runtime.block_on(journey.clerk.users().list(&UserQuery::default(), &page)).unwrap().value;
    let active = |id: &UserId| {
        let sessions = journey.clerk.sessions();
        let listed = sessions.list(id, Some(SessionStatus::Active), PageLimit::MAX, 0);
        journey.runtime.block_on(listed).unwrap().value.len()
    };
    let (place, id) =
        users.iter().enumerate().find(|(_, user)| active(&user.id) > 0).map(|(n, u)| (n, u.id.clone())).unwrap();
    let count = active(&id);
    let words = if count == 1 { "1 session ends".to_owned() } else { format!("{count} sessions end") };
    for _ in 0..place {
        journey.terminal.send("j");
    }
    journey.terminal.wait_until("the cursor", |terminal| terminal.text().contains(&format!("{} of 21", place + 1)));
    journey.terminal.send("x").wait_for(&words).send("\r").wait_for(" out everywhere.");
    let left = journey.clerk.sessions();
    let left = journey.runtime.block_on(left.list(&id, Some(SessionStatus::Active), PageLimit::MAX, 0)).unwrap().value;
    assert!(left.is_empty());
}

#[test]
fn a_password_is_removed() {
    let mut journey = Journey::begin();
    journey.act(".p", "Remove the password of Zora?", "Removed the password of Zora.");
    assert!(!journey.user().password_enabled);
    journey.terminal.send(".").wait_for("There is no");
}

#[test]
fn a_password_is_compromised_and_not() {
    let mut journey = Journey::begin();
    journey.act(".c", "Set the password of Zora", "counts as compromised.");
    // The user does not tell; who verifies the password is told.
    let verify = |journey: &Journey| {
        let password = "correct horse battery staple".to_owned().into();
        journey
            .runtime
            .block_on(journey.clerk.users().verify_password(&journey.id, &password))
            .map(|answer| answer.value)
    };
    let compromised = verify(&journey);
    journey.act("u", "Undo: let Zora keep the password?", "does not count as compromised.");
    let kept = verify(&journey);
    assert_eq!(journey.audited(), ["set_password_compromised", "done", "unset_password_compromised", "done"]);
    assert_eq!(kept.ok(), Some(true), "before it was {compromised:?}");
}

#[test]
fn second_factors_are_removed() {
    let mut journey = Journey::begin();
    assert!(journey.user().two_factor_enabled);
    journey.act(".m", "Remove the second factors of Zora?", "Removed the second factors of Zora.");
    let user = journey.user();
    assert!(!user.two_factor_enabled && !user.totp_enabled && !user.backup_code_enabled);
}

#[test]
fn totp_is_removed() {
    let mut journey = Journey::begin();
    journey.act(".t", "Remove the authenticator application", "Removed the authenticator application");
    assert!(!journey.user().totp_enabled);
}

#[test]
fn backup_codes_are_removed() {
    let mut journey = Journey::begin();
    journey.act(".b", "Remove the backup codes of Zora?", "Removed the backup codes of Zora.");
    let user = journey.user();
    assert!(!user.backup_code_enabled && user.totp_enabled);
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
    let source = include_str!("journeys.rs");
    for (operation, journey) in JOURNEYS {
        assert!(source.contains(&format!("#[test]\nfn {journey}()")), "{operation}: there is no {journey}");
    }
}
