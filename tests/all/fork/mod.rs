//! The fork of a mother (domain §3.5, decision 0086): over every record of her, one word against one decision, and
//! each help judged by what held on its day.

mod dates;
mod elsewhere;
mod figures;
mod model;
mod overrides;
mod property;
mod statements;

use crate::support::{Answer, Client, TestApp, id, typed_day};
use axum::http::StatusCode;
use uuid::Uuid;

/// A decision on a mother in the procedure of a file, dated so many days ago and known from now on. It takes the place
/// of the one that stood there.
async fn decide(app: &TestApp, (mother, of): (Uuid, &str), effect: &str, days_ago: u32) -> Uuid {
    let decision = id(&format!("decision {effect} {of} {days_ago}"));
    app.db
        .run(&format!(
            "insert into app.adult_decision (id, file_id, case_id, territory_id, court_id, person_id, kind, effect, decided_on,
                                             recorded_by, act_id, supersedes_id, offence)
             select '{decision}', a.file_id, a.case_id, a.territory_id, a.court_id, a.person_id,
                    (select code from ref.adult_decision_kind where effect = '{effect}' order by sort limit 1), '{effect}',
                    (now() at time zone 'Africa/Casablanca')::date - {days_ago}, '{prosecutor}',
                    (select t.id from app.court_act t where t.file_id = a.file_id order by t.id limit 1),
                    (select d.id from app.adult_decision d where d.file_id = a.file_id and d.person_id = a.person_id
                        and not exists (select from app.adult_decision later where later.supersedes_id = d.id)),
                    case '{effect}' when 'prosecuted' then (select code from ref.offence order by sort limit 1) end
             from app.judicial_adult a where a.file_id = '{judicial}' and a.person_id = '{mother}'",
            prosecutor = id("prosecutor.rabat"),
            judicial = id(&format!("judicial {of}")),
        ))
        .await;
    decision
}

/// The value of a hidden field of a page.
fn hidden(body: &str, name: &str) -> String {
    let (_, rest) = body
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no {name}"));
    rest.split_once('"').unwrap().0.to_owned()
}

async fn page(client: &Client, path: &str) -> Answer {
    let answer = client.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}

/// Sends the form of steps of an act with some more answers.
async fn step(client: &Client, service: Uuid, fields: &[(&str, &str)]) -> Answer {
    let path = format!("/services/{service}");
    let shown = page(client, &path).await;
    let (form, version) = (hidden(&shown.body, "id"), hidden(&shown.body, "version"));
    let mut all = vec![("id", form.as_str()), ("version", version.as_str())];
    all.extend(fields);
    client.post(&format!("{path}/step"), &all).await
}

/// Says that an act was given on a day.
async fn deliver(client: &Client, service: Uuid, days: i64) -> Answer {
    let day = typed_day(days);
    step(
        client,
        service,
        &[("move", "deliver"), ("day-deliver", &day)],
    )
    .await
}

/// Records an act for a mother: its state, its day, its kind.
async fn record(
    client: &Client,
    (mother, service): (Uuid, Uuid),
    provider: &str,
    (kind, state, days): (&str, &str, i64),
) -> Answer {
    let (mother, service) = (mother.to_string(), service.to_string());
    let day = typed_day(days);
    let fields = [
        ("id", service.as_str()),
        ("case", ""),
        ("mother", mother.as_str()),
        ("replaces", ""),
        ("kind", kind),
        ("provider", provider),
        ("state", state),
        ("date", day.as_str()),
        ("outcome", ""),
        ("note", ""),
    ];
    client.post("/services", &fields).await
}

/// Opens the four services against a prosecution.
async fn override_it(client: &Client, mother: Uuid, decision: &str) -> Answer {
    let path = format!("/mothers/{mother}");
    let form = hidden(&page(client, &path).await.body, "id");
    let fields = [
        ("id", form.as_str()),
        ("decision", decision),
        ("reason", "other"),
        ("note", "NOTE-OF-THE-SUPERVISOR"),
    ];
    client.post(&format!("{path}/support"), &fields).await
}

/// What is kept beside an act: where it stands, and the effect of its day.
async fn kept(app: &TestApp, service: Uuid) -> String {
    app.db
        .ask(format!(
            "select s.state || ' ' || b.mother_effect from app.service s join app.service_beneficiary b on b.service_id = s.id
             where s.id = '{service}' and b.mother_effect is not null"
        ))
        .await
}
