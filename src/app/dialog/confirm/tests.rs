use super::*;
use crate::{
    app::failure::Failure,
    clerk::model::{Received, User},
};

const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

fn confirm(act: Act, user: User) -> Confirm {
    Confirm::new(act, Arc::new(Known::new(Received::from_value(user).unwrap(), NOW)), None)
}

#[test]
fn a_ban_tells_how_many_sessions_it_ends_once_they_are_counted() {
    let mut confirm = confirm(Act::Ban, User { first_name: Some("Ada".into()), ..User::default() });
    let words = confirm.words(NOW, &TimeZone::UTC);
    assert_eq!(
        (confirm.title(&words).as_str(), words.now.as_str()),
        ("Ban Ada?", "signed out everywhere, cannot sign in")
    );
    confirm.active_sessions_mut().fill(Ok(2));
    assert_eq!(confirm.words(NOW, &TimeZone::UTC).now, "signed out of 2 sessions, cannot sign in");
    confirm.active_sessions_mut().fill(Err(Failure::Internal("no".into())));
    assert!(confirm.wants().is_empty());
}

#[test]
fn what_has_to_be_typed_has_to_be_right_to_the_letter() {
    let mut confirm = confirm(Act::Delete { copy: true }, User { username: Some("ada".into()), ..User::default() });
    for (letter, ready) in [('a', false), ('d', false), ('a', true), ('x', false)] {
        confirm.edit(KeyEvent::from(crossterm::event::KeyCode::Char(letter)));
        assert_eq!(confirm.is_ready(), ready, "{letter}");
    }
}

#[test]
fn the_keys_go_round_the_places_and_back() {
    let mut delete = confirm(Act::Delete { copy: true }, User { username: Some("ada".into()), ..User::default() });
    let mut ban = confirm(Act::Ban, User::default());
    assert_eq!((delete.place(), ban.place()), (Place::Typing, Place::Answer));
    for expected in [(Place::Reason, Place::Reason), (Place::CheckBox(0), Place::Answer)] {
        delete.next_place();
        ban.next_place();
        assert_eq!((delete.place(), ban.place()), expected);
    }
    for expected in [(Place::Reason, Place::Reason), (Place::Typing, Place::Answer)] {
        delete.previous_place();
        ban.previous_place();
        assert_eq!((delete.place(), ban.place()), expected);
    }
}

#[test]
fn only_what_matters_counts_as_changed() {
    let user = User { id: UserId::from("user_1"), ..User::default() };
    let known = |user: &User| Arc::new(Known::new(Received::from_value(user.clone()).unwrap(), NOW));
    let mut confirm = confirm(Act::Ban, user.clone());
    assert!(!confirm.replace(&known(&User { id: UserId::from("user_2"), banned: true, ..user.clone() })));
    assert!(!confirm.replace(&known(&User { first_name: Some("Ada".into()), ..user.clone() })));
    assert!(!confirm.changed_meanwhile());
    assert!(confirm.replace(&known(&User { banned: true, ..user })));
    assert!(confirm.changed_meanwhile());
}
