use super::*;
use crate::app::search::Search;
use crossterm::event::KeyCode;
use rstest::rstest;

/// Monday 2026-11-23, 17:00 UTC.
const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

fn read(text: &str) -> Line {
    Search::default().read_text(text, NOW, &TimeZone::UTC)
}

fn form(text: &str) -> FilterForm {
    FilterForm::new(text, NOW, &TimeZone::UTC)
}

fn shown<'a>(form: &'a FilterForm, label: &str) -> &'a str {
    field(form, label).input.text()
}

fn field<'a>(form: &'a FilterForm, label: &str) -> &'a FormField {
    form.fields.iter().find(|field| field.label == label).unwrap_or_else(|| panic!("no field {label}"))
}

/// Empties a field, and types into it.
fn fill(form: &mut FilterForm, label: &str, text: &str) {
    form.cursor = form.fields.iter().position(|field| field.label == label).unwrap();
    let input = &mut form.fields[form.cursor].input;
    input.clear();
    input.paste(text);
}

#[rstest]
#[case("")]
#[case("ada lovelace")]
#[case("ada banned:yes love created:<3d")]
#[case("name:\"Ada Lovelace\" email:example.com email:=a@b.c,d@e.f phone:\"+44 20\" username:=ada")]
#[case("id:user_1,user_2 -id:user_3 external:\"crm 1\" -external:crm_2 wallet:0x1,0x2")]
#[case("org:org_1,org_2 -org:org_3")]
#[case("provider:google=1,2")]
#[case("joined:last-week active:>30d signed-in:2026-01-01..2026-01-31")]
#[case("created:>2026-01-31 active:<2026-01 signed-in:\"last week\"")]
#[case("created:3d active:30d..3d signed-in:2026-01-31..")]
#[case("created:>30d created:<60d 12:30 Http://x")]
#[case("created:..\"last month\"")]
fn the_form_writes_the_line_that_it_was_read_from(#[case] text: &str) {
    let untouched = form(text);
    assert_eq!(untouched.text(), text);
    // Written anew from its fields, it asks for the same.
    let mut anew = form(text);
    anew.before = vec!["\u{0}".to_owned(); anew.fields.len()];
    let (expected, line) = (read(text), read(&anew.text()));
    assert_eq!((line.asked(), line.fault()), (expected.asked(), None), "{}", anew.text());
    assert!(expected.asked().is_some(), "{expected:?}");
}

#[rstest]
#[case("", "created since", "3d", "created:<3d")]
#[case("", "created until", "30d", "created:>30d")]
#[case("", "active since", "last week", "active:\"last week..\"")]
#[case("", "signed in until", "2026-01-31", "signed-in:..2026-01-31")]
#[case("created:<60d", "created until", "30d", "created:60d..30d")]
#[case("created:2026-01-31..", "created until", "2026-01-31", "created:2026-01-31")]
#[case("created:>2026-01-31", "created until", "2026-03", "created:2026-02-01..2026-03")]
#[case("", "name", "Ada Lovelace", "name:\"Ada Lovelace\"")]
#[case("", "email address", "=a@b.c", "email:=a@b.c")]
#[case("", "email address", "example.com =a@b.c", "email:example.com email:=a@b.c")]
#[case("", "phone number", "+44 20", "phone:\"+44 20\"")]
#[case("", "organization", "Acme Labs, -globex", "org:\"Acme Labs\" -org:globex")]
#[case("", "organization", "\"Acme, Inc\"", "org:\"Acme, Inc\"")]
#[case("ada banned:yes", "banned", "no", "ada banned:no")]
#[case("ada banned:yes love", "banned", "", "ada love")]
#[case("banned:yes", "search", "ada", "ada banned:yes")]
#[case("ada banned:yes love", "search", "bob", "bob banned:yes")]
#[case("banned:yes", "search", "\"ada", "\"ada\" banned:yes")]
#[case("provider:google=1", "user id there", "2, 3", "provider:\"google=2, 3\"")]
fn what_changes_is_written_in_its_place(
    #[case] text: &str,
    #[case] label: &str,
    #[case] typed: &str,
    #[case] expected: &str,
) {
    let mut form = form(text);
    fill(&mut form, label, typed);
    assert_eq!(form.text(), expected);
}

#[rstest]
#[case("banned:maybe", "banned", "yes or no")]
#[case("created:soon", "created since", "a time")]
#[case("created:2026-01-31..soon", "created until", "a time")]
#[case("provider:google", "user id there", "google=ID")]
#[case("ada  colour:red", "search", "no filter colour")]
#[case("name:a name:b", "name", "once only")]
fn what_is_wrong_is_said_at_its_field(#[case] text: &str, #[case] label: &str, #[case] words: &str) {
    let mut form = form(text);
    let line = read(&form.text());
    assert!(!form.take_line(&line, NOW, &TimeZone::UTC));
    let told: Vec<_> = form.fields.iter().filter(|field| field.fault.is_some()).map(|field| field.label).collect();
    assert_eq!((told, form.fields[form.cursor].label), (vec![label], label));
    let fault = field(&form, label).fault.clone().unwrap();
    assert!(fault.starts_with(words), "{fault}");
}

#[test]
fn a_provider_needs_its_id_and_an_id_its_provider() {
    let mut alone = form("");
    fill(&mut alone, "user id there", "1");
    let line = read(&alone.text());
    assert!(!alone.take_line(&line, NOW, &TimeZone::UTC));
    assert_eq!(alone.fields[alone.cursor].label, "provider");
}

#[test]
fn banned_is_chosen_and_not_typed() {
    let mut form = form("banned:yes");
    let press = |form: &mut FilterForm, code| {
        form.cursor = place(Group::Banned);
        form.edit(KeyEvent::from(code));
        shown(form, "banned").to_owned()
    };
    assert_eq!(press(&mut form, KeyCode::Char(' ')), "no");
    assert_eq!(press(&mut form, KeyCode::Char(' ')), "");
    assert_eq!(press(&mut form, KeyCode::Char('y')), "yes");
    assert_eq!(press(&mut form, KeyCode::Char('x')), "yes");
    form.paste("perhaps");
    assert_eq!(press(&mut form, KeyCode::Backspace), "");
}

#[test]
fn organizations_are_added_and_everything_is_cleared() {
    let mut form = form("ada org:org_1");
    form.add_organization("\"Acme, Inc\"");
    form.add_organization("globex");
    assert_eq!(form.text(), "ada org:org_1,\"Acme, Inc\",globex");
    assert_eq!(form.fields[form.cursor].label, "organization");
    form.clear();
    assert_eq!(form.text(), "");
}

#[test]
fn the_fields_go_round() {
    let mut form = form("");
    form.step(-1);
    assert_eq!(form.cursor, form.fields.len() - 1);
    form.step(1);
    assert_eq!(form.cursor, 0);
}
