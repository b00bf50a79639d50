//! Numbers that look random and are the same on every machine and in every version.
//!
//! `SplitMix64`, as published by Guy Steele and others ("Fast splittable pseudorandom number generators", 2014): ten lines,
//! so that no crate's next release changes who lives here.

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A stream of numbers that depends on its seed alone.
#[derive(Clone, Debug)]
pub(in crate::emulator) struct Random(u64);

impl Random {
    pub(in crate::emulator) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The stream of one thing among many: who it is depends on nobody else.
    pub(in crate::emulator) fn of(seed: u64, kind: &str, number: u64) -> Self {
        let kind = kind
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
        let mut random = Self(seed ^ kind);
        random.0 = random.next().wrapping_add(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        Self(random.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, which is not among them; 0 when `end` is.
    pub(in crate::emulator) fn below(&mut self, end: u64) -> u64 {
        // The high half of the product: without the bias of a remainder, near enough for people.
        u64::try_from((u128::from(self.next()) * u128::from(end)) >> 64).unwrap_or(0)
    }

    /// A number from `start` to `end`, both among them.
    pub(super) fn between(&mut self, start: u64, end: u64) -> u64 {
        start + self.below(end.saturating_sub(start) + 1)
    }

    /// Whether something happens that does in `percent` of 100 cases.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Whether something happens that does in `part` of 1,000 cases.
    pub(super) fn per_mille(&mut self, part: u64) -> bool {
        self.below(1_000) < part
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        let end = u64::try_from(several.len()).unwrap_or(0);
        &several[usize::try_from(self.below(end)).unwrap_or(0)]
    }

    /// `prefix` and so many characters of base 62.
    pub(in crate::emulator) fn text(&mut self, prefix: &str, length: usize) -> String {
        let mut text = String::with_capacity(prefix.len() + length);
        text.push_str(prefix);
        text.extend((0..length).map(|_| char::from(*self.pick(BASE62))));
        text
    }

    /// An id in the shape of Clerk's: a prefix and the 27 characters of a KSUID, which begin with a 2 or a 3 in our years.
    pub(in crate::emulator) fn id(&mut self, prefix: &str) -> String {
        let first = if self.chance(60) { '2' } else { '3' };
        self.text(&format!("{prefix}_{first}"), 26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the published algorithm for this seed: the people would change if these did.
    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        let numbers = [random.next(), random.next(), random.next()];
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn ids_have_clerks_shape() {
        let id = Random::of(1, "user", 7).id("user");
        assert_eq!((id.len(), &id[..5]), (32, "user_"));
        assert!(id[5..].bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_ne!(id, Random::of(1, "user", 8).id("user"));
        assert_ne!(id, Random::of(2, "user", 7).id("user"));
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut random = Random::new(1);
        assert!((0..1_000).all(|_| (3..=5).contains(&random.between(3, 5))));
        assert_eq!(random.below(0), 0);
        assert!((0..1_000).all(|_| !random.chance(0) && random.chance(100)));
    }
}
