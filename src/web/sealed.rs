//! A sealed text on a page.

use super::Ui;
use crate::vault::Reading;

impl Ui {
    /// The words of a sealed text, or that they cannot be read.
    pub fn plain(&self, reading: &Reading) -> String {
        reading
            .text()
            .map_or_else(|| self.t("unreadable"), str::to_owned)
    }
}
