//! The devices that a few people trust.

use super::{random::Random, time};
use crate::clerk::model::{Object, TrustedDevice, TrustedDeviceStatus, User};

/// Those of one person, oldest first.
pub(super) fn of(seed: u64, number: u32, user: &User) -> Vec<TrustedDevice> {
    let mut random = Random::of(seed, "trusted_device", u64::from(number));
    let count = if random.chance(5) { random.between(1, 2) } else { 0 };
    let device = |place: u64| {
        let (platform, name) = *random.pick(&[
            ("ios", "iPhone 17"),
            ("ios", "iPad Air"),
            ("android", "Pixel 10"),
            ("android", "Galaxy S26"),
        ]);
        let created_at = user.created_at.plus(time::days(place));
        TrustedDevice {
            object: Object::default(),
            id: random.id("tdev"),
            platform: platform.to_owned(),
            app_identifier: "com.example.app".to_owned(),
            name: Some(name.to_owned()),
            algorithm: "ES256".to_owned(),
            status: TrustedDeviceStatus::Active,
            created_at,
            updated_at: created_at,
            last_used_at: Some(created_at),
            revoked_at: None,
        }
    };
    (0..count).map(device).collect()
}
