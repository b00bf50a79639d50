//! Metadata.

use super::Journey;
use lazyclerk::clerk::users::MetadataBags;
use std::{fs, path::Path};

#[test]
fn metadata_is_merged_replaced_and_put_back() {
    let mut journey = Journey::begin();
    let bag = |journey: &Journey| serde_json::Value::Object(journey.user().public_metadata).to_string();
    journey.terminal.send("m").wait_for("Edit the metadata of Zora").wait_for("go on");
    // The cursor stands between the braces.
    journey.terminal.send("\"plan\":\"pro\",\"seats\":3\u{13}").wait_for("Change the metadata of Zora?");
    journey.terminal.wait_for("+ public.plan  \"pro\"").wait_for("+ public.seats  3");
    // Meanwhile the application writes another key: merging leaves it alone.
    let theirs = MetadataBags { public: serde_json::from_str("{\"theirs\":1}").unwrap(), ..MetadataBags::default() };
    journey.runtime.block_on(journey.clerk.users().merge_metadata(&journey.id, &theirs)).unwrap();
    journey.terminal.wait_for("esc or n cancel").send("\r").wait_for("Changed the metadata of Zora.");
    let together = bag(&journey);
    assert!(together.contains("pro") && together.contains("theirs"), "{together}");
    journey.terminal.send(".").wait_for("More for Zora").send("r").wait_for("(•) replace the whole bag");
    // The cursor stands behind the first value.
    journey.terminal.wait_for("go on").send(",\u{13}").wait_for("Line 2, column 17: key must be a string");
    journey.terminal.send("\"ours\":true\u{13}").wait_for("Replace the metadata of Zora?");
    // Meanwhile the application writes another key: replacing loses it, as the dialog has said.
    let late = MetadataBags { public: serde_json::from_str("{\"late\":1}").unwrap(), ..MetadataBags::default() };
    journey.runtime.block_on(journey.clerk.users().merge_metadata(&journey.id, &late)).unwrap();
    journey.terminal.wait_for("esc or n cancel").send("\r").wait_for("Replaced the metadata of Zora.");
    let replaced = bag(&journey);
    assert!(replaced.contains("ours") && !replaced.contains("late"), "{replaced}");
    journey.terminal.send("\u{1b}").wait_until("the notice away", |terminal| !terminal.text().contains("Replaced"));
    journey.act("u", "Undo: replace the metadata of Zora?", "Replaced the metadata of Zora.");
    assert_eq!(bag(&journey), together);
}

#[test]
fn metadata_is_edited_in_an_editor_outside() {
    let folder = tempfile::TempDir::new().unwrap();
    let editor = folder.path().join("my editor");
    // It asks a question on the terminal, and writes down what it was given.
    let script = format!(
        "#!/bin/sh\ncd '{}' && env > environment && stat -c %a \"$2\" \"${{2%/*}}\" > modes && stty -a > terminal\n\
         echo \"$1\" > argument; echo \"$2\" > file; cat \"$2\" >> texts\n\
         printf 'Which plan? '; read plan; printf '{{\"plan\": %s}}' \"$plan\" > \"$2\"; [ \"$plan\" != none ]\n",
        folder.path().display()
    );
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let visual = format!("'{}' --wait", editor.display());
    let place = folder.path().to_str().unwrap();
    let mut journey = Journey::begin_with(&[("VISUAL", &visual), ("EDITOR", "false"), ("TMPDIR", place)]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    journey.terminal.send("m").wait_for("ctrl-o $EDITOR").send("\u{f}").wait_for("Which plan?");
    journey.terminal.assert_restored();
    // What cannot be read is told, and stays to be mended: the editor gets it again.
    journey.terminal.send("pro\r").wait_for("Line 1, column 10: expected value.");
    assert!(!Path::new(read("file").trim()).parent().unwrap().exists(), "the draft is gone");
    journey.terminal.wait_for("go on").send("\u{f}").wait_for("Which plan?").send("none\r");
    journey.terminal.wait_for("with exit code 1; what you wrote is in");
    let folders = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let kept: Vec<_> = folders.filter(|folder| folder.join("public_metadata.json").exists()).collect();
    assert_eq!(kept.len(), 1, "it is kept where the person finds it");
    assert_eq!(fs::read_to_string(kept[0].join("public_metadata.json")).unwrap(), "{\"plan\": none}");
    journey.terminal.wait_for("go on").send("\u{f}").wait_for("Which plan?").send("\"pro\"\r").wait_for("\"pro\"");
    journey.terminal.wait_for("go on").send("\u{13}").wait_for("+ public.plan  \"pro\"").wait_for("cancel");
    journey.terminal.send("\r").wait_for("Changed the metadata of Zora.");
    assert_eq!(journey.user().public_metadata["plan"], "pro");
    assert_eq!((read("argument").trim(), read("modes").as_str()), ("--wait", "600\n700\n"));
    assert!(read("file").trim().ends_with("/public_metadata.json"), "{}", read("file"));
    assert_eq!(read("texts"), "{}\n{\"plan\": pro}\n{\"plan\": pro}\n");
    assert!(read("terminal").contains(" icanon") && read("terminal").contains(" echo "), "{}", read("terminal"));
    assert!(!read("environment").contains("sk_") && read("environment").contains("CLERK_API_URL"));
}

#[test]
fn an_editor_that_is_still_open_goes_with_the_program() {
    let folder = tempfile::TempDir::new().unwrap();
    let told = folder.path().join("told");
    // It leaves the terminal as no shell would like it.
    let visual =
        format!("stty raw -echo; exec sh -c 'echo $$ $0 >{}; printf it-is-open; exec sleep 600'", told.display());
    let mut journey = Journey::begin_with(&[("VISUAL", &visual)]);
    journey.terminal.send("m").wait_for("ctrl-o $EDITOR").send("\u{f}").wait_for("it-is-open");
    journey.terminal.signal(rustix::process::Signal::TERM);
    assert_eq!(journey.terminal.end(), 143);
    journey.terminal.assert_restored();
    let told = fs::read_to_string(&told).unwrap();
    let (process, file) = told.trim().split_once(' ').unwrap();
    assert!(!Path::new(file).parent().unwrap().exists(), "the draft is gone");
    let process = rustix::process::Pid::from_raw(process.parse().unwrap()).unwrap();
    let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while rustix::process::test_kill_process(process).is_ok() {
        assert!(std::time::Instant::now() < end, "the editor goes on");
        std::thread::yield_now();
    }
}
