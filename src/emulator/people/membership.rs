//! Organizations, who belongs to them, and who is invited.

use super::{Day, random::Random, time};
use crate::{
    clerk::model::{Metadata, Object, Organization, OrganizationId, User},
    emulator::store::{ROLES, Store, StoreError},
};
use std::cmp::max;

const NAMES: &[&str] = &[
    "Acme",
    "Globex",
    "Initech",
    "Analytical Engines",
    "Umbra Optics",
    "Northwind",
    "Tyrell Robotics",
    "Hooli Labs",
    "Blue Heron Books",
    "Paper Lantern",
    "Meridian Health",
    "Kestrel Aviation",
    "Lumen & Sons",
    "Café Zoë",
    "Ørsted Verft",
    "東京ソフト",
    "Полярная звезда",
    "Big Red Barn",
    "Tidewater",
    "Quorum",
    "Cobalt Freight",
    "Saffron Kitchen",
    "Halcyon Games",
    "Pine & Iron",
    "Wayfarer",
    "Copper Kettle",
    "Sundial",
    "Fjordlys",
    "Casa Verde",
    "Atlas Cartography",
    "Ministry of Silly Names and Other Matters of Some Importance",
];
const KINDS: &[&str] = &["", "Labs", "Group", "Studio", "Works", "Partners", "Europe", "Foundation", "GmbH", "Ltd"];

/// Every so many users there is one organization more.
const USERS_EACH: u32 = 20;
/// More are not made, however many users there are.
const MOST: u32 = 5_000;

/// What is noted about a membership.
const SEATS: &[&str] = &[r#"{"seat":"owner"}"#, r#"{"seat":"editor","cost_center":4711}"#, "{}", "{}", "{}"];

/// The organizations of an instance, the largest first.
#[derive(Debug)]
pub(super) struct Organizations {
    seed: u64,
    today: Day,
    seqs: Vec<i64>,
    users: u32,
}

impl Organizations {
    /// Makes them.
    pub(super) fn found(store: &Store, seed: u64, users: u32, today: Day) -> Result<Self, StoreError> {
        // Enough for the one who belongs everywhere to have more than a page of them.
        let count = if users == 0 { 0 } else { (users / USERS_EACH).clamp(60, MOST) };
        let seqs = (0..count).map(|number| store.insert_organization(&organization(seed, number, today))).collect();
        Ok(Self { seed, today, seqs: seqs_or_error(seqs)?, users })
    }

    /// Puts a user where they belong: nowhere, in one, or in several; one user, in the newest third, in most.
    pub(super) fn join(&self, store: &Store, number: u32, seq: i64, user: &User) -> Result<(), StoreError> {
        let mut random = Random::of(self.seed, "membership", u64::from(number));
        let everywhere = number == self.users.saturating_sub(self.users / 20 + 1);
        let count = match random.below(100) {
            _ if everywhere => 58,
            0..45 => 0,
            45..85 => 1,
            85..95 => 2,
            _ => random.between(3, 5),
        };
        let mut joined = Vec::new();
        for place in 0..count {
            let Some(organization) = self.pick(&mut random, everywhere.then_some(place)) else { return Ok(()) };
            // Who came first runs it.
            let role = match random.below(100) {
                _ if place == 0 && number < self.users / 8 => &ROLES[0],
                0..12 => &ROLES[0],
                12..20 => &ROLES[2],
                20..25 => &ROLES[3],
                _ => &ROLES[1],
            };
            let created_at = time::between(&mut random, user.created_at, max(user.created_at, self.today.start()));
            let (metadata, id) = (random.pick(SEATS), random.id("orgmem"));
            // Nobody belongs to one twice.
            if !joined.contains(&organization) {
                store.insert_membership(&id, (seq, organization), role, metadata, created_at)?;
                joined.push(organization);
            }
        }
        self.invite_user(store, number, user, &joined)
    }

    /// Invites a few users to where they do not belong. Some of the invitations are too old by now.
    fn invite_user(&self, store: &Store, number: u32, user: &User, joined: &[i64]) -> Result<(), StoreError> {
        let mut random = Random::of(self.seed, "invited user", u64::from(number));
        let Some(email) = user.primary_email_address().filter(|_| random.chance(8)) else { return Ok(()) };
        for _ in 0..random.between(1, 2) {
            let organization = self.pick(&mut random, None).filter(|organization| !joined.contains(organization));
            let created_at = self.today.start().minus(time::days(random.between(1, 45)));
            let times = (created_at, created_at.plus(time::days(30)));
            let id = random.id("orginv");
            if let Some(organization) = organization {
                store.insert_invitation(&id, organization, &email.email_address, &ROLES[1], times)?;
            }
        }
        Ok(())
    }

    /// Invites a few to each.
    pub(super) fn invite(&self, store: &Store) -> Result<(), StoreError> {
        for (number, seq) in (0_u64..).zip(&self.seqs) {
            let mut random = Random::of(self.seed, "invitation", number);
            for place in 0..random.below(4) {
                let created_at = self.today.start().minus(time::days(random.between(1, 25)));
                let email = format!("invited.{number}.{place}@inbox.example");
                let times = (created_at, created_at.plus(time::days(30)));
                store.insert_invitation(&random.id("orginv"), *seq, &email, &ROLES[1], times)?;
            }
        }
        Ok(())
    }

    /// One of them: the first are the largest, as in life. Or the one at a place.
    fn pick(&self, random: &mut Random, place: Option<u64>) -> Option<i64> {
        let count = u64::try_from(self.seqs.len()).ok()?;
        let place = place.unwrap_or_else(|| {
            let bound = random.below(count) + 1;
            random.below(bound)
        });
        self.seqs.get(usize::try_from(place).ok()?).copied()
    }
}

/// The first failure of many, or all of them.
fn seqs_or_error(seqs: Vec<Result<i64, StoreError>>) -> Result<Vec<i64>, StoreError> {
    seqs.into_iter().collect()
}

fn organization(seed: u64, number: u32, today: Day) -> Organization {
    let mut random = Random::of(seed, "organization", u64::from(number));
    let round = number as usize / NAMES.len();
    let base = NAMES[number as usize % NAMES.len()];
    let name = match KINDS.get(round).copied() {
        Some("") => base.to_owned(),
        Some(kind) => format!("{base} {kind}"),
        None => format!("{base} {round}"),
    };
    let plain = super::names::plain(&name.replace(' ', "0")).replace('0', "-");
    let slug = if plain.trim_matches('-').is_empty() { format!("org-{number}") } else { plain };
    let created_at = today.start().minus(time::days(random.between(30, 1_000)));
    Organization {
        object: Object::default(),
        id: OrganizationId::from(random.id("org")),
        slug: if round == 0 { slug } else { format!("{slug}-{number}") },
        name,
        image_url: Some(random.text("https://img.clerk.com/", 24)),
        has_image: random.chance(30),
        max_allowed_memberships: if random.chance(50) { 0 } else { 50 },
        admin_delete_enabled: true,
        private_metadata: Some(Metadata::new()),
        created_at,
        updated_at: created_at,
        ..Organization::default()
    }
}
