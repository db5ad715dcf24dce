//! What somebody was typing is kept for them alone, and for no longer than it is needed.

use crate::{
    seal::work,
    support::{Answer, Client, TestApp, html::forms, id},
};
use axum::http::StatusCode;
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

#[tokio::test]
async fn what_was_typed_is_there_on_another_device_and_gone_when_it_is_saved() {
    let place = Place::new().await;
    let fields = place.typed("Half a sentence").await;
    let kept = send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    assert!(kept.body.contains("\"rev\":1") && kept.body.contains("Kept at"));
    let longer = [
        AUTO,
        ("draft_rev", "1"),
        ("summary", "Half a sentence, and the rest"),
    ];
    let kept = send(&place.worker, &place.keep, &fields, &longer).await;
    assert!(kept.body.contains("\"rev\":2"), "{}", kept.body);
    assert_eq!(place.drafts().await, ["assessment 2 t"]);
    // signed out; another session of the same person
    assert_eq!(
        place.worker.post("/logout", &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        place.worker.get(&place.form).await.status,
        StatusCode::SEE_OTHER
    );
    place
        .app
        .db
        .run(&format!(
            "insert into sec.session (token_sha256, user_id, assignment_id, epoch, idle_until, expires_at)
             select sha256('another device'), u.id, a.id, u.epoch, now() + interval '1 hour', now() + interval '1 hour'
             from sec.app_user u join sec.role_assignment a on a.user_id = u.id where u.id = '{}'",
            id("worker1.rabat")
        ))
        .await;
    let device = place.app.client("another device").reading(Lang::En);
    let page = device.get(&place.form).await;
    let link = format!("{}?draft={}", place.form, place.draft().await);
    assert!(page.body.contains(&link), "{}", page.body);
    assert!(!page.body.contains("Half a sentence"), "it is asked first");
    let page = device.get(&link).await;
    assert!(page.body.contains("Half a sentence, and the rest"));
    // refused: nothing is saved, and the draft stays
    let form = fill(&page, "summary", "Half a sentence, and the rest");
    let refused = send(&device, &place.form, &form, &[("act", "complete")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(place.drafts().await, ["assessment 2 t"]);
    let saved = send(&device, &place.form, &form, &[("act", "save")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(place.drafts().await.is_empty());
    assert_eq!(place.keys().await, 0, "its key went with it");
    // a page that was left open keeps nothing any more
    let late = send(&device, &place.keep, &form, &[AUTO]).await;
    assert!(late.body.contains("\"stop\":true"), "{}", late.body);
    assert!(place.drafts().await.is_empty());
    let trail = "select action from audit.event where action like 'draft.%' order by id";
    assert_eq!(
        place.app.db.list(trail).await,
        ["draft.begun", "draft.resumed"]
    );
}

#[tokio::test]
async fn a_draft_lies_encrypted_and_is_nobody_elses() {
    let place = Place::new().await;
    let fields = place.typed("CANARY-TYPED words").await;
    send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    let open: i64 = place
        .app
        .db
        .ask("select count(*) from app.form_draft where position(convert_to('CANARY-TYPED', 'UTF8') in text_enc) > 0")
        .await;
    assert_eq!((open, place.drafts().await.len()), (0, 1));
    let draft = place.draft().await;
    let link = format!("{}?draft={draft}", place.form);
    let drop = format!("/drafts/{draft}/drop");
    for username in ["supervisor.rabat", "worker2.rabat", "worker1.sale"] {
        let other = place.app.client(username);
        assert_eq!(
            other.get(&link).await.status,
            StatusCode::NOT_FOUND,
            "{username}"
        );
        assert_eq!(
            other.post(&drop, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{username}"
        );
        let page = other.get(&place.form).await.body;
        assert!(
            !page.contains(&draft) && !page.contains("CANARY-TYPED"),
            "{username}"
        );
    }
    let outsider = place.app.client("prosecutor.rabat");
    assert_eq!(
        outsider.post(&drop, &[]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(place.drafts().await.len(), 1);
    // nor of another form of its author
    let elsewhere = format!(
        "{}?draft={draft}",
        place.form.replace("assessments", "care-plan")
    );
    assert_eq!(
        place.worker.get(&elsewhere).await.status,
        StatusCode::NOT_FOUND
    );
    // the same file, the supervisor's own: two drafts that do not meet
    let supervisor = place.app.client("supervisor.rabat");
    let form = fill(&supervisor.get(&place.form).await, "summary", "Another's");
    assert_eq!(
        send(&supervisor, &place.keep, &form, &[AUTO]).await.status,
        StatusCode::OK
    );
    assert_eq!(place.drafts().await.len(), 2);
    assert_eq!(place.worker.post(&drop, &[]).await.location(), place.form);
    assert_eq!(place.drafts().await, ["assessment 1 t"]);
    assert_eq!(place.keys().await, 0);
}

#[tokio::test]
async fn one_page_does_not_write_over_what_another_kept() {
    let place = Place::new().await;
    let fields = place.typed("From the telephone").await;
    send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    let other = [AUTO, ("summary", "From the desk")];
    let answer = send(&place.worker, &place.keep, &fields, &other).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(answer.body.contains("\"stop\":true"), "{}", answer.body);
    assert!(answer.body.contains("kept already"), "{}", answer.body);
    // by the button it is told as any conflict
    let pressed = send(&place.worker, &place.keep, &fields, &[("act", "draft")]).await;
    assert_eq!(pressed.status, StatusCode::CONFLICT);
    let page = place
        .worker
        .get(&format!("{}?draft={}", place.form, place.draft().await))
        .await;
    assert!(page.body.contains("From the telephone") && !page.body.contains("From the desk"));
}

#[tokio::test]
async fn without_a_script_a_button_keeps_it() {
    let place = Place::new().await;
    let fields = place.typed("By the button").await;
    let kept = send(&place.worker, &place.keep, &fields, &[("act", "draft")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let page = place.worker.get(kept.location()).await;
    assert!(page.body.contains("By the button"));
    // pressed again on that page it is the same draft
    let again = fill(&page, "summary", "By the button, twice");
    let kept = send(&place.worker, &place.keep, &again, &[("act", "draft")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert_eq!(place.drafts().await, ["assessment 2 t"]);
}

#[tokio::test]
async fn a_draft_ends_after_fourteen_days() {
    let place = Place::new().await;
    let fields = place.typed("Forgotten").await;
    send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    let work = work(&place.app.db);
    assert_eq!(work.sweep_drafts().await.unwrap(), 0);
    let draft = place.draft().await;
    place
        .app
        .db
        .run("update app.form_draft set saved_at = now() - interval '14 days 1 minute'")
        .await;
    let page = place.worker.get(&place.form).await;
    assert!(!page.body.contains(&draft), "not even before the job");
    assert_eq!(work.sweep_drafts().await.unwrap(), 1);
    assert_eq!((place.drafts().await.len(), place.keys().await), (0, 0));
}

#[tokio::test]
async fn a_draft_goes_with_the_file_or_the_post_of_its_author() {
    let place = Place::new().await;
    let fields = place.typed("About a child I no longer see").await;
    send(&place.worker, &place.keep, &fields, &[AUTO]).await;
    let link = format!("{}?draft={}", place.form, place.draft().await);
    assert_eq!(place.worker.get(&link).await.status, StatusCode::OK);
    let case = id(&format!("case {FILE}"));
    let leads = |until: &str| {
        format!(
            "set session_replication_role = replica; update app.case_assignment set until = {until} where case_id = '{case}'"
        )
    };
    place.app.db.run(&leads("now()")).await;
    assert_eq!(place.worker.get(&link).await.status, StatusCode::NOT_FOUND);
    // the walls of the database say the same, without the page
    let mut tx = place.app.db.connect("sanad_app").await;
    let look = "select count(*), count(app.key_of('draft', id)) from app.form_draft";
    let seen = async |tx: &mut sqlx::PgConnection| -> (i64, i64) {
        sqlx::raw_sql("begin").execute(&mut *tx).await.unwrap();
        sqlx::query("select set_config('app.session', $1, true)")
            .bind(crate::support::world::session_of("worker1.rabat"))
            .execute(&mut *tx)
            .await
            .unwrap();
        let seen = sqlx::query_as(look).fetch_one(&mut *tx).await.unwrap();
        sqlx::raw_sql("rollback").execute(&mut *tx).await.unwrap();
        seen
    };
    assert_eq!(seen(&mut tx).await, (0, 0));
    place.app.db.run(&leads("null")).await;
    assert_eq!(
        seen(&mut tx).await,
        (1, 1),
        "there is something to be kept from"
    );
    // the post ends, and the job takes away what nobody will ever open
    let work = work(&place.app.db);
    assert_eq!(work.sweep_drafts().await.unwrap(), 0);
    place
        .app
        .db
        .run(&format!(
            "update sec.role_assignment set valid = daterange(lower(valid), current_date) where user_id = '{}'",
            id("worker1.rabat")
        ))
        .await;
    assert_eq!(work.sweep_drafts().await.unwrap(), 1);
    assert_eq!(place.keys().await, 0);
}

#[tokio::test]
async fn nothing_is_kept_of_a_file_that_is_not_ones_own() {
    let place = Place::new().await;
    let fields = place.typed("Words").await;
    for (subject, status) in [
        (id("case rabat.colleague"), StatusCode::NOT_FOUND),
        (id("case rabat.protected"), StatusCode::NOT_FOUND),
        (id("case sale.mine"), StatusCode::NOT_FOUND),
        (id("no such file"), StatusCode::NOT_FOUND),
    ] {
        let path = format!("/drafts/of/assessment/{subject}");
        assert_eq!(
            send(&place.worker, &path, &fields, &[AUTO]).await.status,
            status
        );
    }
    for path in ["/drafts/of/nothing/", "/drafts/of/assessment/x"] {
        let path = format!("{path}{}", id("case rabat.mine"));
        assert_eq!(
            send(&place.worker, &path, &fields, &[AUTO]).await.status,
            StatusCode::NOT_FOUND
        );
    }
    assert!(place.drafts().await.is_empty());
}

#[tokio::test]
async fn contacts_begun_side_by_side_are_drafts_of_their_own() {
    let place = Place::new().await;
    let begin = async |name: &str| {
        let page = place.worker.get("/contacts/new").await;
        let fields = fill(&page, "note", name);
        let own = fields
            .iter()
            .find(|(field, _)| field == "id")
            .unwrap()
            .1
            .clone();
        let path = format!("/drafts/of/contact/{own}");
        let kept = send(&place.worker, &path, &fields, &[AUTO]).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        (own, path, fields)
    };
    let (first, path, fields) = begin("Two children at the lights").await;
    let (second, _, _) = begin("One at the mosque").await;
    assert_eq!(place.drafts().await, ["contact 1 t", "contact 1 t"]);
    // one form cannot be kept under the name of the other
    let crossed = send(&place.worker, &path, &fields, &[AUTO, ("id", &second)]).await;
    assert_eq!(crossed.status, StatusCode::BAD_REQUEST);
    let draft = place
        .app
        .db
        .list(format!(
            "select id::text from app.form_draft where subject = '{first}'"
        ))
        .await
        .remove(0);
    let page = place
        .worker
        .get(&format!("/contacts/new?draft={draft}"))
        .await;
    assert!(page.body.contains("Two children at the lights") && page.body.contains(&first));
    let resumed = fill(&page, "note", "Two children at the lights");
    // "now" of a form that was put aside is when it was begun
    assert!(resumed.contains(&("when".to_owned(), "earlier".to_owned())));
    assert!(
        resumed
            .iter()
            .any(|(field, value)| field == "time" && !value.is_empty())
    );
    let whole = [
        ("spot", "other"),
        ("place", "044210107"),
        ("place_kind", "mosque"),
        ("child-0-sex", "F"),
        ("child-0-years", "6"),
        ("adult", "mother"),
        ("circumstance", "with_mother"),
        ("action", "awareness"),
    ];
    let saved = send(&place.worker, "/contacts", &resumed, &whole).await;
    assert_eq!(
        saved.location(),
        format!("/contacts/{first}"),
        "{}",
        saved.body
    );
    assert_eq!(place.drafts().await, ["contact 1 t"], "the other stays");
    // the same form from another device, where its draft had another number: saved twice, saved once
    let mut again = whole.to_vec();
    again.push(("draft_rev", "7"));
    let twice = send(&place.worker, "/contacts", &resumed, &again).await;
    assert_eq!(
        twice.location(),
        format!("/contacts/{first}"),
        "{}",
        twice.body
    );
    // and what was still on its way when it was saved is not kept again
    let late = send(&place.worker, &path, &fields, &[AUTO, ("draft_rev", "")]).await;
    assert!(late.body.contains("\"stop\":true"), "{}", late.body);
    assert_eq!(place.drafts().await, ["contact 1 t"]);
}

#[tokio::test]
async fn each_long_form_keeps_and_offers_its_own() {
    let place = Place::new().await;
    let case = id(&format!("case {FILE}"));
    place
        .app
        .db
        .run(&format!(
            "set session_replication_role = replica; delete from app.judicial_file; delete from app.care_plan;
             update app.case_episode set state = 'monitoring' where case_id = '{case}'"
        ))
        .await;
    for (form, path, field) in [
        ("care_plan", "care-plan/form", "goal-0-text"),
        ("visit", "visits", "findings"),
        ("referral", "prosecution/new", "summary"),
        ("closing_report", "closure", "report_done"),
    ] {
        let path = format!("/cases/{case}/{path}");
        let fields = fill(&place.worker.get(&path).await, field, "What I was typing");
        let keep = format!("/drafts/of/{form}/{case}");
        let kept = send(&place.worker, &keep, &fields, &[AUTO]).await;
        assert_eq!(kept.status, StatusCode::OK, "{form}: {}", kept.body);
        let page = place.worker.get(&path).await;
        let link = format!("{path}?draft=");
        assert!(page.body.contains(&link), "{form}: {}", page.body);
        let at = page.body.find(&link).unwrap();
        let link = page.body[at..].split('"').next().unwrap();
        let page = place.worker.get(link).await;
        assert!(page.body.contains("What I was typing"), "{form}");
        let drop = place
            .app
            .db
            .list(format!(
                "select '/drafts/' || id || '/drop' from app.form_draft where form = '{form}'"
            ))
            .await
            .remove(0);
        assert_eq!(place.worker.post(&drop, &[]).await.location(), path);
    }
    assert!(place.drafts().await.is_empty());
}

/// A draft that was begun before somebody else saved is asked about when it is saved, not written over theirs.
#[tokio::test]
async fn a_draft_knows_the_version_it_was_begun_on() {
    let place = Place::new().await;
    let mine = place.typed("Mine, begun first").await;
    send(&place.worker, &place.keep, &mine, &[AUTO]).await;
    let supervisor = place.app.client("supervisor.rabat").reading(Lang::En);
    let form = fill(
        &supervisor.get(&place.form).await,
        "summary",
        "Theirs, saved first",
    );
    send(&supervisor, &place.form, &form, &[("act", "save")]).await;
    let page = place
        .worker
        .get(&format!("{}?draft={}", place.form, place.draft().await))
        .await;
    let form = fill(&page, "summary", "Mine, begun first");
    let page = send(&place.worker, &place.form, &form, &[("act", "save")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("Theirs, saved first") && page.body.contains("Mine, begun first"));
    assert_eq!(
        place.drafts().await,
        ["assessment 1 t"],
        "until it is saved"
    );
    let mut chosen = fill(&page, "pick-summary", "mine");
    chosen.retain(|(name, value)| name != "pick-summary" || value == "mine");
    let saved = send(&place.worker, &place.form, &chosen, &[]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(place.drafts().await.is_empty());
}
