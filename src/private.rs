//! Directories and files for their owner alone.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

/// Makes a directory that is not there, and all above it; one that others can look into is closed to them.
pub(crate) fn make_directory(directory: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    let metadata = fs::metadata(directory)?;
    if metadata.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(directory, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Puts `bytes` in the place of what `path` holds: all of them or none, and on the disk when this returns. Who writes
/// at the same time has to hold a [`lock`].
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    // Left over from a crash, or put there by somebody: it is not written through.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut file = create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The name is on the disk once its directory is.
    let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

/// Waits until no other program holds the lock in this file, and holds it until what this gives is dropped.
pub(crate) fn lock(path: &Path) -> io::Result<File> {
    let file = open_to_append(path)?;
    file.lock()?;
    Ok(file)
}

/// Opens a file to append and to read its end; one that others can read is closed to them.
pub(crate) fn open_to_append(path: &Path) -> io::Result<File> {
    close_to_others(OpenOptions::new().append(true).read(true).create(true).mode(0o600).open(path)?)
}

/// Opens a file to read it and to write anywhere in it; one that others can read is closed to them.
pub(crate) fn open_to_write(path: &Path) -> io::Result<File> {
    close_to_others(OpenOptions::new().read(true).write(true).truncate(false).create(true).mode(0o600).open(path)?)
}

fn close_to_others(file: File) -> io::Result<File> {
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

/// Makes a file that is not there yet.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}
