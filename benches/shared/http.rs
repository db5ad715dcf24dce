//! As much of HTTP as signing in and weighing a page needs.

use anyhow::Context;
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers, as they came.
    pub head: String,
    /// Body, as it travelled.
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of the cookie of that name that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let line = self
            .head
            .lines()
            .filter_map(|line| line.strip_prefix("set-cookie: "))
            .find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))?;
        line.split(';').next()
    }
}

/// A request of HTTP/1.0: the answer is not in pieces and ends with the connection.
pub fn send(
    to: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> anyhow::Result<Answer> {
    let mut stream = TcpStream::connect(to)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nhost: {to}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .context("an answer without an end of its headers")?;
    let body = bytes.split_off(end + 4);
    let head = String::from_utf8(bytes)?;
    let status = head.split(' ').nth(1).context("status")?.parse()?;
    Ok(Answer { status, head, body })
}
