//! Identifiers that are let in or kept out, and the switches of the instance. Nobody signs up here, so they are kept and
//! told, and keep nobody out.

use super::{Outcome, answer, ask, decide, invitations::invite};
use crate::{
    clerk::model::{
        AllowlistIdentifier, BlocklistIdentifier, DeletedObject, IdentifierType, InstanceRestrictions, Object, Page,
    },
    emulator::{
        error::ApiError,
        fields::Fields,
        fresh,
        gate::TraceId,
        parameters::Parameters,
        rules,
        server::AppState,
        store::{DocumentColumn, DocumentQuery},
    },
};
use axum::{
    Extension, Json, Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{delete, get, patch},
};

const ALLOWED: &str = "allowlist_identifier";
const BLOCKED: &str = "blocklist_identifier";
/// How long the invitation of an allowed identifier is good, in days.
const DAYS: i64 = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/allowlist_identifiers",
            get(allowed).post(async |state, trace, body| answer(trace, allow(state, body).await)),
        )
        .route(
            "/allowlist_identifiers/{id}",
            delete(async |state, trace, id| answer(trace, remove(state, id, ALLOWED).await)),
        )
        .route(
            "/blocklist_identifiers",
            get(async |state, trace| answer(trace, blocked(state).await))
                .post(async |state, trace, body| answer(trace, block(state, body).await)),
        )
        .route(
            "/blocklist_identifiers/{id}",
            delete(async |state, trace, id| answer(trace, remove(state, id, BLOCKED).await)),
        )
        .route("/instance/restrictions", patch(async |state, trace, body| answer(trace, restrict(state, body).await)))
}

fn query(kind: &'static str, limit: u32, offset: u64) -> DocumentQuery {
    let by = DocumentColumn::CreatedAt;
    DocumentQuery { kind, statuses: Vec::new(), text: None, by, descending: true, limit, offset }
}

async fn allowed(State(state): State<AppState>, trace_id: Extension<TraceId>, RawQuery(raw): RawQuery) -> Response {
    let parameters = Parameters::parse(raw.as_deref());
    let paginated = matches!(parameters.bool("paginated"), Ok(Some(true)));
    match allowed_page(&state, &parameters).await {
        Ok(Json(page)) if paginated => Json(page).into_response(),
        outcome => answer(trace_id, outcome.map(|Json(page)| Json(page.data))),
    }
}

async fn allowed_page(state: &AppState, parameters: &Parameters) -> Outcome<Page<AllowlistIdentifier>> {
    let (rows, now) = (parameters.rows()?, state.clock.now());
    let query = query(ALLOWED, rows.limit, rows.offset);
    let (data, total_count) = ask(state, move |store| store.documents(&query, now)).await?;
    Ok(Json(Page { data, total_count }))
}

/// All of them: this list has no pages.
async fn blocked(State(state): State<AppState>) -> Outcome<Page<BlocklistIdentifier>> {
    let now = state.clock.now();
    let query = query(BLOCKED, u32::MAX, 0);
    let (data, total_count) = ask(&state, move |store| store.documents(&query, now)).await?;
    Ok(Json(Page { data, total_count }))
}

/// An identifier in lower case, and what it is.
fn read(body: &mut Fields) -> (String, IdentifierType) {
    let text = body.required_text("identifier").trim().to_lowercase();
    let is_number = |digits: &str| (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = |digits: &str| digits.len() == 40 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let kind = if rules::email("identifier", &text.replace("@*.", "@")).is_ok() {
        IdentifierType::EmailAddress
    } else if text.strip_prefix('+').is_some_and(is_number) {
        IdentifierType::PhoneNumber
    } else if text.strip_prefix("0x").is_some_and(is_address) {
        IdentifierType::Web3Wallet
    } else {
        if !text.is_empty() {
            let form = "valid email address, *@domain, phone number or web3 wallet address";
            body.refuse(ApiError::format_invalid("identifier", form));
        }
        IdentifierType::default()
    };
    (text, kind)
}

fn duplicate(identifier: &str) -> ApiError {
    let long = format!("the identifier {identifier} already exists");
    ApiError::new(StatusCode::BAD_REQUEST, "duplicate_record", "duplicate identifier", long)
}

async fn allow(State(state): State<AppState>, mut body: Fields) -> Outcome<AllowlistIdentifier> {
    let (identifier, identifier_type) = read(&mut body);
    let notify = body.flag("notify").value().unwrap_or_default();
    body.finish()?;
    let (now, instance_id) = (state.clock.now(), state.instance_id.clone());
    decide(&state, move |store| {
        if store.has_document(ALLOWED, &identifier, None, now)? {
            return Err(duplicate(&identifier));
        }
        let is_one = identifier_type == IdentifierType::EmailAddress && !identifier.contains('*');
        let invitation = (notify && is_one).then(|| invite(store, &identifier, true, DAYS, now)).transpose()?;
        let made = AllowlistIdentifier {
            object: Object::default(),
            id: fresh::id("alid"),
            invitation_id: invitation.map(|invitation| invitation.id),
            identifier,
            identifier_type,
            instance_id,
            created_at: now,
            updated_at: now,
        };
        store.put_document(&made.identifier, &made)?;
        Ok(made)
    })
    .await
}

async fn block(State(state): State<AppState>, mut body: Fields) -> Outcome<BlocklistIdentifier> {
    let (identifier, identifier_type) = read(&mut body);
    body.finish()?;
    let (now, instance_id) = (state.clock.now(), state.instance_id.clone());
    decide(&state, move |store| {
        if store.has_document(BLOCKED, &identifier, None, now)? {
            return Err(duplicate(&identifier));
        }
        let made = BlocklistIdentifier {
            object: Object::default(),
            id: fresh::id("blid"),
            identifier,
            identifier_type,
            instance_id,
            created_at: now,
            updated_at: now,
        };
        store.put_document(&made.identifier, &made)?;
        Ok(made)
    })
    .await
}

async fn remove(State(state): State<AppState>, Path(id): Path<String>, kind: &'static str) -> Outcome<DeletedObject> {
    decide(&state, move |store| {
        if !store.delete_document(kind, &id)? {
            return Err(ApiError::not_found(&kind.replace('_', " "), &id));
        }
        Ok(DeletedObject { object: kind.to_owned(), id: Some(id), deleted: true, ..DeletedObject::default() })
    })
    .await
}

/// Switches those given; the others stay.
async fn restrict(State(state): State<AppState>, mut body: Fields) -> Outcome<InstanceRestrictions> {
    let given = [
        body.flag("allowlist").value(),
        body.flag("blocklist").value(),
        body.flag("allowlist_blocklist_disabled_on_sign_in").value(),
        body.flag("block_email_subaddresses").value(),
        body.flag("block_disposable_email_domains").value(),
    ];
    body.finish()?;
    decide(&state, move |store| {
        let mut restrictions = store.restrictions()?;
        let own = [
            &mut restrictions.allowlist,
            &mut restrictions.blocklist,
            &mut restrictions.allowlist_blocklist_disabled_on_sign_in,
            &mut restrictions.block_email_subaddresses,
            &mut restrictions.block_disposable_email_domains,
        ];
        for (own, given) in own.into_iter().zip(given) {
            *own = given.unwrap_or(*own);
        }
        store.set_restrictions(&restrictions)?;
        Ok(restrictions)
    })
    .await
}
