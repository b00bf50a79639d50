//! The same state as lines to be read aloud: no screen, no rules, no places, a sentence for each thing.
//!
//! What the tabs of a user show is drawn as ever, on a sheet with room for all of it, and then read off line by line: so
//! every tab is told, in its own words.

mod dialog;
mod many;
mod read;

use super::{
    detail,
    paint::Canvas,
    text::Shown,
    theme::Theme,
    user,
    view::{View, restraint},
};
use crate::{
    app::{
        App, Focus, Known, Notice, NoticeKind, counted,
        detail::Tab,
        dialog::OrderItem,
        layout::{DetailArea, Layout, Open},
        list::ListState,
    },
    clerk::{InstanceKind, model::Timestamp},
};
use ratatui::{
    buffer::Buffer,
    layout::{Rect, Size},
};
use strum::IntoEnumIterator;

/// The sheet that a tab is drawn on, in cells: more than any of them fills.
const SHEET: Size = Size::new(360, 400);
/// What is said of the row that a command is about.
const CHOSEN: &str = ", chosen";

/// What there is to say, safe to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Which place it is: another search is another, a user whose state changes is the same.
    pub which: String,
    /// Where one is: the users, one user, or a dialog; the last line says what can be typed where that is not plain.
    pub place: Vec<String>,
    /// What came of the last thing that was asked for.
    pub notice: Vec<String>,
    /// How far the job at work is, where one is.
    pub work: Option<Work>,
}

/// How far a job is: told at its start and after each tenth; its end is a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Which job, and how many tenths of it are done: while that is the same, nothing new is told.
    pub step: (String, usize),
    /// The words.
    pub line: String,
}

/// What there is to say of `app` at `now`.
#[must_use]
pub fn tell(app: &App, now: Timestamp) -> Told {
    let theme = Theme::colorless();
    let view = View::new(app, now, &theme);
    let place = match app.dialog() {
        Some(open) => dialog::tell(&view, open),
        None if app.focus() == Focus::Detail => user_lines(&view),
        None => list_lines(&view),
    };
    let notice = app.notice().map(|notice| notice_lines(&view, notice)).unwrap_or_default();
    let place = with_restraint(app, place);
    let which = match (app.dialog(), app.focus(), app.subject()) {
        (None, Focus::Detail, Some(known)) => format!("{} {}", known.id, <&str>::from(app.detail().tab())),
        (None, _, _) => place.first().map(|head| head.as_str().to_owned()).unwrap_or_default(),
        (Some(_), _, _) => String::new(),
    };
    let safe = |lines: Vec<Shown<'_>>| lines.into_iter().map(Shown::into_string).collect();
    Told { which, place: safe(place), notice: safe(notice), work: work(&view) }
}

/// `delete 3,214 users: 30 % done, 964 of 3,214, 6 failed, 45 s left.`
fn work(view: &View<'_>) -> Option<Work> {
    let report = view.app.jobs().at_work()?;
    let counts = report.counts;
    let tenths = counts.ended() * 10 / counts.total.max(1);
    let failed = if counts.failed > 0 { format!(", {} failed", counts.failed) } else { String::new() };
    let left = report.pace.seconds_left.map(|seconds| format!(", {}", super::dialog::seconds_left(seconds).as_str()));
    let left = left.unwrap_or_default();
    let line = say(&[
        &format!("{} % done: ", tenths * 10),
        super::dialog::job_in_words(view, report).as_str(),
        &failed,
        &left,
        ".",
    ]);
    Some(Work { step: (report.id.to_string(), tenths), line: line.into_string() })
}

/// Says at the end of the first line that nothing is changed.
fn with_restraint<'a>(app: &App, mut place: Vec<Shown<'a>>) -> Vec<Shown<'a>> {
    if let (Some(word), Some(head)) = (restraint(app), place.first_mut()) {
        *head = Shown::join(&[&*head, &Shown::foreign(format!(" [{word}]"))]);
    }
    place
}

/// The lines that have to be told of a place, where `before` was told: those that are new, if it is the same and they are
/// few; else all. That another row is chosen is told by that row alone.
#[must_use]
pub fn news(before: &Told, now: &Told) -> Vec<String> {
    if before.which != now.which {
        return now.place.clone();
    }
    let (before, now) = (&before.place, &now.place);
    let was_chosen = |line: &String| before.contains(&format!("{line}{CHOSEN}"));
    let new: Vec<_> = now.iter().filter(|line| !before.contains(line) && !was_chosen(line)).cloned().collect();
    if 2 * new.len() > now.len() { now.clone() } else { new }
}

/// What is said first: the program, the instance and its kind, and how to learn the rest.
#[must_use]
pub fn greeting(app: &App) -> String {
    let kind = match app.instance_kind() {
        InstanceKind::Production => "PRODUCTION",
        InstanceKind::Development => "development",
    };
    let restraint = restraint(app).map(|word| format!(", {word}")).unwrap_or_default();
    let words = format!(
        "lazyclerk, instance {}, {kind}{restraint}. Type help for the commands, quit to leave.",
        app.instance_name()
    );
    Shown::foreign(words).into_string()
}

fn say(parts: &[&str]) -> Shown<'static> {
    Shown::foreign(parts.concat())
}

/// The users on the page, each with the number that chooses it.
fn list_lines(view: &View<'_>) -> Vec<Shown<'static>> {
    let list = view.app.list();
    match list.state() {
        ListState::Loading => return vec![Shown::fixed("The users are being read.")],
        ListState::Failed(_) => return vec![Shown::fixed("The users could not be read. refresh tries again.")],
        ListState::Empty => return vec![Shown::fixed("No user matches. A slash alone looks for everybody.")],
        ListState::Rows | ListState::Stale => {}
    }
    let rows = list.window().rows().iter().enumerate().skip(list.top()).take(view.layout.list_rows());
    let mut lines = vec![list_head(view)];
    let marked = view.app.marks().len();
    if marked > 0 {
        lines.push(say(&[&counted(marked, "user is marked.", "users are marked.")]));
    }
    for (number_here, (index, known)) in (1..).zip(rows) {
        let chosen = if index == list.cursor() { CHOSEN } else { "" };
        lines.push(say(&[&format!("{number_here}. "), summary(view, known).as_str(), chosen]));
    }
    lines
}

fn list_head(view: &View<'_>) -> Shown<'static> {
    let order = OrderItem::words(view.app.list().query().order);
    let count = view.app.matching_users().map_or(Shown::fixed("Users"), |count| {
        Shown::join(&[&Shown::number(count), &Shown::fixed(if count == 1 { " user" } else { " users" })])
    });
    let search = view.app.search().text().trim();
    let matching = if search.is_empty() { String::new() } else { format!(" that match {search}") };
    say(&[count.as_str(), &matching, ", ", order, ". A number chooses; open, next, previous."])
}

/// A user in a line: who, the state, how long here and when last active.
fn summary(view: &View<'_>, known: &Known) -> Shown<'static> {
    let mut parts = vec![user::title(view, known).0, user::identifier(view, known)];
    parts.extend(user::state_in_words(view, known).map(|(words, _)| words));
    parts.push(Shown::join(&[&Shown::fixed("joined "), &view.when.ago(known.created_at)]));
    if view.app.marks().contains(&known.id) {
        parts.push(Shown::fixed("marked"));
    }
    user::listed(&parts)
}

/// One user: who, and the open tab as it stands, its rows numbered.
fn user_lines(view: &View<'_>) -> Vec<Shown<'static>> {
    let Some(known) = view.app.subject() else { return Vec::new() };
    let id = Shown::foreign(known.id.as_str().to_owned());
    let mut parts = vec![user::title(view, known).0, user::identifier(view, known), id];
    parts.extend(user::state_in_words(view, known).map(|(words, _)| words));
    let tab = view.app.detail().tab();
    let others = Tab::iter().map(|tab| <&str>::from(tab).to_lowercase()).collect::<Vec<_>>().join(", ");
    let mut lines = vec![
        user::listed(&parts),
        say(&["Open: ", <&str>::from(tab), ". Others by their word: ", &others, "; back leaves."]),
    ];
    lines.extend(tab_lines(view, known, tab));
    lines
}

/// The state as it would be drawn with room for all of it.
fn sheet<'a>(view: &View<'a>, open: Open) -> View<'a> {
    View { layout: Layout::of(SHEET, open), ..View::new(view.app, view.now, view.theme) }
}

fn drawn(draw: impl FnOnce(&mut Canvas<'_>)) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, SHEET.width, SHEET.height));
    draw(&mut Canvas::new(&mut buffer));
    buffer
}

/// What the open tab shows.
fn tab_lines(view: &View<'_>, known: &Known, tab: Tab) -> Vec<Shown<'static>> {
    let sheet = sheet(view, Open { detail: true, ..Open::default() });
    let Some(area) = sheet.layout.detail else { return Vec::new() };
    let buffer = drawn(|canvas| detail::draw(&sheet, area, canvas));
    let numbered = rows_of(&sheet, known, tab, &area);
    let is_json = matches!(tab, Tab::Metadata | Tab::Raw);
    let body = area.body;
    let mut lines = Vec::new();
    for y in body.y..body.bottom() {
        let row = read::row(&buffer, Rect { y, height: 1, ..body });
        let place = numbered.filter(|rows| (rows.y..rows.bottom()).contains(&y));
        let line = if is_json { read::indented(&row) } else { read::sentence(&row) };
        let Some(line) = line else { continue };
        lines.push(match place {
            Some(rows) if !is_json => say(&[&format!("{}. ", y - rows.y + 1), line.as_str()]),
            _ => line,
        });
    }
    lines
}

/// Where the rows stand that can be chosen by number.
fn rows_of(view: &View<'_>, known: &Known, tab: Tab, area: &DetailArea) -> Option<Rect> {
    let breadth = view.layout.breadth;
    match tab {
        Tab::Security => Some(area.items(view.app.security_items().len(), breadth).rows),
        tab => {
            let (_, count) = view.app.detail().parts_of(&known.id)?.place(tab)?;
            Some(area.rows(count, breadth).rows)
        }
    }
}

fn notice_lines(view: &View<'_>, notice: &Notice) -> Vec<Shown<'static>> {
    let mut lines = vec![Shown::foreign(super::failure::sentence(&notice.text))];
    match &notice.kind {
        NoticeKind::Success { undo: true, .. } if view.app.why_not(crate::app::Action::Undo, view.now).is_none() => {
            lines.push(Shown::fixed("undo takes it back."));
        }
        NoticeKind::Failure { code, trace_id, advice } => {
            lines.push(Shown::fixed(advice));
            lines.push(super::failure::facts(code.as_deref(), trace_id.as_deref()));
        }
        NoticeKind::Success { .. } | NoticeKind::Remark => {}
    }
    lines.retain(|line| !line.is_empty());
    lines
}
