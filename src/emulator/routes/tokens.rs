//! Tokens that let somebody in: to act in a user's place, or to sign in as them.

use super::{Outcome, answer, decide};
use crate::{
    clerk::model::{ActorToken, Object, Secret, SignInToken, Tagged, Timestamp, TokenStatus, UserId},
    emulator::{error::ApiError, fields::Fields, fresh, inferred, server::AppState},
};
use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::time::Duration;

/// The longest life of a token, in seconds: ten years, as with session tokens.
const LONGEST: i64 = 315_360_000;
/// How long a token to act in a user's place can be used that does not say.
const ACTOR_TOKEN: Duration = Duration::from_hours(1);
/// How long a token to sign in can be used that does not say.
const SIGN_IN_TOKEN: Duration = Duration::from_hours(24 * 30);

/// What the two kinds of tokens have in common.
pub(super) trait Token: Tagged + Serialize + DeserializeOwned + Send + 'static {
    fn status(&self) -> &TokenStatus;
    /// From now on it stands so.
    fn becomes(&mut self, status: TokenStatus, now: Timestamp);
    /// What stands in its link.
    fn ticket(&self) -> Option<&str>;
    /// Who signs in with it, and who acts in their place.
    fn bearer(self) -> (UserId, Option<Value>);
}

impl Token for ActorToken {
    fn status(&self) -> &TokenStatus {
        &self.status
    }

    fn becomes(&mut self, status: TokenStatus, now: Timestamp) {
        (self.status, self.updated_at) = (status, now);
    }

    fn ticket(&self) -> Option<&str> {
        self.token.as_ref().map(Secret::expose)
    }

    fn bearer(self) -> (UserId, Option<Value>) {
        (self.user_id, Some(Value::Object(self.actor)))
    }
}

impl Token for SignInToken {
    fn status(&self) -> &TokenStatus {
        &self.status
    }

    fn becomes(&mut self, status: TokenStatus, now: Timestamp) {
        (self.status, self.updated_at) = (status, now);
    }

    fn ticket(&self) -> Option<&str> {
        self.token.as_ref().map(Secret::expose)
    }

    fn bearer(self) -> (UserId, Option<Value>) {
        (self.user_id, None)
    }
}

/// A token as it is kept: with what no answer shows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept<T> {
    #[serde(flatten)]
    pub(super) token: T,
    /// Until when it can be used.
    expires_at: Option<Timestamp>,
    /// How long the session lasts that it opens, where the token says so.
    pub(super) session_seconds: Option<i64>,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/actor_tokens", post(async |state, trace, body| answer(trace, create_actor(state, body).await)))
        .route(
            "/actor_tokens/{id}/revoke",
            post(async |state, trace, id| answer(trace, revoke::<ActorToken>(state, id).await)),
        )
        .route("/sign_in_tokens", post(async |state, trace, body| answer(trace, create_sign_in(state, body).await)))
        .route(
            "/sign_in_tokens/{id}/revoke",
            post(async |state, trace, id| answer(trace, revoke::<SignInToken>(state, id).await)),
        )
}

async fn create_actor(State(state): State<AppState>, mut body: Fields) -> Outcome<ActorToken> {
    let user_id = body.required_text("user_id");
    let actor = body.required_object("actor");
    if actor.as_ref().is_some_and(|actor| actor.get("sub").and_then(Value::as_str).is_none_or(str::is_empty)) {
        body.refuse(ApiError::missing("actor.sub"));
    }
    let lasts = lifetime(&mut body).unwrap_or(ACTOR_TOKEN);
    let session_seconds = body.integer("session_max_duration_in_seconds", 1..=LONGEST);
    body.finish()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        store.user_seq(&user_id)?.ok_or_else(|| ApiError::user_not_found(&user_id))?;
        let ticket = fresh::token();
        let token = ActorToken {
            object: Object::default(),
            id: fresh::id("act"),
            status: TokenStatus::Pending,
            user_id: UserId::from(user_id),
            actor: actor.unwrap_or_default(),
            url: Some(Secret::from(fresh::link(&ticket))),
            token: Some(Secret::from(ticket.clone())),
            created_at: now,
            updated_at: now,
        };
        let kept = Kept { token, expires_at: Some(now.plus(lasts)), session_seconds };
        store.put_document(&ticket, &kept)?;
        Ok(kept.token)
    })
    .await
}

async fn create_sign_in(State(state): State<AppState>, mut body: Fields) -> Outcome<SignInToken> {
    let user_id = body.required_text("user_id");
    let organization_id = body.text("org_id").value();
    let lasts = lifetime(&mut body).unwrap_or(SIGN_IN_TOKEN);
    body.finish_open()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        store.user_seq(&user_id)?.ok_or_else(|| ApiError::user_not_found(&user_id))?;
        if let Some(id) = organization_id {
            let organization = super::memberships::organization(store, &id)?;
            let membership = store.membership(organization, &user_id, now)?;
            membership.ok_or_else(|| ApiError::not_found("organization membership", &user_id))?;
        }
        let ticket = fresh::token();
        let token = SignInToken {
            object: Object::default(),
            id: fresh::id("sit"),
            status: TokenStatus::Pending,
            user_id: UserId::from(user_id),
            url: Some(Secret::from(fresh::link(&ticket))),
            token: Some(Secret::from(ticket.clone())),
            created_at: now,
            updated_at: now,
        };
        let kept = Kept { token, expires_at: Some(now.plus(lasts)), session_seconds: None };
        store.put_document(&ticket, &kept)?;
        Ok(kept.token)
    })
    .await
}

async fn revoke<T: Token>(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<T> {
    let now = state.clock.now();
    decide(&state, move |store| {
        let found = store.document::<Kept<T>>(T::OBJECT, &id, now)?;
        let mut kept = found.ok_or_else(|| ApiError::not_found(&T::OBJECT.replace('_', " "), &id))?;
        check_pending(kept.token.status())?;
        kept.token.becomes(TokenStatus::Revoked, now);
        store.put_document("", &kept)?;
        Ok(kept.token)
    })
    .await
}

/// How long a token is to be usable, where the request says so.
fn lifetime(body: &mut Fields) -> Option<Duration> {
    let seconds = body.integer("expires_in_seconds", 1..=LONGEST)?;
    Some(Duration::from_secs(seconds.unsigned_abs()))
}

/// What was used or taken back already, or has expired, cannot be taken back.
fn check_pending(status: &TokenStatus) -> Result<(), ApiError> {
    if *status == TokenStatus::Pending {
        return Ok(());
    }
    Err(inferred::token_not_pending(status.as_str()))
}
