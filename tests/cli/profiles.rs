//! `lazyclerk profile` and `lazyclerk config`, and what holds where a profile is opened.

use super::{Emulator, lazyclerk, stderr};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::process::Signal;
use serde_json::Value;
use std::{
    fs,
    io::{Read, Write},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// A home without anything in it.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = lazyclerk(arguments);
        command.env("HOME", self.0.path()).current_dir(self.0.path());
        command.env("XDG_CONFIG_HOME", self.path("config")).env("XDG_STATE_HOME", self.path("state"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn print(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn config(&self) -> String {
        fs::read_to_string(self.path("config/lazyclerk/config.toml")).unwrap()
    }

    /// With the key on standard input.
    fn add(&self, emulator: &Emulator, arguments: &[&str]) -> Output {
        piped(self.command(&[&["profile", "add", "--api-url", &emulator.url], arguments].concat()), &emulator.key)
    }
}

fn piped(mut command: Command, input: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_profile_is_made_opened_listed_and_forgotten() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    let made = home.add(&emulator, &["shop", "--color", "green", "--actor", "kim"]);
    let told = stderr(&made);
    assert_eq!(made.status.code(), Some(0), "{told}");
    assert!(told.contains("development") && told.contains("there is no keyring at hand"), "{told}");
    assert!(!told.contains(&emulator.key) && !home.config().contains(&emulator.key), "{told}");
    let key = home.path("state/lazyclerk/keys/shop");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(home.print(&["users", "count"]), "20\n", "the first is the one to open");
    assert_eq!(home.print(&["users", "count", "--profile", "shop"]), "20\n");
    let again = home.add(&emulator, &["shop"]);
    assert_eq!(again.status.code(), Some(2), "{}", stderr(&again));
    assert_eq!(home.add(&emulator, &["shop", "--replace"]).status.code(), Some(0));
    assert_eq!(home.add(&emulator, &["other"]).status.code(), Some(0));
    let listed: Value = serde_json::from_str(&home.print(&["profile", "list", "--json"])).unwrap();
    let (other, shop) = (&listed[0], &listed[1]);
    assert_eq!((&other["name"], &other["default"]), (&"other".into(), &false.into()), "{listed}");
    assert_eq!((&shop["color"], &shop["actor"], &shop["default"]), (&"green".into(), &"kim".into(), &true.into()));
    home.print(&["profile", "use", "other"]);
    assert!(home.config().contains("default_profile = \"other\""));
    let wrong = home.run(&["users", "count", "--profile", "shpo"]);
    assert_eq!(wrong.status.code(), Some(3));
    assert!(stderr(&wrong).contains("did you mean \"shop\"?"), "{}", stderr(&wrong));
    assert_eq!(home.run(&["profile", "remove", "shop"]).status.code(), Some(2), "nobody can be asked");
    home.print(&["profile", "remove", "shop", "--yes"]);
    assert!(!key.exists() && !home.config().contains("shop"));
    emulator.stop(Signal::TERM);
}

#[test]
fn a_key_that_is_wrong_is_not_kept() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    let command = home.command(&["profile", "add", "shop", "--api-url", &emulator.url]);
    let refused = piped(command, "sk_test_aKeyThatNobodyKnows");
    assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
    assert!(!stderr(&refused).contains("aKeyThatNobodyKnows"), "{}", stderr(&refused));
    assert!(!home.path("config").exists() && !home.path("state/lazyclerk/keys").exists());
    emulator.stop(Signal::TERM);
}

#[test]
fn production_starts_read_only_and_what_is_done_is_recorded_with_the_profile() {
    let (home, emulator) = (Home::new(), Emulator::start(&["--instance", "production"]));
    let made = home.add(&emulator, &["shop", "--actor", "kim"]);
    assert!(stderr(&made).contains("production") && stderr(&made).contains("read-only"), "{}", stderr(&made));
    let users: Value =
        serde_json::from_str(&home.print(&["users", "list", "--banned=no", "--json", "-n", "1"])).unwrap();
    let id = users[0]["id"].as_str().unwrap();
    let refused = home.run(&["users", "ban", id, "--yes"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("the profile"), "{}", stderr(&refused));
    assert_eq!(home.add(&emulator, &["shop", "--replace", "--writable"]).status.code(), Some(0));
    home.print(&["users", "ban", id, "--yes"]);
    let log = fs::read_to_string(home.path("state/lazyclerk/audit.jsonl")).unwrap();
    let line: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!((&line["profile"], &line["actor"]), (&"shop".into(), &"kim".into()), "{line}");
    emulator.stop(Signal::TERM);
}

#[test]
fn a_key_that_belongs_to_another_instance_is_refused_until_that_is_confirmed() {
    let (home, one, other) = (Home::new(), Emulator::start(&["--seed", "1"]), Emulator::start(&["--seed", "2"]));
    home.add(&one, &["shop"]);
    let config = home.config().replace(&one.url, &other.url);
    fs::write(home.path("config/lazyclerk/config.toml"), config).unwrap();
    fs::write(home.path("state/lazyclerk/keys/shop"), &other.key).unwrap();
    let refused = home.run(&["users", "count"]);
    let told = stderr(&refused);
    assert_eq!(refused.status.code(), Some(1), "{told}");
    assert!(told.contains("belongs to the instance ins_") && told.contains("lazyclerk profile confirm"), "{told}");
    assert!(refused.stdout.is_empty());
    home.print(&["profile", "confirm", "shop", "--yes"]);
    assert_eq!(home.print(&["users", "count"]), "20\n");
    // Where the file does not say, the first that is opened is remembered.
    let config = home.config();
    let unsaid: Vec<&str> = config.lines().filter(|line| !line.starts_with("instance_id")).collect();
    fs::write(home.path("config/lazyclerk/config.toml"), unsaid.join("\n")).unwrap();
    home.print(&["users", "count"]);
    let back = home.config().replace(&other.url, &one.url);
    fs::write(home.path("config/lazyclerk/config.toml"), back).unwrap();
    fs::write(home.path("state/lazyclerk/keys/shop"), &one.key).unwrap();
    assert_eq!(home.run(&["users", "count"]).status.code(), Some(1));
    one.stop(Signal::TERM);
    other.stop(Signal::TERM);
}

/// A program in the place of the desktop's, that keeps what it is given in a folder.
#[cfg(target_os = "linux")]
#[test]
fn where_there_is_a_keyring_the_key_is_kept_there() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    let (programs, ring) = (home.path("bin"), home.path("ring"));
    fs::create_dir_all(&programs).unwrap();
    fs::create_dir_all(&ring).unwrap();
    let script = format!(
        "#!/bin/sh\nfor last; do :; done\ncase $1 in\nstore) cat > {0}/$last; echo \"$@\" >> {0}/arguments;;\n\
         lookup) cat {0}/$last 2>/dev/null;;\nclear) rm {0}/$last;;\nesac\n",
        ring.display()
    );
    let program = programs.join("secret-tool");
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let mut command = home.command(&["profile", "add", "shop", "--api-url", &emulator.url]);
    command.env("PATH", &path);
    let made = piped(command, &emulator.key);
    assert!(stderr(&made).contains("Its key is in the keyring."), "{}", stderr(&made));
    assert_eq!(fs::read_to_string(ring.join("shop")).unwrap(), emulator.key);
    assert!(!fs::read_to_string(ring.join("arguments")).unwrap().contains(&emulator.key));
    assert!(home.config().contains("key = \"keyring\"") && !home.path("state/lazyclerk/keys").exists());
    let counted = home.command(&["users", "count"]).env("PATH", &path).output().unwrap();
    assert_eq!(counted.stdout, b"20\n", "{}", stderr(&counted));
    let without = home.run(&["users", "count"]);
    assert_eq!(without.status.code(), Some(3));
    assert!(stderr(&without).contains("secret-tool"), "{}", stderr(&without));
    let removed = home.command(&["profile", "remove", "shop", "--yes"]).env("PATH", &path).output().unwrap();
    assert!(removed.status.success() && !ring.join("shop").exists(), "{}", stderr(&removed));
    emulator.stop(Signal::TERM);
}

#[test]
fn a_key_is_typed_unseen_and_the_terminal_is_given_back() {
    let (home, emulator) = (Home::new(), Emulator::start(&[]));
    for (typed, code) in [(format!("{}\n", emulator.key), 0), ("\u{3}".to_owned(), 130)] {
        let pair = native_pty_system().openpty(PtySize { rows: 30, cols: 200, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lazyclerk"));
        command.args(["profile", "add", "--replace", "shop", "--api-url", &emulator.url]);
        command.env_clear();
        command.env("HOME", home.0.path());
        command.cwd(home.0.path());
        let before = format!("{:?}", pair.master.get_termios());
        let mut child = pair.slave.spawn_command(command).unwrap();
        let (mut reader, mut writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
        let (mut shown, mut bytes) = (String::new(), [0; 4096]);
        while !shown.contains("it is not shown") {
            let count = reader.read(&mut bytes).unwrap();
            shown.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        writer.write_all(typed.as_bytes()).unwrap();
        assert_eq!(child.wait().unwrap().exit_code(), code);
        assert_eq!(format!("{:?}", pair.master.get_termios()), before);
        drop(pair.slave);
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            shown.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        assert!(!shown.contains(&emulator.key), "{shown}");
    }
    emulator.stop(Signal::TERM);
}

#[test]
fn the_configuration_is_written_checked_and_found() {
    let home = Home::new();
    let file = home.path("config/lazyclerk/config.toml");
    assert_eq!(home.print(&["config", "path"]), format!("{}\n", file.display()));
    home.print(&["config", "check"]);
    home.print(&["config", "init"]);
    assert_eq!(home.config(), lazyclerk::config::DEFAULT);
    home.print(&["config", "check"]);
    fs::write(&file, "mouse = true\ntheem = \"dark\"").unwrap();
    let wrong = home.run(&["config", "check"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        stderr(&wrong).contains("line 2: there is no option \"theem\"; did you mean \"theme\"?"),
        "{}",
        stderr(&wrong)
    );
    let refused = home.run(&["config", "init"]);
    assert!(refused.status.code() == Some(1) && stderr(&refused).contains("--force"), "{}", stderr(&refused));
    assert!(home.config().starts_with("mouse"));
    home.print(&["config", "init", "--force"]);
    assert_eq!(home.config(), lazyclerk::config::DEFAULT);
    let other = home.path("other.toml");
    assert_eq!(home.print(&["config", "path", "--config", other.to_str().unwrap()]), format!("{}\n", other.display()));
}
