//! Using a link that lets somebody in. At Clerk the frontend does that; here `POST /control/accept` does, with the
//! `ticket` that stands in the link: the token counts as used, and a session is open, in which the token's actor acts.
//! Whoever may not sign in is refused, and the token stays as it was.

use super::{
    Outcome, decide,
    tokens::{Kept, Token},
};
use crate::{
    clerk::model::{
        ActorToken, Object, Session, SessionId, SessionStatus, SignInToken, Timestamp, TokenStatus, User, UserId,
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
use serde_json::Value;
use std::time::Duration;

/// How long a session lasts that a user has opened.
const OWN: Duration = Duration::from_hours(24 * 7);
/// How long one lasts in which somebody acts in a user's place, unless the token says otherwise.
const ACTED: Duration = Duration::from_mins(30);

/// Who is let in.
struct Admitted {
    user: UserId,
    /// Who acts in their place.
    actor: Option<Value>,
    /// For how long.
    lasts: Duration,
}

pub(super) async fn accept(State(state): State<AppState>, mut body: Fields) -> Outcome<Session> {
    let ticket = body.required_text("ticket");
    body.finish()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let admitted = match use_up::<ActorToken>(store, &ticket, now)? {
            Some(admitted) => Some(admitted),
            None => use_up::<SignInToken>(store, &ticket, now)?,
        };
        let Admitted { user, actor, lasts } = admitted.ok_or_else(|| ApiError::not_found("ticket", &ticket))?;
        let missing = || ApiError::user_not_found(user.as_str());
        check_admissible(&store.user(user.as_str(), now)?.ok_or_else(missing)?)?;
        let seq = store.user_seq(user.as_str())?.ok_or_else(missing)?;
        let expire_at = now.plus(lasts);
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

/// Who is banned or locked out does not get in, nor does anybody in their place.
fn check_admissible(user: &User) -> Result<(), ApiError> {
    if user.banned {
        return Err(ApiError::user_banned());
    }
    if user.locked {
        return Err(ApiError::user_locked(user.lockout_expires_in_seconds));
    }
    Ok(())
}

/// Marks the token of this kind and ticket as used. Who is let in by it; none when there is no such token, or it was used
/// or taken back.
fn use_up<T: Token>(store: &Store, ticket: &str, now: Timestamp) -> Result<Option<Admitted>, ApiError> {
    let query = DocumentQuery {
        kind: T::OBJECT,
        statuses: Vec::new(),
        text: Some(ticket.to_lowercase()),
        by: DocumentColumn::CreatedAt,
        descending: true,
        limit: 1,
        offset: 0,
    };
    let found = store.documents::<Kept<T>>(&query, now)?.0.into_iter().next();
    let Some(mut kept) = found.filter(|kept| kept.token.ticket() == Some(ticket)) else { return Ok(None) };
    // One that was used or taken back is not found by its ticket any more.
    if *kept.token.status() != TokenStatus::Pending {
        return Err(ApiError::ticket_expired());
    }
    kept.token.becomes(TokenStatus::Accepted, now);
    store.put_document("", &kept)?;
    let said = kept.session_seconds.map(|seconds| Duration::from_secs(seconds.unsigned_abs()));
    let (user, actor) = kept.token.bearer();
    let lasts = said.unwrap_or(if actor.is_some() { ACTED } else { OWN });
    Ok(Some(Admitted { user, actor, lasts }))
}
