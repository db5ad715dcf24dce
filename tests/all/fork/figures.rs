//! Which acts for mothers count, by their rows and in the counts of a release.

use crate::support::TestDb;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The mothers' services that a release counts, over all families.
pub(super) async fn shown(db: &TestDb) -> Vec<(String, i32)> {
    sqlx::query_as(
        "select key, n from stat.exact_cells(current_date)
         where measure = 'services' and sex = 'mother' and territory_id = 1 order by key",
    )
    .fetch_all(&mut db.connect("sanad_job").await)
    .await
    .unwrap()
}

/// The acts for mothers of Rabat that count, as their rows say.
pub(super) async fn counted(admin: &mut PgConnection) -> BTreeSet<Uuid> {
    let found: Vec<Uuid> = sqlx::query_scalar(
        "select s.id from app.service s join app.service_beneficiary b on b.service_id = s.id
         where s.state in ('delivered', 'partial') and s.territory_at = 1
           and b.mother_effect in ('not_prosecuted', 'no_procedure') and s.delivered_on <= current_date",
    )
    .fetch_all(admin)
    .await
    .unwrap();
    found.into_iter().collect()
}

/// These acts by family.
pub(super) async fn by_family(
    admin: &mut PgConnection,
    acts: &BTreeSet<Uuid>,
) -> Vec<(String, i32)> {
    sqlx::query_as(
        "select coalesce(k.parent, k.code), count(*)::integer
         from app.service s join app.service_beneficiary b on b.service_id = s.id and b.mother_effect is not null
         join ref.service_kind k on k.code = coalesce(b.counts_as, s.kind)
         where s.id = any ($1) group by 1 order by 1",
    )
    .bind(acts.iter().copied().collect::<Vec<Uuid>>())
    .fetch_all(admin)
    .await
    .unwrap()
}
