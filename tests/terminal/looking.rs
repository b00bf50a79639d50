//! Looking: masked, by itself every ten seconds, at the requests that were sent, at the pulse, and in the order of a column.

use crate::{journeys::Journey, terminal::Terminal};
use base64::{Engine, prelude::BASE64_STANDARD};
use lazyclerk::clerk::{
    model::Timestamp,
    query::{Direction, OrderField, PageLimit, PageStart, Span, UserFilter, UserOrder, UserPage, UserQuery},
};
use std::time::Duration;

/// How many users pass, as the API counts them.
fn count(journey: &Journey, filter: &UserFilter) -> u64 {
    journey.runtime.block_on(journey.clerk.users().count(filter)).unwrap().value
}

/// What the primary column says of the first users in this order, as the API has them.
fn addresses(journey: &Journey, by: OrderField, direction: Direction) -> Vec<String> {
    let query = UserQuery { order: UserOrder { by, direction }, ..UserQuery::default() };
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(100) };
    let users = journey.runtime.block_on(journey.clerk.users().list(&query, &page)).unwrap().value;
    let address =
        |user: &lazyclerk::clerk::model::User| user.primary_email_address().map(|it| it.email_address.clone());
    users.iter().map(|user| address(user).unwrap_or_default()).collect()
}

/// Presses the left button of the mouse on a cell, counted from zero.
fn click(terminal: &mut Terminal, column: usize, row: usize) {
    let (column, row) = (column + 1, row + 1);
    terminal.send(&format!("\u{1b}[<0;{column};{row}M\u{1b}[<0;{column};{row}m"));
}

/// Everything that was copied, the latest last.
fn copied(terminal: &Terminal) -> Vec<String> {
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let coded = written.split("\u{1b}]52;c;").skip(1).filter_map(|rest| rest.split(['\u{7}', '\u{1b}']).next());
    coded.map(|coded| String::from_utf8(BASE64_STANDARD.decode(coded).unwrap()).unwrap()).collect()
}

#[test]
fn what_is_masked_is_written_nowhere_until_it_is_shown_again() {
    let mut journey = Journey::begin();
    let terminal = &mut journey.terminal;
    terminal.send("M").wait_for("masked").wait_until("stars", |terminal| terminal.selected().contains("Z***"));
    let from = terminal.written.len();
    terminal.send("\r").wait_for("esc back").wait_for("z***@e******.c**");
    for (tab, words) in [("5", "Password"), ("6", "public"), ("8", "email_addresses"), ("7", "Nothing")] {
        terminal.send(tab).wait_for(words);
    }
    terminal.send("\u{1b}").wait_for("enter open").send("b").wait_for("Ban user_").wait_for("cancel");
    terminal.send("\u{1b}").wait_for("enter open").send("\u{c}");
    terminal.wait_until("all of it anew", |terminal| terminal.written[from..].windows(4).any(|it| it == b"\x1b[2J"));
    terminal.wait_until("stars", |terminal| terminal.selected().contains("Z***"));
    let written = String::from_utf8_lossy(&terminal.written[from..]).into_owned();
    assert!(!written.contains("Zora") && !written.contains("zora@"), "{written}");
    terminal.send("M").wait_until("the name", |terminal| terminal.selected().contains("Zora"));
    terminal.wait_until("no word of it", |terminal| !terminal.row(0).contains("masked"));
}

#[test]
fn what_others_change_is_seen_by_itself_and_marked() {
    let mut journey = Journey::begin();
    journey.terminal.send("R").wait_for("Read again every 10 s").wait_for("every 10 s");
    journey.runtime.block_on(journey.clerk.users().ban(&journey.id)).unwrap();
    journey.terminal.wait_until("the ban of somebody else", |terminal| {
        terminal.selected().contains("banned") && terminal.selected().contains('~')
    });
    let banned = count(&journey, &UserFilter { banned: Some(true), ..UserFilter::default() });
    journey.terminal.wait_for(&format!("{banned} banned")).send("R").wait_for("Not read again by itself any more.");
    journey.terminal.wait_until("no word of it", |terminal| !terminal.row(0).contains("every 10 s"));
    assert!(journey.audited().is_empty(), "it was not done from here");
}

#[test]
fn the_requests_sent_are_told_and_copied_for_curl_without_the_key() {
    let mut journey = Journey::begin();
    journey.act("b", "Ban Zora?", "Banned Zora");
    journey.terminal.send("@").wait_for("Requests sent").wait_for("POST");
    // The ban, whatever was read after it: it is the only one that is no GET.
    let is_chosen = |terminal: &Terminal| terminal.text().lines().any(|row| row.contains("› POST"));
    while !is_chosen(&journey.terminal) {
        let before = journey.terminal.text();
        journey.terminal.send("j").wait_until("the next request", |terminal| terminal.text() != before);
    }
    journey.terminal.wait_for("Trace").send("y").wait_for("Copied the");
    journey.terminal.wait_until("what was copied", |terminal| !copied(terminal).is_empty());
    let curl = copied(&journey.terminal).pop().unwrap();
    let address = format!("{}/v1/users/{}/ban", journey.emulator.url(), journey.id);
    assert!(curl.starts_with("curl ") && curl.contains(&address) && curl.contains("POST"), "{curl}");
    assert!(curl.contains("$CLERK_SECRET_KEY"), "{curl}");
    let key = journey.emulator.secret_key().expose();
    assert!(!curl.contains(key) && !String::from_utf8_lossy(&journey.terminal.written).contains(key));
    journey.terminal.send("@").wait_until("the list", |terminal| !terminal.text().contains("Requests sent"));
}

#[test]
fn the_pulse_counts_as_the_api_does_and_opens_the_list_behind_a_number() {
    let mut journey = Journey::begin();
    journey.runtime.block_on(journey.clerk.users().ban(&journey.id)).unwrap();
    let banned = count(&journey, &UserFilter { banned: Some(true), ..UserFilter::default() });
    let since = Timestamp::from(jiff::Timestamp::now()).minus(Duration::from_hours(24 * 30));
    let active = Span { after: Some(since), ..Span::default() };
    let active = count(&journey, &UserFilter { last_active_at: active, ..UserFilter::default() });
    let all = count(&journey, &UserFilter::default());
    journey.terminal.send(":").wait_for("cancel").send("pulse\r").wait_for("Signed up, by day");
    let says = |terminal: &Terminal, label: &str, number: u64| {
        terminal.text().lines().any(|row| {
            let rest = row.split(label).nth(1).map(str::trim_start);
            rest.is_some_and(|rest| rest.split_whitespace().next() == Some(&*number.to_string()))
        })
    };
    for (label, number) in [("Users", all), ("Banned", banned), ("Active in 30 days", active)] {
        journey.terminal.wait_until(label, |terminal| says(terminal, label, number));
    }
    // Today there is somebody: the bar of Zora, who has just signed up.
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    journey
        .terminal
        .wait_until("a bar", |terminal| terminal.text().lines().any(|row| row.contains(&today) && row.contains('█')));
    journey.terminal.send("j").wait_until("the banned", |terminal| terminal.text().contains("› Banned")).send("\r");
    journey.terminal.wait_for("banned:yes").wait_for(&format!("1 of {banned} match"));
    // The rows of before stay until others have come.
    journey.terminal.wait_until("a banned one", |terminal| terminal.selected().contains("banned"));
}

#[test]
fn a_click_on_a_column_head_orders_by_it_and_another_turns_it_round() {
    let mut journey = Journey::begin();
    for (head, by) in [("primary", OrderField::EmailAddress), ("active", OrderField::LastActiveAt)] {
        let column = journey.terminal.row(3).split(head).next().unwrap().chars().count();
        let first = if head == "active" { Direction::Descending } else { Direction::Ascending };
        let other = if first == Direction::Ascending { Direction::Descending } else { Direction::Ascending };
        for direction in [first, other] {
            click(&mut journey.terminal, column, 3);
            let arrow = if direction == Direction::Ascending { '↑' } else { '↓' };
            let expected = addresses(&journey, by, direction);
            journey.terminal.wait_until(&format!("{head} {arrow}"), |terminal| {
                let heads = terminal.row(3);
                let is_told = heads.contains(&format!("{head} {arrow}")) || heads.contains(&format!("{arrow}{head}"));
                is_told && shows(terminal, &expected)
            });
        }
    }
}

/// Whether the rows of the list are those of these addresses, as far as they have one and it fits.
fn shows(terminal: &Terminal, expected: &[String]) -> bool {
    let says = |(row, address): (usize, &String)| {
        let start: String = address.chars().take(20).collect();
        terminal.row(4 + row).contains(&start)
    };
    expected.iter().enumerate().all(says)
}
