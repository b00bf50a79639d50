use crate::api::{Api, options};
use lazyclerk::emulator::{Database, Emulator, EmulatorError, Options};
use std::fs;

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
