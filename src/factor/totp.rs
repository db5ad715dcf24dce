//! TOTP (RFC 6238): SHA-1, six digits, thirty seconds, one step either way, as every authenticator knows it.

use crate::error::AppError;
use chrono::{DateTime, Utc};
use qrcode::{Color, QrCode};
use rand::Rng as _;
use std::fmt;
use totp_rs::{Builder, Secret, Totp};

/// What an authenticator shares with us. Never printed.
pub struct TotpSecret(Totp);

impl TotpSecret {
    /// 160 random bits.
    pub fn random() -> [u8; 20] {
        let mut secret = [0u8; 20];
        rand::rng().fill_bytes(&mut secret);
        secret
    }

    /// Of those bytes, for that account.
    pub fn of(secret: &[u8], account: &str) -> Result<Self, AppError> {
        Builder::new()
            .with_secret(Secret::from(secret))
            .with_skew(1)
            .with_issuer(Some("Sanad"))
            .with_account_name(account)
            .build()
            .map(Self)
            .map_err(|error| AppError::internal(error.to_string()))
    }

    /// The step whose code that is, within one step of now.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let now = u64::try_from(now.timestamp()).ok()?;
        self.0
            .check(code, now)
            .and_then(|step| i64::try_from(step).ok())
    }

    /// What is shown to who enrols.
    pub fn setup(&self) -> Result<Setup, AppError> {
        let link = self
            .0
            .to_url()
            .map_err(|error| AppError::internal(error.to_string()))?;
        let qr = QrCode::new(&link).map_err(AppError::internal)?;
        let letters: Vec<char> = self.0.secret().to_base32().chars().collect();
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|group| group.iter().collect())
            .collect();
        Ok(Setup {
            picture: Picture {
                width: qr.width(),
                modules: qr.to_colors(),
            },
            secret: groups.join(" "),
            link,
        })
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// A secret as an authenticator takes it: by camera, by link, by hand.
pub struct Setup {
    /// The QR code.
    pub picture: Picture,
    /// In base 32, in groups of four.
    pub secret: String,
    /// `otpauth://…`, for an authenticator on the same device.
    pub link: String,
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Setup(…)")
    }
}

/// A QR code as SVG, black on white in any colour scheme: cameras want it so.
pub struct Picture {
    width: usize,
    modules: Vec<Color>,
}

/// The secret is in it.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Picture(…)")
    }
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const QUIET: usize = 4;
        let side = self.width + 2 * QUIET;
        write!(
            f,
            r##"<svg class="qr" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d=""##
        )?;
        for (row, modules) in self.modules.chunks(self.width).enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|a, b| a == b) {
                if run.first() == Some(&Color::Dark) {
                    let (x, y, n) = (column + QUIET, row + QUIET, run.len());
                    write!(f, "M{x} {y}h{n}v1h-{n}z")?;
                }
                column += run.len();
            }
        }
        f.write_str(r#""/></svg>"#)
    }
}
/// Numbers of ours.
impl askama::filters::HtmlSafe for Picture {}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn secret() -> TotpSecret {
        TotpSecret::of(b"12345678901234567890", "nadia").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard_one_step_either_way() {
        // RFC 6238, appendix B: at 59 s the code is 94287082, of which six digits are asked
        let at = |seconds| Utc.timestamp_opt(seconds, 0).unwrap();
        assert_eq!(secret().step_of("287082", at(59)), Some(1));
        assert_eq!(secret().step_of("287082", at(29)), Some(1));
        assert_eq!(secret().step_of("287082", at(89)), Some(1));
        assert_eq!(secret().step_of("287082", at(90)), None);
        assert_eq!(secret().step_of("287083", at(59)), None);
        assert_eq!(secret().step_of("", at(59)), None);
    }

    #[test]
    fn the_picture_is_of_the_link_and_the_secret_is_in_no_log() {
        let setup = secret().setup().unwrap();
        assert!(
            setup.link.starts_with("otpauth://totp/Sanad:nadia?"),
            "{}",
            setup.link
        );
        assert!(
            setup
                .link
                .contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        );
        assert!(setup.secret.starts_with("GEZD GNBV "));
        let svg = setup.picture.to_string();
        assert!(svg.starts_with("<svg") && !svg.contains("style"));
        let dark = setup
            .picture
            .modules
            .iter()
            .filter(|m| **m == Color::Dark)
            .count();
        let drawn: usize = svg
            .split('h')
            .filter_map(|part| part.strip_suffix("v1")?.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark, "every dark module, once");
        assert_eq!(format!("{:?}", secret()), "TotpSecret(…)");
    }
}
