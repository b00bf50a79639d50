//! Whatever the contract allows is read, and written again with nothing lost.
//!
//! Nothing lost means:
//! - A key that was there with a value is there with the same value.
//! - A key that was there with `null` is there with `null`; one that the contract does not require can be left out.
//! - A key that was not there is not there, or it holds nothing: `null`, `false`, zero, or what is empty. An
//!   identifier of the allowlist or the blocklist is an email address unless its `identifier_type` says otherwise.
//! - What is written is again what the contract allows.
//! - Metadata is the same to the last key.
//!
//! Keys that the contract does not know are not among the fields of a type. [`Received::raw`] keeps them.

use super::{
    contract::{Contract, contract},
    generator::{BEYOND, Generator},
};
use lazyclerk::clerk::model::{
    ActorToken, AllowlistIdentifier, BlocklistIdentifier, Invitation, Organization, OrganizationInvitation,
    OrganizationMembership, Received, Session, SignInToken, User, WaitlistEntry,
};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use rstest::rstest;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

type Trip = fn(&str) -> serde_json::Result<(Value, String)>;

/// What `text` is written as once it was read, and the text that was kept.
fn there_and_back<T: Serialize + DeserializeOwned>(text: &str) -> serde_json::Result<(Value, String)> {
    let received: Received<T> = serde_json::from_str(text)?;
    let raw = received.raw().to_owned();
    // Through text, as it goes over the wire.
    let written = serde_json::to_string(&received.into_value())?;
    Ok((serde_json::from_str(&written)?, raw))
}

/// What of `sent` is not in `written`, and what `written` made up.
fn lost(sent: &Value, written: &Value, at: &str, found: &mut Vec<String>) {
    match (sent, written) {
        (Value::Object(sent), Value::Object(written)) if !at.ends_with("metadata") => {
            for (key, value) in sent {
                let at = format!("{at}/{key}");
                match written.get(key) {
                    Some(written) => lost(value, written, &at, found),
                    None if value.is_null() || key.starts_with(BEYOND) => {}
                    None => found.push(format!("{at}: {value} is lost")),
                }
            }
            for (key, value) in written {
                // The name of a type, and of what is listed, are written always.
                let always = key == "object" || key == "identifier_type";
                if !sent.contains_key(key) && !always && !holds_nothing(value) {
                    found.push(format!("{at}/{key}: {value} is made up"));
                }
            }
        }
        (Value::Array(sent), Value::Array(written)) if sent.len() == written.len() => {
            for (index, (sent, written)) in sent.iter().zip(written).enumerate() {
                lost(sent, written, &format!("{at}/{index}"), found);
            }
        }
        // A type is always called what it is, whatever it came as. Of a session's activity alone the contract does
        // not say which word that is.
        (Value::String(word), Value::String(_))
            if at.ends_with("/object") && (word.starts_with(BEYOND) || at.ends_with("latest_activity/object")) => {}
        _ if sent != written => found.push(format!("{at}: {sent} became {written}")),
        _ => {}
    }
}

fn holds_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(object) => object.is_empty(),
    }
}

/// Sends `cases` random values of the schema `name` there and back.
fn hold(contract: &Contract, name: &str, trip: Trip, cases: u32, beyond: bool) {
    let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
    let validator = contract.validator(&schema);
    let errors = |value: &Value| -> Vec<String> {
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    };
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&Generator::new(contract, beyond).values(&schema), |sent| {
        let text = sent.to_string();
        let mut wrong = Vec::new();
        if !beyond {
            wrong.extend(errors(&sent).into_iter().map(|error| format!("generated against the contract: {error}")));
        }
        let (written, raw) = trip(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        lost(&sent, &written, "", &mut wrong);
        if !beyond {
            wrong.extend(errors(&written).into_iter().map(|error| format!("written against the contract: {error}")));
        }
        if raw != text {
            wrong.push(format!("{text} was kept as {raw}"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(TestCaseError::fail(wrong.join("\n"))) }
    });
    if let Err(error) = outcome {
        panic!("{name}: {error}");
    }
}

#[rstest]
#[case::user("User", there_and_back::<User>, 48)]
#[case::session("Session", there_and_back::<Session>, 64)]
#[case::organization("Organization", there_and_back::<Organization>, 64)]
#[case::membership("OrganizationMembership", there_and_back::<OrganizationMembership>, 64)]
#[case::invitation("Invitation", there_and_back::<Invitation>, 64)]
#[case::organization_invitation("OrganizationInvitation", there_and_back::<OrganizationInvitation>, 64)]
#[case::sign_in_token("SignInToken", there_and_back::<SignInToken>, 64)]
#[case::actor_token("ActorToken", there_and_back::<ActorToken>, 64)]
#[case::allowlist("AllowlistIdentifier", there_and_back::<AllowlistIdentifier>, 64)]
#[case::blocklist("BlocklistIdentifier", there_and_back::<BlocklistIdentifier>, 64)]
#[case::waitlist("WaitlistEntry", there_and_back::<WaitlistEntry>, 64)]
fn nothing_is_lost(
    #[case] name: &str,
    #[case] trip: Trip,
    #[case] cases: u32,
    #[values(false, true)] beyond_the_contract: bool,
) {
    let Some(contract) = contract() else { return };
    hold(&contract, name, trip, cases, beyond_the_contract);
}

#[rstest]
#[case::a_value(json!({ "a": 1 }), json!({}), "/a: 1 is lost")]
#[case::another_value(json!({ "a": [{ "b": 1 }] }), json!({ "a": [{ "b": 2 }] }), "/a/0/b: 1 became 2")]
#[case::null(json!({ "a": null }), json!({ "a": "" }), "/a: null became \"\"")]
#[case::an_item(json!({ "a": [1] }), json!({ "a": [] }), "/a: [1] became []")]
#[case::something_new(json!({}), json!({ "a": 1 }), "/a: 1 is made up")]
#[case::metadata(json!({ "metadata": { "a": null } }), json!({ "metadata": {} }), "/metadata: {\"a\":null} became {}")]
fn a_loss_is_found(#[case] sent: Value, #[case] written: Value, #[case] told: &str) {
    let mut found = Vec::new();
    lost(&sent, &written, "", &mut found);
    assert_eq!(found, [told]);
}
