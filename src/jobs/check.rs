//! Looking whether those whom a job has banned are signed in still.
//!
//! A ban ends every session, and Clerk is taken at its word for thousands: to ask for each would take a request each. So
//! some are looked at, from the first to the last of them, and it is said how many those were.

use crate::{
    app::job::{Job, Outcome, SessionCheck},
    clerk::{
        Clerk,
        model::{SessionStatus, UserId},
        query::PageLimit,
    },
};
use std::time::Duration;
use tokio::{task::JoinSet, time::sleep};

/// So many are looked at, at most.
const SAMPLE: usize = 20;
/// So long Clerk is given to end sessions, before it is asked once more.
const A_MOMENT: Duration = Duration::from_millis(500);

/// Whom to look at: some of those whom a job has changed, from the first to the last.
pub(super) fn sample(job: &Job) -> Vec<UserId> {
    let banned = job.outcomes().filter(|(_, outcome)| matches!(outcome, Outcome::Done { .. }));
    let banned: Vec<&UserId> = banned.map(|(target, _)| &target.id).collect();
    let count = banned.len().min(SAMPLE);
    (0..count).map(|number| banned[number * banned.len() / count].clone()).collect()
}

/// Looks at each; at whoever is signed in, once more a moment later. Of whom nobody tells is not counted.
pub(super) async fn check_sessions(clerk: &Clerk, users: Vec<UserId>) -> SessionCheck {
    let mut looks = JoinSet::new();
    for user in users {
        let clerk = clerk.clone();
        looks.spawn(async move {
            if is_active(&clerk, &user).await? {
                sleep(A_MOMENT).await;
                return is_active(&clerk, &user).await;
            }
            Some(false)
        });
    }
    let told: Vec<bool> = looks.join_all().await.into_iter().flatten().collect();
    SessionCheck { looked_at: told.len(), active: told.into_iter().filter(|is_active| *is_active).count() }
}

async fn is_active(clerk: &Clerk, user: &UserId) -> Option<bool> {
    let answer = clerk.sessions().list(user, Some(SessionStatus::Active), PageLimit::new(1), 0).await;
    answer.ok().map(|answer| !answer.value.is_empty())
}
