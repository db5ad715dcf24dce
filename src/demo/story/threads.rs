//! What a court asks about a file, what the cell answers, and the annex that goes with an answer.

use super::{
    At, Code, Teller,
    cases::Family,
    custody::Procedure,
    prosecution::{Course, Folder},
};
use crate::{
    demo::{
        rows::{Disclosure, JudicialAnnex, JudicialAnswer, JudicialQuestion},
        words::{ANNEX, ASKED, THREADS, WITH_ANNEX},
    },
    prosecution::seal::SCHEMA_VERSION,
};
use chrono::TimeDelta;
use uuid::Uuid;

/// Hours until an answer is due, and those of what cannot wait (`reference/judicial_target.csv`).
const ANSWER: (i64, i64) = (72, 24);

impl Teller<'_> {
    /// The threads of a file; the moment of the last word.
    pub(super) fn threads(&mut self, family: &Family<'_>, procedure: &Procedure) -> At {
        let (slug, received) = (family.team.city.slug, procedure.times.received);
        let is_studied = matches!(procedure.course, Course::ChildFirst | Course::Decided(_));
        let is_settled = is_studied && received < self.world.now - TimeDelta::days(9);
        let mut last = received;
        let mut seq = 1;
        // one in seven, the first of each city among them, which has an annex too
        let is_first = is_settled && self.is_first(slug, "answered");
        if is_first || (is_settled && self.dice.chance(14)) {
            last = self.answered(family, procedure, is_first);
            seq = 2;
        }
        let waits = match procedure.course {
            Course::Received => "asked at once",
            _ if is_studied && !procedure.whole => "asked",
            _ => return last,
        };
        if self.is_first(slug, waits) {
            self.asked(family, procedure, seq);
        }
        last
    }

    /// A question that was answered, another that followed, and its answer; until when.
    fn answered(&mut self, family: &Family<'_>, procedure: &Procedure, with_annex: bool) -> At {
        let (team, folder) = (family.team, procedure.folder);
        let [kind, question, answer, follow_up, more] = if with_annex {
            WITH_ANNEX
        } else {
            self.dice.pick(THREADS)
        };
        let asked_at = self.later(procedure.times.received, 1, 10);
        let answered_at = self.later(asked_at, 5, 50);
        let asked_again = self.later(answered_at, 3, 20);
        let answered_again = self.later(asked_again, 4, 30);
        let closed_at = self.later(answered_again, 2, 20);
        let is_closed = procedure.whole || self.dice.chance(50);
        let id = self.question(family, folder, (kind, question, 1), asked_at);
        if let Some(row) = self.rows.questions.last_mut() {
            row.due_at = due(asked_again, family.urgent);
            (row.answered_at, row.answered_by) = (Some(answered_again), Some(family.lead));
            if is_closed {
                (row.closed_at, row.closed_by) = (Some(closed_at), Some(team.prosecutor));
            }
        }
        self.said(folder, id, ("cell", family.lead, answered_at), answer);
        self.said(
            folder,
            id,
            ("court", team.prosecutor, asked_again),
            follow_up,
        );
        self.said(folder, id, ("cell", family.lead, answered_again), more);
        if with_annex {
            self.annex(family, folder, answered_at - TimeDelta::minutes(8));
        }
        if is_closed { closed_at } else { answered_again }
    }

    /// A question that waits for its answer: in time, and late by hours in every third city.
    fn asked(&mut self, family: &Family<'_>, procedure: &Procedure, seq: i16) {
        let (now, received) = (self.world.now, procedure.times.received);
        let halfway = received + (now - received) / 2;
        let at = if procedure.course == Course::Received {
            halfway
        } else {
            let is_late = family.team.city.territory % 3 == 0;
            let (low, high) = match (is_late, family.urgent) {
                (true, false) => (78, 100),
                (true, true) => (26, 40),
                (false, false) => (8, 60),
                (false, true) => (2, 18),
            };
            (now - self.minutes(low * 60, high * 60)).max(halfway)
        };
        let (kind, text) = self.dice.pick(ASKED);
        self.question(family, procedure.folder, (kind, text, seq), at);
        self.happened(procedure.folder.case_id, at, family.team.prosecutor);
    }

    fn question(
        &mut self,
        family: &Family<'_>,
        folder: Folder,
        (kind, text, seq): (Code, Code, i16),
        at: At,
    ) -> Uuid {
        let id = self.dice.uuid(at);
        self.rows.questions.push(JudicialQuestion {
            id,
            file_id: folder.file_id,
            case_id: folder.case_id,
            territory_id: folder.territory_id,
            court_id: folder.court_id,
            seq,
            kind,
            text_enc: text.to_owned(),
            asked_by: family.team.prosecutor,
            asked_at: at,
            due_at: due(at, family.urgent),
            answered_at: None,
            answered_by: None,
            closed_at: None,
            closed_by: None,
        });
        id
    }

    fn said(
        &mut self,
        folder: Folder,
        question_id: Uuid,
        (side, by_user, at): (Code, Uuid, At),
        text: Code,
    ) {
        self.rows.answers.push(JudicialAnswer {
            id: self.dice.uuid(at),
            question_id,
            file_id: folder.file_id,
            case_id: folder.case_id,
            territory_id: folder.territory_id,
            court_id: folder.court_id,
            side,
            text_enc: text.to_owned(),
            by_user,
            at,
        });
    }

    /// An annex, composed by the lead and sent by the supervisor.
    fn annex(&mut self, family: &Family<'_>, folder: Folder, sent_at: At) {
        let composed_at = sent_at - TimeDelta::minutes(5);
        let id = self.dice.uuid(composed_at);
        let dossier = self.rows.files.last().map(|file| file.disclosure_id);
        let mut extracts = self.rows.disclosures.iter();
        let legal_basis = extracts
            .find(|extract| Some(extract.id) == dossier)
            .map_or("child_victim", |extract| extract.legal_basis);
        self.rows.disclosures.push(Disclosure {
            id,
            kind: "annex",
            case_id: folder.case_id,
            territory_id: folder.territory_id,
            to_court: folder.court_id,
            legal_basis,
            schema_version: SCHEMA_VERSION,
            snapshot_enc: ANNEX.to_owned(),
            sha256: String::new(),
            composed_by: family.lead,
            composed_at,
            sent_by: Some(family.team.supervisor),
            sent_at: Some(sent_at),
            acknowledged_by: None,
            acknowledged_at: None,
        });
        self.rows.annexes.push(JudicialAnnex {
            file_id: folder.file_id,
            seq: 1,
            case_id: folder.case_id,
            territory_id: folder.territory_id,
            court_id: folder.court_id,
            disclosure_id: id,
        });
        self.happened(folder.case_id, sent_at, family.team.supervisor);
    }
}

/// Until when something is to be answered.
fn due(asked_at: At, urgent: bool) -> At {
    let (hours, of_urgent) = ANSWER;
    asked_at + TimeDelta::hours(if urgent { of_urgent } else { hours })
}
