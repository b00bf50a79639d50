//! Bags of metadata: how they are merged, and how large they may be.

use super::error::ApiError;
use crate::clerk::model::Metadata;
use serde_json::Value;

/// Bytes of a bag, written as JSON without spaces.
const MOST_BYTES: usize = 8 * 1024;

/// Merges `given` into `own` as RFC 7396 has it: objects go into each other, null takes a key out, anything else
/// replaces.
pub(super) fn merge(own: &mut Metadata, given: Metadata) {
    for (key, value) in given {
        match value {
            Value::Null => _ = own.remove(&key),
            Value::Object(inner) => {
                let place = own.entry(key).or_insert(Value::Null);
                if !place.is_object() {
                    *place = Value::Object(Metadata::new());
                }
                if let Value::Object(place) = place {
                    merge(place, inner);
                }
            }
            value => _ = own.insert(key, value),
        }
    }
}

/// What is wrong with the size of a bag.
pub(super) fn too_large(name: &str, bag: &Metadata) -> Option<ApiError> {
    let size = Value::Object(bag.clone()).to_string().len();
    (size > MOST_BYTES).then(|| ApiError::bag_too_large(name, MOST_BYTES, size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::btree_map, prelude::*};
    use serde_json::json;

    fn merged(own: Value, given: Value) -> Value {
        let (Value::Object(mut own), Value::Object(given)) = (own, given) else { panic!("bags are objects") };
        merge(&mut own, given);
        Value::Object(own)
    }

    /// The pseudocode of RFC 7396, section 2, word for word.
    fn merge_patch(target: Value, patch: Value) -> Value {
        let Value::Object(patch) = patch else { return patch };
        let mut target = if let Value::Object(target) = target { target } else { Metadata::new() };
        for (name, value) in patch {
            if value.is_null() {
                target.remove(&name);
            } else {
                let before = target.remove(&name).unwrap_or_default();
                target.insert(name, merge_patch(before, value));
            }
        }
        Value::Object(target)
    }

    #[test]
    fn the_examples_of_the_rfc_hold() {
        assert_eq!(merged(json!({ "a": "b" }), json!({ "a": "c" })), json!({ "a": "c" }));
        assert_eq!(merged(json!({ "a": "b", "b": "c" }), json!({ "a": null })), json!({ "b": "c" }));
        assert_eq!(merged(json!({ "a": [{ "b": "c" }] }), json!({ "a": [1] })), json!({ "a": [1] }));
        assert_eq!(
            merged(json!({ "a": { "b": "c" } }), json!({ "a": { "b": "d", "c": null } })),
            json!({ "a": { "b": "d" } })
        );
        assert_eq!(merged(json!({}), json!({ "a": { "bb": { "ccc": null } } })), json!({ "a": { "bb": {} } }));
        assert_eq!(merged(json!({ "e": null }), json!({ "a": 1 })), json!({ "e": null, "a": 1 }));
    }

    #[test]
    fn a_bag_may_have_eight_kilobytes() {
        let bag = |length: usize| Metadata::from_iter([("a".to_owned(), Value::from("x".repeat(length)))]);
        // {"a":""} is eight bytes.
        assert_eq!(too_large("public_metadata", &bag(8 * 1024 - 8)), None);
        assert!(too_large("public_metadata", &bag(8 * 1024 - 7)).is_some());
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf =
            prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), any::<i8>().prop_map(Value::from)];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                btree_map("[abc]", inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    fn bag() -> impl Strategy<Value = Value> {
        btree_map("[abc]", value(), 0..4).prop_map(|map| Value::Object(map.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn any_merge_is_that_of_the_rfc(own in bag(), given in bag()) {
            prop_assert_eq!(merged(own.clone(), given.clone()), merge_patch(own, given));
        }
    }
}
