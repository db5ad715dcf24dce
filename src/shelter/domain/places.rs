//! Places: for whom they are, how many are free, how old a figure is.

use crate::people::Age;
use chrono::{DateTime, TimeDelta, Utc};

/// A figure that nobody confirmed for that long is stale (indicator I17).
pub const FRESH_FOR: TimeDelta = TimeDelta::days(7);
/// A place is kept for a child who is on the way.
pub const HELD_FOR: TimeDelta = TimeDelta::hours(24);
/// A child whose hold ran out can still be received for that long, while a place is free (`app.late_for`).
pub const LATE_FOR: TimeDelta = TimeDelta::days(3);

/// For whom the places of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Girls.
    Girls,
    /// Boys.
    Boys,
    /// Girls and boys.
    Mixed,
    /// A child with its mother.
    MotherChild,
}

impl Audience {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Girls, Self::Boys, Self::Mixed, Self::MotherChild];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Girls => "girls",
            Self::Boys => "boys",
            Self::Mixed => "mixed",
            Self::MotherChild => "mother_child",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Girls => "beds-girls",
            Self::Boys => "beds-boys",
            Self::Mixed => "beds-mixed",
            Self::MotherChild => "beds-mother-child",
        }
    }
}

/// How many places of a group are what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// Licensed.
    pub capacity: i16,
    /// Out of use.
    pub closed: i16,
    /// Taken by children who came another way.
    pub others: i16,
    /// Taken by children of files.
    pub admitted: i16,
    /// Kept for children on the way.
    pub held: i16,
}

impl Places {
    /// Taken.
    pub const fn occupied(self) -> i16 {
        self.others + self.admitted
    }

    /// Neither taken nor kept nor closed.
    pub const fn free(self) -> i16 {
        self.capacity - self.closed - self.occupied() - self.held
    }
}

/// Whether a figure of that moment is stale now.
pub fn is_stale(confirmed_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - confirmed_at > FRESH_FOR
}

/// Why a child does not go to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The places are for the other sex.
    Sex,
    /// The child is too young, or too old.
    Age,
}

/// Whether a child can go there. An age that nobody knows, or that may be within the band, is no obstacle: at
/// night a bed comes first. A sex that nobody knows goes where both are received.
pub fn fits(
    audience: Audience,
    (min, max): (i16, i16),
    sex: &str,
    age: Option<Age>,
) -> Result<(), Misfit> {
    let wrong = match audience {
        Audience::Girls => sex != "F",
        Audience::Boys => sex != "M",
        Audience::Mixed | Audience::MotherChild => false,
    };
    if wrong {
        return Err(Misfit::Sex);
    }
    let outside = |age: Age| {
        age.max_months < i32::from(min) * 12 || age.min_months >= (i32::from(max) + 1) * 12
    };
    if age.is_some_and(outside) {
        return Err(Misfit::Age);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aged(min_months: i32, max_months: i32) -> Age {
        Age {
            min_months,
            max_months,
        }
    }

    #[test]
    fn a_place_is_for_a_sex_and_an_age() {
        let to = |audience, sex, age| fits(audience, (6, 12), sex, age);
        assert_eq!(to(Audience::Girls, "F", Some(aged(72, 83))), Ok(()));
        assert_eq!(
            to(Audience::Girls, "M", Some(aged(72, 83))),
            Err(Misfit::Sex)
        );
        assert_eq!(to(Audience::Boys, "U", None), Err(Misfit::Sex));
        assert_eq!(to(Audience::Mixed, "U", None), Ok(()));
        assert_eq!(
            to(Audience::Boys, "M", Some(aged(60, 71))),
            Err(Misfit::Age)
        );
        // twelve years and eleven months is twelve
        assert_eq!(to(Audience::Boys, "M", Some(aged(155, 155))), Ok(()));
        assert_eq!(
            to(Audience::Boys, "M", Some(aged(156, 167))),
            Err(Misfit::Age)
        );
        // perhaps within the band
        assert_eq!(to(Audience::Boys, "M", Some(aged(48, 95))), Ok(()));
    }

    #[test]
    fn what_is_free_is_what_is_left() {
        let places = Places {
            capacity: 10,
            closed: 2,
            others: 3,
            admitted: 1,
            held: 1,
        };
        assert_eq!((places.occupied(), places.free()), (4, 3));
    }

    #[test]
    fn a_figure_is_stale_after_a_week() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        assert!(!is_stale(now - FRESH_FOR, now));
        assert!(is_stale(now - FRESH_FOR - TimeDelta::seconds(1), now));
    }
}
