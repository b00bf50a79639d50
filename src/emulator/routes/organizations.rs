//! Organizations, and the roles in them.

use super::{Outcome, answer, ask, decide};
use crate::{
    clerk::model::{Object, Organization, Page, Permission, Role, Timestamp},
    emulator::{
        error::ApiError,
        parameters::Parameters,
        server::AppState,
        store::{Choice, OrganizationColumn, OrganizationCounts, OrganizationQuery, ROLES, folded},
    },
};
use axum::{
    Json, Router,
    extract::{Path, RawQuery, State},
    routing::get,
};
use std::cmp::Ordering;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/organizations", get(async |state, trace, query| answer(trace, list(state, query).await)))
        .route("/organizations/{id}", get(async |state, trace, id, query| answer(trace, show(state, id, query).await)))
        .route("/organization_roles", get(async |trace, query| answer(trace, roles(query))))
}

/// A field that a list is ordered by, and whether backwards; the newest first unless told otherwise.
pub(super) fn order<T: std::str::FromStr>(parameters: &Parameters, default: T) -> Result<(T, bool), ApiError> {
    let Some(text) = parameters.text("order_by") else { return Ok((default, true)) };
    let (descending, field) = match text.strip_prefix('-') {
        Some(field) => (true, field),
        None => (false, text.strip_prefix(['+', ' ']).unwrap_or(text)),
    };
    let by = field.parse().map_err(|_| ApiError::value_invalid("order_by", text))?;
    Ok((by, descending))
}

/// Values with a sign each: `-` excludes, `+` or none includes.
pub(super) fn choice(parameters: &Parameters, name: &str) -> Result<Choice, ApiError> {
    let mut choice = Choice::default();
    for value in parameters.list(name)? {
        match value.strip_prefix('-') {
            Some(value) => choice.exclude.push(value.to_owned()),
            None => choice.include.push(value.strip_prefix(['+', ' ']).unwrap_or(value).to_owned()),
        }
    }
    Ok(choice)
}

fn counts(parameters: &Parameters) -> Result<OrganizationCounts, ApiError> {
    Ok(OrganizationCounts {
        members: parameters.bool("include_members_count")?.unwrap_or_default(),
        missing_admin: parameters.bool("include_missing_member_with_elevated_permissions")?.unwrap_or_default(),
    })
}

async fn list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Outcome<Page<Organization>> {
    let parameters = Parameters::parse(query.as_deref());
    let rows = parameters.rows()?;
    let (by, descending) = order(&parameters, OrganizationColumn::CreatedAt)?;
    let query = OrganizationQuery {
        text: parameters.text("query").map(folded),
        user_ids: choice(&parameters, "user_id")?,
        ids: choice(&parameters, "organization_id")?,
        by,
        descending,
        counts: counts(&parameters)?,
        limit: rows.limit,
        offset: rows.offset,
    };
    let (data, total_count) = ask(&state, move |store| store.organizations(&query)).await?;
    Ok(Json(Page { data, total_count }))
}

async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Outcome<Organization> {
    let counts = counts(&Parameters::parse(query.as_deref()))?;
    decide(&state, move |store| {
        store.organization(&id, counts)?.ok_or_else(|| ApiError::not_found("organization", &id))
    })
    .await
}

/// Every role that there is: Clerk's and the application's own.
fn roles(RawQuery(query): RawQuery) -> Outcome<Page<Role>> {
    let parameters = Parameters::parse(query.as_deref());
    let rows = parameters.rows()?;
    let text = parameters.text("query").map(folded).unwrap_or_default();
    let (by, descending) = order(&parameters, RoleColumn::CreatedAt)?;
    let mut roles: Vec<Role> = (0..)
        .zip(ROLES)
        .filter(|(_, role)| folded(role.name).contains(&text) || role.key.contains(&text))
        .map(|(number, role)| role_of(number, role))
        .collect();
    // They were made in the order in which they stand.
    roles.sort_by(|one, other| match by {
        RoleColumn::CreatedAt => Ordering::Equal,
        RoleColumn::Name => one.name.cmp(&other.name),
        RoleColumn::Key => one.key.cmp(&other.key),
    });
    if descending {
        roles.reverse();
    }
    Ok(Json(rows.page_of(roles)))
}

#[derive(Clone, Copy, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
enum RoleColumn {
    CreatedAt,
    Name,
    Key,
}

/// When the roles came to be: 2024-01-01, a second apart.
const FOUNDED: i64 = 1_704_067_200_000;

fn role_of(number: i64, role: &crate::emulator::store::Role) -> Role {
    let created_at = Timestamp::from_millis(FOUNDED + number * 1_000);
    let permission = |key: &&str| Permission {
        object: Object::default(),
        id: stable_id("perm", key),
        name: name_of(key),
        key: (*key).to_owned(),
        description: String::new(),
        r#type: if key.starts_with("org:sys_") { "system" } else { "user" }.to_owned(),
        created_at,
        updated_at: created_at,
    };
    Role {
        object: Object::default(),
        id: stable_id("role", role.key),
        name: role.name.to_owned(),
        key: role.key.to_owned(),
        description: None,
        is_creator_eligible: role.key == "org:admin",
        permissions: role.permissions.iter().map(permission).collect(),
        created_at,
        updated_at: created_at,
    }
}

/// An id that follows from a key.
fn stable_id(prefix: &str, key: &str) -> String {
    let seed = key.bytes().fold(0, |hash: u64, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    crate::emulator::people::random::Random::new(seed).id(prefix)
}

/// `org:sys_memberships:manage` in words: "Memberships: manage".
fn name_of(key: &str) -> String {
    let words = key.trim_start_matches("org:").trim_start_matches("sys_").replace(':', ": ").replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
