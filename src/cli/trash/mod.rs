//! `lazyclerk trash`: the recovery copies of those who were deleted from this machine.

mod candidates;
mod restoring;

use super::{Exit, ask, harmless, key::KeyArguments, tell};
use crate::{
    app::{Deleted, Identifier, beginning},
    clerk::model::Timestamp,
    config::state_directory,
    trash::{KEPT, Kept, Trash, UserCopy, in_brief},
    ui::Shown,
};
use clap::{Args, Subcommand};
use color_eyre::eyre::WrapErr;
use jiff::tz::TimeZone;
use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
};
use tokio::runtime::Runtime;

#[derive(Debug, Args)]
pub(super) struct TrashArguments {
    #[command(subcommand)]
    command: TrashCommand,
}

#[derive(Debug, Subcommand)]
enum TrashCommand {
    /// List the copies, the latest first
    List {
        /// A JSON object for each, one a line
        #[arg(long)]
        json: bool,
    },
    /// Print all that a copy holds, as JSON
    Show {
        /// The id that the user had, or an identifier of theirs
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Make a new user from each copy, having said what does not come back
    Restore(RestoreArguments),
    /// Throw copies away for good: those named; without a name, those that are older than thirty days
    Purge(PurgeArguments),
}

#[derive(Debug, Args)]
struct RestoreArguments {
    /// The id that the user had, or an identifier of theirs
    #[arg(value_name = "ID", required_unless_present = "job")]
    ids: Vec<String>,
    /// All whom this job has deleted, and who were not restored yet
    #[arg(long, value_name = "JOB", conflicts_with = "ids")]
    job: Option<String>,
    /// Show each request that would be sent, and send none
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    key: KeyArguments,
    /// Send nothing that changes anything
    #[arg(long, env = "LAZYCLERK_READ_ONLY", value_parser = clap::builder::FalseyValueParser::new())]
    read_only: bool,
    /// Read the options from this file, instead of lazyclerk/config.toml where configurations are
    #[arg(long, value_name = "FILE", env = "LAZYCLERK_CONFIG")]
    config: Option<PathBuf>,
    /// Do it without asking
    #[arg(short, long)]
    yes: bool,
}

#[derive(Debug, Args)]
struct PurgeArguments {
    /// The id that the user had, or an identifier of theirs
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// All of them, of every instance
    #[arg(long, conflicts_with_all = ["ids", "older_than"])]
    all: bool,
    /// Those that are older than that: 7d, 12h, 2026-11-20
    #[arg(long, value_name = "AGE", conflicts_with = "ids")]
    older_than: Option<String>,
    /// Do it without asking
    #[arg(short, long)]
    yes: bool,
}

pub(super) fn run(runtime: &Runtime, arguments: TrashArguments) -> color_eyre::Result<Exit> {
    let trash = Trash::of(&state_directory()?);
    let ended = match arguments.command {
        TrashCommand::List { json } => list(&trash, json),
        TrashCommand::Show { id } => show(&trash, &id),
        TrashCommand::Restore(asked) => restoring::run(runtime, &trash, &asked),
        TrashCommand::Purge(asked) => purge(&trash, &asked),
    };
    match ended {
        // Who has read enough closes the pipe.
        Err(error) if is_closed_pipe(&error) => Ok(Exit::Done),
        ended => ended,
    }
}

fn is_closed_pipe(error: &color_eyre::Report) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn list(trash: &Trash, json: bool) -> color_eyre::Result<Exit> {
    let copies =
        trash.copies(|copy| Row { deleted: in_brief(copy, None), host: copy.host.clone(), job: copy.job.clone() })?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let is_seen = io::stdout().is_terminal();
    if copies.is_empty() && is_seen && !json {
        writeln!(out, "Nobody who was deleted from here is kept.")?;
    }
    for (mut row, restored_as) in copies {
        row.deleted.restored_as = restored_as;
        if json {
            writeln!(out, "{}", harmless(&row.to_json().to_string(), is_seen))?;
        } else {
            writeln!(out, "{}", Shown::foreign(row.line()).as_str())?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// A copy, as the list tells it.
struct Row {
    deleted: Deleted,
    host: String,
    job: Option<String>,
}

impl Row {
    /// `2026-11-23 17:00  user_2N…  ada@example.com (Ada Lovelace)  3 memberships, by kim on laptop at api.clerk.com`.
    fn line(&self) -> String {
        let Self { deleted, host, job } = self;
        let restored = deleted.restored_as.as_ref().map(|id| format!(", restored as {id}")).unwrap_or_default();
        let memberships = match deleted.memberships {
            None | Some(0) => String::new(),
            Some(1) => "1 membership, ".to_owned(),
            Some(count) => format!("{count} memberships, "),
        };
        let job = job.as_ref().map(|job| format!(", job {job}")).unwrap_or_default();
        let (at, by) = (local(deleted.at), &deleted.by);
        format!("{at}  {}  {}  {memberships}by {by} at {host}{job}{restored}", deleted.user, who(deleted))
    }

    fn to_json(&self) -> serde_json::Value {
        let Self { deleted, host, job } = self;
        serde_json::json!({
            "user_id": deleted.user,
            "identifier": deleted.person.identifier.as_ref().map(Identifier::as_str),
            "name": deleted.person.name,
            "deleted_at": deleted.at.to_jiff().map(|at| at.to_string()),
            "expires_at": deleted.at.plus(KEPT).to_jiff().map(|at| at.to_string()),
            "by": deleted.by,
            "host": host,
            "job": job,
            "memberships": deleted.memberships,
            "entry": deleted.record.0,
            "restored_as": deleted.restored_as,
        })
    }
}

/// `ada@example.com (Ada Lovelace)`, as far as that is known.
fn who(deleted: &Deleted) -> String {
    match (&deleted.person.identifier, &deleted.person.name) {
        (Some(identifier), Some(name)) => format!("{} ({name})", identifier.as_str()),
        (Some(identifier), None) => identifier.as_str().to_owned(),
        (None, Some(name)) => name.clone(),
        (None, None) => "without a name".to_owned(),
    }
}

/// In local time.
fn local(at: Timestamp) -> String {
    let at = at.to_jiff().map(|at| at.to_zoned_datetime(TimeZone::system()));
    at.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

fn show(trash: &Trash, id: &str) -> color_eyre::Result<Exit> {
    let found = match named(trash, id, |_| true)? {
        Ok(found) => found,
        Err(Unnamed { reason, exit }) => return Ok(refused(&reason, exit)),
    };
    let json = serde_json::to_string_pretty(&found.copy)?;
    let mut out = io::stdout().lock();
    let is_seen = out.is_terminal();
    for line in json.lines() {
        writeln!(out, "{}", harmless(line, is_seen))?;
    }
    Ok(Exit::Done)
}

/// Why a text names no copy, and how the program ends for it.
struct Unnamed {
    reason: String,
    exit: Exit,
}

/// The copy that a text names, among those that `is_meant` holds for; or why there is not exactly one.
fn named(trash: &Trash, text: &str, is_meant: impl Fn(&UserCopy) -> bool) -> color_eyre::Result<Result<Kept, Unnamed>> {
    let mut found = trash.find(|copy| names(text, copy))?;
    let elsewhere: Vec<String> =
        found.iter().filter(|kept| !is_meant(&kept.copy)).map(|kept| kept.copy.host.clone()).collect();
    found.retain(|kept| is_meant(&kept.copy));
    let ids = || found.iter().map(|kept| kept.copy.user.id.to_string()).collect::<Vec<_>>().join(", ");
    Ok(match (found.len(), elsewhere.first()) {
        (0, None) => Err(Unnamed {
            reason: format!("no copy of {text} is kept; lazyclerk trash list tells which are"),
            exit: Exit::NotFound,
        }),
        (0, Some(host)) => Err(Unnamed {
            reason: format!("the copy of {text} is of a user at {host}: give the key of that instance"),
            exit: Exit::Failed,
        }),
        (1, _) => Ok(found.remove(0)),
        (count, _) => Err(Unnamed {
            reason: format!("{text} names {count} copies, of {}: name one by its id", ids()),
            exit: Exit::Failed,
        }),
    })
}

/// Whether a text is the id of the user, or one of their identifiers.
fn names(text: &str, copy: &UserCopy) -> bool {
    let user = &copy.user;
    let emails = user.email_addresses.iter().map(|email| &email.email_address);
    let phones = user.phone_numbers.iter().map(|phone| &phone.phone_number);
    let wallets = user.web3_wallets.iter().map(|wallet| &wallet.web3_wallet);
    let others = [&user.username, &user.external_id].into_iter().flatten();
    let mut identifiers = emails.chain(phones).chain(wallets).chain(others);
    user.id.as_str() == text || identifiers.any(|identifier| identifier.eq_ignore_ascii_case(text))
}

fn purge(trash: &Trash, asked: &PurgeArguments) -> color_eyre::Result<Exit> {
    let now = Timestamp::from(jiff::Timestamp::now());
    if !asked.ids.is_empty() {
        let mut meant = Vec::new();
        for id in &asked.ids {
            let found = trash.find(|copy| names(id, copy))?;
            if found.is_empty() {
                return Ok(refused(&format!("no copy of {id} is kept; nothing was thrown away"), Exit::NotFound));
            }
            meant.extend(found.into_iter().map(|kept| kept.copy.whose()));
        }
        meant.sort();
        meant.dedup();
        return throw_away(meant.len(), asked.yes, || trash.remove(|whose| meant.contains(whose)));
    }
    if asked.all {
        let count = trash.copies(|_| ())?.len();
        return throw_away(count, asked.yes, || trash.clear());
    }
    let Some(typed) = &asked.older_than else {
        trash.expire(now, KEPT).wrap_err("not all that is older than thirty days is gone")?;
        return Ok(Exit::Done);
    };
    let Some(before) = beginning(typed, now, &TimeZone::system()) else {
        return Ok(refused(&format!("--older-than {typed}: not an age; try 7d, 12h or 2026-11-20"), Exit::Usage));
    };
    let count = trash.copies(|copy| copy.at)?.into_iter().filter(|(at, _)| *at <= before).count();
    throw_away(count, asked.yes, || trash.expire(now, now.since(before)))
}

/// Asks, and does it.
fn throw_away(
    count: usize,
    yes: bool,
    remove: impl FnOnce() -> Result<(), crate::trash::TrashError>,
) -> color_eyre::Result<Exit> {
    let copies = if count == 1 { "1 copy".to_owned() } else { format!("{count} copies") };
    if let Some(exit) = ask(&format!("Throw {copies} away for good?"), yes)? {
        return Ok(exit);
    }
    remove()?;
    writeln!(io::stdout(), "{copies} thrown away.")?;
    Ok(Exit::Done)
}

/// Tells why not. Texts that were typed are shown as what they are.
fn refused(reason: &str, exit: Exit) -> Exit {
    tell(&Shown::foreign(reason).as_str());
    exit
}
