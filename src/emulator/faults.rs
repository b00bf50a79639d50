//! Misbehaviour on purpose: delay, and answers that fail in the ways of networks and servers.
//!
//! Given at the start (`--latency MS`, `--fault KIND:RATE`) and switched while it runs by `PUT /control/faults`. Which
//! request fails is a stream of numbers that the seed begins: the same seed and the same order of requests fail alike.
//! Only `/v1` fails; `/control` never does.
//!
//! With `429`, `500` and `503` nothing was done. With the others the operation was carried out and its answer is lost, which is
//! what a client finds hardest to bear.

use super::{error::ApiError, gate::TraceId, people::random::Random, rate, server::AppState};
use axum::{
    Extension,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use futures_util::{StreamExt, stream};
use std::{collections::BTreeMap, io, str::FromStr, sync::Mutex, time::Duration};
use tokio_util::sync::CancellationToken;

/// When the fault `429` asks to come back, in seconds.
const RETRY_SECONDS: u64 = 1;

/// A way to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum FaultKind {
    /// The connection ends without an answer.
    Reset,
    /// No answer comes, ever; the connection stays open.
    Timeout,
    /// 500, in Clerk's shape.
    #[strum(serialize = "500")]
    Internal,
    /// 503, in Clerk's shape.
    #[strum(serialize = "503")]
    Unavailable,
    /// The connection ends in the middle of the answer.
    Truncated,
    /// The answer says that it is JSON, and is not.
    Garbage,
    /// 429 with `Retry-After`, as if somebody else had used the rate limit up.
    #[strum(serialize = "429")]
    TooMany,
}

/// How often a way to fail is taken: `KIND:RATE`, a rate from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// The way.
    pub kind: FaultKind,
    /// The share of requests, 0 to 1.
    pub rate: f64,
}

/// Why a fault cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// Not `KIND:RATE`.
    #[error("a fault is KIND:RATE; KIND is reset, timeout, 429, 500, 503, truncated or garbage, RATE from 0 to 1")]
    Format,
    /// The rates together are over 1.
    #[error("the rates of all faults together are over 1")]
    Sum,
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (kind, rate) = text.split_once(':').ok_or(FaultError::Format)?;
        let kind = kind.parse().map_err(|_| FaultError::Format)?;
        let rate = rate.parse().ok().filter(|rate| (0.0..=1.0).contains(rate)).ok_or(FaultError::Format)?;
        Ok(Self { kind, rate })
    }
}

/// How it misbehaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Misbehaviour {
    /// How long each answer is held back.
    pub latency: Duration,
    rates: BTreeMap<FaultKind, f64>,
}

impl Misbehaviour {
    /// So late, and with these faults; of several of a kind the last counts.
    ///
    /// # Errors
    ///
    /// When more than all requests would fail.
    pub fn new(latency: Duration, faults: impl IntoIterator<Item = Fault>) -> Result<Self, FaultError> {
        let rates: BTreeMap<_, _> = faults.into_iter().map(|fault| (fault.kind, fault.rate)).collect();
        // Ten tenths are a little more than one.
        if rates.values().sum::<f64>() > 1.0 + 1e-9 { Err(FaultError::Sum) } else { Ok(Self { latency, rates }) }
    }

    /// The share of requests that fail in this way.
    #[must_use]
    pub fn rate(&self, kind: FaultKind) -> f64 {
        self.rates.get(&kind).copied().unwrap_or_default()
    }

    /// The fault for a number from 0 to 1.
    fn at(&self, number: f64) -> Option<FaultKind> {
        let mut end = 0.0;
        self.rates.iter().find_map(|(kind, rate)| {
            end += rate;
            (number < end).then_some(*kind)
        })
    }
}

/// The misbehaviour of a running emulator.
#[derive(Debug)]
pub(super) struct Faults {
    now: Mutex<(Misbehaviour, Random)>,
    /// Lets those go who wait for an answer that never comes.
    pub(super) closing: CancellationToken,
}

impl Faults {
    pub(super) fn new(misbehaviour: Misbehaviour, seed: u64) -> Self {
        Self { now: Mutex::new((misbehaviour, Random::new(seed))), closing: CancellationToken::new() }
    }

    pub(super) fn misbehaviour(&self) -> Misbehaviour {
        self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0.clone()
    }

    /// From now on so; with a seed the numbers begin anew.
    pub(super) fn switch(&self, misbehaviour: Misbehaviour, seed: Option<u64>) {
        let mut now = self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        now.0 = misbehaviour;
        if let Some(seed) = seed {
            now.1 = Random::new(seed);
        }
    }

    /// What happens to the next request.
    fn next(&self) -> (Duration, Option<FaultKind>) {
        let mut now = self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let number = u32::try_from(now.1.below(1 << 32)).unwrap_or_default();
        (now.0.latency, now.0.at(f64::from(number) / (f64::from(u32::MAX) + 1.0)))
    }
}

/// Carries a request through, or lets it fail.
pub(super) async fn misbehave(
    State(state): State<AppState>,
    Extension(trace_id): Extension<TraceId>,
    request: Request,
    next: Next,
) -> Response {
    if !request.uri().path().starts_with("/v1/") {
        return next.run(request).await;
    }
    let (latency, fault) = state.faults.next();
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let Some(fault) = fault else { return next.run(request).await };
    tracing::info!(%fault, "fails on purpose");
    match fault {
        FaultKind::TooMany => rate::refuse(&trace_id, RETRY_SECONDS),
        FaultKind::Internal => ApiError::internal_on_purpose().into_response_with(&trace_id),
        FaultKind::Unavailable => ApiError::unavailable().into_response_with(&trace_id),
        FaultKind::Reset => broken(&next.run(request).await, Bytes::new()),
        FaultKind::Timeout => {
            let response = next.run(request).await;
            state.faults.closing.cancelled().await;
            broken(&response, Bytes::new())
        }
        FaultKind::Truncated => {
            let (parts, body) = next.run(request).await.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            let mut response = broken(&Response::from_parts(parts, ()), body.slice(..body.len() / 2));
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
            response
        }
        FaultKind::Garbage => {
            let mut response = next.run(request).await;
            response.headers_mut().remove(CONTENT_LENGTH);
            *response.status_mut() = StatusCode::OK;
            response.map(|_| Body::from("<html><body><h1>upstream connect error</h1></body></html>"))
        }
    }
}

/// An answer that breaks off after `begun`. Of an answer that breaks off at once nothing is sent, not even its head.
fn broken<T>(like: &Response<T>, begun: Bytes) -> Response {
    let has_begun = !begun.is_empty();
    let broken = stream::once(async move {
        if has_begun {
            // The beginning goes out while this waits its turn.
            tokio::task::yield_now().await;
        }
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    let begun = stream::iter(has_begun.then_some(Ok(begun)));
    let mut response = Response::new(Body::from_stream(begun.chain(broken)));
    *response.status_mut() = like.status();
    *response.headers_mut() = like.headers().clone();
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_a_kind_and_a_rate() {
        assert_eq!("503:0.25".parse(), Ok(Fault { kind: FaultKind::Unavailable, rate: 0.25 }));
        for wrong in ["", "503", "503:", "503:x", "503:1.1", "503:-0.1", "503:NaN", "teapot:0.1", "503:0.1:0.1"] {
            assert_eq!(wrong.parse::<Fault>(), Err(FaultError::Format), "{wrong}");
        }
    }

    #[test]
    fn no_more_than_all_requests_fail() {
        let fault = |text: &str| text.parse::<Fault>().unwrap();
        let faults = [fault("reset:0.7"), fault("garbage:0.3")];
        let misbehaviour = Misbehaviour::new(Duration::ZERO, faults).unwrap();
        assert_eq!(misbehaviour.at(0.699), Some(FaultKind::Reset));
        assert_eq!(misbehaviour.at(0.701), Some(FaultKind::Garbage));
        let faults = [fault("reset:0.7"), fault("garbage:0.4")];
        assert_eq!(Misbehaviour::new(Duration::ZERO, faults), Err(FaultError::Sum));
    }

    #[test]
    fn the_same_seed_fails_alike_and_as_often_as_was_asked() {
        let misbehaviour = Misbehaviour::new(Duration::ZERO, ["500:0.2".parse().unwrap()]).unwrap();
        let fates = |seed| {
            let faults = Faults::new(misbehaviour.clone(), seed);
            (0..1_000).map(|_| faults.next().1).collect::<Vec<_>>()
        };
        assert_eq!(fates(1), fates(1));
        assert_ne!(fates(1), fates(2));
        assert!((150..250).contains(&fates(1).iter().flatten().count()));
    }
}
