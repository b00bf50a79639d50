//! The keyring of the system, through the system's own program for it.
//!
//! On Linux that is `secret-tool`, which comes with libsecret and speaks to whatever keeps secrets on the desktop; on macOS
//! `security`. The crates that would do it in the program itself bring an async runtime and some forty others along.
//! The key goes in and out through pipes, never as an argument.

use crate::clerk::SecretKey;
use secrecy::SecretString;
use std::{
    env,
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// What the entries belong to.
const SERVICE: &str = "lazyclerk";

/// A keyring that is at hand.
#[derive(Clone, Debug)]
pub(super) struct Keyring {
    program: PathBuf,
    is_apples: bool,
}

impl Keyring {
    /// The keyring, where there is a program for it.
    pub(super) fn at_hand() -> Option<Self> {
        let is_apples = cfg!(target_os = "macos");
        let program = find(if is_apples { "security" } else { "secret-tool" }, env::var_os("PATH")?.as_os_str())?;
        Some(Self { program, is_apples })
    }

    /// Puts the key of a profile in, in the place of one that is there.
    pub(super) fn put(&self, profile: &str, key: &SecretKey) -> Result<(), String> {
        let output = if self.is_apples {
            // A line for its shell: the key is of characters that need no quotes there, and so is the name.
            let line = format!("add-generic-password -U -s {SERVICE} -a {profile} -w {}\n", key.expose());
            self.run(&["-i"], &line)?
        } else {
            let label = format!("{SERVICE}: {profile}");
            let store = ["store", "--label", &label, "application", SERVICE, "profile", profile];
            self.run(&store, key.expose())?
        };
        succeeded(&output)?;
        // What says nothing of a failure has to show that there was none.
        let kept = self.get(profile)?.and_then(|kept| SecretKey::new(secrecy::ExposeSecret::expose_secret(&kept)).ok());
        match kept {
            Some(kept) if kept.expose() == key.expose() => Ok(()),
            _ => Err("the keyring did not keep it".to_owned()),
        }
    }

    /// The key of a profile; none where the keyring has none.
    pub(super) fn get(&self, profile: &str) -> Result<Option<SecretString>, String> {
        let output = if self.is_apples {
            self.run(&["find-generic-password", "-s", SERVICE, "-a", profile, "-w"], "")?
        } else {
            self.run(&["lookup", "application", SERVICE, "profile", profile], "")?
        };
        // Both end with a failure where there is no such entry: secret-tool with 1 and no word, security with 44.
        let is_missing = if self.is_apples {
            output.status.code() == Some(44)
        } else {
            output.stderr.is_empty() && output.stdout.is_empty()
        };
        if is_missing {
            return Ok(None);
        }
        succeeded(&output)?;
        let text = String::from_utf8(output.stdout).map_err(|_| "what the keyring holds is no text".to_owned())?;
        Ok(Some(SecretString::from(text.trim())))
    }

    /// Takes the key of a profile out, if it is there.
    pub(super) fn forget(&self, profile: &str) -> Result<(), String> {
        if self.get(profile)?.is_none() {
            return Ok(());
        }
        let output = if self.is_apples {
            self.run(&["delete-generic-password", "-s", SERVICE, "-a", profile], "")?
        } else {
            self.run(&["clear", "application", SERVICE, "profile", profile], "")?
        };
        succeeded(&output)
    }

    fn run(&self, arguments: &[&str], input: &str) -> Result<Output, String> {
        let unusable = |error| format!("{} cannot be used: {error}", self.program.display());
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(unusable)?;
        if let Some(mut pipe) = child.stdin.take() {
            // One that ends without reading tells why itself.
            let _ = pipe.write_all(input.as_bytes());
        }
        child.wait_with_output().map_err(unusable)
    }
}

fn succeeded(output: &Output) -> Result<(), String> {
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let told = told.trim();
    Err(if told.is_empty() { format!("the keyring refused ({})", output.status) } else { told.replace('\n', "; ") })
}

/// The program of this name, where commands are.
fn find(name: &str, path: &OsStr) -> Option<PathBuf> {
    env::split_paths(path).map(|folder| folder.join(name)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}
