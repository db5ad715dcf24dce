//! Disability and schooling of a child of the story, as far as somebody has asked (decision 0109).

use super::{At, Code, Team, family::Child};
use crate::demo::{dice::Dice, rows::ChildCondition};
use uuid::Uuid;

/// What the lead of a file asked in its first days. Its chance is the file's own: it moves no other.
pub(super) fn of(
    child: &Child,
    (case_id, team): (Uuid, &Team),
    (lead, at): (Uuid, At),
) -> ChildCondition {
    let mut dice = Dice::of(&format!("condition {case_id}"));
    let disability = dice.weighted(&[
        ("none", 70),
        ("physical", 5),
        ("hearing", 3),
        ("visual", 2),
        ("intellectual", 3),
        ("psychosocial", 2),
        ("multiple", 1),
        ("suspected", 5),
        ("unknown", 8),
        ("refused", 1),
    ]);
    let education = schooling(&mut dice, child.months);
    ChildCondition {
        case_id,
        territory_id: team.city.territory,
        disability: dice.chance(88).then_some(disability),
        education: dice.chance(92).then_some(education),
        recorded_by: lead,
        recorded_at: at,
    }
}

fn schooling(dice: &mut Dice, months: u32) -> Code {
    match months / 12 {
        0..=3 => "too_young",
        4..=5 => dice.weighted(&[("never_enrolled", 65), ("preschool", 30), ("unknown", 5)]),
        6..=11 => dice.weighted(&[
            ("never_enrolled", 42),
            ("dropped_out", 27),
            ("primary", 24),
            ("non_formal", 3),
            ("unknown", 4),
        ]),
        _ => dice.weighted(&[
            ("dropped_out", 52),
            ("never_enrolled", 24),
            ("lower_secondary", 12),
            ("vocational", 4),
            ("non_formal", 4),
            ("unknown", 4),
        ]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schooling_fits_the_age() {
        for nth in 0..200 {
            let at = |months| schooling(&mut Dice::of(&format!("{nth}")), months);
            assert_eq!(at(30), "too_young");
            assert!(["never_enrolled", "preschool", "unknown"].contains(&at(60)));
            assert!(!["too_young", "preschool", "vocational"].contains(&at(100)));
            assert!(!["too_young", "preschool", "primary"].contains(&at(170)));
        }
    }
}
