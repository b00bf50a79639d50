//! The user that a row makes.

use super::{
    Fault, Mapping, Part, Source,
    values::{self, FlagOrMoment},
};
use crate::{
    cells,
    clerk::{
        model::{Metadata, Timestamp, User},
        users::{CreateUser, IdentificationStatus, NewIdentification, NewPassword, PasswordHasher},
    },
};
use secrecy::SecretString;
use serde_json::{Map, Value};

/// The user that a row makes.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What is sent.
    pub user: CreateUser,
}

impl Draft {
    /// Reads a row at `now`; none where it is of nobody who is to be created, such as a user who was deleted there.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn read(fields: &Map<String, Value>, mapping: &Mapping, now: Timestamp) -> Result<Option<Self>, Vec<Fault>> {
        let mut reading = Reading::new(mapping, now);
        if is_user(fields) {
            reading.take_user(fields);
        }
        for (column, value) in fields {
            if let Some(part) = mapping.part_of(column)
                && (!reading.is_told_by_clerk || is_secret(part))
            {
                reading.take(part, column, value);
            }
        }
        reading.end(fields)
    }

    /// Who that is, for the record: a name, and what they sign in by.
    #[must_use]
    pub fn identifier(&self) -> Option<&str> {
        let CreateUser { email_addresses, phone_numbers, username, web3_wallets, .. } = &self.user;
        email_addresses
            .first()
            .or(phone_numbers.first())
            .map(|identification| identification.value.as_str())
            .or(username.as_deref())
            .or(web3_wallets.first().map(String::as_str))
    }

    /// First and last name.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let names: Vec<&str> =
            [&self.user.first_name, &self.user.last_name].into_iter().flatten().map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }
}

/// Whether a row is a user as Clerk's API tells it.
fn is_user(fields: &Map<String, Value>) -> bool {
    let has_objects = |name: &str| {
        let list = fields.get(name).and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(Value::is_object))
    };
    fields.get("object").and_then(Value::as_str) == Some("user")
        || has_objects("email_addresses")
        || has_objects("phone_numbers")
}

/// What Clerk's API tells nobody, and a file can have all the same.
fn is_secret(part: Part) -> bool {
    matches!(part, Part::Password | Part::PasswordDigest | Part::PasswordHasher | Part::TotpSecret | Part::BackupCodes)
}

/// A row on its way to a user.
struct Reading<'a> {
    mapping: &'a Mapping,
    now: Timestamp,
    user: CreateUser,
    is_told_by_clerk: bool,
    is_absent: bool,
    id: Option<String>,
    name: Option<String>,
    emails: Identifications,
    phones: Identifications,
    plain: Option<(String, SecretString)>,
    digest: Option<(String, String)>,
    hasher: Option<PasswordHasher>,
    salt: Option<String>,
    faults: Vec<Fault>,
}

/// Email addresses, or phone numbers.
#[derive(Default)]
struct Identifications {
    primary: Option<String>,
    is_verified: Option<bool>,
    verified: Vec<String>,
    unverified: Vec<String>,
}

impl<'a> Reading<'a> {
    fn new(mapping: &'a Mapping, now: Timestamp) -> Self {
        Self {
            mapping,
            now,
            user: CreateUser::default(),
            is_told_by_clerk: false,
            is_absent: false,
            id: None,
            name: None,
            emails: Identifications::default(),
            phones: Identifications::default(),
            plain: None,
            digest: None,
            hasher: None,
            salt: None,
            faults: Vec::new(),
        }
    }

    fn take_user(&mut self, fields: &Map<String, Value>) {
        match serde_json::from_value::<User>(Value::Object(fields.clone())) {
            Ok(user) => {
                self.user = CreateUser::anew(&user, user.locked);
                self.is_told_by_clerk = true;
            }
            Err(error) => self.faults.push(Fault::of_row(format!("it is no user as Clerk tells it: {error}"))),
        }
    }

    fn take(&mut self, part: Part, column: &str, value: &Value) {
        if values::text(value).is_none() && !value.is_array() && !value.is_object() {
            return;
        }
        match part {
            Part::EmailAddress
            | Part::VerifiedEmailAddresses
            | Part::UnverifiedEmailAddresses
            | Part::EmailVerified => {
                self.take_email(part, column, value);
            }
            Part::PhoneNumber | Part::VerifiedPhoneNumbers | Part::UnverifiedPhoneNumbers | Part::PhoneVerified => {
                self.take_phone(part, column, value);
            }
            Part::Password
            | Part::PasswordDigest
            | Part::PasswordHasher
            | Part::PasswordSalt
            | Part::TotpSecret
            | Part::BackupCodes => self.take_secret(part, column, value),
            _ => self.take_other(part, column, value),
        }
    }

    fn take_email(&mut self, part: Part, column: &str, value: &Value) {
        if part == Part::EmailVerified {
            self.emails.is_verified = self.read(column, since(value));
            return;
        }
        for text in listed(part == Part::EmailAddress, value) {
            if let Some(value) = self.read(column, values::email_address(&text)) {
                self.emails.take(part == Part::EmailAddress, part == Part::UnverifiedEmailAddresses, value);
            }
        }
    }

    fn take_phone(&mut self, part: Part, column: &str, value: &Value) {
        if part == Part::PhoneVerified {
            self.phones.is_verified = self.read(column, since(value));
            return;
        }
        let plus_is_left_out = self.mapping.source == Source::Supabase;
        for text in listed(part == Part::PhoneNumber, value) {
            if let Some(value) = self.read(column, values::phone_number(&text, plus_is_left_out)) {
                self.phones.take(part == Part::PhoneNumber, part == Part::UnverifiedPhoneNumbers, value);
            }
        }
    }

    fn take_secret(&mut self, part: Part, column: &str, value: &Value) {
        let text = values::text(value);
        match part {
            // A blank at its end can be part of a password.
            Part::Password => {
                let plain = value.as_str().map(str::to_owned).or(text);
                self.plain = plain.map(|plain| (column.to_owned(), plain.into()));
            }
            Part::PasswordDigest => self.digest = text.map(|digest| (column.to_owned(), digest)),
            Part::PasswordSalt => self.salt = text,
            Part::PasswordHasher => {
                let hasher = text.unwrap_or_default().to_lowercase().parse();
                self.hasher = self.read(column, hasher.map_err(|_| "Clerk knows no such hasher"));
            }
            Part::TotpSecret => self.user.totp_secret = text.map(SecretString::from),
            _ => self.user.backup_codes = values::texts(value).into_iter().map(SecretString::from).collect(),
        }
    }

    fn take_other(&mut self, part: Part, column: &str, value: &Value) {
        let text = || values::text(value).map(|text| cells::text_of(&text).to_owned());
        match part {
            Part::Id => self.id = self.id.take().or_else(text),
            Part::ExternalId => self.user.external_id = text(),
            Part::Username => self.user.username = text(),
            Part::FirstName => self.user.first_name = text(),
            Part::LastName => self.user.last_name = text(),
            Part::Name => self.name = text(),
            Part::Locale => self.user.locale = text(),
            Part::Web3Wallets => self.user.web3_wallets = values::texts(value),
            Part::PublicMetadata => self.user.metadata.public = self.read(column, values::bag(value)).flatten(),
            Part::PrivateMetadata => self.user.metadata.private = self.read(column, values::bag(value)).flatten(),
            Part::UnsafeMetadata => self.user.metadata.r#unsafe = self.read(column, values::bag(value)).flatten(),
            Part::CreatedAt => self.user.created_at = self.read(column, values::moment(value)),
            Part::LegalAcceptedAt => self.user.legal_accepted_at = self.read(column, values::moment(value)),
            Part::Banned => self.user.banned = self.read(column, until(value, self.now)).filter(|is_so| *is_so),
            Part::Locked => self.user.locked = self.read(column, values::flag(value)).filter(|is_so| *is_so),
            Part::DeleteSelfEnabled => self.user.delete_self_enabled = self.read(column, values::flag(value)),
            Part::CreateOrganizationEnabled => {
                self.user.create_organization_enabled = self.read(column, values::flag(value));
            }
            Part::CreateOrganizationsLimit => {
                self.user.create_organizations_limit = self.read(column, values::number(value));
            }
            Part::Absent => self.is_absent |= self.read(column, since(value)).unwrap_or(false),
            _ => {}
        }
    }

    /// What was read; a fault is noted.
    fn read<T>(&mut self, column: &str, read: Result<T, &'static str>) -> Option<T> {
        read.map_err(|words| self.faults.push(Fault::of(column, words))).ok()
    }

    fn end(mut self, fields: &Map<String, Value>) -> Result<Option<Draft>, Vec<Fault>> {
        if self.is_absent {
            return Ok(None);
        }
        if !self.is_told_by_clerk {
            let emails = std::mem::take(&mut self.emails);
            self.user.email_addresses = emails.end(self.mapping.tells_verified_emails());
            let phones = std::mem::take(&mut self.phones);
            self.user.phone_numbers = phones.end(self.mapping.tells_verified_phones());
            self.user.external_id = self.user.external_id.take().or(self.id.take());
            self.name_them(fields);
        }
        self.give_password();
        let user = &mut self.user;
        user.skip_password_requirement = user.password.is_none();
        // They were let in as they were.
        user.skip_legal_checks = user.legal_accepted_at.is_none();
        user.skip_user_requirement = true;
        let draft = Draft { user: std::mem::take(user) };
        if draft.identifier().is_none() && self.faults.is_empty() {
            self.faults
                .push(Fault::of_row("there is nothing to sign in by: no email address, phone number or username"));
        }
        if self.faults.is_empty() { Ok(Some(draft)) } else { Err(self.faults) }
    }

    /// First and last name, where they stand in one.
    fn name_them(&mut self, fields: &Map<String, Value>) {
        if self.user.first_name.is_some() || self.user.last_name.is_some() {
            return;
        }
        let in_metadata = || {
            // Where sign-ups with a provider put it.
            let bag = fields.get("raw_user_meta_data").and_then(|bag| values::bag(bag).ok().flatten());
            bag.as_ref()
                .and_then(|bag: &Metadata| ["full_name", "name"].iter().find_map(|name| values::text(bag.get(*name)?)))
        };
        let name = self.name.take().or_else(in_metadata);
        // Auth0 calls who has given no name by their address.
        let Some(name) = name.filter(|name| !name.contains('@')) else { return };
        let (first, last) = name.split_once(char::is_whitespace).unwrap_or((&name, ""));
        self.user.first_name = Some(first.to_owned());
        self.user.last_name = Some(last.trim().to_owned()).filter(|last| !last.is_empty());
    }

    fn give_password(&mut self) {
        let hasher = self.hasher.take().or_else(|| self.mapping.source.hasher());
        match (self.plain.take(), self.digest.take()) {
            (None, None) => {}
            (Some((_, password)), None) => {
                self.user.password = Some(NewPassword::Plain { password, skip_checks: true });
            }
            (Some((column, _)), Some(_)) => {
                self.faults.push(Fault::of(&column, "there is a password in the clear and a digest of one"));
            }
            (None, Some((column, digest))) => match self.digest_to_send(digest, hasher) {
                Ok(password) => self.user.password = Some(password),
                Err(words) => self.faults.push(Fault::of(&column, words)),
            },
        }
    }

    fn digest_to_send(&self, digest: String, hasher: Option<PasswordHasher>) -> Result<NewPassword, String> {
        let hasher = hasher.ok_or("nothing says how this digest was made: a column password_hasher has to")?;
        if hasher == PasswordHasher::Bcrypt && !(digest.len() == 60 && digest.starts_with("$2")) {
            return Err("this is no digest of bcrypt".to_owned());
        }
        if self.mapping.source != Source::Firebase || hasher != PasswordHasher::ScryptFirebase {
            return Ok(NewPassword::Digest { digest: digest.into(), hasher });
        }
        let salt = self.salt.as_deref().ok_or("this digest has no salt beside it")?;
        let parameters = self.mapping.firebase.as_ref().ok_or(
            "this digest needs the project's hash parameters: --firebase-hash FILE, or --map passwordHash=ignored",
        )?;
        Ok(NewPassword::Digest { digest: parameters.digest(&digest, salt), hasher })
    }
}

impl Identifications {
    fn take(&mut self, is_primary: bool, is_unverified: bool, found: String) {
        if is_primary && self.primary.is_none() {
            self.primary = Some(found);
        } else if is_unverified {
            self.unverified.push(found);
        } else {
            self.verified.push(found);
        }
    }

    /// The primary one first; each once. `tells` is whether the file says which are verified.
    fn end(self, tells: bool) -> Vec<NewIdentification> {
        let Self { primary, is_verified, verified, unverified } = self;
        let is_listed = |list: &[String], value: &str| list.iter().any(|found| found.eq_ignore_ascii_case(value));
        let status = |is_verified: bool| {
            if is_verified { IdentificationStatus::Verified } else { IdentificationStatus::Reserved }
        };
        let mut all: Vec<NewIdentification> = Vec::new();
        let mut add = |value: &str, is_verified| {
            if !all.iter().any(|other| other.value.eq_ignore_ascii_case(value)) {
                all.push(NewIdentification { value: value.to_owned(), status: status(is_verified) });
            }
        };
        if let Some(primary) = &primary {
            let default = is_listed(&verified, primary) || !tells && !is_listed(&unverified, primary);
            add(primary, is_verified.unwrap_or(default));
        }
        for (list, is_verified) in [(&verified, true), (&unverified, false)] {
            for found in list {
                add(found, is_verified);
            }
        }
        all
    }
}

/// The one text, or those of a list.
fn listed(is_one: bool, value: &Value) -> Vec<String> {
    if is_one && !value.is_array() {
        values::text(value).map(|text| cells::text_of(&text).to_owned()).into_iter().collect()
    } else {
        values::texts(value)
    }
}

/// Whether it is so, or has been since some moment.
fn since(value: &Value) -> Result<bool, &'static str> {
    Ok(match values::flag_or_moment(value)? {
        FlagOrMoment::Flag(flag) => flag,
        FlagOrMoment::Moment(_) => true,
    })
}

/// Whether it is so, or will be until a moment that is to come.
fn until(value: &Value, now: Timestamp) -> Result<bool, &'static str> {
    Ok(match values::flag_or_moment(value)? {
        FlagOrMoment::Flag(flag) => flag,
        FlagOrMoment::Moment(moment) => moment > now,
    })
}

#[cfg(test)]
mod tests;
