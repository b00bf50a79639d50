//! The first start, before there is an instance.

use super::{looks, text};
use crate::{
    app::{KeyRefusal, Welcome, WelcomeEvent, WelcomeGrounds, WelcomeInstance},
    clerk::InstanceKind,
    ui::{Theme, draw_welcome},
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, layout::Size, style::Color};

fn grounds(width: u16, height: u16) -> WelcomeGrounds {
    WelcomeGrounds { size: Size::new(width, height), ..WelcomeGrounds::default() }
}

fn press(welcome: &mut Welcome, code: KeyCode) {
    welcome.update(WelcomeEvent::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

fn paste(welcome: &mut Welcome, text: &str) {
    welcome.update(WelcomeEvent::Paste(text.to_owned()));
}

fn tried(grounds: WelcomeGrounds, kind: InstanceKind) -> Welcome {
    let mut welcome = Welcome::new(grounds);
    paste(&mut welcome, "sk_live_whatever");
    press(&mut welcome, KeyCode::Enter);
    let instance = "ins_2cVfUEVxPLKZtBS4BTRbTPgqb3A".to_owned();
    welcome.update(WelcomeEvent::Tried(Ok(WelcomeInstance { instance, host: "api.clerk.com".into(), kind })));
    welcome
}

fn screen(welcome: &Welcome) -> Buffer {
    let size = welcome.grounds().size;
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let drawn = terminal.draw(|frame| draw_welcome(welcome, &Theme::colored(), false, frame));
    drawn.unwrap().buffer.clone()
}

#[test]
fn a_key_is_asked_for() {
    let welcome = Welcome::new(grounds(120, 36));
    insta::assert_snapshot!("welcome_120x36", text(&screen(&welcome)));
    let profiles = vec!["shop".to_owned(), "stage".to_owned()];
    let mut welcome = Welcome::new(WelcomeGrounds { profiles, ..grounds(80, 24) });
    paste(&mut welcome, "sk_test_typed");
    let shown = text(&screen(&welcome));
    assert!(!shown.contains("sk_test_typed"), "{shown}");
    insta::assert_snapshot!("welcome_80x24", shown);
}

#[test]
fn what_is_wrong_with_a_key_is_told_below_it() {
    let mut welcome = Welcome::new(grounds(80, 24));
    paste(&mut welcome, "sk_test_typed");
    press(&mut welcome, KeyCode::Enter);
    assert!(text(&screen(&welcome)).contains("Asking which instance it opens"));
    let fault = "the key cannot be checked at api.clerk.com: Clerk does not accept the key (clerk_key_invalid). \
                 \u{1b}[2J Is it the key of this application?";
    welcome.update(WelcomeEvent::Tried(Err(KeyRefusal { words: fault.into(), needs_another_key: true })));
    let shown = screen(&welcome);
    assert!(!text(&shown).contains('\u{1b}'));
    insta::assert_snapshot!("welcome_fault_80x24", text(&shown));
}

#[test]
fn what_the_key_opens_is_shown_before_it_is_kept() {
    let production = tried(grounds(80, 24), InstanceKind::Production);
    let shown = screen(&production);
    assert_eq!(looks(&shown, "PRODUCTION"), Theme::colored().production.bg(Color::Red));
    insta::assert_snapshot!("welcome_keep_80x24", text(&shown));
    let grounds = WelcomeGrounds { has_keyring: true, ..grounds(80, 24) };
    let shown = text(&screen(&tried(grounds, InstanceKind::Development)));
    assert!(shown.contains("into the keyring") && !shown.contains("PRODUCTION"), "{shown}");
}

#[test]
fn where_the_key_is_kept_stays_until_it_was_read() {
    let mut welcome = tried(grounds(80, 24), InstanceKind::Production);
    press(&mut welcome, KeyCode::Enter);
    let words = [
        "Its key is in /home/kim/.local/state/lazyclerk/keys/main, which only you can read, as there is no keyring.",
        "It starts read-only: ctrl-t leaves that for a run.",
    ];
    welcome.update(WelcomeEvent::Kept(Ok(words.map(String::from).into())));
    insta::assert_snapshot!("welcome_kept_80x24", text(&screen(&welcome)));
}

#[test]
fn where_there_is_little_room_the_ways_on_are_what_is_left() {
    for (width, height) in [(80, 24), (60, 15), (40, 10), (30, 5), (20, 3), (8, 2), (1, 1)] {
        for welcome in [Welcome::new(grounds(width, height)), tried(grounds(width, height), InstanceKind::Production)] {
            let shown = text(&screen(&welcome));
            let (label, rows, badge) =
                if welcome.is_about_the_key() { ("Secret key", 2, "") } else { ("Keep it as", 4, "PRODUCTION") };
            assert_eq!(shown.contains(label), width >= 20 && height >= rows, "{width}x{height}:\n{shown}");
            assert_eq!(
                shown.contains(badge),
                badge.is_empty() || width >= 20 && height >= 2,
                "{width}x{height}:\n{shown}"
            );
        }
    }
}
