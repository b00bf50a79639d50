//! The first start: what is needed and why, two ways on, and what went wrong.

use super::{
    failure, field, inset,
    paint::{Canvas, Ground, Piece},
    row_of,
    text::Shown,
    theme::Theme,
    view::badge,
};
use crate::{
    app::{Welcome, WelcomeChoice, WelcomeInstance, WelcomeStep, welcome::words},
    clerk::InstanceKind,
};
use ratatui::{Frame, layout::Rect, style::Style};

/// Sentences are not longer, in cells: the eye has to find the next line.
const SENTENCE: u16 = 76;
/// Where what is typed begins, in cells behind its label's start.
const VALUES: u16 = 16;

/// Draws the first start.
pub fn draw_welcome(welcome: &Welcome, theme: &Theme, ascii: bool, frame: &mut Frame<'_>) {
    let ground = Ground { style: theme.plain, ascii };
    let screen = frame.area();
    Canvas::paint(frame, ground, |canvas| draw(welcome, theme, screen, canvas));
}

/// A way on: its label, and what stands behind it unless that is typed.
type Way = (WelcomeChoice, &'static str, Option<&'static str>);

const KEY: [Way; 2] = [
    (WelcomeChoice::Typed, "Secret key", None),
    (WelcomeChoice::Other, "Look around", Some("on people who do not exist, without a key")),
];
const KEEP: [Way; 2] = [
    (WelcomeChoice::Typed, "Keep it as", None),
    (WelcomeChoice::Other, "Use it once", Some("and ask again at the next start")),
];

/// A row of the page.
enum Row<'a> {
    Air,
    Words(Vec<Piece<'a>>),
    Way(Way),
}

fn draw(welcome: &Welcome, theme: &Theme, screen: Rect, canvas: &mut Canvas<'_>) {
    let footer = screen.height.saturating_sub(1);
    let (mut body, rules) = (Rect { height: footer, ..screen }, screen.height >= 8);
    if rules {
        let mut title = vec![(Shown::fixed("lazyclerk"), theme.strong)];
        if let Some(instance) = instance(welcome) {
            title.push((Shown::fixed("  "), theme.plain));
            title.extend(badge(instance.kind, theme));
        }
        canvas.put_row(inset(row_of(screen, 0)), &title, &[]);
        canvas.rule(row_of(screen, 1), theme.rule);
        canvas.rule(row_of(screen, footer - 1), theme.rule);
        body = Rect { y: screen.y + 2, height: footer - 3, ..screen };
    }
    let hints = welcome.hints().iter().flat_map(|(key, words)| {
        [
            (Shown::fixed(key), theme.accent),
            (Shown::fixed(" "), theme.plain),
            (Shown::fixed(words), theme.plain),
            (Shown::fixed("   "), theme.plain),
        ]
    });
    canvas.put_row(inset(row_of(screen, footer)), &hints.collect::<Vec<_>>(), &[]);
    draw_rows(welcome, theme, (inset(inset(body)), rules), canvas);
}

/// The instance that the key opens, once that is known.
fn instance(welcome: &Welcome) -> Option<&WelcomeInstance> {
    match welcome.step() {
        WelcomeStep::Keep(instance) | WelcomeStep::Keeping(instance) | WelcomeStep::Kept(instance, _) => Some(instance),
        WelcomeStep::Key | WelcomeStep::Trying => None,
    }
}

/// Below a title, which has the badge, or without one.
fn draw_rows(welcome: &Welcome, theme: &Theme, (body, has_title): (Rect, bool), canvas: &mut Canvas<'_>) {
    let width = body.width.min(SENTENCE);
    let (opened, said, ways) =
        (opened(welcome, theme, has_title), said(welcome, theme, width), ways(welcome, theme, width));
    // Where there is not room for all, prose is what goes: which instance it is and the ways on are needed.
    let room = usize::from(body.height).saturating_sub(opened.len() + ways.len());
    let spared = said.len().saturating_sub(room);
    for (y, row) in (body.y..body.bottom()).zip(opened.into_iter().chain(said.into_iter().skip(spared)).chain(ways)) {
        let line = Rect { y, height: 1, ..body };
        match row {
            Row::Air => {}
            Row::Words(pieces) => canvas.put_row(line, &pieces, &[]),
            Row::Way(way) => draw_way(welcome, theme, way, line, canvas),
        }
    }
}

/// Which instance the key opens, and where: an address may lead elsewhere than to Clerk.
fn opened<'a>(welcome: &'a Welcome, theme: &Theme, has_title: bool) -> Vec<Row<'a>> {
    let Some(instance) = instance(welcome) else { return Vec::new() };
    let (id, host) = (Shown::foreign(&*instance.instance), Shown::foreign(&*instance.host));
    let mut first = vec![(Shown::fixed("The key opens "), theme.plain), (id, theme.strong)];
    let second = vec![(Shown::fixed("at "), theme.plain), (host, theme.strong)];
    if has_title {
        return vec![Row::Air, Row::Words(first), Row::Words(second)];
    }
    first.splice(..0, badge(instance.kind, theme).into_iter().chain([(Shown::fixed(" "), theme.plain)]));
    vec![Row::Words(first), Row::Words(second)]
}

/// What it is about, between empty rows.
fn said<'a>(welcome: &'a Welcome, theme: &Theme, width: u16) -> Vec<Row<'a>> {
    let profiles = words::profiles(&welcome.grounds().profiles);
    let paragraphs: Vec<&str> = match welcome.step() {
        WelcomeStep::Key | WelcomeStep::Trying => {
            [Some(words::GREETING), Some(words::NEED), profiles.as_deref()].into_iter().flatten().collect()
        }
        WelcomeStep::Keep(_) | WelcomeStep::Keeping(_) => vec![words::keep(welcome.grounds().has_keyring)],
        WelcomeStep::Kept(_, words) => words.iter().map(String::as_str).collect(),
    };
    let mut rows = vec![Row::Air];
    for paragraph in paragraphs {
        rows.extend(lines(paragraph, theme.plain, width));
        rows.push(Row::Air);
    }
    rows
}

/// The two ways on, and what there is to say of the one that is taken.
fn ways<'a>(welcome: &'a Welcome, theme: &Theme, width: u16) -> Vec<Row<'a>> {
    let (choices, words, style) = match welcome.step() {
        WelcomeStep::Key => (KEY, "The key is not shown, and is tried with one request.", theme.dim),
        WelcomeStep::Trying => (KEY, "Asking which instance it opens …", theme.pending),
        WelcomeStep::Keep(instance) if instance.kind == InstanceKind::Production => {
            (KEEP, "The name is what --profile opens. Kept, production starts read-only.", theme.dim)
        }
        WelcomeStep::Keep(_) => (KEEP, "The name is what --profile opens.", theme.dim),
        WelcomeStep::Keeping(_) => (KEEP, "Keeping it …", theme.pending),
        WelcomeStep::Kept(..) => return Vec::new(),
    };
    let mut rows: Vec<_> = choices.into_iter().map(Row::Way).collect();
    rows.push(Row::Air);
    match welcome.fault() {
        Some(fault) => rows.extend(lines(&failure::sentence(fault), theme.failed, width)),
        None => rows.extend(lines(words, style, width)),
    }
    rows
}

fn lines<'a>(words: &str, style: Style, width: u16) -> Vec<Row<'a>> {
    let lines = Shown::foreign(words).wrap(usize::from(width));
    lines.into_iter().map(|line| Row::Words(vec![(line, style)])).collect()
}

fn draw_way(welcome: &Welcome, theme: &Theme, (choice, label, words): Way, row: Rect, canvas: &mut Canvas<'_>) {
    let is_chosen = choice == welcome.choice();
    let sign = if is_chosen { "› " } else { "  " };
    let style = if is_chosen { theme.strong } else { theme.plain };
    canvas.put_row(row, &[(Shown::fixed(sign), theme.accent), (Shown::fixed(label), style)], &[]);
    let column = VALUES.min(row.width);
    let value = Rect { x: row.x + column, width: row.width - column, ..row };
    if let Some(words) = words {
        canvas.put(value.x, value.y, value.width, &Shown::fixed(words), theme.dim);
        return;
    }
    let (before, after) = welcome.field().split();
    let shown = |text: &str| {
        let stars = welcome.is_about_the_key();
        Shown::foreign(if stars { "*".repeat(text.chars().count()) } else { text.to_owned() })
    };
    if is_chosen && matches!(welcome.step(), WelcomeStep::Key | WelcomeStep::Keep(_)) {
        if welcome.field().text().is_empty() {
            let hint =
                if welcome.is_about_the_key() { "sk_test_… or sk_live_…" } else { "letters, digits, - and _" };
            canvas.put(value.x + 1, value.y, value.width.saturating_sub(1), &Shown::fixed(hint), theme.dim);
        }
        field::draw_split(theme, &shown(before), &shown(after), value, canvas);
    } else {
        canvas.put(value.x, value.y, value.width, &shown(welcome.field().text()), theme.plain);
    }
}
