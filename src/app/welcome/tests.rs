use super::*;
use rstest::rstest;

fn welcome() -> Welcome {
    Welcome::new(WelcomeGrounds { size: Size::new(80, 24), ..WelcomeGrounds::default() })
}

fn press(welcome: &mut Welcome, code: KeyCode) -> Option<WelcomeEffect> {
    welcome.update(WelcomeEvent::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

fn ctrl(welcome: &mut Welcome, char: char) -> Option<WelcomeEffect> {
    welcome.update(WelcomeEvent::Key(KeyEvent::new(KeyCode::Char(char), KeyModifiers::CONTROL)))
}

fn paste(welcome: &mut Welcome, text: &str) {
    assert_eq!(welcome.update(WelcomeEvent::Paste(text.to_owned())), None);
}

fn opens() -> WelcomeInstance {
    WelcomeInstance { instance: "ins_1".into(), host: "api.clerk.com".into(), kind: InstanceKind::Production }
}

/// With a key that was tried, and opens something.
fn tried() -> Welcome {
    let mut welcome = welcome();
    paste(&mut welcome, " sk_live_1\n");
    assert_eq!(press(&mut welcome, KeyCode::Enter), Some(WelcomeEffect::Try("sk_live_1".into())));
    assert_eq!(welcome.update(WelcomeEvent::Tried(Ok(opens()))), None);
    assert_eq!(welcome.step(), &WelcomeStep::Keep(opens()));
    welcome
}

#[test]
fn a_key_is_typed_tried_and_kept() {
    let mut welcome = tried();
    assert_eq!(press(&mut welcome, KeyCode::Enter), Some(WelcomeEffect::Keep("main".into())));
    assert_eq!(press(&mut welcome, KeyCode::Enter), None, "once is enough");
    assert_eq!(press(&mut welcome, KeyCode::Esc), None, "what is written is not left half-written");
    assert_eq!(welcome.update(WelcomeEvent::Kept(Ok(vec!["It is in a file.".into()]))), None);
    assert_eq!(welcome.step(), &WelcomeStep::Kept(opens(), vec!["It is in a file.".into()]));
    let ended = press(&mut welcome, KeyCode::Enter);
    assert_eq!(ended, Some(WelcomeEffect::End(Welcomed::Kept("main".into()))));
}

#[test]
fn what_is_being_kept_is_left_only_when_that_is_asked_for_again() {
    let mut welcome = tried();
    press(&mut welcome, KeyCode::Enter);
    assert_eq!(ctrl(&mut welcome, 'c'), None);
    assert!(welcome.fault().is_some_and(|fault| fault.contains("ctrl-c leaves anyway")));
    assert_eq!(ctrl(&mut welcome, 'c'), Some(WelcomeEffect::End(Welcomed::Left)));
}

#[test]
fn a_key_that_is_pasted_once_more_is_no_name() {
    let mut welcome = tried();
    paste(&mut welcome, "sk_live_1");
    assert_eq!(welcome.field().text(), "main");
    assert!(welcome.fault().is_some_and(|fault| fault.contains("not taken")));
    paste(&mut welcome, "-shop");
    assert_eq!((welcome.field().text(), welcome.fault()), ("main-shop", None));
}

#[test]
fn a_key_that_cannot_be_kept_still_opens() {
    let mut welcome = tried();
    press(&mut welcome, KeyCode::Enter);
    assert_eq!(welcome.update(WelcomeEvent::Kept(Err("the disk is full".into()))), None);
    assert_eq!((welcome.fault(), welcome.step()), (Some("the disk is full"), &WelcomeStep::Keep(opens())));
    press(&mut welcome, KeyCode::Down);
    assert_eq!(welcome.fault(), None);
    assert_eq!(press(&mut welcome, KeyCode::Enter), Some(WelcomeEffect::End(Welcomed::Once)));
}

/// With a key of which nobody could tell what it opens.
fn untold(needs_another_key: bool) -> Welcome {
    let mut welcome = welcome();
    paste(&mut welcome, "sk_test_1");
    press(&mut welcome, KeyCode::Enter);
    welcome.update(WelcomeEvent::Tried(Err(KeyRefusal { words: "the key is not valid".into(), needs_another_key })));
    welcome
}

#[test]
fn a_key_that_could_not_be_tried_is_tried_again() {
    let mut welcome = untold(false);
    assert_eq!(press(&mut welcome, KeyCode::Enter), Some(WelcomeEffect::Try("sk_test_1".into())));
}

#[test]
fn a_key_that_opens_nothing_is_asked_for_again() {
    let mut welcome = untold(true);
    assert_eq!(
        (welcome.step(), welcome.fault(), welcome.field().text()),
        (&WelcomeStep::Key, Some("the key is not valid"), "")
    );
    press(&mut welcome, KeyCode::Char('s'));
    assert_eq!((welcome.fault(), welcome.field().text()), (None, "s"));
}

#[test]
fn nothing_typed_is_nothing_tried() {
    let mut welcome = welcome();
    assert_eq!(press(&mut welcome, KeyCode::Enter), None);
    assert!(welcome.fault().is_some_and(|fault| fault.contains("sk_test_")));
    assert_eq!(press(&mut welcome, KeyCode::Tab), None);
    assert_eq!(press(&mut welcome, KeyCode::Char('x')), None);
    assert_eq!(welcome.field().text(), "", "the other way has no field");
    assert_eq!(press(&mut welcome, KeyCode::Enter), Some(WelcomeEffect::End(Welcomed::Demo)));
}

#[test]
fn a_paste_goes_into_the_field_whichever_way_is_chosen() {
    let mut welcome = welcome();
    press(&mut welcome, KeyCode::Down);
    paste(&mut welcome, "sk_test_1");
    assert_eq!((welcome.choice(), welcome.field().text()), (WelcomeChoice::Typed, "sk_test_1"));
}

#[test]
fn one_gives_up_and_goes_back_step_by_step() {
    let mut welcome = welcome();
    paste(&mut welcome, "sk_test_1");
    press(&mut welcome, KeyCode::Enter);
    paste(&mut welcome, "2");
    assert_eq!(press(&mut welcome, KeyCode::Tab), None);
    assert_eq!(press(&mut welcome, KeyCode::Esc), Some(WelcomeEffect::GiveUp));
    assert_eq!(welcome.field().text(), "sk_test_1", "it may be tried again");
    assert_eq!(press(&mut welcome, KeyCode::Esc), Some(WelcomeEffect::End(Welcomed::Left)));
    let mut welcome = tried();
    assert_eq!(press(&mut welcome, KeyCode::Esc), None);
    assert_eq!((welcome.step(), welcome.field().text()), (&WelcomeStep::Key, ""));
}

#[rstest]
#[case::typing(welcome())]
#[case::keeping(tried())]
fn ctrl_c_leaves_and_ctrl_z_stops(#[case] mut welcome: Welcome) {
    assert_eq!(ctrl(&mut welcome, 'z'), Some(WelcomeEffect::Suspend));
    assert_eq!(ctrl(&mut welcome, 'c'), Some(WelcomeEffect::End(Welcomed::Left)));
}

#[test]
fn the_name_is_one_that_is_free() {
    let name = |profiles: &[&str]| words::free_name(&profiles.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!([name(&[]), name(&["shop"]), name(&["main", "main-2"])], ["main", "main", "main-3"]);
}

#[test]
fn the_key_shows_in_no_debug_output() {
    let mut welcome = welcome();
    paste(&mut welcome, "sk_test_1");
    let effect = press(&mut welcome, KeyCode::Enter);
    assert!(!format!("{welcome:?} {effect:?}").contains("sk_test_1"));
}

#[test]
fn another_size_is_taken_up() {
    let mut welcome = welcome();
    welcome.update(WelcomeEvent::Resize(Size::new(40, 10)));
    assert_eq!(welcome.grounds().size, Size::new(40, 10));
}
