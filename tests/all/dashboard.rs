//! The committee's pages: what was published before Sanad and the months that were told, never mixed; dates are those of
//! releases, and nothing there tells of one child.

use crate::{
    releases::told,
    support::{Client, TestApp, app::config, statements, world},
};
use axum::http::StatusCode;
use chrono::{Months, NaiveDate};
use sanad::{authz::Role, i18n::Lang};

/// The page without its markup, so that a figure and its word are found side by side.
async fn read(client: &Client, path: &str) -> (StatusCode, String) {
    let answer = client.get(path).await;
    let mut text = String::new();
    let mut in_tag = false;
    for c in answer.body.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                text.push(' ');
            }
            // isolates around names and numbers
            '\u{2068}' | '\u{2069}' => {}
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    (answer.status, words.join(" "))
}

/// Files of a day: `count` children protected in that prefecture.
async fn protect(app: &TestApp, prefix: &str, territory: i16, day: &str, count: i32) {
    app.db
        .run(&format!(
            "set session_replication_role = replica;
             create temp table made as
                 select gen_random_uuid() as child, gen_random_uuid() as file, n from generate_series(1, {count}) n;
             insert into app.person (id, territory_id, sex, created_by) select child, {territory}, 'F', child from made;
             insert into app.case_file (id, number, territory_id, territory_at, child_id, protected_measure_on,
                                        protected_measure_kind, opened_at, opened_by)
             select file, '{prefix}' || n, {territory}, {territory}, child, '{day}', 'service', '{day}', child from made;
             drop table made"
        ))
        .await;
}

async fn committee() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let client = app.client("steering").reading(Lang::En);
    (app, client)
}

/// Four months told of invented children of three cities, late facts among them, and the committee that reads them.
async fn of_months() -> (TestApp, Client) {
    let (db, _) = told().await;
    let app = TestApp::over(db, config()).await;
    let client = app.as_role(Role::Steering, world::Place::Country).await;
    (app, client.reading(Lang::En))
}

#[tokio::test]
async fn on_the_day_the_pilot_closed_only_the_published_totals_are_told() {
    let (_app, committee) = committee().await;
    let (status, page) = read(&committee, "/dashboard?as_of=2020-12-15").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("142 children, 79 girls, 63 boys"), "{page}");
    assert!(page.contains("published for Rabat, Salé and Témara together, up to 15 December 2020"));
    assert!(page.contains("142 cases handled"));
    assert!(page.contains("55.6% of the children"), "{page}");
    assert!(page.contains("Sanad had told no month by this date"));
    assert!(!page.contains("in Sanad:"));
}

/// In every language, and of a region that holds the three cities whole.
#[tokio::test]
async fn the_published_total_of_the_pilot_is_shown_whole() {
    let (app, _) = committee().await;
    for (lang, share) in [
        (Lang::Ar, "55,6%"),
        (Lang::Fr, "55,6\u{a0}%"),
        (Lang::En, "55.6%"),
    ] {
        let reader = app.client("steering").reading(lang);
        for query in ["", "&region=04", "&phase=phase_1"] {
            let page = reader
                .get(&format!("/dashboard?as_of=2020-12-15{query}"))
                .await;
            assert_eq!(page.status, StatusCode::OK);
            for figure in ["142", "79", "63"] {
                assert!(
                    page.body.contains(&format!("<bdi>{figure}</bdi>")),
                    "{query}: {figure}"
                );
            }
            assert!(
                page.body
                    .replace(['\u{2068}', '\u{2069}'], "")
                    .contains(share),
                "{lang:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_published_total_is_never_shared_out() {
    let (_app, committee) = committee().await;
    let (_, page) = read(&committee, "/dashboard?as_of=2020-12-15&city=rabat").await;
    assert!(
        page.contains(
            "142 children, 79 girls, 63 boys published for Rabat, Salé and Témara together"
        )
    );
    assert!(!page.contains("Children protected 142"), "{page}");
    let (_, page) = read(&committee, "/dashboard?as_of=2020-12-31&city=tanger").await;
    assert!(!page.contains("142"), "{page}");
    assert!(page.contains("Nothing was published for these cities by this date"));
}

#[tokio::test]
async fn before_the_first_published_figure_the_page_says_so() {
    let (_app, committee) = committee().await;
    let (status, page) = read(&committee, "/dashboard?as_of=2019-12-31").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("The first published figure is of January 2020"),
        "{page}"
    );
    assert!(!page.contains("stand? up to"), "no day answers: {page}");
}

#[tokio::test]
async fn before_the_first_month_is_told_the_page_says_when_it_will_be() {
    let (app, committee) = committee().await;
    let (status, page) = read(&committee, "/dashboard").await;
    assert_eq!(status, StatusCode::OK);
    let first = app.state.clock.today().format("%Y-%m-05").to_string();
    let first: NaiveDate = first.parse().unwrap();
    let told = first.checked_add_months(Months::new(1)).unwrap();
    let told = Lang::En.date(told);
    assert!(
        page.contains(&format!("The first will be the current month, on {told}")),
        "{page}"
    );
}

#[tokio::test]
async fn a_day_is_answered_by_the_last_one_that_was_told() {
    let (app, committee) = of_months().await;
    let (_, page) = read(&committee, "/dashboard?as_of=20/12/2020").await;
    assert!(
        page.contains("20 December 2020 is not a date of the committee"),
        "{page}"
    );
    assert!(page.contains("Shown: 15 December 2020"));
    let (_, page) = read(&committee, "/dashboard?as_of=2020-12-15").await;
    assert!(!page.contains("is not a date of the committee"));
    // the day after a month that was told is answered by that month
    let last: NaiveDate = app.db.ask("select max(as_of) from stat.release").await;
    let after = last.succ_opt().unwrap();
    let (_, page) = read(&committee, &format!("/dashboard?as_of={after}")).await;
    let shown = format!("Shown: {}", Lang::En.date(last));
    assert!(page.contains(&shown), "{page}");
    let (_, same) = read(&committee, &format!("/dashboard?as_of={last}")).await;
    assert!(!same.contains("Shown:"), "{same}");
}

/// The page says what the release says, no more: a figure, "under 5", or that it is not told.
#[tokio::test]
async fn a_month_is_shown_as_it_was_told() {
    let (app, committee) = of_months().await;
    let (_, page) = read(&committee, "/dashboard").await;
    let told: i32 = app
        .db
        .ask("select n from stat.published_cell where release = 3 and table_code = 'children' and territory_id is null")
        .await;
    assert!(page.contains(&format!("in Sanad: {told}")), "{page}");
    assert!(page.contains(&format!("Children protected {}", told + 142)));
    let print: String = app
        .db
        .ask("select encode(sha256, 'hex') from stat.release where number = 3")
        .await;
    assert!(page.contains(&print));
    let (shown, all): (i64, i64) = (
        app.db
            .ask("select count(*) from stat.published_cell where release = 3 and n is not null")
            .await,
        app.db
            .ask("select count(*) from stat.published_cell where release = 3")
            .await,
    );
    let complete = format!(
        "{} of {} figures are told",
        Lang::En.number(shown),
        Lang::En.number(all)
    );
    let words: Vec<&str> = complete.split_whitespace().collect();
    let complete = words.join(" ");
    assert!(page.contains(&complete), "{complete}: {page}");
    assert!(page.contains("under 5") && page.contains("not told"));
    for view in [
        "?city=rabat",
        "?region=04",
        "?phase=phase_1",
        "?region=04&phase=phase_1&city=sale",
    ] {
        let (status, page) = read(&committee, &format!("/dashboard{view}")).await;
        assert_eq!(status, StatusCode::OK, "{view}");
        assert!(page.contains("City by city"), "{view}");
    }
}

/// A month that was told reads the same whatever is found out, put right or moved afterwards; what changed is listed.
#[tokio::test]
async fn a_past_month_reads_the_same_and_lists_what_changed() {
    let (app, committee) = of_months().await;
    // the first figure of the country that was corrected
    let corrected = "from stat.correction c join stat.release r on r.number = c.release
                     where c.territory_id is null order by c.release, c.table_code, c.part limit 1";
    let first: NaiveDate = app.db.ask(format!("select r.as_of {corrected}")).await;
    let was: i32 = app.db.ask(format!("select c.was {corrected}")).await;
    let becomes: i32 = app.db.ask(format!("select c.becomes {corrected}")).await;
    let path = format!("/dashboard?as_of={first}");
    let (_, page) = read(&committee, &path).await;
    app.db
        .run("update app.case_file set protected_measure_on = null, protected_measure_kind = null")
        .await;
    let (_, again) = read(&committee, &path).await;
    assert_eq!(page, again);
    let listed = format!("Morocco {} {was} {becomes}", Lang::En.date(first));
    assert!(page.contains(&listed), "{listed}: {page}");
    assert!(page.contains("Later months corrected some of them"));
    let (_, last) = read(&committee, "/dashboard").await;
    assert!(last.contains(&listed) && !last.contains("Later months corrected"));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_beside_its_field() {
    let (_app, committee) = committee().await;
    for (query, message) in [
        (
            "as_of=31/02/2024",
            "This day does not exist in the calendar.",
        ),
        ("as_of=yesterday", "Date not understood."),
        ("as_of=2199-01-31", "This date is in the future."),
        ("as_of=2019-12-03", "The plan began on 4 December 2019"),
        ("city=casablanca", "This choice is not in the list."),
        ("region=99", "This choice is not in the list."),
        ("phase=phase_9", "This choice is not in the list."),
        (
            "region=04&city=tanger",
            "No city of the plan fits these choices together.",
        ),
        (
            "as_of=2020-12-15&as_of=2020-12-31",
            "This answer came twice.",
        ),
        ("as_of=%00", "characters that cannot be saved"),
    ] {
        let (status, page) = read(&committee, &format!("/dashboard?{query}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(
            page.matches(message).count(),
            2,
            "summary and field: {query}: {page}"
        );
        assert!(!page.contains("142"), "{query}");
    }
}

#[tokio::test]
async fn what_a_published_total_holds_is_not_counted_again() {
    let (app, _) = committee().await;
    protect(&app, "pilot", 1, "2020-06-15", 10).await;
    protect(&app, "after", 1, "2020-12-20", 15).await;
    protect(&app, "other", 4, "2020-06-15", 20).await;
    let cells: String = app
        .db
        .ask(
            "select string_agg(territory_id || ' ' || sex || ' ' || n, ', ' order by territory_id)
             from stat.exact_cells('2020-12-31') where measure = 'children_protected'",
        )
        .await;
    assert_eq!(cells, "1 F 15, 4 F 20");
}

/// The committee decides on what the rules find.
#[tokio::test]
async fn what_needs_a_decision_is_computed() {
    let (app, committee) = committee().await;
    let (_, page) = read(&committee, "/dashboard").await;
    assert!(page.contains("Needs a decision"));
    app.db
        .run("set session_replication_role = replica; update plan.city set status = 'suspended' where slug = 'tanger'")
        .await;
    let (_, page) = read(&committee, "/dashboard").await;
    assert!(page.contains("Tangier: on hold"), "{page}");
    // of the past it is not asked, and of one city neither
    for path in ["/dashboard?city=rabat", "/dashboard?phase=phase_2"] {
        let (_, page) = read(&committee, path).await;
        assert!(!page.contains("Needs a decision"), "{path}");
    }
}

/// Whatever the size of the register: the page asks for the month once, and then for its dates alone.
#[tokio::test]
async fn both_pages_keep_to_few_statements() {
    let (_app, committee) = of_months().await;
    for (path, first, then) in [
        ("/dashboard", 13, 6),
        ("/dashboard?city=rabat", 6, 6),
        ("/plan", 5, 5),
    ] {
        for most in [first, then] {
            statements::count();
            assert_eq!(committee.get(path).await.status, StatusCode::OK);
            let seen = statements::take();
            assert!(seen.len() <= most, "{path}: {seen:?}");
        }
    }
}

#[tokio::test]
async fn everyone_reads_the_plan_and_few_the_figures() {
    let app = TestApp::new().await;
    for role in Role::ALL {
        let place = match role {
            Role::SocialWorker | Role::Supervisor => world::Place::Prefecture(world::RABAT),
            Role::FocalPoint => world::Place::Organisation(world::RABAT, "hospital_cell_rabat"),
            Role::InstitutionManager => world::Place::Organisation(world::RABAT, "shelter_rabat"),
            Role::Prosecutor | Role::CourtRegistrar | Role::ChiefProsecutor => {
                world::Place::Court(world::COURT_OF_RABAT)
            }
            Role::Steering | Role::Admin | Role::Dpo => world::Place::Country,
        };
        let reader = app.as_role(*role, place).await;
        assert_eq!(reader.get("/plan").await.status, StatusCode::OK, "{role:?}");
        let figures = reader.get("/dashboard").await.status;
        let may = matches!(role, Role::Steering | Role::Supervisor);
        assert_eq!(figures == StatusCode::OK, may, "{role:?}: {figures}");
    }
}

#[tokio::test]
async fn the_plan_tells_its_facts_in_every_language() {
    let app = TestApp::new().await;
    for (lang, facts) in [
        (
            Lang::En,
            [
                "7 of 75",
                "4 December 2019",
                "15 February 2021",
                "18 June 2021",
                "76 members",
            ],
        ),
        (
            Lang::Fr,
            [
                "7 préfectures et provinces sur 75",
                "4 décembre 2019",
                "15 février 2021",
                "18 juin 2021",
                "76 membres",
            ],
        ),
        (
            Lang::Ar,
            [
                "7 من 75",
                "4 دجنبر 2019",
                "15 فبراير 2021",
                "18 يونيو 2021",
                "76 عضوا",
            ],
        ),
    ] {
        let (status, page) = read(&app.client("worker1.rabat").reading(lang), "/plan").await;
        assert_eq!(status, StatusCode::OK);
        for fact in facts {
            assert!(page.contains(fact), "{lang:?}: {fact}\n{page}");
        }
    }
}

/// A source is a code in `reference/historical_aggregates.csv`, its words are in the locales.
#[tokio::test]
async fn every_source_of_a_published_figure_has_its_words() {
    let app = TestApp::new().await;
    let sources: String = app
        .db
        .ask("select string_agg(distinct one, ' ') from stat.historical_aggregate, unnest(string_to_array(source, '|')) one")
        .await;
    for source in sources.split(' ') {
        let key = format!("source-{}", source.replace('_', "-"));
        for lang in Lang::ALL {
            assert_ne!(lang.t(&key), key, "{lang:?}");
        }
    }
}
