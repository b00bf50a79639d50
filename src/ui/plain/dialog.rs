//! Dialogs as sentences, each with what can be answered.

use super::{SHEET, read, say};
use crate::{
    app::{
        CopyAct,
        act::Sending,
        action::{Group, Row, rows},
        dialog::{Confirm, Dialog, Form, Help, Matter, Menu, MetadataForm, PictureForm},
        layout::Open,
    },
    clerk::InstanceKind,
    ui::{text::Shown, user, view::View},
};

pub(super) fn tell(view: &View<'_>, dialog: &Dialog) -> Vec<Shown<'static>> {
    match dialog {
        Dialog::Confirm(confirm) => question(view, confirm),
        Dialog::Many(many) => super::many::tell(view, many),
        Dialog::Form(form) => field(view, form),
        Dialog::Metadata(form) => bag(view, form),
        Dialog::Picture(form) => picture(view, form),
        Dialog::Menu(menu) => choices(menu),
        Dialog::Help(_) | Dialog::Palette(_) => help(),
        Dialog::Restrictions(_)
        | Dialog::Trash(_)
        | Dialog::Invitations(_)
        | Dialog::Link(_)
        | Dialog::About
        | Dialog::Columns(_)
        | Dialog::Filter(_)
        | Dialog::Picker(_)
        | Dialog::Jobs(_)
        | Dialog::Record(_)
        | Dialog::Requests(_)
        | Dialog::Marked(_)
        | Dialog::Pulse(_) => drawn(view),
    }
}

fn question(view: &View<'_>, confirm: &Confirm) -> Vec<Shown<'static>> {
    let words = confirm.words(view.now, &view.app.settings().time_zone);
    let kind = match view.app.instance_kind() {
        InstanceKind::Production => "On PRODUCTION: ",
        InstanceKind::Development => "",
    };
    let mut lines = vec![
        say(&[kind, &confirm.title(&words)]),
        match confirm.matter() {
            Matter::User { known, .. } => {
                say(&["It is ", user::identifier(view, known).as_str(), ", ", known.id.as_str(), "."])
            }
            Matter::Restriction { act, .. } => say(&["It is ", act.identifier(), "."]),
            Matter::Invitation { act, .. } => {
                let address = view.personal(&act.invitation().email_address);
                let (role, place) = (&act.invitation().role.key, act.invitation().place.id.as_str());
                say(&["It is ", address.as_str(), ", as ", role, " in ", place, "."])
            }
            Matter::Copy { deleted, .. } => say(&["It was ", deleted.user.as_str(), "."]),
        },
    ];
    let list = confirm.differences();
    lines.extend(list.iter().map(|difference| say(&["Change: ", &difference.to_string(), "."])));
    let now = if list.is_empty() { Some(("Now: ", words.now.as_str())) } else { None };
    let facts = now.into_iter().chain([(kept_label(confirm), words.kept.as_str()), ("Undo: ", words.undo.as_str())]);
    lines.extend(facts.map(|(label, text)| say(&[label, text, "."])));
    if let Some(protection) = confirm.protection() {
        let why = view.personal_owned(protection.to_string()).into_string();
        lines.push(say(&["Protected (", &why, "): what is done to many skips this user."]));
    }
    lines.extend(confirm.admin_words().map(|words| Shown::foreign(words.text)));
    if confirm.changed_meanwhile() {
        lines.push(Shown::fixed("Somebody else changed this user meanwhile: read again."));
    }
    for (number, option) in (1..).zip(confirm.also()) {
        let ticked = if option.is_ticked { "Also done" } else { "Could also be done" };
        lines.push(say(&[ticked, &format!(", also {number} changes it: "), &option.extra.in_words(), "."]));
    }
    lines.push(match (confirm.given_reason(), confirm.needs_reason()) {
        (Some(reason), _) => say(&["Reason: ", reason, "."]),
        (None, true) => Shown::fixed("A reason is needed: type reason, and why."),
        (None, false) => Shown::fixed("Reason: none; type reason, and why, to record one."),
    });
    lines.push(match confirm.typing() {
        Some(typing) => say(&["Type ", &typing.expected, " to do it, or cancel."]),
        None => say(&["Answer yes to ", words.verb, ", or no."]),
    });
    lines
}

/// What the second fact is: of a restoration it is what does not come back.
fn kept_label(confirm: &Confirm) -> &'static str {
    match confirm.matter() {
        Matter::Copy { act: CopyAct::Restore, .. } => "Lost: ",
        _ => "Kept: ",
    }
}

/// A dialog with actions of its own: as it is drawn, and what they are called.
fn drawn(view: &View<'_>) -> Vec<Shown<'static>> {
    let is_page = matches!(view.app.dialog(), Some(Dialog::Record(_)));
    let open = Open { dialog: (!is_page).then_some(SHEET.height), page: is_page, ..Open::default() };
    let sheet = super::sheet(view, open);
    let Some(area) = sheet.layout.dialog.or(sheet.layout.page) else { return Vec::new() };
    let buffer = super::drawn(|canvas| crate::ui::dialog::draw(&sheet, canvas));
    let rows_of_it = area.rows().map(|row| read::row(&buffer, row));
    let mut lines: Vec<_> = rows_of_it.filter_map(|row| read::sentence(&row)).collect();
    let scope = view.app.scopes().first();
    let here = rows().filter(|row| scope.is_some_and(|scope| row.scopes.contains(scope)) && row.footer.is_some());
    let names: Vec<&str> = here.map(|row| <&str>::from(row.action)).collect();
    lines.push(say(&["Type one of: ", &names.join(", "), ", or cancel."]));
    lines
}

fn choices(menu: &Menu) -> Vec<Shown<'static>> {
    let mut lines: Vec<_> =
        (1..).zip(menu.items()).map(|(number, item)| say(&[&format!("{number}. "), &item.label])).collect();
    lines.push(Shown::fixed("Type a number, or cancel."));
    lines
}

fn title(view: &View<'_>, form: &Form) -> Shown<'static> {
    let what = Shown::fixed(form.purpose().title());
    match (form.known(), form.place()) {
        (Some(known), _) => Shown::join(&[&what, &Shown::fixed(" "), &user::title(view, known).0]),
        (None, Some(place)) => say(&[what.as_str(), " ", &place.name]),
        (None, None) => what,
    }
}

/// The field that is asked for; the first with what the form is about.
fn field(view: &View<'_>, form: &Form) -> Vec<Shown<'static>> {
    let (index, count) = (form.cursor(), form.fields().len());
    let mut lines = Vec::new();
    if index == 0 {
        lines.push(say(&[title(view, form).as_str(), ". ", form.purpose().note()]));
    }
    let field = &form.fields()[index];
    lines.extend(field.fault.as_ref().map(|fault| say(&["Wrong: ", fault])));
    let text = field.input.text();
    let holds = match (text.is_empty(), field.is_secret) {
        (true, _) if field.hint.is_empty() => "empty".to_owned(),
        (true, _) => format!("empty, {}", field.hint),
        (false, true) => "typed already".to_owned(),
        (false, false) => format!("now {text}"),
    };
    let place = format!("{} of {count}", index + 1);
    let shows = if field.is_secret { " It shows as it is typed." } else { "" };
    lines.push(say(&[field.label, ", ", &place, ", ", &holds, ".", shows]));
    lines.push(Shown::fixed("Type it; empty keeps it, - empties it, done goes on, cancel leaves."));
    lines
}

fn bag(view: &View<'_>, form: &MetadataForm) -> Vec<Shown<'static>> {
    let Some(field) = form.focused() else {
        let present = if form.sending() == Sending::Merge { "1" } else { "2" };
        return vec![
            Shown::fixed("1. Merge what differs: every other key stays as it is then."),
            Shown::fixed("2. Replace the whole bag: loses what others put there meanwhile."),
            say(&["Type a number; empty means ", present, ". Or cancel."]),
        ];
    };
    let mut lines = Vec::new();
    if form.cursor() == 0 {
        lines.push(Shown::join(&[&Shown::fixed("Edit the metadata of "), &user::title(view, form.known()).0]));
    }
    lines.extend(field.fault.as_ref().map(|fault| say(&["Wrong: ", fault])));
    lines.push(say(&[field.bag.label(), " holds:"]));
    lines.extend(field.text.lines().iter().map(|line| Shown::foreign(line.clone())));
    lines.push(Shown::fixed("Type JSON on one line; empty keeps it, done goes on, cancel leaves."));
    lines
}

fn picture(view: &View<'_>, form: &PictureForm) -> Vec<Shown<'static>> {
    let mut lines = vec![Shown::join(&[&Shown::fixed("Upload a picture of "), &user::title(view, form.known()).0])];
    lines.extend(form.fault().map(|fault| say(&["Wrong: ", fault])));
    lines.push(Shown::fixed("Type the name of a JPEG, PNG, GIF or WebP file on this machine, or cancel."));
    lines
}

/// Every command: its name, how else it is called, and what it does.
fn help() -> Vec<Shown<'static>> {
    let mut lines = vec![Shown::fixed(
        "A slash and a text searches. A number chooses a row; it can stand behind a command: open 3.",
    )];
    for (group, rows) in Help::groups() {
        lines.push(say(&[<&str>::from(group), ":"]));
        lines.extend(rows.iter().filter(|row| row.group != Group::Dialog).map(|row| command(row)));
    }
    lines
}

fn command(row: &Row) -> Shown<'static> {
    let key = row.keys.first().map(|key| (*key).to_owned()).or(row.more.map(|letter| format!(".{letter}")));
    let also = key.map(|key| format!(", or {key}")).unwrap_or_default();
    say(&[<&str>::from(row.action), &also, ": ", row.about])
}
