//! What is seen between two assessments and cannot wait for the next one: a red flag of a contact, a child who begs
//! again or is not safe. The rules raise the risk at once where they say so (docs/risk.md); another assessment is owed
//! the same day, by the triggers of the rows that tell it.

use super::weighed::infant;
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::{self, Head},
    db::Tx,
    error::AppError,
    ids::{CaseId, ContactChildId, RowId},
    risk::{Facts, Level, Reason, weigh},
    web::Ui,
};
use chrono::{DateTime, Utc};

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The child, in a contact of the street that was linked to the file.
    Contact(ContactChildId),
    /// On a visit: the child begs again.
    Begging,
    /// On a visit: the child is not safe.
    Unsafe,
}

impl Seen {
    /// Code of `ref.task_rule`: what it calls for, in words that say why.
    const fn rule(self) -> &'static str {
        match self {
            Self::Contact(_) => "reassess_flag",
            Self::Begging => "reassess_begging",
            Self::Unsafe => "reassess_unsafe",
        }
    }
}

/// Raises the risk of the file where the rules say so, and writes down that another assessment is called for.
pub async fn heed(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    (case, seen): (CaseId, Seen),
) -> Result<(), AppError> {
    if let Seen::Contact(child) = seen {
        let head = cases::head_of(tx, actor, case).await?;
        // through broken glass a file is read, and not changed
        if head.openable && head.state.is_open() && !head.in_emergency {
            raise(tx, actor, ui, now, (&head, child)).await?;
        }
    }
    called(tx, actor, case, seen).await
}

/// By the facts of that contact alone: what was weighed before, and answered by somebody, is not weighed again.
async fn raise(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    (head, child): (&Head, ContactChildId),
) -> Result<(), AppError> {
    let (level, reasons) = weigh(&facts(tx, actor, ui, head, child).await?);
    if reasons.is_empty() || Some(level) <= Level::from_code(&head.risk) {
        return Ok(());
    }
    write(tx, actor, now, head, (level, &reasons)).await?;
    cases::owe_anew(tx, actor, ui, now, head, level.code()).await?;
    // what was seen of the child stands in the file: the trail is read by those who read no file
    let event = Event::on("case.risk_changed", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "from": head.risk, "to": level.code() }));
    audit::record(tx, event).await
}

async fn facts(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    head: &Head,
    child: ContactChildId,
) -> Result<Facts, AppError> {
    let seen = sqlx::query!(
        r#"select array(select f.flag from app.contact_child_flag f where f.contact_child_id = s.id order by 1) as "flags!",
                  exists (select from app.contact_adult a
                          where a.contact_id = s.contact_id and a.relation_claimed = 'unrelated') as "unrelated!",
                  (select count(*) from app.contact_outcome o
                   join app.contact_child k on k.id = o.contact_child_id
                   join app.contact c on c.id = k.contact_id
                   where o.case_id = $2 and o.territory_id = $3 and c.observed_at >= now() - interval '90 days') as "contacts!"
           from app.contact_child s where s.id = $1 and s.territory_id = $3"#,
        child.0,
        head.id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    // that the child is small is no news, unless this contact says so
    let is_flagged = seen.flags.iter().any(|flag| flag == "infant");
    let infant = if is_flagged {
        infant(ui, head)
    } else {
        Some(false)
    };
    Ok(Facts {
        infant,
        flags: seen.flags,
        unrelated_adult: seen.unrelated,
        contacts: u32::try_from(seen.contacts).unwrap_or(u32::MAX),
        ..Facts::default()
    })
}

/// The change has no assessment and no words: the facts say why.
async fn write(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    (level, reasons): (Level, &[Reason]),
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into app.risk_change (id, case_id, territory_id, of_version, from_risk, to_risk, reasons, by_user, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        RowId::new(now).0,
        head.id.0,
        actor.territory().0,
        head.version,
        head.risk,
        level.code(),
        serde_json::to_value(reasons).map_err(AppError::internal)?,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes down that an assessment is called for, if one is: what nobody has assessed yet is owed its first anyway, and
/// a contact without a flag calls for none.
async fn called(tx: &mut Tx, actor: &Actor, case: CaseId, seen: Seen) -> Result<(), AppError> {
    let is_owed = sqlx::query_scalar!(
        r#"select exists (select from app.task t where t.case_id = $1 and t.territory_id = $2 and t.rule = $3
                          and t.done_at is null) as "owed!""#,
        case.0,
        actor.territory().0,
        seen.rule()
    )
    .fetch_one(&mut **tx)
    .await?;
    if !is_owed {
        return Ok(());
    }
    let event = Event::on("assessment.called_for", "case", case.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "rule": seen.rule() }));
    audit::record(tx, event).await
}
