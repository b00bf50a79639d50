use super::*;
use crate::{
    app::ReadOnly,
    clerk::SecretKey,
    config::{Config, ConnectionError, DEFAULT, KeySource, Search},
};
use rstest::rstest;
use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};
use tempfile::TempDir;

fn read(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("config.toml")).map_err(|error| error.to_string())
}

#[test]
fn the_example_in_the_default_file_is_right_and_has_every_option() {
    let (before, _) = DEFAULT.split_once("\n[protected]").unwrap();
    let example: Vec<&str> = before.lines().filter_map(|line| line.strip_prefix("#   ")).collect();
    let example = example.join("\n");
    let config = read(&example).unwrap();
    assert_eq!(config.default_profile.as_deref(), Some("acme"));
    let profile = config.profile("acme").unwrap();
    assert_eq!((&profile.key, profile.color), (&KeyPlace::Keyring, Some(InstanceColor::Magenta)));
    let (endpoint, actor) = (profile.endpoint.as_ref().unwrap(), profile.actor.as_deref());
    assert_eq!((endpoint.host(), profile.read_only, actor), ("api.clerk.com", Some(true), Some("kim")));
    assert_eq!(profile.rate_share.map(Share::percent), Some(30));
    assert!(profile.instance_id.is_some() && profile.protected.domains.contains("acme.example"));
}

#[rstest]
#[case(
    "[profiles.acme]\nkey = \"keyring\"\ncolour = \"red\"",
    "line 3: there is no option \"colour\"; did you mean \"color\"?"
)]
#[case("[profiles.acme]\nkey = \"keyring\"\ncolor = \"pink\"", "there is no choice \"pink\"")]
#[case("[profiles.\"a b\"]\nkey = \"keyring\"", "line 1: a profile's name is of letters")]
#[case("[profiles.acme]\nread_only = true", "line 1: the profile acme says nowhere where its key is")]
#[case("[profiles.acme]\nkey = \"file:keys/acme\"", "line 2: the path of a key begins with / or with ~/")]
#[case(
    "[profiles.acme]\nkey = \"keyring\"\napi_url = \"http://example.com\"",
    "line 3: the key would cross the network unprotected"
)]
#[case("[profiles.acme]\nkey = \"keyring\"\nrate_share = 0", "line 3: a share of the rate limit")]
#[case(
    "[profiles.acme]\nkey = \"keyring\"\n[profiles.acme.protected]\nids = [\"acme\"]",
    "line 4: nobody would be protected by"
)]
#[case(
    "default_profile = \"acem\"\n[profiles.acme]\nkey = \"keyring\"",
    "line 1: there is no profile \"acem\"; did you mean \"acme\"?"
)]
#[case("default_profile = \"acme\"", "nor any other: lazyclerk profile add acme makes it")]
fn what_is_wrong_is_told_with_its_line(#[case] text: &str, #[case] told: &str) {
    let error = read(text).unwrap_err();
    assert!(error.contains(told), "{error}");
}

#[test]
fn a_key_in_the_file_is_refused_and_not_repeated() {
    let error = read("[profiles.acme]\nkey = \"sk_live_abcdefgh\"").unwrap_err();
    assert!(error.contains("the key itself does not stand here") && !error.contains("abcdefgh"), "{error}");
}

#[test]
fn what_a_profile_says_goes_before_what_is_said_for_all() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("key");
    fs::write(&file, "sk_live_of_the_profile").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let text = format!(
        "read_only = true\nrate_share = 80\ndefault_profile = \"acme\"\n[protected]\ndomains = [\"one.example\"]\n\
         [profiles.acme]\nkey = \"file:{}\"\nread_only = false\nrate_share = 20\n\
         [profiles.acme.protected]\ndomains = [\"two.example\"]\n[profiles.plain]\nkey = \"env:PLAIN_KEY\"\n",
        file.display()
    );
    let lookup = |name: &str| (name == "PLAIN_KEY").then(|| "sk_test_plain".to_owned());
    let search = Search { lookup: &lookup, folder: None, home: None, state: None };
    let config = read(&text).unwrap();
    let found = search.key(&config).unwrap();
    assert_eq!((found.name(), found.connection.key.expose()), ("acme", "sk_live_of_the_profile"));
    assert_eq!(found.source, KeySource::Profile { name: "acme".to_owned(), place: KeyPlace::File(file) });
    let settled = found.settle(config.clone());
    assert_eq!((settled.read_only, settled.rate_share), (ReadOnly::Off, Some(Share::new(20).unwrap())));
    assert_eq!(settled.preferences.protected.domains.len(), 2);
    let plain = search.key_of(config.profile("plain").unwrap()).unwrap();
    assert_eq!(plain.connection.key.expose(), "sk_test_plain");
    let settled = plain.settle(config);
    assert_eq!((settled.read_only, settled.rate_share), (ReadOnly::On, Some(Share::new(80).unwrap())));
}

#[test]
fn a_key_that_is_kept_is_its_owners_alone_and_found_again() {
    let state = TempDir::new().unwrap();
    let state = state.path().join("lazyclerk");
    let key = SecretKey::new("sk_test_kept").unwrap();
    let kept = keep_key(&state, "acme", &key, false).unwrap();
    let file = kept.file.unwrap();
    assert_eq!((kept.place, fs::metadata(&file).unwrap().permissions().mode() & 0o777), (KeyPlace::Kept, 0o600));
    let config = read("[profiles.acme]\nkey = \"kept\"").unwrap();
    let profile = config.profile("acme").unwrap();
    let lookup = |_: &str| None;
    let search = Search { lookup: &lookup, folder: None, home: None, state: Some(state.clone()) };
    assert_eq!(search.key_of(profile).unwrap().connection.key.expose(), "sk_test_kept");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(search.key_of(profile), Err(ConnectionError::Open { .. })));
    forget_key(&state, &profile.name, &profile.key).unwrap();
    forget_key(&state, &profile.name, &profile.key).unwrap();
    assert!(!file.exists());
}

fn acme() -> NewProfile {
    NewProfile {
        name: "acme".to_owned(),
        key: KeyPlace::Kept,
        api_url: None,
        color: None,
        read_only: Some(true),
        actor: None,
        instance_id: Some("ins_1".to_owned()),
    }
}

#[test]
fn what_a_person_has_written_stays() {
    let folder = TempDir::new().unwrap();
    let (file, link) = (folder.path().join("kept-elsewhere.toml"), folder.path().join("config.toml"));
    let before = "# mine\ntheme = \"dark\" # at night\n\n[profiles.acme] # the shop\nactor = \"kim\" # me\nkey = \"env:ACME\"\n\n[keys]\nban = \"V\"\n";
    fs::write(&file, before).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&file, &link).unwrap();
    let mut edit = Edit::open(Some(&link)).unwrap();
    edit.put(&acme());
    edit.set_default("acme");
    edit.save().unwrap();
    let after = fs::read_to_string(&file).unwrap();
    for kept in [
        "# mine",
        "theme = \"dark\" # at night",
        "[profiles.acme] # the shop",
        "actor = \"kim\" # me",
        "[keys]\nban = \"V\"",
    ] {
        assert!(after.contains(kept), "{kept}: {after}");
    }
    assert!(after.contains("key = \"kept\"") && after.contains("instance_id = \"ins_1\""), "{after}");
    assert!(link.is_symlink() && fs::metadata(&file).unwrap().permissions().mode() & 0o777 == 0o640);
    let mut edit = Edit::open(Some(&link)).unwrap();
    edit.remove("acme");
    edit.save().unwrap();
    let after = fs::read_to_string(&file).unwrap();
    assert!(!after.contains("acme") && after.contains("# mine"), "{after}");
}

#[test]
fn a_file_that_would_be_wrong_is_not_written() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("below/config.toml");
    let mut edit = Edit::open(Some(&file)).unwrap();
    edit.set_default("nobody");
    assert!(edit.save().unwrap_err().to_string().contains("was left as it is"));
    assert!(!file.exists());
    let mut edit = Edit::open(Some(&file)).unwrap();
    edit.put(&acme());
    edit.save().unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("[profiles.acme]") && !text.contains("[profiles]"), "{text}");
    assert_eq!(read(&text).unwrap().profile("acme").unwrap().read_only, Some(true));
}

#[test]
fn the_default_file_can_be_edited() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, DEFAULT).unwrap();
    let mut edit = Edit::open(Some(&file)).unwrap();
    edit.put(&acme());
    edit.set_default("acme");
    edit.save().unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(read(&text).unwrap().default_profile.as_deref(), Some("acme"));
    for line in DEFAULT.lines() {
        assert!(text.contains(line), "{line}");
    }
}

#[test]
fn which_instance_it_was_is_remembered() {
    let state = TempDir::new().unwrap();
    assert_eq!(remembered_instance(state.path(), "acme").unwrap(), None);
    remember_instance(state.path(), "acme", Some("ins_1")).unwrap();
    remember_instance(state.path(), "other", Some("ins_2")).unwrap();
    assert_eq!(remembered_instance(state.path(), "acme").unwrap().as_deref(), Some("ins_1"));
    remember_instance(state.path(), "acme", None).unwrap();
    assert_eq!(remembered_instance(state.path(), "acme").unwrap(), None);
    assert_eq!(remembered_instance(state.path(), "other").unwrap().as_deref(), Some("ins_2"));
}
