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
use std::ops::RangeInclusive;

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
        self.finish_open()
    }

    /// As [`finish`](Self::finish), for the operations whose contract does not mind further fields.
    pub(super) fn finish_open(self) -> Result<(), ApiError> {
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

    /// A whole number within a range.
    pub(super) fn integer(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let number = self.number(name).value()?;
        if range.contains(&number) {
            return Some(number);
        }
        self.refuse(ApiError::value_invalid(name, &number.to_string()));
        None
    }

    /// An object.
    pub(super) fn object(&mut self, name: &str) -> Given<Map<String, Value>> {
        self.take(name, "object", |value| match value {
            Value::Object(object) => Some(object),
            _ => None,
        })
    }

    /// An object; null is refused.
    pub(super) fn bag(&mut self, name: &str) -> Option<Map<String, Value>> {
        let bag = self.object(name);
        self.not_null(name, bag)
    }

    /// An object that has to be there.
    pub(super) fn required_object(&mut self, name: &str) -> Option<Map<String, Value>> {
        let object = self.object(name);
        self.required(name, object)
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

    /// A text that has to be there, and not be empty.
    pub(super) fn required_text(&mut self, name: &str) -> String {
        let text = match self.text(name) {
            Given::Value(text) if text.trim().is_empty() => {
                self.refuse(ApiError::missing(name));
                return String::new();
            }
            given => given,
        };
        self.required(name, text).unwrap_or_default()
    }

    /// An identifier that has to be there, as `rule` has it kept.
    pub(super) fn required_identifier(
        &mut self,
        name: &str,
        rule: impl FnOnce(&str, &str) -> Result<String, ApiError>,
    ) -> String {
        let text = self.required_text(name);
        if text.is_empty() {
            return text;
        }
        rule(name, &text).unwrap_or_else(|error| {
            self.refuse(error);
            String::new()
        })
    }

    /// Refuses a field that was left out, unless it was of another type, and null.
    fn required<T>(&mut self, name: &str, given: Given<T>) -> Option<T> {
        if matches!(given, Given::Absent) && self.errors.iter().all(|error| !error.is_about(name)) {
            self.refuse(ApiError::missing(name));
        }
        self.not_null(name, given)
    }

    fn not_null<T>(&mut self, name: &str, given: Given<T>) -> Option<T> {
        if matches!(given, Given::Null) {
            self.errors.push(ApiError::nil(name));
        }
        given.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::rules;
    use serde_json::json;

    fn fields(value: &Value) -> Fields {
        Fields::parse(None, value.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn fields_are_read_by_their_type() {
        let mut fields =
            fields(&json!({ "a": "x", "b": true, "c": 7, "d": { "e": 1 }, "f": null, "g": "Ada@Example.com" }));
        assert_eq!(fields.required_text("a"), "x");
        assert_eq!((fields.flag("b"), fields.integer("c", 1..=7)), (Given::Value(true), Some(7)));
        assert_eq!(fields.required_object("d").unwrap()["e"], 1);
        assert_eq!((fields.text("f"), fields.text("h")), (Given::Null, Given::Absent));
        assert_eq!(fields.required_identifier("g", rules::email), "ada@example.com");
        assert_eq!(fields.finish(), Ok(()));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let mut fields = fields(&json!({ "a": 1, "b": null, "c": 8, "e": " ", "f": "ada", "x": 1 }));
        fields.required_text("a");
        fields.required_text("b");
        fields.integer("c", 1..=7);
        fields.required_text("d");
        fields.required_text("e");
        fields.required_identifier("f", rules::email);
        let expected = [
            ApiError::type_invalid("a", "string"),
            ApiError::nil("b"),
            ApiError::value_invalid("c", "8"),
            ApiError::missing("d"),
            ApiError::missing("e"),
            ApiError::format_invalid("f", "valid email address"),
            ApiError::unknown("x"),
        ];
        assert_eq!(fields.finish().unwrap_err(), ApiError::all(expected).unwrap());
    }

    #[test]
    fn a_body_is_an_object_of_json() {
        assert!(Fields::parse(Some("application/json; charset=utf-8"), b"{}").is_ok());
        assert!(Fields::parse(Some("application/json"), b" ").is_ok());
        assert_eq!(Fields::parse(Some("text/plain"), b"{}").unwrap_err(), ApiError::content_type("text/plain"));
        assert_eq!(Fields::parse(None, b"[]").unwrap_err(), ApiError::body_invalid());
    }
}
