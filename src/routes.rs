//! Routes that cannot forget their permission: a handler whose first two arguments are not a typed path
//! and [`Require`] does not compile here. The same types give the table that the documentation and the
//! tests read.
//!
//! ```compile_fail
//! # use sanad::routes::Routes;
//! async fn forgot_its_permission() -> &'static str {
//!     "every child of the country"
//! }
//! let routes = Routes::default().get(forgot_its_permission);
//! ```
//!
//! What is open to everyone says so:
//!
//! ```
//! # use sanad::routes::Routes;
//! async fn greet() -> &'static str {
//!     "welcome"
//! }
//! let routes = Routes::default().public("GET", "/welcome", greet);
//! assert_eq!(routes.table().len(), 1);
//! ```

use crate::{
    authz::{Grant, Permission, Recency, Require},
    state::AppState,
};
use axum::{Router, handler::Handler, routing};
use axum_extra::routing::TypedPath;

/// One line of the route table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Path with its parameters, as `/cases/{id}`.
    pub path: &'static str,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Who may; `None` is open to everyone.
    pub permission: Option<Permission>,
    /// Whether a factor must have been given in the last five minutes.
    pub fresh: bool,
}

/// Routes of a slice, with their table.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<AppState>,
    uploads: Router<AppState>,
    table: Vec<Route>,
}

/// The arguments of a handler that names its path and its permission.
pub trait Guarded {
    /// Its path.
    type Path: TypedPath;
    /// Its permission.
    type Grant: Grant;
    /// How recently the reader must have shown who they are.
    type Recency: Recency;
}

macro_rules! guarded {
    ($($argument:ident)*) => {
        impl<M, P: TypedPath, G: Grant, R: Recency, $($argument),*> Guarded for (M, P, Require<G, R>, $($argument,)*) {
            type Path = P;
            type Grant = G;
            type Recency = R;
        }
    };
}
guarded!();
guarded!(A);
guarded!(A B);
guarded!(A B C);
guarded!(A B C D);

impl Routes {
    /// A page.
    #[must_use]
    pub fn get<H, T>(mut self, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: Guarded + 'static,
    {
        self.add::<T>("GET");
        self.router = self.router.route(T::Path::PATH, routing::get(handler));
        self
    }

    /// An act.
    #[must_use]
    pub fn post<H, T>(mut self, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: Guarded + 'static,
    {
        self.add::<T>("POST");
        self.router = self.router.route(T::Path::PATH, routing::post(handler));
        self
    }

    /// An act that brings a file: a body larger than a form's, and more time for it.
    #[must_use]
    pub fn upload<H, T>(mut self, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: Guarded + 'static,
    {
        self.add::<T>("POST");
        self.uploads = self.uploads.route(T::Path::PATH, routing::post(handler));
        self
    }

    /// Open to everyone; listed as such.
    #[must_use]
    pub fn public<H, T>(mut self, method: &'static str, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.table.push(Route {
            path,
            method,
            permission: None,
            fresh: false,
        });
        let route = if method == "POST" {
            routing::post(handler)
        } else {
            routing::get(handler)
        };
        self.router = self.router.route(path, route);
        self
    }

    /// Adds the routes of another slice.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.uploads = self.uploads.merge(other.uploads);
        self.table.extend(other.table);
        self
    }

    /// The table, sorted.
    pub fn table(&self) -> Vec<Route> {
        let mut table = self.table.clone();
        table.sort_unstable();
        table
    }

    /// The routes, ready for layers: pages and forms, and apart from them what brings files.
    pub fn into_routers(self) -> (Router<AppState>, Router<AppState>) {
        (self.router, self.uploads)
    }

    fn add<T: Guarded>(&mut self, method: &'static str) {
        self.table.push(Route {
            path: T::Path::PATH,
            method,
            permission: Some(T::Grant::PERMISSION),
            fresh: T::Recency::FRESH,
        });
    }
}
