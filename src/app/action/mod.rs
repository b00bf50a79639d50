//! What a person may ask for, and the one table of it: keys, words, and where each shows.
//!
//! Footer, palette, help page and README are views of [`rows`]; tests hold it together.

mod scope;
mod table;

pub use scope::{Group, Scope};
pub use table::{Row, row_of, rows};

use super::{
    act::{Act, ImageAct, SecurityAct},
    dialog::Purpose,
};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// Something a person can ask for. Fieldless, so that it can be named in a config file, in the footer and in help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "the table says what each is, in the words that the user reads")]
pub enum Action {
    Down,
    Up,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    First,
    Last,
    Open,
    Back,
    OtherPane,
    Zoom,
    ViewBefore,
    ViewAfter,
    ProfileTab,
    MembershipsTab,
    InvitationsTab,
    SessionsTab,
    SecurityTab,
    MetadataTab,
    HistoryTab,
    RawTab,
    NextTab,
    PreviousTab,
    /// The tab before, or the list when there is none.
    Leftward,
    ScrollDetailDown,
    ScrollDetailUp,
    Fold,
    Find,
    NextMatch,
    PreviousMatch,
    EndFind,
    ClearFind,
    Search,
    EndSearch,
    ClearSearch,
    Order,
    ReverseOrder,
    Columns,
    ToggleColumn,
    MoveColumnDown,
    MoveColumnUp,
    ResetColumns,
    Views,
    SaveView,
    DeleteView,
    Refresh,
    Watch,
    MarkUser,
    MarkRange,
    MarkDown,
    MarkUp,
    MarkAll,
    InvertMarks,
    DropMarks,
    Marked,
    MarkFile,
    Unmatched,
    Export,
    Ban,
    Unban,
    Lock,
    Unlock,
    SignOut,
    Delete,
    Filter,
    PickOrganization,
    ClearFilters,
    OpenOrganization,
    AddMembership,
    /// Invite anybody to an organization.
    Invite,
    /// The same, beginning with the address of the user whose invitations are open.
    InviteUser,
    /// Look at the invitations to an organization.
    OrganizationInvitations,
    ChangeRole,
    RemoveItem,
    RevokeSession,
    FetchToken,
    ShowToken,
    Narrow,
    Impersonate,
    EndImpersonation,
    LinkSignIn,
    Reveal,
    EndLink,
    SetMetadataKey,
    BlockAddresses,
    BlockDomains,
    BlockNumbers,
    RemoveMembers,
    RemoveFromOrganization,
    Note,
    OpenDashboard,
    Block,
    Blocklist,
    Allowlist,
    AddIdentifier,
    RemoveIdentifier,
    Trash,
    Restore,
    Purge,
    Toggle,
    New,
    Edit,
    EditMetadata,
    More,
    ReplaceMetadata,
    SetImage,
    DeleteImage,
    ReplaceEmailAddress,
    ReplacePhoneNumber,
    SetPassword,
    VerifyPassword,
    VerifyCode,
    RemovePassword,
    SetPasswordCompromised,
    UnsetPasswordCompromised,
    DisableMfa,
    DeleteTotp,
    DeleteBackupCodes,
    Copy,
    Undo,
    /// Do again what was taken back last.
    Redo,
    Confirm,
    Cancel,
    Submit,
    Press,
    Dismiss,
    NextField,
    PreviousField,
    NextPlace,
    PreviousPlace,
    NextEntry,
    PreviousEntry,
    Complete,
    Palette,
    GoOn,
    NextBag,
    PreviousBag,
    Editor,
    Record,
    Requests,
    /// The pane of jobs.
    Jobs,
    /// Let the chosen job stand still, or go on.
    PauseJob,
    /// Begin nothing further of the chosen job.
    CancelJob,
    /// Try once more what failed of the chosen job.
    RetryJob,
    /// Give jobs more of the rate limit.
    MoreShare,
    /// Give them less of it.
    LessShare,
    /// Write down what became of each user of the chosen job.
    SaveOutcomes,
    /// Mark those of a job whom it could not change.
    MarkFailed,
    Pulse,
    About,
    Choose,
    Help,
    Run,
    Mask,
    ReadOnly,
    /// Another instance that has a name.
    Profiles,
    Theme,
    Mouse,
    Redraw,
    Suspend,
    Quit,
    Interrupt,
}

impl Action {
    /// The act on a user that the action asks for.
    #[must_use]
    pub fn act(self) -> Option<Act> {
        match self {
            Self::Ban => Some(Act::Ban),
            Self::Unban => Some(Act::Unban),
            Self::Lock => Some(Act::Lock),
            Self::Unlock => Some(Act::Unlock),
            Self::SignOut => Some(Act::SignOut),
            Self::Delete => Some(Act::Delete { copy: true }),
            Self::RemovePassword => Some(Act::Security(SecurityAct::RemovePassword)),
            Self::SetPasswordCompromised => Some(Act::Security(SecurityAct::SetPasswordCompromised)),
            Self::UnsetPasswordCompromised => Some(Act::Security(SecurityAct::UnsetPasswordCompromised)),
            Self::DisableMfa => Some(Act::Security(SecurityAct::DisableMfa)),
            Self::DeleteTotp => Some(Act::Security(SecurityAct::DeleteTotp)),
            Self::DeleteBackupCodes => Some(Act::Security(SecurityAct::DeleteBackupCodes)),
            Self::DeleteImage => Some(Act::Image(ImageAct::Delete)),
            _ => None,
        }
    }
}

impl Action {
    /// Whether it is about the user, or about something of theirs.
    #[must_use]
    pub fn is_about_user(self) -> bool {
        let is_of_row = matches!(
            self,
            Self::OpenOrganization
                | Self::AddMembership
                | Self::InviteUser
                | Self::ChangeRole
                | Self::RemoveItem
                | Self::RevokeSession
                | Self::Narrow
        );
        let is_of_user = self.act().is_some() || self.form().is_some_and(Purpose::is_about_user);
        let is_access = matches!(self, Self::Impersonate | Self::EndImpersonation | Self::LinkSignIn);
        is_of_row
            || is_of_user
            || is_access
            || matches!(self, Self::Open | Self::More | Self::Copy | Self::Block | Self::OpenDashboard)
    }

    /// Whether something can be typed behind its word in the palette.
    #[must_use]
    pub fn takes_argument(self) -> bool {
        matches!(self, Self::Theme | Self::Views | Self::SaveView | Self::MarkFile | Self::Export | Self::Profiles)
    }

    /// Its name in the configuration file: `ban`, `sign-out`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it leads to a change of a user, though never without a question.
    #[must_use]
    pub fn changes_a_user(self) -> bool {
        self.act().is_some() || matches!(self, Self::ChangeRole | Self::RemoveItem | Self::RevokeSession)
    }

    /// The form that the action opens.
    #[must_use]
    pub fn form(self) -> Option<Purpose> {
        match self {
            Self::New => Some(Purpose::Create),
            Self::Edit => Some(Purpose::Edit),
            Self::Note => Some(Purpose::Note),
            Self::ReplaceEmailAddress => Some(Purpose::ReplaceEmailAddress),
            Self::ReplacePhoneNumber => Some(Purpose::ReplacePhoneNumber),
            Self::SetPassword => Some(Purpose::SetPassword),
            Self::VerifyPassword => Some(Purpose::VerifyPassword),
            Self::VerifyCode => Some(Purpose::VerifyCode),
            _ => None,
        }
    }
}
