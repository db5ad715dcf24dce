//! Breaking the glass, ending it, and the review by somebody else.

use super::{
    desk::{self, DeskPath},
    domain::{self, Stage},
};
use crate::{
    audit::{self, Event},
    authz::{Actor, Fresh, Grant, Recency, Require, Role, TerritoryId, can},
    cases::CasePath,
    db::Tx,
    error::AppError,
    forms::{Form, western_digits},
    i18n::Msg,
    ids::{CaseId, RowId, UserId},
    jobs::{self, Kind},
    reference::List,
    routes::Routes,
    vault::{Field, Holder, HolderKind, Reading, SealedText, WrappedKey},
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/protection/emergency")]
struct EmergencyPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/protection/emergency/{id}/end", rejection(AppError))]
struct EndPath {
    id: RowId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/protection/emergency/{id}/review", rejection(AppError))]
struct ReviewPath {
    id: RowId,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .post(begin)
        .post(end)
        .get(show)
        .post(review)
}

const fn holder(id: RowId) -> Holder {
    Holder::new(HolderKind::Emergency, id.0)
}

/// Another number, a number of another city, and a file that is not protected get one answer; so does a try
/// that is right, in everything but the page it leads to. Each try is written down.
async fn begin(
    _: EmergencyPath,
    me: Require<can::GlassBreak, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let number = form.required("number", |text| {
        let number = western_digits(text).trim().to_uppercase();
        if number.len() <= 30 {
            Ok(number)
        } else {
            Err(Msg::new("emergency-no-file"))
        }
    });
    let reason = form.required("reason", |code| {
        let catalogue = me.ui.catalogue();
        catalogue.parse(List::EmergencyReason, code, me.ui.today())
    });
    let text = form.required("text", domain::words);
    let (Some(number), Some(reason), Some(text), true) = (number, reason, text, form.is_valid())
    else {
        return desk::draw(me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let id = form.id_of_answers("id").map(RowId);
    let id = id.ok_or(AppError::BadRequest)?;
    let mut tx = me.begin().await?;
    let text = tx
        .seal(holder(id), Field::EMERGENCY_TEXT, id.0, Some(&text))
        .await?;
    let case = sqlx::query_scalar!(
        r#"select app.break_glass($1, $2, $3, $4) as "case: CaseId""#,
        id.0,
        number,
        reason,
        text as Option<SealedText>
    )
    .fetch_one(&mut *tx)
    .await?;
    let event = match case {
        Some(case) => Event::on("emergency.begun", "case", case.0),
        None => Event::of("emergency.not_begun"),
    };
    let event = event.in_territory(me.actor.territory()).because(reason);
    if let Some(case) = case {
        audit::record(&mut tx, event).await?;
        jobs::enqueue(&mut tx, Kind::SealAudit, None).await?;
        tx.commit().await?;
        return Ok(see(&CasePath { id: case }));
    }
    // what was sealed for nothing goes; that somebody tried stays
    drop(tx);
    let mut tx = me.begin().await?;
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    form.fail("number", Msg::new("emergency-no-file"));
    desk::draw(me, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn end(path: EndPath, me: Require<can::GlassBreak>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let known = sqlx::query_scalar!(
        r#"select case_id as "case: CaseId" from app.emergency_access where id = $1 and territory_id = $2 and user_id = $3"#,
        path.id.0,
        me.actor.territory().0,
        me.actor.user.0
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let done = sqlx::query!(
        "update app.emergency_access set ended_at = least(now(), until)
         where id = $1 and territory_id = $2 and user_id = $3 and ended_at is null",
        path.id.0,
        me.actor.territory().0,
        me.actor.user.0
    )
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() > 0 {
        let event =
            Event::on("emergency.ended", "case", known.0).in_territory(me.actor.territory());
        audit::record(&mut tx, event).await?;
    }
    tx.commit().await?;
    Ok(see(&DeskPath))
}

/// An emergency with its words.
#[derive(Debug)]
struct Case {
    id: RowId,
    case: CaseId,
    number: String,
    territory: TerritoryId,
    user: UserId,
    name_ar: String,
    name_la: String,
    reason: String,
    text: Option<Reading>,
    begun_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
    stage: Stage,
    review: Option<Reading>,
}

/// Something that was read of the file during the emergency, whichever page showed it.
#[derive(Debug)]
struct Seen {
    action: String,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    times: i64,
}

#[derive(Template)]
#[template(path = "protection/review.html")]
struct ReviewPage {
    ui: Ui,
    one: Case,
    seen: Vec<Seen>,
    form: Form,
}

impl ReviewPage {
    fn readings(&self) -> i64 {
        self.seen.iter().map(|one| one.times).sum()
    }

    fn what(&self, one: &Seen) -> String {
        match one.action.as_str() {
            "emergency.read" => self.ui.t("emergency-read-file"),
            action => audit::words_of(&self.ui, action),
        }
    }

    fn reason(&self) -> String {
        self.ui.label(List::EmergencyReason, &self.one.reason)
    }

    fn may_review(&self) -> bool {
        self.one.stage == Stage::ToReview
            && self.ui.actor().is_some_and(|a| a.user != self.one.user)
    }

    fn verdicts(&self) -> Vec<(String, String)> {
        [
            ("justified", "emergency-justified"),
            ("unjustified", "emergency-unjustified"),
        ]
        .map(|(code, key)| (code.to_owned(), self.ui.t(key)))
        .to_vec()
    }
}

async fn find(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>, id: RowId) -> Result<Case, AppError> {
    let row = sqlx::query!(
        r#"select e.case_id as "case: CaseId", e.case_number, e.territory_id as "territory: TerritoryId", e.user_id as "user: UserId",
                  e.reason, e.text_enc as "text: SealedText", e.review_enc as "review: SealedText",
                  app.key_of('emergency', e.id) as "key: WrappedKey", e.begun_at, e.until, e.ended_at, e.justified,
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.emergency_access e left join lateral app.name_of(e.user_id) n on true
           where e.id = $1 and ($2 or e.territory_id = $3)"#,
        id.0,
        actor.role == Role::Dpo,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let key = row.key.as_ref();
    let text = (Field::EMERGENCY_TEXT, id.0);
    let review = (Field::EMERGENCY_REVIEW, id.0);
    Ok(Case {
        id,
        case: row.case,
        number: row.case_number,
        territory: row.territory,
        user: row.user,
        name_ar: row.name_ar,
        name_la: row.name_la,
        reason: row.reason,
        text: tx.open(holder(id), key, text, Some(&row.text)),
        begun_at: row.begun_at,
        ended_at: row.ended_at.unwrap_or(row.until),
        stage: Stage::of(row.until, row.ended_at, row.justified, now),
        review: tx.open(holder(id), key, review, row.review.as_ref()),
    })
}

/// All that was read of the file through that glass, in the order in which it was first read.
async fn seen(tx: &mut Tx, id: RowId) -> Result<Vec<Seen>, AppError> {
    Ok(sqlx::query_as!(
        Seen,
        r#"select action as "action!", since as "since!", until as "until!", times as "times!" from app.readings_in($1)"#,
        id.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn show(path: ReviewPath, me: Require<can::GlassReview>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

async fn draw<G: Grant, R: Recency>(
    id: RowId,
    me: Require<G, R>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let one = find(&mut tx, &me.actor, me.clock.now(), id).await?;
    let seen = seen(&mut tx, id).await?;
    tx.commit().await?;
    page(
        status,
        &ReviewPage {
            ui: me.ui,
            one,
            seen,
            form,
        },
    )
}

async fn review(
    path: ReviewPath,
    me: Require<can::GlassReview, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let one = find(&mut tx, &me.actor, now, path.id).await?;
    let justified = form.required("verdict", |code| match code {
        "justified" => Ok(true),
        "unjustified" => Ok(false),
        _ => Err(Msg::new("error-choice")),
    });
    let text = form.required("text", domain::words);
    if one.user == me.actor.user {
        form.fail("verdict", Msg::new("emergency-own"));
    } else if one.stage == Stage::Open {
        form.fail("verdict", Msg::new("emergency-still-open"));
    } else if let Stage::Reviewed(verdict) = one.stage {
        // pressed twice, it is the review that was written
        let said = one.review.and_then(Reading::into_text);
        if text.is_some() && said == text && justified == Some(verdict) {
            return Ok(see(&DeskPath));
        }
        drop(tx);
        form.fail("text", Msg::new("emergency-reviewed-meanwhile"));
        return draw(path.id, me, form, StatusCode::CONFLICT).await;
    }
    let (Some(justified), Some(text), true) = (justified, text, form.is_valid()) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let place = (Field::EMERGENCY_REVIEW, path.id.0);
    let text = tx
        .seal(holder(path.id), place.0, place.1, Some(&text))
        .await?;
    let done = sqlx::query!(
        "update app.emergency_access
         set reviewed_by = $2, reviewed_at = $3, justified = $4, review_enc = $5, ended_at = coalesce(ended_at, until)
         where id = $1 and territory_id = $6 and reviewed_at is null",
        path.id.0,
        me.actor.user.0,
        now,
        justified,
        text as Option<SealedText>,
        one.territory.0
    )
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 0 {
        drop(tx);
        form.fail("text", Msg::new("emergency-reviewed-meanwhile"));
        return draw(path.id, me, form, StatusCode::CONFLICT).await;
    }
    let event = Event::on("emergency.reviewed", "case", one.case.0)
        .in_territory(one.territory)
        .with(serde_json::json!({ "justified": justified }));
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&DeskPath))
}
