//! The security tab, and what hangs on it.

use super::{cast, screens::snapshot, stage};
use crate::app::{Fetched, Made, SlotId, tests::stage::refused};
use rstest::rstest;

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::largest((200, 60))]
fn the_security_tab(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 5 j j j");
    cast::answer_the_rest(&mut stage);
    snapshot("security", size, stage);
}

#[test]
fn an_account_of_a_directory_tells_its_connection() {
    let mut stage = stage(120, 36);
    stage.press("enter 5 r").answer(SlotId::DetailUser, Fetched::User(Box::new(cast::received(cast::employee()))));
    stage.press("G k k");
    snapshot("enterprise", (120, 36), stage);
}

#[rstest]
#[case::masked((120, 36), "", "token_masked")]
#[case::shown((120, 36), "enter", "token_shown")]
#[case::narrow((80, 24), "enter", "token_shown")]
#[case::copied((120, 36), "y", "token_copied")]
fn the_token_of_an_account(#[case] size: (u16, u16), #[case] keys: &str, #[case] what: &str) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 5");
    cast::answer_the_rest(&mut stage);
    stage.press("j j j t w h y enter").succeed_with(Made::OAuthTokens(vec![cast::token()])).press(keys);
    snapshot(what, size, stage);
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_token_asks(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 5 j j j t");
    snapshot("token_confirm", size, stage);
}

#[test]
fn a_token_that_cannot_be_fetched() {
    let mut stage = stage(120, 36);
    stage.press("enter 5 j j j t w h y enter").fail_change(refused(400, "oauth_token_retrieval_error"));
    snapshot("token_failed", (120, 36), stage);
}

#[rstest]
#[case::wide((120, 36), "G", "device_revoked")]
#[case::trusted((120, 36), "G k", "device")]
#[case::narrow((80, 24), "G k", "device")]
fn the_trusted_devices(#[case] size: (u16, u16), #[case] keys: &str, #[case] what: &str) {
    let mut stage = stage(size.0, size.1);
    stage.press("enter 5");
    cast::answer_the_rest(&mut stage);
    stage.press(keys);
    snapshot(what, size, stage);
}

#[test]
fn trusted_devices_that_cannot_be_read() {
    let mut stage = stage(120, 36);
    stage.press("enter 5").fail(SlotId::TrustedDevices, refused(403, "feature_not_enabled")).press("G");
    snapshot("devices_unread", (120, 36), stage);
}
