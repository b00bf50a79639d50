//! Who notes what the loop asks for, and answers when the test does.

use super::stage::{Asked, Begun, Shared};
use crate::{
    app::{
        Change, Changed, Failure, Fetch, Fetched, InvitationChange, NewUser, Remember, Remembered, Restoration,
        RestrictionChange,
        job::{JobAnswer, JobReport, JobRequest},
    },
    clerk::{Exchange, model::UserId},
    runtime::Perform,
};
use tokio::sync::{
    mpsc::{UnboundedReceiver, unbounded_channel},
    oneshot,
};

pub(super) struct FakePerformer(pub(super) Shared);

impl Perform for FakePerformer {
    fn exchanges(&mut self) -> Option<UnboundedReceiver<Exchange>> {
        let (sender, receiver) = unbounded_channel();
        self.0.lock().unwrap().exchanges = Some(sender);
        Some(receiver)
    }

    fn job_reports(&mut self) -> Option<UnboundedReceiver<JobReport>> {
        let (sender, receiver) = unbounded_channel();
        self.0.lock().unwrap().job_reports = Some(sender);
        Some(receiver)
    }

    fn ask_of_job(&self, _: JobRequest) -> impl Future<Output = Result<JobAnswer, Failure>> + Send + 'static {
        std::future::pending()
    }

    fn leave_jobs(&self) -> impl Future<Output = ()> + Send + 'static {
        let leaving = self.0.lock().unwrap().leaving_jobs.take();
        async move {
            if let Some(leaving) = leaving {
                let _ = leaving.await;
            }
        }
    }

    fn fetch(&self, fetch: Fetch) -> impl Future<Output = Result<Fetched, Failure>> + Send + 'static {
        let (answer, answered) = oneshot::channel();
        self.0.lock().unwrap().asked.push(Asked { fetch, answer });
        async { answered.await.expect("the test let it panic") }
    }

    fn create(&self, _: NewUser) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        std::future::pending()
    }

    fn restore(&self, _: Restoration) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        std::future::pending()
    }

    fn purge(&self, _: Vec<UserId>) -> impl Future<Output = Result<(), Failure>> + Send + 'static {
        std::future::pending()
    }

    fn keep_note(&self, _: UserId, _: Option<String>) -> impl Future<Output = Result<(), Failure>> + Send + 'static {
        std::future::pending()
    }

    fn invite(&self, _: InvitationChange) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        std::future::pending()
    }

    fn restrict(&self, _: RestrictionChange) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        std::future::pending()
    }

    fn set_read_only(&self, on: bool) {
        self.0.lock().unwrap().read_only.push(on);
    }

    fn remember(&self, _: Remember) -> impl Future<Output = Result<Remembered, String>> + Send + 'static {
        let (end, ended) = oneshot::channel();
        self.0.lock().unwrap().remembering.push(end);
        async { ended.await.expect("the test let it panic") }
    }

    fn change(&self, change: Change) -> impl Future<Output = Result<Changed, Failure>> + Send + 'static {
        let (answer, answered) = oneshot::channel();
        self.0.lock().unwrap().begun.push(Begun { change, answer });
        async { answered.await.expect("the test let it panic") }
    }
}
