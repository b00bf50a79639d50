//! What a person is identified by. Addresses are at names that are reserved for examples, numbers in ranges that are
//! reserved for fiction: nobody's.

use super::{
    names::{Name, plain},
    random::Random,
    time,
};
use crate::clerk::model::{
    EmailAddress, ExternalAccount, IdentificationLink, Object, Passkey, PhoneNumber, Timestamp, Verification,
    VerificationStatus, Web3Wallet,
};

/// What one person is identified by, the primary one of each kind first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Identifications {
    pub(super) emails: Vec<EmailAddress>,
    pub(super) phones: Vec<PhoneNumber>,
    pub(super) wallets: Vec<Web3Wallet>,
    pub(super) username: Option<String>,
    pub(super) accounts: Vec<ExternalAccount>,
    pub(super) passkeys: Vec<Passkey>,
}

const DOMAINS: &[&str] = &[
    "example.com",
    "example.com",
    "example.org",
    "example.net",
    "mail.example",
    "post.example",
    "inbox.example",
    "analytical.example",
    "university.example",
    "studio.example",
    "sculpt.example",
    "hospital.example",
    "acme.example",
];
const PROVIDERS: &[&str] = &[
    "google",
    "google",
    "google",
    "google",
    "github",
    "github",
    "apple",
    "microsoft",
    "discord",
    "facebook",
    "linkedin",
    "slack",
];
const WORDS: &[&str] =
    &["adaptive", "brave", "calm", "deep", "eager", "fuzzy", "gentle", "happy", "keen", "lunar", "nimble", "quiet"];
const ANIMALS: &[&str] =
    &["lemur", "otter", "heron", "badger", "lynx", "panda", "raven", "tapir", "newt", "ibis", "wombat", "yak"];
const DEVICES: &[&str] =
    &["Chrome on Linux", "Safari on iPhone", "iCloud Keychain", "Windows Hello", "YubiKey 5C", "Chrome on Android"];

/// How a person signs in: most by email, some by phone, username or wallet alone.
pub(super) fn of(random: &mut Random, name: &Name, number: u32, created_at: Timestamp) -> Identifications {
    let mut all = Identifications::default();
    let handle = handle(random, name, number);
    match random.below(100) {
        0..4 => all.phones.push(phone(random, number, 0, created_at)),
        4..6 => all.username = Some(handle.clone()),
        6..9 => all.wallets.push(wallet(random, created_at)),
        _ => all.emails = emails(random, &handle, number, created_at),
    }
    if !all.emails.is_empty() {
        add_accounts(random, &mut all, name, created_at);
        if random.chance(22) {
            let count = if random.chance(10) { 2 } else { 1 };
            all.phones = (0..count).map(|place| phone(random, number, place, created_at)).collect();
        }
        all.username = random.chance(40).then_some(handle);
        if random.chance(3) {
            all.wallets.push(wallet(random, created_at));
        }
    }
    let passkeys = if random.chance(8) { random.between(1, 3) } else { 0 };
    all.passkeys = (0..passkeys).map(|_| passkey(random, created_at)).collect();
    all
}

/// Unique by its number, which only the few who share a name would need; real ones look so as well.
fn handle(random: &mut Random, name: &Name, number: u32) -> String {
    let part = |text: &Option<String>| text.as_deref().map(plain).unwrap_or_default();
    let (first, last) = (part(&name.first), part(&name.last));
    let short = |text: String| text.chars().take(24).collect::<String>();
    let base = match (first.is_empty(), last.is_empty()) {
        (false, false) if random.chance(60) => short(format!("{first}.{last}")),
        (false, false) => short(format!("{first}{last}")),
        (false, true) => short(first),
        (true, false) => short(last),
        (true, true) => format!("{}_{}", random.pick(WORDS), random.pick(ANIMALS)),
    };
    format!("{base}{number}")
}

fn verified(object: &str, strategy: &str) -> Verification {
    Verification {
        object: object.to_owned(),
        status: VerificationStatus::Verified,
        strategy: strategy.to_owned(),
        ..Verification::default()
    }
}

fn emails(random: &mut Random, handle: &str, number: u32, created_at: Timestamp) -> Vec<EmailAddress> {
    let count = if random.chance(14) { random.between(2, 4) } else { 1 };
    let email = |place: u64| {
        let user = if place == 0 { handle.to_owned() } else { format!("{}+{place}.{number}", random.pick(ANIMALS)) };
        let unverified = place > 0 && random.chance(40) || place == 0 && random.chance(2);
        let code = Verification {
            attempts: Some(i64::from(!unverified)),
            expire_at: Some(created_at.plus(time::days(1))),
            status: if unverified { VerificationStatus::Unverified } else { VerificationStatus::Verified },
            ..verified("verification_otp", "email_code")
        };
        EmailAddress {
            id: Some(random.id("idn")),
            object: Object::default(),
            email_address: format!("{user}@{}", random.pick(DOMAINS)),
            verification: Some(if !unverified && random.chance(15) {
                verified("verification_admin", "admin")
            } else {
                code
            }),
            matches_sso_connection: Some(false),
            created_at,
            updated_at: created_at,
            ..EmailAddress::default()
        }
    };
    (0..count).map(email).collect()
}

/// Numbers that no exchange gives out.
fn phone(random: &mut Random, number: u32, place: u32, created_at: Timestamp) -> PhoneNumber {
    const RANGES: &[(&str, usize)] =
        &[("+1202555", 4), ("+44790090", 4), ("+4930231", 5), ("+3363998", 4), ("+61491570", 3), ("+81312", 6)];
    let (prefix, digits) = random.pick(RANGES);
    let tail = (u64::from(number) * 2 + u64::from(place)) * 7_919 % 10_u64.pow(u32::try_from(*digits).unwrap_or(4));
    let second_factor = random.chance(20);
    PhoneNumber {
        id: Some(random.id("idn")),
        object: Object::default(),
        phone_number: format!("{prefix}{tail:0digits$}"),
        reserved_for_second_factor: second_factor,
        default_second_factor: second_factor && place == 0,
        verification: Some(Verification {
            attempts: Some(1),
            expire_at: Some(created_at.plus(time::days(1))),
            channel: Some("sms".to_owned()),
            ..verified("verification_otp", "phone_code")
        }),
        created_at,
        updated_at: created_at,
        ..PhoneNumber::default()
    }
}

fn wallet(random: &mut Random, created_at: Timestamp) -> Web3Wallet {
    let address: String = (0..40).map(|_| char::from(*random.pick(b"0123456789abcdef"))).collect();
    Web3Wallet {
        id: Some(random.id("idn")),
        object: Object::default(),
        web3_wallet: format!("0x{address}"),
        verification: Some(Verification {
            nonce: Some(random.text("", 16)),
            attempts: Some(1),
            expire_at: Some(created_at.plus(time::days(1))),
            ..verified("verification_web3", "web3_metamask_signature")
        }),
        created_at,
        updated_at: created_at,
    }
}

fn passkey(random: &mut Random, created_at: Timestamp) -> Passkey {
    Passkey {
        id: Some(random.id("idn")),
        object: Object::default(),
        name: (*random.pick(DEVICES)).to_owned(),
        last_used_at: created_at,
        verification: Some(Verification {
            nonce: Some("nonce".to_owned()),
            ..verified("verification_passkey", "passkey")
        }),
    }
}

/// What each provider is asked for, as Clerk does unless it is told otherwise.
fn scopes(provider: &str) -> &'static str {
    match provider {
        "oauth_github" => "read:user user:email",
        "oauth_discord" => "email identify",
        "oauth_facebook" => "email public_profile",
        "oauth_apple" => "email name",
        "oauth_microsoft" => "email openid profile User.Read",
        _ => "email openid profile",
    }
}

/// Accounts elsewhere, each linked to the email address that it shares.
fn add_accounts(random: &mut Random, all: &mut Identifications, name: &Name, created_at: Timestamp) {
    let count = match random.below(100) {
        0..55 => 0,
        55..92 => 1,
        _ => 2,
    };
    for _ in 0..count {
        let provider = format!("oauth_{}", random.pick(PROVIDERS));
        if all.accounts.iter().any(|account| account.provider == provider) {
            continue;
        }
        let identification = random.id("idn");
        let Some(email) = all.emails.first_mut() else { return };
        email.linked_to.push(IdentificationLink { kind: provider.clone(), id: Some(identification.clone()) });
        let eac = random.id("eac");
        // As the live API does for these two: the id is the identification's, and another field has the account's.
        let object = match provider.as_str() {
            "oauth_google" => "google_account",
            "oauth_facebook" => "facebook_account",
            _ => "external_account",
        };
        let renamed = object != "external_account";
        all.accounts.push(ExternalAccount {
            object: object.to_owned(),
            id: if renamed { identification.clone() } else { eac.clone() },
            external_account_id: renamed.then_some(eac),
            identification_id: identification,
            provider_user_id: format!("{}", 100_000_000_000_000_000_000_u128 + u128::from(random.below(u64::MAX))),
            approved_scopes: scopes(&provider).to_owned(),
            email_address: email.email_address.clone(),
            email_address_verified: Some(true),
            first_name: name.first.clone().unwrap_or_default(),
            last_name: name.last.clone().unwrap_or_default(),
            image_url: Some(random.text("https://img.clerk.com/", 24)),
            avatar_url: Some("https://example.com/avatar.png".to_owned()),
            created_at,
            updated_at: created_at,
            verification: Some(Verification {
                expire_at: Some(created_at.plus(time::days(1))),
                ..verified("verification_oauth", &provider)
            }),
            provider,
            ..ExternalAccount::default()
        });
    }
}
