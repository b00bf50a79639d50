//! The question about many as sentences, and its lists.

use super::say;
use crate::{
    app::{
        act::ManyWords,
        dialog::{Lot, Many, ManyPane, NAMED},
        job::Target,
    },
    clerk::InstanceKind,
    ui::{
        dialog::{box_in_words, how_chosen, lot_in_words, tally_lines},
        text::Shown,
        view::View,
    },
};

/// So many lines of a list are told at once.
const LISTED: usize = 100;

pub(super) fn tell(view: &View<'_>, many: &Many) -> Vec<Shown<'static>> {
    match many.pane() {
        ManyPane::Question => question(view, many),
        ManyPane::Who => who(view, many),
        ManyPane::DryRun => dry_run(view, many),
    }
}

fn question(view: &View<'_>, many: &Many) -> Vec<Shown<'static>> {
    let words = many.words();
    let kind = match view.app.instance_kind() {
        InstanceKind::Production => "On PRODUCTION: ",
        InstanceKind::Development => "",
    };
    let mut lines = vec![say(&[kind, &many.title(&words), "?"]), say(&[how_chosen(view, many).as_str(), "."])];
    lines.extend(
        tally_lines(many, &words).iter().map(|(count, text)| say(&[&count.to_string(), " ", text.as_str(), "."])),
    );
    if many.people().targets().len() <= NAMED {
        lines.extend(many.people().iter().map(|(target, lot)| person(view, many, target, &lot)));
    }
    lines.extend(
        many.people().failure().map(|failure| say(&["They could not all be looked up: ", &failure.to_string()])),
    );
    if let Some((id, person)) = many.spared() {
        lines.push(say(&["Not on ", view.personal(person.call(id)).as_str(), ", who is under the cursor."]));
    }
    let cost = words.cost.to_string();
    let facts = [("Now: ", words.now.as_str()), ("Kept: ", &words.kept), ("Undo: ", &words.undo), ("Cost: ", &cost)];
    lines.extend(facts.map(|(label, text)| say(&[label, text, "."])));
    for (number, option) in (1..).zip(many.boxes()) {
        let ticked = if option.is_ticked { "Also done" } else { "Could also be done" };
        let what = box_in_words(view, many, option.beside);
        lines.push(say(&[ticked, &format!(", also {number} changes it: "), what.as_str(), "."]));
    }
    lines.push(match many.given_reason() {
        Some(reason) => say(&["Reason: ", reason, "."]),
        None => Shown::fixed("Reason: none; type reason, and why, to record one."),
    });
    lines.push(answer(many, &words));
    lines
}

fn answer(many: &Many, words: &ManyWords) -> Shown<'static> {
    match many.expected() {
        Some(_) => say(&[&words.ask, ", or who, dry run, or cancel."]),
        None => say(&["Answer yes to ", words.verb, ", or no; or type who, or dry run."]),
    }
}

fn person(view: &View<'_>, many: &Many, target: &Target, lot: &Lot) -> Shown<'static> {
    let who = view.personal(target.person.call(&target.id)).into_string();
    say(&[&who, ", ", target.id.as_str(), ": ", lot_in_words(many, lot).as_str(), "."])
}

fn who(view: &View<'_>, many: &Many) -> Vec<Shown<'static>> {
    let everybody = many.everybody();
    let mut lines: Vec<_> =
        everybody.iter().take(LISTED).map(|(target, lot)| person(view, many, target, lot)).collect();
    lines.extend(more(everybody.len().saturating_sub(LISTED)));
    lines.push(Shown::fixed("Type back, or cancel."));
    lines
}

fn dry_run(view: &View<'_>, many: &Many) -> Vec<Shown<'static>> {
    let run = many.dry_run();
    let mut lines = vec![say(&["Nothing is sent by this. It would be ", &many.words().cost.to_string(), "."])];
    lines.extend(run.requests.iter().map(|request| {
        let body = request.body.as_ref().map(|body| view.personal_owned(body.to_string()).into_string());
        say(&[request.method, " ", &request.path, " ", &body.unwrap_or_default()])
    }));
    lines.extend(more(run.more));
    lines.extend(run.skipped.iter().map(|(target, lot)| person(view, many, target, lot)));
    lines.push(Shown::fixed("Type back, or cancel."));
    lines
}

fn more(count: usize) -> Option<Shown<'static>> {
    (count > 0).then(|| say(&["And ", &count.to_string(), " more."]))
}
