//! Forms: opening one, what it asks for, and what comes of that.

use super::{
    App, Dialog, Failure, Notice, Reason,
    change::ChangeId,
    dialog::{Confirm, Form, Purpose},
};
use crate::clerk::model::Timestamp;
use std::sync::Arc;

impl App {
    /// Why there can be no form about the user now.
    pub(super) fn why_not_form(&self) -> Option<Reason> {
        self.subject().map_or(Some("There is no user to do that to.".into()), |user| self.why_not_change(&user.id))
    }

    pub(super) fn open_form(&mut self, purpose: Purpose) {
        if let Some(known) = self.subject().cloned() {
            self.dialogs.open(Dialog::Form(Box::new(Form::new(purpose, known))));
        }
    }

    /// Does something in the open form.
    pub(super) fn in_form(&mut self, act: impl FnOnce(&mut Form)) {
        if let Some(Dialog::Form(form)) = self.dialogs.top_mut() {
            act(form);
        }
    }

    /// Asks whether to do what the form says; the form stays below the question.
    pub(super) fn submit_form(&mut self, now: Timestamp) {
        let Some(Dialog::Form(form)) = self.dialogs.top_mut() else { return };
        let Some(act) = form.submit() else { return };
        let known = Arc::clone(form.known());
        if let Some(reason) = act.already(&known, now) {
            return self.notices.show(Notice::remark(reason), now);
        }
        self.dialogs.open(Dialog::Confirm(Box::new(Confirm::new(act, known, None))));
    }

    /// What the topmost form asked for has been sent.
    pub(super) fn mark_form_sent(&mut self, id: ChangeId) {
        if let Some(Dialog::Form(form)) = self.dialogs.top_mut() {
            form.mark_sent(id);
        }
    }

    /// What a form asked for is done, or is not: it closes, or says what is wrong at its fields.
    pub(super) fn end_form(&mut self, id: ChangeId, failure: Option<&Failure>) {
        match failure {
            None => self.dialogs.close_form(id),
            Some(failure) => {
                if let Some(form) = self.dialogs.form_mut(id) {
                    form.take_failure(failure);
                }
            }
        }
    }
}
