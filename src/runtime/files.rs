//! Files on this machine, as they are named in a field: what a name can be completed to, what a picture is, and whom a list
//! of users names.

use crate::{
    app::{Failure, MarkList, act::Picture},
    clerk::File,
};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

/// Clerk takes pictures of so many bytes.
const MOST: u64 = 10 * 1024 * 1024;
/// A list of users is not longer, in bytes: half a million lines.
const LONGEST_LIST: u64 = 16 * 1024 * 1024;
/// More names than anybody reads; a folder can have millions.
const MOST_NAMES: usize = 1_000;

/// What the file that is typed can be called: the names in its folder that begin as its last part does, in order. Those
/// of folders end with a slash; those that begin with a dot come only when a dot is typed. It waits for the disk.
pub(super) fn names(typed: &str) -> Result<Vec<String>, Failure> {
    if typed == "~" {
        return Ok(vec!["~/".to_owned()]);
    }
    let (folder, begun) = typed.rfind('/').map_or(("", typed), |slash| typed.split_at(slash + 1));
    let place = if folder.is_empty() { PathBuf::from(".") } else { place(folder) };
    let failed = |error: std::io::Error| Failure::File { path: place.display().to_string(), reason: reason(&error) };
    let mut names = Vec::new();
    for entry in fs::read_dir(&place).map_err(failed)?.flatten() {
        // What cannot be typed cannot be completed to.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_hidden = name.starts_with('.') && !begun.starts_with('.');
        if !name.starts_with(begun) || is_hidden || name.contains(char::is_control) {
            continue;
        }
        // A link to a folder is one.
        let is_folder = fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir());
        names.push(if is_folder { format!("{name}/") } else { name });
        if names.len() == MOST_NAMES {
            break;
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Looks what the picture at `path` is. It waits for the disk.
pub(super) fn look(path: &str) -> Result<Picture, Failure> {
    let file = read(path)?;
    let content_type = content_type(&file.bytes).unwrap_or_default();
    Ok(Picture { content_type, bytes: file.bytes.len() as u64 })
}

/// Reads the picture at `path`; `~` is the home directory. It waits for the disk.
pub(super) fn read(path: &str) -> Result<File, Failure> {
    let place = place(path);
    let failed = |reason: String| Failure::File { path: path.to_owned(), reason };
    let metadata = fs::metadata(&place).map_err(|error| failed(reason(&error)))?;
    if !metadata.is_file() {
        return Err(failed("it is no file".to_owned()));
    }
    let too_large = || failed(format!("it is larger than the {} MB that Clerk takes", MOST / 1024 / 1024));
    if metadata.len() > MOST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let opened = fs::File::open(&place).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    opened.map_err(|error| failed(reason(&error)))?;
    if bytes.len() as u64 > MOST {
        return Err(too_large());
    }
    let content_type = content_type(&bytes).ok_or_else(|| failed("it is no JPEG, PNG, GIF or WebP".to_owned()))?;
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(File { name, content_type: content_type.to_owned(), bytes })
}

/// Reads the list of users in the file at `path`; `~` is the home directory. It waits for the disk.
///
/// # Errors
///
/// When it cannot be read, is no text, or is too long.
pub fn mark_list(path: &str) -> Result<MarkList, Failure> {
    let failed = |reason: String| Failure::List { path: path.to_owned(), reason };
    let file = fs::File::open(place(path)).map_err(|error| failed(reason(&error)))?;
    read_list(path, file)
}

/// Reads the list of users from standard input, to its end.
///
/// # Errors
///
/// As of [`mark_list`].
pub fn mark_list_from_input() -> Result<MarkList, Failure> {
    read_list("standard input", std::io::stdin().lock())
}

fn read_list(name: &str, from: impl Read) -> Result<MarkList, Failure> {
    let failed = |reason: String| Failure::List { path: name.to_owned(), reason };
    let mut bytes = Vec::new();
    from.take(LONGEST_LIST + 1).read_to_end(&mut bytes).map_err(|error| failed(reason(&error)))?;
    if bytes.len() as u64 > LONGEST_LIST {
        return Err(failed(format!("it is longer than {} MB", LONGEST_LIST / 1024 / 1024)));
    }
    let text = String::from_utf8(bytes).map_err(|_| failed("it is no text in UTF-8".to_owned()))?;
    Ok(MarkList::read(name.to_owned(), &text))
}

/// In words, without the system's number for them.
fn reason(error: &std::io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Where that is; `~` is the home directory.
pub(super) fn place(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => Path::new(path).to_owned(),
    }
}

/// What a picture is, by its first bytes: its name can say anything.
fn content_type(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Some("image/gif")
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("image/webp")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn names_are_those_that_begin_as_typed() {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| format!("{}/{name}", folder.path().display());
        for name in ["ada.png", "Ada 2.png", "adb", ".hidden", "b\u{1b}[2J.png"] {
            fs::write(path(name), "").unwrap();
        }
        fs::create_dir(path("album")).unwrap();
        std::os::unix::fs::symlink(path("album"), path("link")).unwrap();
        assert_eq!(names(&path("")).unwrap(), ["Ada 2.png", "ada.png", "adb", "album/", "link/"]);
        assert_eq!(names(&path("ad")).unwrap(), ["ada.png", "adb"]);
        assert_eq!(names(&path(".")).unwrap(), [".hidden"]);
        assert_eq!(names(&path("album/")).unwrap(), [""; 0]);
        assert_eq!(names("~").unwrap(), ["~/"]);
        assert!(names("Cargo.to").unwrap().contains(&"Cargo.toml".to_owned()), "here, where no folder is named");
        let Failure::File { reason, .. } = names(&path("none/")).unwrap_err() else { panic!("another failure") };
        assert_eq!(reason, "No such file or directory");
    }

    #[test]
    fn a_picture_is_looked_at_before_it_is_sent() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, b"GIF89a...").unwrap();
        let picture = look(path.to_str().unwrap()).unwrap();
        assert_eq!((picture.content_type, picture.bytes), ("image/gif", 9));
    }

    #[test]
    fn a_list_of_users_is_read_or_said_why_not() {
        let folder = TempDir::new().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let list = mark_list(&write("wave.txt", b"user_1 # first\r\nada@example.com\n")).unwrap();
        assert_eq!(
            list.entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(),
            ["user_1", "ada@example.com"]
        );
        let reason = |path: &str| match mark_list(path).unwrap_err() {
            Failure::List { reason, .. } => reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(reason(&write("bytes", b"user_1\n\xff\xfe\n")), "it is no text in UTF-8");
        assert_eq!(reason("/nowhere/wave.txt"), "No such file or directory");
        let large = folder.path().join("large.txt");
        fs::File::create(&large).unwrap().set_len(LONGEST_LIST + 1).unwrap();
        assert_eq!(reason(large.to_str().unwrap()), "it is longer than 16 MB");
    }

    #[test]
    fn what_is_no_picture_is_said_and_not_sent() {
        let folder = TempDir::new().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let reason = |path: &str| match read(path).unwrap_err() {
            Failure::File { reason, .. } => reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(read(&write("a.gif", b"GIF89a...")).unwrap().content_type, "image/gif");
        assert_eq!(read(&write("a.txt", b"RIFF....WEBP..")).unwrap().name, "a.txt", "the bytes say what it is");
        assert_eq!(reason(&write("a.png", b"<svg/>")), "it is no JPEG, PNG, GIF or WebP");
        assert_eq!(reason(folder.path().to_str().unwrap()), "it is no file");
        assert!(reason("/nowhere/a.png").contains("No such file"));
        let large = folder.path().join("large.png");
        fs::File::create(&large).unwrap().set_len(MOST + 1).unwrap();
        assert_eq!(reason(large.to_str().unwrap()), "it is larger than the 10 MB that Clerk takes");
    }
}
