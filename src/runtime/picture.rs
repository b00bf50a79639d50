//! Reading a picture that is to be uploaded, and looking whether it is one, before anything is sent.

use crate::{app::Failure, clerk::File};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

/// Clerk takes pictures of so many bytes.
const MOST: u64 = 10 * 1024 * 1024;

/// Reads the picture at `path`; `~` is the home directory. It waits for the disk.
pub(super) fn read(path: &str) -> Result<File, Failure> {
    let place = place(path);
    let failed = |reason: String| Failure::File { path: path.to_owned(), reason };
    let metadata = fs::metadata(&place).map_err(|error| failed(error.to_string()))?;
    if !metadata.is_file() {
        return Err(failed("it is no file".to_owned()));
    }
    let too_large = || failed(format!("it is larger than the {} MB that Clerk takes", MOST / 1024 / 1024));
    if metadata.len() > MOST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let opened = fs::File::open(&place).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    opened.map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > MOST {
        return Err(too_large());
    }
    let content_type = content_type(&bytes).ok_or_else(|| failed("it is no JPEG, PNG, GIF or WebP".to_owned()))?;
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(File { name, content_type: content_type.to_owned(), bytes })
}

fn place(path: &str) -> PathBuf {
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
