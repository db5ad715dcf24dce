//! The page of a family, and the list of what calls for checking.

use super::{
    db::{self, Alert},
    domain::{Group, Member, Tie},
    graph,
};
use crate::{
    authz::{Actor, Require, can},
    cases::{self, Head},
    charts::Tree,
    db::Tx,
    error::AppError,
    forms::Form,
    ids::CaseId,
    people::{Claim, Sign, Signs},
    reference::List,
    routes::Routes,
    web::{Cursor, Page, Ui, ok},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/family", rejection(AppError))]
struct FamilyPath {
    id: CaseId,
}

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/families/alerts")]
struct AlertsPath;

pub(super) fn routes() -> Routes {
    Routes::default().get(show).get(alerts)
}

#[derive(Template)]
#[template(path = "families/family.html")]
struct FamilyPage {
    ui: Ui,
    head: Head,
    group: Group,
    signs: Vec<Signs>,
    tree: Tree,
}

#[derive(Template)]
#[template(path = "families/alerts.html")]
struct AlertsPage {
    ui: Ui,
    is_first: bool,
    alerts: Page<Alert>,
}

/// A file whose content the reader may read.
pub(super) async fn openable(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Head, AppError> {
    let head = cases::head_of(tx, actor, id).await?;
    if head.openable {
        Ok(head)
    } else {
        Err(AppError::NotFound)
    }
}

async fn show(path: FamilyPath, me: Require<can::CaseRead>) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = openable(&mut tx, &me.actor, path.id).await?;
    let group = db::group_of(&mut tx, &me.actor, &head).await?;
    let adults: Vec<_> = group
        .members
        .iter()
        .filter(|one| group.ties_of(one.id).iter().any(|tie| !tie.is_level()))
        .map(|one| one.id)
        .collect();
    let signs = db::open(&mut tx, &me.actor, &head, &adults).await?;
    tx.commit().await?;
    ok(&FamilyPage {
        tree: graph::draw(&me.ui, &group, head.child),
        ui: me.ui,
        head,
        group,
        signs,
    })
}

async fn alerts(
    _: AlertsPath,
    me: Require<can::FamilyAlerts>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let after = Cursor::parse(asked.text("after"));
    let mut tx = me.begin().await?;
    let alerts = db::alerts(&mut tx, &me.actor, after).await?;
    tx.commit().await?;
    ok(&AlertsPage {
        ui: me.ui,
        is_first: after.is_none(),
        alerts,
    })
}

impl FamilyPage {
    fn role(&self, one: &Member) -> String {
        graph::role_of(&self.ui, &self.group, one, self.head.child)
    }

    fn age(&self, one: &Member) -> String {
        let birth = one.birth.as_ref();
        birth.map_or_else(
            || self.ui.t("age-unknown"),
            |birth| birth.age_today(&self.ui),
        )
    }

    /// Where somebody's own page is: the family of their file, or a mother's page.
    fn page_of(&self, one: &Member) -> Option<String> {
        if one.id == self.head.child {
            return Some(format!("/children/{}", one.id));
        }
        match &one.case {
            Some((case, _)) => Some(format!("/cases/{case}/family")),
            None => self
                .group
                .is_mother(one.id)
                .then(|| format!("/mothers/{}", one.id)),
        }
    }

    fn ties_of(&self, one: &Member) -> Vec<&Tie> {
        self.group.ties_of(one.id)
    }

    /// Whom a kinship leads to.
    fn whom(&self, tie: &Tie) -> String {
        let member = self.group.member(tie.to);
        member.map_or_else(
            || self.ui.t("name-unknown"),
            |member| member.names.say(&self.ui),
        )
    }

    /// Kind and proof: "Civil document".
    fn ground(&self, tie: &Tie) -> Option<String> {
        let proof = tie.proof.as_ref()?;
        Some(self.ui.label(List::RelationProof, proof))
    }

    /// Where a kinship to this child is proved, refuted and dated.
    fn mend(&self, tie: &Tie) -> Option<(String, &'static str)> {
        let is_here = tie.to == self.head.child && !self.head.in_emergency;
        let key = if tie.claim == Claim::Claimed {
            "kinship-decide"
        } else {
            "kinship-change"
        };
        let (child, person) = (self.head.child, tie.from);
        is_here.then(|| (format!("/children/{child}/family/{person}/proof"), key))
    }

    fn signs_of(&self, one: &Member) -> Vec<Sign> {
        let found = self.signs.iter().find(|signs| signs.person == one.id);
        found.map_or_else(Vec::new, |signs| signs.say(&self.ui))
    }

    /// What the signs of this group are called in an assessment, each once.
    fn indicators(&self) -> String {
        let mut codes: Vec<&str> = Vec::new();
        for sign in self.signs.iter().flat_map(|signs| signs.say(&self.ui)) {
            if !codes.contains(&sign.indicator) {
                codes.push(sign.indicator);
            }
        }
        let label = |code: &&str| self.ui.label(List::ExploitationIndicator, code);
        let labels: Vec<String> = codes.iter().map(label).collect();
        labels.join(self.ui.comma())
    }
}

impl AlertsPage {
    fn next(&self) -> Option<String> {
        let cursor = self.alerts.next?;
        Some(format!("/families/alerts?after={cursor}"))
    }

    /// Her own page, else the family of the newest file.
    fn page_of(&self, one: &Alert) -> Option<String> {
        if one.is_mother {
            return Some(format!("/mothers/{}", one.person));
        }
        let file = one.files.first()?;
        Some(format!("/cases/{}/family", file.id))
    }
}
