use super::*;
use crate::clerk::users::PasswordHasher;
use proptest::prelude::*;
use rstest::rstest;
use strum::IntoEnumIterator;

fn is(password: &str, hasher: &str, digest: &str) -> Result<bool, ApiError> {
    match read(hasher, digest)? {
        Digest::Verifiable(is_password) => Ok(is_password(password.as_bytes())),
        Digest::Unverifiable(why) => Err(inferred::unverifiable(hasher, &why)),
    }
}

#[test]
fn the_table_has_the_hashers_of_the_contract() {
    let mut names: Vec<_> = PasswordHasher::iter().map(PasswordHasher::as_str).collect();
    names.sort_unstable();
    assert_eq!(HASHERS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
}

/// Published vectors: of Argon2's reference implementation; OpenBSD's bcrypt; FIPS 180; RFC 1321; phpass's own test; RFC
/// 7914 (its last scrypt vector but one, and its first of PBKDF2 with one iteration); RFC 6070; Firebase's `scrypt`
/// repository.
#[rstest]
#[case(
    "argon2id",
    "password",
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
)]
#[case("argon2i", "password", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA")]
#[case("bcrypt", "abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
#[case("bcrypt_peppered", "a", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i$bc")]
#[case("sha256", "abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
#[case("md5", "abc", "900150983cd24fb0d6963f7d28e17f72")]
#[case("phpass", "test12345", "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0")]
#[case(
    "scrypt_werkzeug",
    "pleaseletmein",
    "scrypt:16384:8:1$SodiumChloride$7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
)]
#[case("pbkdf2_sha1", "password", "pbkdf2_sha1$4096$73616c74$4b007901b765489abead49d926f721d065a429c1$20")]
#[case("pbkdf2_sha1", "password", "pbkdf2_sha1$2$salt$ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957$20")]
#[case(
    "pbkdf2_sha256",
    "passwd",
    "pbkdf2_sha256$1$c2FsdA==$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd+8xfHG4RbHjC9UJESBB06GXgw=="
)]
#[case(
    "scrypt_firebase",
    "user1password",
    "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14"
)]
fn published_vectors_are_verified(#[case] hasher: &str, #[case] password: &str, #[case] digest: &str) {
    assert_eq!(is(password, hasher, digest), Ok(true));
    assert_eq!(is(&format!("{password}x"), hasher, digest), Ok(false));
    assert_eq!(is("", hasher, digest), Ok(false));
}

/// Made with Python's `hashlib` (`pbkdf2_hmac`, `scrypt`, `md5`, `sha1`, `sha256`, `sha512`), of "correct horse"; the one
/// of phpass with a transcription of its algorithm that reproduces phpass's own vector.
#[rstest]
#[case("pbkdf2_sha1", "pbkdf2_sha1$1000$salt!$66b84333a02e3b0e15ff1ee396a522dfaeb693eadd91a96997ca3a25f45e31d5")]
#[case("pbkdf2_sha1", "pbkdf2_sha1$1000$0102abcd$aec416e7f8397463f68d7e5d8ee3c6e874754081$20")]
#[case("pbkdf2_sha256", "pbkdf2_sha256$1000$c29kaXVtIGNobG9yaWRl$WvKyDwsGqsWa/QSog6DVRKNPFiQShlXYKI3eV3DllqU=")]
#[case("pbkdf2_sha256_django", "pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=")]
#[case(
    "pbkdf2_sha512",
    "pbkdf2_sha512$1000$seasalt$081c76ae4a6f8f2100a28a4d56e45958e3b14d3470a15e898eb1c04590265a84467fb06597ff8deadb55ff8816bed775e8d27de0ea55a591e6e3821d32b1542e"
)]
#[case(
    "pbkdf2_sha512_hex",
    "pbkdf2_sha512_hex$1000$0102abcd$fba2a8b32d9c43975ac054057c42a5a6d1222be28f1f898d4e9d053d2a892c1a7c2ca950ec34e47fe850d594821ee74b061e34f11a4eb3d1493cf4639f29c06d"
)]
#[case(
    "scrypt_werkzeug",
    "scrypt:1024:8:1$seasalt$6fdbea39ed01e47661d9fd7443d44f37d38534fb666fe7b3a7960e96766c250d2f4392377aaf19b7b18532ea90e7cc42c5322f54bd5008bfcf4d7116afe44d1c"
)]
#[case(
    "scrypt_werkzeug",
    "$scrypt:1024:8:1$seasalt$b9vqOe0B5HZh2f10Q9RPN9OFNPtmb+ezp5YOlnZsJQ0vQ5I3eq8Zt7GFMuqQ58xCxTIvVL1QCL/PTXEWr+RNHA=="
)]
#[case("md5_salted", "seasalt$b614725f4cc025a51ab6a354d12890ab")]
#[case("sha256_salted", "seasalt$0fbd1a7f60f4463cf2c01eb76673cae75eefb5801679676022562d1494601e5b")]
#[case(
    "sha512_symfony",
    "sha512_symfony$5000$seasalt$MjzyWc2ykIZzlnqBczhmxdDtDEk2ajbpIAGf4SAqPEQRrmhMEW62hfKVL9L+2FFHKw7ANFoO/8v4oGpWZJaVAA=="
)]
#[case("ldap_ssha", "{SSHA}LhKrkM9Fy+zlstjdD7Kv2s6QvhBzYWx0")]
#[case("md5_phpass", "$P$9IQRaTwmfQshH2Nn3IdPh1zfyyZ4m8/")]
fn digests_of_other_implementations_are_verified(#[case] hasher: &str, #[case] digest: &str) {
    assert_eq!(is("correct horse", hasher, digest), Ok(true));
    assert_eq!(is("correct horsf", hasher, digest), Ok(false));
    assert_eq!(is("", hasher, digest), Ok(false));
}

#[tokio::test]
async fn a_digest_of_ours_is_verified_up_to_the_longest_password() {
    for password in ["correct horse".to_owned(), "x".repeat(72)] {
        assert_eq!(check(&password, true), Ok(()));
        let digest = hash(password.clone()).await.unwrap();
        assert_eq!(verify(password.clone(), "bcrypt", &digest).await, Ok(true));
        assert_eq!(verify(password[1..].to_owned(), "bcrypt", &digest).await, Ok(false));
    }
    assert_eq!(verify("x".repeat(1_025), "md5", "900150983cd24fb0d6963f7d28e17f72").await, Ok(false));
}

#[tokio::test]
async fn django_hashes_the_hash() {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let digest = format!("bcrypt_sha256${}", hash(abc.to_owned()).await.unwrap());
    assert_eq!(is(abc, "bcrypt_sha256_django", &digest), Ok(false), "not the hash itself");
    assert_eq!(
        (is("abc", "bcrypt_sha256_django", &digest), is("abd", "bcrypt_sha256_django", &digest)),
        (Ok(true), Ok(false))
    );
}

/// Of each hasher, what is not quite one of its digests.
#[rstest]
#[case("argon2i", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
#[case("argon2id", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ")]
#[case("awscognito", "awscognito#pool#client")]
#[case("awscognito", "awscognito#pool##ada")]
#[case("bcrypt", "$2a$03$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
#[case("bcrypt_peppered", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
#[case("bcrypt_peppered", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i$")]
#[case("bcrypt_sha256_django", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
#[case("ldap_ssha", "{SSHA}qZk+NkcGgWq6PiVxeFDCbJzQ2J0=")]
#[case("ldap_ssha", "{SHA}LhKrkM9Fy+zlstjdD7Kv2s6QvhBzYWx0")]
#[case("ldap_ssha", "{SSHÄ}x")]
#[case("md5", "900150983cd24fb0d6963f7d28e17f7")]
#[case("md5", "900150983cd24fb0d6963f7d28e17f7g")]
#[case("md5_salted", "$900150983cd24fb0d6963f7d28e17f72")]
#[case("md5_salted", "900150983cd24fb0d6963f7d28e17f72")]
#[case("sha256_salted", "salt$900150983cd24fb0d6963f7d28e17f72")]
#[case("pbkdf2_sha1", "pbkdf2_sha1$1$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("pbkdf2_sha1", "pbkdf2_sha1$1$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081$20$1")]
#[case("pbkdf2_sha256", "pbkdf2_sha256$0$c2FsdA$WvKyDwsGqsWa/QSog6DVRKNPFiQShlXYKI3eV3DllqU=")]
#[case("pbkdf2_sha256", "pbkdf2_sha256$1$c2FsdA$")]
#[case("pbkdf2_sha256", "pbkdf2_sha256$1$$WvKyDwsGqsWa/QSog6DVRKNPFiQShlXYKI3eV3DllqU=")]
#[case("pbkdf2_sha512", "pbkdf2_sha256$1$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("pbkdf2_sha512_hex", "pbkdf2_sha512_hex$1$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("phpass", "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L")]
#[case("phpass", "$P$.IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0")]
#[case("phpass", "$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0")]
#[case("scrypt_werkzeug", "scrypt:1000:8:1$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("scrypt_werkzeug", "scrypt:1024:8$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("scrypt_werkzeug", "scrypt:1024:0:1$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("scrypt_werkzeug", "scrypt:1024:65536:65536$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("scrypt_firebase", "lSrfV15cpx95/sZS2W9c9A==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH$Bw==$8$14")]
#[case(
    "sha512_symfony",
    "sha512_symfony$0$salt$MjzyWc2ykIZzlnqBczhmxdDtDEk2ajbpIAGf4SAqPEQRrmhMEW62hfKVL9L+2FFHKw7ANFoO/8v4oGpWZJaVAA=="
)]
#[case(
    "sha512_symfony",
    "sha512_symfony$1$s{lt$MjzyWc2ykIZzlnqBczhmxdDtDEk2ajbpIAGf4SAqPEQRrmhMEW62hfKVL9L+2FFHKw7ANFoO/8v4oGpWZJaVAA=="
)]
fn what_a_hasher_does_not_write_is_refused(#[case] hasher: &str, #[case] digest: &str) {
    assert_eq!(check_digest(hasher, digest), Err(ApiError::digest_invalid(hasher)));
}

#[test]
fn nothing_is_a_digest_of_no_hasher() {
    for (hasher, _) in HASHERS {
        for digest in ["", "$", "$$$$$", "é$é$é$é$é$é", "\u{0}"] {
            assert!(check_digest(hasher, digest).is_err(), "{hasher} {digest:?}");
        }
    }
}

proptest! {
    /// Whatever is sent as a digest is read or refused; nothing panics.
    #[test]
    fn any_text_is_read_or_refused(
        start in prop::sample::select(vec![
            "", "$", "$argon2id$v=19$m=", "bcrypt_sha256$$2b$", "$2a$06$", "{SSHA}", "$P$", "pbkdf2_sha1$1", "scrypt:",
            "pbkdf2_sha256$1", "pbkdf2_sha512$1", "pbkdf2_sha512_hex$1", "sha512_symfony$1", "awscognito#", "é",
        ]),
        rest in "[0-9a-f$:,=#é]{0,70}",
    ) {
        for (hasher, _) in HASHERS {
            if let Err(refusal) = check_digest(hasher, &format!("{start}{rest}")) {
                prop_assert_eq!(refusal, ApiError::digest_invalid(hasher));
            }
        }
    }
}

/// Well written, so kept; but verifying it would take this server's memory or time.
#[rstest]
#[case("argon2id", "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
#[case("argon2i", "$argon2i$v=19$m=65536,t=4000000000,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA")]
#[case("bcrypt", "$2a$31$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")]
#[case("pbkdf2_sha256_django", "pbkdf2_sha256$4294967295$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=")]
#[case("phpass", "$P$SIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0")]
#[case("scrypt_werkzeug", "scrypt:2147483648:8:1$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("scrypt_werkzeug", "scrypt:2:1:1000000000$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case("scrypt_werkzeug", "scrypt:65536:8:100000$salt$aec416e7f8397463f68d7e5d8ee3c6e874754081")]
#[case(
    "sha512_symfony",
    "sha512_symfony$4294967295$salt$MjzyWc2ykIZzlnqBczhmxdDtDEk2ajbpIAGf4SAqPEQRrmhMEW62hfKVL9L+2FFHKw7ANFoO/8v4oGpWZJaVAA=="
)]
#[case("awscognito", "awscognito#eu-west-1_Ab12#client#ada@example.com")]
fn too_much_work_is_kept_and_not_done(#[case] hasher: &str, #[case] digest: &str) {
    assert_eq!(check_digest(hasher, digest), Ok(()));
    let Err(refusal) = is("password", hasher, digest) else { panic!("verified") };
    let text = format!("{refusal:?}");
    assert!(text.contains("password_hasher_not_supported") && text.contains(hasher), "{text}");
}
