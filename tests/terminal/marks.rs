//! Marking many users of an instance: all that match, and those whom a list names.

use crate::terminal::{Setting, Terminal};
use lazyclerk::{
    clerk::{
        Clerk, Endpoint,
        model::User,
        query::{PageLimit, PageStart, UserPage, UserQuery},
        users::CreateUser,
    },
    emulator::{Emulator, Options},
};
use std::{fs, path::PathBuf};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// An emulator with people in it, and who asks it.
struct Instance {
    runtime: Runtime,
    emulator: Emulator,
    clerk: Clerk,
}

impl Instance {
    fn of(users: u32) -> Self {
        let runtime = Runtime::new().unwrap();
        let emulator = runtime.block_on(Emulator::start(Options { users, ..Options::default() })).unwrap();
        let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
        Self { runtime, emulator, clerk }
    }

    /// The newest users, who are on the first screen.
    fn newest(&self) -> Vec<User> {
        let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(20) };
        let users = self.clerk.users();
        let listed = self.runtime.block_on(users.list(&UserQuery::default(), &page)).unwrap().value;
        listed.into_iter().map(|user| (*user).clone()).collect()
    }

    fn opened(&self, setting: Setting) -> Setting {
        setting.with("CLERK_API_URL", self.emulator.url()).with("CLERK_SECRET_KEY", self.emulator.secret_key().expose())
    }
}

/// What the lines that mark nobody are called.
const TITLE: &str = "Lines that name nobody";

/// Goes back one step, from where this stands.
fn leave(terminal: &mut Terminal, words: &str) {
    terminal.wait_for(words).send("\x1b").wait_until("it gone", |terminal| !terminal.text().contains(words));
}

/// Waits until exactly these of the users on the screen are marked.
fn wait_for_marks(terminal: &mut Terminal, users: &[User], marked: &[usize]) {
    terminal.wait_until("the marks", |terminal| {
        (0..users.len()).all(|index| terminal.row(4 + index).contains("✓ ") == marked.contains(&index))
    });
    for index in marked {
        let name = users[*index].full_name().unwrap_or_default();
        let row = terminal.row(4 + index);
        // Long names are cut.
        let begun: String = name.chars().take(8).collect();
        assert!(row.contains(&begun), "{name} is not marked in {row}");
    }
}

#[test]
fn all_that_match_are_marked_and_nobody_who_signs_up_later() {
    let instance = Instance::of(1_200);
    let mut terminal = instance.opened(Setting::lazyclerk(&[])).start();
    terminal.wait_for_users().wait_for("1,200 users").send("a").wait_for("1,200 users marked: all that match.");
    terminal.wait_for("✓ 1,200 marked");
    let later =
        CreateUser { first_name: Some("Later".into()), username: Some("later".into()), ..CreateUser::default() };
    instance.runtime.block_on(instance.clerk.users().create(&later)).unwrap();
    terminal.send("r").wait_for("1,201 users").wait_until("who came later", |it| it.row(4).contains("Later"));
    assert!(!terminal.row(4).contains('✓'), "{}", terminal.text());
    assert!(terminal.row(5).contains('✓'), "{}", terminal.text());
    terminal.send("gI").wait_for("Of all that match, the others: 1 user marked now.").wait_for("✓ 1 marked");
    terminal.send("A").wait_for("1 mark dropped, u brings them back.").send("u").wait_for("✓ 1 marked");
    // Nothing was done to anybody.
    assert!(terminal.audit().is_empty());
}

/// A list that names three of the users, in three ways, and somebody else.
fn list_of(users: &[User]) -> (String, Vec<usize>) {
    let email = |user: &User| user.email_addresses.first().map(|email| email.email_address.clone());
    let with = |has: &dyn Fn(&User) -> bool, not: &[usize]| {
        (0..users.len()).find(|index| has(&users[*index]) && !not.contains(index)).unwrap()
    };
    let first = with(&|user| email(user).is_some() && user.full_name().is_some(), &[]);
    let second = with(&|user| user.username.is_some() && user.full_name().is_some(), &[first]);
    let third = with(&|user| user.full_name().is_some(), &[first, second]);
    let lines = [
        "# a wave".to_owned(),
        email(&users[first]).unwrap().to_uppercase(),
        format!("@{}", users[second].username.clone().unwrap()),
        format!("{}  # by id", users[third].id),
        "mallory@nowhere.example".to_owned(),
    ];
    (lines.join("\n"), vec![first, second, third])
}

#[test]
fn those_whom_a_file_names_are_marked_and_the_other_lines_told() {
    let instance = Instance::of(300);
    let users = instance.newest();
    let (list, marked) = list_of(&users);
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("wave.txt");
    fs::write(&file, list).unwrap();
    let setting = Setting::lazyclerk(&["--marks", file.to_str().unwrap()]);
    let mut terminal = instance.opened(setting).sized(200, 36).start();
    terminal.wait_for("3 users marked from ").wait_for("1 line names nobody").wait_for("mallory@nowhere.example");
    leave(&mut terminal, TITLE);
    wait_for_marks(&mut terminal, &users, &marked);
    terminal.send("A:mark nowhere.txt\r").wait_for("nowhere.txt cannot be read: No such file");
    leave(&mut terminal, "cannot be read");
    terminal.send(&format!(":mark {}\r", file.display())).wait_for("3 users marked from ");
    leave(&mut terminal, TITLE);
    terminal.send(":marked\r").wait_for("Marked  3").wait_for("Marked: from ");
}

#[test]
fn a_list_can_come_through_a_pipe_and_keys_from_the_terminal() {
    let instance = Instance::of(300);
    let users = instance.newest();
    let (list, marked) = list_of(&users);
    let script = format!("printf '%s' \"$LIST\" | {} --marks -", env!("CARGO_BIN_EXE_lazyclerk"));
    let setting =
        Setting { program: PathBuf::from("/bin/sh"), arguments: vec!["-c".into(), script], ..Setting::lazyclerk(&[]) };
    let mut terminal = instance.opened(setting).with("LIST", &list).start();
    terminal.wait_for("3 users marked from standard input");
    leave(&mut terminal, TITLE);
    wait_for_marks(&mut terminal, &users, &marked);
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();
}
