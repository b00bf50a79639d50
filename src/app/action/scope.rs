//! Where a key means something, and under which heading an action is told.

use strum::{EnumIter, IntoStaticStr};

/// Where a key means something. Several are active at once. Its word says where, behind "in".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum Scope {
    /// Everywhere, also in dialogs and while typing.
    #[strum(serialize = "all places")]
    Always,
    /// In the list and in the detail.
    #[strum(serialize = "the list and the detail")]
    Panes,
    /// In the list.
    #[strum(serialize = "the list")]
    List,
    /// In the detail.
    #[strum(serialize = "the detail")]
    Detail,
    /// In the memberships tab, on its row. What its keys mean in the panes they do not mean there.
    #[strum(serialize = "the memberships tab")]
    Memberships,
    /// In the invitations tab, likewise.
    #[strum(serialize = "the invitations tab")]
    Invitations,
    /// In the sessions tab, likewise.
    #[strum(serialize = "the sessions tab")]
    Sessions,
    /// In the security tab, likewise.
    #[strum(serialize = "the security tab")]
    Security,
    /// In the history tab, likewise.
    #[strum(serialize = "the history tab")]
    History,
    /// In a tab of JSON, likewise.
    #[strum(serialize = "the tabs of JSON")]
    Json,
    /// In the field for what to find in a tab of JSON, in help or in the record of changes, where every printable key is text.
    #[strum(serialize = "the field for what to find")]
    Find,
    /// In the search box, where every printable key is text.
    #[strum(serialize = "the search box")]
    Search,
    /// In a dialog that asks whether to change something.
    #[strum(serialize = "questions")]
    Confirm,
    /// In a dialog that takes text, where every printable key is text.
    #[strum(serialize = "questions that are answered in text")]
    Typing,
    /// In a form, where every printable key is text.
    #[strum(serialize = "forms")]
    Form,
    /// In the dialog of metadata, where every printable key is text.
    #[strum(serialize = "the dialog of metadata")]
    Metadata,
    /// In the field for the name of a file, where every printable key is text.
    #[strum(serialize = "the field for the name of a file")]
    Path,
    /// In a menu.
    #[strum(serialize = "menus")]
    Menu,
    /// In the list of columns.
    #[strum(serialize = "the list of columns")]
    Columns,
    /// In the menu of saved views, beside the keys of menus.
    #[strum(serialize = "the menu of views")]
    Views,
    /// In the filter form, likewise.
    #[strum(serialize = "the filter form")]
    Filter,
    /// In a picker, where every printable key is text.
    #[strum(serialize = "pickers")]
    Picker,
    /// On the help page.
    #[strum(serialize = "the help page")]
    Help,
    /// In the pane of jobs.
    #[strum(serialize = "the pane of jobs")]
    Jobs,
    /// In the record of all changes.
    #[strum(serialize = "the record of changes")]
    Record,
    /// In the pane of the requests that were sent.
    #[strum(serialize = "the pane of requests")]
    Requests,
    /// In the list of the marked, or of the lines that marked nobody.
    #[strum(serialize = "the list of the marked")]
    Marked,
    /// In the pulse.
    #[strum(serialize = "the pulse")]
    Pulse,
    /// On a box to tick in a dialog that asks. Its other keys are those of the dialog.
    #[strum(serialize = "boxes to tick")]
    CheckBox,
    /// On a button of a dialog that asks for more than one key.
    #[strum(serialize = "buttons")]
    Buttons,
    /// In a list of a dialog that asks, of whom it is about or of what would be sent.
    #[strum(serialize = "the lists of a question")]
    Listing,
    /// In the blocklist and the allowlist.
    #[strum(serialize = "the blocklist and the allowlist")]
    Restrictions,
    /// In the invitations to an organization.
    #[strum(serialize = "the invitations to an organization")]
    Invited,
    /// In the list of recovery copies.
    #[strum(serialize = "the recovery copies")]
    Trash,
    /// Where a link that lets somebody in is shown.
    #[strum(serialize = "the dialog of a link")]
    Link,
    /// Where it is told what the program runs on.
    #[strum(serialize = "what the program runs on")]
    About,
    /// In the palette, where every printable key is text.
    #[strum(serialize = "the palette")]
    Palette,
}

impl Scope {
    /// Whether every printable key is text there.
    #[must_use]
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Always
                | Self::Find
                | Self::Path
                | Self::Search
                | Self::Typing
                | Self::Form
                | Self::Filter
                | Self::Picker
                | Self::Metadata
                | Self::Palette
        )
    }
}

/// Under which heading the help page has an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, IntoStaticStr)]
pub enum Group {
    /// Moving about.
    Move,
    /// Finding users.
    Find,
    /// Marking users.
    Mark,
    /// Changing the user.
    #[strum(serialize = "The user")]
    User,
    /// Changing the user by way of the menu of further actions.
    #[strum(serialize = "More …")]
    More,
    /// Changing the marked by way of the menu of further actions.
    #[strum(serialize = "The marked …")]
    Marked,
    /// Taking something out of the program.
    #[strum(serialize = "Take away")]
    TakeAway,
    /// The program itself.
    Program,
    /// In dialogs and menus; not on the help page, as their footer says it all.
    Dialog,
}
