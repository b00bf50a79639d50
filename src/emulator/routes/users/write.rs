//! Creating and updating users.

use super::{
    super::{Outcome, answer, ask},
    edited,
    metadata::Bags,
    profile::Profile,
};
use crate::{
    clerk::model::{Metadata, Timestamp, User, UserId, Web3Wallet},
    emulator::{
        error::ApiError,
        fields::{Fields, Given},
        fresh,
        gate::ApiVersion,
        identifications::{can_sign_in, email, is_taken, phone, verification},
        inferred,
        people::random::Random,
        rules,
        server::AppState,
        store::{Secrets, Store, folded},
    },
};
use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    routing::{patch, post},
};
use std::time::Duration;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/users", post(async |state, trace, body| answer(trace, create(state, body).await))).route(
        "/users/{id}",
        patch(async |state, trace, id, version, body| answer(trace, update(state, id, version, body).await)),
    )
}

/// The identifiers of a new user: value, and whether it is reserved rather than verified.
struct Identifiers {
    emails: Vec<(String, bool)>,
    phones: Vec<(String, bool)>,
    wallets: Vec<(String, bool)>,
}

type Rule = fn(&str, &str) -> Result<String, ApiError>;

impl Identifiers {
    fn read(body: &mut Fields) -> Self {
        let mut read = |name: &str, rule: Rule| {
            let mut values: Vec<String> = Vec::new();
            for text in body.texts(name).unwrap_or_default() {
                match rule(name, &text) {
                    Ok(value) if values.iter().any(|other| folded(other) == folded(&value)) => {
                        body.refuse(ApiError::identifier_exists(name));
                    }
                    Ok(value) => values.push(value),
                    Err(error) => body.refuse(error),
                }
            }
            let statuses = format!("{name}_identification_status");
            let given = if name == "web3_wallet" { None } else { body.texts(&statuses) }.unwrap_or_default();
            for status in given.iter().filter(|status| !["verified", "reserved"].contains(&status.as_str())) {
                body.refuse(ApiError::value_invalid(&statuses, status));
            }
            if !given.is_empty() && given.len() != values.len() {
                body.refuse(ApiError::length_mismatch(&statuses, name));
            }
            let reserved = |place: usize| given.get(place).is_some_and(|status| status == "reserved");
            values.into_iter().enumerate().map(|(place, value)| (value, reserved(place))).collect()
        };
        Self {
            emails: read("email_address", rules::email),
            phones: read("phone_number", rules::phone),
            wallets: read("web3_wallet", rules::wallet),
        }
    }

    fn is_empty(&self) -> bool {
        self.emails.is_empty() && self.phones.is_empty() && self.wallets.is_empty()
    }

    fn check_taken(&self, store: &Store, body: &mut Fields) -> Result<(), ApiError> {
        let all = [("email_address", &self.emails), ("phone_number", &self.phones), ("web3_wallet", &self.wallets)];
        for (kind, values) in all {
            for (value, _) in values {
                if is_taken(store, kind, value, "")? {
                    body.refuse(ApiError::identifier_exists(kind));
                }
            }
        }
        Ok(())
    }

    /// Gives them to a user; the first of each kind comes first.
    fn apply(self, user: &mut User, now: Timestamp) {
        let (emails, phones) = (self.emails.into_iter(), self.phones.into_iter());
        user.email_addresses = emails.map(|(value, reserved)| email(value, reserved, now)).collect();
        user.phone_numbers = phones.map(|(value, reserved)| phone(value, reserved, now)).collect();
        let wallet = |(web3_wallet, reserved)| Web3Wallet {
            id: Some(fresh::id("idn")),
            web3_wallet,
            verification: verification("admin", reserved),
            created_at: now,
            updated_at: now,
            ..Web3Wallet::default()
        };
        user.web3_wallets = self.wallets.into_iter().map(wallet).collect();
        user.primary_email_address_id = user.email_addresses.first().and_then(|email| email.id.clone());
        user.primary_phone_number_id = user.phone_numbers.first().and_then(|phone| phone.id.clone());
        user.primary_web3_wallet_id = user.web3_wallets.first().and_then(|wallet| wallet.id.clone());
    }
}

async fn create(State(state): State<AppState>, mut body: Fields) -> Outcome<User> {
    let profile = Profile::read(&mut body);
    let identifiers = Identifiers::read(&mut body);
    let bags = Bags::read(&mut body);
    let (banned, locked) = (body.flag("banned").value() == Some(true), body.flag("locked").value() == Some(true));
    let skips = body.flag("skip_user_requirement").value() == Some(true);
    // No instance here requires a password.
    _ = body.flag("skip_password_requirement");
    if identifiers.is_empty() && !profile.has_username() && !skips {
        body.refuse(ApiError::data_missing(&["email_address", "phone_number", "username", "web3_wallet"]));
    }
    let now = state.clock.now();
    let image = Random::new(fastrand::u64(..)).text("https://img.clerk.com/", 24);
    let mut user = User {
        id: UserId::from(fresh::id("user")),
        image_url: Some(image.clone()),
        profile_image_url: Some(image),
        private_metadata: Some(Metadata::new()),
        delete_self_enabled: true,
        create_organization_enabled: true,
        verification_attempts_remaining: Some(inferred::ATTEMPTS),
        banned,
        created_at: now,
        updated_at: now,
        ..User::default()
    };
    body.check(bags.replace(&mut user));
    profile.check_password(identifiers.emails.iter().chain(&identifiers.phones).map(|(value, _)| value), &mut body);
    let password = profile.kept_password(&body).await?;
    let created = ask(&state, move |store| {
        store.transaction(|store| {
            profile.check_taken(store, &user, &mut body)?;
            identifiers.check_taken(store, &mut body)?;
            body.finish()?;
            let mut secrets = Secrets::default();
            identifiers.apply(&mut user, now);
            profile.apply(&mut user, &mut secrets, password, now);
            let lock_ends_at = locked.then(|| now.plus(Duration::from_secs(inferred::LOCK_SECONDS.unsigned_abs())));
            store.insert_user(&user, lock_ends_at)?;
            store.set_secrets(user.id.as_str(), &secrets)?;
            store.user(user.id.as_str(), now)?.ok_or_else(|| ApiError::user_not_found(user.id.as_str()))
        })
    });
    created.await.map(Json)
}

/// Which of a user's identifications come first from now on.
struct Primaries([(&'static str, Option<String>); 3]);

impl Primaries {
    fn read(body: &mut Fields) -> Self {
        let names = ["primary_email_address_id", "primary_phone_number_id", "primary_web3_wallet_id"];
        Self(names.map(|name| (name, body.text(name).value())))
    }

    /// Refuses those that are not the user's, or not verified; makes the others the first.
    fn apply(self, user: &mut User, body: &mut Fields) {
        for (name, id) in self.0 {
            let Some(id) = id else { continue };
            let is = |own: &Option<String>| own.as_deref() == Some(id.as_str());
            let (verification, place) = match name {
                "primary_email_address_id" => {
                    let own = user.email_addresses.iter().find(|email| is(&email.id));
                    (own.map(|email| &email.verification), &mut user.primary_email_address_id)
                }
                "primary_phone_number_id" => {
                    let own = user.phone_numbers.iter().find(|phone| is(&phone.id));
                    (own.map(|phone| &phone.verification), &mut user.primary_phone_number_id)
                }
                _ => {
                    let own = user.web3_wallets.iter().find(|wallet| is(&wallet.id));
                    (own.map(|wallet| &wallet.verification), &mut user.primary_web3_wallet_id)
                }
            };
            match verification {
                None => body.refuse(ApiError::form_resource_not_found(name)),
                Some(Some(verification)) if verification.is_verified() => *place = Some(id),
                Some(_) => body.refuse(ApiError::verification_needed(name)),
            }
        }
    }
}

async fn update(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Extension(version): Extension<ApiVersion>,
    mut body: Fields,
) -> Outcome<User> {
    let (skips, signs_out) = (body.peek_flag("skip_password_checks"), body.flag("sign_out_of_other_sessions").value());
    let profile = Profile::read(&mut body);
    let primaries = Primaries::read(&mut body);
    // Nobody is sent anything from here.
    _ = body.flag("notify_primary_email_address_changed");
    if let Given::Value(_) = body.text("profile_image_id") {
        body.refuse(ApiError::form_resource_not_found("profile_image_id"));
    }
    let bags = if version.updates_metadata() { Bags::read(&mut body) } else { Bags::default() };
    let sets_password = profile.password.is_some();
    for (name, given) in [("skip_password_checks", skips), ("sign_out_of_other_sessions", signs_out == Some(true))] {
        if given && !sets_password {
            body.refuse(ApiError::conditional_disallowed(name, "without password"));
        }
    }
    let password = profile.kept_password(&body).await?;
    edited(&state, id, move |store, user, now| {
        profile.check_taken(store, user, &mut body)?;
        primaries.apply(user, &mut body);
        body.check(bags.replace(user));
        body.finish()?;
        let had_username = user.username.is_some();
        let mut secrets = store.secrets(user.id.as_str())?;
        profile.apply(user, &mut secrets, password, now);
        if had_username && user.username.is_none() && !can_sign_in(user) {
            return Err(ApiError::last_identification());
        }
        store.set_secrets(user.id.as_str(), &secrets)?;
        if sets_password && signs_out == Some(true) {
            store.revoke_sessions(user.id.as_str(), now)?;
        }
        Ok(())
    })
    .await
}
