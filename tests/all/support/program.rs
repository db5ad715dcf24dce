//! The program itself, as an operator runs it: other processes, with an environment of their own. Nothing here
//! waits for ever, and nothing that was started stays.

use super::TestDb;
use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

/// A command that reads the database, and a server that starts, are done long before.
const PATIENCE: Duration = Duration::from_mins(1);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// What a program said, and how it ended.
#[derive(Debug)]
pub struct Said {
    /// What it exited with; none if a signal killed it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A folder of one test's program, with a master key and room for documents; gone with it.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    settings: Vec<(String, String)>,
}

impl Place {
    /// With the settings of `sanad serve` and of the operator's commands over that database.
    pub fn over(db: &TestDb) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("sanad-program-{}-{n}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("files")).unwrap();
        let mut place = Self {
            folder,
            settings: Vec::new(),
        };
        place.master_key(&hex::encode("the master key of all the tests."));
        for (setting, role) in [
            ("SANAD_OWNER_DATABASE_URL", "postgres"),
            ("DATABASE_URL", "sanad_app"),
            ("SANAD_STAT_DATABASE_URL", "sanad_stat"),
        ] {
            place.set(setting, &url(db, role));
        }
        let (key, files) = (place.file("master-key"), place.file("files"));
        place.set("SANAD_MASTER_KEY_FILE", &key.display().to_string());
        place.set("SANAD_FILES_DIR", &files.display().to_string());
        place.set("SANAD_REQUIRE_SECOND_FACTOR", "false");
        place
    }

    /// A file of the place.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Another setting, or another value.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Another master key, as its file has it.
    pub fn master_key(&self, digits: &str) {
        let file = self.file("master-key");
        let _ = fs::remove_file(&file);
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(file)
            .unwrap();
        writeln!(file, "{digits}").unwrap();
    }

    /// Runs `sanad` with these arguments to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        self.start(arguments).end(PATIENCE)
    }

    /// Runs `sanad serve` to the end that its settings deserve: it must not come to serve.
    pub fn refused(&mut self) -> Said {
        self.set("SANAD_LISTEN", "127.0.0.1:0");
        self.set("SANAD_PUBLIC_URL", "http://127.0.0.1:1");
        self.run(&["serve"])
    }

    /// Starts `sanad serve`, and waits until it answers.
    pub fn serve(&mut self) -> Server {
        // free a moment ago, and nobody else is about to take it
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        self.set("SANAD_LISTEN", &address.to_string());
        self.set("SANAD_PUBLIC_URL", &format!("http://{address}"));
        let mut server = Server {
            program: self.start(&["serve"]),
            address,
        };
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = server.program.ended() {
                panic!("sanad serve ended: {status}\n{}", server.program.heard());
            }
            if server
                .ask("GET", "/readyz", "", "")
                .starts_with("HTTP/1.1 200")
            {
                return server;
            }
            std::thread::sleep(PAUSE);
        }
        panic!("sanad serve does not answer\n{}", server.program.heard());
    }

    fn start(&self, arguments: &[&str]) -> Program {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        // files: a pipe that nobody reads fills up, and one that is closed is an error
        let files = ["out", "err"].map(|kind| self.file(&format!("{kind}-{n}")));
        let [out, err] = files.each_ref().map(|file| fs::File::create(file).unwrap());
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanad"));
        for (name, _) in std::env::vars_os() {
            // settings of the machine lead no test astray
            let name = name.to_string_lossy().into_owned();
            if [
                "SANAD_",
                "PG",
                "AWS_",
                "DATABASE_URL",
                "CREDENTIALS_DIRECTORY",
            ]
            .iter()
            .any(|head| name.starts_with(head))
            {
                command.env_remove(name);
            }
        }
        let child = command
            .args(arguments)
            .envs(self.settings.iter().cloned())
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn()
            .unwrap();
        Program { child, files }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// How a role reaches a test's database, as a setting has it.
pub fn url(db: &TestDb, role: &str) -> String {
    let options = db.options(role);
    let (port, socket) = (options.get_port(), options.get_socket().unwrap().display());
    format!(
        "postgres://{role}@localhost:{port}/{}?host={socket}",
        db.name()
    )
}

/// A process; killed when it is let go.
#[derive(Debug)]
struct Program {
    child: Child,
    files: [PathBuf; 2],
}

impl Program {
    /// How it exited, if it has.
    fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// What it has said so far.
    fn heard(&self) -> String {
        self.files.each_ref().map(|file| text(file)).concat()
    }

    fn end(mut self, patience: Duration) -> Said {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                let code = status.code();
                let [out, err] = self.files.each_ref().map(|file| text(file));
                return Said { code, out, err };
            }
            assert!(
                begun.elapsed() < patience,
                "the program does not end\n{}",
                self.heard()
            );
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(file: &Path) -> String {
    String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()
}

/// `sanad serve` that answers.
#[derive(Debug)]
pub struct Server {
    program: Program,
    address: SocketAddr,
}

impl Server {
    /// Asks as somebody of the world, whose cookie is their name; the whole answer, empty if there is none.
    pub fn ask(&self, method: &str, path: &str, username: &str, body: &str) -> String {
        let address = self.address;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
             Sec-Fetch-Site: same-origin\r\nCookie: sid={username}; lang=en\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let answer = || {
            let mut stream = self.connect()?;
            stream.write_all(head.as_bytes())?;
            stream.write_all(body.as_bytes())?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok::<_, std::io::Error>(String::from_utf8_lossy(&answer).into_owned())
        };
        answer().unwrap_or_default()
    }

    /// A connection to it, on which nothing was said.
    pub fn connect(&self) -> std::io::Result<TcpStream> {
        let stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    /// Sends SIGTERM, and waits for the end.
    pub fn stop(self) -> Said {
        let asked = Command::new("kill")
            .args(["-TERM", &self.program.child.id().to_string()])
            .status()
            .unwrap();
        assert!(asked.success(), "kill");
        self.program.end(PATIENCE)
    }
}
