//! Files that are for their owner alone.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// Makes a directory for its owner alone, also where it was there otherwise.
#[cfg(unix)]
pub(crate) fn make_directory(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    let metadata = fs::metadata(directory)?;
    if metadata.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(directory, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Makes a directory.
#[cfg(not(unix))]
pub(crate) fn make_directory(directory: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).create(directory)
}

/// Puts `bytes` in the place of what `path` holds: all of them or none, and on the disk when this returns. Who writes
/// at the same time has to hold a lock of their own.
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
    path.parent().map_or(Ok(()), |directory| File::open(directory)?.sync_all())
}

#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)
}
