//! Letters that leave the house, by SMTP, from a server that is told where to bring them. Nothing is sent until
//! that is configured. A letter holds no name of a child, no number of a file, no place (decision 0075).

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use std::{fmt, net::IpAddr, time::Duration};
use uuid::Uuid;

/// How long a mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Longest address that mail servers agree on.
const LONGEST: usize = 254;

/// Where letters go out, and in whose name.
#[derive(Clone)]
pub struct Settings {
    url: String,
    from: Mailbox,
}

/// Prints no password.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Settings({})", self.from.email.domain())
    }
}

impl Settings {
    /// From the two settings; what is wrong with them, in one line each, without the password.
    pub fn parse(url: &str, from: &str) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        if let Err(fault) = check(url) {
            faults.push(format!("SANAD_SMTP_URL: {fault}"));
        }
        match from.parse::<Mailbox>() {
            Ok(from) if faults.is_empty() => {
                return Ok(Self {
                    url: url.to_owned(),
                    from,
                });
            }
            Ok(_) => {}
            Err(_) => faults.push(format!(
                "SANAD_MAIL_FROM: \"{from}\" is not an address such as Sanad <sanad@example.ma>"
            )),
        }
        Err(faults)
    }
}

/// An address of a server that is spoken to under TLS; in clear on this machine alone.
fn check(url: &str) -> Result<(), String> {
    let parsed: http::Uri = url
        .parse()
        .map_err(|_| "not an address such as smtps://user:password@mail.example.ma".to_owned())?;
    let host = parsed.host().unwrap_or_default();
    let here = host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
    let query = parsed.query().unwrap_or_default();
    match parsed.scheme_str() {
        _ if host.is_empty() => Err("it names no server".to_owned()),
        Some("smtps") => Ok(()),
        Some("smtp") if here || query.split('&').any(|part| part == "tls=required") => Ok(()),
        Some("smtp") => Err(format!(
            "{host} would be spoken to in clear: smtps://…, or smtp://… with ?tls=required"
        )),
        _ => Err("not smtps:// or smtp://".to_owned()),
    }?;
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .map(|_| ())
        .map_err(|_| "not an address such as smtps://user:password@mail.example.ma".to_owned())
}

/// An address that letters can go to, as somebody types it.
pub fn parse_address(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.is_ascii() && text.len() <= LONGEST && text.parse::<Address>().is_ok();
    // an address without a dot in its domain is of one machine
    let named = text
        .rsplit_once('@')
        .is_some_and(|(_, domain)| domain.contains('.') && !domain.starts_with('['));
    (plain && named).then(|| text.to_owned())
}

/// What is written: the same words twice, for any reader of mail.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// As text.
    pub text: String,
    /// As a page.
    pub html: String,
}

/// Why a letter did not leave. Holds no address: a server's own words may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// The server said no; nothing was sent.
    #[error("the mail server answered {0}")]
    Refused(u16),
    /// The line broke: perhaps it was sent.
    #[error("the mail server did not answer to the end")]
    Unknown,
    /// It cannot be written.
    #[error("a letter cannot be written")]
    Unwritable,
}

/// Brings letters to the server.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    site: String,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer(…)")
    }
}

impl Mailer {
    /// By those settings, with links to that site.
    pub fn new(settings: &Settings, site: &str) -> Result<Self, lettre::transport::smtp::Error> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.url)?;
        Ok(Self {
            transport: transport.timeout(Some(PATIENCE)).build(),
            from: settings.from.clone(),
            site: site.to_owned(),
        })
    }

    /// A link into Sanad.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    /// Whether the server answers: asked before a day's letters are taken in hand.
    pub async fn is_reachable(&self) -> bool {
        self.transport.test_connection().await.unwrap_or(false)
    }

    /// Sends one.
    pub async fn send(&self, to: &str, letter: Letter) -> Result<(), Undelivered> {
        let to: Address = to.parse().map_err(|_| Undelivered::Unwritable)?;
        let id = format!("<{}@{}>", Uuid::new_v4(), self.from.email.domain());
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .message_id(Some(id))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(letter.text, letter.html))
            .map_err(|_| Undelivered::Unwritable)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.status().map_or(Undelivered::Unknown, |code| {
                Undelivered::Refused(code.into())
            })),
        }
    }
}

/// Written by a program: nobody's absence answers it (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_counts_travel_under_tls_or_not_at_all() {
        let from = "Sanad <sanad@example.ma>";
        for url in [
            "smtps://user:pass%40word@mail.example.ma",
            "smtp://mail.example.ma:587?tls=required",
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
        ] {
            assert!(Settings::parse(url, from).is_ok(), "{url}");
        }
        for url in [
            "smtp://user:secret@mail.example.ma",
            "smtp://mail.example.ma?tls=opportunistic",
            "https://mail.example.ma",
            "mail.example.ma",
            "",
        ] {
            let faults = Settings::parse(url, from).unwrap_err();
            assert!(!faults.concat().contains("secret"), "{faults:?}");
        }
        let both = Settings::parse("x", "not an address").unwrap_err();
        assert_eq!(both.len(), 2, "each is told");
        let settings = Settings::parse("smtps://user:secret@mail.example.ma", from).unwrap();
        assert!(!format!("{settings:?}").contains("secret"));
    }

    #[test]
    fn an_address_has_a_box_and_a_domain() {
        for (text, valid) in [
            ("  amina@cell.example.ma ", true),
            ("amina", false),
            ("amina@localhost", false),
            ("amina@[127.0.0.1]", false),
            ("Amina <amina@example.ma>", false),
            ("a@example.ma, b@example.ma", false),
            ("a@example.ma\r\nBcc: b@example.ma", false),
        ] {
            assert_eq!(parse_address(text).is_some(), valid, "{text}");
        }
    }
}
