//! The configuration file: what a person has chosen once for every start.

use super::paths::configuration_file;
use crate::app::{
    Action, Key, Keymap, KeymapError, MouseCapture, Preferences, Remapping, ThemeName, action::rows, nearest,
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
struct File {
    theme: ThemeName,
    ascii: bool,
    motion: bool,
    mouse: bool,
    keys: BTreeMap<Spanned<String>, Spanned<Keys>>,
}

impl Default for File {
    fn default() -> Self {
        let Preferences { theme, ascii, motion, .. } = Preferences::default();
        Self { theme, ascii, motion, mouse: true, keys: BTreeMap::new() }
    }
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
struct Fault {
    at: Option<usize>,
    reason: String,
}

impl Config {
    /// Reads the file: `chosen`, which must be there, or else the usual one, which need not.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or says what cannot be done.
    pub fn read(chosen: Option<&Path>) -> Result<Self, ConfigError> {
        let usual = || configuration_file().ok();
        let Some(path) = chosen.map(Path::to_owned).or_else(usual) else { return Self::parse("", Path::new("")) };
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

fn understand(text: &str) -> Result<Config, Fault> {
    let file: File = toml::from_str(text)
        .map_err(|error| Fault { at: error.span().map(|span| span.start), reason: reword(error.message()) })?;
    let File { theme, ascii, motion, mouse, keys } = file;
    let preferences = Preferences { theme, ascii, motion, keymap: keymap(&keys)?, ..Preferences::default() };
    Ok(Config { preferences, mouse: if mouse { MouseCapture::Ours } else { MouseCapture::Terminal } })
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
