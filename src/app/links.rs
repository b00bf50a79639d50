//! Links that let somebody in: making one, showing it, and ending what it began.

use super::{
    Act, Action, App, Dialog, Effect, Effects, Known, Notice,
    act::{AccessAct, LinkKind, ended_words},
    change::Ended,
    dialog::{Link, LinkView},
};
use crate::clerk::model::{Timestamp, UserId};
use std::{collections::BTreeMap, sync::Arc};

/// The links that were made here and may still be used.
#[derive(Debug, Default)]
pub(super) struct Links(BTreeMap<(UserId, LinkKind), Link>);

impl Links {
    /// The link as a user that can be used at `now`.
    fn usable(&self, user: &UserId, kind: LinkKind, now: Timestamp) -> Option<&Link> {
        self.0.get(&(user.clone(), kind)).filter(|link| link.expires_at > now)
    }
}

impl App {
    /// The act of letting somebody in that an action asks for.
    pub(super) fn access_of(&self, action: Action) -> Option<Act> {
        let actor = || format!("lazyclerk:{}", self.settings.actor);
        let act = match action {
            Action::Impersonate => AccessAct::Impersonate { actor: actor() },
            Action::EndImpersonation => {
                let key = self.subject().map(|user| (user.id.clone(), LinkKind::Impersonation))?;
                AccessAct::EndImpersonation { link: self.links.0.get(&key).map(|link| link.id.clone()), actor: actor() }
            }
            Action::LinkSignIn => AccessAct::LinkSignIn,
            _ => return None,
        };
        Some(Act::Access(act))
    }

    /// Does what is asked for of a link that is there. Whether that was it.
    pub(super) fn run_on_link(&mut self, action: Action, now: Timestamp, effects: &mut Effects) -> bool {
        match action {
            Action::Copy if matches!(self.dialogs.top(), Some(Dialog::Link(_))) => self.copy_link(now, effects),
            Action::Reveal => self.reveal_link(now),
            Action::EndLink => self.ask_end_of_link(),
            _ => return self.reopen_link(action, now),
        }
        true
    }

    /// Shows the link that the action would make, if there is one that can still be used. Whether there is.
    fn reopen_link(&mut self, action: Action, now: Timestamp) -> bool {
        let kind = match action {
            Action::Impersonate => LinkKind::Impersonation,
            Action::LinkSignIn => LinkKind::SignIn,
            _ => return false,
        };
        let Some(known) = self.subject().cloned() else { return false };
        let Some(link) = self.links.usable(&known.id, kind, now).cloned() else { return false };
        self.dialogs.open(Dialog::Link(Box::new(LinkView::of(known, kind, link))));
        true
    }

    /// Keeps a link that was made, and shows it unless something else is open by now.
    pub(super) fn take_link(&mut self, known: &Arc<Known>, act: &AccessAct, link: Link) {
        let kind = match act {
            AccessAct::Impersonate { .. } => LinkKind::Impersonation,
            _ => LinkKind::SignIn,
        };
        self.links.0.insert((known.id.clone(), kind), link.clone());
        if self.dialogs.top().is_none() {
            self.dialogs.open(Dialog::Link(Box::new(LinkView::of(Arc::clone(known), kind, link))));
        }
    }

    /// Forgets the link that an act has ended. What is to be said of it, where it is more than was known before.
    pub(super) fn end_link(&mut self, ended: &Ended, revoked: Option<(bool, usize)>) -> Option<String> {
        let Act::Access(act) = &ended.change.act else { return None };
        let (kind, id) = match act {
            AccessAct::EndImpersonation { link, .. } => (LinkKind::Impersonation, link.as_deref()),
            AccessAct::RevokeSignInLink { link } => (LinkKind::SignIn, Some(link.as_str())),
            AccessAct::Impersonate { .. } | AccessAct::LinkSignIn => return None,
        };
        self.links.0.remove(&(ended.change.user.clone(), kind));
        if let Some(id) = id {
            self.dialogs.close_link(id);
        }
        let (link, sessions) = revoked?;
        Some(ended_words(ended.change.person.call(&ended.change.user), link, sessions))
    }

    /// Shows the open link, or masks it.
    fn reveal_link(&mut self, now: Timestamp) {
        if let Some(Dialog::Link(view)) = self.dialogs.top_mut() {
            view.toggle(now);
        }
    }

    /// Masks the open link, once it has been seen for long enough.
    pub(super) fn mask_link(&mut self, now: Timestamp) {
        if let Some(Dialog::Link(view)) = self.dialogs.top_mut() {
            view.expire(now);
        }
    }

    /// When the open link is masked by itself.
    pub(super) fn mask_due(&self) -> Option<Timestamp> {
        match self.dialogs.top() {
            Some(Dialog::Link(view)) => view.due(),
            _ => None,
        }
    }

    fn copy_link(&mut self, now: Timestamp, effects: &mut Effects) {
        if let Some(Dialog::Link(view)) = self.dialogs.top() {
            effects.push(Effect::CopySecret(view.link().url.clone()));
            let words = "Copied the link, if the terminal allows it. Whoever has it can use it.";
            self.notices.show(Notice::remark(words), now);
        }
    }

    /// Asks whether to end what the open link began.
    fn ask_end_of_link(&mut self) {
        let Some(Dialog::Link(view)) = self.dialogs.top() else { return };
        let (known, id) = (Arc::clone(view.known()), view.link().id.clone());
        let act = match view.kind() {
            LinkKind::Impersonation => {
                let actor = format!("lazyclerk:{}", self.settings.actor);
                AccessAct::EndImpersonation { link: Some(id), actor }
            }
            LinkKind::SignIn => AccessAct::RevokeSignInLink { link: id },
        };
        self.ask_whether(Act::Access(act), known);
    }
}
