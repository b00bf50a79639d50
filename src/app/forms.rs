//! Forms: opening one, what it asks for, and what comes of that.

use super::{
    Act, App, Changed, Dialog, Effect, Effects, Failure, Fetch, Fetched, Known, Made, NewUser, Notice, Reason, Work,
    act::Sending,
    change::ChangeId,
    dialog::{Asked, Form, MetadataForm, PictureForm, Purpose},
    replies::mismatch,
};
use crate::clerk::model::Timestamp;
use std::sync::Arc;

impl App {
    /// Why there can be no such form now.
    pub(super) fn why_not_form(&self, purpose: Purpose) -> Option<Reason> {
        match purpose {
            Purpose::Edit => self.why_masked().or_else(|| self.why_not_edit()),
            Purpose::Note => self.why_not_note(),
            _ if purpose.is_about_user() => self.why_not_edit(),
            _ => None,
        }
    }

    /// Why nothing about the user can be edited now.
    pub(super) fn why_not_edit(&self) -> Option<Reason> {
        self.subject().map_or(Some("There is no user to do that to.".into()), |user| self.why_not_change(&user.id))
    }

    pub(super) fn open_form(&mut self, purpose: Purpose) {
        let form = match (purpose, self.subject().cloned()) {
            _ if !purpose.is_about_user() => Form::about_nobody(purpose),
            (Purpose::Note, Some(known)) => self.note_form(known),
            (_, Some(known)) => Form::about(purpose, known),
            (_, None) => return,
        };
        self.dialogs.open(Dialog::Form(Box::new(form)));
    }

    /// Leaves the form; a failure that stands over it goes first, so that what was typed is not lost by reading it.
    pub(super) fn dismiss(&mut self) {
        let has_failed = self.notices.current().is_some_and(Notice::is_failure);
        if has_failed && matches!(self.dialogs.top(), Some(Dialog::Form(_) | Dialog::Metadata(_) | Dialog::Picture(_)))
        {
            self.notices.dismiss();
        } else {
            self.close_dialog();
        }
    }

    /// Does something in the open form.
    pub(super) fn in_form(&mut self, act: impl FnOnce(&mut Form)) {
        if let Some(Dialog::Form(form)) = self.dialogs.top_mut() {
            act(form);
        }
    }

    /// Takes what the form asks for.
    pub(super) fn submit_form(&mut self, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Form(form)) = self.dialogs.top_mut() else { return };
        match (form.submit(), form.known().cloned()) {
            (Some(Asked::Act(act)), Some(known)) => self.ask_for(act, known, now),
            (Some(Asked::Note(text)), Some(known)) => self.keep_note(&known, &text, now, effects),
            (Some(Asked::LeaveReadOnly(name)), _) => self.leave_read_only(&name, now, effects),
            (Some(Asked::Create(user)), _) => self.create(user, now, effects),
            (Some(Asked::Many(act)), _) => self.ask_about_marked(act, now),
            (Some(Asked::Invite(invitation, beside)), _) => self.ask_whether_to_invite(invitation, beside),
            (Some(Asked::Restriction(act)), _) => self.restrict_once(act, now, effects),
            _ => {}
        }
    }

    /// Creates a user. Sent twice it would be two users: the second waits for the end of the first.
    fn create(&mut self, user: NewUser, now: Timestamp, effects: &mut Effects) {
        if self.changes.is_creating() {
            let words = "Nothing was sent: a user is being created already.";
            return self.notices.show(Notice::remark(words), now);
        }
        let id = self.changes.begin_creation(user.call());
        self.mark_form_sent(id);
        effects.push(Work::Create(id, user).into());
    }

    /// A user has been created, or not. The detail opens on who is new, unless something else is open by now.
    pub(super) fn take_created(&mut self, id: ChangeId, name: &str, result: Result<Changed, Failure>, now: Timestamp) {
        self.dialogs.end_sent(id, result.as_ref().err());
        let (changed, user) = match result {
            Ok(Changed { made: Made::User(user), trace_id, unrecorded_outcome, .. }) => {
                ((trace_id, unrecorded_outcome), user)
            }
            Ok(_) => return,
            Err(failure) => {
                return self.notices.show(Notice::failure(&format!("{name} was not created"), &failure), now);
            }
        };
        self.list_anew();
        let known = Arc::new(Known::new(*user, now));
        if self.dialogs.top().is_none() {
            self.open_detail_of(known);
        }
        let text = format!("Created {name}.");
        let (trace_id, unrecorded_outcome) = changed;
        let notice = match unrecorded_outcome {
            Some(reason) => Notice::failure(&text, &Failure::OutcomeNotRecorded(reason)),
            None => Notice::success(text, trace_id, false),
        };
        self.notices.show(notice, now);
    }

    /// Asks whether to do what the form says; the form stays below the question.
    fn ask_for(&mut self, act: Act, known: Arc<Known>, now: Timestamp) {
        if let Some(reason) = act.already(&known, now) {
            return self.notices.show(Notice::remark(reason), now);
        }
        self.ask_whether(act, known);
    }

    /// What the topmost dialog asked for has been sent.
    pub(super) fn mark_form_sent(&mut self, id: ChangeId) {
        if let Some(dialog) = self.dialogs.top_mut() {
            dialog.mark_sent(id);
        }
    }

    /// Opens the bags of the user.
    pub(super) fn open_metadata(&mut self, sending: Sending) {
        if let Some(known) = self.subject().cloned() {
            self.dialogs.open(Dialog::Metadata(Box::new(MetadataForm::new(known, sending))));
        }
    }

    /// Does something in the open dialog of metadata.
    pub(super) fn in_metadata(&mut self, act: impl FnOnce(&mut MetadataForm)) {
        if let Some(Dialog::Metadata(form)) = self.dialogs.top_mut() {
            act(form);
        }
    }

    /// Opens the field for the name of a picture's file.
    pub(super) fn open_picture(&mut self) {
        if let Some(known) = self.subject().cloned() {
            self.dialogs.open(Dialog::Picture(Box::new(PictureForm::new(known))));
        }
    }

    /// Does something in that dialog.
    pub(super) fn in_picture(&mut self, act: impl FnOnce(&mut PictureForm)) {
        if let Some(Dialog::Picture(form)) = self.dialogs.top_mut() {
            act(form);
        }
    }

    /// Takes what was found out about the file that is named.
    pub(super) fn take_file(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>, now: Timestamp) {
        let Some(Dialog::Picture(form)) = self.dialogs.top_mut() else { return };
        let act = match (fetch, result) {
            (Fetch::FileNames(_), Ok(Fetched::FileNames(names))) => return form.take_names(Ok(names)),
            (Fetch::FileNames(_), Err(failure)) => return form.take_names(Err(failure)),
            (_, Ok(Fetched::Picture(picture))) => form.take_picture(Ok(picture)),
            (_, Err(failure)) => form.take_picture(Err(failure)),
            (_, Ok(other)) => form.take_picture(Err(mismatch(&other))),
        };
        if let Some(act) = act {
            let known = Arc::clone(form.known());
            self.ask_for(act, known, now);
        }
    }

    /// Asks whether to change the metadata as it is typed.
    pub(super) fn submit_metadata(&mut self, now: Timestamp) {
        let Some(Dialog::Metadata(form)) = self.dialogs.top_mut() else { return };
        if let Some(act) = form.submit() {
            let known = Arc::clone(form.known());
            self.ask_for(act, known, now);
        }
    }

    /// Hands the bag that is typed into to an editor outside.
    pub(super) fn edit_outside(&self, effects: &mut Effects) {
        if let Some(Dialog::Metadata(form)) = self.dialogs.top()
            && let Some(field) = form.focused()
        {
            effects.push(Effect::Edit { name: field.bag.parameter(), text: field.text.text() });
        }
    }
}
