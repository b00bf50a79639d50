//! The JSON of the metadata and raw tabs.

use super::Tab;
use crate::app::{json::JsonView, person::Known};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::sync::Arc;

/// What the two tabs show, and of whom. It is read when its tab is open, and once for each state of the user.
#[derive(Debug, Default)]
pub(super) struct Document {
    metadata: Shown,
    raw: Shown,
}

/// A view, and the user whose JSON it has.
#[derive(Debug, Default)]
struct Shown {
    view: JsonView,
    of: Option<Arc<Known>>,
}

impl Document {
    pub(super) fn view(&self, tab: Tab) -> Option<&JsonView> {
        match tab {
            Tab::Metadata => Some(&self.metadata.view),
            Tab::Raw => Some(&self.raw.view),
            _ => None,
        }
    }

    pub(super) fn view_mut(&mut self, tab: Tab) -> Option<&mut JsonView> {
        match tab {
            Tab::Metadata => Some(&mut self.metadata.view),
            Tab::Raw => Some(&mut self.raw.view),
            _ => None,
        }
    }

    pub(super) fn read(&mut self, tab: Tab, user: Option<&Arc<Known>>) {
        let (shown, of): (_, fn(&Known) -> String) = match tab {
            Tab::Metadata => (&mut self.metadata, |user| bags(user.raw())),
            Tab::Raw => (&mut self.raw, |user| user.raw().to_owned()),
            _ => return,
        };
        let same = match (&shown.of, user) {
            (Some(known), Some(user)) => Arc::ptr_eq(known, user),
            (None, None) => true,
            _ => false,
        };
        if same {
            return;
        }
        let same_user = shown.of.as_ref().zip(user).is_some_and(|(known, user)| known.id == user.id);
        if !same_user {
            // What was looked for and folded in somebody else's does not matter here.
            shown.view = JsonView::default();
        }
        shown.of = user.cloned();
        if let Some(user) = user {
            // It was JSON when the user was read from it.
            let _ = shown.view.show(&of(user));
        }
    }
}

/// The metadata of a user as it came, each bag as long as it is.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Bags<'a> {
    #[serde(borrow, rename = "public_metadata")]
    public: Option<&'a RawValue>,
    #[serde(borrow, rename = "private_metadata")]
    private: Option<&'a RawValue>,
    #[serde(borrow, rename = "unsafe_metadata")]
    free: Option<&'a RawValue>,
}

/// An object of the three bags. One that Clerk left out is `null`.
fn bags(raw: &str) -> String {
    let bags: Bags<'_> = serde_json::from_str(raw).unwrap_or_default();
    let text = |bag: Option<&RawValue>| bag.map_or("null", RawValue::get).to_owned();
    let (public, private) = (text(bags.public), text(bags.private));
    let free = text(bags.free);
    format!(r#"{{"public_metadata":{public},"private_metadata":{private},"unsafe_metadata":{free}}}"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bags_are_as_they_came() {
        let raw = r#"{"id":"user_1","unsafe_metadata":{"b":1.0,"a":[]},"public_metadata":{}}"#;
        assert_eq!(bags(raw), r#"{"public_metadata":{},"private_metadata":null,"unsafe_metadata":{"b":1.0,"a":[]}}"#);
    }
}
