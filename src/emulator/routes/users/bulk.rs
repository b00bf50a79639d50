//! Bans of many at once: all of them or none.

use super::super::{Outcome, answer, ask};
use crate::{
    clerk::model::{Timestamp, User},
    emulator::{
        error::ApiError,
        fields::Fields,
        server::AppState,
        store::{Store, StoreError},
    },
};
use axum::{Json, Router, extract::State, routing::post};

/// Ids that one request takes.
const MOST: usize = 50;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/users/ban", post(async |state, trace, body| answer(trace, all(state, body, Store::ban).await)))
        .route("/users/unban", post(async |state, trace, body| answer(trace, all(state, body, Store::unban).await)))
}

async fn all(
    State(state): State<AppState>,
    mut body: Fields,
    act: impl Fn(&Store, &str, Timestamp) -> Result<bool, StoreError> + Send + 'static,
) -> Outcome<Vec<User>> {
    let ids = body.texts("user_ids").unwrap_or_default();
    if ids.is_empty() {
        body.refuse(ApiError::missing("user_ids"));
    }
    if ids.len() > MOST {
        return Err(ApiError::bulk_size(MOST));
    }
    body.finish()?;
    let now = state.clock.now();
    let users = ask(&state, move |store| {
        store.transaction(|store| {
            let mut users: Vec<User> = Vec::new();
            for id in ids {
                if users.iter().any(|user| user.id.as_str() == id) {
                    continue;
                }
                let found = act(store, &id, now)?;
                let user = if found { store.user(&id, now)? } else { None };
                users.push(user.ok_or_else(|| ApiError::user_not_found(&id))?);
            }
            Ok::<_, ApiError>(users)
        })
    });
    users.await.map(Json)
}
