//! The people of the tests: those of the drawings, some of them difficult.

pub(super) use crate::app::tests::stage::Stage;
use crate::{
    app::{
        Fetched, Preferences, RecordId, SlotId,
        detail::{Batch, HistoryEnding, HistoryEntry, OAuthToken},
        tests::stage::{NOW, exchange},
    },
    clerk::{
        Exchange, InstanceKind, SentBody,
        model::{
            EnvironmentType, Instance, Organization, OrganizationInvitation, OrganizationMembership, Page, Received,
            Session, Timestamp, TrustedDevice, User,
        },
    },
};
use ratatui::layout::Size;
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};

const HOUR: Duration = Duration::from_hours(1);

fn ago(hours: u32) -> Timestamp {
    NOW.minus(HOUR * hours)
}

fn from(value: Value) -> User {
    serde_json::from_value(value).unwrap()
}

fn email(id: &str, address: &str, status: &str) -> Value {
    json!({ "id": id, "email_address": address, "verification": { "status": status, "strategy": "email_code" } })
}

/// Somebody with an email address, who signed up so many days ago.
pub(super) fn person(number: u32, first: &str, last: &str, address: &str) -> User {
    let days = 3 + number / 2;
    from(json!({
        "id": format!("user_{number:027}"),
        "first_name": first,
        "last_name": last,
        "primary_email_address_id": "idn_1",
        "email_addresses": [email("idn_1", address, "verified")],
        "created_at": ago(24 * days),
        "last_active_at": ago(24 * (number * 7 % (days + 1))),
        "password_enabled": number.is_multiple_of(3),
    }))
}

/// Who has nearly everything: the user of the drawings.
pub(super) fn ada() -> User {
    from(json!({
        "id": "user_2NNEqL2nrIRdJ194ndJqAHwEfxC",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "username": "ada",
        "external_id": "crm_81723",
        "public_metadata": { "plan": { "name": "team", "seats": 12 }, "beta": true, "tags": [] },
        "private_metadata": { "note": "sees \u{1b}[31mred\u{202e}; a value so long that no line beside the list has room" },
        "primary_email_address_id": "idn_1",
        "primary_phone_number_id": "idn_3",
        "email_addresses": [
            email("idn_1", "ada@analytical.example", "verified"),
            email("idn_2", "ada@lovelace.example", "unverified"),
        ],
        "phone_numbers": [{
            "id": "idn_3",
            "phone_number": "+442079460958",
            "reserved_for_second_factor": true,
            "verification": { "status": "verified", "strategy": "phone_code" },
        }],
        "external_accounts": [{ "id": "idn_4", "provider": "oauth_google" }, { "id": "idn_5", "provider": "oauth_github" }],
        "locked": true,
        "lockout_expires_in_seconds": 2460,
        "verification_attempts_remaining": 0,
        "password_enabled": true,
        "password_last_updated_at": ago(24 * 250),
        "two_factor_enabled": true,
        "totp_enabled": true,
        "backup_code_enabled": true,
        "delete_self_enabled": true,
        "create_organization_enabled": true,
        "create_organizations_limit": 3,
        "created_at": ago(80),
        "last_sign_in_at": ago(1),
        "last_active_at": ago(1),
        "legal_accepted_at": ago(80),
    }))
}

/// Names that would do harm, or that are hard to measure.
pub(super) const DIFFICULT: [&str; 8] = [
    "Eve\u{1b}[31mAda",
    "\u{202e}gro.kcah\u{202c}",
    "山田太郎の長い名前は列よりも長いのでここで切られる",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦 Family 🇩🇪",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "عبد الرحمن",
    "Zero\u{200b}\u{200b}\u{200b}Width\u{feff}",
    "\r\nInjected\tline\u{7}",
];

pub(super) fn people() -> Vec<User> {
    let names = [
        ("Adaeze", "Nwosu", "adaeze@example.ng"),
        ("Adalbert", "Gyrowetz", "gyrowetz@hofmusik.example"),
        ("Adam", "Ålgård", "adam.algard@example.no"),
        ("Adara", "Ben-Ami", "adara@benami.example"),
        ("Eve\u{1b}[31mAda", "", "eve+ada@example.com"),
        ("Adélaïde", "Fouqué", "a.fouque@example.fr"),
        ("山田", "ada 太郎", "taro.ada@example.jp"),
        ("Adaline", "Kent", "kent@sculpt.example"),
    ];
    let mut people = vec![ada()];
    people.extend((1..).zip(names).map(|(number, (first, last, email))| person(number, first, last, email)));
    people[5].banned = true;
    let (handle, wallet, phone) = ("adaptive_lemur", "0x71C7656EC7ab88b098defB751B7401B5f6d8976F", "+525555550142");
    let created = ago(24 * 9);
    people.push(from(json!({ "id": "user_handle", "username": handle, "banned": true, "created_at": created })));
    people.push(from(json!({ "id": "user_wallet", "primary_web3_wallet_id": "idn_9", "created_at": created,
        "web3_wallets": [{ "id": "idn_9", "web3_wallet": wallet }] })));
    people.push(from(json!({ "id": "user_phone", "first_name": "Adan", "last_name": "Reyes", "created_at": created,
        "primary_phone_number_id": "idn_8", "phone_numbers": [{ "id": "idn_8", "phone_number": phone }] })));
    people.push(from(json!({ "id": "user_nobody", "created_at": created })));
    people.extend(
        (12..60).map(|number| person(number, "Ada", &format!("Number {number}"), &format!("{number}@example.com"))),
    );
    people
}

pub(super) fn memberships() -> Vec<OrganizationMembership> {
    let membership = |number: u32, name: &str, slug: &str, role: &str, role_name: &str, permissions: &[&str]| {
        json!({
            "id": format!("orgmem_{number}"),
            "role": role,
            "role_name": role_name,
            "permissions": permissions,
            "public_metadata": { "seat": "owner" },
            "created_at": ago(24 * (4 - number)),
            "organization": {
                "id": format!("org_2OAZKxFLXr3SL3oIWQlKcYc0{number}"), "name": name, "slug": slug,
                "members_count": 4 + number, "max_allowed_memberships": 5,
            },
        })
    };
    let all =
        ["org:sys_profile:manage", "org:sys_profile:delete", "org:sys_memberships:read", "org:sys_memberships:manage"];
    let memberships = json!([
        membership(1, "Acme", "acme", "org:admin", "Admin", &all),
        membership(2, "Globex", "globex", "org:billing_manager", "Billing manager", &all[2..3]),
        membership(3, "Initech", "initech", "org:member", "Member", &[]),
    ]);
    serde_json::from_value(memberships).unwrap()
}

/// Where the user belongs, where not, and one whose name would do harm.
pub(super) fn organizations() -> Vec<Organization> {
    let mut organizations: Vec<_> =
        memberships().into_iter().take(2).map(|membership| membership.organization).collect();
    let others = json!([
        { "id": "org_2OAZKxFLXr3SL3oIWQlKcYc21", "name": "\u{1b}[31mHooli\u{202e} Laboratories of the World", "slug": "hooli",
          "members_count": 1204 },
        { "id": "org_2OAZKxFLXr3SL3oIWQlKcYc22", "name": "東京ソフト", "slug": null, "members_count": 8 },
    ]);
    organizations.extend(serde_json::from_value::<Vec<Organization>>(others).unwrap());
    organizations
}

/// Answers what an open picker waits for.
pub(super) fn answer_picker(stage: &mut Stage) {
    let found = Page { data: organizations(), total_count: 70 };
    stage.answer(SlotId::Organizations, Fetched::Organizations(found));
    stage.answer(SlotId::Joined, Fetched::Memberships(Page { data: memberships(), total_count: 3 }));
}

pub(super) fn invitations() -> Vec<OrganizationInvitation> {
    let invitation = |number: u32, name: &str, status: &str, inviter: serde_json::Value| {
        json!({
            "id": format!("orginv_2OAZKxFLXr3SL3oIWQlKcYc0{number}"), "email_address": "ada@analytical.example",
            "role": "org:member", "role_name": "Member", "status": status,
            "organization_id": format!("org_2OAZKxFLXr3SL3oIWQlKcYc1{number}"), "public_inviter_data": inviter,
            "public_organization_data": { "name": name, "slug": name.to_lowercase() },
            "created_at": ago(24 * number), "expires_at": ago(24 * number).plus(Duration::from_hours(720)),
        })
    };
    let grace =
        json!({ "user_id": "user_1", "first_name": "Grace", "last_name": "Hopper", "identifier": "g@x.example" });
    let invitations = json!([
        invitation(2, "Hooli", "pending", grace),
        invitation(9, "Umbrella", "expired", serde_json::Value::Null),
    ]);
    serde_json::from_value(invitations).unwrap()
}

pub(super) fn sessions() -> Vec<Session> {
    let session = |number: u32, activity: serde_json::Value, actor: serde_json::Value| {
        json!({
            "id": format!("sess_2OAZKxFLXr3SL3oIWQlKcYc0{number}"), "client_id": "client_2OAZKxFLXr3SL3oIWQlKcYc00",
            "user_id": "user_2NNEqL2nrIRdJ194ndJqAHwEfxC", "status": "active", "actor": actor,
            "latest_activity": activity, "last_active_at": ago(number), "created_at": ago(30 * number),
            "expire_at": ago(0).plus(Duration::from_hours(100)), "abandon_at": ago(0).plus(Duration::from_hours(700)),
        })
    };
    let firefox = json!({
        "id": "sess_activity_1", "device_type": "Macintosh", "browser_name": "Firefox", "browser_version": "146.0",
        "ip_address": "192.0.2.7", "city": "London", "country": "GB",
    });
    let phone = json!({
        "id": "sess_activity_2", "device_type": "iPhone", "is_mobile": true, "city": "東京", "country": "JP",
    });
    let sessions = json!([
        session(1, firefox, serde_json::Value::Null),
        session(26, phone, json!({ "sub": "lazyclerk:kim" })),
        session(50, serde_json::Value::Null, serde_json::Value::Null),
    ]);
    serde_json::from_value(sessions).unwrap()
}

pub(super) fn trusted_devices() -> Vec<TrustedDevice> {
    let device = |number: u32, name: serde_json::Value, status: &str| {
        json!({
            "id": format!("tdev_2OAZKxFLXr3SL3oIWQlKcYc0{number}"), "name": name, "status": status,
            "platform": "ios", "app_identifier": "com.example.app", "algorithm": "ES256",
            "created_at": ago(24 * 40), "last_used_at": ago(5), "updated_at": ago(4),
            "revoked_at": (status == "revoked").then(|| ago(4)),
        })
    };
    let devices =
        json!([device(1, "Ada\u{2019}s \u{1b}[31mphone\u{202e}".into(), "active"), device(2, Value::Null, "revoked")]);
    serde_json::from_value(devices).unwrap()
}

/// Ada with accounts of two directories, one of them with a name that would do harm.
pub(super) fn employee() -> User {
    let account = |id: &str, protocol: &str, name: &str, active: bool| {
        json!({
            "id": id, "object": "enterprise_account", "protocol": protocol, "provider": "saml_okta", "active": active,
            "email_address": "ada@analytical.example", "last_authenticated_at": ago(30),
            "enterprise_connection": { "id": "entc_1", "name": name },
        })
    };
    let accounts = json!([
        account("entacc_1", "saml", "Analytical \u{1b}[31mOkta\u{202e}", true),
        account("entacc_2", "oauth", "", false),
    ]);
    User { enterprise_accounts: serde_json::from_value(accounts).unwrap(), ..ada() }
}

/// A token longer than there is room for, that would do harm where it is shown.
pub(super) fn token() -> OAuthToken {
    OAuthToken {
        account: "idn_4".to_owned(),
        token: format!("ya29.\u{1b}[31m{}", "aZ09".repeat(120)).into(),
        secret: None,
        scopes: vec![
            "email".to_owned(),
            "openid\u{202e}".to_owned(),
            "https://www.example.com/auth/calendar".to_owned(),
        ],
        expires_at: Some(NOW.plus(Duration::from_mins(59))),
    }
}

/// What was done to Ada: a ban that was taken back, a change that Clerk refused, and one that nobody knows the end of.
pub(super) fn history() -> Vec<HistoryEntry> {
    let entry = |number: u32, action: &str, by: &str, ending| HistoryEntry {
        record: RecordId(format!("019ab2f3c8e{number}-5f3c0a1b2c3d")),
        at: Some(ago(26 * number)),
        action: action.to_owned(),
        part: None,
        reason: None,
        by: by.to_owned(),
        machine: "moderation-1".to_owned(),
        undoes: None,
        ending,
        done: None,
        status: Some(200),
        code: None,
        trace_id: Some("5f3c0a".to_owned()),
        newer_version: None,
    };
    let reason = "she wrote \u{1b}[31mred\u{202e} letters to everybody in Acme, and to most of Globex as well";
    let ban = HistoryEntry { reason: Some(reason.to_owned()), ..entry(4, "ban", "kim", HistoryEnding::Done) };
    let undoes = Some(ban.record.clone());
    let unban = HistoryEntry { undoes, ..entry(2, "unban", "mo", HistoryEnding::Done) };
    let refused = (Some("idn_4".to_owned()), Some(403), Some("authorization_invalid".to_owned()));
    let passkey = HistoryEntry {
        part: refused.0,
        status: refused.1,
        code: refused.2,
        ..entry(1, "delete_passkey", "kim", HistoryEnding::Failed)
    };
    let newer_version = Some("9.0.0".to_owned());
    let open = entry(8, "teleport_\u{1b}[2J", "uid 1000", HistoryEnding::Open);
    vec![passkey, unban, ban, HistoryEntry { status: None, trace_id: None, newer_version, ..open }]
}

/// Production, everybody loaded, Ada under the cursor, her memberships read.
pub(super) fn stage(width: u16, height: u16) -> Stage {
    stage_with(width, height, Preferences::default())
}

/// The same for somebody who has chosen something.
pub(super) fn stage_with(width: u16, height: u16, preferences: Preferences) -> Stage {
    let mut stage = Stage::begin_with(InstanceKind::Production, Size::new(width, height), preferences);
    stage.answer_list(people());
    answer_the_rest(&mut stage);
    stage
}

/// The same before anything has been answered.
pub(super) fn loading(width: u16, height: u16) -> Stage {
    Stage::begin_on(InstanceKind::Production, Size::new(width, height))
}

/// Answers whatever is waited for beside the list.
pub(super) fn answer_the_rest(stage: &mut Stage) {
    for (slot, count) in [(SlotId::AllUsers, 12_481), (SlotId::BannedUsers, 37), (SlotId::Matching, 214)] {
        if stage.fetch(slot).is_some() {
            stage.answer(slot, Fetched::Count(count));
        }
    }
    if stage.fetch(SlotId::Instance).is_some() {
        let environment_type = Some(EnvironmentType::Production);
        stage.answer(SlotId::Instance, Fetched::Instance(Instance { environment_type, ..Instance::default() }));
    }
    if stage.fetch(SlotId::Notes).is_some() {
        stage.answer(SlotId::Notes, Fetched::Notes(BTreeMap::new()));
    }
    stage.wait(Duration::from_millis(200));
    if stage.fetch(SlotId::Memberships).is_some() {
        let data = memberships();
        let total_count = 3;
        stage.answer(SlotId::Memberships, Fetched::Memberships(Page { data, total_count }));
    }
    if stage.fetch(SlotId::Invitations).is_some() {
        let data = invitations();
        stage.answer(SlotId::Invitations, Fetched::Invitations(Page { data, total_count: 2 }));
    }
    if stage.fetch(SlotId::History).is_some() {
        stage.answer(SlotId::History, Fetched::History(Batch { rows: history(), total: Some(4) }));
    }
    if stage.fetch(SlotId::TrustedDevices).is_some() {
        stage.answer(SlotId::TrustedDevices, Fetched::TrustedDevices(trusted_devices()));
    }
    if stage.fetch(SlotId::Sessions).is_some() {
        stage.answer(SlotId::Sessions, Fetched::Sessions(sessions()));
    }
}

/// As a server would send it.
pub(super) fn received(user: User) -> Received<User> {
    Received::from_value(user).unwrap()
}

/// Requests that went well, were refused and were lost, with a difficult text in each part that can have one.
pub(super) fn exchanges() -> Vec<Exchange> {
    let sent = |number: usize, method: &str, path: &str, status: Option<u16>| Exchange {
        method: method.into(),
        path: path.into(),
        url: format!("https://api.clerk.com/v1{path}"),
        status,
        ..exchange(number)
    };
    let body = r#"{"public_metadata":{"note":"\u001b[31mred, and so long that it does not fit into a single row"}}"#;
    vec![
        sent(1, "GET", "/users?query=ada&limit=100&order_by=-created_at", Some(200)),
        Exchange { trace_id: None, ..sent(2, "GET", "/users/count?banned=true", None) },
        Exchange {
            body: SentBody::Json(body.replace("\\u001b", "\u{1b}")),
            code: Some("form_param_\u{202e}invalid".into()),
            took: Duration::from_millis(12_345),
            ..sent(3, "PATCH", "/users/user_2NNEqL2nrIRdJ194ndJqAHwEfxC/metadata", Some(422))
        },
        sent(4, "POST", "/users/user_2NNEqL2nrIRdJ194ndJqAHwEfxC/ban", Some(200)),
    ]
}
