//! `lazyclerk trash restore`: new users from copies.

use super::{RestoreArguments, local, named, refused, who};
use crate::{
    app::{ChangeId, Changed, Deleted, Failure, Grounds, Made, Restoration},
    clerk::{InstanceKind, model::Timestamp},
    cli::{Exit, ask, harmless},
    config::{Config, state_directory},
    runtime::{Perform, Performer, Restraint, Target},
    trash::{Kept, Trash, in_brief, requests},
    ui::Shown,
};
use std::io::{self, IsTerminal, Write};
use tokio::runtime::Runtime;

pub(super) fn run(runtime: &Runtime, trash: &Trash, asked: &RestoreArguments) -> color_eyre::Result<Exit> {
    let config = match Config::read(asked.config.as_deref().filter(|path| !path.as_os_str().is_empty())) {
        Ok(config) => config,
        Err(error) => return Ok(refused(&error.to_string(), Exit::Usage)),
    };
    let (key, config) = match asked.key.find(config) {
        Ok(found) => found,
        Err(error) => return Ok(refused(&error.to_string(), Exit::Key)),
    };
    let (host, kind) = (key.host().to_owned(), key.instance_kind());
    let mut found: Vec<Kept> = Vec::new();
    for id in &asked.ids {
        match named(trash, id, |copy| copy.host == host)? {
            Ok(kept) if found.iter().any(|other| other.copy.user.id == kept.copy.user.id) => {}
            Ok(kept) => found.push(kept),
            Err(reason) => return Ok(refused(&format!("{reason}; nobody was restored"), Exit::Failed)),
        }
    }
    let deleted: Vec<Deleted> = found.iter().map(|kept| in_brief(&kept.copy, kept.restored_as.clone())).collect();
    if asked.dry_run {
        tell_requests(&found)?;
        return Ok(Exit::Done);
    }
    for deleted in &deleted {
        tell_beforehand(deleted)?;
    }
    let badge = if kind == InstanceKind::Production { " PRODUCTION" } else { "" };
    let users = if deleted.len() == 1 { "this user".to_owned() } else { format!("these {} users", deleted.len()) };
    if let Some(exit) = ask(&format!("Make {users} anew at {}{badge}?", key.name()), asked.yes)? {
        return Ok(exit);
    }
    let restraint = Restraint { read_only: asked.read_only || config.read_only.is_on(), share: config.rate_share };
    let performer = Performer::new(Target::Instance(key.connection), state_directory()?, restraint);
    let mut exit = Exit::Done;
    for (number, deleted) in (1..).zip(deleted) {
        let grounds = Grounds { undoes: Some(deleted.record.clone()), reason: None };
        let restoration = Restoration { id: ChangeId(number), deleted: deleted.clone(), grounds };
        let result = runtime.block_on(performer.restore(restoration));
        if !tell_outcome(&deleted, result)? {
            exit = Exit::Failed;
        }
    }
    Ok(exit)
}

fn tell_beforehand(deleted: &Deleted) -> io::Result<()> {
    let words = deleted.words(false);
    let (at, by) = (local(deleted.at), &deleted.by);
    say(&format!("{}, {}, deleted {at} by {by}", who(deleted), deleted.user))?;
    say(&format!("  comes back: {}", words.now))?;
    say(&format!("  does not come back: {}", words.kept))
}

/// Whether all of it came back.
fn tell_outcome(deleted: &Deleted, result: Result<Changed, Failure>) -> io::Result<bool> {
    let words = deleted.words(false);
    match result {
        Ok(Changed { made: Made::Restored { user, left_out }, unrecorded_outcome, .. }) => {
            say(&format!("Restored {} as {}.", deleted.call(false), user.id))?;
            for left in &left_out {
                say(&format!("  left out: {left}"))?;
            }
            if let Some(reason) = &unrecorded_outcome {
                say(&format!("  the outcome could not be recorded: {reason}"))?;
            }
            Ok(left_out.is_empty() && unrecorded_outcome.is_none())
        }
        Ok(_) => Ok(false),
        Err(failure) => {
            say(&format!("{}: {failure}", words.failed))?;
            Ok(false)
        }
    }
}

/// What would be sent for each, as it would be.
fn tell_requests(found: &[Kept]) -> io::Result<()> {
    let now = Timestamp::from(jiff::Timestamp::now());
    let is_seen = io::stdout().is_terminal();
    for kept in found {
        for request in requests(&kept.copy, now) {
            say(&format!("{} {}", request.method, request.path))?;
            writeln!(io::stdout(), "  {}", harmless(&request.body.to_string(), is_seen))?;
        }
        say(&format!("Would not come back: {}.", in_brief(&kept.copy, None).lost))?;
    }
    say("Nothing was sent.")
}

/// Prints a line; what a terminal may act on in it is shown by a substitute.
fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{}", Shown::foreign(line).as_str())
}
