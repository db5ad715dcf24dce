//! What a city may enter in the register of places. Knows neither HTTP nor SQL.

use super::Places;

/// A kind of institution that a city may add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct House {
    /// Code of `ref.placement_type`: what living there is.
    pub kind: &'static str,
    /// Code of `ref.org_type`: what the house is.
    pub org_type: &'static str,
}

/// The kinds of places to live that are houses with places, and no family, hospital or street.
const HOUSES: [House; 6] = [
    House {
        kind: "emergency_shelter",
        org_type: "emergency_shelter",
    },
    House {
        kind: "eps_boarding",
        org_type: "eps",
    },
    House {
        kind: "eps_abandoned",
        org_type: "eps",
    },
    House {
        kind: "child_protection_centre",
        org_type: "child_protection_centre",
    },
    House {
        kind: "samu_social",
        org_type: "samu_social",
    },
    House {
        kind: "shelter_with_mother",
        org_type: "emergency_shelter",
    },
];

impl House {
    /// The kind of that code, if a city may add one.
    pub fn of_kind(code: &str) -> Option<Self> {
        HOUSES.into_iter().find(|house| house.kind == code)
    }
}

/// Nobody of that age is a child (`bed_group_ages`): places for young adults end there.
pub const MAX_AGE: i16 = 20;
/// No group has more places.
pub const MAX_PLACES: i16 = 2000;

/// Why figures cannot be those of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overfull {
    /// Fewer places than children who are there or coming.
    BelowTaken,
    /// Closed, taken and kept places are more than there are.
    TooMany,
}

impl Places {
    /// Places of children of files: they are there, or coming.
    pub const fn taken(self) -> i16 {
        self.admitted + self.held
    }

    /// Whether all of it has room.
    pub fn check(self) -> Result<(), Overfull> {
        let used = [self.closed, self.others, self.admitted, self.held];
        if self.capacity < self.taken() {
            Err(Overfull::BelowTaken)
        } else if used.map(i32::from).iter().sum::<i32>() > i32::from(self.capacity) {
            Err(Overfull::TooMany)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_leave_room_for_the_children_who_are_there_or_coming() {
        let with = |capacity, closed, others| Places {
            capacity,
            closed,
            others,
            admitted: 2,
            held: 1,
        };
        assert_eq!(with(3, 0, 0).check(), Ok(()));
        assert_eq!(with(2, 0, 0).check(), Err(Overfull::BelowTaken));
        assert_eq!(with(5, 1, 1).check(), Ok(()));
        assert_eq!(with(5, 2, 1).check(), Err(Overfull::TooMany));
        assert_eq!(with(2000, 2000, 2000).check(), Err(Overfull::TooMany));
    }

    #[test]
    fn a_family_is_no_institution() {
        assert!(House::of_kind("kafala").is_none());
        assert_eq!(
            House::of_kind("eps_boarding").map(|house| house.org_type),
            Some("eps")
        );
    }
}
