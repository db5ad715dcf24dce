//! What an administrator finds in the demonstration: people who left, posts that ended, letters, a code that was
//! issued, posts reviewed and not yet reviewed, a lost factor that waits for the second person.

use super::accounts::Staff;
use crate::ids::{AssignmentId, RowId, UserId};
use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;

/// People who worked in a city before: user name, names, prefecture, months since they left.
const LEFT: &[(&str, &str, &str, i16, i32)] = &[
    ("salwa.former", "سلوى البحيرة", "Salwa Bouhira", 1, 3),
    ("tarik.former", "طارق الصنوبر", "Tarik Snoubar", 2, 7),
    ("hind.former", "هند اللوز", "Hind Louz", 6, 12),
];

/// Somebody who was added and has not come for the code yet.
const NEWCOMER: (&str, &str, &str, i16) = ("amal.new", "أمل السواقي", "Amal Souaki", 2);

/// Whose second factor is lost, it is said.
const LOST: &str = super::accounts::ENROLLED;

/// Writes it all, after the accounts.
pub(super) async fn write(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    staff: &Staff,
) -> anyhow::Result<()> {
    let admin = staff.get("admin").context("no administrator")?;
    sqlx::query!(
        "update sec.role_assignment a
         set designation = 'D-' || to_char(lower(valid), 'YYYY') || '/' || (100 + abs(hashtext(a.id::text)) % 800)
         where abs(hashtext(a.user_id::text)) % 9 <> 0"
    )
    .execute(&mut *connection)
    .await
    .context("letters")?;
    sqlx::query!(
        "update sec.app_user u
         set last_entered_at = $1::timestamptz - (abs(hashtext(username)) % 20000) * interval '1 minute'
         where abs(hashtext(username)) % 7 <> 0",
        now
    )
    .execute(&mut *connection)
    .await
    .context("sign-ins")?;
    for (username, name_ar, name_la, territory, months) in LEFT {
        sqlx::query!(
            "with u as (insert into sec.app_user (id, username, name_ar, name_la, active, epoch, last_entered_at,
                                                  closed_at, closed_by)
                 values ($1, $2, $3, $4, false, 2, now() - make_interval(months => $7),
                         current_date - make_interval(months => $7) + interval '10 hours', $8)
                 returning id, closed_at, closed_by)
             insert into sec.role_assignment (id, user_id, role, territory_id, valid, designation, ended_at, ended_by)
             select $5, id, 'social_worker', $6, daterange((current_date - interval '2 years')::date,
                    (current_date - make_interval(months => $7))::date), 'D-2024/' || (10 * $7), closed_at, closed_by
             from u",
            UserId::new(now).0,
            username,
            name_ar,
            name_la,
            AssignmentId::new(now).0,
            territory,
            months,
            admin.0
        )
        .execute(&mut *connection)
        .await
        .context("people who left")?;
    }
    let (username, name_ar, name_la, territory) = NEWCOMER;
    sqlx::query!(
        "with u as (insert into sec.app_user (id, username, name_ar, name_la) values ($1, $2, $3, $4) returning id),
              a as (insert into sec.role_assignment (id, user_id, role, territory_id, designation)
                    select $5, id, 'social_worker', $6, 'D-2026/417' from u)
         insert into sec.access_code (id, user_id, code_sha256, issued_by, expires_at)
         select $7, id, sha256(convert_to(gen_random_uuid()::text, 'UTF8')), $8, now() + interval '15 minutes' from u",
        UserId::new(now).0,
        username,
        name_ar,
        name_la,
        AssignmentId::new(now).0,
        territory,
        RowId::new(now).0,
        admin.0
    )
    .execute(&mut *connection)
    .await
    .context("a newcomer")?;
    reviews(connection, *admin).await?;
    let lost = staff.get(LOST).context("nobody has a factor")?;
    sqlx::query!(
        "insert into sec.factor_lift (id, user_id, asked_by, asked_at) values ($1, $2, $3, $4)",
        RowId::new(now).0,
        lost.0,
        admin.0,
        now - TimeDelta::hours(2)
    )
    .execute(connection)
    .await
    .context("a lost factor")?;
    Ok(())
}

/// Posts found right: some of this quarter, most of the last one.
async fn reviews(connection: &mut PgConnection, by: UserId) -> anyhow::Result<()> {
    sqlx::query!(
        "insert into sec.access_review (assignment_id, quarter, reviewed_by)
         select id, date_trunc('quarter', current_date)::date, $1 from sec.role_assignment
         where valid @> current_date and user_id <> $1 and abs(hashtext(id::text)) % 3 = 0",
        by.0
    )
    .execute(&mut *connection)
    .await
    .context("reviews")?;
    sqlx::query!(
        "insert into sec.access_review (assignment_id, quarter, reviewed_by, reviewed_at)
         select id, q, $1, q + (20 + abs(hashtext(id::text)) % 30) + time '10:00'
         from sec.role_assignment,
              (select (date_trunc('quarter', current_date) - interval '3 months')::date) as before (q)
         where valid && daterange(q, (q + interval '3 months')::date) and user_id <> $1
           and abs(hashtext(id::text)) % 9 <> 0",
        by.0
    )
    .execute(connection)
    .await
    .context("reviews of the last quarter")?;
    Ok(())
}
