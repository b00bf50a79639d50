//! Inviting somebody to an organization: picking it, then the form, then the question, and what is said of the outcome.

use super::{
    Action, App, Changed, Dialog, Effects, Failure, Grounds, Made, Notice, Person, Reason, SlotId, Work,
    act::{InvitationAct, NewInvitation, Place, RoleName},
    change::InvitationChange,
    detail::Tab,
    dialog::{Confirm, Form, Picker},
};
use crate::clerk::model::{Timestamp, UserId};

impl App {
    /// Opens the picker of where to invite to: with the user's address where the tab of their invitations asks for it, and
    /// with the organization that is looked at.
    pub(super) fn open_invitation(&mut self, action: Action) {
        let known = self.subject().filter(|_| action == Action::InviteUser).cloned();
        if self.roles.failure().is_some() {
            self.roles.ask();
        }
        let mut picker = Picker::to_invite(known);
        if let Some(name) = self.organization_at_hand() {
            picker.paste(&name);
        }
        self.dialogs.open(Dialog::Picker(Box::new(picker)));
    }

    /// What the organization is called whose membership is chosen, or whose members the list shows.
    fn organization_at_hand(&self) -> Option<String> {
        let in_tab = self.focus == super::Focus::Detail && self.detail.tab() == Tab::Memberships;
        let chosen = self.chosen_membership().filter(|_| in_tab);
        let chosen = chosen.map(|membership| membership.organization.name.clone());
        chosen.or_else(|| self.shown_organization().map(|(_, name)| name))
    }

    /// The organization is picked: asks for the rest.
    pub(super) fn take_where_to_invite(&mut self, now: Timestamp) {
        let chosen = |picker: &Picker| picker.chosen().cloned().zip(picker.inviting().cloned());
        let Some((organization, inviting)) = self.picker().and_then(chosen) else {
            return self.notices.show(Reason::from("There is no such organization to choose.").into(), now);
        };
        if let Some(reason) = self.why_no_roles() {
            return self.notices.show(reason.into(), now);
        }
        let role = |role: &crate::clerk::model::Role| RoleName { key: role.key.clone(), name: role.name.clone() };
        let roles = self.roles.value().map(|roles| roles.iter().map(role).collect()).unwrap_or_default();
        let place = Place { id: organization.id, name: organization.name };
        let form = Form::inviting(place, roles, inviting.known.filter(|_| !self.masking));
        self.dialogs.open(Dialog::Form(Box::new(form)));
    }

    /// Asks whether to invite as the form says; the form stays below the question.
    pub(super) fn ask_whether_to_invite(&mut self, invitation: NewInvitation, beside: Option<(UserId, Person)>) {
        let confirm = Confirm::of_invitation(InvitationAct::Create(invitation), beside, None).masking(self.masking);
        self.dialogs.open(Dialog::Confirm(Box::new(confirm)));
    }

    /// The question was answered with yes.
    pub(super) fn invite(
        &mut self,
        act: InvitationAct,
        beside: Option<(UserId, Person)>,
        grounds: Grounds,
        now: Timestamp,
        effects: &mut Effects,
    ) {
        let Some(change) = self.changes.begin_invitation(act, beside, grounds) else {
            let words = "Nothing was sent: another invitation is under way.";
            return self.notices.show(Notice::remark(words), now);
        };
        self.mark_form_sent(change.id);
        self.dialogs.close_picker();
        effects.push(Work::Invite(change).into());
    }

    /// An invitation has been made or taken back, or not.
    pub(super) fn take_invited(&mut self, change: &InvitationChange, result: Result<Changed, Failure>, now: Timestamp) {
        self.dialogs.end_sent(change.id, result.as_ref().err());
        let words = change.act.words(self.masking);
        match result {
            Ok(changed) => {
                let made = match &changed.made {
                    Made::Invited(id) => Some(id.as_str()),
                    _ => None,
                };
                let undo = self.changes.record_invitation(change, made, changed.record);
                let notice = match changed.unrecorded_outcome {
                    Some(reason) => Notice::failure(&words.done, &Failure::OutcomeNotRecorded(reason)),
                    None => Notice::success(words.done, changed.trace_id, undo),
                };
                self.notices.show(notice, now);
            }
            Err(failure) => {
                // Accepted or taken back since: there is no other outcome to wait for.
                if matches!(change.act, InvitationAct::Revoke { .. }) && failure.refuses_request() {
                    self.changes.forget_undone(change);
                }
                self.notices.show(Notice::failure(&words.failed, &failure), now);
            }
        }
        if let Some((user, _)) = &change.beside {
            self.requests.expire(SlotId::Invitations);
            self.detail.refresh_parts(user);
        }
    }
}
