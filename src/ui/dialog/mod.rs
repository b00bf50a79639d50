//! What is open over the panes: in the detail's place, or as a sheet below the list, so that the list stays in sight.

mod about;
mod columns;
mod confirm;
mod differences;
mod form;
mod help;
mod invitations;
mod jobs;
mod link;
mod many;
mod marked;
mod menu;
mod metadata;
mod noted;
mod palette;
mod picker;
mod picture;
mod pulse;
mod record;
mod requests;
mod restrictions;
mod trash;

pub(super) use jobs::{in_words as job_in_words, seconds_left};
pub(super) use many::{box_words as box_in_words, how_chosen, lot_words as lot_in_words, tally_lines};
pub(super) use pulse::in_words as figure_in_words;

use super::{
    inset,
    paint::{Canvas, Piece},
    row_of,
    view::View,
};
use crate::app::dialog::Dialog;
use ratatui::layout::Rect;

pub(super) fn draw(view: &View<'_>, canvas: &mut Canvas<'_>) {
    match (view.app.dialog(), view.layout.dialog, view.layout.page) {
        (Some(Dialog::Confirm(confirm)), Some(area), _) => confirm::draw(view, confirm, area, canvas),
        (Some(Dialog::Many(many)), Some(area), _) => many::draw(view, many, area, canvas),
        (Some(Dialog::Form(form)), Some(area), _) => form::draw(view, form, area, canvas),
        (Some(Dialog::Metadata(form)), Some(area), _) => metadata::draw(view, form, area, canvas),
        (Some(Dialog::Columns(list)), Some(area), _) => columns::draw(view, *list, area, canvas),
        (Some(Dialog::Picture(form)), Some(area), _) => picture::draw(view, form, area, canvas),
        (Some(Dialog::Filter(form)), Some(area), _) => form::draw_filter(view, form, area, canvas),
        (Some(Dialog::Menu(menu)), Some(area), _) => menu::draw(view, menu, area, canvas),
        (Some(Dialog::About), Some(area), _) => about::draw(view, area, canvas),
        (Some(Dialog::Link(open)), Some(area), _) => link::draw(view, open, area, canvas),
        (Some(Dialog::Restrictions(open)), Some(area), _) => restrictions::draw(view, open, area, canvas),
        (Some(Dialog::Invitations(pane)), Some(area), _) => invitations::draw(view, pane, area, canvas),
        (Some(Dialog::Trash(pane)), Some(area), _) => trash::draw(view, pane, area, canvas),
        (Some(Dialog::Picker(picker)), Some(area), _) => picker::draw(view, picker, area, canvas),
        (Some(Dialog::Record(pane)), _, Some(_)) => record::draw(view, pane, canvas),
        (Some(Dialog::Help(help)), _, Some(area)) => help::draw(view, help, area, canvas),
        (Some(Dialog::Marked(pane)), Some(area), _) => marked::draw(view, pane, area, canvas),
        (Some(Dialog::Pulse(pulse)), Some(area), _) => pulse::draw(view, pulse, area, canvas),
        (Some(Dialog::Jobs(pane)), Some(area), _) => jobs::draw(view, *pane, area, canvas),
        (Some(Dialog::Requests(pane)), Some(area), _) => requests::draw(view, pane, area, canvas),
        (Some(Dialog::Palette(palette)), _, _) => palette::draw(view, palette, view.layout.palette(), canvas),
        _ => {}
    }
}

/// Draws the title, the badge beside it, and returns the room that is left for the rest.
fn draw_frame(view: &View<'_>, title: &Piece<'_>, area: Rect, canvas: &mut Canvas<'_>) -> Rect {
    let title = std::slice::from_ref(title);
    let below = |rows: u16| {
        let rows = rows.min(area.height);
        Rect { y: area.y + rows, height: area.height - rows, ..area }
    };
    if view.layout.divider.is_none() {
        canvas.titled_rule(row_of(area, 0), title, &view.badge(), view.theme.rule);
        return inset(inset(below(1)));
    }
    canvas.put_row(row_of(inset(area), 0), title, &view.badge());
    canvas.rule(row_of(inset(area), 1), view.theme.rule);
    inset(below(2))
}

/// The first of the rows that are shown, so that the one under the cursor is among the `height` that there is room for.
fn first_row(cursor: usize, height: usize) -> usize {
    cursor.saturating_sub(height.saturating_sub(1))
}
