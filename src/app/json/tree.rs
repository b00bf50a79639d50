//! A JSON text taken apart, in the order and the spelling in which it came.

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{fmt, ops::Range};

/// Deeper values stay the text that they are. Clerk's own are five deep; metadata can be what anybody likes.
const DEEPEST: usize = 64;
/// The path of the whole.
const WHOLE: &str = ".";

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object of so many keys.
    Object(usize),
    /// An array of so many items.
    Array(usize),
    /// A text.
    String,
    /// A number.
    Number,
    /// `true`, `false` or `null`; or what is too deep to be taken apart.
    Literal,
}

impl Kind {
    /// Whether there is something in it to show or to hide.
    #[must_use]
    pub fn is_foldable(self) -> bool {
        matches!(self, Self::Object(1..) | Self::Array(1..))
    }
}

/// A value and where it is. Texts as they came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How many objects and arrays it is in.
    pub depth: usize,
    /// Its key, in an object.
    pub key: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// The part of the whole text that is its JSON, in bytes.
    pub span: Range<usize>,
    /// Where it is, as `jq` writes it: `.email_addresses[0].id`, and `.` for the whole.
    pub path: String,
    /// The index of the entry after the last one in it.
    pub end: usize,
}

/// Every value of a text, each before what is in it.
///
/// # Errors
///
/// When the text is not JSON.
pub fn entries(text: &str) -> serde_json::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let whole: &RawValue = serde_json::from_str(text)?;
    push(whole, None, WHOLE, text.len() - text.trim_start().len(), 0, &mut entries)?;
    Ok(entries)
}

fn push(
    raw: &RawValue,
    key: Option<String>,
    path: &str,
    start: usize,
    depth: usize,
    entries: &mut Vec<Entry>,
) -> serde_json::Result<()> {
    let text = raw.get();
    let place = entries.len();
    let span = start..start + text.len();
    entries.push(Entry { depth, key, kind: Kind::Literal, span, path: path.to_owned(), end: 0 });
    // What is in it is a part of its text.
    let start_of = |inner: &RawValue| start + (inner.get().as_ptr().addr() - text.as_ptr().addr());
    let kind = match text.as_bytes().first() {
        Some(b'{') if depth < DEEPEST => {
            let Members(members) = serde_json::from_str(text)?;
            let count = members.len();
            for (key, value) in members {
                let path = member_path(path, &key);
                push(value, Some(key), &path, start_of(value), depth + 1, entries)?;
            }
            Kind::Object(count)
        }
        Some(b'[') if depth < DEEPEST => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            for (index, value) in items.iter().enumerate() {
                push(value, None, &format!("{path}[{index}]"), start_of(value), depth + 1, entries)?;
            }
            Kind::Array(items.len())
        }
        Some(b'"') => Kind::String,
        Some(b'-' | b'0'..=b'9') => Kind::Number,
        _ => Kind::Literal,
    };
    let end = entries.len();
    let entry = &mut entries[place];
    (entry.kind, entry.end) = (kind, end);
    Ok(())
}

/// A key that is no identifier stands in quotes.
fn member_path(path: &str, key: &str) -> String {
    let is_word = !key.starts_with(|char: char| char.is_ascii_digit())
        && !key.is_empty()
        && key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
    let quoted = || serde_json::Value::from(key).to_string();
    // The whole is a dot by itself.
    let around = if path == WHOLE { "" } else { path };
    if is_word { format!("{around}.{key}") } else { format!("{path}[{}]", quoted()) }
}

/// The members of an object in their order, also those that come twice.
pub(in crate::app) struct Members<'a>(pub(in crate::app) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_stays_in_its_order_and_spelling() {
        let text = r#" {"z": 1.50, "a": [{"b c": "\u001b"}, []], "z": -0, "n": null, "1": true}"#;
        let entries = entries(text).unwrap();
        let told: Vec<_> =
            entries.iter().map(|entry| (entry.path.as_str(), &text[entry.span.clone()], entry.end)).collect();
        let expected = [
            (".", text.trim(), 9),
            (".z", "1.50", 2),
            (".a", r#"[{"b c": "\u001b"}, []]"#, 6),
            (".a[0]", r#"{"b c": "\u001b"}"#, 5),
            (r#".a[0]["b c"]"#, r#""\u001b""#, 5),
            (".a[1]", "[]", 6),
            (".z", "-0", 7),
            (".n", "null", 8),
            (r#".["1"]"#, "true", 9),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_too_deep_stays_text_and_what_is_no_json_is_refused() {
        let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        let last = entries(&deep).unwrap().pop().unwrap();
        assert_eq!((last.depth, last.kind, last.span.len()), (64, Kind::Literal, 73));
        assert!(entries("{").is_err());
    }
}
