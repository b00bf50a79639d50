//! What of a copy belongs to somebody else by now, and can be done without.

use crate::clerk::{
    Error,
    users::{CreateUser, IdentificationStatus, NewIdentification},
};

/// Takes out of the creation what it was refused for: of the kind that somebody else holds one of, all that was never
/// verified. That was a claim, and no way in that anybody has proved to own. What was taken out; nothing where the creation
/// was refused for something else, or would be left without anything to know the user by.
pub(super) fn set_aside(creation: &mut CreateUser, error: &Error) -> Vec<String> {
    let Some(parameter) = error.taken_parameter() else { return Vec::new() };
    let mut rest = creation.clone();
    let identifications = match parameter {
        "email_address" => &mut rest.email_addresses,
        "phone_number" => &mut rest.phone_numbers,
        _ => return Vec::new(),
    };
    let is_claim = |identification: &NewIdentification| identification.status == IdentificationStatus::Reserved;
    let taken = identifications.extract_if(.., |identification| is_claim(identification));
    let taken: Vec<String> = taken.map(|identification| identification.value).collect();
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
        assert_eq!(set_aside(&mut made, &refused("form_identifier_exists", "phone_number")), ["+15550101"]);
        assert_eq!(made.phone_numbers, [new("+15550100", IdentificationStatus::Verified)]);
        assert_eq!(made.email_addresses, creation().email_addresses);
        assert_eq!(
            set_aside(&mut made, &refused("form_identifier_exists", "phone_number")),
            [""; 0],
            "no other is left"
        );
    }

    #[test]
    fn what_was_verified_or_is_refused_otherwise_stays() {
        for (code, parameter) in [
            ("form_identifier_exists", "email_address"),
            ("form_identifier_exists", "username"),
            ("form_param_format_invalid", "phone_number"),
        ] {
            let mut made = creation();
            assert_eq!(set_aside(&mut made, &refused(code, parameter)), [""; 0], "{code} {parameter}");
            assert_eq!(made.to_json(), creation().to_json());
        }
    }

    #[test]
    fn nobody_is_made_whom_nothing_is_known_by() {
        let phone_numbers = vec![new("+15550101", IdentificationStatus::Reserved)];
        let mut made = CreateUser { phone_numbers, ..CreateUser::default() };
        assert_eq!(set_aside(&mut made, &refused("form_identifier_exists", "phone_number")), [""; 0]);
        assert_eq!(made.phone_numbers.len(), 1);
    }
}
