//! Passwords: verified, removed, marked as known to others.

use super::{
    super::{Outcome, answer, ask},
    edited,
};
use crate::{
    clerk::model::User,
    emulator::{error::ApiError, fields::Fields, passwords, server::AppState},
};
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::post,
};
use serde_json::{Value, json};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/users/{id}/verify_password",
            post(async |state, trace, id, body| answer(trace, verify(state, id, body).await)),
        )
        .route(
            "/users/{id}/remove_password",
            post(async |state, trace, id, body| answer(trace, remove(state, id, body).await)),
        )
        .route(
            "/users/{id}/password/set_compromised",
            post(async |state, trace, id, body| answer(trace, set_compromised(state, id, body).await)),
        )
        .route(
            "/users/{id}/password/unset_compromised",
            post(async |state, trace, id, body| answer(trace, unset_compromised(state, id, body).await)),
        )
}

async fn verify(State(state): State<AppState>, Path(id): Path<String>, mut body: Fields) -> Outcome<Value> {
    let password = body.required_text("password");
    body.finish()?;
    let now = state.clock.now();
    let kept = ask(&state, move |store| {
        let user = store.user(&id, now)?.ok_or_else(|| ApiError::user_not_found(&id))?;
        if user.password_enabled { Ok(store.secrets(&id)?.password) } else { Err(ApiError::no_password()) }
    });
    // Nobody knows the password of a person who was made with the instance.
    let (hasher, digest) = kept.await?.ok_or_else(ApiError::incorrect_password)?;
    if passwords::verify(password, &hasher, &digest).await? {
        Ok(Json(json!({ "verified": true })))
    } else {
        Err(ApiError::incorrect_password())
    }
}

async fn remove(State(state): State<AppState>, Path(id): Path<String>, mut body: Fields) -> Outcome<User> {
    let signs_out = body.flag("sign_out_of_other_sessions").value() == Some(true);
    body.finish()?;
    edited(&state, id, move |store, user, now| {
        user.password_enabled = false;
        user.password_last_updated_at = None;
        user.requires_password_reset = None;
        let mut secrets = store.secrets(user.id.as_str())?;
        secrets.password = None;
        store.set_secrets(user.id.as_str(), &secrets)?;
        if signs_out {
            store.revoke_sessions(user.id.as_str(), now)?;
        }
        Ok(())
    })
    .await
}

async fn set_compromised(State(state): State<AppState>, Path(id): Path<String>, mut body: Fields) -> Outcome<User> {
    let revokes = body.flag("revoke_all_sessions").value() == Some(true);
    body.finish()?;
    edited(&state, id, move |store, user, now| {
        if !user.password_enabled {
            return Err(ApiError::no_password());
        }
        store.set_compromised(user.id.as_str(), true)?;
        if revokes {
            store.revoke_sessions(user.id.as_str(), now)?;
        }
        Ok(())
    })
    .await
}

async fn unset_compromised(State(state): State<AppState>, Path(id): Path<String>, body: Fields) -> Outcome<User> {
    body.finish()?;
    edited(&state, id, move |store, user, _| Ok(store.set_compromised(user.id.as_str(), false)?)).await
}
