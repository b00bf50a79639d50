//! What can be done to who a user is: names, external id, permissions, and the address and number to sign in by.

mod field;

pub use field::{FieldValue, Identification, ProfileField};

pub(in crate::app) use field::{read_flag, read_number};

use super::{About, NO_UNDO, Words};
use crate::{app::person::Known, clerk::model::User};

/// What becomes of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Which.
    pub field: ProfileField,
    /// What it holds.
    pub from: FieldValue,
    /// What it shall hold.
    pub to: FieldValue,
}

/// Something that can be done to who a user is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileAct {
    /// Change fields.
    Edit(Vec<FieldChange>),
    /// Put one email address in the place of all there are.
    ReplaceEmailAddress {
        /// Those there are. As they came, unsafe to print.
        from: Vec<String>,
        /// The one that takes their place.
        to: String,
    },
    /// Put one phone number in the place of all there are.
    ReplacePhoneNumber {
        /// Those there are.
        from: Vec<String>,
        /// The one that takes their place, E.164.
        to: String,
    },
}

impl ProfileAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Edit(_) => "update",
            Self::ReplaceEmailAddress { .. } => "replace_email_address",
            Self::ReplacePhoneNumber { .. } => "replace_phone_number",
        }
    }

    /// What the audit log has beside the user: each field with what it held and what it shall hold.
    pub(super) fn part(&self) -> String {
        match self {
            Self::Edit(changes) => {
                let told = |change: &FieldChange| {
                    format!("{} {:?} to {:?}", change.field.parameter(), change.from.text(), change.to.text())
                };
                changes.iter().map(told).collect::<Vec<_>>().join(", ")
            }
            Self::ReplaceEmailAddress { from, to } | Self::ReplacePhoneNumber { from, to } => {
                format!("{from:?} to {to:?}")
            }
        }
    }

    /// Where several addresses were replaced, one request does not bring them back.
    pub(super) fn inverse(&self) -> Option<Self> {
        let turned = |from: &Vec<String>, to: &String| match from.as_slice() {
            [only] => Some((vec![to.clone()], only.clone())),
            _ => None,
        };
        match self {
            Self::Edit(changes) => {
                let turned =
                    |change: FieldChange| FieldChange { from: change.to, to: change.from, field: change.field };
                Some(Self::Edit(changes.iter().cloned().map(turned).collect()))
            }
            Self::ReplaceEmailAddress { from, to } => {
                turned(from, to).map(|(from, to)| Self::ReplaceEmailAddress { from, to })
            }
            Self::ReplacePhoneNumber { from, to } => {
                turned(from, to).map(|(from, to)| Self::ReplacePhoneNumber { from, to })
            }
        }
    }

    pub(super) fn already(&self, known: &Known) -> Option<&'static str> {
        match self {
            Self::Edit(changes) => changes
                .iter()
                .all(|change| change.field.read(known) == change.to)
                .then_some("The fields are so already."),
            Self::ReplaceEmailAddress { to, .. } => {
                (email_addresses(known) == [to.clone()]).then_some("That is the only email address already.")
            }
            Self::ReplacePhoneNumber { to, .. } => {
                (phone_numbers(known) == [to.clone()]).then_some("That is the only phone number already.")
            }
        }
    }

    /// Whether `known` does not hold any more what is to be changed.
    pub(super) fn is_overtaken(&self, known: &Known) -> bool {
        match self {
            Self::Edit(changes) => changes.iter().any(|change| change.field.read(known) != change.from),
            Self::ReplaceEmailAddress { from, .. } => email_addresses(known) != *from,
            Self::ReplacePhoneNumber { from, .. } => phone_numbers(known) != *from,
        }
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        match self {
            Self::Edit(changes) => edit(about.who, changes),
            Self::ReplaceEmailAddress { from, to } => self.replacement(about.who, "email address", from, to),
            Self::ReplacePhoneNumber { from, to } => self.replacement(about.who, "phone number", from, to),
        }
    }

    fn replacement(&self, who: &str, what: &str, from: &[String], to: &str) -> Words {
        let gone = match from {
            [] => format!("signs in by {to}, which counts as verified"),
            gone => format!("signs in by {to}, which counts as verified; gone: {}", gone.join(", ")),
        };
        let undo = match from {
            [] => format!("{NO_UNDO}; there was no {what} before"),
            [only] if self.inverse().is_some() => format!("u puts {only} back, as verified"),
            several => format!("{NO_UNDO}; Clerk puts one in the place of all {}", several.len()),
        };
        Words {
            verb: "replace",
            question: format!("Give {who} the {what} {to}"),
            now: gone,
            kept: "sessions, memberships, every other way to sign in".to_owned(),
            undo,
            short: "edit…",
            doing: "replacing what they sign in by …",
            done: format!("{who} has the {what} {to} now."),
            failed: format!("The {what} of {who} was not replaced"),
        }
    }
}

fn edit(who: &str, changes: &[FieldChange]) -> Words {
    let told = |change: &FieldChange| {
        format!("{} becomes {}, was {}", change.field.label(), change.to.told(), change.from.told())
    };
    let fields: Vec<&str> = changes.iter().map(|change| change.field.label()).collect();
    Words {
        verb: "save",
        question: format!("Change {who}"),
        now: changes.iter().map(told).collect::<Vec<_>>().join("; "),
        kept: "every other field".to_owned(),
        undo: "u puts back what these fields held".to_owned(),
        short: "edit…",
        doing: "changing the profile …",
        done: format!("Changed {who}: {}.", fields.join(", ")),
        failed: format!("{who} was not changed"),
    }
}

/// All email addresses of a user, in the order in which Clerk tells them.
#[must_use]
pub fn email_addresses(user: &User) -> Vec<String> {
    user.email_addresses.iter().map(|email| email.email_address.clone()).collect()
}

/// All phone numbers of a user, likewise.
#[must_use]
pub fn phone_numbers(user: &User) -> Vec<String> {
    user.phone_numbers.iter().map(|phone| phone.phone_number.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_addresses_do_not_come_back() {
        let replace = |from: &[&str]| ProfileAct::ReplaceEmailAddress {
            from: from.iter().map(|&address| address.to_owned()).collect(),
            to: "c@example.com".into(),
        };
        assert_eq!(replace(&["a@example.com", "b@example.com"]).inverse(), None);
        assert_eq!(
            replace(&["a@example.com"]).inverse().and_then(|act| act.inverse()),
            Some(replace(&["a@example.com"]))
        );
    }
}
