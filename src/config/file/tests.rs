use super::*;
use crate::app::{action::Scope, action::row_of};
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
    assert_eq!(lines.collect::<Vec<_>>(), ["[keys]"]);
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
