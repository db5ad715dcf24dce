//! Settings, from the environment; `.env.example` explains each. What is missing or wrong is told in one
//! line each, all at once.

use crate::mail;
use axum::http::HeaderMap;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

/// How the server runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Address that users type, without a final slash.
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Connections for pages.
    pub pool_size: u32,
    /// Longest time for one request.
    pub request_timeout: Duration,
    /// Longest time for one that brings a file, on a slow line.
    pub upload_timeout: Duration,
    /// What one user may bring in files in 24 hours, in bytes.
    pub upload_quota: u64,
    /// A session dies after so long without a request.
    pub session_idle: Duration,
    /// A session dies after so long in any case.
    pub session_life: Duration,
    /// Largest body of a request, in bytes.
    pub body_limit: usize,
    /// Files that one person can open in an hour before it is written to the audit trail as unusual.
    pub openings_per_hour: i32,
    /// Open files that one worker can carry; above, the page of the team says so.
    pub caseload_ceiling: i32,
    /// Whether the roles that decide, send or give access must have a second factor.
    pub require_second_factor: bool,
    /// Where letters go out; none are sent without it.
    pub mail: Option<mail::Settings>,
    /// Invented people: every page says so.
    pub demo: bool,
    /// Whether background work is done: without it, what it would do is done while the reader waits.
    pub has_worker: bool,
}

/// The two connections of `sanad serve`.
#[derive(Debug, Clone)]
pub struct Databases {
    /// Role `sanad_app`.
    pub app: String,
    /// Role `sanad_stat`.
    pub stat: String,
    /// Background work; none is done without it.
    pub jobs: Option<JobSettings>,
}

/// What background work needs.
#[derive(Debug, Clone)]
pub struct JobSettings {
    /// Role `sanad_job`.
    pub database: String,
    /// File of the key that seals the audit trail.
    pub seal_key: PathBuf,
}

/// Where settings come from.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Collects faults, so that all are told at once.
struct Reader<'a> {
    lookup: Lookup<'a>,
    faults: Vec<String>,
}

impl Reader<'_> {
    fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name)
            .map(|v| v.trim().to_owned())
            .filter(|v| !v.is_empty())
    }

    fn or<T: std::str::FromStr>(&mut self, name: &str, default: T, expected: &str) -> T {
        match self.text(name).map(|v| v.parse::<T>().map_err(|_| v)) {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(value)) => {
                self.faults
                    .push(format!("{name}: \"{value}\" is not {expected}"));
                default
            }
        }
    }

    /// Both or neither: a letter has a sender, and a way.
    fn mail(&mut self) -> Option<mail::Settings> {
        let (url, from) = (self.text("SANAD_SMTP_URL"), self.text("SANAD_MAIL_FROM"));
        match (url, from) {
            (None, None) => None,
            (Some(url), Some(from)) => mail::Settings::parse(&url, &from)
                .map_err(|faults| self.faults.extend(faults))
                .ok(),
            (Some(_), None) => {
                self.required(
                    "SANAD_MAIL_FROM",
                    "in whose name letters go; SANAD_SMTP_URL needs it",
                );
                None
            }
            (None, Some(_)) => {
                self.required(
                    "SANAD_SMTP_URL",
                    "the mail server; SANAD_MAIL_FROM needs it",
                );
                None
            }
        }
    }

    fn required(&mut self, name: &str, what: &str) -> String {
        self.text(name).unwrap_or_else(|| {
            self.faults.push(format!("{name}: missing ({what})"));
            String::new()
        })
    }
}

impl JobSettings {
    /// Both or neither: a trail that is sealed without a signature promises what it does not hold.
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let database = reader.text("SANAD_JOB_DATABASE_URL")?;
        if database
            .parse::<sqlx::postgres::PgConnectOptions>()
            .is_err()
        {
            reader
                .faults
                .push("SANAD_JOB_DATABASE_URL: not a PostgreSQL address".to_owned());
        }
        let seal_key = reader.required(
            "SANAD_SEAL_KEY_FILE",
            "the file that `sanad audit key` made; SANAD_JOB_DATABASE_URL needs it",
        );
        Some(Self {
            database,
            seal_key: seal_key.into(),
        })
    }

    /// Reads the settings of `sanad audit seal`.
    pub fn required(lookup: Lookup<'_>) -> Result<Self, Vec<String>> {
        let mut reader = Reader {
            lookup,
            faults: Vec::new(),
        };
        reader.required(
            "SANAD_JOB_DATABASE_URL",
            "postgres://sanad_job:…@host/sanad",
        );
        match Self::read(&mut reader) {
            Some(settings) if reader.faults.is_empty() => Ok(settings),
            _ => Err(reader.faults),
        }
    }
}

impl Config {
    /// Reads the settings of `sanad demo`, which needs none.
    pub fn demo(lookup: Lookup<'_>) -> Result<Self, Vec<String>> {
        let mut reader = Reader {
            lookup,
            faults: Vec::new(),
        };
        let mut config = Self::read(&mut reader, false);
        config.demo = true;
        config.has_worker = true;
        if !config.listen.ip().is_loopback() {
            reader.faults.push(format!(
                "SANAD_LISTEN: the demonstration has known passwords and answers on this machine only, not on {}",
                config.listen
            ));
        }
        if reader.faults.is_empty() {
            Ok(config)
        } else {
            Err(reader.faults)
        }
    }

    /// Reads the settings of `sanad serve`.
    pub fn serve(lookup: Lookup<'_>) -> Result<(Self, Databases), Vec<String>> {
        let mut reader = Reader {
            lookup,
            faults: Vec::new(),
        };
        let app = reader.required("DATABASE_URL", "postgres://sanad_app:…@host/sanad");
        let stat = reader.required(
            "SANAD_STAT_DATABASE_URL",
            "postgres://sanad_stat:…@host/sanad",
        );
        for (name, url) in [("DATABASE_URL", &app), ("SANAD_STAT_DATABASE_URL", &stat)] {
            if !url.is_empty() && url.parse::<sqlx::postgres::PgConnectOptions>().is_err() {
                reader
                    .faults
                    .push(format!("{name}: not a PostgreSQL address"));
            }
        }
        let jobs = JobSettings::read(&mut reader);
        let mut config = Self::read(&mut reader, true);
        config.has_worker = jobs.is_some();
        if reader.text("SANAD_PUBLIC_URL").is_none() {
            reader
                .faults
                .push("SANAD_PUBLIC_URL: missing (https://… as users type it)".to_owned());
        }
        if !config.is_https() && !config.public_url.starts_with("http://127.0.0.1") {
            reader.faults.push(format!(
                "SANAD_PUBLIC_URL: \"{}\" is not https",
                config.public_url
            ));
        }
        if config.mail.is_some() && jobs.is_none() {
            reader.faults.push(
                "SANAD_JOB_DATABASE_URL: missing (letters are sent by background work; SANAD_SMTP_URL needs it)"
                    .to_owned(),
            );
        }
        if reader.faults.is_empty() {
            Ok((config, Databases { app, stat, jobs }))
        } else {
            Err(reader.faults)
        }
    }

    fn read(reader: &mut Reader<'_>, strict: bool) -> Self {
        let listen = reader.or(
            "SANAD_LISTEN",
            SocketAddr::from(([127, 0, 0, 1], 8080)),
            "an address such as 127.0.0.1:8080",
        );
        let proxies = reader.text("SANAD_TRUSTED_PROXIES").unwrap_or_default();
        let mut trusted_proxies = Vec::new();
        for part in proxies.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            match part.parse() {
                Ok(ip) => trusted_proxies.push(ip),
                Err(_) => reader.faults.push(format!(
                    "SANAD_TRUSTED_PROXIES: \"{part}\" is not an IP address"
                )),
            }
        }
        let minutes = |n: u64| Duration::from_secs(n * 60);
        Self {
            listen,
            public_url: reader
                .text("SANAD_PUBLIC_URL")
                .unwrap_or_else(|| format!("http://{listen}"))
                .trim_end_matches('/')
                .to_owned(),
            trusted_proxies,
            pool_size: reader.or("SANAD_POOL_SIZE", 8, "a number of connections"),
            request_timeout: Duration::from_secs(reader.or(
                "SANAD_REQUEST_TIMEOUT_SECONDS",
                10,
                "a number of seconds",
            )),
            upload_timeout: Duration::from_secs(reader.or(
                "SANAD_UPLOAD_TIMEOUT_SECONDS",
                300,
                "a number of seconds",
            )),
            upload_quota: 1024
                * 1024
                * reader.or("SANAD_UPLOAD_MB_PER_DAY", 500u64, "a number of megabytes"),
            session_idle: minutes(reader.or(
                "SANAD_SESSION_IDLE_MINUTES",
                30,
                "a number of minutes",
            )),
            session_life: minutes(
                60 * reader.or("SANAD_SESSION_HOURS", 12u64, "a number of hours"),
            ),
            body_limit: 1024 * 1024,
            openings_per_hour: reader.or("SANAD_OPENINGS_PER_HOUR", 60, "a number of files"),
            caseload_ceiling: reader.or("SANAD_CASELOAD_CEILING", 25, "a number of files"),
            require_second_factor: reader.or(
                "SANAD_REQUIRE_SECOND_FACTOR",
                strict,
                "true or false",
            ),
            mail: reader.mail(),
            demo: false,
            has_worker: false,
        }
    }

    /// Whether users come by https.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The address of the client: the peer or, behind a trusted proxy, the last address that a trusted
    /// proxy did not add itself.
    pub fn client_of(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> String {
        let Some(peer) = peer else {
            return "unknown".to_owned();
        };
        if !self.trusted_proxies.contains(&peer) {
            return peer.to_string();
        }
        let forwarded = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|v| v.to_str().ok());
        let chain: Vec<IpAddr> = forwarded
            .flat_map(|v| v.split(','))
            .filter_map(|part| part.trim().parse().ok())
            .collect();
        chain
            .iter()
            .rev()
            .find(|ip| !self.trusted_proxies.contains(ip))
            .unwrap_or(&peer)
            .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        move |name| {
            pairs
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| (*v).to_owned())
        }
    }

    #[test]
    fn every_missing_setting_is_told_at_once() {
        let faults = Config::serve(&from(&[("SANAD_POOL_SIZE", "many")])).unwrap_err();
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults.iter().all(|f| !f.contains('\n')));
    }

    #[test]
    fn background_work_comes_with_its_key() {
        const BASE: [(&str, &str); 3] = [
            ("DATABASE_URL", "postgres://a@h/d"),
            ("SANAD_STAT_DATABASE_URL", "postgres://b@h/d"),
            ("SANAD_PUBLIC_URL", "https://sanad.example"),
        ];
        let serve = |more: &'static [(&str, &str)]| {
            Config::serve(&move |name: &str| {
                let mut pairs = BASE.iter().chain(more);
                pairs
                    .find(|(n, _)| *n == name)
                    .map(|(_, v)| (*v).to_owned())
            })
        };
        assert!(serve(&[]).unwrap().1.jobs.is_none());
        let faults = serve(&[("SANAD_JOB_DATABASE_URL", "postgres://c@h/d")]).unwrap_err();
        assert!(
            faults[0].starts_with("SANAD_SEAL_KEY_FILE: missing"),
            "{faults:?}"
        );
        let both = &[
            ("SANAD_JOB_DATABASE_URL", "postgres://c@h/d"),
            ("SANAD_SEAL_KEY_FILE", "/k"),
        ];
        assert!(serve(both).unwrap().1.jobs.is_some());
    }

    #[test]
    fn a_second_factor_is_required_but_in_the_demonstration() {
        assert!(!Config::demo(&from(&[])).unwrap().require_second_factor);
        let asked = from(&[("SANAD_REQUIRE_SECOND_FACTOR", "true")]);
        assert!(Config::demo(&asked).unwrap().require_second_factor);
        assert!(Config::demo(&from(&[("SANAD_REQUIRE_SECOND_FACTOR", "perhaps")])).is_err());
        let (served, _) = Config::serve(&from(&[
            ("DATABASE_URL", "postgres://a@h/d"),
            ("SANAD_STAT_DATABASE_URL", "postgres://b@h/d"),
            ("SANAD_PUBLIC_URL", "https://sanad.example"),
        ]))
        .unwrap();
        assert!(served.require_second_factor);
    }

    #[test]
    fn letters_need_a_server_a_sender_and_a_worker() {
        let base = [
            ("DATABASE_URL", "postgres://a@h/d"),
            ("SANAD_STAT_DATABASE_URL", "postgres://b@h/d"),
            ("SANAD_PUBLIC_URL", "https://sanad.example"),
            ("SANAD_JOB_DATABASE_URL", "postgres://c@h/d"),
            ("SANAD_SEAL_KEY_FILE", "/k"),
        ];
        let serve = |base: &[(&str, &str)], more: &[(&str, &str)]| {
            let all = [base, more].concat();
            let found = |name: &str| all.iter().find(|(n, _)| *n == name);
            Config::serve(&|name| found(name).map(|(_, value)| (*value).to_owned()))
        };
        let url = ("SANAD_SMTP_URL", "smtps://u:p@mail.example.ma");
        let clear = ("SANAD_SMTP_URL", "smtp://u:p@mail.example.ma");
        let sender = ("SANAD_MAIL_FROM", "Sanad <sanad@example.ma>");
        assert!(serve(&base, &[]).unwrap().0.mail.is_none());
        assert!(serve(&base, &[url, sender]).unwrap().0.mail.is_some());
        let fault =
            |base: &[(&str, &str)], more: &[(&str, &str)]| serve(base, more).unwrap_err().concat();
        assert!(fault(&base, &[url]).starts_with("SANAD_MAIL_FROM"));
        assert!(fault(&base, &[sender]).starts_with("SANAD_SMTP_URL"));
        assert!(fault(&base, &[clear, sender]).contains("in clear"));
        assert!(fault(&base[..3], &[url, sender]).starts_with("SANAD_JOB_DATABASE_URL"));
    }

    #[test]
    fn the_demonstration_stays_on_this_machine() {
        assert!(Config::demo(&from(&[("SANAD_LISTEN", "0.0.0.0:8080")])).is_err());
        assert!(Config::demo(&from(&[("SANAD_LISTEN", "127.0.0.1:0")])).is_ok());
    }

    #[test]
    fn a_forwarded_address_is_believed_from_a_trusted_proxy_only() {
        let (config, _) = Config::serve(&from(&[
            ("DATABASE_URL", "postgres://a@h/d"),
            ("SANAD_STAT_DATABASE_URL", "postgres://b@h/d"),
            ("SANAD_PUBLIC_URL", "https://sanad.example"),
            ("SANAD_TRUSTED_PROXIES", "10.0.0.1"),
        ]))
        .unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "1.1.1.1, 9.9.9.9".parse().unwrap());
        let proxy = "10.0.0.1".parse().ok();
        assert_eq!(config.client_of(proxy, &headers), "9.9.9.9");
        assert_eq!(
            config.client_of("8.8.8.8".parse().ok(), &headers),
            "8.8.8.8"
        );
    }
}
