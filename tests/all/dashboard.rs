//! The committee's pages: published figures stay apart from live ones, dates are those of the grid, and
//! nothing there tells of one child.

use crate::support::{Client, TestApp, statements, world};
use axum::http::StatusCode;
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

async fn committee() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let client = app.client("steering").reading(Lang::En);
    (app, client)
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

#[tokio::test]
async fn on_the_day_the_pilot_closed_only_the_published_totals_are_told() {
    let (_app, committee) = committee().await;
    let (status, page) = read(&committee, "/dashboard?as_of=2020-12-15").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("142 children, 79 girls, 63 boys"), "{page}");
    assert!(page.contains("published for Rabat, Salé and Témara together, up to 15 December 2020"));
    assert!(page.contains("142 cases handled"));
    assert!(page.contains("Sanad has no figure to show for 15 December 2020"));
    assert!(!page.contains("in Sanad, provisional"));
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
    assert!(page.contains("Nothing was published for this city by this date"));
}

#[tokio::test]
async fn before_the_first_published_figure_the_page_says_so() {
    let (_app, committee) = committee().await;
    let (status, page) = read(&committee, "/dashboard?as_of=2019-06-30").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("The first published figure is of January 2020"));
}

#[tokio::test]
async fn a_day_off_the_grid_is_answered_by_the_last_one_on_it() {
    let (_app, committee) = committee().await;
    let (_, page) = read(&committee, "/dashboard?as_of=20/12/2020").await;
    assert!(page.contains("20 December 2020 is not a date of the committee"));
    assert!(page.contains("Shown: 15 December 2020"));
    let (_, page) = read(&committee, "/dashboard?as_of=2020-12-15").await;
    assert!(!page.contains("is not a date of the committee"));
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
        ("city=casablanca", "This choice is not in the list."),
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
            "summary and field: {query}"
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
             from stat.figures('2020-12-31') where measure = 'children_protected'",
        )
        .await;
    assert_eq!(cells, "1 F 15, 4 F 20");
}

#[tokio::test]
async fn a_figure_too_small_to_tell_leaves_no_trace() {
    let (app, _) = committee().await;
    protect(&app, "two", 7, "2021-03-10", 2).await;
    let cells: i64 = app
        .db
        .ask("select count(*) from stat.figures('2021-03-31') where territory_id = 7")
        .await;
    assert_eq!(cells, 0);
    protect(&app, "third", 7, "2021-03-10", 1).await;
    let children: i32 = app
        .db
        .ask("select n from stat.figures('2021-03-31') where territory_id = 7 and measure = 'children_protected'")
        .await;
    assert_eq!(children, 5);
}

#[tokio::test]
async fn live_totals_add_the_rounded_cells() {
    let (app, committee) = committee().await;
    protect(&app, "a", 4, "2021-05-10", 13).await;
    protect(&app, "b", 5, "2021-05-10", 13).await;
    let (_, page) = read(&committee, "/dashboard?as_of=2021-05-31").await;
    // 13 is told as 15, twice; never 26, nor 25
    assert!(page.contains("30 in Sanad, provisional"), "{page}");
    assert!(page.contains("Children protected 172 children"));
    assert!(page.contains("provisional, rounded to the nearest 5"));
}

#[tokio::test]
async fn both_pages_keep_to_five_statements() {
    let (_app, committee) = committee().await;
    for path in ["/dashboard", "/dashboard?city=rabat", "/plan"] {
        statements::count();
        assert_eq!(committee.get(path).await.status, StatusCode::OK);
        let seen = statements::take();
        assert!(seen.len() <= 5, "{path}: {seen:?}");
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
