//! Questions about transfers. A supervisor sees those of their own prefecture, from either side.

use super::domain::{Sheet, State};
use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    cases::Head,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, RowId, UserId},
    vault::{Field, Holder, Reading, SealedText, Unreadable, WrappedKey},
};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A line of the list.
#[derive(Debug)]
pub struct Line {
    /// Which.
    pub id: RowId,
    /// Number of the file.
    pub number: String,
    /// From where.
    pub from: TerritoryId,
    /// To where.
    pub to: TerritoryId,
    /// Where it stands.
    pub state: State,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
}

/// A transfer with its sheet.
#[derive(Debug)]
pub struct Transfer {
    /// What the list shows.
    pub line: Line,
    /// The file.
    pub case: CaseId,
    /// The sheet; `None`: it did not open, or is another text.
    pub sheet: Option<Sheet>,
    /// Why it was refused.
    pub answer: Option<Reading>,
    /// Who asked, in Arabic.
    pub name_ar: String,
    /// The same in Latin letters.
    pub name_la: String,
}

fn state(code: &str) -> Result<State, AppError> {
    State::from_code(code).ok_or_else(|| AppError::internal("unknown state of a transfer"))
}

/// Those of the prefecture, what waits first, then the newest.
pub async fn list(tx: &mut Tx, actor: &Actor) -> Result<Vec<Line>, AppError> {
    let rows = sqlx::query!(
        r#"select id as "id: RowId", case_number, from_territory, to_territory, state, asked_at, answered_at
           from app.case_transfer where from_territory = $1 or to_territory = $1
           order by state <> 'requested', asked_at desc limit 100"#,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Line {
                id: r.id,
                number: r.case_number,
                from: TerritoryId(r.from_territory),
                to: TerritoryId(r.to_territory),
                state: state(&r.state)?,
                asked_at: r.asked_at,
                answered_at: r.answered_at,
            })
        })
        .collect()
}

/// One of them; the reading is written down.
pub async fn open(tx: &mut Tx, actor: &Actor, id: RowId) -> Result<Transfer, AppError> {
    let r = sqlx::query!(
        r#"select t.case_id as "case: CaseId", t.case_number, t.from_territory, t.to_territory, t.state, t.asked_at, t.answered_at,
                  t.sheet_enc as "sheet: SealedText", t.sheet_sha256, t.answer_enc as "answer: SealedText",
                  app.key_of('transfer', t.id) as "key: WrappedKey",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  audit.record('transfer.opened', 'transfer', t.id, $2, '{}', null)::text as written
           from app.case_transfer t left join lateral app.name_of(t.asked_by) n on true
           where t.id = $1 and (t.from_territory = $2 or t.to_territory = $2)"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let (holder, key) = (Holder::transfer(id), r.key.as_ref());
    let place = (Field::TRANSFER_SHEET, id.0);
    let text = tx
        .open(holder, key, place, Some(&r.sheet))
        .and_then(Reading::into_text);
    // the text that was hashed is the text that is shown
    let named = |text: &String| Sha256::digest(text).as_slice() == r.sheet_sha256.as_slice();
    if text.as_ref().is_some_and(|text| !named(text)) {
        tx.alert(Field::TRANSFER_SHEET, id.0, Unreadable::OtherText);
    }
    let sheet = text
        .filter(named)
        .and_then(|text| serde_json::from_str(&text).ok());
    Ok(Transfer {
        line: Line {
            id,
            number: r.case_number,
            from: TerritoryId(r.from_territory),
            to: TerritoryId(r.to_territory),
            state: state(&r.state)?,
            asked_at: r.asked_at,
            answered_at: r.answered_at,
        },
        case: r.case,
        sheet,
        answer: tx.open(
            holder,
            key,
            (Field::TRANSFER_ANSWER, id.0),
            r.answer.as_ref(),
        ),
        name_ar: r.name_ar,
        name_la: r.name_la,
    })
}

/// Where a file can go, and the transfer of this file that waits.
pub async fn ways(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
) -> Result<(Vec<TerritoryId>, Option<RowId>), AppError> {
    let r = sqlx::query!(
        r#"select array(select c from app.cells() c where c <> $2 order by c) as "cells!",
                  (select t.id from app.case_transfer t where t.case_id = $1 and t.from_territory = $2 and t.state = 'requested')
                      as "waiting: RowId""#,
        case.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((r.cells.into_iter().map(TerritoryId).collect(), r.waiting))
}

/// Asks: the sheet is frozen. The same form again writes nothing.
pub async fn ask(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (id, head, to): (RowId, &Head, TerritoryId),
    mut sheet: Sheet,
) -> Result<(), AppError> {
    sheet.salt = tx.ring().await?.salt(id.0).0;
    let text = serde_json::to_string(&sheet).map_err(AppError::internal)?;
    let sha256: [u8; 32] = Sha256::digest(&text).into();
    let sealed = tx
        .seal(
            Holder::transfer(id),
            Field::TRANSFER_SHEET,
            id.0,
            Some(&text),
        )
        .await?;
    let done = sqlx::query!(
        "insert into app.case_transfer (id, case_id, territory_id, case_number, from_territory, to_territory, sheet_enc, sheet_sha256,
                                        asked_by, asked_at)
         values ($1, $2, $3, $4, $3, $5, $6, $7, $8, $9) on conflict (id) do nothing",
        id.0,
        head.id.0,
        actor.territory().0,
        head.number,
        to.0,
        sealed as Option<SealedText>,
        sha256.as_slice(),
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "case_transfer_one_open") {
            AppError::Conflict(Msg::new("transfer-waits-already"))
        } else {
            error.into()
        }
    })?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    told(
        tx,
        actor,
        ("transfer.asked", id),
        serde_json::json!({ "case": head.id, "to": to }),
    )
    .await
}

/// Takes the file over, with its new lead; gives its id. `None`: it was answered meanwhile.
pub async fn accept(
    tx: &mut Tx,
    actor: &Actor,
    (id, lead): (RowId, UserId),
) -> Result<Option<Uuid>, AppError> {
    let moved = sqlx::query_scalar!("select app.accept_transfer($1, $2)", id.0, lead.0)
        .fetch_one(&mut **tx)
        .await
        .map_err(|error| {
            if violates(&error, "person_identifier_taken") {
                AppError::Conflict(Msg::new("transfer-child-known"))
            } else {
                error.into()
            }
        })?;
    if let Some(case) = moved {
        let fields = serde_json::json!({ "case": case, "lead": lead });
        told(tx, actor, ("transfer.accepted", id), fields).await?;
    }
    Ok(moved)
}

/// Whether that colleague leads the file now.
pub async fn leads(
    tx: &mut Tx,
    actor: &Actor,
    (case, lead): (CaseId, UserId),
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from app.case_assignment a
                          where a.case_id = $1 and a.territory_id = $2 and a.user_id = $3
                            and a.kind = 'lead' and a.until is null) as "leads!""#,
        case.0,
        actor.territory().0,
        lead.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Refuses with a reason, or takes back.
pub async fn end(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: RowId,
    refusal: Option<&str>,
) -> Result<(), AppError> {
    let state = if refusal.is_some() {
        "refused"
    } else {
        "withdrawn"
    };
    let why = tx
        .seal(Holder::transfer(id), Field::TRANSFER_ANSWER, id.0, refusal)
        .await?;
    let done = sqlx::query!(
        "update app.case_transfer set state = $3, answered_by = $4, answered_at = $5, answer_enc = $6
         where id = $1 and state = 'requested' and case when $3 = 'refused' then to_territory else from_territory end = $2",
        id.0,
        actor.territory().0,
        state,
        actor.user.0,
        now,
        why as Option<SealedText>
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("transfer-answered")));
    }
    let action = if refusal.is_some() {
        "transfer.refused"
    } else {
        "transfer.withdrawn"
    };
    told(tx, actor, (action, id), serde_json::json!({})).await
}

async fn told(
    tx: &mut Tx,
    actor: &Actor,
    (action, id): (&'static str, RowId),
    fields: serde_json::Value,
) -> Result<(), AppError> {
    let event = Event::on(action, "transfer", id.0)
        .in_territory(actor.territory())
        .with(fields);
    audit::record(tx, event).await
}
