//! A file has what its state says it must have, and its days are in order.

use super::told;
use sanad::cases::{EpisodeState, Facts, Lack, Move};
use std::collections::BTreeSet;

/// The way that leads to each state, but for what danger and closing do at any moment.
const WAY: &[Move] = &[
    Move::Register,
    Move::Assess,
    Move::DrawUpPlan,
    Move::CarryOut,
    Move::FollowUp,
];

/// What the moves needed that led there, and the closing.
fn needs(state: EpisodeState, walked_to: EpisodeState) -> Vec<Lack> {
    let steps = WAY.iter().position(|step| step.to() == Some(walked_to));
    let walked = WAY.iter().take(steps.map_or(0, |steps| steps + 1));
    let closes = [EpisodeState::ClosureRequested, EpisodeState::Closed].contains(&state);
    let closing = closes.then_some(&Move::AskClosure);
    walked
        .chain(closing)
        .flat_map(|step| step.needs().iter().copied())
        .collect()
}

#[tokio::test]
async fn a_file_has_what_its_state_says_it_must_have() {
    let db = told().await;
    let rows = db
        .list(
            "select e.state || ' ' || coalesce(e.closure_asked_from, e.state) || ' ' || row_to_json(f)::text from app.case_facts f
             join app.case_file c on c.id = f.case_id and c.void is null
             join lateral (select x.state, x.closure_asked_from from app.case_episode x
                           where x.case_id = c.id order by x.seq desc limit 1) e on true",
        )
        .await;
    assert!(rows.len() > 200);
    let mut faults = BTreeSet::new();
    for row in rows {
        let mut parts = row.splitn(3, ' ');
        let mut state = || EpisodeState::from_code(parts.next().unwrap()).unwrap();
        let (state, walked_to) = (state(), state());
        let facts: Facts = serde_json::from_str(parts.next().unwrap()).unwrap();
        for lack in facts.lacking(&needs(state, walked_to)) {
            faults.insert(format!("{state:?} from {walked_to:?} without {lack:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
}

/// Whoever reads a page of the demonstration sees that nobody of it lives.
#[tokio::test]
async fn dates_are_in_order_and_nothing_has_happened_tomorrow() {
    let db = told().await;
    for (what, sql) in [
        ("a plan is answered before it is sent", "from app.care_plan where answered_at < submitted_at"),
        ("a plan was answered tomorrow", "from app.care_plan where answered_at > now()"),
        ("an assessment after its plan", "from app.assessment a join app.care_plan p on p.episode_id = a.episode_id and p.seq = 1
          where a.state = 'completed' and a.seq = 1 and a.completed_at > p.submitted_at"),
        ("a visit was made before the follow-up", "from app.visit v join app.case_transition t on t.episode_id = v.episode_id and t.to_state = 'monitoring'
          where v.done_on < t.at::date"),
        ("a visit was made tomorrow", "from app.visit where done_on > current_date or missed_on > current_date"),
        ("a report after the closing", "from app.closing_report r join app.case_episode e on e.id = r.episode_id where r.written_at > e.closed_at"),
        ("a check before its closing", "from app.after_closure a join app.case_episode e on e.id = a.episode_id where a.checked_on < e.closed_at::date"),
        ("a consent before its file", "from app.case_consent k join app.case_file c on c.id = k.case_id where k.given_on < c.opened_at::date"),
        ("a document in a dossier that was composed before", "from app.disclosure_document l join app.disclosure d on d.id = l.disclosure_id
          join app.attachment a on a.id = l.attachment_id where a.added_at > d.composed_at"),
        ("somebody approved what they wrote", "from app.care_plan where answered_by = author"),
    ] {
        let wrong: i64 = db.ask(format!("select count(*) {sql}")).await;
        assert_eq!(wrong, 0, "{what}");
    }
    let marked: i64 = db
        .ask("select count(*) from ref.organisation_name where organisation_code like 'demo\\_%' and name !~ '(مختلق|ficti[fv]|invented)'")
        .await;
    assert_eq!(marked, 0, "a house that exists nowhere says so");
}
