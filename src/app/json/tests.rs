use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn view(value: &Value) -> JsonView {
    let mut view = JsonView::default();
    view.show(&value.to_string()).unwrap();
    view
}

fn people() -> JsonView {
    view(&json!({ "emails": [{ "id": "a@x" }, { "id": "b@x" }], "name": "Ada", "none": {} }))
}

/// The lines as text, for reading.
fn words(view: &JsonView) -> Vec<String> {
    let word = |line: &JsonRow| {
        let entry = &view.entries()[line.entry()];
        let key = entry.key.as_ref().map(|key| format!("{key}:")).unwrap_or_default();
        match line {
            JsonRow::Open(_) if entry.kind.is_foldable() => format!("{key}open"),
            JsonRow::Open(_) => format!("{key}{}", view.text(entry)),
            JsonRow::Folded(_) => format!("{key}folded"),
            JsonRow::Close(_) => "close".to_owned(),
        }
    };
    view.lines().iter().map(word).collect()
}

#[test]
fn what_is_folded_hides_its_inside_also_after_a_refresh() {
    let mut view = people();
    let all = words(&view);
    assert_eq!(all.len(), 12);
    view.place_cursor(1, 10);
    view.fold();
    assert_eq!(words(&view), ["open", "emails:folded", "name:\"Ada\"", "none:{}", "close"]);
    view.show(&json!({ "first": 1, "emails": [1] }).to_string()).unwrap();
    assert_eq!(words(&view)[1..3], ["emails:folded", "first:1"]);
    assert_eq!(view.chosen().unwrap().path, ".emails");
    view.fold();
    assert_eq!(words(&view)[1..4], ["emails:open", "1", "close"]);
}

#[test]
fn a_value_without_inside_folds_what_it_is_in() {
    let mut view = people();
    view.place_cursor(3, 10);
    assert_eq!(view.chosen().unwrap().path, ".emails[0].id");
    view.fold();
    assert_eq!((words(&view)[2].as_str(), view.chosen().unwrap().path.as_str()), ("folded", ".emails[0]"));
}

#[test]
fn what_is_found_is_opened_and_gone_round_in() {
    let mut view = people();
    view.place_cursor(1, 10);
    view.fold();
    view.begin_find();
    view.edit_find(|field| field.set("@X"));
    assert_eq!(view.matches().len(), 2);
    assert_eq!(view.chosen().unwrap().path, ".emails[0].id");
    view.end_find();
    for path in [".emails[1].id", ".emails[0].id"] {
        view.next_match();
        assert_eq!(view.chosen().unwrap().path, path);
    }
    view.previous_match();
    assert_eq!(view.chosen().unwrap().path, ".emails[1].id");
    assert!(view.clear_find() && !view.clear_find());
}

#[test]
fn a_find_without_text_is_none() {
    let mut view = people();
    view.begin_find();
    assert!(view.is_finding() && view.matches().is_empty());
    view.end_find();
    assert!(!view.is_finding() && view.find_field().is_none());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(".{0,3}", inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The unfolded lines, written as JSON again.
fn written(view: &JsonView) -> String {
    let mut text = String::new();
    for line in view.lines() {
        let entry = &view.entries()[line.entry()];
        let bracket = |open: bool| match (entry.kind, open) {
            (Kind::Object(_), true) => "{",
            (Kind::Object(_), false) => "}",
            (_, true) => "[",
            (_, false) => "]",
        };
        if !matches!(line, JsonRow::Close(_)) && !text.is_empty() && !text.ends_with(['{', '[']) {
            text.push(',');
        }
        match (line, &entry.key) {
            (JsonRow::Open(_), Some(key)) => text += &(Value::from(key.as_str()).to_string() + ":"),
            (JsonRow::Close(_), _) => text.push_str(bracket(false)),
            _ => {}
        }
        if matches!(line, JsonRow::Open(_)) {
            text.push_str(if entry.kind.is_foldable() { bracket(true) } else { view.text(entry) });
        }
    }
    text
}

proptest! {
    #[test]
    fn nothing_is_lost(value in any_json()) {
        prop_assert_eq!(serde_json::from_str::<Value>(&written(&view(&value))).unwrap(), value);
    }

    #[test]
    fn whatever_is_done_a_line_is_chosen_and_in_sight(
        value in any_json(), steps in prop::collection::vec((0_usize..5, 0_usize..50), 0..20), height in 1_usize..9,
    ) {
        let mut view = view(&value);
        for (what, number) in steps {
            match what {
                0 => view.fold(),
                1 => view.next_match(),
                2 => view.begin_find(),
                3 => view.edit_find(|field| field.set("a")),
                _ => view.place_cursor(number, height),
            }
            view.keep_in_sight(height);
            prop_assert!(view.chosen().is_some());
            prop_assert!(view.top() <= view.cursor() && view.cursor() < view.top() + height);
        }
    }
}
