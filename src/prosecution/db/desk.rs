//! The list of files, the same for the court's inbox and for the cell: one statement for the rows, one for
//! the counts and the urgent notices.

use super::{Author, frozen};
use crate::{
    authz::{Actor, CourtId, TerritoryId},
    db::Tx,
    error::AppError,
    ids::{DisclosureId, JudicialFileId},
    prosecution::custody::Custody,
    vault::{SealedText, WrappedKey},
    web::{COUNTED, Cursor, Page},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// A place in the list: what presses first, then the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskCursor {
    /// Whether the row is among those that press.
    pub pressing: bool,
    /// Its time and id.
    pub place: Cursor,
}

impl DeskCursor {
    /// From the query string; anything else starts at the top.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, place) = text.split_at_checked(1)?;
        let pressing = match first {
            "p" => true,
            "r" => false,
            _ => return None,
        };
        Some(Self {
            pressing,
            place: Cursor::parse(place)?,
        })
    }
}

impl std::fmt::Display for DeskCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.pressing { 'p' } else { 'r' }, self.place)
    }
}

/// Which files to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    All,
    /// In the reader's own hands, at the court.
    Mine,
    /// What is waited for should be there by now.
    Late,
    /// Waiting for the supervisor.
    Draft,
    /// Nobody at the court has acknowledged them.
    Transmitted,
    /// At the court.
    Received,
    /// Given back to the cell for completion.
    Returned,
    /// A child waits for a measure.
    Child,
    /// An adult waits for a decision.
    Adult,
    /// Nobody waits.
    Decided,
    /// Closed at the court.
    Closed,
}

impl Filter {
    /// What the court can choose from.
    pub const COURT: &[Self] = &[
        Self::All,
        Self::Mine,
        Self::Late,
        Self::Transmitted,
        Self::Child,
        Self::Adult,
        Self::Returned,
        Self::Decided,
        Self::Closed,
    ];
    /// What the cell can choose from: the decisions on adults are not on its list.
    pub const CELL: &[Self] = &[
        Self::All,
        Self::Draft,
        Self::Returned,
        Self::Late,
        Self::Transmitted,
        Self::Received,
        Self::Child,
        Self::Decided,
    ];

    /// As in `?state=child`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Late => "late",
            Self::Draft => "draft",
            Self::Transmitted => "transmitted",
            Self::Received => "received",
            Self::Returned => "returned",
            Self::Child => "child",
            Self::Adult => "adult",
            Self::Decided => "decided",
            Self::Closed => "closed",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::All => "judicial-filter-all",
            Self::Mine => "judicial-filter-mine",
            Self::Late => "judicial-filter-late",
            Self::Draft => "judicial-filter-draft",
            Self::Transmitted => "judicial-filter-transmitted",
            Self::Received => "judicial-filter-received",
            Self::Returned => "judicial-filter-returned",
            Self::Child => "judicial-filter-child",
            Self::Adult => "judicial-filter-adult",
            Self::Decided => "judicial-filter-decided",
            Self::Closed => "judicial-filter-closed",
        }
    }
}

/// A line of the list. No name is in it.
#[derive(Debug)]
pub struct DeskRow {
    /// The file.
    pub id: JudicialFileId,
    /// Its number.
    pub number: String,
    /// Where it comes from.
    pub territory_id: TerritoryId,
    /// Its court.
    pub court_id: CourtId,
    /// Who holds it.
    pub state: Custody,
    /// Whether it asks for a decision the same day.
    pub urgent: bool,
    /// Whether it stands first.
    pub pressing: bool,
    /// When it was sent, or composed.
    pub arrived_at: DateTime<Utc>,
    /// How many children.
    pub children: i16,
    /// How many of them have no measure.
    pub children_waiting: i16,
    /// How many adults.
    pub adults: i16,
    /// How many of them have no settled decision; for the court only.
    pub adults_waiting: Option<i16>,
    /// What is waited for (`judicial_file.awaits`); of a decision on an adult the cell learns that it is an answer.
    pub awaits: Option<String>,
    /// Until when.
    pub due_at: Option<DateTime<Utc>>,
    /// Who has it in hand at the court, in Arabic; nobody is the court.
    pub held_ar: Option<String>,
    /// And in Latin letters.
    pub held_la: Option<String>,
}

/// A page of files. Each filter is a statement of its own inside `app.desk_page`.
pub async fn files(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (filter, after): (Filter, Option<DeskCursor>),
) -> Result<(Vec<DeskRow>, Option<DeskCursor>), AppError> {
    let rows = sqlx::query_as!(
        DeskRow,
        r#"with desk as materialized (
               select d.* from app.desk_page($1, $2, $3, $4, $5, $6, $7, $8, $9) d)
           select d.id as "id!: JudicialFileId", d.number as "number!", d.territory_id as "territory_id!: TerritoryId",
                  d.court_id as "court_id!: CourtId", d.state as "state!: Custody", d.urgent as "urgent!",
                  d.pressing as "pressing!", d.arrived_at as "arrived_at!", d.children as "children!",
                  d.children_waiting as "children_waiting!", d.adults as "adults!",
                  case when d.court_id = $1 then d.adults_waiting end as adults_waiting,
                  case when d.court_id <> $1 and d.awaits like 'adult%' then 'answer' else d.awaits end as awaits, d.due_at,
                  h.name_ar as "held_ar?", h.name_la as "held_la?"
           from desk d
           left join app.names_of(array(select held_by from desk where held_by is not null)) h on h.id = d.held_by
           where d.court_id = $1 or d.territory_id = $2
           order by d.pressing desc, d.arrived_at desc, d.id desc"#,
        actor.court().0,
        actor.territory().0,
        actor.user.0,
        filter.code(),
        now,
        after.map(|a| a.pressing),
        after.map(|a| a.place.at),
        after.map(|a| a.place.id),
        Page::<DeskRow>::SIZE + 1
    )
    .fetch_all(&mut **tx)
    .await?;
    let page = Page::cut(rows, |row| Cursor {
        at: row.arrived_at,
        id: row.id.0,
    });
    let last = page.rows.last().map(|row| row.pressing);
    let next = page
        .next
        .zip(last)
        .map(|(place, pressing)| DeskCursor { pressing, place });
    Ok((page.rows, next))
}

/// How much of what waits, each up to [`COUNTED`], and the urgent notices.
#[derive(Debug)]
pub struct Desk {
    /// Every file.
    pub all: i64,
    /// In the reader's hands; nought for the cell.
    pub mine: i64,
    /// Late, whoever is waited for.
    pub late: i64,
    /// Drafts.
    pub draft: i64,
    /// Not acknowledged.
    pub transmitted: i64,
    /// At the court.
    pub received: i64,
    /// Given back for completion.
    pub returned: i64,
    /// Files where a child waits.
    pub child: i64,
    /// Files where an adult waits; nought for the cell.
    pub adult: i64,
    /// Files that press.
    pub pressing: i64,
    /// Notices nobody acknowledged, then those of the last week.
    pub notices: Json<Vec<NoticeRow>>,
    /// Who is on duty at the reader's court now; empty for the cell.
    pub duty: Json<Vec<OnDuty>>,
    /// Notices that the reader's court sent on in the last week: nothing else is left of them there.
    pub sent_on: Json<Vec<SentOnRow>>,
}

/// That a notice went to another court.
#[derive(Debug, Deserialize)]
pub struct SentOnRow {
    /// When.
    pub at: DateTime<Utc>,
    /// Where to.
    pub to_court: CourtId,
    /// Why: code of `ref.court_change_reason`.
    pub reason: String,
    /// Who sent it on, in Arabic.
    pub name_ar: String,
    /// In Latin letters.
    pub name_la: String,
}

/// Somebody on duty now.
#[derive(Debug, Deserialize)]
pub struct OnDuty {
    /// In Arabic.
    pub name_ar: String,
    /// In Latin letters.
    pub name_la: String,
    /// The end of the turn.
    pub until: DateTime<Utc>,
}

/// An urgent notice in the list.
#[derive(Debug, Deserialize)]
pub struct NoticeRow {
    /// The notice.
    pub id: DisclosureId,
    /// Version of its text.
    pub schema_version: i16,
    snapshot: SealedText,
    key: Option<WrappedKey>,
    sha256: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When the registry of the court received it.
    pub registered_at: Option<DateTime<Utc>>,
    /// When a prosecutor of the court read it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    name_ar: Option<String>,
    name_la: Option<String>,
}

impl NoticeRow {
    /// The frozen text, if it opens and is the one that was hashed.
    pub fn text(&self, tx: &mut Tx) -> Option<String> {
        let sha256 = hex::decode(&self.sha256).unwrap_or_default();
        frozen(tx, self.id, self.key.as_ref(), &self.snapshot, &sha256)
    }

    /// Who read it; until then, who received it.
    pub fn seen_by(&self) -> Author {
        Author::new(self.name_ar.clone(), self.name_la.clone())
    }
}

/// Counts and notices.
pub async fn desk(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Desk, AppError> {
    let desk = sqlx::query_as!(
        Desk,
        r#"select w.whole as "all!", w.mine as "mine!", w.late as "late!", w.draft as "draft!",
                  w.transmitted as "transmitted!", w.received as "received!", w.returned as "returned!",
                  w.child as "child!", w.adult as "adult!", w.pressing as "pressing!",
                  (select coalesce(json_agg(json_build_object('name_ar', o.name_ar, 'name_la', o.name_la, 'until', o.until)), '[]')
                   from app.on_duty() o) as "duty!: Json<Vec<OnDuty>>",
                  (select coalesce(json_agg(o), '[]') from app.notices_sent_on($3::timestamptz - interval '7 days') o) as "sent_on!: Json<Vec<SentOnRow>>",
                  (select coalesce(json_agg(n), '[]') from (
                      select e.id, e.schema_version, e.snapshot_enc as snapshot, app.key_of('disclosure', e.id) as key,
                             encode(e.sha256, 'hex') as sha256, e.sent_at, e.registered_at, e.acknowledged_at, a.name_ar, a.name_la
                      from (select x.* from app.disclosure x
                            where x.kind = 'urgent_notice' and x.acknowledged_at is null and $1::smallint <> 0 and x.to_court = $1
                            union all
                            select x.* from app.disclosure x
                            where x.kind = 'urgent_notice' and x.acknowledged_at is null and $2::smallint <> 0 and x.territory_id = $2
                            union all
                            select x.* from app.disclosure x
                            where x.kind = 'urgent_notice' and x.acknowledged_at is not null and x.sent_at > $3::timestamptz - interval '7 days'
                              and $1 <> 0 and x.to_court = $1
                            union all
                            select x.* from app.disclosure x
                            where x.kind = 'urgent_notice' and x.acknowledged_at is not null and x.sent_at > $3::timestamptz - interval '7 days'
                              and $2 <> 0 and x.territory_id = $2) e
                      left join lateral app.name_of(coalesce(e.acknowledged_by, e.registered_by)) a on true
                      order by e.acknowledged_at is not null, e.sent_at desc limit 10) n
                  ) as "notices!: Json<Vec<NoticeRow>>"
           from app.count_desk($3, $4) w"#,
        actor.court().0,
        actor.territory().0,
        now,
        COUNTED
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(desk)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_place_in_the_list_survives_the_url() {
        let at = DateTime::from_timestamp_micros(1_764_000_000_123_456).unwrap();
        for pressing in [true, false] {
            let cursor = DeskCursor {
                pressing,
                place: Cursor {
                    at,
                    id: Uuid::from_u128(7),
                },
            };
            assert_eq!(DeskCursor::parse(&cursor.to_string()), Some(cursor));
        }
        for text in ["", "p", "x1.2", "é", "p1 or 1=1"] {
            assert_eq!(DeskCursor::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_cell_cannot_ask_for_the_decisions_on_adults() {
        assert!(!Filter::CELL.contains(&Filter::Adult));
        assert!(!Filter::CELL.contains(&Filter::Mine));
    }

    #[test]
    fn a_filter_with_a_statement_of_its_own_is_spelt_as_the_database_spells_it() {
        let sql = include_str!("../../../migrations/0030_lists.sql");
        let (_, sql) = sql.split_once("create function app.desk_page").unwrap();
        for filter in Filter::COURT.iter().chain(Filter::CELL) {
            let is_named = sql.contains(&format!("'{}'", filter.code()));
            assert_eq!(is_named, *filter != Filter::All, "{filter:?}");
        }
    }
}
