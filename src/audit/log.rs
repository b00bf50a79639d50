//! Writing the log.

use super::{
    AuditError,
    chain::{Hash, Link, seal},
    files::{self, LONGEST_LINE, LinesBack},
    head::{self, Head},
    line::{Content, EntryId, Intent, LINE_VERSION, Line, Origin, Outcome},
};
use crate::{clerk::model::Timestamp, private};
use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// The newest file is full when it is so long, in bytes.
const FULL: u64 = 64 * 1024 * 1024;

/// The log of one origin.
#[derive(Debug)]
pub struct Audit {
    directory: PathBuf,
    origin: Origin,
    /// Known once Clerk has been asked.
    instance_id: OnceLock<String>,
    full: u64,
}

/// The newest file, with the lock, and what the next line builds on.
struct End {
    head: File,
    file: File,
    number: u32,
    length: u64,
    hash: Hash,
}

impl Audit {
    /// The log in `directory`, which is made if it is not there, for its owner alone. The file is made by the first line.
    ///
    /// # Errors
    ///
    /// When the directory cannot be made, or the file in it is none.
    pub fn open(directory: &Path, origin: Origin) -> Result<Self, AuditError> {
        private::make_directory(directory).map_err(|source| AuditError::io(directory, source))?;
        let instance_id = OnceLock::new();
        let audit = Self { directory: directory.to_owned(), origin, instance_id, full: FULL };
        files::check(&audit.path())?;
        Ok(audit)
    }

    /// The same, with files that are full at another length, in bytes.
    #[cfg(test)]
    pub(super) fn full_at(self, full: u64) -> Self {
        Self { full, ..self }
    }

    /// Where its newest file is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        files::newest(&self.directory)
    }

    /// The folder that its files are in.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Where its changes are made, and by whom.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Says which instance it is, for the lines from now on. The first to say it is believed.
    pub fn tell_instance(&self, id: &str) {
        self.instance_id.get_or_init(|| id.to_owned());
    }

    /// Records that a change is about to be made. When this returns, the line is on the disk.
    ///
    /// # Errors
    ///
    /// When it is not: then the change must not be made.
    pub fn intent(&self, at: Timestamp, intent: Intent) -> Result<EntryId, AuditError> {
        let entry = EntryId::new(at);
        self.append_all(at, vec![(entry.clone(), Content::Intent(intent))])?;
        Ok(entry)
    }

    /// Records what came of it.
    ///
    /// # Errors
    ///
    /// When the line is not on the disk.
    pub fn outcome(&self, at: Timestamp, entry: &EntryId, outcome: Outcome) -> Result<(), AuditError> {
        self.append_all(at, vec![(entry.clone(), Content::Outcome(outcome))])
    }

    /// Records many things at once, in this order: one write, and one wait for the disk. When this returns they are all
    /// on it. Waits also for other programs that write at the moment.
    ///
    /// # Errors
    ///
    /// When they are not: then none of them is there, as far as the disk still takes orders, and no change must be made.
    pub fn append_all(&self, at: Timestamp, contents: Vec<(EntryId, Content)>) -> Result<(), AuditError> {
        if contents.is_empty() {
            return Ok(());
        }
        let lines = self.lines(at, contents)?;
        let end = self.end()?;
        let (bytes, hash) = link(lines, end.hash);
        Self::add(&end, bytes, hash).map_err(|source| AuditError::io(&self.path(), source))
    }

    /// JSON objects, as they are before they know their place in the chain.
    fn lines(&self, at: Timestamp, contents: Vec<(EntryId, Content)>) -> Result<Vec<Vec<u8>>, AuditError> {
        let time = at.to_jiff().map_or_else(|| at.as_millis().to_string(), |at| format!("{at:.3}"));
        let mut origin = self.origin.clone();
        origin.instance_id = self.instance_id.get().cloned().or(origin.instance_id);
        let written = |(entry, content)| {
            let line = Line { v: LINE_VERSION, time: time.clone(), entry, content, origin: origin.clone() };
            let line = serde_json::to_vec(&line)?;
            // What is put behind it is shorter than that.
            if line.len() + 256 < LONGEST_LINE { Ok(line) } else { Err(AuditError::TooLong) }
        };
        contents.into_iter().map(written).collect()
    }

    /// Waits for other writers, and finds where to go on; in a new file where the newest is full.
    fn end(&self) -> Result<End, AuditError> {
        let failed = |source| AuditError::io(&self.path(), source);
        files::check(&self.directory.join(head::HEAD))?;
        let head = head::lock(&self.directory).map_err(failed)?;
        let (file, is_new) = files::open_to_append(&self.directory)?;
        let length = file.metadata().map_err(failed)?.len();
        let (number, hash) = self.resume(Head::read(&head), &file, length)?;
        if length >= self.full {
            fs::rename(self.path(), files::numbered(&self.directory, number)).map_err(failed)?;
            let (file, _) = files::open_to_append(&self.directory)?;
            self.keep_names().map_err(failed)?;
            return Ok(End { head, file, number: number + 1, length: 0, hash });
        }
        if is_new {
            self.keep_names().map_err(failed)?;
        }
        Ok(End { head, file, number, length, hash })
    }

    /// The number of the newest file, and what its next line builds on. Most often the head knows.
    fn resume(&self, head: Option<Head>, file: &File, length: u64) -> Result<(u32, Hash), AuditError> {
        if let Some(head) = head.filter(|head| head.length == length && length > 0) {
            return Ok((head.number, head.hash));
        }
        let full = files::numbers(&self.directory).map_err(|source| AuditError::io(&self.directory, source))?;
        let number = full.last().map_or(1, |number| number + 1);
        match head {
            // Lines were cut off. Going on from the last one that is left would hide it.
            Some(head) if (head.number, head.length) > (number, length) => Ok((head.number.max(number), head.hash)),
            _ => Ok((number, self.last_hash(file, length, full)?)),
        }
    }

    /// What the next line builds on, from the lines themselves.
    fn last_hash(&self, newest: &File, length: u64, mut full: Vec<u32>) -> Result<Hash, AuditError> {
        let mut unlinked = Vec::new();
        let mut hash =
            last_link(newest, length, &mut unlinked).map_err(|source| AuditError::io(&self.path(), source))?;
        while let (None, Some(number)) = (hash, full.pop()) {
            let path = files::numbered(&self.directory, number);
            let mut of_file = || {
                let file = File::open(&path)?;
                last_link(&file, file.metadata()?.len(), &mut unlinked)
            };
            hash = of_file().map_err(|source| AuditError::io(&path, source))?;
        }
        Ok(unlinked.iter().rev().fold(hash.unwrap_or_default(), |hash, line| hash.then(line)))
    }

    /// One write, and a sync, so that it survives a power cut; then the head.
    fn add(end: &End, mut bytes: Vec<u8>, hash: Hash) -> io::Result<()> {
        let mut file = &end.file;
        if ends_torn(file, end.length)? {
            // A crash broke the last line off: it stays as it is, and this one begins afresh.
            bytes.insert(0, b'\n');
        }
        file.write_all(&bytes).and_then(|()| file.sync_data()).inspect_err(|_| {
            // Half of it must not be taken for what was done. Where this fails too, a torn line stays.
            _ = file.set_len(end.length);
        })?;
        let length = end.length + u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        // The lines are on the disk. A head that could not be written is found out of date.
        _ = Head { number: end.number, length, hash }.write(&end.head);
        Ok(())
    }

    /// The names of files are on the disk once their directory is.
    fn keep_names(&self) -> io::Result<()> {
        File::open(&self.directory)?.sync_all()
    }
}

/// The lines in the chain, each ended.
fn link(lines: Vec<Vec<u8>>, mut hash: Hash) -> (Vec<u8>, Hash) {
    let mut bytes = Vec::new();
    for mut line in lines {
        hash = seal(&mut line, hash);
        bytes.append(&mut line);
        bytes.push(b'\n');
    }
    (bytes, hash)
}

/// The hash of the last line of a file that has one; `unlinked` gets the lines behind it, the latest first.
fn last_link(file: &File, length: u64, unlinked: &mut Vec<Vec<u8>>) -> io::Result<Option<Hash>> {
    let mut lines = LinesBack::of(file, length);
    while let Some(line) = lines.next()? {
        match Link::of(&line) {
            Some(link) => return Ok(Some(link.hash)),
            None => unlinked.push(line),
        }
    }
    Ok(None)
}

fn ends_torn(file: &File, length: u64) -> io::Result<bool> {
    let Some(last) = length.checked_sub(1) else { return Ok(false) };
    let mut byte = [0];
    file.read_exact_at(&mut byte, last)?;
    Ok(byte != *b"\n")
}
