//! What the committee is told when a move, a day or a city cannot be, and what a second press of the button does.

use super::{
    BAD, committee, decide, done, is_done, is_refused, moved, post, preparing, propose, send,
    shown, status, with, write,
};
use crate::support::typed_day;
use axum::http::StatusCode;
use sanad::i18n::Lang;

const MOVE: &str = "/plan/cities/fes/move";

/// Before the plan began, tomorrow, no day at all.
#[tokio::test]
async fn a_day_is_one_of_the_plan() {
    let (app, steering) = committee().await;
    preparing(&steering).await;
    let days = ["31/10/2019", &typed_day(1), "31/02/2024", "yesterday"];
    for (page, field) in [
        ("/plan/decisions/new", "decided_on"),
        ("/plan/letters/new", "sent_on"),
        ("/plan/phases/new", "decided_on"),
        ("/plan/partners/new", "since"),
        (MOVE, "moved_on"),
        ("/plan/cities/fes/steps/team", "step_on"),
        ("/plan/cities/fes/readiness/training", "stated_on"),
    ] {
        for day in days {
            let sent = send(&steering, page, &[(field, day)]).await;
            is_refused(&sent, field);
            assert!(sent.body.contains(&format!("value=\"{day}\"")), "{page}");
        }
    }
    let before = send(&steering, MOVE, &[("moved_on", "31/10/2019")]).await;
    assert!(before.says(Lang::En, "plan-date-before"));
    assert_eq!(status(&app).await, "preparing");
}

#[tokio::test]
async fn a_city_is_one_of_the_register() {
    let (_app, steering) = committee().await;
    for path in [
        "/plan/cities/nowhere",
        "/plan/cities/nowhere/move",
        "/plan/cities/nowhere/steps/team",
        "/plan/cities/nowhere/readiness/training",
        "/plan/cities/rabat/steps/nothing",
        "/plan/cities/rabat/readiness/nothing",
        "/plan/cities/%27%20or%201=1",
        "/plan/cities/Rabat",
    ] {
        let answer = steering.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (page, field) in [
        ("/plan/letters/new", "city"),
        ("/plan/decisions/new", "city"),
        ("/plan/partners/new", "city"),
    ] {
        is_refused(&send(&steering, page, &[(field, "nowhere")]).await, field);
    }
    // a city that is in the register already, a region, and none at all
    for place in ["1", "0", "9999", "-1", "fes", ""] {
        let sent = send(&steering, "/plan/cities/new", &[("territory", place)]).await;
        is_refused(&sent, "territory");
    }
    for status in ["open", "preparing'"] {
        let asked = steering.get(&format!("/plan/cities?status={status}")).await;
        assert_eq!(asked.status, BAD);
    }
}

#[tokio::test]
async fn a_city_goes_no_way_that_is_not_drawn() {
    let (app, steering) = committee().await;
    propose(&steering).await;
    let decision = decide(&steering, "fes", "قرار مختلق").await;
    let elsewhere = decide(&steering, "rabat", "قرار مختلق آخر").await;
    for (made, based_on, field) in [
        ("activate", &*decision, "city_move"),
        ("resume", &*decision, "city_move"),
        ("nothing", &*decision, "city_move"),
        ("", &*decision, "city_move"),
        ("prepare", "", "decision"),
        ("prepare", &*elsewhere, "decision"),
        ("prepare", "nothing", "decision"),
        ("set_aside", "", "move_why"),
    ] {
        is_refused(&moved(&steering, made, based_on).await, field);
        assert_eq!(status(&app).await, "candidate", "{made}");
    }
    // before the decision, or before the city was proposed
    let typed = [
        ("city_move", "prepare"),
        ("decision", &*decision),
        ("moved_on", &*typed_day(-1)),
    ];
    is_refused(&send(&steering, MOVE, &typed).await, "moved_on");

    let why = [("city_move", "set_aside"), ("move_why", "سبب مختلق")];
    is_done(&send(&steering, MOVE, &why).await);
    is_refused(&moved(&steering, "prepare", &decision).await, "city_move");
    let again = [("city_move", "propose_again"), ("move_why", "سبب آخر")];
    is_done(&send(&steering, MOVE, &again).await);
    is_done(&moved(&steering, "prepare", &decision).await);
    let way = app
        .db
        .list("select move from plan.city_step where city = 'fes' order by seq")
        .await;
    assert_eq!(way, ["propose", "set_aside", "propose_again", "prepare"]);
}

/// Each form sent twice is one row with one line in the trail; amended, another.
#[tokio::test]
async fn what_is_sent_twice_is_done_once() {
    let (app, steering) = committee().await;
    let twice = async |page: &str, typed: &[(&str, &str)]| {
        let fields = with(&shown(&steering, page, page).await, typed);
        let (first, second) = (
            post(&steering, page, &fields).await,
            post(&steering, page, &fields).await,
        );
        assert_eq!(is_done(&first), is_done(&second), "{page}");
        first.location().to_owned()
    };
    twice("/plan/cities/new", &[("territory", "25")]).await;
    let typed = [("city", "fes"), ("text_ar", "قرار مختلق")];
    let decision = twice("/plan/decisions/new", &typed).await;
    let (_, code) = decision.split_once('#').unwrap();
    twice(MOVE, &[("city_move", "prepare"), ("decision", code)]).await;
    let letter = [
        ("city", "fes"),
        ("letter_purpose", "joins_plan"),
        ("letter_subject", "مراسلة مختلقة"),
        ("from_party", "committee"),
        ("to_party", "prosecution"),
    ];
    let letter = twice("/plan/letters/new", &letter).await;
    let (_, letter) = letter.rsplit_once('/').unwrap();
    let proof = format!("letter:{letter}");
    let step = "/plan/cities/fes/steps/letters_prosecution";
    twice(step, &[("step_state", "done"), ("proof", &proof)]).await;
    let stated = [("answer_of", "met"), ("known_from", "تصريح مختلق")];
    twice("/plan/cities/fes/readiness/training", &stated).await;
    let partner = [
        ("org_type", "association"),
        ("name_ar", "جمعية مختلقة"),
        ("name_la", "Association inventée"),
        ("partner_role", "association"),
        ("city", "fes"),
    ];
    twice("/plan/partners/new", &partner).await;
    let phase = [
        ("name_ar", "المرحلة الثالثة: مدن مختلقة"),
        ("name_la", "Phase 3 : villes inventées"),
        ("name_en", "Phase 3: invented cities"),
    ];
    twice("/plan/phases/new", &phase).await;
    let acts = app
        .db
        .list(
            "select action || ' ' || count(*) from audit.event where action like 'plan\\_%' group by action order by 1",
        )
        .await;
    assert_eq!(
        acts,
        [
            "plan_city.added 1",
            "plan_city.moved 1",
            "plan_decision.recorded 1",
            "plan_letter.added 1",
            "plan_partner.added 1",
            "plan_phase.added 1",
            "plan_readiness.recorded 1",
            "plan_step.recorded 1"
        ]
    );
    // a phase that was added can be chosen at once
    let page = steering.get("/plan/cities/new").await;
    assert!(page.body.contains("Phase 3: invented cities"));
}

/// Of two who look at the same city and act, the second is told and may send again.
#[tokio::test]
async fn of_two_who_act_at_once_the_second_is_told() {
    let (app, steering) = committee().await;
    propose(&steering).await;
    let decision = decide(&steering, "fes", "قرار مختلق").await;
    let seen = shown(&steering, MOVE, MOVE).await;
    is_done(&moved(&steering, "prepare", &decision).await);
    let aside = [("city_move", "set_aside"), ("move_why", "سبب مختلق")];
    let late = post(&steering, MOVE, &with(&seen, &aside)).await;
    is_refused(&late, "city_move");
    assert!(late.says(Lang::En, "plan-stale"), "{}", late.body);
    assert_eq!(status(&app).await, "preparing");

    let step = "/plan/cities/fes/steps/team";
    let seen = shown(&steering, step, step).await;
    is_done(&done(&steering, "team", &format!("decision:{decision}")).await);
    let late = [("step_state", "under_way"), ("step_note", "ملاحظة")];
    let told = post(&steering, step, &with(&seen, &late)).await;
    is_refused(&told, "step_state");
    assert!(told.says(Lang::En, "plan-stale"), "{}", told.body);
    is_done(&send(&steering, step, &late).await);
    let now: String = app
        .db
        .ask("select state from plan.activation_now where city = 'fes' and step = 'team'")
        .await;
    assert_eq!(now, "under_way");
}

/// What is done is proved by what is this city's and stands, or by words.
#[tokio::test]
async fn a_step_is_proved_by_what_is_of_this_city() {
    let (app, steering) = committee().await;
    propose(&steering).await;
    let step = "/plan/cities/fes/steps/team";
    let early = [("step_state", "done"), ("step_note", "ملاحظة")];
    is_refused(&send(&steering, step, &early).await, "step_state");
    let decision = decide(&steering, "fes", "قرار مختلق").await;
    is_done(&moved(&steering, "prepare", &decision).await);
    let foreign = write(&steering, "rabat", "department", "constitutes_team").await;
    let struck = write(&steering, "fes", "department", "constitutes_team").await;
    let path = format!("/plan/letters/{struck}");
    let fields = [("struck_why", "سُجلت خطأ")];
    is_done(&steering.post(&format!("{path}/strike"), &fields).await);
    for proof in [
        "",
        "letter:nothing",
        "decision:nothing",
        &*format!("letter:{foreign}"),
        &*format!("letter:{struck}"),
        &*format!("team:{foreign}"),
    ] {
        is_refused(&done(&steering, "team", proof).await, "proof");
    }
    is_refused(
        &send(&steering, step, &[("step_state", "not_needed")]).await,
        "step_note",
    );
    is_done(&send(&steering, step, &early).await);
    // said again: under way, and then not needed, with why
    let back = [("step_state", "under_way")];
    is_done(&send(&steering, step, &back).await);
    let waived = [("step_state", "not_needed"), ("step_note", "سبب مختلق")];
    is_done(&send(&steering, step, &waived).await);
    let said = app
        .db
        .list("select state from plan.activation_step where city = 'fes' order by seq")
        .await;
    assert_eq!(said, ["done", "under_way", "not_needed"]);
}
