//! Two people change the same thing: nobody's words are overwritten without being asked about.

mod care;
mod people;
mod places;

use crate::support::{Answer, Client, TestApp, html::forms, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const SAVED: StatusCode = StatusCode::SEE_OTHER;
const STALE: StatusCode = StatusCode::CONFLICT;
const ASKED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// A form as it was read, and what somebody makes of it.
#[derive(Debug, Clone)]
struct Sheet {
    action: String,
    fields: Vec<(String, String)>,
}

impl Sheet {
    /// The form of a page that has such a field.
    fn of(page: &Answer, with: &str) -> Self {
        let form = forms(&page.body, "")
            .into_iter()
            .find(|form| form.names().contains(&with))
            .unwrap_or_else(|| panic!("no form with {with}: {} {}", page.status, page.body));
        let fields = form.pairs().into_iter();
        Self {
            action: form.action.clone(),
            fields: fields.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
        }
    }

    async fn open(who: &Client, path: &str, with: &str) -> Self {
        Self::of(&who.get(path).await, with)
    }

    fn typed(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    async fn send(&self, who: &Client) -> Answer {
        let fields = self.fields.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        who.post(&self.action, &fields.collect::<Vec<_>>()).await
    }

    fn text(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }
}

struct Place {
    app: TestApp,
    worker: Client,
    supervisor: Client,
}

impl Place {
    async fn new() -> Self {
        let app = TestApp::new().await;
        Self {
            worker: app.client("worker1.rabat").reading(Lang::En),
            supervisor: app.client("supervisor.rabat").reading(Lang::En),
            app,
        }
    }

    async fn both(&self, path: &str, with: &str) -> (Sheet, Sheet) {
        let one = Sheet::open(&self.worker, path, with).await;
        (one, Sheet::open(&self.supervisor, path, with).await)
    }

    /// The child as it is stored.
    async fn child(&self) -> String {
        let sql = format!(
            "select concat_ws(' ', p.version, p.civil_status, n.given_la, n.family_la = 'CANARY-child-rabat.mine', p.birth_basis)
             from app.person p join app.person_name n on n.person_id = p.id and n.kind = 'civil' where p.id = '{}'",
            id("child rabat.mine")
        );
        self.app.db.list(&sql).await.remove(0)
    }

    async fn one(&self, sql: &str) -> String {
        self.app.db.list(sql).await.remove(0)
    }

    /// The file with nothing drawn up.
    async fn blank_file(&self) -> String {
        let case = id("case rabat.mine");
        let tables = [
            "plan_action",
            "plan_goal",
            "care_plan",
            "best_interests",
            "risk_change",
            "assessment_score",
            "assessment_need",
            "assessment_indicator",
            "assessment",
        ];
        let gone: String = tables
            .iter()
            .map(|table| format!("delete from app.{table} where case_id = '{case}';"))
            .collect();
        let sql = format!("set session_replication_role = replica; {gone}");
        self.app.db.run(&sql).await;
        format!("/cases/{case}")
    }
}
