//! The question before something is done to many: who they are, what becomes of each, and what it costs.

mod lists;
mod rows;

pub(in crate::ui) use rows::{box_words, how_chosen, lot_words, tally_lines};

use crate::{
    app::{
        TextField,
        act::ManyWords,
        dialog::{Button, Many, ManyPane, ManyPlace},
    },
    ui::{field, paint::Canvas, row_of, text::Shown, view::View},
};
use ratatui::layout::Rect;
use rows::Row;

/// Where what a label names begins, in cells behind the label's start.
const VALUES: u16 = 8;
/// So wide are the numbers of the tally, in cells.
const NUMBERS: u16 = 7;
/// Between two buttons.
const GAP: u16 = 3;

pub(super) fn draw(view: &View<'_>, many: &Many, area: Rect, canvas: &mut Canvas<'_>) {
    match many.pane() {
        ManyPane::Question => draw_question(view, many, area, canvas),
        ManyPane::Who => lists::draw_who(view, many, area, canvas),
        ManyPane::DryRun => lists::draw_dry_run(view, many, area, canvas),
    }
}

fn draw_question(view: &View<'_>, many: &Many, area: Rect, canvas: &mut Canvas<'_>) {
    let words = many.words();
    let title = (Shown::foreign(many.title(&words)), view.theme.strong);
    let body = super::draw_frame(view, &title, area, canvas);
    // The terminal's own cursor stands on the question, so that a screen reader reads it; a field or a button takes it.
    canvas.place_cursor(body.x, area.y);
    let is_pane = view.layout.divider.is_some();
    // In a pane the buttons stand below a rule, with air around them.
    let foot = if is_pane { 4.min(body.height) } else { 1.min(body.height) };
    let rows_area = Rect { height: body.height - foot, ..body };
    let mut rows = rows::rows(view, many, &words, (body.width, is_pane));
    rows::make_room(&mut rows, usize::from(rows_area.height), many);
    for (offset, row) in (0..rows_area.height).zip(&rows) {
        draw_row(view, many, row, row_of(rows_area, offset), canvas);
    }
    if is_pane {
        canvas.rule(row_of(body, body.height - foot), view.theme.rule);
    }
    let buttons = row_of(body, body.height.saturating_sub(if is_pane { 2 } else { 1 }));
    draw_buttons(view, many, &words, buttons, canvas);
}

fn draw_row(view: &View<'_>, many: &Many, row: &Row, at: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    match row {
        Row::Air => {}
        Row::Hint(text) => _ = canvas.put(at.x, at.y, at.width, text, theme.dim),
        Row::Ended(pieces, end) => canvas.put_row(at, pieces, std::slice::from_ref(end)),
        Row::Whole(pieces) => _ = canvas.put_pieces(at.x, at.y, at.width, pieces),
        Row::Count(number, words, style) => {
            if let Some(number) = number {
                canvas.put_right(at.x, at.y, NUMBERS, &Shown::count(*number), *style);
            }
            canvas.put(at.x + NUMBERS + 2, at.y, at.width.saturating_sub(NUMBERS + 2), words, *style);
        }
        Row::Labelled(label, text) => {
            canvas.put(at.x, at.y, VALUES, &Shown::fixed(label), theme.dim);
            canvas.put(at.x + VALUES, at.y, at.width.saturating_sub(VALUES), text, theme.plain);
        }
        Row::CheckBox(index) => draw_check_box(view, many, *index, at, canvas),
        Row::ReasonLabel => {
            let style = if many.place() == ManyPlace::Reason { theme.strong } else { theme.dim };
            canvas.put(at.x, at.y, VALUES, &Shown::fixed("Reason"), style);
            canvas.put(at.x + VALUES, at.y, at.width.saturating_sub(VALUES), &Shown::fixed(KEPT), theme.dim);
        }
        Row::Reason { labelled } => {
            let field = if *labelled {
                canvas.put(at.x, at.y, VALUES, &Shown::fixed("Reason"), theme.dim);
                Rect { x: at.x + VALUES, width: at.width.saturating_sub(VALUES), ..at }
            } else {
                at
            };
            let focused = many.place() == ManyPlace::Reason;
            draw_field(view, many.reason(), (focused, focused), field, canvas);
            if *labelled && many.reason().text().is_empty() {
                let x = field.x + 1 + u16::from(focused);
                canvas.put(x, at.y, field.right().saturating_sub(x + 1), &Shown::fixed(KEPT), theme.dim);
            }
        }
        Row::Typed => {
            let focused = many.place() == ManyPlace::Typing;
            draw_field(view, many.typed(), (focused, many.is_typed()), at, canvas);
        }
    }
}

/// Where the reason goes.
const KEPT: &str = "kept in your history, not at Clerk";

/// A field with its edges: what is not right yet has to be seen without colour.
fn draw_field(view: &View<'_>, text: &TextField, (focused, strong): (bool, bool), row: Rect, canvas: &mut Canvas<'_>) {
    let style = if strong { view.theme.strong } else { view.theme.dim };
    canvas.put(row.x, row.y, 1, &Shown::fixed("▏"), style);
    canvas.put_right(row.x, row.y, row.width, &Shown::fixed("▕"), style);
    let inner = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    if focused {
        field::draw_focused(view, text, inner, canvas);
    } else {
        canvas.put(inner.x, inner.y, inner.width, &Shown::foreign(text.text()), view.theme.plain);
    }
}

fn draw_check_box(view: &View<'_>, many: &Many, index: usize, row: Rect, canvas: &mut Canvas<'_>) {
    let Some(option) = many.boxes().get(index) else { return };
    let theme = view.theme;
    if index == 0 {
        canvas.put(row.x, row.y, VALUES, &Shown::fixed("Also"), theme.dim);
    }
    let sign = Shown::fixed(if option.is_ticked { "[x] " } else { "[ ] " });
    let text = Shown::join(&[&sign, &box_words(view, many, option.beside)]);
    let place = Rect { x: row.x + VALUES, width: row.width.saturating_sub(VALUES), ..row };
    canvas.put(place.x, place.y, place.width, &text, if option.is_ticked { theme.strong } else { theme.plain });
    if many.place() == ManyPlace::CheckBox(index) {
        canvas.put(place.x.saturating_sub(2), row.y, 1, &Shown::fixed("›"), theme.accent);
        canvas.restyle(place, theme.cursor);
        canvas.place_cursor(place.x + 1, row.y);
    }
}

/// `cancel   [ban 209]   who exactly   dry run`: the one that enter presses in brackets, also from a field; none as long as
/// something has to be typed first.
fn draw_buttons(view: &View<'_>, many: &Many, words: &ManyWords, row: Rect, canvas: &mut Canvas<'_>) {
    let pressed = match many.place() {
        ManyPlace::Button(button) => Some(button),
        _ => many.is_ready().then_some(Button::Do),
    };
    let does = Shown::foreign(format!("{} {}", words.verb, many.people().tally().changed));
    let buttons = [
        (Button::Cancel, Shown::fixed("cancel")),
        (Button::Do, does),
        (Button::Who, Shown::fixed("who exactly")),
        (Button::DryRun, Shown::fixed("dry run")),
    ];
    let mut x = row.x;
    for (button, label) in buttons {
        let is_pressed = pressed == Some(button);
        let text = if is_pressed { Shown::join(&[&Shown::fixed("["), &label, &Shown::fixed("]")]) } else { label };
        let style = match button {
            Button::Do if !many.is_ready() => view.theme.dim,
            _ => view.theme.plain,
        };
        let used = canvas.put(x, row.y, row.right().saturating_sub(x), &text, style);
        if is_pressed && many.place() == ManyPlace::Button(button) {
            canvas.restyle(Rect { x, width: used, ..row }, view.theme.cursor);
            canvas.place_cursor(x + 1, row.y);
        }
        x = x.saturating_add(used + GAP).min(row.right());
    }
}
