//! From the fields of a form to a question, with what is wrong beside each field. A saved question is read the same way, so a
//! table, a place or a part that is gone is told on the page, and stays in the form.

use super::{
    desk::{Desk, Whose},
    domain::{
        Asked, Axis, COUNTRY, MOST_MONTHS, MOST_OWN_MONTHS, Subject, TOTAL, months, parse_month,
    },
};
use crate::{
    forms::{Form, parse_date},
    i18n::Msg,
    teams::BEGAN,
};
use chrono::{Datelike, Months, NaiveDate};

/// Months before the last one that are shown when no first one is chosen.
const BEFORE: u32 = 11;

/// A question, and what is to be said of how it was understood.
pub(super) type Understood = (Asked, Vec<Msg>);

/// The question that is shown when nothing was asked yet.
pub(super) fn usual(whose: Whose) -> Form {
    let form = Form::new().with("table", "children_by_sex");
    match whose {
        Whose::Country => form
            .with("rows", Axis::Place.code())
            .with("columns", Axis::Part.code()),
        Whose::City(_) => form.with("rows", Axis::Part.code()),
    }
}

/// Parts are of the table that they were offered with: of another one they are let go.
pub(super) fn of_another_table(form: &mut Form) {
    if form.sent("of") && form.text("of") != form.text("table") {
        form.forget(|field| field == "slice");
    }
}

/// Reads it; nothing, if something is wrong or there is nothing to ask about.
pub(super) fn read(form: &mut Form, desk: &Desk) -> Option<Understood> {
    if desk.whose.city().is_some() {
        // a city has no places to choose from: what stands there is nobody's question, and is not kept
        form.forget(|field| field == "spot");
    }
    let subject = form.required("table", |code| {
        Subject::of(code)
            .filter(|one| desk.tables.iter().any(|(known, _)| known == one.code))
            .ok_or_else(|| Msg::new("report-table-gone").with("code", code))
    });
    let rows = form.required("rows", axis);
    let columns = form.optional("columns", axis);
    if rows.is_some() && rows == columns {
        form.fail("columns", Msg::new("report-axis-twice"));
    }
    for (field, chosen) in [("rows", rows), ("columns", columns)] {
        match (chosen, subject) {
            (Some(Axis::Place), _) if desk.whose.city().is_some() => {
                form.fail(field, Msg::new("report-axis-own"));
            }
            (Some(Axis::Part), Some(subject)) if !subject.has_parts() => {
                form.fail(field, Msg::new("report-axis-no-parts"));
            }
            _ => {}
        }
    }
    let lays = |axis| rows == Some(axis) || columns == Some(axis);
    let places = chosen(form, "spot", lays(Axis::Place), &all_places(desk), COUNTRY);
    let parts = chosen(form, "slice", lays(Axis::Part), &all_parts(desk), TOTAL);
    let mut said = Vec::new();
    let period = match desk.whose {
        Whose::Country => told_months(form, desk, lays(Axis::Month), &mut said),
        Whose::City(_) => days(form, desk.today, lays(Axis::Month)),
    };
    let (from, to) = period?;
    let asked = Asked {
        subject: subject?,
        rows: rows?,
        columns,
        places: if desk.whose.city().is_some() {
            Vec::new()
        } else {
            places?
        },
        parts: parts?,
        from,
        to,
    };
    form.is_valid().then_some((asked, said))
}

fn axis(code: &str) -> Result<Axis, Msg> {
    Axis::from_code(code).ok_or_else(|| Msg::new("error-choice"))
}

/// Code, and whether it is shown when none is chosen.
type Offer<'d> = Vec<(&'d str, bool)>;

fn all_places(desk: &Desk) -> Offer<'_> {
    let places = desk.places.iter();
    places
        .map(|spot| (spot.code.as_str(), spot.is_usual))
        .collect()
}

fn all_parts(desk: &Desk) -> Offer<'_> {
    let parts = desk.parts.iter();
    parts.map(|(code, _)| (code.as_str(), true)).collect()
}

/// What was chosen of an axis, in the order in which it is offered: laid out all that were ticked, or the usual ones; else
/// one, for no sum is made of several.
fn chosen(
    form: &mut Form,
    field: &str,
    is_laid: bool,
    offered: &[(&str, bool)],
    whole: &str,
) -> Option<Vec<String>> {
    let gone = if field == "spot" {
        "report-place-gone"
    } else {
        "report-part-gone"
    };
    let ticked = form.many(field, |code| {
        if offered.is_empty() || offered.iter().any(|(known, _)| *known == code) {
            Ok(code.to_owned())
        } else {
            Err(Msg::new(gone).with("code", code))
        }
    });
    if form.error(field).is_some() {
        return None;
    }
    if !is_laid {
        if ticked.len() > 1 {
            let one = if field == "spot" {
                "report-one-place"
            } else {
                "report-one-part"
            };
            form.fail(field, Msg::new(one));
            return None;
        }
        return Some(vec![
            ticked
                .into_iter()
                .next()
                .unwrap_or_else(|| whole.to_owned()),
        ]);
    }
    let taken = |code: &str, is_usual: bool| {
        if ticked.is_empty() {
            is_usual
        } else {
            ticked.iter().any(|one| one == code)
        }
    };
    let taken = offered
        .iter()
        .filter(|(code, is_usual)| taken(code, *is_usual));
    Some(taken.map(|(code, _)| (*code).to_owned()).collect())
}

/// Months of the committee. One that was not told is answered by the last one that was told before it, and the page says so
/// (schema D22).
fn told_months(
    form: &mut Form,
    desk: &Desk,
    is_laid: bool,
    said: &mut Vec<Msg>,
) -> Option<(NaiveDate, NaiveDate)> {
    let today = desk.today;
    let mut month = |field: &str| {
        form.optional(field, |text| {
            let end = parse_month(text).ok_or_else(|| Msg::new("report-month"))?;
            match end {
                end if end < BEGAN => Err(Msg::new("team-before-plan")),
                end if (end.year(), end.month()) > (today.year(), today.month()) => {
                    Err(Msg::new("error-date-future"))
                }
                end => Ok(end),
            }
        })
    };
    let (from, to) = (month("since"), month("until"));
    if form.error("since").is_some() || form.error("until").is_some() {
        return None;
    }
    if let (Some(from), Some(to)) = (from, to)
        && from > to
        && is_laid
    {
        form.fail("until", Msg::new("report-backwards"));
        return None;
    }
    // nothing was told yet: the page says so
    let (last, first) = (desk.months.first()?, desk.months.last()?);
    let mut told = |form: &mut Form, field: &str, wanted: NaiveDate| {
        let Some(found) = desk.months.iter().find(|end| **end <= wanted) else {
            form.fail(
                field,
                Msg::new("report-before-told").with("month", desk.lang.month(*first)),
            );
            return None;
        };
        if *found != wanted {
            let msg = Msg::new("report-not-told").with("asked", desk.lang.month(wanted));
            said.push(msg.with("shown", desk.lang.month(*found)));
        }
        Some(*found)
    };
    let to = told(form, "until", to.unwrap_or(*last))?;
    if !is_laid {
        return Some((to, to));
    }
    let from = match from {
        // the first month of all stands for those before it
        Some(from) if from < *first => *first,
        Some(from) => told(form, "since", from)?,
        None => back(to, BEFORE).max(*first),
    };
    let laid = desk
        .months
        .iter()
        .filter(|end| (from..=to).contains(end))
        .count();
    if laid > MOST_MONTHS {
        form.fail(
            "since",
            Msg::new("report-too-many").with("max", MOST_MONTHS),
        );
        return None;
    }
    Some((from, to))
}

/// Any days of a city's, since the plan began.
fn days(form: &mut Form, today: NaiveDate, is_laid: bool) -> Option<(NaiveDate, NaiveDate)> {
    let mut day = |field: &str| {
        form.optional(field, |text| match parse_date(text)? {
            day if day < BEGAN => Err(Msg::new("team-before-plan")),
            day if day > today => Err(Msg::new("error-date-future")),
            day => Ok(day),
        })
    };
    let (from, to) = (day("since"), day("until"));
    if form.error("since").is_some() || form.error("until").is_some() {
        return None;
    }
    let to = to.unwrap_or(today);
    let from = from.unwrap_or_else(|| {
        let first = back(to, BEFORE).with_day(1).unwrap_or(to);
        first.max(BEGAN)
    });
    if from > to {
        form.fail("until", Msg::new("report-backwards"));
        return None;
    }
    if is_laid && months(from, to).len() > MOST_OWN_MONTHS {
        form.fail(
            "since",
            Msg::new("report-too-many").with("max", MOST_OWN_MONTHS),
        );
        return None;
    }
    Some((from, to))
}

/// So many months before the end of a month: the end of that one.
fn back(end: NaiveDate, by: u32) -> NaiveDate {
    let first = end
        .with_day(1)
        .and_then(|day| day.checked_sub_months(Months::new(by)));
    first.and_then(super::domain::month_end).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{authz::TerritoryId, i18n::Lang, reports::desk::Spot};

    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn desk(whose: Whose) -> Desk {
        let pair = |code: &str| (code.to_owned(), code.to_owned());
        let spot = |code: &str, id, is_usual| Spot {
            code: code.to_owned(),
            id,
            name: code.to_owned(),
            is_usual,
        };
        let places = vec![
            spot("country", None, true),
            spot("rabat", Some(TerritoryId(1)), true),
            spot("region-4", Some(TerritoryId(104)), false),
        ];
        Desk {
            whose,
            lang: Lang::En,
            today: TODAY,
            tables: ["children", "children_by_sex", "contacts"].map(pair).into(),
            places: if whose.city().is_some() {
                Vec::new()
            } else {
                places
            },
            parts: ["total", "F", "M"].map(pair).into(),
            months: vec![day(2026, 10, 31), day(2026, 9, 30), day(2026, 7, 31)],
        }
    }

    fn ask(whose: Whose, pairs: &[(&str, &str)]) -> Result<Understood, Vec<String>> {
        let mut form = pairs.iter().fold(Form::new(), |form, (name, value)| {
            form.with(name, value.to_owned())
        });
        let desk = desk(whose);
        read(&mut form, &desk).ok_or_else(|| {
            let errors = form.errors().iter();
            errors
                .map(|error| format!("{} {}", error.field, error.msg.key()))
                .collect()
        })
    }

    const CITY: Whose = Whose::City(TerritoryId(1));

    #[test]
    fn what_is_shown_first_can_be_asked() {
        for whose in [Whose::Country, CITY] {
            let mut form = usual(whose);
            assert!(
                read(&mut form, &desk(whose)).is_some(),
                "{:?}",
                form.errors()
            );
        }
    }

    #[test]
    fn what_is_laid_out_is_all_and_what_is_not_is_one() {
        let (asked, said) = ask(
            Whose::Country,
            &[
                ("table", "children_by_sex"),
                ("rows", "place"),
                ("columns", "month"),
                ("since", "2026-07"),
                ("until", "2026-10"),
            ],
        )
        .unwrap();
        assert_eq!(asked.places, ["country", "rabat"]);
        assert_eq!(asked.parts, ["total"]);
        assert_eq!(
            (asked.from, asked.to),
            (day(2026, 7, 31), day(2026, 10, 31))
        );
        assert!(said.is_empty());
        let two = [
            ("table", "children_by_sex"),
            ("rows", "place"),
            ("slice", "F"),
            ("slice", "M"),
        ];
        assert_eq!(
            ask(Whose::Country, &two).unwrap_err(),
            ["slice report-one-part"]
        );
        let of_city = [
            ("table", "children_by_sex"),
            ("rows", "part"),
            ("slice", "M"),
            ("slice", "total"),
        ];
        let (asked, _) = ask(CITY, &of_city).unwrap();
        assert_eq!(asked.parts, ["total", "M"], "in the order of the list");
    }

    #[test]
    fn what_is_gone_is_told_on_its_field() {
        for (pairs, wrong) in [
            (
                vec![("table", "children_by_colour"), ("rows", "place")],
                "table report-table-gone",
            ),
            (
                vec![
                    ("table", "children"),
                    ("rows", "place"),
                    ("spot", "atlantis"),
                ],
                "spot report-place-gone",
            ),
            (
                vec![
                    ("table", "children_by_sex"),
                    ("rows", "part"),
                    ("slice", "X"),
                ],
                "slice report-part-gone",
            ),
            (
                vec![("table", "contacts"), ("rows", "part")],
                "rows report-axis-no-parts",
            ),
            (
                vec![
                    ("table", "children"),
                    ("rows", "place"),
                    ("columns", "place"),
                ],
                "columns report-axis-twice",
            ),
            (
                vec![("table", "children"), ("rows", "colour")],
                "rows error-choice",
            ),
        ] {
            assert_eq!(
                ask(Whose::Country, &pairs).unwrap_err(),
                [wrong],
                "{pairs:?}"
            );
        }
        let own = [("table", "children"), ("rows", "place")];
        assert_eq!(ask(CITY, &own).unwrap_err(), ["rows report-axis-own"]);
    }

    #[test]
    fn a_month_that_was_not_told_is_answered_by_the_one_before() {
        let of = |to: &str| {
            ask(
                Whose::Country,
                &[("table", "children"), ("rows", "place"), ("until", to)],
            )
        };
        let (asked, said) = of("2026-08").unwrap();
        assert_eq!((asked.to, said.len()), (day(2026, 7, 31), 1));
        assert!(of("2026-09").unwrap().1.is_empty());
        for (to, wrong) in [
            ("2026-06", "until report-before-told"),
            ("2019-11", "until team-before-plan"),
            ("2026-12", "until error-date-future"),
            ("2026-13", "until report-month"),
            ("31/02/2026", "until report-month"),
        ] {
            assert_eq!(of(to).unwrap_err(), [wrong]);
        }
    }

    #[test]
    fn days_of_a_city_are_free_since_the_plan_began() {
        let of = |from: &str, to: &str| {
            let pairs = [
                ("table", "children"),
                ("rows", "month"),
                ("since", from),
                ("until", to),
            ];
            ask(CITY, &pairs).map(|(asked, _)| (asked.from, asked.to))
        };
        assert_eq!(of("", "").unwrap(), (day(2025, 12, 1), TODAY));
        assert_eq!(
            of("03/09/2026", "05/09/2026").unwrap(),
            (day(2026, 9, 3), day(2026, 9, 5))
        );
        for (from, to, wrong) in [
            ("31/02/2026", "", "since error-date-none"),
            ("03/12/2019", "", "since team-before-plan"),
            ("", "25/11/2026", "until error-date-future"),
            ("05/09/2026", "03/09/2026", "until report-backwards"),
            ("04/12/2019", "", "since report-too-many"),
        ] {
            assert_eq!(of(from, to).unwrap_err(), [wrong]);
        }
    }

    #[test]
    fn before_anything_was_told_nothing_is_wrong() {
        let mut desk = desk(Whose::Country);
        desk.months.clear();
        let mut form = usual(Whose::Country);
        assert!(read(&mut form, &desk).is_none() && form.is_valid());
    }
}
