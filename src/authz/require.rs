//! The permission of a handler, as a type.

use super::{Actor, Permission, Scope};
use crate::{
    clock::Clock,
    db::{Db, Tx},
    error::AppError,
    releases::{Kept, ToldMonth, read::Release},
    state::AppState,
    web::Ui,
};
use axum::{
    extract::FromRequestParts,
    http::{Method, header, request::Parts},
};
use std::{marker::PhantomData, sync::Arc};
use uuid::Uuid;

/// A permission named as a type; see [`can`].
pub trait Grant: Send + Sync + 'static {
    /// The permission.
    const PERMISSION: Permission;
}

macro_rules! grants {
    ($($name:ident),+ $(,)?) => {
        /// One type for each permission: `Require<can::CaseRead>`.
        pub mod can {
            use super::{Grant, Permission};
            $(
                #[doc = concat!("See [`Permission::", stringify!($name), "`].")]
                #[derive(Debug, Clone, Copy)]
                pub struct $name;
                impl Grant for $name { const PERMISSION: Permission = Permission::$name; }
            )+
        }
    };
}
grants!(
    ContactLog,
    ContactRead,
    ContactTriage,
    CaseRead,
    CaseWork,
    CaseAssign,
    CaseReaders,
    PlanAnswer,
    DocumentRead,
    DocumentAdd,
    MotherRead,
    FamilyAlerts,
    DuplicateAnswer,
    SupportOpen,
    ServiceRecord,
    RequestAnswer,
    ReferralCompose,
    ReferralTransmit,
    ProsecutionRead,
    ProsecutionReceive,
    DecisionRecord,
    FileStudy,
    RosterKeep,
    CourtFigures,
    FiguresRead,
    ReportKeep,
    CityFigures,
    PlanRead,
    CityTeamRead,
    CityTeamKeep,
    MeetingRead,
    MeetingKeep,
    PlanLetters,
    PlanKeep,
    AuditRead,
    AuditRoot,
    TaskKeep,
    TeamRead,
    JobsManage,
    FileProtect,
    GrantGive,
    GlassBreak,
    GlassReview,
    ProtectionRead,
    NoticeRead,
    DraftKeep,
    ClinicalKeep,
    AccountKeep,
    UserManage,
    AccessReview,
    ShelterRead,
    BedRequest,
    PlacesKeep,
    CityKeep,
);

/// How recently a reader must have shown who they are: [`Any`] or [`Fresh`].
pub trait Recency: Send + Sync + 'static {
    /// Whether the last factor must be at most five minutes old.
    const FRESH: bool;
}

/// A live session is enough.
#[derive(Debug, Clone, Copy)]
pub struct Any;
impl Recency for Any {
    const FRESH: bool = false;
}

/// Step-up: `Require<can::X, Fresh>` sends a reader whose last factor is older than five minutes to
/// `/account/confirm` and, from there, back to what they were doing; the fields of a form come along.
#[derive(Debug, Clone, Copy)]
pub struct Fresh;
impl Recency for Fresh {
    const FRESH: bool = true;
}

/// Someone signed in whose role has the permission; and, through them, the only door to the database.
#[derive(Debug)]
pub struct Require<G, R = Any> {
    /// Who asks.
    pub actor: Arc<Actor>,
    /// Language, labels and layout of the answer.
    pub ui: Ui,
    /// The clock.
    pub clock: Clock,
    db: Db,
    kept: Kept,
    /// Every id in the address.
    things: Vec<Uuid>,
    stale: Option<Stale>,
    grant: PhantomData<(G, R)>,
}

/// A reader whose last factor is older than five minutes.
#[derive(Debug)]
struct Stale {
    /// Where to go on after confirming.
    next: String,
    is_form: bool,
    /// The body holds a file, and cannot be sent along.
    has_file: bool,
}

impl<G: Grant, R: Recency> Require<G, R> {
    /// A transaction in which row security knows who asks. There is no other door, so two things are asked
    /// here of every page whose address names a file or what hangs on one: whether a reader who is not fresh
    /// is shown a protected file, and whether an emergency is about to be more than read.
    pub async fn begin(&self) -> Result<Tx, AppError> {
        let mut tx = self.db.begin(&self.actor, self.ui.request_id()).await?;
        // a body with a file cannot be sent along: its page asked, and what answers it shows less
        if !self.stale.as_ref().is_some_and(|stale| stale.has_file) {
            self.ask_about(&mut tx, &self.things).await?;
        }
        if G::PERMISSION.changes_files() && self.ui.emergency().is_some() && !self.things.is_empty()
        {
            let refused =
                sqlx::query_scalar!(r#"select app.reads_only($1) as "no!""#, &self.things)
                    .fetch_one(&mut *tx)
                    .await?;
            if refused {
                return Err(AppError::Forbidden);
            }
        }
        Ok(tx)
    }

    /// The first of the two for what is named in the fields of a form instead.
    pub async fn ask_about(&self, tx: &mut Tx, things: &[Uuid]) -> Result<(), AppError> {
        match &self.stale {
            Some(stale) if self.must_confirm(tx, things).await? => Err(AppError::Confirm {
                next: stale.next.clone(),
                is_form: stale.is_form,
            }),
            _ => Ok(()),
        }
    }

    /// Whether one of these is of a protected file, and the reader not fresh enough to be shown it.
    pub async fn must_confirm(&self, tx: &mut Tx, things: &[Uuid]) -> Result<bool, AppError> {
        if self.stale.is_none() || things.is_empty() {
            return Ok(false);
        }
        let asks = sqlx::query_scalar!(r#"select app.asks_factor($1) as "asks!""#, things)
            .fetch_one(&mut **tx)
            .await?;
        Ok(asks)
    }

    /// A transaction of the role that reads figures and the plan, and no person.
    pub async fn begin_figures(&self) -> Result<Tx, AppError> {
        self.db.begin_figures().await
    }

    /// The figures of a month that was told, read once for all readers; `last` is the newest month there is.
    pub async fn told(
        &self,
        tx: &mut Tx,
        release: &Release,
        last: &Release,
    ) -> Result<Arc<ToldMonth>, AppError> {
        self.kept.month(tx, release, last).await
    }

    /// A transaction for the register of the plan, its teams and its meetings: row security and the functions of schema
    /// `plan` ask who it is. The committee's own pool writes nothing; in this one row security shows it no child.
    pub async fn begin_register(&self) -> Result<Tx, AppError> {
        self.db
            .begin_held(&self.actor.session, self.ui.request_id())
            .await
    }

    /// A transaction about one's own account or, for the administration, about others': by functions that
    /// ask who it is, whatever the role.
    pub async fn begin_account(&self) -> Result<Tx, AppError> {
        self.db
            .begin_held(&self.actor.session, self.ui.request_id())
            .await
    }
}

impl<G: Grant, R: Recency> FromRequestParts<AppState> for Require<G, R> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let ui = Ui::of(parts)?;
        let Some(actor) = ui.actor().cloned() else {
            return Err(AppError::SignIn(ui.back().unwrap_or("/").to_owned()));
        };
        if !actor.may(G::PERMISSION) {
            return Err(AppError::Forbidden);
        }
        let next = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let is_form = parts.method == Method::POST;
        if R::FRESH && !actor.is_fresh {
            return Err(AppError::Confirm {
                next: next.to_owned(),
                is_form,
            });
        }
        let things = ids_in(next);
        let is_social = matches!(actor.scope, Scope::Prefecture(_));
        let stale = (is_social && !actor.is_fresh).then(|| Stale {
            next: next.to_owned(),
            is_form,
            has_file: is_form && has_file(parts),
        });
        Ok(Self {
            actor,
            ui,
            clock: state.clock.clone(),
            db: state.db.clone(),
            kept: state.kept.clone(),
            things,
            stale,
            grant: PhantomData,
        })
    }
}

/// The ids of an address, in its path and in its query, as handlers read them: with escapes undone, so that
/// nobody passes the questions by with a `%2D`.
fn ids_in(address: &str) -> Vec<Uuid> {
    address
        .split(['/', '?', '&', '='])
        .flat_map(|part| form_urlencoded::parse(part.as_bytes()))
        .filter_map(|(part, _)| part.trim().parse().ok())
        .collect()
}

fn has_file(parts: &Parts) -> bool {
    let kind = parts.headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_in_an_address_however_it_is_written() {
        let id = Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_00ab);
        let plain = id.to_string();
        let escaped: String = plain.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for written in [
            plain.clone(),
            plain.to_uppercase(),
            plain.replace('-', ""),
            plain.replace('-', "%2D"),
            plain.replace('-', "%2d"),
            format!("%7B{plain}%7D"),
            escaped,
        ] {
            for address in [
                format!("/cases/{written}"),
                format!("/cases/{written}/state?from=list"),
                format!("/services/new?note=x&case={written}"),
                format!("/services/new?case=+{written}%20"),
            ] {
                assert_eq!(ids_in(&address), [id], "{address}");
            }
        }
        assert!(ids_in("/cases?filter=open&q=%2D%").is_empty());
    }
}
