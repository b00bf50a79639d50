//! Tokens that let somebody in: to act in a user's place, or to sign in as them.

use super::{Outcome, answer, decide};
use crate::{
    clerk::model::{ActorToken, Object, Secret, SignInToken, TokenStatus, UserId},
    emulator::{error::ApiError, fields::Fields, fresh, inferred, server::AppState},
};
use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use serde_json::Value;

/// The longest life of a token, in seconds: ten years, as with session tokens.
const LONGEST: i64 = 315_360_000;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/actor_tokens", post(async |state, trace, body| answer(trace, create_actor(state, body).await)))
        .route("/actor_tokens/{id}/revoke", post(async |state, trace, id| answer(trace, revoke_actor(state, id).await)))
        .route("/sign_in_tokens", post(async |state, trace, body| answer(trace, create_sign_in(state, body).await)))
        .route(
            "/sign_in_tokens/{id}/revoke",
            post(async |state, trace, id| answer(trace, revoke_sign_in(state, id).await)),
        )
}

async fn create_actor(State(state): State<AppState>, mut body: Fields) -> Outcome<ActorToken> {
    let user_id = body.required_text("user_id");
    let actor = body.required_object("actor");
    if actor.as_ref().is_some_and(|actor| actor.get("sub").and_then(Value::as_str).is_none_or(str::is_empty)) {
        body.refuse(ApiError::missing("actor.sub"));
    }
    body.integer("expires_in_seconds", 1..=LONGEST);
    body.integer("session_max_duration_in_seconds", 1..=LONGEST);
    body.finish()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        store.user_seq(&user_id)?.ok_or_else(|| ApiError::user_not_found(&user_id))?;
        let token = fresh::token();
        let ticket = token.clone();
        let made = ActorToken {
            object: Object::default(),
            id: fresh::id("act"),
            status: TokenStatus::Pending,
            user_id: UserId::from(user_id),
            actor: actor.unwrap_or_default(),
            url: Some(Secret::from(fresh::link(&token))),
            token: Some(Secret::from(token)),
            created_at: now,
            updated_at: now,
        };
        store.put_document(&ticket, &made)?;
        Ok(made)
    })
    .await
}

async fn revoke_actor(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<ActorToken> {
    let now = state.clock.now();
    decide(&state, move |store| {
        let found = store.document::<ActorToken>("actor_token", &id, now)?;
        let mut token = found.ok_or_else(|| ApiError::not_found("actor token", &id))?;
        check_pending(&token.status)?;
        (token.status, token.updated_at) = (TokenStatus::Revoked, now);
        store.put_document("", &token)?;
        Ok(token)
    })
    .await
}

async fn create_sign_in(State(state): State<AppState>, mut body: Fields) -> Outcome<SignInToken> {
    let user_id = body.required_text("user_id");
    let organization_id = body.text("org_id").value();
    body.integer("expires_in_seconds", 1..=LONGEST);
    body.finish_open()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        store.user_seq(&user_id)?.ok_or_else(|| ApiError::user_not_found(&user_id))?;
        if let Some(id) = organization_id {
            let organization = super::memberships::organization(store, &id)?;
            let membership = store.membership(organization, &user_id, now)?;
            membership.ok_or_else(|| ApiError::not_found("organization membership", &user_id))?;
        }
        let token = fresh::token();
        let ticket = token.clone();
        let made = SignInToken {
            object: Object::default(),
            id: fresh::id("sit"),
            status: TokenStatus::Pending,
            user_id: UserId::from(user_id),
            url: Some(Secret::from(fresh::link(&token))),
            token: Some(Secret::from(token)),
            created_at: now,
            updated_at: now,
        };
        store.put_document(&ticket, &made)?;
        Ok(made)
    })
    .await
}

async fn revoke_sign_in(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<SignInToken> {
    let now = state.clock.now();
    decide(&state, move |store| {
        let found = store.document::<SignInToken>("sign_in_token", &id, now)?;
        let mut token = found.ok_or_else(|| ApiError::not_found("sign in token", &id))?;
        check_pending(&token.status)?;
        (token.status, token.updated_at) = (TokenStatus::Revoked, now);
        store.put_document("", &token)?;
        Ok(token)
    })
    .await
}

/// What was used or taken back already cannot be taken back.
fn check_pending(status: &TokenStatus) -> Result<(), ApiError> {
    if *status == TokenStatus::Pending {
        return Ok(());
    }
    Err(inferred::token_not_pending(status.as_str()))
}
