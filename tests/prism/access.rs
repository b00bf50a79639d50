//! Who may sign up or in: invitations, tokens, lists, the waitlist; and the instance.

use super::Stage;
use lazyclerk::clerk::{
    instance::RestrictionsUpdate,
    invitations::CreateInvitation,
    model::{Metadata, WaitlistStatus},
    query::{PageLimit, PageStart, UserPage, UserQuery},
    tokens::CreateActorToken,
};
use serde_json::json;

pub(crate) async fn run(stage: &mut Stage) {
    invitations(stage).await;
    tokens(stage).await;
    restrictions(stage).await;
    waitlist(stage).await;
    let clerk = stage.connect();
    stage.call("instance().get", clerk.instance().get()).await;
    let update = RestrictionsUpdate { blocklist: Some(true), ..RestrictionsUpdate::default() };
    stage.call("instance().update_restrictions", clerk.instance().update_restrictions(update)).await;
}

async fn invitations(stage: &mut Stage) {
    let clerk = stage.connect();
    let invitation = CreateInvitation {
        email_address: "charles@prism.example".into(),
        public_metadata: Some(Metadata::from_iter([("engine".to_owned(), json!("difference"))])),
        redirect_url: Some("https://example.com".into()),
        notify: Some(false),
        ignore_existing: false,
        expires_in_days: Some(7),
    };
    let created = stage.call("invitations().create", clerk.invitations().create(&invitation)).await;
    stage.call("invitations().list", clerk.invitations().list(None, Some("charles"), PageLimit::new(20), 0)).await;
    if let Some(invitation) = created {
        stage.call("invitations().revoke", clerk.invitations().revoke(&invitation.id)).await;
    }
}

async fn tokens(stage: &mut Stage) {
    let clerk = stage.connect();
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(1) };
    let users = stage.call("users().list", clerk.users().list(&UserQuery::default(), &page)).await.unwrap_or_default();
    let Some(user) = users.first() else { return };
    let token = CreateActorToken {
        user: user.id.clone(),
        actor: "kim".into(),
        expires_in_seconds: Some(600),
        session_max_duration_in_seconds: Some(900),
    };
    if let Some(token) = stage.call("tokens().create_actor", clerk.tokens().create_actor(&token)).await {
        stage.call("tokens().revoke_actor", clerk.tokens().revoke_actor(&token.id)).await;
    }
    if let Some(token) = stage.call("tokens().create_sign_in", clerk.tokens().create_sign_in(&user.id, Some(60))).await
    {
        stage.call("tokens().revoke_sign_in", clerk.tokens().revoke_sign_in(&token.id)).await;
    }
}

async fn restrictions(stage: &mut Stage) {
    let clerk = stage.connect();
    let lists = clerk.restrictions();
    let blocked = stage.call("restrictions().block", lists.block("*@prism.example")).await;
    stage.call("restrictions().blocklist", lists.blocklist()).await;
    if let Some(blocked) = blocked {
        stage.call("restrictions().unblock", lists.unblock(&blocked.id)).await;
    }
    let allowed = stage.call("restrictions().allow", lists.allow("friend@prism.example", false)).await;
    stage.call("restrictions().allowlist", lists.allowlist(PageLimit::new(20), 0)).await;
    if let Some(allowed) = allowed {
        stage.call("restrictions().disallow", lists.disallow(&allowed.id)).await;
    }
}

/// Of those who were made with the instance: nobody can be put on the list by the client.
async fn waitlist(stage: &mut Stage) {
    let clerk = stage.connect();
    let list = clerk.waitlist();
    let pending = list.list(Some(WaitlistStatus::Pending), None, PageLimit::new(20), 0);
    let entries = stage.call("waitlist().list", pending).await.map(|page| page.data).unwrap_or_default();
    let [first, second, third, ..] = entries.as_slice() else {
        stage.wrong.push("three wait, so that each can be told something".to_owned());
        return;
    };
    stage.call("waitlist().invite", list.invite(&first.id)).await;
    stage.call("waitlist().reject", list.reject(&second.id)).await;
    stage.call("waitlist().delete", list.delete(&third.id)).await;
}
