//! Using a link that lets somebody in. At Clerk the frontend does that; here `POST /control/accept` does, with the
//! `ticket` that stands in the link: the token counts as used, and a session is open, in which the token's actor acts.

use super::{Outcome, decide};
use crate::{
    clerk::model::{
        ActorToken, Object, Secret, Session, SessionId, SessionStatus, SignInToken, Tagged, Timestamp, TokenStatus,
        UserId,
    },
    emulator::{
        error::ApiError,
        fields::Fields,
        fresh,
        server::AppState,
        store::{DocumentColumn, DocumentQuery, Store},
    },
};
use axum::extract::State;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// How long a session lasts that a user has opened.
const OWN: Duration = Duration::from_hours(24 * 7);
/// How long one lasts in which somebody acts in a user's place, unless the token says otherwise.
const ACTED: Duration = Duration::from_mins(30);

pub(super) async fn accept(State(state): State<AppState>, mut body: Fields) -> Outcome<Session> {
    let ticket = body.required_text("ticket");
    body.finish()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let (user, actor) = use_up(store, &ticket, now)?.ok_or_else(|| ApiError::not_found("ticket", &ticket))?;
        let seq = store.user_seq(user.as_str())?.ok_or_else(|| ApiError::user_not_found(user.as_str()))?;
        let expire_at = now.plus(if actor.is_some() { ACTED } else { OWN });
        let session = Session {
            object: Object::default(),
            id: SessionId::from(fresh::id("sess")),
            user_id: user,
            client_id: fresh::id("client"),
            actor,
            status: SessionStatus::Active,
            last_active_at: now,
            expire_at,
            abandon_at: expire_at,
            created_at: now,
            updated_at: now,
            ..Session::default()
        };
        store.insert_session(seq, &session)?;
        Ok(session)
    })
    .await
}

/// Marks the token of a ticket as used. Who signs in with it, and who acts; none when there is none that can be used.
fn use_up(store: &Store, ticket: &str, now: Timestamp) -> Result<Option<(UserId, Option<Value>)>, ApiError> {
    let is_of = |token: Option<&str>| token == Some(ticket);
    if let Some(mut token) = pending::<ActorToken>(store, ticket, now)?
        && is_of(token.token.as_ref().map(Secret::expose))
    {
        (token.status, token.updated_at) = (TokenStatus::Accepted, now);
        store.put_document("", &token)?;
        return Ok(Some((token.user_id, Some(Value::Object(token.actor)))));
    }
    if let Some(mut token) = pending::<SignInToken>(store, ticket, now)?
        && is_of(token.token.as_ref().map(Secret::expose))
    {
        (token.status, token.updated_at) = (TokenStatus::Accepted, now);
        store.put_document("", &token)?;
        return Ok(Some((token.user_id, None)));
    }
    Ok(None)
}

/// The token of a kind that is found by this ticket and has not been used.
fn pending<T: Tagged + DeserializeOwned>(store: &Store, ticket: &str, now: Timestamp) -> Result<Option<T>, ApiError> {
    let query = DocumentQuery {
        kind: T::OBJECT,
        statuses: vec![TokenStatus::Pending.as_str().to_owned()],
        text: Some(ticket.to_lowercase()),
        by: DocumentColumn::CreatedAt,
        descending: true,
        limit: 1,
        offset: 0,
    };
    Ok(store.documents::<T>(&query, now)?.0.into_iter().next())
}
