//! One file: its header and extract, and the decisions in it.

use super::{
    Author,
    act::Paper,
    frozen,
    notes::{self, Note},
};
use crate::{
    authz::{Actor, CourtId, TerritoryId},
    db::Tx,
    error::AppError,
    ids::{CaseId, DecisionId, DisclosureId, JudicialFileId, PersonId, RowId},
    prosecution::{custody::Custody, domain::Effect},
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// The header of a file and the text that was frozen.
#[derive(Debug)]
pub struct FileRow {
    /// The file.
    pub id: JudicialFileId,
    /// Its number.
    pub number: String,
    /// The case it came from.
    pub case_id: CaseId,
    /// Its prefecture.
    pub territory_id: TerritoryId,
    /// Its court.
    pub court_id: CourtId,
    /// The court of the place.
    pub proposed_court_id: CourtId,
    /// Why another was chosen.
    pub court_change_reason: Option<String>,
    /// In the worker's words.
    pub court_change_note: Option<Reading>,
    /// Who holds it.
    pub state: Custody,
    /// Whether it asks for a decision the same day.
    pub urgent: bool,
    /// When it was composed.
    pub composed_at: DateTime<Utc>,
    /// By whom.
    pub composed_by: Author,
    /// When it was sent.
    pub transmitted_at: Option<DateTime<Utc>>,
    /// By whom.
    pub transmitted_by: Author,
    /// When the court acknowledged it.
    pub received_at: Option<DateTime<Utc>>,
    /// Who did.
    pub received_by: Author,
    /// Version of the extract's shape.
    pub schema_version: i16,
    /// The extract; none if it does not open or is not the one that was hashed.
    pub snapshot: Option<String>,
    /// Its hash, as stored when it was frozen.
    pub sha256: Vec<u8>,
    /// What the court noted for itself, newest first; nobody else gets one.
    pub notes: Vec<Note>,
    /// The urgent notices about its children that it followed, as far as the reader sees them; the oldest first.
    pub notices: Vec<Followed>,
}

/// An urgent notice that a file followed.
#[derive(Debug, Deserialize)]
pub struct Followed {
    /// The notice.
    pub id: DisclosureId,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When a prosecutor read it.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// A file of the reader's prefecture, or one sent to the reader's court.
pub async fn file(tx: &mut Tx, actor: &Actor, id: JudicialFileId) -> Result<FileRow, AppError> {
    let row = sqlx::query!(
        r#"select f.number, f.case_id as "case_id: CaseId", f.territory_id as "territory_id: TerritoryId",
                  f.court_id as "court_id: CourtId", f.proposed_court_id as "proposed_court_id: CourtId",
                  f.court_change_reason, f.court_change_note_enc as "note: SealedText", f.state as "state: Custody", f.urgent, f.composed_at,
                  f.transmitted_at, f.received_at, e.schema_version, e.sha256,
                  e.id as "extract: DisclosureId", e.snapshot_enc as "sealed: SealedText",
                  app.key_of('disclosure', e.id) as "key: WrappedKey",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'text', o.text_enc, 'at', o.written_at,
                              'name_ar', w.name_ar, 'name_la', w.name_la) order by o.written_at desc), '[]')
                   from app.court_note o left join lateral app.name_of(o.written_by) w on true
                   where o.file_id = f.id and o.court_id = $2) as "notes!: sqlx::types::Json<Vec<notes::Row>>",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'sent_at', n.sent_at,
                              'acknowledged_at', n.acknowledged_at) order by n.sent_at, n.id), '[]')
                   from app.disclosure n
                   where n.kind = 'urgent_notice' and n.sent_at <= coalesce(f.transmitted_at, 'infinity')
                     and (n.to_court = $2 or n.territory_id = $3)
                     and n.case_id in (select k.child_case_id from app.judicial_child k where k.file_id = f.id
                                         and (k.court_id = $2 or k.territory_id = $3))
                     -- each stands before the first file that followed it
                     and not exists (
                         select from app.judicial_child k join app.judicial_file j on j.id = k.file_id
                         where k.child_case_id = n.case_id and j.transmitted_at >= n.sent_at
                           and j.transmitted_at < coalesce(f.transmitted_at, 'infinity')
                           and (j.court_id = $2 or j.territory_id = $3))) as "notices!: Json<Vec<Followed>>",
                  app.key_of('judicial_file', case when f.court_id = $2 then f.id end) as "court_key: WrappedKey",
                  c.name_ar as "composed_ar?", c.name_la as "composed_la?",
                  t.name_ar as "transmitted_ar?", t.name_la as "transmitted_la?",
                  r.name_ar as "received_ar?", r.name_la as "received_la?"
           from app.judicial_file f
           join app.disclosure e on e.id = f.disclosure_id
           left join lateral app.name_of(f.composed_by) c on true
           left join lateral app.name_of(f.transmitted_by) t on true
           left join lateral app.name_of(f.received_by) r on true
           where f.id = $1
             and ((f.court_id = $2 and f.state not in ('draft', 'withdrawn')) or f.territory_id = $3)"#,
        id.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    Ok(FileRow {
        id,
        number: row.number,
        case_id: row.case_id,
        territory_id: row.territory_id,
        court_id: row.court_id,
        proposed_court_id: row.proposed_court_id,
        court_change_reason: row.court_change_reason,
        court_change_note: tx.open(
            Holder::disclosure(row.extract),
            row.key.as_ref(),
            (Field::COURT_CHANGE_NOTE, id.0),
            row.note.as_ref(),
        ),
        state: row.state,
        urgent: row.urgent,
        composed_at: row.composed_at,
        composed_by: Author::new(row.composed_ar, row.composed_la),
        transmitted_at: row.transmitted_at,
        transmitted_by: Author::new(row.transmitted_ar, row.transmitted_la),
        received_at: row.received_at,
        received_by: Author::new(row.received_ar, row.received_la),
        schema_version: row.schema_version,
        snapshot: frozen(tx, row.extract, row.key.as_ref(), &row.sealed, &row.sha256),
        sha256: row.sha256,
        notes: notes::open(tx, id, row.court_key.as_ref(), row.notes.0),
        notices: row.notices.0,
    })
}

/// A decision as it stands in the file.
#[derive(Debug)]
pub struct DecisionRow {
    /// The decision.
    pub id: DecisionId,
    /// On whom.
    pub person: PersonId,
    /// Its kind.
    pub kind: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// When it was entered.
    pub recorded_at: DateTime<Utc>,
    /// By whom.
    pub recorded_by: Author,
    /// Number of the signed act.
    pub act: Option<String>,
    /// The act itself.
    pub act_id: Option<RowId>,
    /// What was brought in as that act and this reader may read, the newest first.
    pub papers: Vec<Paper>,
    /// Corrected by another.
    pub superseded: bool,
    /// The day on which the juvenile judge put an end to it by a measure of their own.
    pub judged_on: Option<NaiveDate>,
    /// The one that it corrects.
    pub corrects: Option<DecisionId>,
    /// Instructions of a measure; for an adult, the text that the court alone reads.
    pub text: Option<Reading>,
    /// What it means for an adult.
    pub adult: Option<AdultFacts>,
}

/// What only a decision on an adult has.
#[derive(Debug)]
pub struct AdultFacts {
    /// What it means.
    pub effect: Effect,
    /// The main offence, when prosecuted.
    pub offence: Option<String>,
    /// Those beside it, in their order.
    pub further: Vec<String>,
    /// The reason, when not.
    pub reason: Option<String>,
}

/// Measures for the children of a file, the newest first: both sides read them.
pub async fn child_decisions(
    tx: &mut Tx,
    actor: &Actor,
    id: JudicialFileId,
) -> Result<Vec<DecisionRow>, AppError> {
    let rows = sqlx::query!(
        r#"select d.id as "id: DecisionId", d.person_id as "person: PersonId", d.kind, d.decided_on, d.recorded_at,
                  d.instructions_enc as "sealed: SealedText",
                  (select f.disclosure_id from app.judicial_file f where f.id = $1) as "extract: DisclosureId",
                  (select app.key_of('disclosure', f.disclosure_id) from app.judicial_file f where f.id = $1) as "key: WrappedKey",
                  a.number as "act?", n.name_ar as "name_ar?", n.name_la as "name_la?",
                  d.act_id as "act_id: RowId", d.supersedes_id as "corrects: DecisionId",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', l.attachment_id, 'media', x.media, 'size', x.size,
                              'sha256', encode(x.sha256, 'hex'), 'at', l.added_at, 'fault', x.fault,
                              'name_ar', w.name_ar, 'name_la', w.name_la) order by l.added_at desc, l.attachment_id desc), '[]')
                   from app.act_attachment l join app.attachment x on x.id = l.attachment_id
                   left join lateral app.name_of(l.added_by) w on true
                   where l.act_id = d.act_id and (l.court_id = $2 or l.territory_id = $3)) as "papers!: Json<Vec<Paper>>",
                  exists (select from app.child_decision later where later.supersedes_id = d.id) as "superseded!",
                  -- of what lasts, and of a handing over, which is provisional
                  (select m.ended_on from app.standing_measure m
                   where m.file_id = d.file_id and m.person_id = d.person_id and m.id = d.id and m.ended_by_judge and (m.lasts or m.task is not null and m.ends)) as judged_on
           from app.child_decision d
           left join app.court_act a on a.id = d.act_id
           left join lateral app.name_of(d.recorded_by) n on true
           where d.file_id = $1 and (d.court_id = $2 or d.territory_id = $3)
           order by d.recorded_at desc, d.id desc"#,
        id.0,
        actor.court().0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let decisions = rows.into_iter().map(|row| DecisionRow {
        id: row.id,
        person: row.person,
        kind: row.kind,
        decided_on: row.decided_on,
        recorded_at: row.recorded_at,
        recorded_by: Author::new(row.name_ar, row.name_la),
        act: row.act,
        act_id: row.act_id,
        papers: row.papers.0,
        superseded: row.superseded,
        judged_on: row.judged_on,
        corrects: row.corrects,
        text: row.extract.and_then(|extract| {
            let field = (Field::CHILD_INSTRUCTIONS, row.id.0);
            tx.open(
                Holder::disclosure(extract),
                row.key.as_ref(),
                field,
                row.sealed.as_ref(),
            )
        }),
        adult: None,
    });
    Ok(decisions.collect())
}

/// Decisions on the adults of a file, the newest first: for its court.
pub async fn adult_decisions(
    tx: &mut Tx,
    actor: &Actor,
    id: JudicialFileId,
) -> Result<Vec<DecisionRow>, AppError> {
    let rows = sqlx::query!(
        r#"select d.id as "id: DecisionId", d.person_id as "person: PersonId", d.kind, d.effect as "effect: Effect",
                  d.offence, d.reason, d.decided_on, d.recorded_at, t.text_enc as "sealed?: SealedText",
                  array(select o.offence from app.adult_decision_offence o
                        where o.decision_id = d.id and o.court_id = $2 order by o.seq) as "further!",
                  (select app.key_of('judicial_file', $1)) as "key: WrappedKey", a.number as "act?",
                  n.name_ar as "name_ar?", n.name_la as "name_la?",
                  d.act_id as "act_id: RowId", d.supersedes_id as "corrects: DecisionId",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', l.attachment_id, 'media', x.media, 'size', x.size,
                              'sha256', encode(x.sha256, 'hex'), 'at', l.added_at, 'fault', x.fault,
                              'name_ar', w.name_ar, 'name_la', w.name_la) order by l.added_at desc, l.attachment_id desc), '[]')
                   from app.act_attachment l join app.attachment x on x.id = l.attachment_id
                   left join lateral app.name_of(l.added_by) w on true
                   where l.act_id = d.act_id and l.court_id = $2) as "papers!: Json<Vec<Paper>>",
                  exists (select from app.adult_decision later where later.supersedes_id = d.id) as "superseded!"
           from app.adult_decision d
           left join app.adult_decision_text t on t.decision_id = d.id and t.court_id = $2
           left join app.court_act a on a.id = d.act_id
           left join lateral app.name_of(d.recorded_by) n on true
           where d.file_id = $1 and d.court_id = $2
           order by d.recorded_at desc, d.id desc"#,
        id.0,
        actor.court().0
    )
    .fetch_all(&mut **tx)
    .await?;
    let decisions = rows.into_iter().map(|row| DecisionRow {
        id: row.id,
        person: row.person,
        kind: row.kind,
        decided_on: row.decided_on,
        recorded_at: row.recorded_at,
        recorded_by: Author::new(row.name_ar, row.name_la),
        act: row.act,
        act_id: row.act_id,
        papers: row.papers.0,
        superseded: row.superseded,
        judged_on: None,
        corrects: row.corrects,
        text: tx.open(
            Holder::judicial_file(id),
            row.key.as_ref(),
            (Field::ADULT_DECISION_TEXT, row.id.0),
            row.sealed.as_ref(),
        ),
        adult: Some(AdultFacts {
            effect: row.effect,
            offence: row.offence,
            further: row.further,
            reason: row.reason,
        }),
    });
    Ok(decisions.collect())
}
