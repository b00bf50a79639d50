//! A request that was sent and what came of it, for whoever wants to see what goes over the wire.

use super::{body::Body, error::TraceId, model::Timestamp, request::Request, transport::API_VERSION};
use serde_json::Value;
use std::{fmt::Write, time::Duration};

/// Where the key stands in what can be shown and copied.
const KEY_VARIABLE: &str = "$CLERK_SECRET_KEY";
/// What stands in the place of a secret.
const HIDDEN: &str = "***";
/// The fields of bodies that are secrets. The names are those of Clerk's parameters.
const SECRET_FIELDS: &[&str] = &["password", "password_digest", "code", "totp_secret", "backup_codes"];

/// A request that was sent, and what came of it, or one that a dry run kept back. Each repeat is one of its own. It holds neither the key nor any other
/// secret; but the path and the body say who was looked for and what was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When it was sent.
    pub at: Timestamp,
    /// `GET`.
    pub method: String,
    /// The path behind `/v1`, with the query; percent-encoded.
    pub path: String,
    /// The whole address.
    pub url: String,
    /// What it carried.
    pub body: SentBody,
    /// The HTTP status; none when no answer came.
    pub status: Option<u16>,
    /// Clerk's code, where it refused.
    pub code: Option<String>,
    /// The id of the request at Clerk.
    pub trace_id: Option<TraceId>,
    /// From sending it to the last byte of its answer.
    pub took: Duration,
    /// It was kept back by a [dry run](super::Clerk::dry_run): nothing was sent.
    pub is_kept_back: bool,
}

/// What a request carried, its secrets left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SentBody {
    /// Nothing.
    Empty,
    /// JSON.
    Json(String),
    /// A file of this name and type.
    File {
        /// What it is called.
        name: String,
        /// Its type, `image/png`.
        content_type: String,
    },
}

impl SentBody {
    pub(super) fn of(body: &Body) -> Self {
        match body {
            Body::Empty => Self::Empty,
            Body::Json(bytes) => Self::Json(without_secrets(bytes)),
            Body::File(file) => Self::File { name: file.name.clone(), content_type: file.content_type.clone() },
        }
    }
}

impl Exchange {
    /// What is about to be sent to `url`.
    pub(super) fn begin(request: &Request, url: &str, at: Timestamp) -> Self {
        let path = url.split_once("/v1/").map_or(request.path.as_str(), |(_, rest)| rest);
        Self {
            at,
            method: request.method.to_string(),
            path: format!("/{}", path.trim_start_matches('/')),
            url: url.to_owned(),
            body: SentBody::of(&request.body),
            status: None,
            code: None,
            trace_id: None,
            took: Duration::ZERO,
            is_kept_back: false,
        }
    }

    /// The same request as a command for a POSIX shell. The key is taken from the environment: `$CLERK_SECRET_KEY`.
    ///
    /// ```
    /// # use lazyclerk::clerk::{Exchange, SentBody};
    /// # let exchange = Exchange { at: Default::default(), method: "POST".into(), path: "/users/user_1/ban".into(),
    /// #     url: "https://api.clerk.com/v1/users/user_1/ban".into(), body: SentBody::Empty, status: Some(200), code: None,
    /// #     trace_id: None, took: Default::default(), is_kept_back: false };
    /// assert_eq!(
    ///     exchange.curl(),
    ///     "curl -X POST 'https://api.clerk.com/v1/users/user_1/ban' \
    ///      -H \"Authorization: Bearer $CLERK_SECRET_KEY\" -H 'Clerk-API-Version: 2026-05-12'"
    /// );
    /// ```
    #[must_use]
    pub fn curl(&self) -> String {
        let mut command = "curl".to_owned();
        if self.method != "GET" {
            // Writing into a string cannot fail.
            let _ = write!(command, " -X {}", self.method);
        }
        let (url, version) = (quoted(&self.url), quoted(&format!("Clerk-API-Version: {API_VERSION}")));
        let _ = write!(command, " {url} -H \"Authorization: Bearer {KEY_VARIABLE}\" -H {version}");
        match &self.body {
            SentBody::Empty => {}
            SentBody::Json(text) => {
                let _ = write!(command, " -H 'Content-Type: application/json' -d {}", quoted(text));
            }
            SentBody::File { name, content_type } => {
                let _ = write!(command, " -F {}", quoted(&format!("file=@{name};type={content_type}")));
            }
        }
        command
    }
}

/// In single quotes, as any POSIX shell takes it for what it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn without_secrets(bytes: &[u8]) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::from_slice(bytes) else { return String::new() };
    for (name, value) in &mut fields {
        if SECRET_FIELDS.contains(&name.as_str()) && !value.is_null() {
            *value = HIDDEN.into();
        }
    }
    Value::Object(fields).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::body::{Fields, File};

    fn exchange(method: reqwest::Method, url: &str, body: Body) -> Exchange {
        let request = Request { method, body, ..Request::get(&["users"]).unwrap() };
        Exchange::begin(&request, url, Timestamp::default())
    }

    #[test]
    fn a_command_asks_the_same_without_the_key() {
        let list = exchange(reqwest::Method::GET, "https://api.clerk.com/v1/users?query=o'neill&limit=10", Body::Empty);
        assert_eq!(list.path, "/users?query=o'neill&limit=10");
        assert_eq!(
            list.curl(),
            "curl 'https://api.clerk.com/v1/users?query=o'\\''neill&limit=10' \
             -H \"Authorization: Bearer $CLERK_SECRET_KEY\" -H 'Clerk-API-Version: 2026-05-12'"
        );
        let file = Body::File(File { name: "a.png".into(), content_type: "image/png".into(), bytes: vec![1] });
        let upload = exchange(reqwest::Method::POST, "http://127.0.0.1:1/v1/users/u/profile_image", file);
        assert!(upload.curl().ends_with(" -F 'file=@a.png;type=image/png'"), "{}", upload.curl());
    }

    #[test]
    fn what_is_secret_in_a_body_is_left_out() {
        let fields = Fields::default().set("first_name", "Ada").set("password", "hunter2").set("code", "123456");
        let sent = exchange(reqwest::Method::POST, "https://api.clerk.com/v1/users", Body::from(fields));
        let expected = r#"{"code":"***","first_name":"Ada","password":"***"}"#;
        assert_eq!(sent.body, SentBody::Json(expected.into()));
        assert!(sent.curl().ends_with(&format!("-d '{expected}'")));
    }
}
