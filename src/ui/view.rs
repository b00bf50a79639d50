//! What every region is drawn from.

use super::{paint::Piece, text::Shown, theme::Theme, when::When};
use crate::{
    app::{Action, App, Focus, Known, SlotId, layout::Layout, masked},
    clerk::{InstanceKind, model::Timestamp},
};

/// The pictures of the spinner. No braille: it is noise on a braille line.
const SPINNER: [&str; 4] = ["|", "/", "-", "\\"];

/// The state at a moment, and how it shall look.
pub(super) struct View<'a> {
    /// The state.
    pub(super) app: &'a App,
    /// The moment.
    pub(super) now: Timestamp,
    /// The same as words.
    pub(super) when: When<'a>,
    /// Where everything stands.
    pub(super) layout: Layout,
    /// How it shall look.
    pub(super) theme: &'a Theme,
}

impl<'a> View<'a> {
    pub(super) fn new(app: &'a App, now: Timestamp, theme: &'a Theme) -> Self {
        Self { app, now, when: When::new(now, &app.settings().time_zone), layout: app.layout(), theme }
    }

    /// The user as they are to be seen: with stars in the place of what says who it is while that is masked.
    pub(super) fn seen<'known>(&self, known: &'known Known) -> &'known Known {
        if self.app.is_masking() { known.masked() } else { known }
    }

    /// A text that says who somebody is.
    pub(super) fn personal<'text>(&self, text: &'text str) -> Shown<'text> {
        if self.app.is_masking() { Shown::foreign(masked(text)) } else { Shown::foreign(text) }
    }

    /// The same of a text that nobody else holds.
    pub(super) fn personal_owned(&self, text: String) -> Shown<'static> {
        Shown::foreign(if self.app.is_masking() { masked(&text) } else { text })
    }

    /// What gets the keys; none while a dialog does.
    pub(super) fn focus(&self) -> Option<Focus> {
        self.app.dialog().is_none().then(|| self.app.focus())
    }

    /// The instance's name.
    pub(super) fn instance(&self) -> Shown<'a> {
        Shown::foreign(self.app.instance_name())
    }

    /// The badge that tells production from development, in every view and every dialog.
    pub(super) fn badge(&self) -> Vec<Piece<'static>> {
        badge(self.app.instance_kind(), self.theme)
    }

    /// The same, and beside it whether nothing is changed there.
    pub(super) fn standing(&self) -> Vec<Piece<'static>> {
        let mut pieces = self.badge();
        if let Some(word) = restraint(self.app) {
            let word = Shown::foreign(format!("[{word}]"));
            pieces.extend([(Shown::fixed(" "), self.theme.plain), (word, self.theme.warning)]);
        }
        pieces
    }

    /// The key of an action that is usual.
    pub(super) fn key(&self, action: Action) -> Shown<'static> {
        let key = self.app.keymap().keys(action).first();
        key.map_or_else(Shown::default, |key| Shown::foreign(key.to_string()))
    }

    /// The key of an action that is usual where the keys go now; empty where none means it.
    pub(super) fn key_here(&self, action: Action) -> Shown<'static> {
        let (keymap, scopes) = (self.app.keymap(), self.app.scopes());
        let key = keymap.keys(action).iter().find(|key| keymap.action(scopes, **key) == Some(action));
        key.map_or_else(Shown::default, |key| Shown::foreign(key.to_string()))
    }

    /// The keys of an action, `between` them.
    pub(super) fn keys(&self, action: Action, between: &str) -> Shown<'static> {
        let keys: Vec<String> = self.app.keymap().keys(action).iter().map(ToString::to_string).collect();
        Shown::foreign(keys.join(between))
    }

    /// The spinner of a slot; none before the wait for it is worth one.
    pub(super) fn spinner(&self, slot: SlotId) -> Option<Shown<'static>> {
        let turns = self.app.spinner(slot, self.now)?;
        if !self.app.settings().preferences.motion {
            return Some(Shown::fixed("…"));
        }
        Some(Shown::fixed(SPINNER[turns % SPINNER.len()]))
    }
}

/// What tells an instance of this kind from the other.
pub(super) fn badge(kind: InstanceKind, theme: &Theme) -> Vec<Piece<'static>> {
    match kind {
        InstanceKind::Production => vec![
            (Shown::fixed("▌"), theme.production_edge),
            (Shown::fixed("PRODUCTION"), theme.production),
            (Shown::fixed("▐"), theme.production_edge),
        ],
        InstanceKind::Development => vec![(Shown::fixed("dev"), theme.development)],
    }
}

/// Why nothing is changed, in a word; none where what is asked for is done.
pub(super) fn restraint(app: &App) -> Option<&'static str> {
    if app.read_only().is_on() { Some("read-only") } else { app.is_dry_run().then_some("dry run") }
}
