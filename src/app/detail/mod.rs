//! The detail: one user, in tabs.

mod document;
mod history;
mod parts;
mod profile;
mod rows;
mod security;
mod tab;
mod token;

use document::Document;
pub use history::{HistoryEnding, HistoryEntry};
pub use parts::{INVITATION_STATUSES, Parts, SESSION_STATUSES};
pub use profile::{ProfileFact, profile_facts};
pub use rows::{Batch, Identified, Rows, Wanted};
pub use security::{SecurityItem, WhyNoDevice, account_id, account_name, security_items};
pub use tab::Tab;
pub use token::{FetchedToken, OAuthToken};

use super::{
    json::JsonView,
    layout::{Breadth, DetailArea},
    person::Known,
    requests::SlotId,
    slot::Slot,
};
use crate::{
    app::{act::OrganizationAct, effect::Fetch},
    clerk::model::{InvitationStatus, SessionStatus, Timestamp, UserId},
};
use std::{sync::Arc, time::Duration};

/// The cursor has to rest so long before the parts of the user under it are loaded.
const REST: Duration = Duration::from_millis(80);

/// The detail of one user.
#[derive(Debug)]
pub struct Detail {
    tab: Tab,
    scroll: usize,
    /// The user that the detail is about while it has the focus, whatever happens to the list.
    pinned: Option<Arc<Known>>,
    /// Whether the pinned user is to be read again.
    user: Slot<()>,
    /// The user whose parts are loaded: the one that the cursor last rested on.
    subject: Option<UserId>,
    /// The user under the cursor when it was last looked at.
    followed: Option<UserId>,
    moved_at: Option<Timestamp>,
    parts: Parts,
    security_item: usize,
    token: Option<FetchedToken>,
    document: Document,
    invitation_status: Option<InvitationStatus>,
    session_status: Option<SessionStatus>,
}

impl Default for Detail {
    /// Nobody's, the profile open.
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            scroll: 0,
            pinned: None,
            user: Slot::default(),
            subject: None,
            followed: None,
            moved_at: None,
            parts: Parts::default(),
            security_item: 0,
            token: None,
            document: Document::default(),
            invitation_status: None,
            // The others are over, and nothing can be done about them.
            session_status: Some(SessionStatus::Active),
        }
    }
}

impl Detail {
    /// The open tab.
    #[must_use]
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// How many rows of the open tab are above its upper edge.
    #[must_use]
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// What has been read of `user` beside the user itself; none while the cursor has not rested there.
    #[must_use]
    pub fn parts_of(&self, user: &UserId) -> Option<&Parts> {
        (self.subject.as_ref() == Some(user)).then_some(&self.parts)
    }

    /// What has been read of the subject, to fill it and to move in it.
    pub fn parts_mut(&mut self) -> &mut Parts {
        &mut self.parts
    }

    /// Which invitations the tab shows; none for all.
    #[must_use]
    pub fn invitation_status(&self) -> Option<&InvitationStatus> {
        self.invitation_status.as_ref()
    }

    /// Which sessions the tab shows; none for all.
    #[must_use]
    pub fn session_status(&self) -> Option<&SessionStatus> {
        self.session_status.as_ref()
    }

    /// Shows the invitations of this status, or all.
    pub fn show_invitations(&mut self, status: Option<InvitationStatus>) {
        self.invitation_status = status;
        self.parts.invitations = Rows::default();
    }

    /// Shows the sessions of this status, or all.
    pub fn show_sessions(&mut self, status: Option<SessionStatus>) {
        self.session_status = status;
        self.parts.sessions = Rows::default();
    }

    /// The index of the chosen item of the security tab. It can be behind the last, when items have gone.
    #[must_use]
    pub fn chosen_security_item(&self) -> usize {
        self.security_item
    }

    /// The token that was fetched last, while its tab is open.
    #[must_use]
    pub fn token(&self) -> Option<&FetchedToken> {
        self.token.as_ref()
    }

    /// The same, to show or mask it.
    pub fn token_mut(&mut self) -> Option<&mut FetchedToken> {
        self.token.as_mut()
    }

    /// Keeps a token in the place of the one before.
    pub fn take_token(&mut self, token: FetchedToken) {
        self.token = Some(token);
    }

    /// Masks the token.
    pub fn mask_token(&mut self) {
        if let Some(token) = &mut self.token {
            token.mask();
        }
    }

    /// Masks the token, once it has been seen for long enough.
    pub fn expire_token(&mut self, now: Timestamp) {
        if self.token.as_ref().is_some_and(|token| !token.is_shown(now)) {
            self.mask_token();
        }
    }

    /// Keeps no token any more.
    pub fn forget_token(&mut self) {
        self.token = None;
    }

    /// The JSON that the open tab shows; none in the other tabs.
    #[must_use]
    pub fn json(&self) -> Option<&JsonView> {
        self.document.view(self.tab)
    }

    /// The same, to move in it.
    pub fn json_mut(&mut self) -> Option<&mut JsonView> {
        self.document.view_mut(self.tab)
    }

    /// Takes the JSON of the open tab from this user, if it is not there yet.
    pub fn read_json(&mut self, user: Option<&Arc<Known>>) {
        self.document.read(self.tab, user);
    }

    /// Scrolls the open tab so far that its chosen row is on the screen.
    pub fn keep_in_sight(&mut self, area: &DetailArea, breadth: Breadth) {
        if let Some(json) = self.document.view_mut(self.tab) {
            json.keep_in_sight(usize::from(area.document().rows.height));
        } else if let Some((chosen, count)) = self.parts.place(self.tab) {
            let height = usize::from(area.rows(count, breadth).rows.height);
            self.parts.choose(self.tab, chosen, height);
        }
    }

    /// Chooses an item of the security tab.
    pub fn choose_security_item(&mut self, index: usize) {
        self.security_item = index;
    }

    /// The user that the detail is about while it has the focus.
    #[must_use]
    pub fn pinned(&self) -> Option<&Arc<Known>> {
        self.pinned.as_ref()
    }

    /// When the cursor will have rested; none when it does already.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.moved_at.map(|moved_at| moved_at.plus(REST))
    }

    /// Opens a tab at its top.
    pub fn open_tab(&mut self, tab: Tab) {
        if tab != self.tab {
            self.tab = tab;
            self.scroll = 0;
        }
    }

    /// Scrolls by so many rows, so that the last of `rows` can stand at the lower edge and no further.
    pub fn scroll_by(&mut self, by: isize, rows: usize, height: usize) {
        self.scroll = self.scroll.saturating_add_signed(by).min(rows.saturating_sub(height));
    }

    /// Looks where the cursor is. When it has moved, the parts of the user that it left are not wanted any more, and
    /// those of the user under it not before it rests.
    pub fn follow(&mut self, selected: Option<&UserId>, now: Timestamp) {
        if selected == self.followed.as_ref() {
            return;
        }
        self.followed = selected.cloned();
        self.scroll = 0;
        self.moved_at = (selected != self.subject.as_ref()).then_some(now);
    }

    /// The cursor rests on this user: load its parts.
    pub fn rest(&mut self, selected: Option<&UserId>) {
        self.moved_at = None;
        self.followed = selected.cloned();
        if selected != self.subject.as_ref() {
            self.subject = selected.cloned();
            self.parts = Parts::default();
            self.security_item = 0;
            self.token = None;
        }
    }

    /// The detail gets the focus: it is about this user until it loses it.
    pub fn pin(&mut self, user: Arc<Known>) {
        self.rest(Some(&user.id));
        self.pinned = Some(user);
        self.user.fill(Ok(()));
    }

    /// The focus goes back to the list.
    pub fn unpin(&mut self) {
        self.pinned = None;
    }

    /// Asks for the pinned user anew.
    pub fn read_again(&mut self) {
        self.user.ask();
    }

    /// Asks for everything shown anew.
    pub fn refresh(&mut self) {
        self.user.ask();
        self.parts.refresh();
    }

    /// Something has been done to `user`: its parts are to be read anew, if they are loaded.
    pub fn refresh_parts(&mut self, user: &UserId) {
        if self.subject.as_ref() == Some(user) {
            self.parts.refresh();
        }
    }

    /// This has been done to `user` in an organization: its rows say so before they are read anew.
    pub fn take_change(&mut self, user: &UserId, act: &OrganizationAct) {
        if self.subject.as_ref() == Some(user) {
            self.parts.take_change(act);
        }
    }

    /// Something has been done to `user`, or tried: what the record has of them is to be read anew.
    pub fn refresh_history(&mut self, user: &UserId) {
        if self.subject.as_ref() == Some(user) {
            self.parts.history.refresh();
        }
    }

    /// The pinned user has been read again, or could not be.
    pub fn take_user(&mut self) {
        self.user.fill(Ok(()));
    }

    /// Puts what Clerk has told about a user in the place of what was known.
    pub fn replace(&mut self, user: &Arc<Known>) {
        if let Some(pinned) = self.pinned.as_mut().filter(|pinned| pinned.id == user.id) {
            *pinned = Arc::clone(user);
        }
    }

    /// What should be loaded.
    #[must_use]
    pub fn wants(&self) -> Vec<(SlotId, Fetch)> {
        let user = self.pinned.as_ref().filter(|_| self.user.is_wanted());
        let user = user.map(|user| (SlotId::DetailUser, Fetch::User(user.id.clone())));
        // While the cursor moves on, the parts of the user that it left are of no use.
        let subject = self.subject.as_ref().filter(|_| self.moved_at.is_none());
        let parts = subject.map(|user| self.wanted_parts(user)).unwrap_or_default();
        user.into_iter().chain(parts).collect()
    }

    /// The memberships show beside the list too; the rest is read when its tab is open.
    fn wanted_parts(&self, user: &UserId) -> Vec<(SlotId, Fetch)> {
        let user = || user.clone();
        let memberships =
            self.parts.memberships.wants().map(|Wanted { offset, limit }| {
                (SlotId::Memberships, Fetch::Memberships { user: user(), offset, limit })
            });
        let of_tab = match self.tab {
            Tab::Memberships | Tab::Metadata | Tab::Raw => None,
            Tab::Security => {
                self.parts.trusted_devices.is_wanted().then(|| (SlotId::TrustedDevices, Fetch::TrustedDevices(user())))
            }
            // The profile tells the latest of it.
            Tab::Profile | Tab::History => self
                .parts
                .history
                .wants()
                .map(|Wanted { offset, limit }| (SlotId::History, Fetch::History { user: user(), offset, limit })),
            Tab::Invitations => self.parts.invitations.wants().map(|Wanted { offset, limit }| {
                let status = self.invitation_status.clone();
                (SlotId::Invitations, Fetch::Invitations { user: user(), status, offset, limit })
            }),
            Tab::Sessions => self.parts.sessions.wants().map(|Wanted { offset, limit }| {
                let status = self.session_status.clone();
                (SlotId::Sessions, Fetch::Sessions { user: user(), status, offset, limit })
            }),
        };
        memberships.into_iter().chain(of_tab).collect()
    }
}
