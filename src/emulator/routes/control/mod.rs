//! What Clerk does not have: switching faults, and putting the data back, while it runs. Outside `/v1`; the key is
//! checked all the same, and neither the rate limit nor the faults touch it.
//!
//! - `GET /control/faults` answers `{latency_ms, faults: {KIND: RATE}, rate_limit}`; `PUT` takes any of these, and `seed`,
//!   which begins the stream of faults anew. A field that is left out stays as it is; `faults` replaces all of them.
//! - `POST /control/reset` makes the people anew as they were in the beginning.
//! - `POST /control/accept` takes `{ticket}`, as it stands in the link of a token, and opens the session that whoever
//!   follows the link gets.
//! - `POST /control/snapshot` keeps the data in memory, and `POST /control/restore` puts it back; both take `{name}`,
//!   which can be left out.
//! - What only a person can add to themselves, as no request of Clerk's can; `?` marks what can be left out, and the answer
//!   is the thing: `POST /control/users/{id}/passkeys` takes `{name}`, `…/web3_wallets` `{web3_wallet}`,
//!   `…/external_accounts` `{provider, email_address?, provider_user_id?, username?, approved_scopes?}`,
//!   `…/enterprise_accounts` `{provider, protocol?, email_address?}`, `…/trusted_devices`
//!   `{platform?, name?, app_identifier?}`.
//! - `PUT /control/users/{id}/oauth_access_tokens/{provider}` takes `{error}`: one of Clerk's codes, with which the tokens
//!   of the user's accounts there are refused from then on, or null.

mod possessions;

use super::{Outcome, answer, ask, tickets::accept};
use crate::emulator::{
    error::ApiError,
    faults::{Fault, FaultKind, Misbehaviour},
    fields::Fields,
    rate::RateLimit,
    server::{AppState, reset as make_anew},
};
use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use serde_json::{Map, Value, json};
use std::time::Duration;
use strum::IntoEnumIterator;

/// An hour: who waits longer wants the fault `timeout`.
const LONGEST_LATENCY: i64 = 3_600_000;
/// The snapshot of a request that names none.
const UNNAMED: &str = "default";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/faults",
            get(async |state, trace| answer(trace, Ok(show(&state))))
                .put(async |state, trace, body| answer(trace, switch(&state, body))),
        )
        .route("/accept", post(async |state, trace, body| answer(trace, accept(state, body).await)))
        .route("/reset", post(async |state, trace, body| answer(trace, reset(state, body).await)))
        .route("/snapshot", post(async |state, trace, body| answer(trace, snapshot(state, body).await)))
        .merge(possessions::routes())
        .route("/restore", post(async |state, trace, body| answer(trace, restore(state, body).await)))
}

fn show(State(state): &State<AppState>) -> Json<Value> {
    let now = state.faults.misbehaviour();
    let rates: Map<_, _> = FaultKind::iter().map(|kind| (kind.to_string(), now.rate(kind).into())).collect();
    let limit = state.rate.limit().to_string();
    Json(json!({ "latency_ms": now.latency.as_millis(), "faults": rates, "rate_limit": limit }))
}

fn switch(state: &State<AppState>, mut body: Fields) -> Outcome<Value> {
    let before = state.faults.misbehaviour();
    let latency = body.integer("latency_ms", 0..=LONGEST_LATENCY);
    let latency = latency.map_or(before.latency, |millis| Duration::from_millis(millis.unsigned_abs()));
    let faults = match body.object("faults").value() {
        None => FaultKind::iter().map(|kind| Fault { kind, rate: before.rate(kind) }).collect(),
        Some(rates) => read_faults(&mut body, &rates),
    };
    let seed = body.integer("seed", 0..=i64::MAX).map(i64::unsigned_abs);
    let limit = body.text("rate_limit").value().and_then(|text| {
        let limit = text.parse::<RateLimit>();
        limit.map_err(|_| body.refuse(ApiError::value_invalid("rate_limit", &text))).ok()
    });
    body.finish()?;
    let misbehaviour =
        Misbehaviour::new(latency, faults).map_err(|error| ApiError::value_invalid("faults", &error.to_string()))?;
    state.faults.switch(misbehaviour, seed);
    if let Some(limit) = limit {
        state.rate.switch(limit);
    }
    Ok(show(state))
}

fn read_faults(body: &mut Fields, rates: &Map<String, Value>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (kind, rate) in rates {
        match format!("{kind}:{rate}").parse() {
            Ok(fault) => faults.push(fault),
            Err(_) => body.refuse(ApiError::value_invalid("faults", &format!("{kind}: {rate}"))),
        }
    }
    faults
}

async fn reset(State(state): State<AppState>, body: Fields) -> Outcome<Value> {
    body.finish()?;
    let people = state.people;
    ask(&state, move |store| make_anew(store, people)).await?;
    Ok(Json(json!({ "object": "reset" })))
}

async fn snapshot(State(state): State<AppState>, mut body: Fields) -> Outcome<Value> {
    let name = body.text("name").value().unwrap_or_else(|| UNNAMED.to_owned());
    body.finish()?;
    let told = json!({ "object": "snapshot", "name": name });
    ask(&state, move |store| store.snapshot(&name)).await?;
    Ok(Json(told))
}

async fn restore(State(state): State<AppState>, mut body: Fields) -> Outcome<Value> {
    let name = body.text("name").value().unwrap_or_else(|| UNNAMED.to_owned());
    body.finish()?;
    let wanted = name.clone();
    let found = ask(&state, move |store| store.restore(&wanted)).await?;
    if !found {
        return Err(ApiError::not_found("snapshot", &name));
    }
    Ok(Json(json!({ "object": "snapshot", "name": name })))
}
