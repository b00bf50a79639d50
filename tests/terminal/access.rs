//! Who gets in, who is kept out, and why: links, lists and reasons.

use crate::journeys::Journey;

#[test]
fn a_reason_is_recorded_and_not_sent() {
    let mut journey = Journey::begin();
    journey.ask("b", "Ban Zora?");
    journey.terminal.send("\tspam wave, not yet \r").wait_for("Banned Zora");
    assert!(journey.user().banned);
    let audit = journey.terminal.audit();
    assert_eq!((&audit[0]["action"], &audit[0]["reason"]), (&"ban".into(), &"spam wave, not yet".into()));
    assert!(audit[1].get("reason").is_none() && !format!("{:?}", journey.user()).contains("spam"));
}
