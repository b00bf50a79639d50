//! A form: each field with its label, what is wrong below it, and a note about the whole.

use crate::{
    app::{
        SlotId,
        dialog::{FilterForm, Form, FormField},
    },
    ui::{field, paint::Canvas, text::Shown, user, view::View},
};
use ratatui::layout::Rect;

/// Where the fields begin, in cells behind their labels' start.
const VALUES: u16 = 18;

/// A row of the form.
enum Row<'a> {
    Field(usize, &'a FormField),
    Fault(Shown<'static>),
    Air,
    Heading(&'static str),
    Note(Shown<'static>),
}

pub(super) fn draw(view: &View<'_>, form: &Form, area: Rect, canvas: &mut Canvas<'_>) {
    let what = Shown::fixed(form.purpose().title());
    let title = match (form.known(), form.place()) {
        (Some(known), _) => Shown::join(&[&what, &Shown::fixed(" "), &user::title(view, known).0]),
        (None, Some(place)) => Shown::join(&[&what, &Shown::fixed(" "), &Shown::foreign(&*place.name)]),
        (None, None) => what,
    };
    draw_fields(view, title, (form.fields(), form.cursor()), &Shown::fixed(form.purpose().note()), area, canvas);
}

/// The filter form. While a name in it is looked up, the note says so.
pub(super) fn draw_filter(view: &View<'_>, form: &FilterForm, area: Rect, canvas: &mut Canvas<'_>) {
    let spinner = form.unknown_name().zip(view.spinner(SlotId::Named));
    let note = match &spinner {
        Some((name, spinner)) => {
            Shown::join(&[&Shown::fixed("looking up "), &Shown::foreign(*name), &Shown::fixed(" "), spinner])
        }
        None => Shown::fixed("Every field that is filled has to hold. The form writes the search line."),
    };
    let title = Shown::fixed("Filter the list");
    draw_fields(view, title, (form.fields(), form.cursor()), &note, area, canvas);
}

fn draw_fields(
    view: &View<'_>,
    title: Shown<'_>,
    (fields, cursor): (&[FormField], usize),
    note: &Shown<'_>,
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let body = super::draw_frame(view, &(title, view.theme.strong), area, canvas);
    let rows = rows(fields, note, body);
    let chosen = rows.iter().position(|row| matches!(row, Row::Field(index, _) if *index == cursor));
    // What is wrong with the field has to be in sight too.
    let chosen = chosen.unwrap_or(0);
    let faults = rows[chosen + 1..].iter().take_while(|row| matches!(row, Row::Fault(_))).count();
    let last = chosen + faults;
    let first = super::first_row(last, usize::from(body.height));
    for (y, row) in (body.y..body.bottom()).zip(rows.into_iter().skip(first)) {
        let line = Rect { y, height: 1, ..body };
        match row {
            Row::Field(index, field) => draw_field(view, field, index == cursor, line, canvas),
            Row::Fault(fault) => {
                let column = VALUES.min(line.width);
                canvas.put(line.x + column, line.y, line.width - column, &fault, view.theme.failed);
            }
            Row::Air => {}
            Row::Heading(words) => _ = canvas.put(line.x, line.y, line.width, &Shown::fixed(words), view.theme.dim),
            Row::Note(note) => _ = canvas.put(line.x, line.y, line.width, &note, view.theme.dim),
        }
    }
}

fn rows<'a>(fields: &'a [FormField], note: &Shown<'_>, body: Rect) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        if let Some(heading) = field.heading {
            rows.extend([Row::Air, Row::Heading(heading)]);
        }
        rows.push(Row::Field(index, field));
        let fault = field.fault.as_deref().map(|fault| Shown::foreign(fault.to_owned()));
        let lines = fault.map(|fault| fault.wrap(usize::from(body.width.saturating_sub(VALUES))));
        rows.extend(lines.into_iter().flatten().map(Row::Fault));
    }
    rows.push(Row::Air);
    rows.extend(note.wrap(usize::from(body.width)).into_iter().map(Row::Note));
    rows
}

fn draw_field(view: &View<'_>, field: &FormField, focused: bool, row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let label = if focused { theme.strong } else { theme.dim };
    canvas.put(row.x, row.y, VALUES.saturating_sub(2), &Shown::fixed(field.label), label);
    let column = VALUES.min(row.width);
    let value = Rect { x: row.x + column, width: row.width - column, ..row };
    let (before, after) = field.input.split();
    let (before, after) = (end_of(before), start_of(after));
    let shown = |text: &str| {
        if field.is_secret { Shown::foreign("*".repeat(text.chars().count())) } else { Shown::foreign(text.to_owned()) }
    };
    if field.input.text().is_empty() {
        // A cell is left for the cursor.
        let room = value.width.saturating_sub(1);
        canvas.put(value.x + 1, value.y, room, &Shown::fixed(field.hint), theme.dim);
    }
    if focused {
        canvas.put(row.x + column.saturating_sub(2), row.y, 1, &Shown::fixed("›"), theme.accent);
        field::draw_split(theme, &shown(before), &shown(after), value, canvas);
    } else {
        canvas.put(value.x, value.y, value.width, &shown(field.input.text()), theme.plain);
    }
}

/// More characters than any screen is wide: of a long text, only what is around the cursor is looked at.
const AROUND: usize = 1_000;

fn end_of(text: &str) -> &str {
    text.char_indices().rev().nth(AROUND).map_or(text, |(start, _)| &text[start..])
}

fn start_of(text: &str) -> &str {
    text.char_indices().nth(AROUND).map_or(text, |(end, _)| &text[..end])
}
