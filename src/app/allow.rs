//! Why an action cannot be done now. The footer hides such an action, help dims it, and its key answers with the reason.

use super::{
    Act, Action, App, ColorDepth, Focus, act::RestrictionAct, action::row_of, detail::Tab, dialog::Dialog,
    layout::Breadth, notice::Notice,
};
use crate::clerk::model::{Timestamp, UserId};
use std::borrow::Cow;
use strum::IntoEnumIterator;

/// Why not, as a sentence. Can hold a name as it came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(Cow<'static, str>);

impl Reason {
    /// The sentence.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl From<Reason> for Notice {
    fn from(reason: Reason) -> Self {
        Self::remark(reason.0)
    }
}

impl App {
    /// Why `action` cannot be done at `now`; none when it can.
    #[must_use]
    pub fn why_not(&self, action: Action, now: Timestamp) -> Option<Reason> {
        if let Some(reason) = self.why_not_write(action).or_else(|| self.why_not_in_this_tab(action)) {
            return Some(reason);
        }
        if self.means_invitations(action) {
            return self.why_not_invited(action);
        }
        if self.means_marked(action) {
            return self.why_not_marked(action);
        }
        if let Some(reason) = self.why_not_with_marks(action) {
            return Some(reason);
        }
        if let Some(act) = self.act_of(action) {
            return self.why_not_act(&act, now);
        }
        if let Some(purpose) = action.form() {
            return self.why_not_form(purpose);
        }
        match action {
            Action::EditMetadata | Action::ReplaceMetadata => self.why_masked().or_else(|| self.why_not_edit()),
            Action::SetImage => self.why_not_edit(),
            Action::ReadOnly => self.why_not_leave_read_only(),
            Action::Editor if matches!(self.dialogs.top(), Some(Dialog::Metadata(form)) if form.focused().is_none()) => {
                Some("Go to one of the bags first.".into())
            }
            Action::Confirm | Action::Submit => self.why_not_typed(),
            Action::Undo if self.marks.has_dropped() => None,
            Action::Undo => self.why_not_undo(),
            Action::MarkUser | Action::MarkRange | Action::MarkDown | Action::MarkUp
                if self.list.selected().is_none() =>
            {
                Some("There is no user to mark.".into())
            }
            Action::MarkAll | Action::InvertMarks | Action::MarkFile => self.why_not_many(action),
            Action::Export => self.why_not_export(),
            Action::Marked | Action::DropMarks if self.marks.is_empty() && self.marks.progress().is_none() => {
                Some("Nobody is marked.".into())
            }
            Action::Unmatched if self.marks.unmatched().is_none() => {
                Some("There is no list of which lines name nobody.".into())
            }
            Action::Open | Action::MarkUser if matches!(self.dialogs.top(), Some(Dialog::Marked(_))) => {
                self.why_not_on_mark(action)
            }
            Action::NextMatch | Action::PreviousMatch
                if self.detail.json().is_none_or(|json| json.matches().is_empty()) =>
            {
                Some("Nothing has been found here; / looks for something.".into())
            }
            Action::RevokeSession => Some("There is no session here that could be ended.".into()),
            Action::FetchToken => Some(super::oauth::NO_ACCOUNT.into()),
            Action::ShowToken | Action::Reveal if self.masking => self.why_masked(),
            Action::ShowToken if self.chosen_token().is_none() => {
                Some("No token has been fetched for this one.".into())
            }
            Action::RemoveItem => Some(self.why_not_removed().into()),
            Action::ChangeRole => self.why_not_role(),
            Action::PickOrganization | Action::ClearFilters if self.filter_form().is_none() => {
                Some("Open the filter form first.".into())
            }
            Action::OpenOrganization if self.chosen_membership().is_none() => {
                Some("There is no membership here.".into())
            }
            Action::AddMembership => self.why_not_added(),
            Action::NextField | Action::PreviousField if matches!(self.dialogs.top(), Some(Dialog::Form(form)) if form.fields().len() == 1) => {
                Some("There is no other field.".into())
            }
            Action::PauseJob | Action::CancelJob | Action::RetryJob | Action::SaveOutcomes | Action::MarkFailed => {
                self.why_not_job(action)
            }
            Action::Copy if matches!(self.dialogs.top(), Some(Dialog::Requests(_))) => {
                let nothing = self.request_log.exchanges().is_empty();
                nothing.then(|| "Nothing has been sent yet.".into())
            }
            Action::RemoveIdentifier | Action::Copy if matches!(self.dialogs.top(), Some(Dialog::Restrictions(open)) if open.chosen().is_none()) => {
                Some("There is nothing on the list.".into())
            }
            Action::Copy
                if self.chosen_restriction().is_some() || matches!(self.dialogs.top(), Some(Dialog::Link(_))) =>
            {
                None
            }
            Action::Restore | Action::Purge => self.why_not_copy(action),
            Action::Block => self.why_not_block(),
            Action::OpenDashboard => self.why_not_dashboard(),
            Action::Copy if self.subject().is_none() => Some("There is no user to copy anything of.".into()),
            Action::Theme if self.settings.colors == ColorDepth::None => {
                Some("There are no colours here: NO_COLOR is set, or the terminal has none.".into())
            }
            Action::Profiles if self.settings.surroundings.profiles.is_empty() => {
                Some("No instance has a name yet: lazyclerk profile add NAME gives it one, and keeps its key.".into())
            }
            Action::Views if self.memory.views.is_empty() => {
                Some("No view has been saved yet: save NAME, in the palette, keeps what is searched and how.".into())
            }
            Action::More if self.subject().is_none() => Some("There is no user to do that to.".into()),
            _ => self.why_not_go(action),
        }
    }

    /// Why an action that leads elsewhere cannot be done.
    fn why_not_go(&self, action: Action) -> Option<Reason> {
        let detail = self.focus == Focus::Detail;
        match action {
            Action::Open if matches!(self.dialogs.top(), Some(Dialog::Pulse(_))) => None,
            Action::Open if self.record().is_some() => self.why_not_recorded(),
            Action::Open if self.list.selected().is_none() => Some("There is no user to open.".into()),
            Action::OtherPane if !detail && self.list.selected().is_none() => Some("There is no user to open.".into()),
            Action::NextTab | Action::PreviousTab | Action::Leftward if !detail => Some("Open the user first.".into()),
            Action::ScrollDetailDown | Action::ScrollDetailUp if self.layout().detail.is_none() => {
                Some("Open the user first.".into())
            }
            Action::ViewBefore if !self.trail.has_past() => Some("There is no view before this one.".into()),
            Action::ViewAfter if !self.trail.has_future() => Some("There is no view to go forward to.".into()),
            Action::Back if self.dialogs.top().is_none() && !detail => self.why_not_back(),
            _ => None,
        }
    }

    /// Why an action on the row of a tab cannot be done while another tab is open.
    fn why_not_in_this_tab(&self, action: Action) -> Option<Reason> {
        let row = row_of(action);
        let tabs: Vec<Tab> =
            Tab::iter().filter(|tab| *tab != Tab::Profile && row.scopes.contains(&tab.scope())).collect();
        let works = tabs.is_empty()
            || self.focus == Focus::Detail && tabs.contains(&self.detail.tab())
            || self.dialogs.top().is_some_and(|dialog| row.scopes.contains(&dialog.scope()));
        (!works).then(|| {
            let names: Vec<&str> = tabs.into_iter().map(<&str>::from).collect();
            Reason(format!("Open the tab {} first.", names.join(" or ")).into())
        })
    }

    /// Why nothing can be shown that says who somebody is, or lets somebody in.
    pub(super) fn why_masked(&self) -> Option<Reason> {
        self.masking.then(|| "Personal data is masked: M shows it again.".into())
    }

    fn why_not_act(&self, act: &Act, now: Timestamp) -> Option<Reason> {
        let Some(user) = self.subject() else { return Some("There is no user to do that to.".into()) };
        self.why_not_change(&user.id).or_else(|| act.already(user, now).map(Reason::from))
    }

    /// Why nothing about this user can be changed now.
    pub(super) fn why_not_change(&self, user: &UserId) -> Option<Reason> {
        if self.list.is_gone(user) {
            return Some("This user has been deleted meanwhile.".into());
        }
        let words = self.changes.of(user)?;
        Some(format!("Wait for what is under way: {}", words.doing).into())
    }

    fn why_not_block(&self) -> Option<Reason> {
        let Some(user) = self.subject() else { return Some("There is no user to do that to.".into()) };
        RestrictionAct::blocks_of(user)
            .is_empty()
            .then(|| "There is no email address and no phone number to block.".into())
    }

    fn why_not_removed(&self) -> &'static str {
        match self.detail.tab() {
            Tab::Invitations => "There is no invitation here that could be revoked.",
            Tab::Security => self.chosen_security_item().map_or("", |item| item.why_not_removed()),
            _ => "There is nothing here to remove.",
        }
    }

    fn why_not_role(&self) -> Option<Reason> {
        if self.chosen_membership().is_none() {
            return Some("There is no membership here.".into());
        }
        self.why_no_roles()
    }

    fn why_not_undo(&self) -> Option<Reason> {
        let step = self.changes.last_undo()?;
        self.changes.of(step.reversal.user()?).map(|_| "A change to this user is under way.".into())
    }

    fn why_not_back(&self) -> Option<Reason> {
        let unmarked = self.marks.is_empty() && self.marks.progress().is_none() && self.exporting.is_none();
        let nothing = self.notices.current().is_none() && self.search.text().is_empty() && unmarked;
        nothing.then(|| "This is the list; q quits.".into())
    }

    /// Whether the detail, or its essence, is on the screen, so that its parts are wanted.
    pub(super) fn shows_detail(&self) -> bool {
        let layout = self.layout();
        let covered = !matches!(self.dialogs.top(), None | Some(Dialog::Help(_) | Dialog::Palette(_)));
        let wide = layout.breadth == Breadth::Wide && covered;
        layout.detail.is_some() || layout.essence.is_some() || wide || self.dialogs.top().is_some()
    }
}
