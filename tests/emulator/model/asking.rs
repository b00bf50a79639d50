//! Asking both the same, and comparing what they answer.

use super::{
    addresses::seen_email,
    operations::{Act, BAGS, Bags, Change, Filter, Given, New, Operation, Rows, Standing, Who},
    people::seen,
    world::{Answer, Refusal, World, seen_membership, seen_session},
};
use crate::api::{Api, Reply, escaped};
use axum::http::Method;
use lazyclerk::clerk::model::Timestamp;
use serde_json::{Map, Value, json};

/// The version whose updates take no metadata, and the last one whose do.
const NEW_VERSION: &str = "2026-05-12";
const OLD_VERSION: &str = "2025-11-10";

/// How much of an answer the model knows.
type Seen = fn(&Value) -> Value;

/// The emulator and its model, side by side.
pub struct Game<'a> {
    api: &'a Api,
    world: World,
}

fn whole(body: &Value) -> Value {
    body.clone()
}

/// The same of every row.
fn rows(body: &Value, seen: Seen) -> Value {
    body.as_array().map_or_else(|| body.clone(), |rows| rows.iter().map(seen).collect())
}

fn users(body: &Value) -> Value {
    rows(body, seen)
}

fn sessions(body: &Value) -> Value {
    rows(body, seen_session)
}

fn memberships(body: &Value) -> Value {
    if body["total_count"].as_u64() != body["data"].as_array().and_then(|rows| u64::try_from(rows.len()).ok()) {
        return body.clone();
    }
    rows(&body["data"], seen_membership)
}

fn total(body: &Value) -> Value {
    body["total_count"].clone()
}

/// Says what differs: of two objects, the fields that do.
fn differs(model: &Value, emulator: &Value) -> String {
    let (Value::Object(one), Value::Object(other)) = (model, emulator) else {
        return format!("\n  model    {model}\n  emulator {emulator}");
    };
    let fields = one.iter().filter(|(key, value)| other.get(*key) != Some(value));
    let told = fields.map(|(key, value)| format!("\n  {key}: model {value}, emulator {}", emulator[key]));
    format!(" of {}{}", model["id"], told.collect::<String>())
}

/// Compares an answer with what the model has for it.
fn compare(expected: Answer, reply: &Reply, seen: Seen) -> Result<(), String> {
    let status = reply.status.as_u16();
    let answered = if status == 200 {
        Ok(seen(&reply.body))
    } else {
        let mut errors: Vec<_> =
            reply.errors().into_iter().map(|(code, name)| (code.to_owned(), name.to_owned())).collect();
        errors.sort();
        Err(Refusal { status, errors })
    };
    match (expected, answered) {
        (Ok(Value::Array(expected)), Ok(Value::Array(answered))) if expected.len() == answered.len() => {
            let differing = expected.iter().zip(&answered).find(|(expected, answered)| expected != answered);
            differing.map_or(Ok(()), |(expected, answered)| Err(differs(expected, answered)))
        }
        (expected, answered) if expected == answered => Ok(()),
        (Ok(expected), Ok(answered)) => Err(differs(&expected, &answered)),
        (expected, answered) => Err(format!("\n  model    {expected:?}\n  emulator {answered:?}")),
    }
}

impl<'a> Game<'a> {
    /// Puts the emulator back to where its model is.
    pub async fn begin(api: &'a Api, world: World) -> Self {
        api.clock.set(Timestamp::from_millis(world.now));
        let restored = api.post("/control/restore").await;
        assert_eq!(restored.status.as_u16(), 200, "{}", restored.body);
        Self { api, world }
    }

    async fn write(&self, method: Method, path: &str, body: &Value) -> Reply {
        self.api.json(method, path, body).await
    }

    fn user_path(&self, who: Who) -> String {
        format!("/v1/users/{}", self.world.id_of(who))
    }

    fn member_path(&self, organization: usize, who: Who) -> String {
        format!("/v1/organizations/{}/memberships/{}", self.world.organization(organization), self.world.id_of(who))
    }

    /// Asks both the same.
    pub async fn ask(&mut self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::Create(new) => self.create(new).await,
            Operation::Update(who, change) => self.update(*who, change).await,
            Operation::Merge(who, bags) => self.metadata(*who, bags, true).await,
            Operation::Replace(who, bags) => self.metadata(*who, bags, false).await,
            Operation::Do(act, who) => {
                let reply = self.api.post(&format!("{}/{}", self.user_path(*who), act.name())).await;
                compare(self.world.act(*act, *who), &reply, seen)
            }
            Operation::Bulk(act, people) => self.bulk(*act, people).await,
            Operation::Pass(seconds) => {
                self.world.now += seconds * 1_000;
                self.api.clock.set(Timestamp::from_millis(self.world.now));
                Ok(())
            }
            Operation::Delete(who) => {
                let reply = self.api.delete(&self.user_path(*who)).await;
                compare(self.world.delete(*who), &reply, whole)
            }
            Operation::List(filter, rows) => {
                let reply = self.api.get(&format!("/v1/users?{}", self.rows(filter, rows))).await;
                compare(self.world.list(filter, rows), &reply, users)
            }
            Operation::Count(filter) => {
                let reply = self.api.get(&format!("/v1/users/count?{}", self.filter(filter))).await;
                compare(Ok(self.world.count(filter)), &reply, total)
            }
            Operation::AddEmail(..) | Operation::ChangeEmail(..) | Operation::DeleteEmail(..) => {
                self.ask_of_addresses(operation).await
            }
            _ => self.ask_of_belongings(operation).await,
        }
    }

    async fn ask_of_addresses(&mut self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::AddEmail(who, address, standing) => self.add_email(*who, address, *standing).await,
            Operation::ChangeEmail(address, standing) => {
                let path = format!("/v1/email_addresses/{}", self.world.id_of_address(*address));
                let reply = self.write(Method::PATCH, &path, &standing.body()).await;
                compare(self.world.change_email(*address, *standing), &reply, seen_email)
            }
            Operation::DeleteEmail(address) => {
                let path = format!("/v1/email_addresses/{}", self.world.id_of_address(*address));
                let reply = self.api.delete(&path).await;
                compare(self.world.delete_email(*address), &reply, whole)
            }
            other => unreachable!("{other:?} is not about an address"),
        }
    }

    async fn ask_of_belongings(&mut self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::Join(organization, who, role) => {
                let path = format!("/v1/organizations/{}/memberships", self.world.organization(*organization));
                let body = json!({ "user_id": self.world.id_of(*who), "role": role });
                let reply = self.write(Method::POST, &path, &body).await;
                compare(self.world.join(*organization, *who, role), &reply, seen_membership)
            }
            Operation::ChangeRole(organization, who, role) => {
                let path = self.member_path(*organization, *who);
                let reply = self.write(Method::PATCH, &path, &json!({ "role": role })).await;
                compare(self.world.change_role(*organization, *who, role), &reply, seen_membership)
            }
            Operation::Leave(organization, who) => {
                let reply = self.api.delete(&self.member_path(*organization, *who)).await;
                compare(self.world.leave(*organization, *who), &reply, seen_membership)
            }
            Operation::MembershipsOf(who) => {
                let reply = self.api.get(&format!("{}/organization_memberships?limit=500", self.user_path(*who))).await;
                compare(self.world.memberships_of(*who), &reply, memberships)
            }
            Operation::MembersOf(organization) => {
                let path = format!("/v1/organizations/{}/memberships", self.world.organization(*organization));
                let reply = self.api.get(&format!("{path}?limit=500")).await;
                compare(self.world.members_of(*organization), &reply, memberships)
            }
            Operation::SessionsOf(who, status) => {
                let user = self.world.id_of(*who);
                let path = format!("/v1/sessions?limit=500&user_id={user}&status={}", status.unwrap_or_default());
                let reply = self.api.get(&path).await;
                compare(Ok(self.world.sessions_of(&user, *status)), &reply, sessions)
            }
            Operation::Revoke(place) => {
                let id = self.world.session(*place);
                let reply = self.api.post(&format!("/v1/sessions/{id}/revoke")).await;
                compare(self.world.revoke(&id), &reply, seen_session)
            }
            other => unreachable!("{other:?} is asked elsewhere"),
        }
    }

    async fn create(&mut self, new: &New) -> Result<(), String> {
        let reply = self.write(Method::POST, "/v1/users", &new.body()).await;
        let before = self.world.users.len();
        let expected = self.world.create(new);
        if self.world.users.len() > before && reply.status.as_u16() == 200 {
            let user = &mut self.world.users[before];
            reply.body["id"].as_str().unwrap_or_default().clone_into(&mut user.id);
            for (place, email) in user.emails.iter_mut().enumerate() {
                reply.body["email_addresses"][place]["id"].as_str().unwrap_or_default().clone_into(&mut email.id);
            }
            let expected = user.seen(self.world.now);
            return compare(Ok(expected), &reply, seen);
        }
        compare(expected, &reply, seen)
    }

    async fn update(&mut self, who: Who, change: &Change) -> Result<(), String> {
        let mut body = Map::new();
        let texts: [(&str, Given); 4] = [
            ("first_name", change.first_name),
            ("last_name", change.last_name),
            ("username", change.username),
            ("external_id", change.external_id),
        ];
        for (name, given) in texts {
            if let Some(text) = given {
                body.insert(name.to_owned(), json!(text));
            }
        }
        if let Some(address) = change.primary {
            body.insert("primary_email_address_id".to_owned(), self.world.id_of_address(address).into());
        }
        put_bags(&mut body, &change.bags);
        let version = if change.old { OLD_VERSION } else { NEW_VERSION };
        let reply = self.api.json_in(version, Method::PATCH, &self.user_path(who), &Value::Object(body)).await;
        compare(self.world.update(who, change), &reply, seen)
    }

    async fn metadata(&mut self, who: Who, bags: &Bags, merging: bool) -> Result<(), String> {
        let mut body = Map::new();
        put_bags(&mut body, bags);
        let method = if merging { Method::PATCH } else { Method::PUT };
        let path = format!("{}/metadata", self.user_path(who));
        let reply = self.write(method, &path, &Value::Object(body)).await;
        compare(self.world.metadata(who, bags, merging), &reply, seen)
    }

    async fn bulk(&mut self, act: Act, people: &[Who]) -> Result<(), String> {
        let ids: Vec<String> = people.iter().map(|who| self.world.id_of(*who)).collect();
        let reply = self.write(Method::POST, &format!("/v1/users/{}", act.name()), &json!({ "user_ids": ids })).await;
        compare(self.world.bulk(act, people), &reply, users)
    }

    async fn add_email(&mut self, who: Who, address: &str, standing: Standing) -> Result<(), String> {
        let mut body = standing.body();
        body["user_id"] = self.world.id_of(who).into();
        body["email_address"] = address.into();
        let reply = self.write(Method::POST, "/v1/email_addresses", &body).await;
        self.world.add_email(who, address, standing).map_or_else(
            |refusal| compare(Err(refusal), &reply, seen_email),
            |_| {
                let emails = self.world.users.iter_mut().flat_map(|user| &mut user.emails);
                let new = emails.into_iter().find(|email| email.id.is_empty()).ok_or("the model has no new address")?;
                reply.body["id"].as_str().unwrap_or_default().clone_into(&mut new.id);
                compare(Ok(new.seen()), &reply, seen_email)
            },
        )
    }

    fn filter(&self, filter: &Filter) -> String {
        let mut query: Vec<String> = Vec::new();
        query.extend(filter.banned.map(|banned| format!("banned={banned}")));
        query.extend(filter.query.map(|text| format!("query={}", escaped(text))));
        query.extend(filter.emails.iter().map(|email| format!("email_address={}", escaped(email))));
        let sign = |excludes: bool| if excludes { "-" } else { "" };
        let users = filter.users.iter();
        query.extend(users.map(|(excludes, who)| format!("user_id={}{}", sign(*excludes), self.world.id_of(*who))));
        let organizations = filter
            .organizations
            .iter()
            .map(|(excludes, place)| format!("organization_id={}{}", sign(*excludes), self.world.organization(*place)));
        query.extend(organizations);
        let moment = |name: &str, who: Option<Who>| who.map(|who| format!("{name}={}", self.world.signed_up(who)));
        query.extend(moment("created_at_before", filter.before));
        query.extend(moment("created_at_after", filter.after));
        query.join("&")
    }

    fn rows(&self, filter: &Filter, rows: &Rows) -> String {
        let mut query = format!("{}&limit={}&offset={}", self.filter(filter), rows.limit, rows.offset);
        query.extend(rows.order_by.map(|(sign, field)| format!("&order_by={sign}{field}")));
        query.extend(rows.starting_after.map(|who| format!("&starting_after={}", self.world.id_of(who))));
        query
    }

    /// Whether both have the same users, wholly, and as many as are counted.
    pub async fn compare_users(&self) -> Result<(), String> {
        let rows = Rows { order_by: None, limit: 500, offset: 0, starting_after: None };
        let everybody = Filter::default();
        compare(self.world.list(&everybody, &rows), &self.api.get("/v1/users?limit=500").await, users)?;
        compare(Ok(self.world.count(&everybody)), &self.api.get("/v1/users/count").await, total)
    }

    /// Whether both have the same of everything, each thing also as it is shown by itself.
    pub async fn compare_all(&self) -> Result<(), String> {
        self.compare_users().await?;
        let all = self.api.get("/v1/organization_memberships?limit=500").await;
        compare(Ok(self.world.memberships_where(|_| true)), &all, memberships)?;
        for user in &self.world.users {
            compare(Ok(user.seen(self.world.now)), &self.api.get(&format!("/v1/users/{}", user.id)).await, seen)?;
            let open = self.api.get(&format!("/v1/sessions?limit=500&user_id={}", user.id)).await;
            compare(Ok(self.world.sessions_of(&user.id, None)), &open, sessions)?;
            for email in &user.emails {
                let shown = self.api.get(&format!("/v1/email_addresses/{}", email.id)).await;
                compare(Ok(email.seen()), &shown, seen_email)?;
            }
        }
        Ok(())
    }
}

impl Standing {
    fn body(self) -> Value {
        let mut body = Map::new();
        body.extend(self.verified.map(|verified| ("verified".to_owned(), verified.into())));
        body.extend(self.primary.map(|primary| ("primary".to_owned(), primary.into())));
        Value::Object(body)
    }
}

impl New {
    fn body(&self) -> Value {
        let mut body = Map::new();
        let texts = [
            ("first_name", self.first_name),
            ("last_name", self.last_name),
            ("username", self.username),
            ("external_id", self.external_id),
        ];
        body.extend(texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))));
        if !self.emails.is_empty() {
            let status = |reserved: bool| if reserved { "reserved" } else { "verified" };
            let (emails, statuses): (Vec<&str>, Vec<&str>) =
                self.emails.iter().map(|(email, reserved)| (*email, status(*reserved))).unzip();
            body.insert("email_address".to_owned(), json!(emails));
            body.insert("email_address_identification_status".to_owned(), json!(statuses));
        }
        put_bags(&mut body, &self.bags);
        if let Some(seconds) = self.backdated {
            let at = jiff::Timestamp::from_millisecond(super::operations::backdated(seconds)).expect("a moment");
            body.insert("created_at".to_owned(), at.to_string().into());
        }
        body.extend(self.banned.then(|| ("banned".to_owned(), true.into())));
        body.extend(self.locked.then(|| ("locked".to_owned(), true.into())));
        Value::Object(body)
    }
}

fn put_bags(body: &mut Map<String, Value>, bags: &Bags) {
    let given = BAGS.into_iter().zip(bags);
    body.extend(given.filter_map(|(name, bag)| Some((name.to_owned(), bag.clone()?))));
}
