//! The person's editor, run on a file.

use std::{
    io,
    path::Path,
    process::{ExitStatus, Stdio},
};
use tokio::process::{Child, Command};

/// Where people say which editor is theirs, the first found first: the one for a screen goes before the one for lines.
const VARIABLES: [&str; 2] = ["VISUAL", "EDITOR"];
/// Where nobody says.
const USUAL: &str = "vi";
/// What must not be handed on: whoever reads the environment of an editor or a browser could act as the owner of every user.
pub(super) const SECRETS: [&str; 2] = ["CLERK_SECRET_KEY", "NUXT_CLERK_SECRET_KEY"];
/// A shell ends so when there is no such program.
const NOT_FOUND: i32 = 127;

/// The editor as it is set: a command, perhaps with arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Editor(String);

impl Editor {
    /// What the environment names; `lookup` gives the value of a variable.
    pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let found = VARIABLES.iter().find_map(|name| lookup(name).filter(|value| !value.trim().is_empty()));
        Self(found.unwrap_or_else(|| USUAL.to_owned()))
    }

    /// Begins it on `file`, on the terminal that this process has. The command is a shell's, so that arguments and
    /// quotes mean what they mean where it was set; the file is an argument, whatever its name.
    pub fn begin(&self, file: &Path) -> io::Result<Child> {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("{} \"$@\"", self.0)).arg(&self.0).arg(file);
        for secret in SECRETS {
            command.env_remove(secret);
        }
        command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
        // On a terminal that is to be used again, or is gone, nobody needs it any more.
        command.kill_on_drop(true).spawn()
    }

    /// Why what it has written is not to be taken; none when it ended well.
    pub fn fault(&self, status: ExitStatus) -> Option<String> {
        if status.success() {
            return None;
        }
        Some(match status.code() {
            Some(NOT_FOUND) => format!("there is no editor \"{}\"; $VISUAL or $EDITOR names another", self.0),
            Some(code) => format!("the editor ended with exit code {code}"),
            None => "the editor was ended by a signal".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::fs;
    use tempfile::TempDir;

    #[rstest]
    #[case(&[("VISUAL", "code --wait"), ("EDITOR", "ed")], "code --wait")]
    #[case(&[("VISUAL", " "), ("EDITOR", "ed")], "ed")]
    #[case(&[], "vi")]
    fn the_environment_names_it(#[case] variables: &[(&str, &str)], #[case] expected: &str) {
        let lookup = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(Editor::from_environment(lookup), Editor(expected.to_owned()));
    }

    async fn end(editor: &str, file: &Path) -> Option<String> {
        let editor = Editor(editor.to_owned());
        let status = editor.begin(file).unwrap().wait().await.unwrap();
        editor.fault(status)
    }

    #[tokio::test]
    async fn its_arguments_are_its_own_and_the_file_is_one() {
        let place = TempDir::new().unwrap();
        let file = place.path().join("a $(touch b); 'c'.json");
        fs::write(&file, "a\n").unwrap();
        assert_eq!(end("sed -i -e 's/a/two words/'", &file).await, None);
        assert_eq!(fs::read_to_string(&file).unwrap(), "two words\n");
    }

    #[tokio::test]
    async fn how_it_failed_is_told() {
        let file = Path::new("/nowhere");
        assert_eq!(end("false", file).await.unwrap(), "the editor ended with exit code 1");
        assert_eq!(end("kill -9 $$; true", file).await.unwrap(), "the editor was ended by a signal");
        let none = end("no-such-editor-anywhere 2>/dev/null", file).await.unwrap();
        assert!(none.starts_with("there is no editor \"no-such-editor-anywhere"), "{none}");
    }
}
