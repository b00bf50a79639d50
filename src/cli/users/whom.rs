//! Which users are named, on the command line or in a list.

use crate::{
    app::{
        Fetched, MarkList, Protection,
        job::Target,
        marks::{Lookup, Step, Unmatched},
    },
    clerk::{
        model::{User, UserId},
        query::UserQuery,
    },
    cli::{
        fault::Stop,
        form::{FormArguments, remark},
        instance::Opened,
    },
    runtime::{self, Perform},
};
use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct WhomArguments {
    /// An id, an email address or a username
    #[arg(value_name = "USER", required_unless_present = "from", conflicts_with = "from")]
    users: Vec<String>,
    /// Those that this file names, one a line, what stands behind # not counting; - reads standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
}

/// Whom the names mean.
#[derive(Debug)]
pub(in crate::cli) struct Meant {
    /// Those who were found, in the order in which they were named.
    pub(in crate::cli) targets: Vec<Target>,
    /// The names that mean nobody, or not one.
    pub(in crate::cli) unmatched: Vec<Unmatched>,
    /// How they were chosen, in words.
    pub(in crate::cli) chosen: String,
}

impl WhomArguments {
    /// Whether the names come from standard input: then no answer can.
    pub(in crate::cli) fn reads_input(&self) -> bool {
        self.from.as_deref() == Some("-")
    }

    /// The id, where nothing but one is named: nobody has to be looked up then.
    pub(in crate::cli) fn only_id(&self) -> Option<UserId> {
        match self.users.as_slice() {
            [id] if id.starts_with("user_") => Some(UserId::from(id.as_str())),
            _ => None,
        }
    }

    /// Looks up whom they mean, a hundred with a request, and tells which mean nobody.
    pub(in crate::cli) async fn look_up(&self, opened: &Opened, form: FormArguments) -> Result<Meant, Stop> {
        let list = self.list()?;
        let chosen = match &self.from {
            Some(_) => format!("listed in {}", list.file),
            None => "named on the command line".to_owned(),
        };
        if list.entries.is_empty() {
            return Err(Stop::not_found(format!("{} names nobody", list.file)));
        }
        let (targets, unmatched) = look_up(opened, list).await?;
        for Unmatched { number, text, why } in &unmatched {
            let words = match self.from {
                Some(_) => format!("line {number}: {text}: {why}"),
                None => format!("{text}: {why}"),
            };
            if form.is_json() {
                _ = Stop::not_found(words).tell(true);
            } else {
                remark(&words);
            }
        }
        if targets.is_empty() {
            return Err(Stop::not_found("nobody was found"));
        }
        Ok(Meant { targets, unmatched, chosen })
    }

    fn list(&self) -> Result<MarkList, Stop> {
        let Some(path) = &self.from else {
            return Ok(MarkList::read("the command line".to_owned(), &self.users.join("\n")));
        };
        let list = if path == "-" { runtime::mark_list_from_input() } else { runtime::mark_list(path) };
        list.map_err(|failure| Stop::usage(failure.to_string()))
    }
}

/// Looks up whom a list names, a hundred with a request.
pub(in crate::cli) async fn look_up(opened: &Opened, list: MarkList) -> Result<(Vec<Target>, Vec<Unmatched>), Stop> {
    let mut lookup = Lookup::of(list);
    while let Some(fetch) = lookup.fetch() {
        let step = match opened.performer.fetch(fetch).await {
            Ok(Fetched::Users(users)) => lookup.take(&users)?,
            Ok(_) => return Err(Stop::failed("the program failed: another answer came than was asked for")),
            Err(failure) if failure.refuses_request() => lookup.take_refusal(&failure),
            Err(failure) => return Err(failure.into()),
        };
        if step == Step::Ends {
            break;
        }
    }
    let (mut targets, unmatched) = lookup.into_parts();
    // Two names can mean the same person.
    let mut seen = std::collections::HashSet::new();
    targets.retain(|target| seen.insert(target.id.clone()));
    Ok((targets, unmatched))
}

/// The one user that a name means.
pub(in crate::cli) async fn only(opened: &Opened, name: &str) -> Result<Target, Stop> {
    let list = MarkList::read("the command line".to_owned(), name);
    let (mut targets, unmatched) = look_up(opened, list).await?;
    match (targets.pop(), unmatched.first()) {
        (Some(target), _) => Ok(target),
        (None, Some(Unmatched { text, why, .. })) => Err(Stop::not_found(format!("{text}: {why}"))),
        (None, None) => Err(Stop::usage("an empty text names nobody")),
    }
}

/// Why the configuration protects somebody, if it does: also as the member of an organization.
pub(super) async fn protection(opened: &mut Opened, user: &User) -> Result<Option<Protection>, Stop> {
    let protected = &opened.protected;
    let why = protected.why(user);
    if why.is_some() || protected.organizations.is_empty() {
        return Ok(why);
    }
    let organizations: Vec<_> = protected.organizations.iter().cloned().collect();
    let (query, page) = UserQuery::among(std::slice::from_ref(&user.id), &organizations);
    let members = opened.clerk().await?.users().list(&query, &page).await?.value;
    Ok((!members.is_empty()).then_some(Protection::Member))
}
