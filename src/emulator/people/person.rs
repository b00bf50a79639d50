//! One person.

use super::{
    Day, hostile,
    identifications::{self, Identifications},
    names::{Name, Names},
    random::Random,
    time,
};
use crate::{
    clerk::model::{EnterpriseAccount, Metadata, Object, Timestamp, User, UserId, Verification, VerificationStatus},
    emulator::inferred::ATTEMPTS,
};
use serde_json::json;
use std::time::Duration;

/// A person, and until when they are locked out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Person {
    pub(super) user: User,
    pub(super) lock_ends_at: Option<Timestamp>,
}

/// Makes the people of one seed.
#[derive(Debug)]
pub(super) struct Maker<'a> {
    seed: u64,
    count: u32,
    today: Day,
    names: &'a Names,
}

impl<'a> Maker<'a> {
    pub(super) fn new(seed: u64, count: u32, today: Day, names: &'a Names) -> Self {
        Self { seed, count, today, names }
    }

    /// The person who signed up as this one, counted from 0.
    pub(super) fn person(&self, number: u32) -> Person {
        let mut random = Random::of(self.seed, "user", u64::from(number));
        let id = UserId::from(random.id("user"));
        let mut name = self.names.name(&mut random);
        if let Some((first, last)) = hostile::name_of(number) {
            name = Name { first: Some(first), last: Some(last), ..name };
        }
        // How many numbers that takes depends on the day of the week: they are its own, so that nothing else does.
        let mut joining = Random::of(self.seed, "joined", u64::from(number));
        let created_at = time::joined(&mut joining, number, self.count, self.today);
        let identifications = identifications::of(&mut random, &name, number, created_at);
        let mut user = User { id, created_at, ..named(&mut random, &name) };
        identify(&mut user, identifications);
        self.date(&mut random, &mut user);
        employ(self.seed, number, &mut user);
        secure(&mut random, &mut user);
        describe(&mut random, &mut user, number);
        let lock_ends_at = self.stand(&mut random, &mut user);
        Person { user, lock_ends_at }
    }

    /// When they were last seen. Some never came back after signing up, a few never came at all.
    fn date(&self, random: &mut Random, user: &mut User) {
        let (created_at, end) = (user.created_at, self.today.start());
        let seen = match random.below(100) {
            0..4 => None,
            4..16 => Some(created_at),
            16..46 => Some(time::between(random, end.minus(time::days(1)), end).max(created_at)),
            _ => Some(time::lately(random, created_at, end)),
        };
        user.last_sign_in_at = seen.map(|seen| time::lately(random, created_at, seen));
        user.last_active_at = seen.map(|seen| Day::of(seen).start());
        if random.chance(12) && seen.is_some() {
            user.last_active_at = Some(end);
        }
        user.updated_at = time::lately(random, created_at, seen.unwrap_or(created_at));
        user.legal_accepted_at = random.chance(80).then_some(created_at);
    }

    /// A few are banned, a few locked out: for an hour of today, or for long.
    fn stand(&self, random: &mut Random, user: &mut User) -> Option<Timestamp> {
        user.banned = random.per_mille(20);
        let locked = random.per_mille(15);
        let lasts = if random.chance(60) { random.between(25, 60) } else { random.between(60, 24 * 60) };
        user.verification_attempts_remaining = Some(if locked { 0 } else { ATTEMPTS });
        // From tonight on, as it is not known here what time of the day it is.
        locked.then(|| self.today.start().plus(time::days(1) + Duration::from_secs(60 * lasts)))
    }
}

fn named(random: &mut Random, name: &Name) -> User {
    let image = random.text("https://img.clerk.com/", 24);
    User {
        first_name: name.first.clone(),
        last_name: name.last.clone(),
        locale: (name.language.contains('-') && random.chance(70)).then(|| name.language.to_owned()),
        image_url: Some(image.clone()),
        profile_image_url: Some(image),
        has_image: random.chance(40),
        private_metadata: Some(Metadata::new()),
        delete_self_enabled: !random.chance(8),
        create_organization_enabled: !random.chance(10),
        create_organizations_limit: random.chance(7).then(|| random.below(6).cast_signed()),
        ..User::default()
    }
}

fn identify(user: &mut User, identifications: Identifications) {
    user.primary_email_address_id = identifications.emails.first().and_then(|email| email.id.clone());
    user.primary_phone_number_id = identifications.phones.first().and_then(|phone| phone.id.clone());
    user.primary_web3_wallet_id = identifications.wallets.first().and_then(|wallet| wallet.id.clone());
    user.username = identifications.username;
    user.email_addresses = identifications.emails;
    user.phone_numbers = identifications.phones;
    user.web3_wallets = identifications.wallets;
    user.external_accounts = identifications.accounts;
    user.passkeys = identifications.passkeys;
}

/// Whoever has an address at work signs in through it, and with the passkey that they have when they do not.
fn employ(seed: u64, number: u32, user: &mut User) {
    const DOMAIN: &str = "@acme.example";
    let last_sign_in_at = user.last_sign_in_at;
    for passkey in user.passkeys.iter_mut().take(1) {
        passkey.last_used_at = last_sign_in_at.unwrap_or(passkey.last_used_at);
    }
    let Some(email) = user.email_addresses.first().filter(|email| email.email_address.ends_with(DOMAIN)) else {
        return;
    };
    // Numbers of its own, so that everybody else stays as they are.
    let mut random = Random::of(seed, "enterprise_account", u64::from(number));
    user.enterprise_accounts.push(EnterpriseAccount {
        object: Object::default(),
        id: random.id("entacc"),
        protocol: Some("saml".to_owned()),
        provider: "saml_okta".to_owned(),
        active: true,
        email_address: email.email_address.clone(),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        provider_user_id: Some(random.text("00u", 17)),
        last_authenticated_at: last_sign_in_at,
        verification: Some(Verification {
            object: "verification_saml".to_owned(),
            status: VerificationStatus::Verified,
            strategy: "saml".to_owned(),
            ..Verification::default()
        }),
        ..EnterpriseAccount::default()
    });
}

/// Passwords and second factors.
fn secure(random: &mut Random, user: &mut User) {
    user.password_enabled = random.chance(if user.external_accounts.is_empty() { 85 } else { 30 });
    user.password_last_updated_at =
        user.password_enabled.then(|| time::between(random, user.created_at, user.updated_at));
    user.totp_enabled = random.chance(9);
    let by_phone = user.phone_numbers.iter().any(|phone| phone.reserved_for_second_factor);
    user.two_factor_enabled = user.totp_enabled || by_phone;
    user.backup_code_enabled = user.two_factor_enabled && random.chance(70);
    user.mfa_enabled_at = user.two_factor_enabled.then(|| time::between(random, user.created_at, user.updated_at));
    user.mfa_disabled_at =
        (!user.two_factor_enabled && random.chance(2)).then(|| time::between(random, user.created_at, user.updated_at));
}

/// What an application keeps about its users.
fn describe(random: &mut Random, user: &mut User, number: u32) {
    const PLANS: &[&str] = &["free", "free", "free", "starter", "pro", "pro", "enterprise"];
    const SOURCES: &[&str] = &["search", "friend", "conference", "advertisement", "podcast"];
    const THEMES: &[&str] = &["dark", "light", "system"];
    user.external_id = random.chance(30).then(|| format!("crm_{}", 80_000 + u64::from(number)));
    if random.chance(55) {
        user.public_metadata.insert("plan".to_owned(), json!(random.pick(PLANS)));
    }
    if random.chance(12) {
        user.public_metadata.insert("seats".to_owned(), json!(random.between(1, 40)));
    }
    if random.chance(35) {
        let mut bag = Metadata::new();
        bag.insert("stripe_customer".to_owned(), json!(random.text("cus_", 14)));
        bag.insert("risk".to_owned(), json!({ "score": random.below(100), "signals": [random.pick(SOURCES)] }));
        user.private_metadata = Some(bag);
    }
    if random.chance(25) {
        user.unsafe_metadata.insert("theme".to_owned(), json!(random.pick(THEMES)));
        user.unsafe_metadata.insert("heard_of_us".to_owned(), json!(random.pick(SOURCES)));
    }
}
