//! A text on its way through an editor outside: a private file that goes once its text was taken, or nobody has changed it.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// What the folders of drafts begin with; the id of the process that they belong to follows.
const PREFIX: &str = "lazyclerk-draft-";
/// The same once they are the person's to keep: no process comes back for them.
const KEPT: &str = "lazyclerk-kept-";
/// A text that comes back longer is none that Clerk could take, in bytes.
const LONGEST: u64 = 256 * 1024;

/// A file with a text, in a folder of its own that nobody else can look into. Both go when it is dropped, with
/// whatever the editor has left beside them.
#[derive(Debug)]
pub(super) struct Draft {
    folder: PathBuf,
    file: PathBuf,
    /// As it was written.
    text: String,
    /// Whether it stays where it is.
    is_kept: bool,
}

impl Draft {
    /// Writes `text` to a file that is named after what it is. Drafts of processes that were killed go first.
    pub fn write(name: &str, text: &str) -> io::Result<Self> {
        Self::write_in(&std::env::temp_dir(), name, text)
    }

    fn write_in(place: &Path, name: &str, text: &str) -> io::Result<Self> {
        remove_abandoned(place);
        let folder = place.join(format!("{PREFIX}{}-{:016x}", std::process::id(), fastrand::u64(..)));
        // It fails if somebody has put something there already.
        DirBuilder::new().mode(0o700).create(&folder)?;
        let (file, text) = (folder.join(format!("{name}.json")), format!("{text}\n"));
        let draft = Self { folder, file, text, is_kept: false };
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft.file)?;
        file.write_all(draft.text.as_bytes())?;
        Ok(draft)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// The text as it is now. Editors put another file in its place, so it is opened anew.
    pub fn read(&self) -> io::Result<String> {
        let mut text = String::new();
        File::open(&self.file)?.take(LONGEST + 1).read_to_string(&mut text)?;
        if text.len() as u64 > LONGEST {
            return Err(io::Error::other(format!("it is longer than {} KB", LONGEST / 1024)));
        }
        Ok(text)
    }

    /// Removes it, as its text was taken over. Fails with what is to be told, as a sentence.
    pub fn remove(mut self) -> Result<(), String> {
        let gone = fs::remove_dir_all(&self.folder);
        // Once is enough.
        self.is_kept = true;
        gone.map_err(|error| {
            format!("{} could not be removed, and has what you edited: {error}.", self.folder.display())
        })
    }

    /// Takes nothing over, for this reason. What the person has written meanwhile stays theirs: the reason then says
    /// where it is.
    pub fn give_up(mut self, reason: &str) -> String {
        if !self.is_changed() {
            return reason.to_owned();
        }
        self.is_kept = true;
        let kept = self.folder.with_file_name(format!("{KEPT}{:016x}", fastrand::u64(..)));
        if fs::rename(&self.folder, &kept).is_ok() {
            self.file = kept.join(self.file.file_name().unwrap_or_default());
        }
        format!("{reason}; what you wrote is in {}", self.file.display())
    }

    /// Whether another text stands there, or something that is none.
    fn is_changed(&self) -> bool {
        let is_as_long = fs::metadata(&self.file).map(|metadata| metadata.len() == self.text.len() as u64);
        match is_as_long {
            Ok(true) => fs::read(&self.file).is_ok_and(|bytes| bytes != self.text.as_bytes()),
            Ok(false) => true,
            Err(_) => false,
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_kept {
            // Nobody can be told any more; the next process that writes a draft tries again.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Removes what a process that was killed has left. What belongs to somebody else stays.
fn remove_abandoned(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.split('-').next()?.parse().ok());
        let process = owner.and_then(rustix::process::Pid::from_raw);
        if process.is_some_and(|process| rustix::process::test_kill_process(process) == Err(rustix::io::Errno::SRCH)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::os::unix::fs::PermissionsExt;
    use tempfile::TempDir;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_draft_is_private_and_goes_with_all_that_was_left_beside_it() {
        let place = TempDir::new().unwrap();
        let draft = Draft::write_in(place.path(), "public_metadata", "{}").unwrap();
        let folder = draft.path().parent().unwrap().to_owned();
        assert_eq!((mode(draft.path()), mode(&folder)), (0o600, 0o700));
        assert_eq!(
            (draft.path().file_name().unwrap().to_str(), draft.read().unwrap().as_str()),
            (Some("public_metadata.json"), "{}\n")
        );
        fs::write(folder.join(".public_metadata.json.swp"), "{}").unwrap();
        drop(draft);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn drafts_of_dead_processes_go_and_those_of_the_living_stay() {
        let place = TempDir::new().unwrap();
        let mut child = std::process::Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        let [dead, living, other] =
            [format!("{PREFIX}{}-1", child.id()), format!("{PREFIX}1-1"), "lazyclerk-other".to_owned()]
                .map(|name| place.path().join(name));
        for folder in [&dead, &living, &other] {
            fs::create_dir(folder).unwrap();
        }
        let _draft = Draft::write_in(place.path(), "a", "").unwrap();
        assert_eq!([dead, living, other].map(|folder| folder.exists()), [false, true, true]);
    }

    #[rstest]
    #[case::another(b"{\"plan\": 1}\n", true)]
    #[case::as_long(b"[]\n", true)]
    #[case::no_text(b"\xff\xfe", true)]
    #[case::the_same(b"{}\n", false)]
    fn what_somebody_has_written_stays_theirs(#[case] bytes: &[u8], #[case] is_kept: bool) {
        let place = TempDir::new().unwrap();
        let draft = Draft::write_in(place.path(), "a", "{}").unwrap();
        fs::write(draft.path(), bytes).unwrap();
        let told = draft.give_up("it failed");
        let found: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        if !is_kept {
            return assert_eq!((told.as_str(), found.len()), ("it failed", 0));
        }
        let kept = found[0].join("a.json");
        assert_eq!(told, format!("it failed; what you wrote is in {}", kept.display()));
        assert_eq!((fs::read(&kept).unwrap(), mode(&found[0]), mode(&kept)), (bytes.to_vec(), 0o700, 0o600));
        assert!(!found[0].file_name().unwrap().to_str().unwrap().starts_with(PREFIX), "no later start removes it");
    }

    #[test]
    fn a_draft_that_cannot_be_removed_is_told() {
        let place = TempDir::new().unwrap();
        let draft = Draft::write_in(place.path(), "a", "").unwrap();
        let folder = draft.path().parent().unwrap().to_owned();
        fs::remove_dir_all(&folder).unwrap();
        let told = draft.remove().unwrap_err();
        assert!(told.starts_with(&format!("{} could not be removed", folder.display())), "{told}");
    }

    #[test]
    fn a_file_that_the_editor_has_taken_away_is_not_spoken_of() {
        let place = TempDir::new().unwrap();
        let draft = Draft::write_in(place.path(), "a", "{}").unwrap();
        fs::remove_file(draft.path()).unwrap();
        assert_eq!(draft.give_up("it failed"), "it failed");
    }

    #[test]
    fn what_is_no_text_or_too_much_of_it_is_not_taken() {
        let place = TempDir::new().unwrap();
        let draft = Draft::write_in(place.path(), "a", "").unwrap();
        fs::write(draft.path(), [0xff, 0xfe]).unwrap();
        assert!(draft.read().unwrap_err().to_string().contains("UTF-8"));
        File::create(draft.path()).unwrap().set_len(LONGEST + 1).unwrap();
        assert_eq!(draft.read().unwrap_err().to_string(), "it is longer than 256 KB");
        fs::remove_file(draft.path()).unwrap();
        assert_eq!(draft.read().unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
