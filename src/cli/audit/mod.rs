//! `lazyclerk audit`: what was changed from this machine, printed, followed, exported and verified.

mod print;
mod verify;

use super::Exit;
use crate::{
    app::beginning,
    audit::{self, AuditError, Ending, Filter, Follow, Found},
    clerk::model::Timestamp,
    config::state_directory,
};
use clap::{Args, Subcommand, ValueEnum};
use jiff::tz::TimeZone;
use print::{Form, Printer};
use std::{
    io::{self, IsTerminal},
    ops::ControlFlow,
    path::Path,
    thread,
    time::Duration,
};

/// How often who follows looks for news.
const LOOK: Duration = Duration::from_millis(250);
/// So many changes are shown before the news.
const BEFORE_NEWS: usize = 10;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct AuditArguments {
    #[command(flatten)]
    filter: FilterArguments,
    /// Only the latest so many
    #[arg(short = 'n', long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Each change of a job, instead of one line for all of them
    #[arg(long)]
    each: bool,
    /// A JSON object for each change, one a line; changes of jobs are not folded
    #[arg(long)]
    json: bool,
    /// Go on with what comes, the latest last, until it is stopped
    #[arg(short, long)]
    follow: bool,
    #[command(subcommand)]
    command: Option<AuditCommand>,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Write every change, the latest first, for other programs to read
    Export {
        /// JSON objects, one a line; or a table for spreadsheets
        #[arg(long, value_enum, default_value_t = ExportForm::Json)]
        format: ExportForm,
        #[command(flatten)]
        filter: FilterArguments,
    },
    /// Check that no line was changed, taken out or put in
    Verify {
        /// Check too that a line with this hash is in the log: one that verify told before, and that was kept elsewhere
        #[arg(long, value_name = "HASH")]
        contains: Option<audit::Hash>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExportForm {
    Json,
    Csv,
}

/// Which changes are meant.
#[derive(Debug, Args)]
struct FilterArguments {
    /// Made to a user whose id, identifier or name holds this text
    #[arg(long, value_name = "TEXT")]
    user: Option<String>,
    /// So called: ban, unban, delete, update …
    #[arg(long, value_name = "NAME")]
    action: Option<String>,
    /// That ended so
    #[arg(long, value_enum)]
    outcome: Option<Outcome>,
    /// Made then or later: 2026-11-20, today, 7d, 3h
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Made by somebody whose name or account holds this text
    #[arg(long, value_name = "TEXT")]
    actor: Option<String>,
    /// Made from this account of the machine
    #[arg(long, value_name = "NAME")]
    os_user: Option<String>,
    /// Part of this job
    #[arg(long, value_name = "ID")]
    job: Option<String>,
    /// Made to the instance at this host
    #[arg(long, value_name = "HOST")]
    host: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Outcome {
    /// Made
    Done,
    /// It was so already
    Unchanged,
    /// Made in part
    Partly,
    /// Not made
    Failed,
    /// No answer came, or none was recorded
    Unknown,
}

impl From<Outcome> for Ending {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Done,
            Outcome::Unchanged => Self::Unchanged,
            Outcome::Partly => Self::Partly,
            Outcome::Failed => Self::Failed,
            Outcome::Unknown => Self::Unknown,
        }
    }
}

impl FilterArguments {
    /// The filter; or what is wrong with it.
    fn read(self, now: Timestamp) -> Result<Filter, String> {
        let since = self.since.map(|typed| {
            let wrong = || format!("--since {typed}: not a time; try 2026-11-20, today, 7d or 3h");
            beginning(&typed, now, &TimeZone::system()).ok_or_else(wrong)
        });
        Ok(Filter {
            host: self.host,
            user: self.user,
            action: self.action.map(|action| action.replace([' ', '-'], "_")),
            ending: self.outcome.map(Ending::from),
            since: since.transpose()?,
            by: self.actor,
            job: self.job,
            os_user: self.os_user,
        })
    }
}

pub(super) fn run(arguments: AuditArguments) -> color_eyre::Result<Exit> {
    let directory = state_directory()?;
    let now = Timestamp::from(jiff::Timestamp::now());
    let (filter, asked) = match arguments.command {
        Some(AuditCommand::Verify { contains }) => return verify::run(&directory, contains),
        Some(AuditCommand::Export { format, filter }) => {
            let form = match format {
                ExportForm::Json => Form::Json,
                ExportForm::Csv => Form::Csv,
            };
            (filter, Asked { form, folded: false, limit: usize::MAX, follow: false })
        }
        None => {
            let form = if arguments.json { Form::Json } else { Form::Table };
            let folded = !arguments.each && !arguments.json;
            let limit = arguments.limit.unwrap_or(if arguments.follow { BEFORE_NEWS } else { usize::MAX });
            (arguments.filter, Asked { form, folded, limit, follow: arguments.follow })
        }
    };
    let filter = match filter.read(now) {
        Ok(filter) => filter,
        Err(fault) => {
            super::tell(&fault);
            return Ok(Exit::Usage);
        }
    };
    let out = io::stdout();
    let mut printer = Printer::new(asked.form, out.is_terminal(), io::BufWriter::new(out.lock()));
    let ended = if asked.follow {
        follow(&directory, &filter, &asked, &mut printer)
    } else {
        print_all(&directory, &filter, &asked, &mut printer)
    };
    match ended {
        // Who has read enough closes the pipe.
        Err(PrintError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(PrintError::Output(error)) => Err(error.into()),
        Err(PrintError::Audit(error)) => Err(error.into()),
        Ok(()) => Ok(Exit::Done),
    }
}

/// What is to be printed, and how.
struct Asked {
    form: Form,
    folded: bool,
    limit: usize,
    follow: bool,
}

/// Why it could not be printed.
enum PrintError {
    Audit(AuditError),
    Output(io::Error),
}

impl From<AuditError> for PrintError {
    fn from(error: AuditError) -> Self {
        Self::Audit(error)
    }
}

impl From<io::Error> for PrintError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Prints what passes, the latest first.
fn print_all(
    directory: &Path,
    filter: &Filter,
    asked: &Asked,
    printer: &mut Printer<impl io::Write>,
) -> Result<(), PrintError> {
    printer.begin()?;
    let (mut left, mut written) = (asked.limit, Ok(()));
    if left > 0 {
        audit::search(directory, filter, asked.folded, |found| {
            written = printer.print(&found);
            left -= 1;
            if written.is_err() || left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    written?;
    printer.end()?;
    Ok(())
}

/// Prints the latest few in the order in which they were made, and then what comes, without end.
fn follow(
    directory: &Path,
    filter: &Filter,
    asked: &Asked,
    printer: &mut Printer<impl io::Write>,
) -> Result<(), PrintError> {
    let mut follow = Follow::from_now(directory.to_owned())?;
    let mut latest: Vec<Found> = Vec::new();
    if asked.limit > 0 {
        audit::search(directory, filter, asked.folded, |found| {
            latest.push(found);
            if latest.len() == asked.limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    printer.begin()?;
    for found in latest.iter().rev() {
        printer.print(found)?;
    }
    loop {
        // A job is told as it begins, and each of its changes as it ends.
        for found in follow.news()?.iter().filter(|found| filter.lets_through(found)) {
            printer.print(found)?;
        }
        printer.flush()?;
        thread::sleep(LOOK);
    }
}
