//! Users as the model keeps them: plain values, every question answered by looking at all of them.

use super::{
    addresses::{Email, seen_email},
    operations::{Act, BAGS, Bags, Change, Given, New, Who, backdated},
    world::{Answer, Refusal, World},
};
use serde_json::{Map, Value, json};

const ATTEMPTS: i64 = 10;
const LOCK_MILLIS: i64 = 3_600_000;

#[derive(Clone, Debug, Default)]
pub struct User {
    pub id: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub username: Option<String>,
    pub external_id: Option<String>,
    pub emails: Vec<Email>,
    /// The address itself.
    pub primary: Option<String>,
    pub banned: bool,
    pub lock_ends_at: Option<i64>,
    pub attempts: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_active_at: Option<i64>,
    pub last_sign_in_at: Option<i64>,
    pub bags: [Value; 3],
    /// Phone numbers and wallets, which no operation here touches.
    pub others: Vec<String>,
    /// Whether there is something else than a username and email addresses to sign in by.
    pub other_ways_in: bool,
}

/// The keys of a user that are compared as they are.
const SAME: [&str; 13] = [
    "id",
    "first_name",
    "last_name",
    "username",
    "external_id",
    "banned",
    "locked",
    "lockout_expires_in_seconds",
    "verification_attempts_remaining",
    "created_at",
    "updated_at",
    "last_active_at",
    "last_sign_in_at",
];

/// What the model knows of a user that was answered.
pub fn seen(body: &Value) -> Value {
    let mut seen: Map<String, Value> = SAME.iter().map(|key| ((*key).to_owned(), body[*key].clone())).collect();
    seen.extend(BAGS.iter().map(|key| ((*key).to_owned(), body[*key].clone())));
    let emails = body["email_addresses"].as_array().map(Vec::as_slice).unwrap_or_default();
    let primary = emails.iter().find(|email| email["id"] == body["primary_email_address_id"]);
    // An id that is none of the user's own is shown, and so differs.
    let primary = primary.map_or(&body["primary_email_address_id"], |email| &email["email_address"]);
    seen.insert("primary".to_owned(), primary.clone());
    seen.insert("emails".to_owned(), emails.iter().map(seen_email).collect());
    Value::Object(seen)
}

fn texts(body: &Value, list: &str, key: &str) -> Vec<String> {
    let list = body[list].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|item| item[key].as_str().map(str::to_owned)).collect()
}

impl User {
    /// One of the people of the beginning.
    pub fn read(body: &Value, now: i64) -> Self {
        let text = |key: &str| body[key].as_str().map(str::to_owned);
        let seen = seen(body);
        let emails = seen["emails"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut others = texts(body, "phone_numbers", "phone_number");
        others.extend(texts(body, "web3_wallets", "web3_wallet"));
        let accounts = ["external_accounts", "saml_accounts", "enterprise_accounts"];
        let has_account = accounts.iter().any(|list| body[*list].as_array().is_some_and(|list| !list.is_empty()));
        Self {
            id: text("id").unwrap_or_default(),
            first_name: text("first_name"),
            last_name: text("last_name"),
            username: text("username"),
            external_id: text("external_id"),
            emails: emails
                .iter()
                .map(|email| Email {
                    id: email["id"].as_str().unwrap_or_default().to_owned(),
                    address: email["email_address"].as_str().unwrap_or_default().to_owned(),
                    verified: email["verified"] == true,
                    reserved: email["reserved"] == true,
                    linked: email["linked"] == true,
                })
                .collect(),
            primary: seen["primary"].as_str().map(str::to_owned),
            banned: body["banned"] == true,
            // Time passes here by whole seconds, so the end may as well be at one.
            lock_ends_at: body["lockout_expires_in_seconds"].as_i64().map(|left| now + left * 1_000),
            attempts: body["verification_attempts_remaining"].as_i64(),
            created_at: body["created_at"].as_i64().unwrap_or_default(),
            updated_at: body["updated_at"].as_i64().unwrap_or_default(),
            last_active_at: body["last_active_at"].as_i64(),
            last_sign_in_at: body["last_sign_in_at"].as_i64(),
            bags: BAGS.map(|bag| body[bag].clone()),
            other_ways_in: has_account || !others.is_empty(),
            others,
        }
    }

    /// As [`seen`] sees it at `now`.
    pub fn seen(&self, now: i64) -> Value {
        let left = self.lock_ends_at.map(|end| end - now).filter(|left| *left > 0).map(|left| (left + 999) / 1_000);
        json!({
            "id": self.id, "first_name": self.first_name, "last_name": self.last_name, "username": self.username,
            "external_id": self.external_id, "banned": self.banned, "locked": left.is_some(),
            "lockout_expires_in_seconds": left, "verification_attempts_remaining": self.attempts,
            "created_at": self.created_at, "updated_at": self.updated_at, "last_active_at": self.last_active_at,
            "last_sign_in_at": self.last_sign_in_at, "primary": self.primary,
            "emails": self.emails.iter().map(Email::seen).collect::<Vec<_>>(),
            "public_metadata": self.bags[0], "private_metadata": self.bags[1], "unsafe_metadata": self.bags[2],
        })
    }

    pub fn can_sign_in(&self) -> bool {
        self.username.is_some() || !self.emails.is_empty() || self.other_ways_in
    }
}

/// The pseudocode of RFC 7396.
fn merged(own: Value, given: &Value) -> Value {
    let Value::Object(given) = given else { return given.clone() };
    let mut merging = if let Value::Object(own) = own { own } else { Map::new() };
    for (key, value) in given {
        let before = merging.remove(key);
        if !value.is_null() {
            merging.insert(key.clone(), merged(before.unwrap_or_default(), value));
        }
    }
    Value::Object(merging)
}

pub fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn put(given: Given, place: &mut Option<String>) {
    if let Some(given) = given {
        *place = given.map(str::to_owned);
    }
}

impl World {
    /// Changes a user and answers with them, or changes nothing.
    pub fn edit(&mut self, who: Who, act: impl FnOnce(&Self, &mut User) -> Result<(), Refusal>) -> Answer {
        let place = self.place_of(who)?;
        let mut user = self.users[place].clone();
        act(self, &mut user)?;
        user.updated_at = self.now;
        self.users[place] = user;
        Ok(self.users[place].seen(self.now))
    }

    /// What is wrong with a username and an external id that `id` is to have.
    fn refused_names(
        &self,
        username: Option<&str>,
        external_id: Option<&str>,
        id: &str,
    ) -> Vec<(&'static str, &'static str)> {
        let mut errors = Vec::new();
        let others = || self.users.iter().filter(|user| user.id != id);
        if let Some(wanted) = username {
            if wanted.len() < 4 {
                errors.push(("form_username_invalid_length", "username"));
            }
            if others().any(|user| user.username.as_ref().is_some_and(|other| same(other, wanted))) {
                errors.push(("form_identifier_exists", "username"));
            }
        }
        if external_id.is_some() && others().any(|user| user.external_id.as_deref() == external_id) {
            errors.push(("form_identifier_exists", "external_id"));
        }
        errors
    }

    /// Makes a user, who has no ids yet.
    pub fn create(&mut self, new: &New) -> Answer {
        let mut errors = self.refused_names(new.username, new.external_id, "");
        let mut emails: Vec<Email> = Vec::new();
        for (address, reserved) in &new.emails {
            if emails.iter().any(|email| same(&email.address, address)) {
                errors.push(("form_identifier_exists", "email_address"));
                continue;
            }
            if self.holds_email(address, "") {
                errors.push(("form_identifier_exists", "email_address"));
            }
            let (address, id) = (address.to_lowercase(), String::new());
            emails.push(Email { id, address, verified: !reserved, reserved: *reserved, linked: false });
        }
        if emails.len() != new.emails.len() {
            errors.push(("form_param_array_length_mismatch", "email_address_identification_status"));
        }
        if emails.is_empty() && new.username.is_none() {
            errors.push(("form_data_missing", ""));
        }
        Refusal::unless_none(&errors)?;
        let user = User {
            first_name: new.first_name.map(str::to_owned),
            last_name: new.last_name.map(str::to_owned),
            username: new.username.map(str::to_owned),
            external_id: new.external_id.map(str::to_owned),
            primary: emails.first().map(|email| email.address.clone()),
            emails,
            banned: new.banned,
            lock_ends_at: new.locked.then_some(self.now + LOCK_MILLIS),
            attempts: Some(ATTEMPTS),
            created_at: new.backdated.map_or(self.now, backdated),
            updated_at: self.now,
            bags: new.bags.clone().map(|bag| bag.unwrap_or_else(|| json!({}))),
            ..User::default()
        };
        self.users.push(user);
        Ok(Value::Null)
    }

    /// Changes a user's names, primary address and, in an old version, metadata.
    pub fn update(&mut self, who: Who, change: &Change) -> Answer {
        let primary = change.primary.map(|address| self.id_of_address(address));
        self.edit(who, |world, user| {
            let username = change.username.map(|given| given.filter(|text| !text.is_empty()));
            let external_id = change.external_id.flatten();
            let mut errors = world.refused_names(username.flatten(), external_id, &user.id);
            if let Some(id) = primary {
                match user.emails.iter().find(|email| email.id == id) {
                    None => errors.push(("form_resource_not_found", "primary_email_address_id")),
                    Some(email) if email.verified => user.primary = Some(email.address.clone()),
                    Some(_) => errors.push(("form_verification_needed", "primary_email_address_id")),
                }
            }
            for (place, name) in BAGS.into_iter().enumerate() {
                match &change.bags[place] {
                    Some(bag) if change.old => user.bags[place] = bag.clone(),
                    Some(_) => errors.push(("form_param_unknown", name)),
                    None => {}
                }
            }
            Refusal::unless_none(&errors)?;
            let had_username = user.username.is_some();
            put(change.first_name, &mut user.first_name);
            put(change.last_name, &mut user.last_name);
            put(username, &mut user.username);
            put(change.external_id, &mut user.external_id);
            if had_username && !user.can_sign_in() { Err(Refusal::last_way_in()) } else { Ok(()) }
        })
    }

    pub fn metadata(&mut self, who: Who, bags: &Bags, merging: bool) -> Answer {
        self.edit(who, |_, user| {
            for (own, given) in user.bags.iter_mut().zip(bags) {
                let Some(given) = given else { continue };
                *own = if merging { merged(own.clone(), given) } else { given.clone() };
            }
            Ok(())
        })
    }

    pub fn act(&mut self, act: Act, who: Who) -> Answer {
        let (place, now) = (self.place_of(who)?, self.now);
        let user = &mut self.users[place];
        // Who is banned already, or not banned, stays as they are.
        let changes = match act {
            Act::Ban => !user.banned,
            Act::Unban => user.banned,
            Act::Lock | Act::Unlock => true,
        };
        if changes {
            user.updated_at = now;
        }
        match act {
            Act::Ban => user.banned = true,
            Act::Unban => user.banned = false,
            Act::Lock => user.lock_ends_at = Some(now + LOCK_MILLIS),
            Act::Unlock => (user.lock_ends_at, user.attempts) = (None, Some(ATTEMPTS)),
        }
        let answer = user.seen(now);
        if act == Act::Ban {
            self.revoke_all(place);
        }
        Ok(answer)
    }

    /// All or nobody; the answer has everybody once.
    pub fn bulk(&mut self, act: Act, people: &[Who]) -> Answer {
        if people.is_empty() {
            return Err(Refusal::of(&[("form_param_missing", "user_ids")]));
        }
        let mut after = self.clone();
        let mut answers: Vec<Value> = Vec::new();
        for who in people {
            let answer = after.act(act, *who)?;
            if !answers.contains(&answer) {
                answers.push(answer);
            }
        }
        *self = after;
        Ok(answers.into())
    }

    pub fn delete(&mut self, who: Who) -> Answer {
        let user = self.users.remove(self.place_of(who)?);
        self.sessions.retain(|session| session.user != user.id);
        self.memberships.retain(|membership| membership.user != user.id);
        self.gone.clone_from(&user.id);
        Ok(json!({ "object": "user", "id": user.id, "deleted": true }))
    }
}
