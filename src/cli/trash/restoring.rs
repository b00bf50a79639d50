//! `lazyclerk trash restore`: new users from copies.

use super::{RestoreArguments, Unnamed, candidates::candidates, local, refused, who};
use crate::{
    app::{Changed, Deleted, Failure, Grounds, Lost, Made, counted, grouped},
    clerk::{InstanceKind, model::Timestamp},
    cli::{Exit, ask, harmless, progress::Progress, signals::Signals},
    config::{Config, state_directory},
    runtime::{Performer, Restraint, Target},
    trash::{Kept, Trash, in_brief, requests},
    ui::Shown,
};
use futures_util::{StreamExt, stream};
use std::io::{self, IsTerminal, Write};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

/// So many are restored at the same time.
const AT_ONCE: usize = 8;
/// So many are told with all that does not come back of them.
const FEW: usize = 10;

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
    let found = match candidates(trash, asked, &host)? {
        Ok(found) => found,
        Err(Unnamed { reason, exit }) => return Ok(refused(&format!("{reason}; nobody was restored"), exit)),
    };
    if asked.dry_run {
        tell_requests(&found)?;
        return Ok(Exit::Done);
    }
    tell_beforehand(&found)?;
    let badge = if kind == InstanceKind::Production { " PRODUCTION" } else { "" };
    let users = match found.len() {
        1 => "this user".to_owned(),
        count => format!("these {}", counted(count, "user", "users")),
    };
    if let Some(exit) = ask(&format!("Make {users} anew at {}{badge}?", key.name()), asked.yes)? {
        return Ok(exit);
    }
    let restraint =
        Restraint { read_only: asked.read_only || config.read_only.is_on(), dry_run: false, share: config.rate_share };
    let performer = Performer::new(Target::Instance(key.connection), state_directory()?, restraint);
    runtime.block_on(restore(&performer, found))
}

/// Restores them, some at once, and tells what became of each. A signal lets what is under way end, and begins no other.
async fn restore(performer: &Performer, found: Vec<Kept>) -> color_eyre::Result<Exit> {
    let all = found.len();
    let mut signals = match Signals::new() {
        Ok(signals) => signals,
        Err(stop) => return Ok(stop.tell(false)),
    };
    let stopped = CancellationToken::new();
    let restored = stream::iter(found).take_until(stopped.cancelled()).map(async |kept| {
        let deleted = in_brief(&kept.copy, kept.restored_as.clone());
        let grounds = Grounds { undoes: Some(deleted.record.clone()), reason: None };
        let result = performer.restore_one_of_many(kept, &grounds).await;
        (deleted, result)
    });
    let mut restored = std::pin::pin!(restored.buffered(AT_ONCE));
    let (line, mut signalled) = (Progress::new(), None);
    let (mut ended, mut whole) = (0, 0);
    loop {
        let (deleted, result) = tokio::select! {
            next = restored.next() => match next {
                Some(next) => next,
                None => break,
            },
            exit = signals.next() => {
                signalled = Some(exit);
                stopped.cancel();
                continue;
            }
        };
        ended += 1;
        line.clear();
        whole += usize::from(tell_outcome(&deleted, result)?);
        line.tell_part(ended as u64, 0, Some(all as u64), "users");
    }
    line.clear();
    if all > 1 {
        say(&format!("{} of {} restored with all of it.", grouped(whole as u64), counted(all, "user", "users")))?;
    }
    if ended < all {
        say("Stopped: the same command goes on with the others.")?;
    }
    Ok(signalled.unwrap_or(if whole == all { Exit::Done } else { Exit::Failed }))
}

/// Says who comes back, and what of them does not: of each where they are few, taken together where they are many.
fn tell_beforehand(found: &[Kept]) -> io::Result<()> {
    let deleted: Vec<Deleted> = found.iter().map(|kept| in_brief(&kept.copy, kept.restored_as.clone())).collect();
    if deleted.len() <= FEW {
        return deleted.iter().try_for_each(tell_one_beforehand);
    }
    for deleted in &deleted[..FEW] {
        say(&who_and_when(deleted))?;
    }
    say(&format!("and {}", counted(deleted.len() - FEW, "other", "others")))?;
    say("  comes back: a new user for each, with the same identifiers, names, metadata and memberships")?;
    say(&format!("  does not come back: {}", Lost::together(deleted.iter().map(|deleted| &deleted.lost))))
}

fn tell_one_beforehand(deleted: &Deleted) -> io::Result<()> {
    let words = deleted.words(false);
    say(&who_and_when(deleted))?;
    say(&format!("  comes back: {}", words.now))?;
    say(&format!("  does not come back: {}", words.kept))
}

fn who_and_when(deleted: &Deleted) -> String {
    format!("{}, {}, deleted {} by {}", who(deleted), deleted.user, local(deleted.at), deleted.by)
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
