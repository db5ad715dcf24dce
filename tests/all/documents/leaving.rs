//! Who gets it, how it leaves, and what happens when its bytes are not what they were.

use super::{ID, InFolder, add, documents, pdf, png, rows};
use crate::support::{TestApp, id};
use axum::{
    body::{Body, Bytes},
    http::{Method, StatusCode, header},
};
use futures_util::stream;
use sanad::i18n::Lang;

#[tokio::test]
async fn a_document_leaves_in_a_sandbox_of_its_own() {
    let app = TestApp::new().await;
    let client = app.client("worker1.rabat");
    add(&client, "عقد \"ازدياد\"\u{200f}.exe", ("a.png", &png())).await;
    let pdf = id("document rabat.mine").to_string();
    for (document, how, disposition, policy) in [
        (ID, "view", "inline; filename=\"", "sandbox;"),
        (ID, "download", "attachment; filename=\"", "sandbox;"),
        (&pdf, "view", "inline; filename=\"", "sandbox;"),
        (&pdf, "download", "attachment; filename=\"", "sandbox;"),
    ] {
        let path = format!("/documents/{document}/{how}");
        let answer = client.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(
            answer
                .header(header::CONTENT_DISPOSITION)
                .starts_with(disposition)
        );
        let csp = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            csp.starts_with("default-src 'none'") && csp.contains(policy),
            "{path}: {csp}"
        );
        assert!(
            csp.contains("frame-ancestors 'none'") && !csp.contains("script-src"),
            "{csp}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert_eq!(answer.header(header::CONTENT_ENCODING), "", "{path}");
    }
    let name = client.get(&format!("/documents/{ID}/download")).await;
    assert_eq!(
        name.header(header::CONTENT_DISPOSITION),
        "attachment; filename=\"___ ______ _.exe.jpg\"; \
         filename*=UTF-8''%D8%B9%D9%82%D8%AF%20%D8%A7%D8%B2%D8%AF%D9%8A%D8%A7%D8%AF%20%E2%80%8F.exe.jpg"
    );
    // as a part of another page, or in the hands of a script, it is nobody's
    for (dest, status) in [
        ("document", 200),
        ("image", 403),
        ("iframe", 403),
        ("embed", 403),
        ("empty", 403),
        ("script", 403),
    ] {
        let request = client
            .request(Method::GET, &format!("/documents/{ID}/view"))
            .header("sec-fetch-dest", dest);
        let answer = client.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{dest}");
    }
}

#[tokio::test]
async fn bytes_that_are_gone_or_changed_are_told_and_never_sent() {
    let here = InFolder::new().await;
    let client = here.client("worker1.rabat").reading(Lang::Fr);
    let bytes = pdf(&"CANARY ".repeat(20_000));
    add(&client, "title", ("a.pdf", &bytes)).await;
    let place = here.place().await;
    let whole = std::fs::read(&place).unwrap();
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let other = std::fs::read(here.files().iter().find(|file| **file != place).unwrap()).unwrap();
    let path = format!("/documents/{ID}/view");
    for (what, lies, key) in [
        ("a bit", Some(flipped), "document-damaged"),
        (
            "cut off",
            Some(whole[..whole.len() - 100].to_vec()),
            "document-damaged",
        ),
        (
            "cut off at a chunk",
            Some(whole[..21 + 64 * 1024 + 16].to_vec()),
            "document-damaged",
        ),
        ("nothing", Some(Vec::new()), "document-damaged"),
        ("another document's", Some(other), "document-damaged"),
        ("gone", None, "document-missing"),
    ] {
        match lies {
            Some(lies) => std::fs::write(&place, lies).unwrap(),
            None => std::fs::remove_file(&place).unwrap(),
        }
        let answer = client.get(&path).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{what}");
        assert!(
            answer.says(Lang::Fr, key) && !answer.body.contains("CANARY"),
            "{what}"
        );
        let page = client.get(&documents("rabat.mine")).await;
        assert!(page.says(Lang::Fr, key), "{what}: the list says so");
    }
    let alarms: i64 = here
        .app
        .db
        .ask("select count(*) from audit.event where action = 'document.unreadable'")
        .await;
    let opened: i64 = here
        .app
        .db
        .ask("select count(*) from audit.event where action = 'document.opened'")
        .await;
    assert_eq!((alarms, opened), (6, 0));
    // brought back from a copy
    std::fs::write(&place, whole).unwrap();
    assert_eq!(client.get(&path).await.body.as_bytes(), bytes);
    let page = client.get(&documents("rabat.mine")).await;
    assert!(!page.says(Lang::Fr, "document-missing"));
    // another key in the place of its own
    here.app
        .db
        .run("update sec.data_key set wrapped = set_byte(wrapped, 30, get_byte(wrapped, 30) # 1) where holder_id = '018f0000-0000-7000-8000-00000000d0c1'")
        .await;
    assert_eq!(client.get(&path).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_session_that_ends_while_a_document_is_sent_is_told_and_leaves_nothing() {
    let here = InFolder::new().await;
    let client = here.client("worker1.rabat").reading(Lang::Fr);
    let before = here.files();
    let head = "--sanad\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n018f0000-0000-7000-8000-00000000d0c1\r\n\
         --sanad\r\nContent-Disposition: form-data; name=\"document_kind\"\r\n\r\nother\r\n\
         --sanad\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n";
    let tail = [pdf("x"), b"\r\n--sanad--\r\n".to_vec()].concat();
    for end in [
        "update sec.session set expires_at = now() where token_sha256 = sha256('worker1.rabat')",
        "update sec.app_user set active = false where username = 'worker1.rabat'",
    ] {
        let mut admin = here.app.db.connect("postgres").await;
        let (tail, end) = (tail.clone(), end.to_owned());
        let late = async move {
            sqlx::raw_sql(sqlx::AssertSqlSafe(end))
                .execute(&mut admin)
                .await
                .unwrap();
            Ok::<_, std::io::Error>(Bytes::from(tail))
        };
        let first = async move { Ok(Bytes::from_static(head.as_bytes())) };
        let parts: Vec<std::pin::Pin<Box<dyn Future<Output = _> + Send>>> =
            vec![Box::pin(first), Box::pin(late)];
        let body = Body::from_stream(stream::StreamExt::then(stream::iter(parts), |part| part));
        let answer = client
            .send(
                client
                    .multipart(&documents("rabat.mine"))
                    .body(body)
                    .unwrap(),
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let to = answer.location();
        assert!(
            to.starts_with("/login?next=%2Fcases%2F") && to.ends_with("&lost=document"),
            "{to}"
        );
        let page = here.app.anonymous().reading(Lang::Fr).get(to).await;
        assert!(page.says(Lang::Fr, "login-lost-document"));
        here.app
            .db
            .run("update sec.app_user set active = true; update sec.session set expires_at = now() + interval '1 hour'")
            .await;
    }
    assert_eq!(here.files(), before);
    assert_eq!(rows(&here.app).await, 4);
}
