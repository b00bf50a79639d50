//! The table of operations in the documentation: written from what the client sends and the emulator knows, so that
//! it cannot drift. `UPDATE_OPERATIONS=1 cargo test --test contract` writes it anew.

use super::{
    answers::{Emulator, answered},
    contract::contract,
    operations::{Operation, all},
    requests::request_of,
};
use std::{fmt::Write as _, fs, path::Path};

const HEAD: &str = "\
| operation of the contract | verb and path | client | emulator | tested by |
| --- | --- | --- | --- | --- |
";
/// The request of every operation is held to the contract here.
const REQUESTS: &str = "contract/requests";
/// And every answer here.
const ANSWERS: &str = "contract/answers";

/// What stands before a comma is the function; behind it, how this call of it is special.
fn function(operation: &Operation) -> &'static str {
    operation.function.split(',').next().unwrap()
}

/// The tests that call functions of the client: their names, and what is in them.
fn callers() -> Vec<(String, String)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut callers = Vec::new();
    for folder in [tests.clone(), tests.join("client")] {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.with_extension("").strip_prefix(&tests).unwrap().display().to_string();
                callers.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    callers.sort();
    callers
}

#[tokio::test]
async fn the_table_of_operations_is_as_things_are() {
    let Some(contract) = contract() else { return };
    let (emulator, callers) = (Emulator::start(&contract), callers());
    let answered = answered(&contract).await;
    let mut table = String::from(HEAD);
    let (mut told, mut unproven) = (Vec::new(), Vec::new());
    for operation in all() {
        let request = request_of(&operation).await;
        let (method, path) = (request.method.as_str(), request.url.path());
        let defined = contract.operation(method, path).unwrap();
        let (id, client) = (defined.id, function(&operation));
        if told.contains(&(id.to_owned(), client)) {
            continue;
        }
        let knows = emulator.knows(method, path).await;
        if knows && !answered.contains(id) {
            unproven.push(id);
        }
        let call = format!("{client}(");
        let tests = callers.iter().filter(|(_, text)| text.contains(&call)).map(|(name, _)| name.as_str());
        let tests: Vec<&str> = [REQUESTS].into_iter().chain(knows.then_some(ANSWERS)).chain(tests).collect();
        let (knows, tests) = (if knows { "yes" } else { "" }, tests.join(", "));
        writeln!(table, "| {id} | `{method} /v1{}` | `{client}` | {knows} | {tests} |", defined.path).unwrap();
        told.push((id.to_owned(), client));
    }
    assert!(unproven.is_empty(), "no answer is held to the contract: {unproven:?}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/clerk/operations.md");
    if std::env::var_os("UPDATE_OPERATIONS").is_some() {
        fs::write(&file, &table).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap_or_default(), table, "UPDATE_OPERATIONS=1 cargo test --test contract");
}
