//! What identifiers look like.

use super::error::ApiError;

/// An email address as it is kept, in lower case.
pub(super) fn email(name: &str, text: &str) -> Result<String, ApiError> {
    let well = text.rsplit_once('@').is_some_and(|(user, domain)| {
        let domain_well = domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
        });
        let user_well = !user.is_empty()
            && user.len() <= 64
            && user
                .chars()
                .all(|letter| !letter.is_whitespace() && !letter.is_control() && !"@<>(),;:\\\"[]".contains(letter));
        user_well && domain_well && domain.contains('.') && text.len() <= 254
    });
    if well { Ok(text.to_lowercase()) } else { Err(ApiError::format_invalid(name, "valid email address")) }
}

/// A phone number in E.164; spaces, dots, dashes and brackets are taken out.
pub(super) fn phone(name: &str, text: &str) -> Result<String, ApiError> {
    let text: String = text.chars().filter(|letter| !" .-()".contains(*letter)).collect();
    let well = text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|digit| digit.is_ascii_digit())
    });
    let kind = "valid phone number according to E.164 international standard";
    if well { Ok(text) } else { Err(ApiError::format_invalid(name, kind)) }
}

/// A provider of accounts elsewhere, with its prefix.
pub(super) fn oauth_provider(name: &str, text: &str) -> Result<String, ApiError> {
    let rest = text.strip_prefix("oauth_").unwrap_or_default();
    let well =
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if well {
        Ok(text.to_owned())
    } else {
        Err(ApiError::format_invalid(name, "valid OAuth provider, such as oauth_google"))
    }
}

/// A provider as it stands in a path, where the prefix can be left out.
pub(super) fn with_oauth_prefix(provider: String) -> String {
    if provider.starts_with("oauth_") { provider } else { format!("oauth_{provider}") }
}

/// The address of a wallet: Ethereum's, or Solana's.
pub(super) fn wallet(name: &str, text: &str) -> Result<String, ApiError> {
    let is_hex = |hex: &str| hex.len() == 40 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_base58 = (32..=44).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() && !b"0OIl".contains(&byte));
    let well = text.strip_prefix("0x").map_or(is_base58, is_hex);
    if well { Ok(text.to_owned()) } else { Err(ApiError::format_invalid(name, "valid web3 wallet address")) }
}

/// A username: 4 to 64 letters, digits, `_`, `-` and `.`, not digits alone.
pub(super) fn username(text: &str) -> Result<(), ApiError> {
    if !(4..=64).contains(&text.chars().count()) {
        let text = "Username must be between 4 and 64 characters long.";
        return Err(ApiError::username("form_username_invalid_length", text));
    }
    if !text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(letter)) {
        let text = "Username can only contain letters, numbers and '_', '-' or '.'.";
        return Err(ApiError::username("form_username_invalid_character", text));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let text = "Username must contain one non-number character.";
        return Err(ApiError::username("form_username_needs_non_number_char", text));
    }
    Ok(())
}

/// A language tag: subtags of one to eight letters and digits, a language of two letters and more first.
pub(super) fn locale(text: &str) -> Result<(), ApiError> {
    let mut subtags = text.split('-');
    let language = subtags.next().unwrap_or_default();
    let well = (2..=8).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if well { Ok(()) } else { Err(ApiError::format_invalid("locale", "valid BCP-47 language tag")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_told_from_what_is_none() {
        assert_eq!(email("e", "Ada+1@Example.com"), Ok("ada+1@example.com".to_owned()));
        for wrong in ["", "ada", "@example.com", "ada@", "ada@example", "a b@example.com", "a@b..c", "a@@b.c"] {
            assert!(email("e", wrong).is_err(), "{wrong}");
        }
        assert_eq!(phone("p", "+1 (201) 555-0100"), Ok("+12015550100".to_owned()));
        for wrong in ["", "12015550100", "+0123456789", "+123", "+1234567890123456", "+12a45678"] {
            assert!(phone("p", wrong).is_err(), "{wrong}");
        }
        assert!(wallet("w", &format!("0x{}", "aB".repeat(20))).is_ok() && wallet("w", "0x12").is_err());
        assert!(username("ada.l-1_").is_ok());
        for wrong in ["ada", "ada lovelace", "12345", &"a".repeat(65)] {
            assert!(username(wrong).is_err(), "{wrong}");
        }
        assert!(locale("en-GB").is_ok() && locale("zh-Hant-TW").is_ok());
        assert!(["", "e", "en_GB", "en-", "1a"].into_iter().all(|wrong| locale(wrong).is_err()));
    }
}
