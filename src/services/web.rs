//! Pages that record help.

use super::{
    db,
    domain::{Planned, Whom, icon_of},
    form,
};
use crate::{
    authz::{Actor, Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{PersonId, ServiceId},
    mothers::Access,
    reference::{List, Organisation},
    routes::Routes,
    web::{Ui, ok, refused, see},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use uuid::Uuid;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get(new)
        .post(create)
        .get(delivery)
        .post(deliver)
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/services/new")]
struct NewPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/services")]
struct ServicesPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/services/{id}/deliver", rejection(AppError))]
struct DeliverPath {
    id: ServiceId,
}

#[derive(Template)]
#[template(path = "services/new.html")]
struct NewPage {
    ui: Ui,
    form: Form,
    whom: Whom,
}

#[derive(Template)]
#[template(path = "services/deliver.html")]
struct DeliverPage {
    ui: Ui,
    form: Form,
    service: Planned,
}

async fn new(
    _: NewPath,
    me: Require<can::ServiceRecord>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let mut tx = me.begin().await?;
    let whom = whom(&mut tx, &me.actor, &asked).await?;
    tx.commit().await?;
    let mut form = Form::new()
        .with("id", ServiceId::new(me.clock.now()).to_string())
        .with("case", asked.text("case"))
        .with("mother", asked.text("mother"))
        .with("state", "delivered")
        .with("date", me.ui.today().format("%d/%m/%Y").to_string());
    if let (Whom::Children(children), true) = (&whom, form.text("for").is_empty()) {
        // the child of the file; brothers and sisters are one tick away
        form.set(
            "for",
            children
                .first()
                .map(|child| child.id.to_string())
                .unwrap_or_default(),
        );
    }
    ok(&NewPage {
        ui: me.ui,
        form,
        whom,
    })
}

async fn create(
    _: ServicesPath,
    me: Require<can::ServiceRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let about = ["case", "mother"].map(|field| form.text(field).parse().ok());
    let about: Vec<Uuid> = about.into_iter().flatten().collect();
    me.ask_about(&mut tx, &about).await?;
    let whom = whom(&mut tx, &me.actor, &form).await?;
    let service = form::service(
        &mut form,
        me.ui.catalogue(),
        me.actor.territory(),
        me.ui.today(),
        &whom,
    );
    let Some(service) = service else {
        return refused(&NewPage {
            ui: me.ui,
            form,
            whom,
        });
    };
    db::record(&mut tx, &me.actor, me.clock.now(), &service).await?;
    tx.commit().await?;
    Ok(see(&whom.page()))
}

/// Who can be served: the children around `case`, or `mother`; one of the two.
async fn whom(tx: &mut Tx, actor: &Actor, asked: &Form) -> Result<Whom, AppError> {
    match (asked.text("case"), asked.text("mother")) {
        (case, "") => {
            db::children_for(tx, actor, case.parse().map_err(|_| AppError::NotFound)?).await
        }
        ("", mother) => {
            db::mother_for(tx, actor, mother.parse().map_err(|_| AppError::NotFound)?).await
        }
        _ => Err(AppError::BadRequest),
    }
}

async fn delivery(
    path: DeliverPath,
    me: Require<can::ServiceRecord>,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let service = db::planned(&mut tx, &me.actor, path.id).await?;
    tx.commit().await?;
    if service.state != "planned" {
        return Ok(see(&service.whom.page()));
    }
    let form = Form::new()
        .with("version", service.version.to_string())
        .with(
            "date",
            service
                .agreed_on
                .min(me.ui.today())
                .format("%d/%m/%Y")
                .to_string(),
        );
    ok(&DeliverPage {
        ui: me.ui,
        form,
        service,
    })
}

async fn deliver(
    path: DeliverPath,
    me: Require<can::ServiceRecord>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let mut service = db::planned(&mut tx, &me.actor, path.id).await?;
    let delivery = form::delivery(
        &mut form,
        me.ui.catalogue(),
        me.ui.today(),
        &service.whom,
        service.urgent,
    );
    let Some((day, outcome)) = delivery else {
        return refused(&DeliverPage {
            ui: me.ui,
            form,
            service,
        });
    };
    if service.delivered_on == Some(day) {
        // pressed twice
        return Ok(see(&service.whom.page()));
    }
    service.version = form
        .text("version")
        .parse()
        .map_err(|_| AppError::BadRequest)?;
    db::deliver(
        &mut tx,
        &me.actor,
        me.clock.now(),
        &service,
        (day, outcome.as_deref()),
    )
    .await?;
    tx.commit().await?;
    Ok(see(&service.whom.page()))
}

/// A family of the form, with the kinds that may be given.
struct Family {
    icon: &'static str,
    label: String,
    kinds: Vec<Kind>,
    is_open: bool,
}

struct Kind {
    code: String,
    label: String,
    is_urgent: bool,
}

impl NewPage {
    /// The families with the kinds allowed now; the one of the chosen kind unfolded.
    fn families(&self) -> Vec<Family> {
        let (ui, today) = (&self.ui, self.ui.today());
        let codes = ui.catalogue().choices(List::ServiceKind, today);
        let of_audience =
            |code: &crate::reference::Code| code.text("audience") == Some(self.whom.audience());
        let mut families = Vec::new();
        for family in codes
            .iter()
            .filter(|code| of_audience(code) && code.text("parent").is_none())
        {
            let kinds: Vec<_> = codes
                .iter()
                .filter(|code| code.text("parent") == Some(&family.code))
                .filter(|code| self.whom.allows(code.flag("urgent"), today))
                .map(|code| Kind {
                    code: code.code.clone(),
                    label: ui.say(&code.label).to_owned(),
                    is_urgent: code.flag("urgent"),
                })
                .collect();
            let is_open = kinds.iter().any(|kind| self.form.has("kind", &kind.code));
            if !kinds.is_empty() {
                let label = ui.say(&family.label).to_owned();
                families.push(Family {
                    icon: icon_of(&family.code),
                    label,
                    kinds,
                    is_open,
                });
            }
        }
        families
    }

    fn is_mothers(&self) -> bool {
        matches!(self.whom, Whom::Mother(..))
    }

    /// What stands in the way, if anything does.
    fn obstacle(&self) -> Option<Msg> {
        match self.whom.access(self.ui.today()) {
            Access::Open => None,
            access => Some(form::refusal(access)),
        }
    }

    fn is_served(&self, id: &PersonId) -> bool {
        self.form.has("for", &id.to_string())
    }

    /// Providers: of the prefecture, then of the country.
    fn providers(&self) -> [(String, Vec<(String, String)>); 2] {
        let territory = self
            .ui
            .actor()
            .map_or(crate::authz::TerritoryId(0), |actor| actor.territory());
        let all = self.ui.catalogue().providers(territory);
        let words = |own: bool| {
            let some = all
                .iter()
                .filter(|one: &&&Organisation| one.territory_id.is_some() == own);
            some.map(|one| (one.code.clone(), self.ui.say(&one.label).to_owned()))
                .collect()
        };
        [
            (self.ui.t("service-providers-own"), words(true)),
            (self.ui.t("service-providers-national"), words(false)),
        ]
    }

    fn outcomes(&self) -> Vec<(String, String)> {
        self.ui.options(List::ServiceOutcome)
    }

    fn states(&self) -> Vec<(String, String)> {
        [
            ("delivered", "service-delivered"),
            ("planned", "service-planned"),
        ]
        .map(|(code, key)| (code.to_owned(), self.ui.t(key)))
        .to_vec()
    }
}

impl DeliverPage {
    fn outcomes(&self) -> Vec<(String, String)> {
        self.ui.options(List::ServiceOutcome)
    }
}
