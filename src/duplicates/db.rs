//! Questions about files that may be about one child, and the signed link of two records. The scope stands in each.

use super::domain::{Candidate, Verdict};
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    db::Tx,
    error::AppError,
    identity,
    ids::{PersonId, RowId},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// When and by whom the last search was made, in Arabic and in Latin letters.
pub type Checked = Option<(DateTime<Utc>, String, String)>;

/// The last search of the last episode; the look at the page is written down.
pub async fn open(tx: &mut Tx, actor: &Actor, head: &Head) -> Result<Checked, AppError> {
    let row = sqlx::query!(
        r#"select e.duplicates_checked_at as at, coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!",
                  audit.record('duplicates.opened', 'case', $3, $2, '{}', null)::text as written
           from app.case_episode e left join lateral app.name_of(e.duplicates_checked_by) n on true
           where e.id = $1 and e.territory_id = $2"#,
        head.episode.0,
        actor.territory().0,
        head.id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.at.map(|at| (at, row.name_ar, row.name_la)))
}

/// Writes the verdicts; the search counts as made when none says "the same".
pub async fn decide(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    verdicts: &[(&Candidate, Verdict)],
) -> Result<(), AppError> {
    for (candidate, verdict) in verdicts {
        if candidate.verdict() != Some(*verdict) {
            link(tx, actor, now, (head.child, (*candidate).into()), *verdict).await?;
        }
    }
    let settled = verdicts
        .iter()
        .all(|(_, verdict)| *verdict != Verdict::Same);
    sqlx::query!(
        "update app.case_episode set duplicates_checked_at = $3, duplicates_checked_by = $4 where id = $1 and territory_id = $2",
        head.episode.0,
        actor.territory().0,
        settled.then_some(now),
        settled.then_some(actor.user.0)
    )
    .execute(&mut **tx)
    .await?;
    let told: Vec<_> = verdicts
        .iter()
        .map(|(candidate, verdict)| serde_json::json!({ "case": candidate.case, "verdict": verdict.code() }))
        .collect();
    let event = Event::on("duplicates.checked", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "verdicts": told }));
    audit::record(tx, event).await
}

/// One verdict alone, as the queue of the supervisor asks for it. It is no search; but while it says "the same", the
/// search does not count as made.
pub async fn say(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    head: &Head,
    (candidate, verdict): (&Candidate, Verdict),
) -> Result<(), AppError> {
    link(tx, actor, now, (head.child, candidate.into()), verdict).await?;
    if verdict == Verdict::Same {
        sqlx::query!(
            "update app.case_episode set duplicates_checked_at = null, duplicates_checked_by = null
             where id = $1 and territory_id = $2",
            head.episode.0,
            actor.territory().0
        )
        .execute(&mut **tx)
        .await?;
    }
    let told = serde_json::json!([{ "case": candidate.case, "verdict": verdict.code() }]);
    let event = Event::on("duplicates.checked", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "verdicts": told }));
    audit::record(tx, event).await
}

/// The other of two records.
#[derive(Debug, Clone, Copy)]
pub(super) struct Other {
    /// Who.
    pub(super) person: PersonId,
    /// The identity behind that record.
    pub(super) identity: Uuid,
    /// What was said of the two before.
    pub(super) said: Option<Verdict>,
}

impl From<&Candidate> for Other {
    fn from(candidate: &Candidate) -> Self {
        Self {
            person: candidate.person,
            identity: candidate.identity,
            said: candidate.verdict(),
        }
    }
}

/// The signed link of two records, of children or of adults. "The same" puts both under one identity; anything else after
/// it takes that decision back (decision 0097); else it is said of the two, and supersedes the last word on them.
pub(super) async fn link(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (one, other): (PersonId, Other),
    verdict: Verdict,
) -> Result<(), AppError> {
    let (act, pair) = (RowId::new(now), (one, other.person));
    if verdict == Verdict::Same {
        return identity::join(tx, actor, act, pair).await;
    }
    if other.said == Some(Verdict::Same) {
        return identity::part_two(tx, actor, act, pair, verdict.code()).await;
    }
    sqlx::query!(
        "with before as (
             update app.identity_link set live = false
             where person_id = $3 and territory_id = $2 and live and identity_id = $4 and verdict <> 'same'
             returning id)
         insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, at, supersedes_id)
         values ($1, $2, $3, $4, $5, $6, $7, (select id from before limit 1))",
        act.0,
        actor.territory().0,
        one.0,
        other.identity,
        verdict.code(),
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
