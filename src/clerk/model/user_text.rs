//! A user as they came, for whoever passes them on.

use super::{UserId, received::one_line};
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// The JSON of a user exactly as it came, of which nothing was read but the id.
#[derive(Clone, Debug)]
pub struct UserText {
    id: UserId,
    raw: Box<RawValue>,
}

impl UserText {
    /// The id, `user_…`.
    #[must_use]
    pub fn id(&self) -> &UserId {
        &self.id
    }

    /// The JSON on one line.
    #[must_use]
    pub fn line(&self) -> Cow<'_, str> {
        one_line(self.raw.get())
    }
}

impl<'de> Deserialize<'de> for UserText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        if !raw.get().starts_with('{') {
            return Err(D::Error::custom("a user is an object"));
        }
        let mut id = None;
        // All of it was found to be JSON just now. Where the id has come, the rest is left unread, which counts as an
        // error: it is none here.
        _ = serde_json::Deserializer::from_str(raw.get()).deserialize_map(UntilTheId(&mut id));
        Ok(Self { id: id.unwrap_or_default(), raw })
    }
}

/// Reads an object no further than to its id: the first of a user's fields.
struct UntilTheId<'a>(&'a mut Option<UserId>);

impl<'de> Visitor<'de> for UntilTheId<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a user")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<Cow<'de, str>>()? {
            if name == "id" {
                *self.0 = fields.next_value()?;
                return Ok(());
            }
            fields.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> serde_json::Result<UserText> {
        serde_json::from_str(json)
    }

    #[test]
    fn the_id_is_read_wherever_it_stands_and_the_rest_stays_as_it_came() {
        for json in [
            r#"{"id":"user_1","object":"user"}"#,
            r#"{"public_metadata":{"id":"user_2","a":[1,"}"]},"\u0069d" : "user_1" }"#,
        ] {
            let user = read(json).unwrap();
            assert_eq!((user.id().as_str(), &*user.line()), ("user_1", json));
        }
    }

    #[test]
    fn line_breaks_between_the_parts_go() {
        let user = read("{\n  \"first_name\": \"Ada\\n\",\r\n  \"id\": \"user_1\"\n}").unwrap();
        assert_eq!(user.line(), r#"{"first_name": "Ada\n","id": "user_1"}"#);
        assert_eq!(user.id().as_str(), "user_1");
    }

    #[test]
    fn one_without_an_id_is_read_and_what_is_no_user_is_not() {
        for json in ["{}", r#"{"id":null}"#, r#"{"id":7}"#] {
            assert_eq!(read(json).unwrap().id().as_str(), "", "{json}");
        }
        for json in ["null", "[]", r#""user_1""#, r#"{"id":"user_1""#, r#"{"id":"user_1",}"#] {
            assert!(read(json).is_err(), "{json}");
        }
    }
}
