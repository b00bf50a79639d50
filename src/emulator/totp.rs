//! One-time codes of authenticator apps: RFC 6238 with SHA-1, six digits, steps of thirty seconds.

use crate::clerk::model::Timestamp;
use ring::hmac;

const STEP_SECONDS: i64 = 30;

/// Whether a code is the one of now, or of a step before or after.
pub(super) fn verify(secret: &[u8], code: &str, now: Timestamp) -> bool {
    let step = now.as_millis().div_euclid(1_000 * STEP_SECONDS);
    (step - 1..=step + 1).any(|step| self::code(secret, step) == code)
}

fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes.last().copied().unwrap_or_default() & 0x0F);
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[offset..offset + 4]);
    format!("{:06}", (u32::from_be_bytes(four) & 0x7FFF_FFFF) % 1_000_000)
}

/// The bytes of a secret in base 32, RFC 4648, in any case, with or without padding. None when it is not that.
pub(super) fn secret(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let text = text.trim_end_matches('=').to_ascii_uppercase();
    let (mut bytes, mut buffer, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        buffer = (buffer << 5 | u32::try_from(value).ok()?) & 0xFFFF;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(buffer >> bits & 0xFF).ok()?);
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert_eq!(secret, b"12345678901234567890");
        for (seconds, expected) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code(&secret, seconds / 30), expected);
            let at = |seconds: i64| verify(&secret, expected, Timestamp::from_millis(seconds * 1_000));
            assert!(at(seconds) && at(seconds - 30) && at(seconds + 30) && !at(seconds + 90) && !at(seconds - 90));
        }
    }

    #[test]
    fn what_is_not_base_32_is_no_secret() {
        assert_eq!((secret(""), secret("abc!"), secret("18")), (None, None, None));
        assert_eq!(secret("mzxw6ytboi======").unwrap(), b"foobar");
    }
}
