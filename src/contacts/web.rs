//! The pages of contacts: the list, the form for a phone in one hand, the receipt.

use super::{
    db::{self, Contact, Row},
    domain::{masked_phone, triage_due},
    new::{create, new},
    triage,
};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    error::AppError,
    forms::Form,
    ids::ContactId,
    people::Age,
    reference::List,
    routes::Routes,
    vault::Reading,
    web::{Cursor, Page, Ui, ok, page},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The list.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/contacts")]
pub struct ContactsPath;

/// The form.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/contacts/new")]
pub struct NewContactPath;

/// One contact: its receipt, its triage.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/contacts/{id}", rejection(AppError))]
pub struct ContactPath {
    /// Which.
    pub id: ContactId,
}

/// The telephone of its adult, in full.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/contacts/{id}/phone/reveal", rejection(AppError))]
struct PhonePath {
    id: ContactId,
}

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get(list)
        .get(new)
        .post(create)
        .get(show)
        .post(reveal_phone)
        .merge(triage::routes())
}

#[derive(Template)]
#[template(path = "contacts/list.html")]
struct ListPage {
    ui: Ui,
    page: Page<Row>,
    only_waiting: bool,
    waiting: i64,
}

impl ListPage {
    fn kind(&self, row: &Row) -> String {
        self.ui.label(List::ContactPlace, &row.spot_kind)
    }

    fn circumstance(&self, row: &Row) -> String {
        self.ui.label(List::Circumstance, &row.circumstance)
    }

    fn flags(&self, row: &Row) -> String {
        row.flags
            .iter()
            .map(|f| self.ui.label(List::RedFlag, f))
            .collect::<Vec<_>>()
            .join(self.ui.comma())
    }

    fn late(&self, row: &Row) -> bool {
        !row.triaged && triage_due(row.received_at, !row.flags.is_empty()) < self.ui.now()
    }
}

async fn list(
    _: ContactsPath,
    me: Require<can::ContactRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let only_waiting = asked.text("state") == "submitted";
    let mut tx = me.begin().await?;
    let page = db::list(
        &mut tx,
        &me.actor,
        only_waiting,
        Cursor::parse(asked.text("after")),
    )
    .await?;
    let waiting = db::waiting(&mut tx, &me.actor).await?;
    tx.commit().await?;
    ok(&ListPage {
        ui: me.ui,
        page,
        only_waiting,
        waiting,
    })
}

/// The receipt, the contact, and for a supervisor its triage.
#[derive(Template)]
#[template(path = "contacts/show.html")]
pub(super) struct ShowPage {
    ui: Ui,
    contact: Contact,
    triage: Option<triage::Panel>,
    form: Form,
    /// Whether the telephone is shown in full: somebody asked for it, and it was written down.
    shows_phone: bool,
}

impl ShowPage {
    fn age(&self, child: &db::Child) -> String {
        Age {
            min_months: child.age_min_months.into(),
            max_months: child.age_max_months.into(),
        }
        .say(&self.ui)
    }

    fn sex(&self, child: &db::Child) -> String {
        self.ui.label(List::Sex, &child.sex)
    }

    fn kind(&self) -> String {
        self.ui.label(List::ContactPlace, &self.contact.spot_kind)
    }

    fn circumstance(&self) -> String {
        self.ui
            .label(List::Circumstance, &self.contact.circumstance)
    }

    fn relation(&self, adult: &db::Adult) -> String {
        self.ui.label(List::AdultRelation, &adult.relation)
    }

    /// The telephone, in full for who asked.
    fn phone(&self, reading: &Reading) -> String {
        match reading.text() {
            Some(phone) if !self.shows_phone => masked_phone(phone),
            _ => self.ui.plain(reading),
        }
    }

    /// Whether it can be asked for: not through broken glass, where nothing is written.
    fn may_reveal(&self) -> bool {
        let mut files = self
            .contact
            .children
            .iter()
            .filter_map(|child| child.case_id);
        !self.shows_phone && !files.any(|case| self.ui.reads_only(case))
    }

    fn actions(&self) -> String {
        let words = self
            .contact
            .actions
            .iter()
            .map(|a| self.ui.label(List::ContactAction, a));
        words.collect::<Vec<_>>().join(self.ui.comma())
    }

    fn outcome(&self, code: &str) -> String {
        self.ui.label(List::ContactOutcome, code)
    }

    fn flagged(&self) -> bool {
        self.contact.children.iter().any(|c| !c.flags.is_empty())
    }

    /// Each red flag once, with what it asks for now.
    fn flags(&self) -> Vec<(String, String)> {
        let mut codes: Vec<&str> = self
            .contact
            .children
            .iter()
            .flat_map(|c| &c.flags)
            .map(String::as_str)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let now = format!("now_{}", self.ui.lang().code());
        let line = |code: &str| {
            let flag = self.ui.catalogue().code(List::RedFlag, code)?;
            Some((
                self.ui.say(&flag.label).to_owned(),
                flag.text(&now)?.to_owned(),
            ))
        };
        codes.into_iter().filter_map(line).collect()
    }

    fn flag(&self, code: &str) -> String {
        self.ui.label(List::RedFlag, code)
    }

    fn due(&self) -> chrono::DateTime<chrono::Utc> {
        triage_due(self.contact.received_at, self.flagged())
    }
}

async fn show(path: ContactPath, me: Require<can::ContactRead>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

async fn reveal_phone(
    path: PhonePath,
    me: Require<can::ContactRead>,
) -> Result<Response, AppError> {
    page_of(path.id, me, Form::new(), (StatusCode::OK, true)).await
}

/// The page of a contact, with the triage form as it was left.
pub(super) async fn draw<G: crate::authz::Grant>(
    id: ContactId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    page_of(id, me, form, (status, false)).await
}

async fn page_of<G: crate::authz::Grant>(
    id: ContactId,
    me: Require<G>,
    form: Form,
    (status, shows_phone): (StatusCode, bool),
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let contact = db::find(&mut tx, &me.actor, id).await?;
    let triage = triage::Panel::load(&mut tx, &me, &contact).await?;
    if shows_phone
        && contact
            .adult
            .as_ref()
            .is_none_or(|adult| adult.phone.is_none())
    {
        return Err(AppError::NotFound);
    }
    let action = if shows_phone {
        "contact_phone.revealed"
    } else {
        "contact.opened"
    };
    let opened = Event::on(action, "contact", id.0).in_territory(me.actor.territory());
    audit::record(&mut tx, opened).await?;
    tx.commit().await?;
    page(
        status,
        &ShowPage {
            ui: me.ui,
            contact,
            triage,
            form,
            shows_phone,
        },
    )
}
