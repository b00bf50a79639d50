//! Whether a user is one that was asked for, as far as an answer shows it.
//!
//! A filter that a server ignores, as it does not know it or a proxy has lost it, brings users that nobody meant: they must
//! never be marked. What Clerk matches in part (names, words of a search) has rules that are Clerk's own, memberships are
//! not in the answer, and the last activity is told by the day: these are not checked.

use crate::clerk::{
    model::{Timestamp, User},
    query::{Select, Span, UserFilter},
};

/// How `user` differs from what `filter` asks for, behind the user's id: `is not banned`; none where nothing tells so.
pub(in crate::app) fn violation(filter: &UserFilter, user: &User) -> Option<&'static str> {
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let lacks = |wanted: &[String], has: &dyn Fn(&str) -> bool| !wanted.is_empty() && !wanted.iter().any(|it| has(it));
    let has_email = |it: &str| user.email_addresses.iter().any(|email| same(&email.email_address, it));
    let has_phone = |it: &str| user.phone_numbers.iter().any(|phone| phone.phone_number == it);
    let has_username = |it: &str| user.username.as_deref().is_some_and(|username| same(username, it));
    let has_wallet = |it: &str| user.web3_wallets.iter().any(|wallet| same(&wallet.web3_wallet, it));
    let wrong = [
        (filter.banned == Some(true) && !user.banned, "is not banned"),
        (filter.banned == Some(false) && user.banned, "is banned"),
        (is_outside(filter.created_at, Some(user.created_at)), "signed up at another time"),
        (is_outside(filter.last_sign_in_at, user.last_sign_in_at), "signed in at another time"),
        (!selects(&filter.user_id, Some(&user.id)), "has another id"),
        (!selects(&filter.external_id, user.external_id.as_ref()), "has another external id"),
        (lacks(&filter.email_address, &has_email), "has another email address"),
        (lacks(&filter.phone_number, &has_phone), "has another phone number"),
        (lacks(&filter.username, &has_username), "has another username"),
        (lacks(&filter.web3_wallet, &has_wallet), "has another wallet"),
    ];
    wrong.into_iter().find(|(is_wrong, _)| *is_wrong).map(|(_, how)| how)
}

/// Clerk does not say on which side a moment stands that is an end itself: it is on both.
fn is_outside(span: Span, moment: Option<Timestamp>) -> bool {
    let Some(moment) = moment else { return false };
    span.before.is_some_and(|before| moment > before) || span.after.is_some_and(|after| moment < after)
}

fn selects<T: PartialEq>(selected: &[Select<T>], value: Option<&T>) -> bool {
    let is = |wanted: &T| value == Some(wanted);
    let excluded = selected.iter().any(|select| matches!(select, Select::Exclude(unwanted) if is(unwanted)));
    let mut included = selected.iter().filter_map(|select| match select {
        Select::Include(wanted) => Some(is(wanted)),
        Select::Exclude(_) => None,
    });
    let is_included = included.clone().next().is_none() || included.any(|is| is);
    is_included && !excluded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::tests::stage::user, clerk::model::UserId};
    use rstest::rstest;

    fn banned(banned: bool) -> UserFilter {
        UserFilter { banned: Some(banned), ..UserFilter::default() }
    }

    fn created(before: Option<Timestamp>, after: Option<Timestamp>) -> UserFilter {
        UserFilter { created_at: Span { before, after }, ..UserFilter::default() }
    }

    #[rstest]
    #[case(UserFilter::default(), None)]
    #[case(banned(false), None)]
    #[case(banned(true), Some("is not banned"))]
    #[case(created(Some(user(1).created_at), Some(user(1).created_at)), None)]
    #[case(created(Some(user(2).created_at), None), Some("signed up at another time"))]
    #[case(created(None, Some(user(0).created_at)), Some("signed up at another time"))]
    #[case(UserFilter { user_id: vec![Select::Include(user(1).id)], ..UserFilter::default() }, None)]
    #[case(UserFilter { user_id: vec![Select::Include(user(2).id)], ..UserFilter::default() }, Some("has another id"))]
    #[case(UserFilter { user_id: vec![Select::Exclude(user(1).id)], ..UserFilter::default() }, Some("has another id"))]
    #[case(UserFilter { user_id: vec![Select::Exclude(user(2).id)], ..UserFilter::default() }, None)]
    #[case(UserFilter { email_address: vec!["PERSON1@Example.com".into()], ..UserFilter::default() }, None)]
    #[case(
        UserFilter { email_address: vec!["person2@example.com".into()], ..UserFilter::default() },
        Some("has another email address")
    )]
    #[case(UserFilter { username: vec!["ada".into()], ..UserFilter::default() }, Some("has another username"))]
    #[case(UserFilter { query: Some("what Clerk makes of it".into()), ..UserFilter::default() }, None)]
    fn what_can_be_checked_is(#[case] filter: UserFilter, #[case] expected: Option<&str>) {
        assert_eq!(violation(&filter, &user(1)), expected);
    }

    #[test]
    fn who_is_banned_is_not_one_of_the_others() {
        let banned_user = User { id: UserId::from("user_1"), banned: true, ..User::default() };
        assert_eq!(violation(&banned(false), &banned_user), Some("is banned"));
    }
}
