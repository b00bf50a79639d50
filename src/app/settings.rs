//! What is decided before the first frame.

use super::{
    effect::MouseCapture, keymap::Keymap, memory::Memory, protected::Protected, read_only::ReadOnly,
    surroundings::Surroundings,
};
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

/// What the name of an instance is coloured like. The badge of production has a colour of its own, whatever this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumIter, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "each is what it says")]
pub enum InstanceColor {
    Red,
    Yellow,
    Green,
    Cyan,
    Blue,
    Magenta,
}

impl InstanceColor {
    /// As it is written in the configuration file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ColorDepth {
    /// None, or none are wanted.
    None,
    /// The sixteen that have names.
    #[default]
    Sixteen,
    /// 256, by number.
    Indexed,
    /// Any of red, green and blue.
    True,
}

impl ColorDepth {
    /// What the environment says: `NO_COLOR`, unless it is empty, and `TERM=dumb` take the colours away whatever else
    /// there is.
    #[must_use]
    pub fn of(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let is = |name: &str, values: &[&str]| lookup(name).is_some_and(|value| values.contains(&value.as_str()));
        let term = lookup("TERM").unwrap_or_default();
        if lookup("NO_COLOR").is_some_and(|value| !value.is_empty()) || term == "dumb" {
            Self::None
        } else if is("COLORTERM", &["truecolor", "24bit"]) || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Indexed
        } else {
            Self::Sixteen
        }
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
    /// Whom no act on many touches.
    pub protected: Protected,
    /// What the name of the instance is coloured like.
    pub instance_color: Option<InstanceColor>,
    /// How much of the rate limit jobs may use, in percent, where that is not as usual.
    pub rate_share: Option<u8>,
    /// What was chosen in the dashboard, and is remembered.
    pub memory: Memory,
    /// What has to be said about that, when there is a screen to say it on.
    pub remark: Option<String>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeName::default(),
            ascii: false,
            motion: true,
            keymap: Keymap::default(),
            protected: Protected::default(),
            instance_color: None,
            rate_share: None,
            memory: Memory::default(),
            remark: None,
        }
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
    /// Where Clerk's dashboard is, without a slash at its end; none for an instance that is not at Clerk.
    pub dashboard: Option<String>,
    /// Whether a browser can be opened where the person sits.
    pub has_browser: bool,
    /// In which the moments are told.
    pub time_zone: TimeZone,
    /// The terminal, in cells.
    pub size: Size,
    /// Who gets the mouse at first.
    pub mouse: MouseCapture,
    /// Whether nothing is changed at first.
    pub read_only: ReadOnly,
    /// Whether the whole run shows what would be sent in the place of sending it.
    pub dry_run: bool,
    /// How many colours the terminal shows.
    pub colors: ColorDepth,
    /// What the person has chosen.
    pub preferences: Preferences,
    /// Where all that comes from, for whoever asks.
    pub surroundings: Surroundings,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[], ColorDepth::Sixteen)]
    #[case(&[("TERM", "xterm")], ColorDepth::Sixteen)]
    #[case(&[("TERM", "xterm-256color")], ColorDepth::Indexed)]
    #[case(&[("TERM", "tmux-256color"), ("COLORTERM", "truecolor")], ColorDepth::True)]
    #[case(&[("TERM", "xterm"), ("COLORTERM", "24bit")], ColorDepth::True)]
    #[case(&[("TERM", "xterm-direct")], ColorDepth::True)]
    #[case(&[("TERM", "xterm-256color"), ("NO_COLOR", "")], ColorDepth::Indexed)]
    #[case(&[("COLORTERM", "truecolor"), ("NO_COLOR", "1")], ColorDepth::None)]
    #[case(&[("NO_COLOR", "0")], ColorDepth::None)]
    #[case(&[("TERM", "dumb"), ("COLORTERM", "truecolor")], ColorDepth::None)]
    fn the_environment_says_how_many_colours_there_are(
        #[case] variables: &[(&str, &str)],
        #[case] expected: ColorDepth,
    ) {
        let lookup = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(ColorDepth::of(lookup), expected);
    }

    #[test]
    fn a_theme_is_written_as_it_is_read() {
        use strum::IntoEnumIterator;
        for theme in ThemeName::iter() {
            assert_eq!(theme.as_str().parse(), Ok(theme));
            assert_eq!(serde_json::to_value(theme).unwrap(), theme.as_str());
        }
    }
}
