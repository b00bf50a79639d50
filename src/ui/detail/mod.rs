//! The detail of one user: who, the tabs, and the open tab.

pub(super) mod history;
mod invitations;
mod json;
mod memberships;
mod profile;
pub(super) mod rows;
mod security;
mod sessions;
mod token;

use super::{
    inset,
    paint::{Canvas, Piece},
    row_of,
    text::Shown,
    user,
    view::View,
    when::NEVER,
};
use crate::{
    app::{
        Focus, Known,
        detail::Tab,
        layout::{Breadth, DetailArea},
    },
    clerk::model::Timestamp,
};
use ratatui::layout::Rect;

pub(super) use memberships::facts_of_role;

use history::HistoryTab;
use invitations::InvitationsTab;
use memberships::MembershipsTab;
use sessions::SessionsTab;

pub(super) fn draw(view: &View<'_>, area: DetailArea, canvas: &mut Canvas<'_>) {
    let Some(known) = view.app.subject().map(|known| view.seen(known)) else { return };
    if let Some(head) = area.head {
        draw_head(view, known, inset(head), canvas);
    }
    draw_tabs(view, area, canvas);
    let hidden = match view.app.detail().tab() {
        Tab::Profile => profile::draw(view, known, inset(area.body), canvas),
        Tab::Memberships | Tab::Invitations | Tab::Sessions | Tab::History => draw_part(view, known, area, canvas),
        Tab::Security => security::draw(view, known, area, canvas),
        Tab::Metadata | Tab::Raw => match view.app.detail().json() {
            Some(document) => json::draw(view, document, area, canvas),
            None => Hidden::default(),
        },
    };
    draw_hidden(view, hidden, area.body, canvas);
}

/// Draws the open tab of rows, once the cursor has rested on the user.
fn draw_part(view: &View<'_>, known: &Known, area: DetailArea, canvas: &mut Canvas<'_>) -> Hidden {
    let Some(parts) = view.app.detail().parts_of(&known.id) else { return Hidden::default() };
    match view.app.detail().tab() {
        Tab::Memberships => rows::draw(view, &MembershipsTab(view), &parts.memberships, area, canvas),
        Tab::Invitations => rows::draw(view, &InvitationsTab(view), &parts.invitations, area, canvas),
        Tab::Sessions => rows::draw(view, &SessionsTab(view), &parts.sessions, area, canvas),
        Tab::History => rows::draw(view, &HistoryTab(view, &parts.history), &parts.history, area, canvas),
        Tab::Profile | Tab::Security | Tab::Metadata | Tab::Raw => Hidden::default(),
    }
}

/// Rows of the open tab that are not on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    above: bool,
    below: bool,
}

fn draw_head(view: &View<'_>, known: &Known, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let state: Vec<_> = user::state_in_words(view, known).into_iter().collect();
    canvas.put_row(row_of(area, 0), &[user::title(view, known)], &state);
    let rows = [(row_of(area, 1), user::identifier(view, known)), (row_of(area, 2), Shown::foreign(known.id.as_str()))];
    for (row, text) in rows {
        if row.height > 0 {
            canvas.put(row.x, row.y, row.width, &text, theme.plain);
        }
    }
}

/// The tabs, and a rule that is heavy below the open one.
fn draw_tabs(view: &View<'_>, area: DetailArea, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let (tabs, rule) = (inset(area.tabs), inset(area.tab_rule));
    // Where the detail has the screen to itself the rule has it too.
    canvas.rule(if view.layout.divider.is_some() { rule } else { area.tab_rule }, theme.rule);
    let shown = view.app.tab_row(tabs.width);
    if shown.before {
        canvas.put(tabs.x, tabs.y, tabs.width, &Shown::fixed("‹"), theme.dim);
    }
    if shown.after {
        canvas.put_right(tabs.x, tabs.y, tabs.width, &Shown::fixed("›"), theme.dim);
    }
    for place in shown.places {
        let open = place.tab == view.app.detail().tab();
        let (x, style) = (tabs.x + place.x, if open { theme.strong } else { theme.dim });
        let used = canvas.put(x, tabs.y, place.width, &Shown::foreign(place.label), style);
        if open && rule.height > 0 {
            canvas.fill(Rect { x, width: used, ..rule }, "━", theme.accent);
            if view.focus() == Some(Focus::Detail) {
                canvas.place_cursor(x, tabs.y);
            }
        }
    }
}

/// Says on the rule below that there is more.
pub(super) fn draw_hidden(view: &View<'_>, hidden: Hidden, body: Rect, canvas: &mut Canvas<'_>) {
    let words = match hidden {
        Hidden { above: false, below: false } => return,
        Hidden { above: true, below: false } => "↑ more",
        Hidden { above: false, below: true } => "↓ more",
        Hidden { above: true, below: true } => "↑↓ more",
    };
    let row = Rect { x: body.x, width: body.width, ..view.layout.bottom_rule };
    canvas.titled_rule(row, &[], &[(Shown::fixed(words), view.theme.dim)], view.theme.rule);
}

/// A label, its value, and at the right edge a fact about the value.
pub(super) struct Row<'a> {
    pub(super) label: &'static str,
    pub(super) value: Piece<'a>,
    pub(super) fact: Option<Piece<'a>>,
}

/// Where the values begin.
fn value_column(view: &View<'_>) -> u16 {
    if view.layout.breadth == Breadth::Wide { 13 } else { 14 }
}

fn draw_row(view: &View<'_>, row: Rect, fact: &Row<'_>, canvas: &mut Canvas<'_>) {
    if row.height == 0 {
        return;
    }
    let column = value_column(view).min(row.width);
    canvas.put(row.x, row.y, column, &Shown::fixed(fact.label), view.theme.dim);
    let rest = Rect { x: row.x + column, width: row.width - column, ..row };
    let right: Vec<_> = fact.fact.iter().cloned().collect();
    canvas.put_row(rest, std::slice::from_ref(&fact.value), &right);
}

/// A text without a fact about it.
fn text<'a>(view: &View<'_>, label: &'static str, value: Shown<'a>) -> Row<'a> {
    Row { label, value: (value, view.theme.plain), fact: None }
}

/// A text in as many rows as it takes, `width` being that of the whole row; none when it is empty.
fn wrapped(view: &View<'_>, label: &'static str, value: &str, width: u16) -> Vec<Row<'static>> {
    let room = usize::from(width.saturating_sub(value_column(view)).max(1));
    let labels = std::iter::once(label).chain(std::iter::repeat(""));
    let lines = Shown::foreign(value).wrap(room);
    let row = |(label, line): (&'static str, Shown<'_>)| text(view, label, Shown::foreign(line.as_str().to_owned()));
    labels.zip(lines).map(row).collect()
}

/// A moment, and how long ago it was.
fn moment(view: &View<'_>, label: &'static str, then: Option<Timestamp>) -> Row<'static> {
    let minute = then.map(|then| (view.when.minute(then), view.when.ago(then)));
    match minute.filter(|(minute, _)| minute.as_str() != NEVER) {
        Some((minute, ago)) => Row { label, value: (minute, view.theme.plain), fact: Some((ago, view.theme.dim)) },
        None => Row { label, value: (Shown::fixed("never"), view.theme.dim), fact: None },
    }
}
