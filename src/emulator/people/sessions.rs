//! Where a person is signed in, and was.

use super::{Day, random::Random, time};
use crate::clerk::model::{Object, Session, SessionActivity, SessionId, SessionStatus, User};

const BROWSERS: &[(&str, &str)] =
    &[("Chrome", "142.0.0.0"), ("Firefox", "146.0"), ("Safari", "19.1"), ("Edge", "142.0.0.0")];
const DEVICES: &[(&str, bool)] =
    &[("Macintosh", false), ("Windows", false), ("Linux", false), ("iPhone", true), ("Android", true)];
const PLACES: &[(&str, &str)] = &[
    ("London", "GB"),
    ("Lagos", "NG"),
    ("Berlin", "DE"),
    ("São Paulo", "BR"),
    ("東京", "JP"),
    ("Kraków", "PL"),
    ("İzmir", "TR"),
    ("Delhi", "IN"),
    ("Seoul", "KR"),
    ("New York", "US"),
    ("Ciudad de México", "MX"),
    ("Paris", "FR"),
];
/// Networks that are reserved for documentation.
const NETWORKS: &[&str] = &["192.0.2", "198.51.100", "203.0.113"];

/// The sessions of a user, the oldest first. Who is banned has none that is open.
pub(super) fn of(seed: u64, number: u32, user: &User, today: Day) -> Vec<Session> {
    let mut random = Random::of(seed, "session", u64::from(number));
    if user.last_sign_in_at.is_none() {
        return Vec::new();
    }
    let most = if random.chance(10) { 5 } else { 2 };
    let count = random.between(1, most);
    let mut sessions: Vec<Session> = (0..count).map(|_| session(&mut random, user, today)).collect();
    sessions.sort_by_key(|session| session.created_at);
    sessions
}

fn session(random: &mut Random, user: &User, today: Day) -> Session {
    let created_at = time::lately(random, user.created_at, user.last_sign_in_at.unwrap_or(user.created_at));
    let status = match random.below(100) {
        0..62 if user.banned => SessionStatus::Revoked,
        0..62 => SessionStatus::Active,
        62..80 => SessionStatus::Ended,
        80..92 => SessionStatus::Expired,
        92..97 => SessionStatus::Abandoned,
        _ => SessionStatus::Replaced,
    };
    let last_active_at = time::lately(random, created_at, user.last_active_at.unwrap_or(created_at).max(created_at));
    let open = status == SessionStatus::Active;
    let expire_at =
        if open { today.start().plus(time::days(random.between(1, 7))) } else { created_at.plus(time::days(7)) };
    Session {
        object: Object::default(),
        id: SessionId::from(random.id("sess")),
        user_id: user.id.clone(),
        client_id: random.id("client"),
        status,
        last_active_at,
        latest_activity: Some(activity(random)),
        expire_at,
        abandon_at: expire_at.plus(time::days(23)),
        updated_at: last_active_at,
        created_at,
        ..Session::default()
    }
}

fn activity(random: &mut Random) -> SessionActivity {
    let ((browser, version), (device, is_mobile)) = (*random.pick(BROWSERS), *random.pick(DEVICES));
    let (city, country) = *random.pick(PLACES);
    SessionActivity {
        object: Object::default(),
        id: random.id("sess_activity"),
        device_type: Some(device.to_owned()),
        is_mobile,
        browser_name: Some(browser.to_owned()),
        browser_version: Some(version.to_owned()),
        ip_address: Some(format!("{}.{}", random.pick(NETWORKS), random.between(1, 254))),
        city: Some(city.to_owned()),
        country: Some(country.to_owned()),
    }
}
