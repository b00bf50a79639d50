use super::*;
use std::{fs, os::unix::fs::PermissionsExt};
use tempfile::TempDir;

/// A home with a project in it, `home/shop/web`.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(TempDir::new().unwrap());
        fs::create_dir_all(home.project()).unwrap();
        home
    }

    fn path(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap().join("home")
    }

    fn project(&self) -> PathBuf {
        self.path().join("shop/web")
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        let file = self.project().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    }

    fn find(&self, variables: &[(&str, &str)]) -> Result<Found, String> {
        let lookup =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let search = Search { lookup: &lookup, folder: Some(self.project()), home: Some(self.path()), state: None };
        search.key(&Config::parse("", Path::new("")).unwrap()).map_err(|error| error.to_string())
    }
}

/// The key of what was found, and the host.
fn told(found: &Result<Found, String>) -> (&str, &str) {
    let found = found.as_ref().unwrap();
    (found.connection.key.expose(), found.host())
}

const KEY: (&str, &str) = ("CLERK_SECRET_KEY", "sk_test_environment");

#[test]
fn the_key_alone_means_clerks_own_api() {
    let found = Home::new().find(&[KEY]);
    assert_eq!(told(&found), ("sk_test_environment", "api.clerk.com"));
    assert_eq!(found.unwrap().source.to_string(), "CLERK_SECRET_KEY in the environment");
}

#[test]
fn the_sdks_name_for_the_address_goes_before_that_of_the_command_line() {
    let home = Home::new();
    let (one, other) = (("CLERK_API_URL", "http://localhost:1/v1"), ("CLERK_BACKEND_API_URL", "http://localhost:2"));
    assert_eq!(told(&home.find(&[KEY, one, other])).1, "localhost:1");
    assert_eq!(told(&home.find(&[KEY, ("CLERK_API_URL", " "), other])).1, "localhost:2");
}

#[test]
fn what_is_wrong_is_named_and_nothing_else_is_taken_instead() {
    let home = Home::new();
    home.put(".env", "CLERK_SECRET_KEY=sk_test_file");
    let wrong = home.find(&[("CLERK_SECRET_KEY", "pk_test_1")]).unwrap_err();
    assert!(wrong.starts_with("CLERK_SECRET_KEY in the environment") && wrong.contains("publishable"), "{wrong}");
    let wrong = home.find(&[KEY, ("CLERK_BACKEND_API_URL", "http://example.com")]).unwrap_err();
    assert!(wrong.starts_with("CLERK_BACKEND_API_URL in the environment cannot be used"), "{wrong}");
}

#[test]
fn the_environment_goes_before_the_files_and_these_before_the_keyless_application() {
    let home = Home::new();
    let keyless =
        home.put(".clerk/.tmp/keyless.json", r#"{"publishableKey":"pk_test_1","secretKey":"sk_test_keyless"}"#);
    let found = home.find(&[("CLERK_SECRET_KEY", "")]);
    assert_eq!(told(&found).0, "sk_test_keyless");
    assert_eq!(found.unwrap().source, KeySource::Keyless(keyless));
    let env = home.put(".env", "CLERK_SECRET_KEY=sk_test_env");
    let found = home.find(&[]);
    assert_eq!(told(&found).0, "sk_test_env");
    assert_eq!(found.unwrap().source.to_string(), format!("CLERK_SECRET_KEY in {}", env.display()));
    home.put(".env.local", "CLERK_SECRET_KEY=sk_test_local");
    assert_eq!(told(&home.find(&[])).0, "sk_test_local");
    home.put(".env", "NUXT_CLERK_SECRET_KEY=sk_test_nuxt");
    assert_eq!(told(&home.find(&[])).0, "sk_test_nuxt", "the framework's own name goes before the general one");
    assert_eq!(told(&home.find(&[KEY])).0, "sk_test_environment");
}

#[test]
fn the_nearest_folder_decides_and_none_above_home_is_looked_into() {
    let home = Home::new();
    fs::write(home.path().parent().unwrap().join(".env"), "CLERK_SECRET_KEY=sk_test_above_home").unwrap();
    let nothing = home.find(&[]).unwrap_err();
    let (near, far) = (home.project().display().to_string(), home.path().display().to_string());
    assert!(nothing.contains(&near) && nothing.ends_with(&format!("up to {far}")), "{nothing}");
    fs::write(home.path().join(".env"), "CLERK_SECRET_KEY=sk_test_home").unwrap();
    assert_eq!(told(&home.find(&[])).0, "sk_test_home");
    home.put("../.clerk/.tmp/keyless.json", r#"{"secretKey":"sk_test_shop"}"#);
    assert_eq!(told(&home.find(&[])).0, "sk_test_shop");
    home.put(".env", "DATABASE_URL=postgres://localhost");
    assert_eq!(told(&home.find(&[])).0, "sk_test_shop", "a file without a key decides nothing");
}

#[test]
fn the_address_goes_with_the_key() {
    let home = Home::new();
    home.put(".env", "CLERK_SECRET_KEY=sk_test_env\nCLERK_API_URL=http://localhost:5");
    let elsewhere = ("CLERK_API_URL", "http://localhost:6");
    assert_eq!(told(&home.find(&[elsewhere])), ("sk_test_env", "localhost:5"));
    assert_eq!(told(&home.find(&[KEY])), ("sk_test_environment", "api.clerk.com"), "no file is told another's key");
    home.put(".env.local", "CLERK_SECRET_KEY=sk_test_local\n");
    assert_eq!(told(&home.find(&[])), ("sk_test_local", "localhost:5"), "the files of a folder are read as one");
    home.put(".env", "");
    assert_eq!(told(&home.find(&[elsewhere])), ("sk_test_local", "localhost:6"));
}

#[test]
fn what_a_template_says_is_no_key() {
    let home = Home::new();
    let file = home.put(".env", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_test_1\nCLERK_SECRET_KEY=YOUR_SECRET_KEY");
    let wrong = home.find(&[]).unwrap_err();
    assert!(wrong.contains(&file.display().to_string()) && wrong.contains("begins with sk_"), "{wrong}");
    assert!(!wrong.contains("YOUR_SECRET_KEY"), "{wrong}");
    home.put(".env", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=pk_test_1\nNEXT_PUBLIC_CLERK_SECRET_KEY=sk_test_1");
    assert!(home.find(&[]).unwrap_err().starts_with("no secret key was found"));
}

#[test]
fn half_a_file_and_a_folder_in_its_place_are_passed_over() {
    let home = Home::new();
    home.put(".clerk/.tmp/keyless.json", r#"{"secretKey":"sk_te"#);
    fs::create_dir(home.project().join(".env")).unwrap();
    let closed = home.put(".env.local", "CLERK_SECRET_KEY=\"\u{0}");
    fs::write(&closed, [0xff, 0xfe]).unwrap();
    let nothing = home.find(&[]).unwrap_err();
    assert!(nothing.contains(&format!("{} was passed over: it cannot be read", closed.display())), "{nothing}");
}

#[test]
fn a_file_that_is_named_has_to_be_its_owners_alone() {
    let home = Home::new();
    let lookup = |_: &str| None;
    let search = Search { lookup: &lookup, folder: None, home: None, state: None };
    let file = home.put("key", "sk_live_abcdefghijklmnop\n");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let open = search.key_in(&file).unwrap_err().to_string();
    assert!(open.contains(&format!("chmod 600 {}", file.display())) && !open.contains("sk_live"), "{open}");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let found = search.key_in(&file).unwrap();
    assert_eq!(
        (found.connection.key.expose(), found.instance_kind()),
        ("sk_live_abcdefghijklmnop", InstanceKind::Production)
    );
    assert_eq!(found.source, KeySource::File(file));
    let missing = search.key_in(Path::new("/nowhere/key")).unwrap_err().to_string();
    assert!(missing.starts_with("the key cannot be read from /nowhere/key"), "{missing}");
}
