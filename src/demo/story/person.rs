//! One person: the record, the identity behind it, the birth as far as known, the names as far as known.

use super::{At, Code, Team, Teller};
use crate::{
    demo::{
        names::{BOYS_ABROAD, GIRLS_ABROAD, MEN, WOMEN, Word},
        rows::{Identity, IdentityLink, Person, PersonName},
        words::NICKNAMES,
    },
    people::Birth,
};
use chrono::{Days, Months, NaiveDate};
use uuid::Uuid;

/// Where and when a family is written down, and by whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) team: &'a Team,
    pub(super) met_on: NaiveDate,
    pub(super) at: At,
    pub(super) by: Uuid,
    pub(super) protected: bool,
}

/// What the papers of a family say.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    Morocco(Word),
    Syria(Word),
    /// Family name in Latin letters, nationality.
    Abroad(Code, Code),
}

impl Teller<'_> {
    /// From papers, by what was said, or as guessed.
    pub(super) fn birth(&mut self, months: u32, on: NaiveDate, papers: bool) -> Option<Birth> {
        let day = on.checked_sub_months(Months::new(months))?
            - Days::new(self.dice.between(1, 26).into());
        let years = months / 12;
        let guess = if months < 24 {
            (months.saturating_sub(2), months + 2)
        } else {
            let most = years * 12 + self.dice.pick(&[11, 23, 35]);
            // nobody takes a child for an adult
            (years * 12, if months < 216 { most.min(215) } else { most })
        };
        match self.dice.between(1, 100) {
            _ if papers => Some(Birth::on(day, "document")),
            1..=35 => Some(Birth::on(day, "declared")),
            36..=96 => Birth::from_age(guess.0, guess.1, on, "estimated").ok(),
            _ if months > 300 => None,
            _ => Some(Birth::on(day, "declared")),
        }
    }

    /// A record and the identity behind it.
    pub(super) fn somebody(
        &mut self,
        entry: Entry<'_>,
        origin: Origin,
        sex: Code,
        birth: Option<Birth>,
        civil_status: Option<Code>,
        protected: bool,
    ) -> Uuid {
        let (id, identity_id) = (self.dice.uuid(entry.at), self.dice.uuid(entry.at));
        let territory_id = entry.team.city.territory;
        self.rows.people.push(Person {
            id,
            territory_id,
            sex,
            birth_earliest: birth.as_ref().map(|birth| birth.earliest),
            birth_latest: birth.as_ref().map(|birth| birth.latest),
            birth_basis: birth.map(|birth| birth.basis),
            nationality: Some(match origin {
                Origin::Morocco(_) => "MA",
                Origin::Syria(_) => "SY",
                Origin::Abroad(_, nationality) => nationality,
            }),
            civil_status,
            protected,
            created_by: entry.by,
            created_at: entry.at,
        });
        self.rows.identities.push(Identity {
            id: identity_id,
            territory_id,
        });
        self.rows.links.push(IdentityLink {
            id: self.dice.uuid(entry.at),
            territory_id,
            person_id: id,
            identity_id,
            verdict: "same",
            decided_by: entry.by,
            at: entry.at,
        });
        id
    }

    /// Gives a name in both scripts, in one, a nickname, or none; answers with what the street knows.
    pub(super) fn names_of(
        &mut self,
        entry: Entry<'_>,
        origin: Origin,
        person: Uuid,
        sex: Code,
        papers: bool,
    ) -> Option<Code> {
        let mut name = PersonName {
            id: self.dice.uuid(entry.at),
            person_id: person,
            territory_id: entry.team.city.territory,
            kind: "civil",
            given_ar: None,
            family_ar: None,
            given_la: None,
            family_la: None,
        };
        let known = if papers { 1 } else { self.dice.between(1, 100) };
        match (origin, known) {
            (_, 91..) => return None,
            (_, 71..=90) => {
                name.kind = "street";
                name.given_ar = Some(self.dice.pick(NICKNAMES));
            }
            (Origin::Abroad(family, _), _) => {
                name.given_la = Some(self.dice.pick(if sex == "F" {
                    GIRLS_ABROAD
                } else {
                    BOYS_ABROAD
                }));
                name.family_la = Some(family);
            }
            (Origin::Morocco(family) | Origin::Syria(family), _) => {
                let given = self.given(sex, family);
                (name.given_ar, name.family_ar) = (Some(given.0), Some(family.0));
                if papers || self.dice.chance(50) {
                    (name.given_la, name.family_la) = (Some(given.1), Some(family.1));
                }
            }
        }
        let seen_as = name.given_ar.or(name.given_la);
        self.rows.names.push(name);
        seen_as.filter(|_| self.dice.chance(75))
    }

    /// A given name that no brother or sister has.
    fn given(&mut self, sex: Code, family: Word) -> Word {
        loop {
            let given = self.dice.pick(if sex == "F" { WOMEN } else { MEN });
            let taken = |name: &PersonName| {
                name.given_ar == Some(given.0) && name.family_ar == Some(family.0)
            };
            if !self.rows.names.iter().rev().take(8).any(taken) {
                return given;
            }
        }
    }
}
