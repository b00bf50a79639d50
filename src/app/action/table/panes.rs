//! Finding, and what else is asked for from list and detail.

use super::{PANES, Row, row};
use crate::app::action::{
    Action,
    Group::{Find, TakeAway, User},
    Scope,
};

const LISTS: &[Scope] = &[Scope::Panes, Scope::Restrictions, Scope::Trash, Scope::Invited, Scope::Pulse, Scope::Record];

const COPIED: &[Scope] = &[Scope::Panes, Scope::Restrictions, Scope::Link, Scope::Requests];
const LIST: &[Scope] = &[Scope::List];

pub(super) const ALL: &[Row] = &[
    row(Action::Search, &["/"], PANES, Find, "search, as you type")
        .footer("search")
        .about("Searches any part of a name, address, number, username, wallet or id, and filters, as you type."),
    row(Action::Filter, &["f"], &[Scope::List], Find, "filter form")
        .footer("filter")
        .about("Opens a form with everything that the list can be asked for. It writes the search line."),
    row(Action::Order, &["s"], PANES, Find, "order menu")
        .footer("sort")
        .about("Chooses one of the ten orders that Clerk knows."),
    row(Action::ReverseOrder, &["S"], PANES, Find, "turn the order round").about("Turns the order of the list round."),
    row(Action::Columns, &["c"], LIST, Find, "columns …")
        .command("columns")
        .about("Chooses which columns the list has, and in which order."),
    row(Action::Views, &["'"], LIST, Find, "saved views …")
        .command("view")
        .about("Shows the users as a saved view does: its search, order and columns."),
    row(Action::SaveView, &[], LIST, Find, "save this view")
        .command("save")
        .about("Keeps the search, the order and the columns under the name typed behind it: save spam."),
    row(Action::Copy, &["y"], COPIED, TakeAway, "copy …")
        .footer("copy")
        .about("Copies an id, an address, a value or the whole JSON through the terminal."),
    row(Action::Export, &["E"], PANES, TakeAway, "export to a file …").command("export").about(
        "Writes the marked, or else all that match, to a file: export users.csv, or .json, or .ndjson. esc stops it.",
    ),
    row(Action::Undo, &["u"], PANES, User, "undo the last change")
        .footer("undo")
        .about("Takes back the last change that can be. Asks before it does."),
    row(Action::Redo, &["ctrl-r"], PANES, User, "redo what was undone")
        .about("Does again what was taken back last. Asks before it does."),
    row(Action::Refresh, &["r"], LISTS, Find, "refresh")
        .footer("refresh")
        .about("Reads everything on the screen anew, also what failed."),
    row(Action::Watch, &["R"], PANES, Find, "refresh every 10 s")
        .command("watch")
        .about("Reads what is on the screen again every ten seconds, and marks the rows that changed; or ends that."),
    row(Action::New, &["n"], PANES, User, "new user").footer("new").about("Opens a form for a user to create."),
    row(Action::Invite, &[], PANES, User, "invite to an org").command("invite").about(
        "Invites whoever has an email address to an organization that is picked by name, in a role of choice. Asks before \
        it does.",
    ),
    row(Action::OrganizationInvitations, &[], PANES, Find, "invitations of an org").command("invitations").about(
        "Shows who is invited to an organization that is picked by name, and lets it be taken back.",
    ),
    row(Action::Edit, &["e"], PANES, User, "edit names, ids, limits")
        .footer("edit")
        .about("Opens a form with the names, ids, language and limits of the user."),
    row(Action::Note, &["N"], PANES, User, "private note")
        .about("Keeps a note on the user, on this machine only. It is shown with them, and never sent."),
    row(Action::OpenDashboard, &["o"], PANES, TakeAway, "open at Clerk")
        .about("Opens the user in Clerk's dashboard in the browser, or the chosen organization in Memberships."),
    row(Action::EditMetadata, &["m"], PANES, User, "edit metadata")
        .footer("metadata")
        .about("Opens the user's metadata; only what differs is merged in."),
];
