//! What can be done to who a user is: names, external id, permissions, and the address and number to sign in by.

use super::{About, NO_UNDO, Words};
use crate::{app::person::Known, clerk::model::User};
use strum::{EnumIter, IntoStaticStr};

/// A field of a user that is edited. The names are those of Clerk's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ProfileField {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Username.
    Username,
    /// The customer's own id.
    ExternalId,
    /// Language.
    Locale,
    /// Whether the user may delete the account.
    DeleteSelfEnabled,
    /// Whether the user may create organizations.
    CreateOrganizationEnabled,
    /// How many; 0 is any number.
    CreateOrganizationsLimit,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// A text, or none. As it came, unsafe to print.
    Text(Option<String>),
    /// Yes or no.
    Flag(bool),
    /// A number; none where the instance's own holds.
    Number(Option<u32>),
}

impl FieldValue {
    /// As it is typed; empty where there is none.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone().unwrap_or_default(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        }
    }

    /// The same in a sentence.
    fn told(&self) -> String {
        let text = self.text();
        if text.is_empty() { "empty".to_owned() } else { text }
    }
}

impl ProfileField {
    /// The parameter of Clerk that it is.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        self.into()
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Username => "username",
            Self::ExternalId => "external id",
            Self::Locale => "locale",
            Self::DeleteSelfEnabled => "may delete self",
            Self::CreateOrganizationEnabled => "may make orgs",
            Self::CreateOrganizationsLimit => "how many orgs",
        }
    }

    /// What can be typed, where that has to be said.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::Locale => "such as en-GB",
            Self::DeleteSelfEnabled | Self::CreateOrganizationEnabled => "yes or no",
            Self::CreateOrganizationsLimit => "a number, 0 for any; empty: as the instance",
            Self::FirstName | Self::LastName | Self::Username | Self::ExternalId => "",
        }
    }

    /// What `user` has there.
    #[must_use]
    pub fn read(self, user: &User) -> FieldValue {
        let text = |text: &Option<String>| FieldValue::Text(text.clone().filter(|text| !text.is_empty()));
        match self {
            Self::FirstName => text(&user.first_name),
            Self::LastName => text(&user.last_name),
            Self::Username => text(&user.username),
            Self::ExternalId => text(&user.external_id),
            Self::Locale => text(&user.locale),
            Self::DeleteSelfEnabled => FieldValue::Flag(user.delete_self_enabled),
            Self::CreateOrganizationEnabled => FieldValue::Flag(user.create_organization_enabled),
            Self::CreateOrganizationsLimit => {
                FieldValue::Number(user.create_organizations_limit.and_then(|limit| u32::try_from(limit).ok()))
            }
        }
    }

    /// The value that was typed.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a sentence.
    pub fn parse(self, typed: &str) -> Result<FieldValue, &'static str> {
        let typed = typed.trim();
        let some = (!typed.is_empty()).then(|| typed.to_owned());
        match self {
            Self::DeleteSelfEnabled | Self::CreateOrganizationEnabled => match typed.to_lowercase().as_str() {
                "yes" | "y" => Ok(FieldValue::Flag(true)),
                "no" | "n" => Ok(FieldValue::Flag(false)),
                _ => Err("Type yes or no."),
            },
            Self::CreateOrganizationsLimit => some
                .map(|number| number.parse().map_err(|_| "Type a whole number, or nothing."))
                .transpose()
                .map(FieldValue::Number),
            _ => Ok(FieldValue::Text(some)),
        }
    }
}

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
    use rstest::rstest;
    use strum::IntoEnumIterator;

    #[rstest]
    #[case(ProfileField::FirstName, " Ada ", Ok(FieldValue::Text(Some("Ada".into()))))]
    #[case(ProfileField::Username, " ", Ok(FieldValue::Text(None)))]
    #[case(ProfileField::DeleteSelfEnabled, "Yes", Ok(FieldValue::Flag(true)))]
    #[case(ProfileField::DeleteSelfEnabled, "", Err("Type yes or no."))]
    #[case(ProfileField::CreateOrganizationsLimit, "3", Ok(FieldValue::Number(Some(3))))]
    #[case(ProfileField::CreateOrganizationsLimit, "", Ok(FieldValue::Number(None)))]
    #[case(ProfileField::CreateOrganizationsLimit, "-1", Err("Type a whole number, or nothing."))]
    fn what_is_typed_is_read(
        #[case] field: ProfileField,
        #[case] typed: &str,
        #[case] expected: Result<FieldValue, &'static str>,
    ) {
        assert_eq!(field.parse(typed), expected);
    }

    #[test]
    fn what_a_field_holds_can_be_typed() {
        let user = User { create_organizations_limit: Some(2), first_name: Some("Ada".into()), ..User::default() };
        for field in ProfileField::iter() {
            let value = field.read(&user);
            assert_eq!(field.parse(&value.text()), Ok(value));
        }
    }

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
