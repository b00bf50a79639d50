//! Who lives at the server that the test plays, and what it answers about them.

use crate::{
    app::{Fetch, Fetched, act::Picture, admins::AdminsFound, detail::Batch},
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
        Fetch::Users { .. } | Fetch::UsersInBackground { .. } => Fetched::Users(users.iter().map(received).collect()),
        Fetch::Count(filter) if *filter == UserFilter::default() => Fetched::Count(users.len() as u64),
        Fetch::Count(_) | Fetch::CountInBackground(_) => Fetched::Count(0),
        Fetch::Among { users: ids, .. } => {
            Fetched::Users(users.iter().filter(|user| ids.contains(&user.id)).map(received).collect())
        }
        Fetch::User(id) => {
            let user = users.iter().find(|user| user.id == *id).expect("a user that was shown");
            Fetched::User(Box::new(received(user)))
        }
        Fetch::Memberships { .. } => Fetched::Memberships(Page::default()),
        Fetch::Invitations { .. } | Fetch::OrganizationInvitations { .. } => Fetched::Invitations(Page::default()),
        Fetch::Sessions { .. } => Fetched::Sessions(Vec::new()),
        Fetch::History { .. } => Fetched::History(Batch::default()),
        Fetch::Record { .. } => Fetched::Record(Batch::default()),
        Fetch::TrustedDevices(_) => Fetched::TrustedDevices(Vec::new()),
        Fetch::Organizations { .. } | Fetch::NamedOrganizations(_) => Fetched::Organizations(Page::default()),
        Fetch::Step(_) => Fetched::Step(crate::app::Step::None),
        Fetch::UnfinishedJobs => Fetched::UnfinishedJobs(Vec::new()),
        Fetch::Roles => Fetched::Roles(Vec::new()),
        Fetch::OtherAdmins { .. } => Fetched::OtherAdmins(AdminsFound::default()),
        Fetch::Restrictions(_) => Fetched::Restrictions(Vec::new()),
        Fetch::Trash => Fetched::Trash(Vec::new()),
        Fetch::Notes => Fetched::Notes(std::collections::BTreeMap::new()),
        Fetch::Export(exporting) => Fetched::Exported { path: exporting.path.clone().into(), users: 0 },
        Fetch::FailedOfJob(_) => Fetched::FailedOfJob(Vec::new()),
        Fetch::MarkList(file) => Fetched::MarkList(crate::app::MarkList::read(file.clone(), "")),
        Fetch::FileNames(_) => Fetched::FileNames(Vec::new()),
        Fetch::Picture(_) => Fetched::Picture(Picture { content_type: "image/png", bytes: 1 }),
        Fetch::Instance => {
            Fetched::Instance(Instance { environment_type: Some(EnvironmentType::Development), ..Instance::default() })
        }
    }
}
