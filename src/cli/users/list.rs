//! Printing users, how many there are, and what belongs to one.

use super::{
    filter::{FilterArguments, OrderArguments},
    rows::UserRow,
    whom::only,
};
use crate::{
    clerk::{
        model::{InvitationStatus, SessionStatus, User},
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
use clap::Args;
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
    #[arg(long, value_name = "STATUS", value_parser = ["pending", "accepted", "revoked", "expired"])]
    status: Option<String>,
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
    #[arg(long, value_name = "STATUS", value_parser = SESSION_STATUSES)]
    status: Option<String>,
    #[command(flatten)]
    limit: LimitArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

/// Those that Clerk can be asked for.
const SESSION_STATUSES: [&str; 7] = ["active", "revoked", "ended", "expired", "removed", "abandoned", "replaced"];

impl ListArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?.in_background();
        let mut pages = UserPages::new(self.order.of(self.filter.read(&opened).await?));
        print_list(self.form.form(), self.limit, async |limit, _| {
            let rows = pages.next::<User>(&clerk, limit).await?;
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
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?.in_background();
        let user = only(&opened, &self.user).await?.id;
        print_list(self.form.form(), self.limit, async |limit, before| {
            Ok(Batch::of(clerk.users().organization_memberships(&user, limit, before).await?.value.data, limit))
        })
        .await?;
        Ok(Exit::Done)
    }
}

impl InvitationsArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?.in_background();
        let user = only(&opened, &self.user).await?.id;
        let status = self.status.as_deref().map(|status| match status {
            "pending" => InvitationStatus::Pending,
            "accepted" => InvitationStatus::Accepted,
            "revoked" => InvitationStatus::Revoked,
            "expired" => InvitationStatus::Expired,
            other => InvitationStatus::Other(other.to_owned()),
        });
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
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?.in_background();
        let user = only(&opened, &self.user).await?.id;
        let status = self.status.map(|status| match status.as_str() {
            "active" => SessionStatus::Active,
            "revoked" => SessionStatus::Revoked,
            "ended" => SessionStatus::Ended,
            "expired" => SessionStatus::Expired,
            "removed" => SessionStatus::Removed,
            "abandoned" => SessionStatus::Abandoned,
            "replaced" => SessionStatus::Replaced,
            other => SessionStatus::Other(other.to_owned()),
        });
        print_list(self.form.form(), self.limit, async |limit, before| {
            Ok(Batch::of(clerk.sessions().list(&user, status.clone(), limit, before).await?.value, limit))
        })
        .await?;
        Ok(Exit::Done)
    }
}
