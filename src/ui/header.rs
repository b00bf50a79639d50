//! The header: which instance, what is searched for, how many there are.

use super::{
    field, inset,
    paint::{Canvas, Piece, pieces_width},
    row_of,
    text::Shown,
    user,
    view::View,
};
use crate::app::{
    Action, Focus, Known, MouseCapture, SlotId, TokenKind,
    dialog::{Dialog, Help, OrderItem},
    layout::Breadth,
    list::ListState,
};
use ratatui::layout::Rect;

/// Cells between two facts.
const GAP: &str = "   ";
/// Room for how many are found on the help page.
const COUNT_ROOM: u16 = 12;
/// The search text gets at least so many cells.
const FIELD_MIN: u16 = 12;

pub(super) fn draw(view: &View<'_>, canvas: &mut Canvas<'_>) {
    let header = inset(view.layout.header);
    let (first, second) = (row_of(header, 0), row_of(header, 1));
    let instance = instance(view);
    let one_row = second.height == 0;
    if let Some(Dialog::Help(help)) = view.app.dialog() {
        canvas.put_row(first, &instance, &[(Shown::fixed("Keys"), view.theme.strong)]);
        return draw_help_line(view, help, second, canvas);
    }
    // Where there is room for one pane only, the header says whose detail it is.
    if let Some(known) =
        view.app.subject().filter(|_| view.layout.list.is_none() && view.focus() == Some(Focus::Detail))
    {
        let (left, right) = person(view, known);
        if one_row {
            put_beside(&instance, &right, first, canvas);
        } else {
            canvas.put_row(first, &instance, &crumbs(view));
            canvas.put_row(second, &left, &right);
        }
        return;
    }
    if one_row {
        let slim = view.layout.breadth == Breadth::Slim;
        let right = match marked(view) {
            marked if marked.is_empty() && slim => count(view),
            marked if slim => marked,
            mut marked => {
                push_fact(&mut marked, matches(view), view);
                marked
            }
        };
        let used = pieces_width(&instance) + 2;
        put_beside(&instance, &right, first, canvas);
        let room = first.width.saturating_sub(used + pieces_width(&right) + 1);
        if is_searching(view) && room > 2 {
            draw_search(view, Rect { x: first.x + used, width: room, ..first }, canvas);
        }
        return;
    }
    canvas.put_row(first, &instance, &totals(view));
    // What there is to say of the search line has the room of the rest, such as what would be right.
    let right = if said_of_line(view).is_some() { Vec::new() } else { matches(view) };
    let room = second.width.saturating_sub(pieces_width(&right) + 2).max(FIELD_MIN.min(second.width));
    canvas.put_row(second, &[], &right);
    draw_search(view, Rect { width: room, ..second }, canvas);
}

/// Puts `right` on the row as well, unless some of the instance had to make room for it.
fn put_beside(instance: &[Piece<'_>], right: &[Piece<'_>], row: Rect, canvas: &mut Canvas<'_>) {
    let has_room = pieces_width(instance) + 1 + pieces_width(right) <= row.width;
    canvas.put_row(row, instance, if has_room { right } else { &[] });
}

/// The instance and what stands beside its name, which is never what is cut.
fn instance(view: &View<'_>) -> Vec<Piece<'static>> {
    let standing = view.standing();
    let gap = if view.layout.breadth == Breadth::Wide { "  " } else { " " };
    let room = view.layout.header.width.saturating_sub(pieces_width(&standing) + 4) / 2;
    let name = view.instance().cut(usize::from(room)).into_string();
    let mut pieces = vec![
        (Shown::foreign(name), view.theme.instance(view.app.settings().preferences.instance_color)),
        (Shown::fixed(gap), view.theme.plain),
    ];
    pieces.extend(standing);
    pieces
}

fn is_searching(view: &View<'_>) -> bool {
    view.focus() == Some(Focus::Search) || !view.app.search().text().is_empty()
}

/// A number, and dimly what it counts.
fn counted<'a>(view: &View<'_>, number: Shown<'a>, what: &'static str) -> [Piece<'a>; 2] {
    [(number, view.theme.plain), (Shown::fixed(what), view.theme.dim)]
}

fn push_fact<'a>(facts: &mut Vec<Piece<'a>>, fact: impl IntoIterator<Item = Piece<'a>>, view: &View<'_>) {
    if !facts.is_empty() {
        facts.push((Shown::fixed(GAP), view.theme.plain));
    }
    facts.extend(fact);
}

/// How many users the instance has, once they are counted.
fn count(view: &View<'_>) -> Vec<Piece<'static>> {
    view.app.all_users().map_or_else(Vec::new, |all| counted(view, Shown::number(all), " users").into())
}

fn totals(view: &View<'_>) -> Vec<Piece<'static>> {
    let mut facts = Vec::new();
    if view.app.settings().mouse == MouseCapture::Terminal {
        push_fact(&mut facts, [(Shown::fixed("mouse off"), view.theme.warning)], view);
    }
    if view.app.is_masking() {
        push_fact(&mut facts, [(Shown::fixed("masked"), view.theme.accent)], view);
    }
    if view.app.is_watching() {
        push_fact(&mut facts, [(Shown::fixed("every 10 s"), view.theme.accent)], view);
    }
    let users = count(view);
    if !users.is_empty() {
        push_fact(&mut facts, users, view);
    }
    if let Some(banned) = view.app.banned_users() {
        push_fact(&mut facts, counted(view, Shown::number(banned), " banned"), view);
    }
    let marked = marked(view);
    if !marked.is_empty() {
        push_fact(&mut facts, marked, view);
    }
    facts
}

/// How many users are marked, where some are.
fn marked(view: &View<'_>) -> Vec<Piece<'static>> {
    let count = view.app.marks().len();
    if count == 0 {
        return Vec::new();
    }
    let words = Shown::join(&[&Shown::fixed("✓ "), &Shown::count(count), &Shown::fixed(" marked")]);
    vec![(words, view.theme.accent)]
}

/// Where the cursor is in the result, how long that is, and its order; or that a new result is awaited.
fn matches(view: &View<'_>) -> Vec<Piece<'static>> {
    let mut facts = Vec::new();
    let list = view.app.list();
    let total = view.app.matching_users();
    // While there are no rows at all, the place of the rows says it.
    let awaited = view.spinner(SlotId::List).filter(|_| !matches!(list.state(), ListState::Loading));
    if let Some(spinner) = awaited {
        push_fact(&mut facts, [(Shown::fixed("reading "), view.theme.dim), (spinner, view.theme.plain)], view);
    } else if let Some(total) = total {
        let number = list.selected().and_then(|_| list.window().number(list.cursor(), Some(total)));
        if let Some(number) = number.filter(|number| *number <= total) {
            facts.extend([(Shown::number(number), view.theme.plain), (Shown::fixed(" of "), view.theme.dim)]);
        }
        facts.push((Shown::number(total), view.theme.plain));
        if !list.query().filter.is_empty() {
            facts.push((Shown::fixed(" match"), view.theme.dim));
        }
    }
    push_fact(&mut facts, [(Shown::fixed(OrderItem::words(list.query().order)), view.theme.dim)], view);
    facts
}

/// The search box: `/` and the text, with the terminal's cursor in it while it is typed into.
fn draw_search(view: &View<'_>, row: Rect, canvas: &mut Canvas<'_>) {
    let typing = view.focus() == Some(Focus::Search);
    let search = view.app.search();
    let sign = if typing { view.theme.accent } else { view.theme.dim };
    canvas.put(row.x, row.y, row.width, &Shown::fixed("/"), sign);
    let area = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
    if !typing {
        if search.text().is_empty() {
            canvas.put(area.x, area.y, area.width, &Shown::fixed("search"), view.theme.dim);
        } else {
            let text = view.personal(search.text());
            let used = canvas.put(area.x, area.y, area.width, &text, view.theme.plain);
            draw_tokens(view, Rect { width: used, ..area }, canvas);
            draw_said(view, area, used, canvas);
        }
        return;
    }
    field::draw_focused(view, search.field(), area, canvas);
    let used = u16::try_from(Shown::foreign(search.text()).width()).unwrap_or(u16::MAX);
    // Where the text is longer than the box, its beginning is not in sight.
    if used < area.width {
        draw_tokens(view, Rect { width: used, ..area }, canvas);
        draw_said(view, area, used + 1, canvas);
    }
}

/// What the help page is narrowed to, or what its looks mean.
fn draw_help_line(view: &View<'_>, help: &Help, row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    if !help.is_finding() && !help.is_narrowed() {
        let words = [
            (view.key_here(Action::Find), theme.accent),
            (Shown::fixed(" finds in this page. In colour: works here, now. Dim: says why not."), theme.dim),
        ];
        return canvas.put_row(row, &words, &[]);
    }
    let used = canvas.put(row.x, row.y, row.width, &Shown::fixed("/ "), theme.accent);
    let area = Rect { x: row.x + used, width: row.width - used, ..row };
    let found: usize = help.found().map(|(_, rows)| rows.len()).sum();
    let found = Shown::number(u64::try_from(found).unwrap_or(u64::MAX));
    canvas.put_row(area, &[], &[(found, theme.plain), (Shown::fixed(" found"), theme.dim)]);
    let area = Rect { width: area.width.saturating_sub(COUNT_ROOM), ..area };
    if help.is_finding() {
        field::draw_focused(view, help.find_field(), area, canvas);
    } else {
        canvas.put(area.x, area.y, area.width, &Shown::foreign(help.find_field().text()), theme.plain);
    }
}

/// Sets filters apart from words, and those that cannot be read from both.
fn draw_tokens(view: &View<'_>, area: Rect, canvas: &mut Canvas<'_>) {
    let search = view.app.search();
    let cells = |text: &str| u16::try_from(Shown::foreign(text.to_owned()).width()).unwrap_or(u16::MAX);
    for token in &search.line().tokens {
        let style = match token.kind {
            TokenKind::Word => continue,
            TokenKind::Filter | TokenKind::Awaited(_) => view.theme.filter,
            TokenKind::Wrong(_) => view.theme.wrong,
        };
        // The line was read from this very text.
        let (Some(before), Some(text)) =
            (search.text().get(..token.range.start), search.text().get(token.range.clone()))
        else {
            continue;
        };
        let x = area.x.saturating_add(cells(before));
        canvas.restyle(Rect { x, width: cells(text), ..area }.intersection(area), style);
    }
}

/// What is wrong with the line, or what it waits for.
fn said_of_line(view: &View<'_>) -> Option<Piece<'static>> {
    let search = view.app.search();
    if let Some(fault) = search.line().fault() {
        return Some((Shown::foreign(fault.to_owned()), view.theme.warning));
    }
    let (name, spinner) = (search.unknown_name()?, view.spinner(SlotId::Named)?);
    let words = [&Shown::fixed("looking up "), &Shown::foreign(name), &Shown::fixed(" "), &spinner];
    Some((Shown::join(&words), view.theme.dim))
}

/// The same behind the text.
fn draw_said(view: &View<'_>, area: Rect, used: u16, canvas: &mut Canvas<'_>) {
    if let Some((text, style)) = said_of_line(view) {
        let from = used.saturating_add(2).min(area.width);
        canvas.put(area.x + from, area.y, area.width - from, &text, style);
    }
}

/// Name and identifier; and what is the matter.
fn person(view: &View<'_>, known: &Known) -> (Vec<Piece<'static>>, Vec<Piece<'static>>) {
    let theme = view.theme;
    let left =
        vec![user::title(view, known), (Shown::fixed(GAP), theme.plain), (user::identifier(view, known), theme.plain)];
    (left, user::state_in_words(view, known).into_iter().collect())
}

/// The way back from the detail: `users › ada › memberships`.
fn crumbs(view: &View<'_>) -> Vec<Piece<'static>> {
    let text = view.app.search().text().trim();
    let mut crumbs = vec!["users".to_owned()];
    if !text.is_empty() {
        crumbs.push(view.personal(text).cut(24).into_string());
    }
    crumbs.push(<&str>::from(view.app.detail().tab()).to_lowercase());
    vec![(Shown::foreign(crumbs.join(" › ")), view.theme.dim)]
}
