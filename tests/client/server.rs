//! A server that misbehaves on purpose, byte by byte.

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What to do with one connection.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Read the request, send these bytes and close.
    Send(Vec<u8>),
    /// Read the request, send these bytes and then nothing more, without closing.
    Stall(Vec<u8>),
    /// Read the request and send these bytes over and over, for as long as they are taken.
    Flood { head: Vec<u8>, again: Vec<u8> },
    /// Close with the request unread, so that the client's connection is reset.
    Reset,
    /// Read the request, send these bytes, and from then on listen no more.
    SendAndLeave(Vec<u8>),
}

impl Act {
    pub(crate) fn send(text: &str) -> Self {
        Self::Send(text.as_bytes().to_vec())
    }

    /// A whole and right answer.
    pub(crate) fn answer(body: &str) -> Self {
        Self::send(&format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()))
    }
}

/// The server. It plays its acts in turn, one for each connection, and the last one for ever.
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(serve(listener, acts, Arc::clone(&requests)));
        Self { url, requests, task }
    }

    /// The first lines of the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, acts: Vec<Act>, requests: Arc<Mutex<Vec<String>>>) {
    // Connections that stall are kept open until the server goes.
    let mut open = Vec::new();
    let mut acts = acts.into_iter().peekable();
    let mut act = acts.next().expect("at least one act");
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        if matches!(act, Act::Reset) {
            requests.lock().unwrap().push("reset".to_owned());
            stream.readable().await.unwrap();
        } else {
            let request = read_request(&mut stream).await;
            requests.lock().unwrap().push(request);
        }
        match &act {
            Act::Send(bytes) => finish(&mut stream, bytes).await,
            Act::SendAndLeave(bytes) => {
                drop(listener);
                return finish(&mut stream, bytes).await;
            }
            Act::Stall(bytes) => {
                stream.write_all(bytes).await.unwrap();
                open.push(stream);
            }
            Act::Flood { head, again } => {
                stream.write_all(head).await.unwrap();
                while stream.write_all(again).await.is_ok() {}
            }
            Act::Reset => drop(stream),
        }
        act = acts.next().unwrap_or(act);
    }
}

async fn finish(stream: &mut TcpStream, bytes: &[u8]) {
    stream.write_all(bytes).await.unwrap();
    stream.shutdown().await.unwrap();
}

/// Reads a request to the end of its head, and gives back its first line.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => request.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&request).lines().next().unwrap_or_default().to_owned()
}
