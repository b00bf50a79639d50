//! Second factors: verified, and taken away.

use super::{
    super::{Outcome, answer, ask},
    edit,
    profile::weigh_factors,
};
use crate::{
    clerk::model::{Timestamp, User},
    emulator::{
        error::ApiError,
        fields::Fields,
        passwords,
        server::AppState,
        store::{Secrets, Store},
        totp,
    },
};
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{delete, post},
};
use serde_json::{Value, json};

/// Digits of a code.
const DIGITS: usize = 6;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/users/{id}/verify_totp",
            post(async |state, trace, id, body| answer(trace, verify(state, id, body).await)),
        )
        .route("/users/{id}/mfa", delete(async |state, trace, id| answer(trace, take(state, id, without_any).await)))
        .route("/users/{id}/totp", delete(async |state, trace, id| answer(trace, take(state, id, without_totp).await)))
        .route(
            "/users/{id}/backup_code",
            delete(async |state, trace, id| answer(trace, take(state, id, without_backup_codes).await)),
        )
}

async fn verify(State(state): State<AppState>, Path(id): Path<String>, mut body: Fields) -> Outcome<Value> {
    let code = body.required_text("code");
    body.finish()?;
    let now = state.clock.now();
    let wanted = id.clone();
    let secrets = ask(&state, move |store| {
        let user = store.user(&wanted, now)?.ok_or_else(|| ApiError::user_not_found(&wanted))?;
        if user.totp_enabled || user.backup_code_enabled {
            Ok(store.secrets(&wanted)?)
        } else {
            Err(ApiError::totp_disabled())
        }
    });
    let secrets = secrets.await?;
    let secret = secrets.totp_secret.as_deref().and_then(totp::secret);
    if secret.is_some_and(|secret| totp::verify(&secret, &code, now)) {
        return Ok(verified("totp"));
    }
    let Some(kept) = passwords::backup_code(&secrets.backup_codes, &code).await? else {
        let is_digits = code.len() == DIGITS && code.bytes().all(|digit| digit.is_ascii_digit());
        let wrong_length = !is_digits && secrets.backup_codes.iter().all(|kept| kept.len() != code.len());
        return Err(if wrong_length { ApiError::totp_length() } else { ApiError::totp_incorrect() });
    };
    ask(&state, move |store| store.transaction(|store| spend(store, &id, &kept, now))).await?;
    Ok(verified("backup_code"))
}

fn verified(kind: &str) -> Json<Value> {
    Json(json!({ "verified": true, "code_type": kind }))
}

/// Takes a backup code away. Another request may have used it since it was read.
fn spend(store: &Store, id: &str, kept: &str, now: Timestamp) -> Result<(), ApiError> {
    let mut user = store.user(id, now)?.ok_or_else(|| ApiError::user_not_found(id))?;
    let mut secrets = store.secrets(id)?;
    let place = secrets.backup_codes.iter().position(|code| code == kept).ok_or_else(ApiError::totp_incorrect)?;
    secrets.backup_codes.remove(place);
    user.backup_code_enabled = !secrets.backup_codes.is_empty();
    store.set_secrets(id, &secrets)?;
    store.update_user(&user)?;
    Ok(())
}

async fn take(
    State(state): State<AppState>,
    Path(id): Path<String>,
    act: fn(&mut User, &mut Secrets),
) -> Outcome<Value> {
    let answered = json!({ "user_id": id });
    edit(&state, id, move |store, user, now: Timestamp| {
        let mut secrets = store.secrets(user.id.as_str())?;
        act(user, &mut secrets);
        weigh_factors(user, now);
        store.set_secrets(user.id.as_str(), &secrets)?;
        Ok(())
    })
    .await?;
    Ok(Json(answered))
}

fn without_any(user: &mut User, secrets: &mut Secrets) {
    for phone in &mut user.phone_numbers {
        phone.reserved_for_second_factor = false;
        phone.default_second_factor = false;
    }
    without_totp(user, secrets);
    without_backup_codes(user, secrets);
}

fn without_totp(user: &mut User, secrets: &mut Secrets) {
    user.totp_enabled = false;
    secrets.totp_secret = None;
}

fn without_backup_codes(user: &mut User, secrets: &mut Secrets) {
    user.backup_code_enabled = false;
    secrets.backup_codes.clear();
}
