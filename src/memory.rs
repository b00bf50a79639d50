//! What the program remembers from one start to the next, in one file of the state directory.
//!
//! Several programs may run at once: each change is read, merged and written under a lock, so that none loses what another
//! has saved. What a newer version has put into the file stays there. Everything here waits for the disk: call it where
//! waiting is allowed.

use crate::{
    app::{Memory, Remember, SavedView, ViewName},
    private,
};
use serde_json::{Map, Value, json};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

const FILE: &str = "remembered.json";
const LOCK: &str = "remembered.lock";
/// So many broken files are kept; then the latest takes the place of the one before it.
const MOST_ASIDE: u32 = 100;
/// The file is written beside itself first.
const NEW: &str = "remembered.json.new";

/// Why something could not be remembered.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct MemoryError {
    path: String,
    source: io::Error,
}

/// What was remembered, and what had to be said about it.
#[derive(Debug, Default)]
pub struct Recalled {
    /// As much as could be read.
    pub memory: Memory,
    /// Where the file is that could not be read, now that it has been set aside.
    pub set_aside: Option<PathBuf>,
}

/// The file.
#[derive(Clone, Debug)]
pub struct Store {
    directory: PathBuf,
}

impl Store {
    /// The file in `directory`, which is made when something is remembered.
    #[must_use]
    pub fn new(directory: PathBuf) -> Self {
        Self { directory }
    }

    /// What was remembered. A file that makes no sense is set aside, so that it can be looked at and is told of once.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn recall(&self) -> Result<Recalled, MemoryError> {
        let path = self.directory.join(FILE);
        if !path.exists() {
            return Ok(Recalled::default());
        }
        let _locked = self.lock()?;
        let (document, set_aside) = self.document()?;
        Ok(Recalled { memory: understand(&document), set_aside })
    }

    /// Remembers it, beside everything else that is remembered; all that is then.
    ///
    /// # Errors
    ///
    /// When it could not be written. What was there before is still there.
    pub fn remember(&self, remember: Remember) -> Result<Memory, MemoryError> {
        private::make_directory(&self.directory).map_err(|source| failed(&self.directory, source))?;
        let _locked = self.lock()?;
        let (mut document, _) = self.document()?;
        merge(&mut document, remember);
        self.write(&document)?;
        Ok(understand(&document))
    }

    /// Waits until no other program writes; until the file is closed none does.
    fn lock(&self) -> Result<File, MemoryError> {
        let path = self.directory.join(LOCK);
        let lock = || {
            let file = private::open_to_append(&path)?;
            file.lock()?;
            Ok(file)
        };
        lock().map_err(|source| failed(&path, source))
    }

    /// What stands in the file; nothing, and where the file is now, when it makes no sense.
    fn document(&self) -> Result<(Map<String, Value>, Option<PathBuf>), MemoryError> {
        let path = self.directory.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Map::new(), None)),
            Err(source) => return Err(failed(&path, source)),
        };
        if let Ok(document) = serde_json::from_slice(&bytes) {
            return Ok((document, None));
        }
        let aside = (1..MOST_ASIDE)
            .map(|number| self.directory.join(format!("{FILE}.broken-{number}")))
            .find(|aside| !aside.exists());
        let aside = aside.unwrap_or_else(|| self.directory.join(format!("{FILE}.broken")));
        fs::rename(&path, &aside).map_err(|source| failed(&path, source))?;
        Ok((Map::new(), Some(aside)))
    }

    /// All of it or nothing, also when the power fails.
    fn write(&self, document: &Map<String, Value>) -> Result<(), MemoryError> {
        let (path, new) = (self.directory.join(FILE), self.directory.join(NEW));
        let write = || {
            // Left behind by a crash, or somebody's link to elsewhere.
            match fs::remove_file(&new) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = private::create(&new)?;
            file.write_all(&serde_json::to_vec_pretty(document)?)?;
            file.sync_all()?;
            fs::rename(&new, &path)?;
            File::open(&self.directory)?.sync_all()
        };
        write().map_err(|source| failed(&path, source))
    }
}

fn failed(path: &Path, source: io::Error) -> MemoryError {
    MemoryError { path: path.display().to_string(), source }
}

/// What can be understood of a document.
fn understand(document: &Map<String, Value>) -> Memory {
    let part = |name: &str| document.get(name).cloned();
    let views = part("views").and_then(|views| serde_json::from_value::<Map<String, Value>>(views).ok());
    let view = |(name, view): (String, Value)| {
        Some((ViewName::parse(&name).ok()?, serde_json::from_value::<SavedView>(view).ok()?))
    };
    Memory {
        theme: part("theme").and_then(|theme| serde_json::from_value(theme).ok()),
        columns: part("columns").and_then(|columns| serde_json::from_value(columns).ok()),
        views: views.into_iter().flatten().filter_map(view).collect(),
    }
}

/// Puts it into the document, and leaves the rest as it is.
fn merge(document: &mut Map<String, Value>, remember: Remember) {
    document.insert("version".to_owned(), json!(1));
    match remember {
        Remember::Theme(theme) => _ = document.insert("theme".to_owned(), json!(theme)),
        Remember::Columns(columns) => _ = document.insert("columns".to_owned(), json!(columns)),
        Remember::View(name, view) => _ = views_of(document).insert(name.as_str().to_owned(), json!(view)),
        Remember::ForgetView(name) => _ = views_of(document).remove(name.as_str()),
    }
}

fn views_of(document: &mut Map<String, Value>) -> &mut Map<String, Value> {
    let views = document.entry("views").or_insert_with(|| json!({}));
    if !views.is_object() {
        *views = json!({});
    }
    match views {
        Value::Object(views) => views,
        _ => unreachable!("it has just been made one"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{ChosenTheme, Columns, ThemeName},
        clerk::query::UserOrder,
    };
    use tempfile::TempDir;

    fn view(search: &str) -> SavedView {
        SavedView { search: search.into(), order: UserOrder::default(), columns: Columns::default() }
    }

    fn named(name: &str) -> ViewName {
        ViewName::parse(name).unwrap()
    }

    fn names(memory: &Memory) -> Vec<&str> {
        memory.views.keys().map(ViewName::as_str).collect()
    }

    fn store() -> (TempDir, Store) {
        let home = TempDir::new().unwrap();
        let store = Store::new(home.path().join("state/lazyclerk"));
        (home, store)
    }

    #[test]
    fn what_is_remembered_is_recalled() {
        let (_home, store) = store();
        assert_eq!(store.recall().unwrap().memory, Memory::default());
        let theme = ChosenTheme { name: ThemeName::Dark, instead_of: ThemeName::Terminal };
        let mut columns = Columns::default();
        columns.shift(0, 1);
        for remember in [
            Remember::Theme(theme),
            Remember::Columns(columns.clone()),
            Remember::View(named("spam"), view("banned:yes")),
            Remember::View(named("new"), view("")),
            Remember::ForgetView(named("new")),
        ] {
            store.remember(remember).unwrap();
        }
        let Recalled { memory, set_aside } = store.recall().unwrap();
        assert_eq!((memory.theme, memory.columns.as_ref(), set_aside), (Some(theme), Some(&columns), None));
        assert_eq!((names(&memory), &memory.views[&named("spam")]), (vec!["spam"], &view("banned:yes")));
    }

    #[test]
    fn what_another_program_has_saved_is_kept_and_told() {
        let (_home, store) = store();
        let programs: Vec<_> = (0..8).map(|number| (number, store.clone())).collect();
        std::thread::scope(|scope| {
            for (number, store) in &programs {
                scope.spawn(move || {
                    let name = named(&format!("view-{number}"));
                    store.remember(Remember::View(name, view("ada"))).unwrap();
                });
            }
        });
        let memory = store.remember(Remember::ForgetView(named("view-3"))).unwrap();
        assert_eq!(memory.views.len(), 7);
        assert_eq!(store.recall().unwrap().memory, memory);
    }

    #[test]
    fn what_a_newer_version_has_written_stays() {
        let (_home, store) = store();
        store.remember(Remember::ForgetView(named("x"))).unwrap();
        let path = store.directory.join(FILE);
        let newer = json!({
            "version": 2, "zoom": 3, "theme": { "name": "solarized", "instead_of": "terminal" },
            "views": { "odd": { "search": "", "order": "-mood" }, "fine": view("ada") },
        });
        fs::write(&path, newer.to_string()).unwrap();
        let Recalled { memory, set_aside } = store.recall().unwrap();
        assert_eq!((names(&memory), memory.theme, set_aside), (vec!["fine"], None, None));
        store.remember(Remember::View(named("mine"), view(""))).unwrap();
        let kept: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(
            (&kept["zoom"], &kept["theme"]["name"], &kept["views"]["odd"]["order"]),
            (&json!(3), &json!("solarized"), &json!("-mood"))
        );
    }

    #[test]
    fn a_broken_file_is_set_aside_once_and_not_lost() {
        let (_home, store) = store();
        for number in 1..=2 {
            fs::create_dir_all(&store.directory).unwrap();
            fs::write(store.directory.join(FILE), "{ \"views\": ").unwrap();
            let Recalled { memory, set_aside } = store.recall().unwrap();
            let aside = set_aside.unwrap();
            assert_eq!((memory, fs::read_to_string(&aside).unwrap().as_str()), (Memory::default(), "{ \"views\": "));
            assert!(aside.ends_with(format!("remembered.json.broken-{number}")), "{aside:?}");
            assert_eq!(store.recall().unwrap().set_aside, None);
        }
        store.remember(Remember::View(named("spam"), view(""))).unwrap();
        assert_eq!(names(&store.recall().unwrap().memory), ["spam"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_it_and_a_link_is_not_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (home, store) = store();
        fs::create_dir_all(&store.directory).unwrap();
        let elsewhere = home.path().join("elsewhere");
        fs::write(&elsewhere, "{}").unwrap();
        for name in [FILE, NEW] {
            symlink(&elsewhere, store.directory.join(name)).unwrap();
        }
        store.remember(Remember::View(named("spam"), view(""))).unwrap();
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "{}");
        let metadata = fs::symlink_metadata(store.directory.join(FILE)).unwrap();
        assert!(metadata.is_file());
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&store.directory).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn where_it_cannot_be_written_it_is_said() {
        let (home, store) = store();
        fs::write(home.path().join("state"), "a file").unwrap();
        let error = store.remember(Remember::View(named("spam"), view(""))).unwrap_err();
        assert!(error.to_string().contains("state/lazyclerk"), "{error}");
    }
}
