//! Asking who sits at the terminal, and showing them nothing that it would act on.

use super::{Exit, tell};
use crate::ui::Shown;
use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, BufRead, IsTerminal, Write},
};

/// Asks for a yes, unless it has been given. None when it may be done; else how the program ends.
///
/// # Errors
///
/// When the terminal cannot be written to or read.
pub(super) fn ask(question: &str, yes: bool) -> io::Result<Option<Exit>> {
    if yes {
        return Ok(None);
    }
    if !io::stdin().is_terminal() {
        tell(&"nothing was done, as nobody can be asked; --yes does it without asking.");
        return Ok(Some(Exit::Usage));
    }
    let mut out = io::stdout();
    write!(out, "{} [y/N] ", Shown::foreign(question).as_str())?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    if matches!(answer.trim(), "y" | "Y" | "yes") {
        return Ok(None);
    }
    writeln!(out, "Nothing was done.")?;
    Ok(Some(Exit::Failed))
}

/// JSON in which a terminal finds nothing to act on, where somebody looks at it. It says the same.
pub(super) fn harmless(json: &str, is_seen: bool) -> Cow<'_, str> {
    if !is_seen || json.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return json.into();
    }
    let mut harmless = String::with_capacity(json.len());
    for char in json.chars() {
        let text = char.to_string();
        if Shown::foreign(text.as_str()).as_str() == text {
            harmless.push(char);
        } else {
            let mut units = [0; 2];
            for unit in char.encode_utf16(&mut units) {
                _ = write!(harmless, "\\u{unit:04x}");
            }
        }
    }
    harmless.into()
}
