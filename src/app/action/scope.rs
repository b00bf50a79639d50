//! Where a key means something, and under which heading an action is told.

use strum::{EnumIter, IntoStaticStr};

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
    /// In the history tab, likewise.
    History,
    /// In a tab of JSON, likewise.
    Json,
    /// In the field for what to find in a tab of JSON or in help, where every printable key is text.
    Find,
    /// In the search box, where every printable key is text.
    Search,
    /// In a dialog that asks whether to change something.
    Confirm,
    /// In a dialog that takes text, where every printable key is text.
    Typing,
    /// In a form, where every printable key is text.
    Form,
    /// In the dialog of metadata, where every printable key is text.
    Metadata,
    /// In a menu.
    Menu,
    /// In the filter form, likewise.
    Filter,
    /// In a picker, where every printable key is text.
    Picker,
    /// On the help page.
    Help,
    /// On a box to tick in a dialog that asks. Its other keys are those of the dialog.
    CheckBox,
    /// In the blocklist and the allowlist.
    Restrictions,
    /// Where a link that lets somebody in is shown.
    Link,
    /// In the palette, where every printable key is text.
    Palette,
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
