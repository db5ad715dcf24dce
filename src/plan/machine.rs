//! Where a city stands on its way into the plan, and how far a step of its opening has come. The database holds the same
//! moves (`migrations/0057_plan_register.sql`).

use serde::Deserialize;

/// Where a city stands (`plan.city.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CityStatus {
    /// Somebody thinks of it.
    Candidate,
    /// The committee decided to open it.
    Preparing,
    /// In the plan.
    Active,
    /// The committee put it on hold; its files go on.
    Suspended,
    /// No candidate any more.
    SetAside,
}

impl CityStatus {
    /// Every one, in the order of the database's own list.
    pub const ALL: [Self; 5] = [
        Self::Candidate,
        Self::Preparing,
        Self::Active,
        Self::Suspended,
        Self::SetAside,
    ];

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Preparing => "preparing",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::SetAside => "set_aside",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Candidate => "plan-status-candidate",
            Self::Preparing => "plan-status-preparing",
            Self::Active => "plan-status-active",
            Self::Suspended => "plan-status-suspended",
            Self::SetAside => "plan-status-set-aside",
        }
    }

    /// Colour of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Candidate | Self::SetAside => "",
            Self::Preparing => "indigo",
            Self::Active => "brand",
            Self::Suspended => "amber",
        }
    }

    /// Icon of its pill.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Candidate => "flag",
            Self::Preparing => "list-checks",
            Self::Active => "check",
            Self::Suspended => "hourglass",
            Self::SetAside => "x",
        }
    }

    /// Whether the steps of its opening are worked on, or were.
    pub const fn has_steps(self) -> bool {
        matches!(self, Self::Preparing | Self::Active | Self::Suspended)
    }

    /// The moves that begin here.
    pub fn moves(self) -> impl Iterator<Item = CityMove> {
        CityMove::ALL
            .into_iter()
            .filter(move |made| made.from().contains(&self))
    }
}

/// What a move is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// A decision of the committee that names the city.
    Decision,
    /// Words.
    Reason,
}

impl Needs {
    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Reason => "reason",
        }
    }
}

/// What the committee does with a city (`plan.city_moves`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CityMove {
    /// Opens it.
    Prepare,
    /// It is in the plan from that day on.
    Activate,
    /// On hold.
    Suspend,
    /// And on again.
    Resume,
    /// Gives it up before it was in.
    SetAside,
    /// Thinks of it anew.
    ProposeAgain,
}

impl CityMove {
    /// Every move.
    pub const ALL: [Self; 6] = [
        Self::Prepare,
        Self::Activate,
        Self::Suspend,
        Self::Resume,
        Self::SetAside,
        Self::ProposeAgain,
    ];

    /// The code in the database and in the audit trail.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Activate => "activate",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::SetAside => "set_aside",
            Self::ProposeAgain => "propose_again",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Where it begins.
    pub const fn from(self) -> &'static [CityStatus] {
        use CityStatus as S;
        match self {
            Self::Prepare => &[S::Candidate],
            Self::Activate => &[S::Preparing],
            Self::Suspend => &[S::Active],
            Self::Resume => &[S::Suspended],
            Self::SetAside => &[S::Candidate, S::Preparing],
            Self::ProposeAgain => &[S::SetAside],
        }
    }

    /// Where it leads.
    pub const fn to(self) -> CityStatus {
        match self {
            Self::Prepare => CityStatus::Preparing,
            Self::Activate | Self::Resume => CityStatus::Active,
            Self::Suspend => CityStatus::Suspended,
            Self::SetAside => CityStatus::SetAside,
            Self::ProposeAgain => CityStatus::Candidate,
        }
    }

    /// What it is based on.
    pub const fn needs(self) -> Needs {
        match self {
            Self::Prepare | Self::Activate | Self::Suspend | Self::Resume => Needs::Decision,
            Self::SetAside | Self::ProposeAgain => Needs::Reason,
        }
    }
}

/// How far a step of the opening has come (`plan.activation_step.state`; of one nobody spoke of there is no row).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type, Deserialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Nobody spoke of it.
    Open,
    /// Begun.
    UnderWay,
    /// Done, with what proves it.
    Done,
    /// This city does without, and why.
    NotNeeded,
}

impl StepState {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Open, Self::UnderWay, Self::Done, Self::NotNeeded];

    /// The code in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::UnderWay => "under_way",
            Self::Done => "done",
            Self::NotNeeded => "not_needed",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "plan-step-open",
            Self::UnderWay => "plan-step-under-way",
            Self::Done => "plan-step-done",
            Self::NotNeeded => "plan-step-not-needed",
        }
    }

    /// What may be said of it next.
    pub const fn goes_to(self) -> &'static [Self] {
        match self {
            Self::Open | Self::UnderWay => &[Self::UnderWay, Self::Done, Self::NotNeeded],
            Self::Done | Self::NotNeeded => &[Self::UnderWay, Self::Done],
        }
    }

    /// Whether it keeps the city from its first day no more.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::NotNeeded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const SQL: &str = include_str!("../../migrations/0057_plan_register.sql");

    /// The rows of the `values` of a function of the migration.
    fn rows(function: &str) -> BTreeSet<Vec<String>> {
        let (_, after) = SQL
            .split_once(&format!("create function {function}()"))
            .unwrap();
        let (_, after) = after.split_once("    values ").unwrap();
        let (list, _) = after.split_once("\n$$").unwrap();
        list.split("),")
            .map(|row| {
                let codes = row.split('\'').skip(1).step_by(2);
                codes.map(str::to_owned).collect()
            })
            .collect()
    }

    #[test]
    fn the_database_holds_the_same_moves_of_a_city() {
        let mut made = BTreeSet::new();
        for one in CityMove::ALL {
            for from in one.from() {
                let row = [one.code(), from.code(), one.to().code(), one.needs().code()];
                made.insert(row.map(str::to_owned).to_vec());
            }
        }
        assert_eq!(rows("plan.city_moves"), made);
    }

    #[test]
    fn the_database_holds_the_same_moves_of_a_step() {
        let mut made = BTreeSet::new();
        for from in StepState::ALL {
            for to in from.goes_to() {
                made.insert([from.code(), to.code()].map(str::to_owned).to_vec());
            }
        }
        assert_eq!(rows("plan.step_moves"), made);
    }

    #[test]
    fn a_city_is_in_the_plan_by_a_decision_alone() {
        for made in CityMove::ALL {
            if made.to() == CityStatus::Active {
                assert_eq!(made.needs(), Needs::Decision, "{made:?}");
            }
        }
        assert!(
            CityStatus::Active
                .moves()
                .all(|made| made.to() == CityStatus::Suspended)
        );
    }

    #[test]
    fn a_code_leads_back() {
        for status in CityStatus::ALL {
            assert_eq!(CityStatus::from_code(status.code()), Some(status));
        }
        for made in CityMove::ALL {
            assert_eq!(CityMove::from_code(made.code()), Some(made));
        }
        for state in StepState::ALL {
            assert_eq!(StepState::from_code(state.code()), Some(state));
        }
    }
}
