//! Which users a command is about: the words of the dashboard's search line, and the same as flags.

use crate::{
    app::{Failure, Search},
    clerk::{
        model::Timestamp,
        query::{UserFilter, UserOrder, UserQuery},
    },
    cli::{fault::Stop, instance::Opened},
};
use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

#[derive(Debug, Args)]
#[command(next_help_heading = "Which users")]
pub(in crate::cli) struct FilterArguments {
    /// Words and filters as in the dashboard's search line: banned:yes org:acme 'created:>30d' ada. A word that begins with - stands behind --
    #[arg(value_name = "WORDS")]
    line: Vec<String>,
    /// Part of an email address, phone number, username, wallet, id or name
    #[arg(long, value_name = "TEXT")]
    query: Option<String>,
    /// Only the banned, or only the others
    #[arg(long, value_enum, value_name = "WHETHER", num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    banned: Option<YesOrNo>,
    /// Who signed up then: 2026-01-31, 3d, '<3h', '>30d', last-week, 2026-01-01..2026-01-31
    #[arg(long, value_name = "WHEN")]
    created: Option<String>,
    /// Who was last active then
    #[arg(long, value_name = "WHEN")]
    active: Option<String>,
    /// Who last signed in then
    #[arg(long, value_name = "WHEN")]
    signed_in: Option<String>,
    /// Part of an email address; the whole of it behind =, several with commas between
    #[arg(long, value_name = "ADDRESS")]
    email: Vec<String>,
    /// Part of a phone number; the whole of it behind =
    #[arg(long, value_name = "NUMBER")]
    phone: Vec<String>,
    /// Part of a username; the whole of it behind =
    #[arg(long, value_name = "NAME")]
    username: Vec<String>,
    /// Part of a name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Exactly this wallet
    #[arg(long, value_name = "ADDRESS")]
    wallet: Vec<String>,
    /// This id
    #[arg(long, value_name = "ID")]
    id: Vec<String>,
    /// This id in your own records
    #[arg(long, value_name = "ID")]
    external_id: Vec<String>,
    /// Members of this organization, by id, slug or name
    #[arg(long, value_name = "ORGANIZATION", visible_alias = "org")]
    organization: Vec<String>,
    /// Everybody but the members of this one
    #[arg(long, value_name = "ORGANIZATION")]
    not_organization: Vec<String>,
    /// The user of an account at a provider: google=ID
    #[arg(long, value_name = "PROVIDER=ID")]
    provider: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum YesOrNo {
    Yes,
    No,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "How many")]
pub(in crate::cli) struct OrderArguments {
    #[arg(
        help = "In this order, with + or - before it: created_at, updated_at, email_address, web3wallet, first_name, \
        last_name, phone_number, username, last_active_at or last_sign_in_at"
    )]
    #[arg(long, value_name = "ORDER", default_value = "-created_at", allow_hyphen_values = true, value_parser = order)]
    order_by: UserOrder,
}

fn order(typed: &str) -> Result<UserOrder, &'static str> {
    UserOrder::of_parameter(typed).ok_or("there is no such order")
}

impl FilterArguments {
    /// The filter that they ask for together.
    pub(in crate::cli) async fn read(&self, opened: &Opened) -> Result<UserFilter, Stop> {
        self.read_at(opened, Timestamp::from(jiff::Timestamp::now())).await
    }

    /// The filter that they ask for at a moment, since which `3d` are three days.
    pub(in crate::cli) async fn read_at(&self, opened: &Opened, now: Timestamp) -> Result<UserFilter, Stop> {
        let zone = TimeZone::system();
        let line = self.written()?;
        let mut search = Search::default();
        loop {
            let read = search.read_text(&line, now, &zone);
            if let Some(fault) = read.fault() {
                return Err(Stop::usage(fault));
            }
            match (read.unknown_name().map(str::to_owned), read.asked()) {
                (Some(name), _) => {
                    let found = opened.named(&name).await.map_err(|stop| stop.about(&name))?;
                    search.take_organizations(&name, Ok::<_, &Failure>(&found));
                }
                (None, asked) => return self.with_query(asked.cloned().unwrap_or_default()),
            }
        }
    }

    /// The text is taken as it is: nothing in it is a filter.
    fn with_query(&self, filter: UserFilter) -> Result<UserFilter, Stop> {
        match (&self.query, &filter.query) {
            (None, _) => Ok(filter),
            (Some(text), _) if text.trim().is_empty() => {
                Err(Stop::usage("--query: which text? An empty one asks for everybody, as no option does"))
            }
            (Some(text), None) => Ok(UserFilter { query: Some(text.clone()), ..filter }),
            (Some(_), Some(word)) => {
                Err(Stop::usage(format!("--query and the word {word} ask for two texts; Clerk takes one")))
            }
        }
    }

    /// All of them as the line that asks for the same.
    fn written(&self) -> Result<String, Stop> {
        let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
        let banned = self.banned.map(|banned| match banned {
            YesOrNo::Yes => "yes".to_owned(),
            YesOrNo::No => "no".to_owned(),
        });
        let flags = [
            ("banned", one(&banned)),
            ("created", one(&self.created)),
            ("active", one(&self.active)),
            ("signed-in", one(&self.signed_in)),
            ("email", self.email.clone()),
            ("phone", self.phone.clone()),
            ("username", self.username.clone()),
            ("name", one(&self.name)),
            ("wallet", self.wallet.clone()),
            ("id", self.id.clone()),
            ("external", self.external_id.clone()),
            ("org", self.organization.clone()),
            ("-org", self.not_organization.clone()),
            ("provider", one(&self.provider)),
        ];
        let mut line = self.line.clone();
        for (key, values) in flags {
            for value in values {
                // Quotes keep it together; one within would end them.
                if value.contains('"') {
                    return Err(Stop::usage(format!("no {key} has a double quote in it: {value}")));
                }
                line.push(format!("{key}:\"{value}\""));
            }
        }
        Ok(line.join(" "))
    }
}

impl OrderArguments {
    /// What is asked for in this order.
    pub(in crate::cli) fn of(&self, filter: UserFilter) -> UserQuery {
        UserQuery { filter, order: self.order_by }
    }
}
