//! Carrying an import out, with progress, until it ends or a signal stops it.

use super::{ImportArguments, Read, told, write_report};
use crate::{
    cli::{Exit, fault::Stop, form::remark, instance::Opened, progress::Progress as Line, signals::Signals},
    import::{Broken, Import, ImportError, Journal, Progress, Told},
};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Sends what is to be sent. How the program ends.
pub(super) async fn carry_out(
    asked: ImportArguments,
    mut read: Read,
    journal: Journal,
    before: Told,
    opened: &Opened,
) -> Result<Exit, Stop> {
    let report = asked.what.report.clone().unwrap_or_else(|| journal.path().with_extension("csv"));
    let file = read.file.try_clone().map_err(|error| Stop::failed(error.to_string()))?;
    let import = Import {
        clerk: opened.performer.clerk().await?.in_background(),
        audit: opened.performer.audit().await?,
        journal,
        told: before,
        file,
        mapping: read.mapping.clone(),
        reason: asked.asking.reason.clone(),
    };
    let of = read.to_create(Some(&import.told));
    let (ended, signalled) = until_the_end(import, of).await?;
    let (told, broken) = match ended {
        Ok(told) => (told, None),
        Err(ImportError { why, told }) => (*told, Some(why)),
    };
    // What was done is told also where it cannot be written down.
    let reported = write_report(&report, &mut read, Some(&told));
    let counts = told::outcome(&read, &told, reported.is_ok().then_some(report.as_path()), asked.form)?;
    reported?;
    match (broken, signalled) {
        (Some(why), _) => Err(stop_of(why).about("broken off")),
        (None, Some(exit)) => {
            remark("Stopped.");
            Ok(exit)
        }
        (None, None) if counts.is_all() && read.survey.faulty == 0 => Ok(Exit::Done),
        (None, None) => Ok(Exit::Failed),
    }
}

/// Why it broke off.
pub(super) fn stop_of(why: Broken) -> Stop {
    match why {
        Broken::Clerk(error) => error.into(),
        other => Stop::failed(other.to_string()),
    }
}

async fn until_the_end(import: Import, of: u64) -> Result<(Result<Told, ImportError>, Option<Exit>), Stop> {
    let mut signals = Signals::new()?;
    let (stop, (progress, mut made)) = (CancellationToken::new(), watch::channel(Progress::default()));
    let (line, mut signalled, mut before) = (Line::new(), None, None);
    let mut work = std::pin::pin!(import.run(&stop, &progress));
    let ended = loop {
        let exit = tokio::select! {
            ended = &mut work => break ended,
            Ok(()) = made.changed() => {
                let Progress { created, failed } = *made.borrow_and_update();
                let before = *before.get_or_insert(created + failed);
                line.tell_part(created + failed, before, Some(of), "users");
                continue;
            }
            exit = signals.next() => exit,
        };
        signalled = Some(exit);
        stop.cancel();
    };
    line.clear();
    Ok((ended.map(|(_, told)| told), signalled))
}
