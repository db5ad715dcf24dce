//! Questions about cities, asked as `sanad_stat`. One function a question.

use crate::{
    authz::TerritoryId,
    db::Tx,
    error::AppError,
    i18n::Lang,
    ids::RowId,
    plan::{machine::CityStatus, words::written},
    reference::Label,
};
use chrono::NaiveDate;

/// A city with what the register knows of it.
#[derive(Debug)]
pub(super) struct City {
    pub slug: String,
    pub territory: TerritoryId,
    pub label: Label,
    pub status: CityStatus,
    pub version: i32,
    pub status_since: Option<NaiveDate>,
    pub launched_on: Option<NaiveDate>,
    pub first_meeting_on: Option<NaiveDate>,
    pub phase: Label,
    pub region: Label,
    /// `prefecture` or `province`.
    pub kind: String,
    pub population: Option<i32>,
    /// Every court that answers for some of it.
    pub courts: Vec<i16>,
    /// Seats of its team and those that somebody holds, if it has entered any.
    pub seats: Option<(i64, i64)>,
}

/// See [`City`]; [`AppError::NotFound`] if there is none.
pub(super) async fn city(tx: &mut Tx, slug: &str) -> Result<City, AppError> {
    // an address holds what somebody typed
    if !slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return Err(AppError::NotFound);
    }
    let r = sqlx::query!(
        r#"select c.slug, c.territory_id as "territory: TerritoryId", c.ar, c.fr, c.en, c.status as "status: CityStatus",
                  c.version, c.status_since, c.launched_on, c.first_meeting_on,
                  p.ar as phase_ar, p.fr as phase_fr, p.en as phase_en,
                  r.ar as region_ar, r.fr as region_fr, r.en as region_en, t.kind, t.population_2024 as population,
                  array(select distinct j.court_id from ref.jurisdiction j
                        where j.territory_id = c.territory_id and j.valid @> current_date order by 1) as "courts!",
                  s.seats as "seats?", s.filled as "filled?"
           from plan.city c
           join plan.phase p on p.code = c.phase
           join ref.territory t on t.id = c.territory_id
           join ref.territory r on r.id = t.parent_id
           left join lateral plan.seats_of(c.slug) s on true
           where c.slug = $1"#,
        slug
    )
    .fetch_one(&mut **tx)
    .await?;
    let label = |ar, fr, en| Label { ar, fr, en };
    Ok(City {
        slug: r.slug,
        territory: r.territory,
        label: label(r.ar, r.fr, r.en),
        status: r.status,
        version: r.version,
        status_since: r.status_since,
        launched_on: r.launched_on,
        first_meeting_on: r.first_meeting_on,
        phase: label(r.phase_ar, r.phase_fr, r.phase_en),
        region: label(r.region_ar, r.region_fr, r.region_en),
        kind: r.kind,
        population: r.population,
        courts: r.courts,
        seats: r.seats.zip(r.filled),
    })
}

/// A line of the list.
#[derive(Debug)]
pub(super) struct Line {
    pub slug: String,
    pub territory: TerritoryId,
    pub label: Label,
    pub status: CityStatus,
    pub status_since: Option<NaiveDate>,
    pub phase: Label,
    /// Steps there are, and those that are settled.
    pub steps: i64,
    pub settled: i64,
    pub letters: i64,
    pub seats: Option<(i64, i64)>,
}

/// Every city: those that are being opened first.
pub(super) async fn list(tx: &mut Tx) -> Result<Vec<Line>, AppError> {
    let rows = sqlx::query!(
        r#"select c.slug, c.territory_id as "territory: TerritoryId", c.ar, c.fr, c.en, c.status as "status: CityStatus",
                  c.status_since, p.ar as phase_ar, p.fr as phase_fr, p.en as phase_en,
                  (select count(*) from ref.activation_step k where k.valid_to is null or k.valid_to > current_date) as "steps!",
                  (select count(*) from plan.activation_now a
                   where a.city = c.slug and a.state in ('done', 'not_needed')) as "settled!",
                  (select count(*) from plan.correspondence_city x join plan.correspondence l on l.id = x.letter
                   where x.city = c.slug and l.struck_at is null) as "letters!",
                  s.seats as "seats?", s.filled as "filled?"
           from plan.city c
           join plan.phase p on p.code = c.phase
           left join lateral plan.seats_of(c.slug) s on true
           order by array_position(array['preparing', 'active', 'suspended', 'candidate', 'set_aside'], c.status),
                    p.sort, c.territory_id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let label = |ar, fr, en| Label { ar, fr, en };
    Ok(rows
        .into_iter()
        .map(|r| Line {
            slug: r.slug,
            territory: r.territory,
            label: label(r.ar, r.fr, r.en),
            status: r.status,
            status_since: r.status_since,
            phase: label(r.phase_ar, r.phase_fr, r.phase_en),
            steps: r.steps,
            settled: r.settled,
            letters: r.letters,
            seats: r.seats.zip(r.filled),
        })
        .collect())
}

/// Something that happened on the way of a city.
#[derive(Debug)]
pub(super) struct Event {
    /// `move`, `decision`, `meeting`, `letter`.
    pub what: String,
    pub day: NaiveDate,
    /// Code of the move, of the kind of meeting, of the purpose of a letter.
    pub code: String,
    pub text: Option<Label>,
    pub number: Option<String>,
    /// A reason, the subject of a letter.
    pub words: Option<String>,
    pub letter: Option<RowId>,
}

/// The way of a city, newest first; letters for those who read them.
pub(super) async fn story(
    tx: &mut Tx,
    slug: &str,
    with_letters: bool,
) -> Result<Vec<Event>, AppError> {
    let rows = sqlx::query!(
        r#"select 'move' as "what!", s.on_day as "day!", s.move as "code!", null as "ar?", null as "fr?", null as "en?",
                  null as "number?", s.reason as "words?", null::uuid as "letter?: RowId", s.seq as "nth!"
           from plan.city_step s where s.city = $1
           union all
           select 'decision', d.decided_on, d.code, d.ar, d.fr, d.en, d.number, null, null, 0
           from plan.decision d join plan.decision_city x on x.decision = d.code where x.city = $1
           union all
           select 'meeting', m.held_on, m.kind, m.ar, m.fr, m.en, null, null, null, 0
           from plan.meeting m join plan.meeting_city x on x.meeting = m.code where x.city = $1
           union all
           select 'meeting', h.held_on, h.kind, null, null, null, null, null, null, 0 from plan.held_meetings($1) h
           union all
           select 'letter', l.sent_on, l.purpose, null, null, null, l.reference, l.subject, l.id, 0
           from plan.correspondence l join plan.correspondence_city x on x.letter = l.id
           where $2 and x.city = $1 and l.struck_at is null
           order by 2 desc, 10 desc, 1 desc limit 40"#,
        slug,
        with_letters
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Event {
            what: r.what,
            day: r.day,
            code: r.code,
            text: r.ar.map(|ar| written(ar, r.fr, r.en)),
            number: r.number,
            words: r.words,
            letter: r.letter,
        })
        .collect())
}

/// A partner of a city.
#[derive(Debug)]
pub(super) struct Partner {
    pub id: RowId,
    pub name: Option<String>,
    pub role: String,
}

/// Those of today.
pub(super) async fn partners(
    tx: &mut Tx,
    slug: &str,
    lang: Lang,
) -> Result<Vec<Partner>, AppError> {
    Ok(sqlx::query_as!(
        Partner,
        r#"select p.id as "id!: RowId", plan.name_on(p.organisation, current_date, $2) as name, p.role as "role!"
           from plan.partner p join ref.partner_role r on r.code = p.role
           where p.city = $1 and (p.until is null or p.until >= current_date)
           order by r.sort, p.organisation limit 50"#,
        slug,
        lang.code()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What a candidate is looked at for, and what is known of it.
#[derive(Debug)]
pub(super) struct Criterion {
    pub code: String,
    pub is_computed: bool,
    /// What the database found.
    pub found: Option<i64>,
    /// What was stated last: `met`, `not_met`, `unknown`.
    pub answer: Option<String>,
    pub source: Option<String>,
    pub on_day: Option<NaiveDate>,
    pub by_role: Option<String>,
    pub by_territory: Option<TerritoryId>,
}

/// Every criterion, in order.
pub(super) async fn readiness(tx: &mut Tx, slug: &str) -> Result<Vec<Criterion>, AppError> {
    Ok(sqlx::query_as!(
        Criterion,
        r#"select k.code as "code!", k.computed as "is_computed!", c.n as "found?", r.answer as "answer?",
                  r.source as "source?", r.on_day as "on_day?", r.by_role as "by_role?",
                  r.by_territory as "by_territory?: TerritoryId"
           from ref.readiness_criterion k
           left join plan.computed($1) c on c.criterion = k.code
           left join lateral (select x.answer, x.source, x.on_day, x.by_role, x.by_territory from plan.readiness x
                              where x.city = $1 and x.criterion = k.code order by x.seq desc limit 1) r on true
           where k.valid_to is null or k.valid_to > current_date
           order by k.sort"#,
        slug
    )
    .fetch_all(&mut **tx)
    .await?)
}
