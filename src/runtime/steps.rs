//! Acts that take several requests, and what is told of one that fails half way.

use super::send::Sent;
use crate::{
    app::{Failure, Made, act::Halfway},
    clerk::{Answer, Clerk, Error, error::TraceId, model::Session},
};

/// The requests of an act so far.
#[derive(Debug, Default)]
pub(super) struct Steps {
    done: Halfway,
    /// Status and trace of the latest request that changed something, or that read while nothing had.
    answer: Option<(u16, Option<TraceId>)>,
}

impl Steps {
    /// Takes what was read on the way.
    pub fn read<T>(&mut self, answer: Answer<T>) -> T {
        if self.done.is_nothing() {
            self.answer = Some((answer.status, answer.trace_id));
        }
        answer.value
    }

    /// A link was taken back.
    pub fn revoked_link<T>(&mut self, answer: Answer<T>) {
        self.done.link = true;
        self.answer = Some((answer.status, answer.trace_id));
    }

    /// Ends these sessions one after the other; one that ended by itself meanwhile is as good. How many it has ended.
    pub async fn revoke(&mut self, clerk: &Clerk, sessions: &[Session]) -> Result<usize, Failure> {
        let before = self.done.sessions;
        for (index, session) in sessions.iter().enumerate() {
            match clerk.sessions().revoke(&session.id).await {
                Ok(answer) => {
                    self.done.sessions += 1;
                    self.answer = Some((answer.status, answer.trace_id));
                }
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(self.failed(error, Some(sessions.len() - index))),
            }
        }
        Ok(self.done.sessions - before)
    }

    /// What a failed request makes of the act, with so many sessions left to end, where that is known.
    pub fn failed(&self, error: Error, left: Option<usize>) -> Failure {
        if self.done.is_nothing() {
            return error.into();
        }
        Failure::Partly { done: Halfway { left, ..self.done }, then: Box::new(error.into()) }
    }

    /// All of it is done.
    pub fn end(self, made: impl FnOnce(Halfway) -> Made) -> Sent {
        let (status, trace_id) = self.answer.unwrap_or_default();
        Sent { made: made(self.done), status, trace_id }
    }
}
