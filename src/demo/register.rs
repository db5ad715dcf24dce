//! The register of the plan with a committee at work in it: a city that is being prepared, with a decision, letters and
//! steps, and another that is only proposed. All of it is invented, and its words say so.

use crate::ids::RowId;
use anyhow::Context;
use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::PgConnection;

/// The city that is prepared: Fès, which no published source names.
const CITY: &str = "fes";
/// The one that is proposed: Oujda.
const PROPOSED: &str = "oujda-angad";
/// Key of the decision that began the preparation.
const DECISION: &str = "demo_fes";

/// A letter about the city, so many days old.
struct Letter {
    days: u64,
    from: &'static str,
    to: &'static str,
    purpose: &'static str,
    subject: &'static str,
    /// The step that it proves.
    step: Option<&'static str>,
}

const fn letter(
    days: u64,
    (from, to): (&'static str, &'static str),
    purpose: &'static str,
    subject: &'static str,
    step: Option<&'static str>,
) -> Letter {
    Letter {
        days,
        from,
        to,
        purpose,
        subject,
        step,
    }
}

const LETTERS: &[Letter] = &[
    letter(
        36,
        ("committee", "prosecution"),
        "joins_plan",
        "مثال للعرض: دعوة النيابة العامة بفاس إلى الانخراط في الخطة",
        Some("letters_prosecution"),
    ),
    letter(
        34,
        ("committee", "department"),
        "joins_plan",
        "مثال للعرض: مراسلة المصالح الخارجية للقطاعات المعنية بفاس",
        Some("letters_departments"),
    ),
    letter(
        33,
        ("committee", "authority"),
        "joins_plan",
        "مثال للعرض: إخبار السيد الوالي بالشروع في إعداد المدينة",
        Some("letters_authorities"),
    ),
    letter(
        27,
        ("committee", "department"),
        "asks_focal_point",
        "مثال للعرض: طلب تعيين نقاط الارتكاز",
        None,
    ),
    letter(
        18,
        ("department", "committee"),
        "names_focal_point",
        "Exemple de démonstration : désignation d'un point focal",
        None,
    ),
    letter(
        9,
        ("committee", "security"),
        "eases_field_work",
        "مثال للعرض: تسهيل الجولات الليلية للفريق",
        Some("letters_field"),
    ),
];

/// Writes it: what the committee does in life by the functions of the database, which ask who it is.
pub(super) async fn write(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> anyhow::Result<()> {
    cities(connection, today).await.context("cities")?;
    for (one, nth) in LETTERS.iter().zip(41..) {
        sent(connection, (now, today), one, nth)
            .await
            .with_context(|| one.purpose)?;
    }
    begun(connection, today).await.context("steps")?;
    partner(connection, now, today).await.context("partner")
}

/// Two that are proposed; one of them moves on by a decision.
async fn cities(connection: &mut PgConnection, today: NaiveDate) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into plan.city (slug, territory_id, phase, ar, fr, en, status, version, status_since)
         values ($1, 25, 'generalisation', 'فاس', 'Fès', 'Fez', 'preparing', 2, $3::date - 40),
                ($2, 21, 'generalisation', 'وجدة', 'Oujda', 'Oujda', 'candidate', 1, $3::date - 20)",
        CITY,
        PROPOSED,
        today
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into plan.decision (code, number, decided_on, ar, fr, en, by_role, at)
         values ($1, 'DEMO-03', $2::date - 42, 'مثال للعرض: الشروع في إعداد مدينة فاس للانضمام إلى الخطة.',
                 'Exemple de démonstration : engager la préparation de Fès.',
                 'Example of the demonstration: the preparation of Fez begins.', 'steering', $2::date - 42 + interval '15 hours')",
        DECISION,
        today
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into plan.decision_city (decision, city) values ($1, $2)",
        DECISION,
        CITY
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into plan.city_step (id, city, move, from_status, to_status, on_day, decision, reason, by_role, at)
         select gen_random_uuid(), x.city, x.move, x.was, x.becomes, $4::date - x.days, x.decision, x.reason, 'steering',
                $4::date - x.days + interval '16 hours'
         from (values ($1, 'propose', null, 'candidate', 60, null, 'مثال للعرض: اقتراح من الشركاء المحليين'),
                      ($1, 'prepare', 'candidate', 'preparing', 40, $3, null),
                      ($2, 'propose', null, 'candidate', 20, null, 'مثال للعرض: طلب من السلطات المحلية'))
              as x (city, move, was, becomes, days, decision, reason)
         order by x.days desc",
        CITY,
        PROPOSED,
        DECISION,
        today
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A letter, and the step that it proves.
async fn sent(
    connection: &mut PgConnection,
    (now, today): (DateTime<Utc>, NaiveDate),
    letter: &Letter,
    nth: i32,
) -> Result<(), sqlx::Error> {
    let id = RowId::new(now).0;
    let day = today - Days::new(letter.days);
    sqlx::query!(
        "with l as (
             insert into plan.correspondence (id, sent_on, from_party, to_party, reference, subject, purpose, by_role, at)
             values ($1, $2, $3, $4, 'DEMO/' || $5::integer, $6, $7, 'steering', $2::date + interval '11 hours') returning id)
         insert into plan.correspondence_city (letter, city) select l.id, $8 from l",
        id,
        day,
        letter.from,
        letter.to,
        nth,
        letter.subject,
        letter.purpose,
        CITY
    )
    .execute(&mut *connection)
    .await?;
    if let Some(step) = letter.step {
        sqlx::query!(
            "insert into plan.activation_step (id, city, step, state, on_day, letter, by_role, at)
             values (gen_random_uuid(), $1, $2, 'done', $3, $4, 'steering', $3::date + interval '12 hours')",
            CITY,
            step,
            day,
            id
        )
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// What is under way, and what is known of the city.
async fn begun(connection: &mut PgConnection, today: NaiveDate) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into plan.activation_step (id, city, step, state, on_day, note, by_role, at)
         values (gen_random_uuid(), $1, 'focal_points', 'under_way', $2::date - 18,
                 'مثال للعرض: عين قطاع واحد نقطة ارتكازه، وتنتظر القطاعات الأخرى.', 'steering', $2::date - 18 + interval '12 hours')",
        CITY,
        today
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into plan.readiness (id, city, criterion, answer, on_day, source, by_role, at)
         select gen_random_uuid(), x.city, x.criterion, x.answer, $3::date - 30, 'مثال للعرض: تصريح مختلق', 'steering',
                $3::date - 30 + interval '10 hours'
         from (values ($1, 'social_workers', 'met'), ($1, 'equipment', 'not_met'), ($2, 'magnitude', 'unknown'))
              as x (city, criterion, answer)",
        CITY,
        PROPOSED,
        today
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// An association of the city that no list had.
async fn partner(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with o as (
             insert into ref.organisation (code, type, territory_id) values ('demo_association_fes', 'association', 25)
             returning code), n as (
             insert into ref.organisation_name (organisation_code, lang, name, valid)
             select o.code, x.lang, x.name, daterange(null, null)
             from o, (values ('ar', 'جمعية مختلقة للعرض بفاس'), ('fr', 'Association fictive de Fès')) as x (lang, name))
         insert into plan.partner (id, organisation, role, city, since, source, by_role)
         select $1, o.code, 'association', $2, $3::date - 25, 'مثال للعرض', 'steering' from o",
        RowId::new(now).0,
        CITY,
        today
    )
    .execute(connection)
    .await?;
    Ok(())
}
