//! Where the key is found, as scripts see it.

use super::{Emulator, lazyclerk, stderr};
use rustix::process::Signal;
use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// A project at home, and an instance.
struct Project {
    home: TempDir,
    emulator: Emulator,
}

impl Project {
    fn new() -> Self {
        let home = TempDir::new().unwrap();
        fs::create_dir_all(home.path().join("shop/web")).unwrap();
        Self { home, emulator: Emulator::start(&[]) }
    }

    /// In the innermost folder, without a key in the environment.
    fn count(&self) -> Command {
        let mut command = lazyclerk(&["users", "count"]);
        command.env("HOME", self.home.path()).current_dir(self.home.path().join("shop/web"));
        command
    }

    fn put(&self, name: &str, text: &str) {
        let file = self.home.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

fn assert_counts(command: &mut Command) {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(output.stdout, b"20\n");
}

#[test]
fn what_the_emulator_prints_is_found_from_a_folder_below() {
    let project = Project::new();
    project.put(
        "shop/.env",
        &format!("CLERK_API_URL={}\nCLERK_SECRET_KEY={}\n", project.emulator.url, project.emulator.key),
    );
    assert_counts(&mut project.count());
    project.put("shop/web/.env.local", "CLERK_SECRET_KEY=sk_test_replace_me_with_yours");
    project.put("shop/web/.env", &format!("CLERK_API_URL={}", project.emulator.url));
    let output = project.count().output().unwrap();
    assert_eq!(output.status.code(), Some(3), "the nearer goes before: {}", stderr(&output));
    project.emulator.stop(Signal::TERM);
}

#[test]
fn a_keyless_application_is_opened_with_its_own_key() {
    let project = Project::new();
    let json = format!(r#"{{"publishableKey":"pk_test_x","secretKey":"{}","claimUrl":""}}"#, project.emulator.key);
    project.put("shop/web/.clerk/.tmp/keyless.json", &json);
    assert_counts(project.count().env("CLERK_API_URL", &project.emulator.url));
    project.emulator.stop(Signal::TERM);
}

#[test]
fn a_key_comes_from_a_file_or_a_pipe_and_goes_before_all_else() {
    let project = Project::new();
    project.put("key", &format!("{}\n", project.emulator.key));
    let file = project.home.path().join("key");
    let mut command = project.count();
    command.args(["--secret-key-file", file.to_str().unwrap()]);
    command.env("CLERK_API_URL", &project.emulator.url).env("CLERK_SECRET_KEY", "sk_test_of_somebody_else_altogether");
    assert_counts(&mut command);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let told = stderr(&output);
    assert!(told.contains("chmod 600") && !told.contains(&project.emulator.key), "{told}");
    // What comes behind the key is left to who reads next.
    let mut command = lazyclerk(&["users", "ban", "--dry-run", "--from", "-", "--secret-key-file", "-"]);
    command.env("CLERK_API_URL", &project.emulator.url).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let input = format!("{}\nuser_nobody\n", project.emulator.key);
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(stderr(&output).contains("user_nobody"), "{}", stderr(&output));
    project.emulator.stop(Signal::TERM);
}

#[test]
fn without_a_key_it_is_told_what_was_looked_at() {
    let home = TempDir::new().unwrap();
    let output = lazyclerk(&[]).current_dir(home.path()).env("HOME", home.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let told = stderr(&output);
    let folder = home.path().canonicalize().unwrap().display().to_string();
    for expected in ["CLERK_SECRET_KEY", ".env.local", "keyless.json", &folder, "lazyclerk --demo"] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn a_key_that_is_an_argument_is_not_understood() {
    let output = lazyclerk(&["users", "count", "--secret-key", "sk_test_abc"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let both = lazyclerk(&["users", "count", "--demo", "--secret-key-file", "key"]).output().unwrap();
    assert_eq!(both.status.code(), Some(2));
    let twice = lazyclerk(&["--marks", "-", "--secret-key-file", "-"]).output().unwrap();
    assert_eq!(twice.status.code(), Some(2), "{}", stderr(&twice));
    assert!(stderr(&twice).contains("--secret-key-file needs a file"), "{}", stderr(&twice));
}
