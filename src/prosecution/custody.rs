//! Who holds a judicial file, and where it may go from there.

use crate::{
    i18n::Msg,
    ids::{CaseId, CourtId, DisclosureId, JudicialFileId, TerritoryId},
};
use chrono::{DateTime, Utc};

/// Who holds the file (`judicial_file.state`). "Decided" is no state: it is derived from the decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Custody {
    /// Composed in the cell, waiting for the supervisor.
    Draft,
    /// Replaced by a newer draft before it left.
    Withdrawn,
    /// Sent; nobody at the court has acknowledged it.
    Transmitted,
    /// Acknowledged by the court.
    Received,
    /// Given back to the cell for completion.
    Returned,
    /// In study at the court.
    UnderStudy,
    /// Closed at the court.
    Closed,
}

impl Custody {
    /// Every state, in the order of the database's own list.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Withdrawn,
        Self::Transmitted,
        Self::Received,
        Self::Returned,
        Self::UnderStudy,
        Self::Closed,
    ];

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Withdrawn => "withdrawn",
            Self::Transmitted => "transmitted",
            Self::Received => "received",
            Self::Returned => "returned",
            Self::UnderStudy => "under_study",
            Self::Closed => "closed",
        }
    }

    /// Where it may go from here. What was sent is never a draft again, and never withdrawn.
    pub const fn moves(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Withdrawn, Self::Transmitted],
            Self::Withdrawn => &[],
            Self::Transmitted => &[Self::Received, Self::Returned],
            Self::Received => &[Self::UnderStudy, Self::Returned, Self::Closed],
            Self::Returned => &[Self::Transmitted],
            Self::UnderStudy => &[Self::Returned, Self::Closed],
            Self::Closed => &[Self::UnderStudy],
        }
    }

    /// The move, or the words of why not.
    pub fn advance(self, next: Self) -> Result<Self, Msg> {
        if self.moves().contains(&next) {
            Ok(next)
        } else {
            Err(Msg::new("judicial-moved"))
        }
    }

    /// Whether it waits for the supervisor.
    pub const fn is_draft(self) -> bool {
        matches!(self, Self::Draft)
    }

    /// Whether the court has seen it leave the cell.
    pub const fn is_sent(self) -> bool {
        !matches!(self, Self::Draft | Self::Withdrawn)
    }

    /// Whether the file lies at the court, so that a decision can be recorded in it.
    pub const fn takes_decisions(self) -> bool {
        matches!(self, Self::Transmitted | Self::Received | Self::UnderStudy)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "judicial-state-draft",
            Self::Withdrawn => "judicial-state-withdrawn",
            Self::Transmitted => "judicial-state-transmitted",
            Self::Received => "judicial-state-received",
            Self::Returned => "judicial-state-returned",
            Self::UnderStudy => "judicial-state-under-study",
            Self::Closed => "judicial-state-closed",
        }
    }

    /// Colour of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::Returned => "amber",
            Self::Withdrawn | Self::Closed => "",
            Self::Transmitted | Self::Received | Self::UnderStudy => "indigo",
        }
    }

    /// Icon of its pill.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Draft => "pencil",
            Self::Withdrawn => "x",
            Self::Transmitted => "send",
            Self::Received => "check",
            Self::Returned => "undo-2",
            Self::UnderStudy => "eye",
            Self::Closed => "file-lock",
        }
    }
}

/// A file as a decision needs it, locked until the transaction ends.
#[derive(Debug, Clone, Copy)]
pub struct HeldFile {
    /// The file.
    pub id: JudicialFileId,
    /// The case it came from.
    pub case_id: CaseId,
    /// Its prefecture.
    pub territory_id: TerritoryId,
    /// Its court.
    pub court_id: CourtId,
    /// Its extract.
    pub disclosure_id: DisclosureId,
    /// Who holds it.
    pub state: Custody,
    /// When it was sent.
    pub transmitted_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custody_is_the_database_s_own_list() {
        let sql = include_str!("../../migrations/0009_prosecution.sql");
        let (_, after) = sql
            .split_once("judicial_file_state_check check (state in (")
            .unwrap();
        let (list, _) = after.split_once("))").unwrap();
        let codes: Vec<&str> = list
            .split(',')
            .map(|code| code.trim().trim_matches('\''))
            .collect();
        assert_eq!(codes, Custody::ALL.map(Custody::code));
    }

    #[test]
    fn what_was_sent_stays_sent() {
        for from in Custody::ALL {
            for to in from.moves() {
                assert!(from.advance(*to).is_ok());
                assert!(!from.is_sent() || to.is_sent(), "{from:?} to {to:?}");
            }
            assert!(from.advance(from).is_err(), "{from:?} twice");
        }
        assert!(Custody::Draft.advance(Custody::Received).is_err());
    }

    #[test]
    fn a_decision_needs_a_file_at_the_court() {
        let at_court: Vec<_> = Custody::ALL
            .into_iter()
            .filter(|c| c.takes_decisions())
            .collect();
        assert_eq!(
            at_court,
            [Custody::Transmitted, Custody::Received, Custody::UnderStudy]
        );
    }
}
