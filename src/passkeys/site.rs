//! Where passkeys are made and asked for: one origin, from the address that users type.

use super::ceremony::Site;
use crate::{config::Config, error::AppError};
use axum::http::Uri;
use std::{net::IpAddr, sync::Arc};

/// What pages may offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// Passkeys, on pages of this origin.
    At(String),
    /// None: the address is a number, and a passkey belongs to a name.
    Nameless,
    /// None: this program was built without them.
    NotBuilt,
}

impl Offer {
    /// The origin on which they work.
    pub fn origin(&self) -> Option<&str> {
        match self {
            Self::At(origin) => Some(origin),
            Self::Nameless | Self::NotBuilt => None,
        }
    }

    /// Whether it is the address that forbids them.
    pub fn is_nameless(&self) -> bool {
        *self == Self::Nameless
    }
}

/// The passkeys of this site; cheap to clone.
#[derive(Debug, Clone)]
pub struct Passkeys {
    site: Option<Arc<Site>>,
    offer: Offer,
}

impl Passkeys {
    /// For the address in the settings.
    pub fn of(config: &Config) -> Self {
        let Some((name, origin)) = place_of(&config.public_url) else {
            return Self {
                site: None,
                offer: Offer::Nameless,
            };
        };
        let site = Site::new(&name, &origin).map(Arc::new);
        let offer = if site.is_some() {
            Offer::At(origin)
        } else {
            Offer::NotBuilt
        };
        Self { site, offer }
    }

    /// What pages may offer.
    pub fn offer(&self) -> &Offer {
        &self.offer
    }

    /// The site, to ask and to judge; where there are none, their routes lead nowhere.
    pub fn site(&self) -> Result<&Site, AppError> {
        self.site.as_deref().ok_or(AppError::NotFound)
    }
}

/// The name and the origin of an address. A number is no name; the machine itself is called `localhost`.
fn place_of(public_url: &str) -> Option<(String, String)> {
    let address: Uri = public_url.parse().ok()?;
    let (scheme, host) = (address.scheme_str()?, address.host()?);
    let number = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
    let name = match number {
        Some(ip) if ip.is_loopback() => "localhost",
        Some(_) => return None,
        None => host,
    };
    // elsewhere than on the machine itself browsers want https
    if scheme != "https" && name != "localhost" {
        return None;
    }
    let origin = address.port_u16().map_or_else(
        || format!("{scheme}://{name}"),
        |port| format!("{scheme}://{name}:{port}"),
    );
    Some((name.to_owned(), origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passkey_belongs_to_a_name_and_never_to_a_number() {
        let place = |url: &str| place_of(url);
        let both = |name: &str, origin: &str| Some((name.to_owned(), origin.to_owned()));
        assert_eq!(
            place("https://sanad.example"),
            both("sanad.example", "https://sanad.example")
        );
        assert_eq!(
            place("https://sanad.example:8443"),
            both("sanad.example", "https://sanad.example:8443")
        );
        for own in [
            "http://127.0.0.1:8080",
            "http://localhost:8080",
            "http://[::1]:8080",
        ] {
            assert_eq!(
                place(own),
                both("localhost", "http://localhost:8080"),
                "{own}"
            );
        }
        for none in [
            "https://10.0.0.5",
            "https://[2001:db8::1]",
            "http://sanad.example",
            "",
        ] {
            assert_eq!(place(none), None, "{none}");
        }
    }
}
