//! What a request is before it is sent.

use super::{
    body::{Body, Fields, File},
    error::{Error, NotSent},
    model::UserId,
    query::Parameters,
};
use reqwest::Method;

/// What may be done with a request whose outcome is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Repeat {
    /// It reads: repeating it changes nothing.
    Read,
    /// It sets a state: a second ban leaves the user as banned as the first.
    Set,
    /// Twice is not the same as once: it could make two of something.
    Once,
}

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    /// Percent-encoded, after `/v1`.
    pub(super) path: String,
    pub(super) parameters: Parameters,
    pub(super) body: Body,
    pub(super) repeat: Repeat,
    /// The user that it changes, whose own rate limit it counts against.
    pub(super) changes: Option<UserId>,
    /// Whether Clerk counts it by the hour, beside all others.
    pub(super) by_the_hour: bool,
}

impl Request {
    /// Reads what is at `segments`.
    pub(super) fn get(segments: &[&str]) -> Result<Self, Error> {
        Self::new(Method::GET, segments, Repeat::Read)
    }

    /// Posts to `segments`. It is sent once, unless it is said to [set a state](Self::setting_state_of).
    pub(super) fn post(segments: &[&str]) -> Result<Self, Error> {
        Self::new(Method::POST, segments, Repeat::Once)
    }

    /// Changes some of what is at `segments`: the same change twice is one change.
    pub(super) fn patch(segments: &[&str]) -> Result<Self, Error> {
        Self::new(Method::PATCH, segments, Repeat::Set)
    }

    /// Replaces what is at `segments`.
    pub(super) fn put(segments: &[&str]) -> Result<Self, Error> {
        Self::new(Method::PUT, segments, Repeat::Set)
    }

    /// Deletes what is at `segments`. When a first try went through and its answer was lost, the next is answered 404.
    pub(super) fn delete(segments: &[&str]) -> Result<Self, Error> {
        Self::new(Method::DELETE, segments, Repeat::Set)
    }

    fn new(method: Method, segments: &[&str], repeat: Repeat) -> Result<Self, Error> {
        let (path, parameters) = (path(segments)?, Parameters::new());
        Ok(Self { method, path, parameters, body: Body::Empty, repeat, changes: None, by_the_hour: false })
    }

    /// With these query parameters.
    pub(super) fn with(self, parameters: Parameters) -> Self {
        Self { parameters, ..self }
    }

    /// With these fields as its body.
    pub(super) fn with_fields(self, fields: Fields) -> Self {
        Self { body: fields.into(), ..self }
    }

    /// With a file as its body.
    pub(super) fn with_file(self, file: &File) -> Self {
        Self { body: Body::File(file.clone()), ..self }
    }

    /// As one that changes `user`, and counts against what may be written to one user.
    pub(super) fn changing(self, user: &UserId) -> Self {
        Self { changes: Some(user.clone()), ..self }
    }

    /// As one that Clerk counts by the hour.
    pub(super) fn by_the_hour(self) -> Self {
        Self { by_the_hour: true, ..self }
    }

    /// As one that sets a state, though it is a POST: repeating it does no harm.
    pub(super) fn setting(self) -> Self {
        Self { repeat: Repeat::Set, ..self }
    }

    /// As one that sets a state of `user`: repeating it does no harm.
    pub(super) fn setting_state_of(self, user: &UserId) -> Self {
        self.changing(user).setting()
    }
}

/// A path of `segments`, each of which stays one segment, whatever it holds.
///
/// Ids come from outside. Everything but unreserved characters is percent-encoded, so that a slash, a `?` or a
/// `%2F` in an id stays in the id. `.` and `..` cannot be written so that every reader takes them for a name
/// (`%2E%2E` is `..` to most), and an empty segment would make `/users//ban` of it: those are refused.
fn path(segments: &[&str]) -> Result<String, Error> {
    let mut path = String::new();
    for segment in segments {
        if matches!(*segment, "" | "." | "..") {
            return Err(Error::NotSent(NotSent::Id { id: (*segment).to_owned() }));
        }
        path.push('/');
        for byte in segment.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => path.push(byte.into()),
                _ => path.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]),
            }
        }
    }
    Ok(path)
}

fn hex_digit(value: u8) -> char {
    char::from_digit(value.into(), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn an_id_cannot_leave_its_segment() {
        assert_eq!(path(&["users", "user_2NN", "ban"]).unwrap(), "/users/user_2NN/ban");
        assert_eq!(path(&["users", "../ban?x=1#y"]).unwrap(), "/users/..%2Fban%3Fx%3D1%23y");
        assert_eq!(path(&["users", "a%2Fb\n"]).unwrap(), "/users/a%252Fb%0A");
    }

    #[test]
    fn an_id_that_is_no_name_is_not_sent() {
        for id in ["", ".", ".."] {
            let error = Request::post(&["users", id, "ban"]).unwrap_err();
            assert_eq!(error, Error::NotSent(NotSent::Id { id: id.to_owned() }));
            assert!(!error.may_have_happened());
        }
    }

    #[test]
    fn a_post_is_sent_once_unless_it_is_said_to_set_a_state() {
        let request = Request::post(&["users"]).unwrap();
        assert_eq!((request.repeat, &request.changes), (Repeat::Once, &None));
        let user = UserId::from("user_1");
        let request = Request::post(&["users", "user_1", "ban"]).unwrap().setting_state_of(&user);
        assert_eq!((request.repeat, request.changes), (Repeat::Set, Some(user)));
    }

    proptest! {
        #[test]
        fn whatever_the_id_a_url_reader_finds_it_in_its_place(id in any::<String>()) {
            prop_assume!(!matches!(id.as_str(), "" | "." | ".."));
            let url = Url::parse(&format!("https://api.clerk.com/v1{}", path(&["users", &id, "ban"]).unwrap())).unwrap();
            prop_assert_eq!((url.query(), url.fragment()), (None, None));
            let segments: Vec<_> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 4);
            // Form decoding is percent decoding, for a text without `+`; and the path has none.
            let decoded: Vec<_> = url::form_urlencoded::parse(segments[2].as_bytes()).collect();
            prop_assert_eq!(&*decoded[0].0, id.as_str());
        }
    }
}
