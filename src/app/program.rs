//! What is asked of the program itself: whose the mouse is, to stop for a while, to leave.

use super::{App, Dialog, Effect, Effects, MouseCapture, Notice, action::Action, preferred::no_such};
use crate::clerk::model::Timestamp;

impl App {
    /// Masks who somebody is, or shows it again. What was shown of links and tokens goes with it.
    pub(super) fn toggle_mask(&mut self) {
        self.masking = !self.masking;
        self.mask_secrets();
    }

    /// Gives the terminal back to the shell, without a secret on it.
    pub(super) fn suspend(&mut self, effects: &mut Effects) {
        self.mask_secrets();
        effects.push(Effect::Suspend);
    }

    /// Masks whatever secret is on the screen.
    pub(super) fn mask_secrets(&mut self) {
        self.detail.mask_token();
        if let Some(Dialog::Link(view)) = self.dialogs.top_mut() {
            view.mask();
        }
    }

    pub(super) fn toggle_mouse(&mut self, now: Timestamp, effects: &mut Effects) {
        let (mouse, words) = match self.settings.mouse {
            MouseCapture::Ours => {
                (MouseCapture::Terminal, "The mouse is the terminal's: drag to select text; % takes it back.")
            }
            MouseCapture::Terminal => (MouseCapture::Ours, "The mouse is ours: a click selects, the wheel scrolls."),
        };
        self.settings.mouse = mouse;
        self.notices.show(Notice::remark(words), now);
        effects.push(Effect::Mouse(mouse));
    }

    /// Leaves, once the changes under way have ended; at the second time of asking at once.
    pub(super) fn quit(&mut self, now: Timestamp, effects: &mut Effects) {
        self.bound_for = None;
        self.go(now, effects);
    }

    /// The same, to begin anew on the instance of another profile. Nothing of this one is taken along: what comes of what
    /// was asked of it has nobody to come to.
    pub(super) fn switch_to(&mut self, profile: String, now: Timestamp, effects: &mut Effects) {
        if self.settings.surroundings.profile.as_ref() == Some(&profile) {
            return self.notices.show(Notice::remark(format!("{profile} is open already.")), now);
        }
        self.bound_for = Some(profile);
        self.go(now, effects);
    }

    /// The same, with the profile named behind the word.
    pub(super) fn switch_to_named(&mut self, name: &str, now: Timestamp, effects: &mut Effects) {
        let profiles = &self.settings.surroundings.profiles;
        if profiles.iter().any(|known| known == name) {
            return self.switch_to(name.to_owned(), now, effects);
        }
        let words = match self.why_not(Action::Profiles, now) {
            Some(reason) if profiles.is_empty() => reason.as_str().to_owned(),
            _ => no_such("profile", name, profiles.iter().map(String::as_str)),
        };
        self.notices.show(Notice::remark(words), now);
    }

    /// How it leaves.
    pub(super) fn way_out(&self) -> Effect {
        self.bound_for.clone().map_or(Effect::Quit, Effect::Switch)
    }

    fn go(&mut self, now: Timestamp, effects: &mut Effects) {
        if self.asks_before_leaving() {
            return;
        }
        if self.is_settled() || self.quitting {
            effects.push(self.way_out());
        } else if !self.changes.is_idle() {
            self.notices.show(Notice::remark("Leaving once the change under way has ended."), now);
        }
        self.quitting = true;
    }
}
