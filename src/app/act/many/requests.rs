//! The requests that an act on many sends, for whoever wants to see them before they are sent.

use crate::{
    app::job::{Blocking, JobAct, Target},
    app::person::Identifier,
};
use serde_json::{Map, Value, json};

/// A request that would be sent. Can hold what came from outside, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPreview {
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with what is not known before in braces.
    pub path: String,
    /// The JSON of its body.
    pub body: Option<Value>,
}

impl RequestPreview {
    fn new(method: &'static str, path: &str, body: Option<Value>) -> Self {
        Self { method, path: format!("/v1{path}"), body }
    }
}

/// The requests that change something, in order, when `act` is done to `targets`. Each is made as it is asked for.
pub fn requests<'a>(act: &'a JobAct, targets: &'a [Target]) -> impl Iterator<Item = RequestPreview> + 'a {
    targets.chunks(act.at_once()).flat_map(|some| match some {
        [one] if act.at_once() == 1 => of_one(act, one),
        _ => vec![of_several(act, some)],
    })
}

fn of_several(act: &JobAct, targets: &[Target]) -> RequestPreview {
    let ids: Vec<&str> = targets.iter().map(|target| target.id.as_str()).collect();
    let path = if *act == JobAct::Unban { "/users/unban" } else { "/users/ban" };
    RequestPreview::new("POST", path, Some(json!({ "user_ids": ids })))
}

fn of_one(act: &JobAct, target: &Target) -> Vec<RequestPreview> {
    let id = &target.id;
    let one = |method, path: String, body| vec![RequestPreview::new(method, &path, body)];
    match act {
        JobAct::Ban | JobAct::Unban => vec![of_several(act, std::slice::from_ref(target))],
        JobAct::Lock => one("POST", format!("/users/{id}/lock"), None),
        JobAct::Unlock => one("POST", format!("/users/{id}/unlock"), None),
        JobAct::SignOut => one("POST", format!("/sessions/{{each session of {id}}}/revoke"), None),
        JobAct::Delete { .. } => one("DELETE", format!("/users/{id}"), None),
        JobAct::RemoveFromOrganization { organization, .. } => {
            one("DELETE", format!("/organizations/{organization}/memberships/{id}"), None)
        }
        JobAct::AddToOrganization { organization, .. } => {
            let body = json!({ "user_id": id.as_str(), "role": target.given });
            one("POST", format!("/organizations/{organization}/memberships"), Some(body))
        }
        JobAct::SetMetadata { bag, key, to } => {
            one("PATCH", format!("/users/{id}/metadata"), Some(merged(bag.parameter(), key, to.as_ref())))
        }
        JobAct::RestoreMetadata { bag, key, .. } => {
            one("PATCH", format!("/users/{id}/metadata"), Some(merged(bag.parameter(), key, target.given.as_ref())))
        }
        JobAct::Block { what } => {
            let body = identifier(*what, target).map(|identifier| json!({ "identifier": identifier }));
            one("POST", "/blocklist_identifiers".to_owned(), body)
        }
        JobAct::Unblock { .. } => {
            let entry = target.given.as_ref().and_then(Value::as_str).unwrap_or_default();
            one("DELETE", format!("/blocklist_identifiers/{entry}"), None)
        }
    }
}

fn merged(bag: &str, key: &str, to: Option<&Value>) -> Value {
    let key = Map::from_iter([(key.to_owned(), to.cloned().unwrap_or(Value::Null))]);
    Value::Object(Map::from_iter([(bag.to_owned(), Value::Object(key))]))
}

/// What of somebody would be blocked, as far as it is known who they were when they were chosen.
fn identifier(what: Blocking, target: &Target) -> Option<String> {
    match (what, target.person.identifier.as_ref()?) {
        (Blocking::EmailAddress, Identifier::EmailAddress(email)) => Some(email.clone()),
        (Blocking::Domain, Identifier::EmailAddress(email)) => {
            email.rsplit_once('@').map(|(_, domain)| format!("*@{domain}"))
        }
        (Blocking::PhoneNumber, Identifier::PhoneNumber(number)) => Some(number.clone()),
        _ => None,
    }
}
