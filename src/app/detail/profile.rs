//! The profile tab: what is told of a user, in order. Drawing gives each fact its words.

use super::{HistoryEnding, HistoryEntry, Rows};
use crate::{
    app::person::{Known, LockEnd},
    clerk::model::{EmailAddress, ExternalAccount, PhoneNumber, Timestamp, Web3Wallet, primary_first},
};
use unicode_width::UnicodeWidthChar;

/// A row of the profile tab, or an empty one. Texts in it are as they came, unsafe to print.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileFact<'a> {
    /// Nothing: air between groups.
    Gap,
    /// A line of the private note.
    Note {
        /// The line.
        line: &'a str,
        /// Whether it is the first, and so carries the label.
        first: bool,
    },
    /// An email address.
    Email {
        /// The address.
        email: &'a EmailAddress,
        /// Whether it is the primary one.
        primary: bool,
        /// Whether it is the first, and so carries the label.
        first: bool,
    },
    /// A phone number.
    Phone {
        /// The number.
        phone: &'a PhoneNumber,
        /// Whether it is the primary one.
        primary: bool,
        /// Whether it is the first, and so carries the label.
        first: bool,
    },
    /// A web3 wallet.
    Wallet {
        /// The wallet.
        wallet: &'a Web3Wallet,
        /// Whether it is the primary one.
        primary: bool,
        /// Whether it is the first, and so carries the label.
        first: bool,
    },
    /// The username.
    Username(&'a str),
    /// The id in the application's own records.
    ExternalId(&'a str),
    /// The language.
    Locale(&'a str),
    /// When the user signed up.
    Joined(Timestamp),
    /// When the user last signed in.
    SignedIn(Option<Timestamp>),
    /// When the user was last active.
    Active(Option<Timestamp>),
    /// Whether the user is banned.
    Ban(bool),
    /// Whether the user is locked, and how many attempts are left where lockout is on.
    Lock {
        /// When the lock ends; none when there is none.
        end: Option<LockEnd>,
        /// Attempts left before a lock.
        attempts: Option<i64>,
    },
    /// Whether there is a password, and since when.
    Password {
        /// Whether there is one.
        enabled: bool,
        /// When it was last set.
        updated_at: Option<Timestamp>,
        /// Whether a new one is asked for at the next sign-in.
        reset: bool,
    },
    /// The second factors.
    SecondFactors(Vec<SecondFactor>),
    /// How many passkeys there are.
    Passkeys(usize),
    /// The connected accounts.
    Connected(&'a [ExternalAccount]),
    /// How many enterprise accounts there are.
    Enterprise(usize),
    /// What the user may do.
    Allowed {
        /// Delete the account.
        delete_self: bool,
        /// Make organizations.
        create_organizations: bool,
        /// How many of them; 0 means no limit, none the instance's.
        limit: Option<i64>,
    },
    /// When the legal terms were accepted.
    Terms(Option<Timestamp>),
    /// What lazyclerk did to the user last.
    Done {
        /// What.
        entry: &'a HistoryEntry,
        /// Whether it is the first, and so carries the label.
        first: bool,
    },
    /// What lazyclerk did to the user cannot be told.
    DoneUnknown,
    /// A directory manages the user, or has removed them.
    Directory {
        /// It has removed them.
        removed: bool,
    },
}

/// A second factor that a user has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display)]
pub enum SecondFactor {
    /// An authenticator app.
    #[strum(serialize = "TOTP")]
    Totp,
    /// A code by SMS.
    #[strum(serialize = "SMS")]
    Sms,
    /// Backup codes.
    #[strum(serialize = "backup codes")]
    BackupCodes,
}

/// Columns of a line of a note: as many as the narrowest detail has beside the labels.
const NOTE: usize = 32;

/// A note in lines, broken at blanks where there are any, and the air below it.
fn note_lines(note: &str) -> Vec<ProfileFact<'_>> {
    let mut lines = Vec::new();
    let mut rest = note.trim();
    while !rest.is_empty() {
        let mut width = 0;
        let end = rest.char_indices().find(|(_, char)| {
            width += char.width().unwrap_or(1);
            width > NOTE
        });
        let end = end.map_or(rest.len(), |(index, _)| index);
        let blank = if end < rest.len() { rest[..end].rfind(' ').filter(|index| *index > 0) } else { None };
        let (line, more) = rest.split_at(blank.unwrap_or(end));
        lines.push(ProfileFact::Note { line, first: lines.is_empty() });
        rest = more.trim_start();
    }
    if !lines.is_empty() {
        lines.push(ProfileFact::Gap);
    }
    lines
}

/// So many of the latest changes are told.
const DONE: usize = 2;

/// What is told of `user` at `now`, a row each: above all the private note on them, and what the record of changes has of
/// them, if it has been read.
#[must_use]
pub fn profile_facts<'a>(
    user: &'a Known,
    note: Option<&'a str>,
    history: Option<&'a Rows<HistoryEntry>>,
    now: Timestamp,
) -> Vec<ProfileFact<'a>> {
    let mut facts = note_lines(note.unwrap_or_default());
    facts.extend(identifications(user));
    facts.push(ProfileFact::Gap);
    facts.push(ProfileFact::Joined(user.created_at));
    facts.push(ProfileFact::SignedIn(user.last_sign_in_at));
    facts.push(ProfileFact::Active(user.last_active_at));
    facts.push(ProfileFact::Gap);
    facts.push(ProfileFact::Ban(user.banned));
    facts.push(ProfileFact::Lock { end: user.lock(now), attempts: user.verification_attempts_remaining });
    facts.push(ProfileFact::Password {
        enabled: user.password_enabled,
        updated_at: user.password_last_updated_at,
        reset: user.requires_password_reset == Some(true),
    });
    facts.push(ProfileFact::SecondFactors(second_factors(user)));
    if !user.passkeys.is_empty() {
        facts.push(ProfileFact::Passkeys(user.passkeys.len()));
    }
    if !user.external_accounts.is_empty() {
        facts.push(ProfileFact::Connected(&user.external_accounts));
    }
    if !user.enterprise_accounts.is_empty() {
        facts.push(ProfileFact::Enterprise(user.enterprise_accounts.len()));
    }
    facts.push(ProfileFact::Gap);
    facts.push(ProfileFact::Allowed {
        delete_self: user.delete_self_enabled,
        create_organizations: user.create_organization_enabled,
        limit: user.create_organizations_limit,
    });
    facts.push(ProfileFact::Terms(user.legal_accepted_at));
    if user.deprovisioned == Some(true) || user.scim.is_some() {
        facts.push(ProfileFact::Directory { removed: user.deprovisioned == Some(true) });
    }
    facts.extend(history.into_iter().flat_map(done_here));
    facts
}

/// The latest changes that were made, below air.
fn done_here(history: &Rows<HistoryEntry>) -> Vec<ProfileFact<'_>> {
    if history.loaded().is_empty() && history.failure().is_some() {
        return vec![ProfileFact::Gap, ProfileFact::DoneUnknown];
    }
    let done = history.loaded().iter().filter(|entry| entry.ending == HistoryEnding::Done).take(DONE);
    let facts = done.enumerate().map(|(index, entry)| ProfileFact::Done { entry, first: index == 0 });
    let facts: Vec<_> = facts.collect();
    if facts.is_empty() { facts } else { std::iter::once(ProfileFact::Gap).chain(facts).collect() }
}

fn identifications(user: &Known) -> Vec<ProfileFact<'_>> {
    let is = |id: &Option<String>, primary: &Option<String>| id.is_some() && id == primary;
    let mut emails: Vec<_> = user.email_addresses.iter().collect();
    primary_first(&mut emails, |email| is(&email.id, &user.primary_email_address_id));
    let mut phones: Vec<_> = user.phone_numbers.iter().collect();
    primary_first(&mut phones, |phone| is(&phone.id, &user.primary_phone_number_id));
    let mut wallets: Vec<_> = user.web3_wallets.iter().collect();
    primary_first(&mut wallets, |wallet| is(&wallet.id, &user.primary_web3_wallet_id));

    let emails = emails.into_iter().enumerate().map(|(index, email)| ProfileFact::Email {
        email,
        primary: is(&email.id, &user.primary_email_address_id),
        first: index == 0,
    });
    let phones = phones.into_iter().enumerate().map(|(index, phone)| ProfileFact::Phone {
        phone,
        primary: is(&phone.id, &user.primary_phone_number_id),
        first: index == 0,
    });
    let wallets = wallets.into_iter().enumerate().map(|(index, wallet)| ProfileFact::Wallet {
        wallet,
        primary: is(&wallet.id, &user.primary_web3_wallet_id),
        first: index == 0,
    });
    let texts = [
        user.username.as_deref().map(ProfileFact::Username),
        user.external_id.as_deref().map(ProfileFact::ExternalId),
        user.locale.as_deref().map(ProfileFact::Locale),
    ];
    emails.chain(phones).chain(wallets).chain(texts.into_iter().flatten()).collect()
}

fn second_factors(user: &Known) -> Vec<SecondFactor> {
    let sms = user.phone_numbers.iter().any(|phone| phone.reserved_for_second_factor);
    let factors = [
        (user.totp_enabled, SecondFactor::Totp),
        (sms, SecondFactor::Sms),
        (user.backup_code_enabled, SecondFactor::BackupCodes),
    ];
    factors.into_iter().filter(|(has, _)| *has).map(|(_, factor)| factor).collect()
}
