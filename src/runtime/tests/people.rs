//! Who lives at the server that the test plays, and what it answers about them.

use crate::{
    app::{Fetch, Fetched, detail::Batch},
    clerk::{
        model::{EnvironmentType, Instance, Page, Received, User, UserId},
        query::UserFilter,
    },
};

pub(super) fn user(name: &str) -> User {
    User { id: UserId::from(format!("user_{name}")), first_name: Some(name.to_owned()), ..User::default() }
}

pub(super) fn received(user: &User) -> Received<User> {
    Received::from_value(user.clone()).expect("a user is JSON")
}

pub(super) fn answer(fetch: &Fetch, users: &[User]) -> Fetched {
    match fetch {
        Fetch::Users { .. } => Fetched::Users(users.iter().map(received).collect()),
        Fetch::Count(filter) if *filter == UserFilter::default() => Fetched::Count(users.len() as u64),
        Fetch::Count(_) => Fetched::Count(0),
        Fetch::User(id) => {
            let user = users.iter().find(|user| user.id == *id).expect("a user that was shown");
            Fetched::User(Box::new(received(user)))
        }
        Fetch::Memberships { .. } => Fetched::Memberships(Page::default()),
        Fetch::Invitations { .. } => Fetched::Invitations(Page::default()),
        Fetch::Sessions { .. } => Fetched::Sessions(Vec::new()),
        Fetch::Organizations { .. } | Fetch::NamedOrganizations(_) => Fetched::Organizations(Page::default()),
        Fetch::History { .. } => Fetched::History(Batch::default()),
        Fetch::TrustedDevices(_) => Fetched::TrustedDevices(Vec::new()),
        Fetch::Roles => Fetched::Roles(Vec::new()),
        Fetch::Restrictions(_) => Fetched::Restrictions(Vec::new()),
        Fetch::Instance => {
            Fetched::Instance(Instance { environment_type: Some(EnvironmentType::Development), ..Instance::default() })
        }
    }
}
