//! How far a route reaches among the files of the world, and who asks in the name of each role.

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
        )
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
