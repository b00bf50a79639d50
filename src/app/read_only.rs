//! Only reading: what cannot be done meanwhile, and how that begins and ends. Where requests leave holds it too; here it
//! is told.

use super::{
    Action, App, Dialog, Effects, Notice, Reason, Work,
    dialog::{Form, Purpose},
};
use crate::clerk::{InstanceKind, model::Timestamp};

/// Whether nothing is changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadOnly {
    /// What is asked for is changed.
    #[default]
    Off,
    /// Nothing is changed until somebody leaves it.
    On,
    /// Nothing is changed for the whole run: it was started so.
    Fixed,
}

impl ReadOnly {
    /// Whether nothing is changed.
    #[must_use]
    pub fn is_on(self) -> bool {
        self != Self::Off
    }
}

impl Action {
    /// Whether it leads to something that is changed at Clerk, or that lets somebody in.
    #[must_use]
    pub fn writes(self) -> bool {
        let is_form = self.form().is_some_and(|purpose| purpose != Purpose::Note);
        self.act().is_some()
            || is_form
            || self.is_for_marked()
            || matches!(
                self,
                Self::EditMetadata
                    | Self::ReplaceMetadata
                    | Self::SetImage
                    | Self::AddMembership
                    | Self::Invite
                    | Self::InviteUser
                    | Self::ChangeRole
                    | Self::RemoveItem
                    | Self::RevokeSession
                    | Self::FetchToken
                    | Self::ShowToken
                    | Self::Reveal
                    | Self::Impersonate
                    | Self::EndImpersonation
                    | Self::LinkSignIn
                    | Self::EndLink
                    | Self::AddIdentifier
                    | Self::RemoveIdentifier
                    | Self::SetMetadataKey
                    | Self::BlockAddresses
                    | Self::BlockDomains
                    | Self::BlockNumbers
                    | Self::RemoveMembers
                    | Self::RemoveFromOrganization
                    | Self::RetryJob
                    | Self::Restore
                    | Self::Undo
                    | Self::Redo
            )
    }
}

impl App {
    /// Whether nothing is changed.
    #[must_use]
    pub fn read_only(&self) -> ReadOnly {
        self.settings.read_only
    }

    /// Whether the whole run shows what would be sent in the place of sending it.
    #[must_use]
    pub fn is_dry_run(&self) -> bool {
        self.settings.dry_run
    }

    /// Why `action` cannot be done while only reading; none when it can.
    pub(super) fn why_not_write(&self, action: Action) -> Option<Reason> {
        let goes_on = action == Action::PauseJob && self.chosen_job_stands_still();
        // Marks that were dropped are nobody's business but this program's.
        let is_ours = action == Action::Undo && self.marks.has_dropped();
        ((action.writes() || goes_on) && !is_ours).then(|| self.why_read_only()).flatten()
    }

    /// Why nothing can be changed, and how that ends.
    fn why_read_only(&self) -> Option<Reason> {
        match self.read_only() {
            ReadOnly::Off => None,
            ReadOnly::On => {
                let key = self.keymap.keys(Action::ReadOnly).first();
                let leave = key.map_or_else(|| ":read-only".to_owned(), ToString::to_string);
                Some(format!("Nothing is changed while read-only: {leave} leaves it.").into())
            }
            ReadOnly::Fixed => Some("It was started read-only: start it again without that to change anything.".into()),
        }
    }

    /// Why read-only cannot be left.
    pub(super) fn why_not_leave_read_only(&self) -> Option<Reason> {
        (self.read_only() == ReadOnly::Fixed).then(|| self.why_read_only()).flatten()
    }

    /// Begins to only read, at once; or leaves that, for which the instance has to be named where it is production.
    pub(super) fn toggle_read_only(&mut self, now: Timestamp, effects: &mut Effects) {
        match (self.read_only(), self.instance_kind()) {
            (ReadOnly::Off, _) => self.switch_read_only(ReadOnly::On, now, effects),
            (ReadOnly::On, InstanceKind::Development) => self.switch_read_only(ReadOnly::Off, now, effects),
            (ReadOnly::On, InstanceKind::Production) => {
                self.dialogs.open(Dialog::Form(Box::new(Form::about_nobody(Purpose::LeaveReadOnly))));
            }
            (ReadOnly::Fixed, _) => {}
        }
    }

    /// The instance was named so: leaves read-only if that is it.
    pub(super) fn leave_read_only(&mut self, name: &str, now: Timestamp, effects: &mut Effects) {
        if name != self.instance_name() {
            let fault = format!("It is called {}.", self.instance_name());
            return self.in_form(|form| form.refuse("name", fault));
        }
        self.close_dialog();
        self.switch_read_only(ReadOnly::Off, now, effects);
    }

    fn switch_read_only(&mut self, read_only: ReadOnly, now: Timestamp, effects: &mut Effects) {
        self.settings.read_only = read_only;
        self.mask_secrets();
        // What would be asked about cannot be done any more.
        self.sought_step = None;
        effects.push(Work::ReadOnly(read_only.is_on()).into());
        let words = match self.why_read_only() {
            Some(why) => why.as_str().to_owned(),
            None => "What is asked for is changed again.".to_owned(),
        };
        self.notices.show(Notice::remark(words), now);
    }
}
