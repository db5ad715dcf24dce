//! In a program built without the feature `pdf`: no paper is made, and whoever asks for one is told so.

use super::sheet::Sheet;
use crate::{error::AppError, i18n::Msg};

/// Papers are not made here.
pub const IS_BUILT: bool = false;

/// Says so.
#[expect(clippy::unused_async, reason = "the shape of the other")]
pub(super) async fn set(_: &Sheet) -> Result<Vec<u8>, AppError> {
    Err(AppError::Conflict(Msg::new("judicial-paper-not-built")))
}

/// The same.
#[expect(clippy::unused_async, reason = "the shape of the other")]
pub(super) async fn set_in_turn(_: String) -> Result<Vec<u8>, AppError> {
    Err(AppError::Conflict(Msg::new("judicial-paper-not-built")))
}

/// The same.
#[expect(clippy::unused_async, reason = "the shape of the other")]
pub async fn set_report(_: &'static str, _: String) -> Result<Vec<u8>, AppError> {
    Err(AppError::Conflict(Msg::new("judicial-paper-not-built")))
}
