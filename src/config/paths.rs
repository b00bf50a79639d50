//! Where the program keeps what it writes, and looks for what it shall do.

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use std::path::PathBuf;

/// Why there is no such place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no home directory to keep the audit log in; set HOME or XDG_STATE_HOME")]
pub struct PathError;

/// The directory of what is kept between starts, the audit log above all: `$XDG_STATE_HOME/lazyclerk`, or
/// `~/.local/state/lazyclerk`, or what the platform has in its place.
///
/// # Errors
///
/// When there is no home directory.
pub fn state_directory() -> Result<PathBuf, PathError> {
    let strategy = strategy()?;
    Ok(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()))
}

/// The configuration file where nobody names another: `$XDG_CONFIG_HOME/lazyclerk/config.toml`, or
/// `~/.config/lazyclerk/config.toml`, or what the platform has in its place.
///
/// # Errors
///
/// When there is no home directory.
pub(super) fn configuration_file() -> Result<PathBuf, PathError> {
    Ok(strategy()?.config_dir().join("config.toml"))
}

fn strategy() -> Result<impl AppStrategy, PathError> {
    choose_app_strategy(AppStrategyArgs {
        top_level_domain: "dev".to_owned(),
        author: "lazyclerk".to_owned(),
        app_name: "lazyclerk".to_owned(),
    })
    .map_err(|_| PathError)
}
