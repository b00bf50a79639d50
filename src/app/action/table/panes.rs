//! Finding, and what else is asked for from list and detail.

use super::{PANES, Row, row};
use crate::app::action::{
    Action,
    Group::{Find, TakeAway, User},
    Scope,
};

const LISTS: &[Scope] = &[Scope::Panes, Scope::Restrictions];

const COPIED: &[Scope] = &[Scope::Panes, Scope::Restrictions, Scope::Link];
const LIST: &[Scope] = &[Scope::List];

pub(super) const ALL: &[Row] = &[
    row(Action::Search, &["/"], PANES, Find, "search, as you type")
        .footer("search")
        .about("Searches any part of a name, address, number, username, wallet or id, and filters, as you type."),
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
    row(Action::Undo, &["u"], PANES, User, "undo the last change")
        .footer("undo")
        .about("Takes back the last change that can be. Asks before it does."),
    row(Action::Refresh, &["r"], LISTS, Find, "refresh")
        .footer("refresh")
        .about("Reads everything on the screen anew, also what failed."),
    row(Action::New, &["n"], PANES, User, "new user").footer("new").about("Opens a form for a user to create."),
    row(Action::Edit, &["e"], PANES, User, "edit names, ids, limits")
        .footer("edit")
        .about("Opens a form with the names, ids, language and limits of the user."),
    row(Action::EditMetadata, &["m"], PANES, User, "edit metadata")
        .footer("metadata")
        .about("Opens the user's metadata; only what differs is merged in."),
];
