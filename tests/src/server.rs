//! The built product in workerd, with a state folder of its own and a clock that stands still.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use shared::calendar::Millis;

use crate::client::Client;

/// 2026-03-26T02:00:00Z, 10:00 on the second day of the yearly review in China.
pub const NOW: Millis = 1_774_490_400_000;

/// The one-time secret a test server is started with.
pub const SECRET: &str = "only-for-tests-0123456789";

/// A running server; dropped, it is killed and its state is deleted.
pub struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    url: String,
    state: PathBuf,
}

impl Server {
    /// Starts one with an empty database.
    pub fn start() -> Self {
        Self::start_on(own_state())
    }

    /// Starts one with a copy of what another has [left](Self::leave).
    pub fn start_from(left: &Path) -> Self {
        let state = own_state();
        copy(left, &state).expect("the state is copied");
        Self::start_on(state)
    }

    fn start_on(state: PathBuf) -> Self {
        let (child, out, url) = spawn(&state);
        Self { child, out, url, state }
    }

    /// Ends it and leaves a copy of its state in a folder, to start others from.
    pub fn leave(mut self, folder: &Path) {
        self.kill();
        copy(&self.state, folder).expect("the state is copied");
    }

    /// A browser with nobody signed in.
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Everything that is stored, as bytes: files of the database and what is still to be written into it.
    pub fn stored(&self) -> Vec<u8> {
        let (mut folders, mut bytes) = (vec![self.state.join("v3")], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder of state") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    // A file of the moment may be gone by now.
                    bytes.extend(std::fs::read(path).unwrap_or_default());
                }
            }
        }
        bytes
    }

    /// Lets it be a time at which it does what is due by itself.
    pub fn tick(&mut self, time: Millis) {
        let input = self.child.stdin.as_mut().expect("piped");
        writeln!(input, "tick {time}").expect("the server listens");
        assert_eq!(line(&mut self.out), "ticked");
    }

    /// Kills it without a word, as a crash would.
    pub fn kill(&mut self) {
        self.child.kill().expect("the server was running");
        self.child.wait().expect("the server ends");
    }

    /// Starts it again on the same state.
    pub fn restart(&mut self) {
        (self.child, self.out, self.url) = spawn(&self.state);
    }

    /// The same state behind another process: kill and restart in one.
    pub fn crash(&mut self) {
        self.kill();
        self.restart();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // workerd may still be closing its files.
        for _ in 0..20 {
            if std::fs::remove_dir_all(&self.state).is_ok() || !self.state.exists() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
}

/// A folder of one's own, that is not there yet.
fn own_state() -> PathBuf {
    let nanos =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock").as_nanos();
    std::env::temp_dir().join(format!("fenji-test-{}-{nanos}", std::process::id()))
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn line(out: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    out.read_line(&mut line).expect("the server speaks");
    line.trim().to_owned()
}

fn spawn(state: &Path) -> (Child, BufReader<ChildStdout>, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the project's root");
    std::fs::create_dir_all(state).expect("a folder for state");
    let mut child = Command::new("node")
        .arg(root.join("tools/serve.mjs"))
        .args(["--port", "0", "--until-stdin-closes", "--setup-secret", SECRET])
        .args(["--test-now", &NOW.to_string()])
        .arg("--state")
        .arg(state)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    let ready = line(&mut out);
    let url =
        ready.strip_prefix("ready ").unwrap_or_else(|| panic!("instead of ready: {ready:?}")).to_owned();
    (child, out, url)
}
