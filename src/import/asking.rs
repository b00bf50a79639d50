//! Asking who exists already, before anybody is created.

use super::{
    Broken, Existing, Mapping, Told,
    drafts::Drafts,
    question::{Match, Question},
};
use crate::clerk::{Clerk, Error, query::PageLimit};
use std::{collections::BTreeMap, fs::File};
use tokio::task::JoinSet;

/// About so many rows is asked at the same time.
const TOGETHER: usize = 400;
/// So Clerk answers what it does not take for a filter.
const NOT_TAKEN: [u16; 2] = [400, 422];

/// Asks who exists already of those whom a file makes: by their rows, and by every identifier of each. It is not asked about
/// rows of which `told` knows that somebody was made, or may have been: these are the import's own. `progress` is told how
/// many rows are done.
///
/// # Errors
///
/// When Clerk cannot be asked, or its answer not be trusted, or the file cannot be read.
pub async fn who_exists(
    clerk: &Clerk,
    file: File,
    mapping: &Mapping,
    told: &Told,
    progress: &mut dyn FnMut(u64),
) -> Result<BTreeMap<u64, Existing>, Broken> {
    let mut drafts = Drafts::of(file, mapping.clone(), TOGETHER);
    let asked = ask_all(clerk, &mut drafts, told, progress).await;
    let read = drafts.end().await;
    let existing = asked?;
    read?;
    Ok(existing)
}

async fn ask_all(
    clerk: &Clerk,
    drafts: &mut Drafts,
    told: &Told,
    progress: &mut dyn FnMut(u64),
) -> Result<BTreeMap<u64, Existing>, Broken> {
    let (mut existing, mut done) = (BTreeMap::<u64, Existing>::new(), 0);
    loop {
        let rows = drafts.next(TOGETHER).await;
        if rows.is_empty() {
            return Ok(existing);
        }
        let mut requests = JoinSet::new();
        let not_own: Vec<_> = rows.iter().filter(|(row, _)| !told.is_own(*row)).collect();
        for question in Question::all_of(&not_own) {
            let clerk = clerk.clone();
            requests.spawn(async move { ask(&clerk, question).await });
        }
        let mut matches = Vec::new();
        while let Some(answered) = requests.join_next().await {
            matches.extend(answered.map_err(|lost| Broken::Internal(lost.to_string()))??);
        }
        // Whichever answer was the first, the words are the same.
        matches.sort_by_key(|(row, _, identifier)| (*row, *identifier));
        for (row, user, identifier) in matches {
            existing.entry(row).or_default().note(&user, identifier);
        }
        done += rows.len() as u64;
        progress(done);
    }
}

/// Asks, and in halves again where Clerk does not take a value, or where the answer may go on behind its page. A value that
/// it does not take by itself nobody has.
async fn ask(clerk: &Clerk, question: Question) -> Result<Vec<Match>, Broken> {
    let (mut open, mut matches) = (vec![question], Vec::new());
    while let Some(question) = open.pop() {
        let is_answered = match clerk.users().list(&question.query(), &Question::page()).await {
            Ok(answer) => {
                matches.extend(question.matches(&answer.value).map_err(Broken::Stranger)?);
                answer.value.len() < usize::from(PageLimit::MAX.get())
            }
            Err(error) if is_not_taken(&error) => false,
            Err(error) => return Err(Broken::Clerk(error)),
        };
        if !is_answered {
            open.extend(question.halves().into_iter().flatten());
        }
    }
    Ok(matches)
}

fn is_not_taken(error: &Error) -> bool {
    error.status().is_some_and(|status| NOT_TAKEN.contains(&status))
}
