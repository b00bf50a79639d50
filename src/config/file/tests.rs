use super::*;
use crate::app::{Protected, action::Scope, action::row_of};
use rstest::rstest;

fn read(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("config.toml")).map_err(|error| error.to_string())
}

#[test]
fn what_is_not_said_is_as_without_a_file() {
    let config = read("").unwrap();
    assert_eq!(config.mouse, MouseCapture::Ours);
    assert_eq!(config.preferences.theme, ThemeName::Terminal);
    assert!(config.preferences.motion && !config.preferences.ascii);
}

#[test]
fn what_is_said_is_taken() {
    let config =
        read("theme = \"high-contrast\"\nascii = true\nmotion = false\nmouse = false\n[keys]\nban = [\"V\", \"f2\"]\nhelp = \"f1\"\n")
            .unwrap();
    assert_eq!((config.preferences.theme, config.mouse), (ThemeName::HighContrast, MouseCapture::Terminal));
    assert!(config.preferences.ascii && !config.preferences.motion);
    let keymap = &config.preferences.keymap;
    let meaning = |key: &str| keymap.action(&[Scope::Panes], Key::parse(key).unwrap());
    let meant = ["V", "f2", "f1", "b", "?"].map(meaning);
    assert_eq!(meant, [Some(Action::Ban), Some(Action::Ban), Some(Action::Help), None, None]);
}

#[test]
fn what_holds_it_back_is_read() {
    let config = read("read_only = true\nrate_share = 75\n").unwrap();
    assert_eq!((config.read_only, config.rate_share), (ReadOnly::On, Some(Share::new(75).unwrap())));
    let told = "config.toml, line 1: a share is a number of percent, or \"usual\"";
    assert_eq!(read("rate_share = \"half\"").unwrap_err(), told);
    let config = read("rate_share = \"usual\"").unwrap();
    assert_eq!((config.read_only, config.rate_share), (ReadOnly::Off, None));
    for wrong in ["0", "101", "-1", "300"] {
        let told = "config.toml, line 2: a share of the rate limit is a whole number of percent, from 1 to 100";
        assert_eq!(read(&format!("mouse = true\nrate_share = {wrong}")).unwrap_err(), told);
    }
}

#[test]
fn whom_nothing_touches_is_read_as_it_is_compared() {
    let text = "[protected]\nids = [\"user_1\"]\nemails = [\"OPS@Acme.example\"]\ndomains = [\"@Globex.example\", \"acme.example\"]\n\
        organizations = [\"org_1\"]\n";
    let protected = read(text).unwrap().preferences.protected;
    let expected = Protected {
        users: ["user_1".into()].into(),
        email_addresses: ["ops@acme.example".to_owned()].into(),
        domains: ["acme.example".to_owned(), "globex.example".to_owned()].into(),
        organizations: ["org_1".into()].into(),
    };
    assert_eq!(protected, expected);
    assert_eq!(read("").unwrap().preferences.protected, Protected::default());
}

#[rstest]
#[case("[protected]\ndomain = []", "config.toml, line 2: there is no option \"domain\"; did you mean \"domains\"?")]
#[case(
    "[protected]\nids = [\n  \"user_1\",\n  \"org_1\",\n]",
    "config.toml, line 4: nobody would be protected by \"org_1\": an id begins with user_"
)]
#[case(
    "[protected]\nemails = [\"acme.example\"]",
    "config.toml, line 2: nobody would be protected by \"acme.example\": that is no email address"
)]
#[case(
    "[protected]\ndomains = [\"*.acme.example\"]",
    "config.toml, line 2: nobody would be protected by \"*.acme.example\": a domain is written like acme.example"
)]
#[case(
    "[protected]\norganizations = [\"acme\"]",
    "config.toml, line 2: nobody would be protected by \"acme\": an organization's id begins with org_"
)]
fn who_could_never_be_protected_is_told(#[case] text: &str, #[case] told: &str) {
    assert_eq!(read(text).unwrap_err(), told);
}

#[rstest]
#[case("\n\ntheem = \"dark\"", "config.toml, line 3: there is no option \"theem\"; did you mean \"theme\"?")]
#[case("theme = \"drak\"", "config.toml, line 1: there is no choice \"drak\"; did you mean \"dark\"?")]
#[case(
    "theme = \"neon\"",
    "config.toml, line 1: there is no choice \"neon\"; there are terminal, dark, light, high-contrast, no-color"
)]
#[case("mouse = 1", "config.toml, line 1: invalid type: integer `1`, expected a boolean")]
#[case("[keys]\n\nbann = \"b\"", "config.toml, line 3: there is no action \"bann\"; did you mean \"ban\"?")]
#[case("[keys]\nban = \"pagedwn\"", "config.toml, line 2: there is no key \"pagedwn\"; did you mean \"pagedown\"?")]
#[case("[keys]\nban = \"☃☃\"", "config.toml, line 2: there is no key \"☃☃\"")]
#[case("[keys]\nban = 3", "config.toml, line 2: keys are a text or a list of texts")]
#[case(
    "mouse = true\n[keys]\nban = [\"V\", \"r\"]",
    "config.toml, line 3: the key \"r\" means both ban and refresh in the list and the detail; \
     give one of them another, or none: ban = []"
)]
#[case(
    "[keys]\nban = \"ctrl-t\"",
    "config.toml, line 2: ban changes a user, so it cannot be on \"ctrl-t\": no change is on ctrl or on a key that moves"
)]
fn what_is_wrong_is_told_with_its_line_and_what_was_meant(#[case] text: &str, #[case] told: &str) {
    assert_eq!(read(text).unwrap_err(), told);
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let told = read("theme = \"dark\"\nascii = yes\n").unwrap_err();
    assert!(told.starts_with("config.toml, line 2: ") && !told.contains('\n'), "{told}");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let told = read("[keys]\n\"\\u001b[31m\" = \"b\"").unwrap_err();
    assert!(!told.contains('\u{1b}') && told.contains("\\u{1b}"), "{told}");
}

#[test]
fn a_chosen_file_has_to_be_there_and_the_usual_one_has_not() {
    let directory = tempfile::tempdir().unwrap();
    let missing = directory.path().join("none.toml");
    let told = Config::read(Some(&missing)).unwrap_err().to_string();
    assert!(told.contains("none.toml") && !told.contains("line"), "{told}");
    fs::write(&missing, "theme = \"light\"").unwrap();
    assert_eq!(Config::read(Some(&missing)).unwrap().preferences.theme, ThemeName::Light);
}

/// The default file with its options as if they were said.
fn said() -> String {
    let said =
        |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with([' ', '#'])).unwrap_or(line).to_owned();
    DEFAULT.lines().map(said).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_default_file_says_nothing_until_it_is_edited() {
    assert!(toml::from_str::<File>(DEFAULT).unwrap().keys.is_empty());
    let lines = DEFAULT.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    assert_eq!(lines.collect::<Vec<_>>(), ["[protected]", "[keys]"]);
}

#[test]
fn the_default_file_has_every_option_as_it_is_without_being_named() {
    let names = |table: &toml::Table| table.keys().cloned().collect::<Vec<_>>();
    let said: toml::Table = toml::from_str(&said()).unwrap();
    let known = toml::Table::try_from(File::default()).unwrap();
    assert_eq!(names(&said), names(&known));
    for (name, value) in known.iter().filter(|(name, _)| *name != "keys") {
        assert_eq!(said.get(name), Some(value), "{name}");
    }
}

#[test]
fn the_default_file_has_every_action_with_its_keys() {
    let text = said();
    let file: File = toml::from_str(&text).unwrap();
    let told: BTreeMap<&str, &[String]> =
        file.keys.iter().map(|(name, keys)| (name.get_ref().as_str(), keys.get_ref().names())).collect();
    assert_eq!(told.len(), Action::iter().count());
    for action in Action::iter() {
        let keys = told.get(action.name()).unwrap_or_else(|| panic!("{} is missing", action.name()));
        assert_eq!(*keys, row_of(action).keys, "{}", action.name());
    }
    assert!(understand(&text).is_ok());
}

#[test]
fn the_default_file_tells_every_theme() {
    for theme in ThemeName::iter() {
        assert!(DEFAULT.contains(&format!("# - \"{}\":", theme.as_str())), "{theme:?}");
    }
}
