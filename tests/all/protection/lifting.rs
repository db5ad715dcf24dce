//! A protection that ends.

use super::{NAME, WHY, case, fresh, mark};
use crate::support::TestApp;
use axum::http::StatusCode;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_protection_ends_when_two_agree_and_the_name_comes_back() {
    let app = TestApp::new().await;
    let supervisor = app.client("supervisor.rabat");
    mark(&supervisor).await;
    let path = format!("{}/protection", case());
    let finish = format!("{path}/lift/finish");
    assert_eq!(
        supervisor.post(&finish, &[]).await.status,
        StatusCode::CONFLICT
    );
    let lift = fresh();
    let fields = [("id", &*lift), ("lift_text", WHY)];
    assert_eq!(
        supervisor
            .post(&format!("{path}/lift"), &fields)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let other = [("id", &*fresh()), ("lift_text", WHY)];
    assert_eq!(
        supervisor
            .post(&format!("{path}/lift"), &other)
            .await
            .status,
        StatusCode::CONFLICT,
        "one request at a time"
    );
    let answer = format!("/protection/lifts/{lift}");
    let own = supervisor.post(&answer, &[("answer", "agree")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.says(Lang::Ar, "unprotect-own"));
    let dpo = app.client("dpo");
    let page = dpo.get(&answer).await;
    assert!(page.body.contains(WHY));
    assert!(!page.body.contains(NAME));
    assert_eq!(dpo.get(&case()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        dpo.post(&answer, &[("answer", "agree")]).await.status,
        StatusCode::SEE_OTHER
    );
    let agreed = supervisor.get(&path).await;
    assert!(agreed.says(Lang::Ar, "unprotect-finish"));
    assert_eq!(supervisor.post(&finish, &[]).await.location(), case());
    let list = app.client("worker2.rabat").get("/cases?filter=open").await;
    assert!(
        list.body.contains(NAME),
        "the prefecture sees the file again"
    );
    let sealed = "select count(*)::text from app.person_name n join app.case_file c on c.child_id = n.person_id
                  where n.names_enc is not null and not c.protected";
    assert_eq!(app.db.list(sealed).await, ["0"]);
}
