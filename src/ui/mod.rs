//! What it looks like. It only reads the state: no clock, no input or output, nothing decided.
//!
//! One file for each region of the screen; [`layout`](crate::app::layout) says where they stand.
//!
//! - `header`, `list`, `detail`, `essence`, `dialog`, `notice`, `footer`; `line` where there is room for one line only
//! - `plain`: the same as lines, where there is no screen
//! - `user`: how a person is named, and what is the matter with them
//! - `text`: the only door by which text reaches the screen; `when`: words for moments
//! - `welcome`: the first start, before there is an instance
//! - `theme`: the only place with colours; `paint`: the only way to the screen's cells

mod ascii;
mod detail;
mod dialog;
mod essence;
mod exporting;
mod failure;
mod field;
mod footer;
mod header;
mod line;
mod list;
mod marks;
mod notice;
mod paint;
pub mod plain;
mod text;
mod theme;
mod user;
mod view;
mod welcome;
mod when;
mod work;

pub use text::Shown;
pub use theme::Theme;
pub use welcome::draw_welcome;

use crate::{
    app::{
        App,
        layout::{Breadth, Layout},
    },
    clerk::{InstanceKind, model::Timestamp},
};
use paint::{Canvas, Ground};
use ratatui::{Frame, layout::Rect};
use view::View;

/// Draws the whole screen as `app` is at `now`.
pub fn draw(app: &App, now: Timestamp, theme: &Theme, frame: &mut Frame<'_>) {
    let view = View::new(app, now, theme);
    let ground = Ground { style: theme.plain, ascii: app.settings().preferences.ascii };
    Canvas::paint(frame, ground, |canvas| draw_regions(&view, canvas));
}

/// The title of the terminal's window: the program, the instance, and what kind of instance it is.
#[must_use]
pub fn title(app: &App) -> String {
    let kind = match app.instance_kind() {
        InstanceKind::Production => "PRODUCTION",
        InstanceKind::Development => "dev",
    };
    let restraint = view::restraint(app).map(|word| format!(" {word}")).unwrap_or_default();
    Shown::foreign(format!("lazyclerk {} {kind}{restraint}", app.instance_name())).into_string()
}

fn draw_regions(view: &View<'_>, canvas: &mut Canvas<'_>) {
    let layout = &view.layout;
    if layout.breadth == Breadth::Line {
        return line::draw(view, canvas);
    }
    header::draw(view, canvas);
    draw_rules(view, layout, canvas);
    if let Some(area) = layout.list {
        list::draw(view, area, canvas);
    }
    if let Some(area) = layout.detail {
        detail::draw(view, area, canvas);
    }
    if let Some(area) = layout.essence {
        essence::draw(view, area, canvas);
    }
    dialog::draw(view, canvas);
    footer::draw(view, canvas);
    notice::draw(view, canvas);
}

fn draw_rules(view: &View<'_>, layout: &Layout, canvas: &mut Canvas<'_>) {
    canvas.rule(layout.top_rule, view.theme.rule);
    canvas.rule(layout.bottom_rule, view.theme.rule);
    if let Some(x) = layout.divider {
        canvas.divider(x, layout.top_rule.bottom()..layout.bottom_rule.y, view.theme.rule);
    }
}

/// `area` without a column at either side.
fn inset(area: Rect) -> Rect {
    let left = area.width.min(1);
    Rect { x: area.x + left, width: area.width.saturating_sub(2), ..area }
}

/// The row of `area` so many below its top; empty where there is none.
fn row_of(area: Rect, index: u16) -> Rect {
    let y = area.y.saturating_add(index);
    Rect { y, height: u16::from(y < area.bottom()), ..area }
}

#[cfg(test)]
mod tests;
