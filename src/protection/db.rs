//! Questions about protection. One function a question.

use super::domain::Stage;
use crate::{
    authz::{Actor, Role, TerritoryId},
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, PersonId, RowId, UserId},
    people::sealed,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};

/// Somebody's name in two scripts.
#[derive(Debug, Clone, Default)]
pub struct Someone {
    /// In Arabic.
    pub ar: String,
    /// In Latin letters.
    pub la: String,
}

/// The protection of one file.
#[derive(Debug)]
pub struct Protection {
    /// Which.
    pub id: RowId,
    /// Code of `ref.protection_reason`.
    pub reason: String,
    /// Why, in words.
    pub text: Option<Reading>,
    /// Since when.
    pub marked_at: DateTime<Utc>,
    /// Who marked it.
    pub marked_by: Someone,
    /// The request to lift it that stands, or the one that was agreed to.
    pub lift: Option<Standing>,
}

impl Protection {
    /// Whether a request waits for its answer.
    pub fn lift_waits(&self) -> bool {
        self.lift
            .as_ref()
            .is_some_and(|lift| lift.granted.is_none())
    }

    /// Whether two people agree that it ends.
    pub fn lift_agreed(&self) -> bool {
        self.lift
            .as_ref()
            .is_some_and(|lift| lift.granted == Some(true))
    }
}

/// A request to lift a protection.
#[derive(Debug)]
pub struct Standing {
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// By whom.
    pub asked_by: Someone,
    /// The answer, if there is one.
    pub granted: Option<bool>,
}

/// The live protection of a file that the reader sees.
pub async fn of_file(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
) -> Result<Option<Protection>, AppError> {
    let row = sqlx::query!(
        r#"select p.id as "id: RowId", p.reason, p.text_enc as "text: SealedText", app.key_of('case', p.case_id) as "key: WrappedKey",
                  p.marked_at, coalesce(n.name_ar, '') as "by_ar!", coalesce(n.name_la, '') as "by_la!",
                  l.asked_at as "asked_at?", l.granted, coalesce(m.name_ar, '') as "asked_ar!", coalesce(m.name_la, '') as "asked_la!"
           from app.case_protection p
           left join lateral app.name_of(p.marked_by) n on true
           left join lateral (select * from app.protection_lift x where x.protection_id = p.id
                              order by x.asked_at desc limit 1) l on true
           left join lateral app.name_of(l.asked_by) m on true
           where p.case_id = $1 and p.territory_id = $2 and p.lifted_at is null"#,
        case.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| Protection {
        id: r.id,
        reason: r.reason,
        text: tx.open(
            Holder::case(case),
            r.key.as_ref(),
            (Field::PROTECTION_TEXT, r.id.0),
            Some(&r.text),
        ),
        marked_at: r.marked_at,
        marked_by: Someone {
            ar: r.by_ar,
            la: r.by_la,
        },
        lift: r.asked_at.map(|asked_at| Standing {
            asked_at,
            asked_by: Someone {
                ar: r.asked_ar,
                la: r.asked_la,
            },
            granted: r.granted,
        }),
    }))
}

/// Somebody who is named on a file.
#[derive(Debug)]
pub struct Named {
    /// The grant; `None` for the lead and the second, who are named by their work.
    pub grant: Option<RowId>,
    /// Who.
    pub user: UserId,
    /// Name in Arabic.
    pub name_ar: String,
    /// Name in Latin letters.
    pub name_la: String,
    /// Code of `ref.open_reason`, or `lead`, `second`.
    pub reason: String,
    /// Until when.
    pub until: Option<DateTime<Utc>>,
}

/// Who is named on a file.
pub async fn named(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Vec<Named>, AppError> {
    Ok(sqlx::query_as!(
        Named,
        r#"select x.id as "grant?: RowId", x.user_id as "user!: UserId", x.reason as "reason!", x.until as "until?",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from (select null::uuid as id, a.user_id, a.kind as reason, null::timestamptz as until, 0 as place
                 from app.case_assignment a where a.case_id = $1 and a.territory_id = $2 and a.until is null
                 union all
                 select g.id, g.user_id, g.reason, g.until, 1 from app.case_grant g
                 where g.case_id = $1 and g.territory_id = $2 and g.kind = 'named' and g.until > now()) x
           left join lateral app.name_of(x.user_id) n on true
           order by x.place, x.until desc"#,
        case.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A protection to begin.
#[derive(Debug)]
pub struct NewProtection<'a> {
    /// Made by the server when the form was shown.
    pub id: RowId,
    /// The file.
    pub case: CaseId,
    /// Its child.
    pub child: PersonId,
    /// Code of `ref.protection_reason`.
    pub reason: &'a str,
    /// Why, in words.
    pub text: &'a str,
    /// The supervisor who keeps it.
    pub keeper: UserId,
}

/// Seals the names and marks the file. False if this form did it before.
pub async fn mark(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: &NewProtection<'_>,
) -> Result<bool, AppError> {
    let place = (Field::PROTECTION_TEXT, new.id.0);
    let text = tx
        .seal(Holder::case(new.case), place.0, place.1, Some(new.text))
        .await?;
    sealed::seal_all(tx, actor, new.case, new.child).await?;
    let done = sqlx::query!(
        "insert into app.case_protection (id, case_id, territory_id, reason, text_enc, marked_by, marked_at, keeper)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        new.id.0,
        new.case.0,
        actor.territory().0,
        new.reason,
        text as Option<SealedText>,
        actor.user.0,
        now,
        new.keeper.0
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "case_protection_one_live") {
            AppError::Conflict(Msg::new("protection-already"))
        } else {
            error.into()
        }
    })?;
    Ok(done.rows_affected() > 0)
}

/// A request to lift, or an emergency, as whoever answers or reviews sees it.
#[derive(Debug)]
pub struct Asked {
    /// Which.
    pub id: RowId,
    /// Number of the file.
    pub number: String,
    /// The prefecture.
    pub territory: TerritoryId,
    /// Who asked, or broke the glass.
    pub by: UserId,
    /// Name in Arabic.
    pub name_ar: String,
    /// Name in Latin letters.
    pub name_la: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Code of `ref.emergency_reason`; of a lift, none.
    pub reason: Option<String>,
    /// Where an emergency stands; of a lift, whether it waits.
    pub stage: Stage,
}

impl Asked {
    /// Whether that reader may answer: anybody but who asked.
    pub fn is_answerable(&self, actor: &Actor) -> bool {
        self.by != actor.user && self.stage == Stage::ToReview
    }
}

/// The same as a row of either table.
struct Row {
    id: RowId,
    number: String,
    territory: TerritoryId,
    by: UserId,
    name_ar: String,
    name_la: String,
    at: DateTime<Utc>,
    reason: Option<String>,
    until: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    justified: Option<bool>,
}

impl Row {
    fn on(self, now: DateTime<Utc>) -> Asked {
        Asked {
            id: self.id,
            number: self.number,
            territory: self.territory,
            by: self.by,
            name_ar: self.name_ar,
            name_la: self.name_la,
            at: self.at,
            reason: self.reason,
            stage: Stage::of(self.until, self.ended_at, self.justified, now),
        }
    }
}

/// Requests to lift that wait: of the supervisor's own files, or all for who oversees.
pub async fn lifts(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Asked>, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select l.id as "id: RowId", l.case_number as number, l.territory_id as "territory: TerritoryId", l.asked_by as "by: UserId",
                  l.asked_at as at, null as "reason?: String", l.asked_at as "until!", l.asked_at as "ended_at?", l.granted as justified,
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.protection_lift l left join lateral app.name_of(l.asked_by) n on true
           where ($1 or l.territory_id = $2) and l.answered_at is null order by l.asked_at limit 50"#,
        actor.role == Role::Dpo,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| row.on(now)).collect())
}

/// Emergencies: those to review first, then the latest.
pub async fn emergencies(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Vec<Asked>, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.id as "id: RowId", e.case_number as number, e.territory_id as "territory: TerritoryId", e.user_id as "by: UserId",
                  e.begun_at as at, e.reason as "reason?", e.until, e.ended_at, e.justified,
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!"
           from app.emergency_access e left join lateral app.name_of(e.user_id) n on true
           where ($1 or e.territory_id = $2) order by e.reviewed_at is not null, e.begun_at desc limit 50"#,
        actor.role == Role::Dpo,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| row.on(now)).collect())
}
