//! A key in the files of a project: the folder that the program was started in, and those above it.
//!
//! The nearest folder that holds one decides, whichever of the files it is in: what stands there is what the application in it
//! uses as well.

use super::{Address, ConnectionError, ENDPOINTS, Found, KeySource, Looked, Search, dotenv, key_from, keyless};
use std::{
    fs::{self, File},
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

/// The files, that which goes before the other first, as all the frameworks read them.
const FILES: [&str; 2] = [".env.local", ".env"];
/// The names of the key, the narrower first: Nuxt reads its own, everybody else the other (Next.js, Remix, React Router,
/// Astro, Expo's server, `TanStack` Start, Express, Fastify).
const KEYS: [&str; 2] = ["NUXT_CLERK_SECRET_KEY", "CLERK_SECRET_KEY"];
/// No such file is larger.
const LONGEST: u64 = 1 << 20;

/// A file of the project.
struct Text {
    file: PathBuf,
    text: String,
}

/// The key there; or what was looked at.
pub(super) fn find(search: &Search<'_>) -> Result<Result<Found, Looked>, ConnectionError> {
    let mut looked = Looked::default();
    let Some(folder) = &search.folder else { return Ok(Err(looked)) };
    let home = search.home.as_ref().map(|home| home.canonicalize().unwrap_or_else(|_| home.clone()));
    for above in folder.ancestors() {
        looked.folders.push(above.to_owned());
        let is_nearest = above == folder;
        let texts = FILES.map(|name| read(above.join(name), is_nearest, &mut looked));
        if let Some(found) = in_dotenv(search, &texts)? {
            return Ok(Ok(found));
        }
        if let Some(found) = in_keyless(search, read(above.join(keyless::FILE), is_nearest, &mut looked))? {
            return Ok(Ok(found));
        }
        if home.as_deref() == Some(above) {
            break;
        }
    }
    Ok(Err(looked))
}

/// The key in the `.env` files of one folder, with the address that stands there.
fn in_dotenv(search: &Search<'_>, texts: &[Option<Text>; 2]) -> Result<Option<Found>, ConnectionError> {
    let find = |names: [&'static str; 2]| {
        let places = names.into_iter().flat_map(|name| texts.iter().flatten().map(move |text| (name, text)));
        places.into_iter().find_map(|(variable, Text { file, text })| {
            Some((dotenv::value(text, variable)?, KeySource::Project { variable, file: file.clone() }))
        })
    };
    let Some((text, source)) = find(KEYS) else { return Ok(None) };
    let key = key_from(text, &source)?;
    if !text.trim().starts_with("sk_") {
        return Err(ConnectionError::Placeholder { place: source.to_string() });
    }
    let beside = find(ENDPOINTS).map(|(url, place)| Address { url: url.to_owned(), place });
    search.found(key, source, beside).map(Some)
}

/// The key that the SDK has made for itself.
fn in_keyless(search: &Search<'_>, file: Option<Text>) -> Result<Option<Found>, ConnectionError> {
    let Some(Text { file, text }) = file else { return Ok(None) };
    let Some(text) = keyless::key(&text) else { return Ok(None) };
    let source = KeySource::Keyless(file);
    let key = key_from(&text, &source)?;
    search.found(key, source, None).map(Some)
}

/// The file, where there is one. Above the folder that was gone to on purpose, what somebody else has put there is passed
/// over: `/tmp` is everybody's, and so would be the instance.
fn read(file: PathBuf, is_nearest: bool, looked: &mut Looked) -> Option<Text> {
    let opened = match open(&file) {
        Ok(opened) => opened?,
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound && error.kind() != io::ErrorKind::NotADirectory {
                looked.passed_over.push((file, "it cannot be read"));
            }
            return None;
        }
    };
    let owner = opened.metadata().ok()?.uid();
    if !is_nearest && owner != 0 && owner != rustix::process::getuid().as_raw() {
        looked.passed_over.push((file, "it belongs to somebody else"));
        return None;
    }
    let mut text = String::new();
    if opened.take(LONGEST).read_to_string(&mut text).is_err() {
        looked.passed_over.push((file, "it cannot be read"));
        return None;
    }
    Some(Text { file, text })
}

/// Opens it if it is a file: to open a pipe would wait for who writes to it.
fn open(file: &Path) -> io::Result<Option<File>> {
    if fs::metadata(file)?.is_file() { File::open(file).map(Some) } else { Ok(None) }
}
