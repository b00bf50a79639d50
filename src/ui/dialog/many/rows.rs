//! What the question says, row by row, and which rows give way where there is little room.

use crate::{
    app::{
        SlotId,
        act::{Asks, ManyWords},
        counted,
        dialog::{Beside, Lot, Many, ManyPlace, NAMED},
        grouped,
        job::{Blocking, Target},
    },
    ui::{paint::Piece, text::Shown, user, view::View},
};
use ratatui::style::Style;

/// A row of the question.
pub(super) enum Row {
    Air,
    Whole(Vec<Piece<'static>>),
    /// With a word at its end that keeps its room.
    Ended(Vec<Piece<'static>>, Piece<'static>),
    /// So many, and what becomes of them.
    Count(Option<usize>, Shown<'static>, Style),
    Labelled(&'static str, Shown<'static>),
    CheckBox(usize),
    ReasonLabel,
    /// The field of the reason, with its label before it or above it.
    Reason {
        labelled: bool,
    },
    Typed,
    /// Said once more, and the first to give way.
    Hint(Shown<'static>),
}

pub(super) fn rows(view: &View<'_>, many: &Many, words: &ManyWords, (width, is_pane): (u16, bool)) -> Vec<Row> {
    let mut rows = chosen(view, many, width);
    rows.push(Row::Air);
    for (index, (count, text)) in tally_lines(many, words).into_iter().enumerate() {
        let style = if index == 0 { view.theme.strong } else { view.theme.plain };
        let numbers = std::iter::once(Some(count)).chain(std::iter::repeat(None));
        let lines = text.wrap(usize::from(width.saturating_sub(super::NUMBERS + 2)));
        rows.extend(numbers.zip(lines).map(|(count, line)| Row::Count(count, line, style)));
    }
    rows.extend(progress(view, many, width));
    rows.extend(if is_pane { names(view, many) } else { names_in_a_row(view, many, width) });
    rows.extend(warnings(view, many, width));
    rows.push(Row::Air);
    let indent = width.saturating_sub(super::VALUES);
    let facts = [("Now", words.now.clone()), ("Kept", words.kept.clone()), ("Undo", words.undo.clone())];
    for (label, text) in facts {
        rows.extend(labelled(label, text, indent));
    }
    rows.push(Row::Air);
    let cost = if is_pane { words.cost.to_string() } else { words.cost.at_share() };
    rows.extend(labelled("Cost", cost, indent));
    rows.push(Row::Air);
    if is_pane {
        rows.extend([Row::ReasonLabel, Row::Reason { labelled: false }]);
    } else {
        rows.push(Row::Reason { labelled: true });
    }
    rows.extend((0..many.boxes().len()).map(Row::CheckBox));
    if words.asks != Asks::Key {
        rows.push(Row::Air);
        let ask = Shown::foreign(words.ask.clone()).wrap(usize::from(width));
        rows.extend(ask.into_iter().map(|line| Row::Whole(vec![(line, view.theme.strong)])));
        rows.push(Row::Typed);
        if is_pane {
            rows.push(Row::Air);
            let hint = Shown::fixed(TYPE_IT).wrap(usize::from(width));
            rows.extend(hint.into_iter().map(Row::Hint));
        }
    }
    rows
}

const TYPE_IT: &str = "It is not in the field until you type it; enter does nothing before it matches.";

/// Takes rows away until there is room: what is said twice, then air, then the reason while it is empty and nobody types
/// into it, then what is said last of what stays and what undo gives. Fields and counts stay.
pub(super) fn make_room(rows: &mut Vec<Row>, height: usize, many: &Many) {
    let is_spare_reason = many.place() != ManyPlace::Reason && many.given_reason().is_none();
    while rows.len() > height {
        let last = |wanted: &dyn Fn(&Row) -> bool| rows.iter().rposition(wanted);
        let hint = last(&|row| matches!(row, Row::Hint(_)));
        let air = || last(&|row| matches!(row, Row::Air));
        let reason = || last(&|row| is_spare_reason && matches!(row, Row::ReasonLabel | Row::Reason { .. }));
        let fact = || last(&|row| matches!(row, Row::Labelled(..)));
        let Some(index) = hint.or_else(air).or_else(fact).or_else(reason) else { return };
        rows.remove(index);
    }
}

/// How they were chosen.
fn chosen(view: &View<'_>, many: &Many, width: u16) -> Vec<Row> {
    how_chosen(view, many)
        .wrap(usize::from(width))
        .into_iter()
        .map(|line| Row::Whole(vec![(line, view.theme.plain)]))
        .collect()
}

/// `Marked: all that matched ada org:acme at 16:57:09, 214 users`.
pub(in crate::ui) fn how_chosen(view: &View<'_>, many: &Many) -> Shown<'static> {
    if let Some(words) = many.introduction() {
        return Shown::fixed(words);
    }
    let count = Shown::foreign(format!(", {}", counted(many.people().targets().len(), "user", "users")));
    Shown::join(&[&Shown::fixed("Marked: "), &view.personal(many.chosen()), &count])
}

/// How many, and what becomes of them; those who would be changed first.
pub(in crate::ui) fn tally_lines(many: &Many, words: &ManyWords) -> Vec<(usize, Shown<'static>)> {
    let tally = many.people().tally();
    let plural = |count: usize, one: &'static str, several: &'static str| if count == 1 { one } else { several };
    let mut lines = vec![(tally.changed, Shown::fixed(words.will))];
    if tally.already > 0 {
        lines.push((tally.already, Shown::fixed(many.act().already_words(tally.already))));
    }
    if tally.protected > 0 {
        let why: Vec<String> = many.people().protections().iter().map(ToString::to_string).collect();
        let is = plural(tally.protected, "is protected", "are protected");
        lines.push((tally.protected, Shown::foreign(format!("{is} ({}), skipped", listed(&why)))));
    }
    if tally.gone > 0 {
        lines.push((tally.gone, Shown::fixed(plural(tally.gone, "is gone meanwhile", "are gone meanwhile"))));
    }
    if tally.unknown > 0 {
        lines.push((tally.unknown, Shown::fixed("not looked up yet")));
    }
    lines
}

/// The first two, and how many more.
fn listed(all: &[String]) -> String {
    match all {
        [one] => one.clone(),
        [one, other] => format!("{one}, {other}"),
        [one, other, more @ ..] => format!("{one}, {other} and {} more", more.len()),
        [] => String::new(),
    }
}

/// How far looking them up is, or why it went no further.
fn progress(view: &View<'_>, many: &Many, width: u16) -> Vec<Row> {
    let (people, theme) = (many.people(), view.theme);
    if let Some(failure) = people.failure() {
        let text =
            Shown::foreign(format!("They could not all be looked up: {failure}. Press the button to try again."));
        let lines = text.wrap(usize::from(width)).into_iter();
        return lines.map(|line| Row::Whole(vec![(line, theme.failed)])).collect();
    }
    if people.tally().unknown == 0 {
        return Vec::new();
    }
    let spinner = many.wants().first().and_then(|(place, _)| view.spinner(SlotId::LookUp(u16::try_from(*place).ok()?)));
    let (done, all) = (grouped(as_u64(people.looked_up())), grouped(as_u64(people.targets().len())));
    let text = Shown::foreign(format!("Looking them up: {done} of {all} "));
    vec![Row::Whole(vec![(text, theme.dim), (spinner.unwrap_or(Shown::fixed("")), theme.dim)])]
}

/// Everybody by name, where they are few.
fn names(view: &View<'_>, many: &Many) -> Vec<Row> {
    if many.people().targets().len() > NAMED {
        return Vec::new();
    }
    let row = |(target, lot): (&Target, Lot)| {
        let style = if lot == Lot::Changed { view.theme.plain } else { view.theme.dim };
        let mut pieces = vec![(Shown::fixed("  "), style), (name(view, target), style)];
        if let Some(identifier) = identifier(view, target) {
            pieces.extend([(Shown::fixed("  "), style), (identifier, view.theme.dim)]);
        }
        Row::Ended(pieces, (in_a_word(&lot), view.theme.warning))
    };
    many.people().iter().map(row).collect()
}

/// The same where rows are scarce: one name behind the other.
fn names_in_a_row(view: &View<'_>, many: &Many, width: u16) -> Vec<Row> {
    if many.people().targets().len() > NAMED {
        return Vec::new();
    }
    let told = |(target, lot): (&Target, Lot)| {
        let (who, word) = (call(view, target), in_a_word(&lot));
        if word.is_empty() { who } else { Shown::join(&[&who, &Shown::fixed(" ("), &word, &Shown::fixed(")")]) }
    };
    let all: Vec<Shown<'_>> = many.people().iter().map(told).collect();
    let lines = user::listed(&all).wrap(usize::from(width));
    lines.into_iter().map(|line| Row::Whole(vec![(line, view.theme.plain)])).collect()
}

/// Why somebody is skipped, where there is room for a word; nothing for those who are not.
pub(super) fn in_a_word(lot: &Lot) -> Shown<'static> {
    Shown::fixed(match lot {
        Lot::Changed | Lot::Unknown => "",
        Lot::Already => "already so",
        Lot::Gone => "gone",
        Lot::Protected(_) => "protected",
    })
}

/// The name, else what they sign in by, else the id.
pub(super) fn call(view: &View<'_>, target: &Target) -> Shown<'static> {
    match (&target.person.name, identifier(view, target)) {
        (None, Some(identifier)) => identifier,
        _ => name(view, target),
    }
}

/// What they are called.
pub(super) fn name(view: &View<'_>, target: &Target) -> Shown<'static> {
    match &target.person.name {
        Some(name) => view.personal_owned(name.clone()),
        None if target.person.identifier.is_none() => Shown::foreign(target.id.to_string()),
        None => Shown::fixed("–"),
    }
}

/// What they sign in by.
pub(super) fn identifier(view: &View<'_>, target: &Target) -> Option<Shown<'static>> {
    target.person.identifier.as_ref().map(|identifier| view.personal_owned(identifier.as_str().to_owned()))
}

/// What becomes of one of them.
pub(in crate::ui) fn lot_words(many: &Many, lot: &Lot) -> Shown<'static> {
    match lot {
        Lot::Unknown => Shown::fixed("not looked up yet"),
        Lot::Changed => Shown::fixed(many.words().will),
        Lot::Already => Shown::fixed(many.act().already_words(1)),
        Lot::Gone => Shown::fixed("is gone meanwhile"),
        Lot::Protected(protection) => Shown::foreign(format!("is protected ({protection}), skipped")),
    }
}

fn warnings(view: &View<'_>, many: &Many, width: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut say = |text: &Shown<'_>, style: Style| {
        rows.extend(text.wrap(usize::from(width)).into_iter().map(|line| Row::Whole(vec![(line, style)])));
    };
    if let Some((id, person)) = many.spared() {
        let who = view.personal(person.call(id));
        let text = Shown::join(&[&Shown::fixed("Not on "), &who, &Shown::fixed(", who is under the cursor.")]);
        say(&text, view.theme.warning);
    }
    match many.people().changed_meanwhile() {
        0 => {}
        1 => say(&Shown::fixed("One is otherwise by now: the counts are new."), view.theme.warning),
        count => {
            let text = format!("{} are otherwise by now: the counts are new.", grouped(as_u64(count)));
            say(&Shown::foreign(text), view.theme.warning);
        }
    }
    rows
}

/// What a box offers.
pub(in crate::ui) fn box_words(view: &View<'_>, many: &Many, beside: Beside) -> Shown<'static> {
    match beside {
        Beside::Copies => Shown::fixed("keep a copy of each for 30 days"),
        Beside::SignOut => Shown::fixed("sign them out everywhere"),
        Beside::Block(Blocking::EmailAddress) => Shown::fixed("block their addresses for new sign-ups"),
        Beside::Block(Blocking::PhoneNumber) => Shown::fixed("block their numbers for new sign-ups"),
        Beside::Block(Blocking::Domain) => {
            let domains: Vec<String> = many.people().domains().into_iter().map(str::to_owned).collect();
            Shown::join(&[&Shown::fixed("block sign-ups from "), &view.personal_owned(listed(&domains))])
        }
    }
}

fn labelled(label: &'static str, text: String, width: u16) -> Vec<Row> {
    let lines = Shown::foreign(text).wrap(usize::from(width));
    let labels = std::iter::once(label).chain(std::iter::repeat(""));
    labels.zip(lines).map(|(label, line)| Row::Labelled(label, line)).collect()
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
