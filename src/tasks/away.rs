//! Somebody is away, and a colleague stands in until a day.

use super::team::{TeamPath, draw};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    cases,
    error::{AppError, violates},
    forms::{Form, parse_date},
    i18n::Msg,
    ids::{RowId, UserId},
    routes::Routes,
    state::AppState,
    web::see,
};
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/team/away")]
struct AwayPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/team/back")]
struct BackPath;

/// How long somebody may stand in before the files are given for good.
const LONGEST: Days = Days::new(183);

pub(super) fn routes() -> Routes {
    Routes::default().post(leave).post(come_back)
}

/// A day from today, within half a year.
fn until(text: &str, today: NaiveDate) -> Result<NaiveDate, Msg> {
    let day = parse_date(text)?;
    let furthest = today.checked_add_days(LONGEST).unwrap_or(today);
    if day < today || day > furthest {
        return Err(Msg::new("away-range"));
    }
    Ok(day)
}

async fn leave(
    _: AwayPath,
    me: Require<can::TeamRead>,
    State(state): State<AppState>,
    mut form: Form,
) -> Result<Response, AppError> {
    let (now, today) = (me.clock.now(), me.ui.today());
    let mut tx = me.begin().await?;
    let colleagues = cases::colleagues(&mut tx).await?;
    let one_of_us = |id: &str| match id.parse() {
        Ok(id) if colleagues.iter().any(|one| one.id == id) => Ok(id),
        _ => Err(Msg::new("error-choice")),
    };
    let absent: Option<UserId> = form.required("absent", one_of_us);
    let colleague = form.required("colleague", |id| match one_of_us(id) {
        Ok(id) if Some(id) == absent => Err(Msg::new("away-another")),
        choice => choice,
    });
    let day = form.required("until", |text| until(text, today));
    let (Some(absent), Some(colleague), Some(day)) = (absent, colleague, day) else {
        drop(tx);
        return draw(me, &state, form, (absent, StatusCode::UNPROCESSABLE_ENTITY)).await;
    };
    let id = RowId::new(now);
    sqlx::query!(
        "insert into app.stand_in (id, territory_id, absent, colleague, until, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        me.actor.territory().0,
        absent.0,
        colleague.0,
        day,
        me.actor.user.0,
        now
    )
    .execute(&mut *tx)
    .await
    .map_err(|error| {
        if violates(&error, "stand_in_one") {
            AppError::Conflict(Msg::new("away-already"))
        } else {
            error.into()
        }
    })?;
    let event = Event::on("stand_in.begun", "user", absent.0)
        .in_territory(me.actor.territory())
        .with(serde_json::json!({ "colleague": colleague, "until": day }));
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&TeamPath))
}

async fn come_back(
    _: BackPath,
    me: Require<can::TeamRead>,
    form: Form,
) -> Result<Response, AppError> {
    let absent: UserId = form
        .text("absent")
        .parse()
        .map_err(|_| AppError::BadRequest)?;
    let mut tx = me.begin().await?;
    let done = sqlx::query!(
        "update app.stand_in set ended_at = $3 where absent = $1 and territory_id = $2 and ended_at is null",
        absent.0,
        me.actor.territory().0,
        me.clock.now()
    )
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("away-over")));
    }
    let event = Event::on("stand_in.ended", "user", absent.0).in_territory(me.actor.territory());
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&TeamPath))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_stands_in_for_half_a_year_at_most() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert!(until("23/11/2026", today).is_ok());
        assert!(until("22/11/2026", today).is_err());
        assert!(until("01/06/2027", today).is_err());
    }
}
