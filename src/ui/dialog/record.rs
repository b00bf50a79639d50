//! The record of all changes, on a page of its own: the filter line, the rows, and all about the chosen one.

use crate::{
    app::{
        Action, SlotId,
        detail::HistoryEnding,
        dialog::{RecordPane, RecordRow, RecordedChange, RecordedJob},
        layout::Breadth,
    },
    ui::{
        detail::{
            Row, draw_hidden, history,
            rows::{self, CURSOR, Column, Tabular, Words},
        },
        field, inset,
        paint::{Canvas, Piece},
        text::Shown,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Room for how it ended, where that is not as it should be.
const ENDING: u16 = 11;
/// Room for the age at the right edge.
const AGE: u16 = 5;
/// Where the filter line begins, behind the title.
const LINE: u16 = 9;
/// What the filter line takes.
const HINT: &str = "a user, ban, failed, since:7d, by:kim";

pub(super) fn draw(view: &View<'_>, pane: &RecordPane, canvas: &mut Canvas<'_>) {
    let Some((line, parts)) = view.layout.record() else { return };
    let table = RecordTable { view, is_narrowed: pane.is_narrowed() };
    if pane.rows().loaded().is_empty() {
        let below = Rect { height: parts.rows.bottom().saturating_sub(parts.heads.y), ..parts.heads };
        rows::draw_none(view, &table, pane.rows(), inset(below), canvas);
    } else {
        let hidden = rows::draw_parts(view, &table, pane.rows(), parts, !pane.is_typing(), canvas);
        draw_hidden(view, hidden, parts.rows, canvas);
    }
    // Last, so that the terminal's cursor stands in it while it is typed.
    draw_line(view, pane, inset(line), canvas);
}

/// `Changes  / ada failed`, and what is wrong with it.
fn draw_line(view: &View<'_>, pane: &RecordPane, row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    canvas.put(row.x, row.y, row.width, &Shown::fixed("Changes"), theme.strong);
    let line = Rect { x: row.x + LINE.min(row.width), width: row.width.saturating_sub(LINE), ..row };
    let text = Rect { x: line.x + 2.min(line.width), width: line.width.saturating_sub(2), ..line };
    let fault = pane.fault().map(|fault| (view.personal(fault), theme.failed));
    if pane.is_typing() {
        canvas.put(line.x, line.y, line.width, &Shown::fixed("/"), theme.accent);
        let width = u16::try_from(pane.field().text().chars().count() + 2).unwrap_or(u16::MAX);
        if let Some((fault, style)) = &fault {
            let rest = text.width.saturating_sub(width);
            canvas.put_right(text.x + text.width - rest, text.y, rest, fault, *style);
        }
        let room = if fault.is_some() { Rect { width: width.min(text.width), ..text } } else { text };
        return field::draw_focused(view, pane.field(), room, canvas);
    }
    let shown = if pane.field().text().is_empty() {
        let key = view.key_here(Action::Find);
        (Shown::join(&[&Shown::fixed("all; "), &key, &Shown::fixed(" narrows them: "), &Shown::fixed(HINT)]), theme.dim)
    } else {
        (Shown::join(&[&Shown::fixed("/ "), &view.personal(pane.field().text())]), theme.plain)
    };
    canvas.put(line.x, line.y, line.width, &shown.0, shown.1);
}

/// How the rows are shown.
struct RecordTable<'a> {
    view: &'a View<'a>,
    is_narrowed: bool,
}

impl RecordTable<'_> {
    /// Who it was, by what is best known of them.
    fn whom<'row>(&self, row: &'row RecordRow) -> Piece<'row> {
        let theme = self.view.theme;
        match row {
            RecordRow::Job(job) => {
                let users = if job.users == 1 { " user" } else { " users" };
                (Shown::join(&[&Shown::number(job.users), &Shown::fixed(users)]), theme.plain)
            }
            RecordRow::Change(change) => {
                let known = [change.identifier.as_deref(), change.name.as_deref()];
                match (known.into_iter().flatten().find(|text| !text.is_empty()), &change.user) {
                    (Some(text), _) => (self.view.personal(text), theme.plain),
                    (None, Some(user)) => (Shown::foreign(user.as_str()), theme.plain),
                    (None, None) => (self.view.personal(change.entry.part.as_deref().unwrap_or("–")), theme.plain),
                }
            }
        }
    }

    /// How it ended, in a word or two; as it should is silent.
    fn ending(&self, row: &RecordRow) -> Piece<'static> {
        let theme = self.view.theme;
        let job = match row {
            RecordRow::Change(change) => return history::ending(self.view, &change.entry, change.undone),
            RecordRow::Job(job) => job,
        };
        let [done, _, partly, failed, unknown] = job.outcomes;
        let counted = |count: u64, word: &'static str| match count {
            ..=999 => Shown::join(&[&Shown::number(count), &Shown::fixed(" "), &Shown::fixed(word)]),
            _ => Shown::fixed(word),
        };
        match job.entry.ending {
            HistoryEnding::DryRun => history::ending(self.view, &job.entry, false),
            _ if failed + partly > 0 => (counted(failed + partly, "failed"), theme.failed),
            _ if unknown > 0 => (counted(unknown, "unknown"), theme.warning),
            _ => history::ending(self.view, &job.entry, done > 0 && job.undone >= done),
        }
    }

    fn facts_of_change<'row>(&self, change: &'row RecordedChange, width: u16) -> Vec<Row<'row>> {
        let (view, theme) = (self.view, self.view.theme);
        let plain = |value: Shown<'row>| Row { label: "User", value: (value, theme.plain), fact: None };
        let mut known: Vec<_> = [change.identifier.as_deref(), change.name.as_deref()].into_iter().flatten().collect();
        known.retain(|text| !text.is_empty());
        known.dedup();
        let user = if known.is_empty() { Shown::default() } else { view.personal_owned(known.join(", ")) };
        let id = change.user.as_ref().map(|user| Shown::foreign(user.as_str())).unwrap_or_default();
        let mut rows = if user.is_empty() {
            vec![plain(id)]
        } else if view.layout.breadth == Breadth::Wide {
            vec![Row { fact: Some((id, theme.dim)), ..plain(user) }]
        } else {
            // Side by side there is no room for both.
            vec![plain(user), Row { label: "", ..plain(id) }]
        };
        let undoes = change.entry.undoes.as_ref().map(|_| Shown::fixed("an earlier change"));
        let undone = Shown::fixed(if change.undone { "by a later change" } else { "" });
        rows.extend(history::facts(view, &change.entry, undoes.unwrap_or_default(), undone, width));
        if let Some(job) = &change.job {
            rows.push(Row { label: "Job", value: (Shown::foreign(&**job), theme.plain), fact: None });
        }
        rows
    }

    fn facts_of_job<'row>(&self, job: &'row RecordedJob, width: u16) -> Vec<Row<'row>> {
        let (view, theme) = (self.view, self.view.theme);
        let words = ["done", "so already", "in part", "failed", "unknown"];
        let counts = job.outcomes.into_iter().zip(words).chain([(job.undone, "undone since")]);
        let mut outcomes = Shown::default();
        for (count, word) in counts.filter(|(count, _)| *count > 0) {
            let comma = Shown::fixed(if outcomes.is_empty() { "" } else { ", " });
            outcomes =
                Shown::join(&[&outcomes, &comma, &Shown::number(count), &Shown::fixed(" "), &Shown::fixed(word)]);
        }
        if outcomes.is_empty() {
            outcomes = Shown::fixed("nothing recorded");
        }
        let plain = |label, value: Shown<'row>| Row { label, value: (value, theme.plain), fact: None };
        let mut rows = vec![
            Row { fact: Some((Shown::foreign(&*job.job), theme.dim)), ..plain("Job", Self::job_in_words(job)) },
            plain("Outcomes", outcomes),
            plain("Chosen", view.personal(&job.chosen)),
        ];
        let facts = history::facts(view, &job.entry, Shown::default(), Shown::default(), width);
        // How it ended on the whole is said by the numbers.
        rows.extend(facts.into_iter().filter(|row| row.label != "Outcome"));
        rows
    }

    fn job_in_words(job: &RecordedJob) -> Shown<'static> {
        let users = if job.users == 1 { " user " } else { " users " };
        let words = job.entry.words().into_owned();
        Shown::join(&[&Shown::number(job.users), &Shown::fixed(users), &Shown::foreign(words)])
    }
}

impl Tabular for RecordTable<'_> {
    type Item = RecordRow;

    fn columns(&self, width: u16) -> Vec<Column> {
        let room = width.saturating_sub(CURSOR + ENDING + AGE);
        let whom = room * 4 / 9;
        let what = room * 3 / 9;
        let left = |head, x: u16, width: u16| Column {
            head: Shown::fixed(head),
            x: CURSOR + x,
            width: width.saturating_sub(1),
            right: false,
        };
        vec![
            left("user", 0, whom),
            left("done here", whom, what),
            left("by", whom + what, room - whom - what),
            left("", room, ENDING),
            Column { head: Shown::fixed("when"), x: CURSOR + room + ENDING, width: AGE, right: true },
        ]
    }

    fn cells<'item>(&self, row: &'item RecordRow) -> Vec<Piece<'item>> {
        let (theme, entry) = (self.view.theme, row.entry());
        vec![
            self.whom(row),
            (Shown::foreign(entry.words()), theme.plain),
            (Shown::foreign(&*entry.by), theme.plain),
            self.ending(row),
            (entry.at.map(|at| self.view.when.age(at)).unwrap_or_default(), theme.dim),
        ]
    }

    fn facts<'item>(&self, row: &'item RecordRow, width: u16) -> Vec<Row<'item>> {
        match row {
            RecordRow::Change(change) => self.facts_of_change(change, width),
            RecordRow::Job(job) => self.facts_of_job(job, width),
        }
    }

    fn words(&self) -> Words {
        let none = if self.is_narrowed { "No change passes the filter." } else { "Nothing was changed from here yet." };
        Words {
            slot: SlotId::Record,
            reading: "reading the record",
            none: Shown::fixed(none),
            failed: "The record could not be read.",
        }
    }
}
