//! A server of public things on loopback: certificates, lists, answers of responders.

use std::future::Future;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Answers nothing until it is told how.
pub(crate) struct PublicServer {
    listener: TcpListener,
}

impl PublicServer {
    pub(crate) async fn start() -> Self {
        Self {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.listener.local_addr().unwrap())
    }

    /// Answers requests below `path` with a status and a body, made of the request's body, for as long as `asking`
    /// takes.
    pub(crate) async fn while_answering<T>(
        &self,
        path: &str,
        answer: impl Fn(&[u8]) -> (u16, Vec<u8>),
        asking: impl Future<Output = T>,
    ) -> T {
        let answering = async {
            loop {
                let (mut stream, _) = self.listener.accept().await.unwrap();
                let (asked, body) = read(&mut stream).await;
                let (status, body) = match asked.starts_with(path) {
                    true => answer(&body),
                    false => (404, Vec::new()),
                };
                let head = format!(
                    "HTTP/1.1 {status} x\r\nContent-Length: {}\r\nLocation: /elsewhere\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                // Who reads only as much as it wants hangs up on the rest.
                let _ = stream.write_all(&[head.as_bytes(), &body].concat()).await;
                let _ = stream.shutdown().await;
            }
        };
        tokio::select! {
            told = asking => told,
            () = answering => unreachable!("it answers for ever"),
        }
    }
}

/// The path and the body of a request.
async fn read(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    loop {
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = head {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let length = head.lines().find_map(|line| {
                let line = line.to_ascii_lowercase();
                line.strip_prefix("content-length: ")?.parse().ok()
            });
            let body = bytes[end + 4..].to_vec();
            if body.len() >= length.unwrap_or(0_usize) {
                return (path, body);
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return (String::new(), bytes);
        }
    }
}
