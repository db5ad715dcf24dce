//! What comes in: kept once, drawn anew, or told beside the field.

use super::{ID, InFolder, add, documents, fields, pdf, png, rows};
use crate::support::{TestApp, app, id};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use sanad::{i18n::Lang, router};
use sha2::{Digest, Sha256};
use std::sync::Arc;

#[tokio::test]
async fn a_document_is_added_listed_opened_and_written_down() {
    let app = TestApp::new().await;
    let client = app.client("worker1.rabat").reading(Lang::Fr);
    let bytes = pdf("words");
    let answer = add(&client, "عقد ازدياد", ("Acte de naissance.pdf", &bytes)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = client
        .get(answer.location().split('#').next().unwrap())
        .await;
    let print = hex::encode(Sha256::digest(&bytes));
    for shown in ["عقد ازدياد", "Acte de naissance.pdf", &print] {
        assert!(page.body.contains(shown), "{shown}");
    }
    assert!(page.says(Lang::Fr, "document-added"));
    let seen = client.get(&format!("/documents/{ID}/view")).await;
    assert_eq!(seen.body.as_bytes(), bytes);
    let trail = app
        .db
        .list(
            "select action || ' ' || actor || ' ' || object_id || ' ' || coalesce(fields->>'sha256', fields->>'as')
             from audit.event where action like 'document.%' order by id",
        )
        .await;
    let me = id("worker1.rabat");
    assert_eq!(
        trail,
        [
            format!("document.added {me} {ID} {print}"),
            format!("document.opened {me} {ID} view")
        ]
    );
    let home = client
        .get(&format!("/cases/{}", id("case rabat.mine")))
        .await;
    assert!(
        home.body.contains(&documents("rabat.mine")),
        "the file leads to its documents"
    );
    // who supervises sees it, a colleague does not
    for (username, status) in [
        ("supervisor.rabat", 200),
        ("worker2.rabat", 404),
        ("worker1.sale", 404),
    ] {
        let answer = app
            .client(username)
            .get(&format!("/documents/{ID}/view"))
            .await;
        assert_eq!(answer.status.as_u16(), status, "{username}");
    }
}

#[tokio::test]
async fn a_picture_is_drawn_anew_and_both_prints_are_told() {
    let app = TestApp::new().await;
    let client = app.client("worker1.rabat");
    let received = png();
    let answer = add(&client, "", ("IMG_1.PNG", &received)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let kept = client.get(&format!("/documents/{ID}/view")).await;
    assert_eq!(kept.header(header::CONTENT_TYPE), "image/jpeg");
    let page = client.get(&documents("rabat.mine")).await;
    assert!(page.body.contains(&hex::encode(Sha256::digest(&received))));
    let print: String = app
        .db
        .ask("select encode(sha256, 'hex') from app.attachment where media = 'jpeg'")
        .await;
    assert!(page.body.contains(&print));
}

#[tokio::test]
async fn pressed_twice_it_is_kept_once_and_another_under_its_id_is_told() {
    let here = InFolder::new().await;
    let client = here.client("worker1.rabat");
    let before = here.files().len();
    let bytes = pdf("once");
    let (one, two) = tokio::join!(
        add(&client, "title", ("a.pdf", &bytes)),
        add(&client, "title", ("a.pdf", &bytes))
    );
    for answer in [one, two, add(&client, "title", ("a.pdf", &bytes)).await] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    assert_eq!(here.files().len(), before + 1);
    let other = pdf("other");
    for answer in [
        add(&client, "title", ("a.pdf", &other)).await,
        add(&client, "another title", ("a.pdf", &bytes)).await,
        here.client("supervisor.rabat")
            .upload(
                &documents("rabat.mine"),
                &fields(ID, "title"),
                ("a.pdf", &bytes),
            )
            .await,
        // an id that is taken where nobody here can look
        client
            .upload(
                &documents("rabat.mine"),
                &fields(&id("document sale.mine").to_string(), "title"),
                ("a.pdf", &bytes),
            )
            .await,
    ] {
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.says(Lang::Ar, "document-sent-before"));
    }
    assert_eq!(here.files().len(), before + 1);
    assert_eq!(rows(&here.app).await, 5);
    let added: i64 = here
        .app
        .db
        .ask("select count(*) from audit.event where action = 'document.added'")
        .await;
    assert_eq!(added, 1);
}

#[tokio::test]
async fn what_may_not_come_in_is_told_beside_the_field_and_leaves_nothing() {
    let here = InFolder::new().await;
    let client = here.client("worker1.rabat").reading(Lang::Fr);
    let before = here.files();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
    let script = String::from_utf8(pdf("x")).unwrap();
    let script = script.replace(
        "/Type/Catalog",
        "/Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>",
    );
    let mut flood = png();
    flood[16..24].copy_from_slice(&[0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10]);
    let mut crc = flate2::Crc::new();
    crc.update(&flood[12..29]);
    flood[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    for (name, bytes, key) in [
        ("empty.pdf", Vec::new(), "document-file-empty"),
        ("drawing.svg", svg.clone(), "document-file-unknown"),
        ("photo.jpg", svg, "document-file-unknown"),
        (
            "photo.gif",
            b"GIF89a/*..*/=1;alert(1)//".to_vec(),
            "document-file-unknown",
        ),
        ("photo.jpg", pdf("x"), "document-file-misnamed"),
        ("scan.pdf", script.into_bytes(), "document-file-active"),
        ("scan.pdf", pdf("x")[..60].to_vec(), "document-file-damaged"),
        (
            "letter.docx",
            b"PK\x03\x04 no archive".to_vec(),
            "document-file-damaged",
        ),
        ("flood.png", flood, "document-file-pixels"),
        (
            "large.pdf",
            vec![b'%'; 20 * 1024 * 1024 + 1],
            "document-file-large",
        ),
    ] {
        let answer = add(&client, "Acte de Salma", (name, &bytes)).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name} {key}"
        );
        let words = Lang::Fr.t_with(
            key,
            &[("max", if key.ends_with("pixels") { 40 } else { 20 }.into())],
        );
        assert!(
            answer.body.contains(&words.replace('\'', "&#39;")),
            "{name}: {words}"
        );
        assert!(answer.body.contains("id=\"file-error\""), "{name}");
        assert!(
            answer.body.contains("Acte de Salma"),
            "{name}: the title is kept"
        );
    }
    let answer = client
        .upload(&documents("rabat.mine"), &[("id", ID)], ("", b""))
        .await;
    for key in ["document-file-none", "error-required"] {
        assert!(answer.says(Lang::Fr, key), "{key}");
    }
    // the file was good: it has to be chosen again, and that is said
    let nothing_said = [("id", ID), ("title", "x")];
    let answer = client
        .upload(
            &documents("rabat.mine"),
            &nothing_said,
            ("a.pdf", &pdf("x")),
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says(Lang::Fr, "document-file-again"));
    assert_eq!(here.files(), before);
    assert_eq!(rows(&here.app).await, 4);
}

#[tokio::test]
async fn nothing_comes_into_a_file_of_others_or_from_another_site() {
    let here = InFolder::new().await;
    let client = here.client("worker1.rabat");
    let before = here.files();
    for name in ["rabat.colleague", "rabat.protected", "sale.mine", "nowhere"] {
        let answer = client
            .upload(&documents(name), &fields(ID, ""), ("a.pdf", &pdf("x")))
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
    for origin in [Some("https://evil.example"), None] {
        let mut request = client
            .request(Method::POST, &documents("rabat.mine"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=sanad");
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let answer = client
            .send(request.body(Body::from("--sanad--\r\n")).unwrap())
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin:?}");
    }
    for body in [
        &b"--sanad\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\ncut"[..],
        b"",
        b"nothing of the kind",
    ] {
        let request = client.multipart(&documents("rabat.mine"));
        let answer = client.send(request.body(Body::from(body)).unwrap()).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
    }
    assert_eq!(here.files(), before);
    assert_eq!(rows(&here.app).await, 4);
}

#[tokio::test]
async fn a_day_has_its_share() {
    let mut app = TestApp::new().await;
    let mut config = app::config();
    config.upload_quota = 1000;
    app.state.config = Arc::new(config);
    let mut client = app.client("worker1.rabat");
    client.turn_to(router::app(app.state.clone()));
    let send = async |n: u8| {
        let id = format!("018f0000-0000-7000-8000-00000000000{n}");
        let file = pdf(&"x".repeat(400));
        client
            .upload(&documents("rabat.mine"), &fields(&id, ""), ("a.pdf", &file))
            .await
            .status
    };
    assert_eq!(send(1).await, StatusCode::SEE_OTHER);
    assert_eq!(send(2).await, StatusCode::UNPROCESSABLE_ENTITY);
    app.db
        .run("update app.attachment set added_at = now() - interval '25 hours' where added_at > now() - interval '1 day'")
        .await;
    assert_eq!(send(2).await, StatusCode::SEE_OTHER);
}
