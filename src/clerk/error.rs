//! What can go wrong with a request, and what the reader can do about it.

use serde_json::Value;
use std::time::Duration;

/// The id under which Clerk's support finds a request.
pub type TraceId = String;

/// One entry of Clerk's `errors[]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorItem {
    /// The word for programs, such as `resource_not_found`.
    pub code: String,
    /// The short text.
    pub message: String,
    /// The sentence; older answers leave it out.
    pub long_message: Option<String>,
    /// More about it, such as `param_name`.
    pub meta: Option<serde_json::Map<String, Value>>,
}

impl ErrorItem {
    /// One entry as it came: what is missing or of another type than it should be is left empty, since the rest
    /// of it still says something.
    fn from_json(entry: &Value) -> Self {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            code: text("code").unwrap_or_default(),
            message: text("message").unwrap_or_default(),
            long_message: text("long_message"),
            meta: entry.get("meta").and_then(Value::as_object).cloned(),
        }
    }

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
    /// What a body in Clerk's error shape says: its `errors[]` and `clerk_trace_id`. A body in any other shape
    /// says nothing.
    pub(super) fn from_body(status: u16, body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let entries = body.get("errors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Self {
            status,
            errors: entries.iter().filter(|entry| entry.is_object()).map(ErrorItem::from_json).collect(),
            trace_id: body.get("clerk_trace_id").and_then(Value::as_str).map(str::to_owned),
            retry_after: None,
        }
    }

    /// Clerk's first code, such as `resource_not_found`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.errors.first().map(|error| error.code.as_str()).filter(|code| !code.is_empty())
    }
}

/// Why a request never left.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// An id that would make another path of it: empty, `.` or `..`.
    #[error("{id:?} cannot be an id")]
    Id {
        /// The id.
        id: String,
    },
    /// No ids, or more than one request takes.
    #[error("{given} users cannot be named in one request; it takes 1 to {most}")]
    Number {
        /// How many were given.
        given: usize,
        /// How many it takes at most.
        most: usize,
    },
    /// The rate limit is used up, by the program's own count or by what the API said, and it would have had to
    /// wait longer than a person waits.
    #[error("the rate limit is used up for another {} s", seconds_up(*.retry_after))]
    Held {
        /// How long until a request may leave.
        retry_after: Duration,
    },
    /// It would change something, and nothing but reading is let through.
    #[error("lazyclerk only reads")]
    ReadOnly,
    /// It would change something, and this is a rehearsal.
    #[error("this is a dry run")]
    DryRun,
}

/// Whole seconds, rounded up, so that waiting that long is enough.
fn seconds_up(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// Why a request brought nothing.
///
/// Plain data, so that it can be shown, compared and kept. Texts of the far side are in it as they came:
/// who shows them has to make them safe first.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing was sent.
    #[error("nothing was sent: {0}")]
    NotSent(NotSent),
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
            Self::NotSent(_) | Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Interrupted { .. } => None,
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

    /// The parameter that holds an identifier of somebody else, such as `phone_number`; none where that is not why.
    #[must_use]
    pub fn taken_parameter(&self) -> Option<&str> {
        let Self::Refused(refusal) = self else { return None };
        refusal.errors.iter().find(|error| error.code == "form_identifier_exists")?.param_name()
    }

    /// The id of the request at Clerk.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => refusal.trace_id.as_deref(),
            Self::Unreadable { trace_id, .. } => trace_id.as_deref(),
            Self::NotSent(_) | Self::Unreachable { .. } | Self::TimedOut { .. } | Self::Interrupted { .. } => None,
        }
    }

    /// How long to wait before the next try, where that is known.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            Self::NotSent(NotSent::Held { retry_after }) => Some(*retry_after),
            _ => None,
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
            Self::NotSent(_) | Self::Unreachable { .. } => false,
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
            Self::NotSent(NotSent::Id { .. }) => "Refresh the list: no user has such an id.",
            Self::NotSent(NotSent::Number { .. }) => "Divide them among several requests.",
            Self::NotSent(NotSent::Held { .. }) => RATE_LIMIT_ADVICE,
            Self::NotSent(NotSent::ReadOnly) => {
                "Leave read-only first: ctrl-t does, unless the program was started with --read-only."
            }
            Self::NotSent(NotSent::DryRun) => "Do it without a dry run.",
            Self::Unreachable { .. } => "Check the network and CLERK_API_URL, then try again.",
            Self::TimedOut { .. } | Self::Interrupted { .. } => "Try again; if it stays so, look at status.clerk.com.",
            Self::Unreadable { .. } => {
                "Check that CLERK_API_URL is a Clerk Backend API; a proxy may answer in its place."
            }
            Self::Refused(refusal) => refusal_advice(refusal),
        }
    }
}

const RATE_LIMIT_ADVICE: &str = "The instance's rate limit is used up, by your application too: wait, then try again.";

fn refusal_advice(refusal: &Refusal) -> &'static str {
    match (refusal.status, refusal.code()) {
        (401, _) => "Check the secret key: the Clerk dashboard lists it under API keys.",
        (402, _) => "The instance's plan at Clerk does not include this.",
        (_, Some("oauth_token_provider_not_enabled")) => "Switch the provider on in the Clerk dashboard.",
        (_, Some("oauth_unsupported_provider")) => "Clerk keeps no tokens of this provider.",
        (_, Some("oauth_token_retrieval_error")) => {
            "The provider gave none: the user may have to connect the account again."
        }
        (
            _,
            Some(
                "oauth_missing_refresh_token" | "external_account_missing_refresh_token" | "oauth_missing_access_token",
            ),
        ) => "It cannot be renewed: the user has to sign in through the provider again.",
        (400, Some("already_a_member_in_organization")) => "Somebody else was faster: refresh.",
        (403, Some("organization_membership_quota_exceeded")) => {
            "Raise the organization's limit in the Clerk dashboard, or remove a member first."
        }
        (403, Some("feature_not_enabled")) => "Switch the feature on in the Clerk dashboard.",
        (403, _) => "The key may not do this.",
        (404, _) => "It may have been deleted meanwhile: refresh.",
        (409, Some("user_managed_by_scim")) => "A directory owns this user: change it there.",
        (409, _) => "Somebody else is changing it: refresh and try again.",
        (429, _) => RATE_LIMIT_ADVICE,
        (300..=399, _) => "The API redirects, and the key is not sent on: put the final address into CLERK_API_URL.",
        (500..=599, _) => "Try again; if it stays so, look at status.clerk.com.",
        _ => "Change what was asked for.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_in_clerks_shape_is_read_whole() {
        let body = br#"{"errors":[{"message":"is invalid","long_message":"email_address must be valid.","code":"form_param_format_invalid","meta":{"param_name":"email_address"}}],"clerk_trace_id":"de1b"}"#;
        let refusal = Refusal::from_body(422, body);
        assert_eq!(refusal.code(), Some("form_param_format_invalid"));
        assert_eq!(refusal.errors[0].text(), "email_address must be valid.");
        assert_eq!(refusal.errors[0].param_name(), Some("email_address"));
        assert_eq!(refusal.trace_id.as_deref(), Some("de1b"));
    }

    #[test]
    fn what_does_not_fit_in_an_error_is_left_out_and_the_rest_kept() {
        let body =
            br#"{"errors":["?",{"code":7,"message":"not found","long_message":null,"meta":[]}],"clerk_trace_id":1}"#;
        let refusal = Refusal::from_body(404, body);
        assert_eq!(refusal.errors.len(), 1);
        assert_eq!((refusal.code(), refusal.errors[0].text()), (None, "not found"));
        assert_eq!((&refusal.errors[0].meta, &refusal.trace_id), (&None, &None));
    }

    #[test]
    fn a_body_in_another_shape_says_nothing() {
        for body in ["", "<html>bad gateway</html>", "null", "[]", r#"{"error":"x"}"#, r#"{"errors":{}}"#] {
            let expected = Refusal { status: 502, ..Refusal::default() };
            assert_eq!(Refusal::from_body(502, body.as_bytes()), expected, "{body}");
        }
        assert_eq!(Error::Refused(Refusal::from_body(502, b"")).to_string(), "the server answered with status 502");
    }

    #[test]
    fn the_wait_that_is_named_is_long_enough() {
        let held = |millis| Error::NotSent(NotSent::Held { retry_after: Duration::from_millis(millis) }).to_string();
        assert_eq!(held(1001), "nothing was sent: the rate limit is used up for another 2 s");
        assert_eq!(held(3000), "nothing was sent: the rate limit is used up for another 3 s");
    }
}
