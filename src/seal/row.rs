//! A row of the trail as the one text that is hashed: every column, in a fixed order, with its length.

use super::tree::{self, Hash};
use chrono::{DateTime, Utc};
use std::fmt::Write as _;
use uuid::Uuid;

/// The columns of `audit.event`, in the order of the text. A test compares them with the database.
pub const COLUMNS: [&str; 13] = [
    "id",
    "at",
    "xid",
    "actor",
    "assignment",
    "action",
    "territory_id",
    "object_kind",
    "object_id",
    "fields",
    "reason",
    "request_id",
    "row_hash",
];

/// A row of `audit.event`, every column of it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) at: DateTime<Utc>,
    pub(super) xid: String,
    pub(super) actor: Option<Uuid>,
    pub(super) assignment: Option<Uuid>,
    pub(super) action: String,
    pub(super) territory_id: Option<i16>,
    pub(super) object_kind: Option<String>,
    pub(super) object_id: Option<Uuid>,
    /// As PostgreSQL prints `jsonb`: keys in its order, one blank after each colon and comma.
    pub(super) fields: String,
    pub(super) reason: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) row_hash: Vec<u8>,
}

impl Row {
    /// `name:length:value` a line, `name:-` for null; times in microseconds, so that no setting of a
    /// session changes it.
    pub(super) fn canonical(&self) -> String {
        let values: [Option<String>; 13] = [
            Some(self.id.to_string()),
            Some(self.at.timestamp_micros().to_string()),
            Some(self.xid.clone()),
            self.actor.map(|id| id.to_string()),
            self.assignment.map(|id| id.to_string()),
            Some(self.action.clone()),
            self.territory_id.map(|id| id.to_string()),
            self.object_kind.clone(),
            self.object_id.map(|id| id.to_string()),
            Some(self.fields.clone()),
            self.reason.clone(),
            self.request_id.clone(),
            Some(hex::encode(&self.row_hash)),
        ];
        let mut text = "sanad audit row 1\n".to_owned();
        for (name, value) in COLUMNS.iter().zip(values) {
            let _ = match value {
                Some(value) => writeln!(text, "{name}:{}:{value}", value.len()),
                None => writeln!(text, "{name}:-"),
            };
        }
        text
    }

    pub(super) fn leaf(&self) -> Hash {
        tree::leaf(self.canonical().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row {
            id: 7,
            at: DateTime::from_timestamp(1_764_000_000, 123_456_000).unwrap(),
            xid: "900".into(),
            actor: None,
            assignment: None,
            action: "case.opened".into(),
            territory_id: Some(2),
            object_kind: Some("case".into()),
            object_id: Some(Uuid::from_u128(1)),
            fields: r#"{"status": 404}"#.into(),
            reason: None,
            request_id: Some("x".into()),
            row_hash: vec![1, 255],
        }
    }

    #[test]
    fn the_text_is_fixed() {
        assert_eq!(
            row().canonical(),
            "sanad audit row 1\nid:1:7\nat:16:1764000000123456\nxid:3:900\nactor:-\nassignment:-\n\
             action:11:case.opened\nterritory_id:1:2\nobject_kind:4:case\n\
             object_id:36:00000000-0000-0000-0000-000000000001\nfields:15:{\"status\": 404}\nreason:-\n\
             request_id:1:x\nrow_hash:4:01ff\n"
        );
    }

    #[test]
    fn no_value_can_pass_for_another_field() {
        let mut one = row();
        one.reason = Some("a\nrequest_id:1:b".into());
        let mut two = row();
        two.reason = Some("a".into());
        two.request_id = Some("b".into());
        assert_ne!(one.leaf(), two.leaf());
        let mut empty = row();
        empty.reason = Some(String::new());
        assert_ne!(row().leaf(), empty.leaf());
    }
}
