//! The operations, one file per resource.

mod control;
mod identifications;
mod identifiers;
mod instance;
mod invitations;
mod memberships;
mod organization_invitations;
mod organizations;
mod sessions;
mod tickets;
mod tokens;
mod users;
mod waitlist;

use super::{
    error::ApiError,
    faults,
    gate::{self, TraceId},
    inferred, rate,
    server::AppState,
    store::Store,
};
use axum::{
    Json, Router,
    extract::Extension,
    http::header::CONTENT_TYPE,
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;
use tokio::sync::oneshot;

/// The answer of an operation, or why there is none.
type Outcome<T> = Result<Json<T>, ApiError>;

pub(super) fn router(state: AppState) -> Router {
    let operations = Router::new()
        .merge(users::routes())
        .merge(identifications::routes())
        .merge(sessions::routes())
        .merge(instance::routes())
        .merge(organizations::routes())
        .merge(memberships::routes())
        .merge(invitations::routes())
        .merge(organization_invitations::routes())
        .merge(tokens::routes())
        .merge(identifiers::routes())
        .merge(waitlist::routes());
    Router::new()
        .nest("/v1", operations)
        .nest("/control", control::routes())
        .fallback(async |trace_id| answer::<()>(trace_id, Err(inferred::unknown_route())))
        .method_not_allowed_fallback(async |trace_id| answer::<()>(trace_id, Err(inferred::unknown_method())))
        .layer(middleware::from_fn_with_state(state.clone(), faults::misbehave))
        .layer(middleware::from_fn_with_state(state.clone(), rate::limit))
        .layer(middleware::from_fn_with_state(state.clone(), gate::check))
        // After the gate: who shows an image has no key.
        .route("/images/{id}", get(users::image))
        .with_state(state)
}

/// An answer that is JSON already.
struct JsonText(String);

impl IntoResponse for JsonText {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

/// An outcome as it goes out.
fn answer<T: Serialize>(trace_id: Extension<TraceId>, outcome: Outcome<T>) -> Response {
    answer_with(trace_id, outcome)
}

fn answer_with(Extension(trace_id): Extension<TraceId>, outcome: Result<impl IntoResponse, ApiError>) -> Response {
    match outcome {
        Ok(answer) => answer.into_response(),
        Err(error) => error.into_response_with(&trace_id),
    }
}

/// Asks the database, off the threads that serve.
async fn ask<T: Send + 'static, E: Into<ApiError> + Send + 'static>(
    state: &AppState,
    question: impl FnOnce(&mut Store) -> Result<T, E> + Send + 'static,
) -> Result<T, ApiError> {
    let (sender, answer) = oneshot::channel();
    let asking = Box::new(move |store: &mut Store| {
        // Who does not wait any more has gone away.
        _ = sender.send(question(store).map_err(Into::into));
    });
    with_store(state, asking).await?;
    answer.await.map_err(|lost| ApiError::internal(&lost))?
}

/// What is alike for all questions, and so exists once.
async fn with_store(state: &AppState, question: Box<dyn FnOnce(&mut Store) + Send>) -> Result<(), ApiError> {
    let store = state.store.clone();
    let asked = tokio::task::spawn_blocking(move || {
        // A panic in another request has left the database as the last transaction did.
        let mut store = store.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        question(&mut store);
    });
    asked.await.map_err(|error| ApiError::internal(&error))
}

/// Changes the database, or refuses and leaves it as it was.
async fn decide<T: Send + 'static>(
    state: &AppState,
    decision: impl FnOnce(&Store) -> Result<T, ApiError> + Send + 'static,
) -> Outcome<T> {
    ask(state, move |store| store.transaction(decision)).await.map(Json)
}
