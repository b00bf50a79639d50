//! Users.

mod bulk;
mod factors;
mod identifications;
mod images;
mod metadata;
mod passwords;
mod possessions;
mod profile;
mod write;

use super::{JsonText, Outcome, answer, answer_with, ask};
use crate::{
    clerk::model::{DeletedObject, Object, OrganizationMembership, Page, Timestamp, TotalCount, User},
    emulator::{
        error::ApiError,
        gate::TraceId,
        inferred,
        parameters::Parameters,
        server::AppState,
        store::{Bound, Choice, Filter, Match, Moment, Order, OrderColumn, Store, StoreError, UserRows, folded},
    },
};
use axum::{
    Extension, Json, Router,
    extract::{Path, RawQuery, State},
    response::Response,
    routing::{get, post},
};
use std::time::Duration;

pub(super) use images::serve as image;
pub(super) use profile::weigh_factors;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .merge(bulk::routes())
        .merge(factors::routes())
        .merge(metadata::routes())
        .merge(identifications::routes())
        .merge(images::routes())
        .merge(passwords::routes())
        .merge(possessions::routes())
        .merge(write::routes())
        .route("/users", get(async |state, trace, query| answer_with(trace, list(state, query).await)))
        .route("/users/count", get(async |state, trace, query| answer(trace, count(state, query).await)))
        .route(
            "/users/{id}",
            get(async |state, trace, id| answer(trace, show(state, id).await))
                .delete(async |state, trace, id| answer(trace, delete(state, id).await)),
        )
        .route("/users/{id}/ban", post(async |state, trace, id| change(state, trace, id, Store::ban).await))
        .route("/users/{id}/unban", post(async |state, trace, id| change(state, trace, id, Store::unban).await))
        .route("/users/{id}/lock", post(async |state, trace, id| change(state, trace, id, lock).await))
        .route("/users/{id}/unlock", post(async |state, trace, id| change(state, trace, id, unlock).await))
        .route(
            "/users/{id}/organization_memberships",
            get(async |state, trace, id, query| answer(trace, memberships(state, id, query).await)),
        )
}

async fn list(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<JsonText, ApiError> {
    let parameters = Parameters::parse(query.as_deref());
    let filter = filter(&parameters)?;
    let order = order(&parameters)?;
    let rows = rows(&parameters, order)?;
    let starting_after = rows.starting_after.clone().unwrap_or_default();
    let now = state.clock.now();
    let users = ask(&state, move |store| store.users(&filter, order, &rows, now)).await?;
    users.map(JsonText).ok_or_else(|| ApiError::value_invalid("starting_after", &starting_after))
}

async fn count(State(state): State<AppState>, RawQuery(query): RawQuery) -> Outcome<TotalCount> {
    let filter = filter(&Parameters::parse(query.as_deref()))?;
    let total_count = ask(&state, move |store| store.count(&filter)).await?;
    Ok(Json(TotalCount { object: Object::default(), total_count }))
}

async fn show(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<User> {
    let (now, wanted) = (state.clock.now(), id.clone());
    let user = ask(&state, move |store| store.user(&wanted, now)).await?;
    user.map(Json).ok_or_else(|| ApiError::user_not_found(&id))
}

async fn delete(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<DeletedObject> {
    let wanted = id.clone();
    let found = ask(&state, move |store| store.transaction(|store| store.delete_user(&wanted))).await?;
    if found { Ok(Json(deleted("user", id))) } else { Err(ApiError::user_not_found(&id)) }
}

/// What is left of a thing.
pub(super) fn deleted(object: &str, id: String) -> DeletedObject {
    DeletedObject { object: object.to_owned(), id: Some(id), deleted: true, ..DeletedObject::default() }
}

/// Changes a user by `act`, or refuses and changes nothing; the answer is what `act` gives.
pub(super) async fn edit<T: Send + 'static>(
    state: &AppState,
    id: String,
    act: impl FnOnce(&Store, &mut User, Timestamp) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let now = state.clock.now();
    ask(state, move |store| {
        store.transaction(|store| {
            let mut user = store.user(&id, now)?.ok_or_else(|| ApiError::user_not_found(&id))?;
            let answer = act(store, &mut user, now)?;
            user.updated_at = now;
            store.update_user(&user)?;
            Ok::<T, ApiError>(answer)
        })
    })
    .await
}

/// As [`edit`]; the answer is the user as it is then.
async fn edited(
    state: &AppState,
    id: String,
    act: impl FnOnce(&Store, &mut User, Timestamp) -> Result<(), ApiError> + Send + 'static,
) -> Outcome<User> {
    let wanted = id.clone();
    edit(state, id, act).await?;
    let now = state.clock.now();
    let user = ask(state, move |store| store.user(&wanted, now)?.ok_or_else(|| ApiError::user_not_found(&wanted)));
    user.await.map(Json)
}

async fn memberships(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Outcome<Page<OrganizationMembership>> {
    let rows = Parameters::parse(query.as_deref()).rows()?;
    let (now, wanted) = (state.clock.now(), id.clone());
    let page = ask(&state, move |store| {
        let Some(user) = store.user(&wanted, now)? else { return Ok(None) };
        store.memberships(&user, rows.limit, rows.offset).map(Some)
    });
    let (data, total_count) = page.await?.ok_or_else(|| ApiError::user_not_found(&id))?;
    Ok(Json(Page { data, total_count }))
}

/// Changes a user by `act`, which tells whether there is one; the answer is the user as it is then.
async fn change(
    State(state): State<AppState>,
    trace_id: Extension<TraceId>,
    Path(id): Path<String>,
    act: impl FnOnce(&Store, &str, Timestamp) -> Result<bool, StoreError> + Send + 'static,
) -> Response {
    let (now, wanted) = (state.clock.now(), id.clone());
    let user = ask(&state, move |store| {
        let found = store.transaction(|store| act(store, &wanted, now))?;
        if found { store.user(&wanted, now) } else { Ok(None) }
    });
    let outcome = user.await.and_then(|user| user.map(Json).ok_or_else(|| ApiError::user_not_found(&id)));
    answer(trace_id, outcome)
}

fn lock(store: &Store, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let duration = Duration::from_secs(inferred::LOCK_SECONDS.unsigned_abs());
    store.lock(id, now, now.plus(duration))
}

fn unlock(store: &Store, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    store.unlock(id, now, inferred::ATTEMPTS)
}

fn order(parameters: &Parameters) -> Result<Order, ApiError> {
    let default = Order { by: OrderColumn::CreatedAt, descending: true };
    parameters
        .text("order_by")
        .map_or(Ok(default), |text| Order::parse(text).ok_or_else(|| ApiError::value_invalid("order_by", text)))
}

/// A cursor goes with the order of signing up alone, and not with an offset.
fn rows(parameters: &Parameters, order: Order) -> Result<UserRows, ApiError> {
    let rows = parameters.rows()?;
    let starting_after = parameters.text("starting_after").map(str::to_owned);
    if starting_after.is_some() && order.by != OrderColumn::CreatedAt {
        return Err(ApiError::value_invalid("order_by", parameters.text("order_by").unwrap_or_default()));
    }
    if starting_after.is_some() && rows.offset != 0 {
        return Err(ApiError::value_invalid("offset", &rows.offset.to_string()));
    }
    Ok(UserRows { limit: rows.limit, offset: rows.offset, starting_after })
}

fn filter(parameters: &Parameters) -> Result<Filter, ApiError> {
    let matches = [
        ("query", Match::Anything),
        ("email_address_query", Match::Email),
        ("phone_number_query", Match::Phone),
        ("username_query", Match::Username),
        ("name_query", Match::Name),
    ];
    let matches = matches.into_iter().filter_map(|(name, kind)| Some((kind, folded(parameters.text(name)?)))).collect();
    let mut identifications = Vec::new();
    for kind in ["email_address", "phone_number", "web3_wallet"] {
        let values: Vec<String> = parameters.list(kind)?.into_iter().map(folded).collect();
        if !values.is_empty() {
            identifications.push((kind.to_owned(), values));
        }
    }
    identifications.extend(provider(parameters)?);
    Ok(Filter {
        matches,
        identifications,
        usernames: parameters.list("username")?.into_iter().map(folded).collect(),
        ids: choice(parameters, "user_id")?,
        external_ids: choice(parameters, "external_id")?,
        organizations: choice(parameters, "organization_id")?,
        banned: parameters.bool("banned")?,
        moments: moments(parameters)?,
    })
}

/// A provider and ids there, which go only together.
fn provider(parameters: &Parameters) -> Result<Option<(String, Vec<String>)>, ApiError> {
    let ids: Vec<String> = parameters.list("provider_user_id")?.into_iter().map(str::to_owned).collect();
    match (parameters.text("provider"), ids.is_empty()) {
        (Some(provider), false) => Ok(Some((provider.to_owned(), ids))),
        (None, true) => Ok(None),
        (Some(_), true) => Err(ApiError::missing("provider_user_id")),
        (None, false) => Err(ApiError::missing("provider")),
    }
}

/// Values with a sign each: `-` excludes, `+` or none includes.
fn choice(parameters: &Parameters, name: &str) -> Result<Choice, ApiError> {
    let mut choice = Choice::default();
    for value in parameters.list(name)? {
        match value.strip_prefix('-') {
            Some(value) => choice.exclude.push(value.to_owned()),
            None => choice.include.push(value.strip_prefix(['+', ' ']).unwrap_or(value).to_owned()),
        }
    }
    Ok(choice)
}

fn moments(parameters: &Parameters) -> Result<Vec<(Moment, Bound, Timestamp)>, ApiError> {
    let names = [
        ("last_active_at_before", Moment::LastActiveAt, Bound::Before),
        ("last_active_at_after", Moment::LastActiveAt, Bound::After),
        ("last_active_at_since", Moment::LastActiveAt, Bound::After),
        ("created_at_before", Moment::CreatedAt, Bound::Before),
        ("created_at_after", Moment::CreatedAt, Bound::After),
        ("last_sign_in_at_before", Moment::LastSignInAt, Bound::Before),
        ("last_sign_in_at_after", Moment::LastSignInAt, Bound::After),
    ];
    let moment = |(name, moment, bound)| Ok(parameters.moment(name)?.map(|at| (moment, bound, at)));
    names.into_iter().filter_map(|name| moment(name).transpose()).collect()
}
