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

/// A fresh token and the hash that the database keeps. Each step of sign-in, each confirmation and each change
/// of a credential gives the session a new one.
pub struct Token {
    secret: String,
    sha256: [u8; 32],
}

impl Token {
    /// 256 random bits.
    pub fn random() -> Self {
        let secret = random();
        let sha256 = Sha256::digest(secret.as_bytes()).into();
        Self { secret, sha256 }
    }

    /// What the database is told.
    pub fn sha256(&self) -> &[u8] {
        &self.sha256
    }

    /// The cookie that holds it: never read by a script, never sent by another site's form.
    pub fn cookie(self, config: &Config) -> Cookie<'static> {
        cookie(cookie_name(config), self.secret, config)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

fn random() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex::encode(bytes)
}

fn cookie(name: &'static str, value: String, config: &Config) -> Cookie<'static> {
    let mut cookie = Cookie::new(name, value);
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(config.is_https());
    cookie
}

/// `__Host-sid` where the site is https; plain in the demonstration on the loopback.
pub(super) fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() {
        "__Host-sid"
    } else {
        "sid"
    }
}

/// The mark of a device that signed in before: its own wrong passwords are counted apart. It opens nothing.
pub(super) const DEVICE: &str = "device";

/// The mark of a browser that was asked for a passkey: nobody else can answer for it.
pub(super) const ENTERING: &str = "entering";

/// Such a mark; of no use once the challenge is spent.
pub(super) fn entering_cookie(config: &Config) -> Cookie<'static> {
    let mut cookie = cookie(ENTERING, random(), config);
    cookie.set_same_site(SameSite::Strict);
    cookie
}

/// A mark for a device that has none.
pub(super) fn device_cookie(config: &Config) -> Cookie<'static> {
    let mut cookie = cookie(DEVICE, random(), config);
    cookie.make_permanent();
    cookie
}

/// The hash of the token in the cookie, if there is one.
pub(super) fn hash_in(config: &Config, jar: &CookieJar) -> Option<[u8; 32]> {
    let cookie = jar.get(cookie_name(config))?;
    Some(Sha256::digest(cookie.value().as_bytes()).into())
}

/// Who is behind the cookie; `None` for nobody, an ended session, or one that still needs something.
pub async fn resolve(state: &AppState, jar: &CookieJar) -> Result<Option<Actor>, AppError> {
    Ok(held(state, jar).await?.and_then(|held| held.actor))
}

/// What a session still needs before it may choose a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// A code of the second factor.
    Factor,
    /// A second factor.
    Enrolment,
}

/// A live session, whatever it may do yet.
pub(super) struct Held {
    pub(super) user: UserId,
    pub(super) key: SessionKey,
    pub(super) need: Option<Need>,
    pub(super) has_post: bool,
    pub(super) actor: Option<Actor>,
}

/// The session behind the cookie, if it is alive.
pub(super) async fn held(state: &AppState, jar: &CookieJar) -> Result<Option<Held>, AppError> {
    let Some(sha256) = hash_in(&state.config, jar) else {
        return Ok(None);
    };
    let row = sqlx::query!(
        r#"select user_id as "user_id!: UserId", name_ar as "name_ar!", name_la as "name_la!",
                  assignment_id as "assignment: AssignmentId", role, territory_id as "territory: TerritoryId",
                  court_id as "court: CourtId", organisation_code, needs, fresh as "fresh!",
                  coalesce(g.notices, 0) as "notices!", g.emergency as "emergency?: RowId",
                  g.case_id as "case?: CaseId", g.case_number as "case_number?", g.until as "until?"
           from sec.resolve($1, make_interval(secs => $2)) left join lateral sec.signals($1) g on true"#,
        sha256.as_slice(),
        state.config.session_idle.as_secs_f64()
    )
    .fetch_optional(state.db.alone())
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let key = SessionKey::new(sha256);
    let need = match row.needs.as_deref() {
        Some("factor") => Some(Need::Factor),
        Some(_) => Some(Need::Enrolment),
        None => None,
    };
    let role = row.role.as_deref().and_then(Role::from_code);
    let actor = match (need, role, row.assignment) {
        (None, Some(role), Some(assignment)) => Some(Actor {
            user: row.user_id,
            assignment,
            role,
            scope: scope(row.territory, row.court, row.organisation_code),
            name_ar: row.name_ar,
            name_la: row.name_la,
            is_fresh: row.fresh,
            signals: Signals {
                notices: row.notices,
                emergency: match (row.emergency, row.case, row.case_number, row.until) {
                    (Some(id), Some(case), Some(number), Some(until)) => Some(Emergency {
                        id,
                        case,
                        number,
                        until,
                    }),
                    _ => None,
                },
            },
            session: key.clone(),
        }),
        _ => None,
    };
    Ok(Some(Held {
        user: row.user_id,
        key,
        need,
        has_post: row.assignment.is_some(),
        actor,
    }))
}

/// The place of a post.
pub fn scope(
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

/// The codes of the roles that must have a second factor here; the database asks it of whoever holds one.
pub fn strict_roles(config: &Config) -> Vec<String> {
    Role::ALL
        .iter()
        .filter(|role| config.require_second_factor && role.needs_second_factor())
        .map(|role| role.code().to_owned())
        .collect()
}

/// Ends a session.
pub(super) async fn close(tx: &mut Tx, sha256: [u8; 32]) -> Result<(), AppError> {
    sqlx::query!("select sec.close_session($1)", sha256.as_slice())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
