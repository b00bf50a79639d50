//! Switching to another instance while the program runs.

use crate::terminal::{Setting, Terminal};
use lazyclerk::emulator::{Emulator, Options};
use tokio::runtime::Runtime;

struct Two {
    _runtime: Runtime,
    one: Emulator,
    other: Emulator,
}

impl Two {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let of =
            |users, seed| runtime.block_on(Emulator::start(Options { users, seed, ..Options::default() })).unwrap();
        let (one, other) = (of(23, 1), of(41, 2));
        Self { one, other, _runtime: runtime }
    }

    fn setting(&self, arguments: &[&str]) -> Setting {
        let profile = |name: &str, url: &str| {
            format!("[profiles.{name}]\nkey = \"env:KEY_OF_{}\"\napi_url = \"{url}\"\n", name.to_uppercase())
        };
        let configuration = format!(
            "default_profile = \"shop\"\n{}{}read_only = true\n[profiles.gone]\nkey = \"env:KEY_OF_NOBODY\"\n",
            profile("shop", self.one.url()),
            profile("forum", self.other.url()),
        );
        Setting::lazyclerk(arguments)
            .configured(&configuration)
            .with("KEY_OF_SHOP", self.one.secret_key().expose())
            .with("KEY_OF_FORUM", self.other.secret_key().expose())
    }
}

fn wait_for_count(terminal: &mut Terminal, count: &str) {
    terminal.wait_for_users().wait_for(&format!("{count} users"));
}

#[test]
fn another_instance_is_opened_with_what_holds_for_it_and_back() {
    let two = Two::start();
    let mut terminal = two.setting(&[]).start();
    wait_for_count(&mut terminal, "23");
    assert!(!terminal.text().contains("[read-only]"), "{}", terminal.text());
    terminal.send("/ada\r").wait_for(" match ").send("p").wait_for("Switch to").wait_for("forum");
    // In alphabetical order, the cursor on the open one.
    terminal.send("1");
    wait_for_count(&mut terminal, "41");
    assert!(terminal.text().contains("[read-only]") && terminal.text().contains("forum"), "{}", terminal.text());
    assert!(!terminal.text().contains(" match "), "nothing of the other is taken along: {}", terminal.text());
    terminal.send(":").wait_for("cancel").send("profile gone\r").wait_for("Not switched").wait_for("KEY_OF_NOBODY");
    wait_for_count(&mut terminal, "41");
    terminal.send(":").wait_for("cancel").send("profile shop\r");
    wait_for_count(&mut terminal, "23");
    assert!(!terminal.text().contains("[read-only]"), "{}", terminal.text());
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}

#[test]
fn a_change_goes_to_the_instance_that_is_open() {
    let two = Two::start();
    let mut terminal = two.setting(&["--profile", "forum"]).start();
    wait_for_count(&mut terminal, "41");
    terminal.send("b").wait_for("read-only").send("p").wait_for("Switch to").send("3");
    wait_for_count(&mut terminal, "23");
    terminal.send(":").wait_for("cancel").send("about\r").wait_for("the profile shop").send("\u{1b}");
    terminal.wait_until("the list", |terminal| !terminal.text().contains("the profile shop"));
    terminal.send("L").wait_for("enter or y lock").send("\r").wait_for("Locked");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn without_a_screen_it_goes_as_well() {
    let two = Two::start();
    let mut terminal = two.setting(&["--plain"]).start();
    terminal.wait_for("23 users").send(":profile forum\r").wait_for("41 users").send(":q\r");
    assert_eq!(terminal.end(), 0, "{}", terminal.text());
}
