//! A menu: each choice with its key, and a word about it.

use crate::{
    app::{
        Act, Action, Copyable, ViewName,
        dialog::{Choice, Menu, MenuItem, MenuKind, OrderItem},
    },
    ui::{
        paint::{Canvas, Piece},
        text::Shown,
        user,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Where the key and the label begin, in cells behind the row's start.
const STOPS: [u16; 2] = [2, 5];
/// Between the widest label and the words about the choices.
const GAP: u16 = 2;

pub(super) fn draw(view: &View<'_>, menu: &Menu, area: Rect, canvas: &mut Canvas<'_>) {
    let body = super::draw_frame(view, &title(view, menu), area, canvas);
    let first = super::first_row(menu.cursor(), usize::from(body.height));
    let widest = menu.items().iter().map(|item| Shown::foreign(&*item.label).width()).max().unwrap_or(0);
    let words_at = STOPS[1] + u16::try_from(widest).unwrap_or(0) + GAP;
    for (y, (index, item)) in (body.y..body.bottom()).zip(menu.items().iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..body };
        draw_item(view, menu, item, (row, words_at), canvas);
        if index == menu.cursor() {
            canvas.put(row.x, y, row.width, &Shown::fixed("›"), view.theme.accent);
            canvas.restyle(row, view.theme.cursor);
            canvas.place_cursor(row.x, y);
        }
    }
}

fn title(view: &View<'_>, menu: &Menu) -> Piece<'static> {
    let title = match (menu.kind(), view.app.subject()) {
        (MenuKind::More, Some(known)) => Shown::join(&[&Shown::fixed("More for "), &user::title(view, known).0]),
        (MenuKind::Marked, _) => Shown::join(&[
            &Shown::fixed("More for the "),
            &Shown::count(view.app.marks().len()),
            &Shown::fixed(" marked"),
        ]),
        (MenuKind::More, None) => Shown::fixed("More"),
        (MenuKind::Order(_), _) => Shown::fixed("Order"),
        (MenuKind::Status, _) => Shown::fixed("Show by status"),
        (MenuKind::Role, Some(known)) => Shown::join(&[&Shown::fixed("Role of "), &user::title(view, known).0]),
        (MenuKind::Copy, Some(known)) => Shown::join(&[&Shown::fixed("Copy of "), &user::title(view, known).0]),
        (MenuKind::Block, Some(known)) => Shown::join(&[&Shown::fixed("Block of "), &user::title(view, known).0]),
        (MenuKind::Block, None) => Shown::fixed("Block"),
        (MenuKind::Copy, None) => Shown::fixed("Copy"),
        (MenuKind::Theme, _) => Shown::fixed("Colours"),
        (MenuKind::View, _) => Shown::fixed("Saved views"),
        (MenuKind::Profile, _) => Shown::fixed("Switch to"),
        (MenuKind::Leave, _) => Shown::fixed("A job goes on"),
        (MenuKind::Role, None) => Shown::fixed("Role"),
    };
    (title, view.theme.strong)
}

fn draw_item(view: &View<'_>, menu: &Menu, item: &MenuItem, (row, words_at): (Rect, u16), canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let about = match &item.choice {
        Choice::Order(order) => about_order(view, menu, OrderItem::of(order.by)),
        Choice::Action(action) => about_action(view, *action),
        Choice::Restriction(_) => about_text(view, "for new sign-ups"),
        Choice::Act(Act::Organization(act)) => about_text(view, act.role().unwrap_or_default()),
        Choice::Act(_) | Choice::Leave | Choice::Stay => about_text(view, ""),
        // A text can be long: its beginning tells it.
        Choice::Copy(copyable) => about_copyable(view, copyable),
        Choice::Invitations(status) => about_status(view, status.as_ref() == view.app.invitation_status()),
        Choice::View(name) => about_view(view, name),
        Choice::Profile(name) => {
            let open = view.app.settings().surroundings.profile.as_ref();
            about_status(view, Some(name) == open)
        }
        Choice::Theme(theme) => about_status(view, *theme == view.app.theme()),
        Choice::Sessions(status) => about_status(view, status.as_ref() == view.app.detail().session_status()),
    };
    let cells = [
        (STOPS[0], (Shown::foreign(item.key.to_string()), if about.works { theme.accent } else { theme.dim })),
        (STOPS[1], (Shown::foreign(&*item.label), about.label)),
        (words_at, about.words.clone()),
    ];
    for (stop, (text, style)) in &cells {
        canvas.put(row.x.saturating_add(*stop), row.y, row.width.saturating_sub(*stop), text, *style);
    }
    let taken = words_at + u16::try_from(about.words.0.width()).unwrap_or(0) + 1;
    let room = row.width.saturating_sub(taken);
    if let Some(note) = about.notes.iter().find(|note| note.width() <= usize::from(room)) {
        canvas.put_right(row.x, row.y, row.width, note, theme.dim);
    }
}

/// What there is to say about a choice.
struct About {
    works: bool,
    label: ratatui::style::Style,
    words: Piece<'static>,
    /// At the right edge, the first that has room.
    notes: Vec<Shown<'static>>,
}

/// Of the order that the list has, which way it runs; of the others, which way choosing makes them run.
fn about_order(view: &View<'_>, menu: &Menu, item: &OrderItem) -> About {
    let theme = view.theme;
    match menu.kind() {
        MenuKind::Order(current) if current.by == item.field => About {
            works: true,
            label: theme.strong,
            words: (Shown::fixed(OrderItem::words(current)), theme.plain),
            notes: ["now; again turns it round", "now"].map(Shown::fixed).into(),
        },
        _ => About {
            works: true,
            label: theme.plain,
            words: (Shown::fixed(OrderItem::words(item.order())), theme.dim),
            notes: Vec::new(),
        },
    }
}

/// The beginning of what would be copied; of what is not the id, with stars while personal data is masked.
fn about_copyable(view: &View<'_>, copyable: &Copyable) -> About {
    let Some(text) = copyable.shown().map(start_of) else { return about_text(view, "masked") };
    let is_id = view.app.subject().is_some_and(|known| text == known.id.as_str());
    if is_id { about_text(view, text) } else { about_text(view, view.personal(text).as_str()) }
}

/// The beginning of a text, longer than any row.
fn start_of(text: &str) -> &str {
    text.char_indices().nth(400).map_or(text, |(end, _)| &text[..end])
}

/// What it gives, such as the key of a role, which tells apart what is called alike.
fn about_text(view: &View<'_>, text: &str) -> About {
    let theme = view.theme;
    let words = (Shown::foreign(text.to_owned()), theme.dim);
    About { works: true, label: theme.plain, words, notes: Vec::new() }
}

/// What it searches, and its order.
fn about_view(view: &View<'_>, name: &ViewName) -> About {
    let theme = view.theme;
    let saved = view.app.memory().views.get(name);
    let search = saved.map(|saved| saved.search.clone()).filter(|search| !search.is_empty());
    let words = search.map_or_else(|| Shown::fixed("everybody"), Shown::foreign);
    let notes = saved.map(|saved| Shown::fixed(OrderItem::words(saved.order))).into_iter().collect();
    About { works: true, label: theme.plain, words: (words, theme.dim), notes }
}

/// Whether it is the one that the tab shows now.
fn about_status(view: &View<'_>, now: bool) -> About {
    let theme = view.theme;
    About {
        works: true,
        label: if now { theme.strong } else { theme.plain },
        words: (Shown::fixed(if now { "now" } else { "" }), theme.dim),
        notes: Vec::new(),
    }
}

/// Why it cannot be done now, if it cannot.
fn about_action(view: &View<'_>, action: Action) -> About {
    let theme = view.theme;
    let reason = view.app.why_not(action, view.now);
    let words = reason.as_ref().map_or_else(Shown::default, |reason| Shown::foreign(reason.as_str().to_owned()));
    About {
        works: reason.is_none(),
        label: if reason.is_none() { theme.plain } else { theme.dim },
        words: (words, theme.dim),
        notes: Vec::new(),
    }
}
