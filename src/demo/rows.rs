//! The rows that the story ends in, with the columns of their tables, in the order in which they are
//! written.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

type At = DateTime<Utc>;
type Code = &'static str;

/// The rows of one table, ready for `jsonb_populate_recordset`.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Value,
}

macro_rules! rows {
    ($($list:ident: $name:ident = $table:literal { $($column:ident: $kind:ty),+ $(,)? })+) => {
        $(
            #[derive(Debug, Clone, Serialize)]
            pub(super) struct $name { $(pub(super) $column: $kind),+ }
        )+

        /// Everything that is written.
        #[derive(Debug, Default)]
        pub(super) struct Rows { $(pub(super) $list: Vec<$name>),+ }

        impl Rows {
            pub(super) fn tables(&self) -> Vec<Table> {
                vec![$(Table {
                    name: $table,
                    columns: &[$(stringify!($column)),+],
                    rows: json!(self.$list),
                }),+]
            }
        }
    };
}

rows! {
    people: Person = "app.person" {
        id: Uuid, territory_id: i16, sex: Code, birth_earliest: Option<NaiveDate>,
        birth_latest: Option<NaiveDate>, birth_basis: Option<String>, nationality: Option<Code>,
        civil_status: Option<Code>, protected: bool, created_by: Uuid, created_at: At,
    }
    names: PersonName = "app.person_name" {
        id: Uuid, person_id: Uuid, territory_id: i16, kind: Code, given_ar: Option<Code>,
        family_ar: Option<Code>, given_la: Option<Code>, family_la: Option<Code>,
    }
    identities: Identity = "app.identity" { id: Uuid, territory_id: i16 }
    links: IdentityLink = "app.identity_link" {
        id: Uuid, territory_id: i16, person_id: Uuid, identity_id: Uuid, verdict: Code,
        decided_by: Uuid, at: At,
    }
    relationships: Relationship = "app.relationship" {
        id: Uuid, territory_id: i16, from_person: Uuid, to_person: Uuid, kind: Code, claim: Code,
        proof: Option<Code>, created_by: Uuid, created_at: At,
    }
    contacts: Contact = "app.contact" {
        id: Uuid, receipt: String, territory_id: i16, territory_at: i16, place_code: String,
        spot_kind: Code, landmark_enc: Option<String>, observed_at: At, received_at: At, author: Uuid,
        circumstance: Code, note_enc: Option<String>, state: Code, triaged_by: Option<Uuid>,
        triaged_at: Option<At>, payload_mac: String,
    }
    actions: ContactAction = "app.contact_action" { contact_id: Uuid, territory_id: i16, action: Code }
    seen: ContactChild = "app.contact_child" {
        id: Uuid, contact_id: Uuid, territory_id: i16, seq: i16, sex: Code, age_min_months: u32,
        age_max_months: u32, seen_as_enc: Option<String>,
    }
    flags: ContactChildFlag = "app.contact_child_flag" {
        contact_child_id: Uuid, territory_id: i16, flag: Code,
    }
    adults: ContactAdult = "app.contact_adult" {
        id: Uuid, contact_id: Uuid, territory_id: i16, relation_claimed: Code,
        name_enc: Option<String>, phone_enc: Option<String>,
    }
    phones: PhonePrint = "app.phone_print" {
        contact_adult_id: Uuid, contact_id: Uuid, territory_id: i16, print: String,
    }
    cases: CaseFile = "app.case_file" {
        id: Uuid, number: String, territory_id: i16, territory_at: i16, child_id: Uuid,
        protected: bool, opened_at: At, opened_by: Uuid, changed_at: At, changed_by: Option<Uuid>,
    }
    conditions: ChildCondition = "app.child_condition" {
        case_id: Uuid, territory_id: i16, disability: Option<Code>, education: Option<Code>, recorded_by: Uuid,
        recorded_at: At,
    }
    episodes: Episode = "app.case_episode" {
        id: Uuid, case_id: Uuid, territory_id: i16, seq: i16, state: Code, state_since: At,
        risk: Code, source_contact_id: Option<Uuid>, opened_at: At, closed_at: Option<At>,
        closure_reason: Option<Code>, duplicates_checked_at: Option<At>, duplicates_checked_by: Option<Uuid>,
        closure_asked_by: Option<Uuid>, closure_asked_from: Option<Code>, closed_by: Option<Uuid>,
    }
    transitions: Transition = "app.case_transition" {
        id: Uuid, episode_id: Uuid, case_id: Uuid, territory_id: i16, from_state: Option<Code>,
        to_state: Code, by_user: Uuid, role: Code, reason_enc: Option<String>, closure_reason: Option<Code>, at: At,
    }
    assignments: Assignment = "app.case_assignment" {
        id: Uuid, case_id: Uuid, territory_id: i16, user_id: Uuid, kind: Code, since: At,
    }
    outcomes: Outcome = "app.contact_outcome" {
        contact_child_id: Uuid, territory_id: i16, kind: Code, case_id: Option<Uuid>, by_user: Uuid,
        at: At,
    }
    disclosures: Disclosure = "app.disclosure" {
        id: Uuid, kind: Code, case_id: Uuid, territory_id: i16, to_court: i16, legal_basis: Code,
        schema_version: i16, snapshot_enc: String, sha256: String, composed_by: Uuid, composed_at: At,
        sent_by: Option<Uuid>, sent_at: Option<At>, acknowledged_by: Option<Uuid>,
        acknowledged_at: Option<At>,
    }
    files: JudicialFile = "app.judicial_file" {
        id: Uuid, number: String, case_id: Uuid, territory_id: i16, court_id: i16,
        proposed_court_id: i16, court_change_reason: Option<Code>, court_change_note_enc: Option<String>,
        disclosure_id: Uuid, state: Code, urgent: bool, composed_by: Uuid, composed_at: At,
        transmitted_by: Option<Uuid>, transmitted_at: Option<At>, received_by: Option<Uuid>,
        received_at: Option<At>, sent_again_at: Option<At>, state_since: At, held_by: Option<Uuid>,
        held_since: Option<At>,
    }
    file_children: JudicialChild = "app.judicial_child" {
        file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16, person_id: Uuid,
        child_case_id: Uuid,
    }
    file_adults: JudicialAdult = "app.judicial_adult" {
        file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16, person_id: Uuid,
        relation_claimed: Code,
    }
    annexes: JudicialAnnex = "app.judicial_annex" {
        file_id: Uuid, seq: i16, case_id: Uuid, territory_id: i16, court_id: i16, disclosure_id: Uuid,
    }
    acts: CourtAct = "app.court_act" {
        id: Uuid, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16, year: i32,
        number: String,
    }
    child_decisions: ChildDecision = "app.child_decision" {
        id: Uuid, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16, person_id: Uuid,
        kind: Code, decided_on: NaiveDate, recorded_at: At, recorded_by: Uuid, act_id: Option<Uuid>,
        instructions_enc: Option<String>,
    }
    adult_decisions: AdultDecision = "app.adult_decision" {
        id: Uuid, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16, person_id: Uuid,
        kind: Code, effect: Code, reason: Option<Code>, offence: Option<Code>,
        decided_on: NaiveDate, recorded_at: At, recorded_by: Uuid, act_id: Option<Uuid>,
        supersedes_id: Option<Uuid>,
    }
    adult_offences: AdultDecisionOffence = "app.adult_decision_offence" {
        decision_id: Uuid, offence: Code, seq: i16, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16,
    }
    adult_texts: AdultDecisionText = "app.adult_decision_text" {
        decision_id: Uuid, territory_id: i16, court_id: i16, text_enc: String,
    }
    steps: JudicialStep = "app.judicial_step" {
        id: Uuid, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16, r#move: Code,
        from_state: Code, to_state: Code, to_user: Option<Uuid>, words_enc: Option<String>, by_user: Uuid,
        at: At,
    }
    questions: JudicialQuestion = "app.judicial_question" {
        id: Uuid, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16, seq: i16, kind: Code,
        text_enc: String, asked_by: Uuid, asked_at: At, due_at: At, answered_at: Option<At>,
        answered_by: Option<Uuid>, closed_at: Option<At>, closed_by: Option<Uuid>,
    }
    answers: JudicialAnswer = "app.judicial_answer" {
        id: Uuid, question_id: Uuid, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16,
        side: Code, text_enc: String, by_user: Uuid, at: At,
    }
    events: CourtEvent = "app.court_event" {
        id: Uuid, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16, kind: Code,
        child_id: Option<Uuid>, adult_id: Option<Uuid>, held_at: At, venue: Option<Code>,
        outcome: Option<Code>, measure: Option<Code>, supersedes_id: Option<Uuid>, recorded_by: Uuid,
        recorded_at: At,
    }
    event_texts: CourtEventText = "app.court_event_text" {
        id: Uuid, territory_id: i16, court_id: i16, text_enc: String,
    }
    support: MotherSupport = "app.mother_support" {
        id: Uuid, person_id: Uuid, territory_id: i16, ground: Code, decision_id: Option<Uuid>, reason: Code,
        note_enc: Option<String>, opened_by: Uuid, opened_at: At,
    }
    services: Service = "app.service" {
        id: Uuid, territory_id: i16, territory_at: i16, kind: Code, provider: String, state: Code,
        agreed_on: NaiveDate, delivered_on: Option<NaiveDate>, urgent: bool, outcome: Option<Code>,
        note_enc: Option<String>, recorded_by: Uuid, recorded_at: At, payload_mac: String,
    }
    beneficiaries: Beneficiary = "app.service_beneficiary" {
        service_id: Uuid, person_id: Uuid, case_id: Uuid, territory_id: i16,
        mother_effect: Option<Code>, counts_as: Option<Code>,
    }
    attachments: Attachment = "app.attachment" {
        id: Uuid, territory_id: i16, kind: Code, title_enc: Option<String>, name_enc: Option<String>,
        media: Code, blob: Uuid, size: i32, sha256: String, received_size: i32,
        received_sha256: String, added_by: Uuid, added_at: At,
    }
    case_attachments: CaseAttachment = "app.case_attachment" {
        case_id: Uuid, attachment_id: Uuid, territory_id: i16,
    }
    enclosed: DisclosureDocument = "app.disclosure_document" {
        disclosure_id: Uuid, attachment_id: Uuid, case_id: Uuid, territory_id: i16,
    }
    act_attachments: ActAttachment = "app.act_attachment" {
        act_id: Uuid, attachment_id: Uuid, file_id: Uuid, case_id: Uuid, territory_id: i16, court_id: i16,
        added_by: Uuid, added_at: At,
    }
    looks: CaseSeen = "app.case_seen" {
        user_id: Uuid, case_id: Uuid, territory_id: i16, seen_at: At,
    }
}

/// Bytes as JSON carries them to a `bytea` column.
pub(super) fn bytea(bytes: &[u8]) -> String {
    format!("\\x{}", hex::encode(bytes))
}
