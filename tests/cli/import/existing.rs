//! Users of a file who exist already: asked for before anybody is created, told, and left as they are.

use super::{
    super::{lazyclerk, stderr, users::Instance},
    begin, rows, stop, told, wait_for,
};
use rustix::process::Signal;
use serde_json::{Value, json};
use std::{fs, path::Path, process::Command};
use tempfile::TempDir;
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

impl Instance {
    /// Creates a user behind the import's back. Their id.
    fn make(&self, body: &Value) -> String {
        let answer = self.emulator.ask("POST", "/v1/users", &body.to_string());
        let user: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        user["id"].as_str().unwrap_or_else(|| panic!("{user}")).to_owned()
    }
}

/// Users of each kind, and a file with them and one more.
fn known(instance: &Instance) -> (Vec<String>, String) {
    let known = [
        json!({ "email_address": ["main@import.example", "ada@import.example"] }),
        json!({ "phone_number": ["+12015550177"] }),
        json!({ "username": "grace_h" }),
        json!({ "external_id": "x4", "email_address": ["x4@import.example"] }),
        json!({ "username": "both_of_them" }),
    ];
    let ids = known.iter().map(|body| instance.make(body)).collect();
    let file = "external_id,email_address,phone_number,username\n\
                ,ADA@Import.example,,\n\
                ,two@import.example,+1 (201) 555-0177,\n\
                x3,,,Grace_H\n\
                x4,X4@import.example,,\n\
                x5,main@import.example,,both_of_them\n\
                x6,new@import.example,+12015550178,newcomer\n";
    (ids, instance.file("users.csv", file))
}

#[test]
fn who_exists_already_is_told_by_what_and_a_dry_run_asks_too() {
    let instance = Instance::of("1");
    let (ids, file) = known(&instance);
    let report = instance.home.path().join("report.csv");
    let rehearsed = instance.run(&["import", &file, "--dry-run", "--report", report.to_str().unwrap()]);
    let said = String::from_utf8(rehearsed.stdout.clone()).unwrap() + &stderr(&rehearsed);
    assert_eq!(rehearsed.status.code(), Some(1), "not all of it would be created: {said}");
    for expected in [
        "Create 1 user from users.csv".to_owned(),
        "6, 1 to create, 5 existing already".to_owned(),
        "1 request,".to_owned(),
        format!("row 1: exists already as {} (email address)\n", ids[0]),
        format!("row 2: exists already as {} (phone number)\n", ids[1]),
        format!("row 3: exists already as {} (username)\n", ids[2]),
        format!("row 4: exists already as {} (external id, email address)\n", ids[3]),
        format!("row 5: exists already as {} (email address) and {} (username)\n", ids[0], ids[4]),
    ] {
        assert!(said.contains(&expected), "{expected}: {said}");
    }
    let report = fs::read_to_string(report).unwrap();
    let line = format!("1,exists,{},,ADA@Import.example,form_identifier_exists,exists already as ", ids[0]);
    assert!(report.contains(&line) && report.contains("\r\n6,to_do,"), "{report}");
    let rehearsed = told(&instance.run(&["import", &file, "--dry-run", "--json"]));
    let users = &rehearsed["existing_users"];
    assert_eq!((&rehearsed["existing"], users.as_array().unwrap().len()), (&json!(5), 6));
    assert_eq!(users[3], json!({ "row": 4, "user_id": ids[3], "by": ["external_id", "email_address"] }));
    assert_eq!((instance.count(), instance.runs().len()), (6, 0), "nothing was sent, and nothing was begun");
    instance.stop();
}

#[test]
fn who_exists_already_is_left_as_they_are_and_the_others_are_created() {
    let instance = Instance::of("1");
    let (ids, file) = known(&instance);
    let before: Vec<Value> = ids.iter().map(|id| instance.user(id)).collect();
    let refused = instance.run(&["import", &file, "--yes", "--expect", "6"]);
    assert!(stderr(&refused).contains("1 would be created, and not 6"), "{}", stderr(&refused));
    let output = instance.run(&["import", &file, "--yes", "--expect", "1", "--json"]);
    assert_eq!(output.status.code(), Some(1), "not all of it: {}", stderr(&output));
    let done = told(&output);
    let counts = ["created", "existing", "failed", "unknown", "left"].map(|name| done[name].as_u64().unwrap());
    assert_eq!(counts, [1, 5, 0, 0, 0]);
    assert_eq!((instance.count(), instance.creations().len()), (7, 1), "for the others nothing was sent");
    assert!(ids.iter().map(|id| instance.user(id)).eq(before));
    let report = fs::read_to_string(done["report"].as_str().unwrap()).unwrap();
    assert_eq!((report.matches(",exists,user_").count(), report.matches(",created,user_").count()), (5, 1), "{report}");
    let again = instance.run(&["import", &file, "--yes"]);
    let runs = instance.runs();
    assert_eq!((again.status.code(), runs.len()), (Some(1), 1));
    assert_eq!(["created", "existing", "users"].map(|count| runs[0][count].as_u64()), [Some(1), Some(5), Some(6)]);
    let said = stderr(&again);
    assert!(said.contains("Nothing was sent: 1 user of this file was created by the import "), "{said}");
    assert!(said.contains(", 5 users exist already.") && said.contains("row 1: exists already as "), "{said}");
    // Where they have gone, the same command creates them.
    instance.emulator.ask("DELETE", &format!("/v1/users/{}", ids[2]), "");
    let again = told(&instance.run(&["import", &file, "--yes", "--json"]));
    assert_eq!((&again["created"], &again["existing"], &again["import"]), (&json!(2), &json!(4), &done["import"]));
    assert_eq!((&instance.runs()[0]["created"], &instance.runs()[0]["existing"]), (&json!(2), &json!(4)));
    instance.stop();
}

#[test]
fn of_more_than_a_hundred_each_is_found() {
    let instance = Instance::with(&["--users", "1", "--instance", "production"]);
    instance.print(&["import", &instance.file("some.csv", &rows(130)), "--yes"]);
    let all = rows(450);
    let (head, list) = all.split_once('\n').unwrap();
    let mut list: Vec<&str> = list.lines().collect();
    list.reverse();
    let file = instance.file("all.csv", &format!("{head}\n{}\n", list.join("\n")));
    let rehearsed = instance.run(&["import", &file, "--dry-run", "--json"]);
    let rehearsed = told(&rehearsed);
    let there = rehearsed["existing_users"].as_array().unwrap().iter();
    assert!(there.map(|user| user["row"].as_u64().unwrap()).eq(321..=450), "{rehearsed}");
    let rehearsed = instance.run(&["import", &file, "--dry-run"]);
    assert!(stderr(&rehearsed).contains("and 121 more; --dry-run --report FILE lists them all"));
    instance.stop();
}

#[test]
fn whom_an_import_made_before_it_broke_off_are_no_strangers_to_it() {
    let instance = Instance::with(&["--users", "1", "--latency", "120", "--instance", "production"]);
    let file = instance.file("users.csv", &rows(90));
    let child = begin(&instance, &file);
    // A second batch is on its way.
    wait_for(&instance, "\"ended\"");
    stop(child, Signal::KILL);
    let stranger = instance.make(&json!({ "email_address": ["USER90@import.example"] }));
    let rehearsed = instance.run(&["import", &file, "--dry-run"]);
    let said = stderr(&rehearsed);
    assert!(said.starts_with(&format!("row 90: exists already as {stranger} (email address)\nNothing")), "{said}");
    let output = instance.run(&["import", &file, "--yes", "--json"]);
    let done = told(&output);
    assert_eq!((output.status.code(), &done["created"], &done["existing"]), (Some(1), &json!(89), &json!(1)), "{done}");
    assert_eq!((&done["unknown"], instance.count()), (&json!(0), 91), "each once");
    assert!(instance.creations().iter().all(|entry| entry["outcome"].is_string()), "nothing is left open");
    instance.stop();
}

#[test]
fn whom_an_import_has_made_without_knowing_it_are_no_strangers_either() {
    let instance = Instance::of("1");
    let file = instance.file("users.csv", &rows(3));
    instance.print(&["import", &file, "--yes"]);
    let journal = wait_for(&instance, "\"ended\"");
    let lines = fs::read_to_string(&journal).unwrap();
    let kept: String = lines.split_inclusive('\n').filter(|line| !line.starts_with("{\"ended\"")).collect();
    fs::write(&journal, kept).unwrap();
    assert_eq!(instance.runs()[0]["created"], 0, "it broke off before it was written down");
    let rehearsed = told(&instance.run(&["import", &file, "--dry-run", "--json"]));
    assert_eq!((&rehearsed["existing"], &rehearsed["created"]), (&json!(0), &json!(0)));
    let done = told(&instance.run(&["import", &file, "--yes", "--json"]));
    assert_eq!((&done["created"], &done["existing"], instance.count()), (&json!(3), &json!(0), 4));
    instance.stop();
}

#[test]
fn without_a_key_a_dry_run_checks_the_file_alone() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("users.csv");
    fs::write(&file, rows(3)).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = lazyclerk(&[&["import", file.to_str().unwrap()], arguments].concat());
        command.env("XDG_STATE_HOME", home.path()).env("XDG_CONFIG_HOME", home.path()).output().unwrap()
    };
    let rehearsed = run(&["--dry-run"]);
    assert_eq!(rehearsed.status.code(), Some(0), "{}", stderr(&rehearsed));
    assert!(stderr(&rehearsed).contains("There is no key, so nobody was asked who exists already."));
    assert!(String::from_utf8(rehearsed.stdout).unwrap().contains("3, 3 to create"));
    assert_eq!(told(&run(&["--dry-run", "--json"]))["existing"], Value::Null);
    assert_eq!(run(&["--yes"]).status.code(), Some(3));
}

fn lazyclerk_at(url: &str, home: &Path, arguments: &[&str]) -> Command {
    let mut command = lazyclerk(arguments);
    command.env("CLERK_API_URL", url).env("CLERK_SECRET_KEY", "sk_test_1234567890");
    command.env("XDG_STATE_HOME", home).env("XDG_CONFIG_HOME", home);
    command
}

/// A server whose user list answers so.
async fn server(list: impl Fn(&Request) -> ResponseTemplate + Send + Sync + 'static) -> MockServer {
    let server = MockServer::start().await;
    let instance = json!({ "object": "instance", "id": "ins_1", "environment_type": "development" });
    let instance = ResponseTemplate::new(200).set_body_json(instance);
    Mock::given(path("/v1/instance")).respond_with(instance).mount(&server).await;
    Mock::given(method("GET")).and(path("/v1/users")).respond_with(list).mount(&server).await;
    server
}

fn user(id: &str, email: &str) -> Value {
    let email = json!({ "id": "idn_1", "object": "email_address", "email_address": email });
    json!({ "id": id, "object": "user", "email_addresses": [email], "created_at": 1, "updated_at": 1 })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_with_a_stranger_stops_it_before_anybody_is_created() {
    let users = json!([user("user_1", "user1@import.example"), user("user_\u{1b}[31m2", "eve@elsewhere.example")]);
    let server = server(move |_| ResponseTemplate::new(200).set_body_json(&users)).await;
    let home = TempDir::new().unwrap();
    let file = home.path().join("users.csv");
    fs::write(&file, "email_address\nuser1@import.example\nuser2@import.example\n").unwrap();
    for how in ["--yes", "--dry-run"] {
        let mut command = lazyclerk_at(&server.uri(), home.path(), &["import", file.to_str().unwrap(), how]);
        let output = command.output().unwrap();
        let said = stderr(&output);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{said}");
        assert!(said.starts_with("lazyclerk: nothing was sent, as it is not known who exists already: "), "{said}");
        assert!(said.contains("whom nobody asked for: the API ignores a filter") && !said.contains('\u{1b}'), "{said}");
    }
    let requests = server.received_requests().await.unwrap();
    assert!(requests.iter().all(|request| request.method.as_str() == "GET"));
    let lists = requests.iter().filter(|request| request.url.path() == "/v1/users");
    assert!(lists.clone().all(|request| request.url.query().unwrap().contains("limit=500")) && lists.count() == 2);
    assert!(!home.path().join("lazyclerk/imports").exists(), "no import was begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_full_hides_nobody_either() {
    let server = server(|request| {
        let is_asked = |email: &str| request.url.query_pairs().any(|(_, value)| value == email);
        let users = match (is_asked("user1@import.example"), is_asked("user2@import.example")) {
            (true, true) => vec![user("user_1", "user1@import.example"); 500],
            (true, false) => vec![user("user_1", "user1@import.example")],
            (false, _) => vec![user("user_2", "user2@import.example")],
        };
        ResponseTemplate::new(200).set_body_json(users)
    })
    .await;
    let home = TempDir::new().unwrap();
    let file = home.path().join("users.csv");
    fs::write(&file, "email_address\nuser1@import.example\nuser2@import.example\n").unwrap();
    let arguments = ["import", file.to_str().unwrap(), "--dry-run", "--json"];
    let rehearsed = told(&lazyclerk_at(&server.uri(), home.path(), &arguments).output().unwrap());
    assert_eq!((&rehearsed["existing"], &rehearsed["existing_users"][1]["user_id"]), (&json!(2), &json!("user_2")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_is_refused_hides_nobody_else() {
    let server = server(|request| {
        let values: Vec<String> = request.url.query_pairs().map(|(_, value)| value.into_owned()).collect();
        if values.iter().any(|value| value == "odd@import.example") {
            let error = json!({ "code": "form_param_format_invalid", "message": "is invalid", "long_message": "odd" });
            return ResponseTemplate::new(422).set_body_json(json!({ "errors": [error] }));
        }
        let is_asked = values.iter().any(|value| value == "user1@import.example");
        let users = if is_asked { vec![user("user_1", "user1@import.example")] } else { Vec::new() };
        ResponseTemplate::new(200).set_body_json(users)
    })
    .await;
    let home = TempDir::new().unwrap();
    let file = home.path().join("users.csv");
    fs::write(&file, "email_address\nodd@import.example\nuser2@import.example\nuser1@import.example\n").unwrap();
    let arguments = ["import", file.to_str().unwrap(), "--dry-run", "--json"];
    let rehearsed = told(&lazyclerk_at(&server.uri(), home.path(), &arguments).output().unwrap());
    assert_eq!(rehearsed["existing_users"], json!([{ "row": 3, "user_id": "user_1", "by": ["email_address"] }]));
}
