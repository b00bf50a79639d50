//! `lazyclerk`: the dashboard, on an instance or on the demo's.

mod opening;
mod welcome;

use super::{DashboardArguments, Exit, tell};
use crate::{
    app::{App, ColorDepth, MarkList, Memory, Preferences, ReadOnly, Remembered, Settings},
    audit::{actor, os_user},
    clerk::{Share, model::Timestamp},
    config::{Config, is_remote, state_directory},
    jobs,
    memory::Store,
    runtime::{self, Console, Ended, Ending, Host, Performer, Restraint, Target, View},
    trash::{KEPT, Trash},
    ui::{self, Theme},
};
use color_eyre::eyre::WrapErr;
use futures_util::stream::BoxStream;
use jiff::tz::TimeZone;
use opening::Opened;
use ratatui::{Frame, layout::Size};
use std::{io, path::Path};
use tokio::runtime::Runtime;

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
    if !plain {
        Console::restore_on_panic();
    }
    let mut opened =
        match opening::first(arguments, config, |config| welcome::ask(runtime, arguments, chosen, config, plain)) {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
    if arguments.key.takes_input()
        && let Err(error) = Console::take_over_input()
    {
        tell(&format_args!("there is no terminal to read keys from: {error}"));
        return Ok(Exit::Usage);
    }
    let (mut screen, mut marks, mut remark) = (Screen::of(plain), marks, None);
    loop {
        let (settings, performer) = begin(arguments, &opened, chosen, remark.take())?;
        let Some(ended) = screen.run(runtime, settings, marks.take(), performer)? else { return Ok(Exit::Usage) };
        let Ending::Switch(profile) = &ended.ending else { return Ok(exit(&ended)) };
        remark = (ended.unfinished_changes > 0).then(|| UNFINISHED.to_owned());
        match opening::another(profile, chosen) {
            Ok(other) => opened = other,
            // One stays where one was.
            Err(why) => remark = Some(format!("Not switched: {why}")),
        }
    }
}

/// What is begun with, and who carries out requests.
fn begin(
    arguments: &DashboardArguments,
    opened: &Opened,
    chosen: Option<&Path>,
    remark: Option<String>,
) -> color_eyre::Result<(Settings, Performer)> {
    let (state, target, config) = (state_directory()?, opened.target.clone(), opened.config.clone());
    let share = arguments.share.or(config.rate_share);
    let preferences = without_old_files(recall(config.preferences, &state), &state);
    let settings = Settings {
        instance_name: opened.name.clone(),
        instance_kind: opened.kind,
        dashboard: dashboard(&target),
        has_browser: has_browser(variable),
        actor: actor().or_else(|| target.actor().map(str::to_owned)).unwrap_or_else(os_user),
        time_zone: TimeZone::system(),
        size: PRETENDED,
        mouse: config.mouse,
        read_only: if arguments.read_only { ReadOnly::Fixed } else { config.read_only },
        dry_run: arguments.dry_run,
        colors: ColorDepth::of(variable),
        preferences: Preferences {
            rate_share: share.map(Share::percent),
            remark: remark.or(preferences.remark.clone()),
            ..preferences
        },
        surroundings: opened.surroundings(chosen, &state),
    };
    let restraint = Restraint { read_only: settings.read_only.is_on(), dry_run: settings.dry_run, share };
    Ok((settings, Performer::new(target, state, restraint)))
}

/// What it is seen on.
enum Screen {
    /// A terminal, taken for as long as it runs.
    Console,
    /// None: lines in, lines out.
    Lines(BoxStream<'static, io::Result<String>>),
}

impl Screen {
    fn of(plain: bool) -> Self {
        if plain {
            return Self::Lines(runtime::lines());
        }
        Self::Console
    }

    /// Runs until it ends; none where there is no terminal, which is told.
    fn run(
        &mut self,
        runtime: &Runtime,
        settings: Settings,
        marks: Option<MarkList>,
        performer: Performer,
    ) -> color_eyre::Result<Option<Ended>> {
        match self {
            Self::Lines(lines) => {
                let ended = runtime.block_on(async {
                    runtime::run_plain(app(settings, marks), performer, lines, runtime::ends()?, io::stdout()).await
                });
                ended.map(Some).wrap_err("lines cannot be read, or what is told cannot be written")
            }
            Self::Console => {
                let Some(console) = Console::open() else {
                    tell(&"the dashboard needs a terminal to read keys from and to draw on; this is none.");
                    return Ok(None);
                };
                let size = console.size().wrap_err("the terminal does not tell its size")?;
                let app = app(Settings { size, ..settings }, marks);
                let ended = runtime.block_on(runtime::run(app, console, Looks, performer));
                ended.map(Some).wrap_err("the terminal cannot be used")
            }
        }
    }
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

/// What is said when a change was left under way.
const UNFINISHED: &str = "a change had no answer yet; the audit log has its intent. Look at the user again.";

/// What to tell the shell; and the person, when a change was left under way.
fn exit(ended: &Ended) -> Exit {
    if ended.unfinished_changes > 0 {
        tell(&UNFINISHED);
        return Exit::Failed;
    }
    match ended.ending {
        Ending::Quit | Ending::Switch(_) => Exit::Done,
        Ending::Signal(signal) => Exit::of(signal),
        Ending::Lost => Exit::HungUp,
    }
}

/// So large a screen is pretended, in cells, where there is none: ten users make a page.
const PRETENDED: Size = Size::new(120, 17);

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
    type State = App;

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
