//! Reports are saved, shared, changed and deleted; a question outlives what it names.

use super::{BAD, DONE, NEW, OK, SENT, grid, save, sheet, tell};
use crate::support::{TestApp, id};
use axum::http::StatusCode;
use sanad::i18n::Lang;

const GONE: StatusCode = StatusCode::NOT_FOUND;
const QUESTION: [(&str, &str); 3] = [
    ("table", "children_by_sex"),
    ("rows", "place"),
    ("columns", "part"),
];

async fn trail(app: &TestApp) -> Vec<String> {
    app.db
        .list("select action || ' ' || (fields ->> 'table') from audit.event where action like 'report.%' order by id")
        .await
}

#[tokio::test]
async fn a_report_is_kept_once_and_asked_anew() {
    let app = TestApp::new().await;
    tell(&app).await;
    let steering = app.client("steering").reading(Lang::En);
    let path = save(&steering, "Children by city", &QUESTION).await;
    // pressed twice it is the same; amended it is another
    assert_eq!(save(&steering, "Children by city", &QUESTION).await, path);
    let other = save(&steering, "Another name", &QUESTION).await;
    assert_ne!(other, path);
    let page = steering.get(&path).await;
    assert_eq!(page.status, OK);
    assert!(page.body.contains("Children by city"));
    let asked = steering
        .get(&format!(
            "{NEW}?table=children_by_sex&rows=place&columns=part"
        ))
        .await;
    assert_eq!(grid(&page), grid(&asked));
    let file = steering.get(&format!("{path}/export.csv")).await;
    assert!(file.body.contains("Children by city"));
    assert_eq!(sheet(&file).len(), grid(&page).len());
    let list = steering.get("/reports").await;
    assert!(list.body.contains(&path) && list.body.contains(&other));
    // it holds no figure
    let kept: String = app
        .db
        .ask("select string_agg(definition::text, ' ') from plan.saved_report where name <> 'تقرير مختلق'")
        .await;
    assert!(!kept.contains("1240") && !kept.contains("40"), "{kept}");
    assert_eq!(
        trail(&app).await,
        [
            "report.saved children_by_sex",
            "report.saved children_by_sex",
            "report.exported children_by_sex"
        ]
    );
}

#[tokio::test]
async fn a_name_that_is_none_is_told_and_the_question_stays() {
    let app = TestApp::new().await;
    tell(&app).await;
    let steering = app.client("steering").reading(Lang::En);
    for title in ["", "  ", &"x".repeat(121)] {
        let mut fields = vec![("id", SENT), ("title", title)];
        fields.extend(QUESTION);
        let answer = steering.post("/reports", &fields).await;
        assert_eq!(answer.status, BAD);
        assert!(answer.body.contains("id=\"title-error\""));
        assert!(
            answer.body.contains("name=\"columns\" value=\"part\""),
            "the question is lost"
        );
    }
    // and a question that is none is not kept, whatever its name
    let fields = [
        ("id", SENT),
        ("title", "x"),
        ("table", "children_by_colour"),
        ("rows", "place"),
    ];
    let answer = steering.post("/reports", &fields).await;
    assert_eq!(answer.status, BAD);
    assert!(
        answer.body.contains("id=\"table-error\"") && answer.body.contains("children_by_colour")
    );
    let kept: i64 = app
        .db
        .ask("select count(*) from plan.saved_report where name = 'x'")
        .await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_report_is_shared_with_its_own_and_with_nobody_else() {
    let app = TestApp::new().await;
    let mine = app.client("worker1.rabat");
    let path = save(
        &mine,
        "Contacts",
        &[("table", "contacts"), ("rows", "month")],
    )
    .await;
    let others = ["worker2.rabat", "supervisor.rabat"];
    let strangers = ["worker1.sale", "supervisor.sale", "steering"];
    for username in others.into_iter().chain(strangers) {
        assert_eq!(
            app.client(username).get(&path).await.status,
            GONE,
            "{username}"
        );
    }
    let share = format!("{path}/share");
    for _ in 0..2 {
        assert_eq!(mine.post(&share, &[("shared", "yes")]).await.status, DONE);
    }
    for username in others {
        let page = app.client(username).reading(Lang::En).get(&path).await;
        assert_eq!(page.status, OK, "{username}");
        assert!(page.says(Lang::En, "report-copy"));
        // read, and not theirs to change
        for act in ["share", "delete", "edit"] {
            let answer = app
                .client(username)
                .post(&format!("{path}/{act}"), &[("title", "x")])
                .await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{username} {act}");
        }
        let copy = app.client(username).get(&format!("{path}/edit")).await;
        assert_eq!(copy.status, OK);
        assert!(copy.body.contains("method=\"post\" action=\"/reports\""));
        assert!(
            app.client(username)
                .get("/reports")
                .await
                .body
                .contains(&path)
        );
    }
    for username in strangers {
        assert_eq!(
            app.client(username).get(&path).await.status,
            GONE,
            "{username}"
        );
        assert!(
            !app.client(username)
                .get("/reports")
                .await
                .body
                .contains(&path)
        );
    }
    assert_eq!(mine.post(&share, &[("shared", "no")]).await.status, DONE);
    assert_eq!(app.client("worker2.rabat").get(&path).await.status, GONE);
    assert_eq!(
        trail(&app).await,
        [
            "report.saved contacts",
            "report.shared contacts",
            "report.withdrawn contacts"
        ]
    );
}

#[tokio::test]
async fn what_another_window_changed_is_told_before_it_is_replaced() {
    let app = TestApp::new().await;
    let mine = app.client("worker1.rabat").reading(Lang::En);
    let path = format!("/reports/{}", id("saved report rabat.mine"));
    let edit = format!("{path}/edit");
    let fields = |title, version| {
        [
            ("title", title),
            ("version", version),
            ("table", "contacts"),
            ("rows", "month"),
        ]
    };
    assert_eq!(mine.post(&edit, &fields("First", "1")).await.status, DONE);
    // the same again changes nothing
    assert_eq!(mine.post(&edit, &fields("First", "1")).await.status, DONE);
    let answer = mine.post(&edit, &fields("Second", "1")).await;
    assert_eq!(answer.status, BAD);
    assert!(answer.says(Lang::En, "report-changed-meanwhile"));
    assert!(
        answer.body.contains("value=\"Second\"")
            && answer.body.contains("name=\"version\" value=\"2\"")
    );
    assert_eq!(mine.post(&edit, &fields("Second", "2")).await.status, DONE);
    let page = mine.get(&path).await;
    assert!(page.body.contains("Second"));
    assert_eq!(
        trail(&app).await,
        ["report.changed contacts", "report.changed contacts"]
    );
}

#[tokio::test]
async fn what_is_deleted_is_gone_for_everybody() {
    let app = TestApp::new().await;
    let mine = app.client("worker1.rabat");
    let path = format!("/reports/{}", id("saved report rabat.mine"));
    assert_eq!(app.client("worker2.rabat").get(&path).await.status, OK);
    assert_eq!(mine.post(&format!("{path}/delete"), &[]).await.status, DONE);
    for username in ["worker1.rabat", "worker2.rabat", "supervisor.rabat"] {
        assert_eq!(
            app.client(username).get(&path).await.status,
            GONE,
            "{username}"
        );
    }
    assert_eq!(mine.post(&format!("{path}/delete"), &[]).await.status, GONE);
    let kept: i64 = app
        .db
        .ask("select count(*) from plan.saved_report where deleted_at is not null and not shared")
        .await;
    assert_eq!(kept, 1, "marked, and not removed");
    assert_eq!(trail(&app).await, ["report.deleted children_by_sex"]);
}

/// A later version dropped a table, a city left, a part is gone: the report opens, says which, and can be changed.
#[tokio::test]
async fn a_question_outlives_what_it_names() {
    let app = TestApp::new().await;
    tell(&app).await;
    let steering = app.client("steering").reading(Lang::En);
    let path = format!("/reports/{}", id("saved report country"));
    for (definition, gone, key) in [
        (
            r#"{"table": ["children_by_colour"], "rows": ["place"], "spot": ["rabat"]}"#,
            "children_by_colour",
            "report-table-gone",
        ),
        (
            r#"{"table": ["children"], "rows": ["place"], "spot": ["atlantis", "rabat"]}"#,
            "atlantis",
            "report-place-gone",
        ),
        (
            r#"{"table": ["children_by_sex"], "rows": ["part"], "slice": ["X", "F"]}"#,
            "X",
            "report-part-gone",
        ),
        (
            r#"{"table": ["children"], "rows": ["place"], "until": ["2019-01"]}"#,
            "2019-01",
            "team-before-plan",
        ),
        (r#"{"rows": ["place"]}"#, "place", "error-required"),
    ] {
        app.db
            .run(&format!(
                "update plan.saved_report set definition = '{definition}' where id = '{}'",
                id("saved report country")
            ))
            .await;
        let page = steering.get(&path).await;
        assert_eq!(page.status, OK, "{definition}");
        assert!(page.says(Lang::En, "report-unanswered"), "{definition}");
        let said = Lang::En.t_with(key, &[("code", "{".into())]);
        let stem = said.split(['{', '\u{2068}']).next().unwrap().trim();
        assert!(page.body.contains(stem), "{key}");
        assert!(!page.body.contains("<table class=\"stat\">"));
        assert_eq!(steering.get("/reports").await.status, OK);
        let builder = steering.get(&format!("{path}/edit")).await;
        assert_eq!(builder.status, OK, "nobody typed anything wrong");
        assert!(
            builder.body.contains(&format!("value=\"{gone}\"")),
            "{gone} is lost"
        );
        let file = steering.get(&format!("{path}/export.csv")).await;
        assert_eq!(file.status, StatusCode::CONFLICT);
        let kept: bool = app
            .db
            .ask(format!(
                "select definition = '{definition}'::jsonb from plan.saved_report where id = '{}'",
                id("saved report country")
            ))
            .await;
        assert!(kept, "reading changed {definition}");
    }
    // put right, it is the same report
    let fields = [
        ("title", "Again"),
        ("version", "1"),
        ("table", "children"),
        ("rows", "place"),
        ("spot", "rabat"),
    ];
    assert_eq!(
        steering.post(&format!("{path}/edit"), &fields).await.status,
        DONE
    );
    assert_eq!(grid(&steering.get(&path).await)[1][..2], ["Rabat", "40"]);
}
