//! `lazyclerk`: the dashboard, on an instance or on the demo's.

use super::{DashboardArguments, Exit, tell};
use crate::{
    app::{App, ColorDepth, Memory, Preferences, Settings},
    audit::os_user,
    clerk::{InstanceKind, model::Timestamp},
    config::{Config, Connection, ConnectionError, state_directory},
    emulator::Options,
    memory::{Recalled, Store},
    runtime::{self, Console, Ending, Host, Performer, Signal, Target, View},
    ui::{self, Theme},
};
use color_eyre::eyre::WrapErr;
use jiff::tz::TimeZone;
use ratatui::{Frame, layout::Size};
use std::path::Path;
use tokio::runtime::Runtime;

/// What to do without a key.
const NO_KEY: &str = "\
there is no CLERK_SECRET_KEY in the environment.

  To work on your own users, take the secret key from the Clerk dashboard
  (Configure, API keys) and start again:
      CLERK_SECRET_KEY=sk_… lazyclerk

  To look around first, without a key, on people who do not exist:
      lazyclerk --demo";

pub(super) fn run(runtime: &Runtime, arguments: &DashboardArguments) -> color_eyre::Result<Exit> {
    // An empty variable names no file.
    let chosen = arguments.config.as_deref().filter(|path| !path.as_os_str().is_empty());
    let config = match Config::read(chosen) {
        Ok(config) => config,
        Err(error) => {
            tell(&error);
            return Ok(Exit::Usage);
        }
    };
    let Some((target, name, kind)) = target(arguments) else { return Ok(Exit::Key) };
    let state = state_directory()?;
    let settings = Settings {
        instance_name: name,
        instance_kind: kind,
        dashboard: dashboard(&target),
        has_browser: has_browser(variable),
        actor: variable("LAZYCLERK_ACTOR").filter(|name| !name.trim().is_empty()).unwrap_or_else(os_user),
        time_zone: TimeZone::system(),
        size: PRETENDED,
        mouse: config.mouse,
        colors: ColorDepth::of(variable),
        preferences: recall(config.preferences, &state),
    };
    let performer = Performer::new(target, state);
    if arguments.plain || variable("TERM").is_some_and(|term| term == "dumb") {
        return run_plain(runtime, App::new(settings), performer);
    }
    let Some(console) = Console::open() else {
        tell(&"the dashboard needs a terminal to read keys from and to draw on; this is none.");
        return Ok(Exit::Usage);
    };
    let size = console.size().wrap_err("the terminal does not tell its size")?;
    let settings = Settings { size, ..settings };
    Console::restore_on_panic();
    let ended = runtime.block_on(runtime::run(App::new(settings), console, Looks, performer));
    let ended = ended.wrap_err("the terminal cannot be used")?;
    if ended.unfinished_changes > 0 {
        tell(&"a change had no answer yet; the audit log has its intent. Look at the user again.");
        return Ok(Exit::Failed);
    }
    Ok(exit(ended.ending))
}

fn exit(ending: Ending) -> Exit {
    match ending {
        Ending::Quit => Exit::Done,
        Ending::Signal(Signal::Interrupt) => Exit::Interrupted,
        Ending::Signal(Signal::Terminate) => Exit::Terminated,
        Ending::Signal(Signal::Hangup | Signal::Stop | Signal::Continue) | Ending::Lost => Exit::HungUp,
    }
}

/// So large a screen is pretended, in cells, where there is none: ten users make a page.
const PRETENDED: Size = Size::new(120, 17);

/// The same without a screen: lines in, lines out, on whatever they come from and go to.
fn run_plain(runtime: &Runtime, app: App, performer: Performer) -> color_eyre::Result<Exit> {
    let ended = runtime.block_on(async {
        let signals = runtime::signals()?;
        runtime::run_plain(app, performer, runtime::lines(), signals, std::io::stdout()).await
    });
    ended.map(exit).wrap_err("what is told cannot be written")
}

/// Which instance to open, what to call it, and what kind it is as far as is known; none, having told why, without a key.
fn target(arguments: &DashboardArguments) -> Option<(Target, String, InstanceKind)> {
    if arguments.demo {
        let options = Options { users: arguments.users, seed: arguments.seed, ..Options::default() };
        let kind = options.instance;
        return Some((Target::Demo(options), "demo".to_owned(), kind));
    }
    match Connection::from_environment(variable) {
        Ok(connection) => {
            let kind = connection.endpoint.instance_kind(&connection.key);
            let name = connection.endpoint.host().to_owned();
            Some((Target::Instance(connection), name, kind))
        }
        Err(ConnectionError::NoKey) => {
            tell(&NO_KEY);
            None
        }
        Err(error) => {
            tell(&error);
            None
        }
    }
}

/// Where Clerk shows this instance itself; for one that is not at Clerk only where the environment says so.
fn dashboard(target: &Target) -> Option<String> {
    let named = variable("LAZYCLERK_DASHBOARD_URL").filter(|url| !url.trim().is_empty());
    let at_clerk = matches!(target, Target::Instance(connection) if connection.endpoint.is_clerks_own());
    let url = named.or_else(|| at_clerk.then(|| "https://dashboard.clerk.com".to_owned()))?;
    Some(url.trim().trim_end_matches('/').to_owned())
}

/// Whether a browser opens where the person sits: not on the far side of ssh, and not without a desktop.
fn has_browser(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &&str| variable(name).is_some_and(|value| !value.is_empty());
    let remote = ["SSH_CONNECTION", "SSH_TTY"].iter().any(is_set);
    let desktop = cfg!(target_os = "macos") || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(is_set);
    desktop && !remote
}

/// The same, with what is remembered.
fn recall(preferences: Preferences, state: &Path) -> Preferences {
    let (memory, remark) = match Store::new(state.to_owned()).recall() {
        Ok(Recalled { memory, set_aside: None }) => (memory, None),
        Ok(Recalled { memory, set_aside: Some(aside) }) => {
            let words = format!("What was remembered could not be read; the file is {} now.", aside.display());
            (memory, Some(words))
        }
        Err(error) => (Memory::default(), Some(format!("What was remembered could not be read: {error}"))),
    };
    Preferences { memory, remark, ..preferences }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The looks of the dashboard.
struct Looks;

impl View for Looks {
    fn draw(&self, app: &App, now: Timestamp, frame: &mut Frame) {
        let theme = Theme::of(app.theme(), app.settings().colors);
        ui::draw(app, now, &theme, frame);
    }

    fn title(&self, app: &App) -> String {
        ui::title(app)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_opens_where_there_is_a_desktop_and_nobody_sits_far_away() {
        let with = |set: &[&str]| has_browser(|name| set.contains(&name).then(|| "x".to_owned()));
        assert!(with(&["DISPLAY"]) && with(&["WAYLAND_DISPLAY"]));
        assert!(!with(&["DISPLAY", "SSH_CONNECTION"]) && !with(&["WAYLAND_DISPLAY", "SSH_TTY"]));
    }
}
