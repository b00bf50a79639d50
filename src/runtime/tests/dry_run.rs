//! In a dry run, everything that can be asked for, asked for: a server that is asked for it sees nothing but GET, what was
//! kept back is told, and the log says that it was a dry run.

use super::read_only::{carry_out, copy_of_the_user, everything, performer, server, writes, written};
use crate::{
    app::{Failure, Reply, Work, job::JobRequest},
    clerk::Unsent,
    runtime::{Restraint, recorded::now},
    trash::{Line, Trash},
};
use serde_json::Value;
use std::{fs, path::Path};
use tempfile::TempDir;

const DRY_RUN: Restraint = Restraint { read_only: false, dry_run: true, share: None };

/// What was kept back, where that is what came of it.
fn kept_back(reply: &Reply) -> Option<&[Unsent]> {
    let failure = match reply {
        Reply::Changed { result, .. } => result.as_ref().err(),
        Reply::Job { result, .. } => result.as_ref().err(),
        Reply::Purged { result, .. } => result.as_ref().err(),
        _ => None,
    };
    match failure? {
        Failure::DryRun(kept_back) => Some(kept_back),
        _ => None,
    }
}

/// The lines of the audit log.
fn audited(state: &Path) -> Vec<Value> {
    let log = fs::read_to_string(state.join("audit.jsonl")).unwrap_or_default();
    log.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn whatever_is_asked_for_nothing_but_get_leaves_and_it_is_told() {
    let files = TempDir::new().unwrap();
    for work in everything(files.path()).into_iter().filter(|work| !matches!(work, Work::ReadOnly(_))) {
        let (server, state) = (server(&work).await, TempDir::new().unwrap());
        let trash = Trash::of(state.path());
        trash.append(now(), &[Line::Copy(Box::new(copy_of_the_user(&server.address().to_string())))]).unwrap();
        let replies = carry_out(performer(&server, state.path(), DRY_RUN), [work.clone()]).await;
        assert_eq!(written(&server).await, 0, "{work:?}");
        let copies = trash.copies(|_| ()).unwrap();
        assert!(matches!(copies[..], [((), None)]), "{work:?}: {copies:?}");
        if matches!(work, Work::Purge(..)) {
            assert!(replies.iter().any(|reply| kept_back(reply).is_some()), "{replies:?}");
        } else if writes(&work) {
            let [reply] = &replies[..] else { panic!("{work:?}: {replies:?}") };
            let kept_back = kept_back(reply).unwrap_or_else(|| panic!("{work:?}: {reply:?}"));
            // What a job would send the question about it shows.
            assert_eq!(kept_back.is_empty(), matches!(work, Work::Job(..)), "{work:?}");
            let lines = audited(state.path());
            assert!(lines.len() == 1 && lines[0]["dry_run"] == true, "{work:?}: {lines:?}");
        } else {
            assert!(audited(state.path()).iter().all(|line| line.get("dry_run").is_none()), "{work:?}");
        }
    }
}

#[tokio::test]
async fn a_job_that_broke_off_is_neither_gone_on_with_nor_given_up() {
    let files = TempDir::new().unwrap();
    let ban = everything(files.path()).swap_remove(0);
    let Work::Change(change) = &ban else { panic!("{ban:?}") };
    let (server, state) = (server(&ban).await, TempDir::new().unwrap());
    let journal = state.path().join("jobs/broken.jsonl");
    fs::create_dir_all(journal.parent().unwrap()).unwrap();
    fs::write(&journal, "as it was").unwrap();
    let asked = [JobRequest::GoOn(journal.clone()), JobRequest::GiveUp(journal.clone())];
    let works = asked.map(|request| Work::Job(change.id, request));
    let replies = carry_out(performer(&server, state.path(), DRY_RUN), works).await;
    assert!(replies.len() == 2 && replies.iter().all(|reply| kept_back(reply).is_some()), "{replies:?}");
    assert_eq!(fs::read_to_string(&journal).unwrap(), "as it was");
    assert!(audited(state.path()).is_empty());
}
