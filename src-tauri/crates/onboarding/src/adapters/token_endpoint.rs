use std::{
    future::Future,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use aws_lc_rs::{constant_time::verify_slices_are_equal, rand};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use keystore::Secret;
use serde::Serialize;
use serde_json::json;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{Explanation, Failure, FailureKind, Language, explain};

/// What gives the token of the moment.
pub trait TokenSource: Send + Sync + 'static {
    /// A token that still has some seconds left.
    fn token(&self) -> impl Future<Output = Result<ServedToken, Failure>> + Send;
}

/// A token as it is handed to a test tool, in the form of Maskinporten's own answer.
#[derive(Debug)]
pub struct ServedToken {
    /// The token.
    pub access_token: Secret<String>,
    /// Seconds left.
    pub expires_in: u64,
    /// What was granted.
    pub scope: String,
}

/// A server on this machine's loopback that gives test tools the token of one profile, until it
/// is stopped or dropped.
///
/// Whoever can read the address can fetch tokens, so a fresh key of 256 bits stands in it. Web
/// pages are kept out twice: the name they would have to rebind is refused by its `Host`, and
/// what a browser sends by its `Origin` and `Sec-Fetch-Site`.
#[derive(Debug)]
pub struct TokenEndpoint {
    addr: SocketAddr,
    key: Secret<String>,
    is_stopped: Arc<AtomicBool>,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl TokenEndpoint {
    /// Starts listening on `127.0.0.1`; port 0 takes any free one. Must be called inside a tokio
    /// runtime. `language` is that of what goes wrong.
    ///
    /// Errors with `serve_port_taken` when the port is taken.
    pub async fn start<S: TokenSource>(
        port: u16,
        language: Language,
        source: S,
    ) -> Result<Self, Failure> {
        let taken = |_| Failure::new("serve_port_taken").with("port", port.to_string());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(taken)?;
        let addr = listener.local_addr().map_err(taken)?;
        let key = make_key()?;
        let is_stopped = Arc::<AtomicBool>::default();
        let served = Arc::new(Served {
            is_stopped: Arc::clone(&is_stopped),
            port: addr.port(),
            // Two holders of one key: the address that is shown, and the comparison.
            key: Secret::new(key.expose().clone()),
            language,
            source,
        });
        let router = Router::new().fallback(answer::<S>).with_state(served);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            // A dropped sender means a dropped endpoint, which is to stop as well.
            let _ = stopped.await;
        });
        Ok(Self {
            addr,
            key,
            is_stopped,
            stop: Some(stop),
            serving: tokio::spawn(async { server.await }),
        })
    }

    /// The address of the token as JSON. Whoever has it can fetch tokens: it is shown to the user,
    /// and never logged.
    pub fn url(&self) -> String {
        // The key is of no use without the address around it.
        format!("http://{}/{}/token", self.addr, self.key.expose())
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.addr.port()
    }

    /// Stops listening, and returns when all is closed. From now on no token is given: an answer
    /// under way finishes without.
    pub async fn stop(mut self) {
        self.is_stopped.store(true, Ordering::SeqCst);
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only when the server has ended by itself.
            let _ = stop.send(());
        }
        if tokio::time::timeout(STOP_WAIT, &mut self.serving)
            .await
            .is_err()
        {
            self.serving.abort();
        }
    }
}

impl Drop for TokenEndpoint {
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::SeqCst);
        self.serving.abort();
    }
}

struct Served<S> {
    is_stopped: Arc<AtomicBool>,
    port: u16,
    key: Secret<String>,
    language: Language,
    source: S,
}

/// How the token is wanted.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Text,
}

async fn answer<S: TokenSource>(
    State(served): State<Arc<Served<S>>>,
    request: Request,
) -> Response {
    let mut response = match admitted(&served, &request) {
        Ok(form) => give(&served, form).await,
        Err(status) => status.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let headers = response.headers_mut();
        headers.insert(header::ALLOW, HeaderValue::from_static("GET"));
    }
    response
}

/// Who may have the token. The key is looked at last, so that a page can learn nothing of it.
fn admitted<S>(served: &Served<S>, request: &Request) -> Result<Form, StatusCode> {
    let headers = request.headers();
    if !is_own_host(headers, served.port) || is_from_a_page(headers) {
        return Err(StatusCode::FORBIDDEN);
    }
    if request.method() != Method::GET {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let path = request.uri().path().strip_prefix('/').unwrap_or_default();
    let (key, form) = match path.split_once('/') {
        Some((key, "token")) => (key, Form::Json),
        Some((key, "token.txt")) => (key, Form::Text),
        _ => return Err(StatusCode::NOT_FOUND),
    };
    // Compared in constant time.
    verify_slices_are_equal(key.as_bytes(), served.key.expose().as_bytes())
        .map(|()| form)
        .map_err(|_| StatusCode::NOT_FOUND)
}

/// Exactly one `Host`, and it is this server by its address or by the name of loopback.
fn is_own_host(headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    own.iter().any(|own| host.as_bytes() == own.as_bytes())
}

/// Browsers name the page that asks (Fetch §3.2; Fetch Metadata §2); test tools do not.
fn is_from_a_page(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site")
}

async fn give<S: TokenSource>(served: &Served<S>, form: Form) -> Response {
    let token = match served.source.token().await {
        Ok(token) => token,
        Err(failure) => return refuse(&failure, served.language),
    };
    // It may have been fetched for minutes, in which the user turned the address off.
    if served.is_stopped.load(Ordering::SeqCst) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    // What was asked for by one who knows the key.
    let access_token = token.access_token.expose();
    match form {
        Form::Json => json_answer(
            StatusCode::OK,
            &json!({
                "access_token": access_token,
                "token_type": "Bearer",
                "expires_in": token.expires_in,
                "scope": token.scope,
            }),
        ),
        Form::Text => access_token.clone().into_response(),
    }
}

/// The same members as a failure of the command line.
fn refuse(failure: &Failure, language: Language) -> Response {
    let status = match failure.kind() {
        FailureKind::Refused | FailureKind::Network => StatusCode::BAD_GATEWAY,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    let Explanation {
        what, why, todo, ..
    } = explain(failure, language);
    let body = json!({ "code": failure.code, "what": what, "why": why, "do": todo });
    json_answer(status, &body)
}

fn json_answer(status: StatusCode, body: &impl Serialize) -> Response {
    let text = serde_json::to_string(body).expect("strings and numbers always become JSON");
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, text).into_response()
}

/// 256 random bits in hexadecimal.
fn make_key() -> Result<Secret<String>, Failure> {
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes).map_err(|_| Failure::new("serve_unavailable"))?;
    Ok(Secret::new(
        bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    ))
}

/// How long an answer under way may take after a stop.
const STOP_WAIT: Duration = Duration::from_secs(1);
