//! A few people in two cities, in every relation to a file that the rules tell apart.

use super::TestDb;
use sanad::authz::Role;
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
    sqlx::raw_sql(include_str!("world.sql"))
        .execute(&mut db.connect("postgres").await)
        .await
        .unwrap();
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
