//! The dialog of metadata: the bags, the one that is typed into whole, and the two ways to send what differs.

use crate::{
    app::{
        act::Sending,
        dialog::{BAG_BYTES, BagField, MetadataForm},
    },
    ui::{
        field,
        paint::{Canvas, Piece},
        text::Shown,
        user,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Where the JSON begins, in cells behind its label's start.
const INDENT: u16 = 2;

/// The ways to send what differs, and what follows from each.
const WAYS: [(Sending, &str, &str); 2] = [
    (Sending::Merge, "merge what differs", "every other key stays as it is then"),
    (Sending::Replace, "replace the whole bag", "loses what others put there meanwhile"),
];

/// A row of the dialog.
enum Row<'a> {
    /// A bag's name.
    Head(&'a BagField, bool),
    /// The line that the cursor is in.
    Typed(&'a BagField),
    Line(&'a str),
    More(usize),
    Fault(Shown<'static>),
    Air,
    Heading,
    Way(usize),
    Consequence(usize),
}

pub(super) fn draw(view: &View<'_>, form: &MetadataForm, area: Rect, canvas: &mut Canvas<'_>) {
    let title = Shown::join(&[&Shown::fixed("Edit the metadata of "), &user::title(view, form.known()).0]);
    let body = super::draw_frame(view, &(title, view.theme.strong), area, canvas);
    let rows = rows(form, body);
    let is_focus = |row: &Row<'_>| match row {
        Row::Typed(_) => true,
        Row::Way(way) => form.focused().is_none() && WAYS[*way].0 == form.sending(),
        _ => false,
    };
    let focus = rows.iter().position(is_focus).unwrap_or(0);
    // What is wrong with a bag, and what follows from a way, has to be in sight too.
    let belongs = |row: &&Row<'_>| matches!(row, Row::Fault(_) | Row::Consequence(_));
    let last = focus + rows[focus + 1..].iter().take_while(belongs).count();
    let first = super::first_row(last, usize::from(body.height));
    for (y, row) in (body.y..body.bottom()).zip(rows.iter().skip(first)) {
        draw_row(view, form, row, Rect { y, height: 1, ..body }, canvas);
    }
}

fn rows(form: &MetadataForm, body: Rect) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (index, field) in form.bags().iter().enumerate() {
        let focused = index == form.cursor();
        rows.push(Row::Head(field, focused));
        let lines = field.text.lines();
        let fault = field.fault.as_deref().map(|fault| Shown::foreign(fault.to_owned()));
        let mut fault: Vec<_> =
            fault.map(|fault| fault.wrap(usize::from(body.width.saturating_sub(INDENT)))).unwrap_or_default();
        for (row, line) in lines.iter().enumerate().take(field.shown_lines(focused)) {
            if focused && row == field.text.cursor().0 {
                rows.push(Row::Typed(field));
                // Below the line that it is about.
                rows.extend(fault.drain(..).map(Row::Fault));
            } else {
                rows.push(Row::Line(line));
            }
        }
        let hidden = lines.len() - field.shown_lines(focused);
        rows.extend((hidden > 0).then_some(Row::More(hidden)));
        rows.extend(fault.into_iter().map(Row::Fault));
    }
    rows.extend([Row::Air, Row::Heading]);
    rows.extend((0..WAYS.len()).flat_map(|way| [Row::Way(way), Row::Consequence(way)]));
    rows
}

fn draw_row(view: &View<'_>, form: &MetadataForm, row: &Row<'_>, line: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let indent = INDENT.min(line.width);
    let inner = Rect { x: line.x + indent, width: line.width - indent, ..line };
    let put = |canvas: &mut Canvas<'_>, text: &Shown<'_>, style| canvas.put(inner.x, inner.y, inner.width, text, style);
    match row {
        Row::Head(field, focused) => draw_head(view, field, *focused, line, canvas),
        Row::Typed(field) => {
            canvas.put(line.x, line.y, 1, &Shown::fixed("›"), theme.accent);
            let (before, after) = field.text.split();
            field::draw_split(view.theme, &Shown::foreign(before), &Shown::foreign(after), inner, canvas);
        }
        Row::Line(text) => _ = put(canvas, &Shown::foreign(*text), theme.plain),
        Row::More(lines) => {
            let words = if *lines == 1 { " more line" } else { " more lines" };
            let count = Shown::number(u64::try_from(*lines).unwrap_or(u64::MAX));
            put(canvas, &Shown::join(&[&Shown::fixed("… "), &count, &Shown::fixed(words)]), theme.dim);
        }
        Row::Fault(fault) => _ = put(canvas, fault, theme.failed),
        Row::Air => {}
        Row::Heading => {
            let style = if form.focused().is_none() { theme.strong } else { theme.dim };
            canvas.put(line.x, line.y, line.width, &Shown::fixed("how it is sent; space changes it"), style);
        }
        Row::Way(way) => {
            let (sending, words, _) = WAYS[*way];
            let chosen = sending == form.sending();
            let mark = if chosen { "(•) " } else { "( ) " };
            let style = if chosen { theme.strong } else { theme.plain };
            put(canvas, &Shown::join(&[&Shown::fixed(mark), &Shown::fixed(words)]), style);
            if chosen && form.focused().is_none() {
                canvas.put(line.x, line.y, 1, &Shown::fixed("›"), theme.accent);
                canvas.place_cursor(inner.x + 1, inner.y);
            }
        }
        Row::Consequence(way) => {
            let text = Shown::join(&[&Shown::fixed("    "), &Shown::fixed(WAYS[*way].2)]);
            put(canvas, &text, theme.dim);
        }
    }
}

/// The bag's name, and how much of what Clerk takes it fills.
fn draw_head(view: &View<'_>, field: &BagField, focused: bool, line: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let style = if focused { theme.strong } else { theme.dim };
    let left: Piece<'_> = (Shown::fixed(field.bag.label()), style);
    let bytes = field.bytes().filter(|_| focused).map(|bytes| {
        let number = |number: usize| Shown::number(u64::try_from(number).unwrap_or(u64::MAX));
        let words = Shown::join(&[&number(bytes), &Shown::fixed(" of "), &number(BAG_BYTES), &Shown::fixed(" bytes")]);
        (words, if bytes > BAG_BYTES { theme.failed } else { theme.dim })
    });
    canvas.put_row(line, &[left], bytes.as_slice());
}
