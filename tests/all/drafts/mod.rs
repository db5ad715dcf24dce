//! What somebody was typing is kept for them alone, and for no longer than it is needed.

mod ending;
mod forms;
mod keeping;

use crate::support::{Answer, Client, TestApp, html::forms, id};
use sanad::i18n::Lang;

const FILE: &str = "rabat.mine";

struct Place {
    app: TestApp,
    worker: Client,
    keep: String,
    form: String,
}

impl Place {
    /// A file whose assessment nobody has begun.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let case = id(&format!("case {FILE}"));
        let tables = "risk_change assessment_score assessment_need assessment_indicator assessment form_draft";
        let gone: String = tables
            .split_whitespace()
            .map(|table| format!("delete from app.{table};"))
            .chain(["delete from sec.data_key where holder_kind = 'draft'".to_owned()])
            .collect();
        app.db
            .run(&format!("set session_replication_role = replica; {gone}"))
            .await;
        Self {
            worker: app.client("worker1.rabat").reading(Lang::En),
            keep: format!("/drafts/of/assessment/{case}"),
            form: format!("/cases/{case}/assessments/form"),
            app,
        }
    }

    /// The form as the page has it, with words in it.
    async fn typed(&self, words: &str) -> Vec<(String, String)> {
        fill(&self.worker.get(&self.form).await, "summary", words)
    }

    async fn drafts(&self) -> Vec<String> {
        let sql = "select concat_ws(' ', d.form, d.rev, k.id is not null) from app.form_draft d
                   left join sec.data_key k on k.holder_kind = 'draft' and k.holder_id = d.id order by d.begun_at";
        self.app.db.list(sql).await
    }

    async fn keys(&self) -> i64 {
        let sql = "select count(*) from sec.data_key k where k.holder_kind = 'draft'
                   and not exists (select from app.form_draft d where d.id = k.holder_id)";
        self.app.db.ask(sql).await
    }

    async fn draft(&self) -> String {
        self.app
            .db
            .list("select id::text from app.form_draft order by begun_at")
            .await
            .remove(0)
    }
}

/// The form of a page that has that field, with words in it.
fn fill(page: &Answer, field: &str, words: &str) -> Vec<(String, String)> {
    let form = forms(&page.body, "")
        .into_iter()
        .find(|form| form.names().contains(&field))
        .unwrap_or_else(|| panic!("no form with {field}: {} {}", page.status, page.body));
    let mut fields: Vec<(String, String)> = form
        .pairs()
        .into_iter()
        .filter(|(name, _)| *name != field)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    fields.push((field.to_owned(), words.to_owned()));
    fields
}

async fn send(
    who: &Client,
    path: &str,
    fields: &[(String, String)],
    more: &[(&str, &str)],
) -> Answer {
    let mut pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name))
        .collect();
    pairs.extend(more);
    who.post(path, &pairs).await
}

const AUTO: (&str, &str) = ("auto", "1");
