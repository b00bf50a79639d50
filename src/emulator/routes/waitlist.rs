//! The waitlist: who wants to sign up.

use super::{
    Outcome, answer, ask, decide,
    invitations::{invite as make_invitation, statuses},
    organizations::order,
};
use crate::{
    clerk::model::{DeletedObject, Object, Page, Timestamp, WaitlistEntry, WaitlistStatus},
    emulator::{
        error::ApiError,
        fields::Fields,
        fresh, inferred,
        parameters::Parameters,
        rules,
        server::AppState,
        store::{DocumentColumn, DocumentQuery, Store, folded},
    },
};
use axum::{
    Json, Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    routing::{delete, get, post},
};

const KIND: &str = "waitlist_entry";
const STATUSES: &[&str] = &["pending", "invited", "completed", "rejected"];
/// How long the invitation of an entry is good, in days.
const DAYS: i64 = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/waitlist_entries",
            get(async |state, trace, query| answer(trace, list(state, query).await))
                .post(async |state, trace, body| answer(trace, create(state, body).await)),
        )
        .route("/waitlist_entries/{id}", delete(async |state, trace, id| answer(trace, remove(state, id).await)))
        .route(
            "/waitlist_entries/{id}/invite",
            post(async |state, trace, id, body| answer(trace, invite(state, id, body).await)),
        )
        .route("/waitlist_entries/{id}/reject", post(async |state, trace, id| answer(trace, reject(state, id).await)))
}

async fn list(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Outcome<Page<WaitlistEntry>> {
    let parameters = Parameters::parse(raw.as_deref());
    let rows = parameters.rows()?;
    let (field, descending) = order(&parameters, "created_at".to_owned())?;
    let by = match field.as_str() {
        "created_at" => DocumentColumn::CreatedAt,
        "email_address" => DocumentColumn::Text,
        "invited_at" => DocumentColumn::InvitedAt,
        _ => return Err(ApiError::value_invalid("order_by", parameters.text("order_by").unwrap_or_default())),
    };
    let (statuses, text) = (statuses(&parameters, STATUSES)?, parameters.text("query").map(folded));
    let query = DocumentQuery { kind: KIND, statuses, text, by, descending, limit: rows.limit, offset: rows.offset };
    let now = state.clock.now();
    let (data, total_count) = ask(&state, move |store| store.documents(&query, now)).await?;
    Ok(Json(Page { data, total_count }))
}

async fn create(State(state): State<AppState>, mut body: Fields) -> Outcome<WaitlistEntry> {
    let email_address = body.required_identifier("email_address", rules::email);
    _ = body.flag("notify");
    body.finish_open()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        if store.email_is_taken(&email_address)? {
            return Err(ApiError::identifier_exists("email_address"));
        }
        if store.has_document(KIND, &email_address, None, now)? {
            let long = format!("{email_address} is on the waitlist already.");
            return Err(ApiError::new(StatusCode::BAD_REQUEST, "duplicate_record", "duplicate waitlist entry", long));
        }
        let entry = WaitlistEntry {
            object: Object::default(),
            id: fresh::id("wle"),
            email_address,
            status: WaitlistStatus::Pending,
            is_locked: Some(false),
            created_at: now,
            updated_at: now,
            invitation: None,
        };
        store.put_document(&entry.email_address, &entry)?;
        Ok(entry)
    })
    .await
}

async fn invite(State(state): State<AppState>, Path(id): Path<String>, mut body: Fields) -> Outcome<WaitlistEntry> {
    let ignore_existing = body.flag("ignore_existing").value().unwrap_or_default();
    body.finish_open()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let mut entry = found(store, &id, now)?;
        if !matches!(entry.status, WaitlistStatus::Pending | WaitlistStatus::Rejected) && !ignore_existing {
            return Err(refused(&entry, "invited"));
        }
        entry.invitation = Some(make_invitation(store, &entry.email_address, ignore_existing, DAYS, now)?);
        (entry.status, entry.updated_at) = (WaitlistStatus::Invited, now);
        store.put_document(&entry.email_address, &entry)?;
        Ok(entry)
    })
    .await
}

async fn reject(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<WaitlistEntry> {
    let now = state.clock.now();
    decide(&state, move |store| {
        let mut entry = found(store, &id, now)?;
        if entry.status != WaitlistStatus::Pending {
            return Err(refused(&entry, "rejected"));
        }
        (entry.status, entry.updated_at) = (WaitlistStatus::Rejected, now);
        store.put_document(&entry.email_address, &entry)?;
        Ok(entry)
    })
    .await
}

/// Only who still waits, or was turned away, is taken off: an invitation is out in the world.
async fn remove(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<DeletedObject> {
    let now = state.clock.now();
    decide(&state, move |store| {
        let entry = found(store, &id, now)?;
        if !matches!(entry.status, WaitlistStatus::Pending | WaitlistStatus::Rejected) {
            return Err(refused(&entry, "deleted"));
        }
        store.delete_document(KIND, &id)?;
        Ok(DeletedObject { object: KIND.to_owned(), id: Some(id), deleted: true, ..DeletedObject::default() })
    })
    .await
}

fn found(store: &Store, id: &str, now: Timestamp) -> Result<WaitlistEntry, ApiError> {
    store.document(KIND, id, now)?.ok_or_else(|| ApiError::not_found("waitlist entry", id))
}

fn refused(entry: &WaitlistEntry, act: &str) -> ApiError {
    inferred::waitlist_conflict(entry.status.as_str(), act)
}
