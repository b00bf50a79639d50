//! Completions and the manual, which are made of the command line itself and so cannot be behind it.

use super::output;
use rstest::rstest;
use tempfile::TempDir;

#[rstest]
#[case("bash", "_lazyclerk()")]
#[case("zsh", "#compdef lazyclerk")]
#[case("fish", "complete -c lazyclerk")]
#[case("elvish", "edit:completion")]
#[case("powershell", "Register-ArgumentCompleter")]
fn each_shell_completes_the_commands_and_their_options(#[case] shell: &str, #[case] sign: &str) {
    let output = output(&["completions", shell]);
    let script = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    for expected in [sign, "memberships", "order-by", "emulator"] {
        assert!(script.contains(expected), "{expected}");
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let page = String::from_utf8(output(&["man"]).stdout).unwrap();
    assert!(page.contains(".TH lazyclerk 1") && page.contains("users"), "{page}");
    let folder = TempDir::new().unwrap();
    let into = folder.path().join("man1");
    assert!(output(&["man", "--out", into.to_str().unwrap()]).status.success());
    for name in
        ["lazyclerk", "lazyclerk-users", "lazyclerk-users-list", "lazyclerk-orgs-members", "lazyclerk-audit-verify"]
    {
        let page = std::fs::read_to_string(into.join(format!("{name}.1"))).unwrap();
        assert!(page.contains(".TH") && page.contains("SYNOPSIS"), "{name}");
    }
}

#[rstest]
fn each_command_has_help(
    #[values(
        "list",
        "get",
        "count",
        "memberships",
        "invitations",
        "sessions",
        "metadata",
        "create",
        "update",
        "ban",
        "unban",
        "lock",
        "unlock",
        "revoke-sessions",
        "delete"
    )]
    command: &str,
) {
    let output = output(&["users", command, "--help"]);
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && help.contains("--json") && help.contains("--demo"), "{help}");
}

/// A line that ends early, and another below it, are of a text that was broken by hand and then once more.
#[rstest]
fn what_stands_below_the_options_is_broken_where_the_line_is_full(
    #[values("", "users", "orgs", "export", "import", "audit", "trash", "profile", "config", "doctor", "emulator")]
    command: &str,
) {
    let arguments = [command, "--help"].into_iter().filter(|argument| !argument.is_empty()).collect::<Vec<_>>();
    let help = String::from_utf8(output(&arguments).stdout).unwrap();
    let lines: Vec<&str> = help.lines().collect();
    let width = lines.iter().map(|line| line.len()).max().unwrap();
    assert!(width <= 100, "{help}");
    for pair in lines.windows(2).filter(|pair| pair.iter().all(|line| line.starts_with(char::is_alphanumeric))) {
        let next = pair[1].split(' ').next().unwrap();
        assert!(pair[0].len() + 1 + next.len() > 100, "\"{}\" ends before \"{next}\"", pair[0]);
    }
}
