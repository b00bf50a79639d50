//! Links that let somebody in, and their end.

use super::{
    send::{Sent, done},
    steps::Steps,
};
use crate::{
    app::{
        Failure, Made, Secret,
        act::{AccessAct, IMPERSONATION_LINK, IMPERSONATION_SESSION, SIGN_IN_LINK},
        dialog::Link,
    },
    clerk::{
        Answer, Clerk, Error,
        model::{Secret as Token, Session, SessionStatus, Timestamp, UserId},
        query::PageLimit,
        tokens::CreateActorToken,
    },
};
use std::time::Duration;

/// Does it.
pub(super) async fn send(clerk: &Clerk, user: &UserId, act: &AccessAct) -> Result<Sent, Failure> {
    let tokens = clerk.tokens();
    match act {
        AccessAct::Impersonate { actor } => {
            let token = CreateActorToken {
                user: user.clone(),
                actor: actor.clone(),
                expires_in_seconds: Some(seconds(IMPERSONATION_LINK)),
                session_max_duration_in_seconds: Some(seconds(IMPERSONATION_SESSION)),
            };
            let answer = tokens.create_actor(&token).await?;
            let (id, url, at) = (answer.value.id.clone(), answer.value.url.clone(), answer.value.created_at);
            linked(answer, id, url, at.plus(IMPERSONATION_LINK))
        }
        AccessAct::LinkSignIn => {
            let answer = tokens.create_sign_in(user, Some(seconds(SIGN_IN_LINK))).await?;
            let (id, url, at) = (answer.value.id.clone(), answer.value.url.clone(), answer.value.created_at);
            linked(answer, id, url, at.plus(SIGN_IN_LINK))
        }
        AccessAct::RevokeSignInLink { link } => Ok(tokens.revoke_sign_in(link).await.map(done)?),
        AccessAct::EndImpersonation { link, actor } => end(clerk, user, link.as_deref(), actor).await,
    }
}

fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs()).unwrap_or(u32::MAX)
}

fn linked<T>(answer: Answer<T>, id: String, url: Option<Token>, expires_at: Timestamp) -> Result<Sent, Failure> {
    let url = url.ok_or_else(|| Failure::Internal("the answer holds no link".to_owned()))?;
    let link = Link { id, url: Secret::from(url.expose()), expires_at };
    Ok(Sent { made: Made::Link(link), ..done(answer) })
}

/// Takes the link back, unless it was used; and ends the sessions of the actor.
async fn end(clerk: &Clerk, user: &UserId, link: Option<&str>, actor: &str) -> Result<Sent, Failure> {
    let mut steps = Steps::default();
    if let Some(link) = link {
        match clerk.tokens().revoke_actor(link).await {
            Ok(answer) => steps.revoked_link(answer),
            // It was used, taken back, or has been forgotten.
            Err(error) if matches!(error.status(), Some(400 | 404)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let acted = match acted_sessions(clerk, user, actor, &mut steps).await {
        Ok(acted) => acted,
        Err(error) => return Err(steps.failed(error, None)),
    };
    steps.revoke(clerk, &acted).await?;
    Ok(steps.end(|done| Made::Ended { link: done.link, sessions: acted.len() }))
}

/// The open sessions as the user in which this actor acts.
async fn acted_sessions(clerk: &Clerk, user: &UserId, actor: &str, steps: &mut Steps) -> Result<Vec<Session>, Error> {
    let mut acted = Vec::new();
    let mut offset = 0;
    loop {
        let sessions =
            steps.read(clerk.sessions().list(user, Some(SessionStatus::Active), PageLimit::MAX, offset).await?);
        let count = sessions.len();
        let is_acted = |session: &Session| session.actor.as_ref().is_some_and(|it| it["sub"].as_str() == Some(actor));
        acted.extend(sessions.into_iter().filter(is_acted));
        offset += u64::try_from(count).unwrap_or(u64::MAX);
        if count < usize::from(PageLimit::MAX.get()) {
            return Ok(acted);
        }
    }
}
