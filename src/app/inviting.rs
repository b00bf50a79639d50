//! Invitations to organizations: picking one, then the form or the list, then the question, and what is said of the outcome.

use super::{
    Action, App, Changed, Dialog, Effects, Failure, Fetch, Fetched, Focus, Grounds, Known, Made, Notice, Person,
    Reason, SlotId, Work,
    act::{InvitationAct, NewInvitation, Place, RoleName},
    change::InvitationChange,
    detail::Tab,
    dialog::{Confirm, Form, InvitationsPane, PickedFor, Picker},
    replies::mismatch,
};
use crate::clerk::model::{InvitationStatus, Role, Timestamp, UserId};
use std::sync::Arc;

/// In a picker every letter is typed.
const ROLES_AGAIN: &str = "The roles could not be read and are being read again: enter once they are there.";
const NO_SUCH: &str = "There is no such organization to choose.";

impl App {
    /// Does what is asked for in the open list of invitations, or opens what leads to one. Whether that was it.
    pub(super) fn run_on_invitations(&mut self, action: Action, now: Timestamp) -> bool {
        let is_open = matches!(self.dialogs.top(), Some(Dialog::Invitations(_)));
        match action {
            Action::InviteUser if is_open => self.invite_here(now),
            Action::Invite | Action::InviteUser => self.open_invitation(action),
            Action::OrganizationInvitations => self.open_picker_for(PickedFor::Invitations),
            Action::RemoveItem if is_open => self.open_revocation(),
            Action::Refresh if is_open => self.refresh_invitations(),
            _ => return false,
        }
        true
    }

    /// Which invitations are shown: in the open list of an organization's, else in the tab of the user's; none for all.
    #[must_use]
    pub fn invitation_status(&self) -> Option<&InvitationStatus> {
        self.dialogs.invitations().map_or_else(|| self.detail.invitation_status(), InvitationsPane::status)
    }

    /// Why it cannot be done in the open list of invitations.
    pub(super) fn why_not_invited(&self, action: Action) -> Option<Reason> {
        match (self.dialogs.top(), action) {
            (Some(Dialog::Invitations(_)), Action::InviteUser) => self.why_no_roles(),
            (Some(Dialog::Invitations(pane)), Action::RemoveItem) if pane.revocable().is_none() => {
                Some("There is no invitation here that could be revoked.".into())
            }
            _ => None,
        }
    }

    /// Whether the action is about the open list of invitations.
    pub(super) fn means_invitations(&self, action: Action) -> bool {
        let is_open = matches!(self.dialogs.top(), Some(Dialog::Invitations(_)));
        is_open && matches!(action, Action::InviteUser | Action::RemoveItem | Action::Narrow | Action::Refresh)
    }

    /// Opens the picker of where to invite to: with the user's address where the tab of their invitations asks for it.
    fn open_invitation(&mut self, action: Action) {
        let known = self.subject().filter(|_| action == Action::InviteUser).cloned();
        if self.roles.failure().is_some() {
            self.roles.ask();
        }
        self.open_picker_for(PickedFor::Invite(known));
    }

    /// Opens a picker, with the organization that is looked at.
    fn open_picker_for(&mut self, purpose: PickedFor) {
        let mut picker = Picker::new(purpose);
        if let Some(name) = self.organization_at_hand() {
            picker.paste(&name);
        }
        self.dialogs.open(Dialog::Picker(Box::new(picker)));
    }

    /// What the organization is called whose membership is chosen, or whose members the list shows.
    fn organization_at_hand(&self) -> Option<String> {
        let in_tab = self.focus == Focus::Detail && self.detail.tab() == Tab::Memberships;
        let chosen = self.chosen_membership().filter(|_| in_tab);
        let chosen = chosen.map(|membership| membership.organization.name.clone());
        chosen.or_else(|| self.shown_organization().map(|(_, name)| name))
    }

    /// The organization is picked: asks for the rest.
    pub(super) fn take_where_to_invite(&mut self, known: Option<Arc<Known>>, now: Timestamp) {
        match (self.picked_place(), self.why_no_roles()) {
            (None, _) => self.notices.show(Reason::from(NO_SUCH).into(), now),
            (Some(_), Some(_)) if self.roles.failure().is_some() => {
                self.roles.ask();
                self.notices.show(Notice::remark(ROLES_AGAIN), now);
            }
            (Some(_), Some(reason)) => self.notices.show(reason.into(), now),
            (Some(place), None) => self.open_invitation_form(place, known),
        }
    }

    /// The organization is picked whose invitations are looked at.
    pub(super) fn take_whose_invitations(&mut self, now: Timestamp) {
        let Some(place) = self.picked_place() else {
            return self.notices.show(Reason::from(NO_SUCH).into(), now);
        };
        self.close_dialog();
        self.dialogs.open(Dialog::Invitations(InvitationsPane::of(place)));
    }

    fn picked_place(&self) -> Option<Place> {
        let organization = self.picker()?.chosen()?.clone();
        Some(Place { id: organization.id, name: organization.name })
    }

    fn open_invitation_form(&mut self, place: Place, known: Option<Arc<Known>>) {
        let role = |role: &Role| RoleName { key: role.key.clone(), name: role.name.clone() };
        let roles = self.roles.value().map(|roles| roles.iter().map(role).collect()).unwrap_or_default();
        let form = Form::inviting(place, roles, known.filter(|_| !self.masking));
        self.dialogs.open(Dialog::Form(Box::new(form)));
    }

    /// Asks for who is to be invited to the organization whose invitations are open.
    fn invite_here(&mut self, now: Timestamp) {
        let place = self.dialogs.invitations().map(|pane| pane.place().clone());
        match (place, self.why_no_roles()) {
            (_, Some(reason)) => self.notices.show(reason.into(), now),
            (Some(place), None) => self.open_invitation_form(place, None),
            (None, None) => {}
        }
    }

    /// Asks whether to take the chosen invitation back.
    fn open_revocation(&mut self) {
        let Some((id, invitation)) = self.dialogs.invitations().and_then(InvitationsPane::revocable) else { return };
        let beside = self.whose_address(&invitation.email_address);
        let act = InvitationAct::Revoke { id, invitation };
        let confirm = Confirm::of_invitation(act, beside, None).masking(self.masking);
        self.dialogs.open(Dialog::Confirm(Box::new(confirm)));
    }

    /// The user who is looked at, if the address is one of theirs: it is in their history too, and their tab is read anew.
    fn whose_address(&self, email_address: &str) -> Option<(UserId, Person)> {
        let known = self.subject().filter(|known| known.has_email_address(email_address))?;
        Some((known.id.clone(), Person::of(known)))
    }

    /// Reads the open list of invitations anew.
    fn refresh_invitations(&mut self) {
        if self.roles.failure().is_some() {
            self.roles.ask();
        }
        self.requests.expire(SlotId::OrganizationInvitations);
        if let Some(pane) = self.dialogs.invitations_mut() {
            pane.ask();
        }
    }

    /// Takes the invitations to an organization, unless another list has been opened meanwhile.
    pub(super) fn take_invitations(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>) {
        let open = self.dialogs.invitations_mut().filter(|pane| pane.wants().as_ref() == Some(fetch));
        if let Some(pane) = open {
            pane.take(result.and_then(|fetched| match fetched {
                Fetched::Invitations(page) => Ok(page),
                other => Err(mismatch(&other)),
            }));
        }
    }

    /// Asks whether to invite as the form says; the form stays below the question.
    pub(super) fn ask_whether_to_invite(&mut self, invitation: NewInvitation, beside: Option<(UserId, Person)>) {
        let beside = beside.or_else(|| self.whose_address(&invitation.email_address));
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
                // Accepted, taken back or made again since: there is no other outcome to wait for.
                if failure.refuses_request() {
                    self.changes.forget_undone(&change.grounds);
                }
                self.notices.show(Notice::failure(&words.failed, &failure), now);
            }
        }
        self.refresh_invitations();
        if let Some((user, _)) = &change.beside {
            self.requests.expire(SlotId::Invitations);
            self.detail.refresh_parts(user);
        }
    }
}
