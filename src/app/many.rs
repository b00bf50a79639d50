//! Asking before something is done to the marked, and what comes of the answer.

use super::{
    Action, App, Dialog, Effects, Failure, Fetched, Known, Notice, Protection, Reason,
    act::Site,
    dialog::{Button, Form, Many, ManyPane, ManyPlace, Menu, PickedFor, Picker, Purpose},
    job::{Blocking, JobAct, Target},
    replies::mismatch,
};
use crate::clerk::{
    InstanceKind,
    model::{OrganizationId, OrganizationMembership, Timestamp},
    query::Select,
};

/// What is said where only the marked can be meant.
const NOBODY: &str = "Nobody is marked: space marks, v a range.";

/// What is said while they are not all marked yet.
pub(super) const STILL_MARKING: &str = "Wait until all are marked, or stop it with esc.";

impl App {
    /// Whether an action is about the marked now, and not about the user under the cursor.
    pub(super) fn means_marked(&self, action: Action) -> bool {
        let is_over_panes =
            matches!(self.dialogs.top(), None | Some(Dialog::Palette(_) | Dialog::Help(_) | Dialog::Menu(_)));
        let is_for_them = action.is_for_marked() || action == Action::More;
        is_over_panes && (action.is_for_marked_only() || is_for_them && !self.marks.is_empty())
    }

    /// Why it cannot be done to the marked.
    pub(super) fn why_not_marked(&self, action: Action) -> Option<Reason> {
        if self.marks.progress().is_some() {
            return Some(STILL_MARKING.into());
        }
        if self.marks.is_empty() {
            return Some(NOBODY.into());
        }
        let outside = action == Action::RemoveMembers && self.shown_organization().is_none();
        outside.then(|| "This is no list of one organization's members: .o asks which one.".into())
    }

    /// Does to the marked what is asked for, once that has been asked. Whether it was about them.
    pub(super) fn run_on_marked(&mut self, action: Action, now: Timestamp) -> bool {
        if !self.means_marked(action) {
            return false;
        }
        let act = match action {
            Action::Ban => JobAct::Ban,
            Action::Unban => JobAct::Unban,
            Action::Lock => JobAct::Lock,
            Action::Unlock => JobAct::Unlock,
            Action::SignOut => JobAct::SignOut,
            Action::Delete => JobAct::Delete { copies: true },
            Action::Block | Action::BlockAddresses => JobAct::Block { what: Blocking::EmailAddress },
            Action::BlockDomains => JobAct::Block { what: Blocking::Domain },
            Action::BlockNumbers => JobAct::Block { what: Blocking::PhoneNumber },
            Action::RemoveMembers => match self.shown_organization() {
                Some((organization, name)) => JobAct::RemoveFromOrganization { organization, name },
                None => return true,
            },
            Action::RemoveFromOrganization => {
                self.dialogs.open(Dialog::Picker(Box::new(Picker::new(PickedFor::Leave))));
                return true;
            }
            Action::SetMetadataKey => {
                self.dialogs.open(Dialog::Form(Box::new(Form::about_nobody(Purpose::SetKey))));
                return true;
            }
            _ => {
                self.dialogs.open(Dialog::Menu(Menu::of_marked()));
                return true;
            }
        };
        self.ask_about_marked(act, now);
        true
    }

    /// Asks whether to do so to the marked.
    pub(super) fn ask_about_marked(&mut self, act: JobAct, now: Timestamp) {
        let chosen = self.marks.how().words(&self.settings.time_zone, false);
        self.ask_about(act, self.marks.targets(), chosen, now);
    }

    /// Asks whether to do so to these.
    fn ask_about(&mut self, act: JobAct, targets: Vec<Target>, chosen: String, now: Timestamp) {
        let many = self.question_about(act, targets, chosen, now);
        self.dialogs.open(Dialog::Many(Box::new(many)));
    }

    pub(super) fn question_about(&self, act: JobAct, targets: Vec<Target>, chosen: String, now: Timestamp) -> Many {
        let protected = self.settings.preferences.protected.clone();
        let rows = self.list.window().rows().iter().map(|known| &**known);
        Many::new(act, targets, chosen, self.site(), protected)
            .not_on(self.subject().map(|known| &**known))
            .knowing(rows, now)
    }

    /// Where the plan has no bans: asks whether to lock them and sign them out everywhere instead, unless something else is
    /// asked already.
    pub(super) fn offer_lock(&mut self, targets: Vec<Target>, reason: Option<&str>, now: Timestamp) {
        if !matches!(self.dialogs.top(), None | Some(Dialog::Jobs(_))) {
            return;
        }
        let mut many = self.question_about(JobAct::Lock, targets, INSTEAD.to_owned(), now).instead(NO_BANS);
        many.give_reason(reason.unwrap_or_default());
        self.dialogs.open(Dialog::Many(Box::new(many)));
    }

    /// Takes the organization that was picked: the marked are to leave it.
    pub(super) fn take_left(&mut self, now: Timestamp) {
        let Some(organization) = self.picker().and_then(Picker::chosen).cloned() else {
            return self.notices.show(Reason::from("There is no such organization to choose.").into(), now);
        };
        let act = JobAct::RemoveFromOrganization { organization: organization.id, name: organization.name };
        self.ask_about_marked(act, now);
    }

    /// The organization whose members the list shows, and what it is called there.
    pub(super) fn shown_organization(&self) -> Option<(OrganizationId, String)> {
        let [Select::Include(id)] = self.list.query().filter.organization_id.as_slice() else { return None };
        Some((id.clone(), self.search.organization_name(id).unwrap_or(id.as_str()).to_owned()))
    }

    /// The instance, as far as words about many depend on it.
    #[must_use]
    pub fn site(&self) -> Site {
        let kind = self.instance_kind();
        let share = self.jobs.share().or(self.settings.preferences.rate_share).unwrap_or_else(|| usual_share(kind));
        Site { instance: self.settings.instance_name.clone(), kind, share }
    }

    /// Why no act on many touches this user, as far as is known: where they belong only once it has been read.
    pub(super) fn protection_of(&self, known: &Known) -> Option<Protection> {
        let protected = &self.settings.preferences.protected;
        let is_own =
            |membership: &OrganizationMembership| protected.organizations.contains(&membership.organization.id);
        let belongs = || {
            let memberships = self.detail.parts_of(&known.id)?.memberships.loaded();
            memberships.iter().any(is_own).then_some(Protection::Member)
        };
        protected.why(known).or_else(belongs)
    }

    /// Does something in the question about many that is open.
    pub(super) fn in_many(&mut self, act: impl FnOnce(&mut Many)) {
        if let Some(Dialog::Many(many)) = self.dialogs.top_mut() {
            act(many);
        }
    }

    /// Whether the topmost dialog is the question about many.
    pub(super) fn is_asking_about_many(&self) -> bool {
        matches!(self.dialogs.top(), Some(Dialog::Many(_)))
    }

    /// Presses what the keys go to.
    pub(super) fn press(&mut self, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Many(many)) = self.dialogs.top_mut() else { return };
        match many.place() {
            ManyPlace::Button(Button::Cancel) => self.close_dialog(),
            ManyPlace::Button(Button::Who) => many.show(ManyPane::Who),
            ManyPlace::Button(Button::DryRun) => many.show(ManyPane::DryRun),
            ManyPlace::Button(Button::Do) | ManyPlace::Typing | ManyPlace::Reason | ManyPlace::CheckBox(_) => {
                self.begin_jobs(now, effects);
            }
        }
    }

    /// One step back: from a list of the question to the question, from the question to what was before.
    pub(super) fn leave_many(&mut self) {
        match self.dialogs.top_mut() {
            Some(Dialog::Many(many)) if many.pane() != ManyPane::Question => many.show(ManyPane::Question),
            _ => self.close_dialog(),
        }
    }

    /// The question was answered with yes: those whom it named are changed, whoever is marked by now.
    pub(super) fn begin_jobs(&mut self, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Many(many)) = self.dialogs.top_mut() else { return };
        if let Some(reason) = many.why_not() {
            if many.people().failure().is_some() {
                many.look_again();
            }
            return self.notices.show(Notice::remark(format!("Nothing was sent. {reason}")), now);
        }
        if let Some(reason) = self.why_not_typed() {
            return self.notices.show(reason.into(), now);
        }
        let Some(Dialog::Many(many)) = self.dialogs.top_mut() else { return };
        let plans = many.plans();
        if self.is_dry_run() {
            // What would be sent stays in sight.
            self.in_many(|many| many.show(ManyPane::DryRun));
        } else {
            self.close_dialog();
            self.dialogs.close_what_led_here();
        }
        for plan in plans {
            self.begin_job(plan, effects);
        }
    }

    /// Why the question cannot be answered with yes: what has to be typed is not.
    pub(super) fn why_not_typed(&self) -> Option<Reason> {
        let Some(Dialog::Many(many)) = self.dialogs.top() else { return None };
        let expected = many.expected().filter(|_| !many.is_typed())?;
        Some(format!("Nothing was sent: type {expected} first.").into())
    }

    /// Takes some of those who were looked up for the question.
    pub(super) fn take_for_question(&mut self, place: u16, result: Result<Fetched, Failure>, now: Timestamp) {
        let Some(Dialog::Many(many)) = self.dialogs.top_mut() else { return };
        let users = result.and_then(|fetched| match fetched {
            Fetched::Users(users) => Ok(users),
            other => Err(mismatch(&other)),
        });
        let before = many.words().question;
        let is_other = many.take(usize::from(place), users, now);
        // What was typed was not meant for another number.
        let is_told = many.people().tally().unknown == 0 && many.words().question != before;
        if is_other || is_told {
            self.dialogs.redraw();
        }
    }

    /// Puts what Clerk has told about a user in the place of what the question knew.
    pub(super) fn replace_in_many(&mut self, known: &Known, now: Timestamp) {
        if let Some(Dialog::Many(many)) = self.dialogs.top_mut()
            && many.replace(known, now)
        {
            self.dialogs.redraw();
        }
    }

    /// Lets the question know what may have changed around it.
    pub(super) fn follow_in_many(&mut self) {
        if self.is_asking_about_many() {
            let (site, masking) = (self.site(), self.masking);
            self.in_many(|many| many.follow(site, masking));
        }
    }
}

/// How those were chosen who are locked because they cannot be banned.
const INSTEAD: &str = "in the place of a ban";
/// What is said to that.
const NO_BANS: &str = "Clerk's plan of this instance has no bans. To lock somebody and sign them out everywhere keeps \
    them out too, until the lock ends.";

/// The share of the rate limit that background work has, in percent, unless somebody says otherwise: the rest is the
/// application's.
fn usual_share(kind: InstanceKind) -> u8 {
    match kind {
        InstanceKind::Production => 50,
        InstanceKind::Development => 90,
    }
}

impl Action {
    /// Whether it can be about nobody but the marked.
    #[must_use]
    pub fn is_for_marked_only(self) -> bool {
        matches!(
            self,
            Self::SetMetadataKey
                | Self::BlockAddresses
                | Self::BlockDomains
                | Self::BlockNumbers
                | Self::RemoveMembers
                | Self::RemoveFromOrganization
        )
    }
}
