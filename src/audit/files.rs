//! The files of the log, and their lines in both directions.
//!
//! `audit.jsonl` is the newest. When it is full it becomes `audit-000001.jsonl`, or what number comes next, and is never
//! written to again.

use super::AuditError;
use crate::private;
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

/// The name of the newest file in the state directory.
const NEWEST: &str = "audit.jsonl";
/// No line of ours is so long; one that is, is passed over when it is read, in bytes.
pub(super) const LONGEST_LINE: usize = 1024 * 1024;
/// So much is read at once, in bytes.
const BLOCK: usize = 256 * 1024;

/// One file of the log.
#[derive(Debug)]
pub(super) struct LogFile {
    pub(super) path: PathBuf,
    /// Of the newest: the one that it gets when it is full.
    pub(super) number: u32,
    pub(super) file: File,
}

/// Where the newest file of the log in `directory` is.
pub(super) fn newest(directory: &Path) -> PathBuf {
    directory.join(NEWEST)
}

/// Where a full one is.
pub(super) fn numbered(directory: &Path, number: u32) -> PathBuf {
    directory.join(format!("audit-{number:06}.jsonl"))
}

/// The numbers of the full ones, the oldest first. A directory that is not there has none.
pub(super) fn numbers(directory: &Path) -> io::Result<Vec<u32>> {
    let names = match fs::read_dir(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        names => names?,
    };
    let mut numbers = Vec::new();
    for name in names {
        let name = name?.file_name();
        let digits = name.to_str().and_then(|name| name.strip_prefix("audit-")?.strip_suffix(".jsonl"));
        let number = digits.and_then(|digits| digits.parse().ok());
        numbers.extend(number.filter(|number| numbered(directory, *number).file_name() == Some(&name)));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// That a path leads to a file, where it leads anywhere: a link would lead the lines elsewhere.
pub(super) fn check(path: &Path) -> Result<(), AuditError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => Err(AuditError::NotAFile(path.display().to_string())),
        _ => Ok(()),
    }
}

/// All files of the log as they are at one moment, the oldest first. A log that is not there has none.
///
/// # Errors
///
/// When one cannot be read, or is no file.
pub(super) fn open(directory: &Path) -> Result<Vec<LogFile>, AuditError> {
    let listed = |source| AuditError::io(directory, source);
    let mut full = numbers(directory).map_err(listed)?;
    loop {
        let newest = open_one(newest(directory), full.last().map_or(1, |number| number + 1))?;
        // Another program may have filled it meanwhile: then it has a number, and is not the newest any more.
        let again = numbers(directory).map_err(listed)?;
        if again == full {
            let mut files = Vec::new();
            for number in full {
                files.extend(open_one(numbered(directory, number), number)?);
            }
            files.extend(newest);
            return Ok(files);
        }
        full = again;
    }
}

fn open_one(path: PathBuf, number: u32) -> Result<Option<LogFile>, AuditError> {
    check(&path)?;
    match File::open(&path) {
        Ok(file) => Ok(Some(LogFile { path, number, file })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AuditError::io(&path, error)),
    }
}

/// Opens the newest file to add to it. Whether it was made by this.
pub(super) fn open_to_append(directory: &Path) -> Result<(File, bool), AuditError> {
    let path = newest(directory);
    check(&path)?;
    let is_there = fs::exists(&path).map_err(|source| AuditError::io(&path, source))?;
    let file = private::open_to_append(&path).map_err(|source| AuditError::io(&path, source))?;
    Ok((file, !is_there))
}

/// The lines of a file from its beginning, one at a time.
pub(super) struct Lines<R> {
    file: BufReader<R>,
    line: Vec<u8>,
    at: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn of(file: R) -> Self {
        Self { file: BufReader::with_capacity(BLOCK, file), line: Vec::new(), at: 0 }
    }

    /// Where the next line begins, in bytes.
    pub(super) fn position(&self) -> u64 {
        self.at
    }

    /// The next line with its line feed, where it has one; none at the end. One that is too long is empty here.
    pub(super) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        let limit = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX);
        let mut length = self.file.by_ref().take(limit).read_until(b'\n', &mut self.line)?;
        if length == 0 {
            return Ok(None);
        }
        if length == LONGEST_LINE && !self.line.ends_with(b"\n") {
            self.line.clear();
            length += self.file.skip_until(b'\n')?;
        }
        self.at += u64::try_from(length).unwrap_or(u64::MAX);
        Ok(Some(&self.line))
    }
}

/// The lines of a file from its end, one at a time.
pub(super) struct LinesBack<'a> {
    file: &'a File,
    /// What of the file has not been read.
    left: u64,
    /// What has been read behind that and not been given out.
    block: Vec<u8>,
    /// The end of the line that the block ends in was too long, and is gone.
    too_long: bool,
}

impl<'a> LinesBack<'a> {
    /// Those of a file that is so long, in bytes.
    pub(super) fn of(file: &'a File, length: u64) -> Self {
        Self { file, left: length, block: Vec::new(), too_long: false }
    }

    /// The line before, without its line feed; none at the beginning. One that is too long is empty here.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            // Where the end of a line is gone, a line feed here is that of the line before it.
            let end = self.block.len() - usize::from(!self.too_long && self.block.ends_with(b"\n"));
            let start = self.block[..end].iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
            if start.is_none() && self.left > 0 {
                if end >= LONGEST_LINE {
                    self.block.clear();
                    self.too_long = true;
                }
                self.read_before()?;
                continue;
            }
            if start.is_none() && self.block.is_empty() && !self.too_long {
                return Ok(None);
            }
            let start = start.unwrap_or(0);
            let line = self.block[start..end].to_vec();
            self.block.truncate(start);
            let too_long = std::mem::take(&mut self.too_long) || line.len() >= LONGEST_LINE;
            return Ok(Some(if too_long { Vec::new() } else { line }));
        }
    }

    fn read_before(&mut self) -> io::Result<()> {
        let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(BLOCK);
        self.left -= u64::try_from(length).unwrap_or(u64::MAX);
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, self.left)?;
        bytes.append(&mut self.block);
        self.block = bytes;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn backward(bytes: &[u8]) -> Vec<usize> {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, bytes).unwrap();
        let file = File::open(&path).unwrap();
        let mut lines = LinesBack::of(&file, u64::try_from(bytes.len()).unwrap());
        let mut lengths = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            lengths.push(line.len());
        }
        lengths
    }

    #[test]
    fn lines_come_from_the_end_over_the_edges_of_blocks() {
        assert_eq!(backward(b""), [0_usize; 0]);
        assert_eq!(backward(b"a\nbb\nccc"), [3, 2, 1]);
        assert_eq!(backward(b"\n\na\n"), [1, 0, 0]);
        let lengths = [0, BLOCK - 1, 3, BLOCK, 2 * BLOCK + 7, 1, 0, LONGEST_LINE - 1];
        let text: Vec<u8> = lengths.iter().flat_map(|length| [vec![b'x'; *length], b"\n".to_vec()].concat()).collect();
        assert_eq!(backward(&text), lengths.iter().rev().copied().collect::<Vec<_>>());
    }

    #[test]
    fn a_line_that_is_too_long_is_empty_in_both_directions() {
        let text = [b"a\n".as_slice(), &vec![b'x'; 3 * LONGEST_LINE], b"\nbb\n"].concat();
        assert_eq!(backward(&text), [2, 0, 1]);
        assert_eq!(backward(&text[2..]), [2, 0]);
        let (mut lines, mut lengths) = (Lines::of(text.as_slice()), Vec::new());
        while let Some(line) = lines.next().unwrap() {
            lengths.push(line.len());
        }
        assert_eq!(lengths, [2, 0, 3], "with their line feeds");
    }

    #[test]
    fn only_what_a_full_file_is_called_is_one() {
        let folder = TempDir::new().unwrap();
        for name in ["audit-000002.jsonl", "audit-000001.jsonl", "audit-1.jsonl", "audit-x.jsonl", "audit.jsonl"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(numbers(folder.path()).unwrap(), [1, 2]);
        assert_eq!(numbers(&folder.path().join("nowhere")).unwrap(), [0_u32; 0]);
    }
}
