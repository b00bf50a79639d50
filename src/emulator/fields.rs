//! The body of a request: a closed JSON object, read field by field.
//!
//! Each read takes its field out; what is left at the end is unknown to the operation. What is wrong is collected, so
//! that all of it is told at once.

use super::{error::ApiError, gate::TraceId};
use crate::clerk::model::Timestamp;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

/// A field that may be left out, set to null, or set to a value: three different requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Given<T> {
    Absent,
    Null,
    Value(T),
}

impl<T> Given<T> {
    /// The value, if there is one.
    pub(super) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Sets what the request sets, and clears what it clears.
    pub(super) fn put(self, place: &mut Option<T>) {
        match self {
            Self::Absent => {}
            Self::Null => *place = None,
            Self::Value(value) => *place = Some(value),
        }
    }
}

/// The fields of a body, and what is wrong with those that were read.
#[derive(Debug, Default)]
pub(super) struct Fields {
    fields: Map<String, Value>,
    errors: Vec<ApiError>,
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let trace_id = request.extensions().get::<TraceId>().cloned();
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let fields = match Bytes::from_request(request, state).await {
            Ok(bytes) => Self::parse(content_type.as_deref(), &bytes),
            Err(rejection) => Err(ApiError::body_unreadable(rejection.status())),
        };
        fields.map_err(|error| match trace_id {
            Some(trace_id) => error.into_response_with(&trace_id),
            None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        })
    }
}

impl Fields {
    /// Reads a body. None at all is an empty object; a body without a type is taken for JSON.
    fn parse(content_type: Option<&str>, bytes: &[u8]) -> Result<Self, ApiError> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self::default());
        }
        let kind = content_type.and_then(|kind| kind.split(';').next()).unwrap_or("application/json").trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(ApiError::content_type(kind));
        }
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(fields)) => Ok(Self { fields, errors: Vec::new() }),
            _ => Err(ApiError::body_invalid()),
        }
    }

    /// Whether nothing wrong was found so far.
    pub(super) fn is_well(&self) -> bool {
        self.errors.is_empty()
    }

    /// Adds something that is wrong.
    pub(super) fn refuse(&mut self, error: ApiError) {
        self.errors.push(error);
    }

    /// Adds what is wrong with a value that was looked at elsewhere.
    pub(super) fn check(&mut self, checked: Result<(), ApiError>) {
        self.errors.extend(checked.err());
    }

    /// Whether something was found wrong so far.
    pub(super) fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Refuses what has not been read, and everything else that was found wrong.
    pub(super) fn finish(mut self) -> Result<(), ApiError> {
        self.errors.extend(self.fields.keys().map(|name| ApiError::unknown(name)));
        ApiError::all(self.errors).map_or(Ok(()), Err)
    }

    fn take<T>(&mut self, name: &str, kind: &str, read: impl FnOnce(Value) -> Option<T>) -> Given<T> {
        match self.fields.remove(name) {
            None => Given::Absent,
            Some(Value::Null) => Given::Null,
            Some(value) => read(value).map_or_else(
                || {
                    self.errors.push(ApiError::type_invalid(name, kind));
                    Given::Absent
                },
                Given::Value,
            ),
        }
    }

    pub(super) fn text(&mut self, name: &str) -> Given<String> {
        self.take(name, "string", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    pub(super) fn flag(&mut self, name: &str) -> Given<bool> {
        self.take(name, "boolean", |value| value.as_bool())
    }

    /// Whether a field is there and true, without taking it out.
    pub(super) fn peek_flag(&self, name: &str) -> bool {
        self.fields.get(name) == Some(&Value::Bool(true))
    }

    pub(super) fn number(&mut self, name: &str) -> Given<i64> {
        self.take(name, "integer", |value| value.as_i64())
    }

    /// An object; null is refused.
    pub(super) fn bag(&mut self, name: &str) -> Option<Map<String, Value>> {
        let bag = self.take(name, "object", |value| match value {
            Value::Object(bag) => Some(bag),
            _ => None,
        });
        self.not_null(name, bag)
    }

    /// Texts; null is refused.
    pub(super) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let texts = self.take(name, "array of strings", |value| serde_json::from_value(value).ok());
        self.not_null(name, texts)
    }

    /// A moment in RFC 3339.
    pub(super) fn moment(&mut self, name: &str) -> Given<Timestamp> {
        match self.text(name) {
            Given::Value(text) => text.parse::<jiff::Timestamp>().map_or_else(
                |_| {
                    self.errors.push(ApiError::time_invalid(name));
                    Given::Absent
                },
                |moment| Given::Value(Timestamp::from(moment)),
            ),
            Given::Null => Given::Null,
            Given::Absent => Given::Absent,
        }
    }

    /// A text that has to be there.
    pub(super) fn required_text(&mut self, name: &str) -> String {
        let text = self.text(name);
        if text == Given::Absent && self.errors.iter().all(|error| !error.is_about(name)) {
            self.errors.push(ApiError::missing(name));
        }
        self.not_null(name, text).unwrap_or_default()
    }

    fn not_null<T>(&mut self, name: &str, given: Given<T>) -> Option<T> {
        if matches!(given, Given::Null) {
            self.errors.push(ApiError::nil(name));
        }
        given.value()
    }
}
