//! Who else is admin where a user is, so that it is said beforehand when the last one goes.

use super::{
    App,
    act::{Act, Place},
    dialog::{Confirm, Dialog},
    effect::Fetched,
    failure::Failure,
    numbers::counted,
    replies::mismatch,
    slot::Slot,
};
use crate::clerk::model::UserId;

/// The key of the role that whoever makes an organization gets, and that Clerk does not let it be without
/// (`organization_minimum_permissions_needed`). An instance can have further roles, whatever they permit.
pub const ADMIN: &str = "org:admin";

/// Where to look for other admins than a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminPlaces {
    /// In this organization, where the user is admin.
    One(Place),
    /// Wherever the user is admin.
    All,
}

/// The other admins of an organization where a user is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherAdmins {
    /// Where.
    pub place: Place,
    /// How many there are beside the user.
    pub count: u64,
    /// The only one, if it is one: their id, and what they are called; as it came, unsafe to print.
    pub only: Option<(UserId, String)>,
}

/// What was found out about other admins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdminsFound {
    /// Each place that was looked at.
    pub places: Vec<OtherAdmins>,
    /// How many further organizations there are that nobody looked at.
    pub unlooked: u64,
}

/// What is said about it before the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminWords {
    /// As a sentence; names as they came, unsafe to print.
    pub text: String,
    /// Whether the last admin goes.
    pub is_warning: bool,
}

impl AdminsFound {
    /// Whether the user is the last admin somewhere.
    #[must_use]
    pub fn has_last(&self) -> bool {
        self.places.iter().any(|place| place.count == 0)
    }
}

/// What is known of other admins where `act` takes one; none where there is nothing to say. With `masking`, people are
/// called by their ids.
pub(in crate::app) fn admin_words(act: &Act, found: &Slot<AdminsFound>, masking: bool) -> Option<AdminWords> {
    match act.admins_lost()? {
        AdminPlaces::One(place) => Some(words_of_one(&place.name, found, masking)),
        AdminPlaces::All => words_of_all(found),
    }
}

fn remark(text: String) -> AdminWords {
    AdminWords { text, is_warning: false }
}

fn words_of_one(place: &str, found: &Slot<AdminsFound>, masking: bool) -> AdminWords {
    match (found.value().and_then(|found| found.places.first()), found.failure()) {
        (None, None) => remark(format!("Whether {place} has another admin is being read.")),
        (None, Some(_)) => remark(format!(
            "Whether {place} has another admin could not be read. Clerk refuses to take the last one away."
        )),
        (Some(OtherAdmins { count: 0, .. }), _) => AdminWords {
            text: format!(
                "The last admin of {place}: Clerk refuses to take the last one away. Make another member admin first."
            ),
            is_warning: true,
        },
        (Some(OtherAdmins { count: 1, only: Some((id, called)), .. }), _) => {
            let called = if masking { id.as_str() } else { called };
            remark(format!("{place} has one more admin: {called}."))
        }
        (Some(OtherAdmins { count, .. }), _) => {
            let count = usize::try_from(*count).unwrap_or(usize::MAX);
            remark(format!("{place} has {}.", counted(count, "more admin", "more admins")))
        }
    }
}

fn words_of_all(found: &Slot<AdminsFound>) -> Option<AdminWords> {
    let Some(found) = found.value() else {
        let words = "Whether another admin is left where this user is one could not be read.";
        return found.failure().map(|_| remark(words.to_owned()));
    };
    let further = usize::try_from(found.unlooked).unwrap_or(usize::MAX);
    let further = (further > 0).then(|| {
        format!("{} not looked at.", counted(further, "further organization was", "further organizations were"))
    });
    let names: Vec<&str> =
        found.places.iter().filter(|place| place.count == 0).map(|place| place.place.name.as_str()).collect();
    if names.is_empty() {
        return further.map(|further| remark(format!("Nowhere the last admin, as far as was read; {further}")));
    }
    let last = format!("The last admin of {}: nobody else is admin there.", names.join(", "));
    let text = [Some(last), further].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(AdminWords { text, is_warning: true })
}

impl App {
    /// Takes who else is admin. A warning is to be seen before the question is answered.
    pub(super) fn take_other_admins(&mut self, result: Result<Fetched, Failure>) {
        let found = result.and_then(|fetched| match fetched {
            Fetched::OtherAdmins(found) => Ok(found),
            other => Err(mismatch(&other)),
        });
        let warns = found.as_ref().is_ok_and(AdminsFound::has_last);
        if let Some(Dialog::Confirm(confirm)) = self.dialogs.top_mut() {
            Confirm::other_admins_mut(confirm).fill(found);
            if warns {
                self.dialogs.redraw();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::act::{OrganizationAct, RoleName};

    fn place(name: &str) -> Place {
        Place { id: format!("org_{name}").into(), name: name.into() }
    }

    fn others(name: &str, count: u64) -> OtherAdmins {
        let only = (count == 1).then(|| (UserId::from("user_2"), "grace@acme.example".to_owned()));
        OtherAdmins { place: place(name), count, only }
    }

    fn filled(places: Vec<OtherAdmins>, unlooked: u64) -> Slot<AdminsFound> {
        let mut slot = Slot::default();
        slot.fill(Ok(AdminsFound { places, unlooked }));
        slot
    }

    fn failed() -> Slot<AdminsFound> {
        let mut slot = Slot::default();
        slot.fill(Err(Failure::Internal("no".into())));
        slot
    }

    fn told(act: &Act, found: &Slot<AdminsFound>) -> Option<(String, bool)> {
        admin_words(act, found, false).map(|words| (words.text, words.is_warning))
    }

    fn role(key: &str) -> RoleName {
        RoleName { key: key.into(), name: key.into() }
    }

    fn remove(key: &str) -> Act {
        Act::Organization(OrganizationAct::Remove { place: place("Acme"), role: role(key) })
    }

    #[test]
    fn only_what_takes_an_admin_says_anything() {
        let change = |from, to| {
            Act::Organization(OrganizationAct::ChangeRole { place: place("Acme"), from: role(from), to: role(to) })
        };
        let add = Act::Organization(OrganizationAct::Add { place: place("Acme"), role: role(ADMIN) });
        for act in [Act::Ban, remove("org:member"), change("org:member", ADMIN), change("org:member", "org:x"), add] {
            assert_eq!(told(&act, &Slot::default()), None, "{act:?}");
        }
        for act in [remove(ADMIN), change(ADMIN, "org:member")] {
            assert!(told(&act, &Slot::default()).is_some(), "{act:?}");
        }
    }

    #[test]
    fn the_last_admin_is_warned_about_and_the_others_are_told() {
        let told = |found| told(&remove(ADMIN), &found).unwrap();
        assert_eq!(told(Slot::default()), ("Whether Acme has another admin is being read.".to_owned(), false));
        assert!(told(failed()).0.contains("could not be read") && !told(failed()).1);
        let last = told(filled(vec![others("Acme", 0)], 0));
        assert!(last.0.starts_with("The last admin of Acme: Clerk refuses") && last.1, "{last:?}");
        let one = told(filled(vec![others("Acme", 1)], 0));
        assert_eq!(one, ("Acme has one more admin: grace@acme.example.".to_owned(), false));
        assert_eq!(told(filled(vec![others("Acme", 2)], 0)).0, "Acme has 2 more admins.");
        let masked = admin_words(&remove(ADMIN), &filled(vec![others("Acme", 1)], 0), true).unwrap();
        assert_eq!(masked.text, "Acme has one more admin: user_2.");
    }

    #[test]
    fn a_deletion_says_where_nobody_else_is_admin_and_what_was_not_looked_at() {
        let told = |found| told(&Act::Delete { copy: true }, &found);
        assert_eq!(told(Slot::default()), None);
        assert_eq!(told(filled(vec![others("Acme", 1)], 0)), None);
        assert!(told(failed()).unwrap().0.contains("could not be read"));
        let places = vec![others("Acme", 0), others("Globex", 3), others("Initech", 0)];
        let words = "The last admin of Acme, Initech: nobody else is admin there.";
        assert_eq!(told(filled(places.clone(), 0)), Some((words.to_owned(), true)));
        let further = format!("{words} 1 further organization was not looked at.");
        assert_eq!(told(filled(places, 1)), Some((further, true)));
        let (text, is_warning) = told(filled(Vec::new(), 4)).unwrap();
        assert!(text.ends_with("4 further organizations were not looked at.") && !is_warning, "{text}");
    }
}
