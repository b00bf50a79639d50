//! What the runtime must do, as plain data.

use super::{
    act::{Picture, RestrictionList},
    admins::{AdminPlaces, AdminsFound},
    change::{Change, ChangeId, InvitationChange, RestrictionChange},
    detail::{Batch, HistoryEntry},
    dialog::{RecordFilter, RecordRow, Restriction},
    event::Timer,
    exporting::Exporting,
    job::{JobReport, JobRequest, Target},
    marks::MarkList,
    memory::Remember,
    new_user::NewUser,
    requests::{Generation, SlotId},
    restoration::{Deleted, Restoration},
    secret::Secret,
    undo::{Retrace, Step},
};
use crate::clerk::{
    model::{
        Instance, InvitationStatus, Organization, OrganizationId, OrganizationInvitation, OrganizationMembership, Page,
        Received, Role, Session, SessionStatus, TrustedDevice, User, UserId,
    },
    query::{PageLimit, UserFilter, UserPage, UserQuery},
};
use std::{collections::BTreeMap, path::PathBuf, time::Duration};

/// What one update asks for, in order.
pub type Effects = Vec<Effect>;

/// An instruction to the runtime. No closures, so that a test can compare it, and secrets only in a type that shows none.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// What goes on in the background, whatever the program is seen and typed on.
    Work(Box<Work>),
    /// Open an address in the browser; answered by [`Reply::Browsed`](super::Reply::Browsed) where there may be one, unless
    /// another is opened before that.
    Browse(String),
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
    /// The same, to begin anew on the instance of this profile.
    Switch(String),
}

impl From<Work> for Effect {
    fn from(work: Work) -> Self {
        Self::Work(Box::new(work))
    }
}

/// Something to begin, to put off or to leave in the background.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Work {
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
    /// Make an invitation to an organization or take one back, recorded in the same way; answered by
    /// [`Reply::Changed`](super::Reply::Changed). Never aborted.
    Invite(InvitationChange),
    /// Make somebody who was deleted anew, recorded in the same way; answered by [`Reply::Changed`](super::Reply::Changed).
    /// Never aborted.
    Restore(Restoration),
    /// Throw away the recovery copy of this user; answered by [`Reply::Purged`](super::Reply::Purged). Never aborted.
    Purge(ChangeId, UserId),
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
    /// Ask something of whoever carries jobs out; answered by [`Reply::Job`](super::Reply::Job). Never aborted. What becomes
    /// of a job is told by [`Event::Job`](super::Event::Job).
    Job(ChangeId, JobRequest),
    /// Let nothing leave for Clerk any more but what reads, or again everything.
    ReadOnly(bool),
    /// Write this down, to be remembered at the next start; answered by [`Reply::Remembered`](super::Reply::Remembered).
    Remember(Remember),
    /// Send [`Event::Due`](super::Event::Due) after this long, instead of when it was last asked for.
    After(Timer, Duration),
    /// Don't, after all.
    Disarm(Timer),
}

impl Effect {
    /// Whether something is other than before once it is done, at Clerk or in the notes on this machine.
    #[must_use]
    pub fn changes_something(&self) -> bool {
        let Self::Work(work) = self else { return false };
        matches!(
            **work,
            Work::Change(_)
                | Work::Create(..)
                | Work::Restore(_)
                | Work::Purge(..)
                | Work::Restrict(_)
                | Work::Invite(_)
                | Work::KeepNote { .. }
                | Work::Job(_, JobRequest::Begin(_) | JobRequest::GoOn(_))
        )
    }
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
    /// The same for what nobody waits for: it leaves the rate limit to others; answered by [`Fetched::Users`].
    UsersInBackground {
        /// Which users, in which order.
        query: UserQuery,
        /// Which of its pages.
        page: UserPage,
    },
    /// How many users pass a filter; answered by [`Fetched::Count`].
    Count(UserFilter),
    /// The same for what nobody waits for: it leaves the rate limit to others; answered by [`Fetched::Count`].
    CountInBackground(UserFilter),
    /// Those of these users that there are, in no promised order, and only those who are members of one of these
    /// organizations if any is named; answered by [`Fetched::Users`]. In the background: it leaves the rate limit to others.
    Among {
        /// Whom; at most a hundred.
        users: Vec<UserId>,
        /// Members of which organizations; of none, and it is asked of nobody.
        members_of: Vec<OrganizationId>,
    },
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
    /// The newest invitations to an organization, at most a page; answered by [`Fetched::Invitations`].
    OrganizationInvitations {
        /// Which.
        organization: OrganizationId,
        /// Only those that stand so.
        status: Option<InvitationStatus>,
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
    /// A page of what the record of changes has of the instance, latest first, jobs folded; answered by
    /// [`Fetched::Record`].
    Record {
        /// Which changes.
        filter: RecordFilter,
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
    /// Who else is admin where a user is one; answered by [`Fetched::OtherAdmins`].
    OtherAdmins {
        /// Else than whom.
        user: UserId,
        /// Where.
        places: AdminPlaces,
    },
    /// The whole of a list of who may sign up; answered by [`Fetched::Restrictions`].
    Restrictions(RestrictionList),
    /// The recovery copies of users of the instance; answered by [`Fetched::Trash`].
    Trash,
    /// The private notes on users of the instance; answered by [`Fetched::Notes`].
    Notes,
    /// What was done last and can be taken back, or taken back last and can be done again, as the audit log tells; answered
    /// by [`Fetched::Step`].
    Step(Retrace),
    /// The jobs at the instance that broke off in an earlier run; answered by [`Fetched::UnfinishedJobs`].
    UnfinishedJobs,
    /// The instance that the key opens; answered by [`Fetched::Instance`].
    Instance,
    /// What the last part of the name of a file on this machine can be completed to; answered by
    /// [`Fetched::FileNames`].
    FileNames(String),
    /// What the picture in this file on this machine is; answered by [`Fetched::Picture`].
    Picture(String),
    /// The list of users in this file on this machine; answered by [`Fetched::MarkList`].
    MarkList(String),
    /// Users, written to a file on this machine that is not there yet; answered by [`Fetched::Exported`].
    Export(Exporting),
    /// Whom the job of this journal could not change; answered by [`Fetched::FailedOfJob`].
    FailedOfJob(PathBuf),
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Fetched {
    /// Of [`Fetch::Users`] and [`Fetch::UsersInBackground`], in the order asked for.
    Users(Vec<Received<User>>),
    /// Of [`Fetch::Count`].
    Count(u64),
    /// Of [`Fetch::User`].
    User(Box<Received<User>>),
    /// Of [`Fetch::Memberships`].
    Memberships(Page<OrganizationMembership>),
    /// Of [`Fetch::Invitations`] and [`Fetch::OrganizationInvitations`].
    Invitations(Page<OrganizationInvitation>),
    /// Of [`Fetch::Sessions`].
    Sessions(Vec<Session>),
    /// Of [`Fetch::History`].
    History(Batch<HistoryEntry>),
    /// Of [`Fetch::Record`].
    Record(Batch<RecordRow>),
    /// Of [`Fetch::TrustedDevices`].
    TrustedDevices(Vec<TrustedDevice>),
    /// Of [`Fetch::Organizations`] and [`Fetch::NamedOrganizations`].
    Organizations(Page<Organization>),
    /// Of [`Fetch::Roles`].
    Roles(Vec<Role>),
    /// Of [`Fetch::OtherAdmins`].
    OtherAdmins(AdminsFound),
    /// Of [`Fetch::Restrictions`], newest first.
    Restrictions(Vec<Restriction>),
    /// Of [`Fetch::Trash`], the latest first.
    Trash(Vec<Deleted>),
    /// Of [`Fetch::Notes`]. As they were typed, unsafe to print.
    Notes(BTreeMap<UserId, String>),
    /// Of [`Fetch::Step`].
    Step(Step),
    /// Of [`Fetch::UnfinishedJobs`], the oldest first.
    UnfinishedJobs(Vec<JobReport>),
    /// Of [`Fetch::Instance`].
    Instance(Instance),
    /// Of [`Fetch::FileNames`], in order. As they are, unsafe to print.
    FileNames(Vec<String>),
    /// Of [`Fetch::Picture`].
    Picture(Picture),
    /// Of [`Fetch::MarkList`].
    MarkList(MarkList),
    /// Of [`Fetch::Export`].
    Exported {
        /// Where the file is. As it is, unsafe to print.
        path: PathBuf,
        /// How many users are in it.
        users: u64,
    },
    /// Of [`Fetch::FailedOfJob`], in the order in which the job was to change them.
    FailedOfJob(Vec<Target>),
}
