//! Masking what says who somebody is, for a screen that others see too.
//!
//! The first letter of each longer word stays, so that rows can be told apart; ids stay, as they are what one goes on with.

use super::{json::Members, person::Known};
use serde_json::value::RawValue;
use std::sync::{Arc, OnceLock};

/// Stands in the place of a letter.
const STAR: char = '*';
/// What of a user says nothing about who they are: ids and Clerk's own words. The names are those of Clerk's fields.
const SHOWN: &[&str] = &["id", "object", "status", "strategy", "provider", "type", "protocol", "locale", "role"];
/// Fields that end like an id, and are names that somebody has elsewhere.
const NAMES: &[&str] = &["external_id", "provider_user_id", "external_account_id"];

/// `text` with stars in the place of all letters, digits and signs but the first of each word. Where that would be the whole
/// word, it does not stay either; of what takes no letters, such as a name of pictures, nothing does.
#[must_use]
pub fn masked(text: &str) -> String {
    // What an address or a number is put together with.
    let is_between =
        |char: char| char.is_ascii() && !char.is_ascii_alphanumeric() && char != STAR || char.is_whitespace();
    let mut masked = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(first) = characters.next() {
        if is_between(first) {
            masked.push(first);
            continue;
        }
        let mut stars = 0;
        while characters.next_if(|char| !is_between(*char)).is_some() {
            stars += 1;
        }
        // One star more or less tells a word of one letter from one of two.
        masked.push(if stars > 0 && first.is_alphanumeric() { first } else { STAR });
        masked.extend(std::iter::repeat_n(STAR, stars));
    }
    masked
}

/// The masked form of a user, made when it is first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Mask(OnceLock<Option<Arc<Known>>>);

/// It follows from the user that it is of.
impl PartialEq for Mask {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Mask {
    /// The masked form of `known`, whose mask this is; none if it cannot be read as JSON, which does not happen to what
    /// came as JSON.
    pub(super) fn of(&self, known: &Known) -> Option<&Arc<Known>> {
        let make = || {
            let mut text = String::with_capacity(known.raw().len());
            push_masked(serde_json::from_str(known.raw()).ok()?, Of::User, &mut text).ok()?;
            Some(Arc::new(Known::new(serde_json::from_str(&text).ok()?, known.as_of())))
        };
        self.0.get_or_init(make).as_ref()
    }
}

/// What a value is a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// What Clerk has of a user: numbers are moments and limits, and some fields say nothing about who it is.
    User,
    /// Metadata, whose fields can be called anything: all of them may.
    Metadata,
}

/// Writes `value` with its texts masked, everything in the order in which it came.
fn push_masked(value: &RawValue, of: Of, text: &mut String) -> serde_json::Result<()> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'{') => push_fields(raw, of, text)?,
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(raw)?;
            text.push('[');
            for (index, item) in items.into_iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                push_masked(item, of, text)?;
            }
            text.push(']');
        }
        Some(b'"') => {
            let written: String = serde_json::from_str(raw)?;
            text.push_str(&serde_json::to_string(&masked(&written))?);
        }
        Some(b'-' | b'0'..=b'9') if of == Of::Metadata => text.push_str(&serde_json::to_string(&masked(raw))?),
        _ => text.push_str(raw),
    }
    Ok(())
}

fn push_fields(raw: &str, of: Of, text: &mut String) -> serde_json::Result<()> {
    let Members(members) = serde_json::from_str(raw)?;
    text.push('{');
    for (index, (name, value)) in members.into_iter().enumerate() {
        text.push_str(if index > 0 { "," } else { "" });
        text.push_str(&serde_json::to_string(&name)?);
        text.push(':');
        let is_id = SHOWN.contains(&name.as_str()) || name.ends_with("_id") && !NAMES.contains(&name.as_str());
        match of {
            Of::User if is_id => text.push_str(value.get()),
            Of::User if name.ends_with("_metadata") => push_masked(value, Of::Metadata, text)?,
            _ => push_masked(value, of, text)?,
        }
    }
    text.push('}');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::Timestamp;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn the_first_letter_of_each_word_stays() {
        assert_eq!(masked("Ada Lovelace"), "A** L*******");
        assert_eq!(masked("ada.l@analytical.example"), "a**.*@a*********.e******");
        assert_eq!(
            (masked("+44 20 7946"), masked("山田 ada 梁 🙂👍"), masked("")),
            ("+4* 2* 7***".into(), "山* a** * **".into(), String::new())
        );
    }

    fn ada() -> Known {
        let user = r#"{"object": "user", "id": "user_1", "first_name": "Ada", "banned": true, "created_at": 1795453200000,
            "external_id": "crm_81723", "primary_email_address_id": "idn_1",
            "email_addresses": [{"id": "idn_1", "email_address": "ada@x.example", "verification": {"status": "verified"}}],
            "public_metadata": {"seats": 12, "id": "A-1", "beta": true, "a\"b": [null, -1.50, "c\"d"]}}"#;
        Known::new(serde_json::from_str(user).unwrap(), Timestamp::default())
    }

    #[test]
    fn everything_stays_in_the_order_in_which_it_came() {
        let expected = concat!(
            r#"{"object":"user","id":"user_1","first_name":"A**","banned":true,"created_at":1795453200000,"#,
            r#""external_id":"c**_8****","primary_email_address_id":"idn_1","#,
            r#""email_addresses":[{"id":"idn_1","email_address":"a**@*.e******","verification":{"status":"verified"}}],"#,
            r#""public_metadata":{"seats":"1*","id":"*-*","beta":true,"a\"b":[null,"-*.5*","*\"*"]}}"#
        );
        assert_eq!(ada().masked().raw(), expected);
    }

    #[test]
    fn a_user_is_masked_but_for_ids_moments_and_states() {
        let known = ada();
        let masked = known.masked();
        assert_eq!((masked.id.as_str(), masked.first_name.as_deref(), masked.banned), ("user_1", Some("A**"), true));
        assert_eq!((masked.created_at, masked.external_id.as_deref()), (known.created_at, Some("c**_8****")));
        assert_eq!(masked.primary_email_address().unwrap().email_address, "a**@*.e******");
        assert_eq!(
            Value::Object(masked.public_metadata.clone()),
            json!({"id": "*-*", "seats": "1*", "beta": true, "a\"b": [null, "-*.5*", "*\"*"]})
        );
        assert!(!masked.raw().contains("ada@"), "{}", masked.raw());
        assert!(std::ptr::eq(known.masked(), known.masked()), "made once");
    }

    proptest! {
        #[test]
        fn masking_twice_is_masking_once_and_keeps_the_length(text in any::<String>()) {
            let once = masked(&text);
            prop_assert_eq!(&masked(&once), &once);
            prop_assert_eq!(once.chars().count(), text.chars().count());
        }
    }
}
