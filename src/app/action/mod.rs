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
    Refresh,
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
    Block,
    Blocklist,
    Allowlist,
    AddIdentifier,
    RemoveIdentifier,
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
    Confirm,
    Cancel,
    Submit,
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
    Choose,
    Help,
    Run,
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
            Self::Delete => Some(Act::Delete),
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
                | Self::ChangeRole
                | Self::RemoveItem
                | Self::RevokeSession
                | Self::Narrow
        );
        let is_of_user = self.act().is_some() || self.form().is_some_and(Purpose::is_about_user);
        let is_access = matches!(self, Self::Impersonate | Self::EndImpersonation | Self::LinkSignIn);
        is_of_row || is_of_user || is_access || matches!(self, Self::Open | Self::More | Self::Copy | Self::Block)
    }

    /// Whether something can be typed behind its word in the palette.
    #[must_use]
    pub fn takes_argument(self) -> bool {
        false
    }

    /// The form that the action opens.
    #[must_use]
    pub fn form(self) -> Option<Purpose> {
        match self {
            Self::New => Some(Purpose::Create),
            Self::Edit => Some(Purpose::Edit),
            Self::ReplaceEmailAddress => Some(Purpose::ReplaceEmailAddress),
            Self::ReplacePhoneNumber => Some(Purpose::ReplacePhoneNumber),
            Self::SetImage => Some(Purpose::SetImage),
            Self::SetPassword => Some(Purpose::SetPassword),
            Self::VerifyPassword => Some(Purpose::VerifyPassword),
            Self::VerifyCode => Some(Purpose::VerifyCode),
            _ => None,
        }
    }
}
