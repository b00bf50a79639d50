//! `lazyclerk orgs`: organizations and their members.

use super::{
    Exit,
    fault::Stop,
    form::{Cell, FormArguments, Paper, Row},
    instance::{InstanceArguments, Opened},
    listing::{Batch, LimitArguments, print_list},
};
use crate::clerk::{
    model::{Organization, OrganizationId, OrganizationMembership},
    organizations::{MembershipQuery, OrganizationQuery},
};
use clap::{Args, Subcommand};
use std::{borrow::Cow, io};
use tokio::runtime::Runtime;

#[derive(Debug, Args)]
pub(super) struct OrgsArguments {
    #[command(subcommand)]
    command: OrgsCommand,
}

#[derive(Debug, Subcommand)]
enum OrgsCommand {
    /// Print organizations, the newest first unless another order is asked for
    #[command(visible_alias = "ls")]
    List(ListArguments),
    /// Print the members of an organization
    Members(MembersArguments),
}

#[derive(Debug, Args)]
struct ListArguments {
    /// Only those whose name, slug or id holds this text
    #[arg(value_name = "TEXT")]
    text: Option<String>,
    /// Only those that this user belongs to
    #[arg(long, value_name = "ID")]
    user: Vec<String>,
    #[arg(long, value_name = "ORDER", allow_hyphen_values = true, value_parser = order_of_organizations)]
    #[arg(help = "In this order, with + or - before it: name, created_at or members_count")]
    order_by: Option<String>,
    #[command(flatten)]
    limit: LimitArguments,
    #[command(flatten)]
    form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

#[derive(Debug, Args)]
struct MembersArguments {
    /// The organization, by id, slug or name
    #[arg(value_name = "ORGANIZATION")]
    organization: String,
    /// Only those whose name, email address, phone number, username or id holds this text
    #[arg(long, value_name = "TEXT")]
    query: Option<String>,
    /// Only those with this role: org:admin
    #[arg(long, value_name = "ROLE")]
    role: Vec<String>,
    #[arg(long, value_name = "ORDER", allow_hyphen_values = true, value_parser = order_of_members)]
    #[arg(
        help = "In this order, with + or - before it: created_at, email_address, phone_number, username, first_name \
        or last_name"
    )]
    order_by: Option<String>,
    #[command(flatten)]
    limit: LimitArguments,
    #[command(flatten)]
    form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

const OF_ORGANIZATIONS: &[&str] = &["name", "created_at", "members_count"];
const OF_MEMBERS: &[&str] = &["created_at", "email_address", "phone_number", "username", "first_name", "last_name"];

fn order_of_organizations(typed: &str) -> Result<String, String> {
    order_among(typed, OF_ORGANIZATIONS)
}

fn order_of_members(typed: &str) -> Result<String, String> {
    order_among(typed, OF_MEMBERS)
}

/// An order that Clerk knows: another would be ignored, and nobody would notice.
fn order_among(typed: &str, orders: &[&str]) -> Result<String, String> {
    if orders.contains(&typed.strip_prefix(['+', '-']).unwrap_or(typed)) {
        Ok(typed.to_owned())
    } else {
        Err(format!("there is no such order; there is {}", orders.join(", ")))
    }
}

pub(super) fn run(runtime: &Runtime, arguments: OrgsArguments) -> Exit {
    let (form, done) = match arguments.command {
        OrgsCommand::List(asked) => (asked.form, runtime.block_on(asked.run())),
        OrgsCommand::Members(asked) => (asked.form, runtime.block_on(asked.run())),
    };
    done.unwrap_or_else(|stop| stop.tell(form.is_json()))
}

impl ListArguments {
    async fn run(self) -> Result<Exit, Stop> {
        // A demo is served as long as this lives.
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?.in_background();
        let query = OrganizationQuery {
            query: self.text,
            user_ids: self.user.into_iter().map(Into::into).collect(),
            order_by: self.order_by,
            include_members_count: true,
            ..OrganizationQuery::default()
        };
        print_list(self.form.form(), self.limit, async |limit, before| {
            Ok(Batch::of(clerk.organizations().list(&query, limit, before).await?.value.data, limit))
        })
        .await?;
        Ok(Exit::Done)
    }
}

impl MembersArguments {
    async fn run(self) -> Result<Exit, Stop> {
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?.in_background();
        let organization = only(&opened, &self.organization).await?;
        let query = MembershipQuery {
            query: self.query,
            roles: self.role,
            order_by: self.order_by,
            ..MembershipQuery::default()
        };
        print_list(self.form.form(), self.limit, async |limit, before| {
            let members = clerk.organizations().memberships(&organization, &query, limit, before).await?.value.data;
            Ok(Batch::of(members, limit).map(Member))
        })
        .await?;
        Ok(Exit::Done)
    }
}

/// The one organization that a text names.
async fn only(opened: &Opened, text: &str) -> Result<OrganizationId, Stop> {
    if text.starts_with("org_") {
        return Ok(text.into());
    }
    let (now, zone) = (super::users::now(), jiff::tz::TimeZone::system());
    let mut search = crate::app::Search::default();
    search.take_organizations(text, Ok(&opened.named(text).await?));
    let line = search.read_text(&format!("org:\"{text}\""), now, &zone);
    match (line.asked().map(|filter| filter.organization_id.as_slice()), line.fault()) {
        (Some([crate::clerk::query::Select::Include(id)]), _) => Ok(id.clone()),
        (_, fault) => Err(Stop::not_found(fault.unwrap_or("no organization is called so").trim_start_matches("org: "))),
    }
}

impl Row for Organization {
    const HEADS: &'static [&'static str] = &["id", "name", "slug", "members", "created"];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
        vec![
            Cell::new(self.id.as_str()),
            Cell::new(&*self.name),
            Cell::new(&*self.slug),
            Cell::new(self.members_count.map(|count| count.to_string()).unwrap_or_default()),
            paper.moment(Some(self.created_at)),
        ]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        Ok(serde_json::to_string(self)?.into())
    }
}

/// Who belongs to an organization.
struct Member(OrganizationMembership);

impl Row for Member {
    const HEADS: &'static [&'static str] = &["user", "identifier", "name", "role", "since"];

    fn id(&self) -> &str {
        self.0.id.as_str()
    }

    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
        let Self(membership) = self;
        let user = membership.public_user_data.clone().unwrap_or_default();
        let names: Vec<String> = [user.first_name, user.last_name].into_iter().flatten().collect();
        vec![
            Cell::new(user.user_id.to_string()),
            Cell::new(user.identifier.unwrap_or_default()),
            Cell::new(names.join(" ")),
            Cell::new(&*membership.role),
            paper.moment(Some(membership.created_at)),
        ]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        Ok(serde_json::to_string(&self.0)?.into())
    }
}
