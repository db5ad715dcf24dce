//! Who asks for packs and reads them, and what is said of what cannot be asked for.

use super::*;
use crate::paths::persona;
use sanad::{
    authz::{Permission, Role},
    i18n::Lang,
};

#[tokio::test]
async fn packs_are_for_those_who_read_published_figures() {
    let app = place().await;
    let page = made(&app, &app.client("steering"), "fr").await;
    for role in Role::ALL {
        let reader = app.client(persona(*role));
        let may = role.permissions().contains(&Permission::FiguresRead);
        let wanted = if may {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        for path in [
            "/packs".to_owned(),
            page.clone(),
            format!("{page}/pack.zip"),
        ] {
            assert_eq!(reader.get(&path).await.status, wanted, "{role:?} {path}");
        }
        let asked = reader
            .post("/packs", &form("2026-09", "2026-09", "fr"))
            .await;
        assert_eq!(asked.status == StatusCode::SEE_OTHER, may, "{role:?}");
    }
    let nobody = app.anonymous().get(&page).await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
    assert!(nobody.location().starts_with("/login"));
}

/// A pack that is not there, and a file that a pack has not.
#[tokio::test]
async fn what_is_not_there_is_refused_and_written_down() {
    let app = place().await;
    let reader = app.client("steering");
    let page = made(&app, &reader, "fr").await;
    let forged = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001);
    let paths = [
        format!("/packs/{forged}"),
        format!("/packs/{forged}/pack.xlsx"),
        format!("{page}/pack.exe"),
        format!("{page}/xlsx"),
        format!("{page}/..%2Fpack.xlsx"),
    ];
    for path in &paths {
        assert_eq!(
            reader.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let written: i64 = app
        .db
        .ask(format!(
            "select count(*) from audit.event where action = 'access.refused' and object_id in ('{forged}', '{}')",
            id_of(&page)
        ))
        .await;
    assert_eq!(written, 5);
    // nor is a file a part of another page
    let request = reader
        .request(Method::GET, &format!("{page}/pack.xlsx"))
        .header("sec-fetch-dest", "image");
    let answer = reader.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

/// What is wrong stands beside its field, and what was chosen stays chosen.
#[tokio::test]
async fn a_period_that_cannot_be_is_told_beside_its_field() {
    let app = place().await;
    let reader = app.client("steering").reading(Lang::Fr);
    for (fields, field, key) in [
        (
            form("2019-11", "2026-09", "fr"),
            "pack_from",
            "error-pack-before-plan",
        ),
        (
            form("2026-13", "2026-09", "fr"),
            "pack_from",
            "error-pack-month",
        ),
        (
            form("31/02/2026", "2026-09", "fr"),
            "pack_from",
            "error-pack-month",
        ),
        (
            form("2026-08", "2026-10", "fr"),
            "pack_to",
            "error-pack-not-told",
        ),
        (
            form("2020-12", "2026-09", "fr"),
            "pack_from",
            "error-pack-not-told",
        ),
        (
            form("2026-09", "2026-08", "fr"),
            "pack_to",
            "error-pack-backwards",
        ),
        (form("2026-09", "", "fr"), "pack_to", "error-required"),
        (
            form("2026-08", "2026-09", "es"),
            "pack_lang",
            "error-choice",
        ),
    ] {
        let answer = reader.post("/packs", &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}"
        );
        let marked = format!("id=\"{field}-error\"");
        assert!(answer.body.contains(&marked), "{fields:?}");
        let words = Lang::Fr.t_with(key, &[("month", "{".into())]);
        let words = words.split('{').next().unwrap().replace('\'', "&#39;");
        // the words before a variable
        let begins: String = words.chars().take(18).collect();
        assert!(answer.body.contains(&begins), "{key}: {}", answer.body);
        if field != "pack_to" {
            assert!(
                answer.body.contains("<option value=\"2026-09\" selected>"),
                "{fields:?}"
            );
        }
    }
    let twice = [
        ("pack_from", "2026-08"),
        ("pack_from", "2026-09"),
        ("pack_to", "2026-09"),
        ("pack_lang", "fr"),
    ];
    let answer = reader.post("/packs", &twice).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let packs: i64 = app.db.ask("select count(*) from stat.pack").await;
    assert_eq!(packs, 0);
    // where nothing was told there is nothing to choose, and nothing breaks
    let empty = TestApp::new().await;
    let reader = empty.client("steering");
    assert!(reader.get("/packs").await.says(Lang::Ar, "packs-none-told"));
    let answer = reader
        .post("/packs", &form("2026-09", "2026-09", "fr"))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_pages_speak_three_languages() {
    let app = place().await;
    let page = made(&app, &app.client("steering"), "ar").await;
    let waits = ask(&app.client("steering"), "2026-07", "2026-07", "ar").await;
    for lang in Lang::ALL {
        let reader = app.client("steering").reading(lang);
        for (path, key) in [
            ("/packs", "packs-title"),
            (&*page, "pack-kept"),
            (&*waits, "pack-making"),
        ] {
            let answer = reader.get(path).await;
            assert_eq!(answer.status, StatusCode::OK);
            let root = format!("<html lang=\"{}\" dir=\"{}\">", lang.tag(), lang.dir());
            assert!(
                answer.body.contains(&root) && answer.says(lang, key),
                "{path}"
            );
            for broken in ["pack-", "packs-", "table-", "{ $", "None", "Some("] {
                let body = answer.body.replace("/pack", "").replace("field-pack", "");
                let mut texts = body.split(['<', '>']).skip(2).step_by(2);
                assert!(!texts.any(|text| text.contains(broken)), "{path}: {broken}");
            }
        }
    }
}
