//! What is done to many at once: marked, asked about, and carried out as a job.

use super::Journey;
use lazyclerk::clerk::{
    model::{User, UserId},
    query::{PageLimit, PageStart, UserPage, UserQuery},
};

impl Journey {
    /// The newest of the instance, as the list has them.
    fn newest(&self, count: u16) -> Vec<User> {
        let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(count) };
        let users = self.runtime.block_on(self.clerk.users().list(&UserQuery::default(), &page)).unwrap().value;
        users.iter().map(|user| User::clone(user)).collect()
    }

    /// Marks the newest three, of whom none is banned, and says who they are.
    fn mark_three(&mut self) -> Vec<UserId> {
        let ids: Vec<UserId> = self.newest(3).into_iter().map(|user| user.id).collect();
        for id in &ids {
            self.runtime.block_on(self.clerk.users().unban(id)).unwrap();
        }
        self.terminal.send("r");
        self.terminal.wait_until("nobody there is banned", |terminal| {
            (4..7).all(|row| !terminal.row(row).contains("banned")) && terminal.selected().contains("Zora")
        });
        self.terminal.send(" ").wait_for("1 marked").send(" ").wait_for("2 marked").send(" ").wait_for("3 marked");
        ids
    }

    fn get(&self, id: &UserId) -> Option<User> {
        let answer = self.runtime.block_on(self.clerk.users().get(id));
        answer.ok().map(|answer| User::clone(&answer.value))
    }
}

#[test]
fn many_are_banned_and_unbanned() {
    let mut journey = Journey::begin();
    let ids = journey.mark_three();
    let fourth = journey.newest(4)[3].clone();
    journey.terminal.send("b").wait_for("Ban 3 users").wait_for("Not on ").wait_for("enter or y ban");
    journey.terminal.send("\t").wait_for("tab options").send("spam wave\r").wait_for("Banned 3 users");
    assert!(ids.iter().all(|id| journey.get(id).unwrap().banned));
    assert_eq!(journey.get(&fourth.id).unwrap().banned, fourth.banned, "who was under the cursor is left alone");
    journey.terminal.send("B").wait_for("Unban 3 users").wait_for("enter or y unban");
    journey.terminal.send("\r").wait_for("Lifted the ban of 3 users.");
    assert!(ids.iter().all(|id| !journey.get(id).unwrap().banned));
    let reasons = journey.terminal.audit().into_iter().filter(|line| line["reason"] == "spam wave").count();
    assert!(reasons >= 3, "each of the bans has its reason: {reasons}");
}

#[test]
fn many_are_deleted_once_their_count_is_typed() {
    let mut journey = Journey::begin();
    let ids = journey.mark_three();
    journey.terminal.send("d").wait_for("Type 3 to delete 3 users").wait_for("esc cancel");
    // Nothing is in the field yet.
    journey.terminal.send("\r").wait_for("Nothing was sent: type 3 first.");
    assert!(ids.iter().all(|id| journey.get(id).is_some()));
    journey.terminal.send("3").wait_for("enter delete").send("\r").wait_for("Deleted 3 users.");
    assert!(ids.iter().all(|id| journey.get(id).is_none()));
}

#[test]
fn what_a_dry_run_shows_is_not_sent() {
    let mut journey = Journey::begin();
    let ids = journey.mark_three();
    journey.terminal.send("L").wait_for("Lock 3 users").wait_for("enter or y lock");
    for place in ["tab buttons", "[cancel]", "[who exactly]", "[dry run]"] {
        journey.terminal.send("\t").wait_for(place);
    }
    journey.terminal.send("\r").wait_for("Dry run: lock 3 users").wait_for("POST /v1/users/user_");
    journey.terminal.send("\u{1b}").wait_for("[dry run]").send("\u{1b}").wait_for("enter open");
    assert!(ids.iter().all(|id| !journey.get(id).unwrap().locked));
    assert!(journey.audited().is_empty());
}

#[test]
fn a_key_of_the_metadata_of_many_is_set() {
    let mut journey = Journey::begin();
    let ids = journey.mark_three();
    journey.terminal.send(".").wait_for("More for the 3 marked").send("m").wait_for("Set a metadata key");
    journey.terminal.send("p\twave\t{\"at\": 23}").wait_for("{\"at\": 23}").send("\r");
    journey.terminal.wait_for("Set public.wave of 3 users").wait_for("enter or y set").send("\r");
    journey.terminal.wait_for(": 3 users.");
    for id in &ids {
        let user = journey.get(id).unwrap();
        assert_eq!(user.public_metadata.get("wave"), Some(&serde_json::json!({ "at": 23 })));
    }
}

#[test]
fn whom_the_configuration_protects_is_skipped_and_named() {
    let mut journey = Journey::begin_configured("[protected]\nemails = [\"zora@example.com\"]\n");
    let ids = journey.mark_three();
    journey.terminal.send("b").wait_for("Ban 2 users").wait_for("is protected (zora@example.com),");
    journey.terminal.wait_for("enter or y ban").send("\r").wait_for("Banned 2 users");
    let banned: Vec<bool> = ids.iter().map(|id| journey.get(id).unwrap().banned).collect();
    assert_eq!(banned, [false, true, true], "Zora, who signed up last, is the first");
}
