//! Questions about drafts. Each asks for the reader's own, in their place.

use super::DraftOf;
use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::RowId,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// How long a draft waits for its author.
pub const EXPIRES: TimeDelta = TimeDelta::days(14);
/// Street contacts that one person has begun and not saved.
const MOST: i64 = 20;

/// A draft, opened.
#[derive(Debug)]
pub(super) struct Found {
    pub id: RowId,
    pub rev: i32,
    pub begun_at: DateTime<Utc>,
    pub saved_at: DateTime<Utc>,
    pub text: Option<Reading>,
}

/// The reader's drafts of a form, the latest first; of one file, or of any contact.
pub(super) async fn find(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (of, subject): (DraftOf, Option<Uuid>),
) -> Result<Vec<Found>, AppError> {
    let rows = sqlx::query!(
        r#"select d.id as "id: RowId", d.rev, d.begun_at, d.saved_at, d.text_enc as "text: SealedText",
                  app.key_of('draft', d.id) as "key: WrappedKey"
           from app.form_draft d
           where d.user_id = $1 and d.territory_id = $2 and d.form = $3 and ($4::uuid is null or d.subject = $4)
             and d.saved_at > $5
           order by d.saved_at desc limit 5"#,
        actor.user.0,
        actor.territory().0,
        of.code(),
        subject,
        now - EXPIRES
    )
    .fetch_all(&mut **tx)
    .await?;
    let open = rows.into_iter().map(|row| {
        let place = (Field::FORM_DRAFT, row.id.0);
        let text = tx.open(
            Holder::draft(row.id),
            row.key.as_ref(),
            place,
            Some(&row.text),
        );
        Found {
            id: row.id,
            rev: row.rev,
            begun_at: row.begun_at,
            saved_at: row.saved_at,
            text,
        }
    });
    Ok(open.collect())
}

/// Keeps a draft: a new one, or over the one that the page knows. Another page of the same form, on this device
/// or another, may have kept more: that is never written over.
pub(super) async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (of, subject): (DraftOf, Uuid),
    (rev, text): (i32, &str),
) -> Result<(RowId, i32), AppError> {
    let known = sqlx::query!(
        r#"select id as "id: RowId", rev from app.form_draft
           where user_id = $1 and territory_id = $2 and form = $3 and subject = $4 for no key update"#,
        actor.user.0,
        actor.territory().0,
        of.code(),
        subject
    )
    .fetch_optional(&mut **tx)
    .await?;
    let other = || AppError::Conflict(Msg::new("draft-other-page"));
    let Some(known) = known else {
        if rev != 0 {
            // saved, or thrown away, since this page kept it
            return Err(AppError::Conflict(Msg::new("draft-gone")));
        }
        return begin(tx, actor, now, (of, subject), text).await;
    };
    if known.rev != rev {
        return Err(other());
    }
    let sealed = seal(tx, known.id, text).await?;
    let rev = sqlx::query_scalar!(
        "update app.form_draft set text_enc = $4, rev = rev + 1, saved_at = $5
         where id = $1 and user_id = $2 and territory_id = $3 and rev = $6 returning rev",
        known.id.0,
        actor.user.0,
        actor.territory().0,
        sealed as SealedText,
        now,
        rev
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or_else(other)?;
    Ok((known.id, rev))
}

async fn seal(tx: &mut Tx, id: RowId, text: &str) -> Result<SealedText, AppError> {
    let sealed = tx
        .seal(Holder::draft(id), Field::FORM_DRAFT, id.0, Some(text))
        .await?;
    sealed.ok_or_else(|| AppError::internal("nothing was sealed"))
}

async fn begin(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (of, subject): (DraftOf, Uuid),
    text: &str,
) -> Result<(RowId, i32), AppError> {
    let is_contact = of == DraftOf::Contact;
    let place = sqlx::query!(
        r#"select case when $1 then not exists (select from app.contact c where c.id = $2)
                       else exists (select from app.case_file c where c.id = $2 and c.territory_id = $3 and c.void is null
                                    and (app.is_mine(c.id) or $3 = any ((select app.supervised_territories())::smallint[]))) end as "fits!",
                  (select count(*) from app.form_draft d where d.user_id = $4 and d.territory_id = $3 and d.form = $5) as "many!""#,
        is_contact,
        subject,
        actor.territory().0,
        actor.user.0,
        of.code()
    )
    .fetch_one(&mut **tx)
    .await?;
    if !place.fits {
        return Err(if is_contact {
            AppError::Conflict(Msg::new("draft-gone"))
        } else {
            AppError::NotFound
        });
    }
    if is_contact && place.many >= MOST {
        return Err(AppError::Conflict(Msg::new("draft-many")));
    }
    let id = RowId::new(now);
    let sealed = seal(tx, id, text).await?;
    sqlx::query!(
        "insert into app.form_draft (id, user_id, territory_id, form, case_id, subject, text_enc, begun_at, saved_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        id.0,
        actor.user.0,
        actor.territory().0,
        of.code(),
        (!is_contact).then_some(subject),
        subject,
        sealed as SealedText,
        now
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "form_draft_once") {
            AppError::Conflict(Msg::new("draft-other-page"))
        } else {
            error.into()
        }
    })?;
    told(tx, actor, "draft.begun", (of, subject)).await?;
    Ok((id, 1))
}

/// One row when a draft is begun, when it is taken up again and when it is thrown away; not one each ten seconds.
pub(super) async fn told(
    tx: &mut Tx,
    actor: &Actor,
    action: &'static str,
    (of, subject): (DraftOf, Uuid),
) -> Result<(), AppError> {
    let kind = if of == DraftOf::Contact {
        "contact"
    } else {
        "case"
    };
    let event = Event::on(action, kind, subject)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "form": of.code() }));
    audit::record(tx, event).await
}

/// The form is saved: its draft goes in the same transaction.
pub async fn done(tx: &mut Tx, of: DraftOf, subject: Uuid) -> Result<(), AppError> {
    sqlx::query_scalar!("select app.end_draft($1, $2)", of.code(), subject)
        .fetch_one(&mut **tx)
        .await?;
    Ok(())
}

/// What one of the reader's own is of.
pub(super) async fn subject_of(
    tx: &mut Tx,
    actor: &Actor,
    id: RowId,
) -> Result<(DraftOf, Uuid), AppError> {
    let row = sqlx::query!(
        "select form, subject from app.form_draft where id = $1 and user_id = $2 and territory_id = $3",
        id.0,
        actor.user.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    let of = DraftOf::from_code(&row.form).ok_or(AppError::NotFound)?;
    Ok((of, row.subject))
}

/// Throws one of the reader's own away.
pub(super) async fn drop_one(
    tx: &mut Tx,
    actor: &Actor,
    id: RowId,
    what: (DraftOf, Uuid),
) -> Result<(), AppError> {
    sqlx::query_scalar!("select app.drop_draft($1)", id.0)
        .fetch_one(&mut **tx)
        .await?;
    told(tx, actor, "draft.dropped", what).await
}
