//! Private notes on users: writing one, and what is said about it.

use super::{
    App, Effects, Failure, Fetched, Known, Notice, Person, Reason, Work,
    change::ChangeId,
    dialog::{Form, Purpose},
};
use crate::clerk::model::{Timestamp, UserId};
use std::sync::Arc;

/// A note that is on its way to the disk.
#[derive(Clone, Debug)]
pub(super) struct Noting {
    user: UserId,
    who: String,
    text: Option<String>,
}

impl App {
    /// The note on a user. As it was typed, unsafe to print.
    #[must_use]
    pub fn note(&self, user: &UserId) -> Option<&str> {
        self.notes.value()?.get(user).map(String::as_str)
    }

    /// Why there can be no note now.
    pub(super) fn why_not_note(&self) -> Option<Reason> {
        match (self.subject(), self.notes.value(), self.notes.failure()) {
            (None, ..) => Some("There is no user to keep a note on.".into()),
            (Some(_), Some(_), _) => None,
            (Some(_), None, Some(_)) => Some("The notes could not be read; r tries again.".into()),
            (Some(_), None, None) => Some("The notes are still being read.".into()),
        }
    }

    /// A form with the note that there is.
    pub(super) fn note_form(&self, known: Arc<Known>) -> Form {
        let text = self.note(&known.id).unwrap_or_default().to_owned();
        Form::about(Purpose::Note, known).with_text(&text)
    }

    /// Keeps what was typed; nothing takes the note away.
    pub(super) fn keep_note(&mut self, known: &Known, text: &str, now: Timestamp, effects: &mut Effects) {
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        if self.note(&known.id) == text {
            self.close_dialog();
            return self.notices.show(Notice::remark("The note is as it was."), now);
        }
        let who = Person::of(known).call(&known.id).to_owned();
        let noting = Noting { user: known.id.clone(), who, text: text.map(str::to_owned) };
        let id = self.changes.begin_note(noting);
        self.mark_form_sent(id);
        effects.push(Work::KeepNote { id, user: known.id.clone(), text: text.map(str::to_owned) }.into());
    }

    pub(super) fn take_note_reply(&mut self, id: ChangeId, result: Result<(), Failure>, now: Timestamp) {
        if let Some(noting) = self.changes.finish_note(id) {
            self.take_noted(id, noting, result, now);
        }
    }

    /// A note is on the disk, or is not.
    pub(super) fn take_noted(&mut self, id: ChangeId, noting: Noting, result: Result<(), Failure>, now: Timestamp) {
        self.dialogs.end_sent(id, result.as_ref().err());
        let Noting { user, who, text } = noting;
        match result {
            Ok(()) => {
                let words = match text {
                    Some(_) => format!("Kept the note on {who}, on this machine only."),
                    None => format!("Took the note on {who} away."),
                };
                let mut notes = self.notes.value().cloned().unwrap_or_default();
                match text {
                    Some(text) => _ = notes.insert(user, text),
                    None => _ = notes.remove(&user),
                }
                self.notes.fill(Ok(notes));
                self.notices.show(Notice::success(words, None, false), now);
            }
            Err(failure) => {
                let notice = Notice::failure(&format!("The note on {who} was not kept"), &failure);
                self.notices.show(notice, now);
            }
        }
    }

    pub(super) fn take_notes(&mut self, result: Result<Fetched, Failure>) {
        self.notes.fill(result.and_then(|fetched| match fetched {
            Fetched::Notes(notes) => Ok(notes),
            other => Err(super::replies::mismatch(&other)),
        }));
    }
}
