//! `lazyclerk audit verify`: whether the log is as it was written.

use crate::{
    audit::{self, Fault, FaultKind, Hash, Place, Verified},
    cli::Exit,
};
use std::{
    io::{self, Write},
    path::Path,
};

pub(super) fn run(directory: &Path, known: Option<Hash>) -> color_eyre::Result<Exit> {
    let found = audit::verify(directory, known)?;
    let written = tell(&found, directory, &mut io::stdout().lock());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
        Ok(()) | Err(_) => {}
    }
    Ok(if found.faults.is_empty() && found.is_end_known { Exit::Done } else { Exit::Failed })
}

fn tell(found: &Verified, directory: &Path, out: &mut impl Write) -> io::Result<()> {
    if found.lines == 0 && found.faults.is_empty() {
        return writeln!(out, "Nothing has been recorded in {} yet.", directory.display());
    }
    for place in &found.torn {
        writeln!(
            out,
            "{}: torn: a crash or a full disk broke the line off. Nothing is wrong with the others.",
            at(place)
        )?;
    }
    for Fault { place, kind } in &found.faults {
        writeln!(out, "{}: {}", at(place), words(*kind))?;
    }
    if found.before_chain > 0 {
        let before = counted(found.before_chain, "line");
        writeln!(out, "The first {before} have no hash: an older version wrote them. The chain begins behind them.")?;
    }
    let (lines, files) =
        (counted(found.lines, "line"), counted(u64::try_from(found.files).unwrap_or(u64::MAX), "file"));
    if found.faults.is_empty() {
        if found.is_end_known {
            writeln!(out, "Sound: {lines} in {files}, each as it was written and none missing.")?;
        } else {
            writeln!(out, "Each of {lines} in {files} is as it was written, and none is missing between them.")?;
            writeln!(
                out,
                "Whether lines are missing at the end nobody can tell: audit.head, which says so, is not there."
            )?;
        }
        writeln!(out, "Last hash: {}", found.hash)?;
        return writeln!(out, "Kept elsewhere, it shows later that nobody wrote the log anew: verify --contains HASH.");
    }
    let faults = counted(u64::try_from(found.faults.len()).unwrap_or(u64::MAX), "break");
    writeln!(out, "Not sound: {faults} in {lines} in {files}.")
}

fn at(place: &Place) -> String {
    format!("{}:{}", place.file.display(), place.line)
}

fn words(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Changed => "the line is not as it was written.",
        FaultKind::Gap => "what came before the line is missing, or stands elsewhere.",
        FaultKind::Foreign => "the line has no hash: something else wrote it, or an older version.",
        FaultKind::CutOff => "lines are missing here, at the end of what was written.",
        FaultKind::NotFound => "no line up to here has the hash that was asked for.",
    }
}

fn counted(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
