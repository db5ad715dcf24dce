//! A protection that ends.

use super::{NAME, WHY, case, fresh, mark};
use crate::support::{TestApp, id};
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
    let form = fresh();
    let fields = [("id", &*form), ("lift_text", WHY)];
    for _ in ["sent", "sent again as it was"] {
        assert_eq!(
            supervisor
                .post(&format!("{path}/lift"), &fields)
                .await
                .status,
            StatusCode::SEE_OTHER
        );
    }
    let amended = format!("{WHY}: AMENDED");
    for form in [form.clone(), fresh()] {
        let other = [("id", &*form), ("lift_text", amended.as_str())];
        let told = supervisor.post(&format!("{path}/lift"), &other).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "one request at a time");
        assert!(told.says(Lang::Ar, "unprotect-already-asked"));
        assert!(told.body.contains("AMENDED"), "what was typed is kept");
    }
    let waiting = format!(
        "select l.id::text from app.protection_lift l join app.case_protection p on p.id = l.protection_id
         where l.answered_at is null and p.lifted_at is null and l.case_id = '{}'",
        id("case rabat.mine")
    );
    let lift = app.db.list(waiting).await;
    assert_eq!(lift.len(), 1);
    let lift = lift[0].as_str();
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
