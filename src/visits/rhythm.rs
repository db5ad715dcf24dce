//! How often a city visits: days between two visits for each risk, its own or those of all.

use crate::{
    audit::{self, Event},
    authz::{Actor, Require, can},
    conflicts::{self, Around, Author, Meeting, Question, Theirs},
    db::Tx,
    error::AppError,
    forms::{Form, western_digits},
    i18n::Msg,
    reference::List,
    routes::Routes,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::response::Response;
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The page.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/visits/rhythm")]
pub struct RhythmPath;

/// Risks of files that are visited, the highest first.
const RISKS: [&str; 3] = ["high", "medium", "low"];

/// The longest that a child who is followed up may wait.
const LONGEST: i16 = 180;

pub(super) fn routes() -> Routes {
    Routes::default().get(show).post(save)
}

/// One line: a risk and its days.
#[derive(Debug)]
struct Line {
    risk: String,
    /// What holds now.
    days: i32,
    /// Of the city's own row; 0 if it has none.
    version: i32,
}

#[derive(Template)]
#[template(path = "visits/rhythm.html")]
struct RhythmPage {
    ui: Ui,
    lines: Vec<Line>,
    form: Form,
}

impl RhythmPage {
    fn field(&self, line: &Line) -> String {
        field(&line.risk)
    }

    fn risk(&self, line: &Line) -> String {
        let risk = self.ui.label(List::RiskLevel, &line.risk);
        self.ui.t1("rhythm-risk", "risk", risk)
    }

    /// "The target of all" or "decided by the city".
    fn whose(&self, line: &Line) -> String {
        let key = if line.version > 0 {
            "rhythm-own"
        } else {
            "rhythm-common"
        };
        self.ui.t(key)
    }
}

fn field(risk: &str) -> String {
    format!("days-{risk}")
}

/// What was shown, to find that somebody was quicker.
fn shown(lines: &[Line]) -> String {
    let versions: Vec<String> = lines.iter().map(|line| line.version.to_string()).collect();
    versions.join("-")
}

async fn lines(tx: &mut Tx, actor: &Actor) -> Result<Vec<Line>, AppError> {
    Ok(sqlx::query_as!(
        Line,
        r#"select k.risk as "risk!", app.visit_days($1, k.risk) as "days!", coalesce(r.version, 0) as "version!"
           from unnest($2::text[]) with ordinality as k (risk, nth)
           left join app.visit_rhythm r on r.territory_id = $1 and r.risk = k.risk
           order by k.nth"#,
        actor.territory().0,
        &RISKS.map(str::to_owned)
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn show(_: RhythmPath, me: Require<can::CityKeep>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let lines = lines(&mut tx, &me.actor).await?;
    tx.commit().await?;
    let form = conflicts::shown(stored(&lines));
    ok(&RhythmPage {
        ui: me.ui,
        lines,
        form,
    })
}

/// The form, as the rhythm is.
fn stored(lines: &[Line]) -> Form {
    let form = Form::new()
        .with("shown", shown(lines))
        .with("version", shown(lines));
    lines.iter().fold(form, |form, line| {
        form.with(&field(&line.risk), line.days.to_string())
    })
}

/// Compares with what is stored; the page of the conflict, if a colleague was quicker.
async fn meet(
    tx: &mut Tx,
    (actor, ui): (&Actor, &Ui),
    form: &mut Form,
    lines: &[Line],
) -> Result<Option<Response>, AppError> {
    let seen = form.text("shown").to_owned();
    form.set("version", seen);
    let now = stored(lines);
    let questions = RISKS.map(|risk| Question::text(&field(risk), ui.label(List::RiskLevel, risk)));
    let meeting = conflicts::meet(form, &now, &questions);
    form.set("shown", shown(lines));
    let Meeting::Ask(found) = meeting else {
        return Ok(None);
    };
    let author = sqlx::query_as!(
        Author,
        r#"select coalesce(n.name_ar, '') as "name_ar!", coalesce(n.name_la, '') as "name_la!", r.set_at as "at?"
           from app.visit_rhythm r left join lateral app.name_of(r.set_by) n on true
           where r.territory_id = $1 order by r.set_at desc limit 1"#,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    let theirs = Theirs::new(now, author.unwrap_or_default());
    let around = Around::new(&RhythmPath, &RhythmPath);
    conflicts::ask(ui.clone(), around, form, theirs, found).map(Some)
}

/// Days until the next visit of a file of that risk, in the reader's city.
pub(super) async fn of(tx: &mut Tx, actor: &Actor, risk: &str) -> Result<i32, AppError> {
    let days = sqlx::query_scalar!(
        r#"select app.visit_days($1, $2) as "days!""#,
        actor.territory().0,
        risk
    );
    Ok(days.fetch_one(&mut **tx).await?)
}

/// Days, as they are typed.
fn days(text: &str) -> Result<i16, Msg> {
    let number = western_digits(text.trim()).parse::<i16>();
    number
        .ok()
        .filter(|days| (1..=LONGEST).contains(days))
        .ok_or_else(|| Msg::new("rhythm-range").with("most", LONGEST))
}

async fn save(
    _: RhythmPath,
    me: Require<can::CityKeep>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let lines = lines(&mut tx, &me.actor).await?;
    if let Some(page) = meet(&mut tx, (&me.actor, &me.ui), &mut form, &lines).await? {
        return Ok(page);
    }
    let mut wanted = Vec::new();
    for line in &lines {
        if let Some(days) = form.required(&field(&line.risk), days) {
            wanted.push((line, days));
        }
    }
    if let [(_, high), (_, medium), (_, low)] = wanted.as_slice()
        && (high > medium || medium > low)
    {
        form.fail(&field("high"), Msg::new("rhythm-order"));
    }
    if !form.is_valid() {
        return refused(&RhythmPage {
            ui: me.ui,
            lines,
            form,
        });
    }
    let changed = wanted
        .into_iter()
        .filter(|(line, days)| line.days != i32::from(*days));
    for (line, days) in changed {
        set(&mut tx, &me.actor, me.clock.now(), (line, days)).await?;
    }
    tx.commit().await?;
    Ok(see(&RhythmPath))
}

async fn set(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (line, days): (&Line, i16),
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "insert into app.visit_rhythm as r (territory_id, risk, days, set_by, set_at) values ($1, $2, $3, $4, $5)
         on conflict (territory_id, risk) do update
         set days = excluded.days, set_by = excluded.set_by, set_at = excluded.set_at, version = r.version + 1
         where r.version = $6",
        actor.territory().0,
        line.risk,
        days,
        actor.user.0,
        now,
        line.version
    )
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    let event = Event::of("rhythm.set")
        .in_territory(actor.territory())
        .with(serde_json::json!({ "risk": line.risk, "from": line.days, "to": days }));
    audit::record(tx, event).await
}
