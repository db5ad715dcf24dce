//! What a child's page shows of the judicial side: where the file is, and the child's own measure. Nothing
//! about an adult.

use super::custody::Custody;
use crate::{
    authz::{Actor, CourtId},
    db::Tx,
    error::AppError,
    ids::{CaseId, DecisionId, DisclosureId, JudicialFileId},
    reference::List,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};

/// The judicial panel of a case.
#[derive(Debug)]
pub struct CasePanel {
    /// The case.
    pub case: CaseId,
    /// Number for the next urgent notice: the button pressed twice sends one.
    pub notice: DisclosureId,
    /// Whether the reader works on this case, and so may compose.
    pub works: bool,
    /// The latest file that the child is in.
    pub file: Option<PanelFile>,
    /// The child's measure in force.
    pub measure: Option<PanelMeasure>,
    /// The latest urgent notice.
    pub sent: Option<PanelNotice>,
}

/// The latest judicial file.
#[derive(Debug)]
pub struct PanelFile {
    /// The file.
    pub id: JudicialFileId,
    /// Its number.
    pub number: String,
    /// Who holds it.
    pub state: Custody,
    /// Its court.
    pub court: CourtId,
    /// When it came into that state, as far as the file tells.
    pub since: DateTime<Utc>,
}

/// The measure in force.
#[derive(Debug)]
pub struct PanelMeasure {
    /// Code of `ref.child_decision_kind`.
    pub kind: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// What the cell has to do.
    pub instructions: Option<Reading>,
}

/// The latest urgent notice.
#[derive(Debug)]
pub struct PanelNotice {
    /// The notice.
    pub id: DisclosureId,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When the court acknowledged it.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

impl CasePanel {
    /// Loads it, in one statement.
    pub async fn load(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Self, AppError> {
        let row = sqlx::query!(
            r#"select now() as "now!",
                      (app.is_mine(c.id)
                       or c.territory_id = any ((select app.supervised_territories())::smallint[])) as "works!",
                      f.id as "file?: JudicialFileId", f.number as "number?", f.state as "state?: Custody",
                      f.court_id as "court?: CourtId", f.since as "since?",
                      m.kind as "kind?", m.decided_on as "decided_on?", m.id as "decision?: DecisionId",
                      m.disclosure_id as "extract?: DisclosureId", m.instructions_enc as "instructions?: SealedText",
                      app.key_of('disclosure', case when m.instructions_enc is not null then m.disclosure_id end) as "key: WrappedKey",
                      e.id as "notice?: DisclosureId", e.sent_at as "sent_at?", e.acknowledged_at as "acknowledged_at?"
               from app.case_file c
               left join lateral (
                   select f.id, f.number, f.state, f.court_id,
                          coalesce(f.received_at, f.transmitted_at, f.composed_at) as since
                   from app.judicial_child k join app.judicial_file f on f.id = k.file_id and f.state <> 'withdrawn'
                   where k.child_case_id = c.id and k.territory_id = $2 order by f.composed_at desc limit 1) f on true
               left join lateral (
                   select d.id, d.kind, d.decided_on, d.instructions_enc, j.disclosure_id
                   from app.judicial_child k
                   join app.child_decision d on d.file_id = k.file_id and d.person_id = k.person_id
                   join app.judicial_file j on j.id = d.file_id
                   where k.child_case_id = c.id and k.territory_id = $2
                     and not exists (select from app.child_decision later where later.supersedes_id = d.id)
                   order by d.decided_on desc, d.recorded_at desc limit 1) m on true
               left join lateral (
                   select e.id, e.sent_at, e.acknowledged_at from app.disclosure e
                   where e.case_id = c.id and e.territory_id = $2 and e.kind = 'urgent_notice'
                   order by e.sent_at desc limit 1) e on true
               where c.id = $1 and c.territory_id = $2"#,
            case.0,
            actor.territory().0
        )
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(AppError::NotFound)?;
        let file = match (row.file, row.number, row.state, row.court, row.since) {
            (Some(id), Some(number), Some(state), Some(court), Some(since)) => Some(PanelFile {
                id,
                number,
                state,
                court,
                since,
            }),
            _ => None,
        };
        let instructions = row.decision.zip(row.extract).and_then(|(id, extract)| {
            let (holder, field) = (Holder::disclosure(extract), Field::CHILD_INSTRUCTIONS);
            let sealed = row.instructions.as_ref();
            tx.open(holder, row.key.as_ref(), (field, id.0), sealed)
        });
        let measure = row
            .kind
            .zip(row.decided_on)
            .map(|(kind, decided_on)| PanelMeasure {
                kind,
                decided_on,
                instructions,
            });
        let sent = row
            .notice
            .zip(row.sent_at)
            .map(|(id, sent_at)| PanelNotice {
                id,
                sent_at,
                acknowledged_at: row.acknowledged_at,
            });
        Ok(Self {
            case,
            notice: DisclosureId::new(row.now),
            works: row.works,
            file,
            measure,
            sent,
        })
    }
}

impl PanelMeasure {
    /// The measure in the reader's words.
    pub fn words(&self, ui: &Ui) -> String {
        ui.label(List::ChildDecisionKind, &self.kind)
    }
}
