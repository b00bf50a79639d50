//! What else belongs to a user: trusted devices, tokens of accounts elsewhere, invitations to organizations.

use super::super::{Outcome, answer, ask};
use crate::{
    clerk::model::{OAuthAccessToken, Object, OrganizationInvitation, Page, TrustedDevice},
    emulator::{error::ApiError, inferred, parameters::Parameters, people::random::Random, rules, server::AppState},
};
use axum::{
    Json, Router,
    extract::{Path, RawQuery, State},
    routing::{delete, get},
};
use serde_json::{Value, json};
use std::time::Duration;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/users/{id}/trusted_devices", get(async |state, trace, id| answer(trace, devices(state, id).await)))
        .route(
            "/users/{id}/trusted_devices/{device_id}",
            delete(async |state, trace, path| answer(trace, revoke_device(state, path).await)),
        )
        .route(
            "/users/{id}/oauth_access_tokens/{provider}",
            get(async |state, trace, path, query| answer(trace, tokens(state, path, query).await)),
        )
        .route(
            "/users/{id}/organization_invitations",
            get(async |state, trace, id, query| answer(trace, invitations(state, id, query).await)),
        )
}

async fn devices(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<Page<TrustedDevice>> {
    let now = state.clock.now();
    let devices = ask(&state, move |store| {
        store.user(&id, now)?.ok_or_else(|| ApiError::user_not_found(&id))?;
        Ok::<_, ApiError>(store.trusted_devices(&id)?)
    });
    let data = devices.await?;
    Ok(Json(Page { total_count: u64::try_from(data.len()).unwrap_or(0), data }))
}

async fn revoke_device(
    State(state): State<AppState>,
    Path((id, device_id)): Path<(String, String)>,
) -> Outcome<TrustedDevice> {
    let now = state.clock.now();
    let device = ask(&state, move |store| {
        store.transaction(|store| {
            store.user(&id, now)?.ok_or_else(|| ApiError::user_not_found(&id))?;
            store.revoke_trusted_device(&id, &device_id, now)?.ok_or_else(ApiError::resource_not_found)
        })
    });
    device.await.map(Json)
}

/// The tokens of a user's accounts at a provider: none where there is no account.
async fn tokens(
    State(state): State<AppState>,
    Path((id, provider)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Outcome<Value> {
    let parameters = Parameters::parse(query.as_deref());
    let (rows, wrapped) = (parameters.rows()?, parameters.bool("paginated")?.unwrap_or(false));
    let provider = rules::with_oauth_prefix(provider);
    let (now, asked) = (state.clock.now(), provider.clone());
    let user = ask(&state, move |store| {
        let user = store.user(&id, now)?.ok_or_else(|| ApiError::user_not_found(&id))?;
        let refusal = store.refusal_of_tokens(&id, &asked, now)?;
        refusal.and_then(|code| ApiError::oauth_token(&code)).map_or(Ok(user), Err)
    });
    let user = user.await?;
    let accounts = user.external_accounts.into_iter().filter(|account| account.provider == provider);
    let tokens: Vec<OAuthAccessToken> = accounts
        .map(|account| {
            let id = account.external_account_id.unwrap_or(account.id);
            // The same account has the same token whenever it is asked for.
            let mut random = Random::of(0, &id, 0);
            OAuthAccessToken {
                object: Object::default(),
                token: random.text("emulated.", 48).into(),
                external_account_id: id,
                provider_user_id: account.provider_user_id,
                expires_at: Some(now.plus(Duration::from_secs(inferred::OAUTH_TOKEN_SECONDS))),
                provider: account.provider,
                public_metadata: account.public_metadata,
                label: account.label,
                scopes: Some(account.approved_scopes.split_whitespace().map(str::to_owned).collect()),
                ..OAuthAccessToken::default()
            }
        })
        .collect();
    let page = rows.page_of(tokens);
    Ok(Json(if wrapped { json!(page) } else { json!(page.data) }))
}

async fn invitations(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Outcome<Page<OrganizationInvitation>> {
    const STATUSES: &[&str] = &["pending", "accepted", "revoked", "expired"];
    let parameters = Parameters::parse(query.as_deref());
    let rows = parameters.rows()?;
    let status = parameters.text("status").map(str::to_owned);
    if let Some(status) = status.as_deref().filter(|status| !STATUSES.contains(status)) {
        return Err(ApiError::value_invalid("status", status));
    }
    let now = state.clock.now();
    let all = ask(&state, move |store| {
        let user = store.user(&id, now)?.ok_or_else(|| ApiError::user_not_found(&id))?;
        Ok::<_, ApiError>(store.invitations_of(&user, status.as_deref(), now)?)
    });
    Ok(Json(rows.page_of(all.await?)))
}
