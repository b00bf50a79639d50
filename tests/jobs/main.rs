//! Jobs against the emulator, over real HTTP: what becomes of each user, also when requests fail, when the program is
//! ended in the middle, and when nothing can be written down.

#![expect(clippy::unwrap_used, reason = "clippy knows test functions, but not their helpers")]

mod acts;
mod copies;
mod faults;
mod pace;
mod preview;
mod restoring;

use lazyclerk::{
    app::{
        Grounds, Person,
        job::{JobAct, JobReport, Plan, Target},
    },
    audit::{Audit, Origin},
    clerk::{
        Clerk, Endpoint, InstanceKind,
        model::{Received, User},
        query::{PageLimit, PageStart, UserFilter, UserPage, UserQuery},
    },
    emulator::{Emulator, Options},
    jobs::Jobs,
};
use std::{path::Path, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::{sync::mpsc, time::timeout};

/// No job of these tests takes so long.
const PATIENCE: Duration = Duration::from_mins(2);

/// An emulator, a client of it, and jobs at it.
struct Setting {
    emulator: Emulator,
    clerk: Clerk,
    jobs: Jobs,
    reports: mpsc::UnboundedReceiver<JobReport>,
    state: TempDir,
}

impl Setting {
    async fn start(options: Options) -> Self {
        let emulator = Emulator::start(options).await.unwrap();
        let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
        let state = TempDir::new().unwrap();
        let (jobs, reports) = jobs(&clerk, state.path());
        Self { emulator, clerk, jobs, reports, state }
    }

    /// Of a production instance, whose limit is the higher one.
    async fn with_users(users: u32) -> Self {
        Self::start(Options { users, instance: InstanceKind::Production, ..Options::default() }).await
    }

    /// Everybody, the newest first.
    async fn users(&self) -> Vec<Received<User>> {
        self.matching(UserFilter::default()).await
    }

    async fn matching(&self, filter: UserFilter) -> Vec<Received<User>> {
        let query = UserQuery { filter, ..UserQuery::default() };
        let (mut users, mut start) = (Vec::new(), PageStart::FIRST);
        loop {
            let page = UserPage { start, limit: PageLimit::MAX };
            let page = self.clerk.users().list(&query, &page).await.unwrap().value;
            let Some(last) = page.last() else { return users };
            start = PageStart::After(last.id.clone());
            users.extend(page);
        }
    }

    async fn count(&self, filter: UserFilter) -> u64 {
        self.clerk.users().count(&filter).await.unwrap().value
    }

    /// The report that a condition holds for, waiting for it.
    async fn report(&mut self, what: &str, holds: impl Fn(&JobReport) -> bool) -> JobReport {
        let waiting = async {
            loop {
                let report = self.reports.recv().await.expect("the job still reports");
                if holds(&report) {
                    return report;
                }
            }
        };
        timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("waited in vain for: {what}"))
    }

    /// Carries it out to its end.
    async fn carry_out(&mut self, act: JobAct, users: &[Received<User>]) -> JobReport {
        let id = self.jobs.begin(plan(act, users)).await.unwrap();
        self.report("the end", |report| report.id == id && report.state.is_over()).await
    }
}

fn jobs(clerk: &Clerk, state: &Path) -> (Jobs, mpsc::UnboundedReceiver<JobReport>) {
    let (sender, reports) = mpsc::unbounded_channel();
    let audit = Audit::open(state, Origin::of(clerk.endpoint().host(), clerk.instance_kind())).unwrap();
    (Jobs::new(clerk.endpoint().host(), clerk, Arc::new(audit), state.to_owned(), sender), reports)
}

fn plan(act: JobAct, users: &[Received<User>]) -> Plan {
    let target =
        |user: &Received<User>| Target { id: user.id.clone(), person: Person::of(user), given: None, undoes: None };
    let grounds = Grounds { undoes: None, reason: Some("spam wave".to_owned()) };
    Plan { act, targets: users.iter().map(target).collect(), grounds, chosen: "by hand".to_owned() }
}

fn banned() -> UserFilter {
    UserFilter { banned: Some(true), ..UserFilter::default() }
}
