//! What the runtime must do, as plain data.

use super::{
    act::{Picture, RestrictionList},
    change::{Change, ChangeId, RestrictionChange},
    detail::{Batch, HistoryEntry},
    dialog::Restriction,
    event::Timer,
    memory::Remember,
    new_user::NewUser,
    requests::{Generation, SlotId},
    secret::Secret,
};
use crate::clerk::{
    model::{
        Instance, InvitationStatus, Organization, OrganizationInvitation, OrganizationMembership, Page, Received, Role,
        Session, SessionStatus, TrustedDevice, User, UserId,
    },
    query::{PageLimit, UserFilter, UserPage, UserQuery},
};
use std::{collections::BTreeMap, time::Duration};

/// What one update asks for, in order.
pub type Effects = Vec<Effect>;

/// An instruction to the runtime. No closures, so that a test can compare it, and secrets only in a type that shows none.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read something. It replaces whatever is under way for the same slot.
    Fetch {
        /// The place that the answer fills.
        slot: SlotId,
        /// Comes back with the reply.
        generation: Generation,
        /// What to read.
        fetch: Fetch,
    },
    /// What is under way for this slot is not wanted any more.
    Cancel(SlotId),
    /// Change a user: record the intent, send the request, record the outcome, in this order and as one.
    /// Never aborted.
    Change(Change),
    /// Create a user, recorded in the same way; answered by [`Reply::Changed`](super::Reply::Changed). Never aborted.
    Create(ChangeId, NewUser),
    /// Change the blocklist or the allowlist, recorded in the same way; answered by
    /// [`Reply::Changed`](super::Reply::Changed). Never aborted.
    Restrict(RestrictionChange),
    /// Keep a private note on this machine, or none any more; answered by [`Reply::Noted`](super::Reply::Noted). Never
    /// aborted.
    KeepNote {
        /// Comes back with the reply.
        id: ChangeId,
        /// On whom.
        user: UserId,
        /// What it says.
        text: Option<String>,
    },
    /// Open an address in the browser; [`Event::NotBrowsed`](super::Event::NotBrowsed) comes when there is none.
    Browse(String),
    /// Write this down, to be remembered at the next start; answered by [`Reply::Remembered`](super::Reply::Remembered).
    Remember(Remember),
    /// Send [`Event::Due`](super::Event::Due) after this long, instead of when it was last asked for.
    After(Timer, Duration),
    /// Don't, after all.
    Disarm(Timer),
    /// Take the mouse, or give it back to the terminal.
    Mouse(MouseCapture),
    /// Put a text into the clipboard of whoever sits at the terminal.
    Copy(String),
    /// The same with one that must not be seen.
    CopySecret(Secret),
    /// Paint the whole screen anew: something else has written on it.
    Redraw,
    /// Give the terminal back to the shell until the program is continued.
    Suspend,
    /// Give the terminal to the person's editor with this text; answered by [`Event::Edited`](super::Event::Edited).
    Edit {
        /// What it is, for the name of its file.
        name: &'static str,
        /// JSON, or what is on its way to be.
        text: String,
    },
    /// Leave. The runtime still waits for changes under way.
    Quit,
}

/// Who gets clicks and the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseCapture {
    /// The program: a click selects, the wheel scrolls.
    Ours,
    /// The terminal: dragging selects text.
    Terminal,
}

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetch {
    /// A page of users; answered by [`Fetched::Users`].
    Users {
        /// Which users, in which order.
        query: UserQuery,
        /// Which of its pages.
        page: UserPage,
    },
    /// How many users pass a filter; answered by [`Fetched::Count`].
    Count(UserFilter),
    /// The same for what nobody waits for: it leaves the rate limit to others; answered by [`Fetched::Count`].
    CountInBackground(UserFilter),
    /// One user; answered by [`Fetched::User`].
    User(UserId),
    /// A page of a user's memberships, newest first; answered by [`Fetched::Memberships`].
    Memberships {
        /// Whose.
        user: UserId,
        /// After so many.
        offset: u64,
        /// At most so many.
        limit: PageLimit,
    },
    /// A page of the invitations of a user, newest first; answered by [`Fetched::Invitations`].
    Invitations {
        /// Whose.
        user: UserId,
        /// Only those that stand so.
        status: Option<InvitationStatus>,
        /// After so many.
        offset: u64,
        /// At most so many.
        limit: PageLimit,
    },
    /// A page of the sessions of a user, newest first; answered by [`Fetched::Sessions`].
    Sessions {
        /// Whose.
        user: UserId,
        /// Only those that stand so.
        status: Option<SessionStatus>,
        /// After so many.
        offset: u64,
        /// At most so many.
        limit: PageLimit,
    },
    /// A page of what the record of changes has about a user, latest first; answered by [`Fetched::History`].
    History {
        /// Whose.
        user: UserId,
        /// After so many.
        offset: u64,
        /// At most so many.
        limit: PageLimit,
    },
    /// The devices that a user trusts, or did; answered by [`Fetched::TrustedDevices`].
    TrustedDevices(UserId),
    /// Organizations whose name, slug or id holds a text, in the order of their names; answered by
    /// [`Fetched::Organizations`].
    Organizations {
        /// The text; all of them when it is empty.
        text: String,
        /// At most so many.
        limit: PageLimit,
    },
    /// The organizations that a name can mean: the one that has it for its slug, else those that hold it; answered by
    /// [`Fetched::Organizations`].
    NamedOrganizations(String),
    /// The roles that a member of an organization can have; answered by [`Fetched::Roles`].
    Roles,
    /// The whole of a list of who may sign up; answered by [`Fetched::Restrictions`].
    Restrictions(RestrictionList),
    /// The private notes on users of the instance; answered by [`Fetched::Notes`].
    Notes,
    /// The instance that the key opens; answered by [`Fetched::Instance`].
    Instance,
    /// What the last part of the name of a file on this machine can be completed to; answered by
    /// [`Fetched::FileNames`].
    FileNames(String),
    /// What the picture in this file on this machine is; answered by [`Fetched::Picture`].
    Picture(String),
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Fetched {
    /// Of [`Fetch::Users`], in the order asked for.
    Users(Vec<Received<User>>),
    /// Of [`Fetch::Count`].
    Count(u64),
    /// Of [`Fetch::User`].
    User(Box<Received<User>>),
    /// Of [`Fetch::Memberships`].
    Memberships(Page<OrganizationMembership>),
    /// Of [`Fetch::Invitations`].
    Invitations(Page<OrganizationInvitation>),
    /// Of [`Fetch::Sessions`].
    Sessions(Vec<Session>),
    /// Of [`Fetch::History`].
    History(Batch<HistoryEntry>),
    /// Of [`Fetch::TrustedDevices`].
    TrustedDevices(Vec<TrustedDevice>),
    /// Of [`Fetch::Organizations`] and [`Fetch::NamedOrganizations`].
    Organizations(Page<Organization>),
    /// Of [`Fetch::Roles`].
    Roles(Vec<Role>),
    /// Of [`Fetch::Restrictions`], newest first.
    Restrictions(Vec<Restriction>),
    /// Of [`Fetch::Notes`]. As they were typed, unsafe to print.
    Notes(BTreeMap<UserId, String>),
    /// Of [`Fetch::Instance`].
    Instance(Instance),
    /// Of [`Fetch::FileNames`], in order. As they are, unsafe to print.
    FileNames(Vec<String>),
    /// Of [`Fetch::Picture`].
    Picture(Picture),
}
