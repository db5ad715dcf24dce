//! Documents: what comes in, where it lies, who gets it, and what happens when something is wrong with it.

use crate::support::{Answer, Client, TestApp, TestDb, app, id, world};
use axum::{
    body::{Body, Bytes},
    http::{Method, StatusCode, header},
};
use futures_util::stream;
use sanad::{
    blobs::Blobs,
    clock::Clock,
    documents::{SweepError, sweep},
    i18n::Lang,
    router,
};
use sha2::{Digest, Sha256};
use std::{
    io::Cursor,
    path::{Path, PathBuf},
    sync::Arc,
};

const ID: &str = "018f0000-0000-7000-8000-00000000d0c1";

/// A PDF with those words in it.
pub fn pdf(words: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n\
         % {words}\ntrailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

fn png() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(8, 8, image::Rgb([10, 90, 70]))
        .write_to(&mut out, image::ImageFormat::Png)
        .unwrap();
    out.into_inner()
}

fn documents(name: &str) -> String {
    format!("/cases/{}/documents", id(&format!("case {name}")))
}

fn fields<'a>(id: &'a str, title: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("id", id),
        ("document_kind", "civil_status_document"),
        ("title", title),
    ]
}

async fn add(client: &Client, title: &str, file: (&str, &[u8])) -> Answer {
    client
        .upload(&documents("rabat.mine"), &fields(ID, title), file)
        .await
}

async fn rows(app: &TestApp) -> i64 {
    app.db.ask("select count(*) from app.attachment").await
}

/// An application whose documents lie in a folder of their own.
struct InFolder {
    app: TestApp,
    folder: PathBuf,
}

impl InFolder {
    async fn new() -> Self {
        let mut app = TestApp::new().await;
        let folder = std::env::temp_dir().join(format!("sanad-{}", app.db.name()));
        let blobs = Blobs::in_folder(&folder).unwrap();
        world::documents(&app.db, &blobs).await;
        app.state.blobs = blobs;
        Self { app, folder }
    }

    fn client(&self, username: &str) -> Client {
        let mut client = self.app.client(username);
        client.turn_to(router::app(self.app.state.clone()));
        client
    }

    /// The files that lie there.
    fn files(&self) -> Vec<PathBuf> {
        let inside = |folder: &Path| -> Vec<PathBuf> {
            let entries = std::fs::read_dir(folder).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect()
        };
        let shelves = inside(&self.folder);
        let shelves = shelves.iter().filter(|shelf| shelf.is_dir());
        shelves.flat_map(|shelf| inside(shelf)).collect()
    }

    /// Where the bytes of the document lie that was added under [`ID`].
    async fn place(&self) -> PathBuf {
        let sql = "select replace(blob::text, '-', '') from app.attachment where id = '018f0000-0000-7000-8000-00000000d0c1'";
        let name: String = self.app.db.ask(sql).await;
        self.folder.join(&name[..2]).join(&name)
    }
}

impl Drop for InFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

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
async fn what_lies_on_the_disk_tells_nothing() {
    let here = InFolder::new().await;
    let client = here.client("worker1.rabat");
    let bytes = pdf(&"CANARY-IN-THE-DOCUMENT ".repeat(100_000));
    let answer = add(&client, "CANARY-TITLE", ("CANARY-NAME.pdf", &bytes)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    // two megabytes: read twice, never whole
    let seen = client.get(&format!("/documents/{ID}/download")).await;
    assert_eq!(seen.body.as_bytes(), bytes);
    assert_eq!(seen.header(header::CONTENT_LENGTH), bytes.len().to_string());
    assert_eq!(here.files().len(), 5);
    for file in here.files() {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(!name.contains(ID) && name.len() == 32, "{name}");
        let lies = std::fs::read(&file).unwrap();
        for plain in [&b"CANARY"[..], b"%PDF"] {
            assert!(
                !lies.windows(plain.len()).any(|window| window == plain),
                "{name}"
            );
        }
    }
    let told = here
        .app
        .db
        .list("select a::text from app.attachment a union all select e::text from audit.event e")
        .await
        .join("\n");
    assert!(!told.contains("CANARY-TITLE") && !told.contains(&hex::encode("CANARY-TITLE")));
    assert!(!told.contains("CANARY-NAME") && !told.contains(&hex::encode("CANARY-NAME")));
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

#[tokio::test]
async fn what_belongs_to_no_document_is_swept_after_a_day() {
    let here = InFolder::new().await;
    let orphan = uuid::Uuid::from_u128(7);
    let blobs = &here.app.state.blobs;
    blobs
        .put(orphan, vec![Bytes::from_static(b"x")])
        .await
        .unwrap();
    std::fs::write(here.folder.join("not-ours.txt"), "x").unwrap();
    let mut owner = here.app.db.connect("postgres").await;
    let now = Clock::system().now();
    let swept = sweep(&mut owner, blobs, now, false).await.unwrap();
    assert_eq!(
        (swept.kept, swept.removed, swept.missing),
        (4, 0, 0),
        "younger than a day"
    );
    let later = now + chrono::TimeDelta::hours(25);
    let swept = sweep(&mut owner, blobs, later, true).await.unwrap();
    assert_eq!(
        (swept.removed, blobs.has(orphan).await.unwrap()),
        (1, true),
        "only a look"
    );
    std::fs::remove_file(
        here.files()
            .iter()
            .find(|f| !f.to_str().unwrap().contains("00000007"))
            .unwrap(),
    )
    .unwrap();
    let swept = sweep(&mut owner, blobs, later, false).await.unwrap();
    assert_eq!((swept.kept, swept.removed, swept.missing), (3, 1, 1));
    assert!(!blobs.has(orphan).await.unwrap());
    assert!(here.folder.join("not-ours.txt").exists());
    // the folder of another database
    let empty = TestDb::new().await;
    for n in 100..130 {
        blobs
            .put(uuid::Uuid::from_u128(n), vec![Bytes::from_static(b"x")])
            .await
            .unwrap();
    }
    let refused = sweep(&mut empty.connect("postgres").await, blobs, later, false).await;
    assert!(
        matches!(
            refused,
            Err(SweepError::NotOurs {
                orphans: 33,
                all: 33
            })
        ),
        "{refused:?}"
    );
    assert!(blobs.has(uuid::Uuid::from_u128(100)).await.unwrap());
}
