//! From the bytes of an answer to its value.

use super::model::{DeletedObject, Page};
use serde::{
    Deserialize,
    de::{DeserializeOwned, Error as _},
};
use serde_json::{Error, Result};

/// A single object.
pub(super) fn object<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    // As text, as all else in this program is read: what reads a type from bytes would be there beside what reads it from
    // text, and is a fifth of a megabyte.
    let text = str::from_utf8(body).map_err(|error| Error::custom(format!("it is not text: {error}")))?;
    serde_json::from_str(text)
}

/// The rows of a list, and how many there are in all where the answer says so.
struct List<T> {
    rows: Vec<T>,
    total_count: Option<u64>,
}

/// A list as `{data, total_count}`.
#[derive(Deserialize)]
struct Wrapped<T> {
    data: Vec<T>,
    total_count: Option<u64>,
}

/// A list: bare, or wrapped. Clerk's endpoints differ in which they send, and one parameter (`paginated`) changes it.
fn list<T: DeserializeOwned>(body: &[u8]) -> Result<List<T>> {
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') {
        let Wrapped { data, total_count } = object(body)?;
        Ok(List { rows: data, total_count })
    } else {
        Ok(List { rows: object(body)?, total_count: None })
    }
}

/// The rows of a list.
pub(super) fn rows<T: DeserializeOwned>(body: &[u8]) -> Result<Vec<T>> {
    Ok(list(body)?.rows)
}

/// The last object of a bare list, found from its end, so that the others need not be read for it. What is no such list has
/// none, or something that is no JSON either.
pub(super) fn last(body: &[u8]) -> Option<&[u8]> {
    let body = body.trim_ascii_end().strip_suffix(b"]")?.trim_ascii_end();
    let (mut depth, mut is_text) = (0_usize, false);
    for (at, byte) in body.iter().enumerate().rev() {
        match byte {
            // With an odd number of backslashes before it, it belongs to the text.
            b'"' if body[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0 => is_text = !is_text,
            _ if is_text => {}
            b'}' | b']' => depth += 1,
            b'{' | b'[' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (*byte == b'{').then(|| &body[at..]);
        }
    }
    None
}

/// The page of a list that was asked for with `limit` and `offset`.
///
/// Where the answer does not say how many rows there are, it is as many as were seen; and one more when the page is
/// full, so that whoever reads on as long as there are more finds the rest.
pub(super) fn page<T: DeserializeOwned>(body: &[u8], limit: u16, offset: u64) -> Result<Page<T>> {
    let List { rows, total_count } = list(body)?;
    let seen = offset.saturating_add(rows.len() as u64);
    let full = rows.len() >= usize::from(limit);
    let total_count = total_count.unwrap_or(seen.saturating_add(u64::from(full)));
    Ok(Page { data: rows, total_count })
}

/// An object that has to be the one that was asked for.
pub(super) fn only<T: DeserializeOwned>(body: &[u8], is_it: impl FnOnce(&T) -> bool) -> Result<T> {
    let value = object(body)?;
    if is_it(&value) { Ok(value) } else { Err(Error::custom("it is not the one that was asked for")) }
}

/// What is left of `id`, which was to be deleted.
pub(super) fn deleted(id: &str) -> impl Fn(&[u8]) -> Result<DeletedObject> {
    move |body| only(body, |deleted: &DeletedObject| deleted.deleted && deleted.id.as_deref().is_none_or(|it| it == id))
}

/// What does not fit, and where.
pub(super) fn reason(body: &[u8], error: &Error) -> String {
    if body.iter().all(u8::is_ascii_whitespace) { "it is empty".to_owned() } else { error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_bare_and_wrapped() {
        assert_eq!(rows::<u8>(b" [1,2]").unwrap(), [1, 2]);
        assert_eq!(rows::<u8>(b"\n{\"data\":[1,2],\"total_count\":9,\"more\":1}").unwrap(), [1, 2]);
        assert_eq!(rows::<u8>(b"{\"data\":[]}").unwrap(), [0; 0]);
        assert!(rows::<u8>(b"{\"errors\":[]}").is_err());
        assert!(rows::<u8>(b"null").is_err());
    }

    #[test]
    fn the_total_comes_from_the_answer() {
        let page = page::<u8>(br#"{"data":[1,2],"total_count":9}"#, 2, 4).unwrap();
        assert_eq!((page.data.as_slice(), page.total_count), ([1, 2].as_slice(), 9));
    }

    #[test]
    fn a_total_that_is_not_said_is_what_was_seen_and_one_more_while_pages_are_full() {
        assert_eq!(page::<u8>(b"[1,2]", 2, 4).unwrap().total_count, 7);
        assert_eq!(page::<u8>(b"[1]", 2, 4).unwrap().total_count, 5);
        assert_eq!(page::<u8>(b"[]", 2, 4).unwrap().total_count, 4);
        assert_eq!(page::<u8>(br#"{"data":[1],"total_count":null}"#, 2, 0).unwrap().total_count, 1);
    }

    #[test]
    fn another_object_than_the_one_asked_for_is_refused() {
        assert_eq!(only::<u8>(b"7", |value| *value == 7).unwrap(), 7);
        let error = only::<u8>(b"7", |value| *value == 8).unwrap_err();
        assert_eq!(reason(b"7", &error), "it is not the one that was asked for");
    }

    #[test]
    fn the_last_of_a_list_is_found_from_its_end() {
        let last = r#"{"id":"user_2","a":["}]{",{"b\\":"\\\"{"}],"c":"\\\\"}"#;
        for list in [
            format!("[{last}]"),
            format!("[{{\"id\":\"user_1\"}},{last}] \n"),
            format!("[\n  {{\"id\":\"[\"}},\n  {last}\n]"),
        ] {
            assert_eq!(super::last(list.as_bytes()), Some(last.as_bytes()), "{list}");
        }
        for other in ["", "[]", "[1]", "[\"a\"]", "[{]", "]", "}]", "[}]", "{\"data\":[{}]}", "null"] {
            assert_eq!(super::last(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn what_is_not_text_is_called_so() {
        let body = b"[\"\xff\"]";
        let error = rows::<String>(body).unwrap_err();
        assert_eq!(reason(body, &error), "it is not text: invalid utf-8 sequence of 1 bytes from index 2");
    }

    #[test]
    fn an_empty_body_is_called_so() {
        let error = object::<u8>(b" \n").unwrap_err();
        assert_eq!(reason(b" \n", &error), "it is empty");
    }
}
