//! Sessions: an opaque token in a cookie, its SHA-256 in the database (architecture §0.5).

use crate::{
    config::Config,
    db::Tx,
    error::AppError,
    ids::{AssignmentId, CaseId, CourtId, RowId, TerritoryId, UserId},
    policy::{Actor, Emergency, Role, Scope, SessionKey, Signals},
    state::AppState,
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use rand::Rng as _;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A fresh token and the hash that the database keeps.
pub(super) struct Token {
    secret: String,
    pub(super) sha256: [u8; 32],
}

impl Token {
    pub(super) fn new() -> Self {
        let mut bytes = [0u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        let secret = hex::encode(bytes);
        let sha256 = Sha256::digest(secret.as_bytes()).into();
        Self { secret, sha256 }
    }

    /// The cookie that holds it: never read by a script, never sent by another site's form.
    pub(super) fn cookie(self, config: &Config) -> Cookie<'static> {
        let mut cookie = Cookie::new(cookie_name(config), self.secret);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(config.is_https());
        cookie
    }
}

/// `__Host-sid` where the site is https; plain in the demonstration on the loopback.
pub(super) fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() {
        "__Host-sid"
    } else {
        "sid"
    }
}

/// The hash of the token in the cookie, if there is one.
pub(super) fn hash_in(config: &Config, jar: &CookieJar) -> Option<[u8; 32]> {
    let cookie = jar.get(cookie_name(config))?;
    Some(Sha256::digest(cookie.value().as_bytes()).into())
}

/// Who is behind the cookie; `None` for nobody, an ended session, or one that has chosen no assignment.
pub async fn resolve(state: &AppState, jar: &CookieJar) -> Result<Option<Actor>, AppError> {
    let Some(sha256) = hash_in(&state.config, jar) else {
        return Ok(None);
    };
    let mut tx = state.db.begin_anonymous().await?;
    let found = find(&mut tx, sha256, state.config.session_idle).await?;
    tx.commit().await?;
    Ok(found.and_then(|found| found.into_actor(sha256)))
}

/// A live session, perhaps without an assignment.
pub(super) struct Found {
    pub(super) user: UserId,
    name_ar: String,
    name_la: String,
    assignment: Option<AssignmentId>,
    role: Option<String>,
    territory: Option<TerritoryId>,
    court: Option<CourtId>,
    organisation: Option<String>,
    signals: Signals,
}

impl Found {
    fn into_actor(self, sha256: [u8; 32]) -> Option<Actor> {
        let role = Role::from_code(&self.role?)?;
        Some(Actor {
            user: self.user,
            assignment: self.assignment?,
            role,
            scope: scope(self.territory, self.court, self.organisation),
            name_ar: self.name_ar,
            name_la: self.name_la,
            signals: self.signals,
            session: SessionKey::new(sha256),
        })
    }
}

fn scope(
    territory: Option<TerritoryId>,
    court: Option<CourtId>,
    organisation: Option<String>,
) -> Scope {
    match (territory, court, organisation) {
        (Some(territory), _, Some(organisation)) => Scope::Organisation(territory, organisation),
        (Some(territory), _, None) => Scope::Prefecture(territory),
        (None, Some(court), _) => Scope::Court(court),
        (None, None, _) => Scope::Country,
    }
}

pub(super) async fn find(
    tx: &mut Tx,
    sha256: [u8; 32],
    idle: Duration,
) -> Result<Option<Found>, AppError> {
    let row = sqlx::query!(
        r#"select user_id as "user_id!: UserId", name_ar as "name_ar!", name_la as "name_la!",
                  assignment_id as "assignment: AssignmentId", role,
                  territory_id as "territory: TerritoryId", court_id as "court: CourtId", organisation_code,
                  coalesce(g.notices, 0) as "notices!", g.emergency as "emergency?: RowId",
                  g.case_id as "case?: CaseId", g.case_number as "case_number?", g.until as "until?"
           from sec.resolve($1, make_interval(secs => $2)) left join lateral sec.signals($1) g on true"#,
        sha256.as_slice(),
        idle.as_secs_f64()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|r| Found {
        user: r.user_id,
        name_ar: r.name_ar,
        name_la: r.name_la,
        assignment: r.assignment,
        role: r.role,
        territory: r.territory,
        court: r.court,
        organisation: r.organisation_code,
        signals: Signals {
            notices: r.notices,
            emergency: match (r.emergency, r.case, r.case_number, r.until) {
                (Some(id), Some(case), Some(number), Some(until)) => Some(Emergency {
                    id,
                    case,
                    number,
                    until,
                }),
                _ => None,
            },
        },
    }))
}

/// Opens a session and gives its cookie.
pub(super) async fn open(
    tx: &mut Tx,
    config: &Config,
    user: UserId,
    assignment: Option<AssignmentId>,
    device: &str,
) -> Result<Cookie<'static>, AppError> {
    let token = Token::new();
    sqlx::query!(
        "select sec.open_session($1, $2, $3, make_interval(secs => $4), make_interval(secs => $5), $6)",
        token.sha256.as_slice(),
        user.0,
        assignment.map(|a| a.0),
        config.session_idle.as_secs_f64(),
        config.session_life.as_secs_f64(),
        device
    )
    .execute(&mut **tx)
    .await?;
    Ok(token.cookie(config))
}

/// Ends a session.
pub(super) async fn close(tx: &mut Tx, sha256: [u8; 32]) -> Result<(), AppError> {
    sqlx::query!("select sec.close_session($1)", sha256.as_slice())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// An assignment to choose from.
pub(super) struct Choice {
    pub(super) id: AssignmentId,
    pub(super) role: Role,
    pub(super) scope: Scope,
}

/// The live assignments of a user.
pub(super) async fn assignments(tx: &mut Tx, user: UserId) -> Result<Vec<Choice>, AppError> {
    let rows = sqlx::query!(
        r#"select id as "id!: AssignmentId", role as "role!", territory_id as "territory: TerritoryId",
                  court_id as "court: CourtId", organisation_code
           from sec.assignments_of($1)"#,
        user.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|r| {
            let role = Role::from_code(&r.role)?;
            Some(Choice {
                id: r.id,
                role,
                scope: scope(r.territory, r.court, r.organisation_code),
            })
        })
        .collect())
}
