//! Decisions on the identity of a child or of an adult of one's own prefecture, and what is read across a child's records.
//! Each decision is a function of the database, which asks again whose it is.

use super::{
    domain::{Parted, Whose},
    history::{Act, Line},
    parting::Parting,
};
use crate::{
    audit::{self, Event},
    authz::{Actor, TerritoryId},
    cases::{Head, ShownField},
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, PersonId, RowId},
    people::Names,
    vault::{Field, Holder, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The decisions on the child of a file, or on an adult, the newest first; the reading of that file or record, and of the one
/// beside it, is written down.
pub async fn acts(
    tx: &mut Tx,
    actor: &Actor,
    whose: Whose,
    beside: Option<Uuid>,
) -> Result<Vec<Act>, AppError> {
    let read = [Some(whose.id()), beside];
    let read: Vec<Uuid> = read.into_iter().flatten().collect();
    let rows = sqlx::query!(
        r#"with read as materialized (
               select (case when $4 then audit.record('identity.opened', 'person', c, $2, '{}', null)
                            else audit.record('identity.opened', 'case', c, $2, '{}', null) end)::text as written
               from unnest($3::uuid[]) c)
           select h.act as "act?: RowId", h.kind as "kind?", h.at as "at?", h.number as "number?", h.territory as "territory?",
                  h.request as "request?: RowId", h.verdict as "verdict?", h.holder as "holder?: PersonId",
                  h.why as "why?: SealedText", coalesce(h.undone, false) as "undone!", coalesce(h.open, false) as "open!",
                  coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  o.given_ar as "given_ar?", o.family_ar as "family_ar?",
                  o.given_la as "given_la?", o.family_la as "family_la?",
                  app.key_of('person', h.holder) as "key: WrappedKey", r.n as "read!"
           from (select count(written) as n from read) r
           left join app.identity_history($1) h on true
           left join lateral app.name_of(h.by_user) n on true
           left join lateral app.name_in($2, h.other) o on true
           order by h.at desc nulls last, h.act desc"#,
        whose.id(),
        actor.territory().0,
        &read,
        whose.is_adult()
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut acts = Vec::with_capacity(rows.len());
    for r in rows {
        let (Some(id), Some(kind), Some(at)) = (r.act, r.kind, r.at) else {
            continue;
        };
        let holder = r.holder.map(Holder::person);
        acts.push(Act {
            id,
            is_join: kind == "joined",
            at,
            number: r.number,
            names: Names::new(r.given_ar, r.family_ar, r.given_la, r.family_la),
            territory: r.territory.map(TerritoryId),
            request: r.request,
            verdict: r.verdict.as_deref().and_then(Parted::from_code),
            why: holder.and_then(|holder| {
                tx.open(
                    holder,
                    r.key.as_ref(),
                    (Field::IDENTITY_WHY, id.0),
                    r.why.as_ref(),
                )
            }),
            is_undone: r.undone,
            is_open: r.open,
            name_ar: r.name_ar,
            name_la: r.name_la,
        });
    }
    Ok(acts)
}

/// What other cities know of the child, the newest first.
pub async fn elsewhere(tx: &mut Tx, head: &Head) -> Result<Vec<Line>, AppError> {
    Ok(sqlx::query_as!(
        Line,
        r#"select number as "number!", territory as "territory!: TerritoryId", at as "at!", kind as "kind!", code as "code!", detail
           from app.elsewhere_of($1)"#,
        head.id.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A file of the prefecture by its number, void or not: a number that was given once goes on telling its file.
pub async fn by_number(
    tx: &mut Tx,
    actor: &Actor,
    number: &str,
) -> Result<Option<CaseId>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: CaseId" from app.case_file where number = $1 and territory_id = $2"#,
        number,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?)
}

/// The same person: puts the record under the identity of the other. The same decision again, or of two that are one
/// already, writes nothing.
pub async fn join(
    tx: &mut Tx,
    actor: &Actor,
    act: RowId,
    (own, other): (PersonId, PersonId),
) -> Result<(), AppError> {
    let done = sqlx::query_scalar!("select app.join_records($1, $2, $3)", act.0, own.0, other.0)
        .fetch_one(&mut **tx)
        .await?
        .ok_or(AppError::NotFound)?;
    if done == "joined" {
        let event = Event::on("identity.joined", "person", own.0)
            .in_territory(actor.territory())
            .with(serde_json::json!({ "person": other }));
        audit::record(tx, event).await?;
    }
    Ok(())
}

/// Undoes a decision, with what is said of the two now, and why: sealed for the own side, or, where another city is part
/// of it, for both.
pub async fn part(
    tx: &mut Tx,
    actor: &Actor,
    own: PersonId,
    parting: &Parting<'_>,
) -> Result<(), AppError> {
    let (id, act, said) = (parting.id, parting.act, parting.said);
    // of two records of the prefecture the words hang on the one whose page it is
    let (holder, field, row) = match act.request {
        Some(request) => (
            Holder::identity_request(request),
            Field::IDENTITY_END,
            request.0,
        ),
        None => (Holder::person(own), Field::IDENTITY_WHY, id.0),
    };
    let why = tx
        .seal(holder, field, row, Some(parting.why.as_str()))
        .await?;
    let done = sqlx::query_scalar!(
        "select app.part_records($1, $2, $3, $4, $5)",
        id.0,
        act.id.0,
        said.code(),
        why as Option<SealedText>,
        own.0
    )
    .fetch_one(&mut **tx)
    .await?;
    match done.as_deref() {
        Some("parted") => {
            let event = Event::on("identity.parted", "person", own.0)
                .in_territory(actor.territory())
                .with(serde_json::json!({ "answer": said.code() }));
            audit::record(tx, event).await
        }
        Some("already") => Err(AppError::Conflict(Msg::new("identity-parted-already"))),
        Some("later") => Err(AppError::Conflict(Msg::new("identity-parted-later"))),
        _ => Err(AppError::Forbidden),
    }
}

/// The same of two records of the prefecture that one decision put together, as the search for duplicates takes it back:
/// `said` is what it says of them now.
pub async fn part_two(
    tx: &mut Tx,
    actor: &Actor,
    act: RowId,
    (child, other): (PersonId, PersonId),
    said: &str,
) -> Result<(), AppError> {
    let done = sqlx::query_scalar!(
        "select app.part_two($1, $2, $3, $4)",
        act.0,
        child.0,
        other.0,
        said
    )
    .fetch_one(&mut **tx)
    .await?;
    if done.as_deref() != Some("parted") {
        return Err(AppError::Conflict(Msg::new("identity-parted-later")));
    }
    let event = Event::on("identity.parted", "person", child.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "answer": said }));
    audit::record(tx, event).await
}

/// Shows the value of a record from now on, for each of these fields; the newest choice counts.
pub async fn prefer(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    chosen: &[(ShownField, PersonId)],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = chosen.iter().map(|_| RowId::new(now).0).collect();
    let fields = chosen.iter().map(|(field, _)| field.code().to_owned());
    let fields: Vec<String> = fields.collect();
    let people: Vec<Uuid> = chosen.iter().map(|(_, person)| person.0).collect();
    let written = sqlx::query!(
        "insert into app.identity_preference (id, territory_id, identity_id, field, person_id, by_user, at, supersedes_id)
         select w.id, $2, l.identity_id, w.field, w.person, $5, $6,
                (select p.id from app.identity_preference p
                 where p.identity_id = l.identity_id and p.territory_id = $2 and p.field = w.field
                 order by p.at desc, p.id desc limit 1)
         from unnest($1::uuid[], $3::text[], $4::uuid[]) w (id, field, person)
         join app.identity_link l on l.person_id = w.person and l.territory_id = $2 and l.verdict = 'same' and l.live
         where l.identity_id = (select o.identity_id from app.identity_link o
                                where o.person_id = $7 and o.territory_id = $2 and o.verdict = 'same' and o.live)",
        &ids,
        actor.territory().0,
        &fields,
        &people,
        actor.user.0,
        now,
        head.child.0
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        // somebody else chose meanwhile
        if violates(&error, "identity_preference_once") {
            AppError::Conflict(Msg::new("identity-shown-meanwhile"))
        } else {
            error.into()
        }
    })?;
    if written.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("identity-not-joined")));
    }
    let event = Event::on("identity.preferred", "person", head.child.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "fields": fields }));
    audit::record(tx, event).await
}
