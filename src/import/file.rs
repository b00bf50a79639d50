//! A file as rows of named values, one after the other: a table, a JSON document, or a JSON object a line.

use super::{
    Fault,
    quotes::{Quotes, Watched},
};
use ring::digest::{Context, SHA256};
use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};
use std::{
    cell::Cell,
    fmt::{self, Write as _},
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek},
    ops::ControlFlow,
};

/// The list that some exports wrap their users in.
const WRAPPED: &str = "users";

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The how many'th of its file, from 1; the heads of a table do not count.
    pub number: u64,
    /// Its values, by the names of their columns; or why it has none.
    pub fields: Result<Map<String, Value>, Fault>,
}

/// Why a file cannot be read as rows.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file system says no.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It breaks off, or is no JSON from there on.
    #[error("it is no JSON that can be read: {0}")]
    Json(serde_json::Error),
    /// It is no table.
    #[error("it is no table that can be read: {0}")]
    Csv(csv::Error),
    /// What a column holds cannot be told from another of the same name.
    #[error("it has two columns called {0}")]
    Twice(String),
    /// There is nothing in it.
    #[error("there is nothing in it")]
    Empty,
}

/// Gives each row of a file to `take`, until that breaks. A file that begins with `{` or `[` is JSON, whatever it is called:
/// an array of objects, an object with such an array as its `users`, or objects one after the other. Any other is a table
/// with commas; `heads` are the names of its columns where the file has none.
///
/// # Errors
///
/// When it cannot be read to its end. A row that cannot be understood while others can is a row with a fault.
pub fn rows(
    file: &mut File,
    heads: Option<&[&str]>,
    take: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    file.rewind()?;
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    skip_mark(&mut reader)?;
    match first_of(&mut reader)? {
        None => Err(ReadError::Empty),
        Some(b'{' | b'[') => read_json(reader, take),
        Some(_) => read_table(reader, heads, take),
    }
}

/// The SHA-256 of a file, in hexadecimal: by it the file is known again.
///
/// # Errors
///
/// When it cannot be read.
pub fn fingerprint(file: &mut File) -> io::Result<String> {
    file.rewind()?;
    let (mut context, mut part) = (Context::new(&SHA256), vec![0; 256 * 1024]);
    loop {
        let read = file.read(&mut part)?;
        if read == 0 {
            let digest = context.finish();
            return Ok(hexadecimal(digest.as_ref()));
        }
        context.update(&part[..read]);
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// The mark that some programs put before a file in UTF-8.
fn skip_mark(reader: &mut impl BufRead) -> io::Result<()> {
    if reader.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    Ok(())
}

/// The first character that is no blank; what stands before it is passed over.
fn first_of(reader: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let blanks = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let first = buffer.get(blanks).copied();
        reader.consume(blanks);
        if first.is_some() {
            return Ok(first);
        }
    }
}

fn read_table(
    reader: impl Read,
    heads: Option<&[&str]>,
    take: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let quotes = Cell::new(Quotes::Outside);
    let reader = Watched::new(reader, &quotes);
    let mut table = csv::ReaderBuilder::new().has_headers(heads.is_none()).flexible(true).from_reader(reader);
    let are_given = heads.is_some();
    let heads: Vec<String> = match heads {
        Some(heads) => heads.iter().map(|head| (*head).to_owned()).collect(),
        None => table.headers().map_err(ReadError::Csv)?.iter().map(|head| head.trim().to_owned()).collect(),
    };
    if let Some((_, twice)) =
        heads.iter().enumerate().find(|(place, head)| !head.is_empty() && heads[..*place].contains(head))
    {
        return Err(ReadError::Twice(twice.clone()));
    }
    // One record behind: whether a quote is never closed is known of the last only, which takes in all that follows.
    let (mut record, mut next) = (csv::ByteRecord::new(), csv::ByteRecord::new());
    let mut number = 0;
    let mut is_there = table.read_byte_record(&mut record).map_err(ReadError::Csv)?;
    while is_there {
        is_there = table.read_byte_record(&mut next).map_err(ReadError::Csv)?;
        // Somebody may have put them above a file that comes without.
        let is_heads = are_given && number == 0 && record.get(0) == heads.first().map(String::as_bytes);
        if !is_heads {
            number += 1;
            let fields = match quotes.get() {
                Quotes::Inside if !is_there => {
                    Err(Fault::of_row("a quote in it is never closed: it takes in all below it"))
                }
                _ => cells(&heads, are_given, &record),
            };
            if take(Row { number, fields }).is_break() {
                break;
            }
        }
        std::mem::swap(&mut record, &mut next);
    }
    Ok(())
}

/// The cells of a row. Where the heads are given, later versions of an export may have more of them than earlier ones.
fn cells(heads: &[String], are_given: bool, record: &csv::ByteRecord) -> Result<Map<String, Value>, Fault> {
    if record.len() > heads.len() || record.len() < heads.len() && !are_given {
        return Err(Fault::of_row(format!("it has {} cells, where there are {} columns", record.len(), heads.len())));
    }
    let mut fields = Map::new();
    for (head, cell) in heads.iter().zip(record) {
        let cell = std::str::from_utf8(cell).map_err(|_| Fault::of(head, "this is not UTF-8"))?;
        // An empty cell says nothing.
        if !cell.is_empty() {
            fields.insert(head.clone(), Value::String(cell.to_owned()));
        }
    }
    Ok(fields)
}

fn read_json(reader: impl Read, take: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), ReadError> {
    let mut documents = serde_json::Deserializer::from_reader(reader);
    let mut rows = Rows { number: 0, is_over: false, take };
    while !rows.is_over && documents.end().is_err() {
        match (Document { rows: &mut rows }).deserialize(&mut documents) {
            // What was broken off on purpose is no fault of the file.
            Err(_) if rows.is_over => break,
            Err(error) if error.is_io() => return Err(ReadError::Io(error.into())),
            Err(error) => return Err(ReadError::Json(error)),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// Counts rows, and gives them on.
struct Rows<'a> {
    number: u64,
    is_over: bool,
    take: &'a mut dyn FnMut(Row) -> ControlFlow<()>,
}

impl Rows<'_> {
    fn give<E: serde::de::Error>(&mut self, value: Value) -> Result<(), E> {
        self.number += 1;
        let fields = match value {
            Value::Object(fields) => Ok(fields.into_iter().filter(|(_, value)| !value.is_null()).collect()),
            _ => Err(Fault::of_row("it is no JSON object")),
        };
        if (self.take)(Row { number: self.number, fields }).is_break() {
            self.is_over = true;
            return Err(E::custom("enough"));
        }
        Ok(())
    }
}

/// One JSON document: a row, or a list of them.
struct Document<'a, 'b> {
    rows: &'a mut Rows<'b>,
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("users as JSON objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            self.rows.give(value)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let (mut fields, mut is_wrapping) = (Map::new(), false);
        while let Some(name) = object.next_key::<String>()? {
            if name == WRAPPED && fields.is_empty() {
                is_wrapping = true;
                object.next_value_seed(Document { rows: self.rows })?;
            } else {
                fields.insert(name, object.next_value()?);
            }
        }
        if is_wrapping { Ok(()) } else { self.rows.give(Value::Object(fields)) }
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.rows.give(Value::from(text))
    }

    fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<(), E> {
        self.rows.give(Value::from(flag))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.rows.give(Value::from(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        self.rows.give(Value::from(number))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        self.rows.give(Value::from(number))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.rows.give(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;
    use std::io::Write;

    fn file(text: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        file
    }

    fn read(text: &[u8], heads: Option<&[&str]>) -> Result<Vec<Row>, ReadError> {
        let mut found = Vec::new();
        rows(&mut file(text), heads, &mut |row| {
            found.push(row);
            ControlFlow::Continue(())
        })
        .map(|()| found)
    }

    fn values(text: &str) -> Vec<Value> {
        let rows = read(text.as_bytes(), None).unwrap();
        assert!(rows.iter().map(|row| row.number).eq(1..=rows.len() as u64));
        rows.into_iter().map(|row| Value::Object(row.fields.unwrap())).collect()
    }

    #[rstest]
    #[case::a_table("email,first_name\r\na@x.y,\"Ada, Countess\"\r\n\r\nb@x.y,\r\n")]
    #[case::with_a_mark("\u{feff}email,first_name\na@x.y,\"Ada, Countess\"\nb@x.y,")]
    #[case::an_array(r#" [{"email":"a@x.y","first_name":"Ada, Countess"}, {"email":"b@x.y","first_name":null}]"#)]
    #[case::wrapped(r#"{"users":[{"email":"a@x.y","first_name":"Ada, Countess"},{"email":"b@x.y"}],"next":1}"#)]
    #[case::a_line_each("{\"email\":\"a@x.y\",\"first_name\":\"Ada, Countess\"}\n{\"email\":\"b@x.y\"}\n")]
    fn each_form_has_the_same_rows(#[case] text: &str) {
        let expected = [json!({ "email": "a@x.y", "first_name": "Ada, Countess" }), json!({ "email": "b@x.y" })];
        assert_eq!(values(text), expected);
    }

    #[test]
    fn columns_without_heads_are_named() {
        for above in ["", "id,email\n"] {
            let rows = read(format!("{above}7,a@x.y\n8\n").as_bytes(), Some(&["id", "email"])).unwrap();
            let fields: Vec<_> = rows.into_iter().map(|row| Value::Object(row.fields.unwrap())).collect();
            assert_eq!(fields, [json!({ "id": "7", "email": "a@x.y" }), json!({ "id": "8" })]);
        }
    }

    #[test]
    fn a_row_that_is_wrong_does_not_hide_the_others() {
        let told = |text: &[u8]| -> Vec<Option<String>> {
            read(text, None).unwrap().into_iter().map(|row| row.fields.err().map(|fault| fault.to_string())).collect()
        };
        let cells = "it has 3 cells, where there are 2 columns".to_owned();
        assert_eq!(told(b"a,b\n1,2,3\n\xff,2\n1,2\n"), [Some(cells), Some("a: this is not UTF-8".to_owned()), None]);
        assert_eq!(told(b"[{}, 7, \"x\"]")[1..], vec![Some("it is no JSON object".to_owned()); 2]);
    }

    #[test]
    fn a_file_that_breaks_off_is_not_taken_for_whole() {
        assert!(matches!(read(b"[{\"a\":1},", None), Err(ReadError::Json(_))));
        assert!(matches!(read(b"{\"a\":1}\n{\"a\"", None), Err(ReadError::Json(_))));
        assert!(matches!(read(b" \n ", None), Err(ReadError::Empty)));
        let mut count = 0;
        let mut two = |_: Row| {
            count += 1;
            if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        rows(&mut file(b"[{},{},{},{"), None, &mut two).unwrap();
        assert_eq!(count, 2, "what is behind is not read");
    }

    #[test]
    fn the_fingerprint_is_of_the_whole_file() {
        let told = fingerprint(&mut file(b"abc")).unwrap();
        assert_eq!(told, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
