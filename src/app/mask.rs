//! Masking what says who somebody is, for a screen that others see too.
//!
//! The first letter of each word stays, so that rows can be told apart; ids stay, as they are what one goes on with.

use super::person::Known;
use crate::clerk::model::{Received, User};
use serde_json::{Map, Value};
use std::sync::{Arc, OnceLock};

/// Stands in the place of a letter.
const STAR: char = '*';
/// What of a user says nothing about who they are: ids and Clerk's own words. The names are those of Clerk's fields.
const SHOWN: &[&str] = &["id", "object", "status", "strategy", "provider", "type", "protocol", "locale", "role"];
/// Fields that end like an id, and are names that somebody has elsewhere.
const NAMES: &[&str] = &["external_id", "provider_user_id", "external_account_id"];

/// `text` with stars in the place of all letters and digits but the first of each word.
#[must_use]
pub fn masked(text: &str) -> String {
    let mut within = false;
    let star = |char: char| {
        let is_word = char.is_alphanumeric();
        let stays = !is_word || !within;
        within = is_word;
        if stays { char } else { STAR }
    };
    text.chars().map(star).collect()
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
    /// The masked form of `known`, whose mask this is; none if it cannot be told as JSON, which does not happen to what
    /// came as JSON.
    pub(super) fn of(&self, known: &Known) -> Option<&Arc<Known>> {
        let make = || {
            let mut user: Map<String, Value> = serde_json::from_str(known.raw()).ok()?;
            mask_fields(&mut user, false);
            let user: Received<User> = serde_json::from_value(Value::Object(user)).ok()?;
            Some(Arc::new(Known::new(user, known.as_of())))
        };
        self.0.get_or_init(make).as_ref()
    }
}

/// Masks the texts of an object; of metadata, whose fields can be called anything, all of them.
fn mask_fields(fields: &mut Map<String, Value>, all: bool) {
    for (name, value) in fields {
        let is_id = SHOWN.contains(&name.as_str()) || name.ends_with("_id") && !NAMES.contains(&name.as_str());
        if all || !is_id {
            mask_value(value, all || name.ends_with("_metadata"));
        }
    }
}

fn mask_value(value: &mut Value, all: bool) {
    match value {
        Value::String(text) => *text = masked(text),
        // Numbers of Clerk's own are moments and limits.
        Value::Number(number) if all => *value = Value::String(masked(&number.to_string())),
        Value::Array(values) => values.iter_mut().for_each(|value| mask_value(value, all)),
        Value::Object(fields) => mask_fields(fields, all),
        Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::Timestamp;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn the_first_letter_of_each_word_stays() {
        assert_eq!(masked("Ada Lovelace"), "A** L*******");
        assert_eq!(masked("ada.l@analytical.example"), "a**.l@a*********.e******");
        assert_eq!(
            (masked("+44 20 7946"), masked("山田 ada"), masked("")),
            ("+4* 2* 7***".into(), "山* a**".into(), String::new())
        );
    }

    #[test]
    fn a_user_is_masked_but_for_ids_moments_and_states() {
        let user = json!({
            "id": "user_1", "first_name": "Ada", "banned": true, "created_at": 1_795_453_200_000_i64,
            "external_id": "crm_81723", "primary_email_address_id": "idn_1",
            "email_addresses": [{"id": "idn_1", "email_address": "ada@x.example", "verification": {"status": "verified"}}],
            "public_metadata": {"id": "A-1", "seats": 12, "beta": true},
        });
        let known = Known::new(serde_json::from_value(user).unwrap(), Timestamp::default());
        let masked = known.masked();
        assert_eq!((masked.id.as_str(), masked.first_name.as_deref(), masked.banned), ("user_1", Some("A**"), true));
        assert_eq!((masked.created_at, masked.external_id.as_deref()), (known.created_at, Some("c**_8****")));
        assert_eq!(masked.primary_email_address().unwrap().email_address, "a**@x.e******");
        assert_eq!(Value::Object(masked.public_metadata.clone()), json!({"id": "A-1", "seats": "1*", "beta": true}));
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
