//! Printing all about some users.

use super::{
    WhomArguments,
    rows::{UserRow, now, state_of},
};
use crate::{
    app::{Fetch, Fetched, Identifier, LockEnd},
    clerk::model::{Received, User, UserId},
    cli::{
        Exit,
        fault::Stop,
        form::{Cell, Form, FormArguments, Paper, Printer, print_json, print_pairs},
        instance::{InstanceArguments, Opened},
    },
    runtime::Perform,
};
use clap::Args;
use std::collections::HashMap;

/// So many are read with one request.
const TOGETHER: usize = 100;

#[derive(Debug, Args)]
pub(super) struct GetArguments {
    #[command(flatten)]
    whom: WhomArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

impl GetArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let mut opened = self.instance.open()?;
        let clerk = opened.clerk().await?;
        let form = self.form.form();
        if let Some(id) = self.whom.only_id() {
            let user = clerk.users().get(&id).await.map_err(|error| Stop::from(error).about(id.as_str()))?.value;
            print_one(&UserRow::new(user), form)?;
            return Ok(Exit::Done);
        }
        let meant = self.whom.look_up(&opened, self.form).await?;
        let ids: Vec<UserId> = meant.targets.into_iter().map(|target| target.id).collect();
        let mut missing = meant.unmatched.len();
        if let ([id], 0) = (ids.as_slice(), missing) {
            print_one(&UserRow::new(clerk.users().get(id).await?.value), form)?;
            return Ok(Exit::Done);
        }
        let mut printer = Printer::new(form);
        for some in ids.chunks(TOGETHER) {
            let users = read(&opened, some).await?;
            missing += some.len() - users.len();
            printer.print(&users)?;
        }
        printer.end()?;
        Ok(if missing == 0 { Exit::Done } else { Exit::Failed })
    }
}

/// These, in their order; who is gone meanwhile is left out.
pub(super) async fn read(opened: &Opened, ids: &[UserId]) -> Result<Vec<UserRow>, Stop> {
    let fetch = Fetch::Among { users: ids.to_vec(), members_of: Vec::new() };
    let Fetched::Users(users) = opened.performer.fetch(fetch).await? else {
        return Err(Stop::failed("the program failed: another answer came than was asked for"));
    };
    let mut users: HashMap<UserId, Received<User>> = users.into_iter().map(|user| (user.id.clone(), user)).collect();
    Ok(ids.iter().filter_map(|id| users.remove(id)).map(UserRow::new).collect())
}

/// One user: with JSON the object itself, else a line for each thing that there is to say.
fn print_one(row: &UserRow, form: Form) -> Result<(), Stop> {
    let known = row.known();
    if form != Form::Table {
        return print_json(known.raw());
    }
    let paper = Paper::of_output();
    let emails = known.email_addresses.iter().map(|email| email.email_address.as_str());
    let phones = known.phone_numbers.iter().map(|phone| phone.phone_number.as_str());
    let wallets = known.web3_wallets.iter().map(|wallet| wallet.web3_wallet.as_str());
    let accounts = known.external_accounts.iter().map(|account| account.provider.as_str());
    let all = |texts: &mut dyn Iterator<Item = &str>| Cell::new(texts.collect::<Vec<_>>().join(", "));
    let lock = match known.lock(now()) {
        Some(LockEnd::At(end)) => paper.moment(Some(end)),
        Some(LockEnd::Never) => Cell::new("by nobody but who unlocks"),
        None => Cell::default(),
    };
    let factors = [
        (known.password_enabled, "password"),
        (known.totp_enabled, "authenticator app"),
        (known.backup_code_enabled, "backup codes"),
        (!known.passkeys.is_empty(), "passkey"),
    ];
    let bag = |bag: &crate::clerk::model::Metadata| {
        Cell::new(if bag.is_empty() { String::new() } else { serde_json::Value::Object(bag.clone()).to_string() })
    };
    let identifier = Identifier::of(known).map(|identifier| identifier.as_str().to_owned());
    print_pairs(
        &paper,
        &[
            ("id", Cell::new(known.id.as_str())),
            ("identifier", Cell::new(identifier.unwrap_or_default())),
            ("name", Cell::styled(known.full_name().unwrap_or_default(), paper.theme.strong)),
            ("state", state_of(known, &paper)),
            ("lock ends", lock),
            ("emails", all(&mut emails.into_iter())),
            ("phones", all(&mut phones.into_iter())),
            ("username", known.username.as_deref().into()),
            ("wallets", all(&mut wallets.into_iter())),
            ("accounts", all(&mut accounts.into_iter())),
            ("signs in by", all(&mut factors.iter().filter(|(has, _)| *has).map(|(_, name)| *name))),
            ("external id", known.external_id.as_deref().into()),
            ("locale", known.locale.as_deref().into()),
            ("created", paper.moment(Some(known.created_at))),
            ("updated", paper.moment(Some(known.updated_at))),
            ("signed in", paper.moment(known.last_sign_in_at)),
            ("active", paper.moment(known.last_active_at)),
            ("public", bag(&known.public_metadata)),
            ("private", bag(&known.private_metadata.clone().unwrap_or_default())),
            ("unsafe", bag(&known.unsafe_metadata)),
        ],
    )
}
