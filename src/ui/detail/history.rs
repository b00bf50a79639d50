//! The history tab: what lazyclerk did to the user, and all about the chosen change.

use super::{
    Row, moment,
    rows::{CURSOR, Column, Tabular, Words},
    text,
};
use crate::{
    app::{
        SlotId,
        detail::{HistoryEnding, HistoryEntry, Rows},
    },
    ui::{failure::sentence, paint::Piece, text::Shown, view::View},
};

/// Room for how it ended, where that is not as it should be.
const ENDING: u16 = 9;
/// Room for the age at the right edge.
const AGE: u16 = 5;

/// How changes are shown. The others tell which were taken back.
pub(super) struct HistoryTab<'a>(pub(super) &'a View<'a>, pub(super) &'a Rows<HistoryEntry>);

impl HistoryTab<'_> {
    /// Another change, in a few words: `banned by kim, 2026-11-20 09:14`.
    fn other(&self, entry: &HistoryEntry) -> Shown<'static> {
        let who = Shown::foreign(format!("{} by {}", entry.words(), entry.by));
        let when = entry.at.map(|at| self.0.when.minute(at));
        when.map_or(who.clone(), |when| Shown::join(&[&who, &Shown::fixed(", "), &when]))
    }
}

impl Tabular for HistoryTab<'_> {
    type Item = HistoryEntry;

    fn columns(&self, width: u16) -> Vec<Column> {
        let room = width.saturating_sub(CURSOR + ENDING + AGE);
        let by = room * 2 / 7;
        let what = room - by;
        let left = |head, x: u16, width: u16| Column {
            head: Shown::fixed(head),
            x: CURSOR + x,
            width: width.saturating_sub(1),
            right: false,
        };
        vec![
            left("done here", 0, what),
            left("by", what, by),
            left("", room, ENDING),
            Column { head: Shown::fixed("when"), x: CURSOR + room + ENDING, width: AGE, right: true },
        ]
    }

    fn cells<'item>(&self, entry: &'item HistoryEntry) -> Vec<Piece<'item>> {
        let theme = self.0.theme;
        vec![
            (Shown::foreign(entry.words()), theme.plain),
            (Shown::foreign(&*entry.by), theme.plain),
            ending(self.0, entry, self.1.undoing(entry).is_some()),
            (entry.at.map(|at| self.0.when.age(at)).unwrap_or_default(), theme.dim),
        ]
    }

    fn facts<'item>(&self, entry: &'item HistoryEntry, width: u16) -> Vec<Row<'item>> {
        let undone = |entry: &HistoryEntry| self.1.undone_by(entry).map(|other| self.other(other));
        let undoes = entry.undoes.as_ref().map(|_| undone(entry).unwrap_or(Shown::fixed("an earlier change")));
        let undoing = self.1.undoing(entry).map(|other| self.other(other));
        facts(self.0, entry, undoes.unwrap_or_default(), undoing.unwrap_or_default(), width)
    }

    fn words(&self) -> Words {
        Words {
            slot: SlotId::History,
            reading: "reading the history",
            none: Shown::fixed("Nothing was done to this user from here."),
            failed: "The history could not be read.",
        }
    }
}

/// How a change ended, in a word; made and still so is how it should be, and silent.
pub(in crate::ui) fn ending(view: &View<'_>, entry: &HistoryEntry, undone: bool) -> Piece<'static> {
    let theme = view.theme;
    match entry.ending {
        HistoryEnding::Done if undone => (Shown::fixed("undone"), theme.dim),
        HistoryEnding::Done => (Shown::default(), theme.plain),
        HistoryEnding::Unchanged => (Shown::fixed("as it was"), theme.dim),
        HistoryEnding::Partly => (Shown::fixed("partly"), theme.warning),
        HistoryEnding::Failed => (Shown::fixed("failed"), theme.failed),
        HistoryEnding::Unknown | HistoryEnding::Open => (Shown::fixed("unknown"), theme.warning),
        HistoryEnding::DryRun => (Shown::fixed("dry run"), theme.dim),
    }
}

/// All about a change; what it took back and what took it back, in words, are given.
pub(in crate::ui) fn facts<'item>(
    view: &View<'_>,
    entry: &'item HistoryEntry,
    undoes: Shown<'item>,
    undoing: Shown<'item>,
    width: u16,
) -> Vec<Row<'item>> {
    let theme = view.theme;
    let optional = |text: &'item Option<String>| Shown::foreign(text.as_deref().unwrap_or_default());
    let outcome = match entry.ending {
        HistoryEnding::Done => (Shown::fixed("done"), theme.plain),
        HistoryEnding::Partly => (Shown::fixed("partly done"), theme.warning),
        HistoryEnding::Unchanged => (Shown::fixed("no change: it was so already"), theme.plain),
        HistoryEnding::Failed => (Shown::fixed("failed: no change"), theme.failed),
        HistoryEnding::Unknown => (Shown::fixed("unknown: no answer came"), theme.warning),
        HistoryEnding::Open => (Shown::fixed("unknown: none was recorded"), theme.warning),
        HistoryEnding::DryRun => (Shown::fixed("dry run: nothing was sent"), theme.plain),
    };
    let status = entry.status.map(|status| Shown::foreign(format!("status {status}")));
    let mut rows = vec![
        Row { label: "Outcome", value: outcome, fact: status.map(|status| (status, theme.dim)) },
        text(view, "Done", optional(&entry.done)),
        text(view, "Code", optional(&entry.code)),
        moment(view, "When", entry.at),
        Row {
            fact: Some((Shown::foreign(&*entry.machine), theme.dim)),
            ..text(view, "By", Shown::foreign(&*entry.by))
        },
    ];
    rows.extend(super::wrapped(view, "Reason", entry.reason.as_deref().unwrap_or_default(), width));
    rows.push(text(view, "Takes back", undoes));
    rows.push(text(view, "Undone", undoing));
    rows.push(text(view, "About", optional(&entry.part)));
    rows.push(text(view, "Trace", optional(&entry.trace_id)));
    rows.push(text(view, "Record", Shown::foreign(&*entry.record.0)));
    if let Some(version) = &entry.newer_version {
        let words = format!("written by lazyclerk {version}, newer than this: there may be more to it");
        rows.extend(super::wrapped(view, "Version", &sentence(&words), width));
    }
    rows
}
