//! What of a copy belongs to somebody else by now, and can be done without.

use crate::clerk::{
    Clerk, Error,
    identifications::{EmailAddressUpdate, PhoneNumberUpdate},
    model::UserId,
    users::{CreateUser, IdentificationStatus, NewIdentification},
};

/// An identification that was never verified: nobody has proved to own it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    EmailAddress(String),
    PhoneNumber(String),
}

impl Claim {
    /// The address or the number.
    pub(super) fn value(&self) -> &str {
        match self {
            Self::EmailAddress(value) | Self::PhoneNumber(value) => value,
        }
    }

    /// Adds it to a user, as unverified as it was.
    pub(super) async fn make_for(&self, clerk: &Clerk, user: &UserId) -> Result<(), Error> {
        let identifications = clerk.identifications();
        match self {
            Self::EmailAddress(address) => {
                let state = EmailAddressUpdate { verified: Some(false), ..EmailAddressUpdate::default() };
                identifications.create_email_address(user, address, state).await.map(|_| ())
            }
            Self::PhoneNumber(number) => {
                let state = PhoneNumberUpdate { verified: Some(false), ..PhoneNumberUpdate::default() };
                identifications.create_phone_number(user, number, state).await.map(|_| ())
            }
        }
    }
}

/// Takes out of the creation what it was refused for: of the kind that somebody else holds one of, all that was never
/// verified. What was taken out; nothing where the creation was refused for something else, or would be left without
/// anything to know the user by.
pub(super) fn set_aside(creation: &mut CreateUser, error: &Error) -> Vec<Claim> {
    let mut rest = creation.clone();
    let (identifications, claim): (_, fn(String) -> Claim) = match error.taken_parameter() {
        Some("email_address") => (&mut rest.email_addresses, Claim::EmailAddress),
        Some("phone_number") => (&mut rest.phone_numbers, Claim::PhoneNumber),
        _ => return Vec::new(),
    };
    let is_claim = |identification: &mut NewIdentification| identification.status == IdentificationStatus::Reserved;
    let taken: Vec<Claim> =
        identifications.extract_if(.., is_claim).map(|identification| claim(identification.value)).collect();
    if !is_known_by_something(&rest) {
        return Vec::new();
    }
    *creation = rest;
    taken
}

fn is_known_by_something(creation: &CreateUser) -> bool {
    let CreateUser { email_addresses, phone_numbers, web3_wallets, username, .. } = creation;
    !email_addresses.is_empty() || !phone_numbers.is_empty() || !web3_wallets.is_empty() || username.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::{ErrorItem, Refusal};
    use serde_json::json;

    fn refused(code: &str, parameter: &str) -> Error {
        let meta = json!({ "param_name": parameter }).as_object().cloned();
        let item = ErrorItem { code: code.into(), meta, ..ErrorItem::default() };
        Error::Refused(Refusal { status: 422, errors: vec![item], ..Refusal::default() })
    }

    fn new(value: &str, status: IdentificationStatus) -> NewIdentification {
        NewIdentification { value: value.into(), status }
    }

    fn creation() -> CreateUser {
        CreateUser {
            email_addresses: vec![new("ada@example.com", IdentificationStatus::Verified)],
            phone_numbers: vec![
                new("+15550100", IdentificationStatus::Verified),
                new("+15550101", IdentificationStatus::Reserved),
            ],
            ..CreateUser::default()
        }
    }

    #[test]
    fn what_was_never_verified_is_done_without() {
        let mut made = creation();
        let claims = set_aside(&mut made, &refused("form_identifier_exists", "phone_number"));
        assert_eq!(claims, [Claim::PhoneNumber("+15550101".into())]);
        assert_eq!(made.phone_numbers, [new("+15550100", IdentificationStatus::Verified)]);
        assert_eq!(made.email_addresses, creation().email_addresses);
        assert_eq!(set_aside(&mut made, &refused("form_identifier_exists", "phone_number")), [], "no other is left");
    }

    #[test]
    fn what_was_verified_or_is_refused_otherwise_stays() {
        for (code, parameter) in [
            ("form_identifier_exists", "email_address"),
            ("form_identifier_exists", "username"),
            ("form_param_format_invalid", "phone_number"),
        ] {
            let mut made = creation();
            assert_eq!(set_aside(&mut made, &refused(code, parameter)), [], "{code} {parameter}");
            assert_eq!(made.to_json(), creation().to_json());
        }
    }

    #[test]
    fn nobody_is_made_whom_nothing_is_known_by() {
        let phone_numbers = vec![new("+15550101", IdentificationStatus::Reserved)];
        let mut made = CreateUser { phone_numbers, ..CreateUser::default() };
        assert_eq!(set_aside(&mut made, &refused("form_identifier_exists", "phone_number")), []);
        assert_eq!(made.phone_numbers.len(), 1);
    }
}
