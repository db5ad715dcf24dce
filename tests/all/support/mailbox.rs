//! A mail server on this machine, for what leaves the house: it takes letters, refuses them, or goes away in the
//! middle of one.

use base64::Engine as _;
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What it does with the next letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    Takes,
    /// Says that there is nobody of that name, with the name in its words, as servers do.
    Refuses,
    /// Takes it and is gone before it says so.
    Breaks,
}

/// A letter that it has.
#[derive(Debug, Clone)]
pub struct Received {
    /// To whom.
    pub to: String,
    /// Head and body as they came.
    pub raw: String,
}

/// The server.
#[derive(Debug, Clone)]
pub struct Mailbox {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    letters: Arc<Mutex<Vec<Received>>>,
}

impl Mailbox {
    /// Opens it.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mailbox = Self {
            port: listener.local_addr().unwrap().port(),
            mood: Arc::new(Mutex::new(Mood::Takes)),
            letters: Arc::default(),
        };
        let server = mailbox.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        });
        mailbox
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// From now on.
    pub fn feel(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// What came, once.
    pub fn take(&self) -> Vec<Received> {
        std::mem::take(&mut *self.letters.lock().unwrap())
    }

    /// A conversation, to its end.
    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut to = String::new();
        write.write_all(b"220 mail.example\r\n").await.ok()?;
        loop {
            let line = lines.next_line().await.ok()??;
            let mood = *self.mood.lock().unwrap();
            let answer = match line.get(..4).unwrap_or(&line).to_ascii_uppercase().as_str() {
                "EHLO" => "250 mail.example\r\n".to_owned(),
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    match mood {
                        Mood::Refuses => format!("550 <{to}> is nobody here\r\n"),
                        _ => "250 yes\r\n".to_owned(),
                    }
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.ok()?;
                    let mut raw = String::new();
                    loop {
                        let line = lines.next_line().await.ok()??;
                        if line == "." {
                            break;
                        }
                        raw += line.strip_prefix('.').unwrap_or(&line);
                        raw += "\r\n";
                    }
                    let to = to.clone();
                    self.letters.lock().unwrap().push(Received { to, raw });
                    if mood == Mood::Breaks {
                        return None;
                    }
                    "250 taken\r\n".to_owned()
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await.ok()?;
                    return None;
                }
                _ => "250 yes\r\n".to_owned(),
            };
            write.write_all(answer.as_bytes()).await.ok()?;
        }
    }
}

impl Received {
    /// The parts of the body, decoded.
    pub fn body(&self) -> Vec<String> {
        let (_, rest) = self.raw.split_once("boundary=\"").unwrap();
        let (boundary, rest) = rest.split_once('"').unwrap();
        let mark = format!("--{boundary}");
        rest.split(mark.as_str())
            .skip(1)
            .filter(|part| !part.starts_with("--"))
            .filter_map(|part| part.split_once("\r\n\r\n"))
            .map(|(head, body)| decoded(&head.to_ascii_lowercase(), body))
            .collect()
    }

    /// All that can be read of it, whatever way it is written.
    pub fn says(&self) -> String {
        format!("{}\n{}", self.raw, self.body().join("\n"))
    }
}

fn decoded(head: &str, body: &str) -> String {
    if head.contains("base64") {
        let signs: String = body.split_whitespace().collect();
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(signs)
            .unwrap();
        return String::from_utf8(bytes).unwrap();
    }
    if head.contains("quoted-printable") {
        return quoted(&body.replace("=\r\n", ""));
    }
    body.to_owned()
}

fn quoted(body: &str) -> String {
    let mut bytes = Vec::new();
    let mut signs = body.bytes();
    while let Some(sign) = signs.next() {
        if sign == b'=' {
            let pair = [signs.next().unwrap(), signs.next().unwrap()];
            bytes.extend(hex::decode(pair).unwrap());
        } else {
            bytes.push(sign);
        }
    }
    String::from_utf8(bytes).unwrap()
}
