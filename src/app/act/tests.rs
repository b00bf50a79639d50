use super::*;
use crate::{
    app::new_user::TypedPassword,
    clerk::model::{Metadata, Received, SessionId, User, UserId},
};
use std::collections::BTreeSet;
use strum::IntoEnumIterator;
use unicode_width::UnicodeWidthStr;

const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

fn known(user: User) -> Known {
    Known::new(Received::from_value(User { id: UserId::from("user_1"), ..user }).unwrap(), NOW)
}

static UTC: TimeZone = TimeZone::UTC;

fn about(known: &Known, active_sessions: Option<usize>) -> About<'_> {
    About { who: "Ada", known, now: NOW, time_zone: &UTC, active_sessions }
}

fn organization_acts() -> impl Iterator<Item = OrganizationAct> {
    let place = Place { id: "org_1".into(), name: "Acme".into() };
    let role = |key: &str, name: &str| RoleName { key: key.into(), name: name.into() };
    let (admin, member) = (role("org:admin", "Admin"), role("org:member", "Member"));
    let change = OrganizationAct::ChangeRole { place: place.clone(), from: member.clone(), to: admin };
    let remove = OrganizationAct::Remove { place: place.clone(), role: member.clone() };
    let add = OrganizationAct::Add { place: place.clone(), role: member };
    [change, remove, add, OrganizationAct::RevokeInvitation { place, id: "orginv_1".into() }].into_iter()
}

/// One of each.
pub(crate) fn acts() -> Vec<Act> {
    let revoke = SessionAct::Revoke { id: SessionId::from("sess_1"), place: "Firefox, London".into() };
    let mut acts = vec![
        Act::Ban,
        Act::Unban,
        Act::Lock,
        Act::Unlock,
        Act::SignOut,
        Act::Delete { copy: true },
        Act::Session(revoke),
    ];
    acts.extend(organization_acts().map(Act::Organization));
    let names = FieldChange {
        field: ProfileField::FirstName,
        from: FieldValue::Text(Some("Ada".into())),
        to: FieldValue::Text(None),
    };
    let email = ProfileAct::ReplaceEmailAddress { from: vec!["a@example.com".into()], to: "b@example.com".into() };
    let phone = ProfileAct::ReplacePhoneNumber { from: Vec::new(), to: "+442079460958".into() };
    acts.extend([ProfileAct::Edit(vec![names]), email, phone].map(Act::Profile));
    let bag = BagChange { bag: Bag::Public, from: Metadata::new(), to: Metadata::from_iter([("a".into(), 1.into())]) };
    let metadata = [Sending::Merge, Sending::Replace].map(|sending| MetadataAct { sending, bags: vec![bag.clone()] });
    acts.extend(metadata.map(Act::Metadata));
    acts.extend(
        [
            ImageAct::Set { path: "ada.png".into(), picture: Picture { content_type: "image/png", bytes: 9 } },
            ImageAct::Delete,
        ]
        .map(Act::Image),
    );
    let secret = || "hunter2".into();
    let set = SetPassword { password: TypedPassword::Plain(secret()), skip_checks: false, sign_out: false };
    let passwords = [PasswordAct::Set(set), PasswordAct::Verify(secret()), PasswordAct::VerifyCode(secret())];
    acts.extend(passwords.map(Act::Password));
    let account = Part { id: "eac_1".into(), name: "google ada@example.com".into() };
    acts.push(Act::OAuth(OAuthAct { provider: "oauth_google".into(), account }));
    acts.extend(SecurityAct::iter().map(Act::Security));
    acts
}

#[test]
fn each_act_has_words_that_fit_where_they_show_and_name_the_person() {
    let known = known(User::default());
    for act in acts() {
        let words = act.words(&about(&known, Some(2)));
        assert!(words.short.width() <= 7 && words.verb.width() <= 12, "{act:?}");
        for sentence in [&words.question, &words.done, &words.failed] {
            assert!(sentence.contains("Ada"), "{act:?}: {sentence}");
        }
        assert!(words.done.ends_with('.') && !words.failed.ends_with('.') && !words.question.ends_with('?'), "{act:?}");
        let has_way_back = act.inverse().is_some() || act == Act::Delete { copy: true };
        assert_eq!(words.undo.starts_with(NO_UNDO), !has_way_back, "{act:?}: {}", words.undo);
    }
}

#[test]
fn the_audit_log_tells_each_act_from_the_others() {
    let mut names: Vec<&str> = acts().iter().map(Act::name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn each_act_is_told_when_it_is_past_in_words_of_its_own() {
    let names: Vec<&str> = acts().iter().map(Act::name).chain(["create"]).collect();
    let words: BTreeSet<&str> =
        names.iter().map(|name| past(name).unwrap_or_else(|| panic!("{name} has no words"))).collect();
    assert_eq!(words.len(), names.len());
    assert!(words.iter().all(|words| words.width() <= 21), "{words:?}");
    assert_eq!(past("teleport"), None);
}

#[test]
fn an_act_and_its_inverse_take_each_other_back() {
    for act in acts() {
        if let Some(inverse) = act.inverse() {
            assert_eq!(inverse.inverse(), Some(act));
        }
    }
}

#[test]
fn a_lock_beside_a_ban_is_told_with_its_end() {
    let locked = known(User { locked: true, lockout_expires_in_seconds: Some(2460), ..User::default() });
    let kept = Act::Ban.words(&about(&locked, None)).kept;
    assert_eq!(kept, "data, memberships, metadata; the lock ends by itself at 17:41");
}

#[test]
fn deleting_asks_for_what_the_person_signs_in_by() {
    assert_eq!(Act::Delete { copy: true }.asks(&known(User::default())), Asks::Typing("user_1".into()));
    let named = known(User { username: Some("ada".into()), ..User::default() });
    assert_eq!(Act::Delete { copy: true }.asks(&named), Asks::Typing("ada".into()));
    let unusual = known(User { username: Some("ad\u{200b}a".into()), ..User::default() });
    assert_eq!(Act::Delete { copy: true }.asks(&unusual), Asks::Typing("user_1".into()));
    assert_eq!(Act::Ban.asks(&named), Asks::Key);
}

#[test]
fn what_is_not_there_cannot_be_removed() {
    let bare = known(User::default());
    let full = known(User {
        password_enabled: true,
        totp_enabled: true,
        backup_code_enabled: true,
        two_factor_enabled: true,
        ..User::default()
    });
    let removals =
        [SecurityAct::RemovePassword, SecurityAct::DisableMfa, SecurityAct::DeleteTotp, SecurityAct::DeleteBackupCodes];
    for act in removals.map(Act::Security) {
        assert!(act.already(&bare, NOW).is_some() && act.already(&full, NOW).is_none(), "{act:?}");
    }
}

#[test]
fn what_can_be_taken_back_can_be_put_together_from_the_record() {
    for act in acts() {
        let recorded = Act::recorded(act.name(), act.parameters().as_ref());
        let expected = act.inverse().map(|_| act.clone());
        // Of several addresses no request brings back all, but they are recorded all the same.
        assert!(recorded == expected || recorded.as_ref() == Some(&act), "{act:?} came back as {recorded:?}");
        assert!(!act.parameters().is_some_and(|told| told.to_string().contains("hunter2")), "{act:?}");
    }
}

#[test]
fn every_kind_of_field_comes_back_as_it_was() {
    let text = |text: &str| FieldValue::Text(Some(text.into()));
    let ada = Identification { id: "idn_1".into(), text: "ada@x.example".into() };
    let changes = [
        (ProfileField::Username, text("ada"), FieldValue::Text(None)),
        (ProfileField::DeleteSelfEnabled, FieldValue::Flag(true), FieldValue::Flag(false)),
        (ProfileField::CreateOrganizationsLimit, FieldValue::Number(None), FieldValue::Number(Some(5))),
        (ProfileField::LegalAcceptedAt, FieldValue::Moment(None), FieldValue::Moment(Some(Timestamp::from_millis(5)))),
        (ProfileField::PrimaryEmailAddressId, FieldValue::Identification(None), FieldValue::Identification(Some(ada))),
    ];
    for (field, from, to) in changes {
        let act = Act::Profile(ProfileAct::Edit(vec![FieldChange { field, from, to }]));
        assert_eq!(Act::recorded(act.name(), act.parameters().as_ref()), Some(act));
    }
}

#[test]
fn what_another_version_wrote_in_another_way_is_not_guessed_at() {
    let told = |name: &str, parameters: serde_json::Value| Act::recorded(name, Some(&parameters));
    for (name, parameters) in [
        ("update", serde_json::json!({ "shoe_size": { "from": 1, "to": 2 } })),
        ("update", serde_json::json!({ "delete_self_enabled": { "from": "yes", "to": false } })),
        ("update", serde_json::json!({ "first_name": { "to": "Ada" } })),
        ("merge_metadata", serde_json::json!({ "public_metadata": { "from": [], "to": {} } })),
        ("change_role", serde_json::json!({ "organization": { "id": "org_1" } })),
        ("teleport", serde_json::json!({})),
        ("update", serde_json::Value::Null),
    ] {
        assert_eq!(told(name, parameters.clone()), None, "{name} {parameters}");
    }
    assert_eq!((Act::recorded("update", None), Act::recorded("ban", None)), (None, Some(Act::Ban)));
}
