//! The fields of a user that are edited: what each is called, holds, and takes.

use crate::{
    app::moment::read_moment,
    clerk::model::{EmailAddress, PhoneNumber, Timestamp, User, Verification},
};
use strum::{EnumIter, IntoStaticStr};

/// A field of a user that is edited, in the order of the form. The names are those of Clerk's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ProfileField {
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Username.
    Username,
    /// Which email address is the primary one.
    PrimaryEmailAddressId,
    /// Which phone number is the primary one.
    PrimaryPhoneNumberId,
    /// The customer's own id.
    ExternalId,
    /// Language.
    Locale,
    /// When the user signed up.
    CreatedAt,
    /// When the user accepted the terms.
    LegalAcceptedAt,
    /// Whether the user may delete the account.
    DeleteSelfEnabled,
    /// Whether the user may create organizations.
    CreateOrganizationEnabled,
    /// How many; 0 is any number.
    CreateOrganizationsLimit,
    /// Whether Clerk asks for no more on a device that it does not know.
    BypassClientTrust,
}

/// An email address or phone number of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identification {
    /// Its id, `idn_…`.
    pub id: String,
    /// The address or number itself. As it came, unsafe to print.
    pub text: String,
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
    /// A moment, or none.
    Moment(Option<Timestamp>),
    /// One of the user's own addresses or numbers, or none.
    Identification(Option<Identification>),
}

impl FieldValue {
    /// As it is typed; empty where there is none.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone().unwrap_or_default(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
            Self::Moment(moment) => {
                moment.and_then(Timestamp::to_jiff).map(|moment| moment.to_string()).unwrap_or_default()
            }
            Self::Identification(one) => one.as_ref().map(|one| one.text.clone()).unwrap_or_default(),
        }
    }

    /// The same in a sentence.
    pub(super) fn told(&self) -> String {
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
            Self::PrimaryEmailAddressId => "primary email",
            Self::PrimaryPhoneNumberId => "primary phone",
            Self::ExternalId => "external id",
            Self::Locale => "locale",
            Self::CreatedAt => "joined",
            Self::LegalAcceptedAt => "terms accepted",
            Self::DeleteSelfEnabled => "may delete self",
            Self::CreateOrganizationEnabled => "may make orgs",
            Self::CreateOrganizationsLimit => "how many orgs",
            Self::BypassClientTrust => "trust any device",
        }
    }

    /// What can be typed, where that has to be said.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::PrimaryEmailAddressId | Self::PrimaryPhoneNumberId => "one that is verified",
            Self::Locale => "such as en-GB",
            Self::CreatedAt | Self::LegalAcceptedAt => "such as 2026-01-31",
            Self::DeleteSelfEnabled | Self::CreateOrganizationEnabled | Self::BypassClientTrust => "yes or no",
            Self::CreateOrganizationsLimit => "a number, 0 for any; empty: as the instance",
            Self::FirstName | Self::LastName | Self::Username | Self::ExternalId => "",
        }
    }

    /// The heading of the group that begins with it.
    #[must_use]
    pub fn heading(self) -> Option<&'static str> {
        match self {
            Self::ExternalId => Some("Your own records"),
            Self::DeleteSelfEnabled => Some("Allowed"),
            _ => None,
        }
    }

    /// What it is one of, whoever the user is; nothing for what is typed, and for what only the user tells.
    #[must_use]
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::DeleteSelfEnabled | Self::CreateOrganizationEnabled | Self::BypassClientTrust => &["yes", "no"],
            _ => &[],
        }
    }

    /// The addresses or numbers of the user that it can be: the verified ones, and that which it is.
    #[must_use]
    pub fn identifications(self, user: &User) -> Vec<Identification> {
        match self {
            Self::PrimaryEmailAddressId => {
                let primary = user.primary_email_address_id.as_deref();
                let one = |one: &EmailAddress| {
                    usable(one.id.as_deref(), &one.email_address, one.verification.as_ref(), primary)
                };
                user.email_addresses.iter().filter_map(one).collect()
            }
            Self::PrimaryPhoneNumberId => {
                let primary = user.primary_phone_number_id.as_deref();
                let one = |one: &PhoneNumber| {
                    usable(one.id.as_deref(), &one.phone_number, one.verification.as_ref(), primary)
                };
                user.phone_numbers.iter().filter_map(one).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the form has it: what would be one of one is no question.
    #[must_use]
    pub fn is_open(self, user: &User) -> bool {
        match self {
            Self::PrimaryEmailAddressId | Self::PrimaryPhoneNumberId => self.identifications(user).len() > 1,
            _ => true,
        }
    }

    /// What `user` has there.
    #[must_use]
    pub fn read(self, user: &User) -> FieldValue {
        let text = |text: &Option<String>| FieldValue::Text(text.clone().filter(|text| !text.is_empty()));
        let primary = |id: &Option<String>| {
            FieldValue::Identification(self.identifications(user).into_iter().find(|one| Some(&one.id) == id.as_ref()))
        };
        match self {
            Self::FirstName => text(&user.first_name),
            Self::LastName => text(&user.last_name),
            Self::Username => text(&user.username),
            Self::PrimaryEmailAddressId => primary(&user.primary_email_address_id),
            Self::PrimaryPhoneNumberId => primary(&user.primary_phone_number_id),
            Self::ExternalId => text(&user.external_id),
            Self::Locale => text(&user.locale),
            Self::CreatedAt => FieldValue::Moment(Some(user.created_at)),
            Self::LegalAcceptedAt => FieldValue::Moment(user.legal_accepted_at),
            Self::DeleteSelfEnabled => FieldValue::Flag(user.delete_self_enabled),
            Self::CreateOrganizationEnabled => FieldValue::Flag(user.create_organization_enabled),
            Self::CreateOrganizationsLimit => {
                FieldValue::Number(user.create_organizations_limit.and_then(|limit| u32::try_from(limit).ok()))
            }
            Self::BypassClientTrust => FieldValue::Flag(user.bypass_client_trust),
        }
    }

    /// The value that was typed for `user`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a sentence.
    pub fn parse(self, typed: &str, user: &User) -> Result<FieldValue, &'static str> {
        let typed = typed.trim();
        let some = (!typed.is_empty()).then(|| typed.to_owned());
        match self {
            Self::DeleteSelfEnabled | Self::CreateOrganizationEnabled | Self::BypassClientTrust => {
                read_flag(typed).map(FieldValue::Flag)
            }
            Self::CreateOrganizationsLimit => some.as_deref().map(read_number).transpose().map(FieldValue::Number),
            Self::CreatedAt if some.is_none() => Err("Everybody has joined at some time: it cannot be emptied."),
            Self::CreatedAt | Self::LegalAcceptedAt => {
                some.as_deref().map(read_moment).transpose().map(FieldValue::Moment)
            }
            Self::PrimaryEmailAddressId | Self::PrimaryPhoneNumberId => {
                let is_meant = |one: &Identification| one.id == typed || one.text.eq_ignore_ascii_case(typed);
                let meant = self.identifications(user).into_iter().find(is_meant);
                meant.map(|one| FieldValue::Identification(Some(one))).ok_or("None of the user's that is verified.")
            }
            Self::FirstName | Self::LastName | Self::Username | Self::ExternalId | Self::Locale => {
                Ok(FieldValue::Text(some))
            }
        }
    }
}

/// An address or number, if it can be the primary one.
fn usable(
    id: Option<&str>,
    text: &str,
    verification: Option<&Verification>,
    primary: Option<&str>,
) -> Option<Identification> {
    let id = id?;
    let is_usable = verification.is_some_and(Verification::is_verified) || primary == Some(id);
    is_usable.then(|| Identification { id: id.to_owned(), text: text.to_owned() })
}

/// What was typed for yes or no.
pub(in crate::app) fn read_flag(typed: &str) -> Result<bool, &'static str> {
    match typed.to_lowercase().as_str() {
        "yes" | "y" => Ok(true),
        "no" | "n" => Ok(false),
        _ => Err("Type yes or no; space changes it."),
    }
}

/// What was typed for how many.
pub(in crate::app) fn read_number(typed: &str) -> Result<u32, &'static str> {
    typed.parse().map_err(|_| "Type a whole number, or nothing.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::Received;
    use rstest::rstest;
    use serde_json::json;
    use strum::IntoEnumIterator;

    fn user() -> User {
        let address = |id: &str, status: &str| json!({ "id": id, "email_address": format!("{id}@x.example"), "verification": { "status": status } });
        let user = json!({
            "id": "user_1", "object": "user", "first_name": "Ada", "create_organizations_limit": 2,
            "created_at": 1_795_453_200_123_i64, "legal_accepted_at": null, "primary_email_address_id": "idn_1",
            "email_addresses": [address("idn_1", "unverified"), address("idn_2", "verified"), address("idn_3", "unverified")],
        });
        User::clone(&serde_json::from_value::<Received<User>>(user).unwrap())
    }

    #[rstest]
    #[case(ProfileField::FirstName, " Ada ", Ok(FieldValue::Text(Some("Ada".into()))))]
    #[case(ProfileField::Username, " ", Ok(FieldValue::Text(None)))]
    #[case(ProfileField::DeleteSelfEnabled, "Yes", Ok(FieldValue::Flag(true)))]
    #[case(ProfileField::DeleteSelfEnabled, "", Err("Type yes or no; space changes it."))]
    #[case(ProfileField::CreateOrganizationsLimit, "3", Ok(FieldValue::Number(Some(3))))]
    #[case(ProfileField::CreateOrganizationsLimit, "", Ok(FieldValue::Number(None)))]
    #[case(ProfileField::CreateOrganizationsLimit, "-1", Err("Type a whole number, or nothing."))]
    #[case(ProfileField::LegalAcceptedAt, "", Ok(FieldValue::Moment(None)))]
    #[case(
        ProfileField::LegalAcceptedAt,
        "1970-01-02",
        Ok(FieldValue::Moment(Some(Timestamp::from_millis(86_400_000))))
    )]
    #[case(ProfileField::CreatedAt, "", Err("Everybody has joined at some time: it cannot be emptied."))]
    #[case(ProfileField::PrimaryEmailAddressId, "IDN_2@x.example",
        Ok(FieldValue::Identification(Some(Identification { id: "idn_2".into(), text: "idn_2@x.example".into() }))))]
    #[case(ProfileField::PrimaryEmailAddressId, "idn_3@x.example", Err("None of the user's that is verified."))]
    #[case(ProfileField::PrimaryEmailAddressId, "", Err("None of the user's that is verified."))]
    fn what_is_typed_is_read(
        #[case] field: ProfileField,
        #[case] typed: &str,
        #[case] expected: Result<FieldValue, &'static str>,
    ) {
        assert_eq!(field.parse(typed, &user()), expected);
    }

    #[test]
    fn what_a_field_holds_can_be_typed() {
        let user = user();
        for field in ProfileField::iter().filter(|field| field.is_open(&user)) {
            let value = field.read(&user);
            assert_eq!(field.parse(&value.text(), &user), Ok(value));
        }
    }

    #[test]
    fn only_what_can_be_chosen_is_asked_for() {
        let user = user();
        assert!(ProfileField::PrimaryEmailAddressId.is_open(&user));
        assert!(!ProfileField::PrimaryPhoneNumberId.is_open(&user));
    }
}
