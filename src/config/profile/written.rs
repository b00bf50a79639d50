//! A profile as it is written in the configuration file.

use super::{KeyPlace, Profile, profile_name};
use crate::{
    app::InstanceColor,
    clerk::Endpoint,
    config::{
        file::{Fault, RateShare, share},
        protected::People,
    },
};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The options as they are written.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::config) struct Written {
    key: Option<Spanned<String>>,
    api_url: Option<Spanned<String>>,
    color: Option<InstanceColor>,
    read_only: Option<bool>,
    actor: Option<String>,
    rate_share: Option<Spanned<RateShare>>,
    instance_id: Option<String>,
    protected: People,
}

impl Written {
    /// The profile of this name.
    pub(in crate::config) fn read(self, name: &Spanned<String>) -> Result<Profile, Fault> {
        let at = Some(name.span().start);
        let checked = profile_name(name.get_ref()).map_err(|error| Fault { at, reason: error.to_string() })?;
        let Some(key) = &self.key else {
            let reason = format!(
                "the profile {checked} says nowhere where its key is: key = \"keyring\", \"kept\", \"file:…\" or \"env:…\""
            );
            return Err(Fault { at, reason });
        };
        let url = self.api_url.as_ref().map(|url| {
            Endpoint::parse(url.get_ref())
                .map_err(|error| Fault { at: Some(url.span().start), reason: error.to_string() })
        });
        Ok(Profile {
            name: checked.to_owned(),
            key: place(key)?,
            endpoint: url.transpose()?,
            color: self.color,
            read_only: self.read_only,
            actor: self.actor.filter(|actor| !actor.trim().is_empty()),
            protected: self.protected.read()?,
            rate_share: self.rate_share.as_ref().map(share).transpose()?.flatten(),
            instance_id: self.instance_id.filter(|id| !id.is_empty()),
        })
    }
}

/// Where the key is.
fn place(written: &Spanned<String>) -> Result<KeyPlace, Fault> {
    let fault = |reason: &str| Fault { at: Some(written.span().start), reason: reason.to_owned() };
    let text = written.get_ref().as_str();
    match text.split_once(':') {
        None if text == "keyring" => Ok(KeyPlace::Keyring),
        None if text == "kept" => Ok(KeyPlace::Kept),
        Some(("file", path)) if !path.is_empty() => {
            let path = from_home(path).ok_or_else(|| fault("there is no home directory that ~ could stand for"))?;
            if path.is_absolute() {
                Ok(KeyPlace::File(path))
            } else {
                Err(fault("the path of a key begins with / or with ~/"))
            }
        }
        Some(("env", name)) if is_variable(name) => Ok(KeyPlace::Environment(name.to_owned())),
        // What stands there may be the key itself: it is not repeated.
        _ => Err(fault(
            "the place of a key is \"keyring\", \"kept\", \"file:…\" or \"env:…\"; the key itself does not stand here",
        )),
    }
}

fn from_home(path: &str) -> Option<PathBuf> {
    match path.strip_prefix("~/") {
        Some(rest) => Some(std::env::home_dir()?.join(rest)),
        None => Some(Path::new(path).to_owned()),
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_') && !name.starts_with("sk_")
}
