use super::*;
use crate::import::FirebaseHash;
use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::json;

const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);
const DIGEST: &str = "$2b$10$U4C0ZY8OG8y41F9LusfKyu3HRMBL0rCZcKBVsXhgr.n8Ou6FPhzO2";

fn mapping(source: Source) -> Mapping {
    let hash = "base64_signer_key: c2lnbmVyLWtleQ==\nbase64_salt_separator: Bw==\nrounds: 8\nmem_cost: 14";
    Mapping::new(source, &[], Some(FirebaseHash::read(hash).unwrap())).unwrap()
}

fn read(source: Source, row: &Value) -> Result<Option<Draft>, Vec<Fault>> {
    Draft::read(row.as_object().unwrap(), &mapping(source), NOW)
}

/// What would be sent.
fn sent(source: Source, row: &Value) -> Value {
    read(source, row).unwrap().unwrap().user.to_json()
}

fn faults(source: Source, row: &Value) -> Vec<String> {
    read(source, row).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_user_of_auth0_comes_with_all_that_has_a_place() {
    let row = json!({
        "_id": { "$oid": "657376510000000000000001" }, "email": "jane@example.com", "email_verified": true,
        "given_name": "Jane", "family_name": "Doe", "username": "jane", "passwordHash": DIGEST, "tenant": "dev",
        "user_metadata": { "plan": "pro" }, "app_metadata": { "roles": ["a"] }, "created_at": "2024-01-15T10:30:00.000Z",
        "blocked": true, "identities": [{ "connection": "x" }],
    });
    let expected = json!({
        "external_id": "657376510000000000000001", "email_address": ["jane@example.com"], "first_name": "Jane",
        "last_name": "Doe", "username": "jane", "password_digest": DIGEST, "password_hasher": "bcrypt",
        "public_metadata": { "plan": "pro" }, "private_metadata": { "roles": ["a"] },
        "created_at": "2024-01-15T10:30:00Z", "banned": true, "skip_legal_checks": true, "skip_user_requirement": true,
    });
    assert_eq!(sent(Source::Auth0, &row), expected);
    let called_by_address = json!({ "user_id": "auth0|1", "email": "a@x.y", "name": "a@x.y" });
    let told = sent(Source::Auth0, &called_by_address);
    assert_eq!((told.get("first_name"), &told["external_id"]), (None, &json!("auth0|1")));
    assert_eq!(told["email_address_identification_status"], json!(["reserved"]), "nothing says that it is verified");
    assert_eq!(told["skip_password_requirement"], true);
}

#[test]
fn a_user_of_supabase_comes_with_all_that_has_a_place() {
    let row = json!({
        "id": "0b1c", "email": "jane@example.com", "email_confirmed_at": "2024-01-15 10:30:00.000000+00",
        "phone": "442079460958", "encrypted_password": DIGEST, "raw_app_meta_data": "{\"provider\":\"email\"}",
        "raw_user_meta_data": "{\"full_name\":\"Jane van Doe\"}", "created_at": "2024-01-15 10:30:00.5+00",
        "banned_until": "2020-01-01 00:00:00+00", "deleted_at": "", "is_anonymous": "false", "aud": "authenticated",
    });
    let expected = json!({
        "external_id": "0b1c", "email_address": ["jane@example.com"], "phone_number": ["+442079460958"],
        "phone_number_identification_status": ["reserved"], "first_name": "Jane", "last_name": "van Doe",
        "password_digest": DIGEST, "password_hasher": "bcrypt", "created_at": "2024-01-15T10:30:00.5Z",
        "private_metadata": { "provider": "email" }, "public_metadata": { "full_name": "Jane van Doe" },
        "skip_legal_checks": true, "skip_user_requirement": true,
    });
    assert_eq!(sent(Source::Supabase, &row), expected);
    let until = json!({ "email": "a@x.y", "banned_until": "2099-01-01 00:00:00+00" });
    assert_eq!(sent(Source::Supabase, &until)["banned"], true);
    for gone in [json!({ "email": "a@x.y", "deleted_at": "2024-01-15 10:30:00+00" }), json!({ "is_anonymous": true })] {
        assert!(read(Source::Supabase, &gone).unwrap().is_none(), "{gone}");
    }
}

#[test]
fn a_user_of_firebase_has_a_digest_with_the_project_s_parameters() {
    let row = json!({
        "localId": "abc", "email": "jane@example.com", "emailVerified": "false", "displayName": "Jane Doe",
        "passwordHash": "aGFz-A==", "salt": "c2Fs_A==", "createdAt": "1704067200000", "phoneNumber": "+12125550100",
        "disabled": true, "customAttributes": "{\"role\":\"admin\"}", "providerUserInfo": [],
    });
    let told = sent(Source::Firebase, &row);
    assert_eq!(told["password_digest"], "aGFz+A==$c2Fs/A==$c2lnbmVyLWtleQ==$Bw==$8$14");
    assert_eq!((&told["password_hasher"], &told["banned"]), (&json!("scrypt_firebase"), &json!(true)));
    assert_eq!(told["email_address_identification_status"], json!(["reserved"]));
    assert_eq!(told.get("phone_number_identification_status"), None, "Firebase has none but those that are verified");
    assert_eq!((&told["first_name"], &told["created_at"]), (&json!("Jane"), &json!("2024-01-01T00:00:00Z")));
    let without = Mapping::new(Source::Firebase, &[], None).unwrap();
    let told = Draft::read(row.as_object().unwrap(), &without, NOW).unwrap_err();
    assert!(
        told[0].to_string().starts_with("passwordHash: this digest needs the project's hash parameters"),
        "{told:?}"
    );
}

#[test]
fn a_row_of_clerk_s_dashboard_comes_back() {
    let row = json!({
        "id": "user_1", "first_name": "Jane", "primary_email_address": "Jane@Example.com",
        "verified_email_addresses": "jane@example.com,second@example.com", "unverified_email_addresses": "third@example.com",
        "primary_phone_number": "'+12125550100", "totp_secret": "JBSWY3DPEHPK3PXP", "password_digest": DIGEST,
        "password_hasher": "bcrypt", "backup_codes": "abcd1234 efgh5678",
    });
    let expected = json!({
        "external_id": "user_1", "first_name": "Jane",
        "email_address": ["Jane@Example.com", "second@example.com", "third@example.com"],
        "email_address_identification_status": ["verified", "verified", "reserved"],
        "phone_number": ["+12125550100"], "totp_secret": "JBSWY3DPEHPK3PXP", "password_digest": DIGEST,
        "password_hasher": "bcrypt", "backup_codes": ["abcd1234", "efgh5678"],
        "skip_legal_checks": true, "skip_user_requirement": true,
    });
    assert_eq!(sent(Source::Clerk, &row), expected);
}

#[test]
fn a_user_as_clerk_s_api_tells_it_comes_back_with_a_password_beside_it() {
    let row = json!({
        "object": "user", "id": "user_1", "external_id": null, "primary_email_address_id": "idn_2", "locked": true,
        "email_addresses": [
            { "id": "idn_1", "email_address": "a@x.y", "verification": { "status": "unverified" } },
            { "id": "idn_2", "email_address": "b@x.y", "verification": { "status": "verified" } },
        ],
        "public_metadata": { "plan": "pro" }, "created_at": 1_700_690_400_000_i64, "password": "correct horse ",
        "delete_self_enabled": true,
    });
    let told = sent(Source::Clerk, &row);
    assert_eq!(told["email_address"], json!(["b@x.y", "a@x.y"]));
    assert_eq!(told["email_address_identification_status"], json!(["verified", "reserved"]));
    assert_eq!((&told["external_id"], &told["locked"]), (&json!("user_1"), &json!(true)));
    assert_eq!((&told["password"], &told["skip_password_checks"]), (&json!("correct horse "), &json!(true)));
    assert_eq!(told.get("skip_password_requirement"), None);
}

#[rstest]
#[case(json!({}), &["there is nothing to sign in by: no email address, phone number or username"])]
#[case(json!({ "first_name": "Ada" }), &["there is nothing to sign in by: no email address, phone number or username"])]
#[case(json!({ "email_address": "ada" }), &["email_address: this is no email address"])]
#[case(json!({ "phone_number": "020 7946" }), &["phone_number: this has no country code, as in +442079460958"])]
#[case(json!({ "username": "ada", "public_metadata": "[]" }), &["public_metadata: this is no JSON object"])]
#[case(json!({ "username": "ada", "password_digest": DIGEST }), &["password_digest: nothing says how this digest was made: a column password_hasher has to"])]
#[case(json!({ "username": "ada", "password_digest": "x", "password_hasher": "bcrypt" }), &["password_digest: this is no digest of bcrypt"])]
#[case(json!({ "username": "ada", "password_digest": "x", "password_hasher": "rot13" }), &["password_hasher: Clerk knows no such hasher", "password_digest: nothing says how this digest was made: a column password_hasher has to"])]
#[case(json!({ "username": "ada", "password": "x", "password_digest": DIGEST, "password_hasher": "bcrypt" }), &["password: there is a password in the clear and a digest of one"])]
#[case(json!({ "username": "ada", "created_at": "soon", "banned": "perhaps" }), &["banned: this is neither yes or no nor a time", "created_at: this is no time, such as 2026-01-31T09:30:00Z"])]
fn what_is_wrong_is_said_at_its_column(#[case] row: Value, #[case] expected: &[&str]) {
    let mut told = faults(Source::Clerk, &row);
    told.sort_unstable_by_key(|told| expected.iter().position(|other| other == told));
    assert_eq!(told, expected);
}

#[test]
fn no_fault_and_no_debug_output_holds_a_secret() {
    let row = json!({
        "username": "ada", "password": "correct horse", "totp_secret": "JBSWY3DPEHPK3PXP", "backup_codes": ["abcd1234"],
        "created_at": "soon",
    });
    let told = format!("{:?}", read(Source::Clerk, &row));
    let fine = json!({ "username": "ada", "password_digest": DIGEST, "password_hasher": "bcrypt" });
    let draft = read(Source::Clerk, &fine).unwrap().unwrap();
    let Some(NewPassword::Digest { digest, .. }) = &draft.user.password else { panic!("{draft:?}") };
    assert_eq!(digest.expose_secret(), DIGEST);
    let told = told + &format!("{draft:?}");
    assert!(
        !["correct horse", "JBSWY3DPEHPK3PXP", "abcd1234", DIGEST].iter().any(|secret| told.contains(secret)),
        "{told}"
    );
}

#[test]
fn who_it_is_stands_in_the_record() {
    let draft = read(Source::Clerk, &json!({ "username": "ada", "first_name": "Ada" })).unwrap().unwrap();
    assert_eq!((draft.identifier(), draft.name().as_deref()), (Some("ada"), Some("Ada")));
}
