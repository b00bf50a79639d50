//! What a person may ask for, and the one table of it: keys, words, and where each shows.
//!
//! Footer, help page and README are views of [`TABLE`]; tests hold it together.

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
    ChangeRole,
    RemoveItem,
    RevokeSession,
    Narrow,
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
    /// The form that the action opens.
    #[must_use]
    pub fn form(self) -> Option<Purpose> {
        match self {
            Self::New => Some(Purpose::Create),
            Self::Edit => Some(Purpose::Edit),
            Self::ReplaceEmailAddress => Some(Purpose::ReplaceEmailAddress),
            Self::ReplacePhoneNumber => Some(Purpose::ReplacePhoneNumber),
            Self::EditMetadata => Some(Purpose::EditMetadata),
            Self::ReplaceMetadata => Some(Purpose::ReplaceMetadata),
            Self::SetImage => Some(Purpose::SetImage),
            Self::SetPassword => Some(Purpose::SetPassword),
            Self::VerifyPassword => Some(Purpose::VerifyPassword),
            Self::VerifyCode => Some(Purpose::VerifyCode),
            _ => None,
        }
    }
}

/// Where a key means something. Several are active at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter)]
pub enum Scope {
    /// Everywhere, also in dialogs and while typing.
    Always,
    /// In the list and in the detail.
    Panes,
    /// In the list.
    List,
    /// In the detail.
    Detail,
    /// In the memberships tab, on its row. What its keys mean in the panes they do not mean there.
    Memberships,
    /// In the invitations tab, likewise.
    Invitations,
    /// In the sessions tab, likewise.
    Sessions,
    /// In the security tab, likewise.
    Security,
    /// In a tab of JSON, likewise.
    Json,
    /// In the field for what to find in a tab of JSON, where every printable key is text.
    Find,
    /// In the search box, where every printable key is text.
    Search,
    /// In a dialog that asks whether to change something.
    Confirm,
    /// In a dialog that takes text, where every printable key is text.
    Typing,
    /// In a form, where every printable key is text.
    Form,
    /// In a menu.
    Menu,
    /// On the help page.
    Help,
}

/// Under which heading the help page has an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, IntoStaticStr)]
pub enum Group {
    /// Moving about.
    Move,
    /// Finding users.
    Find,
    /// Changing the user.
    #[strum(serialize = "The user")]
    User,
    /// Changing the user by way of the menu of further actions.
    #[strum(serialize = "More …")]
    More,
    /// Taking something out of the program.
    #[strum(serialize = "Take away")]
    TakeAway,
    /// The program itself.
    Program,
    /// In dialogs and menus; not on the help page, as their footer says it all.
    Dialog,
}

/// All about one action.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// The default keys, the first of them shown where there is room for one.
    pub keys: &'static [&'static str],
    /// The letter in the menu of further actions, for those that have no key of their own.
    pub more: Option<char>,
    /// Where they mean it.
    pub scopes: &'static [Scope],
    /// Its heading on the help page.
    pub group: Group,
    /// For the footer, at most 12 columns; none when it does not show there.
    pub footer: Option<&'static str>,
    /// For help and README.
    pub help: &'static str,
}

use Group::{Dialog, Find, Move, Program, User};

const PANES: &[Scope] = &[Scope::Panes];
const ITEMS: &[Scope] = &[Scope::Memberships, Scope::Invitations, Scope::Security];
const NARROWED: &[Scope] = &[Scope::Invitations, Scope::Sessions];
const TYPED: &[Scope] = &[Scope::Typing, Scope::Form];
const ROWS: &[Scope] = &[Scope::Panes, Scope::Menu, Scope::Help];

/// One row for each action. The footer shows them in this order.
pub const TABLE: &[Row] = &[
    row(Action::Confirm, &["enter", "y"], &[Scope::Confirm], Dialog, Some("do it"), "do it"),
    row(Action::Cancel, &["esc", "n"], &[Scope::Confirm], Dialog, Some("cancel"), "leave it"),
    row(Action::Submit, &["enter"], TYPED, Dialog, Some("do it"), "do it"),
    row(Action::Dismiss, &["esc"], TYPED, Dialog, Some("cancel"), "leave it"),
    row(Action::NextField, &["tab", "down"], &[Scope::Form], Dialog, Some("next field"), "next field"),
    row(Action::PreviousField, &["shift-tab", "up"], &[Scope::Form], Dialog, Some("field before"), "field before"),
    row(Action::EndSearch, &["enter"], &[Scope::Search], Dialog, Some("list"), "to the list, the text stays"),
    row(Action::ClearSearch, &["esc"], &[Scope::Search], Dialog, Some("clear"), "clear the text"),
    row(Action::EndFind, &["enter"], &[Scope::Find], Dialog, Some("lines"), "to the lines, the text stays"),
    row(Action::ClearFind, &["esc"], &[Scope::Find], Dialog, Some("clear"), "find nothing"),
    row(Action::Run, &["enter"], &[Scope::Menu, Scope::Help], Dialog, Some("run"), "run the chosen one"),
    row(Action::ChangeRole, &["e"], &[Scope::Memberships], User, Some("role"), "role (Memberships)"),
    row(Action::RemoveItem, &["d"], ITEMS, User, Some("remove"), "remove the row (tabs)"),
    row(Action::RevokeSession, &["x"], &[Scope::Sessions], User, Some("end this"), "end one (Sessions)"),
    row(Action::Narrow, &["f"], NARROWED, Find, Some("status"), "by status (tabs)"),
    row(Action::Fold, &["space"], &[Scope::Json], Find, Some("fold"), "fold (JSON)"),
    row(Action::Find, &["/"], &[Scope::Json], Find, Some("find"), "find in it (JSON)"),
    row(Action::NextMatch, &["n"], &[Scope::Json], Find, Some("next"), "next match (JSON)"),
    row(Action::PreviousMatch, &["N"], &[Scope::Json], Find, None, "match before (JSON)"),
    row(Action::Open, &["enter", "l", "right"], &[Scope::List], Move, Some("open"), "open the user"),
    row(Action::NextTab, &["]"], &[Scope::Detail], Move, Some("next tab"), "next tab"),
    row(Action::PreviousTab, &["["], &[Scope::Detail], Move, None, "tab before"),
    row(
        Action::Back,
        &["esc", "h", "left"],
        &[Scope::Panes, Scope::Menu, Scope::Help],
        Move,
        Some("back"),
        "one step back",
    ),
    row(Action::Ban, &["b"], PANES, User, Some("ban"), "ban"),
    row(Action::Unban, &["B"], PANES, User, Some("unban"), "lift the ban"),
    row(Action::Lock, &["L"], PANES, User, Some("lock"), "lock"),
    row(Action::Unlock, &["U"], PANES, User, Some("unlock"), "end the lock"),
    row(Action::SignOut, &["x", "X"], PANES, User, Some("sign out"), "sign out everywhere"),
    row(Action::Delete, &["d"], PANES, User, Some("delete"), "delete; asks to type"),
    row(Action::More, &["."], PANES, User, Some("more"), "more …"),
    more(Action::ReplaceEmailAddress, 'e', "replace email address"),
    more(Action::ReplacePhoneNumber, 'n', "replace phone number"),
    more(Action::ReplaceMetadata, 'r', "replace metadata"),
    more(Action::SetImage, 'i', "upload a picture"),
    more(Action::DeleteImage, 'd', "remove the picture"),
    more(Action::SetPassword, 's', "set a password"),
    more(Action::VerifyPassword, 'v', "verify a password"),
    more(Action::VerifyCode, 'o', "verify a code"),
    more(Action::RemovePassword, 'p', "remove the password"),
    more(Action::SetPasswordCompromised, 'c', "password compromised"),
    more(Action::UnsetPasswordCompromised, 'u', "not compromised"),
    more(Action::DisableMfa, 'm', "remove second factors"),
    more(Action::DeleteTotp, 't', "remove TOTP"),
    more(Action::DeleteBackupCodes, 'b', "remove backup codes"),
    row(Action::Search, &["/"], PANES, Find, Some("search"), "search, as you type"),
    row(Action::Order, &["s"], PANES, Find, Some("sort"), "order menu"),
    row(Action::ReverseOrder, &["S"], PANES, Find, None, "turn the order round"),
    row(Action::Copy, &["y"], PANES, Group::TakeAway, Some("copy"), "copy …"),
    row(Action::Undo, &["u"], PANES, User, Some("undo"), "undo the last change"),
    row(Action::Refresh, &["r"], PANES, Find, Some("refresh"), "refresh"),
    row(Action::New, &["n"], PANES, User, Some("new"), "new user"),
    row(Action::Edit, &["e"], PANES, User, Some("edit"), "edit names, ids, limits"),
    row(Action::EditMetadata, &["m"], PANES, User, Some("metadata"), "edit metadata"),
    row(Action::Down, &["j", "down"], ROWS, Move, None, "one row down"),
    row(Action::Up, &["k", "up"], ROWS, Move, None, "one row up"),
    row(Action::HalfPageDown, &["ctrl-d"], ROWS, Move, None, "half a page down"),
    row(Action::HalfPageUp, &["ctrl-u"], ROWS, Move, None, "half a page up"),
    row(Action::PageDown, &["ctrl-f", "pagedown"], ROWS, Move, None, "a page down"),
    row(Action::PageUp, &["ctrl-b", "pageup"], ROWS, Move, None, "a page up"),
    row(Action::First, &["g", "home"], ROWS, Move, None, "the first of all"),
    row(Action::Last, &["G", "end"], ROWS, Move, None, "the last of all"),
    row(Action::OtherPane, &["tab", "shift-tab"], PANES, Move, None, "list or detail"),
    row(Action::ProfileTab, &["1"], PANES, Move, None, "profile"),
    row(Action::MembershipsTab, &["2"], PANES, Move, None, "memberships"),
    row(Action::InvitationsTab, &["3"], PANES, Move, None, "invitations"),
    row(Action::SessionsTab, &["4"], PANES, Move, None, "sessions"),
    row(Action::SecurityTab, &["5"], PANES, Move, None, "security"),
    row(Action::MetadataTab, &["6"], PANES, Move, None, "metadata"),
    row(Action::RawTab, &["8"], PANES, Move, None, "raw JSON"),
    row(Action::ScrollDetailDown, &["J"], PANES, Move, None, "scroll the detail down"),
    row(Action::ScrollDetailUp, &["K"], PANES, Move, None, "scroll the detail up"),
    row(Action::Help, &["?"], &[Scope::Panes, Scope::Help], Program, Some("help"), "help"),
    row(Action::Mouse, &["%"], PANES, Program, None, "mouse: yours, ours"),
    row(Action::Redraw, &["ctrl-l"], &[Scope::Always], Program, None, "draw again"),
    row(Action::Suspend, &["ctrl-z"], &[Scope::Always], Program, None, "suspend; fg comes back"),
    row(Action::Quit, &["q"], PANES, Program, Some("quit"), "quit"),
    row(Action::Interrupt, &["ctrl-c"], &[Scope::Always], Program, None, "quit, from anywhere"),
];

const fn row(
    action: Action,
    keys: &'static [&'static str],
    scopes: &'static [Scope],
    group: Group,
    footer: Option<&'static str>,
    help: &'static str,
) -> Row {
    Row { action, keys, more: None, scopes, group, footer, help }
}

/// An action that has a letter in the menu `.` instead of a key.
const fn more(action: Action, letter: char, help: &'static str) -> Row {
    Row { action, keys: &[], more: Some(letter), scopes: PANES, group: Group::More, footer: None, help }
}

/// The row of an action.
#[must_use]
pub fn row_of(action: Action) -> &'static Row {
    // A test holds that each action has its row; the first is never taken.
    TABLE.iter().find(|row| row.action == action).unwrap_or(&TABLE[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn each_action_has_one_row() {
        for action in Action::iter() {
            assert_eq!(TABLE.iter().filter(|row| row.action == action).count(), 1, "{action:?}");
        }
    }

    #[test]
    fn words_fit_where_they_show() {
        for row in TABLE {
            assert!(row.footer.is_none_or(|label| label.width() <= 12), "{row:?}");
            assert!(
                !row.help.is_empty() && row.help.width() <= if row.group == Group::Dialog { 28 } else { 23 },
                "{row:?}"
            );
            assert!(!row.scopes.is_empty() && row.keys.is_empty() == row.more.is_some(), "{row:?}");
        }
    }

    #[test]
    fn nothing_that_changes_a_user_is_on_a_key_that_moves_or_on_ctrl() {
        let moving =
            ["h", "j", "k", "l", "g", "G", "J", "K", "enter", "space", "esc", "tab", "up", "down", "left", "right"];
        for row in TABLE.iter().filter(|row| row.action.act().is_some()) {
            assert!(row.keys.iter().all(|key| !moving.contains(key) && !key.starts_with("ctrl")), "{row:?}");
        }
    }
}
