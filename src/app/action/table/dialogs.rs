//! Answers to dialogs, and what ends a field that is typed into.

use super::{Row, row};
use crate::app::action::{Action, Group::Dialog, Scope};

const TYPED: &[Scope] = &[Scope::Typing, Scope::Form, Scope::Filter, Scope::Path];
const FORMS: &[Scope] = &[Scope::Form, Scope::Filter];
const RUN: &[Scope] = &[Scope::Menu, Scope::Help, Scope::Palette];
const DISMISSED: &[Scope] = &[
    Scope::Typing,
    Scope::Form,
    Scope::Filter,
    Scope::Metadata,
    Scope::Path,
    Scope::Palette,
    Scope::Picker,
    Scope::Buttons,
    Scope::Listing,
];
const BAGS: &[Scope] = &[Scope::Metadata];
const PLACES: &[Scope] = &[Scope::Typing, Scope::Confirm, Scope::Buttons];
const ENTRIES: &[Scope] = &[Scope::Palette, Scope::Picker];

const JOBS: &[Scope] = &[Scope::Jobs];
const COLUMNS: &[Scope] = &[Scope::Columns];

pub(super) const ALL: &[Row] = &[
    row(Action::Confirm, &["enter", "y"], &[Scope::Confirm], Dialog, "do it").footer("do it"),
    row(Action::Cancel, &["esc", "n"], &[Scope::Confirm], Dialog, "leave it").footer("cancel"),
    row(Action::Press, &["enter"], &[Scope::Buttons], Dialog, "press the button").footer("press"),
    row(Action::Toggle, &["space"], &[Scope::CheckBox], Dialog, "tick, untick").footer("tick"),
    row(Action::Reveal, &["enter"], &[Scope::Link], Dialog, "show it, mask it").footer("show, mask"),
    row(Action::EndLink, &["x"], &[Scope::Link], Dialog, "end what it began").footer("end it"),
    row(Action::AddIdentifier, &["n"], &[Scope::Restrictions], Dialog, "add").footer("add"),
    row(Action::RemoveIdentifier, &["d"], &[Scope::Restrictions], Dialog, "take off").footer("take off"),
    row(Action::PauseJob, &["space"], JOBS, Dialog, "pause, go on").footer("pause"),
    row(Action::MoreShare, &["+"], JOBS, Dialog, "more of the limit").footer("share"),
    row(Action::LessShare, &["-"], JOBS, Dialog, "less of the limit"),
    row(Action::RetryJob, &["R"], JOBS, Dialog, "retry what failed").footer("retry"),
    row(Action::CancelJob, &["c"], JOBS, Dialog, "cancel what is left").footer("cancel"),
    row(Action::MarkFailed, &["enter"], JOBS, Dialog, "list what failed, marked").footer("failed ones"),
    row(Action::SaveOutcomes, &["E"], JOBS, Dialog, "save the outcomes").footer("save"),
    row(Action::Restore, &["enter"], &[Scope::Trash], Dialog, "make a new user of it").footer("restore"),
    row(Action::Purge, &["d"], &[Scope::Trash], Dialog, "throw it away").footer("throw away"),
    row(Action::Run, &["enter"], RUN, Dialog, "run the chosen one").footer("run"),
    row(Action::Complete, &["tab"], &[Scope::Palette, Scope::Path], Dialog, "complete the text").footer("complete"),
    row(Action::Choose, &["enter"], &[Scope::Picker], Dialog, "choose it").footer("choose"),
    row(Action::NextEntry, &["down", "ctrl-n"], ENTRIES, Dialog, "the next").footer("next"),
    row(Action::PreviousEntry, &["up", "ctrl-p"], ENTRIES, Dialog, "the one before").footer("before"),
    row(Action::Submit, &["enter"], TYPED, Dialog, "do it").footer("do it"),
    row(Action::GoOn, &["ctrl-s"], BAGS, Dialog, "show what would change").footer("go on"),
    row(Action::NextBag, &["tab"], BAGS, Dialog, "next bag, or how it is sent").footer("next"),
    row(Action::PreviousBag, &["shift-tab"], BAGS, Dialog, "what is before").footer("before"),
    row(Action::Editor, &["ctrl-o"], BAGS, Dialog, "edit the bag in $EDITOR").footer("$EDITOR"),
    row(Action::PickOrganization, &["ctrl-o"], &[Scope::Filter], Dialog, "pick an organization").footer("pick org"),
    row(Action::ClearFilters, &["ctrl-x"], &[Scope::Filter], Dialog, "empty every field").footer("clear all"),
    row(Action::Dismiss, &["esc"], DISMISSED, Dialog, "leave it").footer("cancel"),
    row(Action::NextPlace, &["tab"], PLACES, Dialog, "reason, options, answer").footer("reason"),
    row(Action::PreviousPlace, &["shift-tab"], PLACES, Dialog, "the place before"),
    row(Action::NextField, &["tab", "down"], FORMS, Dialog, "next field").footer("next field"),
    row(Action::PreviousField, &["shift-tab", "up"], FORMS, Dialog, "field before").footer("field before"),
    row(Action::EndSearch, &["enter"], &[Scope::Search], Dialog, "to the list, the text stays").footer("list"),
    row(Action::ClearSearch, &["esc"], &[Scope::Search], Dialog, "clear the text").footer("clear"),
    row(Action::EndFind, &["enter"], &[Scope::Find], Dialog, "to the lines, the text stays").footer("keep"),
    row(Action::ClearFind, &["esc"], &[Scope::Find], Dialog, "find nothing").footer("clear"),
    row(Action::ToggleColumn, &["space", "enter"], COLUMNS, Dialog, "show or hide").footer("show, hide"),
    row(Action::MoveColumnDown, &["J"], COLUMNS, Dialog, "one place down").footer("move down"),
    row(Action::MoveColumnUp, &["K"], COLUMNS, Dialog, "one place up").footer("move up"),
    row(Action::ResetColumns, &["r"], COLUMNS, Dialog, "as they are at first").footer("as at first"),
    row(Action::DeleteView, &["d"], &[Scope::Views], Dialog, "delete the chosen view").footer("delete"),
];
