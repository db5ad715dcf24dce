//! The end of files in the story: what is weighed before some of them, the report on which a closing is asked for and
//! granted, and how the child was three and six months after; some of these checks are late, some found nobody.

use super::stage::{Sheets, Stage, with};
use crate::{clock::local_date, ids::uuid_at, vault::Field};
use anyhow::Context;
use chrono::{Days, Duration, Months, NaiveDate};
use serde_json::{Value, json};
use sqlx::PgConnection;

const WELL: &str = "استقبلت الأسرة الزيارة في جو هادئ. الطفل في القسم ولم يعد إلى الشارع.";
const AGAIN: &str = "وُجد الطفل مع أمه قرب السوق مرتين هذا الشهر. اقتُرح تدخل ميداني جديد.";
const VIEW: &str = "تعرّف على الأسرة ويريد العيش معها، ويريد أن يزور أصدقاءه.";
const NOBODY: &str = "انتقلت الأسرة ولم يترك أحد رقما. يُعاد البحث مع مقدم الحي.";

/// Writes them.
pub(super) async fn write(
    connection: &mut PgConnection,
    stages: &[Stage<'_>],
) -> anyhow::Result<()> {
    let mut sheets = Sheets::default();
    let mut checks = crate::closure::CHECKS.map(|months| (months, 0));
    for stage in stages {
        weigh(stage, &mut sheets)?;
        report(stage, &mut sheets)?;
        for (months, made) in &mut checks {
            if let Some(on) = day(stage, *months) {
                check(stage, *months, (*made, on), &mut sheets)?;
                *made += 1;
            }
        }
    }
    for table in ["best_interests", "closing_report", "after_closure"] {
        sheets.write(connection, table).await?;
    }
    ended(connection).await
}

/// What a court ordered and lasts has ended before a closing is asked for.
async fn ended(connection: &mut PgConnection) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into app.child_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, decided_on, recorded_at,
                                         recorded_by)
         select gen_random_uuid(), d.file_id, d.case_id, d.territory_id, d.court_id, d.person_id, 'measure_ended',
                (x.at at time zone 'Africa/Casablanca')::date, x.at, d.recorded_by
         from app.child_decision d
         join ref.child_decision_kind m on m.code = d.kind and m.lasts
         join app.judicial_child k on k.file_id = d.file_id and k.person_id = d.person_id
         join lateral (select e.id, e.state from app.case_episode e
                       where e.case_id = k.child_case_id order by e.seq desc limit 1) e on e.state in ('closure_requested', 'closed')
         cross join lateral (
             select greatest(max(t.at) - interval '2 hours', d.recorded_at + interval '1 minute') as at
             from app.case_transition t where t.episode_id = e.id and t.to_state = 'closure_requested') x
         where x.at is not null"
    )
    .execute(&mut *connection)
    .await
    .context("measures that ended")?;
    sqlx::query!(
        "insert into app.court_event (id, file_id, case_id, territory_id, court_id, kind, child_id, held_at, measure, recorded_by,
                                      recorded_at)
         select gen_random_uuid(), m.file_id, j.case_id, j.territory_id, j.court_id, 'juvenile_measure', m.person_id,
                (x.at at time zone 'Africa/Casablanca')::date::timestamp at time zone 'Africa/Casablanca', 'lifted', m.recorded_by, x.at
         from app.standing_measure m
         join app.judicial_file j on j.id = m.file_id
         join lateral (select e.id, e.state from app.case_episode e
                       where e.case_id = m.child_case_id order by e.seq desc limit 1) e on e.state in ('closure_requested', 'closed')
         cross join lateral (
             select greatest(max(t.at) - interval '2 hours', m.recorded_at + interval '1 minute') as at
             from app.case_transition t where t.episode_id = e.id and t.to_state = 'closure_requested') x
         where m.by_judge and m.lasts and m.ended_on is null and x.at is not null"
    )
    .execute(connection)
    .await
    .context("measures that the juvenile judge lifted")?;
    Ok(())
}

/// What comes before a kafala and before another country: the determination, approved by another.
fn weigh(stage: &Stage<'_>, sheets: &mut Sheets) -> anyhow::Result<()> {
    let occasion = match stage.episode.closure_reason {
        Some("kafala_pronounced") => "kafala",
        Some("abroad_repatriated") => "return_abroad",
        _ => return Ok(()),
    };
    let Some(asked) = stage.reached("closure_requested") else {
        return Ok(());
    };
    let at = asked - Duration::minutes(55);
    let id = uuid_at(at);
    let option =
        |what: &str, pro: &str, contra: &str| json!({ "what": what, "pro": pro, "contra": contra });
    let words = json!({
        "options": [
            option("بقاء الطفل في محيطه الحالي", "استمرار الدراسة والعلاقات", "لا يوجد من يتكفل به على الدوام"),
            option("العيش مع أسرة مستعدة للتكفل به", "رعاية دائمة وسكن لائق", "محيط جديد يحتاج إلى مواكبة"),
        ],
        "child_view": VIEW, "participants": "المكلفة بالملف، والأخصائي النفسي، والأسرة",
        "conclusion": "العيش مع الأسرة المستعدة للتكفل، بعد فترة تعارف تواكبها الخلية",
    });
    sheets.add("best_interests", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "occasion": occasion, "state": "approved",
        "met_on": local_date(at), "content_enc": stage.seal(Field::DETERMINATION, id, &words.to_string())?,
        "author": stage.lead, "submitted_at": at, "answer_due_at": at + Duration::hours(72), "version": 1,
        "answered_by": stage.supervisor, "answered_at": at + Duration::minutes(30), "answer_enc": Value::Null,
    })));
    Ok(())
}

fn report(stage: &Stage<'_>, sheets: &mut Sheets) -> anyhow::Result<()> {
    let Some(asked) = stage.reached("closure_requested") else {
        return Ok(());
    };
    let at = asked - Duration::minutes(15);
    let id = uuid_at(at);
    let reason = stage.episode.closure_reason.unwrap_or("objectives_met");
    let placement = match reason {
        "kafala_pronounced" => "kafala",
        "untraceable" => "unknown",
        "turned_18_aftercare" => "trusted_person",
        "handed_over_outside_plan" => "extended_family",
        _ => "one_parent",
    };
    let education = match stage.years(local_date(at)) {
        Some(years) if reason != "untraceable" => match years {
            0..=3 => "too_young",
            4..=5 => "preschool",
            6..=11 => "primary",
            12..=14 => "lower_secondary",
            _ => "vocational",
        },
        _ => "unknown",
    };
    let words = json!({
        "entry": "رصد الفريق الطفل في الشارع خلال جولة ميدانية، دون وثائق ومنقطعا عن الدراسة.",
        "done": "مواكبة اجتماعية ونفسية، وتسجيل في المدرسة، ووساطة أسرية، وزيارات منتظمة.",
        "now": "الطفل مستقر ويتابع دراسته، ولم تُسجل أي عودة إلى الشارع خلال مدة التتبع.",
        "watch": "الدخل غير قار. يُنصح بالتأكد من استفادة الأم من التكوين.",
    });
    sheets.add("closing_report", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "reason": reason, "placement": placement, "education": education,
        "text_enc": stage.seal(Field::CLOSING_REPORT, id, &words.to_string())?,
        "written_by": stage.lead, "written_at": at, "version": 1,
    })));
    Ok(())
}

/// How many days pass at most before a check is made: what has come due since then is still owed, and late.
const LATEST: i64 = 6;

/// The day of a check, where the closing owes it and it is made.
fn day(stage: &Stage<'_>, months: i16) -> Option<NaiveDate> {
    let not_owed = ["death", "abroad_repatriated", "not_begging", "untraceable"];
    let reason = stage.episode.closure_reason?;
    let closed = stage
        .episode
        .closed_at
        .filter(|_| !not_owed.contains(&reason))?;
    let due = local_date(closed).checked_add_months(Months::new(months.unsigned_abs().into()))?;
    let is_made = (local_date(stage.now) - due).num_days() > LATEST;
    let on = due + Days::new(u64::from(stage.lot()) % 6);
    (is_made && !stage.is_reopened).then_some(on)
}

/// One check, the `nth` of its kind: of those after six months the first and every sixth after it found nobody, and is
/// tried again; of those after three months the first and every fourteenth found a child who begs again.
fn check(
    stage: &Stage<'_>,
    months: i16,
    (nth, on): (usize, NaiveDate),
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let reached = months == 3 || !nth.is_multiple_of(6);
    let again = months == 3 && nth.is_multiple_of(14);
    looked(stage, months, (on, reached, again), sheets)?;
    let later = on + Days::new(9);
    if !reached && later <= local_date(stage.now) {
        looked(stage, months, (later, true, false), sheets)?;
    }
    Ok(())
}

/// One look after a closing: on which day, whether anybody was met, and whether the child begs again.
fn looked(
    stage: &Stage<'_>,
    months: i16,
    (on, reached, again): (NaiveDate, bool, bool),
    sheets: &mut Sheets,
) -> anyhow::Result<()> {
    let at = on
        .and_hms_opt(11, 0, 0)
        .map_or(stage.now, |at| at.and_utc());
    let at = at.min(stage.now);
    let id = uuid_at(at);
    let words = match (reached, again) {
        (false, _) => NOBODY,
        (true, true) => AGAIN,
        (true, false) => WELL,
    };
    sheets.add("after_closure", with(stage.row(id), json!({
        "episode_id": stage.episode.id, "months": months, "reached": reached, "checked_on": on,
        "safe": reached.then_some(true), "schooled": reached.then_some(!again), "begging_again": reached.then_some(again),
        "words_enc": stage.seal(Field::AFTER_CLOSURE, id, words)?, "recorded_by": stage.lead, "recorded_at": at,
    })));
    Ok(())
}
