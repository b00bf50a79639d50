//! One request: the only place from which anything leaves for the API.

use super::{
    body::Body,
    budget::{Budget, Lane},
    decode,
    endpoint::Endpoint,
    error::{Error, Refusal, TraceId},
    exchange::Exchange,
    guard::Guard,
    headers::{VERSION_HEADER, date, retry_after, trace_id, version},
    key::SecretKey,
    model::Timestamp,
    request::Request,
    retry::{self, Backoff},
};
use reqwest::{
    Client, Method, RequestBuilder, Response,
    header::{self, HeaderMap, HeaderValue},
    multipart::{Form, Part},
    redirect,
};
use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::{Duration, Instant},
};
use tokio::sync::mpsc::UnboundedSender;

/// The version of the contract that requests are made for.
pub const API_VERSION: &str = "2026-05-12";

const USER_AGENT: &str = concat!("lazyclerk/", env!("CARGO_PKG_VERSION"));

/// How long an answer may take, and how much of one is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time to get a connection: name, TCP and TLS.
    pub connect: Duration,
    /// Time for a request as a whole, from sending it to the last byte of its answer.
    pub answer: Duration,
    /// The longest body that is read, in bytes and unpacked. 500 users with three full metadata bags are about 20 MB.
    pub body: usize,
    /// The longest time before the first repeat; see [the policy](super::Clerk#repeats).
    ///
    /// [the policy]: super::Clerk#repeats
    pub first_repeat: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(30),
            body: 64 << 20,
            first_repeat: Backoff::FIRST,
        }
    }
}

/// Why no client could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The key cannot stand in a header.
    #[error("the secret key holds a character that cannot be sent")]
    Key,
    /// TLS is not to be had: most often no certificates are installed on this machine.
    #[error("no secure connection can be set up: {reason}; install the system's CA certificates")]
    Tls {
        /// The innermost cause.
        reason: String,
    },
}

/// What came, and what its headers said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<T> {
    /// The value.
    pub value: T,
    /// The HTTP status.
    pub status: u16,
    /// The id of the request at Clerk.
    pub trace_id: Option<TraceId>,
    /// When it was sent, by the clock of who sent it.
    pub date: Option<Timestamp>,
    /// The version of the API that answered.
    pub version: Option<String>,
}

impl Answer<Vec<u8>> {
    /// The same, read.
    pub(super) fn read<T>(self, decode: impl FnOnce(&[u8]) -> serde_json::Result<T>) -> Result<Answer<T>, Error> {
        let Self { value: body, status, trace_id, date, version } = self;
        match decode(&body) {
            Ok(value) => Ok(Answer { value, status, trace_id, date, version }),
            Err(error) => Err(Error::Unreadable { status, reason: decode::reason(&body, &error), trace_id }),
        }
    }
}

/// A connection to one API with one key.
pub(super) struct Transport {
    http: Client,
    endpoint: Endpoint,
    limits: Limits,
    budget: Budget,
    backoff: Backoff,
    guard: Guard,
    /// Who wants to see what is sent.
    watcher: Option<UnboundedSender<Exchange>>,
}

impl Transport {
    pub(super) fn new(endpoint: Endpoint, key: &SecretKey, limits: Limits, budget: Budget) -> Result<Self, SetupError> {
        let backoff = Backoff::new(limits.first_repeat, fastrand::Rng::new());
        let http = http_client(&endpoint, key, limits)?;
        Ok(Self { http, endpoint, limits, budget, backoff, guard: Guard::default(), watcher: None })
    }

    /// Tells `watcher` of every request, once it has ended.
    pub(super) fn watched_by(self, watcher: UnboundedSender<Exchange>) -> Self {
        Self { watcher: Some(watcher), ..self }
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(super) fn guard(&self) -> &Guard {
        &self.guard
    }

    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Sends `request`, again where that is safe and may help, and reads its answer with `decode`.
    pub(super) async fn send<T>(
        &self,
        lane: Lane,
        request: &Request,
        decode: impl FnOnce(&[u8]) -> serde_json::Result<T>,
    ) -> Result<Answer<T>, Error> {
        let answer = self.bytes(lane, request).await?.read(decode);
        if let Err(error) = &answer {
            let (status, trace_id) = (error.status(), error.trace_id());
            tracing::debug!(method = %request.method, path = request.path, status, trace_id, %error, "unreadable");
        }
        answer
    }

    /// The same without reading it: all that is alike whatever comes.
    pub(super) async fn bytes(&self, lane: Lane, request: &Request) -> Result<Answer<Vec<u8>>, Error> {
        // At once, since nobody has to wait for a turn to hear that there is none.
        self.guard.pass(request)?;
        retry::run(&self.budget, &self.backoff, lane, request, || self.send_once(request)).await
    }

    async fn send_once(&self, request: &Request) -> Result<Answer<Vec<u8>>, Error> {
        // It may have been switched while the request waited for its turn.
        self.guard.pass(request)?;
        let url = self.endpoint.url(&request.path, &request.parameters);
        let begun = self.watcher.as_ref().map(|_| {
            let now = Timestamp::from(jiff::Timestamp::now());
            (Exchange::begin(request, &url, now), Instant::now())
        });
        let builder = with_body(self.http.request(request.method.clone(), url), request);
        let result = match builder.send().await {
            Ok(response) if response.status().is_success() => self.read(response).await,
            Ok(response) => Err(Error::Refused(self.refusal(response).await)),
            Err(error) => Err(self.failure(error)),
        };
        if let Some((exchange, since)) = begun {
            self.tell(exchange, since, &result);
        }
        // The path alone: a query holds what was searched for.
        match &result {
            Ok(answer) => tracing::debug!(method = %request.method, path = request.path, status = answer.status),
            Err(error) => {
                let (status, code, trace_id) = (error.status(), error.code(), error.trace_id());
                tracing::debug!(method = %request.method, path = request.path, status, code, trace_id, "failed");
            }
        }
        result
    }

    fn tell(&self, exchange: Exchange, since: Instant, result: &Result<Answer<Vec<u8>>, Error>) {
        let took = since.elapsed();
        let exchange = match result {
            Ok(answer) => Exchange { took, status: Some(answer.status), trace_id: answer.trace_id.clone(), ..exchange },
            Err(error) => Exchange {
                took,
                status: error.status(),
                code: error.code().map(str::to_owned),
                trace_id: error.trace_id().map(str::to_owned),
                ..exchange
            },
        };
        if let Some(watcher) = &self.watcher {
            // Nobody watches any more when the program ends.
            let _ = watcher.send(exchange);
        }
    }

    /// Tells the watcher of a request that is not sent.
    pub(super) fn tell_kept_back(&self, request: &Request) {
        if let Some(watcher) = &self.watcher {
            let (url, now) = (self.endpoint.url(&request.path, &request.parameters), jiff::Timestamp::now());
            let exchange = Exchange { is_kept_back: true, ..Exchange::begin(request, &url, Timestamp::from(now)) };
            let _ = watcher.send(exchange);
        }
    }

    async fn read(&self, mut response: Response) -> Result<Answer<Vec<u8>>, Error> {
        let (status, trace_id) = (response.status().as_u16(), trace_id(response.headers()));
        let (date, version) = (date(response.headers()), version(response.headers()));
        match self.body(&mut response).await {
            Ok(value) => Ok(Answer { value, status, trace_id, date, version }),
            Err(BodyError::TooLong) => {
                let reason = format!("it is longer than {} bytes", self.limits.body);
                Err(Error::Unreadable { status, reason, trace_id })
            }
            Err(BodyError::Failed(error)) => Err(self.failure(error)),
        }
    }

    /// What an answer with another status than success says. The status is said even where its body breaks off.
    async fn refusal(&self, mut response: Response) -> Refusal {
        let (status, headers) = (response.status(), response.headers().clone());
        let body = self.body(&mut response).await.unwrap_or_default();
        let refusal = Refusal::from_body(status.as_u16(), &body);
        Refusal {
            trace_id: refusal.trace_id.or_else(|| trace_id(&headers)),
            retry_after: retry_after(status, &headers, jiff::Timestamp::now()),
            ..refusal
        }
    }

    async fn body(&self, response: &mut Response) -> Result<Vec<u8>, BodyError> {
        // The length that the server claims is not trusted with more than a page's worth of memory.
        let claimed = response.content_length().unwrap_or(0);
        if claimed > self.limits.body as u64 {
            return Err(BodyError::TooLong);
        }
        let mut body = Vec::with_capacity(usize::try_from(claimed).unwrap_or(0).min(1 << 20));
        while let Some(chunk) = response.chunk().await.map_err(BodyError::Failed)? {
            if body.len() + chunk.len() > self.limits.body {
                return Err(BodyError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn failure(&self, error: reqwest::Error) -> Error {
        let host = || self.endpoint.host().to_owned();
        match (error.is_connect(), error.is_timeout()) {
            (true, true) => {
                let reason = format!("no connection within {} s", self.limits.connect.as_secs_f64());
                Error::Unreachable { host: host(), reason }
            }
            (true, false) => Error::Unreachable { host: host(), reason: innermost(error) },
            (false, true) => Error::TimedOut { after: self.limits.answer },
            (false, false) => Error::Interrupted { reason: innermost(error) },
        }
    }
}

fn with_body(builder: RequestBuilder, request: &Request) -> RequestBuilder {
    match &request.body {
        Body::Empty if request.method == Method::GET => builder,
        // A server may answer 411 to a POST that does not say that it has nothing.
        Body::Empty => builder.header(header::CONTENT_LENGTH, 0),
        Body::Json(bytes) => builder.header(header::CONTENT_TYPE, "application/json").body(bytes.clone()),
        Body::File(file) => {
            let part = Part::bytes(file.bytes.clone()).file_name(file.name.clone());
            let typed = part.mime_str(&file.content_type);
            // A type that is none is left to Clerk, which looks at the bytes.
            let part = typed.unwrap_or_else(|_| Part::bytes(file.bytes.clone()).file_name(file.name.clone()));
            builder.multipart(Form::new().part("file", part))
        }
    }
}

enum BodyError {
    TooLong,
    Failed(reqwest::Error),
}

/// The HTTP client, with everything that is the same for all requests.
fn http_client(endpoint: &Endpoint, key: &SecretKey, limits: Limits) -> Result<Client, SetupError> {
    let mut authorization = HeaderValue::try_from(format!("Bearer {}", key.expose())).map_err(|_| SetupError::Key)?;
    // Left out of Debug.
    authorization.set_sensitive(true);
    let headers = HeaderMap::from_iter([
        (header::AUTHORIZATION, authorization),
        (VERSION_HEADER, HeaderValue::from_static(API_VERSION)),
        (header::ACCEPT, HeaderValue::from_static("application/json")),
    ]);
    // An error only says that there is a provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(headers)
        .redirect(redirect::Policy::none())
        .connect_timeout(limits.connect)
        .timeout(limits.answer);
    if endpoint.is_loopback() {
        // Neither a proxy nor a name server has any business with what goes to this machine.
        let addresses = [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), SocketAddr::from((Ipv6Addr::LOCALHOST, 0))];
        builder = builder.no_proxy().resolve_to_addrs("localhost", &addresses);
    }
    if endpoint.is_https() {
        builder = builder.https_only(true);
    } else {
        // No certificate is ever looked at, so none is loaded: it takes milliseconds, and a container may have none.
        builder = builder.tls_certs_only([]);
    }
    builder.build().map_err(|error| SetupError::Tls { reason: innermost(error) })
}

/// The cause at the bottom of an error. Those above repeat each other, and name the URL.
fn innermost(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}
