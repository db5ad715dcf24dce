//! Who asks, and where they may look.

use super::{Permission, Role};
use crate::ids::{AssignmentId, CaseId, CourtId, RowId, TerritoryId, UserId};
use chrono::{DateTime, Utc};

/// Where a session may look. One assignment a session, so one place (schema D16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The people of one prefecture.
    Prefecture(TerritoryId),
    /// What was sent to one organisation of a prefecture.
    Organisation(TerritoryId, String),
    /// What was sent to one court.
    Court(CourtId),
    /// Figures and the register of the plan; no person.
    Country,
}

/// What stands at the head of every page of somebody.
#[derive(Debug, Clone, Default)]
pub struct Signals {
    /// Notices not seen yet.
    pub notices: i64,
    /// The glass that they broke and that is still open.
    pub emergency: Option<Emergency>,
}

/// A protected file read in an emergency.
#[derive(Debug, Clone)]
pub struct Emergency {
    /// Which emergency.
    pub id: RowId,
    /// The file.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// When it ends by itself.
    pub until: DateTime<Utc>,
}

/// Someone signed in, acting under one assignment.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The user.
    pub user: UserId,
    /// The assignment of this session.
    pub assignment: AssignmentId,
    /// Its role.
    pub role: Role,
    /// Its scope.
    pub scope: Scope,
    /// Names, for the corner of the page.
    pub name_ar: String,
    /// Name in Latin letters.
    pub name_la: String,
    /// What they must be shown on every page.
    pub signals: Signals,
    /// Whether a factor was given in the last five minutes.
    pub is_fresh: bool,
    /// SHA-256 of the session token, in hex: what the database is told, and all it is told.
    pub session: SessionKey,
}

impl Actor {
    /// Whether the role has that permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.permissions().contains(&permission)
    }

    /// The prefecture of a social role. Other roles get one that holds nothing, and so find nothing.
    pub fn territory(&self) -> TerritoryId {
        match self.scope {
            Scope::Prefecture(id) | Scope::Organisation(id, _) => id,
            Scope::Court(_) | Scope::Country => TerritoryId(0),
        }
    }

    /// The organisation of a focal point or of a manager; nothing for the others.
    pub fn organisation(&self) -> &str {
        match &self.scope {
            Scope::Organisation(_, code) => code,
            _ => "",
        }
    }

    /// The court of a judicial role; likewise.
    pub fn court(&self) -> CourtId {
        match self.scope {
            Scope::Court(id) => id,
            _ => CourtId(0),
        }
    }
}

/// The hash of a session token, as the database knows it. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey(String);

impl SessionKey {
    /// From the 32 bytes of the hash.
    pub fn new(sha256: [u8; 32]) -> Self {
        Self(hex::encode(sha256))
    }

    /// The hex text for the transaction's setting.
    pub fn as_hex(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionKey(…)")
    }
}
