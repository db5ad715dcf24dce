//! The list of files.

use super::{
    changes::Changes,
    domain::{EpisodeState, Reached},
};
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::CaseId,
    people::{Birth, Names},
    web::{COUNTED, Cursor, Page},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Which files to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// Led or seconded by the reader, open.
    Mine,
    /// Of these, changed by somebody else since the reader looked.
    Changed,
    /// Open, of the prefecture.
    Open,
    /// Open and at high risk.
    Urgent,
    /// Open and past their due date.
    Late,
    /// Closed.
    Closed,
}

impl Filter {
    /// The filters, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Mine,
        Self::Changed,
        Self::Open,
        Self::Urgent,
        Self::Late,
        Self::Closed,
    ];

    /// As it stands in the URL.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Changed => "changed",
            Self::Open => "open",
            Self::Urgent => "urgent",
            Self::Late => "late",
            Self::Closed => "closed",
        }
    }

    /// From the URL.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.code() == code)
    }
}

/// A line of the list.
#[derive(Debug)]
pub struct Row {
    /// The file.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Whether it is protected: its number stands for the child.
    pub protected: bool,
    /// The child's names.
    pub names: Names,
    /// `F`, `M`, `U`.
    pub sex: String,
    /// When the child was born, as far as known.
    pub birth: Option<Birth>,
    /// State of the last episode.
    pub state: EpisodeState,
    /// Code of `ref.risk_level`.
    pub risk: String,
    /// When the present state is overdue.
    pub due_at: Option<DateTime<Utc>>,
    /// Last change.
    pub changed_at: DateTime<Utc>,
    /// Whether someone else changed it since the reader looked.
    pub new: bool,
    /// What they did.
    pub changes: Changes,
    /// Milestones reached.
    pub reached: Reached,
    /// The lead, in Arabic.
    pub lead_ar: String,
    /// The lead, in Latin letters.
    pub lead_la: String,
}

impl Row {
    fn cursor(&self) -> Cursor {
        Cursor {
            at: self.changed_at,
            id: self.id.0,
        }
    }
}

/// The files of the prefecture, last changed first. A complaint changes no file, for those who do not read it: it is
/// looked for by itself. The milestones are those of the last episode: what was reached before a file was opened again
/// is history.
pub async fn list(
    tx: &mut Tx,
    actor: &Actor,
    filter: Filter,
    now: DateTime<Utc>,
    after: Option<Cursor>,
) -> Result<Page<Row>, AppError> {
    let rows = sqlx::query!(
        r#"with page as (
               -- three ways to the rows, of which one is gone: each has its own index
               (select c.*, e.state, e.risk, e.due_at
                from (select distinct c.id, c.number, c.child_id, c.changed_at, c.changed_by, c.protected
                      from app.case_assignment m join app.case_file c on c.id = m.case_id
                      where $5 in ('mine', 'changed') and m.user_id = $2 and m.territory_id = $1 and m.until is null and m.is_open
                        and c.territory_id = $1 and c.void is null
                        and ($5 = 'mine' or (c.changed_by <> $2 and not exists (select from app.case_seen x
                            where x.case_id = c.id and x.user_id = $2 and x.seen_at >= c.changed_at))
                             or exists (select from app.complaint k left join app.case_seen x on x.case_id = k.case_id and x.user_id = $2
                                 where k.case_id = c.id and k.territory_id = $1 and coalesce(x.seen_at, '-infinity') < any (array[
                                     case when k.received_by <> $2 then k.recorded_at end, case when k.answered_by <> $2 then k.answered_at end])))
                        and ($3::timestamptz is null or (c.changed_at, c.id) < ($3, $4))
                      order by c.changed_at desc, c.id desc limit $7) c
                join app.case_episode e on e.case_id = c.id and e.state <> 'closed')
               union all
               (select c.id, c.number, c.child_id, c.changed_at, c.changed_by, c.protected, e.state, e.risk, e.due_at
                from app.case_file c join app.case_episode e on e.case_id = c.id and e.state <> 'closed'
                where $5 in ('open', 'urgent', 'late') and c.territory_id = $1 and c.void is null
                  and ($5 <> 'urgent' or e.risk = 'high') and ($5 <> 'late' or e.due_at < $6)
                  and ($3::timestamptz is null or (c.changed_at, c.id) < ($3, $4))
                order by c.changed_at desc, c.id desc limit $7)
               union all
               (select c.id, c.number, c.child_id, c.changed_at, c.changed_by, c.protected, e.state, e.risk, e.due_at
                from app.case_file c
                join lateral (select x.state, x.risk, x.due_at from app.case_episode x
                              where x.case_id = c.id order by x.seq desc limit 1) e on e.state = 'closed'
                where $5 = 'closed' and c.territory_id = $1 and c.void is null
                  and ($3::timestamptz is null or (c.changed_at, c.id) < ($3, $4))
                order by c.changed_at desc, c.id desc limit $7)
           ), lead as (
               select a.case_id, a.user_id from page join app.case_assignment a
                   on a.case_id = page.id and a.kind = 'lead' and a.until is null)
           select c.id as "id!: CaseId", c.number as "number!", c.protected as "protected!", p.sex, p.birth_earliest, p.birth_latest, p.birth_basis,
                  n.given_ar as "given_ar?", n.family_ar as "family_ar?", n.given_la as "given_la?", n.family_la as "family_la?",
                  c.state as "state!", c.risk as "risk!", c.due_at, c.changed_at as "changed_at!",
                  coalesce(c.changed_by is distinct from $2 and c.changed_at > coalesce(s.seen_at, '-infinity')
                   and a.user_id = $2, false) as "new!", g.changes as "changes?: sqlx::types::Json<Changes>",
                  coalesce(w.referred, false) as "referred!", coalesce(w.in_care, false) as "in_care!",
                  coalesce(w.reintegrated, false) as "reintegrated!",
                  coalesce(l.name_ar, '') as "lead_ar!", coalesce(l.name_la, '') as "lead_la!"
           from page c
           join app.person p on p.id = c.child_id
           left join lateral (select y.given_ar, y.family_ar, y.given_la, y.family_la from app.person_name y
                              where y.person_id = p.id order by y.kind = 'civil' desc limit 1) n on true
           left join lead a on a.case_id = c.id
           left join app.names_of(array(select user_id from lead)) l on l.id = a.user_id
           left join app.case_reach w on w.case_id = c.id
           left join app.changes_of(array(select id from page)) g on g.case_id = c.id
           left join lateral (select x.seen_at from app.case_seen x where x.case_id = c.id and x.user_id = $2 limit 1) s on true
           order by c.changed_at desc, c.id desc"#,
        actor.territory().0,
        actor.user.0,
        after.map(|c| c.at),
        after.map(|c| c.id),
        filter.code(),
        now,
        Page::<Row>::SIZE + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    let rows = rows
        .into_iter()
        .filter_map(|r| {
            let state = EpisodeState::from_code(&r.state)?;
            Some(Row {
                id: r.id,
                number: r.number,
                protected: r.protected,
                names: Names::new(r.given_ar, r.family_ar, r.given_la, r.family_la),
                sex: r.sex,
                birth: birth(r.birth_earliest, r.birth_latest, r.birth_basis),
                state,
                risk: r.risk,
                due_at: r.due_at,
                changed_at: r.changed_at,
                new: r.new || r.changes.is_some(),
                changes: r.changes.map(|found| found.0).unwrap_or_default(),
                reached: reached(state, r.referred, r.in_care, r.reintegrated),
                lead_ar: r.lead_ar,
                lead_la: r.lead_la,
            })
        })
        .collect();
    Ok(Page::cut(rows, Row::cursor))
}

/// How many files each filter holds, up to [`COUNTED`], for its chip. Nobody works through the closed ones: they
/// only grow, and are not counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    mine: i64,
    open: i64,
    urgent: i64,
    late: i64,
}

impl Counts {
    /// Of one filter.
    pub const fn of(&self, filter: Filter) -> Option<i64> {
        match filter {
            Filter::Mine => Some(self.mine),
            Filter::Open => Some(self.open),
            Filter::Urgent => Some(self.urgent),
            Filter::Late => Some(self.late),
            Filter::Changed | Filter::Closed => None,
        }
    }
}

/// Counts the open files of the prefecture, which the database knows from the session.
pub async fn counts(tx: &mut Tx, now: DateTime<Utc>) -> Result<Counts, AppError> {
    Ok(sqlx::query_as!(
        Counts,
        r#"select mine as "mine!", open as "open!", urgent as "urgent!", late as "late!" from app.count_open($1, $2)"#,
        now,
        COUNTED
    )
    .fetch_one(&mut **tx)
    .await?)
}

pub(super) fn birth(
    earliest: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    basis: Option<String>,
) -> Option<Birth> {
    Some(Birth {
        earliest: earliest?,
        latest: latest?,
        basis: basis?,
    })
}

fn reached(state: EpisodeState, referred: bool, in_care: bool, reintegrated: bool) -> Reached {
    Reached {
        assessed: state > EpisodeState::Assessment,
        referred,
        in_care,
        reintegrated,
        followed_up: state >= EpisodeState::Monitoring,
    }
}
