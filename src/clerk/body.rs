//! What a request carries.

use serde_json::Value;
use std::fmt;

/// The body of a request. It can hold a password or a file, so that no debug output shows it.
#[derive(Clone)]
pub(super) enum Body {
    /// Nothing: most of what sets a state needs none.
    Empty,
    /// An object, as JSON.
    Json(Vec<u8>),
    /// A form with one file in it, in the part `file`.
    File(File),
}

/// A file to send.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// What it is called; Clerk does not keep it.
    pub name: String,
    /// Its type, `image/png`.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Its kind and its length.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("Empty"),
            Self::Json(bytes) => write!(formatter, "Json({} bytes)", bytes.len()),
            Self::File(file) => write!(formatter, "{file:?}"),
        }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "File({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

/// An object that is put together field by field: what is not put in is not in the request.
#[derive(Clone, Default)]
pub(super) struct Fields(serde_json::Map<String, Value>);

impl Fields {
    /// With `value` under `name`.
    pub(super) fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// With `value` under `name`, if there is one.
    pub(super) fn set_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// With what is to be done to the field `name`: nothing, `null`, or a value.
    pub(super) fn change<T: Clone + Into<Value>>(self, name: &str, change: &Change<T>) -> Self {
        match change {
            Change::Keep => self,
            Change::Clear => self.set(name, Value::Null),
            Change::Set(value) => self.set(name, value.clone()),
        }
    }

    /// Whether it has no fields.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        Self::Object(fields.0)
    }
}

impl From<Fields> for Body {
    fn from(fields: Fields) -> Self {
        Self::Json(Value::Object(fields.0).to_string().into_bytes())
    }
}

/// What an update does to a field. Left out, set to null and set to a value are three different requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays as it is: the field is not in the request.
    #[default]
    Keep,
    /// It is emptied: the field is `null`.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T> From<Option<T>> for Change<T> {
    /// What the field shall be: a value, or nothing.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Clear, Self::Set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(fields: Fields) -> String {
        match Body::from(fields) {
            Body::Json(bytes) => String::from_utf8(bytes).unwrap(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn left_out_null_and_a_value_are_three_requests() {
        let change = |change: &Change<String>| json(Fields::default().change("username", change));
        assert_eq!(change(&Change::Keep), "{}");
        assert_eq!(change(&Change::Clear), r#"{"username":null}"#);
        assert_eq!(change(&Change::Set("ada".into())), r#"{"username":"ada"}"#);
        assert_eq!(Change::from(Some(1)), Change::Set(1));
        assert_eq!(Change::<u8>::from(None), Change::Clear);
    }

    #[test]
    fn no_debug_output_shows_a_body() {
        let body = Body::from(Fields::default().set("password", "correct horse"));
        assert_eq!(format!("{body:?}"), "Json(28 bytes)");
        let file = File { name: "ada.png".into(), content_type: "image/png".into(), bytes: b"secret".to_vec() };
        assert_eq!(format!("{:?}", Body::File(file)), "File(image/png, 6 bytes)");
    }
}
