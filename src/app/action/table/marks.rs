//! Marking users, so that one action is about many.

use super::{PANES, Row, row};
use crate::app::action::{Action, Group::Mark, Scope};

const LIST: &[Scope] = &[Scope::List];
const LISTS: &[Scope] = &[Scope::List, Scope::Marked];

pub(super) const ALL: &[Row] = &[
    row(Action::MarkUser, &["space"], LISTS, Mark, "mark, and go down").footer("mark").about(
        "Marks the user under the cursor and goes down; again, it takes the mark away. Marks stay while you page, \
        sort, search and refresh.",
    ),
    row(Action::MarkRange, &["v"], LIST, Mark, "mark from here on").about(
        "Marks every row that the cursor moves over. The same key ends it, and so does any action; esc takes it back.",
    ),
    row(Action::MarkDown, &["shift-down"], LIST, Mark, "mark this and below")
        .about("Marks this row and the one below it."),
    row(Action::MarkUp, &["shift-up"], LIST, Mark, "mark this and above").about("Marks this row and the one above it."),
    row(Action::MarkAll, &["a"], LIST, Mark, "mark all that match")
        .about(
            "Marks all that match the search, thousands of them, also those that are not loaded. Nobody who signs up \
            meanwhile is among them. esc stops it.",
        ),
    row(Action::InvertMarks, &["I"], LIST, Mark, "invert all that match").about(
        "Of all that match the search, loaded or not, marks those who are not marked, and takes the marks of the others \
        away. Marks on users who do not match stay.",
    ),
    row(Action::DropMarks, &["A"], &[Scope::Panes, Scope::Marked], Mark, "mark nobody").about("Drops every mark. Undo brings them back."),
    row(Action::Marked, &[], PANES, Mark, "list the marked")
        .command("marked")
        .about("Lists the marked, in the order in which they were marked, and says who is not found any more."),
    row(Action::MarkFile, &[], LIST, Mark, "mark from a file").command("mark").about(
        "Marks the users that a file names, an id, email address or username a line: mark wave.txt. Lines that name \
        nobody are listed.",
    ),
    row(Action::Unmatched, &[], PANES, Mark, "lines that name nobody")
        .command("unmatched")
        .about("Lists the lines of the last file that marked nobody."),
];
