//! The rate limit: 429 with `Retry-After`, as Clerk documents it.
//!
//! A limit holds for any stretch of its length, not from full minute to full minute. With one for the instance come
//! Clerk's own limits on writing one and the same thing, and on inviting. What is refused does not count.

use super::{error::ApiError, gate::TraceId, server::AppState};
use crate::clerk::model::Timestamp;
use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderValue, Method, header::RETRY_AFTER},
    middleware::Next,
    response::Response,
};
use std::{
    collections::{HashMap, VecDeque},
    fmt,
    str::FromStr,
    sync::Mutex,
    time::Duration,
};

/// So many requests in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Limit {
    requests: u32,
    seconds: u32,
}

/// Writes of one user, organization or membership.
const WRITES: Limit = Limit { requests: 10, seconds: 10 };
/// Invitations to the application.
const INVITATIONS: Limit = Limit { requests: 100, seconds: 3_600 };
/// Invitations to one organization.
const ORGANIZATION_INVITATIONS: Limit = Limit { requests: 250, seconds: 3_600 };

/// The limit of the instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateLimit(Option<Limit>);

impl RateLimit {
    /// None, of any kind.
    pub const OFF: Self = Self(None);
    /// That of a development instance: 100 requests in 10 seconds.
    pub const DEVELOPMENT: Self = Self(Some(Limit { requests: 100, seconds: 10 }));
    /// That of a production instance: 1,000 requests in 10 seconds.
    pub const PRODUCTION: Self = Self(Some(Limit { requests: 1_000, seconds: 10 }));
}

/// Why a rate limit cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rate limit is off, development, production, or NUMBER/SECONDS, both above 0")]
pub struct RateLimitError;

impl FromStr for RateLimit {
    type Err = RateLimitError;

    fn from_str(text: &str) -> Result<Self, RateLimitError> {
        match text {
            "off" => return Ok(Self::OFF),
            "development" => return Ok(Self::DEVELOPMENT),
            "production" => return Ok(Self::PRODUCTION),
            _ => {}
        }
        let number = |text: &str| text.parse().ok().filter(|number| *number > 0).ok_or(RateLimitError);
        let (requests, seconds) = text.split_once('/').ok_or(RateLimitError)?;
        Ok(Self(Some(Limit { requests: number(requests)?, seconds: number(seconds)? })))
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => formatter.write_str("off"),
            Some(limit) => write!(formatter, "{}/{}", limit.requests, limit.seconds),
        }
    }
}

/// The requests lately let through, by what they count for.
#[derive(Debug)]
pub(super) struct Rate {
    now: Mutex<(RateLimit, HashMap<String, VecDeque<Timestamp>>)>,
}

impl Rate {
    pub(super) fn new(limit: RateLimit) -> Self {
        Self { now: Mutex::new((limit, HashMap::new())) }
    }

    pub(super) fn limit(&self) -> RateLimit {
        self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0
    }

    /// From now on so; what was counted is forgotten.
    pub(super) fn switch(&self, limit: RateLimit) {
        *self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = (limit, HashMap::new());
    }

    /// Counts a request, or tells how many seconds it is too early.
    fn pass(&self, method: &Method, path: &str, now: Timestamp) -> Result<(), u64> {
        let mut guard = self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (RateLimit(Some(whole)), counted) = &mut *guard else { return Ok(()) };
        let limits: Vec<_> = std::iter::once((String::new(), *whole)).chain(limit_of(method, path)).collect();
        for (name, limit) in &limits {
            let length = Duration::from_secs(u64::from(limit.seconds));
            let times = counted.entry(name.clone()).or_default();
            while times.front().is_some_and(|first| first.plus(length) <= now) {
                times.pop_front();
            }
            if let Some(first) = times.front().filter(|_| times.len() >= limit.requests as usize) {
                return Err(first.plus(length).since(now).as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX));
            }
        }
        for (name, _) in limits {
            counted.entry(name).or_default().push_back(now);
        }
        // Names that nobody asks for again would be kept for ever.
        if counted.len() > 10_000 {
            counted.retain(|_, times| times.back().is_some_and(|last| now.since(*last) < Duration::from_hours(1)));
        }
        Ok(())
    }
}

/// The limit of an operation beside that of the instance, and the name of what it counts for.
fn limit_of(method: &Method, path: &str) -> Option<(String, Limit)> {
    let parts: Vec<&str> = path.strip_prefix("/v1/")?.split('/').collect();
    let writes = matches!(*method, Method::PATCH | Method::PUT);
    match parts.as_slice() {
        ["users", id] if *method == Method::PATCH => Some((format!("users/{id}"), WRITES)),
        ["users", id, "metadata"] if writes => Some((format!("users/{id}"), WRITES)),
        ["organizations", id] if *method == Method::PATCH => Some((format!("organizations/{id}"), WRITES)),
        ["organizations", id, "metadata"] if writes => Some((format!("organizations/{id}"), WRITES)),
        ["organizations", id, "memberships", user] | ["organizations", id, "memberships", user, "metadata"]
            if writes =>
        {
            Some((format!("memberships/{id}/{user}"), WRITES))
        }
        ["invitations"] if *method == Method::POST => Some(("invitations".to_owned(), INVITATIONS)),
        ["organizations", id, "invitations"] if *method == Method::POST => {
            Some((format!("invitations/{id}"), ORGANIZATION_INVITATIONS))
        }
        _ => None,
    }
}

/// Lets a request through, or answers 429.
pub(super) async fn limit(
    State(state): State<AppState>,
    Extension(trace_id): Extension<TraceId>,
    request: Request,
    next: Next,
) -> Response {
    if !request.uri().path().starts_with("/v1/") {
        return next.run(request).await;
    }
    match state.rate.pass(request.method(), request.uri().path(), state.clock.now()) {
        Ok(()) => next.run(request).await,
        Err(seconds) => refuse(&trace_id, seconds),
    }
}

/// Refuses a request, and says in how many seconds it is not too early any more.
pub(super) fn refuse(trace_id: &TraceId, seconds: u64) -> Response {
    let mut response = ApiError::too_many_requests().into_response_with(trace_id);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_word_or_a_number_in_seconds() {
        for (text, told) in [("off", "off"), ("development", "100/10"), ("production", "1000/10"), ("3/7", "3/7")] {
            assert_eq!(text.parse::<RateLimit>().unwrap().to_string(), told);
        }
        for wrong in ["", "on", "0/1", "1/0", "1", "-1/1", "1/1/1", "a/b"] {
            assert_eq!(wrong.parse::<RateLimit>(), Err(RateLimitError), "{wrong}");
        }
    }

    #[test]
    fn a_limit_holds_for_any_stretch() {
        let rate = Rate::new("2/10".parse().unwrap());
        let pass = |millis| rate.pass(&Method::GET, "/v1/users", Timestamp::from_millis(millis));
        assert_eq!([pass(0), pass(6_000), pass(9_500)], [Ok(()), Ok(()), Err(1)]);
        assert_eq!([pass(10_000), pass(10_001), pass(16_000)], [Ok(()), Err(6), Ok(())]);
    }

    #[test]
    fn a_user_is_written_ten_times_in_ten_seconds() {
        let rate = Rate::new(RateLimit::PRODUCTION);
        let pass = |method, path| rate.pass(&method, path, Timestamp::from_millis(0));
        for _ in 0..5 {
            assert_eq!(pass(Method::PATCH, "/v1/users/user_1"), Ok(()));
            assert_eq!(pass(Method::PUT, "/v1/users/user_1/metadata"), Ok(()));
        }
        assert_eq!(pass(Method::PATCH, "/v1/users/user_1/metadata"), Err(10));
        assert_eq!(pass(Method::PATCH, "/v1/users/user_2"), Ok(()));
        assert_eq!(pass(Method::POST, "/v1/users/user_1/ban"), Ok(()));
    }
}
