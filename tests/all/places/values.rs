//! What cannot be is told beside its field.

use super::BAD;
use crate::support::{TestApp, id, typed_day};
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_child_is_not_its_own_mother() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let child = id("child rabat.mine").to_string();
    let path = format!("/children/{child}/family/new");
    for own in [
        vec![("who", child.as_str())],
        vec![("who", "new"), ("id", child.as_str()), ("sex", "F")],
    ] {
        let mut fields = vec![("kind", "mother"), ("given_la", "TYPED-NAME")];
        fields.extend(own);
        let answer = worker.post(&path, &fields).await;
        assert_eq!(answer.status, BAD);
        assert!(answer.body.contains("kind-error"));
        assert!(answer.says(Lang::En, "relative-self"));
        assert!(answer.body.contains("TYPED-NAME"), "what was typed is kept");
    }
    let kept: i64 = app
        .db
        .ask("select count(*) from app.relationship where from_person = to_person")
        .await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn an_age_a_date_and_a_code_that_cannot_be_are_told_beside_the_field() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let edit = format!("/children/{}/edit", id("child rabat.mine"));
    let before: String = app
        .db
        .ask("select string_agg(p::text, ' ' order by id) from app.person p")
        .await;
    for (fields, field) in [
        (vec![("sex", "X")], "sex-error"),
        (
            vec![
                ("birth", "date"),
                ("birth_date", "01/01/2199"),
                ("birth_basis", "declared"),
            ],
            "birth_date-error",
        ),
        (
            vec![
                ("birth", "date"),
                ("birth_date", "31/02/2020"),
                ("birth_basis", "declared"),
            ],
            "birth_date-error",
        ),
        (
            vec![
                ("birth", "date"),
                ("birth_date", "01/01/1980"),
                ("birth_basis", "declared"),
            ],
            "birth_date-error",
        ),
        (
            vec![("birth", "age"), ("age_from", "9"), ("age_to", "4")],
            "age_to-error",
        ),
        (vec![("birth", "age"), ("age_from", "44")], "age_from-error"),
        (vec![("nationality", "??")], "nationality-error"),
        (vec![("disability", "primary")], "disability-error"),
        (vec![("education", "none")], "education-error"),
    ] {
        let mut all = vec![("version", "1"), ("given_la", "TYPED-NAME")];
        if !fields.iter().any(|(name, _)| *name == "sex") {
            all.push(("sex", "F"));
        }
        all.extend(fields);
        let answer = worker.post(&edit, &all).await;
        assert_eq!(answer.status, BAD, "{all:?}");
        assert!(answer.body.contains(field), "{all:?}: {field}");
        assert!(answer.body.contains("TYPED-NAME"));
    }
    let after: String = app
        .db
        .ask("select string_agg(p::text, ' ' order by id) from app.person p")
        .await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn nothing_is_given_on_a_closed_file() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let case = id("case rabat.mine");
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             update app.case_episode set state = 'closed', closed_at = now(), closed_by = opened.by, closure_reason =
                 (select code from ref.closure_reason order by sort limit 1)
             from (select opened_by as by from app.case_file where id = '{case}') opened where case_id = '{case}'"
        ))
        .await;
    let before: i64 = app.db.ask("select count(*) from app.service").await;
    let service = id("too late").to_string();
    let (file, child, today) = (
        case.to_string(),
        id("child rabat.mine").to_string(),
        typed_day(0),
    );
    let new = format!("/services/new?case={file}");
    assert_eq!(worker.get(&new).await.status, StatusCode::CONFLICT);
    for state in ["delivered", "planned", "proposed"] {
        let fields = [
            ("id", service.as_str()),
            ("case", file.as_str()),
            ("for", child.as_str()),
            ("kind", "medical_consultation"),
            ("provider", "en_cell_rabat"),
            ("state", state),
            ("date", today.as_str()),
            ("note", "TYPED-NOTE"),
        ];
        let answer = worker.post("/services", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{state}");
        assert!(answer.says(Lang::En, "service-case-closed"));
        assert!(answer.body.contains("href=\"#for\"") && answer.body.contains("TYPED-NOTE"));
    }
    let after: i64 = app.db.ask("select count(*) from app.service").await;
    assert_eq!(before, after);
}
