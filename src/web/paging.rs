//! Keyset paging: the next page starts after the last row seen, however many rows came meanwhile.

use chrono::{DateTime, TimeZone, Utc};
use uuid::Uuid;

/// The place of a row in a list that is newest first: its time and its id. In a URL as `1764000000000000.uuid`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Time of the row.
    pub at: DateTime<Utc>,
    /// Its id, to tell rows of the same instant apart.
    pub id: Uuid,
}

impl Cursor {
    /// From the query string; anything else starts at the top.
    pub fn parse(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('.')?;
        let at = Utc.timestamp_micros(micros.parse().ok()?).single()?;
        Some(Self {
            at,
            id: id.parse().ok()?,
        })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.timestamp_micros(), self.id)
    }
}

/// Up to where the counts beside filters go: nobody reads three digits off a chip, and a place with thousands of
/// files then costs what a small one does (decision 0077).
pub const COUNTED: i32 = 100;

/// Some rows and, if there are more, where they begin.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// The place after the last one, if more follow.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Rows on one page.
    pub const SIZE: i64 = 25;

    /// From one row more than a page holds, which tells that there is more.
    pub fn cut(mut rows: Vec<T>, place: impl Fn(&T) -> Cursor) -> Self {
        let size = usize::try_from(Self::SIZE).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        let next = if more { rows.last().map(place) } else { None };
        Self { rows, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_url() {
        let cursor = Cursor {
            at: Utc.timestamp_micros(1_764_000_000_123_456).unwrap(),
            id: Uuid::from_u128(7),
        };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        assert_eq!(Cursor::parse("1 or 1=1"), None);
    }
}
