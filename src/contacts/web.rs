//! The pages of contacts: the list, the form for a phone in one hand, the receipt.

use super::{
    db::{self, Contact, RecentSpot, Row},
    domain::{masked_phone, triage_due},
    form, triage,
};
use crate::{
    audit::{self, Event},
    authz::{Require, can},
    drafts::{self, Desk, DraftOf},
    error::AppError,
    forms::Form,
    ids::ContactId,
    people::Age,
    reference::List,
    routes::Routes,
    vault::Reading,
    web::{Cursor, Page, Ui, ok, page, refused, see},
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

/// The form, for one hand.
#[derive(Template)]
#[template(path = "contacts/new.html")]
struct NewPage {
    ui: Ui,
    form: Form,
    recent: Vec<RecentSpot>,
    territory: crate::authz::TerritoryId,
    desk: Desk,
}

/// Choices of the adult that stand on the page; the rest are behind "other".
const NEAR: &[&str] = &[
    "mother",
    "mother_unverified",
    "father",
    "sibling",
    "unrelated",
];

impl NewPage {
    fn blocks(&self) -> std::ops::Range<usize> {
        0..form::blocks(&self.form)
    }

    fn sexes(&self) -> Vec<(String, String)> {
        self.ui.options(List::Sex)
    }

    fn bands(&self) -> Vec<(String, String)> {
        let today = self.ui.today();
        let bands = self.ui.catalogue().choices(List::AgeBand, today);
        let of_plan = |c: &&&crate::reference::Code| {
            c.text("set") == Some("plan") && c.number("max_months").is_some_and(|max| max <= 216)
        };
        bands
            .iter()
            .filter(of_plan)
            .map(|c| (c.code.clone(), self.ui.say(&c.label).to_owned()))
            .collect()
    }

    /// Code, words, what to do now.
    fn flags(&self) -> Vec<(String, String, String)> {
        let today = self.ui.today();
        let now = format!("now_{}", self.ui.lang().code());
        let flags = self.ui.catalogue().choices(List::RedFlag, today);
        let line = |c: &crate::reference::Code| {
            (
                c.code.clone(),
                self.ui.say(&c.label).to_owned(),
                c.text(&now).unwrap_or_default().to_owned(),
            )
        };
        flags.into_iter().map(line).collect()
    }

    fn near(&self) -> Vec<(String, String)> {
        let near = NEAR
            .iter()
            .map(|code| ((*code).to_owned(), self.ui.label(List::AdultRelation, code)));
        let none = ("none".to_owned(), self.ui.t("contact-adult-none"));
        let other = ("other".to_owned(), self.ui.t("contact-adult-other"));
        std::iter::once(none).chain(near).chain([other]).collect()
    }

    fn far(&self) -> Vec<(String, String)> {
        self.ui
            .options(List::AdultRelation)
            .into_iter()
            .filter(|(code, _)| !NEAR.contains(&code.as_str()))
            .collect()
    }

    fn circumstances(&self) -> Vec<(String, String)> {
        self.ui.options(List::Circumstance)
    }

    fn actions(&self) -> Vec<(String, String)> {
        self.ui.options(List::ContactAction)
    }

    fn kinds(&self) -> Vec<(String, String)> {
        self.ui.options(List::ContactPlace)
    }

    fn places(&self) -> Vec<(String, String)> {
        let places = self
            .ui
            .catalogue()
            .places_of(self.territory, self.ui.lang());
        places
            .into_iter()
            .map(|p| (p.code.clone(), self.ui.say(&p.label).to_owned()))
            .collect()
    }

    fn kind_of(&self, spot: &RecentSpot) -> String {
        self.ui.label(List::ContactPlace, &spot.kind)
    }

    fn spot(&self, spot: &RecentSpot) -> String {
        format!("{}/{}", spot.place, spot.kind)
    }

    /// The last place is chosen until the worker says otherwise.
    fn chosen(&self, spot: &RecentSpot, first: &bool) -> bool {
        if self.form.sent("spot") {
            self.form.has("spot", &self.spot(spot))
        } else {
            *first
        }
    }

    fn other_place(&self) -> bool {
        self.form.has("spot", "other") || self.recent.is_empty()
    }

    fn bad(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.form.error(field).is_some())
    }
}

async fn new(
    _: NewContactPath,
    me: Require<can::ContactLog>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let id = ContactId::new(now);
    let mut tx = me.begin().await?;
    let subject = (DraftOf::Contact, id.0);
    let blank = form::blank(id);
    let (mut form, desk) =
        drafts::resume(&mut tx, &me.actor, now, subject, query.as_deref(), blank).await?;
    let recent = db::recent_spots(&mut tx, &me.actor).await?;
    tx.commit().await?;
    if let Some(begun) = desk.begun {
        form::then(&mut form, begun);
    }
    ok(&NewPage {
        form,
        recent,
        territory: me.actor.territory(),
        ui: me.ui,
        desk,
    })
}

async fn form_page<G: crate::authz::Grant>(
    me: Require<G>,
    form: Form,
) -> Result<NewPage, AppError> {
    let mut tx = me.begin().await?;
    let recent = db::recent_spots(&mut tx, &me.actor).await?;
    tx.commit().await?;
    let id = form.text("id").parse().unwrap_or_default();
    Ok(NewPage {
        desk: Desk::given_back(DraftOf::Contact, id),
        form,
        recent,
        territory: me.actor.territory(),
        ui: me.ui,
    })
}

async fn create(
    _: ContactsPath,
    me: Require<can::ContactLog>,
    mut form: Form,
) -> Result<Response, AppError> {
    if form::rearrange(&mut form) {
        return ok(&form_page(me, form).await?);
    }
    let Some(contact) = form::parse(&mut form, &me.ui, me.actor.territory()) else {
        return refused(&form_page(me, form).await?);
    };
    let mut tx = me.begin().await?;
    let id = db::save(&mut tx, &me.actor, me.clock.now(), &contact).await?;
    drafts::done(&mut tx, DraftOf::Contact, id.0).await?;
    tx.commit().await?;
    Ok(see(&ContactPath { id }))
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
