//! What happens to every request before it reaches its route: key, version, trace id.

use super::{error::ApiError, inferred, linger::Remainder, server::AppState};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header::AUTHORIZATION},
    middleware::Next,
    response::Response,
};
use std::time::Instant;

/// The versions of the Backend API.
const VERSIONS: &[&str] = &["2021-02-05", "2024-10-01", "2025-03-12", "2025-04-10", "2025-11-10", "2026-05-12"];

/// The id of a request: 32 lowercase hexadecimal digits.
#[derive(Clone, Debug)]
pub(super) struct TraceId(String);

impl TraceId {
    fn new() -> Self {
        Self(format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..)))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The version of the API that a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ApiVersion(&'static str);

impl ApiVersion {
    /// Whether updating a user takes metadata, each bag in place of the old one. Refused since 2026-05-12.
    pub(super) fn updates_metadata(self) -> bool {
        self.0 < "2026-05-12"
    }
}

/// Lets a request through, or answers it here. The key is checked before the path, so that an unknown path with a wrong
/// key is a wrong key.
pub(super) async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (mut request, remainder) = Remainder::of(request);
    let trace_id = TraceId::new();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let checked = check_key(request.headers(), &state).and_then(|()| version(&request));
    let (version, mut response) = match checked {
        Ok(version) => {
            request.extensions_mut().insert(trace_id.clone());
            request.extensions_mut().insert(ApiVersion(version));
            (version, next.run(request).await)
        }
        Err(error) => (inferred::DEFAULT_VERSION, error.into_response_with(&trace_id)),
    };
    remainder.receive().await;
    let headers = response.headers_mut();
    headers.insert("clerk-api-version", HeaderValue::from_static(version));
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    if let Ok(value) = HeaderValue::from_str(trace_id.as_str()) {
        headers.insert("x-clerk-trace-id", value);
    }
    let status = response.status().as_u16();
    tracing::info!(%method, path, status, micros = begun.elapsed().as_micros(), trace_id = trace_id.as_str());
    response
}

fn check_key(headers: &HeaderMap, state: &AppState) -> Result<(), ApiError> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = header.and_then(|header| header.strip_prefix("Bearer ")).ok_or_else(ApiError::authorization_format)?;
    // A local server with invented people; still, no reason to leak by time how much of a key is right.
    let equal = key.len() == state.key.expose().len()
        && key.bytes().zip(state.key.expose().bytes()).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0;
    if equal { Ok(()) } else { Err(ApiError::key_invalid()) }
}

/// The version asked for, in the header or in the query but not in both.
fn version(request: &Request) -> Result<&'static str, ApiError> {
    let header = request.headers().get("clerk-api-version").and_then(|value| value.to_str().ok());
    let query = request.uri().query().unwrap_or_default();
    let query = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "__clerk_api_version");
    let asked = match (header, query) {
        (Some(_), Some(_)) => return Err(ApiError::version_invalid("given both in the header and in the query")),
        (Some(version), None) => version.to_owned(),
        (None, Some((_, version))) => version.into_owned(),
        (None, None) => return Ok(inferred::DEFAULT_VERSION),
    };
    let known = VERSIONS.iter().find(|version| **version == asked);
    known.copied().ok_or_else(|| ApiError::version_invalid(&format!("{asked} is not a version")))
}
