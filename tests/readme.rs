//! What the README says of the keys is what the table says. `UPDATE_README=1` writes it anew.

use lazyclerk::app::{
    Action, Keymap,
    action::{Group, Row, row_of},
    dialog::Help,
    filter_keys,
};
use std::{fs, path::Path};

const BEGIN: &str =
    "<!-- keys: written from the table in src/app/action.rs; UPDATE_README=1 cargo test --test readme -->\n";
const END: &str = "<!-- end of keys -->";

fn keys_of(keymap: &Keymap, action: Action) -> String {
    if let Some(letter) = row_of(action).more {
        return format!("{} `{letter}`", keys_of(keymap, Action::More));
    }
    let keys: Vec<String> = keymap.keys(action).iter().map(|key| format!("`{key}`")).collect();
    keys.join(" ")
}

fn table() -> String {
    let keymap = Keymap::default();
    let mut text = String::from("\n| | keys | |\n| --- | --- | --- |\n");
    for (group, rows) in Help::groups() {
        for (index, row) in rows.iter().enumerate() {
            text.push_str(&line(&keymap, group, index, row));
        }
    }
    text.push('\n');
    text
}

fn line(keymap: &Keymap, group: Group, index: usize, row: &Row) -> String {
    let heading = if index == 0 { format!("**{}**", <&str>::from(group)) } else { String::new() };
    format!("| {heading} | {} | {} |\n", keys_of(keymap, row.action), row.help)
}

#[test]
fn the_readme_tells_the_keys_of_the_table() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&file).expect("there is a README");
    let (before, rest) = readme.split_once(BEGIN).expect("the README has a place for the keys");
    let (told, after) = rest.split_once(END).expect("the place for the keys ends");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&file, format!("{before}{BEGIN}{}{END}{after}", table())).expect("the README can be written");
    } else {
        assert_eq!(told, table(), "UPDATE_README=1 cargo test --test readme");
    }
}

#[test]
fn the_readme_has_the_two_commands_and_its_picture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("there is a README");
    for command in ["    cargo run --release -- --demo\n", "    cargo test\n"] {
        assert!(readme.contains(command), "{command}");
    }
    assert!(root.join("assets/readme/dashboard.png").is_file());
}

#[test]
fn the_readme_tells_every_filter() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for key in filter_keys() {
        assert!(readme.contains(&format!("`{key}:`")), "{key}");
    }
}
