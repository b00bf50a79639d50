//! What a person alone can add to themselves, in a browser: no request of Clerk's Backend API can. For tests, which cannot
//! wait for a person. What is added is as it would be after that: proven, and found by the same filters.

use super::super::{Outcome, answer, ask, users::edit};
use crate::{
    clerk::model::{
        EnterpriseAccount, ExternalAccount, Object, Passkey, TrustedDevice, TrustedDeviceStatus, User, Verification,
        VerificationStatus, Web3Wallet,
    },
    emulator::{
        error::ApiError,
        fields::{Fields, Given},
        fresh,
        identifications::is_taken,
        rules,
        server::AppState,
    },
};
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{post, put},
};
use serde_json::{Value, json};

const PLATFORMS: &[&str] = &["ios", "android"];
const PROTOCOLS: &[&str] = &["oauth", "saml"];

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/users/{id}/passkeys",
            post(async |state, trace, id, body| answer(trace, add_passkey(state, id, body).await)),
        )
        .route(
            "/users/{id}/web3_wallets",
            post(async |state, trace, id, body| answer(trace, add_wallet(state, id, body).await)),
        )
        .route(
            "/users/{id}/external_accounts",
            post(async |state, trace, id, body| answer(trace, add_account(state, id, body).await)),
        )
        .route(
            "/users/{id}/enterprise_accounts",
            post(async |state, trace, id, body| answer(trace, add_enterprise_account(state, id, body).await)),
        )
        .route(
            "/users/{id}/trusted_devices",
            post(async |state, trace, id, body| answer(trace, add_device(state, id, body).await)),
        )
        .route(
            "/users/{id}/oauth_access_tokens/{provider}",
            put(async |state, trace, path, body| answer(trace, refuse_tokens(state, path, body).await)),
        )
}

async fn add_passkey(State(state): State<AppState>, Path(id): Path<String>, mut body: Fields) -> Outcome<Passkey> {
    let name = body.required_text("name");
    body.finish()?;
    edit(&state, id, move |_, user, now| {
        let passkey = Passkey {
            id: Some(fresh::id("idn")),
            object: Object::default(),
            name,
            last_used_at: now,
            verification: Some(proven("passkey", "passkey")),
        };
        user.passkeys.push(passkey.clone());
        Ok(Json(passkey))
    })
    .await
}

async fn add_wallet(State(state): State<AppState>, Path(id): Path<String>, mut body: Fields) -> Outcome<Web3Wallet> {
    let address = body.required_identifier("web3_wallet", rules::wallet);
    body.finish()?;
    edit(&state, id, move |store, user, now| {
        let owned = user.web3_wallets.iter().any(|own| own.web3_wallet.eq_ignore_ascii_case(&address));
        if owned || is_taken(store, "web3_wallet", &address, user.id.as_str())? {
            return Err(ApiError::identifier_exists("web3_wallet"));
        }
        let wallet = Web3Wallet {
            id: Some(fresh::id("idn")),
            object: Object::default(),
            web3_wallet: address,
            verification: Some(proven("web3", "web3_metamask_signature")),
            created_at: now,
            updated_at: now,
        };
        if user.primary_web3_wallet_id.is_none() {
            user.primary_web3_wallet_id.clone_from(&wallet.id);
        }
        user.web3_wallets.push(wallet.clone());
        Ok(Json(wallet))
    })
    .await
}

async fn add_account(
    State(state): State<AppState>,
    Path(id): Path<String>,
    mut body: Fields,
) -> Outcome<ExternalAccount> {
    let provider = body.required_identifier("provider", rules::oauth_provider);
    let email_address = email_address(&mut body);
    let mut optional = |name| body.text(name).value();
    let (provider_user_id, username, scopes) =
        (optional("provider_user_id"), optional("username"), optional("approved_scopes"));
    body.finish()?;
    edit(&state, id, move |store, user, now| {
        let provider_user_id = provider_user_id.unwrap_or_else(|| fresh::id("at"));
        if !store.holders(&provider, &provider_user_id)?.is_empty() {
            return Err(ApiError::identifier_exists("provider_user_id"));
        }
        let account = ExternalAccount {
            object: "external_account".to_owned(),
            id: fresh::id("eac"),
            identification_id: fresh::id("idn"),
            provider_user_id,
            approved_scopes: scopes.unwrap_or_default(),
            email_address: email_address.unwrap_or_default(),
            email_address_verified: Some(true),
            first_name: user.first_name.clone().unwrap_or_default(),
            last_name: user.last_name.clone().unwrap_or_default(),
            username,
            created_at: now,
            updated_at: now,
            verification: Some(proven("oauth", &provider)),
            provider,
            ..ExternalAccount::default()
        };
        user.external_accounts.push(account.clone());
        Ok(Json(account))
    })
    .await
}

async fn add_enterprise_account(
    State(state): State<AppState>,
    Path(id): Path<String>,
    mut body: Fields,
) -> Outcome<EnterpriseAccount> {
    let provider = body.required_text("provider");
    let protocol = one_of(&mut body, "protocol", PROTOCOLS).unwrap_or_else(|| "saml".to_owned());
    let verification = if protocol == "oauth" {
        body.check(rules::oauth_provider("provider", &provider).map(drop));
        proven("oauth", &provider)
    } else {
        proven("saml", "saml")
    };
    let email_address = email_address(&mut body);
    body.finish()?;
    edit(&state, id, move |_, user: &mut User, now| {
        let account = EnterpriseAccount {
            object: Object::default(),
            id: fresh::id("entacc"),
            protocol: Some(protocol),
            provider,
            active: true,
            email_address: email_address.unwrap_or_default(),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            provider_user_id: Some(fresh::id("at")),
            last_authenticated_at: Some(now),
            verification: Some(verification),
            ..EnterpriseAccount::default()
        };
        user.enterprise_accounts.push(account.clone());
        Ok(Json(account))
    })
    .await
}

async fn add_device(State(state): State<AppState>, Path(id): Path<String>, mut body: Fields) -> Outcome<TrustedDevice> {
    let platform = one_of(&mut body, "platform", PLATFORMS).unwrap_or_else(|| PLATFORMS[0].to_owned());
    let (name, app_identifier) = (body.text("name").value(), body.text("app_identifier").value());
    body.finish()?;
    let now = state.clock.now();
    let device = TrustedDevice {
        object: Object::default(),
        id: fresh::id("tdev"),
        platform,
        app_identifier: app_identifier.unwrap_or_else(|| "com.example.app".to_owned()),
        name,
        algorithm: "ES256".to_owned(),
        status: TrustedDeviceStatus::Active,
        created_at: now,
        updated_at: now,
        last_used_at: None,
        revoked_at: None,
    };
    ask(&state, move |store| {
        if store.add_trusted_device(&id, &device)? { Ok(Json(device)) } else { Err(ApiError::user_not_found(&id)) }
    })
    .await
}

/// From now on a user's tokens at a provider, where they have an account, are refused with `error`; with null they are
/// given out again.
async fn refuse_tokens(
    State(state): State<AppState>,
    Path((id, provider)): Path<(String, String)>,
    mut body: Fields,
) -> Outcome<Value> {
    let error = body.text("error");
    if error == Given::Absent && !body.is_refused() {
        body.refuse(ApiError::missing("error"));
    }
    let error = error.value();
    if let Some(code) = error.as_deref().filter(|code| ApiError::oauth_token(code).is_none()) {
        body.refuse(ApiError::value_invalid("error", code));
    }
    let provider = rules::with_oauth_prefix(provider);
    body.check(rules::oauth_provider("provider", &provider).map(drop));
    body.finish()?;
    let now = state.clock.now();
    let told = json!({ "object": "oauth_access_tokens", "provider": provider, "error": error });
    ask(&state, move |store| {
        let user = store.user(&id, now)?.ok_or_else(|| ApiError::user_not_found(&id))?;
        // A name that is none of theirs is a slip, and would refuse nothing.
        if error.is_some() && user.external_accounts.iter().all(|account| account.provider != provider) {
            return Err(ApiError::external_account_not_found());
        }
        store.refuse_tokens(&id, &provider, error.as_deref(), now)?;
        Ok::<_, ApiError>(Json(told))
    })
    .await
}

fn email_address(body: &mut Fields) -> Option<String> {
    let text = body.text("email_address").value()?;
    rules::email("email_address", &text).map_err(|error| body.refuse(error)).ok()
}

/// A text that has to be one of these, where it is there.
fn one_of(body: &mut Fields, name: &str, allowed: &[&str]) -> Option<String> {
    let text = body.text(name).value()?;
    if allowed.contains(&text.as_str()) {
        return Some(text);
    }
    body.refuse(ApiError::value_invalid(name, &text));
    None
}

fn proven(object: &str, strategy: &str) -> Verification {
    Verification {
        object: format!("verification_{object}"),
        status: VerificationStatus::Verified,
        strategy: strategy.to_owned(),
        ..Verification::default()
    }
}
