//! Values that a schema of the contract allows, made at random.

use super::contract::Contract;
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::select,
    string::string_regex,
};
use serde_json::{Map, Number, Value, json};

/// What the names of unknown keys, and unknown words, begin with.
pub const BEYOND: &str = "beyond_";

/// How deep schemas may lie in each other: more means that one refers to itself, which none of these do.
const DEEPEST: usize = 16;

/// Makes strategies from schemas.
pub struct Generator<'a> {
    contract: &'a Contract,
    /// Whether it now and then adds a key, or says a word, that the contract does not know.
    beyond: bool,
    text: BoxedStrategy<Value>,
    json: BoxedStrategy<Value>,
}

impl<'a> Generator<'a> {
    pub fn new(contract: &'a Contract, beyond: bool) -> Self {
        // Every character there is, also those that JSON has to escape.
        let text = string_regex("(?s).{0,6}").unwrap().prop_map(Value::from).boxed();
        Self { contract, beyond, json: any_json(&text), text }
    }

    /// Values of a schema.
    pub fn values(&self, schema: &Value) -> BoxedStrategy<Value> {
        self.values_at(schema, 0)
    }

    fn values_at(&self, schema: &Value, depth: usize) -> BoxedStrategy<Value> {
        assert!(depth < DEEPEST, "a schema that lies in itself: {schema}");
        let alternatives = self.alternatives(schema);
        let strategies: Vec<_> = alternatives.iter().map(|flat| self.flat(flat, depth)).collect();
        one_of(strategies)
    }

    /// The schema without references, `allOf`, `anyOf` and `oneOf`: every way in which it can be met.
    fn alternatives(&self, schema: &Value) -> Vec<Map<String, Value>> {
        let mut base = self.contract.resolved(schema).as_object().unwrap().clone();
        let all = base.remove("allOf");
        let choices = [base.remove("anyOf"), base.remove("oneOf")];
        let mut found = vec![base];
        for part in list(all.as_ref()) {
            found = merged(&found, &self.alternatives(part));
        }
        for choice in choices.iter().flatten() {
            let ways: Vec<_> = list(Some(choice)).iter().flat_map(|way| self.alternatives(way)).collect();
            found = merged(&found, &ways);
        }
        found
    }

    fn flat(&self, schema: &Map<String, Value>, depth: usize) -> BoxedStrategy<Value> {
        if let Some(words) = schema.get("enum") {
            let known = select(list(Some(words)).to_vec()).boxed();
            return if self.beyond { prop_oneof![9 => known, 1 => self.word()].boxed() } else { known };
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("null") => Just(Value::Null).boxed(),
            Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
            Some("integer") => integers(schema),
            Some("number") => numbers(),
            Some("string") => self.strings(schema),
            Some("array") => {
                let items = schema.get("items").map_or(self.json.clone(), |items| self.values_at(items, depth + 1));
                vec(items, 0..3).prop_map(Value::from).boxed()
            }
            Some("object") => self.objects(schema, depth),
            None => self.json.clone(),
            Some(other) => panic!("no such type: {other}"),
        }
    }

    /// A word that no contract knows.
    fn word(&self) -> BoxedStrategy<Value> {
        self.text.clone().prop_map(|text| json!(format!("{BEYOND}{}", text.as_str().unwrap_or_default()))).boxed()
    }

    fn strings(&self, schema: &Map<String, Value>) -> BoxedStrategy<Value> {
        let format = schema.get("format").and_then(Value::as_str);
        let pattern = match (schema.get("pattern").and_then(Value::as_str), format) {
            (Some(pattern), _) => pattern.trim_start_matches('^').trim_end_matches('$').to_owned(),
            (None, Some("email")) => "[a-z][a-z0-9+]{0,6}@[a-z]{1,6}\\.example".to_owned(),
            (None, Some(format)) => panic!("no strings are made of format {format}"),
            (None, None) => return self.text.clone(),
        };
        string_regex(&pattern).unwrap().prop_map(Value::from).boxed()
    }

    fn objects(&self, schema: &Map<String, Value>, depth: usize) -> BoxedStrategy<Value> {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return self.bags();
        };
        let required = list(schema.get("required"));
        let fields: Vec<BoxedStrategy<Option<(String, Value)>>> = properties
            .iter()
            .map(|(name, schema)| {
                let name = name.clone();
                let always = required.iter().any(|required| *required == name);
                let field = self.values_at(schema, depth + 1).prop_map(move |value| (name.clone(), value));
                if always { field.prop_map(Some).boxed() } else { option::of(field).boxed() }
            })
            .collect();
        let open = schema.get("additionalProperties").is_none_or(|additional| *additional != false);
        let unknown = if self.beyond {
            option::weighted(0.2, self.unknown_field()).boxed()
        } else if open {
            option::weighted(0.1, self.unknown_field()).boxed()
        } else {
            Just(None).boxed()
        };
        (fields, unknown)
            .prop_map(|(fields, unknown)| Value::Object(fields.into_iter().flatten().chain(unknown).collect()))
            .boxed()
    }

    fn unknown_field(&self) -> BoxedStrategy<(String, Value)> {
        ("[a-z]{1,4}", self.json.clone()).prop_map(|(name, value)| (format!("{BEYOND}{name}"), value)).boxed()
    }

    /// Objects of which nothing is said, such as metadata.
    fn bags(&self) -> BoxedStrategy<Value> {
        btree_map("(?s).{0,4}", self.json.clone(), 0..3).prop_map(|bag| Value::Object(Map::from_iter(bag))).boxed()
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn one_of(mut strategies: Vec<BoxedStrategy<Value>>) -> BoxedStrategy<Value> {
    match strategies.len() {
        1 => strategies.remove(0),
        _ => proptest::strategy::Union::new(strategies).boxed(),
    }
}

/// Each of the one together with each of the other.
fn merged(ones: &[Map<String, Value>], others: &[Map<String, Value>]) -> Vec<Map<String, Value>> {
    ones.iter().flat_map(|one| others.iter().map(move |other| both(one.clone(), other))).collect()
}

fn both(mut one: Map<String, Value>, other: &Map<String, Value>) -> Map<String, Value> {
    for (keyword, value) in other {
        match (one.get_mut(keyword), value) {
            (Some(Value::Object(properties)), Value::Object(more)) if keyword == "properties" => {
                properties.extend(more.clone());
            }
            (Some(Value::Array(required)), Value::Array(more)) if keyword == "required" => {
                required.extend(more.iter().cloned());
            }
            _ => {
                one.insert(keyword.clone(), value.clone());
            }
        }
    }
    one
}

fn integers(schema: &Map<String, Value>) -> BoxedStrategy<Value> {
    let bound = |name: &str| schema.get(name).and_then(Value::as_i64);
    let (least, most) = (bound("minimum").unwrap_or(i64::MIN), bound("maximum").unwrap_or(i64::MAX));
    (least..=most).prop_map(Value::from).boxed()
}

fn numbers() -> BoxedStrategy<Value> {
    any::<f64>().prop_filter_map("JSON has no such number", |number| Number::from_f64(number).map(Value::from)).boxed()
}

/// Any JSON at all, of a few levels.
fn any_json(text: &BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        numbers(),
        text.clone(),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map("(?s).{0,4}", inner, 0..3).prop_map(|entries| Value::Object(Map::from_iter(entries))),
        ]
    })
    .boxed()
}
