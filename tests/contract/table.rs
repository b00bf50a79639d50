//! The table of operations in the documentation: written from what the client sends and the emulator knows, so that
//! it cannot drift. `UPDATE_OPERATIONS=1 cargo test --test contract` writes it anew.

use super::{
    answers::Emulator,
    contract::contract,
    operations::{Operation, all},
    requests::request_of,
};
use std::{fmt::Write as _, fs, path::Path};

const HEAD: &str = "| operation of the contract | verb and path | client | emulator |\n| --- | --- | --- | --- |\n";

/// What stands before a comma is the function; behind it, how this call of it is special.
fn function(operation: &Operation) -> &'static str {
    operation.function.split(',').next().unwrap()
}

#[tokio::test]
async fn the_table_of_operations_is_as_things_are() {
    let Some(contract) = contract() else { return };
    let emulator = Emulator::start(&contract);
    let mut table = String::from(HEAD);
    let mut told = Vec::new();
    for operation in all() {
        let request = request_of(&operation).await;
        let (method, path) = (request.method.as_str(), request.url.path());
        let defined = contract.operation(method, path).unwrap();
        if told.contains(&(defined.id.to_owned(), function(&operation))) {
            continue;
        }
        let knows = if emulator.knows(method, path).await { "yes" } else { "" };
        let client = function(&operation);
        writeln!(table, "| {} | `{method} /v1{}` | `{client}` | {knows} |", defined.id, defined.path).unwrap();
        told.push((defined.id.to_owned(), client));
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/clerk/operations.md");
    if std::env::var_os("UPDATE_OPERATIONS").is_some() {
        fs::write(&file, &table).unwrap();
    }
    assert_eq!(fs::read_to_string(&file).unwrap_or_default(), table, "UPDATE_OPERATIONS=1 cargo test --test contract");
}
