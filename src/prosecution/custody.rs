//! Who holds a judicial file, and where it may go from there.

use crate::ids::{CaseId, CourtId, DisclosureId, JudicialFileId, TerritoryId};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Who holds the file (`judicial_file.state`). "Decided" is no state: it is derived from the decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
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

    /// Whether it waits for the supervisor.
    pub const fn is_draft(self) -> bool {
        matches!(self, Self::Draft)
    }

    /// Whether the court has seen it leave the cell.
    pub const fn is_sent(self) -> bool {
        !matches!(self, Self::Draft | Self::Withdrawn)
    }

    /// Whether it waits for its receipt.
    pub const fn is_unread(self) -> bool {
        matches!(self, Self::Transmitted)
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

/// On which side somebody stands who makes a move (`app.stands_on`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mover {
    /// A supervisor of the cell that composed it.
    Supervisor,
    /// Who composes in that cell.
    Cell,
    /// Anybody of the court it lies at.
    Court,
    /// One of that court who decides.
    Prosecutor,
}

impl Mover {
    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Supervisor => "supervisor",
            Self::Cell => "cell",
            Self::Court => "court",
            Self::Prosecutor => "prosecutor",
        }
    }
}

/// A move of a file (`app.judicial_moves`): what somebody does with it, and on which side they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// A supervisor sends it, for good.
    Transmit,
    /// A newer draft takes its place.
    Withdraw,
    /// The court acknowledges it.
    Receive,
    /// A prosecutor takes it in hand, from the court or from a colleague.
    Take,
    /// And gives it to a colleague, or back to the court.
    HandOver,
    /// The court gives it back for completion, with its questions.
    Return,
    /// The cell answers them, and it is at the court again.
    Complete,
    /// Nobody waits any more.
    Close,
    /// Something new came.
    Reopen,
    /// To another court, which has competence.
    Reroute,
    /// Into another procedure, where its people are parties from then on.
    Join,
}

impl Move {
    /// Every move.
    pub const ALL: [Self; 11] = [
        Self::Transmit,
        Self::Withdraw,
        Self::Receive,
        Self::Take,
        Self::HandOver,
        Self::Return,
        Self::Complete,
        Self::Close,
        Self::Reopen,
        Self::Reroute,
        Self::Join,
    ];

    /// The code in the database and in the audit trail.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Transmit => "transmit",
            Self::Withdraw => "withdraw",
            Self::Receive => "receive",
            Self::Take => "take",
            Self::HandOver => "hand_over",
            Self::Return => "return",
            Self::Complete => "complete",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Reroute => "reroute",
            Self::Join => "join",
        }
    }

    /// Who makes it, and in which states it can begin for them.
    pub const fn by(self) -> &'static [(Mover, &'static [Custody])] {
        use Custody as C;
        use Mover as M;
        match self {
            Self::Transmit => &[(M::Supervisor, &[C::Draft])],
            Self::Withdraw => &[(M::Cell, &[C::Draft])],
            Self::Receive => &[(M::Court, &[C::Transmitted])],
            // also from a cell that does not answer
            Self::Take => &[(
                M::Prosecutor,
                &[C::Transmitted, C::Received, C::UnderStudy, C::Returned],
            )],
            Self::Return | Self::Join => {
                &[(M::Prosecutor, &[C::Transmitted, C::Received, C::UnderStudy])]
            }
            Self::HandOver => &[(M::Prosecutor, &[C::UnderStudy])],
            Self::Complete => &[(M::Supervisor, &[C::Returned])],
            Self::Close => &[(M::Prosecutor, &[C::Received, C::UnderStudy])],
            Self::Reopen => &[(M::Prosecutor, &[C::Closed])],
            Self::Reroute => &[
                (M::Supervisor, &[C::Transmitted, C::Returned]),
                (M::Prosecutor, &[C::Transmitted, C::Received, C::UnderStudy]),
            ],
        }
    }

    /// Whether somebody on that side can make it in that state.
    pub fn is_open(self, by: Mover, state: Custody) -> bool {
        self.by()
            .iter()
            .any(|(side, from)| *side == by && from.contains(&state))
    }

    /// Where it leads.
    pub const fn to(self) -> Custody {
        match self {
            Self::Transmit | Self::Complete | Self::Reroute => Custody::Transmitted,
            Self::Withdraw => Custody::Withdrawn,
            Self::Receive => Custody::Received,
            Self::Take | Self::HandOver | Self::Reopen => Custody::UnderStudy,
            Self::Return => Custody::Returned,
            Self::Close | Self::Join => Custody::Closed,
        }
    }

    /// What the audit trail calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Transmit => "judicial_file.transmitted",
            Self::Withdraw => "judicial_file.withdrawn",
            Self::Receive => "judicial_file.received",
            Self::Take => "judicial_file.taken",
            Self::HandOver => "judicial_file.handed_over",
            Self::Return => "judicial_file.returned",
            Self::Complete => "judicial_file.completed",
            Self::Close => "judicial_file.closed",
            Self::Reopen => "judicial_file.reopened",
            Self::Reroute => "judicial_file.rerouted",
            Self::Join => "judicial_file.joined",
        }
    }

    /// Key of its words in the story of a file: "taken in hand".
    pub fn key(self) -> String {
        format!("judicial-move-{}", self.code().replace('_', "-"))
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
        for made in Move::ALL {
            for (_, from) in made.by() {
                let is_sent = from.iter().any(|state| state.is_sent());
                assert!(!is_sent || made.to().is_sent(), "{made:?}");
            }
        }
    }

    #[test]
    fn the_database_holds_the_same_moves() {
        let sql = include_str!("../../migrations/0036_custody.sql");
        let (_, after) = sql.split_once("    values ('transmit'").unwrap();
        let (list, _) = after.split_once("\n$$").unwrap();
        let list = format!("('transmit'{list}");
        let held: std::collections::BTreeSet<Vec<String>> = list
            .split("),")
            .map(|row| {
                let codes = row.split('\'').skip(1).step_by(2);
                codes.map(str::to_owned).collect()
            })
            .collect();
        let mut made = std::collections::BTreeSet::new();
        for one in Move::ALL {
            for (side, from) in one.by() {
                for from in *from {
                    let codes = [one.code(), from.code(), one.to().code(), side.code()];
                    made.insert(codes.map(str::to_owned).to_vec());
                }
            }
        }
        assert_eq!(held, made);
    }

    #[test]
    fn a_wrong_court_is_corrected_on_either_side() {
        let open = |by, state| Move::Reroute.is_open(by, state);
        assert!(open(Mover::Prosecutor, Custody::UnderStudy));
        assert!(!open(Mover::Prosecutor, Custody::Returned));
        assert!(open(Mover::Supervisor, Custody::Returned));
        assert!(!open(Mover::Supervisor, Custody::UnderStudy));
        assert!(!open(Mover::Court, Custody::Transmitted));
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
