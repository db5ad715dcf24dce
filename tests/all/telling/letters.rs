//! A letter a day, which only counts.

use crate::{
    seal::work,
    support::{
        Client, TestApp, TestDb, app, database, id,
        mailbox::{Mailbox, Mood},
        world,
    },
};
use axum::http::StatusCode;
use chrono::{NaiveTime, TimeZone};
use sanad::{
    blobs::Blobs,
    clock::{Clock, local_date},
    digests::{self, Means},
    i18n::Lang,
    jobs::{self, Work},
    mail::{Mailer, Settings},
};

const ADDRESS: &str = "amina.testing@cell.example.ma";

/// The application with a mail server, and what its jobs have at ten in the morning.
struct Place {
    app: TestApp,
    mailbox: Mailbox,
    work: Work,
}

impl Place {
    async fn new() -> Self {
        let mailbox = Mailbox::open().await;
        let settings = Settings::parse(&mailbox.url(), "Sanad <sanad@example.ma>").unwrap();
        let mut config = app::config();
        config.mail = Some(settings.clone());
        let db = TestDb::new().await;
        world::build(&db).await;
        let app = TestApp::over(db, config).await;
        world::documents(&app.db, &app.state.blobs).await;
        let letters = Some(Means {
            vault: database::vault(),
            mailer: Mailer::new(&settings, "https://sanad.example").unwrap(),
        });
        let work = Work {
            letters,
            clock: at(10),
            blobs: Blobs::in_memory(),
            ..work(&app.db)
        };
        Self { app, mailbox, work }
    }

    fn worker(&self) -> Client {
        self.app.client("worker1.rabat").reading(Lang::En)
    }

    async fn send_code(&self, who: &str) {
        let post = digests::Post {
            db: &self.work.db,
            means: self.work.letters.as_ref().unwrap(),
        };
        digests::send_code("send_code", post, id(who))
            .await
            .unwrap();
    }

    /// The code that came.
    async fn code(&self, who: &str) -> String {
        self.send_code(who).await;
        let letters = self.mailbox.take();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, ADDRESS);
        let text = letters[0].body().remove(0);
        let code = text
            .split_whitespace()
            .find(|word| word.len() == 14 && word.contains('-'));
        code.unwrap_or_else(|| panic!("no code in {text}"))
            .to_owned()
    }

    /// Somebody who asked for letters and confirmed.
    async fn confirmed(&self, who: &str) {
        let client = self.app.client(who);
        let asked = client
            .post("/account/digest", &[("address", ADDRESS)])
            .await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        let code = self.code(who).await;
        let answer = client
            .post("/account/digest/confirm", &[("code", &code)])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
}

/// A clock that stands at that hour of today in Morocco.
fn at(hour: u32) -> Clock {
    let day = local_date(Clock::system().now());
    let time = day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap());
    let local = chrono_tz::Africa::Casablanca.from_local_datetime(&time);
    Clock::fixed(local.earliest().unwrap().to_utc())
}

#[tokio::test]
async fn an_address_counts_once_its_code_came_back() {
    let place = Place::new().await;
    let worker = place.worker();
    for address in ["amina", "a@b", "a@example.ma, b@example.ma", ""] {
        let answer = worker
            .post("/account/digest", &[("address", address)])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(
            answer.body.contains(&format!("value=\"{address}\"")),
            "{address} is kept"
        );
    }
    let asked = worker
        .post("/account/digest", &[("address", ADDRESS)])
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let queued = "select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'send_code'";
    assert_eq!(place.app.db.ask::<i64>(queued).await, 1);
    let code = place.code("worker1.rabat").await;

    let wrong = worker
        .post("/account/digest/confirm", &[("code", "2222-3333-4444")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says(Lang::En, "digest-code-wrong"));
    assert!(
        !wrong.body.contains("2222-3333-4444"),
        "a code is not given back"
    );
    let right = worker
        .post("/account/digest/confirm", &[("code", &code)])
        .await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.body);
    assert!(worker.get("/account/digest").await.body.contains(ADDRESS));
    // it lies open nowhere, and opens for nobody else
    let open = format!(
        "select count(*) from sec.digest d where position('{ADDRESS}' in d::text) > 0 or position('{}' in d::text) > 0",
        hex::encode(ADDRESS)
    );
    assert_eq!(place.app.db.ask::<i64>(open).await, 0);
    let moved = format!(
        "update sec.digest set user_id = '{}' where user_id = '{}'",
        id("worker2.rabat"),
        id("worker1.rabat")
    );
    place.app.db.run(&moved).await;
    let other = place
        .app
        .client("worker2.rabat")
        .get("/account/digest")
        .await;
    assert!(!other.body.contains(ADDRESS));
    let written = place
        .app
        .db
        .list("select action from audit.event where action like 'digest%' order by id")
        .await;
    assert_eq!(written, ["digest.asked", "digest.confirmed"]);
}

#[tokio::test]
async fn codes_are_not_guessed_and_mailboxes_not_flooded() {
    let place = Place::new().await;
    let worker = place.worker();
    worker
        .post("/account/digest", &[("address", ADDRESS)])
        .await;
    let code = place.code("worker1.rabat").await;
    for _ in 0..5 {
        worker
            .post("/account/digest/confirm", &[("code", "2222-3333-4444")])
            .await;
    }
    let late = worker
        .post("/account/digest/confirm", &[("code", &code)])
        .await;
    assert_eq!(
        late.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "five tries, and it is void"
    );
    for _ in 0..4 {
        let again = worker
            .post("/account/digest", &[("address", ADDRESS)])
            .await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
    }
    let sixth = worker
        .post("/account/digest", &[("address", ADDRESS)])
        .await;
    assert_eq!(sixth.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sixth.says(Lang::En, "digest-too-many"));
}

#[tokio::test]
async fn a_letter_counts_and_names_nobody_once_a_day() {
    let place = Place::new().await;
    place.confirmed("worker1.rabat").await;
    place.confirmed("supervisor.rabat").await;
    let set = format!(
        "update app.task set due_at = now() + interval '9 days' where done_at is null;
         update app.task set due_at = now() - interval '2 days' where id = '{task}' or (queue = 'supervisor' and case_id = '{case}');
         update sec.app_user set locale = 'fr' where username = 'supervisor.rabat'",
        task = id("task rabat.mine"),
        case = id("case rabat.mine")
    );
    place.app.db.run(&set).await;
    let done = place.work.digest().await.unwrap();
    assert_eq!((done.sent, done.refused, done.unknown), (2, 0, 0));
    let letters = place.mailbox.take();
    let own = letters
        .iter()
        .find(|letter| letter.says().contains("dir=\"rtl\""))
        .expect("a letter in Arabic, from the right");
    let late = Lang::Ar.t_with("digest-late", &[("n", 1.into())]);
    assert!(
        own.body().iter().all(|part| part.contains(&late)),
        "{:?}",
        own.body()
    );
    assert!(own.body()[0].contains("https://sanad.example/today"));
    let numbers = place.app.db.list("select number from app.case_file").await;
    let hidden = ["CANARY", "الرباط", "Rabat", "زينب", "Zineb"].map(str::to_owned);
    for letter in &letters {
        for word in hidden.iter().chain(&numbers) {
            assert!(!letter.says().contains(word), "{word}");
        }
        assert!(letter.raw.contains("Auto-Submitted: auto-generated"));
    }
    let again = place.work.digest().await.unwrap();
    assert_eq!(again, digests::Outcome::default(), "one a day");
    assert!(place.mailbox.take().is_empty());
    // the next day, but not at night
    place
        .app
        .db
        .run("update sec.digest set sent_on = current_date - 1")
        .await;
    let night = Work {
        clock: at(3),
        ..place.work.clone()
    };
    assert_eq!(night.digest().await.unwrap(), digests::Outcome::default());
    assert_eq!(place.work.digest().await.unwrap().sent, 2);
}

/// A letter counts what the list of the day counts.
#[tokio::test]
async fn a_letter_and_the_list_of_the_day_agree() {
    let place = Place::new().await;
    place
        .app
        .db
        .run("update app.task set due_at = now() - interval '2 days' where done_at is null")
        .await;
    // one is with a colleague, one is put off
    let (to, task) = (id("worker2.rabat").to_string(), id("task rabat.mine"));
    let key = "0198c0de-0000-7000-8000-0000000000b1";
    let fields = [("id", key), ("colleague", to.as_str()), ("why", "Please")];
    let lead = place.app.client("worker1.rabat");
    let handed = lead.post(&format!("/tasks/{task}/hand"), &fields).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER);
    place
        .app
        .db
        .run(&format!(
            "update app.task set snoozed_until = current_date + 3, snoozed_by = '{}', snooze_enc = 'x' where id = '{}'",
            id("worker1.sale"),
            id("task sale.mine")
        ))
        .await;
    for who in [
        "worker1.rabat",
        "worker2.rabat",
        "supervisor.rabat",
        "worker1.sale",
    ] {
        let counted: i64 = place
            .app
            .db
            .ask(format!(
                "select late from app.count_owed('{}', now(), now() + interval '1 day')",
                id(who)
            ))
            .await;
        let page = place.app.client(who).get("/today").await.body;
        let list = page.split("<details class=\"card").next().unwrap();
        let late = list
            .split("class=\"card gap-t\"")
            .nth(1)
            .unwrap_or_default();
        let shown = late.matches("<li class=\"due\">").count();
        assert_eq!(usize::try_from(counted).unwrap(), shown, "{who}");
    }
}

#[tokio::test]
async fn what_was_refused_is_tried_again_and_what_is_uncertain_is_not() {
    let place = Place::new().await;
    place.confirmed("worker1.rabat").await;
    place
        .app
        .db
        .run("update app.task set due_at = now() - interval '2 days' where done_at is null")
        .await;
    place.mailbox.feel(Mood::Refuses);
    let done = place.work.digest().await.unwrap();
    assert_eq!((done.sent, done.refused), (0, 1));
    let why = done.why.unwrap().to_string();
    assert!(why.contains("550") && !why.contains(ADDRESS), "{why}");
    place.mailbox.feel(Mood::Breaks);
    let done = place.work.digest().await.unwrap();
    assert_eq!((done.sent, done.unknown), (0, 1), "tried again");
    assert_eq!(place.mailbox.take().len(), 1);
    place.mailbox.feel(Mood::Takes);
    assert_eq!(
        place.work.digest().await.unwrap(),
        digests::Outcome::default()
    );
    assert!(
        place.mailbox.take().is_empty(),
        "it may have come: no second one"
    );
}

#[tokio::test]
async fn a_failure_is_seen_on_the_page_of_jobs() {
    let place = Place::new().await;
    place.confirmed("worker1.rabat").await;
    place
        .app
        .db
        .run("update app.task set due_at = now() - interval '2 days' where done_at is null")
        .await;
    place.mailbox.feel(Mood::Refuses);
    let running = jobs::start(place.work.clone());
    place
        .app
        .db
        .run("select graphile_worker.add_job('send_digests', '{}'::json)")
        .await;
    let failed = "select exists (select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
                  where t.identifier = 'send_digests' and j.last_error is not null)";
    for _ in 0..1200 {
        if place.app.db.ask::<bool>(failed).await {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    running.stop().await;
    let page = place
        .app
        .client("admin")
        .reading(Lang::En)
        .get("/jobs")
        .await;
    assert!(page.says(Lang::En, "job-kind-send-digests"));
    assert!(page.body.contains("550"), "{}", page.body);
    assert!(
        !page.body.contains(ADDRESS) && !page.body.contains("nobody here"),
        "no address of anybody"
    );
}

#[tokio::test]
async fn where_no_server_is_set_nothing_is_asked_for_and_who_ends_it_gets_nothing() {
    let app = TestApp::new().await;
    let worker = app.client("worker1.rabat").reading(Lang::En);
    let page = worker.get("/account/digest").await;
    assert!(page.says(Lang::En, "digest-off-here"));
    assert!(!page.body.contains("name=\"address\""));
    let answer = worker
        .post("/account/digest", &[("address", ADDRESS)])
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(
        work(&app.db).digest().await.unwrap(),
        digests::Outcome::default()
    );
    // roles that have no list have no letter
    let page = app.client("prosecutor.rabat").get("/account/digest").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);

    let place = Place::new().await;
    place.confirmed("worker1.rabat").await;
    let ended = place.worker().post("/account/digest/end", &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(
        place.work.digest().await.unwrap(),
        digests::Outcome::default()
    );
    assert!(place.mailbox.take().is_empty());
}
