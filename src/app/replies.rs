//! Answers to what was read.

use super::{
    App, Dialog, Failure, Fetch, Fetched, Known, Notice,
    detail::{Batch, HistoryEntry},
    list::{ListState, window::Side},
    requests::{Generation, SlotId},
};
use crate::clerk::{
    InstanceKind,
    model::{
        Organization, OrganizationInvitation, OrganizationMembership, Page, Received, Role, Session, Timestamp,
        TrustedDevice, User, UserId,
    },
};
use std::sync::Arc;

/// What the notices of failed reads begin with. All alike, so that one cause is told once.
const READING_FAILED: &str = "Reading failed";

impl App {
    /// Takes an answer, if it is the one that its slot waits for.
    pub(super) fn take_fetched(
        &mut self,
        slot: SlotId,
        generation: Generation,
        result: Result<Fetched, Failure>,
        now: Timestamp,
    ) {
        let Some(fetch) = self.requests.finish(slot, generation) else { return };
        if let Err(failure) = &result
            && !self.list.finds_its_way(slot, &fetch, failure)
        {
            self.tell_failed_read(slot, failure, now);
        }
        match slot {
            SlotId::List | SlotId::PageAfter | SlotId::PageBefore => self.take_rows(slot, &fetch, result, now),
            SlotId::Matching => self.totals.matching.fill(result.and_then(as_count)),
            SlotId::AllUsers => self.totals.all.fill(result.and_then(as_count)),
            SlotId::BannedUsers => self.totals.banned.fill(result.and_then(as_count)),
            SlotId::Roles => self.roles.fill(result.and_then(as_roles)),
            SlotId::Instance => self.take_instance(result, now),
            SlotId::Notes => self.take_notes(result),
            SlotId::Step => self.take_step(result, now),
            SlotId::UnfinishedJobs => self.take_unfinished_jobs(result),
            SlotId::Restrictions => self.take_restrictions(&fetch, result),
            SlotId::Record | SlotId::Recorded => self.take_recorded(&fetch, result, now),
            SlotId::OrganizationInvitations => self.take_invitations(&fetch, result),
            SlotId::Trash => self.take_copies(result),
            SlotId::DetailUser | SlotId::ReadBack => self.take_user(slot, &fetch, result, now),
            SlotId::Memberships | SlotId::Invitations | SlotId::Sessions | SlotId::History | SlotId::TrustedDevices => {
                self.take_part(&fetch, result);
            }
            SlotId::Named => {
                if let Fetch::NamedOrganizations(name) = &fetch {
                    self.take_named(name, result.and_then(as_organizations).as_ref(), now);
                }
            }
            SlotId::Organizations | SlotId::Joined => self.take_for_picker(fetch, result),
            SlotId::ActiveSessions => self.take_active_sessions(result),
            SlotId::OtherAdmins => self.take_other_admins(result),
            SlotId::LookUp(place) => self.take_for_question(place, result, now),
            SlotId::Pulse(index) => self.take_figure(index, result),
            SlotId::File => self.take_file(&fetch, result, now),
            SlotId::Export => self.take_exported(result, now),
            SlotId::Marking => self.take_marking(&fetch, result, now),
            SlotId::Marked => self.take_looked_up(&fetch, result, now),
        }
        self.withdraw_what_the_list_says();
    }

    fn take_rows(&mut self, slot: SlotId, fetch: &Fetch, result: Result<Fetched, Failure>, now: Timestamp) {
        let height = self.layout().list_rows();
        let known = |user: Received<User>| Arc::new(Known::new(user, now));
        let rows = result.and_then(|fetched| match fetched {
            Fetched::Users(users) => Ok(users.into_iter().map(known).collect()),
            other => Err(mismatch(&other)),
        });
        // Who is open was read with the others, and may have changed since they were opened.
        for user in rows.iter().flatten() {
            self.detail.replace(user);
        }
        match slot {
            SlotId::PageAfter => self.list.take_page(Side::After, fetch, rows, height),
            SlotId::PageBefore => self.list.take_page(Side::Before, fetch, rows, height),
            _ => self.list.take_stretch(rows, height),
        }
    }

    fn take_instance(&mut self, result: Result<Fetched, Failure>, now: Timestamp) {
        self.instance.fill(result.and_then(|fetched| match fetched {
            Fetched::Instance(instance) => Ok(instance),
            other => Err(mismatch(&other)),
        }));
        if self.settings.instance_kind != self.instance_kind() && self.instance_kind() == InstanceKind::Production {
            let words = "The key looks like development, but the instance does not say so: taken for production.";
            self.notices.show(Notice::remark(words), now);
        }
    }

    fn take_user(&mut self, slot: SlotId, fetch: &Fetch, result: Result<Fetched, Failure>, now: Timestamp) {
        let Fetch::User(id) = fetch else { return };
        if slot == SlotId::ReadBack {
            self.changes.end_read_back(id);
        } else {
            self.detail.take_user();
        }
        match result {
            Ok(Fetched::User(user)) if user.id == *id => self.replace_user(&Arc::new(Known::new(*user, now)), now),
            Err(failure) if failure.is_not_found() => self.list.mark_gone(id.clone()),
            Ok(_) | Err(_) => {}
        }
    }

    /// Takes a page of a tab's rows.
    fn take_part(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>) {
        let parts = self.detail.parts_mut();
        match fetch {
            Fetch::Memberships { offset, .. } => parts.memberships.take(*offset, result.and_then(as_memberships)),
            Fetch::Invitations { offset, .. } => parts.invitations.take(*offset, result.and_then(as_invitations)),
            Fetch::Sessions { offset, .. } => parts.sessions.take(*offset, result.and_then(as_sessions)),
            Fetch::TrustedDevices(_) => parts.trusted_devices.fill(result.and_then(as_trusted_devices)),
            Fetch::History { offset, .. } => parts.history.take(*offset, result.and_then(as_history)),
            // Nothing else is asked for by these slots.
            _ => {}
        }
    }

    fn take_figure(&mut self, index: u8, result: Result<Fetched, Failure>) {
        if let Some(Dialog::Pulse(pulse)) = self.dialogs.top_mut()
            && let Some(slot) = pulse.slot_mut(index)
        {
            slot.fill(result.and_then(as_count));
        }
    }

    /// Takes a list that is open, unless another has been opened meanwhile.
    fn take_restrictions(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>) {
        let open = self.dialogs.restrictions_mut().filter(|open| Fetch::Restrictions(open.list()) == *fetch);
        if let Some(open) = open {
            open.take(result.and_then(|fetched| match fetched {
                Fetched::Restrictions(entries) => Ok(entries),
                other => Err(mismatch(&other)),
            }));
        }
    }

    fn take_for_picker(&mut self, fetch: Fetch, result: Result<Fetched, Failure>) {
        self.in_picker(|picker| match fetch {
            Fetch::Organizations { text, .. } => picker.take_found(text, result.and_then(as_organizations)),
            _ => picker.take_joined(result.and_then(as_memberships).map(|batch| batch.rows)),
        });
    }

    fn take_active_sessions(&mut self, result: Result<Fetched, Failure>) {
        if let Some(Dialog::Confirm(confirm)) = self.dialogs.top_mut() {
            confirm.active_sessions_mut().fill(result.and_then(|fetched| match fetched {
                Fetched::Sessions(sessions) => Ok(sessions.len()),
                other => Err(mismatch(&other)),
            }));
        }
    }

    /// Says that a read failed, unless it shows where the data would be.
    fn tell_failed_read(&mut self, slot: SlotId, failure: &Failure, now: Timestamp) {
        match slot {
            // The dialog says less then, and is right all the same; the tabs, the lists, the picker, the pulse
            // and marking say so themselves.
            SlotId::Pulse(_)
            | SlotId::Export
            | SlotId::Marking
            | SlotId::Marked
            | SlotId::LookUp(_)
            | SlotId::ActiveSessions
            | SlotId::OtherAdmins
            | SlotId::File
            | SlotId::Memberships
            | SlotId::Invitations
            | SlotId::Sessions
            | SlotId::History
            | SlotId::TrustedDevices
            | SlotId::Restrictions
            | SlotId::Record
            | SlotId::Recorded
            | SlotId::Trash
            | SlotId::OrganizationInvitations
            | SlotId::Organizations
            | SlotId::Joined => {}
            _ => self.notices.show(Notice::failure(READING_FAILED, failure), now),
        }
    }

    /// A list without rows tells its failure in their place: the notice would say it twice.
    fn withdraw_what_the_list_says(&mut self) {
        if let ListState::Failed(failure) = self.list.state() {
            let notice = Notice::failure(READING_FAILED, failure);
            self.notices.withdraw(&notice);
        }
    }

    /// Whether Clerk has said that this user is not there any more.
    #[must_use]
    pub fn is_gone(&self, user: &UserId) -> bool {
        self.list.is_gone(user)
    }
}

fn as_count(fetched: Fetched) -> Result<u64, Failure> {
    match fetched {
        Fetched::Count(count) => Ok(count),
        other => Err(mismatch(&other)),
    }
}

fn as_memberships(fetched: Fetched) -> Result<Batch<OrganizationMembership>, Failure> {
    match fetched {
        Fetched::Memberships(page) => Ok(Batch { rows: page.data, total: Some(page.total_count) }),
        other => Err(mismatch(&other)),
    }
}

fn as_invitations(fetched: Fetched) -> Result<Batch<OrganizationInvitation>, Failure> {
    match fetched {
        Fetched::Invitations(page) => Ok(Batch { rows: page.data, total: Some(page.total_count) }),
        other => Err(mismatch(&other)),
    }
}

fn as_organizations(fetched: Fetched) -> Result<Page<Organization>, Failure> {
    match fetched {
        Fetched::Organizations(page) => Ok(page),
        other => Err(mismatch(&other)),
    }
}

fn as_roles(fetched: Fetched) -> Result<Vec<Role>, Failure> {
    match fetched {
        Fetched::Roles(roles) => Ok(roles),
        other => Err(mismatch(&other)),
    }
}

fn as_sessions(fetched: Fetched) -> Result<Batch<Session>, Failure> {
    match fetched {
        Fetched::Sessions(rows) => Ok(Batch { rows, total: None }),
        other => Err(mismatch(&other)),
    }
}

fn as_trusted_devices(fetched: Fetched) -> Result<Vec<TrustedDevice>, Failure> {
    match fetched {
        Fetched::TrustedDevices(devices) => Ok(devices),
        other => Err(mismatch(&other)),
    }
}

fn as_history(fetched: Fetched) -> Result<Batch<HistoryEntry>, Failure> {
    match fetched {
        Fetched::History(batch) => Ok(batch),
        other => Err(mismatch(&other)),
    }
}

/// The runtime has answered a request with something else: its defect, and to be seen.
pub(super) fn mismatch(fetched: &Fetched) -> Failure {
    let kind = match fetched {
        Fetched::Users(_) => "users",
        Fetched::Count(_) => "a count",
        Fetched::User(_) => "a user",
        Fetched::Memberships(_) => "memberships",
        Fetched::Invitations(_) => "invitations",
        Fetched::Sessions(_) => "sessions",
        Fetched::History(_) => "a history",
        Fetched::Record(_) => "a record",
        Fetched::TrustedDevices(_) => "trusted devices",
        Fetched::Organizations(_) => "organizations",
        Fetched::Roles(_) => "roles",
        Fetched::OtherAdmins(_) => "other admins",
        Fetched::Instance(_) => "an instance",
        Fetched::Trash(_) => "recovery copies",
        Fetched::Restrictions(_) => "a list of identifiers",
        Fetched::Notes(_) => "notes",
        Fetched::UnfinishedJobs(_) => "jobs",
        Fetched::Step(_) => "what can be taken back",
        Fetched::FileNames(_) => "names of files",
        Fetched::Picture(_) => "what a picture is",
        Fetched::MarkList(_) => "a list of users",
        Fetched::Exported { .. } => "a file of users",
        Fetched::FailedOfJob(_) => "what failed of a job",
    };
    Failure::Internal(format!("{kind} came for another request"))
}
