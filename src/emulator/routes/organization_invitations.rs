//! Invitations to organizations.

use super::{
    Outcome, answer, ask, decide,
    invitations::{STATUSES, after_days, check_open, duplicate, statuses},
    memberships::{already_member, has_room, limit_size, organization, read_role},
    organizations::order,
};
use crate::{
    clerk::model::{InvitationStatus, OrganizationInvitation, Page, Timestamp, UserId},
    emulator::{
        error::ApiError,
        fields::Fields,
        fresh, inferred,
        parameters::Parameters,
        rules,
        server::AppState,
        store::{OrganizationInvitationQuery, Store, folded},
    },
};
use axum::{
    Json, Router,
    extract::{Path, RawQuery, State},
    routing::{get, post},
};

/// How long an invitation is good that does not say.
const DAYS: i64 = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/organization_invitations", get(async |state, trace, query| answer(trace, every(state, query).await)))
        .route(
            "/organizations/{id}/invitations",
            get(async |state, trace, id, query| answer(trace, list(state, id, query).await))
                .post(async |state, trace, id, body| answer(trace, create(state, id, body).await)),
        )
        .route(
            "/organizations/{id}/invitations/{invitation}/revoke",
            post(async |state, trace, ids, body| answer(trace, revoke(state, ids, body).await)),
        )
}

fn query(parameters: &Parameters) -> Result<OrganizationInvitationQuery, ApiError> {
    let rows = parameters.rows()?;
    let (field, descending) = order(parameters, "created_at".to_owned())?;
    if !["created_at", "email_address"].contains(&field.as_str()) {
        return Err(ApiError::value_invalid("order_by", parameters.text("order_by").unwrap_or_default()));
    }
    Ok(OrganizationInvitationQuery {
        organization: None,
        statuses: statuses(parameters, STATUSES)?,
        email_address: None,
        text: None,
        by_address: field == "email_address",
        descending,
        limit: rows.limit,
        offset: rows.offset,
    })
}

async fn every(State(state): State<AppState>, RawQuery(raw): RawQuery) -> Outcome<Page<OrganizationInvitation>> {
    let parameters = Parameters::parse(raw.as_deref());
    let query = OrganizationInvitationQuery { text: parameters.text("query").map(folded), ..query(&parameters)? };
    let now = state.clock.now();
    let (data, total_count) = ask(&state, move |store| store.organization_invitations(&query, now)).await?;
    Ok(Json(Page { data, total_count }))
}

async fn list(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Outcome<Page<OrganizationInvitation>> {
    let parameters = Parameters::parse(raw.as_deref());
    let mut query = OrganizationInvitationQuery {
        email_address: parameters.text("email_address").map(folded),
        ..query(&parameters)?
    };
    let now = state.clock.now();
    decide(&state, move |store| {
        query.organization = Some(organization(store, &id)?);
        let (mut data, total_count) = store.organization_invitations(&query, now)?;
        for invitation in &mut data {
            invitation.public_organization_data = None;
        }
        Ok(Page { data, total_count })
    })
    .await
}

async fn create(
    State(state): State<AppState>,
    Path(id): Path<String>,
    mut body: Fields,
) -> Outcome<OrganizationInvitation> {
    let (email_address, role) = (body.required_identifier("email_address", rules::email), read_role(&mut body));
    let inviter = body.text("inviter_user_id").value();
    let public_metadata = body.object("public_metadata").value().unwrap_or_default();
    let private_metadata = body.object("private_metadata").value().unwrap_or_default();
    limit_size(&mut body, "public_metadata", &public_metadata);
    limit_size(&mut body, "private_metadata", &private_metadata);
    let days = body.integer("expires_in_days", 1..=365).unwrap_or(DAYS);
    _ = body.text("redirect_url");
    _ = body.flag("notify");
    body.finish_open()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let organization = organization(store, &id)?;
        check_runs(store, organization, inviter.as_deref(), now)?;
        if store.is_member_by_email(organization, &email_address)? {
            return Err(already_member(&email_address));
        }
        let pending = OrganizationInvitationQuery {
            organization: Some(organization),
            statuses: vec!["pending".to_owned()],
            email_address: Some(folded(&email_address)),
            limit: 1,
            ..OrganizationInvitationQuery::default()
        };
        if store.organization_invitations(&pending, now)?.1 > 0 {
            return Err(duplicate(&email_address));
        }
        let outstanding = OrganizationInvitationQuery { email_address: None, ..pending };
        has_room(store, &id, organization, store.organization_invitations(&outstanding, now)?.1)?;
        let invitation_id = fresh::id("orginv");
        store.insert_invitation(&invitation_id, organization, &email_address, role, (now, after_days(now, days)))?;
        let mut invitation = found(store, organization, &invitation_id, now)?;
        invitation.inviter_id = inviter.map(UserId::from);
        (invitation.public_metadata, invitation.private_metadata) = (public_metadata, Some(private_metadata));
        invitation.url = Some(fresh::link(&fresh::token()));
        store.update_organization_invitation(&invitation)?;
        found(store, organization, &invitation_id, now)
    })
    .await
}

async fn revoke(
    State(state): State<AppState>,
    Path((id, invitation_id)): Path<(String, String)>,
    mut body: Fields,
) -> Outcome<OrganizationInvitation> {
    let requester = body.text("requesting_user_id").value();
    body.finish_open()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let organization = organization(store, &id)?;
        check_runs(store, organization, requester.as_deref(), now)?;
        let mut invitation = found(store, organization, &invitation_id, now)?;
        check_open(&invitation.status.clone().unwrap_or_default())?;
        (invitation.status, invitation.updated_at) = (Some(InvitationStatus::Revoked), now);
        store.update_organization_invitation(&invitation)?;
        Ok(invitation)
    })
    .await
}

fn found(store: &Store, organization: i64, id: &str, now: Timestamp) -> Result<OrganizationInvitation, ApiError> {
    let found = store.organization_invitation(organization, id, now)?;
    let mut invitation = found.ok_or_else(|| ApiError::not_found("organization invitation", id))?;
    invitation.public_organization_data = None;
    Ok(invitation)
}

/// Who invites or takes an invitation back, where they are named, has to run the organization.
fn check_runs(store: &Store, organization: i64, user_id: Option<&str>, now: Timestamp) -> Result<(), ApiError> {
    let Some(user_id) = user_id else { return Ok(()) };
    let membership = store.membership(organization, user_id, now)?;
    if membership.is_some_and(|membership| membership.role == "org:admin") {
        return Ok(());
    }
    Err(inferred::not_an_admin(user_id))
}
