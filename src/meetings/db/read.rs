//! The list, one meeting, who came.

use crate::{
    authz::TerritoryId,
    db::Tx,
    error::AppError,
    ids::RowId,
    meetings::domain::{Attended, Line, Meeting, Place, State},
    reference::Label,
    teams::{Body, Paper},
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;
use std::collections::HashMap;

/// More than are looked through.
const SHOWN: i64 = 200;

/// What is asked of the list; what is not said is all.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Code of `ref.meeting_kind`.
    pub kind: Option<String>,
    /// A city it is about.
    pub city: Option<TerritoryId>,
    /// Where it stands.
    pub state: Option<State>,
    /// From that day.
    pub from: Option<NaiveDate>,
    /// To before that day.
    pub before: Option<NaiveDate>,
}

/// The meetings about the reader's cities, kept here and published, the latest first.
pub async fn list(tx: &mut Tx, asked: &Asked) -> Result<Vec<Line>, AppError> {
    let rows = sqlx::query!(
        r#"with mine as (
               select m.id, m.kind, m.held_at as moment, (m.held_at at time zone 'Africa/Casablanca')::date as day, m.state, m.remote,
                      null::text as ar, null::text as fr, null::text as en,
                      array(select c.territory_id from plan.team_meeting_city c where c.meeting_id = m.id order by 1) as cities,
                      exists (select from plan.scan p where p.meeting_id = m.id) as has_minutes
               from plan.team_meeting m where m.id = any ((select app.my_meetings())::uuid[])
               union all
               select null, m.kind, null, m.held_on, 'held', m.remote, m.ar, m.fr, m.en, x.cities, false
               from plan.meeting m, lateral (
                   select array(select c.territory_id from plan.meeting_city l join plan.city c on c.slug = l.city
                                where l.meeting = m.code order by 1) as cities) x
               where x.cities && (select app.team_cities())::smallint[])
           select id as "id?: RowId", kind as "kind!", moment as "at?: DateTime<Utc>", day as "day!: NaiveDate", state as "state!: State", remote,
                  ar, fr, en, cities as "cities!: Vec<i16>", has_minutes as "has_minutes!"
           from mine
           where ($1::text is null or kind = $1) and ($2::smallint is null or $2 = any (cities)) and ($3::text is null or state = $3)
             and ($4::date is null or day >= $4) and ($5::date is null or day < $5)
           order by day desc, moment desc nulls last, id limit $6"#,
        asked.kind.as_deref(),
        asked.city.map(|city| city.0),
        asked.state.map(State::code),
        asked.from,
        asked.before,
        SHOWN
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Line {
            id: r.id,
            kind: r.kind,
            at: r.at,
            day: r.day,
            state: r.state,
            remote: r.remote,
            label: r.ar.map(|ar| Label {
                ar,
                fr: r.fr.unwrap_or_default(),
                en: r.en.unwrap_or_default(),
            }),
            cities: r.cities,
            has_minutes: r.has_minutes,
        })
        .collect())
}

/// A meeting as a calendar program is given it.
#[derive(Debug)]
pub struct Coming {
    /// Which.
    pub id: RowId,
    /// Code of `ref.meeting_kind`.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The cities it is about.
    pub cities: Vec<i16>,
    /// When it was written last.
    pub changed_at: DateTime<Utc>,
}

/// The meetings about the reader's cities between two moments, but for those that were cancelled.
pub async fn coming(
    tx: &mut Tx,
    (from, before): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Coming>, AppError> {
    Ok(sqlx::query_as!(
        Coming,
        r#"select m.id as "id: RowId", m.kind, m.held_at as at,
                  array(select c.territory_id from plan.team_meeting_city c where c.meeting_id = m.id order by 1) as "cities!",
                  coalesce(m.state_at, m.changed_at) as "changed_at!"
           from plan.team_meeting m
           where m.id = any ((select app.my_meetings())::uuid[]) and m.state <> 'cancelled' and m.held_at >= $1 and m.held_at < $2
           order by m.held_at, m.id"#,
        from,
        before
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A meeting about a city of the reader's.
pub async fn meeting(tx: &mut Tx, id: RowId) -> Result<Meeting, AppError> {
    let r = sqlx::query!(
        r#"select m.territory_id as "territory: TerritoryId", m.kind as "kind!", m.held_at as "at!", m.remote as "remote!", m.place,
                  m.agenda as "agenda!", m.state as "state!: State", m.why, m.version as "version!", coalesce(m.state_at, m.changed_at) as "changed_at!",
                  array(select c.territory_id from plan.team_meeting_city c where c.meeting_id = m.id order by 1) as "cities!",
                  m.id = any ((select app.kept_meetings())::uuid[]) as "is_kept!",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'media', p.media, 'at', p.added_at,
                              'name_ar', n.name_ar, 'name_la', n.name_la, 'fault', p.fault)
                          order by p.added_at desc, p.id desc), '[]')
                   from plan.scan p left join lateral app.name_of(p.added_by) n on true
                   where p.meeting_id = m.id) as "minutes!: Json<Vec<Paper>>",
                  coalesce(w.name_ar, '') as "name_ar!", coalesce(w.name_la, '') as "name_la!"
           from plan.team_meeting m left join lateral app.name_of(coalesce(m.state_by, m.changed_by)) w on true
           where m.id = $1 and m.id = any ((select app.my_meetings())::uuid[])"#,
        id.0
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Meeting {
        id,
        territory: r.territory,
        kind: r.kind,
        at: r.at,
        remote: r.remote,
        place: r.place,
        agenda: r.agenda,
        state: r.state,
        why: r.why,
        cities: r.cities,
        version: r.version,
        is_kept: r.is_kept,
        minutes: r.minutes.0,
        name_ar: r.name_ar,
        name_la: r.name_la,
        changed_at: r.changed_at,
    })
}

/// Who came: the seats of the team on that day; of a meeting of the committee, what was noted of each body.
pub async fn attendance(
    tx: &mut Tx,
    meeting: &Meeting,
    day: NaiveDate,
) -> Result<(Vec<Place>, HashMap<String, Attended>), AppError> {
    let Some(city) = meeting.territory else {
        let noted = sqlx::query!(
            r#"select a.organisation_code as "code!", a.state as "state: Attended" from plan.attendance a
               where a.meeting_id = $1 and a.organisation_code is not null"#,
            meeting.id.0
        )
        .fetch_all(&mut **tx)
        .await?;
        let bodies = noted.into_iter().map(|one| (one.code, one.state));
        return Ok((Vec::new(), bodies.collect()));
    };
    let rows = sqlx::query!(
        r#"select s.id as "seat!: RowId", s.sector as "sector!", s.organisation_code, s.organisation_name,
                  h.name_ar as "holder_ar?", h.name_la as "holder_la?", t.name_ar as "alternate_ar?", t.name_la as "alternate_la?",
                  a.state as "state?: Attended"
           from plan.seat s
           join ref.seat_sector k on k.code = s.sector
           left join lateral (select m.name_ar, m.name_la from plan.designation d join plan.member m on m.designation_id = d.id
               where d.seat_id = s.id and d.kind = 'holder' and d.struck_at is null and d.valid @> $3::date) h on true
           left join lateral (select m.name_ar, m.name_la from plan.designation d join plan.member m on m.designation_id = d.id
               where d.seat_id = s.id and d.kind = 'alternate' and d.struck_at is null and d.valid @> $3::date) t on true
           left join plan.attendance a on a.meeting_id = $1 and a.seat_id = s.id
           where s.territory_id = $2 and (s.closed_on is null or s.closed_on > $3::date or a.id is not null)
           order by k.sort, s.id"#,
        meeting.id.0,
        city.0,
        day
    )
    .fetch_all(&mut **tx)
    .await?;
    let places = rows.into_iter().map(|r| Place {
        seat: r.seat,
        sector: r.sector,
        body: match r.organisation_code {
            Some(code) => Body::Listed(code),
            None => Body::Named(r.organisation_name.unwrap_or_default()),
        },
        holder: r.holder_ar.zip(r.holder_la),
        alternate: r.alternate_ar.zip(r.alternate_la),
        state: r.state,
    });
    Ok((places.collect(), HashMap::new()))
}
