//! The blocklist and the allowlist: reading and changing them.

use super::send::{Sent, done};
use crate::{
    app::{
        Failure, Made,
        act::{RestrictionAct, RestrictionList},
        dialog::Restriction,
    },
    clerk::{
        Clerk, Error,
        model::{AllowlistIdentifier, BlocklistIdentifier},
        query::PageLimit,
    },
};
use std::collections::HashMap;

/// The whole of a list, newest first.
pub(super) async fn read(clerk: &Clerk, list: RestrictionList) -> Result<Vec<Restriction>, Error> {
    let mut entries: Vec<Restriction> = match list {
        RestrictionList::Blocklist => clerk.restrictions().blocklist().await?.value.into_iter().map(blocked).collect(),
        RestrictionList::Allowlist => allowlist(clerk).await?.into_iter().map(allowed).collect(),
    };
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.created_at));
    Ok(entries)
}

/// Page after page, until one is not full.
async fn allowlist(clerk: &Clerk) -> Result<Vec<AllowlistIdentifier>, Error> {
    let mut entries = Vec::new();
    loop {
        let offset = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        let page = clerk.restrictions().allowlist(PageLimit::MAX, offset).await?.value.data;
        let is_last = page.len() < usize::from(PageLimit::MAX.get());
        entries.extend(page);
        if is_last {
            return Ok(entries);
        }
    }
}

fn blocked(entry: BlocklistIdentifier) -> Restriction {
    let BlocklistIdentifier { id, identifier, identifier_type: kind, created_at, .. } = entry;
    Restriction { id, identifier, kind, created_at }
}

fn allowed(entry: AllowlistIdentifier) -> Restriction {
    let AllowlistIdentifier { id, identifier, identifier_type: kind, created_at, .. } = entry;
    Restriction { id, identifier, kind, created_at }
}

/// Does it.
pub(super) async fn send(clerk: &Clerk, act: &RestrictionAct) -> Result<Sent, Failure> {
    let lists = clerk.restrictions();
    let sent = match act {
        RestrictionAct::Add { to: RestrictionList::Blocklist, identifier, .. } => {
            let answer = lists.block(identifier).await?;
            Sent { made: Made::Listed(answer.value.id.clone()), ..done(answer) }
        }
        RestrictionAct::Add { to: RestrictionList::Allowlist, identifier, notify } => {
            let answer = lists.allow(identifier, *notify).await?;
            Sent { made: Made::Listed(answer.value.id.clone()), ..done(answer) }
        }
        RestrictionAct::Remove { from: RestrictionList::Blocklist, id, .. } => lists.unblock(id).await.map(done)?,
        RestrictionAct::Remove { from: RestrictionList::Allowlist, id, .. } => lists.disallow(id).await.map(done)?,
    };
    Ok(sent)
}

/// The lists as they are, each read once.
pub(super) struct Lists<'a> {
    clerk: &'a Clerk,
    of: HashMap<RestrictionList, Vec<Restriction>>,
}

impl<'a> Lists<'a> {
    pub(super) fn new(clerk: &'a Clerk) -> Self {
        Self { clerk, of: HashMap::new() }
    }

    /// Whether it can be done: what is to be taken off is there, and what is to be put on is not.
    pub(super) async fn let_through(&mut self, act: &RestrictionAct) -> Result<bool, Error> {
        let list = act.list();
        if !self.of.contains_key(&list) {
            let entries = match read(self.clerk, list).await {
                Ok(entries) => entries,
                // The plan has no lists any more.
                Err(error) if matches!(error.status(), Some(402..=404)) => return Ok(false),
                Err(error) => return Err(error),
            };
            self.of.insert(list, entries);
        }
        let mut entries = self.of.get(&list).into_iter().flatten();
        Ok(match act {
            RestrictionAct::Add { identifier, .. } => entries.all(|entry| entry.identifier != *identifier),
            RestrictionAct::Remove { id, .. } => entries.any(|entry| entry.id == *id),
        })
    }
}
