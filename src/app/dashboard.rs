//! Clerk's own dashboard: where it shows a user or an organization, and going there.

use super::{App, Effect, Effects, Notice, Reason, detail::Tab};
use crate::{app::Focus, clerk::model::Timestamp};

impl App {
    /// Where Clerk's dashboard shows what is chosen; the tilde stands for the instance that it had open last, as the API
    /// does not tell to which application an instance belongs. An error is the reason why there is no such place.
    fn dashboard_url(&self) -> Result<String, Reason> {
        let Some(base) = &self.settings.dashboard else {
            return Err("Clerk's dashboard does not show this instance: it is not at Clerk.".into());
        };
        let user = self.subject().ok_or("There is no user to open.")?;
        let organization = (self.focus == Focus::Detail && self.detail.tab() == Tab::Memberships)
            .then(|| self.chosen_membership())
            .flatten()
            .map(|membership| &membership.organization.id);
        let (what, id) = match organization {
            Some(id) => ("organizations", id.as_str()),
            None => ("users", user.id.as_str()),
        };
        // What came from outside goes into an address only where it can be nothing but an id.
        let is_id = !id.is_empty() && id.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
        if is_id { Ok(format!("{base}/~/{what}/{id}")) } else { Err("Its id cannot stand in an address.".into()) }
    }

    pub(super) fn why_not_dashboard(&self) -> Option<Reason> {
        self.dashboard_url().err()
    }

    /// Opens it in the browser; where there is none, the address is copied.
    pub(super) fn open_dashboard(&mut self, now: Timestamp, effects: &mut Effects) {
        let Ok(url) = self.dashboard_url() else { return };
        if !self.settings.has_browser {
            return self.copy_url(url, now, effects);
        }
        let words = format!("Opening {url}, in the instance that the dashboard had open last.");
        self.notices.show(Notice::remark(words), now);
        effects.push(Effect::Browse(url));
    }

    /// There is no browser here, after all.
    pub(super) fn copy_url(&mut self, url: String, now: Timestamp, effects: &mut Effects) {
        let words = format!("There is no browser here. Copied {url}, if the terminal allows it.");
        self.notices.show(Notice::remark(words), now);
        effects.push(Effect::Copy(url));
    }
}
