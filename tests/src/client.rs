//! An HTTP client typed by `shared::dto`, one per signed-in person.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::calendar::Millis;
use shared::dto::session::{ChangePassword, Session, Setup, SignIn};
use shared::problem::Problem;

static KEYS: AtomicU64 = AtomicU64::new(1);

/// A person's browser: a base address, a cookie, a clock.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
    cookie: Option<String>,
    now: Option<Millis>,
}

/// A request on its way.
#[derive(Clone)]
pub struct Request<'a> {
    client: &'a Client,
    method: &'a str,
    /// Before the path: `/api/v1`, or nothing.
    root: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    /// Nobody signed in.
    pub fn new(base: &str) -> Self {
        // A request may be refused before its body is read; workerd then closes the connection, so none
        // is used twice.
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_idle_connections(0)
            .build();
        Self { agent: config.into(), base: base.to_owned(), cookie: None, now: None }
    }

    /// The same person at another time; only a server started with a test clock listens to it.
    #[must_use]
    pub fn at(&self, now: Millis) -> Self {
        Self { now: Some(now), ..self.clone() }
    }

    /// The same person after the server moved to another address.
    #[must_use]
    pub fn moved(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// The same browser without its cookie.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Self { cookie: None, ..self.clone() }
    }

    /// The same browser with another session's cookie.
    #[must_use]
    pub fn with_cookie(&self, cookie: &str) -> Self {
        Self { cookie: Some(cookie.to_owned()), ..self.clone() }
    }

    /// The session cookie, `name=value`.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// A request with the header that tells a page's own requests from other sites'.
    pub fn request<'a>(&'a self, method: &'a str, path: &str) -> Request<'a> {
        let mut headers = vec![("x-fenji".to_owned(), "1".to_owned())];
        if let Some(cookie) = &self.cookie {
            headers.push(("cookie".to_owned(), cookie.clone()));
        }
        if let Some(now) = self.now {
            headers.push(("x-fenji-now".to_owned(), now.to_string()));
        }
        Request { client: self, method, root: "/api/v1", path: path.to_owned(), headers, body: None }
    }

    /// A request of any path of the host, as a stranger's browser sends it: nothing of ours goes with it.
    pub fn visit<'a>(&'a self, method: &'a str, path: &str) -> Request<'a> {
        let mut headers = vec![("accept-language".to_owned(), "zh-CN".to_owned())];
        if let Some(now) = self.now {
            headers.push(("x-fenji-now".to_owned(), now.to_string()));
        }
        Request { client: self, method, root: "", path: path.to_owned(), headers, body: None }
    }

    /// Reads a resource.
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    /// Creates a resource under a fresh idempotency key.
    pub fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        self.request("POST", path).fresh_key().json(body).send()
    }

    /// Replaces a resource that is at this version.
    pub fn put(&self, path: &str, version: i64, body: &impl Serialize) -> Answer {
        self.request("PUT", path).if_version(version).json(body).send()
    }

    /// Signs in and keeps the cookie.
    pub fn sign_in(&mut self, login: &str, password: &str) -> Result<Session, Problem> {
        let body = SignIn { login: login.to_owned(), password: password.to_owned() };
        let answer = self.request("POST", "/session").json(&body).send();
        self.keep(&answer);
        answer.result()
    }

    /// Makes the first admin and keeps the cookie.
    pub fn set_up(&mut self, setup: &Setup) -> Result<Session, Problem> {
        let answer = self.request("POST", "/setup").json(setup).send();
        self.keep(&answer);
        answer.result()
    }

    /// Changes the own password.
    pub fn change_password(&mut self, current: &str, new: &str) -> Result<(), Problem> {
        let body = ChangePassword { current: current.to_owned(), new: new.to_owned() };
        let answer = self.request("PUT", "/session/password").json(&body).send();
        self.keep(&answer);
        if answer.status < 300 { Ok(()) } else { Err(answer.problem()) }
    }

    fn keep(&mut self, answer: &Answer) {
        if let Some(set) = answer.header("set-cookie") {
            let pair = set.split(';').next().unwrap_or_default();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
    }
}

impl Request<'_> {
    /// Adds a header, in place of an earlier one of the name.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Leaves a header out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Asks that the resource still be at this version.
    #[must_use]
    pub fn if_version(self, version: i64) -> Self {
        self.header("if-match", &format!("\"v{version}\""))
    }

    /// Gives a key never used before.
    #[must_use]
    pub fn fresh_key(self) -> Self {
        let key = format!("test-{}-{}", std::process::id(), KEYS.fetch_add(1, Ordering::Relaxed));
        self.header("idempotency-key", &key)
    }

    /// A JSON body.
    #[must_use]
    pub fn json(self, body: &impl Serialize) -> Self {
        let bytes = serde_json::to_vec(body).expect("the body serializes");
        self.header("content-type", "application/json").bytes(bytes)
    }

    /// A form of a page.
    #[must_use]
    pub fn form(self, text: &str) -> Self {
        self.header("content-type", "application/x-www-form-urlencoded").bytes(text.as_bytes().to_vec())
    }

    /// A body as it is.
    #[must_use]
    pub fn bytes(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    /// Sends it; a broken connection is a failed test.
    pub fn send(self) -> Answer {
        let what = format!("{} {}", self.method, self.path);
        self.try_send().unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    /// Sends a body that is too large until the refusal comes through, at most ten times: it is refused by
    /// its announced length, so that the connection may end while it is on its way, and the answer with it.
    pub fn send_too_large(self) -> Answer {
        let answer = (0..10).find_map(|_| self.clone().try_send().ok());
        answer.unwrap_or_else(|| panic!("{} {}: no answer", self.method, self.path))
    }

    /// Sends it; a broken connection is an error.
    pub fn try_send(self) -> Result<Answer, ureq::Error> {
        let mut request = ureq::http::Request::builder()
            .method(self.method)
            .uri(format!("{}{}{}", self.client.base, self.root, self.path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut response = match self.body {
            Some(body) => self.client.agent.run(request.body(body).expect("a valid request"))?,
            None => self.client.agent.run(request.body(()).expect("a valid request"))?,
        };
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let body = response.body_mut().with_config().limit(64 << 20).read_to_vec()?;
        Ok(Answer { status: response.status().as_u16(), headers, body })
    }
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(self.status < 300, "{} {}", self.status, self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    /// The body of a refusal, which must be a well-formed problem.
    #[track_caller]
    pub fn problem(&self) -> Problem {
        assert!(self.status >= 400, "{} {}", self.status, self.text());
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        let problem: Problem =
            serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()));
        assert_eq!(problem.status, self.status);
        problem
    }

    /// Success or problem.
    #[track_caller]
    pub fn result<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        if self.status < 300 { Ok(self.ok()) } else { Err(self.problem()) }
    }

    /// The version in the ETag.
    #[track_caller]
    pub fn version(&self) -> i64 {
        let tag = self.header("etag").expect("an ETag");
        tag.trim_matches('"').trim_start_matches('v').parse().unwrap_or_else(|_| panic!("{tag}"))
    }

    /// Statements and rows read, which a server with a test clock reports.
    #[track_caller]
    pub fn cost(&self) -> (u64, u64) {
        let number = |name| {
            self.header(name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no {name}"))
        };
        (number("x-fenji-statements"), number("x-fenji-rows-read"))
    }
}
