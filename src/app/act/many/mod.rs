//! The words of what is done to many users at once, and what it takes.
//!
//! One function computes them, so that the dialog, its dry run, the notices, the audit log and the command line cannot
//! disagree about what a job does.

mod cost;
mod ended;
mod requests;

pub use cost::Cost;
pub use requests::{RequestPreview, requests};

use super::{Asks, NO_UNDO};
use crate::{
    app::{
        job::{Blocking, JobAct},
        numbers::counted,
    },
    clerk::InstanceKind,
};
use serde_json::Value;
use std::fmt;

/// From so many users on, production asks for their count to be typed.
const MANY: usize = 10;
/// Longer values of metadata are cut in a sentence, in characters.
const LONGEST_VALUE: usize = 40;

/// Whom something is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom<'a> {
    /// One user.
    One {
        /// What they are called. As it came, unsafe to print.
        called: &'a str,
        /// What they sign in by, or their id: what has to be typed before they are deleted.
        identifier: &'a str,
    },
    /// So many.
    Many(usize),
}

impl Whom<'_> {
    /// How many they are.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::One { .. } => 1,
            Self::Many(count) => *count,
        }
    }

    /// The one word or the other, for one and for several.
    fn pick<'w>(&self, one: &'w str, several: &'w str) -> &'w str {
        if self.count() == 1 { one } else { several }
    }
}

impl fmt::Display for Whom<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One { called, .. } => formatter.write_str(called),
            Self::Many(count) => formatter.write_str(&counted(*count, "user", "users")),
        }
    }
}

/// The instance that it is done at, as far as the words depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// What it is called.
    pub instance: String,
    /// Whether it is production.
    pub kind: InstanceKind,
    /// The share of the instance's rate limit that background work may use, in percent.
    pub share: u8,
}

/// Every word about an act on many. They can hold names as they came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManyWords {
    /// On the key that does it, at most 12 columns: `ban`.
    pub verb: &'static str,
    /// What is done, for titles: `ban 209 users`.
    pub title: String,
    /// What is asked, without the question mark: `Ban 209 users`.
    pub question: String,
    /// What becomes of those whom it changes, behind their number: `will be banned`.
    pub will: &'static str,
    /// What those are whom it would not change, behind their number: `are banned already, and stay so`.
    pub already: &'static str,
    /// What happens at once.
    pub now: String,
    /// What stays as it is.
    pub kept: String,
    /// What taking it back gives, and what it does not.
    pub undo: String,
    /// How many requests it takes, and how long.
    pub cost: Cost,
    /// How hard the dialog asks.
    pub asks: Asks,
    /// What has to be typed for what, where something has to be: `Type 209 to ban 209 users of acme production`.
    pub ask: String,
    /// What is said when it is done, as a sentence.
    pub done: String,
    /// What is said when it is not: `209 users were not banned`.
    pub failed: String,
}

/// The words that are different for each act. Those for one and for several stand beside each other.
struct Told {
    verb: &'static str,
    /// The verb with its object: `Ban 209 users`.
    question: String,
    will: &'static str,
    already: [&'static str; 2],
    now: String,
    kept: String,
    undo: String,
    done: String,
    /// Behind `was not` and `were not`.
    failed: String,
}

impl JobAct {
    /// Every word about it, done to `whom` at `site`.
    #[must_use]
    pub fn words(&self, whom: &Whom<'_>, site: &Site) -> ManyWords {
        let told = self.tell(whom);
        let asks = self.asks(whom, site.kind);
        let (title, place) = (lowercase_first(&told.question), place(site));
        let ask = match &asks {
            Asks::Key => String::new(),
            Asks::Typing(text) => format!("Type {text} to {title} of {place}"),
        };
        ManyWords {
            verb: told.verb,
            will: told.will,
            already: told.already[usize::from(whom.count() != 1)],
            now: told.now,
            kept: told.kept,
            undo: told.undo,
            cost: Cost::of(self, whom.count(), site),
            ask,
            asks,
            done: told.done,
            failed: format!("{whom} {} not {}", whom.pick("was", "were"), told.failed),
            question: told.question,
            title,
        }
    }

    /// What those are whom it would not change, behind how many they are.
    #[must_use]
    pub fn already_words(&self, count: usize) -> &'static str {
        self.tell(&Whom::Many(count)).already[usize::from(count != 1)]
    }

    /// How hard the dialog asks: the table of what asks, and how hard.
    fn asks(&self, whom: &Whom<'_>, kind: InstanceKind) -> Asks {
        let count = whom.count();
        match (self, whom, kind) {
            (Self::Delete { .. }, Whom::One { identifier, .. }, _) => Asks::Typing((*identifier).to_owned()),
            (Self::Delete { .. }, _, InstanceKind::Production) => Asks::Typing(format!("delete {count}")),
            (Self::Delete { .. }, _, InstanceKind::Development) => Asks::Typing(count.to_string()),
            (_, _, InstanceKind::Production) if count >= MANY => Asks::Typing(count.to_string()),
            _ => Asks::Key,
        }
    }

    fn tell(&self, whom: &Whom<'_>) -> Told {
        match self {
            Self::Ban | Self::Unban | Self::Lock | Self::Unlock => self.tell_standing(whom),
            Self::SignOut => sign_out(whom),
            Self::Delete { copies } => delete(whom, *copies),
            Self::RemoveFromOrganization { name, .. } => remove(whom, name),
            Self::AddToOrganization { name, .. } => add(whom, name),
            Self::SetMetadata { bag, key, to } => set_key(whom, &format!("{}.{key}", bag.label()), to.as_ref()),
            Self::RestoreMetadata { bag, key, .. } => restore_key(whom, &format!("{}.{key}", bag.label())),
            Self::Block { what } => block(whom, *what),
            Self::Unblock { what } => unblock(whom, *what),
        }
    }

    fn tell_standing(&self, whom: &Whom<'_>) -> Told {
        match self {
            Self::Ban => Told {
                verb: "ban",
                question: format!("Ban {whom}"),
                will: "will be banned",
                already: ["is banned already, and stays so", "are banned already, and stay so"],
                now: "signed out everywhere, cannot sign in".to_owned(),
                kept: "data, memberships, metadata".to_owned(),
                undo: "u lifts the ban; ended sessions do not come back".to_owned(),
                done: format!("Banned {whom}, signed out everywhere."),
                failed: "banned".to_owned(),
            },
            Self::Unban => Told {
                verb: "unban",
                question: format!("Unban {whom}"),
                will: "will be unbanned",
                already: ["is not banned", "are not banned"],
                now: "can sign in again".to_owned(),
                kept: "ended sessions stay ended".to_owned(),
                undo: "u bans again, and ends sessions opened meanwhile".to_owned(),
                done: format!("Lifted the ban of {whom}."),
                failed: "unbanned".to_owned(),
            },
            Self::Lock => Told {
                verb: "lock",
                question: format!("Lock {whom}"),
                will: "will be locked",
                already: ["is locked already, and stays so", "are locked already, and stay so"],
                now: "cannot sign in for as long as the instance's lock lasts".to_owned(),
                kept: "sessions that are open go on; data, memberships, metadata".to_owned(),
                undo: "u ends the lock; failed attempts start again from none".to_owned(),
                done: format!("Locked {whom}; open sessions go on."),
                failed: "locked".to_owned(),
            },
            _ => Told {
                verb: "unlock",
                question: format!("Unlock {whom}"),
                will: "will be unlocked",
                already: ["is not locked", "are not locked"],
                now: "can sign in again, with all attempts".to_owned(),
                kept: "everything else; a ban still keeps out whom it keeps out".to_owned(),
                undo: "u locks anew, for the instance's full time".to_owned(),
                done: format!("Unlocked {whom}."),
                failed: "unlocked".to_owned(),
            },
        }
    }
}

fn sign_out(whom: &Whom<'_>) -> Told {
    Told {
        verb: "sign out",
        question: format!("Sign out {whom}"),
        will: "will be signed out everywhere",
        already: ["has no session open", "have no session open"],
        now: "every session ends, one request each".to_owned(),
        kept: "everything else; can sign in again at once".to_owned(),
        undo: format!("{NO_UNDO}; ended sessions do not come back"),
        done: format!("Signed {whom} out everywhere."),
        failed: "signed out of every session".to_owned(),
    }
}

fn delete(whom: &Whom<'_>, copies: bool) -> Told {
    let kept = if copies {
        "nothing at Clerk; here a copy of each, for 30 days"
    } else {
        "nothing, neither at Clerk nor here"
    };
    Told {
        verb: "delete",
        question: format!("Delete {whom}"),
        will: "will be deleted",
        already: ["is deleted already", "are deleted already"],
        now: "gone with identifiers, memberships and metadata".to_owned(),
        kept: kept.to_owned(),
        undo: format!("{NO_UNDO}; a new user with the same data is another user"),
        done: format!("Deleted {whom}."),
        failed: "deleted".to_owned(),
    }
}

fn remove(whom: &Whom<'_>, organization: &str) -> Told {
    Told {
        verb: "remove",
        question: format!("Remove {whom} from {organization}"),
        will: "will be removed",
        already: ["does not belong there", "do not belong there"],
        now: format!("no longer {} of {organization}", whom.pick("a member", "members")),
        kept: "their accounts, sessions and other memberships".to_owned(),
        undo: "u adds them again, each in the role that was theirs".to_owned(),
        done: format!("Removed {whom} from {organization}."),
        failed: format!("removed from {organization}"),
    }
}

fn add(whom: &Whom<'_>, organization: &str) -> Told {
    Told {
        verb: "add",
        question: format!("Add {whom} to {organization}"),
        will: "will be added, each in the role of before",
        already: ["belongs there already", "belong there already"],
        now: format!("{} of {organization} again", whom.pick("a member", "members")),
        kept: "everything else".to_owned(),
        undo: "u removes them again".to_owned(),
        done: format!("Added {whom} to {organization}."),
        failed: format!("added to {organization}"),
    }
}

fn set_key(whom: &Whom<'_>, path: &str, to: Option<&Value>) -> Told {
    let now = match to {
        Some(value) => format!("{path} becomes {}", short(value)),
        None => format!("{path} goes"),
    };
    Told {
        verb: if to.is_some() { "set" } else { "take away" },
        question: match to {
            Some(_) => format!("Set {path} of {whom}"),
            None => format!("Take away {path} of {whom}"),
        },
        will: "will be changed",
        already: ["is so already, and stays so", "are so already, and stay so"],
        done: format!("{now}: {whom}."),
        now,
        kept: "every other key".to_owned(),
        undo: "u puts back the value that each had".to_owned(),
        failed: format!("changed in {path}"),
    }
}

fn restore_key(whom: &Whom<'_>, path: &str) -> Told {
    Told {
        verb: "put back",
        question: format!("Put back {path} of {whom}"),
        will: "will have the value of before",
        already: ["has it already", "have it already"],
        now: format!("{path} becomes what each had before"),
        kept: "every other key".to_owned(),
        undo: "u puts back the value that each has now".to_owned(),
        done: format!("Put back {path} of {whom}."),
        failed: format!("changed back in {path}"),
    }
}

fn block(whom: &Whom<'_>, what: Blocking) -> Told {
    let things = things(whom, what);
    Told {
        verb: "block",
        question: format!("Block the {things} of {whom}"),
        will: "will have it blocked",
        already: ["has none", "have none"],
        now: "nobody can sign up with it, where the blocklist is switched on".to_owned(),
        kept: "who is a user already stays one".to_owned(),
        undo: "u takes off the list what this puts there".to_owned(),
        done: format!("Blocked the {things} of {whom}."),
        failed: format!("blocked by {things}"),
    }
}

fn unblock(whom: &Whom<'_>, what: Blocking) -> Told {
    let things = things(whom, what);
    Told {
        verb: "unblock",
        question: format!("Unblock the {things} of {whom}"),
        will: "will have it taken off the blocklist",
        already: ["has none there", "have none there"],
        now: "can be signed up with again".to_owned(),
        kept: "everything else on the list".to_owned(),
        undo: "u puts it back".to_owned(),
        done: format!("Unblocked the {things} of {whom}."),
        failed: format!("unblocked by {things}"),
    }
}

fn things(whom: &Whom<'_>, what: Blocking) -> &'static str {
    let [one, several] = match what {
        Blocking::EmailAddress => ["email address", "email addresses"],
        Blocking::Domain => ["email domain", "email domains"],
        Blocking::PhoneNumber => ["phone number", "phone numbers"],
    };
    if whom.count() == 1 { one } else { several }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= LONGEST_VALUE {
        return text;
    }
    text.chars().take(LONGEST_VALUE).chain(['…']).collect()
}

/// `acme production`, `acme`.
fn place(site: &Site) -> String {
    let instance = &site.instance;
    match site.kind {
        InstanceKind::Production => format!("{instance} production"),
        InstanceKind::Development => instance.clone(),
    }
}

/// `Ban 209 users` behind other words.
fn lowercase_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_lowercase).into_iter().flatten();
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests;
