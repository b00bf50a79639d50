//! The footer: the keys that work here, now, from the table of actions.

use super::{
    inset,
    paint::{Canvas, Piece, pieces_width},
    text::Shown,
    view::View,
};
use crate::app::{
    Action,
    action::{Row, Scope, rows},
    dialog::{Confirm, Dialog, Many, ManyPane, ManyPlace, Place},
    layout::Breadth,
};

pub(super) fn draw(view: &View<'_>, canvas: &mut Canvas<'_>) {
    let row = inset(view.layout.footer);
    canvas.put_row(row, &keys(view, row.width), &[]);
}

/// The keys that have room in so many cells, in the order of the table. Palette and help have their place in any case:
/// they name the others.
pub(super) fn keys(view: &View<'_>, width: u16) -> Vec<Piece<'static>> {
    let gap = if width >= 100 { "   " } else { "  " };
    let gap_width = u16::try_from(gap.len()).unwrap_or(0);
    let works = |row: &&Row| row.footer.is_some() && means(view, row) && is_likely(view, row.action);
    let slim = view.layout.breadth == Breadth::Slim && view.app.dialog().is_none() && view.focus().is_some();
    let names_others = |row: &&Row| matches!(row.action, Action::Palette | Action::Help);
    let (last, others): (Vec<&Row>, Vec<&Row>) = rows().filter(works).partition(names_others);
    let last: Vec<_> = last.into_iter().map(|row| hint(view, row)).collect();
    let last = last.join(&(Shown::fixed(gap), view.theme.plain));
    let mut room = width.saturating_sub(pieces_width(&last));
    let mut pieces = Vec::new();
    for row in others {
        let hint = hint(view, row);
        let needed = pieces_width(&hint) + gap_width;
        if needed > room || (slim && !view.app.scopes().contains(&Scope::Search)) {
            continue;
        }
        room -= needed;
        pieces.extend(hint);
        pieces.push((Shown::fixed(gap), view.theme.plain));
    }
    pieces.extend(last);
    pieces
}

/// Whether an action would do something now. Whether an earlier run has left something to take back is known only once it
/// is asked for.
fn is_likely(view: &View<'_>, action: Action) -> bool {
    let nothing_yet = action == Action::Undo && !view.app.has_undo();
    !nothing_yet && view.app.why_not(action, view.now).is_none()
}

/// Whether the row's key means its action here: in a tab, it can mean the tab's row instead.
fn means(view: &View<'_>, row: &Row) -> bool {
    row.scopes.iter().any(|scope| view.app.scopes().contains(scope)) && !view.key_here(row.action).is_empty()
}

/// A key, and what it does. In a dialog all the keys, as an answer shall not have to be guessed.
pub(super) fn hint(view: &View<'_>, row: &Row) -> Vec<Piece<'static>> {
    let keys = match view.app.dialog() {
        Some(Dialog::Confirm(_) | Dialog::Many(_)) => view.keys(row.action, " or "),
        _ => view.key_here(row.action),
    };
    let words = match view.app.dialog() {
        Some(Dialog::Confirm(confirm)) if matches!(row.action, Action::Confirm | Action::Submit) => {
            confirm.words(view.now, &view.app.settings().time_zone).verb
        }
        Some(Dialog::Confirm(confirm)) if row.action == Action::NextPlace => words_of(confirm),
        Some(Dialog::Many(many)) if matches!(row.action, Action::Confirm | Action::Submit) => many.words().verb,
        Some(Dialog::Many(many)) if row.action == Action::NextPlace => words_of_many(many),
        Some(Dialog::Many(many)) if row.action == Action::Dismiss && many.pane() != ManyPane::Question => "back",
        Some(Dialog::Filter(_)) if row.action == Action::Submit => "show",
        Some(Dialog::Marked(_)) if row.action == Action::MarkUser => "unmark",
        Some(Dialog::Form(form)) if row.action == Action::Submit => form.purpose().verb(),
        _ => row.footer.unwrap_or_default(),
    };
    let mut hint =
        vec![(keys, view.theme.accent), (Shown::fixed(" "), view.theme.plain), (Shown::fixed(words), view.theme.plain)];
    // How many it is about: an action on the marked is none on the row under the cursor.
    let marked = view.app.marks().len();
    if marked > 0 && row.action.is_for_marked() && view.app.dialog().is_none() {
        let count = Shown::join(&[&Shown::fixed(" "), &Shown::count(marked)]);
        hint.push((count, view.theme.accent));
    }
    hint
}

/// What the next place of a question is called.
fn words_of(confirm: &Confirm) -> &'static str {
    match confirm.place_after(1) {
        Place::Answer => "answer",
        Place::Typing => "what to type",
        Place::Reason if confirm.also().is_empty() => "reason",
        Place::Reason => "reason, options",
        Place::CheckBox(_) => "options",
    }
}

/// What the next place of a question about many is called.
fn words_of_many(many: &Many) -> &'static str {
    match many.place_after(1) {
        ManyPlace::Typing => "what to type",
        ManyPlace::Reason => "reason",
        ManyPlace::CheckBox(_) => "options",
        ManyPlace::Button(_) => "buttons",
    }
}
