//! What happened to a child, newest first, a page at a time: the newest of each kind, and of those the newest.

use super::entry::{Asked, Entries, Entry, Group, Kind, Place};
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, DisclosureId, UserId},
    vault::{Field, Holder, SealedText, WrappedKey},
};
use uuid::Uuid;

/// Whose key opens the words of an entry, and as what they were sealed.
fn seal(kind: Kind, case: CaseId, holder: Uuid) -> Option<(Holder, Field)> {
    let of_case = Holder::case(case);
    Some(match kind {
        Kind::Decision => (
            Holder::disclosure(DisclosureId(holder)),
            Field::CHILD_INSTRUCTIONS,
        ),
        Kind::Risk => (of_case, Field::RISK_REASON),
        Kind::PlanAnswer => (of_case, Field::PLAN_ANSWER),
        Kind::PlanReview => (of_case, Field::PLAN_REVIEW_NOTE),
        Kind::Handover => (of_case, Field::HANDOVER_NOTE),
        Kind::Move => (of_case, Field::TRANSITION_REASON),
        Kind::Note => (of_case, Field::CASE_NOTE),
        Kind::Visit => (of_case, Field::VISIT_FINDINGS),
        Kind::View => (of_case, Field::CHILD_WORDS),
        Kind::After => (of_case, Field::AFTER_CLOSURE),
        _ => return None,
    })
}

/// A page of the story of one file or of several of one child that the reader may open, by date; what several have is
/// shown once, as the first file's. The adults' decisions are not in it: they show on the mother's page alone (P14). What
/// is clinical is not in it either (P4).
pub async fn of_files(
    tx: &mut Tx,
    actor: &Actor,
    files: &[CaseId],
    asked: Asked,
) -> Result<Entries, AppError> {
    let wanted = Group::of(actor).filter(|one| asked.group.is_none_or(|group| group == *one));
    let groups: Vec<String> = wanted.map(|one| one.code().to_owned()).collect();
    let after = asked.after.unwrap_or_else(Place::top);
    let files: Vec<Uuid> = files.iter().map(|file| file.0).collect();
    let rows = sqlx::query!(
        r#"with page as (
               select distinct on (s.at, s.rank, s.id) f.id as file, s.*
               from unnest($1::uuid[]) with ordinality f (id, nth)
               cross join lateral app.story_of(f.id, $2, $3, $4, $5, $6) s
               order by s.at desc, s.rank desc, s.id desc, f.nth limit $6
           ), keys as materialized (select f.id, app.key_of('case', f.id) as key from unnest($1::uuid[]) f (id))
           select t.file as "file!: CaseId", t.at as "at!", t.kind as "kind!", t.rank as "rank!", t.id as "id!", t.code as "code!", t.detail, t.mark, t.about,
                  t.known as "known!", t.holder, t.sealed as "sealed: SealedText", t.author as "author: UserId",
                  case when t.kind = 'decision' then app.key_of('disclosure', t.holder)
                       when t.holder is not null then k.key end as "key: WrappedKey",
                  coalesce(n.name_ar, '') as "author_ar!", coalesce(n.name_la, '') as "author_la!"
           from page t join keys k on k.id = t.file
           left join app.names_of(array(select author from page)) n on n.id = t.author
           order by t.at desc, t.rank desc, t.id desc"#,
        &files,
        &groups,
        after.at,
        after.rank,
        after.id,
        i64::try_from(asked.most + 1).unwrap_or(i64::MAX)
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut entries = Vec::with_capacity(rows.len());
    for r in rows {
        let kind =
            Kind::from_code(&r.kind).ok_or_else(|| AppError::internal("unknown kind of entry"))?;
        let sealed_as = r.holder.and_then(|holder| seal(kind, r.file, holder));
        entries.push(Entry {
            file: r.file,
            words: sealed_as.and_then(|(holder, field)| {
                tx.open(holder, r.key.as_ref(), (field, r.id), r.sealed.as_ref())
            }),
            place: Place {
                at: r.at,
                rank: r.rank,
                id: r.id,
            },
            known: r.known,
            kind,
            code: r.code,
            detail: r.detail,
            mark: r.mark,
            about: r.about,
            author: r.author,
            author_ar: r.author_ar,
            author_la: r.author_la,
        });
    }
    let more = entries.len() > asked.most;
    entries.truncate(asked.most);
    let next = entries.last().map(|entry| entry.place).filter(|_| more);
    Ok(Entries {
        rows: entries,
        next,
    })
}
