//! All that the model knows: users in the order of signing up, and what hangs on them.

use super::{
    operations::{Address, Filter, Rows, Who},
    people::User,
};
use crate::api::Api;
use serde_json::{Value, json};
use std::cmp::Ordering;

/// What is answered, as far as the model knows it.
pub type Answer = Result<Value, Refusal>;

/// A status, and code and parameter of each error, in no order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub errors: Vec<(String, String)>,
}

impl Refusal {
    /// A refusal of parameters.
    pub fn of(errors: &[(&str, &str)]) -> Self {
        let mut errors: Vec<_> = errors.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
        errors.sort();
        Self { status: 422, errors }
    }

    pub fn unless_none(errors: &[(&str, &str)]) -> Result<(), Self> {
        if errors.is_empty() { Ok(()) } else { Err(Self::of(errors)) }
    }

    pub fn with(status: u16, code: &str) -> Self {
        Self { status, ..Self::of(&[(code, "")]) }
    }

    pub fn not_found() -> Self {
        Self::with(404, "resource_not_found")
    }

    pub fn last_way_in() -> Self {
        Self::with(400, "identification_deletion_failed")
    }
}

#[derive(Clone, Debug)]
pub struct Session {
    pub id: String,
    pub user: String,
    pub status: String,
}

#[derive(Clone, Debug)]
pub struct Membership {
    pub organization: String,
    pub user: String,
    pub role: String,
    pub created_at: i64,
}

impl Membership {
    /// As [`seen_membership`] sees it.
    pub fn seen(&self) -> Value {
        json!([self.organization, self.user, self.role, self.created_at])
    }
}

/// What the model knows of a membership that was answered.
pub fn seen_membership(body: &Value) -> Value {
    let user = &body["public_user_data"]["user_id"];
    json!([body["organization"]["id"], user, body["role"], body["created_at"]])
}

/// What the model knows of a session that was answered.
pub fn seen_session(body: &Value) -> Value {
    json!([body["id"], body["user_id"], body["status"]])
}

#[derive(Clone, Debug)]
pub struct World {
    pub now: i64,
    pub users: Vec<User>,
    /// Newest first.
    pub sessions: Vec<Session>,
    /// Oldest first.
    pub memberships: Vec<Membership>,
    /// Each with how many may belong to it; to one of 0, anybody.
    pub organizations: Vec<(String, u64)>,
    /// Who was deleted last.
    pub gone: String,
}

const ADMIN: &str = "org:admin";

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl World {
    /// What there is in the beginning.
    pub async fn read(api: &Api) -> Self {
        let now = api.clock.now().as_millis();
        let users = api.list("/v1/users?limit=500&order_by=created_at").await;
        let sessions = api.list("/v1/sessions?limit=500").await;
        let memberships = api.get("/v1/organization_memberships?limit=500&order_by=created_at").await.body;
        let organizations = api.get("/v1/organizations?limit=500&order_by=created_at").await.body;
        let rows = |body: &Value| body["data"].as_array().cloned().unwrap_or_default();
        let membership = |body: &Value| Membership {
            organization: text(&body["organization"]["id"]),
            user: text(&body["public_user_data"]["user_id"]),
            role: text(&body["role"]),
            created_at: body["created_at"].as_i64().unwrap_or_default(),
        };
        let session = |body: &Value| Session {
            id: text(&body["id"]),
            user: text(&body["user_id"]),
            status: text(&body["status"]),
        };
        let organization =
            |body: &Value| (text(&body["id"]), body["max_allowed_memberships"].as_u64().unwrap_or_default());
        Self {
            now,
            users: users.iter().map(|body| User::read(body, now)).collect(),
            sessions: sessions.iter().map(session).collect(),
            memberships: rows(&memberships).iter().map(membership).collect(),
            organizations: rows(&organizations).iter().map(organization).collect(),
            gone: "user_nobody".to_owned(),
        }
    }

    /// The id of a user, or one that nobody has.
    pub fn id_of(&self, who: Who) -> String {
        match who {
            Who::Of(place) => {
                let user = self.users.iter().rev().cycle().nth(place);
                user.map_or_else(|| self.gone.clone(), |user| user.id.clone())
            }
            Who::Gone => self.gone.clone(),
        }
    }

    pub fn place_of(&self, who: Who) -> Result<usize, Refusal> {
        let id = self.id_of(who);
        self.users.iter().position(|user| user.id == id).ok_or_else(Refusal::not_found)
    }

    /// The id of an address, or one that none has.
    pub fn id_of_address(&self, address: Address) -> String {
        let emails = self.place_of(address.of).map(|place| self.users[place].emails.as_slice()).unwrap_or_default();
        let email = emails.get(address.place % emails.len().max(1));
        email.map_or_else(|| "idn_nothing".to_owned(), |email| email.id.clone())
    }

    /// When somebody signed up; now for nobody.
    pub fn signed_up(&self, who: Who) -> i64 {
        self.place_of(who).map_or(self.now, |place| self.users[place].created_at)
    }

    /// The id of an organization; of a few, one is nobody's.
    pub fn organization(&self, place: usize) -> String {
        self.organizations.get(place).map_or_else(|| "org_nothing".to_owned(), |(id, _)| id.clone())
    }

    pub fn session(&self, place: usize) -> String {
        let session = self.sessions.get(place % self.sessions.len().max(1));
        session.map_or_else(|| "sess_nothing".to_owned(), |session| session.id.clone())
    }
}

/// Lists of users.
impl World {
    fn is_member(&self, user: &User, organization: &str) -> bool {
        self.memberships.iter().any(|member| member.user == user.id && member.organization == organization)
    }

    /// Of values that include and values that exclude, whether one passes.
    fn is_chosen(values: &[(bool, String)], is: impl Fn(&str) -> bool) -> bool {
        let mut include = values.iter().filter(|(excludes, _)| !excludes).peekable();
        let included = include.peek().is_none() || include.any(|(_, value)| is(value));
        included && !values.iter().any(|(excludes, value)| *excludes && is(value))
    }

    fn passes(&self, user: &User, filter: &Filter) -> bool {
        let users: Vec<_> = filter.users.iter().map(|(excludes, who)| (*excludes, self.id_of(*who))).collect();
        let organizations: Vec<_> =
            filter.organizations.iter().map(|(excludes, place)| (*excludes, self.organization(*place))).collect();
        let has = |email: &&str| user.emails.iter().any(|own| own.address == email.to_lowercase());
        filter.banned.is_none_or(|banned| banned == user.banned)
            && filter.query.is_none_or(|query| is_found(user, query))
            && (filter.emails.is_empty() || filter.emails.iter().any(has))
            && Self::is_chosen(&users, |id| id == user.id)
            && Self::is_chosen(&organizations, |id| self.is_member(user, id))
            && filter.before.is_none_or(|who| user.created_at < self.signed_up(who))
            && filter.after.is_none_or(|who| user.created_at > self.signed_up(who))
    }

    pub fn count(&self, filter: &Filter) -> Value {
        self.users.iter().filter(|user| self.passes(user, filter)).count().into()
    }

    pub fn list(&self, filter: &Filter, rows: &Rows) -> Answer {
        let (sign, field) = rows.order_by.unwrap_or(("-", "created_at"));
        if rows.limit == 0 {
            return Err(Refusal::of(&[("form_param_value_invalid", "limit")]));
        }
        if rows.starting_after.is_some() && field != "created_at" {
            return Err(Refusal::of(&[("form_param_value_invalid", "order_by")]));
        }
        if rows.starting_after.is_some() && rows.offset != 0 {
            return Err(Refusal::of(&[("form_param_value_invalid", "offset")]));
        }
        let mut all: Vec<&User> = self.users.iter().collect();
        // Stable: of equals, who signed up first is first.
        all.sort_by(|one, other| compared(one, other, field));
        if sign == "-" {
            all.reverse();
        }
        if let Some(who) = rows.starting_after {
            let id = self.id_of(who);
            let missing = || Refusal::of(&[("form_param_value_invalid", "starting_after")]);
            let place = all.iter().position(|user| user.id == id).ok_or_else(missing)?;
            all.drain(..=place);
        }
        let passing = all.into_iter().filter(|user| self.passes(user, filter));
        let limit = if rows.limit > 500 { 10 } else { rows.limit };
        Ok(passing.skip(rows.offset).take(limit).map(|user| user.seen(self.now)).collect())
    }
}

/// Who has nothing has the least.
fn compared(one: &User, other: &User, field: &str) -> Ordering {
    let texts = |read: fn(&User) -> Option<&String>| {
        let key = |user| read(user).map(|text| text.to_lowercase());
        key(one).cmp(&key(other))
    };
    match field {
        "created_at" => one.created_at.cmp(&other.created_at),
        "updated_at" => one.updated_at.cmp(&other.updated_at),
        "last_active_at" => one.last_active_at.cmp(&other.last_active_at),
        "last_sign_in_at" => one.last_sign_in_at.cmp(&other.last_sign_in_at),
        "email_address" => texts(|user| user.primary.as_ref()),
        "username" => texts(|user| user.username.as_ref()),
        "first_name" => texts(|user| user.first_name.as_ref()),
        "last_name" => texts(|user| user.last_name.as_ref()),
        other => unreachable!("{other} is not among the orders"),
    }
}

fn is_found(user: &User, query: &str) -> bool {
    let names: Vec<&str> = [&user.first_name, &user.last_name]
        .into_iter()
        .filter_map(|name| name.as_deref().map(str::trim).filter(|name| !name.is_empty()))
        .collect();
    let mut texts = vec![user.id.clone(), names.join(" "), user.username.clone().unwrap_or_default()];
    texts.extend(user.emails.iter().map(|email| email.address.clone()));
    texts.extend(user.others.iter().cloned());
    texts.iter().any(|text| text.to_lowercase().contains(&query.to_lowercase()))
}

/// Sessions and memberships.
impl World {
    /// Ends the open sessions of the user at `place`.
    pub fn revoke_all(&mut self, place: usize) {
        let id = &self.users[place].id;
        self.sessions.iter_mut().filter(|session| session.user == *id).for_each(end);
    }

    pub fn revoke(&mut self, id: &str) -> Answer {
        let session = self.sessions.iter_mut().find(|session| session.id == id).ok_or_else(Refusal::not_found)?;
        end(session);
        Ok(json!([session.id, session.user, session.status]))
    }

    pub fn sessions_of(&self, user: &str, status: Option<&str>) -> Value {
        let theirs = self.sessions.iter().filter(|session| session.user == user);
        let theirs = theirs.filter(|session| status.is_none_or(|status| session.status == status));
        theirs.map(|session| json!([session.id, session.user, session.status])).collect()
    }

    fn membership(&self, organization: usize, who: Who) -> Result<usize, Refusal> {
        let (organization, user) = (self.known_organization(organization)?, self.id_of(who));
        let is = |member: &Membership| member.organization == organization && member.user == user;
        self.memberships.iter().position(is).ok_or_else(Refusal::not_found)
    }

    fn known_organization(&self, place: usize) -> Result<String, Refusal> {
        self.organizations.get(place).map(|(id, _)| id.clone()).ok_or_else(Refusal::not_found)
    }

    pub fn join(&mut self, organization: usize, who: Who, role: &str) -> Answer {
        let (id, user) = (self.known_organization(organization)?, self.users[self.place_of(who)?].id.clone());
        let members: Vec<_> = self.memberships.iter().filter(|member| member.organization == id).collect();
        if members.iter().any(|member| member.user == user) {
            return Err(Refusal::with(400, "already_a_member_in_organization"));
        }
        let most = self.organizations[organization].1;
        if most != 0 && u64::try_from(members.len()).unwrap() >= most {
            return Err(Refusal::with(403, "organization_membership_quota_exceeded"));
        }
        let new = Membership { organization: id, user, role: role.to_owned(), created_at: self.now };
        let answer = new.seen();
        self.memberships.push(new);
        Ok(answer)
    }

    /// Refuses what would leave an organization without an admin.
    fn keep_an_admin(&self, place: usize) -> Result<(), Refusal> {
        let member = &self.memberships[place];
        let is_other = |other: &&Membership| {
            other.organization == member.organization && other.user != member.user && other.role == ADMIN
        };
        if member.role != ADMIN || self.memberships.iter().any(|other| is_other(&other)) {
            return Ok(());
        }
        Err(Refusal::with(400, "organization_minimum_permissions_needed"))
    }

    pub fn change_role(&mut self, organization: usize, who: Who, role: &str) -> Answer {
        let place = self.membership(organization, who)?;
        if role != ADMIN {
            self.keep_an_admin(place)?;
        }
        role.clone_into(&mut self.memberships[place].role);
        Ok(self.memberships[place].seen())
    }

    pub fn leave(&mut self, organization: usize, who: Who) -> Answer {
        let place = self.membership(organization, who)?;
        self.keep_an_admin(place)?;
        Ok(self.memberships.remove(place).seen())
    }

    /// Newest first.
    pub fn memberships_where(&self, holds: impl Fn(&Membership) -> bool) -> Value {
        let mut all: Vec<&Membership> = self.memberships.iter().filter(|member| holds(member)).collect();
        all.sort_by_key(|member| member.created_at);
        all.into_iter().rev().map(Membership::seen).collect()
    }

    pub fn memberships_of(&self, who: Who) -> Answer {
        let user = &self.users[self.place_of(who)?].id;
        Ok(self.memberships_where(|member| member.user == *user))
    }

    pub fn members_of(&self, organization: usize) -> Answer {
        let organization = self.known_organization(organization)?;
        Ok(self.memberships_where(|member| member.organization == organization))
    }
}

fn end(session: &mut Session) {
    if ["active", "pending"].contains(&session.status.as_str()) {
        "revoked".clone_into(&mut session.status);
    }
}
