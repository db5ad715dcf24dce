//! Two people change the same thing: nobody's words are overwritten without being asked about.

use crate::support::{Answer, Client, TestApp, html::forms, id, typed_day as day};
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

fn edit() -> String {
    format!("/children/{}/edit", id("child rabat.mine"))
}

#[tokio::test]
async fn two_who_change_different_fields_lose_nothing() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    let saved = one.typed("given_la", "Zaynab").send(&place.worker).await;
    assert_eq!(saved.status, SAVED);
    assert_eq!(place.child().await, "2 Zaynab t estimated");
    let page = other
        .typed("civil_status", "registered")
        .send(&place.supervisor)
        .await;
    assert_eq!(page.status, STALE);
    // what is stored, what was before, who and that it is theirs; nothing was written
    for words in ["Zaynab", "Zineb", "worker1.rabat"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!(place.child().await, "2 Zaynab t estimated");
    // both are proposed already, only these two are asked, and one press saves them
    let merged = Sheet::of(&page, "pick-given_la");
    assert_eq!(merged.text("pick-given_la"), "theirs");
    assert_eq!(merged.text("pick-civil_status"), "mine");
    let asked = |(field, _): &&(String, String)| field == "asked";
    assert_eq!(merged.fields.iter().filter(asked).count(), 2);
    assert_eq!(merged.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.child().await, "3 registered Zaynab t estimated");
}

#[tokio::test]
async fn what_both_changed_is_asked_and_not_guessed() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    one.typed("given_la", "First").send(&place.worker).await;
    let page = other
        .typed("given_la", "Second")
        .send(&place.supervisor)
        .await;
    assert_eq!(page.status, STALE);
    let sheet = Sheet::of(&page, "pick-given_la");
    assert_eq!(sheet.text("pick-given_la"), "", "none is proposed");
    // not answered: asked again, beside the field, with what was typed
    let again = sheet.send(&place.supervisor).await;
    assert_eq!(again.status, ASKED);
    assert!(again.body.contains("id=\"pick-given_la-error\""));
    assert!(again.body.contains("First") && again.body.contains("Second"));
    assert_eq!(place.child().await, "2 First t estimated");
    let sheet = Sheet::of(&again, "pick-given_la");
    // somebody writes once more meanwhile: shown again, against what was shown last
    let third = Sheet::open(&place.worker, &edit(), "given_la").await;
    third
        .typed("civil_status", "registered")
        .send(&place.worker)
        .await;
    let sheet = sheet.typed("pick-given_la", "mine");
    let page = sheet.send(&place.supervisor).await;
    assert_eq!(page.status, STALE, "a second time");
    let sheet = Sheet::of(&page, "pick-given_la");
    assert_eq!(sheet.text("pick-given_la"), "mine", "the choice stays");
    assert_eq!(sheet.text("pick-civil_status"), "theirs");
    assert_eq!(place.child().await, "3 registered First t estimated");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.child().await, "4 registered Second t estimated");
}

#[tokio::test]
async fn theirs_can_be_kept_and_an_untouched_birth_stays_as_it_was_recorded() {
    let place = Place::new().await;
    let before = "select birth_earliest || ' ' || birth_latest from app.person where id = ";
    let before = format!("{before}'{}'", id("child rabat.mine"));
    let born = place.one(&before).await;
    let (one, other) = place.both(&edit(), "given_la").await;
    one.typed("given_la", "First").send(&place.worker).await;
    let page = other
        .typed("given_la", "Second")
        .send(&place.supervisor)
        .await;
    let sheet = Sheet::of(&page, "pick-given_la").typed("pick-given_la", "theirs");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.child().await, "2 First t estimated", "no new version");
    assert_eq!(place.one(&before).await, born);
    // both speak of the birth: one question
    let (one, other) = place.both(&edit(), "given_la").await;
    let dated = one.typed("birth", "date").typed("birth_date", "01/02/2019");
    let dated = dated.typed("birth_basis", "document");
    let saved = dated.send(&place.worker).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let aged = other
        .typed("birth", "age")
        .typed("age_from", "9")
        .typed("age_to", "");
    let page = aged.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert!(page.body.contains("01/02/2019"));
    let sheet = Sheet::of(&page, "pick-birth").typed("pick-birth", "theirs");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.one(&before).await, "2019-02-01 2019-02-01");
}

#[tokio::test]
async fn what_a_form_says_of_the_past_is_never_written() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    one.typed("given_la", "Stored").send(&place.worker).await;
    // a form that says it was shown with what its author typed: theirs would be proposed, and nothing more
    let forged = other
        .typed("given_la", "Typed")
        .typed("was", "given_la=Typed&family_la=Forged&version=9&id=x");
    let page = forged.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert_eq!(place.child().await, "2 Stored t estimated");
    // theirs, of which the form tells a lie
    let sheet = Sheet::of(&page, "pick-given_la")
        .typed("then", "given_la=Forged&family_la=Forged")
        .typed("was", "given_la=Forged%00&family_la=Forged")
        .typed("pick-given_la", "theirs")
        .typed("pick-protected", "theirs")
        .typed("asked", "given_la");
    let saved = sheet.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    assert_eq!(place.child().await, "2 Stored t estimated");
    // garbage is a form without a past: everything that differs is asked
    let (one, other) = place.both(&edit(), "given_la").await;
    one.typed("given_la", "Later").send(&place.worker).await;
    let garbage = other.typed("given_la", "Mine").typed("was", "%FF%00&&&==");
    let page = garbage.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert_eq!(place.child().await, "3 Later t estimated");
}

#[tokio::test]
async fn a_number_recorded_by_both_is_asked_about() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    let number =
        |sheet: Sheet, value: &str| sheet.typed("id_kind", "cnie").typed("id_value", value);
    let first = number(one, "AB12345").send(&place.worker).await;
    assert_eq!(first.status, SAVED, "{}", first.body);
    let page = number(other, "CD67890").send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert!(page.body.contains("••••45") && !page.body.contains("AB12345"));
    let sheet = Sheet::of(&page, "pick-id_value");
    assert_eq!(sheet.text("pick-id_value"), "");
    let sheet = sheet.typed("pick-id_value", "theirs");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    let child = format!("/children/{}", id("child rabat.mine"));
    let page = place.worker.get(&child).await;
    assert!(page.body.contains("••••45") && !page.body.contains("••••90"));
}

#[tokio::test]
async fn two_verdicts_on_one_tie_are_shown_to_the_second() {
    let place = Place::new().await;
    let (child, mother) = (id("child rabat.mine"), id("mother rabat.mine"));
    let path = format!("/children/{child}/family/{mother}/proof");
    let (one, other) = place.both(&path, "claim").await;
    let refuted = one.typed("claim", "refuted").typed("proof", "judgment");
    assert_eq!(refuted.send(&place.worker).await.status, SAVED);
    let verified = other
        .typed("claim", "verified")
        .typed("proof", "civil_document");
    let page = verified.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let claim = format!("select claim from app.relationship where to_person = '{child}'");
    assert_eq!(place.one(&claim).await, "refuted");
    let sheet = Sheet::of(&page, "pick-claim").typed("pick-claim", "mine");
    assert_eq!(sheet.send(&place.supervisor).await.status, SAVED);
    assert_eq!(place.one(&claim).await, "verified");
}

#[tokio::test]
async fn two_who_begin_the_same_assessment_end_with_one() {
    let place = Place::new().await;
    let form = format!("{}/assessments/form", place.blank_file().await);
    let (one, other) = place.both(&form, "summary").await;
    let saved = one
        .typed("summary", "A family of six")
        .typed("act", "save")
        .send(&place.worker)
        .await;
    assert_eq!(saved.status, SAVED);
    let page = other
        .typed("note-health", "Coughs at night")
        .typed("needs", "orphan")
        .typed("act", "complete")
        .send(&place.supervisor)
        .await;
    // seven scores are missing as well; that is for after what the other wrote is known
    assert_eq!(page.status, STALE);
    let sheet = Sheet::of(&page, "pick-summary");
    assert_eq!(sheet.text("pick-note-health"), "mine");
    assert_eq!(sheet.text("pick-summary"), "theirs");
    let saved = sheet.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let merged = place.worker.get(&form).await.body;
    assert!(merged.contains("A family of six") && merged.contains("Coughs at night"));
    let rows = format!(
        "select count(*) || ' ' || max(version) from app.assessment where case_id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(place.one(&rows).await, "1 2");
}

#[tokio::test]
async fn what_was_completed_meanwhile_does_not_swallow_what_another_typed() {
    let place = Place::new().await;
    let form = format!("{}/assessments/form", place.blank_file().await);
    let sheet = Sheet::open(&place.worker, &form, "summary").await;
    sheet.typed("act", "save").send(&place.worker).await;
    let (one, other) = place.both(&form, "summary").await;
    let domains = [
        "safety",
        "health",
        "psychological",
        "family",
        "material",
        "education",
        "legal_identity",
        "exploitation",
    ];
    let whole = domains
        .iter()
        .fold(one, |sheet, one| sheet.typed(&format!("score-{one}"), "1"))
        .typed("summary", "All is said")
        .typed("act", "complete");
    assert_eq!(whole.send(&place.worker).await.status, SAVED);
    assert_eq!(
        whole.send(&place.worker).await.status,
        SAVED,
        "pressed twice"
    );
    let late = other
        .typed("summary", "Typed too late")
        .typed("act", "save");
    let page = late.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert!(page.says(Lang::En, "assessment-completed-meanwhile"));
    assert!(page.body.contains("Typed too late") && page.body.contains("All is said"));
    assert!(!page.body.contains("pick-summary"), "nothing can be chosen");
}

#[tokio::test]
async fn two_who_draw_up_a_plan_keep_the_goals_of_both() {
    let place = Place::new().await;
    let form = format!("{}/care-plan/form", place.blank_file().await);
    let sheet = Sheet::open(&place.worker, &form, "goal-0-text").await;
    let begun = sheet
        .typed("goal-0-text", "Back to school")
        .typed("act", "save");
    assert_eq!(begun.send(&place.worker).await.status, SAVED);
    let (one, other) = place.both(&form, "goal-0-text").await;
    let due = day(20);
    let one = one
        .typed("goal-0-a0-what", "Enrol the child")
        .typed("goal-0-a0-due", &due)
        .typed("act", "save");
    assert_eq!(one.send(&place.worker).await.status, SAVED);
    let other = other
        .typed("goal-1-text", "A safe home")
        .typed("act", "save");
    let page = other.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let sheet = Sheet::of(&page, "pick-goal-1-text");
    assert_eq!(sheet.text("pick-goal-0-a0-what"), "theirs");
    let saved = sheet.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let merged = place.worker.get(&form).await.body;
    for words in ["Back to school", "Enrol the child", "A safe home", &due] {
        assert!(merged.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_closing_report_written_twice_is_asked_about_and_the_same_twice_is_not() {
    let place = Place::new().await;
    let path = format!("/cases/{}/closure", id("case rabat.mine"));
    let (one, other) = place.both(&path, "report_done").await;
    let one = one.typed("report_done", "School, papers");
    assert_eq!(one.send(&place.worker).await.status, SAVED);
    assert_eq!(one.send(&place.worker).await.status, SAVED, "pressed twice");
    let version = format!(
        "select version::text from app.closing_report where case_id = '{}'",
        id("case rabat.mine")
    );
    assert_eq!(place.one(&version).await, "2");
    let other = other.typed("report_watch", "The uncle");
    let page = other.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let saved = Sheet::of(&page, "pick-report_watch")
        .send(&place.supervisor)
        .await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let page = place.worker.get(&path).await.body;
    assert!(page.contains("School, papers") && page.contains("The uncle"));
}

#[tokio::test]
async fn figures_of_an_institution_are_asked_about() {
    let place = Place::new().await;
    let manager = place.app.client("institution.rabat").reading(Lang::En);
    let path = format!("/shelter/groups/{}", id("group rabat.mine"));
    let one = Sheet::open(&manager, &path, "closed").await;
    let other = one.clone();
    assert_eq!(one.typed("others", "2").send(&manager).await.status, SAVED);
    let page = other.typed("closed", "0").send(&manager).await;
    assert_eq!(page.status, STALE);
    let saved = Sheet::of(&page, "pick-closed").send(&manager).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let figures = format!(
        "select closed || ' ' || others from app.bed_group where id = '{}'",
        id("group rabat.mine")
    );
    assert_eq!(place.one(&figures).await, "0 2");
}

/// What a city keeps of its own: the standing of an institution, the rhythm of its visits.
#[tokio::test]
async fn what_a_city_keeps_is_asked_about() {
    let place = Place::new().await;
    let keep = format!(
        "/shelter/institutions/{}/keep",
        id("institution rabat.mine")
    );
    let one = Sheet::open(&place.supervisor, &keep, "licence").await;
    let other = one.clone();
    let one = one
        .typed("standard-night", "no")
        .typed("inspected_on", &day(-1));
    let saved = one.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let page = other
        .typed("licence", "EPS-77")
        .send(&place.supervisor)
        .await;
    assert_eq!(page.status, STALE);
    let merged = Sheet::of(&page, "pick-licence");
    assert_eq!(merged.text("pick-standard-night"), "theirs");
    let saved = merged.send(&place.supervisor).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let kept = format!(
        "select licence || ' ' || ('night' = any (standards_unmet)) from app.institution where id = '{}'",
        id("institution rabat.mine")
    );
    assert_eq!(place.one(&kept).await, "EPS-77 true");
    let one = Sheet::open(&place.supervisor, "/visits/rhythm", "days-high").await;
    let other = one.clone();
    assert_eq!(
        one.typed("days-high", "5")
            .send(&place.supervisor)
            .await
            .status,
        SAVED
    );
    let page = other.typed("days-low", "45").send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    let saved = Sheet::of(&page, "pick-days-low")
        .send(&place.supervisor)
        .await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let page = Sheet::open(&place.supervisor, "/visits/rhythm", "days-high").await;
    assert_eq!((page.text("days-high"), page.text("days-low")), ("5", "45"));
}

#[tokio::test]
async fn a_visit_reported_twice_shows_both_reports() {
    let place = Place::new().await;
    let case = id("case rabat.mine");
    place
        .app
        .db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_episode set state = 'monitoring' where case_id = '{case}'"
        ))
        .await;
    let path = format!("/cases/{case}/visits");
    let (one, other) = place.both(&path, "findings").await;
    let report = |sheet: Sheet, words: &str| {
        sheet
            .typed("happened", "yes")
            .typed("safe", "yes")
            .typed("refound", "no")
            .typed("findings", words)
            .typed("next_on", &day(14))
    };
    let first = report(one, "At home with the mother");
    let saved = first.send(&place.worker).await;
    assert_eq!(saved.status, SAVED, "{}", saved.body);
    let kept = format!(
        "select count(*) || ' ' || sum(version) from app.visit where case_id = '{case}' and recorded_at is not null"
    );
    let before = place.one(&kept).await;
    let second = report(other, "Seen at the market");
    let page = second.send(&place.supervisor).await;
    assert_eq!(page.status, STALE);
    assert!(page.says(Lang::En, "visit-recorded-meanwhile"));
    for words in ["Seen at the market", "At home with the mother"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert_eq!(place.one(&kept).await, before);
}

/// Both press at the same moment: one is saved, the other is asked.
#[tokio::test]
async fn of_two_at_the_same_moment_one_is_asked() {
    let place = Place::new().await;
    let (one, other) = place.both(&edit(), "given_la").await;
    let (one, other) = (
        one.typed("given_la", "One"),
        other.typed("given_la", "Other"),
    );
    let both = tokio::join!(one.send(&place.worker), other.send(&place.supervisor));
    let mut status = [both.0.status, both.1.status];
    status.sort_unstable();
    assert_eq!(status, [SAVED, STALE]);
    let asked = if both.0.status == STALE {
        both.0
    } else {
        both.1
    };
    assert!(
        asked.body.contains("pick-given_la"),
        "it is the page that asks"
    );
}
