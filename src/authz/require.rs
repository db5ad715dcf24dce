//! The permission of a handler, as a type.

use super::{Actor, Permission};
use crate::{
    clock::Clock,
    db::{Db, Tx},
    error::AppError,
    state::AppState,
    web::Ui,
};
use axum::{extract::FromRequestParts, http::request::Parts};
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
);

/// Someone signed in whose role has the permission; and, through them, the only door to the database.
#[derive(Debug)]
pub struct Require<G> {
    /// Who asks.
    pub actor: Arc<Actor>,
    /// Language, labels and layout of the answer.
    pub ui: Ui,
    /// The clock.
    pub clock: Clock,
    db: Db,
    grant: PhantomData<G>,
}

impl<G: Grant> Require<G> {
    /// A transaction in which row security knows who asks.
    pub async fn begin(&self) -> Result<Tx, AppError> {
        self.db.begin(&self.actor, self.ui.request_id()).await
    }

    /// A transaction of the role that reads figures and the plan, and no person.
    pub async fn begin_figures(&self) -> Result<Tx, AppError> {
        self.db.begin_figures().await
    }
}

impl<G: Grant> FromRequestParts<AppState> for Require<G> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let ui = Ui::of(parts)?;
        let Some(actor) = ui.actor().cloned() else {
            return Err(AppError::SignIn(ui.back().unwrap_or("/").to_owned()));
        };
        if !actor.may(G::PERMISSION) {
            return Err(AppError::Forbidden);
        }
        Ok(Self {
            actor,
            ui,
            clock: state.clock.clone(),
            db: state.db.clone(),
            grant: PhantomData,
        })
    }
}
