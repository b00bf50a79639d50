//! `lazyclerk export`: users as a file.

use super::{
    Exit,
    fault::Stop,
    form::remark,
    instance::InstanceArguments,
    progress::Progress,
    seen::Seen,
    signals::Signals,
    users::{FilterArguments, OrderArguments, now},
};
use crate::{
    app::{
        export::{Column, Field, Format, Sheet},
        grouped,
    },
    clerk::{
        Clerk,
        model::Timestamp,
        query::{PageLimit, PageStart, UserPage, UserQuery},
        users::UserPages,
    },
    export::{Begun, Broken, Ended, Export, ExportError, Output, Part, Position, Source},
};
use clap::{Args, builder::PossibleValuesParser};
use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};
use strum::VariantNames;
use tokio::{runtime::Runtime, sync::watch};
use tokio_util::sync::CancellationToken;

#[derive(Debug, Args)]
#[command(after_help = "\
JSON has users as Clerk tells them, with all metadata, unless columns are chosen. In CSV no cell is a formula, dates are \
as 2026-01-31T09:30:00Z, metadata is JSON. Digests of passwords are in neither: Clerk's API tells them to nobody.

A file is there whole or not at all. One that broke off stands beside, with .part behind its name, and --resume goes on.

Exit codes: 0 done, 1 broken off, 2 wrong usage, 3 no key or a wrong one, 130 interrupted.")]
pub(super) struct ExportArguments {
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    order: OrderArguments,
    #[command(flatten)]
    file: FileArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
struct FileArguments {
    /// Write to this file, in the place of what is there; only its owner can read it
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// In this form [default: as the file's name ends; ndjson on standard output]
    #[arg(short, long, value_name = "FORM", value_parser = PossibleValuesParser::new(Format::VARIANTS))]
    format: Option<String>,
    #[arg(
        help = "With these columns, with commas between: id,email_address,public_metadata.plan; --columns help lists them"
    )]
    #[arg(short, long, value_name = "COLUMNS")]
    columns: Option<String>,
    /// Go on with an export that broke off: the same command as then
    #[arg(long, requires = "out")]
    resume: bool,
}

pub(super) fn run(runtime: &Runtime, arguments: ExportArguments) -> Exit {
    runtime.block_on(arguments.run()).unwrap_or_else(|stop| stop.tell(false))
}

impl FileArguments {
    /// The file; none for standard output.
    fn file(&self) -> Option<&Path> {
        self.out.as_deref().filter(|path| path.as_os_str() != "-")
    }

    fn sheet(&self) -> Result<Sheet, Stop> {
        let chosen = self.format.as_deref().and_then(|format| format.parse().ok());
        let named = |path: &Path| {
            let told = path.file_name().and_then(|name| Format::of_name(&name.to_string_lossy()));
            told.ok_or_else(|| Stop::usage(format!("{}: in which form? Say it with --format", path.display())))
        };
        let format = match (chosen, self.file()) {
            (Some(format), _) => format,
            (None, Some(path)) => named(path)?,
            (None, None) => Format::Ndjson,
        };
        let columns = self.columns.as_deref().map(Column::list).transpose();
        Ok(Sheet::new(format, columns.map_err(|error| Stop::usage(error.to_string()))?))
    }

    /// Where to, and how far it is. The file is begun, or gone on with where it is of the same.
    fn open(&self, of: String, at: Timestamp) -> Result<(Output, Position), Stop> {
        let begin = Position { of, at: at.as_millis(), ..Position::default() };
        let Some(path) = self.file() else {
            let out = io::stdout();
            let output: Output = if out.is_terminal() {
                Output::Stream(Box::new(Seen::new(out)))
            } else {
                Output::Stream(Box::new(out))
            };
            return Ok((output, begin));
        };
        let failed = |error: io::Error| Stop::failed(format!("{} cannot be written: {error}", path.display()));
        // A device or a pipe is written to, and not replaced.
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
            let out = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
            let output = if out.is_terminal() {
                Output::Stream(Box::new(Seen::new(out)))
            } else {
                Output::Stream(Box::new(out))
            };
            return Ok((output, begin));
        }
        if path.is_dir() {
            return Err(Stop::usage(format!("{} is a folder", path.display())));
        }
        match Part::open(path, self.resume).map_err(failed)? {
            Begun::Anew(part) => Ok((Output::File(part), begin)),
            Begun::Further(_, position) if position.of != begin.of => Err(Stop::usage(format!(
                "{}.part is of another instance, filter, order, form or columns; without --resume it is begun anew",
                path.display()
            ))),
            Begun::Further(part, position) => {
                remark(&format!("Goes on behind {}.", users(position.rows)));
                Ok((Output::File(part), position))
            }
        }
    }
}

impl ExportArguments {
    async fn run(self) -> Result<Exit, Stop> {
        if self.file.columns.as_deref() == Some("help") {
            return list_columns();
        }
        let sheet = self.file.sheet()?;
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?;
        let broken_off = self.file.file().filter(|_| self.file.resume).and_then(Part::position_of);
        let at = broken_off.map_or_else(now, |position| Timestamp::from_millis(position.at));
        let query = self.order.of(self.filter.read_at(&opened, at).await?);
        let (about, users) = (clerk.instance(), clerk.users());
        let (instance, count) = tokio::join!(about.get(), users.count(&query.filter));
        let of = what(instance?.value.id.as_str(), &sheet, &query);
        let (output, position) = self.file.open(of, at)?;
        let pages = UserPages::behind(query, position.recent.clone(), position.read);
        let (before, total) = (position.rows, count.ok().map(|answer| answer.value));
        let export = Export { source: Source::matching(pages, total), sheet, output, position };
        let (ended, signal) = carry_out(export, &clerk.in_background(), before, total).await?;
        self.tell(ended, signal)
    }

    /// Tells how it ended.
    fn tell(&self, ended: Result<Ended, ExportError>, signal: Option<Exit>) -> Result<Exit, Stop> {
        let place = self.file.file().map(|path| path.display().to_string());
        let goes_on = |rows: u64| match &place {
            Some(place) => format!("{} in {place}.part; the same command with --resume goes on", are(rows)),
            None => format!("{} written", are(rows)),
        };
        match ended {
            Ok(Ended::Whole(rows)) => {
                let to = place.map(|place| format!(" to {place}")).unwrap_or_default();
                remark(&format!("{} exported{to}.", users(rows)));
                Ok(Exit::Done)
            }
            Ok(Ended::Stopped(rows)) => {
                remark(&format!("Stopped: {}.", goes_on(rows)));
                Ok(signal.unwrap_or(Exit::Interrupted))
            }
            Err(ExportError { why: Broken::Output(error), .. }) if place.is_none() => Err(error.into()),
            Err(ExportError { why, rows }) => {
                remark(&format!("Broken off: {}.", goes_on(rows)));
                Err(match why {
                    Broken::Clerk(error) => error.into(),
                    Broken::Output(error) => {
                        Stop::failed(format!("{} cannot be written: {error}", place.unwrap_or_default()))
                    }
                    other @ Broken::Row(_) => Stop::failed(other.to_string()),
                })
            }
        }
    }
}

/// Exports, telling how far it is, until it ends or a signal asks for that; which.
async fn carry_out(
    export: Export,
    clerk: &Clerk,
    before: u64,
    total: Option<u64>,
) -> Result<(Result<Ended, ExportError>, Option<Exit>), Stop> {
    let mut signals = Signals::new()?;
    let (stop, (told, mut written)) = (CancellationToken::new(), watch::channel(before));
    let (progress, mut signalled) = (Progress::new(), None);
    let mut work = std::pin::pin!(export.run(clerk, &stop, told, true));
    let ended = loop {
        let exit = tokio::select! {
            ended = &mut work => break ended,
            Ok(()) = written.changed() => {
                progress.tell_part(*written.borrow_and_update(), before, total, "users");
                continue;
            }
            exit = signals.next() => exit,
        };
        signalled = Some(exit);
        stop.cancel();
    };
    progress.clear();
    Ok((ended, signalled))
}

/// What is exported, and how: who goes on has to ask for the same.
fn what(instance: &str, sheet: &Sheet, query: &UserQuery) -> String {
    let columns = sheet.columns().map(|columns| columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
    let parameters = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX }.to_parameters(query);
    let parameters: Vec<String> = parameters.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{instance} {} {} {}", sheet.format(), columns.unwrap_or_default(), parameters.join("&"))
}

fn list_columns() -> Result<Exit, Stop> {
    let mut out = io::stdout().lock();
    for name in Field::VARIANTS {
        io::Write::write_all(&mut out, format!("{name}\n").as_bytes())?;
    }
    io::Write::write_all(
        &mut out,
        b"public_metadata.KEY, private_metadata.KEY, unsafe_metadata.KEY, and deeper: .KEY.KEY\n",
    )?;
    Ok(Exit::Done)
}

/// `1 user`, `3,214 users`.
fn users(count: u64) -> String {
    format!("{} {}", grouped(count), if count == 1 { "user" } else { "users" })
}

/// `1 user is`, `3,214 users are`.
fn are(count: u64) -> String {
    format!("{} {}", users(count), if count == 1 { "is" } else { "are" })
}
