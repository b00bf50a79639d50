//! Printing users, how many there are, and what belongs to one.

use super::{
    filter::{FilterArguments, OrderArguments},
    rows::UserRow,
    whom::only,
};
use crate::{
    app::detail::{INVITATION_STATUSES, SESSION_STATUSES},
    clerk::{
        Clerk,
        model::{InvitationStatus, Received, SessionStatus, User, UserId},
        users::UserPages,
    },
    cli::{
        Exit,
        fault::Stop,
        form::{FormArguments, print_json},
        instance::InstanceArguments,
        listing::{Batch, LimitArguments, print_list},
    },
};
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use std::io::{self, Write};

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    order: OrderArguments,
    #[command(flatten)]
    limit: LimitArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

#[derive(Debug, Args)]
pub(super) struct CountArguments {
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

#[derive(Debug, Args)]
pub(super) struct MembershipsArguments {
    /// An id, an email address or a username
    #[arg(value_name = "USER")]
    user: String,
    #[command(flatten)]
    limit: LimitArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

#[derive(Debug, Args)]
pub(super) struct InvitationsArguments {
    /// An id, an email address or a username
    #[arg(value_name = "USER")]
    user: String,
    /// Only those that stand so
    #[arg(long, value_name = "STATUS", value_parser = one_of(INVITATION_STATUSES))]
    status: Option<InvitationStatus>,
    #[command(flatten)]
    limit: LimitArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

#[derive(Debug, Args)]
pub(super) struct SessionsArguments {
    /// An id, an email address or a username
    #[arg(value_name = "USER")]
    user: String,
    /// Only those that stand so
    #[arg(long, value_name = "STATUS", value_parser = one_of(SESSION_STATUSES))]
    status: Option<SessionStatus>,
    #[command(flatten)]
    limit: LimitArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

/// Takes one of these words for what it means.
fn one_of<T: Clone + Send + Sync + 'static>(
    statuses: &'static [(char, &'static str, Option<T>)],
) -> impl TypedValueParser<Value = T> {
    let known = || statuses.iter().filter_map(|(_, word, status)| Some((*word, status.clone()?)));
    PossibleValuesParser::new(known().map(|(word, _)| word)).try_map(move |typed| {
        known().find(|(word, _)| *word == typed).map(|(_, status)| status).ok_or("there is no such status")
    })
}

/// Opens the instance, and finds the one user whose parts are asked for.
async fn open_on(instance: &InstanceArguments, user: &str) -> Result<(Clerk, UserId), Stop> {
    let mut opened = instance.open()?;
    let clerk = opened.clerk().await?.in_background();
    let user = only(&opened, user).await?.id;
    Ok((clerk, user))
}

impl ListArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?.in_background();
        let mut pages = UserPages::new(self.order.of(self.filter.read(&opened).await?));
        print_list(self.form.form(), self.limit, async |limit, _| {
            let rows = pages.next::<Received<User>>(&clerk, limit).await?;
            let batch = Batch::new(rows, pages.is_over());
            Ok(batch.map(UserRow::new))
        })
        .await?;
        Ok(Exit::Done)
    }
}

impl CountArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?;
        let count = clerk.users().count(&self.filter.read(&opened).await?).await?.value;
        if self.form.is_json() {
            print_json(&serde_json::json!({ "total_count": count }).to_string())?;
        } else {
            writeln!(io::stdout(), "{count}")?;
        }
        Ok(Exit::Done)
    }
}

impl MembershipsArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let (clerk, user) = open_on(&self.instance, &self.user).await?;
        print_list(self.form.form(), self.limit, async |limit, before| {
            Ok(Batch::of(clerk.users().organization_memberships(&user, limit, before).await?.value.data, limit))
        })
        .await?;
        Ok(Exit::Done)
    }
}

impl InvitationsArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let (clerk, user) = open_on(&self.instance, &self.user).await?;
        let status = self.status;
        print_list(self.form.form(), self.limit, async |limit, before| {
            let answer = clerk.users().organization_invitations(&user, status.clone(), limit, before).await?;
            Ok(Batch::of(answer.value.data, limit))
        })
        .await?;
        Ok(Exit::Done)
    }
}

impl SessionsArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let (clerk, user) = open_on(&self.instance, &self.user).await?;
        let status = self.status;
        print_list(self.form.form(), self.limit, async |limit, before| {
            Ok(Batch::of(clerk.sessions().list(&user, status.clone(), limit, before).await?.value, limit))
        })
        .await?;
        Ok(Exit::Done)
    }
}
