//! From the bytes of an answer to what it says.

use super::{ErrorItem, error::TraceId};
use serde::{Deserialize, de::DeserializeOwned};

/// A resource.
pub(super) fn value<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(body)
}

/// A list: a bare array, or `{data, …}`. Clerk has both, and the one for the other where paging is asked for.
pub(super) fn list<T: DeserializeOwned>(body: &[u8]) -> Result<Vec<T>, serde_json::Error> {
    #[derive(Deserialize)]
    struct Wrapped<T> {
        data: Vec<T>,
    }
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => serde_json::from_slice::<Wrapped<T>>(body).map(|wrapped| wrapped.data),
        _ => serde_json::from_slice(body),
    }
}

/// The body of a refusal.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Errors {
    pub(super) errors: Vec<ErrorItem>,
    pub(super) clerk_trace_id: Option<TraceId>,
}

/// Clerk's reasons; none when the body is not in Clerk's shape, as a proxy's page of HTML.
pub(super) fn errors(body: &[u8]) -> Errors {
    serde_json::from_slice(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_bare_and_wrapped() {
        for body in ["[1,2]", " \n[1,2]", r#"{"data":[1,2],"total_count":9}"#, r#"{"total_count":9,"data":[1,2]}"#] {
            assert_eq!(list::<i32>(body.as_bytes()).unwrap(), [1, 2], "{body}");
        }
        for body in ["", "null", "{}", "7", "<html>"] {
            assert!(list::<i32>(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn a_refusal_is_read_whatever_it_holds() {
        let full = br#"{"errors":[{"message":"m","code":"c","meta":{"param_name":"p"},"new":1}],"clerk_trace_id":"t"}"#;
        let errors_of = errors(full);
        assert_eq!((errors_of.errors[0].param_name(), errors_of.clerk_trace_id.as_deref()), (Some("p"), Some("t")));
        assert_eq!(errors_of.errors[0].text(), "m", "older answers have no long_message");
        for other in [&b"<html>502</html>"[..], b"", b"[]", b"{\"errors\":\"no\"}", b"\xff"] {
            assert_eq!(errors(other), Errors::default());
        }
    }
}
