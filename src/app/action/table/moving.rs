//! Moving about.

use super::{PANES, Row, row};
use crate::app::action::{Action, Group::Move, Scope};

const ROWS: &[Scope] = &[
    Scope::Panes,
    Scope::Menu,
    Scope::Columns,
    Scope::Help,
    Scope::Confirm,
    Scope::Restrictions,
    Scope::Trash,
    Scope::Invited,
    Scope::Jobs,
    Scope::Record,
    Scope::Requests,
    Scope::Listing,
    Scope::Pulse,
    Scope::Marked,
];

pub(super) const ALL: &[Row] = &[
    row(Action::Down, &["j", "down"], ROWS, Move, "one row down").about("Moves down by a row."),
    row(Action::Up, &["k", "up"], ROWS, Move, "one row up").about("Moves up by a row."),
    row(Action::HalfPageDown, &["ctrl-d"], ROWS, Move, "half a page down")
        .about("Moves down by half of what is on the screen."),
    row(Action::HalfPageUp, &["ctrl-u"], ROWS, Move, "half a page up")
        .about("Moves up by half of what is on the screen."),
    row(Action::PageDown, &["ctrl-f", "pagedown"], ROWS, Move, "a page down")
        .about("Moves down by what is on the screen."),
    row(Action::PageUp, &["ctrl-b", "pageup"], ROWS, Move, "a page up").about("Moves up by what is on the screen."),
    row(Action::First, &["g", "home"], ROWS, Move, "the first of all")
        .about("Goes to the first user of all that match."),
    row(Action::Last, &["G", "end"], ROWS, Move, "the last of all").about("Goes to the last user of all that match."),
    row(Action::OtherPane, &["tab", "shift-tab"], PANES, Move, "list or detail")
        .about("Goes from the list to the detail, or back."),
    row(Action::Zoom, &["z"], PANES, Move, "zoom the pane")
        .about("Gives one pane all the room, or lets the other have its part again."),
    row(Action::ViewBefore, &["-", "alt-left"], PANES, Move, "the view before")
        .about("Goes back to what was searched for, ordered or opened before."),
    row(Action::ViewAfter, &["alt-right"], PANES, Move, "forward again").about("Goes forward again after going back."),
    row(Action::ProfileTab, &["1"], PANES, Move, "profile")
        .about("Shows who the user is, when they came, and what they may do."),
    row(Action::MembershipsTab, &["2"], PANES, Move, "memberships")
        .about("Shows the organizations that the user belongs to."),
    row(Action::InvitationsTab, &["3"], PANES, Move, "invitations")
        .about("Shows the organizations that the user is invited to."),
    row(Action::SessionsTab, &["4"], PANES, Move, "sessions").about("Shows where the user is signed in."),
    row(Action::SecurityTab, &["5"], PANES, Move, "security").about("Shows what the user signs in with."),
    row(Action::MetadataTab, &["6"], PANES, Move, "metadata").about("Shows the public, private and unsafe metadata."),
    row(Action::HistoryTab, &["7"], PANES, Move, "history")
        .about("Shows what was done to the user from here, by whom, and what came of it."),
    row(Action::RawTab, &["8"], PANES, Move, "raw JSON").about("Shows the user exactly as Clerk told it."),
    row(Action::ScrollDetailDown, &["J"], PANES, Move, "scroll the detail down")
        .about("Moves in the detail while the list keeps the keys."),
    row(Action::ScrollDetailUp, &["K"], PANES, Move, "scroll the detail up")
        .about("Moves in the detail while the list keeps the keys."),
];
