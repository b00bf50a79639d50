//! The dialog before a change: who, what happens now, what stays, and what undo gives.

use crate::{
    app::{
        change::{Act, RecordId},
        effect::Fetch,
        person::{Known, LockEnd, Person},
        slot::Slot,
    },
    clerk::model::{Timestamp, UserId},
};
use jiff::tz::TimeZone;
use std::{sync::Arc, time::Duration};

/// Within a day, the time says when.
const A_DAY: Duration = Duration::from_hours(24);

/// Asks whether to change a user. It holds the user that it names: whatever is selected when it is answered, that one
/// is meant.
#[derive(Clone, Debug)]
pub struct Confirm {
    act: Act,
    known: Arc<Known>,
    undoes: Option<RecordId>,
    active_sessions: Slot<usize>,
    changed_meanwhile: bool,
}

/// What a change does, in plain words. The same words for dialog and dry run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequences {
    /// What happens at once.
    pub now: String,
    /// What stays as it is.
    pub kept: String,
    /// What taking it back gives, and what it does not.
    pub undo: String,
}

impl Confirm {
    /// Asks whether to do `act` to `known`, perhaps to take back an earlier change.
    #[must_use]
    pub fn new(act: Act, known: Arc<Known>, undoes: Option<RecordId>) -> Self {
        Self { act, known, undoes, active_sessions: Slot::default(), changed_meanwhile: false }
    }

    /// What will be done.
    #[must_use]
    pub fn act(&self) -> Act {
        self.act
    }

    /// To whom.
    #[must_use]
    pub fn user(&self) -> &UserId {
        &self.known.id
    }

    /// The user as known when the dialog was last drawn up.
    #[must_use]
    pub fn known(&self) -> &Arc<Known> {
        &self.known
    }

    /// Who that is.
    #[must_use]
    pub fn person(&self) -> Person {
        Person::of(&self.known)
    }

    /// The change that it takes back.
    #[must_use]
    pub fn undoes(&self) -> Option<&RecordId> {
        self.undoes.as_ref()
    }

    /// How many sessions the user has now: none before they have been counted.
    #[must_use]
    pub fn active_sessions(&self) -> Option<usize> {
        self.active_sessions.value().copied()
    }

    /// The slot of that count.
    pub fn active_sessions_mut(&mut self) -> &mut Slot<usize> {
        &mut self.active_sessions
    }

    /// Whether the user has been changed by somebody else since the dialog opened.
    #[must_use]
    pub fn changed_meanwhile(&self) -> bool {
        self.changed_meanwhile
    }

    /// What should be loaded for it.
    #[must_use]
    pub fn wants(&self) -> Option<Fetch> {
        let wanted = self.act == Act::Ban && self.active_sessions.is_wanted();
        wanted.then(|| Fetch::ActiveSessions(self.known.id.clone()))
    }

    /// Takes newer knowledge of the user. Whether it matters for what is asked.
    pub fn replace(&mut self, known: &Arc<Known>) -> bool {
        if known.id != self.known.id {
            return false;
        }
        let differs = known.banned != self.known.banned || known.locked != self.known.locked;
        self.known = Arc::clone(known);
        self.changed_meanwhile |= differs;
        differs
    }

    /// The question, "Ban Ada Lovelace?". Holds the person's name as it came.
    #[must_use]
    pub fn title(&self) -> String {
        let person = self.person();
        let who = person.call(&self.known.id);
        let act = match self.act {
            Act::Ban => "Ban",
            Act::Unban => "Unban",
            Act::Lock => "Lock",
            Act::Unlock => "Unlock",
        };
        if self.undoes.is_some() { format!("Undo: {} {who}?", act.to_lowercase()) } else { format!("{act} {who}?") }
    }

    /// What it does, at `now`, with times of day in `time_zone`.
    #[must_use]
    pub fn consequences(&self, now: Timestamp, time_zone: &TimeZone) -> Consequences {
        let lock = self.known.lock(now);
        let (now, kept, undo) = match self.act {
            Act::Ban => (
                self.sign_out_words(),
                match lock {
                    Some(end) => format!("data, memberships, metadata; {}", lock_end_words(end, now, time_zone)),
                    None => "data, memberships, metadata".to_owned(),
                },
                "u or B lifts the ban; the sessions do not come back".to_owned(),
            ),
            Act::Unban => (
                "can sign in again".to_owned(),
                match lock {
                    Some(end) => format!("the sessions that the ban ended; {}", lock_end_words(end, now, time_zone)),
                    None => "ended sessions stay ended".to_owned(),
                },
                "u or b bans again, and ends sessions opened meanwhile".to_owned(),
            ),
            Act::Lock => (
                "cannot sign in for as long as the instance's lock lasts".to_owned(),
                "sessions that are open go on; data, memberships, metadata".to_owned(),
                "u or U ends the lock; failed attempts start again from none".to_owned(),
            ),
            Act::Unlock => (
                "can sign in again, with all attempts".to_owned(),
                if self.known.banned {
                    "the ban: it still keeps them out".to_owned()
                } else {
                    "everything else".to_owned()
                },
                "u or L locks anew, for the instance's full time".to_owned(),
            ),
        };
        Consequences { now, kept, undo }
    }

    fn sign_out_words(&self) -> String {
        match self.active_sessions() {
            None => "signed out everywhere, cannot sign in".to_owned(),
            Some(0) => "cannot sign in; no session is open".to_owned(),
            Some(1) => "signed out of 1 session, cannot sign in".to_owned(),
            Some(count) => format!("signed out of {count} sessions, cannot sign in"),
        }
    }
}

fn lock_end_words(end: LockEnd, now: Timestamp, time_zone: &TimeZone) -> String {
    let LockEnd::At(end) = end else { return "the lock, which has no end".to_owned() };
    let format = if end.since(now) < A_DAY { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    let Some(end) = end.to_jiff() else { return "the lock".to_owned() };
    let end = end.to_zoned_datetime(time_zone.clone());
    format!("the lock ends by itself at {}", end.strftime(format))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::failure::Failure,
        clerk::model::{Received, User},
    };

    const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

    fn confirm(act: Act, user: User) -> Confirm {
        Confirm::new(act, Arc::new(Known::new(Received::from_value(user).unwrap(), NOW)), None)
    }

    #[test]
    fn a_ban_tells_how_many_sessions_it_ends_once_they_are_counted() {
        let mut confirm = confirm(Act::Ban, User { first_name: Some("Ada".into()), ..User::default() });
        assert_eq!(confirm.title(), "Ban Ada?");
        assert_eq!(confirm.consequences(NOW, &TimeZone::UTC).now, "signed out everywhere, cannot sign in");
        confirm.active_sessions_mut().fill(Ok(2));
        assert_eq!(confirm.consequences(NOW, &TimeZone::UTC).now, "signed out of 2 sessions, cannot sign in");
        confirm.active_sessions_mut().fill(Err(Failure::Internal("no".into())));
        assert!(confirm.wants().is_none());
    }

    #[test]
    fn a_lock_beside_a_ban_is_told_with_its_end() {
        let user = User { locked: true, lockout_expires_in_seconds: Some(2460), ..User::default() };
        let kept = confirm(Act::Ban, user).consequences(NOW, &TimeZone::UTC).kept;
        assert_eq!(kept, "data, memberships, metadata; the lock ends by itself at 17:41");
    }

    #[test]
    fn only_what_matters_counts_as_changed() {
        let user = User { id: UserId::from("user_1"), ..User::default() };
        let known = |user: &User| Arc::new(Known::new(Received::from_value(user.clone()).unwrap(), NOW));
        let mut confirm = confirm(Act::Ban, user.clone());
        assert!(!confirm.replace(&known(&User { id: UserId::from("user_2"), banned: true, ..user.clone() })));
        assert!(!confirm.replace(&known(&User { first_name: Some("Ada".into()), ..user.clone() })));
        assert!(!confirm.changed_meanwhile());
        assert!(confirm.replace(&known(&User { banned: true, ..user })));
        assert!(confirm.changed_meanwhile());
    }
}
