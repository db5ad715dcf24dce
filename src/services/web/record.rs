//! Pages that record help.

use crate::{
    audit::{self, Event},
    authz::{Actor, Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{PersonId, ServiceId},
    mothers::Access,
    reference::{List, Organisation},
    routes::Routes,
    services::{
        db::{
            record::record,
            whom::{children_for, mother_for},
        },
        domain::{Audience, Person, ServiceState, Whom, icon_of},
        form,
    },
    web::{Ui, ok, page, refused, see},
};
use askama::Template;
use axum::{extract::RawQuery, http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;
use uuid::Uuid;

pub(super) fn routes() -> Routes {
    Routes::default().get(new).post(create)
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/services/new")]
struct NewPath;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/services")]
struct ServicesPath;

#[derive(Template)]
#[template(path = "services/new.html")]
struct NewPage {
    ui: Ui,
    form: Form,
    whom: Whom,
}

async fn new(
    _: NewPath,
    me: Require<can::ServiceRecord>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let mut tx = me.begin().await?;
    let whom = whom(&mut tx, &me.actor, &asked).await?;
    let about = |field: &str| asked.text(field).parse::<Uuid>().ok();
    let shown = match (about("case"), about("mother")) {
        (Some(case), _) => Some(Event::on("case_form.opened", "case", case)),
        (None, mother) => mother.map(|id| Event::on("mother.opened", "person", id)),
    };
    if let Some(shown) = shown {
        audit::record(&mut tx, shown.in_territory(me.actor.territory())).await?;
    }
    tx.commit().await?;
    if whom.is_over() {
        return Err(AppError::Conflict(Msg::new("service-case-closed")));
    }
    let mut form = Form::new()
        .with("id", ServiceId::new(me.clock.now()).to_string())
        .with("case", asked.text("case"))
        .with("mother", asked.text("mother"))
        .with("replaces", asked.text("replaces"))
        .with(
            "state",
            if asked.sent("replaces") {
                "proposed"
            } else {
                "delivered"
            },
        )
        .with("date", me.ui.today().format("%d/%m/%Y").to_string());
    if let (Audience::Child, Some(child)) = (whom.audience(), whom.children().first()) {
        // the child of the file; brothers, sisters and the mother are one tick away
        form.set("for", child.id.to_string());
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
    match record(&mut tx, &me.actor, me.clock.now(), &service).await {
        Err(AppError::Conflict(msg)) => {
            // sent before with other answers: told, and nothing of what was typed is lost
            form.fail("kind", msg);
            let ui = me.ui;
            return page(StatusCode::CONFLICT, &NewPage { ui, form, whom });
        }
        done => done?,
    }
    tx.commit().await?;
    Ok(if service.when.state() == ServiceState::Proposed {
        see(&format!("/services/{}/request", service.id))
    } else {
        see(&whom.page())
    })
}

/// Who can be served: the children around `case`, or `mother`; one of the two.
async fn whom(tx: &mut Tx, actor: &Actor, asked: &Form) -> Result<Whom, AppError> {
    match (asked.text("case"), asked.text("mother")) {
        (case, "") => children_for(tx, actor, case.parse().map_err(|_| AppError::NotFound)?).await,
        ("", mother) => {
            mother_for(tx, actor, mother.parse().map_err(|_| AppError::NotFound)?).await
        }
        _ => Err(AppError::BadRequest),
    }
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
        let of_audience = |code: &crate::reference::Code| {
            code.text("audience") == Some(self.whom.audience().code())
        };
        let mut families = Vec::new();
        for family in codes
            .iter()
            .filter(|code| of_audience(code) && code.text("parent").is_none())
        {
            let kinds: Vec<_> = codes
                .iter()
                .filter(|code| code.text("parent") == Some(&family.code))
                .filter(|code| self.whom.offers(today).allows(code.flag("urgent")))
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
        self.whom.audience() == Audience::Mother
    }

    /// What stands in the way, if anything does.
    fn obstacle(&self) -> Option<Msg> {
        match self.whom.offers(self.ui.today()) {
            Access::Open => None,
            access => Some(form::refusal(access)),
        }
    }

    fn is_served(&self, id: &PersonId) -> bool {
        self.form.has("for", &id.to_string())
    }

    /// Whether that is the mother.
    fn is_hers(&self, one: &Person) -> bool {
        self.whom.is_mother(one.id)
    }

    /// A mother on her own page is served without a tick.
    fn is_always(&self, one: &Person) -> bool {
        self.is_mothers() && self.is_hers(one)
    }

    /// Field of the tick of one person, for what is wrong with it alone.
    fn tick(&self, one: &Person) -> String {
        format!("for-{}", one.id)
    }

    /// Whether one act can serve a mother and children here: somebody of the other side is in the list.
    fn is_joint(&self) -> bool {
        self.whom.people().any(|one| self.whom.is_beside(one.id))
    }

    /// The kinds that can be given to a mother and her children together, in words.
    fn joint_kinds(&self) -> String {
        let ui = &self.ui;
        let codes = ui.catalogue().choices(List::ServiceKind, ui.today());
        let kinds = codes.iter().filter(|code| {
            code.text("audience") == Some(self.whom.audience().code())
                && code.text("counterpart").is_some()
                && self.whom.offers(ui.today()).allows(code.flag("urgent"))
        });
        let words: Vec<_> = kinds.map(|code| ui.say(&code.label)).collect();
        words.join(ui.comma())
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
            ("delivered", "service-begin-delivered"),
            ("planned", "service-begin-planned"),
            ("proposed", "service-begin-asked"),
        ]
        .map(|(code, key)| (code.to_owned(), self.ui.t(key)))
        .to_vec()
    }
}
