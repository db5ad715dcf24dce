//! A few people in two cities, in every relation to a file that the rules tell apart.

use super::{TestDb, database};
use sanad::{
    authz::Role,
    blobs::{self, Blobs},
    vault::{Field, Holder, keeper},
};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// Rabat and its court.
pub const RABAT: i16 = 1;
/// First-instance court of Rabat.
pub const COURT_OF_RABAT: i16 = 11;

/// Where someone works.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// A prefecture.
    Prefecture(i16),
    /// An organisation of a prefecture.
    Organisation(i16, &'static str),
    /// A court.
    Court(i16),
    /// No place.
    Country,
}

/// A place in Rabat for someone of that role.
pub fn place_of(role: Role) -> Place {
    match role {
        Role::SocialWorker | Role::Supervisor => Place::Prefecture(RABAT),
        Role::FocalPoint | Role::InstitutionManager => Place::Organisation(RABAT, "en_cell_rabat"),
        Role::Prosecutor | Role::CourtRegistrar | Role::ChiefProsecutor => {
            Place::Court(COURT_OF_RABAT)
        }
        Role::Steering | Role::Admin | Role::Dpo => Place::Country,
    }
}

/// The id of a thing of the world, by its name, as `world.sql` computes it.
pub fn id(name: &str) -> Uuid {
    let digest = Sha256::digest(name);
    Uuid::from_slice(&digest[..16]).unwrap()
}

/// The hash of someone's session: their cookie holds their name.
pub fn session_of(username: &str) -> String {
    hex::encode(Sha256::digest(username))
}

/// Puts them in.
pub async fn build(db: &TestDb) {
    let mut connection = db.connect("postgres").await;
    sqlx::raw_sql(include_str!("world.sql"))
        .execute(&mut connection)
        .await
        .unwrap();
    seal(&mut connection).await;
}

/// Puts what `world.sql` laid into the table `plain` where it belongs, sealed as the application does it.
async fn seal(connection: &mut PgConnection) {
    let plain: Vec<(String, Uuid, Uuid, String)> =
        sqlx::query_as("select field, holder, row_id, text from pg_temp.plain")
            .fetch_all(&mut *connection)
            .await
            .unwrap();
    let of = |column: &str| {
        let field = Field::ALL.iter().find(|field| field.column() == column);
        *field.unwrap_or_else(|| panic!("no field {column}"))
    };
    let holder = |column: &str, id: Uuid| Holder::new(of(column).holder(), id);
    let holders: Vec<Holder> = plain.iter().map(|(f, h, ..)| holder(f, *h)).collect();
    let keys = keeper::data_keys(connection, &database::vault(), &holders)
        .await
        .unwrap();
    // what is sent is frozen, also for whoever lays out a world
    sqlx::raw_sql("set session_replication_role = replica")
        .execute(&mut *connection)
        .await
        .unwrap();
    for (field, id, row, text) in plain {
        let sealed = keys[&holder(&field, id)]
            .seal(of(&field), row, &text)
            .unwrap();
        let (table, column) = field.split_once('.').unwrap();
        let key = if table == "adult_decision_text" {
            "decision_id"
        } else {
            "id"
        };
        let sql = format!("update app.{table} set {column} = $1 where {key} = $2");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(sealed.as_bytes())
            .bind(row)
            .execute(&mut *connection)
            .await
            .unwrap();
    }
}

/// Lays the bytes of the documents into the store.
pub async fn documents(db: &TestDb, blobs: &Blobs) {
    let mut connection = db.connect("postgres").await;
    let rows: Vec<(Uuid, Uuid, String)> = sqlx::query_as(
        "select a.id, a.blob, '%PDF-1.4 CANARY-child-' || f.name from app.attachment a
         join (values ('rabat.mine'), ('rabat.colleague'), ('rabat.protected'), ('sale.mine')) as f (name)
             on a.id in (substr(encode(sha256(convert_to('document ' || f.name, 'UTF8')), 'hex'), 1, 32)::uuid,
                         substr(encode(sha256(convert_to('scan ' || f.name, 'UTF8')), 'hex'), 1, 32)::uuid)
         union all
         select p.id, p.blob, '%PDF-1.4 an invented letter of ' || substr(m.name_la, 17)
         from plan.scan p join plan.member m on m.designation_id = p.designation_id",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let holder = |id: Uuid| Holder::new(Field::DOCUMENT.holder(), id);
    let holders: Vec<Holder> = rows.iter().map(|(id, ..)| holder(*id)).collect();
    let keys = keeper::data_keys(&mut connection, &database::vault(), &holders)
        .await
        .unwrap();
    for (id, blob, text) in rows {
        let key = &keys[&holder(id)];
        let sealed = blobs::seal(key, Field::DOCUMENT, id, text.as_bytes()).unwrap();
        blobs.put(blob, sealed).await.unwrap();
    }
}

/// Someone new, with one assignment and an open session; gives the name.
pub async fn sign_in(db: &TestDb, role: Role, place: Place) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let username = format!(
        "new{}.{}",
        NEXT.fetch_add(1, Ordering::Relaxed),
        role.code()
    );
    let (territory, court, organisation) = match place {
        Place::Prefecture(id) => (Some(id), None, None),
        Place::Organisation(id, code) => (Some(id), None, Some(code)),
        Place::Court(id) => (None, Some(id), None),
        Place::Country => (None, None, None),
    };
    let mut connection: PgConnection = db.connect("postgres").await;
    sqlx::query(
        "with u as (insert into sec.app_user (id, username, name_ar, name_la) values ($1, $2, 'أحد', 'Someone') returning id),
              a as (insert into sec.role_assignment (id, user_id, role, territory_id, court_id, organisation_code)
                    select gen_random_uuid(), id, $3, $4, $5, $6 from u returning id, user_id)
         insert into sec.session (token_sha256, user_id, assignment_id, epoch, idle_until, expires_at)
         select sha256(convert_to($2, 'UTF8')), user_id, id, 1, now() + interval '1 hour', now() + interval '1 hour' from a",
    )
    .bind(id(&username))
    .bind(&username)
    .bind(role.code())
    .bind(territory)
    .bind(court)
    .bind(organisation)
    .execute(&mut connection)
    .await
    .unwrap();
    username
}
