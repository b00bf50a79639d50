//! Memberships of organizations.

use super::{
    Outcome, answer, ask, decide,
    organizations::{choice, order},
};
use crate::{
    clerk::model::{Metadata, OrganizationMembership, Page},
    emulator::{
        bags,
        error::ApiError,
        fields::Fields,
        parameters::Parameters,
        people::random::Random,
        server::AppState,
        store::{
            Bound, Filter, Match, MembershipColumn, MembershipFilter, MembershipRows, Moment, OrganizationCounts,
            ROLES, Role, Store, folded,
        },
    },
};
use axum::{
    Json, Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    routing::{get, patch},
};

/// The role without which an organization cannot be.
const ADMIN: &str = "org:admin";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/organization_memberships", get(async |state, trace, query| answer(trace, every(state, query).await)))
        .route(
            "/organizations/{id}/memberships",
            get(async |state, trace, id, query| answer(trace, list(state, id, query).await))
                .post(async |state, trace, id, body| answer(trace, add(state, id, body).await)),
        )
        .route(
            "/organizations/{id}/memberships/{user}",
            patch(async |state, trace, ids, body| answer(trace, change(state, ids, body).await))
                .delete(async |state, trace, ids| answer(trace, remove(state, ids).await)),
        )
        .route(
            "/organizations/{id}/memberships/{user}/metadata",
            patch(async |state, trace, ids, body| answer(trace, merge_metadata(state, ids, body).await)),
        )
}

fn rows(parameters: &Parameters) -> Result<MembershipRows, ApiError> {
    let rows = parameters.rows()?;
    let (by, descending) = order(parameters, MembershipColumn::CreatedAt)?;
    Ok(MembershipRows { by, descending, limit: rows.limit, offset: rows.offset })
}

async fn every(State(state): State<AppState>, RawQuery(query): RawQuery) -> Outcome<Page<OrganizationMembership>> {
    let rows = rows(&Parameters::parse(query.as_deref()))?;
    let now = state.clock.now();
    let all = MembershipFilter::default();
    let (data, total_count) = ask(&state, move |store| store.memberships_where(&all, rows, now)).await?;
    Ok(Json(Page { data, total_count }))
}

async fn list(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Outcome<Page<OrganizationMembership>> {
    let parameters = Parameters::parse(query.as_deref());
    let (rows, mut users, now) = (rows(&parameters)?, users(&parameters)?, state.clock.now());
    let roles = parameters.list("role")?.into_iter().map(str::to_owned).collect();
    decide(&state, move |store| {
        let organization = organization(store, &id)?;
        if users != Filter::default() {
            // So that its members are looked through, and not everybody.
            users.organizations.include = store
                .organization(&id, OrganizationCounts::default())?
                .map(|it| it.id.to_string())
                .into_iter()
                .collect();
        }
        let filter = MembershipFilter { organization: Some(organization), users, roles };
        let (data, total_count) = store.memberships_where(&filter, rows, now)?;
        Ok(Page { data, total_count })
    })
    .await
}

/// What the contract lets members be filtered by.
fn users(parameters: &Parameters) -> Result<Filter, ApiError> {
    let matches = [
        ("query", Match::Anything),
        ("email_address_query", Match::Email),
        ("phone_number_query", Match::Phone),
        ("username_query", Match::Username),
        ("name_query", Match::Name),
    ];
    let moments = [
        ("last_active_at_before", Moment::LastActiveAt, Bound::Before),
        ("last_active_at_after", Moment::LastActiveAt, Bound::After),
        ("created_at_before", Moment::CreatedAt, Bound::Before),
        ("created_at_after", Moment::CreatedAt, Bound::After),
    ];
    let mut filter = Filter {
        matches: matches.into_iter().filter_map(|(name, kind)| Some((kind, folded(parameters.text(name)?)))).collect(),
        usernames: parameters.list("username")?.into_iter().map(folded).collect(),
        ids: choice(parameters, "user_id")?,
        ..Filter::default()
    };
    for kind in ["email_address", "phone_number", "web3_wallet"] {
        let values: Vec<String> = parameters.list(kind)?.into_iter().map(folded).collect();
        if !values.is_empty() {
            filter.identifications.push((kind.to_owned(), values));
        }
    }
    for (name, moment, bound) in moments {
        filter.moments.extend(parameters.moment(name)?.map(|at| (moment, bound, at)));
    }
    Ok(filter)
}

async fn add(
    State(state): State<AppState>,
    Path(id): Path<String>,
    mut body: Fields,
) -> Outcome<OrganizationMembership> {
    let (user_id, role) = (body.required_text("user_id"), read_role(&mut body));
    let public_metadata = body.object("public_metadata").value().unwrap_or_default();
    let private_metadata = body.object("private_metadata").value().unwrap_or_default();
    limit_size(&mut body, "public_metadata", &public_metadata);
    limit_size(&mut body, "private_metadata", &private_metadata);
    body.finish_open()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let organization = organization(store, &id)?;
        let user = store.user_seq(&user_id)?.ok_or_else(|| ApiError::user_not_found(&user_id))?;
        if store.membership(organization, &user_id, now)?.is_some() {
            return Err(already_member(&user_id));
        }
        has_room(store, &id, organization, 0)?;
        let membership_id = Random::new(fastrand::u64(..)).id("orgmem");
        store.insert_membership(&membership_id, (user, organization), role, "{}", now)?;
        let mut membership = found(store, organization, &user_id, now)?;
        (membership.public_metadata, membership.private_metadata) = (public_metadata, Some(private_metadata));
        store.update_membership(&membership)?;
        Ok(membership)
    })
    .await
}

async fn change(
    State(state): State<AppState>,
    Path((id, user_id)): Path<(String, String)>,
    mut body: Fields,
) -> Outcome<OrganizationMembership> {
    let role = read_role(&mut body);
    body.finish_open()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let organization = organization(store, &id)?;
        let mut membership = found(store, organization, &user_id, now)?;
        if role.key != ADMIN {
            keep_an_admin(store, organization, &membership)?;
        }
        role.key.clone_into(&mut membership.role);
        membership.updated_at = now;
        store.update_membership(&membership)?;
        found(store, organization, &user_id, now)
    })
    .await
}

async fn remove(
    State(state): State<AppState>,
    Path((id, user_id)): Path<(String, String)>,
) -> Outcome<OrganizationMembership> {
    let now = state.clock.now();
    decide(&state, move |store| {
        let organization = organization(store, &id)?;
        let membership = found(store, organization, &user_id, now)?;
        keep_an_admin(store, organization, &membership)?;
        store.delete_membership(membership.id.as_str())?;
        Ok(membership)
    })
    .await
}

async fn merge_metadata(
    State(state): State<AppState>,
    Path((id, user_id)): Path<(String, String)>,
    mut body: Fields,
) -> Outcome<OrganizationMembership> {
    let (public, private) = (body.object("public_metadata").value(), body.object("private_metadata").value());
    body.finish()?;
    let now = state.clock.now();
    decide(&state, move |store| {
        let organization = organization(store, &id)?;
        let mut membership = found(store, organization, &user_id, now)?;
        let mut body = Fields::default();
        for (name, own, given) in [
            ("public_metadata", &mut membership.public_metadata, public),
            ("private_metadata", membership.private_metadata.get_or_insert_default(), private),
        ] {
            bags::merge(own, given.unwrap_or_default());
            limit_size(&mut body, name, own);
        }
        body.finish_open()?;
        membership.updated_at = now;
        store.update_membership(&membership)?;
        Ok(membership)
    })
    .await
}

pub(super) fn limit_size(body: &mut Fields, name: &str, bag: &Metadata) {
    if let Some(error) = bags::too_large(name, bag) {
        body.refuse(error);
    }
}

/// The role that a body names; any of them where it names none, which is then refused.
pub(super) fn read_role(body: &mut Fields) -> &'static Role {
    let key = body.required_text("role");
    let role = ROLES.iter().find(|role| role.key == key);
    if role.is_none() && !key.is_empty() {
        body.refuse(ApiError::value_invalid("role", &key));
    }
    role.unwrap_or(&ROLES[0])
}

pub(super) fn organization(store: &Store, id: &str) -> Result<i64, ApiError> {
    store.organization_seq(id)?.ok_or_else(|| ApiError::not_found("organization", id))
}

fn found(
    store: &Store,
    organization: i64,
    user_id: &str,
    now: crate::clerk::model::Timestamp,
) -> Result<OrganizationMembership, ApiError> {
    let membership = store.membership(organization, user_id, now)?;
    membership.ok_or_else(|| ApiError::not_found("organization membership", user_id))
}

/// Refuses what would leave an organization without anybody to run it.
fn keep_an_admin(store: &Store, organization: i64, membership: &OrganizationMembership) -> Result<(), ApiError> {
    if membership.role != ADMIN || store.members(organization, Some(ADMIN))? > 1 {
        return Ok(());
    }
    let long = "There has to be at least one organization member with the minimum required permissions";
    let code = "organization_minimum_permissions_needed";
    Err(ApiError::new(StatusCode::BAD_REQUEST, code, "minimum permissions needed", long))
}

pub(super) fn already_member(user_id: &str) -> ApiError {
    let long = format!("User {user_id} is already a member of the organization");
    ApiError::new(StatusCode::BAD_REQUEST, "already_a_member_in_organization", "already a member", long)
}

/// Refuses what would be one member too many, with so many invited beside.
pub(super) fn has_room(store: &Store, id: &str, organization: i64, invited: u64) -> Result<(), ApiError> {
    let most = store
        .organization(id, OrganizationCounts::default())?
        .map_or(0, |organization| organization.max_allowed_memberships);
    let members = store.members(organization, None)?.saturating_add(invited);
    if most == 0 || u64::try_from(most).is_ok_and(|most| members < most) {
        return Ok(());
    }
    let long =
        format!("You have reached your limit of {most} organization memberships, including outstanding invitations.");
    let code = "organization_membership_quota_exceeded";
    Err(ApiError::new(StatusCode::FORBIDDEN, code, "organization membership quota exceeded", long))
}
