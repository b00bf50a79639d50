//! Writing users to a file: all that match, or the marked.

use super::{
    App, Failure, Fetched, Notice, Reason,
    action::Action,
    counted,
    export::{Format, Who},
    replies::mismatch,
};
use crate::clerk::model::Timestamp;

/// What is suggested, before anybody has typed another name.
const SUGGESTED: &str = "export users.csv";

/// Users on their way into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exporting {
    /// Which.
    pub who: Who,
    /// The file, as it was typed.
    pub path: String,
    /// In which form.
    pub format: Format,
}

impl App {
    /// The file of users that is being written.
    #[must_use]
    pub fn exporting(&self) -> Option<&Exporting> {
        self.exporting.as_ref()
    }

    /// Asks for the name of the file; one is suggested.
    pub(super) fn ask_where_to(&mut self, now: Timestamp) {
        self.open_palette(SUGGESTED, now);
    }

    /// Begins to write the marked, or else all that match, to the file of that name.
    pub(super) fn export_to(&mut self, path: &str, now: Timestamp) {
        if let Some(reason) = self.why_not(Action::Export, now) {
            return self.notices.show(reason.into(), now);
        }
        if path.is_empty() {
            let words =
                "Type the name of a file behind it, export users.csv: its ending says the form, csv, json or ndjson.";
            return self.notices.show(Notice::remark(words), now);
        }
        let Some(format) = Format::of_name(path) else {
            let words = "In which form? Let the name end with .csv, .json or .ndjson.";
            return self.notices.show(Notice::remark(words), now);
        };
        let who = if self.marks.is_empty() {
            Who::Matching(Box::new(self.list.query().clone()))
        } else {
            Who::These(self.marks.iter().map(|(user, _)| user.clone()).collect())
        };
        self.exporting = Some(Exporting { who, path: path.to_owned(), format });
    }

    /// Stops it. Whether anything was.
    pub(super) fn stop_export(&mut self, now: Timestamp) -> bool {
        let Some(stopped) = self.exporting.take() else { return false };
        self.notices.show(Notice::remark(format!("Stopped; there is no {}.", stopped.path)), now);
        true
    }

    /// Takes what came of it.
    pub(super) fn take_exported(&mut self, result: Result<Fetched, Failure>, now: Timestamp) {
        self.exporting = None;
        let notice = match result {
            Ok(Fetched::Exported { path, users }) => {
                let count = counted(usize::try_from(users).unwrap_or(usize::MAX), "user", "users");
                Notice::success(format!("{count} exported to {}.", path.display()), None, false)
            }
            Ok(other) => Notice::failure("Nothing was exported", &mismatch(&other)),
            Err(failure) => Notice::failure("Nothing was exported", &failure),
        };
        self.notices.show(notice, now);
    }

    /// Why nothing can be written to a file now.
    pub(super) fn why_not_export(&self) -> Option<Reason> {
        if self.exporting.is_some() {
            return Some("A file is being written already: esc stops it.".into());
        }
        if self.marks.progress().is_some() {
            return Some(super::many::STILL_MARKING.into());
        }
        if self.marks.is_empty() { self.why_not_all() } else { None }
    }
}
