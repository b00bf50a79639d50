//! Taking an import back: deleting whom it created.

use crate::{
    app::{MarkList, RecordId, job::JobAct},
    clerk::model::UserId,
    cli::{
        Exit,
        fault::Stop,
        form::{FormArguments, remark},
        instance::Opened,
        users::{AskingArguments, Meant, act_on_meant, look_up, nobody},
    },
    import::{Journal, Outcome, Told},
};
use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

/// Deletes whom an import created, as a job like any other: with copies, a record, and what is protected spared.
pub(super) async fn undo(
    run: &str,
    state: &Path,
    asking: &AskingArguments,
    form: FormArguments,
    opened: &mut Opened,
) -> Result<Exit, Stop> {
    let (journal, told) = of(run, state)?;
    opened.prepare(asking.dry_run).await?;
    let here = opened.clerk().await?.instance().get().await?.value.id;
    if here.as_str() != told.header.instance_id {
        return Err(Stop::usage(format!("the import {run} was to another instance, {}", told.header.instance)));
    }
    let entries: HashMap<&str, &str> = told
        .rows
        .values()
        .filter_map(|sent| match &sent.outcome {
            Some(Outcome::Created { user }) => Some((user.as_str(), sent.entry.as_str())),
            _ => None,
        })
        .collect();
    let ids: Vec<&str> = told.created().map(UserId::as_str).collect();
    let list = MarkList::read(format!("the import {run}"), &ids.join("\n"));
    let (mut targets, gone) = look_up(opened, list).await?;
    if !gone.is_empty() {
        remark(&format!("{} of {} are gone already.", gone.len(), ids.len()));
    }
    if targets.is_empty() {
        remark("Nothing was sent: nobody of this import is there.");
        if !asking.dry_run {
            take_back(&journal, &told, opened).await?;
        }
        return nobody(JobAct::Delete { copies: true }, opened, form);
    }
    for target in &mut targets {
        target.undoes = entries.get(target.id.as_str()).map(|entry| (*entry).to_owned());
    }
    let meant = Meant { targets, unmatched: Vec::new(), chosen: format!("created by the import {run}") };
    let act = JobAct::Delete { copies: true };
    let done = act_on_meant(act, meant, Some(RecordId(run.to_owned())), false, asking, form, opened).await;
    if !asking.dry_run {
        take_back(&journal, &told, opened).await?;
    }
    done
}

/// Writes down whom the import made who is gone by now: it is not said to have created them any more.
async fn take_back(journal: &Path, told: &Told, opened: &Opened) -> Result<(), Stop> {
    let ids: Vec<&str> = told.created().map(UserId::as_str).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let (_, gone) = look_up(opened, MarkList::read("the import".to_owned(), &ids.join("\n"))).await?;
    let gone: HashSet<&str> = gone.iter().map(|unmatched| unmatched.text.as_str()).collect();
    let is_gone =
        |outcome: &Option<Outcome>| matches!(outcome, Some(Outcome::Created { user }) if gone.contains(user.as_str()));
    let rows: Vec<u64> = told.rows.iter().filter(|(_, sent)| is_gone(&sent.outcome)).map(|(row, _)| *row).collect();
    let written = Journal::take_up(journal).and_then(|taken| match taken {
        Some((mut journal, _)) if !rows.is_empty() => journal.take_back(rows),
        _ => Ok(()),
    });
    written.map_err(|error| Stop::failed(format!("they are gone, which could not be written down: {error}")))
}

/// The import that is named, by the beginning of its id at least.
fn of(run: &str, state: &Path) -> Result<(PathBuf, Told), Stop> {
    let all = Journal::all(state).map_err(|error| Stop::failed(error.to_string()))?;
    let mut found = all.into_iter().filter(|(_, told)| told.header.run.starts_with(run));
    match (found.next(), found.next()) {
        (Some(found), None) => Ok(found),
        (Some(_), Some(_)) => Err(Stop::usage(format!("more than one import begins with {run}"))),
        (None, _) => Err(Stop::not_found(format!("there is no import {run} on this machine; --runs lists them"))),
    }
}
