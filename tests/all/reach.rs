//! How far a route reaches among the files of the world, and who asks in the name of each role.

use crate::{paths::Line, support::id};
use sanad::authz::Role;

/// Whose files a route shows or changes, among those of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Open to all, signed in or not.
    Public,
    /// Somebody's account, for the administration: those of the world, and nobody else.
    Account,
    /// A list or a blank form: no object in the path.
    Whole,
    /// What the prefecture shares: its contacts.
    Prefecture,
    /// What the prefecture shares of its files; a protected one stays hidden.
    Listed,
    /// As `Own`, of something whose card the prefecture sees: a colleague is told that it is not theirs.
    Kept,
    /// The file's own people, and the supervisor.
    Own,
    /// As `Own`; at the court, what was transmitted to it.
    Judicial,
    /// A decision on an adult that its court took: that court's alone.
    Decided,
    /// As `Judicial`, once the file was sent: nothing is asked about a draft.
    Asked,
    /// As `Own`; at the court, an urgent notice, which is sent when it is written.
    Notice,
    /// What the reader's organisation was asked for.
    Requested,
    /// Files of the prefecture but protected ones, to its supervisor; all of them to who oversees.
    Overseen,
    /// A place in an institution: its manager's, of whatever file.
    Placed,
    /// Of every city, whoever asks: an institution, for those who look for places; a letter or a partner of the plan.
    Everywhere,
    /// A member of a team, a meeting: of the reader's city, or of the court's; all of them, for the committee.
    City,
    /// As `City`, kept by the supervisor: the committee is told that it is not theirs.
    CityKept,
    /// A report that a colleague shares, or the reader's own; of the committee's own report, its own.
    Report,
    /// As `Report`, kept by its owner: who it is shared with is told that it is not theirs.
    ReportKept,
    /// Something agreed on in a meeting: who is to do it, and who keeps the meeting; the committee reads of it.
    Point,
    /// A draft: its author's alone, not the supervisor's.
    Typed,
    /// Somebody else's: nobody of those who ask finds it.
    Nobody,
}

impl Reach {
    /// Whether what it is about hangs on a file; an account, an institution and a team are nobody's.
    pub const fn is_of_a_file(self) -> bool {
        !matches!(
            self,
            Self::Public
                | Self::Whole
                | Self::Account
                | Self::Everywhere
                | Self::City
                | Self::CityKept
                | Self::Point
                | Self::Report
                | Self::ReportKept
        )
    }
}

impl Reach {
    /// The file of the world whose things of this kind someone of that role has.
    pub fn mine(self, role: Role) -> &'static str {
        if role == Role::Steering && matches!(self, Self::Report | Self::ReportKept) {
            "country"
        } else {
            "rabat.mine"
        }
    }
}

/// Who asks in the name of each role: someone of Rabat, its court, or no place.
pub const fn persona(role: Role) -> &'static str {
    match role {
        Role::SocialWorker => "worker1.rabat",
        Role::Supervisor => "supervisor.rabat",
        Role::FocalPoint => "focal.rabat",
        Role::InstitutionManager => "institution.rabat",
        Role::Prosecutor => "prosecutor.rabat",
        Role::CourtRegistrar => "registrar.rabat",
        Role::ChiefProsecutor => "chief.rabat",
        Role::Steering => "steering",
        Role::Admin => "admin",
        Role::Dpo => "dpo",
    }
}

impl Line {
    /// The path for the things of one file of the world: `{case}` is the id of `case rabat.mine`.
    pub fn path(&self, file: &str) -> String {
        filled(self.path, file)
    }

    /// The same for what someone of that role has.
    pub fn path_of(&self, role: Role) -> String {
        self.path(self.reach.mine(role))
    }

    /// The fields, likewise.
    pub fn fields(&self, file: &str) -> Vec<(&str, String)> {
        self.fields
            .iter()
            .map(|(name, value)| (*name, filled(value, file)))
            .collect()
    }

    /// Whether it answers with a page, not with a document.
    pub fn is_page(&self) -> bool {
        !self.route.starts_with("/documents/{id}/")
            && !self.route.ends_with("/acts/{act}/document")
            && !self.route.ends_with("/documents/{document}")
            && !["/plan/documents/{id}", "/plan/papers/{id}"].contains(&self.route)
            && !self.route.starts_with("/packs/{id}")
            && !["pdf", "ics", "csv", "xlsx"]
                .contains(&self.route.rsplit('.').next().unwrap_or_default())
    }

    /// Whether it is about something.
    pub fn has_object(&self) -> bool {
        !matches!(self.reach, Reach::Public | Reach::Whole)
    }
}

fn filled(text: &str, file: &str) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (thing, rest) = part.split_once('}').unwrap();
        out += &id(&format!("{thing} {file}")).to_string();
        out += rest;
    }
    out
}
