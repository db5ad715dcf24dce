//! Questions about files that may be about one child. The scope stands in each.

use super::domain::{Candidate, Verdict};
use crate::{
    audit::{self, Event},
    authz::Actor,
    cases::Head,
    db::Tx,
    error::AppError,
    ids::{CaseId, PersonId, RowId},
    people::{Birth, Names},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// When and by whom the last search was made, in Arabic and in Latin letters.
pub type Checked = Option<(DateTime<Utc>, String, String)>;

/// Up to eight files of the prefecture with a possible age and sex, and at least one sign: mother, name, place.
pub async fn candidates(
    tx: &mut Tx,
    actor: &Actor,
    case: CaseId,
) -> Result<Vec<Candidate>, AppError> {
    let rows = sqlx::query!(
        r#"with subject as (
               select p.id, p.sex, p.birth_earliest, p.birth_latest
               from app.case_file c join app.person p on p.id = c.child_id
               where c.id = $1 and c.territory_id = $2
           ), names as (
               select translate(lower(x.word), 'أإآةىؤئ', 'اااهيوي') as word
               from app.person_name n join subject s on s.id = n.person_id,
                    lateral (values (n.given_ar), (n.given_la)) as x (word)
               where n.territory_id = $2 and x.word <> ''
           ), mothers as (
               select r.from_person from app.relationship r join subject s on s.id = r.to_person
               where r.territory_id = $2 and r.kind in ('mother', 'mother_unverified') and r.claim <> 'refuted'
           ), places as (
               select k.place_code from app.contact_outcome o join app.contact_child w on w.id = o.contact_child_id
               join app.contact k on k.id = w.contact_id where o.case_id = $1 and o.territory_id = $2
           ), found as (
               select f.id, f.number, q.id as child, q.sex, q.birth_earliest, q.birth_latest, q.birth_basis,
                      exists (select from app.relationship r join mothers m on m.from_person = r.from_person
                              where r.to_person = q.id and r.territory_id = $2 and r.claim <> 'refuted') as same_mother,
                      coalesce(n.same, false) as same_name, coalesce(n.near, false) as near_name,
                      exists (select from app.contact_outcome o join app.contact_child w on w.id = o.contact_child_id
                              join app.contact k on k.id = w.contact_id join places x on x.place_code = k.place_code
                              where o.case_id = f.id and o.territory_id = $2) as same_place, f.changed_at
               from subject s
               join app.case_file f on f.territory_id = $2 and f.void is null and f.id <> $1
               join app.person q on q.id = f.child_id and (q.sex = s.sex or 'U' in (q.sex, s.sex))
               left join lateral (
                   select bool_or(w.word = y.word) as same, bool_or(left(w.word, 3) = left(y.word, 3)) as near
                   from app.person_name z, lateral (values (z.given_ar), (z.given_la)) as x (word),
                        lateral (select translate(lower(x.word), 'أإآةىؤئ', 'اااهيوي') as word) y, names w
                   where z.person_id = q.id and z.territory_id = $2 and x.word <> '') n on true
               where s.birth_earliest is null or q.birth_earliest is null
                  or (q.birth_earliest <= s.birth_latest + 365 and q.birth_latest >= s.birth_earliest - 365)
           )
           select f.id as "case!: CaseId", f.number as "number!", f.sex as "sex!",
                  f.birth_earliest, f.birth_latest, f.birth_basis, l.identity_id as "identity!",
                  f.same_mother as "same_mother!", f.same_name as "same_name!", f.near_name as "near_name!", f.same_place as "same_place!",
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?", n.given_la as "given_la?", n.family_la as "family_la?",
                  coalesce(w.name_ar, '') as "lead_ar!", coalesce(w.name_la, '') as "lead_la!",
                  (select v.verdict from app.identity_link v join subject s on s.id = v.person_id
                   where v.identity_id = l.identity_id and v.live and v.territory_id = $2 order by v.at desc limit 1) as verdict
           from found f
           join app.identity_link l on l.person_id = f.child and l.verdict = 'same' and l.live and l.territory_id = $2
           left join lateral (select * from app.person_name x where x.person_id = f.child and x.territory_id = $2
                              order by x.kind = 'civil' desc limit 1) n on true
           left join app.case_assignment a on a.case_id = f.id and a.kind = 'lead' and a.until is null and a.territory_id = $2
           left join lateral app.name_of(a.user_id) w on true
           where f.same_mother or f.same_name or f.near_name or f.same_place
           order by f.same_mother::int * 4 + f.same_name::int * 3 + f.near_name::int * 2 + f.same_place::int desc, f.changed_at desc
           limit 8"#,
        case.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Candidate {
            case: r.case,
            number: r.number,
            identity: r.identity,
            names: Names::new(r.given_ar, r.family_ar, r.given_la, r.family_la),
            birth: Birth::known(r.birth_earliest, r.birth_latest, r.birth_basis),
            sex: r.sex,
            lead_ar: r.lead_ar,
            lead_la: r.lead_la,
            same_mother: r.same_mother,
            same_name: r.same_name,
            near_name: r.near_name,
            same_place: r.same_place,
            verdict: r.verdict.as_deref().and_then(Verdict::from_code),
        })
        .collect())
}

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
        if candidate.verdict != Some(*verdict) {
            link(tx, actor, now, head.child, (candidate, *verdict)).await?;
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

/// The signed link. "The same" puts the child under the identity of the other; anything else after it gives the
/// child an identity of its own again.
async fn link(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    child: PersonId,
    (candidate, verdict): (&Candidate, Verdict),
) -> Result<(), AppError> {
    let territory = actor.territory();
    let was_same = candidate.verdict == Some(Verdict::Same);
    // of the last word on the two; and, when the identity changes, of the one the child had
    let before = sqlx::query_scalar!(
        "update app.identity_link set live = false
         where person_id = $1 and territory_id = $2 and live and (identity_id = $3 or ($4 and verdict = 'same'))
         returning id",
        child.0,
        territory.0,
        candidate.identity,
        verdict == Verdict::Same
    )
    .fetch_all(&mut **tx)
    .await?;
    let before = before.first().copied();
    add(tx, actor, now, child, (candidate.identity, verdict, before)).await?;
    if was_same {
        let own = RowId::new(now).0;
        sqlx::query!(
            "insert into app.identity (id, territory_id) values ($1, $2)",
            own,
            territory.0
        )
        .execute(&mut **tx)
        .await?;
        add(tx, actor, now, child, (own, Verdict::Same, before)).await?;
    }
    Ok(())
}

async fn add(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    child: PersonId,
    (identity, verdict, supersedes): (Uuid, Verdict, Option<Uuid>),
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into app.identity_link (id, territory_id, person_id, identity_id, verdict, decided_by, at, supersedes_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        RowId::new(now).0,
        actor.territory().0,
        child.0,
        identity,
        verdict.code(),
        actor.user.0,
        now,
        supersedes
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
