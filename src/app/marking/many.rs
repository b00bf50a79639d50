//! Marking many at once: all that match, and those whom a list names.

use crate::{
    app::{
        App, Dialog, Failure, Fetch, Fetched, Notice, Reason,
        action::Action,
        counted,
        dialog::{Listing, MarkedPane},
        list::ListState,
        marks::{Collection, Made, MarkList, Purpose, Taken},
    },
    clerk::model::Timestamp,
};

impl App {
    /// Marks those whom a list names, once they have been looked up.
    pub fn mark_list(&mut self, list: MarkList) {
        self.marks.look_up(list);
    }

    /// Collects all that match, or goes on with it.
    pub(in crate::app) fn mark_all(&mut self, purpose: Purpose, now: Timestamp) {
        if self.marks.go_on() {
            return;
        }
        let (filter, line) = (self.list.query().filter.clone(), self.search.text().trim().to_owned());
        let expected = self.matching_users();
        self.marks.collect(Collection::of(purpose, filter, line, now, expected));
    }

    /// Marks those whom the list in a file names.
    pub(in crate::app) fn mark_file(&mut self, path: &str, now: Timestamp) {
        match self.why_not(Action::MarkFile, now) {
            Some(reason) => self.notices.show(reason.into(), now),
            None if path.is_empty() => {
                let words =
                    "Type the name of a file behind it, mark wave.txt: an id, email address or username a line.";
                self.notices.show(Notice::remark(words), now);
            }
            None => self.marks.read_list(path.to_owned()),
        }
    }

    /// Stops what is being collected. Whether anything was.
    pub(in crate::app) fn stop_marking(&mut self, now: Timestamp) -> bool {
        let Some(made) = self.marks.stop() else { return false };
        let words = match made {
            Made::Marked(count) => format!("Stopped: {}, the newest of those that match.", users_marked(count)),
            Made::Listed { marked, .. } => {
                format!("Stopped: {}; the rest of the list was not looked up.", users_marked(marked))
            }
            Made::Inverted(_) | Made::Failed(_) | Made::Nothing => "Stopped; the marks are as they were.".to_owned(),
        };
        self.notices.show(Notice::remark(words), now);
        true
    }

    /// Takes what marking has asked for.
    pub(in crate::app) fn take_marking(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>, now: Timestamp) {
        let notice = match self.marks.take(fetch, result) {
            Taken::Goes => return,
            Taken::Ends(made) => {
                if matches!(made, Made::Failed(_)) && matches!(self.dialogs.top(), Some(Dialog::Jobs(_))) {
                    self.open_marked(Listing::Marked);
                }
                // Who looks at something else meanwhile is not disturbed.
                if matches!(made, Made::Listed { unmatched: 1.., .. }) && self.dialogs.top().is_none() {
                    self.open_marked(Listing::Unmatched);
                }
                Notice::success(words_of(&made), None, false)
            }
            Taken::Stalls(done, failure) => {
                Notice::failure(&format!("Marking came to a halt after {}", counted(done, "user", "users")), &failure)
            }
            Taken::Refused(failure) => Notice::failure("Nobody was marked", &failure),
        };
        self.notices.show(notice, now);
    }

    /// Lists the marked, or the lines that marked nobody.
    pub(in crate::app) fn open_marked(&mut self, listing: Listing) {
        self.dialogs.open(Dialog::Marked(MarkedPane::of(listing)));
    }

    /// Takes who was found of the marked.
    pub(in crate::app) fn take_looked_up(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>, now: Timestamp) {
        if let Some(Dialog::Marked(pane)) = self.dialogs.top_mut() {
            pane.take(fetch, result, now);
        }
    }

    /// Opens the chosen one of the marked.
    pub(in crate::app) fn open_chosen_mark(&mut self) {
        let Some(Dialog::Marked(pane)) = self.dialogs.top() else { return };
        if let Some(known) = pane.chosen(&self.marks).cloned() {
            self.close_dialog();
            self.open_detail_of(known);
        }
    }

    /// Why the chosen one of the marked cannot be opened, or lose the mark.
    pub(in crate::app) fn why_not_on_mark(&self, action: Action) -> Option<Reason> {
        let Some(Dialog::Marked(pane)) = self.dialogs.top() else { return None };
        match action {
            Action::Open if pane.chosen(&self.marks).is_none() => Some("There is nobody here to open.".into()),
            Action::MarkUser if pane.chosen_id(&self.marks).is_none() => {
                Some("There is no mark here to take away.".into())
            }
            _ => None,
        }
    }

    /// Why marking many cannot begin, or go on.
    pub(in crate::app) fn why_not_many(&self, action: Action) -> Option<Reason> {
        if let Some(progress) = self.marks.progress() {
            let goes_on = action == Action::MarkAll && progress.stalled.is_some();
            return (!goes_on).then(|| "That is being done already: esc stops it.".into());
        }
        if action == Action::MarkFile { None } else { self.why_not_all() }
    }

    /// Why it is not known who all are that match.
    pub(in crate::app) fn why_not_all(&self) -> Option<Reason> {
        if self.search.line().fault().is_some() {
            return Some("A part of the search line is wrong: what it matches cannot be known.".into());
        }
        let awaited = self.search.due().is_some() || self.search.unknown_name().is_some();
        match self.list.state() {
            // What is marked is what was seen to match.
            ListState::Loading | ListState::Stale => Some("Wait until those who match are there.".into()),
            _ if awaited => Some("Wait until those who match are there.".into()),
            ListState::Failed(_) => Some("Who matches could not be read: r tries again.".into()),
            ListState::Empty => Some("Nobody matches.".into()),
            ListState::Rows => None,
        }
    }
}

/// What came of marking many.
fn words_of(made: &Made) -> String {
    match made {
        Made::Marked(0) => "Nobody matches any more; nobody was marked.".to_owned(),
        Made::Marked(count) => format!("{}: all that match.", users_marked(*count)),
        Made::Inverted(count) => format!("Of all that match, the others: {} now.", users_marked(*count)),
        Made::Listed { file, marked: 0, unmatched: 0 } => format!("{file} names nobody."),
        Made::Listed { file, marked, unmatched: 0 } => format!("{}: all that {file} names.", users_marked(*marked)),
        Made::Listed { file, marked, unmatched } => {
            let lines = counted(*unmatched, "line names nobody", "lines name nobody");
            format!("{} from {file}; {lines}: :unmatched.", users_marked(*marked))
        }
        Made::Failed(count) => format!("{}: those who failed.", users_marked(*count)),
        Made::Nothing => "Nobody was marked.".to_owned(),
    }
}

/// `1 user marked`, `3,214 users marked`.
fn users_marked(count: usize) -> String {
    format!("{} marked", counted(count, "user", "users"))
}
