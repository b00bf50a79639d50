//! Lines that somebody looks at: a terminal finds nothing in them to act on.

use crate::ui::Shown;
use std::io::{self, Write};

/// Passes lines on, with visible substitutes for what a terminal would act on.
pub(super) struct Seen<W> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> Seen<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }
}

impl<W: Write> Write for Seen<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if let Some(line) = self.line.strip_suffix(b"\n") {
                let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned();
                writeln!(self.out, "{}", Shown::foreign(line).as_str())?;
                self.line.clear();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_shown_instead() {
        let mut out = Vec::new();
        let mut seen = Seen::new(&mut out);
        seen.write_all(b"a\x1b[2").unwrap();
        seen.write_all("J\u{202e}b\r\nÄda\n".as_bytes()).unwrap();
        let told = String::from_utf8(out).unwrap();
        assert!(told.starts_with("a␛[2J") && told.ends_with("b\nÄda\n") && !told.contains('\u{202e}'), "{told:?}");
    }
}
