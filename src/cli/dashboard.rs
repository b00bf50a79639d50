//! `lazyclerk`: the dashboard, on an instance or on the demo's.

use super::{DashboardArguments, Exit, tell};
use crate::{
    app::{App, ColorDepth, MarkList, Memory, Preferences, ReadOnly, Remembered, Settings, Surroundings},
    audit::{actor, os_user},
    clerk::{InstanceKind, Share, model::Timestamp},
    config::{Config, ConnectionError, KeySource, configuration_place, is_remote, state_directory},
    emulator::Options,
    jobs,
    memory::Store,
    runtime::{self, Console, Ended, Ending, Host, Performer, Restraint, Target, View},
    trash::{KEPT, Trash},
    ui::{self, Shown, Theme},
};
use color_eyre::eyre::WrapErr;
use jiff::tz::TimeZone;
use ratatui::{Frame, layout::Size};
use std::path::Path;
use tokio::runtime::Runtime;

/// What to do without a key.
const NO_KEY: &str = "\
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
    let plain = arguments.plain || variable("TERM").is_some_and(|term| term == "dumb");
    if arguments.key.takes_input() && (plain || arguments.marks.as_deref() == Some("-")) {
        tell(&"standard input is needed for more than the key: --secret-key-file needs a file then.");
        return Ok(Exit::Usage);
    }
    let marks = match arguments.marks.as_deref().map(|path| mark_list(path, plain)).transpose() {
        Ok(marks) => marks,
        Err(reason) => {
            tell(&reason);
            return Ok(Exit::Usage);
        }
    };
    let Some(Opened { target, name, kind, config, key }) = open(arguments, config) else { return Ok(Exit::Key) };
    if arguments.key.takes_input()
        && let Err(error) = Console::take_over_input()
    {
        tell(&format_args!("there is no terminal to read keys from: {error}"));
        return Ok(Exit::Usage);
    }
    let state = state_directory()?;
    let share = arguments.share.or(config.rate_share);
    let surroundings = surroundings(&target, key, chosen, &state);
    let settings = Settings {
        instance_name: name,
        instance_kind: kind,
        dashboard: dashboard(&target),
        has_browser: has_browser(variable),
        actor: actor().or_else(|| target.actor().map(str::to_owned)).unwrap_or_else(os_user),
        time_zone: TimeZone::system(),
        size: PRETENDED,
        mouse: config.mouse,
        read_only: if arguments.read_only { ReadOnly::Fixed } else { config.read_only },
        colors: ColorDepth::of(variable),
        preferences: Preferences {
            rate_share: share.map(Share::percent),
            ..without_old_files(recall(config.preferences, &state), &state)
        },
        surroundings,
    };
    let performer = Performer::new(target, state, Restraint { read_only: settings.read_only.is_on(), share });
    if plain {
        return run_plain(runtime, app(settings, marks), performer);
    }
    let Some(console) = Console::open() else {
        tell(&"the dashboard needs a terminal to read keys from and to draw on; this is none.");
        return Ok(Exit::Usage);
    };
    let size = console.size().wrap_err("the terminal does not tell its size")?;
    let settings = Settings { size, ..settings };
    Console::restore_on_panic();
    let ended = runtime.block_on(runtime::run(app(settings, marks), console, Looks, performer));
    ended.map(exit).wrap_err("the terminal cannot be used")
}

/// The state before anything has happened, but for whom to mark.
fn app(settings: Settings, marks: Option<MarkList>) -> App {
    let mut app = App::new(settings);
    if let Some(list) = marks {
        app.mark_list(list);
    }
    app
}

/// The list of users to mark, read before the terminal is taken; or why not, in a sentence.
fn mark_list(path: &str, plain: bool) -> Result<MarkList, String> {
    if path != "-" {
        return runtime::mark_list(path).map_err(|failure| failure.to_string());
    }
    if plain {
        return Err("without a screen, commands come from standard input: --marks needs a file then.".to_owned());
    }
    let list = runtime::mark_list_from_input().map_err(|failure| failure.to_string())?;
    let taken = Console::take_over_input();
    taken.map_err(|error| format!("there is no terminal to read keys from: {error}"))?;
    Ok(list)
}

/// What to tell the shell; and the person, when a change was left under way.
fn exit(ended: Ended) -> Exit {
    if ended.unfinished_changes > 0 {
        tell(&"a change had no answer yet; the audit log has its intent. Look at the user again.");
        return Exit::Failed;
    }
    match ended.ending {
        Ending::Quit => Exit::Done,
        Ending::Signal(signal) => Exit::of(signal),
        Ending::Lost => Exit::HungUp,
    }
}

/// So large a screen is pretended, in cells, where there is none: ten users make a page.
const PRETENDED: Size = Size::new(120, 17);

/// The same without a screen: lines in, lines out, on whatever they come from and go to.
fn run_plain(runtime: &Runtime, app: App, performer: Performer) -> color_eyre::Result<Exit> {
    let ended = runtime.block_on(async {
        let ends = runtime::ends()?;
        runtime::run_plain(app, performer, runtime::lines(), ends, std::io::stdout()).await
    });
    ended.map(exit).wrap_err("lines cannot be read, or what is told cannot be written")
}

/// What is opened.
struct Opened {
    target: Target,
    /// What it is called.
    name: String,
    /// As far as is known.
    kind: InstanceKind,
    /// With what holds for it.
    config: Config,
    /// Where its key was found; none for the demo.
    key: Option<KeySource>,
}

/// What to open; none, having told why, without a key.
fn open(arguments: &DashboardArguments, config: Config) -> Option<Opened> {
    if arguments.demo {
        let options = Options { users: arguments.users, seed: arguments.seed, ..Options::default() };
        let kind = options.instance;
        return Some(Opened { target: Target::Demo(options), name: "demo".to_owned(), kind, config, key: None });
    }
    match arguments.key.find(config) {
        Ok((found, config)) => {
            let (name, kind, key) = (found.name().to_owned(), found.instance_kind(), Some(found.source));
            Some(Opened { target: Target::Instance(found.connection), name, kind, config, key })
        }
        Err(error @ ConnectionError::NoKey(_)) => {
            tell(&format_args!("{}.\n\n{NO_KEY}", foreign(&error)));
            None
        }
        Err(error) => {
            tell(&foreign(&error));
            None
        }
    }
}

/// What it runs on, for whoever asks.
fn surroundings(target: &Target, key: Option<KeySource>, configuration: Option<&Path>, state: &Path) -> Surroundings {
    let (host, profile) = match target {
        Target::Instance(connection) => {
            let profile = connection.profile.as_ref().map(|identity| identity.profile.clone());
            (Some(connection.endpoint.host().to_owned()), profile)
        }
        Target::Demo(_) => (None, None),
    };
    let configuration = configuration_place(configuration);
    Surroundings {
        host,
        key: key.map(|key| key.to_string()),
        profile,
        configuration: configuration.map(|path| {
            let missing = if path.exists() { "" } else { ", which is not there" };
            format!("{}{missing}", path.display())
        }),
        state: Some(state.display().to_string()),
    }
}

/// With what a terminal may act on shown by a substitute: folders may have any name.
fn foreign(error: &ConnectionError) -> String {
    Shown::foreign(error.to_string()).into_string()
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
    let desktop = cfg!(target_os = "macos") || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(is_set);
    desktop && !is_remote(variable)
}

/// The same, with what is remembered.
fn recall(preferences: Preferences, state: &Path) -> Preferences {
    let (memory, remark) = match Store::new(state.to_owned()).recall() {
        Ok(Remembered { memory, remark }) => (memory, remark),
        Err(error) => (Memory::default(), Some(format!("What was remembered could not be read: {error}"))),
    };
    Preferences { memory, remark, ..preferences }
}

/// Takes away the recovery copies and the journals whose time is over. That is due once a day; else it looks at the names
/// of files alone.
fn without_old_files(preferences: Preferences, state: &Path) -> Preferences {
    let now = Timestamp::from(jiff::Timestamp::now());
    let copies = Trash::of(state).expire(now, KEPT).err().map(|error| ("Recovery copies", error.to_string()));
    let journals = jobs::expire(state, now, KEPT).err().map(|error| ("Journals of jobs", error.to_string()));
    let failed = copies.or(journals);
    let words = failed.map(|(what, error)| format!("{what} older than thirty days could not be removed: {error}"));
    Preferences { remark: preferences.remark.or(words), ..preferences }
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
