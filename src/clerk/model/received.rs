//! A value together with the bytes that it came as.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::value::RawValue;
use std::{borrow::Cow, ops::Deref};

/// A value as it was read, and the JSON exactly as it came.
///
/// The typed value holds what this version knows; [`Received::raw`] holds everything, also fields that
/// Clerk added since.
#[derive(Clone, Debug)]
pub struct Received<T> {
    value: T,
    raw: Box<RawValue>,
}

impl<T> Received<T> {
    /// The JSON text as it came, byte for byte.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.raw.get()
    }

    /// The same JSON on one line.
    #[must_use]
    pub fn line(&self) -> Cow<'_, str> {
        one_line(self.raw())
    }

    /// The value alone, its raw text dropped.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

/// The same JSON on one line.
pub(crate) fn one_line(json: &str) -> Cow<'_, str> {
    // One after the other: so each search is one for a byte, which is many times quicker.
    if !json.contains('\n') && !json.contains('\r') {
        return json.into();
    }
    // Within a text a line break is written as an escape: those that are there stand between the parts.
    json.lines().map(str::trim).collect::<Vec<_>>().concat().into()
}

impl<T: Serialize> Received<T> {
    /// A value that did not come over the wire, with the JSON that it would have come as.
    ///
    /// # Errors
    ///
    /// When `value` cannot be written as JSON, such as a map whose keys are not strings.
    pub fn from_value(value: T) -> serde_json::Result<Self> {
        let raw = serde_json::value::to_raw_value(&value)?;
        Ok(Self { value, raw })
    }
}

impl<T> Deref for Received<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Received<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value && self.raw.get() == other.raw.get()
    }
}

impl<T: Eq> Eq for Received<T> {}

impl<'de, T: for<'value> Deserialize<'value>> Deserialize<'de> for Received<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let value = serde_json::from_str(raw.get()).map_err(D::Error::custom)?;
        Ok(Self { value, raw })
    }
}

impl<T> Serialize for Received<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}
