use crate::api::{Api, options};
use axum::http::{Method, StatusCode};
use lazyclerk::emulator::{Database, Emulator, EmulatorError, Options};
use serde_json::json;
use std::{fs, sync::Arc};
use tokio::task::JoinSet;

#[tokio::test]
async fn a_file_keeps_people_changes_and_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clerk.db");
    let options = Options { database: Database::File(file), ..options(20) };
    let api = Api::with(&options);
    let id = api.list("/v1/users?banned=false").await[0]["id"].as_str().unwrap().to_owned();
    api.post(&format!("/v1/users/{id}/ban")).await;
    let key = api.key.expose().to_owned();
    drop(api);

    let again = Api::with(&Options { users: 7, seed: 9, ..options });
    assert_eq!(again.key.expose(), key);
    assert_eq!(again.get(&format!("/v1/users/{id}")).await.body["banned"], true);
    assert_eq!(again.count("").await, 20, "number and seed are for an empty file");
}

#[tokio::test]
async fn a_file_of_something_else_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    fs::write(&file, "Dear Ada, ".repeat(500)).unwrap();
    let options = Options { database: Database::File(file.clone()), ..options(1) };
    let error = Emulator::start(options).await.unwrap_err();
    assert!(
        matches!(error, EmulatorError::Store(_)) && error.to_string().contains("is not a database of this emulator"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(file).unwrap(), "Dear Ada, ".repeat(500));
}

#[tokio::test]
async fn it_serves_on_a_free_port_and_stops() {
    let emulator = Emulator::start(options(3)).await.unwrap();
    let address = emulator.url().strip_prefix("http://").unwrap().to_owned();
    tokio::net::TcpStream::connect(&address).await.unwrap();
    emulator.stop().await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
}

#[tokio::test]
async fn an_address_in_use_is_told() {
    let emulator = Emulator::start(options(0)).await.unwrap();
    let listen = emulator.url().strip_prefix("http://").unwrap().parse().unwrap();
    let error = Emulator::start(Options { listen, ..options(0) }).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot listen on 127.0.0.1:"), "{error}");
}

#[tokio::test]
async fn what_is_read_waits_for_no_writer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clerk.db");
    let api = Api::with(&Options { database: Database::File(file.clone()), ..options(20) });
    let (user, session) =
        (api.ids("/v1/users?limit=1").await.remove(0), api.ids("/v1/sessions?limit=1").await.remove(0));
    let writer = rusqlite::Connection::open(file).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    for path in ["users", "users/count", "sessions", &format!("users/{user}"), &format!("sessions/{session}")] {
        let reply = api.get(&format!("/v1/{path}")).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    }
    writer.execute_batch("ROLLBACK").unwrap();
}

/// As the work of many tasks does, over one database in a file.
#[tokio::test(flavor = "multi_thread")]
async fn writes_at_the_same_time_are_all_done() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::File(folder.path().join("clerk.db"));
    let api = Arc::new(Api::with(&Options { database, ..options(400) }));
    let ids = api.ids("/v1/users?banned=false&limit=250").await;
    let before = api.count("banned=true").await;
    let (batch, many) = ids.split_at(50);
    let mut writes = JoinSet::new();
    let (of, ban) = (api.clone(), json!({ "user_ids": batch }));
    writes.spawn(async move { of.json(Method::POST, "/v1/users/ban", &ban).await });
    for (number, id) in many.iter().enumerate() {
        let (api, user) = (api.clone(), format!("/v1/users/{id}"));
        let bag = json!({ "public_metadata": { "n": number } });
        writes.spawn(async move {
            match number % 4 {
                0 => api.post(&format!("{user}/ban")).await,
                1 => api.json(Method::PATCH, &format!("{user}/metadata"), &bag).await,
                2 => api.delete(&user).await,
                _ => api.get(&user).await,
            }
        });
    }
    while let Some(reply) = writes.join_next().await {
        let reply = reply.unwrap();
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    }
    assert_eq!((api.count("banned=true").await, api.count("").await), (before + 100, 350));
    for number in (1..many.len()).step_by(4) {
        let user = api.get(&format!("/v1/users/{}", many[number])).await.body;
        assert_eq!(user["public_metadata"]["n"], number);
    }
}
