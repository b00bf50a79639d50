//! The way back from what the audit log tells, also of earlier runs; and again from there.

use super::{
    Act, App, CopyAct, Deleted, Dialog, Failure, Fetch, Fetched, Known, Notice, Person, SlotId,
    act::{InvitationAct, RestrictionAct},
    change::RecordId,
    counted,
    dialog::Confirm,
    job::{JobAct, Target},
    replies::mismatch,
};
use crate::clerk::model::{Received, Timestamp, User, UserId};
use std::sync::Arc;

/// Back from what was done last, or again from what was taken back last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retrace {
    /// Take back.
    Back,
    /// Do again.
    Again,
}

/// What there is on the way.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Nothing.
    None,
    /// Something to be done to one user.
    One {
        /// What leads back.
        act: Act,
        /// The user as they are now.
        user: Box<Received<User>>,
        /// Where the audit log has what is taken back.
        record: RecordId,
    },
    /// Something to be done to the blocklist or the allowlist.
    Restriction {
        /// What leads back.
        act: RestrictionAct,
        /// Because of whom, if it was because of somebody.
        beside: Option<(UserId, Person)>,
        /// Where the audit log has what is taken back.
        record: RecordId,
    },
    /// Somebody to be made anew, of whom there is a copy.
    Restoration(Box<Deleted>),
    /// Those whom a job has deleted, of whom there are copies: more than one gesture brings back.
    Deletions {
        /// The job.
        job: String,
        /// How many copies there are from which nobody has been made.
        users: usize,
    },
    /// Something to be done to an invitation to an organization.
    Invitation {
        /// What leads back.
        act: Box<InvitationAct>,
        /// The user who has the address, where that is known.
        beside: Option<(UserId, Person)>,
        /// Where the audit log has what is taken back.
        record: RecordId,
    },
    /// Something to be done to many.
    Many {
        /// What leads back.
        act: JobAct,
        /// To whom: whom the job has changed, and who has not been taken back since.
        targets: Vec<Target>,
        /// What it is taken back of, in words.
        chosen: String,
        /// Where the audit log has what is taken back.
        record: RecordId,
    },
}

impl App {
    /// Takes back the last thing that was done: marks that were dropped come back at once, all else is asked about. What is
    /// not known of this run is looked for in the audit log.
    pub(super) fn undo(&mut self, now: Timestamp) {
        if self.bring_marks_back(now) {
            return;
        }
        if self.changes.last_undo().is_some() {
            self.open_undo();
        } else {
            self.sought_step = Some(Retrace::Back);
        }
    }

    /// Whether this run has done something that can be taken back at once.
    #[must_use]
    pub fn has_undo(&self) -> bool {
        self.changes.last_undo().is_some() || self.marks.has_dropped()
    }

    /// Does again what was taken back last.
    pub(super) fn redo(&mut self) {
        self.sought_step = Some(Retrace::Again);
    }

    /// What is to be looked for in the audit log.
    pub(super) fn wants_step(&self) -> Option<(SlotId, Fetch)> {
        self.sought_step.map(|way| (SlotId::Step, Fetch::Step(way)))
    }

    /// Asks about what was found.
    pub(super) fn take_step(&mut self, result: Result<Fetched, Failure>, now: Timestamp) {
        let Some(way) = self.sought_step.take() else { return };
        let step = result.and_then(|fetched| match fetched {
            Fetched::Step(step) => Ok(step),
            other => Err(mismatch(&other)),
        });
        match step {
            // It has been told as what could not be read.
            Err(_) => {}
            // What is typed there by now is worth more than a question.
            Ok(step) if step != Step::None && self.is_filling_in() => {
                let again = if way == Retrace::Back { "undo" } else { "redo" };
                let words = format!("Leave this first, and {again} once more: what there is was found meanwhile.");
                self.notices.show(Notice::remark(words), now);
            }
            Ok(Step::None) => {
                let words =
                    if way == Retrace::Back { "There is nothing to undo." } else { "There is nothing to do again." };
                self.notices.show(Notice::remark(words), now);
            }
            Ok(Step::One { act, user, record }) => {
                let known = Arc::new(Known::new(*user, now));
                self.replace_user(&known, now);
                self.ask_about_step(Confirm::new(act, known, Some(record)), way);
            }
            Ok(Step::Restriction { act, beside, record }) => {
                self.ask_about_step(Confirm::of_restriction(act, beside, Some(record)), way);
            }
            Ok(Step::Restoration(deleted)) => {
                self.ask_about_step(Confirm::of_copy(CopyAct::Restore, *deleted), way);
            }
            Ok(Step::Deletions { job, users }) => {
                let users = counted(users, "user", "users");
                let words = format!("The last was a job that deleted {users}: lazyclerk trash restore --job {job}");
                self.notices.show(
                    Notice::warning(words, "It makes them anew from their copies; :trash does so with one."),
                    now,
                );
            }
            Ok(Step::Invitation { act, beside, record }) => {
                self.ask_about_step(Confirm::of_invitation(*act, beside, Some(record)), way);
            }
            Ok(Step::Many { act, targets, chosen, record }) => {
                let many = self.question_about(act, targets, chosen, now).undoing(record);
                self.dialogs.open(Dialog::Many(Box::new(many)));
            }
        }
    }

    /// Whether something is open that is being filled in, or answered.
    fn is_filling_in(&self) -> bool {
        matches!(
            self.dialogs.top(),
            Some(
                Dialog::Form(_)
                    | Dialog::Metadata(_)
                    | Dialog::Picture(_)
                    | Dialog::Picker(_)
                    | Dialog::Confirm(_)
                    | Dialog::Many(_)
            )
        )
    }

    fn ask_about_step(&mut self, confirm: Confirm, way: Retrace) {
        let confirm = confirm.masking(self.masking);
        let confirm = if way == Retrace::Again { confirm.again() } else { confirm };
        self.dialogs.open(Dialog::Confirm(Box::new(confirm)));
    }
}
