//! Invitations to the application.

use super::{Outcome, answer, ask, decide, memberships::limit_size, organizations::order};
use crate::{
    clerk::model::{Invitation, InvitationStatus, Object, Page, Timestamp},
    emulator::{
        error::ApiError,
        fields::Fields,
        fresh,
        gate::TraceId,
        parameters::Parameters,
        rules,
        server::AppState,
        store::{DocumentColumn, DocumentQuery, Store, folded},
    },
};
use axum::{
    Extension, Json, Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::time::Duration;

const KIND: &str = "invitation";
pub(super) const STATUSES: &[&str] = &["pending", "accepted", "revoked", "expired"];
/// How long an invitation is good that does not say.
const DAYS: i64 = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/invitations", get(list).post(async |state, trace, body| answer(trace, create(state, body).await)))
        .route("/invitations/{id}/revoke", post(async |state, trace, id| answer(trace, revoke(state, id).await)))
}

/// The status asked for; an unknown one is refused.
pub(super) fn statuses(parameters: &Parameters, known: &[&str]) -> Result<Vec<String>, ApiError> {
    let asked = parameters.list("status")?;
    match asked.iter().find(|status| !known.contains(status)) {
        Some(status) => Err(ApiError::value_invalid("status", status)),
        None => Ok(asked.into_iter().map(str::to_owned).collect()),
    }
}

async fn list(State(state): State<AppState>, trace_id: Extension<TraceId>, RawQuery(query): RawQuery) -> Response {
    let parameters = Parameters::parse(query.as_deref());
    let paginated = matches!(parameters.bool("paginated"), Ok(Some(true)));
    match page(&state, &parameters).await {
        Ok(Json(page)) if paginated => Json(page).into_response(),
        outcome => answer(trace_id, outcome.map(|Json(page)| Json(page.data))),
    }
}

async fn page(state: &AppState, parameters: &Parameters) -> Outcome<Page<Invitation>> {
    let rows = parameters.rows()?;
    let (field, descending) = order(parameters, "created_at".to_owned())?;
    let by = match field.as_str() {
        "created_at" => DocumentColumn::CreatedAt,
        "email_address" => DocumentColumn::Text,
        "expires_at" => DocumentColumn::ExpiresAt,
        _ => return Err(ApiError::value_invalid("order_by", parameters.text("order_by").unwrap_or_default())),
    };
    let mut statuses = statuses(parameters, STATUSES)?;
    if statuses.is_empty() {
        // Those taken back are only listed where they are asked for.
        statuses = STATUSES.iter().filter(|status| **status != "revoked").map(ToString::to_string).collect();
    }
    let text = parameters.text("query").map(folded);
    let query = DocumentQuery { kind: KIND, statuses, text, by, descending, limit: rows.limit, offset: rows.offset };
    let now = state.clock.now();
    let (data, total_count) = ask(state, move |store| store.documents(&query, now)).await?;
    Ok(Json(Page { data, total_count }))
}

async fn create(State(state): State<AppState>, mut body: Fields) -> Outcome<Invitation> {
    let email_address = body.required_identifier("email_address", rules::email);
    let public_metadata = body.object("public_metadata").value().unwrap_or_default();
    limit_size(&mut body, "public_metadata", &public_metadata);
    // Nobody is written to, and no page is opened.
    _ = body.text("redirect_url");
    _ = body.flag("notify");
    if let Some(slug) = body
        .text("template_slug")
        .value()
        .filter(|slug| !["invitation", "waitlist_invitation"].contains(&slug.as_str()))
    {
        body.refuse(ApiError::value_invalid("template_slug", &slug));
    }
    let ignore_existing = body.flag("ignore_existing").value().unwrap_or_default();
    let days = body.integer("expires_in_days", 1..=365).unwrap_or(DAYS);
    body.finish()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let mut invitation = invite(store, &email_address, ignore_existing, days, now)?;
        invitation.public_metadata = public_metadata;
        store.put_document(&email_address, &invitation)?;
        Ok(invitation)
    })
    .await
}

/// A new invitation, put in; refused where there is one already or where the address has a user, unless that is ignored.
pub(super) fn invite(
    store: &Store,
    email_address: &str,
    ignore_existing: bool,
    days: i64,
    now: Timestamp,
) -> Result<Invitation, ApiError> {
    if !ignore_existing {
        if store.has_document(KIND, email_address, Some("pending"), now)? {
            return Err(duplicate(email_address));
        }
        if store.email_is_taken(email_address)? {
            return Err(ApiError::identifier_exists("email_address"));
        }
    }
    let invitation = Invitation {
        object: Object::default(),
        id: fresh::id("inv"),
        email_address: email_address.to_owned(),
        revoked: Some(false),
        status: InvitationStatus::Pending,
        url: Some(fresh::link(&fresh::token())),
        expires_at: Some(after_days(now, days)),
        created_at: now,
        updated_at: now,
        ..Invitation::default()
    };
    store.put_document(email_address, &invitation)?;
    Ok(invitation)
}

pub(super) fn after_days(now: Timestamp, days: i64) -> Timestamp {
    now.plus(Duration::from_hours(24 * days.unsigned_abs()))
}

async fn revoke(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<Invitation> {
    let now = state.clock.now();
    decide(&state, move |store| {
        let found = store.document::<Invitation>(KIND, &id, now)?;
        let mut invitation = found.ok_or_else(|| ApiError::not_found("invitation", &id))?;
        check_open(&invitation.status)?;
        (invitation.status, invitation.revoked, invitation.updated_at) = (InvitationStatus::Revoked, Some(true), now);
        store.put_document(&invitation.email_address, &invitation)?;
        Ok(invitation)
    })
    .await
}

/// What was accepted or taken back already cannot be taken back.
pub(super) fn check_open(status: &InvitationStatus) -> Result<(), ApiError> {
    let (code, text) = match status {
        InvitationStatus::Accepted => ("invitation_already_accepted", "The invitation has already been accepted."),
        InvitationStatus::Revoked => ("invitation_already_revoked", "The invitation has already been revoked."),
        _ => return Ok(()),
    };
    Err(ApiError::new(StatusCode::BAD_REQUEST, code, text.trim_end_matches('.'), text))
}

pub(super) fn duplicate(email_address: &str) -> ApiError {
    let long = format!("There is already a pending invitation for {email_address}.");
    ApiError::new(StatusCode::BAD_REQUEST, "duplicate_record", "duplicate invitation", long)
}
