//! What an indicator is. Knows neither HTTP nor SQL.

use super::catalogue::ALL;

/// What one of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A human being under eighteen, however many records there are.
    Child,
    /// A human being, an adult beside a child.
    Adult,
    /// A woman who is the mother of a child with a file.
    Mother,
    /// A street contact.
    Contact,
    /// A file of a child.
    Case,
    /// A file at the prosecution.
    JudicialFile,
    /// An assessment or a plan that was due.
    Assessment,
    /// A visit that was due.
    Visit,
    /// A request for help sent to an organisation.
    Request,
    /// A place in an institution.
    Place,
    /// A member of a team, or a seat of it.
    Seat,
    /// A meeting.
    Meeting,
    /// A complaint.
    Complaint,
    /// A prefecture or province of the plan.
    City,
    /// Something that is owed.
    Task,
    /// A step of opening a city.
    Step,
    /// A social worker.
    Worker,
    /// Something agreed on at a meeting.
    Point,
    /// A day.
    Day,
}

impl Unit {
    /// Every one.
    pub const ALL: [Self; 19] = [
        Self::Child,
        Self::Adult,
        Self::Mother,
        Self::Contact,
        Self::Case,
        Self::JudicialFile,
        Self::Assessment,
        Self::Visit,
        Self::Request,
        Self::Place,
        Self::Seat,
        Self::Meeting,
        Self::Complaint,
        Self::City,
        Self::Task,
        Self::Step,
        Self::Worker,
        Self::Point,
        Self::Day,
    ];

    /// As keys of words have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Adult => "adult",
            Self::Mother => "mother",
            Self::Contact => "contact",
            Self::Case => "case",
            Self::JudicialFile => "judicial-file",
            Self::Assessment => "assessment",
            Self::Visit => "visit",
            Self::Request => "request",
            Self::Place => "place",
            Self::Seat => "seat",
            Self::Meeting => "meeting",
            Self::Complaint => "complaint",
            Self::City => "city",
            Self::Task => "task",
            Self::Step => "step",
            Self::Worker => "worker",
            Self::Point => "point",
            Self::Day => "day",
        }
    }
}

/// What sort of figure it is, and so how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// So many: the numerator alone.
    Count,
    /// A share of what it is a share of, in hundredths.
    Rate,
    /// So many for each: contacts and children, workers and files.
    Ratio,
    /// So many for each hundred thousand.
    PerHundredThousand,
    /// Days: the median and the ninth tenth, of those whose end is known; the denominator says of how many, and the
    /// numerator how many of them have ended.
    Median,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Good {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// Neither: it says what there is.
    Neither,
}

/// Where a mark comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// What is owed is owed: the rule itself says all, or none.
    Rule,
    /// Practice between agencies that manage cases of children (general knowledge, not checked).
    Agencies,
    /// A default of the project, to be confirmed by the committee.
    Project,
    /// Results of Marrakech, 10 June 2021 to 30 April 2022, in the press.
    Marrakech,
    /// The Presidency of the Public Prosecution, results of 2020, in the press.
    Prosecution2020,
    /// Results told by the ministry on 1 October 2020, in the press.
    Bilan2020,
}

impl Source {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Rule,
        Self::Agencies,
        Self::Project,
        Self::Marrakech,
        Self::Prosecution2020,
        Self::Bilan2020,
    ];

    /// As keys of words have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Agencies => "agencies",
            Self::Project => "project",
            Self::Marrakech => "marrakech",
            Self::Prosecution2020 => "prosecution-2020",
            Self::Bilan2020 => "bilan-2020",
        }
    }
}

/// What a figure is held against: a target, or something that was seen elsewhere and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// To be reached: so many, or so many hundredths of a rate.
    AtLeast(u32, Source),
    /// Not to be passed.
    AtMost(u32, Source),
    /// Seen: to compare with, and no target.
    Seen(u32, Source),
}

impl Mark {
    /// The figure.
    pub const fn value(self) -> u32 {
        match self {
            Self::AtLeast(n, _) | Self::AtMost(n, _) | Self::Seen(n, _) => n,
        }
    }

    /// Where it comes from.
    pub const fn source(self) -> Source {
        match self {
            Self::AtLeast(_, from) | Self::AtMost(_, from) | Self::Seen(_, from) => from,
        }
    }

    /// Whether it is to be reached or not to be passed.
    pub const fn is_target(self) -> bool {
        !matches!(self, Self::Seen(..))
    }

    /// Whether a figure keeps to it; what was seen elsewhere asks for nothing.
    pub fn is_kept(self, value: f64) -> Option<bool> {
        match self {
            Self::AtLeast(n, _) => Some(value >= f64::from(n)),
            Self::AtMost(n, _) => Some(value <= f64::from(n)),
            Self::Seen(..) => None,
        }
    }
}

/// Further parts of an indicator: one, or one for each code of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// One part of that code.
    One,
    /// For each relation of an adult to the child: `relation.mother`.
    Relation,
    /// For each reason of closing a file: `reason.objectives_met`.
    Reason,
    /// For each family of help to mothers: `family.psychological_support`.
    Family,
    /// For each sex: `sex.F`.
    Sex,
    /// For each age band: `age.plan_6_13`.
    Age,
    /// For each risk: `risk.high`.
    Risk,
}

/// Of what a figure that is told is a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Of nothing: it is a count.
    Nothing,
    /// Of itself and these parts of the same table.
    With(&'static [&'static str]),
    /// Of the total of a system, as it was told so many months before.
    Total(&'static str, u32),
    /// The parts are what is lacking: the figure is the total of this system without them, of that total.
    Lacking(&'static str),
}

/// Where a committee finds a figure among published cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// A table of the closed list.
    pub table: &'static str,
    /// Its parts that are counted; an empty code is the total.
    pub hits: &'static [&'static str],
    /// Of what.
    pub of: Of,
}

impl Told {
    /// Numerator and denominator out of told cells: `cell` is asked for a table, a part, and how many months before. Nothing,
    /// if one of them is not told.
    pub fn figure(
        &self,
        cell: impl Fn(&str, &str, u32) -> Option<i64>,
    ) -> Option<(i64, Option<i64>)> {
        let sum = |parts: &[&str]| -> Option<i64> {
            parts.iter().map(|part| cell(self.table, part, 0)).sum()
        };
        let hits = sum(self.hits)?;
        Some(match self.of {
            Of::Nothing => (hits, None),
            Of::With(parts) => (hits, Some(hits + sum(parts)?)),
            Of::Total(system, before) => (hits, Some(cell(system, "", before)?)),
            Of::Lacking(system) => {
                let total = cell(system, "", 0)?;
                (total - hits, Some(total))
            }
        })
    }
}

/// One figure of an indicator, or one for each code of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its code: empty for the first figure; of a list, what stands before the point.
    pub code: &'static str,
    /// One, or one for each code of a list.
    pub parts: Parts,
    /// Of what.
    pub unit: Unit,
    /// What sort of figure.
    pub kind: Kind,
    /// Which way is good.
    pub good: Good,
    /// What it is held against.
    pub mark: Option<Mark>,
    /// Where the committee finds it; nothing, where it is told otherwise or not at all (decision 0104 says why of each).
    pub told: Option<Told>,
    /// Whether its median is told for regions and the country.
    pub is_told_as_median: bool,
}

impl Part {
    pub(super) const fn new(code: &'static str, unit: Unit, kind: Kind, good: Good) -> Self {
        Self {
            code,
            parts: Parts::One,
            unit,
            kind,
            good,
            mark: None,
            told: None,
            is_told_as_median: false,
        }
    }

    pub(super) const fn of_list(self, parts: Parts) -> Self {
        Self { parts, ..self }
    }

    pub(super) const fn against(self, mark: Mark) -> Self {
        Self {
            mark: Some(mark),
            ..self
        }
    }

    pub(super) const fn told(
        self,
        table: &'static str,
        hits: &'static [&'static str],
        of: Of,
    ) -> Self {
        Self {
            told: Some(Told { table, hits, of }),
            ..self
        }
    }

    pub(super) const fn told_as_median(self) -> Self {
        Self {
            is_told_as_median: true,
            ..self
        }
    }
}

/// One of the twenty-four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indicator {
    /// `I1` to `I24`.
    pub code: &'static str,
    /// Its first figure.
    pub first: Part,
    /// What else it says.
    pub parts: &'static [Part],
}

impl Indicator {
    /// Every figure, the first one first.
    pub fn all(&self) -> impl Iterator<Item = Part> + use<> {
        std::iter::once(self.first).chain(self.parts.iter().copied())
    }

    /// The part that a code of a row belongs to, and the code of the list if it is of one.
    pub fn part<'c>(&self, code: &'c str) -> Option<(Part, Option<&'c str>)> {
        let (head, tail) = match code.split_once('.') {
            Some((head, tail)) => (head, Some(tail)),
            None => (code, None),
        };
        self.all()
            .find(|part| part.code == head && (part.parts == Parts::One) == tail.is_none())
            .map(|part| (part, tail))
    }

    /// The name of its words: `indicator-i1`.
    pub fn key(&self) -> String {
        format!("indicator-{}", self.code.to_ascii_lowercase())
    }
}

/// The indicator of a code.
pub fn find(code: &str) -> Option<&'static Indicator> {
    ALL.iter().find(|one| one.code == code)
}

/// A figure of one city, as it was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// `I1` to `I24`.
    pub indicator: String,
    /// Of which part; empty for the first figure.
    pub part: String,
    /// How many of it.
    pub numerator: i64,
    /// Of how many; nothing, of a count.
    pub denominator: Option<i64>,
    /// The middle of the days, of those whose end is known.
    pub median_days: Option<f64>,
    /// The day within which nine of ten have ended.
    pub p90_days: Option<f64>,
}

impl Measured {
    /// The figure as its kind has it: a count, hundredths, so many for each, days. Nothing, where there is nothing to
    /// divide by.
    #[expect(clippy::cast_precision_loss, reason = "no count comes near 2^52")]
    pub fn value(&self, kind: Kind) -> Option<f64> {
        let of = |times: f64| {
            let below = self.denominator.filter(|n| *n != 0)?;
            Some(self.numerator as f64 * times / below as f64)
        };
        match kind {
            Kind::Count => Some(self.numerator as f64),
            Kind::Rate => of(100.0),
            Kind::Ratio => of(1.0),
            Kind::PerHundredThousand => of(100_000.0),
            Kind::Median => self.median_days,
        }
    }

    /// Of a median, how many have not ended yet, and are in no median.
    pub fn not_ended(&self) -> i64 {
        (self.denominator.unwrap_or(self.numerator) - self.numerator).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(numerator: i64, denominator: Option<i64>) -> Measured {
        Measured {
            indicator: "I9".to_owned(),
            part: String::new(),
            numerator,
            denominator,
            median_days: Some(3.5),
            p90_days: None,
        }
    }

    #[test]
    fn a_figure_is_what_its_kind_says() {
        assert_eq!(measured(3, Some(4)).value(Kind::Rate), Some(75.0));
        assert_eq!(measured(30, Some(4)).value(Kind::Ratio), Some(7.5));
        assert_eq!(measured(3, Some(0)).value(Kind::Rate), None);
        assert_eq!(measured(3, None).value(Kind::Rate), None);
        assert_eq!(measured(3, None).value(Kind::Count), Some(3.0));
        assert_eq!(measured(3, Some(4)).value(Kind::Median), Some(3.5));
        let density = measured(3, Some(600_000)).value(Kind::PerHundredThousand);
        assert_eq!(density, Some(0.5));
    }

    #[test]
    fn who_has_not_ended_is_in_no_median_and_is_counted() {
        assert_eq!(measured(3, Some(5)).not_ended(), 2);
        assert_eq!(measured(3, None).not_ended(), 0);
    }

    #[test]
    fn a_part_of_a_list_is_found_by_what_stands_before_its_point() {
        let adults = find("I11").unwrap();
        let (part, code) = adults.part("relation.mother").unwrap();
        assert_eq!((part.parts, code), (Parts::Relation, Some("mother")));
        assert_eq!(adults.part("").unwrap().0, adults.first);
        assert_eq!(adults.part("relation"), None);
        assert_eq!(adults.part("x.mother"), None);
        assert_eq!(find("I25"), None);
    }

    #[test]
    fn a_figure_that_is_told_is_made_of_told_cells_or_is_none() {
        let cell = |table: &str, part: &str, before: u32| match (table, part, before) {
            ("children", "", 0) => Some(40),
            ("children", "", 3) => Some(30),
            ("found", "yes", 0) => Some(6),
            ("found", "no", 0) => Some(34),
            _ => None,
        };
        let told = |hits, of| Told {
            table: "found",
            hits,
            of,
        };
        let figure = |hits, of| told(hits, of).figure(cell);
        assert_eq!(figure(&["yes"], Of::Nothing), Some((6, None)));
        assert_eq!(figure(&["yes"], Of::With(&["no"])), Some((6, Some(40))));
        assert_eq!(
            figure(&["yes"], Of::Total("children", 3)),
            Some((6, Some(30)))
        );
        assert_eq!(
            figure(&["yes"], Of::Lacking("children")),
            Some((34, Some(40)))
        );
        assert_eq!(figure(&["few"], Of::Nothing), None);
        assert_eq!(figure(&["yes"], Of::Total("children", 4)), None);
    }

    #[test]
    fn a_target_is_kept_or_not_and_what_was_seen_is_neither() {
        assert_eq!(Mark::AtLeast(90, Source::Rule).is_kept(90.0), Some(true));
        assert_eq!(
            Mark::AtMost(25, Source::Agencies).is_kept(25.1),
            Some(false)
        );
        assert_eq!(Mark::Seen(60, Source::Marrakech).is_kept(10.0), None);
    }
}
