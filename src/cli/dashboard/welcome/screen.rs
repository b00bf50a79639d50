//! The first start on the whole screen.

use crate::{
    app::{ColorDepth, KeyRefusal, Secret, Welcome, WelcomeGrounds, WelcomeInstance, Welcomed, welcome::words},
    clerk::model::{Instance, Timestamp},
    cli::{
        DashboardArguments, Exit,
        dashboard::{
            opening::{Opened, another},
            variable,
        },
        fault::Stop,
        key::search,
        profile::{Keeping, check, told_kind},
        tell,
    },
    config::{Config, ConnectionError, Found, has_keyring, profile_name},
    runtime::{self, Console, Guide, Host, View, WelcomeEnding},
    ui::{self, Theme},
};
use ratatui::Frame;
use std::{cell::RefCell, path::Path};
use tokio::{runtime::Runtime, task::spawn_blocking};

/// Asks on the whole screen. None where there is no terminal for it.
///
/// # Errors
///
/// How the program ends: nobody wanted to give a key, or it was asked to end.
pub(super) fn ask(
    runtime: &Runtime,
    arguments: &DashboardArguments,
    chosen: Option<&Path>,
    config: Config,
) -> Result<Option<Opened>, Exit> {
    let Some(console) = Console::open() else { return Ok(None) };
    let size = console.size().map_err(|error| failed(&error))?;
    let profiles = config.profiles.keys().cloned().collect();
    let welcome = Welcome::new(WelcomeGrounds { size, profiles, has_keyring: has_keyring() });
    let theme = Theme::of(config.preferences.theme, ColorDepth::of(variable));
    let looks = Looks { theme, ascii: config.preferences.ascii };
    let keeper = KeyKeeper { chosen, config, found: RefCell::default() };
    let ended = runtime.block_on(runtime::welcome(welcome, console, looks, &keeper));
    match ended.map_err(|error| failed(&error))? {
        WelcomeEnding::Decided(welcomed) => {
            keeper.opened(&welcomed, arguments).map(Some).map_err(|stop| stop.tell(false))
        }
        WelcomeEnding::Signal(signal) => Err(Exit::of(signal)),
        WelcomeEnding::Lost => Err(Exit::HungUp),
    }
}

fn failed(error: &std::io::Error) -> Exit {
    tell(&format_args!("the terminal cannot be used: {error}"));
    Exit::Failed
}

/// Who tries the key, and keeps it.
struct KeyKeeper<'chosen> {
    chosen: Option<&'chosen Path>,
    config: Config,
    /// What was tried last, and opens something.
    found: RefCell<Option<(Found, Instance)>>,
}

impl KeyKeeper<'_> {
    /// What is opened, after all.
    fn opened(self, welcomed: &Welcomed, arguments: &DashboardArguments) -> Result<Opened, Stop> {
        let no_key = || Stop::key("no key was given");
        match welcomed {
            Welcomed::Left if self.found.borrow().is_some() => Err(Stop::key("nothing was opened")),
            Welcomed::Left => Err(no_key()),
            Welcomed::Demo => Ok(Opened::demo(arguments, self.config)),
            Welcomed::Once => {
                let (found, _) = self.found.into_inner().ok_or_else(no_key)?;
                Ok(Opened::of(found, self.config))
            }
            Welcomed::Kept(name) => another(name, self.chosen).map_err(Stop::failed),
        }
    }
}

impl Guide for KeyKeeper<'_> {
    async fn try_key(&self, key: Secret) -> Result<WelcomeInstance, KeyRefusal> {
        let found = search(|search| search.key_typed(key.expose())).map_err(|error| KeyRefusal {
            needs_another_key: matches!(error, ConnectionError::Key { .. }),
            words: Stop::from(error).sentence(),
        })?;
        let instance = check(&found)
            .await
            .map_err(|stop| KeyRefusal { needs_another_key: stop.status() == Some(401), words: stop.sentence() })?;
        let opens = WelcomeInstance {
            instance: instance.id.as_str().to_owned(),
            host: found.host().to_owned(),
            kind: told_kind(&found, &instance),
        };
        self.found.replace(Some((found, instance)));
        Ok(opens)
    }

    async fn keep(&self, name: String) -> Result<Vec<String>, String> {
        let name = profile_name(&name).map_err(|error| Stop::from(error).sentence())?.to_owned();
        if self.config.profiles.contains_key(&name) {
            return Err(words::name_is_taken(&name));
        }
        let Some((found, instance)) = self.found.borrow().clone() else { return Err("There is no key.".to_owned()) };
        let (keeping, chosen) = (Keeping { in_keyring: true, ..Keeping::default() }, self.chosen.map(Path::to_owned));
        // A keyring may ask the person first.
        let saving = spawn_blocking(move || keeping.save(&name, &found, &instance, chosen.as_deref()));
        let saved = saving.await.map_err(|lost| lost.to_string())?.map_err(Stop::sentence)?;
        Ok(saved.words())
    }
}

/// The looks of it.
struct Looks {
    theme: Theme,
    ascii: bool,
}

impl View for Looks {
    type State = Welcome;

    fn draw(&self, welcome: &Welcome, _: Timestamp, frame: &mut Frame) {
        ui::draw_welcome(welcome, &self.theme, self.ascii, frame);
    }

    fn title(&self, _: &Welcome) -> String {
        "lazyclerk".to_owned()
    }
}
