//! One request: headers, time limits, budget, retries, and what its answer means. Every request leaves from here.

use super::{
    Endpoint, Error, InstanceKind, Refusal, SecretKey,
    budget::{Budget, HeldBack, Lane},
    decode,
    error::TraceId,
    model::UserId,
    retry::{self, Repeat},
};
use reqwest::{
    Client, Method, Response,
    header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use serde::de::DeserializeOwned;
use std::{error::Error as _, fmt, sync::Arc, time::Duration};

/// The version of the Backend API that this client speaks.
const API_VERSION: &str = "2026-05-12";
/// Answers longer than this are not read to their end, in bytes. A page of 500 users has some two million.
const LONGEST: usize = 64 * 1024 * 1024;
/// A person is told rather than kept waiting longer than this for the rate limit.
const PATIENCE: Duration = Duration::from_secs(10);

/// What an operation answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// The answer itself.
    pub value: T,
    /// The HTTP status.
    pub status: u16,
    /// The id of the request at Clerk.
    pub trace_id: Option<TraceId>,
}

impl<T> Answer<T> {
    /// The same answer with another value.
    pub(super) fn map<U>(self, map: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: map(self.value), status: self.status, trace_id: self.trace_id }
    }
}

/// How long a request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until the whole answer is there.
    pub total: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(20) }
    }
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be set up: {0}")]
pub struct SetupError(String);

/// One request, before it is sent.
pub(super) struct Request<'a> {
    pub(super) method: Method,
    /// The path below `/v1`, not encoded.
    pub(super) segments: &'a [&'a str],
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) repeat: Repeat,
    /// The user that it changes.
    pub(super) writes_to: Option<&'a UserId>,
}

impl<'a> Request<'a> {
    /// A request that only reads.
    pub(super) fn get(segments: &'a [&'a str], query: Vec<(&'static str, String)>) -> Self {
        Self { method: Method::GET, segments, query, repeat: Repeat::Harmless, writes_to: None }
    }

    /// A request without a body that sets a state of `user`.
    pub(super) fn set(segments: &'a [&'a str], user: &'a UserId) -> Self {
        Self { method: Method::POST, segments, query: Vec::new(), repeat: Repeat::Harmless, writes_to: Some(user) }
    }
}

/// The connection to one instance. Clones share it.
#[derive(Clone)]
pub(super) struct Transport {
    shared: Arc<Shared>,
    lane: Lane,
}

struct Shared {
    http: Client,
    endpoint: Endpoint,
    limits: TimeLimits,
    budget: Budget,
}

/// The key is in the client's headers, marked so that they do not print it; here there is nothing of it.
impl fmt::Debug for Transport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Transport").field("endpoint", &self.shared.endpoint).field("lane", &self.lane).finish()
    }
}

impl Transport {
    pub(super) fn new(
        endpoint: Endpoint,
        key: &SecretKey,
        kind: InstanceKind,
        limits: TimeLimits,
    ) -> Result<Self, SetupError> {
        // Somebody else in the process may have chosen a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut authorization = HeaderValue::from_str(&format!("Bearer {}", key.expose()))
            .map_err(|_| SetupError("the secret key cannot be sent in a header".to_owned()))?;
        authorization.set_sensitive(true);
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, authorization),
            (ACCEPT, HeaderValue::from_static("application/json")),
            (HeaderName::from_static("clerk-api-version"), HeaderValue::from_static(API_VERSION)),
        ]);
        let mut builder = Client::builder()
            .default_headers(headers)
            .user_agent(concat!("lazyclerk/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect)
            .timeout(limits.total)
            // The key must not follow where an answer points.
            .redirect(Policy::none())
            .https_only(!endpoint.is_loopback());
        if endpoint.is_loopback() {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|error| SetupError(innermost(&error)))?;
        let budget = Budget::of(kind);
        Ok(Self { shared: Arc::new(Shared { http, endpoint, limits, budget }), lane: Lane::Interactive })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.shared.endpoint
    }

    pub(super) fn in_lane(&self, lane: Lane) -> Self {
        Self { shared: Arc::clone(&self.shared), lane }
    }

    /// Sends a request, again where that is harmless and may help, and decodes its answer.
    pub(super) async fn send<T: DeserializeOwned>(&self, request: &Request<'_>) -> Result<Answer<T>, Error> {
        self.send_and(request, decode::value).await
    }

    /// The same for a list, which Clerk answers bare or wrapped.
    pub(super) async fn send_list<T: DeserializeOwned>(&self, request: &Request<'_>) -> Result<Answer<Vec<T>>, Error> {
        self.send_and(request, decode::list).await
    }

    async fn send_and<T>(
        &self,
        request: &Request<'_>,
        decode: impl Fn(&[u8]) -> Result<T, serde_json::Error>,
    ) -> Result<Answer<T>, Error> {
        let mut tries = 0;
        loop {
            self.shared.budget.admit(self.lane, request.writes_to, PATIENCE).await.map_err(held_back)?;
            tries += 1;
            let error = match self.send_once(request, &decode).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let Some(pause) = retry::pause(&error, request.repeat, tries) else { return Err(error) };
            let is_limit = error.status() == Some(429);
            if is_limit {
                self.shared.budget.hold(pause);
            }
            if self.lane == Lane::Interactive && pause > PATIENCE {
                return Err(error);
            }
            // While everything is held back, the budget makes this request wait as well.
            if !is_limit {
                tokio::time::sleep(pause).await;
            }
        }
    }

    async fn send_once<T>(
        &self,
        request: &Request<'_>,
        decode: impl Fn(&[u8]) -> Result<T, serde_json::Error>,
    ) -> Result<Answer<T>, Error> {
        let url = self.shared.endpoint.operation(request.segments, &request.query);
        let response =
            self.shared.http.request(request.method.clone(), url).send().await.map_err(|error| self.failed(&error))?;
        let status = response.status();
        let retry_after = retry_after(response.headers());
        let header_trace_id = trace_id(response.headers());
        let body = self.read(response, header_trace_id.as_ref()).await?;
        if !status.is_success() {
            let body = decode::errors(&body);
            return Err(Error::Refused(Refusal {
                status: status.as_u16(),
                errors: body.errors,
                trace_id: body.clerk_trace_id.or(header_trace_id),
                retry_after,
            }));
        }
        match decode(&body) {
            Ok(value) => Ok(Answer { value, status: status.as_u16(), trace_id: header_trace_id }),
            Err(error) => {
                Err(Error::Unreadable { status: status.as_u16(), reason: error.to_string(), trace_id: header_trace_id })
            }
        }
    }

    async fn read(&self, mut response: Response, trace_id: Option<&TraceId>) -> Result<Vec<u8>, Error> {
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
        let mut body = Vec::with_capacity(announced.min(LONGEST));
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(&error))? {
            if body.len() + chunk.len() > LONGEST {
                return Err(Error::Unreadable {
                    status: response.status().as_u16(),
                    reason: format!("it is longer than {} MiB", LONGEST >> 20),
                    trace_id: trace_id.cloned(),
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// What a failure of the connection means. Its address is left out: ids are personal enough not to be in every log.
    fn failed(&self, error: &reqwest::Error) -> Error {
        if error.is_timeout() {
            let limits = self.shared.limits;
            return Error::TimedOut { after: if error.is_connect() { limits.connect } else { limits.total } };
        }
        let reason = innermost(error);
        if error.is_connect() || error.is_builder() {
            return Error::Unreachable { host: self.shared.endpoint.host().to_owned(), reason };
        }
        Error::Interrupted { reason }
    }
}

/// The budget's refusal in the shape of Clerk's own: the reader has to do the same about both.
fn held_back(held: HeldBack) -> Error {
    let error = super::ErrorItem {
        code: "too_many_requests".to_owned(),
        message: format!("the rate limit is used up for another {} s", held.remaining.as_secs().max(1)),
        ..super::ErrorItem::default()
    };
    Error::Refused(Refusal { status: 429, errors: vec![error], trace_id: None, retry_after: Some(held.remaining) })
}

/// The cause at the bottom: the layers above it only say that something failed.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    while let Some(next) = cause.and_then(std::error::Error::source) {
        cause = Some(next);
    }
    cause.map_or_else(|| "the connection failed".to_owned(), ToString::to_string)
}

fn trace_id(headers: &HeaderMap) -> Option<TraceId> {
    let header = |name| headers.get(name)?.to_str().ok().filter(|value| !value.is_empty());
    header("x-clerk-trace-id").or_else(|| header("cf-ray")).map(str::to_owned)
}

/// `Retry-After` in either of its forms: seconds, or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(date.duration_since(jiff::Timestamp::now())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let headers = |value| HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(value))]);
        assert_eq!(retry_after(&headers("7")), Some(Duration::from_secs(7)));
        assert_eq!(retry_after(&headers("Wed, 21 Oct 2015 07:28:00 GMT")), Some(Duration::ZERO));
        assert_eq!(retry_after(&headers("soon")), None);
    }

    #[test]
    fn the_trace_is_clerks_own_before_that_of_the_proxy() {
        let header = |name| (HeaderName::from_static(name), HeaderValue::from_static(name));
        let both = HeaderMap::from_iter([header("cf-ray"), header("x-clerk-trace-id")]);
        assert_eq!(trace_id(&both).as_deref(), Some("x-clerk-trace-id"));
        assert_eq!(trace_id(&HeaderMap::from_iter([header("cf-ray")])).as_deref(), Some("cf-ray"));
        assert_eq!(trace_id(&HeaderMap::new()), None);
    }

    #[test]
    fn the_key_is_in_no_debug_output() {
        let key = SecretKey::new("sk_test_0123456789abcdef").unwrap();
        let endpoint = Endpoint::parse("http://127.0.0.1:9").unwrap();
        let transport = Transport::new(endpoint, &key, InstanceKind::Development, TimeLimits::default()).unwrap();
        assert!(!format!("{transport:?} {:?}", transport.shared.http).contains("0123456789"));
    }
}
