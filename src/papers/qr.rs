//! A QR code as SVG: one path on white, with the light border that readers need.

use crate::error::AppError;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Light modules around the code.
const QUIET: usize = 4;

/// The code of a text of ours; fails only for a text beyond the measure of a code.
pub(super) fn svg(text: &str) -> Result<String, AppError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(AppError::internal)?;
    let width = code.width();
    let mut path = String::new();
    let colors = code.to_colors();
    let dark = colors
        .iter()
        .enumerate()
        .filter(|(_, color)| **color == Color::Dark);
    for (at, _) in dark {
        let (x, y) = (at % width + QUIET, at / width + QUIET);
        let _ = write!(path, "M{x} {y}h1v1h-1z");
    }
    let whole = width + 2 * QUIET;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" height="{whole}"><path fill="#fff" d="M0 0h{whole}v{whole}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_path_on_white() {
        let drawn = svg("https://sanad.example/verify/00000000000000000000000000").unwrap();
        assert!(drawn.starts_with("<svg "));
        assert_eq!(drawn.matches("<path").count(), 2);
        assert!(drawn.matches("h1v1").count() > 200);
        assert!(svg(&"x".repeat(5000)).is_err());
    }
}
