//! Reading what a city writes of its team.

use super::domain::{BEGAN, Body, Kind, Member};
use crate::{
    authz::TerritoryId,
    contacts::parse_phone,
    forms::{Form, Line, parse_date},
    i18n::Msg,
    ids::RowId,
    reference::{Catalogue, List},
};
use chrono::{Months, NaiveDate};

/// A letter is no older: the plan was prepared in that year.
const EARLIEST: NaiveDate = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap();
/// How far ahead somebody is designated, or a designation ended.
const AHEAD: Months = Months::new(12);
/// How long a designation runs at most.
const LONGEST: Months = Months::new(120);

/// A seat to add.
#[derive(Debug)]
pub struct NewSeat {
    /// Of the form and its answers: sent twice, it is one.
    pub id: RowId,
    /// Code of `ref.seat_sector`.
    pub sector: String,
    /// Whose it is.
    pub body: Body,
}

/// Somebody to designate.
#[derive(Debug)]
pub struct NewDesignation {
    /// Likewise.
    pub id: RowId,
    /// As what.
    pub kind: Kind,
    /// Who.
    pub member: Member,
    /// From that day.
    pub since: NaiveDate,
    /// To that day, if it is known.
    pub until: Option<NaiveDate>,
    /// Reference of the letter.
    pub letter_ref: String,
    /// Its date.
    pub letter_on: NaiveDate,
}

/// The id of what is entered for the first time.
fn id_of(form: &mut Form) -> Option<RowId> {
    form.required("id", |text| {
        text.parse::<RowId>().map_err(|_| Msg::new("error-choice"))
    })?;
    form.id_of_answers("id").map(RowId)
}

/// A seat, complete or not at all: of a body of the list, or of one that is written out.
pub fn seat(
    form: &mut Form,
    (catalogue, today): (&Catalogue, NaiveDate),
    territory: TerritoryId,
) -> Option<NewSeat> {
    let id = id_of(form);
    let sector = form.required("sector", |code| {
        catalogue.parse(List::SeatSector, code, today)
    });
    let listed = form.optional("organisation", |code| match catalogue.organisation(code) {
        Some(one) if one.territory_id.is_none_or(|place| place == territory) => Ok(code.to_owned()),
        _ => Err(Msg::new("error-choice")),
    });
    let named = form.optional("organisation_name", Line::parse);
    let body = match (listed, named) {
        (Some(_), Some(_)) => {
            form.fail("organisation_name", Msg::new("team-organisation-both"));
            None
        }
        (Some(code), None) => Some(Body::Listed(code)),
        (None, Some(name)) => Some(Body::Named(name.into_string())),
        (None, None) => {
            form.fail("organisation", Msg::new("error-required"));
            None
        }
    };
    if !form.is_valid() {
        return None;
    }
    Some(NewSeat {
        id: id?,
        sector: sector?,
        body: body?,
    })
}

/// An address for letters, as far as one sees without sending any.
fn email(text: &str) -> Result<String, Msg> {
    let line = Line::parse(text)?.into_string();
    let is_one = line
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        && !line.contains(char::is_whitespace);
    if is_one {
        Ok(line)
    } else {
        Err(Msg::new("team-email-wrong"))
    }
}

/// Who somebody is at work, complete or not at all.
pub fn member(form: &mut Form) -> Option<Member> {
    let name_ar = form.required("name_ar", Line::parse).map(Line::into_string);
    let name_la = form.required("name_la", Line::parse).map(Line::into_string);
    let function = form
        .required("function", Line::parse)
        .map(Line::into_string);
    let phone = form.optional("work_phone", parse_phone);
    let email = form.optional("work_email", email);
    if !form.is_valid() {
        return None;
    }
    Some(Member {
        name_ar: name_ar?,
        name_la: name_la?,
        function: function?,
        phone,
        email,
    })
}

/// The first day of a designation.
fn first_day(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    match parse_date(text)? {
        day if day < BEGAN => Err(Msg::new("team-before-plan")),
        day if far(day, today, AHEAD) => Err(Msg::new("team-too-far")),
        day => Ok(day),
    }
}

/// Whether a day is further away than that.
fn far(day: NaiveDate, from: NaiveDate, most: Months) -> bool {
    from.checked_add_months(most).is_some_and(|last| day > last)
}

/// A designation, complete or not at all.
pub fn designation(form: &mut Form, today: NaiveDate) -> Option<NewDesignation> {
    let id = id_of(form);
    let kind = form.required("seat_kind", |code| {
        Kind::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let since = form.required("since", |text| first_day(text, today));
    let until = form.optional("until", |text| match (parse_date(text)?, since) {
        (day, Some(since)) if day < since => Err(Msg::new("team-end-before")),
        (day, _) if far(day, since.unwrap_or(today), LONGEST) => Err(Msg::new("team-too-far")),
        (day, _) => Ok(day),
    });
    let letter_ref = form
        .required("letter_ref", Line::parse)
        .map(Line::into_string);
    let letter_on = form.required("letter_on", |text| match parse_date(text)? {
        day if day > today => Err(Msg::new("error-date-future")),
        day if day < EARLIEST => Err(Msg::new("error-date-early")),
        day => Ok(day),
    });
    // last, for it gives nothing while anything is wrong
    let member = member(form);
    Some(NewDesignation {
        id: id?,
        kind: kind?,
        member: member?,
        since: since?,
        until,
        letter_ref: letter_ref?,
        letter_on: letter_on?,
    })
}

/// The last day of a designation that ran from `since` and had an end, or none.
pub fn last_day(
    form: &mut Form,
    (since, known): (NaiveDate, Option<NaiveDate>),
    today: NaiveDate,
) -> Option<NaiveDate> {
    let day = form.required("until", |text| match parse_date(text)? {
        day if day < since => Err(Msg::new("team-end-before")),
        day if known.is_some_and(|until| day > until) => Err(Msg::new("team-end-later")),
        day if far(day, today, AHEAD) => Err(Msg::new("team-too-far")),
        day => Ok(day),
    });
    day.filter(|_| form.is_valid())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn filled() -> Form {
        Form::new()
            .with("id", "0198c0de-0000-7000-8000-000000000031")
            .with("seat_kind", "holder")
            .with("name_ar", "اسم مختلق")
            .with("name_la", "Invented")
            .with("function", "Médecin")
            .with("since", "01/11/2026")
            .with("letter_ref", "112/2026")
            .with("letter_on", "20/10/2026")
    }

    #[test]
    fn a_designation_begins_after_the_plan_and_ends_after_it_begins() {
        let today = day(2026, 11, 24);
        assert!(designation(&mut filled(), today).is_some());
        for (field, typed, key) in [
            ("since", "03/12/2019", "team-before-plan"),
            ("since", "25/11/2027", "team-too-far"),
            ("since", "31/02/2026", "error-date-none"),
            ("until", "31/10/2026", "team-end-before"),
            ("until", "02/11/2036", "team-too-far"),
            ("letter_on", "25/11/2026", "error-date-future"),
            ("letter_on", "31/12/2018", "error-date-early"),
            ("work_email", "a b@c.ma", "team-email-wrong"),
            ("work_email", "nobody", "team-email-wrong"),
        ] {
            let mut form = filled();
            form.set(field, typed);
            assert!(designation(&mut form, today).is_none(), "{field} {typed}");
            assert_eq!(form.error(field), Some(&Msg::new(key)), "{field} {typed}");
        }
        let mut first = filled();
        first.set("since", "04/12/2019");
        assert!(designation(&mut first, today).is_some());
    }

    #[test]
    fn an_end_comes_earlier_and_never_later() {
        let today = day(2026, 11, 24);
        let known = (day(2026, 11, 1), Some(day(2026, 12, 31)));
        let read = |typed: &str| {
            let mut form = Form::new().with("until", typed);
            (
                last_day(&mut form, known, today),
                form.error("until").map(Msg::key),
            )
        };
        assert_eq!(read("24/11/2026"), (Some(today), None));
        assert_eq!(read("31/10/2026"), (None, Some("team-end-before")));
        assert_eq!(read("01/01/2027"), (None, Some("team-end-later")));
        assert_eq!(read(""), (None, Some("error-required")));
    }

    #[test]
    fn a_seat_has_one_body() {
        let catalogue = Catalogue::default().with(
            List::SeatSector,
            serde_json::json!([{ "code": "ngo", "ar": "x", "fr": "x", "en": "x", "sort": 1,
                "valid_from": null, "valid_to": null, "is_missing": false }]),
        );
        let today = day(2026, 11, 24);
        let read = |listed: &str, named: &str| {
            let mut form = Form::new()
                .with("id", "0198c0de-0000-7000-8000-000000000031")
                .with("sector", "ngo")
                .with("organisation", listed)
                .with("organisation_name", named);
            seat(&mut form, (&catalogue, today), TerritoryId(1)).map(|seat| seat.body)
        };
        assert_eq!(read("", "جمعية"), Some(Body::Named("جمعية".into())));
        assert_eq!(read("", ""), None);
        assert_eq!(read("nobody", ""), None);
    }
}
