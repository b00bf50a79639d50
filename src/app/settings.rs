//! What is decided before the first frame.

use super::{effect::MouseCapture, keymap::Keymap};
use crate::clerk::InstanceKind;
use jiff::tz::TimeZone;
use ratatui::layout::Size;
use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// What everything is coloured like, by name; the colours themselves are the business of drawing.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumIter, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ThemeName {
    /// The terminal's own palette, on its own background.
    #[default]
    Terminal,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
    /// White on black, and nothing pale.
    HighContrast,
    /// No colour at all.
    NoColor,
}

impl ThemeName {
    /// As it is written in the configuration file and behind `:theme`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What a person has chosen once for every start.
#[derive(Clone, Debug)]
pub struct Preferences {
    /// The colours.
    pub theme: ThemeName,
    /// Nothing but ASCII for what the program itself draws.
    pub ascii: bool,
    /// Whether what waits turns.
    pub motion: bool,
    /// The keys and their meanings.
    pub keymap: Keymap,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { theme: ThemeName::default(), ascii: false, motion: true, keymap: Keymap::default() }
    }
}

/// What the program starts with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the instance is called, before it says so itself: `demo`, or the host.
    pub instance_name: String,
    /// Whether it is production, as its key and host say. `GET /v1/instance` can make it production, never less.
    pub instance_kind: InstanceKind,
    /// Who sits here, as sessions in somebody's place tell it.
    pub actor: String,
    /// In which the moments are told.
    pub time_zone: TimeZone,
    /// The terminal, in cells.
    pub size: Size,
    /// Who gets the mouse at first.
    pub mouse: MouseCapture,
    /// What the person has chosen.
    pub preferences: Preferences,
}
