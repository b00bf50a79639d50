//! What is done in a tab of the user, and on its row; opening a user, and the way back.

use super::{Row, row};
use crate::app::action::{
    Action,
    Group::{Find, Move, User},
    Scope,
};

const ITEMS: &[Scope] = &[Scope::Memberships, Scope::Invitations, Scope::Security, Scope::Invited];
const BACK: &[Scope] = &[
    Scope::Panes,
    Scope::Menu,
    Scope::Columns,
    Scope::Help,
    Scope::Restrictions,
    Scope::Trash,
    Scope::Invited,
    Scope::Link,
    Scope::About,
    Scope::Jobs,
    Scope::Record,
    Scope::Requests,
    Scope::Pulse,
    Scope::Marked,
];
const OPENED: &[Scope] = &[Scope::List, Scope::Pulse, Scope::Marked, Scope::Record];
const NARROWED: &[Scope] = &[Scope::Invitations, Scope::Sessions, Scope::Invited];

pub(super) const ALL: &[Row] = &[
    row(Action::OpenOrganization, &["enter"], &[Scope::Memberships], Move, "members (Memberships)")
        .footer("members")
        .about("Shows the members of the chosen organization as the list. One step back comes back to the user."),
    row(Action::ChangeRole, &["e"], &[Scope::Memberships], User, "role (Memberships)")
        .footer("role")
        .about("Gives the chosen membership another of the instance's roles. Asks before it does."),
    row(Action::RemoveItem, &["d"], ITEMS, User, "remove the row (tabs)")
        .footer("remove")
        .about("Removes the chosen row: a membership, an invitation, a way to sign in. Asks before it does."),
    row(Action::AddMembership, &["n"], &[Scope::Memberships], User, "add (Memberships)")
        .footer("add to org")
        .about("Adds the user to an organization that is picked by name, in a role of choice. Asks before it does."),
    row(Action::InviteUser, &["n"], &[Scope::Invitations, Scope::Invited], User, "invite (Invitations)")
        .footer("invite")
        .about(
            "Invites the user to an organization that is picked by name, by their email address. Asks before it does.",
        ),
    row(Action::RevokeSession, &["x"], &[Scope::Sessions], User, "end one (Sessions)")
        .footer("end this")
        .about("Ends the chosen session and no other. Asks before it does."),
    row(Action::FetchToken, &["t"], &[Scope::Security], User, "OAuth token (Security)")
        .footer("token")
        .about("Fetches the access token that the chosen account's provider has given. Asks before it does."),
    row(Action::ShowToken, &["enter"], &[Scope::Security], User, "show or mask the token")
        .footer("show, mask")
        .about("Shows the token that was fetched for half a minute, or masks it before that."),
    row(Action::Narrow, &["f"], NARROWED, Find, "by status (tabs)")
        .footer("status")
        .about("Shows only the invitations or sessions that stand so."),
    row(Action::Fold, &["space"], &[Scope::Json], Find, "fold (JSON)")
        .footer("fold")
        .about("Folds what is under the cursor, or unfolds it."),
    row(Action::Find, &["/"], &[Scope::Json, Scope::Help, Scope::Record], Find, "find (JSON, help, !)")
        .footer("find")
        .about("Finds text in the keys and values of the JSON, on the help page, or in the record of changes."),
    row(Action::NextMatch, &["n"], &[Scope::Json], Find, "next match (JSON)")
        .footer("next")
        .about("Goes to the next place where the text was found."),
    row(Action::PreviousMatch, &["N"], &[Scope::Json], Find, "match before (JSON)")
        .about("Goes to the place before where the text was found."),
    row(Action::Open, &["enter", "l", "right"], OPENED, Move, "open the user")
        .footer("open")
        .about("Opens the user under the cursor in full."),
    row(Action::NextTab, &["]", "l", "right"], &[Scope::Detail], Move, "next tab")
        .footer("next tab")
        .about("Opens the next tab of the user."),
    row(Action::PreviousTab, &["["], &[Scope::Detail], Move, "tab before").about("Opens the tab before."),
    row(Action::Leftward, &["h", "left"], &[Scope::Detail], Move, "tab before, then list")
        .about("Opens the tab before; from the first one it goes back to the list."),
    row(Action::Back, &["esc", "h", "left"], BACK, Move, "one step back")
        .footer("back")
        .about("Leaves what was opened last: a dialog, a notice, the user, the search text."),
];
