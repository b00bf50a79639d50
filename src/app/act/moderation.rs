//! The words of what moderators do every day: ban, lock, sign out, delete, and the ways back.

use super::{About, Act, NO_UNDO, Words, lock_words, sessions};
use crate::{
    app::{person::Known, restoration::Lost},
    clerk::model::Timestamp,
};

pub(super) fn already(act: &Act, known: &Known, now: Timestamp) -> Option<&'static str> {
    let locked = known.lock(now).is_some();
    match act {
        Act::Ban if known.banned => Some("Banned already."),
        Act::Unban if !known.banned => Some("Not banned."),
        Act::Lock if locked => Some("Locked already."),
        Act::Unlock if !locked => Some("Not locked."),
        _ => None,
    }
}

pub(super) fn ban(about: &About<'_>) -> Words {
    let who = about.who;
    Words {
        verb: "ban",
        question: format!("Ban {who}"),
        now: match about.active_sessions {
            None => "signed out everywhere, cannot sign in".to_owned(),
            Some(0) => "cannot sign in; no session is open".to_owned(),
            Some(count) => format!("signed out of {}, cannot sign in", sessions(count)),
        },
        kept: match lock_words(about) {
            Some(lock) => format!("data, memberships, metadata; {lock}"),
            None => "data, memberships, metadata".to_owned(),
        },
        undo: "u or B lifts the ban; the sessions do not come back".to_owned(),
        short: "ban…",
        doing: "banning …",
        done: match about.active_sessions {
            None => format!("Banned {who}, signed out everywhere."),
            Some(count) => format!("Banned {who}: {} ended.", sessions(count)),
        },
        failed: format!("{who} was not banned"),
    }
}

pub(super) fn unban(about: &About<'_>) -> Words {
    let who = about.who;
    Words {
        verb: "unban",
        question: format!("Unban {who}"),
        now: "can sign in again".to_owned(),
        kept: match lock_words(about) {
            Some(lock) => format!("the sessions that the ban ended; {lock}"),
            None => "ended sessions stay ended".to_owned(),
        },
        undo: "u or b bans again, and ends sessions opened meanwhile".to_owned(),
        short: "unban…",
        doing: "lifting the ban …",
        done: format!("Lifted the ban of {who}."),
        failed: format!("The ban of {who} was not lifted"),
    }
}

pub(super) fn lock(about: &About<'_>) -> Words {
    let who = about.who;
    Words {
        verb: "lock",
        question: format!("Lock {who}"),
        now: "cannot sign in for as long as the instance's lock lasts".to_owned(),
        kept: "sessions that are open go on; data, memberships, metadata".to_owned(),
        undo: "u or U ends the lock; failed attempts start again from none".to_owned(),
        short: "lock…",
        doing: "locking …",
        done: format!("Locked {who}; open sessions go on."),
        failed: format!("{who} was not locked"),
    }
}

pub(super) fn unlock(about: &About<'_>) -> Words {
    let who = about.who;
    let kept = if about.known.banned { "the ban: it still keeps them out" } else { "everything else" };
    Words {
        verb: "unlock",
        question: format!("Unlock {who}"),
        now: "can sign in again, with all attempts".to_owned(),
        kept: kept.to_owned(),
        undo: "u or L locks anew, for the instance's full time".to_owned(),
        short: "unlock…",
        doing: "unlocking …",
        done: format!("Unlocked {who}."),
        failed: format!("{who} was not unlocked"),
    }
}

pub(super) fn sign_out(about: &About<'_>) -> Words {
    let who = about.who;
    Words {
        verb: "sign out",
        question: format!("Sign {who} out everywhere"),
        now: match about.active_sessions {
            None => "every session ends, one request each".to_owned(),
            Some(0) => "no session is open".to_owned(),
            Some(count) => format!("{}, one request each", ends(count)),
        },
        kept: "everything else; can sign in again at once".to_owned(),
        undo: format!("{NO_UNDO}; ended sessions do not come back"),
        short: "out…",
        doing: "signing out …",
        done: format!("Signed {who} out everywhere."),
        failed: format!("{who} was not signed out of every session"),
    }
}

/// What is said of somebody who was banned, once it is known in how many sessions they are signed in still, if anybody
/// could tell: all is well, or not.
pub(in crate::app) fn banned_words(who: &str, done: &str, active: Option<usize>) -> Result<String, String> {
    match active {
        Some(0) => Ok(done.to_owned()),
        Some(count) => Err(format!("Banned {who}, but {} still active.", are(count))),
        None => Ok(format!("Banned {who}; whether a session is still active could not be read.")),
    }
}

/// The same of somebody who was signed out, with so many sessions ended and none left.
pub(in crate::app) fn signed_out_words(who: &str, ended: usize) -> String {
    match ended {
        0 => format!("Signed {who} out everywhere: no session was open."),
        _ => format!("Signed {who} out everywhere: {} ended.", sessions(ended)),
    }
}

/// `1 session is`, `2 sessions are`.
fn are(count: usize) -> String {
    format!("{} {}", sessions(count), if count == 1 { "is" } else { "are" })
}

fn ends(count: usize) -> String {
    if count == 1 { "1 session ends".to_owned() } else { format!("{count} sessions end") }
}

pub(super) fn delete(about: &About<'_>, copy: bool) -> Words {
    let who = about.who;
    Words {
        verb: "delete",
        question: format!("Delete {who}"),
        now: match about.active_sessions {
            None | Some(0) => "gone with identifiers, memberships and metadata".to_owned(),
            Some(count) => format!("{}; gone with identifiers, memberships, metadata", ends(count)),
        },
        kept: "nothing at Clerk; the address can sign up anew".to_owned(),
        undo: if copy {
            format!("u makes a new user of the copy, for 30 days; without {}", Lost::of(about.known))
        } else {
            format!("{NO_UNDO}; nothing of the user is kept here either")
        },
        short: "del…",
        doing: "deleting …",
        done: format!("Deleted {who}."),
        failed: format!("{who} was not deleted"),
    }
}
