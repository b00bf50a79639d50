//! The contract: which operations there are, what each takes and what it answers.

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::{
    fs,
    io::{self, Write},
    path::Path,
    sync::{Arc, OnceLock},
};

/// The contract, read once. Its schemas as JSON Schema has them.
pub struct Contract {
    document: Value,
}

/// One operation of it.
pub struct Operation<'a> {
    contract: &'a Contract,
    pub id: &'a str,
    /// With `{user_id}` where an id stands.
    pub path: &'a str,
    definition: &'a Value,
    path_item: &'a Value,
}

/// The contract; none, having said so, where it is not to be had.
pub fn contract() -> Option<Arc<Contract>> {
    static CONTRACT: OnceLock<Option<Arc<Contract>>> = OnceLock::new();
    CONTRACT
        .get_or_init(|| {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/clerk/bapi-2026-05-12.yml");
            let Ok(text) = fs::read_to_string(&file) else {
                let required = std::env::var("LAZYCLERK_CONTRACT").is_ok_and(|value| value == "required");
                assert!(!required, "Clerk's contract is not at {}", file.display());
                // Past the test harness, which would keep it to itself.
                let _ = writeln!(io::stderr(), "SKIPPED: Clerk's contract is not at {}", file.display());
                return None;
            };
            let mut document: Value = serde_saphyr::from_str(&text).unwrap();
            make_json_schema(&mut document);
            Some(Arc::new(Contract { document }))
        })
        .clone()
}

/// OpenAPI 3.0 says `nullable` where JSON Schema has a type of its own for null.
fn make_json_schema(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(make_json_schema),
        Value::Object(object) => {
            object.values_mut().for_each(make_json_schema);
            if object.remove("nullable") == Some(Value::Bool(true)) {
                let schema = std::mem::take(object);
                *object = Map::from_iter([("anyOf".to_owned(), json!([schema, { "type": "null" }]))]);
            }
        }
        _ => {}
    }
}

impl Contract {
    /// The operation that `method` on `path` asks for, the most exact path first.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let paths = self.document["paths"].as_object().unwrap();
        let path = path.strip_prefix("/v1").unwrap_or(path);
        let fits = |template: &str| {
            let (given, wanted) = (path.split('/'), template.split('/'));
            given.clone().count() == wanted.clone().count()
                && given.zip(wanted).all(|(part, wanted)| wanted.starts_with('{') || part == wanted)
        };
        let mut found: Vec<_> =
            paths.iter().filter(|(template, item)| fits(template) && !item[method.to_lowercase()].is_null()).collect();
        found.sort_by_key(|(template, _)| template.matches('{').count());
        let (path, path_item) = found.first()?;
        let definition = &path_item[method.to_lowercase()];
        let id = definition["operationId"].as_str().unwrap();
        Some(Operation { contract: self, id, path, definition, path_item })
    }

    /// What `value`, or what it refers to, is.
    pub fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.resolved(self.document.pointer(&reference[1..]).unwrap()),
            None => value,
        }
    }

    /// A validator of a schema, which can refer to others of the contract.
    pub fn validator(&self, schema: &Value) -> Validator {
        let schema = json!({ "components": self.document["components"], "allOf": [schema] });
        jsonschema::draft4::new(&schema).unwrap()
    }

    fn errors(&self, schema: &Value, value: &Value) -> Vec<String> {
        self.validator(schema).iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

impl Operation<'_> {
    /// The query parameters that it takes and that are not among them.
    pub fn unknown_parameters(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        let lists = [&self.definition["parameters"], &self.path_item["parameters"]];
        let known: Vec<&str> = lists
            .into_iter()
            .filter_map(Value::as_array)
            .flatten()
            .map(|parameter| self.contract.resolved(parameter))
            .filter(|parameter| parameter["in"] == "query")
            .filter_map(|parameter| parameter["name"].as_str())
            .collect();
        names.filter(|name| !known.contains(&name.trim_end_matches("[]"))).collect()
    }

    /// What is wrong with a JSON body, none being given where there is none.
    pub fn body_errors(&self, body: Option<&Value>) -> Vec<String> {
        let definition = self.contract.resolved(&self.definition["requestBody"]);
        let schema = &definition["content"]["application/json"]["schema"];
        match body {
            None if definition["required"] == true => vec!["it needs a body".to_owned()],
            None => Vec::new(),
            Some(_) if schema.is_null() => vec!["it takes no JSON".to_owned()],
            Some(body) => self.contract.errors(schema, body),
        }
    }

    /// The types of body that it takes.
    pub fn takes(&self, content_type: &str) -> bool {
        !self.contract.resolved(&self.definition["requestBody"])["content"][content_type].is_null()
    }

    /// What is wrong with an answer.
    pub fn answer_errors(&self, status: u16, body: &Value) -> Vec<String> {
        let answer = self.contract.resolved(&self.definition["responses"][status.to_string()]);
        let schema = &answer["content"]["application/json"]["schema"];
        if answer.is_null() {
            return vec![format!("{status} is none of its answers")];
        }
        if schema.is_null() { Vec::new() } else { self.contract.errors(schema, body) }
    }
}
