//! The configuration file: what a person has chosen once for every start.

use super::{
    key::ConnectionError,
    paths::configuration_file,
    profile::{Profile, Written, no_profile},
    protected::People,
};
use crate::{
    app::{
        Action, Key, Keymap, KeymapError, MouseCapture, Preferences, ReadOnly, Remapping, ThemeName, action::rows,
        nearest,
    },
    clerk::{Share, ShareError},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
};
use strum::IntoEnumIterator;
use toml::Spanned;

/// The file with every option in it, each with what it does and what it is without being named.
pub const DEFAULT: &str = include_str!("../../assets/config.toml");

/// What the file says, or would say if it were there.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the dashboard looks like, and its keys.
    pub preferences: Preferences,
    /// Who gets the mouse at first.
    pub mouse: MouseCapture,
    /// Whether nothing is changed at first.
    pub read_only: ReadOnly,
    /// How much of the rate limit background work may use; none where that is as usual.
    pub rate_share: Option<Share>,
    /// The profile that is opened where no key is found.
    pub default_profile: Option<String>,
    /// Instances that have a name.
    pub profiles: BTreeMap<String, Profile>,
}

/// Why the file cannot be used: where, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    path: PathBuf,
    line: Option<usize>,
    reason: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(formatter, ", line {line}")?;
        }
        write!(formatter, ": {}", self.reason)
    }
}

/// The options as they are written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own, and yes or no")]
struct File {
    theme: ThemeName,
    ascii: bool,
    motion: bool,
    mouse: bool,
    read_only: bool,
    rate_share: Spanned<RateShare>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_profile: Option<Spanned<String>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    profiles: BTreeMap<Spanned<String>, Written>,
    protected: People,
    keys: BTreeMap<Spanned<String>, Spanned<Keys>>,
}

impl Default for File {
    fn default() -> Self {
        let Preferences { theme, ascii, motion, .. } = Preferences::default();
        let (protected, keys) = (People::default(), BTreeMap::new());
        Self {
            theme,
            ascii,
            motion,
            mouse: true,
            read_only: false,
            rate_share: Spanned::new(0..0, RateShare::Word(Usual::Usual)),
            default_profile: None,
            profiles: BTreeMap::new(),
            protected,
            keys,
        }
    }
}

/// How much of the rate limit.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged, expecting = "a share is a number of percent, or \"usual\"")]
pub(super) enum RateShare {
    Percent(i64),
    Word(Usual),
}

/// As nobody has chosen.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Usual {
    Usual,
}

/// The keys of an action.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged, expecting = "keys are a text or a list of texts")]
enum Keys {
    One(String),
    Several(Vec<String>),
}

impl Keys {
    fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// What is wrong, and the byte where.
pub(super) struct Fault {
    pub(super) at: Option<usize>,
    pub(super) reason: String,
}

/// Where the file is: where it was `chosen` to be, or in the usual place.
#[must_use]
pub fn configuration_place(chosen: Option<&Path>) -> Option<PathBuf> {
    chosen.map(Path::to_owned).or_else(|| configuration_file().ok())
}

impl Config {
    /// Reads the file: `chosen`, which must be there, or else the usual one, which need not.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or says what cannot be done.
    pub fn read(chosen: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = configuration_place(chosen) else { return Self::parse("", Path::new("")) };
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path),
            Err(error) if chosen.is_none() && error.kind() == io::ErrorKind::NotFound => Self::parse("", &path),
            Err(error) => Err(ConfigError { path, line: None, reason: error.to_string() }),
        }
    }

    /// What `text`, the content of the file at `path`, says.
    ///
    /// # Errors
    ///
    /// When it says what cannot be done.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        understand(text).map_err(|fault| ConfigError {
            path: path.to_owned(),
            line: fault.at.map(|at| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()),
            reason: fault.reason,
        })
    }
}

impl Config {
    /// The profile of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn profile(&self, name: &str) -> Result<&Profile, ConnectionError> {
        let missing = || ConnectionError::NoProfile(no_profile(name, self.profiles.keys().map(String::as_str)));
        self.profiles.get(name).ok_or_else(missing)
    }
}

fn understand(text: &str) -> Result<Config, Fault> {
    let file: File = toml::from_str(text)
        .map_err(|error| Fault { at: error.span().map(|span| span.start), reason: reword(error.message()) })?;
    let File { theme, ascii, motion, mouse, read_only, rate_share, default_profile, profiles, protected, keys } = file;
    let read = |(name, written): (Spanned<String>, Written)| Ok((name.get_ref().clone(), written.read(&name)?));
    let profiles = profiles.into_iter().map(read).collect::<Result<BTreeMap<_, _>, Fault>>()?;
    if let Some(name) = default_profile.as_ref().filter(|name| !profiles.contains_key(name.get_ref())) {
        let reason = no_profile(name.get_ref(), profiles.keys().map(String::as_str));
        return Err(Fault { at: Some(name.span().start), reason });
    }
    let (keymap, protected) = (keymap(&keys)?, protected.read()?);
    let preferences = Preferences { theme, ascii, motion, keymap, protected, ..Preferences::default() };
    Ok(Config {
        preferences,
        mouse: if mouse { MouseCapture::Ours } else { MouseCapture::Terminal },
        read_only: if read_only { ReadOnly::On } else { ReadOnly::Off },
        rate_share: share(&rate_share)?,
        default_profile: default_profile.map(Spanned::into_inner),
        profiles,
    })
}

pub(super) fn share(written: &Spanned<RateShare>) -> Result<Option<Share>, Fault> {
    let RateShare::Percent(percent) = written.get_ref() else { return Ok(None) };
    let share = u8::try_from(*percent).map_err(|_| ShareError).and_then(Share::new);
    share.map(Some).map_err(|error| Fault { at: Some(written.span().start), reason: error.to_string() })
}

fn keymap(keys: &BTreeMap<Spanned<String>, Spanned<Keys>>) -> Result<Keymap, Fault> {
    let mut remappings = Vec::with_capacity(keys.len());
    let mut places = Vec::with_capacity(keys.len());
    for (name, keys) in keys {
        let action: Action = name.get_ref().parse().map_err(|_| Fault {
            at: Some(name.span().start),
            reason: unknown("action", name.get_ref(), Action::iter().map(Action::name)),
        })?;
        let parsed = keys.get_ref().names().iter().map(|key| Key::parse(key)).collect::<Result<Vec<_>, _>>();
        let at = keys.span().start;
        let keys = parsed.map_err(|error| Fault { at: Some(at), reason: reason(&error) })?;
        remappings.push(Remapping { action, keys });
        places.push((action, at));
    }
    Keymap::remapped(rows(), &remappings).map_err(|error| {
        let written = places.iter().filter(|(action, _)| concerns(&error, *action)).map(|(_, at)| *at);
        Fault { at: written.max(), reason: reason(&error) }
    })
}

/// Whether the error is about this action.
fn concerns(error: &KeymapError, concerned: Action) -> bool {
    match error {
        KeymapError::Unknown(_) | KeymapError::SentAsAnother { .. } => false,
        KeymapError::Clash { one, other, .. } => [*one, *other].contains(&concerned),
        KeymapError::Moving { action, .. } | KeymapError::Text { action, .. } => *action == concerned,
    }
}

fn reason(error: &KeymapError) -> String {
    match error {
        KeymapError::Unknown(name) => unknown("key", name, Key::names()),
        KeymapError::Clash { one, .. } => format!("{error}; give one of them another, or none: {} = []", one.name()),
        KeymapError::SentAsAnother { .. } | KeymapError::Moving { .. } | KeymapError::Text { .. } => error.to_string(),
    }
}

/// In the file's own words, what serde says of names in the program's.
fn reword(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let kind = [("unknown field", "option"), ("unknown variant", "choice")];
    match (kind.iter().find(|(start, _)| message.starts_with(start)), names.next()) {
        (Some((_, kind)), Some(name)) => unknown(kind, name, names),
        _ => message.trim().replace('\n', "; "),
    }
}

/// That there is no such thing, and what was meant perhaps; all that there is where that is not much.
fn unknown<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    /// So many are told in a sentence.
    const FEW: usize = 8;
    let known: Vec<&str> = known.collect();
    let missing = format!("there is no {kind} \"{}\"", name.escape_debug());
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("{missing}; did you mean \"{nearest}\"?"),
        None if known.len() <= FEW => format!("{missing}; there are {}", known.join(", ")),
        None => missing,
    }
}

#[cfg(test)]
mod tests;
