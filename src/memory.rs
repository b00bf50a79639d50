//! What the program remembers from one start to the next, in one file of the state directory.
//!
//! Several programs may run at once: each change is read, merged and written under a lock, so that none loses what another
//! has saved. What a newer version has put into the file stays there. Everything here waits for the disk: call it where
//! waiting is allowed.

use crate::{
    app::{Memory, Remember, Remembered, SavedView, ViewName},
    private,
};
use serde_json::{Map, Value, json};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

const FILE: &str = "remembered.json";
const LOCK: &str = "remembered.lock";
/// So many broken files are kept; then the latest takes the place of the one before it.
const MOST_ASIDE: u32 = 100;

/// Why something could not be remembered.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct MemoryError {
    path: String,
    source: io::Error,
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

    /// What was remembered. A file that makes no sense is set aside, so that it can be looked at, and told of once.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn recall(&self) -> Result<Remembered, MemoryError> {
        let path = self.directory.join(FILE);
        if !path.exists() {
            return Ok(Remembered::default());
        }
        let _locked = self.lock()?;
        let (document, set_aside) = self.document()?;
        Ok(remembered(&document, set_aside.as_deref()))
    }

    /// Remembers it, beside everything else that is remembered; all that is then. A file that makes no sense is set aside
    /// here too.
    ///
    /// # Errors
    ///
    /// When it could not be written. What was there before is still there.
    pub fn remember(&self, remember: Remember) -> Result<Remembered, MemoryError> {
        private::make_directory(&self.directory).map_err(|source| failed(&self.directory, source))?;
        let _locked = self.lock()?;
        let (mut document, set_aside) = self.document()?;
        merge(&mut document, remember);
        self.write(&document)?;
        Ok(remembered(&document, set_aside.as_deref()))
    }

    /// Waits until no other program writes; until the file is closed none does.
    fn lock(&self) -> Result<File, MemoryError> {
        let path = self.directory.join(LOCK);
        private::lock(&path).map_err(|source| failed(&path, source))
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

    fn write(&self, document: &Map<String, Value>) -> Result<(), MemoryError> {
        let path = self.directory.join(FILE);
        let written = serde_json::to_vec_pretty(document).map_err(io::Error::from);
        written.and_then(|bytes| private::replace(&path, &bytes)).map_err(|source| failed(&path, source))
    }
}

fn failed(path: &Path, source: io::Error) -> MemoryError {
    MemoryError { path: path.display().to_string(), source }
}

/// What is told of a document, in the place of which a broken one has been set aside.
fn remembered(document: &Map<String, Value>, set_aside: Option<&Path>) -> Remembered {
    let words = |aside: &Path| format!("What was remembered could not be read; the file is {} now.", aside.display());
    Remembered { memory: understand(document), remark: set_aside.map(words) }
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
        let Remembered { memory, remark } = store.recall().unwrap();
        assert_eq!((memory.theme, memory.columns.as_ref(), remark), (Some(theme), Some(&columns), None));
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
        let Remembered { memory, .. } = store.remember(Remember::ForgetView(named("view-3"))).unwrap();
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
        let Remembered { memory, remark } = store.recall().unwrap();
        assert_eq!((names(&memory), memory.theme, remark), (vec!["fine"], None, None));
        store.remember(Remember::View(named("mine"), view(""))).unwrap();
        let kept: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(
            (&kept["zoom"], &kept["theme"]["name"], &kept["views"]["odd"]["order"]),
            (&json!(3), &json!("solarized"), &json!("-mood"))
        );
    }

    /// The first time it is found broken at the start, then when something is remembered.
    fn recall_or_remember(store: &Store, number: u32) -> Remembered {
        let spam = Remember::View(named("spam"), view(""));
        if number == 1 { store.recall().unwrap() } else { store.remember(spam).unwrap() }
    }

    #[test]
    fn a_broken_file_is_set_aside_once_and_not_lost() {
        let (_home, store) = store();
        for number in 1..=2 {
            fs::create_dir_all(&store.directory).unwrap();
            fs::write(store.directory.join(FILE), "{ \"views\": ").unwrap();
            let Remembered { memory, remark } = recall_or_remember(&store, number);
            let aside = store.directory.join(format!("remembered.json.broken-{number}"));
            assert_eq!(memory.theme, None);
            assert_eq!(fs::read_to_string(&aside).unwrap(), "{ \"views\": ");
            assert!(remark.unwrap().contains(aside.to_str().unwrap()));
            assert_eq!(store.recall().unwrap().remark, None);
        }
        assert_eq!(names(&store.recall().unwrap().memory), ["spam"]);
    }

    #[test]
    fn only_its_owner_can_read_it_and_a_link_is_not_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (home, store) = store();
        fs::create_dir_all(&store.directory).unwrap();
        let elsewhere = home.path().join("elsewhere");
        fs::write(&elsewhere, "{}").unwrap();
        for name in [FILE, "remembered.new"] {
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
