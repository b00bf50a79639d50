//! Marks, wherever they show.

use super::{
    Stage, cast,
    cast::{stage, stage_with},
    screen, text,
};
use crate::{
    app::{
        Action, Event, Fetched, MarkList, Preferences, SlotId,
        tests::stage::{received, timed_out, user},
    },
    ui::{footer, plain, theme::Theme, view::View},
};
use insta::assert_snapshot;
use rstest::rstest;

fn shown(stage: &mut Stage) -> String {
    text(&screen(stage))
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
#[case::slim((50, 20))]
fn the_marked_have_a_sign_and_are_counted(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("space space j v j");
    assert_snapshot!(format!("marks_{}x{}", size.0, size.1), shown(&mut stage));
}

#[test]
fn where_there_are_few_signs_a_mark_is_a_star() {
    let mut stage = stage_with(120, 36, Preferences { ascii: true, ..Preferences::default() });
    stage.press("space");
    let shown = shown(&mut stage);
    assert!(shown.contains("  * Ada Lovelace") && shown.contains("* 1 marked"), "{shown}");
}

#[test]
fn the_footer_says_how_many_an_action_is_about() {
    let mut stage = stage(120, 36);
    stage.press("space space space");
    let theme = Theme::colorless();
    let view = View::new(&stage.app, stage.now, &theme);
    let told = |action| {
        let hint = footer::hint(&view, crate::app::action::row_of(action));
        hint.iter().map(|(text, _)| text.as_str()).collect::<String>()
    };
    assert_eq!((told(Action::Ban), told(Action::Copy)), ("b ban 3".to_owned(), "y copy".to_owned()));
}

#[test]
fn without_a_screen_marks_are_told() {
    let mut stage = stage(120, 17);
    for line in ["mark-user", "3", "v", "5", "v"] {
        stage.send(Event::Drawn).send(Event::Line(line.to_owned()));
    }
    assert_snapshot!("plain_marks", plain::tell(&stage.app, stage.now).place.join("\n"));
}

/// A page of users for whom marking waits.
fn page(from: usize) -> Fetched {
    let users = (from..from + 500).map(|number| received(user(number)));
    Fetched::Users(users.collect())
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn how_far_the_marking_of_many_is(#[case] size: (u16, u16)) {
    let row = |stage: &mut Stage| shown(stage).lines().nth_back(1).unwrap().trim_end().to_owned();
    let mut stage = stage(size.0, size.1);
    stage.press("a");
    assert!(row(&mut stage).contains("──  0 of 12,481   esc stops"), "{}", row(&mut stage));
    for from in (0..6_500).step_by(500) {
        stage.answer(SlotId::Marking, page(from));
    }
    assert_snapshot!(format!("marking_{}x{}", size.0, size.1), row(&mut stage));
    stage.fail(SlotId::Marking, timed_out()).press("esc");
    let halted = row(&mut stage);
    assert!(
        halted.starts_with(" Halted  ━━") && halted.ends_with("6,500 of 12,481   a goes on  esc stops"),
        "{halted}"
    );
}

#[test]
fn an_open_range_says_how_it_ends() {
    let mut stage = stage(120, 36);
    stage.press("v j");
    assert!(shown(&mut stage).contains("Marking a range.  v ends it, esc takes it back."));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_marked_are_listed(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    stage.press("space space space : m a r k e d enter");
    stage.answer(SlotId::Marked, Fetched::Users(vec![cast::received(cast::ada())])).press("j");
    assert_snapshot!(format!("marked_{}x{}", size.0, size.1), shown(&mut stage));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn the_lines_that_name_nobody_are_listed(#[case] size: (u16, u16)) {
    let mut stage = stage(size.0, size.1);
    let text = "person1@example.com\nuser_2\nnobody\u{1b}[2J\nmallory@example.com\n";
    stage.app.mark_list(MarkList::read("wave.txt".into(), text));
    stage.press("j").answer(SlotId::Marking, Fetched::Users(vec![received(user(2))]));
    stage.answer(SlotId::Marking, Fetched::Users(vec![received(user(1))]));
    stage.answer(SlotId::Marking, Fetched::Users(Vec::new()));
    assert_snapshot!(format!("unmatched_{}x{}", size.0, size.1), shown(&mut stage));
    stage.press("esc M : u n m a t c h e d enter");
    let masked = shown(&mut stage);
    assert!(!masked.contains("mallory") && masked.contains("m******@e******.c**"), "{masked}");
}
