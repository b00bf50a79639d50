//! What is asked of the emulator, drawn from pools so small that the same values meet again and again.

use crate::api::NOW;
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

/// Left out, set to null, or set to a value.
pub type Given = Option<Option<&'static str>>;

/// A user, named so that it means somebody whatever happened before.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// One of those that there are, counted round from the newest on.
    Of(usize),
    /// The one who was deleted last, or nobody at all.
    Gone,
}

/// An email address of somebody's, counted round.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    pub of: Who,
    pub place: usize,
}

/// Who is created.
#[derive(Clone, Debug)]
pub struct New {
    pub first_name: Option<&'static str>,
    pub last_name: Option<&'static str>,
    pub username: Option<&'static str>,
    pub external_id: Option<&'static str>,
    /// Each with whether it is reserved rather than verified.
    pub emails: Vec<(&'static str, bool)>,
    pub bags: Bags,
    /// Seconds before the start.
    pub backdated: Option<i64>,
    pub banned: bool,
    pub locked: bool,
}

/// What an update gives.
#[derive(Clone, Debug)]
pub struct Change {
    pub first_name: Given,
    pub last_name: Given,
    pub username: Given,
    pub external_id: Given,
    pub primary: Option<Address>,
    pub bags: Bags,
    /// Whether in a version of the API that takes metadata here.
    pub old: bool,
}

/// Public, private and unsafe metadata.
pub type Bags = [Option<Value>; 3];
pub const BAGS: [&str; 3] = ["public_metadata", "private_metadata", "unsafe_metadata"];

/// What is done to one user by a path of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Ban,
    Unban,
    Lock,
    Unlock,
}

impl Act {
    pub fn name(self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::Unban => "unban",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
        }
    }
}

/// Which users.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub banned: Option<bool>,
    pub query: Option<&'static str>,
    pub emails: Vec<&'static str>,
    /// Each with whether it excludes.
    pub users: Vec<(bool, Who)>,
    pub organizations: Vec<(bool, usize)>,
    /// As old as this user.
    pub before: Option<Who>,
    pub after: Option<Who>,
}

/// Which rows, in which order.
#[derive(Clone, Debug)]
pub struct Rows {
    pub order_by: Option<(&'static str, &'static str)>,
    pub limit: usize,
    pub offset: usize,
    pub starting_after: Option<Who>,
}

/// What an email address is from now on.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub verified: Option<bool>,
    pub primary: Option<bool>,
}

#[derive(Clone, Debug)]
pub enum Operation {
    Create(New),
    Update(Who, Change),
    Merge(Who, Bags),
    Replace(Who, Bags),
    Do(Act, Who),
    Bulk(Act, Vec<Who>),
    /// So many seconds pass.
    Pass(i64),
    Delete(Who),
    AddEmail(Who, &'static str, Standing),
    ChangeEmail(Address, Standing),
    DeleteEmail(Address),
    List(Filter, Rows),
    Count(Filter),
    Join(usize, Who, &'static str),
    ChangeRole(usize, Who, &'static str),
    Leave(usize, Who),
    MembershipsOf(Who),
    MembersOf(usize),
    SessionsOf(Who, Option<&'static str>),
    Revoke(usize),
}

impl Operation {
    /// Whether nobody is another afterwards.
    pub fn only_reads(&self) -> bool {
        matches!(
            self,
            Self::List(..) | Self::Count(_) | Self::MembershipsOf(_) | Self::MembersOf(_) | Self::SessionsOf(..)
        )
    }
}

const EMAILS: &[&str] = &["ada@example.com", "Ada@Example.com", "b@example.com", "c@example.org", "dora@example.net"];
/// One is the other in capitals, one is too short.
const USERNAMES: &[&str] = &["ada.l", "ADA.L", "grace", "abc"];
const FIRST_NAMES: &[&str] = &["Ada", "ada", "Ärger", "Zoë"];
const LAST_NAMES: &[&str] = &["Lovelace", "Hopper"];
const EXTERNAL_IDS: &[&str] = &["x1", "X1", "x2"];
const ROLES: &[&str] = &["org:admin", "org:member"];
/// Shorter and longer than what the index of words begins at; in both names at once; in nobody.
const QUERIES: &[&str] =
    &["a", "ad", "ada", "EXAMPLE", "ada lovelace", "a.l", "ärg", "@example.com", "+1", "nobody at all"];
const ORDERS: &[&str] = &[
    "created_at",
    "updated_at",
    "email_address",
    "username",
    "first_name",
    "last_name",
    "last_active_at",
    "last_sign_in_at",
];
/// A lock lasts an hour: to its last second, to its end, and beyond.
const PASSING: &[i64] = &[1, 60, 3_599, 3_600, 7_200];

/// Sequences of up to so many operations.
pub fn sequences(most: usize) -> impl Strategy<Value = Vec<Operation>> {
    vec(operation(), 1..=most)
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![writing().boxed(), identifying().boxed(), reading().boxed(), belonging().boxed()].boxed()
}

fn writing() -> impl Strategy<Value = Operation> {
    let act = || select(&[Act::Ban, Act::Unban, Act::Lock, Act::Unlock][..]);
    let bulk = select(&[Act::Ban, Act::Unban][..]);
    prop_oneof![
        4 => new().prop_map(Operation::Create),
        3 => (who(), change()).prop_map(|(who, change)| Operation::Update(who, change)),
        2 => (who(), bags()).prop_map(|(who, bags)| Operation::Merge(who, bags)),
        1 => (who(), bags()).prop_map(|(who, bags)| Operation::Replace(who, bags)),
        4 => (act(), who()).prop_map(|(act, who)| Operation::Do(act, who)),
        2 => (bulk, vec(who(), 0..4)).prop_map(|(act, who)| Operation::Bulk(act, who)),
        2 => select(PASSING).prop_map(Operation::Pass),
        2 => who().prop_map(Operation::Delete),
    ]
}

fn identifying() -> impl Strategy<Value = Operation> {
    prop_oneof![
        2 => (who(), select(EMAILS), standing()).prop_map(|(who, email, standing)| Operation::AddEmail(who, email, standing)),
        2 => (address(), standing()).prop_map(|(address, standing)| Operation::ChangeEmail(address, standing)),
        1 => address().prop_map(Operation::DeleteEmail),
    ]
}

fn reading() -> impl Strategy<Value = Operation> {
    let statuses = select(&["active", "revoked", "expired"][..]);
    prop_oneof![
        5 => (filter(), rows()).prop_map(|(filter, rows)| Operation::List(filter, rows)),
        2 => filter().prop_map(Operation::Count),
        1 => (who(), option::of(statuses)).prop_map(|(who, status)| Operation::SessionsOf(who, status)),
        1 => (0_usize..64).prop_map(Operation::Revoke),
    ]
}

fn belonging() -> impl Strategy<Value = Operation> {
    let which = || 0_usize..3;
    prop_oneof![
        2 => (which(), who(), select(ROLES)).prop_map(|(which, who, role)| Operation::Join(which, who, role)),
        1 => (which(), who(), select(ROLES)).prop_map(|(which, who, role)| Operation::ChangeRole(which, who, role)),
        2 => (which(), who()).prop_map(|(which, who)| Operation::Leave(which, who)),
        1 => who().prop_map(Operation::MembershipsOf),
        1 => which().prop_map(Operation::MembersOf),
    ]
}

fn who() -> impl Strategy<Value = Who> {
    // Those who were made just now meet again more often.
    prop_oneof![8 => (0_usize..3).prop_map(Who::Of), 6 => (0_usize..16).prop_map(Who::Of), 1 => Just(Who::Gone)]
}

fn address() -> impl Strategy<Value = Address> {
    (who(), 0_usize..3).prop_map(|(of, place)| Address { of, place })
}

fn standing() -> impl Strategy<Value = Standing> {
    (option::of(any::<bool>()), option::of(any::<bool>()))
        .prop_map(|(verified, primary)| Standing { verified, primary })
}

fn new() -> impl Strategy<Value = New> {
    let names = (option::of(select(FIRST_NAMES)), option::of(select(LAST_NAMES)));
    let identifiers = (
        option::of(select(USERNAMES)),
        option::weighted(0.3, select(EXTERNAL_IDS)),
        vec((select(EMAILS), prop::bool::weighted(0.2)), 0..3),
    );
    let rest = (bags(), option::weighted(0.3, 0_i64..3), prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    (names, identifiers, rest).prop_map(|(names, identifiers, rest)| New {
        first_name: names.0,
        last_name: names.1,
        username: identifiers.0,
        external_id: identifiers.1,
        emails: identifiers.2,
        bags: rest.0,
        backdated: rest.1,
        banned: rest.2,
        locked: rest.3,
    })
}

fn given(pool: &'static [&'static str]) -> impl Strategy<Value = Given> {
    option::of(option::weighted(0.7, select(pool)))
}

fn change() -> impl Strategy<Value = Change> {
    // An empty username is none.
    let username = prop_oneof![6 => given(USERNAMES), 1 => Just(Some(Some("")))];
    let texts = (given(FIRST_NAMES), given(LAST_NAMES), username, given(EXTERNAL_IDS));
    let metadata = prop_oneof![3 => Just(([None, None, None], false)), 1 => (bags(), any::<bool>())];
    (texts, option::weighted(0.3, address()), metadata).prop_map(|(texts, primary, (bags, old))| Change {
        first_name: texts.0,
        last_name: texts.1,
        username: texts.2,
        external_id: texts.3,
        primary,
        bags,
        old,
    })
}

fn bags() -> impl Strategy<Value = Bags> {
    let bag = || option::weighted(0.4, bag());
    (bag(), bag(), bag()).prop_map(|(public, private, unsafe_)| [public, private, unsafe_])
}

fn bag() -> impl Strategy<Value = Value> {
    let leaf = || select(vec![Value::Null, json!(1), json!("pro"), json!([null, { "a": null }])]);
    let inner = prop::collection::btree_map("[ab]", leaf(), 0..3).prop_map(|map| json!(map));
    prop::collection::btree_map("[ab]", prop_oneof![2 => leaf(), 1 => inner], 0..3).prop_map(|map| json!(map))
}

/// None, more often than some.
fn few<T: std::fmt::Debug + Clone>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    prop_oneof![3 => Just(Vec::new()), 1 => vec(of, 1..4)]
}

fn filter() -> impl Strategy<Value = Filter> {
    let states = (option::weighted(0.3, any::<bool>()), option::weighted(0.4, select(QUERIES)));
    let (emails, users) = (few(select(EMAILS)), few((any::<bool>(), who())));
    let organizations = few((any::<bool>(), 0_usize..3));
    let times = (option::weighted(0.2, who()), option::weighted(0.2, who()));
    (states, emails, users, organizations, times).prop_map(|(states, emails, users, organizations, times)| Filter {
        banned: states.0,
        query: states.1,
        emails,
        users,
        organizations,
        before: times.0,
        after: times.1,
    })
}

fn rows() -> impl Strategy<Value = Rows> {
    let order = option::weighted(0.6, (select(&["", "%2B", "-"][..]), select(ORDERS)));
    // Zero is refused, and more than 500 are taken for ten.
    let limit = select(&[500_usize, 1, 2, 5, 501, 0][..]);
    let offset = prop_oneof![3 => Just(0_usize), 1 => 1_usize..6];
    (order, limit, offset, option::weighted(0.3, who())).prop_map(|(order_by, limit, offset, starting_after)| Rows {
        order_by,
        limit,
        offset,
        starting_after,
    })
}

/// When somebody signed up who was made with this many seconds of backdating.
pub fn backdated(seconds: i64) -> i64 {
    NOW.as_millis() - 1_000 * seconds
}
