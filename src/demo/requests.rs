//! Asks the organisations of each city for help, as a worker would, and answers as their focal points would: a
//! request in every state.

use super::{rows::Rows, story::Team};
use crate::{
    authz::TerritoryId,
    clock::local_date,
    ids::{CaseId, PersonId, ServiceId, uuid_at},
    people::{Birth, Names},
    prosecution::seal::{SCHEMA_VERSION, Sealed},
    reference::Catalogue,
    services::{About, Asked, Naming, Person, ServiceState, Slip, Whom},
    vault::{Field, Holder, HolderKind, Key, Ring, SealedText, Vault, keeper},
};
use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

use ServiceState as S;

/// How far each request has come, and how many days ago it was sent.
const STORIES: &[(i64, &[S])] = &[
    (0, &[]),
    (1, &[S::Sent]),
    (6, &[S::Sent]),
    (4, &[S::Sent, S::Accepted]),
    (9, &[S::Sent, S::Accepted, S::Scheduled]),
    (7, &[S::Sent, S::Refused]),
    (12, &[S::Sent, S::Scheduled, S::NoShow]),
    (15, &[S::Sent, S::Accepted, S::Partial]),
    (20, &[S::Sent, S::Accepted, S::Scheduled, S::Delivered]),
    (25, &[S::Sent, S::Cancelled]),
];

const ASKS: &[&str] = &[
    "المرجو تسجيل الطفل في أقرب مؤسسة، مع مراعاة غيابه عن القسم منذ سنة.",
    "المرجو تقييم المستوى وتوجيه الطفل إلى القسم المناسب.",
    "المرجو قبول الطفل في قسم الفرصة الثانية ابتداء من هذا الأسبوع.",
];
const PRACTICAL: &str = "يحضر مع مساعدة اجتماعية، ويفضل الفترة الصباحية.";
const REPORT: &str = "استُقبل الطفل مع مرافقته، وسُلمت له لائحة الوثائق المطلوبة.";
const KINDS: &[&str] = &["school_enrolment", "school_reenrolment", "second_chance"];

/// What all of it is made with.
pub(super) struct Tools<'a> {
    pub(super) vault: &'a Vault,
    pub(super) ring: &'a Ring,
    pub(super) words: &'a Catalogue,
    pub(super) now: DateTime<Utc>,
}

/// One child to ask for.
struct Stage<'a> {
    team: &'a Team,
    whom: Whom,
    child: Uuid,
    case: Uuid,
    lead: Uuid,
    focal: Uuid,
}

/// Asks and answers.
pub(super) async fn lay(
    connection: &mut PgConnection,
    tools: &Tools<'_>,
    teams: &[Team],
    rows: &Rows,
) -> anyhow::Result<()> {
    for team in teams {
        let focal = sqlx::query_scalar!(
            "select id from sec.app_user where username = $1",
            format!("focal.{}", team.city.slug)
        )
        .fetch_one(&mut *connection)
        .await?;
        for ((nth, story), stage) in STORIES.iter().enumerate().zip(stages(rows, team, focal)) {
            ask(connection, tools, &stage, (nth, *story)).await?;
        }
    }
    Ok(())
}

/// Children whose plan is being carried out, none of them protected.
fn stages<'a>(rows: &'a Rows, team: &'a Team, focal: Uuid) -> impl Iterator<Item = Stage<'a>> {
    let under_way: HashMap<Uuid, &str> = rows
        .episodes
        .iter()
        .map(|one| (one.case_id, one.state))
        .collect();
    rows.cases
        .iter()
        .filter(move |case| {
            case.territory_id == team.city.territory
                && !case.protected
                && matches!(
                    under_way.get(&case.id),
                    Some(&("implementation" | "monitoring"))
                )
        })
        .filter_map(move |case| {
            let person = rows.people.iter().find(|one| one.id == case.child_id)?;
            let lead = rows.assignments.iter().find(|one| one.case_id == case.id)?;
            let name = rows.names.iter().find(|one| one.person_id == person.id);
            let part = |part: Option<&'static str>| part.map(str::to_owned);
            let person = Person {
                id: PersonId(person.id),
                case: CaseId(case.id),
                number: String::new(),
                sex: person.sex.to_owned(),
                is_protected: false,
                names: name.map_or_else(Names::default, |name| {
                    Names::new(
                        part(name.given_ar),
                        part(name.family_ar),
                        part(name.given_la),
                        part(name.family_la),
                    )
                }),
                birth: Birth::known(
                    person.birth_earliest,
                    person.birth_latest,
                    person.birth_basis.clone(),
                ),
            };
            Some(Stage {
                team,
                whom: Whom::of_children(vec![person]),
                child: case.child_id,
                case: case.id,
                lead: lead.user_id,
                focal,
            })
        })
}

async fn ask(
    connection: &mut PgConnection,
    tools: &Tools<'_>,
    stage: &Stage<'_>,
    (nth, (ago, story)): (usize, (i64, &[S])),
) -> anyhow::Result<()> {
    let at = tools.now - TimeDelta::days(ago) - TimeDelta::hours(1);
    let (id, by) = (uuid_at(at), local_date(at) + Days::new(5));
    let kind = KINDS.get(nth % KINDS.len()).context("a kind")?;
    let provider = format!("education_{}", stage.team.city.slug);
    sqlx::query!(
        "insert into app.service (id, territory_id, territory_at, kind, provider, state, agreed_on, recorded_by, recorded_at, payload_mac)
         values ($1, $2, $2, $3, $4, 'proposed', $5, $6, $7, sha256(convert_to($4, 'UTF8')))",
        id,
        stage.team.city.territory,
        kind,
        provider,
        by,
        stage.lead,
        at
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into app.service_beneficiary (service_id, person_id, case_id, territory_id) values ($1, $2, $3, $4)",
        id,
        stage.child,
        stage.case,
        stage.team.city.territory
    )
    .execute(&mut *connection)
    .await?;
    if story.is_empty() {
        return Ok(());
    }
    let asked = Act {
        id,
        nth,
        kind,
        provider: &provider,
        at,
        by,
    };
    let key = send(connection, tools, stage, &asked).await?;
    answer(connection, tools.now, stage, (&asked, &key), story).await
}

/// What is asked.
struct Act<'a> {
    id: Uuid,
    nth: usize,
    kind: &'a str,
    provider: &'a str,
    at: DateTime<Utc>,
    by: NaiveDate,
}

/// Freezes the extract, as the page does.
async fn send(
    connection: &mut PgConnection,
    tools: &Tools<'_>,
    stage: &Stage<'_>,
    act: &Act<'_>,
) -> anyhow::Result<Key> {
    let (nth, at, request) = (act.nth, act.at, uuid_at(act.at));
    let asked = Asked {
        naming: *Naming::ALL
            .get(nth % Naming::ALL.len())
            .context("a naming")?,
        by: act.by,
        ask: (*ASKS.get(nth % ASKS.len()).context("words")?).to_owned(),
        practical: (nth % 2 == 0).then(|| PRACTICAL.to_owned()),
    };
    let about = About {
        id: ServiceId(act.id),
        kind: act.kind,
        provider: act.provider,
        urgent: false,
        whom: &stage.whom,
    };
    let origin = TerritoryId(stage.team.city.territory);
    let slip = Slip::freeze(about, &asked, origin, local_date(at), tools.words);
    let sealed = Sealed::salted(&slip, &tools.ring.salt(request))?;
    let holder = Holder::new(HolderKind::Disclosure, request);
    let mut keys = keeper::data_keys(connection, tools.vault, &[holder]).await?;
    let key = keys.remove(&holder).context("no key")?;
    let text = key.seal(Field::DISCLOSURE_SNAPSHOT, request, &sealed.text)?;
    sqlx::query!(
        "insert into app.disclosure (id, kind, case_id, territory_id, to_org, service_id, expires_at, legal_basis,
             schema_version, snapshot_enc, sha256, composed_by, composed_at, sent_by, sent_at)
         values ($1, 'service', $2, $3, $4, $5, $6, 'service_request', $7, $8, $9, $10, $11, $10, $11)",
        request,
        stage.case,
        stage.team.city.territory,
        act.provider,
        act.id,
        at + TimeDelta::days(180),
        SCHEMA_VERSION,
        text.as_bytes(),
        sealed.sha256.as_slice(),
        stage.lead,
        at
    )
    .execute(&mut *connection)
    .await?;
    Ok(key)
}

/// The steps up to where the story ends.
async fn answer(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    stage: &Stage<'_>,
    (act, key): (&Act<'_>, &Key),
    story: &[S],
) -> anyhow::Result<()> {
    let mut from = S::Proposed;
    for (seq, to) in (1..).zip(story) {
        let step_at = (act.at + TimeDelta::hours(20 * i64::from(seq) - 19)).min(now);
        let step = uuid_at(step_at);
        let report = if matches!(to, S::Delivered | S::Partial) {
            Some(key.seal(Field::STEP_REPORT, step, REPORT)?)
        } else {
            None
        };
        let (day, reason) = said(*to, now, step_at);
        let by_cell = matches!(to, S::Sent | S::Cancelled);
        sqlx::query!(
            "insert into app.service_step (id, service_id, territory_id, seq, from_state, to_state, on_day, reason, report_enc, by_user, role, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            step,
            act.id,
            stage.team.city.territory,
            seq,
            from.code(),
            to.code(),
            day,
            reason,
            report.as_ref().map(SealedText::as_bytes),
            if by_cell { stage.lead } else { stage.focal },
            if by_cell { "social_worker" } else { "focal_point" },
            step_at
        )
        .execute(&mut *connection)
        .await?;
        from = *to;
    }
    Ok(())
}

/// The day and the reason of a step.
fn said(to: S, now: DateTime<Utc>, at: DateTime<Utc>) -> (Option<NaiveDate>, Option<&'static str>) {
    match to {
        S::Scheduled => (Some(local_date(now) + Days::new(4)), None),
        S::Delivered | S::Partial => (Some(local_date(at)), None),
        S::Refused => (None, Some("no_place")),
        S::NoShow => (None, Some("no_escort")),
        S::Cancelled => (None, Some("left_city")),
        _ => (None, None),
    }
}
