//! Who is to be restored: those named, or all whom a job has deleted.

use super::{RestoreArguments, Unnamed, named};
use crate::{
    app::counted,
    cli::Exit,
    trash::{Kept, Trash},
};

/// The copies that are asked for, each once, of users of the instance at `host`; or why they are not to be had.
pub(super) fn candidates(
    trash: &Trash,
    asked: &RestoreArguments,
    host: &str,
) -> color_eyre::Result<Result<Vec<Kept>, Unnamed>> {
    if let Some(job) = &asked.job {
        return of_job(trash, job, host);
    }
    let mut found: Vec<Kept> = Vec::new();
    for id in &asked.ids {
        match named(trash, id, |copy| copy.host == host)? {
            Ok(kept) if found.iter().any(|other| other.copy.user.id == kept.copy.user.id) => {}
            Ok(kept) => found.push(kept),
            Err(unnamed) => return Ok(Err(unnamed)),
        }
    }
    Ok(Ok(found))
}

/// Whom a job has deleted, the first first, without those who were restored: the same command goes on.
fn of_job(trash: &Trash, job: &str, host: &str) -> color_eyre::Result<Result<Vec<Kept>, Unnamed>> {
    let refused = |reason: String, exit| Err(Unnamed { reason, exit });
    let mut found = trash.find(|copy| copy.job.as_deref() == Some(job))?;
    found.reverse();
    let all = found.len();
    if let Some(elsewhere) = found.iter().find(|kept| kept.copy.host != host) {
        let host = &elsewhere.copy.host;
        let reason = format!("the job {job} has deleted users at {host}: give the key of that instance");
        return Ok(refused(reason, Exit::Failed));
    }
    found.retain(|kept| kept.restored_as.is_none());
    Ok(match (all, found.len()) {
        (0, _) => refused(
            format!("no copy of the job {job} is kept; lazyclerk trash list --json names the job of each"),
            Exit::NotFound,
        ),
        (all, 0) => refused(
            format!("all {} of the job {job} were restored already", counted(all, "user", "users")),
            Exit::Failed,
        ),
        _ => Ok(found),
    })
}
