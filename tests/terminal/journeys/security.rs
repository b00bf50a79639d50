//! What a user signs in with.

use super::Journey;

#[test]
fn a_password_and_a_code_are_verified() {
    let mut journey = Journey::begin();
    for (key, title, typed, told) in [
        ("v", "Verify the password of", "correct horse", "That is not known to be the password of Zora"),
        // The form stays after a failure: the rest of it is typed behind what is there.
        ("", "Verify the password of", " battery staple", "Right: that is the password of Zora."),
        ("o", "Verify a code of", "abcd1234efgh", "Right: that is a code of Zora."),
    ] {
        if !key.is_empty() {
            journey.terminal.send(".").wait_for("More for Zora").send(key).wait_for(title);
        }
        journey.terminal.wait_for("go on").send(typed).send("\r").wait_for("esc or n cancel").send("\r").wait_for(told);
    }
    let again =
        journey.runtime.block_on(journey.clerk.users().verify_totp(&journey.id, &"abcd1234efgh".to_owned().into()));
    assert!(again.is_err(), "a backup code is used up");
    let audit = journey.terminal.audit().into_iter().map(|line| line.to_string()).collect::<String>();
    assert!(!audit.contains("battery") && !audit.contains("abcd1234"), "{audit}");
}

#[test]
fn a_password_is_set_and_another_as_a_digest() {
    let mut journey = Journey::begin();
    let verifies = |journey: &Journey, password: &str| {
        let password = password.to_owned().into();
        let verified = journey.runtime.block_on(journey.clerk.users().verify_password(&journey.id, &password));
        verified.is_ok_and(|answer| answer.value)
    };
    let open = |journey: &mut Journey| {
        journey.terminal.send(".").wait_for("More for Zora").send("s").wait_for("Set the password of Zora");
        journey.terminal.wait_for("go on");
    };
    open(&mut journey);
    journey.terminal.send("their eyes were watching\r").wait_for("esc or n cancel").send("\r");
    journey.terminal.wait_for("Set the password of Zora.");
    assert!(verifies(&journey, "their eyes were watching"));
    open(&mut journey);
    let digest = bcrypt::hash("jonahs gourd vine", 4).unwrap();
    journey
        .terminal
        .send(&format!("\t{digest}\tb\ty\r"))
        .wait_for("the bcrypt digest")
        .wait_for("signed out everywhere");
    // The notice reads as it did before.
    journey.terminal.wait_for("esc or n cancel").send("\r");
    journey.terminal.wait_until("the outcome", |terminal| terminal.audit().len() == 4);
    assert!(verifies(&journey, "jonahs gourd vine") && !verifies(&journey, "their eyes were watching"));
    let audit = journey.terminal.audit().into_iter().map(|line| line.to_string()).collect::<String>();
    assert!(!audit.contains("watching") && !audit.contains(&digest), "{audit}");
}

#[test]
fn a_password_is_removed() {
    let mut journey = Journey::begin();
    journey.act(".p", "Remove the password of Zora?", "Removed the password of Zora.");
    assert!(!journey.user().password_enabled);
    journey.terminal.send(".").wait_for("There is no");
}

#[test]
fn a_password_is_compromised_and_not() {
    let mut journey = Journey::begin();
    journey.act(".c", "Set the password of Zora", "counts as compromised.");
    // The user does not tell; who verifies the password is told.
    let verify = |journey: &Journey| {
        let password = "correct horse battery staple".to_owned().into();
        journey
            .runtime
            .block_on(journey.clerk.users().verify_password(&journey.id, &password))
            .map(|answer| answer.value)
    };
    let compromised = verify(&journey);
    journey.act("u", "Undo: let Zora keep the password?", "does not count as compromised.");
    let kept = verify(&journey);
    assert_eq!(journey.audited(), ["set_password_compromised", "done", "unset_password_compromised", "done"]);
    assert_eq!(kept.ok(), Some(true), "before it was {compromised:?}");
}

#[test]
fn second_factors_are_removed() {
    let mut journey = Journey::begin();
    assert!(journey.user().two_factor_enabled);
    journey.act(".m", "Remove the second factors of Zora?", "Removed the second factors of Zora.");
    let user = journey.user();
    assert!(!user.two_factor_enabled && !user.totp_enabled && !user.backup_code_enabled);
}

#[test]
fn totp_is_removed() {
    let mut journey = Journey::begin();
    journey.act(".t", "Remove the authenticator application", "Removed the authenticator application");
    assert!(!journey.user().totp_enabled);
}

#[test]
fn backup_codes_are_removed() {
    let mut journey = Journey::begin();
    journey.act(".b", "Remove the backup codes of Zora?", "Removed the backup codes of Zora.");
    let user = journey.user();
    assert!(!user.backup_code_enabled && user.totp_enabled);
}
