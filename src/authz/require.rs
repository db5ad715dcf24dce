//! The permission of a handler, as a type.

use super::{Actor, Permission};
use crate::{
    clock::Clock,
    db::{Db, Tx},
    error::AppError,
    figures::{Counted, Figures},
    state::AppState,
    web::Ui,
};
use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
use chrono::NaiveDate;
use std::{marker::PhantomData, sync::Arc};

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
    DocumentRead,
    DocumentAdd,
    MotherRead,
    SupportOpen,
    ServiceRecord,
    ReferralCompose,
    ReferralTransmit,
    ProsecutionRead,
    ProsecutionReceive,
    DecisionRecord,
    FiguresRead,
    PlanRead,
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
    ClinicalKeep,
    AccountKeep,
    UserManage,
    AccessReview,
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
    figures: Figures,
    grant: PhantomData<(G, R)>,
}

impl<G: Grant, R: Recency> Require<G, R> {
    /// A transaction in which row security knows who asks.
    pub async fn begin(&self) -> Result<Tx, AppError> {
        self.db.begin(&self.actor, self.ui.request_id()).await
    }

    /// A transaction of the role that reads figures and the plan, and no person.
    pub async fn begin_figures(&self) -> Result<Tx, AppError> {
        self.db.begin_figures().await
    }

    /// The live figures of a day of the committee's grid, counted some minutes ago at most.
    pub async fn figures(&self, day: NaiveDate) -> Result<Arc<Counted>, AppError> {
        self.figures.of(&self.db, day, self.clock.now()).await
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
        if R::FRESH && !actor.is_fresh {
            let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
            return Err(AppError::Confirm {
                next: path.to_owned(),
                is_form: parts.method == Method::POST,
            });
        }
        Ok(Self {
            actor,
            ui,
            clock: state.clock.clone(),
            db: state.db.clone(),
            figures: state.figures.clone(),
            grant: PhantomData,
        })
    }
}
