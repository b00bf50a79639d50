//! What holds for every wire type: it reads whatever comes, and writes what the contract wants.

use super::*;
use rstest::rstest;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;

/// Reads `value`, writes it, and reads that again.
fn there_and_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &Value) -> Value {
    let read: T = serde_json::from_value(value.clone()).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(serde_json::from_value::<T>(written.clone()).unwrap(), read);
    written
}

#[rstest]
#[case::invitation(there_and_back::<Invitation>, "invitation")]
#[case::organization_invitation(there_and_back::<OrganizationInvitation>, "organization_invitation")]
#[case::trusted_device(there_and_back::<TrustedDevice>, "trusted_device")]
#[case::role(there_and_back::<Role>, "role")]
#[case::permission(there_and_back::<Permission>, "permission")]
#[case::blocklist(there_and_back::<BlocklistIdentifier>, "blocklist_identifier")]
#[case::allowlist(there_and_back::<AllowlistIdentifier>, "allowlist_identifier")]
#[case::restrictions(there_and_back::<InstanceRestrictions>, "instance_restrictions")]
#[case::waitlist(there_and_back::<WaitlistEntry>, "waitlist_entry")]
#[case::actor_token(there_and_back::<ActorToken>, "actor_token")]
#[case::sign_in_token(there_and_back::<SignInToken>, "sign_in_token")]
#[case::oauth_token(there_and_back::<OAuthAccessToken>, "oauth_access_token")]
#[case::session(there_and_back::<Session>, "session")]
fn anything_is_read_and_the_object_is_named(#[case] there_and_back: fn(&Value) -> Value, #[case] object: &str) {
    let strange = json!({
        "object": "something else", "id": null, "status": "a new word", "created_at": null, "unknown": [1],
        "identifier_type": null, "permissions": null, "public_metadata": null, "token": null, "actor": null,
    });
    for value in [json!({}), strange] {
        assert_eq!(there_and_back(&value)["object"], object);
    }
}

#[test]
fn words_that_are_not_known_come_through() {
    let invitation = there_and_back::<Invitation>(&json!({ "status": "snoozed" }));
    assert_eq!(invitation["status"], "snoozed");
    assert_eq!(there_and_back::<SignInToken>(&json!({ "status": "accepted" }))["status"], "accepted");
}

#[test]
fn a_number_that_makes_no_sense_fails_no_page() {
    let sent = json!({ "members_count": -1, "pending_invitations_count": -2, "max_allowed_memberships": -3 });
    let written = there_and_back::<Organization>(&sent);
    for (key, number) in sent.as_object().unwrap() {
        assert_eq!(written[key], *number, "{key}");
    }
}

#[test]
fn a_session_keeps_its_tasks() {
    let tasks = json!([{ "key": "choose-organization" }, { "key": "reset-password" }]);
    assert_eq!(there_and_back::<Session>(&json!({ "tasks": tasks }))["tasks"], tasks);
    assert!(there_and_back::<Session>(&json!({ "tasks": null })).get("tasks").is_none());
}

#[test]
fn a_live_secret_is_in_no_debug_output() {
    let token: OAuthAccessToken = serde_json::from_value(json!({ "token": "ya29.secret", "id_token": "eyJ" })).unwrap();
    assert_eq!(token.token.expose(), "ya29.secret");
    let shown = format!("{token:?}");
    assert!(!shown.contains("ya29") && !shown.contains("eyJ"), "{shown}");
}
