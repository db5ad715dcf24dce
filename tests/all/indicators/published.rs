//! The figures and dates of the founding documents (domain R30 to R36), as the reference data is loaded, each with where it
//! comes from. No person stands behind any of them.

use crate::support::{TestDb, source};

/// Rows of published figures: code, value, sex, day, precision, cities, sources, quotation.
async fn published(db: &TestDb, measure: &str) -> Vec<String> {
    db.list(format!(
        "select concat_ws(' | ', a.value, a.unit, a.sex, a.as_of, a.precision,
                          (select string_agg(c.slug, ' ' order by c.territory_id)
                           from stat.historical_scope s join plan.city c on c.territory_id = s.territory_id where s.aggregate = a.code),
                          a.source, a.quote)
         from stat.historical_aggregate a where a.measure = '{measure}' order by a.as_of, a.value desc"
    ))
    .await
}

/// What the head of a file of the reference data says of its source.
fn source_of(file: &str) -> String {
    let text = source::file(&format!("reference/{file}"));
    text.lines().next().unwrap().to_owned()
}

/// R30: 142 children up to 15 December 2020, 79 girls and 63 boys, of three cities together.
#[tokio::test]
async fn r30_children_and_cases_of_the_pilot() {
    let db = TestDb::new().await;
    let children = published(&db, "children_protected").await;
    assert_eq!(
        children,
        [
            "142 | child | 2020-12-15 | day | rabat sale temara | founding_page|press_2021_02_15 | 142 طفلا",
            "79 | child | F | 2020-12-15 | day | rabat sale temara | founding_page|press_2021_02_02 | 79 من الإناث",
            "63 | child | M | 2020-12-15 | day | rabat sale temara | press_2021_02_15|press_2021_02_02 | 63 من الذكور",
        ]
    );
    // girls and boys are all of them, 55.6 in a hundred girls
    let (all, girls, boys) = (142, 79, 63);
    assert_eq!(girls + boys, all);
    assert!((f64::from(girls * 100) / f64::from(all) - 55.6).abs() < 0.05);
    // 142 cases is another unit; the series that leads there: 5, 97
    assert_eq!(
        published(&db, "cases_handled").await,
        [
            "5 | case | 2020-01-31 | month | rabat sale temara | press_2021_02_02",
            "97 | case | 2020-02-29 | month | rabat sale temara | press_2021_02_02 | معالجة 97 حالة",
            "142 | case | 2020-12-15 | day | rabat sale temara | press_2021_02_15 | تمت معالجة 142 حالة",
        ]
    );
    // no invented file stands behind it
    let people: i64 = db
        .ask("select (select count(*) from app.person) + (select count(*) from app.case_file)")
        .await;
    assert_eq!(people, 0);
}

/// R31: launched on Wednesday, 4 December 2019, in Rabat, Salé and Témara.
#[tokio::test]
async fn r31_launch_of_the_pilot() {
    let db = TestDb::new().await;
    let launched = db
        .list(
            "select concat_ws(' ', slug, phase, launched_on, trim(to_char(launched_on, 'Day')))
             from plan.city where launched_on is not null order by territory_id",
        )
        .await;
    assert_eq!(
        launched,
        ["rabat", "sale", "temara"].map(|city| format!("{city} phase_1 2019-12-04 Wednesday"))
    );
    assert!(source_of("plan_cities.csv").contains("founding page of the plan"));
}

/// R32: the committee decided on 1 February 2021; Monday, 15 February 2021, with the officials of Entraide Nationale, remote.
#[tokio::test]
async fn r32_decision_and_briefing() {
    let db = TestDb::new().await;
    let decided = db
        .list(
            "select d.decided_on || ' ' || string_agg(c.city, ' ' order by y.territory_id)
             from plan.decision d join plan.decision_city c on c.decision = d.code join plan.city y on y.slug = c.city
             group by d.code, d.decided_on",
        )
        .await;
    assert_eq!(decided, ["2021-02-01 tanger meknes marrakech agadir"]);
    assert!(source_of("plan_decisions.csv").contains("press of 15 Feb 2021"));
    let meetings = db
        .list(
            "select concat_ws(' ', m.kind, m.held_on, trim(to_char(m.held_on, 'Day')), m.remote,
                              (select count(*) from plan.meeting_city c where c.meeting = m.code))
             from plan.meeting m where m.kind <> 'first' order by m.held_on",
        )
        .await;
    assert_eq!(
        meetings,
        [
            "steering 2021-02-01 Monday f 7",
            // R36: of all seven cities
            "coordination 2021-02-15 Monday t 7"
        ]
    );
    assert!(source_of("meetings.csv").contains("press of 1 and 15 Feb"));
}

/// R33: four new cities, and the whole country as a horizon that nobody has decided yet.
#[tokio::test]
async fn r33_phases_are_data() {
    let db = TestDb::new().await;
    let phases = db
        .list(
            "select concat_ws(' ', p.code, p.decided_on, (select count(*) from plan.city c where c.phase = p.code))
             from plan.phase p order by p.sort",
        )
        .await;
    assert_eq!(
        phases,
        ["phase_1 3", "phase_2 2021-02-01 4", "generalisation 0"]
    );
    assert!(source_of("phases.csv").contains("founding page of the plan"));
}

/// R34: 76 members, of four teams together; of no single one is a number published.
#[tokio::test]
async fn r34_members_of_the_four_teams() {
    let db = TestDb::new().await;
    assert_eq!(
        published(&db, "team_members").await,
        ["76 | person | 2021-06-30 | month | tanger meknes marrakech agadir | founding_page"]
    );
    let seats: i64 = db.ask("select count(*) from plan.seat").await;
    assert_eq!(seats, 0);
}

/// R35: the first meetings of the four teams.
#[tokio::test]
async fn r35_first_meetings() {
    let db = TestDb::new().await;
    let meetings = db
        .list(
            "select m.held_on || ' ' || c.city from plan.meeting m join plan.meeting_city c on c.meeting = m.code
             where m.kind = 'first' order by m.held_on",
        )
        .await;
    assert_eq!(
        meetings,
        [
            "2021-05-20 tanger",
            "2021-05-27 meknes",
            "2021-06-10 marrakech",
            "2021-06-18 agadir"
        ]
    );
    assert!(source_of("meetings.csv").contains("founding page of the plan"));
}

/// R36: four and three are seven cities of the plan.
#[tokio::test]
async fn r36_seven_cities() {
    let db = TestDb::new().await;
    let cities: i64 = db
        .ask("select count(*) from plan.city where status = 'active'")
        .await;
    assert_eq!(cities, 7);
    let prefectures: i64 = db
        .ask("select count(*) from ref.territory where kind <> 'region'")
        .await;
    assert_eq!(prefectures, 75);
}
