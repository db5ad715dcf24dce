//! The recording of an act.

use crate::{
    audit::{self, Event},
    authz::Actor,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::ServiceId,
    mothers::Effect,
    people,
    services::domain::{NewService, Served, When},
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, Utc};

/// Records an act. The same answers again change nothing; other answers under the same id are a conflict.
pub async fn record(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    new: &NewService,
) -> Result<(), AppError> {
    let territory = actor.territory();
    if let Some(refused) = new.replaces {
        is_refused(tx, actor, refused).await?;
    }
    let delivered_on = match new.when {
        When::Delivered(day) => Some(day),
        When::Planned(_) | When::Asked(_) => None,
    };
    let mac = tx.ring().await?.print(new.id.0, &new.sha256);
    let holder = Holder::service(new.id);
    let note = new.note.as_deref();
    let note = tx.seal(holder, Field::SERVICE_NOTE, new.id.0, note).await?;
    let added = sqlx::query!(
        "insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, delivered_on,
                                  urgent, outcome, note_enc, recorded_by, payload_mac, replaces_id)
         values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (id) do nothing",
        new.id.0,
        territory.0,
        new.kind,
        new.provider,
        new.when.state().code(),
        new.when.day(),
        delivered_on,
        new.urgent,
        new.outcome.as_deref(),
        note as Option<SealedText>,
        actor.user.0,
        mac.as_slice(),
        new.replaces.map(|id| id.0)
    )
    .execute(&mut **tx)
    .await?;
    if added.rows_affected() == 0 {
        return same_answers(tx, actor, new.id, mac).await;
    }
    serve(tx, actor, new).await?;
    let people: Vec<_> = new.people.iter().map(|one| one.id).collect();
    let mut cases: Vec<_> = new.people.iter().map(|one| one.case).collect();
    // a mother is served through the file of a child who may be served beside her
    cases.sort_unstable();
    cases.dedup();
    people::touch(tx, actor, now, &cases).await?;
    let event = Event::on("service.recorded", "service", new.id.0).in_territory(territory).with(serde_json::json!({
        "kind": new.kind, "state": new.when.state().code(), "provider": new.provider, "people": people, "cases": cases,
        "counterpart": new.counterpart,
    }));
    audit::record(tx, event).await
}

/// Writes whom it serves, and as what it counts for each.
async fn serve(tx: &mut Tx, actor: &Actor, new: &NewService) -> Result<(), AppError> {
    fn each<T>(people: &[Served], of: impl Fn(&Served) -> T) -> Vec<T> {
        people.iter().map(of).collect()
    }
    sqlx::query!(
        "insert into app.service_beneficiary (service_id, person_id, case_id, territory_id, mother_effect, counts_as)
         select $1, x.person, x.file, $2, case when x.is_mother then $3::text end, case when x.is_beside then $4::text end
         from unnest($5::uuid[], $6::uuid[], $7::boolean[], $8::boolean[]) as x (person, file, is_mother, is_beside)",
        new.id.0,
        actor.territory().0,
        new.effect.map(Effect::code),
        new.counterpart.as_deref(),
        &each(&new.people, |one| one.id.0),
        &each(&new.people, |one| one.case.0),
        &each(&new.people, |one| one.is_mother),
        &each(&new.people, |one| one.is_beside)
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "service_fork") {
            AppError::Conflict(Msg::new("mother-decided-meanwhile"))
        } else {
            error.into()
        }
    })?;
    Ok(())
}

async fn same_answers(
    tx: &mut Tx,
    actor: &Actor,
    id: ServiceId,
    mac: [u8; 32],
) -> Result<(), AppError> {
    let kept = sqlx::query_scalar!(
        "select payload_mac from app.service where id = $1 and territory_id = $2 and recorded_by = $3",
        id.0,
        actor.territory().0,
        actor.user.0
    )
    .fetch_optional(&mut **tx)
    .await?;
    if kept.is_some_and(|kept| kept == mac) {
        Ok(())
    } else {
        Err(AppError::Conflict(Msg::new("service-sent-before")))
    }
}

/// An alternative is one to help that was refused, of a file that the reader works on.
async fn is_refused(tx: &mut Tx, actor: &Actor, id: ServiceId) -> Result<(), AppError> {
    sqlx::query_scalar!(
        r#"select true as "yes!" from app.service s
           where s.id = $1 and s.territory_id = $2 and s.state = 'refused'
             and exists (select from app.service_beneficiary b where b.service_id = s.id and b.territory_id = $2)"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(())
}
