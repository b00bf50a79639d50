//! What can be done to a user's metadata.

use super::{About, Words};
use crate::{
    app::person::Known,
    clerk::model::{Metadata, User},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use strum::{EnumIter, IntoStaticStr};

/// One of the three bags of metadata. The names are those of Clerk's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bag {
    /// The frontend may read it.
    #[strum(serialize = "public_metadata")]
    Public,
    /// Only the backend sees it.
    #[strum(serialize = "private_metadata")]
    Private,
    /// The frontend may read and write it.
    #[strum(serialize = "unsafe_metadata")]
    Unsafe,
}

impl Bag {
    /// The parameter of Clerk that it is.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        self.into()
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Unsafe => "unsafe",
        }
    }

    /// What `user` has in it. Clerk's `null` and an empty one are the same.
    #[must_use]
    pub fn read(self, user: &User) -> Metadata {
        match self {
            Self::Public => user.public_metadata.clone(),
            Self::Private => user.private_metadata.clone().unwrap_or_default(),
            Self::Unsafe => user.unsafe_metadata.clone(),
        }
    }
}

/// How changed metadata is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Only what differs, so that what others change meanwhile stays.
    Merge,
    /// Whole bags, in the place of what is there by then.
    Replace,
}

/// What becomes of one bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BagChange {
    /// Which.
    pub bag: Bag,
    /// What is in it.
    pub from: Metadata,
    /// What shall be in it.
    pub to: Metadata,
}

impl BagChange {
    /// What has to be merged in: what differs, with `null` for what goes.
    #[must_use]
    pub fn patch(&self) -> Metadata {
        patch(&self.from, &self.to)
    }

    /// Whether merging can bring it about: a `null` cannot be stored so, as it takes away.
    #[must_use]
    pub fn can_be_merged(&self) -> bool {
        let patch = self.patch();
        merged(&self.from, &patch) == self.to
    }
}

/// A place in a bag, what is there, and what shall be. As it came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where: `public.plan.seats`.
    pub path: String,
    /// What is there, as JSON; none where something is added.
    pub from: Option<String>,
    /// What shall be, as JSON; none where something goes.
    pub to: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => write!(formatter, "{path} becomes {to}, was {from}"),
            (Some(from), None) => write!(formatter, "{path} goes, was {from}"),
            (None, to) => write!(formatter, "{path} becomes {}", to.as_deref().unwrap_or("null")),
        }
    }
}

/// A change to a user's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataAct {
    /// How it is sent.
    pub sending: Sending,
    /// The bags that change.
    pub bags: Vec<BagChange>,
}

impl MetadataAct {
    pub(super) fn name(&self) -> &'static str {
        match self.sending {
            Sending::Merge => "merge_metadata",
            Sending::Replace => "replace_metadata",
        }
    }

    /// The bags as they were and as they shall be: the way back needs both.
    pub(super) fn part(&self) -> String {
        let told = |change: &BagChange| {
            let [from, to] = [&change.from, &change.to].map(|bag| Value::Object(bag.clone()).to_string());
            format!("{} {from} to {to}", change.bag.parameter())
        };
        self.bags.iter().map(told).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn inverse(&self) -> Self {
        let turned = |change: BagChange| BagChange { from: change.to, to: change.from, bag: change.bag };
        let bags: Vec<_> = self.bags.iter().cloned().map(turned).collect();
        // A null that was there comes back only with its whole bag.
        let mergeable = bags.iter().all(BagChange::can_be_merged);
        Self { sending: if mergeable { self.sending } else { Sending::Replace }, bags }
    }

    /// The bags that change: `public and private`.
    fn bag_names(&self) -> String {
        self.bags.iter().map(|change| change.bag.label()).collect::<Vec<_>>().join(" and ")
    }

    pub(super) fn already(&self, known: &Known) -> Option<&'static str> {
        let is_so = |change: &BagChange| change.bag.read(known) == change.to;
        self.bags.iter().all(is_so).then_some("The metadata is so already.")
    }

    pub(super) fn is_overtaken(&self, known: &Known) -> bool {
        self.bags.iter().any(|change| change.bag.read(known) != change.from)
    }

    /// What it changes, each by its path.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        let mut differences = Vec::new();
        for change in &self.bags {
            compare(change.bag.label(), &change.from, &change.to, &mut differences);
        }
        differences
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        let who = about.who;
        let now: Vec<_> = self.differences().iter().map(Difference::to_string).collect();
        let (verb, done, question, kept) = match self.sending {
            Sending::Merge => (
                "merge",
                "Changed",
                format!("Change the metadata of {who}"),
                "merged in, so every other key, also as it is by then".to_owned(),
            ),
            Sending::Replace => (
                "replace",
                "Replaced",
                format!("Replace the metadata of {who}"),
                format!("the other bags; of {} nothing that others put there meanwhile", self.bag_names()),
            ),
        };
        Words {
            verb,
            question,
            now: now.join("; "),
            kept,
            undo: "u puts back what was there".to_owned(),
            short: "meta…",
            doing: "changing metadata …",
            done: format!("{done} the metadata of {who}."),
            failed: format!("The metadata of {who} was not changed"),
        }
    }
}

/// What differs between two objects, to be merged into the first.
fn patch(from: &Metadata, to: &Metadata) -> Metadata {
    let mut patch = Metadata::new();
    for key in from.keys().filter(|key| !to.contains_key(*key)) {
        patch.insert(key.clone(), Value::Null);
    }
    for (key, to) in to {
        match (from.get(key), to) {
            (Some(from), to) if from == to => {}
            (Some(Value::Object(from)), Value::Object(to)) => {
                patch.insert(key.clone(), Value::Object(self::patch(from, to)));
            }
            (_, to) => {
                patch.insert(key.clone(), to.clone());
            }
        }
    }
    patch
}

/// What Clerk makes of a merge, deeply.
fn merged(into: &Metadata, patch: &Metadata) -> Metadata {
    let mut merged = into.clone();
    for (key, value) in patch {
        match (merged.get(key), value) {
            (_, Value::Null) => {
                merged.remove(key);
            }
            (Some(Value::Object(old)), Value::Object(new)) => {
                let value = self::merged(old, new);
                merged.insert(key.clone(), Value::Object(value));
            }
            (_, Value::Object(new)) => {
                let value = self::merged(&Metadata::new(), new);
                merged.insert(key.clone(), Value::Object(value));
            }
            (_, value) => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    merged
}

/// Notes each difference by its path.
fn compare(path: &str, from: &Metadata, to: &Metadata, differences: &mut Vec<Difference>) {
    for (key, was) in from.iter().filter(|(key, _)| !to.contains_key(*key)) {
        differences.push(Difference { path: format!("{path}.{key}"), from: Some(was.to_string()), to: None });
    }
    for (key, becomes) in to {
        let path = format!("{path}.{key}");
        match (from.get(key), becomes) {
            (Some(was), becomes) if was == becomes => {}
            (Some(Value::Object(was)), Value::Object(becomes)) => compare(&path, was, becomes, differences),
            (was, becomes) => {
                let from = was.map(Value::to_string);
                differences.push(Difference { path, from, to: Some(becomes.to_string()) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    fn change(from: Value, to: Value) -> BagChange {
        let bag = |value: Value| value.as_object().cloned().unwrap();
        BagChange { bag: Bag::Public, from: bag(from), to: bag(to) }
    }

    #[rstest]
    #[case(json!({"a": 1}), json!({"a": 2}), json!({"a": 2}), "public.a becomes 2, was 1")]
    #[case(json!({"a": {"b": 1, "c": 2}}), json!({"a": {"b": 1}}), json!({"a": {"c": null}}), "public.a.c goes, was 2")]
    #[case(json!({}), json!({"a": {"b": []}}), json!({"a": {"b": []}}), "public.a becomes {\"b\":[]}")]
    #[case(json!({"a": {"b": 1}}), json!({"a": 3}), json!({"a": 3}), "public.a becomes 3, was {\"b\":1}")]
    fn only_what_differs_is_merged_and_told(
        #[case] from: Value,
        #[case] to: Value,
        #[case] patch: Value,
        #[case] words: &str,
    ) {
        let change = change(from, to);
        assert_eq!((Value::Object(change.patch()), change.can_be_merged()), (patch, true));
        let act = MetadataAct { sending: Sending::Merge, bags: vec![change] };
        let told: Vec<_> = act.differences().iter().map(Difference::to_string).collect();
        assert_eq!(told, [words]);
    }

    #[test]
    fn a_null_cannot_be_merged_in() {
        assert!(!change(json!({}), json!({"a": null})).can_be_merged());
        assert!(!change(json!({"a": 1}), json!({"a": {"b": null}})).can_be_merged());
        assert!(change(json!({"a": null}), json!({"a": null, "b": 1})).can_be_merged());
    }
}
