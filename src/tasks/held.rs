//! Questions about one thing that is owed, and in whose hands it was.

use super::domain::{Hands, What};
use crate::{
    audit::{self, Event},
    authz::{Actor, Role},
    cases::Colleague,
    db::Tx,
    error::{AppError, violates},
    i18n::Msg,
    ids::{CaseId, JudicialFileId, RowId, ServiceId, TaskId, UserId},
    people::Names,
    vault::{Field, Holder, Reading, SealedText, WrappedKey},
};
use chrono::{DateTime, Utc};

/// One thing that is owed, as its page shows it.
#[derive(Debug)]
pub struct Held {
    /// Which.
    pub id: TaskId,
    /// Its file.
    pub case: CaseId,
    /// What it is.
    pub what: What,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// Done already.
    pub done_at: Option<DateTime<Utc>>,
    /// Who has it, if that is not the lead.
    pub assignee: Option<UserId>,
    /// The lead of the file, in Arabic and in Latin letters.
    pub lead: (String, String),
    /// Whether the reader answers for the file: leads it, or stands in.
    answers: bool,
    /// Seen through broken glass alone.
    in_emergency: bool,
}

impl Held {
    fn moves(&self) -> bool {
        let hands = match &self.what {
            What::Task { hands, .. } => hands.can_move(),
            What::Contact { .. } | What::Point { .. } => false,
        };
        hands && self.done_at.is_none() && !self.in_emergency
    }

    /// Whether the reader may hand it to somebody.
    pub fn can_hand(&self, actor: &Actor) -> bool {
        self.moves() && (self.answers || actor.role == Role::Supervisor)
    }

    /// Whether the reader may give it back to the lead.
    pub fn can_return(&self, actor: &Actor) -> bool {
        self.moves()
            && self
                .assignee
                .is_some_and(|one| one == actor.user || self.can_hand(actor))
    }
}

/// One that the reader sees.
pub async fn find(tx: &mut Tx, actor: &Actor, id: TaskId) -> Result<Held, AppError> {
    let r = sqlx::query!(
        r#"select t.rule, t.queue, t.due_at, t.done_at, t.case_id as "case: CaseId", t.service_id as "service: ServiceId",
                  t.judicial_file_id as "judicial: JudicialFileId", t.assignee as "assignee: UserId", c.number, c.protected,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?", n.given_la as "given_la?", n.family_la as "family_la?",
                  coalesce(l.name_ar, '') as "lead_ar!", coalesce(l.name_la, '') as "lead_la!",
                  coalesce(h.name_ar, '') as "holder_ar!", coalesce(h.name_la, '') as "holder_la!",
                  exists (select from app.case_assignment m where m.case_id = t.case_id and m.user_id = $3 and m.until is null
                          and (m.kind = 'lead' or m.stand_in_id is not null)) as "answers!",
                  app.is_in_emergency(c.id) as "in_emergency!"
           from app.task t
           join app.case_file c on c.id = t.case_id and c.territory_id = $2
           left join lateral (select y.given_ar, y.family_ar, y.given_la, y.family_la from app.person_name y
                              where y.person_id = c.child_id order by y.kind = 'civil' desc limit 1) n on true
           left join app.case_assignment a on a.case_id = c.id and a.kind = 'lead' and a.until is null
           left join lateral app.name_of(a.user_id) l on true
           left join lateral app.name_of(t.assignee) h on true
           where t.id = $1 and t.territory_id = $2"#,
        id.0,
        actor.territory().0,
        actor.user.0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let hands = match r.assignee {
        _ if r.queue == "supervisor" => Hands::Supervisors,
        None => Hands::Own,
        Some(one) if one == actor.user => Hands::Handed,
        Some(_) => Hands::Colleague(r.holder_ar, r.holder_la),
    };
    Ok(Held {
        id,
        case: r.case,
        what: What::Task {
            id,
            rule: r.rule,
            case: r.case,
            number: r.number,
            protected: r.protected,
            names: Names::new(r.given_ar, r.family_ar, r.given_la, r.family_la),
            service: r.service,
            judicial: r.judicial,
            hands,
        },
        due_at: r.due_at,
        done_at: r.done_at,
        assignee: r.assignee,
        lead: (r.lead_ar, r.lead_la),
        answers: r.answers,
        in_emergency: r.in_emergency,
    })
}

/// One handing over.
#[derive(Debug)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// To whom, in Arabic and in Latin letters; nobody: back to the lead.
    pub to: Option<(String, String)>,
    /// Who did it.
    pub by: (String, String),
    /// Why.
    pub why: Option<Reading>,
}

/// In whose hands it was, the last first.
pub async fn history(tx: &mut Tx, actor: &Actor, held: &Held) -> Result<Vec<Step>, AppError> {
    let rows = sqlx::query!(
        r#"select h.id, h.at, h.to_user is not null as "is_handed!", h.why_enc as "why: SealedText",
                  app.key_of('case', h.case_id) as "key: WrappedKey",
                  coalesce(t.name_ar, '') as "to_ar!", coalesce(t.name_la, '') as "to_la!",
                  coalesce(b.name_ar, '') as "by_ar!", coalesce(b.name_la, '') as "by_la!"
           from app.task_handover h
           left join lateral app.name_of(h.to_user) t on true
           left join lateral app.name_of(h.by_user) b on true
           where h.task_id = $1 and h.territory_id = $2
           order by h.at desc, h.id desc limit 50"#,
        held.id.0,
        actor.territory().0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Step {
            at: r.at,
            to: r.is_handed.then_some((r.to_ar, r.to_la)),
            by: (r.by_ar, r.by_la),
            why: tx.open(
                Holder::case(held.case),
                r.key.as_ref(),
                (Field::HANDOVER_WHY, r.id),
                Some(&r.why),
            ),
        })
        .collect())
}

/// Whom a task of that file can be handed to.
pub async fn takers(tx: &mut Tx, case: CaseId) -> Result<Vec<Colleague>, AppError> {
    Ok(sqlx::query_as!(
        Colleague,
        r#"select id as "id!: UserId", role as "role!", name_ar as "name_ar!", name_la as "name_la!"
           from app.task_takers($1)"#,
        case.0
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// Puts it into other hands; nobody named is the lead. Sent twice, it happens once.
pub async fn hand(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    held: &Held,
    (id, to, why): (RowId, Option<UserId>, &str),
) -> Result<(), AppError> {
    let is_known = sqlx::query_scalar!(
        r#"select exists (select from app.task_handover where id = $1 and territory_id = $2) as "known!""#,
        id.0,
        actor.territory().0
    )
    .fetch_one(&mut **tx)
    .await?;
    if is_known {
        return Ok(());
    }
    let sealed = tx
        .seal(
            Holder::case(held.case),
            Field::HANDOVER_WHY,
            id.0,
            Some(why),
        )
        .await?;
    sqlx::query!(
        "insert into app.task_handover (id, task_id, case_id, territory_id, to_user, why_enc, by_user, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id.0,
        held.id.0,
        held.case.0,
        actor.territory().0,
        to.map(|to| to.0),
        sealed as Option<SealedText>,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await
    .map_err(refusal)?;
    let action = if to.is_some() {
        "task.handed"
    } else {
        "task.returned"
    };
    let event = Event::on(action, "case", held.case.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "task": held.id, "to": to }));
    audit::record(tx, event).await
}

/// What the database would not let through: somebody was quicker.
fn refusal(error: sqlx::Error) -> AppError {
    let is = |name| violates(&error, name);
    if is("task_handover_moves") || is("task_handover_pkey") {
        AppError::Conflict(Msg::new("handover-already"))
    } else if is("task_handover_owed") {
        AppError::Conflict(Msg::new("task-done-meanwhile"))
    } else if is("task_handover_theirs") {
        AppError::Forbidden
    } else if is("task_handover_named") || is("task_handover_colleague") {
        AppError::Conflict(Msg::new("handover-not-them"))
    } else {
        error.into()
    }
}
