//! What speaks for two records being of one person, or against it, and what points mean: the words of decisions 0095 and
//! 0098, for every page that shows them. What is worth how much is `duplicates::score`.

/// From here on two records are probably of one person.
const STRONG: u8 = 70;
/// From here on somebody should look.
const POSSIBLE: u8 = 50;

/// What speaks for one person, or against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// One mother.
    Mother,
    /// Said to be the mother of one child.
    Child,
    /// Given and family name, in whatever spelling or script.
    Name,
    /// The whole name nearly.
    NearName,
    /// The given name; there is no more to compare.
    Given,
    /// The given name nearly.
    NearGiven,
    /// The family name alone.
    Family,
    /// The mothers' names.
    MotherName,
    /// A telephone that each of two adults told.
    Phone,
    /// Born on one day.
    Day,
    /// Ages that fit.
    Age,
    /// Ages that fit if one was badly guessed.
    NearAge,
    /// Met in one commune.
    Place,
    /// A brother or sister, or the name of one.
    Sibling,
    /// Children of a like name.
    ChildName,
    /// A sign in one place of the body.
    Sign,
    /// Another given name.
    OtherGiven,
    /// A mother of another name.
    OtherMother,
}

impl Reason {
    /// Every one, the strongest first; what speaks against comes last.
    pub const ALL: &[Self] = &[
        Self::Mother,
        Self::Child,
        Self::Name,
        Self::NearName,
        Self::Given,
        Self::NearGiven,
        Self::Family,
        Self::MotherName,
        Self::Phone,
        Self::Day,
        Self::Age,
        Self::NearAge,
        Self::Place,
        Self::Sibling,
        Self::ChildName,
        Self::Sign,
        Self::OtherGiven,
        Self::OtherMother,
    ];

    /// As the database keeps it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mother => "mother",
            Self::Child => "child",
            Self::Name => "name",
            Self::NearName => "near_name",
            Self::Given => "given",
            Self::NearGiven => "near_given",
            Self::Family => "family",
            Self::MotherName => "mother_name",
            Self::Phone => "phone",
            Self::Day => "day",
            Self::Age => "age",
            Self::NearAge => "near_age",
            Self::Place => "place",
            Self::Sibling => "sibling",
            Self::ChildName => "child_name",
            Self::Sign => "sign",
            Self::OtherGiven => "other_given",
            Self::OtherMother => "other_mother",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mother => "duplicate-sign-mother",
            Self::Child => "duplicate-sign-child",
            Self::Name => "duplicate-sign-name",
            Self::NearName => "duplicate-sign-near-name",
            Self::Given => "duplicate-sign-given",
            Self::NearGiven => "duplicate-sign-near",
            Self::Family => "duplicate-sign-family",
            Self::MotherName => "duplicate-sign-mother-name",
            Self::Phone => "duplicate-sign-phone",
            Self::Day => "duplicate-sign-day",
            Self::Age => "duplicate-sign-age",
            Self::NearAge => "duplicate-sign-near-age",
            Self::Place => "duplicate-sign-place",
            Self::Sibling => "duplicate-sign-sibling",
            Self::ChildName => "duplicate-sign-child-name",
            Self::Sign => "duplicate-sign-body",
            Self::OtherGiven => "duplicate-sign-other-given",
            Self::OtherMother => "duplicate-sign-other-mother",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// Whether it speaks against.
    pub const fn is_against(self) -> bool {
        matches!(self, Self::OtherGiven | Self::OtherMother)
    }

    /// Whether it tells more than that many people of one age bear one given name.
    pub const fn tells(self) -> bool {
        matches!(
            self,
            Self::Mother
                | Self::Child
                | Self::Name
                | Self::NearName
                | Self::MotherName
                | Self::Phone
                | Self::Sibling
                | Self::ChildName
                | Self::Sign
        )
    }
}

/// What the points mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not shown to anybody who did not ask for it.
    Weak,
    /// Somebody should look.
    Possible,
    /// Probably one person.
    Strong,
}

impl Level {
    /// Of so many points.
    pub const fn of(points: u8) -> Self {
        match points {
            STRONG.. => Self::Strong,
            POSSIBLE.. => Self::Possible,
            _ => Self::Weak,
        }
    }

    /// Key of its words, of two children.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Strong => "duplicate-strong",
            Self::Possible => "duplicate-possible",
            Self::Weak => "duplicate-weak",
        }
    }

    /// The same, of two women.
    pub const fn key_of_women(self) -> &'static str {
        match self {
            Self::Strong => "records-strong",
            Self::Possible | Self::Weak => self.key(),
        }
    }
}
