//! Sessions.

use super::{Outcome, answer, ask, decide};
use crate::{
    clerk::model::{Page, Session},
    emulator::{error::ApiError, gate::TraceId, parameters::Parameters, server::AppState, store::SessionFilter},
};
use axum::{
    Extension, Json, Router,
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};

/// The statuses that can be asked for; `pending` is not one of them.
const STATUSES: &[&str] = &["abandoned", "active", "ended", "expired", "removed", "replaced", "revoked"];

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/sessions", get(list))
        .route("/sessions/{id}", get(async |state, trace, id| answer(trace, show(state, id).await)))
        .route("/sessions/{id}/revoke", post(async |state, trace, id| answer(trace, revoke(state, id).await)))
}

async fn list(State(state): State<AppState>, trace_id: Extension<TraceId>, RawQuery(query): RawQuery) -> Response {
    let parameters = Parameters::parse(query.as_deref());
    let paginated = matches!(parameters.bool("paginated"), Ok(Some(true)));
    match page(&state, parameters).await {
        Ok(Json(page)) if paginated => Json(page).into_response(),
        outcome => answer(trace_id, outcome.map(|Json(page)| Json(page.data))),
    }
}

async fn page(state: &AppState, parameters: Parameters) -> Outcome<Page<Session>> {
    let rows = parameters.rows()?;
    if let Some(status) = parameters.text("status").filter(|status| !STATUSES.contains(status)) {
        return Err(ApiError::value_invalid("status", status));
    }
    let now = state.clock.now();
    let (data, total_count) = ask(state, move |store| {
        let filter = SessionFilter {
            user_id: parameters.text("user_id"),
            client_id: parameters.text("client_id"),
            status: parameters.text("status"),
        };
        store.sessions(&filter, rows.limit, rows.offset, now)
    })
    .await?;
    Ok(Json(Page { data, total_count }))
}

async fn show(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<Session> {
    let now = state.clock.now();
    let session =
        ask(&state, move |store| store.session(&id, now)?.ok_or_else(|| ApiError::not_found("session", &id))).await?;
    Ok(Json(session))
}

async fn revoke(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<Session> {
    let now = state.clock.now();
    decide(&state, move |store| {
        store.revoke_session(&id, now)?;
        store.session(&id, now)?.ok_or_else(|| ApiError::not_found("session", &id))
    })
    .await
}
