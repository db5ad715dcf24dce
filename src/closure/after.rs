//! Three and six months after a closing: how is the child?

use super::{
    db,
    domain::{CHECKS, NewCheck, Reached},
    web::{ClosurePath, draw},
};
use crate::{
    authz::{Require, can},
    cases,
    clock::local_date,
    error::AppError,
    forms::{Form, Paragraph, parse_date},
    i18n::Msg,
    ids::{CaseId, RowId},
    people,
    routes::Routes,
    web::see,
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{Months, NaiveDate};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/closure/after", rejection(AppError))]
struct AfterPath {
    id: CaseId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(check)
}

async fn check(
    path: AfterPath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = cases::writable(&mut tx, &me.actor, path.id).await?;
    let closing = db::open(&mut tx, &me.actor, &head).await?;
    let Some(closed_at) = closing.closed_at else {
        return Err(AppError::Conflict(Msg::new("after-not-closed")));
    };
    let new = read(&mut form, (local_date(closed_at), me.ui.today()));
    if let Some(new) = &new
        && closing.is_checked(new.months)
    {
        if closing.checks.iter().any(|done| done.id == new.id) {
            // pressed twice
            return Ok(see(&ClosurePath { id: path.id }));
        }
        form.fail("months", Msg::new("after-made-already"));
    }
    let Some(new) = new.filter(|_| form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    db::write_check(&mut tx, &me.actor, me.clock.now(), &head, &new).await?;
    people::touch(&mut tx, &me.actor, me.clock.now(), &[path.id]).await?;
    tx.commit().await?;
    Ok(see(&ClosurePath { id: path.id }))
}

fn yes(form: &mut Form, field: &str) -> Option<bool> {
    form.required(field, |answer| match answer {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Msg::new("error-choice")),
    })
}

/// Whether that is more than a month before the visit is due: it would settle what is owed, and nobody would go.
fn is_early(closed: NaiveDate, months: i16, on: NaiveDate) -> bool {
    let months = u32::try_from(months).unwrap_or_default().saturating_sub(1);
    closed
        .checked_add_months(Months::new(months))
        .is_some_and(|earliest| on < earliest)
}

fn read(form: &mut Form, (closed, today): (NaiveDate, NaiveDate)) -> Option<NewCheck> {
    let id = form.id_of_answers("id").map(RowId);
    let id = form.required("id", |_| id.ok_or(Msg::new("error-choice")));
    let months = form.required("months", |text| {
        let months = CHECKS.into_iter().find(|months| months.to_string() == text);
        months.ok_or(Msg::new("error-choice"))
    });
    let on = form.required("checked_on", |text| {
        let day = parse_date(text)?;
        if day > today {
            Err(Msg::new("error-date-future"))
        } else if day < closed {
            Err(Msg::new("after-before-closing"))
        } else {
            Ok(day)
        }
    });
    if months
        .zip(on)
        .is_some_and(|(months, on)| is_early(closed, months, on))
    {
        form.fail("checked_on", Msg::new("after-too-early"));
    }
    let reached = match yes(form, "reached") {
        Some(true) => {
            let (safe, schooled) = (yes(form, "safe"), yes(form, "schooled"));
            let begging = yes(form, "begging_again");
            safe.zip(schooled)
                .zip(begging)
                .map(|((safe, schooled), begging_again)| Reached::Yes {
                    safe,
                    schooled,
                    begging_again,
                })
        }
        Some(false) => Some(Reached::No),
        None => None,
    };
    let words = form
        .required("after_words", Paragraph::parse)
        .map(Paragraph::into_string);
    if !form.is_valid() {
        return None;
    }
    Some(NewCheck {
        id: id?,
        months: months?,
        on: on?,
        reached: reached?,
        words: words?,
    })
}
