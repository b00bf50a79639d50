//! The files: the configuration, and what the program keeps.

use super::Finding;
use crate::{
    audit,
    cli::instance::InstanceArguments,
    config::{configuration_place, state_directory},
    trash::Trash,
};
use std::{
    fs, io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// So many files of wrong rights are named.
const NAMED: usize = 3;

/// The configuration file.
pub(super) fn configuration(arguments: &InstanceArguments) -> Vec<Finding> {
    let place = configuration_place(arguments.config_file());
    let file = place.as_deref().map_or_else(|| "no file".to_owned(), |file| file.display().to_string());
    vec![match arguments.config() {
        Err(stop) => Finding::wrong("configuration", stop.words(), "mend the line, or take a # before it"),
        Ok(config) => {
            let is_there = place.as_deref().is_some_and(Path::exists);
            let profiles = match config.profiles.len() {
                0 => String::new(),
                1 => ", one profile".to_owned(),
                count => format!(", {count} profiles"),
            };
            let there = if is_there { "" } else { ", which is not there: all is as it is without" };
            Finding::ok("configuration", format!("{file}{there}{profiles}"))
        }
    }]
}

/// The state directory and what is in it.
pub(super) fn state() -> Vec<Finding> {
    let directory = match state_directory() {
        Ok(directory) => directory,
        Err(error) => return vec![Finding::wrong("state", error.to_string(), "export HOME")],
    };
    vec![rights(&directory), record(&directory), trash(&directory)]
}

/// Whether others can look into it, or it is somebody else's.
fn rights(directory: &Path) -> Finding {
    let shown = directory.display();
    let mut open = Vec::new();
    match look(directory, &mut open) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Finding::ok("state", format!("{shown} is made when something is to be kept"));
        }
        Err(error) => {
            return Finding::wrong(
                "state",
                format!("{shown}: {error}"),
                "give it to yourself, or name another: XDG_STATE_HOME",
            );
        }
        Ok(()) => {}
    }
    if open.is_empty() {
        return Finding::ok("state", format!("{shown}, for you alone"));
    }
    let named: Vec<String> = open.iter().take(NAMED).map(|path| path.display().to_string()).collect();
    let more = if open.len() > NAMED { format!(" and {} more", open.len() - NAMED) } else { String::new() };
    Finding::wrong(
        "state",
        format!("others can look into {}{more}", named.join(", ")),
        format!("chmod -R go-rwx {shown}"),
    )
}

/// Notes what others can look into. A link is not followed.
fn look(path: &Path, open: &mut Vec<PathBuf>) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if metadata.is_symlink() {
        return Ok(());
    }
    if metadata.uid() != rustix::process::getuid().as_raw() {
        return Err(io::Error::other(format!("{} belongs to somebody else", path.display())));
    }
    if metadata.permissions().mode() & 0o077 != 0 {
        open.push(path.to_owned());
    }
    if metadata.is_dir() {
        for entry in fs::read_dir(path)? {
            match look(&entry?.path(), open) {
                // One that was taken away meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                other => other?,
            }
        }
    }
    Ok(())
}

/// The record of changes.
fn record(directory: &Path) -> Finding {
    match audit::verify(directory, None) {
        Err(error) => {
            Finding::wrong("record", error.to_string(), "nothing is changed before the record can be written")
        }
        Ok(found) if found.faults.is_empty() && !found.is_end_known => Finding::wrong(
            "record",
            "nobody can tell whether lines are missing at its end".to_owned(),
            "audit.head beside it says that, and is not there: it is written with the next change",
        ),
        Ok(found) if found.faults.is_empty() => {
            let lines = if found.lines == 1 { "1 line".to_owned() } else { format!("{} lines", found.lines) };
            Finding::ok("record", format!("{lines}, each as it was written"))
        }
        Ok(found) => Finding::wrong(
            "record",
            format!("{} of {} lines are not as they were written", found.faults.len(), found.lines),
            "lazyclerk audit verify tells which",
        ),
    }
}

/// The copies of the deleted.
fn trash(directory: &Path) -> Finding {
    match Trash::of(directory).copies(|_| ()) {
        Ok(copies) if copies.is_empty() => Finding::ok("trash", "no recovery copies"),
        Ok(copies) => Finding::ok("trash", format!("{} recovery copies, each kept for thirty days", copies.len())),
        Err(error) => {
            Finding::wrong("trash", error.to_string(), "nobody is deleted with a copy before that can be written")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::State;
    use tempfile::TempDir;

    #[test]
    fn what_others_can_look_into_is_told_with_the_command_that_closes_it() {
        let home = TempDir::new().unwrap();
        let state = home.path().join("state");
        assert_eq!(rights(&state).state, State::Ok);
        crate::private::make_directory(&state).unwrap();
        let file = state.join("notes");
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(rights(&state).state, State::Ok);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let found = rights(&state);
        assert_eq!(found.state, State::Wrong);
        assert!(
            found.found.contains("notes") && found.mend.unwrap().starts_with("chmod -R go-rwx "),
            "{}",
            found.found
        );
    }
}
