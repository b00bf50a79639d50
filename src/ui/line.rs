//! A screen with room for little more than a line: instance, name, state. The keys work all the same.

use super::{
    footer,
    paint::{Canvas, Piece, pieces_width},
    row_of,
    text::Shown,
    user,
    view::View,
};
use crate::app::{
    Notice, counted,
    dialog::{Dialog, Place},
};
use ratatui::layout::Rect;

pub(super) fn draw(view: &View<'_>, canvas: &mut Canvas<'_>) {
    let screen = view.layout.header;
    if screen.is_empty() {
        return;
    }
    let first = row_of(screen, 0);
    // The badge goes first: of all that there is no room for, it is the last.
    let mut left = view.standing();
    left.push((Shown::fixed(" "), view.theme.plain));
    let standing = pieces_width(&left);
    let mut right = what(view, &mut left);
    if standing + 1 + pieces_width(&right) > first.width {
        right.clear();
    }
    canvas.put_row(first, &left, &right);
    canvas.place_cursor(first.x, first.y);
    if screen.height < 3 {
        return;
    }
    let between = Rect { y: screen.y + 1, height: screen.height - 2, ..screen };
    if let Some(notice) = view.app.notice() {
        canvas.put_paragraphs(between, &[Some(said(view, notice))]);
    } else if let Some(Dialog::Confirm(confirm)) = view.app.dialog() {
        let words = confirm.words(view.now, &view.app.settings().time_zone);
        let lines = match confirm.place() {
            Place::Reason => [format!("Reason  {}", confirm.reason().text()), String::new(), String::new()],
            Place::Answer | Place::Typing | Place::CheckBox(_) => [words.now, words.kept, words.undo],
        };
        let lines = lines.map(|line| Some((Shown::foreign(line), view.theme.plain)));
        canvas.put_paragraphs(between, &lines);
    }
    let last = row_of(screen, screen.height - 1);
    canvas.put_row(last, &footer::keys(view, last.width), &[]);
}

/// What the line is about, and its state.
fn what(view: &View<'_>, left: &mut Vec<Piece<'static>>) -> Vec<Piece<'static>> {
    let theme = view.theme;
    match view.app.dialog() {
        Some(Dialog::Confirm(confirm)) => {
            let words = confirm.words(view.now, &view.app.settings().time_zone);
            left.push((Shown::foreign(confirm.title(&words)), theme.strong));
        }
        Some(Dialog::Many(many)) => left.push((Shown::foreign(many.title(&many.words())), theme.strong)),
        Some(Dialog::Form(form)) => {
            let field = &form.fields()[form.cursor()];
            left.push((Shown::fixed(field.label), theme.strong));
        }
        Some(Dialog::Metadata(form)) => {
            let label = form.focused().map_or("how it is sent", |field| field.bag.label());
            left.push((Shown::fixed(label), theme.strong));
        }
        Some(Dialog::Picture(_)) => left.push((Shown::fixed("file"), theme.strong)),
        Some(Dialog::Menu(menu)) => {
            let label = menu.chosen().map(|item| item.label.clone()).unwrap_or_default();
            left.push((Shown::foreign(label), theme.strong));
        }
        Some(Dialog::Columns(list)) => {
            let chosen = view.app.columns().choices().get(list.cursor());
            left.push((chosen.map_or_else(Shown::default, |choice| Shown::fixed(choice.column.head())), theme.strong));
        }
        Some(Dialog::Filter(form)) => {
            let field = &form.fields()[form.cursor()];
            left.push((Shown::fixed(field.label), theme.strong));
        }
        Some(Dialog::Picker(picker)) => {
            let name = picker.chosen().map(|chosen| chosen.name.clone()).unwrap_or_default();
            left.push((Shown::foreign(name), theme.strong));
        }
        Some(Dialog::Help(help)) => {
            let row = help.chosen().map(crate::app::action::row_of);
            let words =
                row.map(|row| Shown::join(&[&view.key(row.action), &Shown::fixed(" "), &Shown::fixed(row.help)]));
            left.push((words.unwrap_or_default(), theme.strong));
        }
        Some(Dialog::Marked(_)) => {
            let marked = counted(view.app.marks().len(), "marked", "marked");
            left.push((Shown::foreign(marked), theme.strong));
        }
        Some(Dialog::Pulse(pulse)) => {
            let words = pulse.figures().get(pulse.cursor()).map(|figure| super::dialog::figure_in_words(pulse, figure));
            left.push((words.unwrap_or_default(), theme.strong));
        }
        Some(Dialog::Jobs(pane)) => {
            let report = view.app.jobs().reports().get(pane.cursor());
            let words = report.map(|report| super::dialog::job_in_words(view, report));
            left.push((words.unwrap_or_default(), theme.strong));
        }
        Some(Dialog::Record(pane)) => {
            let done = pane.rows().chosen().map(|row| format!("{} by {}", row.entry().words(), row.entry().by));
            left.push((Shown::foreign(done.unwrap_or_default()), theme.strong));
        }
        Some(Dialog::Requests(pane)) => {
            let path = view.app.request_log().exchanges().get(pane.cursor()).map(|exchange| exchange.path.clone());
            left.push((Shown::foreign(path.unwrap_or_default()), theme.strong));
        }
        Some(Dialog::About) => left.push((Shown::fixed("about"), theme.strong)),
        Some(Dialog::Link(open)) => left.push(user::title(view, open.known())),
        Some(Dialog::Restrictions(open)) => {
            let chosen = open.chosen().map(|entry| entry.identifier.clone()).unwrap_or_default();
            left.push((Shown::foreign(format!("{}: {chosen}", open.list().title())), theme.strong));
        }
        Some(Dialog::Invitations(pane)) => {
            let chosen = pane.chosen().map(|it| it.email_address.clone()).unwrap_or_default();
            left.push((view.personal_owned(chosen), theme.strong));
        }
        Some(Dialog::Trash(pane)) => {
            let chosen = pane.chosen().map(|deleted| deleted.call(view.app.is_masking()).to_owned());
            left.push((Shown::foreign(chosen.unwrap_or_default()), theme.strong));
        }
        Some(Dialog::Palette(palette)) => {
            let label = palette.chosen().map(|entry| entry.label.clone()).unwrap_or_default();
            left.push((Shown::foreign(format!(": {}   {label}", palette.field().text())), theme.strong));
        }
        None => {
            let Some(known) = view.app.subject() else {
                left.push((Shown::foreign(view.app.instance_name().to_owned()), theme.plain));
                return Vec::new();
            };
            left.push(user::title(view, known));
            return user::state(view, known).into_iter().collect();
        }
    }
    Vec::new()
}

fn said<'a>(view: &View<'_>, notice: &'a Notice) -> Piece<'a> {
    (Shown::foreign(&*notice.text), view.theme.plain)
}
