//! What the README and the default configuration file say of the keys is what the table says. `UPDATE_README=1` writes
//! it anew.

use lazyclerk::app::{
    Action, Keymap,
    action::{Group, Row, row_of, rows},
    dialog::Help,
    filter_keys,
};
use std::{collections::BTreeSet, fs, path::Path};
use strum::IntoEnumIterator;

const BEGIN: &str =
    "<!-- keys: written from the table in src/app/action/table/; UPDATE_README=1 cargo test --test readme -->\n";
const END: &str = "<!-- end of keys -->";

fn keys_of(keymap: &Keymap, action: Action) -> String {
    if let Some(letter) = row_of(action).more {
        return format!("{} `{letter}`", keys_of(keymap, Action::More));
    }
    let keys: Vec<String> = keymap.keys(action).iter().map(|key| format!("`{key}`")).collect();
    match row_of(action).command {
        Some(word) if keys.is_empty() => format!("`:{word}`"),
        _ => keys.join(" "),
    }
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

/// The part of a file between `begin` and `end` is `told`, or becomes it.
fn assert_told(file: &str, begin: &str, end: &str, told: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(&file).expect("the file is there");
    let (before, rest) = text.split_once(begin).expect("it has a place for the keys");
    let (present, after) = rest.split_once(end).expect("the place for the keys ends");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&file, format!("{before}{begin}{told}{end}{after}")).expect("the file can be written");
    } else {
        assert_eq!(present, told, "UPDATE_README=1 cargo test --test readme");
    }
}

#[test]
fn the_readme_tells_the_keys_of_the_table() {
    assert_told("README.md", BEGIN, END, &table());
}

/// A line for each action, under its heading: what it does, and its keys as they are without being named.
fn options() -> String {
    let mut lines = Vec::new();
    for group in Group::iter() {
        lines.extend([String::new(), format!("# {}", <&str>::from(group))]);
        lines.extend(rows().filter(|row| row.group == group).map(option));
    }
    lines.extend([String::new(), String::new()]);
    lines.join("\n")
}

fn option(row: &Row) -> String {
    let keys: Vec<String> = row.keys.iter().map(|key| format!("{key:?}")).collect();
    let keys = match keys.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    format!("{:<48} # {}", format!("#{} = {keys}", row.action.name()), row.help)
}

#[test]
fn the_default_configuration_tells_the_keys_of_the_table() {
    assert_told("assets/config.toml", "# Every action and its keys:\n", "# End of the actions.", &options());
}

#[test]
fn the_readme_has_the_two_commands_and_its_pictures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("there is a README");
    for command in ["    cargo run --release -- --demo\n", "    cargo test\n"] {
        assert!(readme.contains(command), "{command}");
    }
    let named =
        readme.split("](").filter_map(|rest| rest.split(')').next()).filter(|name| name.starts_with("assets/readme/"));
    let named: BTreeSet<String> = named.map(str::to_owned).collect();
    let pictures = fs::read_dir(root.join("assets/readme")).expect("there are pictures");
    let name = |entry: fs::DirEntry| format!("assets/readme/{}", entry.file_name().display());
    assert_eq!(named, pictures.map(|entry| name(entry.expect("a picture"))).collect(), "named, and there");
}

#[test]
fn the_readme_tells_every_filter() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for key in filter_keys() {
        assert!(readme.contains(&format!("`{key}:`")), "{key}");
    }
}

/// What stands between backticks and looks like a file or a folder of the package.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let roots = ["src/", "tests/", "assets/", "benches/", ".ci/", "packaging/"];
    text.split('`').skip(1).step_by(2).filter(move |name| roots.iter().any(|root| name.starts_with(root)))
}

#[test]
fn every_file_that_the_documents_name_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for document in ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"] {
        let text = fs::read_to_string(root.join(document)).expect("the document is there");
        for name in named(&text) {
            assert!(root.join(name).exists(), "{document} names {name}, which is not there");
        }
    }
    let contributing = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    assert!(named(&contributing).count() > 40, "names are found");
}
