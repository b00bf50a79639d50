//! The body of a request, read field by field. What is wrong with each field is gathered, so that all of it is told at once.

use super::error::ApiError;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header::CONTENT_TYPE,
};
use serde_json::{Map, Value};
use std::{convert::Infallible, ops::RangeInclusive};

/// A JSON object. A field that was read is taken out; what is left at the end is unknown.
#[derive(Debug, Default)]
pub(super) struct Body {
    fields: Map<String, Value>,
    /// It is not a JSON object at all.
    broken: Option<ApiError>,
    errors: Vec<ApiError>,
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Infallible> {
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_json = content_type.is_none_or(|value| {
            value.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
        let bytes = Bytes::from_request(request, state).await;
        Ok(match bytes {
            Ok(bytes) if bytes.is_empty() => Self::of(Ok(Map::new())),
            Ok(_) if !is_json => Self::of(Err(ApiError::unsupported_content_type())),
            Ok(bytes) => Self::of(serde_json::from_slice(&bytes).map_err(|_| ApiError::body_invalid())),
            Err(_) => Self::of(Err(ApiError::body_invalid())),
        })
    }
}

impl Body {
    fn of(fields: Result<Map<String, Value>, ApiError>) -> Self {
        match fields {
            Ok(fields) => Self { fields, broken: None, errors: Vec::new() },
            Err(broken) => Self { fields: Map::new(), broken: Some(broken), errors: Vec::new() },
        }
    }

    /// The value of a field; null is as good as none.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.fields.remove(name).filter(|value| !value.is_null())
    }

    fn typed<T>(&mut self, name: &str, kind: &str, read: impl FnOnce(Value) -> Option<T>) -> Option<T> {
        let read = read(self.take(name)?);
        if read.is_none() {
            self.refuse(ApiError::type_invalid(name, kind));
        }
        read
    }

    /// A text that may be left out.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.typed(name, "string", |value| match value {
            Value::String(text) => Some(text),
            _ => None,
        })
    }

    /// A text that has to be there, and is not empty.
    pub(super) fn required_text(&mut self, name: &str) -> String {
        match self.fields.get(name) {
            Some(Value::Null) => self.refuse(ApiError::nil(name)),
            None => self.refuse(ApiError::missing(name)),
            Some(Value::String(text)) if text.trim().is_empty() => self.refuse(ApiError::missing(name)),
            Some(_) => {}
        }
        self.text(name).unwrap_or_default()
    }

    pub(super) fn bool(&mut self, name: &str) -> Option<bool> {
        self.typed(name, "boolean", |value| value.as_bool())
    }

    /// An email address that has to be there.
    pub(super) fn email(&mut self, name: &str) -> String {
        let text = self.required_text(name);
        if !text.is_empty() && !is_email(&text) {
            self.refuse(ApiError::format_invalid(name, "valid email address"));
        }
        text
    }

    /// A whole number within a range.
    pub(super) fn integer(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let number = self.typed(name, "integer", |value| value.as_i64())?;
        if range.contains(&number) {
            return Some(number);
        }
        self.refuse(ApiError::value_invalid(name, &number.to_string()));
        None
    }

    /// A JSON object, such as a bag of metadata.
    pub(super) fn object(&mut self, name: &str) -> Option<Map<String, Value>> {
        self.typed(name, "object", |value| match value {
            Value::Object(fields) => Some(fields),
            _ => None,
        })
    }

    /// A JSON object that has to be there.
    pub(super) fn required_object(&mut self, name: &str) -> Option<Map<String, Value>> {
        match self.fields.get(name) {
            Some(Value::Null) => self.refuse(ApiError::nil(name)),
            None => self.refuse(ApiError::missing(name)),
            Some(_) => {}
        }
        self.object(name)
    }

    /// Tells of an error together with the others.
    pub(super) fn refuse(&mut self, error: ApiError) {
        self.errors.push(error);
    }

    /// The end of a body that takes no other fields than those read.
    pub(super) fn closed(mut self) -> Result<(), ApiError> {
        let unknown: Vec<_> = self.fields.keys().map(|name| ApiError::unknown(name)).collect();
        self.errors.extend(unknown);
        self.open()
    }

    /// The end of a body whose other fields do not matter.
    pub(super) fn open(self) -> Result<(), ApiError> {
        self.broken.or_else(|| ApiError::all(self.errors)).map_or(Ok(()), Err)
    }
}

/// Whether it looks like an address that mail could be sent to: the shape alone, as a form would check it.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else { return false };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let is_name = |letter: char| !letter.is_whitespace() && !letter.is_control() && !"@,;:<>()[]\\\"".contains(letter);
    !name.is_empty()
        && text.len() <= 254
        && name.chars().all(is_name)
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(value: &Value) -> Body {
        Body::of(Ok(value.as_object().unwrap().clone()))
    }

    #[test]
    fn fields_are_read_by_their_type() {
        let mut body = body(&json!({ "a": "x", "b": true, "c": 7, "d": { "e": 1 }, "f": null }));
        assert_eq!(body.required_text("a"), "x");
        assert_eq!((body.bool("b"), body.integer("c", 1..=7)), (Some(true), Some(7)));
        assert_eq!(body.object("d").unwrap()["e"], 1);
        assert_eq!(body.text("f"), None);
        assert_eq!(body.closed(), Ok(()));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let mut body = body(&json!({ "a": 1, "b": null, "c": 8, "x": 1 }));
        body.required_text("a");
        body.required_text("b");
        body.integer("c", 1..=7);
        body.required_text("d");
        let expected = [
            ApiError::type_invalid("a", "string"),
            ApiError::nil("b"),
            ApiError::value_invalid("c", "8"),
            ApiError::missing("d"),
            ApiError::unknown("x"),
        ];
        assert_eq!(body.closed().unwrap_err(), ApiError::all(expected).unwrap());
    }
}
