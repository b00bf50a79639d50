//! What a user is identified by: taken away one by one, or replaced all at once.

use super::{
    super::{Outcome, answer},
    deleted, edit,
    profile::weigh_factors,
};
use crate::{
    clerk::model::{DeletedObject, EmailAddress, IdentificationLink, PhoneNumber, User},
    emulator::{
        error::ApiError,
        fields::Fields,
        identifications::{can_sign_in, email, is_taken, phone},
        rules,
        server::AppState,
    },
};
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{delete, put},
};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/users/{id}/passkeys/{passkey_id}",
            delete(async |state, trace, path| answer(trace, take(state, path, "passkey", without_passkey).await)),
        )
        .route(
            "/users/{id}/web3_wallets/{wallet_id}",
            delete(async |state, trace, path| answer(trace, take(state, path, "web3_wallet", without_wallet).await)),
        )
        .route(
            "/users/{id}/external_accounts/{account_id}",
            delete(async |state, trace, path| {
                answer(trace, take(state, path, "external_account", without_account).await)
            }),
        )
        .route(
            "/users/{id}/email_address",
            put(async |state, trace, id, body| answer(trace, replace_email(state, id, body).await)),
        )
        .route(
            "/users/{id}/phone_number",
            put(async |state, trace, id, body| answer(trace, replace_phone(state, id, body).await)),
        )
}

/// Takes something away by its id, unless nothing would be left to sign in by.
async fn take(
    State(state): State<AppState>,
    Path((id, part)): Path<(String, String)>,
    object: &'static str,
    act: fn(&mut User, &str) -> Result<(), ApiError>,
) -> Outcome<DeletedObject> {
    edit(&state, id, move |_, user, _| {
        act(user, &part)?;
        if can_sign_in(user) { Ok(Json(deleted(object, part))) } else { Err(ApiError::last_identification()) }
    })
    .await
}

fn without_passkey(user: &mut User, id: &str) -> Result<(), ApiError> {
    let place = user.passkeys.iter().position(|passkey| passkey.id.as_deref() == Some(id));
    user.passkeys.remove(place.ok_or_else(ApiError::resource_not_found)?);
    Ok(())
}

fn without_wallet(user: &mut User, id: &str) -> Result<(), ApiError> {
    let place = user.web3_wallets.iter().position(|wallet| wallet.id.as_deref() == Some(id));
    user.web3_wallets.remove(place.ok_or_else(ApiError::resource_not_found)?);
    if user.primary_web3_wallet_id.as_deref() == Some(id) {
        user.primary_web3_wallet_id = user.web3_wallets.first().and_then(|wallet| wallet.id.clone());
    }
    Ok(())
}

/// Takes the `eac_…` id alone, also of an account whose `id` is the identification's.
fn without_account(user: &mut User, id: &str) -> Result<(), ApiError> {
    let place = user
        .external_accounts
        .iter()
        .position(|account| account.external_account_id.as_deref().unwrap_or(&account.id) == id);
    let account = user.external_accounts.remove(place.ok_or_else(ApiError::external_account_not_found)?);
    let is_other = |link: &IdentificationLink| link.id.as_deref() != Some(account.identification_id.as_str());
    user.email_addresses.iter_mut().for_each(|email| email.linked_to.retain(is_other));
    user.phone_numbers.iter_mut().for_each(|phone| phone.linked_to.retain(is_other));
    Ok(())
}

/// What stands instead of all of a kind: the value, and its status.
struct Replacement {
    value: String,
    status: Option<String>,
}

impl Replacement {
    fn read(body: &mut Fields, name: &str, rule: fn(&str, &str) -> Result<String, ApiError>) -> Self {
        const STATUSES: &[&str] = &["verified", "reserved", "unverified"];
        let value = body.required_identifier(name, rule);
        let status = body.text("identification_status").value();
        if let Some(status) = status.as_deref().filter(|status| !STATUSES.contains(status)) {
            body.refuse(ApiError::value_invalid("identification_status", status));
        }
        Self { value, status }
    }

    fn is_reserved(&self) -> bool {
        self.status.as_deref() == Some("reserved")
    }

    fn is_unverified(&self) -> bool {
        self.status.as_deref() == Some("unverified")
    }
}

async fn replace_email(
    State(state): State<AppState>,
    Path(id): Path<String>,
    mut body: Fields,
) -> Outcome<EmailAddress> {
    let new = Replacement::read(&mut body, "email_address", rules::email);
    // Nobody is sent anything from here.
    _ = body.flag("notify_primary_email_address_changed");
    body.finish()?;
    edit(&state, id, move |store, user, now| {
        if !new.is_unverified() && is_taken(store, "email_address", &new.value, user.id.as_str())? {
            return Err(ApiError::identifier_exists("email_address"));
        }
        if user.email_addresses.iter().any(|email| !email.linked_to.is_empty()) {
            return Err(ApiError::linked_identification());
        }
        let mut replaced = email(new.value.clone(), new.is_reserved(), now);
        if new.is_unverified() {
            replaced.verification = None;
        }
        // An address that the user has already stays the one it was.
        if let Some(own) = user.email_addresses.iter().find(|own| own.email_address == new.value) {
            replaced.id.clone_from(&own.id);
            replaced.created_at = own.created_at;
        }
        user.primary_email_address_id.clone_from(&replaced.id);
        user.email_addresses = vec![replaced.clone()];
        Ok(Json(replaced))
    })
    .await
}

async fn replace_phone(
    State(state): State<AppState>,
    Path(id): Path<String>,
    mut body: Fields,
) -> Outcome<PhoneNumber> {
    let new = Replacement::read(&mut body, "phone_number", rules::phone);
    body.finish()?;
    edit(&state, id, move |store, user, now| {
        if !new.is_unverified() && is_taken(store, "phone_number", &new.value, user.id.as_str())? {
            return Err(ApiError::identifier_exists("phone_number"));
        }
        if user.phone_numbers.iter().any(|phone| !phone.linked_to.is_empty()) {
            return Err(ApiError::linked_identification());
        }
        let mut replaced = phone(new.value.clone(), new.is_reserved(), now);
        if new.is_unverified() {
            replaced.verification = None;
        }
        if let Some(own) = user.phone_numbers.iter().find(|own| own.phone_number == new.value) {
            replaced.id.clone_from(&own.id);
            replaced.created_at = own.created_at;
            replaced.reserved_for_second_factor = own.reserved_for_second_factor && !new.is_unverified();
            replaced.default_second_factor = replaced.reserved_for_second_factor;
        }
        user.primary_phone_number_id.clone_from(&replaced.id);
        user.phone_numbers = vec![replaced.clone()];
        weigh_factors(user, now);
        Ok(Json(replaced))
    })
    .await
}
