//! What a child's page shows of the judicial side: where each procedure is, and the child's own measures with what they
//! ask for. Nothing about an adult.

use super::{custody::Custody, domain::measure_list};
use crate::{
    authz::{Actor, CourtId},
    db::Tx,
    error::AppError,
    ids::{CaseId, DisclosureId, JudicialFileId, RowId, ServiceId, TaskId},
    reference::List,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, de::Error as _};
use sqlx::types::Json;

/// The judicial panel of a case.
#[derive(Debug)]
pub struct CasePanel {
    /// The case.
    pub case: CaseId,
    /// Number for the next urgent notice: the button pressed twice sends one.
    pub notice: DisclosureId,
    /// Number for the next report on a measure.
    pub report: RowId,
    /// Whether the reader works on this case, and so may compose and report.
    pub works: bool,
    /// The procedures that the child is in, those under way first and then the newest.
    pub files: Vec<PanelFile>,
    /// The child's measures that stand, the newest first.
    pub measures: Vec<PanelMeasure>,
    /// The latest urgent notice.
    pub sent: Option<PanelNotice>,
    /// Questions of the prosecution that wait for an answer: the file of the most pressing one, and how many.
    pub asked: Option<(JudicialFileId, i64)>,
}

/// A procedure that the child is in.
#[derive(Debug, Deserialize)]
pub struct PanelFile {
    /// The file.
    pub id: JudicialFileId,
    /// Its number.
    pub number: String,
    /// Who holds it.
    #[serde(deserialize_with = "custody")]
    pub state: Custody,
    /// Its court.
    pub court: CourtId,
    /// When it came into that state.
    pub since: DateTime<Utc>,
    /// Whether the reader may open it: not where a brother's or sister's file began it, unless they read that one too.
    pub opens: bool,
    awaits: Option<String>,
    due: Option<DateTime<Utc>>,
    holder_ar: Option<String>,
    holder_la: Option<String>,
}

fn custody<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Custody, D::Error> {
    let code = String::deserialize(deserializer)?;
    let known = Custody::ALL.into_iter().find(|one| one.code() == code);
    known.ok_or_else(|| D::Error::custom("no such state"))
}

/// A measure that stands, of the prosecution or of the juvenile judge.
#[derive(Debug)]
pub struct PanelMeasure {
    /// Code of `ref.child_decision_kind`, or of `ref.juvenile_measure`.
    pub kind: String,
    /// Whether the juvenile judge ordered it.
    pub by_judge: bool,
    /// Its day.
    pub decided_on: NaiveDate,
    /// What the cell has to do.
    pub instructions: Option<Reading>,
    /// What is owed for it.
    pub task: Option<PanelTask>,
    /// The act that it planned, and where that stands.
    pub service: Option<(ServiceId, String)>,
    /// What the cell did.
    pub reports: Vec<PanelReport>,
}

/// What is owed for a measure.
#[derive(Debug)]
pub struct PanelTask {
    /// Which.
    pub id: TaskId,
    /// Code of `ref.task_rule`.
    pub rule: String,
    /// Until when.
    pub due: DateTime<Utc>,
    /// When it was done.
    pub done: Option<DateTime<Utc>>,
    /// Whether it is done by saying what was done.
    pub is_reported: bool,
}

/// What the cell did for a measure.
#[derive(Debug)]
pub struct PanelReport {
    /// In the words of who did it.
    pub text: Option<Reading>,
    /// When it was told.
    pub at: DateTime<Utc>,
}

/// The latest urgent notice.
#[derive(Debug)]
pub struct PanelNotice {
    /// The notice.
    pub id: DisclosureId,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// Key of the words for who has seen it: a prosecutor, the registry alone, nobody.
    pub seen_key: &'static str,
}

/// A measure as `app.measures_of` tells it.
#[derive(Debug, Deserialize)]
struct Row {
    id: RowId,
    kind: String,
    by_judge: bool,
    decided_on: NaiveDate,
    extract: DisclosureId,
    key: Option<WrappedKey>,
    instructions: Option<SealedText>,
    task: Option<TaskId>,
    rule: Option<String>,
    due: Option<DateTime<Utc>>,
    done: Option<DateTime<Utc>>,
    is_reported: bool,
    service: Option<ServiceId>,
    service_state: Option<String>,
    reports: Vec<Said>,
}

/// A report in it.
#[derive(Debug, Deserialize)]
struct Said {
    id: RowId,
    text: SealedText,
    at: DateTime<Utc>,
}

impl Row {
    fn open(self, tx: &mut Tx) -> PanelMeasure {
        let (holder, key) = (Holder::disclosure(self.extract), self.key.as_ref());
        let field = (Field::CHILD_INSTRUCTIONS, self.id.0);
        let instructions = tx.open(holder, key, field, self.instructions.as_ref());
        let mut reports = Vec::with_capacity(self.reports.len());
        for said in &self.reports {
            let field = (Field::MEASURE_REPORT, said.id.0);
            reports.push(PanelReport {
                text: tx.open(holder, key, field, Some(&said.text)),
                at: said.at,
            });
        }
        let task = match (self.task, self.rule, self.due) {
            (Some(id), Some(rule), Some(due)) => Some(PanelTask {
                id,
                rule,
                due,
                done: self.done,
                is_reported: self.is_reported,
            }),
            _ => None,
        };
        PanelMeasure {
            kind: self.kind,
            by_judge: self.by_judge,
            decided_on: self.decided_on,
            instructions,
            task,
            service: self.service.zip(self.service_state),
            reports,
        }
    }
}

impl CasePanel {
    /// Loads it, in one statement.
    pub async fn load(tx: &mut Tx, actor: &Actor, case: CaseId) -> Result<Self, AppError> {
        let row = sqlx::query!(
            r#"select now() as "now!",
                      (app.is_mine(c.id)
                       or c.territory_id = any ((select app.supervised_territories())::smallint[])) as "works!",
                      app.judicial_of(c.id) as "files!: Json<Vec<PanelFile>>",
                      app.measures_of(c.id) as "measures!: Json<Vec<Row>>",
                      e.id as "notice?: DisclosureId", e.sent_at as "sent_at?",
                      case when e.acknowledged_at is not null then 'read' when e.registered_at is not null then 'registered'
                      end as seen,
                      q.file_id as "asked_in?: JudicialFileId", q.n as "asked!"
               from app.case_file c
               left join lateral (
                   select (array_agg(q.file_id order by q.due_at))[1] as file_id, count(*) as n
                   from app.judicial_question q join app.judicial_file f on f.id = q.file_id and f.state <> 'closed'
                   where q.case_id = c.id and q.territory_id = $2 and q.answered_at is null and q.closed_at is null) q on true
               left join lateral (
                   select e.id, e.sent_at, e.acknowledged_at, e.registered_at from app.disclosure e
                   where e.case_id = c.id and e.territory_id = $2 and e.kind = 'urgent_notice'
                   order by e.sent_at desc limit 1) e on true
               where c.id = $1 and c.territory_id = $2"#,
            case.0,
            actor.territory().0
        )
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(AppError::NotFound)?;
        let measures = row.measures.0.into_iter().map(|one| one.open(tx));
        let measures = measures.collect();
        let sent = row
            .notice
            .zip(row.sent_at)
            .map(|(id, sent_at)| PanelNotice {
                id,
                sent_at,
                seen_key: match row.seen.as_deref() {
                    Some("read") => "notice-acknowledged",
                    Some(_) => "notice-registered",
                    None => "notice-waiting",
                },
            });
        Ok(Self {
            case,
            notice: DisclosureId::new(row.now),
            report: RowId::new(row.now),
            works: row.works,
            files: row.files.0,
            measures,
            sent,
            asked: row.asked_in.map(|file| (file, row.asked)),
        })
    }
}

impl PanelFile {
    /// Its court, by name.
    pub fn court(&self, ui: &Ui) -> String {
        ui.court(self.court)
    }

    /// Who has it in hand; nobody is the court.
    pub fn holder(&self, ui: &Ui) -> Option<String> {
        let (ar, la) = (self.holder_ar.as_ref()?, self.holder_la.as_ref()?);
        Some(ui.t1("judicial-panel-holder", "name", ui.name(ar, la)))
    }

    /// What is waited for and until when, and how that is drawn.
    pub fn waits(&self, ui: &Ui) -> Option<(String, &'static str)> {
        let due = self.due?;
        let key = match self.awaits.as_deref()? {
            "receipt" => "judicial-panel-awaits-receipt",
            "completion" => "judicial-panel-awaits-completion",
            "child_measure" => "judicial-panel-awaits-measure",
            _ => "judicial-panel-awaits-decision",
        };
        let class = if due < ui.now() { "late" } else { "muted" };
        Some((ui.t1(key, "when", ui.moment(due)), class))
    }
}

impl PanelMeasure {
    /// The measure in the reader's words.
    pub fn words(&self, ui: &Ui) -> String {
        ui.label(measure_list(self.by_judge), &self.kind)
    }

    /// Where what it asks for is done, and the key of the words that lead there: a place, an inquiry, an act.
    pub fn act(&self, case: &CaseId) -> Option<(String, &'static str)> {
        if let Some((service, _)) = &self.service {
            return Some((format!("/services/{service}"), "judicial-measure-service"));
        }
        let task = self.task.as_ref().filter(|task| task.done.is_none())?;
        match task.rule.as_str() {
            "judicial_placement" => {
                Some((format!("/cases/{case}/shelter"), "judicial-measure-place"))
            }
            "judicial_inquiry" => {
                let page = format!("/cases/{case}/assessments");
                Some((page, "judicial-measure-inquiry"))
            }
            _ => None,
        }
    }

    /// Where the act that it planned stands.
    pub fn stands(&self, ui: &Ui) -> Option<String> {
        let (_, state) = self.service.as_ref()?;
        Some(ui.t(&format!("service-{}", state.replace('_', "-"))))
    }

    /// What is still to be told of it.
    pub fn to_report(&self) -> Option<&PanelTask> {
        let task = self.task.as_ref()?;
        (task.is_reported && task.done.is_none()).then_some(task)
    }
}

impl PanelTask {
    /// What is to be done.
    pub fn words(&self, ui: &Ui) -> String {
        ui.label(List::TaskRule, &self.rule)
    }

    /// Until when, or since when it is done, and how that is drawn.
    pub fn when(&self, ui: &Ui) -> (String, &'static str) {
        match self.done {
            Some(done) => {
                let day = ui.date(ui.day_of(done));
                (ui.t1("judicial-measure-done", "day", day), "muted")
            }
            None if self.due < ui.now() => {
                let due = ui.moment(self.due);
                (ui.t1("judicial-measure-due", "when", due), "late")
            }
            None => {
                let due = ui.moment(self.due);
                (ui.t1("judicial-measure-due", "when", due), "muted")
            }
        }
    }
}
