//! What can go wrong with a request, and what the reader can do about it.

use serde::Deserialize;
use std::time::Duration;

/// The id under which Clerk's support finds a request.
pub type TraceId = String;

/// One entry of Clerk's `errors[]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ErrorItem {
    /// The word for programs, such as `resource_not_found`.
    pub code: String,
    /// The short text.
    pub message: String,
    /// The sentence; older answers leave it out.
    pub long_message: Option<String>,
    /// More about it, such as `param_name`.
    pub meta: Option<serde_json::Map<String, serde_json::Value>>,
}

impl ErrorItem {
    /// The sentence, or the short text where there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        self.long_message.as_deref().filter(|text| !text.is_empty()).unwrap_or(&self.message)
    }

    /// The parameter that it is about.
    #[must_use]
    pub fn param_name(&self) -> Option<&str> {
        self.meta.as_ref()?.get("param_name")?.as_str()
    }
}

/// An answer with a status that says no.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Clerk's reasons; empty when the body was not in Clerk's shape, as from a proxy.
    pub errors: Vec<ErrorItem>,
    /// The id of the request at Clerk.
    pub trace_id: Option<TraceId>,
    /// How long to wait before the next try, where the answer said so.
    pub retry_after: Option<Duration>,
}

impl Refusal {
    /// Clerk's first code, such as `resource_not_found`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.errors.first().map(|error| error.code.as_str()).filter(|code| !code.is_empty())
    }
}

/// Why a request brought nothing.
///
/// Plain data, so that it can be shown, compared and kept. Texts of the far side are in it as they came:
/// who shows them has to make them safe first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No connection: the name is unknown, nobody listens, the certificate is wrong.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// Host and port.
        host: String,
        /// The innermost cause.
        reason: String,
    },
    /// Nothing came in time.
    #[error("no answer within {} s", .after.as_secs())]
    TimedOut {
        /// The time that was given.
        after: Duration,
    },
    /// The answer broke off in the middle.
    #[error("the answer broke off: {reason}")]
    Interrupted {
        /// The innermost cause.
        reason: String,
    },
    /// The answer is not what the contract promises: not JSON, or not of the right shape.
    #[error("the answer (status {status}) cannot be read: {reason}")]
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// What does not fit, and where.
        reason: String,
        /// The id of the request at Clerk.
        trace_id: Option<TraceId>,
    },
    /// Clerk said no, or something between said so.
    #[error("{}", refusal_text(.0))]
    Refused(Refusal),
}

fn refusal_text(refusal: &Refusal) -> String {
    match refusal.errors.first() {
        Some(error) if !error.text().is_empty() => error.text().to_owned(),
        Some(error) if !error.code.is_empty() => error.code.clone(),
        _ => format!("the server answered with status {}", refusal.status),
    }
}

impl Error {
    /// The HTTP status, where an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            Self::Unreadable { status, .. } => Some(*status),
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Interrupted { .. } => None,
        }
    }

    /// Clerk's first code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => refusal.code(),
            _ => None,
        }
    }

    /// The id of the request at Clerk.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => refusal.trace_id.as_deref(),
            Self::Unreadable { trace_id, .. } => trace_id.as_deref(),
            Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Interrupted { .. } => None,
        }
    }

    /// Whether the thing asked for is not there (any more).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Whether a change that ended so may have been made all the same, so that it has to be read back.
    #[must_use]
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Unreachable { .. } => false,
            Self::TimedOut { .. } | Self::Interrupted { .. } => true,
            // A gateway gives up on a request that goes on behind it; an unreadable 200 was a success.
            Self::Unreadable { status, .. } => *status < 400 || *status >= 500,
            Self::Refused(refusal) => refusal.status >= 500,
        }
    }

    /// What the reader can do about it, as a sentence.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "Check the network and CLERK_API_URL, then try again.",
            Self::TimedOut { .. } | Self::Interrupted { .. } => "Try again; if it stays so, look at status.clerk.com.",
            Self::Unreadable { .. } => {
                "Check that CLERK_API_URL is a Clerk Backend API; a proxy may answer in its place."
            }
            Self::Refused(refusal) => refusal_advice(refusal),
        }
    }
}

fn refusal_advice(refusal: &Refusal) -> &'static str {
    match (refusal.status, refusal.code()) {
        (401, _) => "Check CLERK_SECRET_KEY: the Clerk dashboard lists it under API keys.",
        (402, _) => "The instance's plan does not include this; locking a user works on every plan.",
        (403, Some("feature_not_enabled")) => "Switch the feature on in the Clerk dashboard.",
        (403, _) => "The key may not do this.",
        (404, _) => "It may have been deleted meanwhile: refresh.",
        (409, Some("user_managed_by_scim")) => "A directory owns this user: change it there.",
        (409, _) => "Somebody else is changing it: refresh and try again.",
        (429, _) => "The instance's rate limit is used up, by your application too: wait, then try again.",
        (300..=399, _) => "The API redirects, and the key is not sent on: put the final address into CLERK_API_URL.",
        (500..=599, _) => "Try again; if it stays so, look at status.clerk.com.",
        _ => "Change what was asked for.",
    }
}
