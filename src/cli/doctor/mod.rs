//! `lazyclerk doctor`: whether everything is as it should be, and how to mend what is not.

mod files;
mod instance;
mod terminal;

use super::{
    Exit,
    fault::Stop,
    form::{Cell, Paper, print_json},
    instance::InstanceArguments,
};
use crate::ui::Shown;
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};
use tokio::runtime::Runtime;

#[derive(Debug, Args)]
pub(super) struct DoctorArguments {
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    instance: InstanceArguments,
}

/// How it is with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Ok,
    Warning,
    Wrong,
}

/// What was found out about something.
#[derive(Clone, Debug, Serialize)]
struct Finding {
    /// About what.
    check: &'static str,
    state: State,
    /// What was found, as a sentence without its full stop. It may hold foreign words, unsafe to print.
    found: String,
    /// How to mend it.
    mend: Option<String>,
    /// It is about the key, for which there is an exit code of its own.
    #[serde(skip)]
    is_key: bool,
}

impl Finding {
    fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, state: State::Ok, found: found.into(), mend: None, is_key: false }
    }

    fn warning(check: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { state: State::Warning, mend: Some(mend.into()), ..Self::ok(check, found) }
    }

    fn wrong(check: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { state: State::Wrong, mend: Some(mend.into()), ..Self::ok(check, found) }
    }

    /// Of a key that cannot be used.
    fn of_key(self) -> Self {
        Self { is_key: true, ..self }
    }
}

pub(super) fn run(runtime: &Runtime, arguments: &DoctorArguments) -> Exit {
    let mut findings = files::configuration(&arguments.instance);
    findings.extend(runtime.block_on(instance::look(&arguments.instance)));
    findings.extend(terminal::look());
    findings.extend(files::state());
    let exit = exit(&findings);
    let told = if arguments.json { tell_json(&findings) } else { tell(&findings) };
    match told {
        Ok(()) => exit,
        Err(stop) => stop.tell(arguments.json),
    }
}

/// 3 where the key cannot be used, 1 where something else is wrong; what is only worth a warning is no failure.
fn exit(findings: &[Finding]) -> Exit {
    let wrong = || findings.iter().filter(|finding| finding.state == State::Wrong);
    if wrong().any(|finding| finding.is_key) {
        Exit::Key
    } else if wrong().next().is_some() {
        Exit::Failed
    } else {
        Exit::Done
    }
}

fn tell_json(findings: &[Finding]) -> Result<(), Stop> {
    let worst = findings.iter().map(|finding| finding.state).max().unwrap_or(State::Ok);
    let json = serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "state": worst, "checks": findings });
    print_json(&json.to_string())
}

fn tell(findings: &[Finding]) -> Result<(), Stop> {
    let paper = Paper::of_output();
    let width = findings.iter().map(|finding| finding.check.len()).max().unwrap_or(0);
    let mut out = io::stdout().lock();
    for Finding { check, state, found, mend, .. } in findings {
        let (word, style) = match state {
            State::Ok => ("ok", paper.theme.done),
            State::Warning => ("warning", paper.theme.warning),
            State::Wrong => ("wrong", paper.theme.failed),
        };
        let word = paper.paint(&Cell::styled(format!("{word:7}"), style));
        writeln!(out, "{word}  {check:width$}  {}", Shown::foreign(found.as_str()).as_str())?;
        if let Some(mend) = mend {
            writeln!(out, "{:7}  {:width$}  {}", "", "", Shown::foreign(format!("→ {mend}")).as_str())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_tells_the_worst_and_of_the_key_first() {
        let (ok, warning) = (Finding::ok("a", ""), Finding::warning("b", "", ""));
        let wrong = Finding::wrong("c", "", "");
        let key = Finding::wrong("d", "", "").of_key();
        assert_eq!(exit(&[ok.clone(), warning.clone()]), Exit::Done);
        assert_eq!(exit(&[ok, wrong.clone(), warning]), Exit::Failed);
        assert_eq!(exit(&[wrong, key]), Exit::Key);
    }
}
