//! Acts as the record of changes has them: what they change, from what and to what, so that a later start can take them
//! back.

use super::{
    Act, Bag, BagChange, FieldChange, FieldValue, Identification, MetadataAct, OrganizationAct, Place, ProfileAct,
    ProfileField, RoleName, SecurityAct, Sending,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use strum::IntoEnumIterator;

const EMAIL_ADDRESSES: &str = "email_addresses";
const PHONE_NUMBERS: &str = "phone_numbers";

impl Act {
    /// What it changes, from what and to what; none where its name says it all, or nothing takes it back.
    #[must_use]
    pub fn parameters(&self) -> Option<Value> {
        match self {
            Self::Profile(ProfileAct::Edit(changes)) => {
                let told = |change: &FieldChange| {
                    (change.field.parameter().to_owned(), from_to(value(&change.from), value(&change.to)))
                };
                Some(changes.iter().map(told).collect::<Map<_, _>>().into())
            }
            Self::Profile(ProfileAct::ReplaceEmailAddress { from, to }) => {
                Some(json!({ EMAIL_ADDRESSES: { "from": from, "to": to } }))
            }
            Self::Profile(ProfileAct::ReplacePhoneNumber { from, to }) => {
                Some(json!({ PHONE_NUMBERS: { "from": from, "to": to } }))
            }
            Self::Metadata(act) => {
                let told = |change: &BagChange| {
                    (change.bag.parameter().to_owned(), from_to(change.from.clone().into(), change.to.clone().into()))
                };
                Some(act.bags.iter().map(told).collect::<Map<_, _>>().into())
            }
            Self::Organization(act) => of_organization(act),
            _ => None,
        }
    }

    /// The act that the record tells of by its name and parameters; none where nothing takes it back, or another version
    /// has written it in another way.
    #[must_use]
    pub fn recorded(name: &str, parameters: Option<&Value>) -> Option<Self> {
        let without = [
            Self::Ban,
            Self::Unban,
            Self::Lock,
            Self::Unlock,
            Self::Security(SecurityAct::SetPasswordCompromised),
            Self::Security(SecurityAct::UnsetPasswordCompromised),
        ];
        if let Some(act) = without.into_iter().find(|act| act.name() == name) {
            return Some(act);
        }
        let told = parameters?.as_object()?;
        let act = match name {
            "update" => Self::Profile(ProfileAct::Edit(told.iter().map(field_change).collect::<Option<_>>()?)),
            "replace_email_address" => {
                let (from, to) = replaced(told, EMAIL_ADDRESSES)?;
                Self::Profile(ProfileAct::ReplaceEmailAddress { from, to })
            }
            "replace_phone_number" => {
                let (from, to) = replaced(told, PHONE_NUMBERS)?;
                Self::Profile(ProfileAct::ReplacePhoneNumber { from, to })
            }
            "merge_metadata" | "replace_metadata" => {
                let sending = if name == "merge_metadata" { Sending::Merge } else { Sending::Replace };
                let bags = told.iter().map(bag_change).collect::<Option<_>>()?;
                Self::Metadata(MetadataAct { sending, bags })
            }
            _ => Self::Organization(organization_act(name, told)?),
        };
        Some(act)
    }
}

fn from_to(from: Value, to: Value) -> Value {
    Value::Object(Map::from_iter([("from".to_owned(), from), ("to".to_owned(), to)]))
}

fn value(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) => json!(text),
        FieldValue::Flag(flag) => json!(flag),
        FieldValue::Number(number) => json!(number),
        FieldValue::Moment(moment) => json!(moment),
        FieldValue::Identification(one) => json!(one.as_ref().map(|one| json!({ "id": one.id, "text": one.text }))),
    }
}

fn field_change((name, told): (&String, &Value)) -> Option<FieldChange> {
    let field = ProfileField::iter().find(|field| field.parameter() == name)?;
    let read = |value: &Value| match field {
        ProfileField::DeleteSelfEnabled | ProfileField::CreateOrganizationEnabled | ProfileField::BypassClientTrust => {
            value.as_bool().map(FieldValue::Flag)
        }
        ProfileField::CreateOrganizationsLimit => Option::deserialize(value).ok().map(FieldValue::Number),
        ProfileField::CreatedAt | ProfileField::LegalAcceptedAt => {
            Option::deserialize(value).ok().map(FieldValue::Moment)
        }
        ProfileField::PrimaryEmailAddressId | ProfileField::PrimaryPhoneNumberId => identification(value),
        ProfileField::FirstName
        | ProfileField::LastName
        | ProfileField::Username
        | ProfileField::ExternalId
        | ProfileField::Locale => Option::deserialize(value).ok().map(FieldValue::Text),
    };
    Some(FieldChange { field, from: read(told.get("from")?)?, to: read(told.get("to")?)? })
}

fn identification(value: &Value) -> Option<FieldValue> {
    let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
    let one = || Some(Identification { id: text("id")?, text: text("text")? });
    // That there was none is a value too; what cannot be read is not.
    if value.is_null() { Some(None) } else { one().map(Some) }.map(FieldValue::Identification)
}

fn replaced(told: &Map<String, Value>, name: &str) -> Option<(Vec<String>, String)> {
    let told = told.get(name)?;
    Some((Vec::deserialize(told.get("from")?).ok()?, told.get("to")?.as_str()?.to_owned()))
}

fn bag_change((name, told): (&String, &Value)) -> Option<BagChange> {
    let bag = Bag::iter().find(|bag| bag.parameter() == name)?;
    let read = |end: &str| Some(told.get(end)?.as_object()?.clone());
    Some(BagChange { bag, from: read("from")?, to: read("to")? })
}

fn of_organization(act: &OrganizationAct) -> Option<Value> {
    let told = |place: &Place, from: Option<&RoleName>, to: Option<&RoleName>| {
        let role = |role: &RoleName| json!({ "key": role.key, "name": role.name });
        let place = json!({ "id": place.id, "name": place.name });
        json!({ "organization": place, "role": { "from": from.map(role), "to": to.map(role) } })
    };
    match act {
        OrganizationAct::ChangeRole { place, from, to } => Some(told(place, Some(from), Some(to))),
        OrganizationAct::Remove { place, role } => Some(told(place, Some(role), None)),
        OrganizationAct::Add { place, role } => Some(told(place, None, Some(role))),
        OrganizationAct::RevokeInvitation { .. } => None,
    }
}

fn organization_act(name: &str, told: &Map<String, Value>) -> Option<OrganizationAct> {
    let text = |of: &Value, name: &str| of.get(name)?.as_str().map(str::to_owned);
    let organization = told.get("organization")?;
    let place = Place { id: text(organization, "id")?.into(), name: text(organization, "name")? };
    let role = |end: &str| {
        let role = told.get("role")?.get(end)?;
        Some(RoleName { key: text(role, "key")?, name: text(role, "name")? })
    };
    match name {
        "change_role" => Some(OrganizationAct::ChangeRole { place, from: role("from")?, to: role("to")? }),
        "remove_membership" => Some(OrganizationAct::Remove { place, role: role("from")? }),
        "add_membership" => Some(OrganizationAct::Add { place, role: role("to")? }),
        _ => None,
    }
}
