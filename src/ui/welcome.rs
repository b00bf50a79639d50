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
    app::{Choice, Opens, Welcome, WelcomeStep},
    clerk::InstanceKind,
};
use ratatui::{Frame, layout::Rect};

/// Sentences are not longer, in cells: the eye has to find the next line.
const SENTENCE: u16 = 76;
/// Where what is typed begins, in cells behind its label's start.
const VALUES: u16 = 16;

const GREETING: &str = "Welcome. lazyclerk works on the users of your Clerk application: it finds anyone, shows \
                        everything about them, acts, and takes it back.";
const NEED: &str = "It needs the application's secret key: there is none in the environment, nor in the .env files of a \
                    project here. The Clerk dashboard has it under Configure, API keys.";

/// Draws the first start.
pub fn draw_welcome(welcome: &Welcome, theme: &Theme, ascii: bool, frame: &mut Frame<'_>) {
    let ground = Ground { style: theme.plain, ascii };
    let screen = frame.area();
    Canvas::paint(frame, ground, |canvas| draw(welcome, theme, screen, canvas));
}

/// A row of the page.
enum Row<'a> {
    Air,
    Words(Vec<Piece<'a>>),
    Choice(Choice, &'static str, Option<&'static str>),
}

fn draw(welcome: &Welcome, theme: &Theme, screen: Rect, canvas: &mut Canvas<'_>) {
    let footer = screen.height.saturating_sub(1);
    let (mut body, rules) = (Rect { height: footer, ..screen }, screen.height >= 8);
    if rules {
        canvas.put(screen.x + 1, screen.y, screen.width.saturating_sub(2), &Shown::fixed("lazyclerk"), theme.strong);
        canvas.rule(row_of(screen, 1), theme.rule);
        canvas.rule(row_of(screen, footer - 1), theme.rule);
        body = Rect { y: screen.y + 2, height: footer - 3, ..screen };
    }
    let hints = welcome.hints().iter().flat_map(|(key, words)| {
        [(Shown::fixed(key), theme.accent), (Shown::fixed(" "), theme.plain), (Shown::fixed(words), theme.plain)]
            .into_iter()
            .chain([(Shown::fixed("   "), theme.plain)])
    });
    canvas.put_row(inset(row_of(screen, footer)), &hints.collect::<Vec<_>>(), &[]);
    draw_rows(welcome, theme, inset(inset(body)), canvas);
}

fn draw_rows(welcome: &Welcome, theme: &Theme, body: Rect, canvas: &mut Canvas<'_>) {
    let width = body.width.min(SENTENCE);
    let (said, ways) = (said(welcome, theme, width), ways(welcome, theme, width));
    // Where there is not room for all, the ways on are what is needed.
    let height = usize::from(body.height);
    let spared = (said.len() + ways.len()).saturating_sub(height).min(said.len());
    for (y, row) in (body.y..body.bottom()).zip(said.into_iter().skip(spared).chain(ways)) {
        let line = Rect { y, height: 1, ..body };
        match row {
            Row::Air => {}
            Row::Words(pieces) => canvas.put_row(line, &pieces, &[]),
            Row::Choice(choice, label, words) => draw_choice(welcome, theme, (choice, label, words), line, canvas),
        }
    }
}

/// What it is about, and an empty row.
fn said<'a>(welcome: &'a Welcome, theme: &Theme, width: u16) -> Vec<Row<'a>> {
    let mut rows = vec![Row::Air];
    match welcome.step() {
        WelcomeStep::Key | WelcomeStep::Trying => {
            rows.extend(sentence(GREETING, theme, width));
            rows.push(Row::Air);
            rows.extend(sentence(NEED, theme, width));
            let profiles = &welcome.grounds().profiles;
            if !profiles.is_empty() {
                let names = profiles.join(", ");
                let words = format!("Of the profiles none is the one to open: {names}. --profile NAME opens one.");
                rows.push(Row::Air);
                rows.extend(sentence(&words, theme, width));
            }
        }
        WelcomeStep::Keep(opens) | WelcomeStep::Keeping(opens) => {
            rows.push(Row::Words(opened(opens, theme)));
            rows.push(Row::Air);
            let place = if welcome.grounds().has_keyring {
                "It goes into the keyring of this system."
            } else {
                "There is no keyring at hand, so it goes into a file that only you can read."
            };
            rows.extend(sentence(&format!("Keep the key for the next start? {place}"), theme, width));
        }
    }
    rows.push(Row::Air);
    rows
}

/// The two ways on, and what there is to say of the one that is taken.
fn ways<'a>(welcome: &'a Welcome, theme: &Theme, width: u16) -> Vec<Row<'a>> {
    let mut rows = if welcome.is_about_the_key() {
        vec![
            Row::Choice(Choice::Typed, "Secret key", None),
            Row::Choice(Choice::Other, "Look around", Some("on people who do not exist, without a key")),
        ]
    } else {
        vec![
            Row::Choice(Choice::Typed, "Keep it as", None),
            Row::Choice(Choice::Other, "Use it once", Some("and ask again at the next start")),
        ]
    };
    rows.push(Row::Air);
    let (words, style) = match (welcome.fault(), welcome.step()) {
        (Some(fault), _) => (failure::sentence(fault), theme.failed),
        (None, WelcomeStep::Key) => ("The key is not shown, and is tried with one request.".to_owned(), theme.dim),
        (None, WelcomeStep::Trying) => ("Asking which instance it opens …".to_owned(), theme.pending),
        (None, WelcomeStep::Keeping(_)) => ("Keeping it …".to_owned(), theme.pending),
        (None, WelcomeStep::Keep(opens)) if opens.kind == InstanceKind::Production => {
            let words = "Kept, production starts read-only: ctrl-t leaves that for a run, read_only = false in the \
                         profile for good.";
            (words.to_owned(), theme.dim)
        }
        (None, WelcomeStep::Keep(_)) => ("The name is what --profile opens.".to_owned(), theme.dim),
    };
    let lines = Shown::foreign(words).wrap(usize::from(width));
    rows.extend(lines.into_iter().map(|line| Row::Words(vec![(line, style)])));
    rows
}

fn sentence<'a>(words: &str, theme: &Theme, width: u16) -> Vec<Row<'a>> {
    let lines = Shown::foreign(words).wrap(usize::from(width));
    lines.into_iter().map(|line| Row::Words(vec![(line, theme.plain)])).collect()
}

fn opened<'a>(opens: &'a Opens, theme: &Theme) -> Vec<Piece<'a>> {
    let mut pieces = badge(opens.kind, theme);
    pieces.extend([
        (Shown::fixed("  The key opens "), theme.plain),
        (Shown::foreign(&*opens.instance), theme.strong),
        (Shown::fixed(" at "), theme.plain),
        (Shown::foreign(&*opens.host), theme.strong),
    ]);
    pieces
}

fn draw_choice(
    welcome: &Welcome,
    theme: &Theme,
    (choice, label, words): (Choice, &'static str, Option<&'static str>),
    row: Rect,
    canvas: &mut Canvas<'_>,
) {
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
