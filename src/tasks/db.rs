//! Questions about what is owed. The scope stands in each.

use super::domain::{Due, Hands, What};
use crate::{
    audit::{self, Event},
    authz::Actor,
    contacts::triage_due,
    db::Tx,
    error::AppError,
    i18n::Msg,
    ids::{CaseId, ContactId, JudicialFileId, RowId, ServiceId, TaskId, UserId},
    people::Names,
    vault::{Field, Holder, SealedText},
};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// How much a page shows: more than anybody does in a day.
const SHOWN: i64 = 120;
/// How far ahead it looks: six months, so that the checks after a closing are in it, and no birthday in ten years.
const AHEAD: Days = Days::new(190);

/// What somebody owes in the reader's prefecture: as lead of their files or standing in for one, what was handed to
/// them, what they are to do after a meeting and, for a supervisor's own list, what waits for an answer and the contacts
/// to sort. The nearest first. What they handed to a colleague is in it, and says so: the lead still answers for it.
#[expect(clippy::too_many_lines, reason = "one statement, whole")]
pub async fn owed(
    tx: &mut Tx,
    actor: &Actor,
    who: UserId,
    as_supervisor: bool,
    now: DateTime<Utc>,
) -> Result<Vec<Due>, AppError> {
    let rows = sqlx::query!(
        r#"with owed as (
               (select t.id, t.rule, t.queue, t.case_id, t.service_id, t.judicial_file_id, t.due_at, t.snoozed_until, t.assignee
                from app.case_assignment a
                join app.task t on t.case_id = a.case_id and t.done_at is null and t.queue = 'lead'
                where a.user_id = $2 and a.territory_id = $1 and a.until is null and t.territory_id = $1
                  and (a.kind = 'lead' or a.stand_in_id is not null) and t.assignee is distinct from $2 and t.due_at < $5
                order by t.due_at limit $4)
               union all
               (select t.id, t.rule, t.queue, t.case_id, t.service_id, t.judicial_file_id, t.due_at, t.snoozed_until, t.assignee
                from app.task t
                where t.assignee = $2 and t.territory_id = $1 and t.done_at is null and t.due_at < $5
                order by t.due_at limit $4)
               union all
               (select t.id, t.rule, t.queue, t.case_id, t.service_id, t.judicial_file_id, t.due_at, t.snoozed_until, null
                from app.task t
                where $3 and t.territory_id = $1 and t.queue = 'supervisor' and t.done_at is null and t.due_at < $5
                order by t.due_at limit $4)
           )
           select t.id as "id?: TaskId", t.rule as "rule?", t.queue as "queue?", t.case_id as "case_id?: CaseId", c.number as "number?",
                  c.protected as "protected?", n.given_ar as "given_ar?", n.family_ar as "family_ar?",
                  n.given_la as "given_la?", n.family_la as "family_la?", t.service_id as "service: ServiceId",
                  t.judicial_file_id as "judicial: JudicialFileId", t.due_at as "at!", t.snoozed_until,
                  t.assignee as "assignee: UserId", h.name_ar as "holder_ar?", h.name_la as "holder_la?",
                  null::uuid as "contact: ContactId", null::text as receipt, false as "flagged!",
                  null::uuid as "point: RowId", null::uuid as "meeting: RowId", null::text as words
           from owed t
           join app.case_file c on c.id = t.case_id and c.territory_id = $1
           left join lateral (select y.given_ar, y.family_ar, y.given_la, y.family_la from app.person_name y
                              where y.person_id = c.child_id order by y.kind = 'civil' desc limit 1) n on true
           left join app.names_of(array(select o.assignee from owed o where o.assignee is not null)) h on h.id = t.assignee
           union all
           (select null, null, null, null, null, null, null, null, null, null, null, null, k.received_at, null, null, null, null,
                   k.id, k.receipt,
                   exists (select from app.contact_child s join app.contact_child_flag f on f.contact_child_id = s.id
                           where s.contact_id = k.id), null, null, null
            from app.contact k where $3 and k.territory_id = $1 and k.state = 'submitted'
            order by k.observed_at limit $4)
           union all
           (select null, null, null, null, null, null, null, null, null, null, null, null, app.evening(p.due_on), null, null, null, null,
                   null, null, false, p.id, p.meeting_id, p.text
            from plan.action_point p
            where p.done_at is null and p.id = any ((select app.points_of($2))::uuid[]) and app.evening(p.due_on) < $5
            order by p.due_on, p.id limit $4)"#,
        actor.territory().0,
        who.0,
        as_supervisor,
        SHOWN,
        now + AHEAD
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut owed: Vec<Due> = rows
        .into_iter()
        .filter_map(|r| {
            if let (Some(id), Some(receipt)) = (r.contact, r.receipt) {
                return Some(Due {
                    at: triage_due(r.at, r.flagged),
                    what: What::Contact {
                        id,
                        receipt,
                        flagged: r.flagged,
                    },
                    snoozed_until: None,
                });
            }
            if let (Some(id), Some(meeting), Some(words)) = (r.point, r.meeting, r.words) {
                return Some(Due {
                    at: r.at,
                    what: What::Point { id, meeting, words },
                    snoozed_until: None,
                });
            }
            Some(Due {
                at: r.at,
                snoozed_until: r.snoozed_until,
                what: What::Task {
                    id: r.id?,
                    rule: r.rule?,
                    case: r.case_id?,
                    number: r.number?,
                    protected: r.protected?,
                    names: Names::new(r.given_ar, r.family_ar, r.given_la, r.family_la),
                    service: r.service,
                    judicial: r.judicial,
                    hands: match r.assignee {
                        _ if r.queue.as_deref() == Some("supervisor") => Hands::Supervisors,
                        None => Hands::Own,
                        Some(one) if one == who => Hands::Handed,
                        Some(_) => Hands::Colleague(
                            r.holder_ar.unwrap_or_default(),
                            r.holder_la.unwrap_or_default(),
                        ),
                    },
                },
            })
        })
        .collect();
    owed.sort_by_key(|due| due.at);
    Ok(owed)
}

/// The file that something owed is about.
pub async fn file_of(tx: &mut Tx, actor: &Actor, id: TaskId) -> Result<CaseId, AppError> {
    sqlx::query_scalar!(
        r#"select case_id as "case: CaseId" from app.task where id = $1 and territory_id = $2"#,
        id.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)
}

/// Puts something off to a day, with a reason.
pub async fn snooze(
    tx: &mut Tx,
    actor: &Actor,
    (id, case): (TaskId, CaseId),
    (until, reason): (NaiveDate, &str),
) -> Result<(), AppError> {
    let reason = tx
        .seal(Holder::case(case), Field::TASK_SNOOZE, id.0, Some(reason))
        .await?;
    let done = sqlx::query!(
        "update app.task set snoozed_until = $3, snoozed_by = $4, snooze_enc = $5
         where id = $1 and territory_id = $2 and done_at is null",
        id.0,
        actor.territory().0,
        until,
        actor.user.0,
        reason as Option<SealedText>
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("task-done-meanwhile")));
    }
    let event = Event::on("task.snoozed", "case", case.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "task": id, "until": until }));
    audit::record(tx, event).await
}

/// How much a colleague carries.
#[derive(Debug)]
pub struct Load {
    /// Who.
    pub id: UserId,
    /// `social_worker`, `supervisor`, or `gone` for who works here no longer and leads files still.
    pub role: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// Name in Latin letters.
    pub name_la: String,
    /// Open files led.
    pub files: i64,
    /// Of them at high risk.
    pub high: i64,
    /// Things owed whose moment has passed.
    pub late: i64,
    /// Things owed within seven days.
    pub soon: i64,
    /// The moment of what is late longest.
    pub oldest: Option<DateTime<Utc>>,
    /// The absence that runs, or the next that was said.
    pub absence: Option<RowId>,
    /// Away from that day.
    pub away_since: Option<NaiveDate>,
    /// Away until that day.
    pub away_until: Option<NaiveDate>,
    /// Who stands in, in Arabic.
    pub stands_in_ar: Option<String>,
    /// Who stands in, in Latin letters.
    pub stands_in_la: Option<String>,
}

impl Load {
    /// Whether their files wait to be given to somebody else.
    pub fn is_gone(&self) -> bool {
        self.role == "gone"
    }

    /// Whether they are not there on that day.
    pub fn is_away(&self, day: NaiveDate) -> bool {
        self.away_since.is_some_and(|since| since <= day)
            && self.away_until.is_some_and(|until| day <= until)
    }

    /// Whether they are away, or will be, and somebody is to be named who stands in.
    pub fn is_uncovered(&self) -> bool {
        self.absence.is_some() && self.stands_in_la.is_none()
    }
}

/// What everybody of the prefecture carries, the heaviest first; nothing for who supervises nobody.
pub async fn load(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Load>, AppError> {
    Ok(sqlx::query_as!(
        Load,
        r#"select id as "id!: UserId", role as "role!", name_ar as "name_ar!", name_la as "name_la!", files as "files!", high as "high!",
                  late as "late!", soon as "soon!", oldest, absence as "absence: RowId", away_since, away_until, stands_in_ar, stands_in_la
           from app.load_of_team($1) order by role = 'gone' desc, late desc, files desc, name_la"#,
        now
    )
    .fetch_all(&mut **tx)
    .await?)
}
