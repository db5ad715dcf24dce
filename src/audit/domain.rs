//! What an officer asks of the trail, and what the answers are made of.

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};

/// Every action that the program writes, for the filter; `docs/logging.md` explains them.
pub(super) const ACTIONS: &[&str] = &[
    "session.opened",
    "session.refused",
    "access.refused",
    "user.created",
    "contact.logged",
    "contact.triaged",
    "contact.opened",
    "case.added",
    "case.moved",
    "case.given",
    "assessments.opened",
    "assessment.saved",
    "assessment.completed",
    "case.risk_changed",
    "case.risk_kept",
    "assessment.called_for",
    "care_plan.opened",
    "care_plan.saved",
    "care_plan.submitted",
    "care_plan.approved",
    "care_plan.returned",
    "care_plan.reviewed",
    "care_plan.action_closed",
    "determination.opened",
    "determination.submitted",
    "determination.approved",
    "determination.returned",
    "rights.opened",
    "consent.recorded",
    "consent.withdrawn",
    "child_view.recorded",
    "complaint.received",
    "complaint.answered",
    "duplicates.opened",
    "duplicates.checked",
    "duplicates.listed",
    "duplicates.suggested",
    "sign.recorded",
    "sign.struck",
    "identity.opened",
    "identity.joined",
    "identity.parted",
    "identity.preferred",
    "identity.looked_elsewhere",
    "identity_request.asked",
    "identity_request.opened",
    "identity_request.answered",
    "identity_request.withdrawn",
    "closure.opened",
    "closing_report.written",
    "after_closure.recorded",
    "case.reopened",
    "case.voided",
    "transfer.asked",
    "transfer.opened",
    "transfer.accepted",
    "transfer.refused",
    "transfer.withdrawn",
    "visits.opened",
    "task.snoozed",
    "task.opened",
    "task.handed",
    "task.returned",
    "stand_in.begun",
    "stand_in.named",
    "stand_in.ended",
    "visit.planned",
    "visit.made",
    "visit.missed",
    "search.made",
    "case.opened",
    "case_form.opened",
    "history.opened",
    "family.opened",
    "seen.opened",
    "case.printed",
    "case_note.written",
    "case.opened_with_reason",
    "person.added",
    "child.opened",
    "child.edited",
    "relationship.added",
    "relationship.verified",
    "relationship.refuted",
    "relationship.changed",
    "mother.opened",
    "support.opened",
    "service.recorded",
    "service.opened",
    "service.moved",
    "service.sent",
    "request.opened",
    "request.answered",
    "judicial_file.composed",
    "judicial_file.withdrawn",
    "judicial_file.transmitted",
    "judicial_file.received",
    "judicial_file.taken",
    "judicial_file.handed_over",
    "judicial_file.returned",
    "judicial_file.completed",
    "judicial_file.closed",
    "judicial_file.reopened",
    "judicial_file.rerouted",
    "judicial_file.joined",
    "judicial_file.opened",
    "judicial_annex.composed",
    "judicial_annex.sent",
    "judicial_paper.asked",
    "judicial_paper.printed",
    "paper.verified",
    "urgent_notice.sent",
    "urgent_notice.opened",
    "urgent_notice.acknowledged",
    "urgent_notice.registered",
    "urgent_notice.rerouted",
    "duty_turn.entered",
    "duty_turn.cancelled",
    "judicial_question.asked",
    "judicial_question.followed_up",
    "judicial_question.answered",
    "judicial_question.closed",
    "child_decision.recorded",
    "measure.reported",
    "adult_decision.recorded",
    "court_act.added",
    "court_act.opened",
    "court_act.unreadable",
    "court_event.recorded",
    "calendar.made",
    "calendar.ended",
    "calendar.fetched",
    "user.ended",
    "user.restored",
    "user.recovered",
    "session.ended",
    "password.changed",
    "password.confirmed",
    "password.refused",
    "factor.enrolled",
    "factor.passed",
    "factor.backup_used",
    "factor.refused",
    "factor.codes_renewed",
    "factor.removed",
    "factor.lift_asked",
    "factor.lifted",
    "passkey.added",
    "passkey.removed",
    "passkey.passed",
    "passkey.refused",
    "passkey.copied",
    "digest.asked",
    "digest.confirmed",
    "digest.ended",
    "code.issued",
    "code.used",
    "code.refused",
    "post.given",
    "post.ended",
    "post.reviewed",
    "post.bound",
    "identifier.met",
    "vault.unreadable",
    "keys.made",
    "keys.rotation_begun",
    "keys.rotated",
    "document.added",
    "document.opened",
    "document.revealed",
    "document.reclassified",
    "document.unreadable",
    "documents.opened",
    "court_note.written",
    "clinical_note.written",
    "clinical_note.revealed",
    "clinical_notes.opened",
    "safe_address.written",
    "safe_address.revealed",
    "bed.requested",
    "bed.held",
    "bed.moved",
    "bed.expired",
    "placement.opened",
    "placement.body_named",
    "sheet.opened",
    "places.changed",
    "places.confirmed",
    "institution_address.revealed",
    "institution.kept",
    "institution.added",
    "institution.changed",
    "places.added",
    "rhythm.set",
    "contact_phone.revealed",
    "protection.marked",
    "protection.opened",
    "protection.lifted",
    "grant.given",
    "grant.ended",
    "lift.asked",
    "lift.opened",
    "lift.agreed",
    "lift.refused",
    "emergency.begun",
    "emergency.not_begun",
    "emergency.read",
    "emergency.ended",
    "emergency.reviewed",
    "plan_city.added",
    "plan_city.moved",
    "plan_step.recorded",
    "plan_readiness.recorded",
    "plan_letter.added",
    "plan_letter.struck",
    "plan_decision.recorded",
    "plan_phase.added",
    "plan_partner.added",
    "plan_partner.ended",
    "plan_partner.named",
    "plan_document.fetched",
    "plan_document.unreadable",
    "reading.unusual",
    "seat.added",
    "seat.closed",
    "designation.made",
    "designation.ended",
    "designation.struck",
    "member.changed",
    "letter.added",
    "minutes.added",
    "plan_paper.fetched",
    "plan_paper.unreadable",
    "meeting.planned",
    "meeting.changed",
    "meeting.held",
    "meeting.cancelled",
    "attendance.recorded",
    "action_point.added",
    "action_point.closed",
    "action_point.reopened",
    "audit.read",
    "job.retried",
    "figures.released",
    "figures.differed",
    "pack.asked",
    "pack.made",
    "pack.fetched",
    "pack.unreadable",
    "report.saved",
    "report.changed",
    "report.shared",
    "report.withdrawn",
    "report.deleted",
    "report.exported",
];

/// Days that a log shows unless it is asked otherwise.
const DAYS: u64 = 7;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// A user name.
    pub who: Option<String>,
    pub action: Option<String>,
    /// Number or id of a file, a procedure, a contact.
    pub object: Option<String>,
    pub before: Option<Place>,
}

impl Filter {
    /// The last days.
    pub fn recent(today: NaiveDate) -> Self {
        Self {
            from: today.checked_sub_days(Days::new(DAYS)).unwrap_or(today),
            to: today,
            who: None,
            action: None,
            object: None,
            before: None,
        }
    }

    /// Codes for the trail's own row; never what was typed.
    pub fn codes(&self) -> serde_json::Value {
        serde_json::json!({
            "from": self.from, "to": self.to, "action": self.action,
            "by_person": self.who.is_some(), "by_object": self.object.is_some(),
        })
    }
}

/// The beginning of a Moroccan day.
pub(super) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    chrono_tz::Africa::Casablanca
        .from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
}

/// The day after, for the end of a range.
pub(super) fn after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// The place of a row in the log, in a URL as `1764000000000000.42`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub at: DateTime<Utc>,
    pub id: i64,
}

impl Place {
    /// Anything else starts at the top.
    pub fn parse(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('.')?;
        Some(Self {
            at: Utc.timestamp_micros(micros.parse().ok()?).single()?,
            id: id.parse().ok()?,
        })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.timestamp_micros(), self.id)
    }
}

/// How often one person opened one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reader {
    pub name_ar: String,
    pub name_la: String,
    pub role: Option<String>,
    pub times: usize,
    pub refused: usize,
    pub last: DateTime<Utc>,
}

/// The class of a column, from `docs/data-classes.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub name: &'static str,
    pub class: &'static str,
}

/// A table of the register of processing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub name: &'static str,
    pub purpose: &'static str,
    pub retention: &'static str,
    pub columns: Vec<Column>,
}

/// The register, from the two lists that are part of the documentation; a table without a purpose fails a
/// test.
pub(super) fn register(classes: &'static str, purposes: &'static str) -> Vec<Table> {
    let lines = |text: &'static str| {
        text.lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
    };
    let mut tables: Vec<Table> = Vec::new();
    for line in lines(classes) {
        let (Some((path, class)), true) = (line.split_once('\t'), line.contains('.')) else {
            continue;
        };
        let (table, name) = path.rsplit_once('.').unwrap_or((path, ""));
        let column = Column { name, class };
        if let Some(known) = tables.iter_mut().find(|known| known.name == table) {
            known.columns.push(column);
        } else {
            let row = lines(purposes).find_map(|line| {
                let rest = line.strip_prefix(table)?.strip_prefix('\t')?;
                rest.split_once('\t')
            });
            let (purpose, retention) = row.unwrap_or_default();
            tables.push(Table {
                name: table,
                purpose,
                retention,
                columns: vec![column],
            });
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_the_url() {
        let place = Place {
            at: Utc.timestamp_micros(1_764_000_000_123_456).unwrap(),
            id: 42,
        };
        assert_eq!(Place::parse(&place.to_string()), Some(place));
        assert_eq!(Place::parse("1 or 1=1"), None);
    }

    #[test]
    fn days_begin_at_the_moroccan_midnight() {
        let day = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
        assert_eq!(midnight(day).to_rfc3339(), "2026-06-30T23:00:00+00:00");
    }

    #[test]
    fn a_register_has_tables_and_their_columns() {
        let register = register(
            "# note\napp.a.id\tinternal\napp.a.name\tpersonal\napp.b.id\topen\n",
            "app.a\tcase\tkept\n",
        );
        assert_eq!(register.len(), 2);
        assert_eq!((register[0].name, register[0].purpose), ("app.a", "case"));
        assert_eq!(register[0].columns[1].class, "personal");
        assert_eq!(register[1].purpose, "", "a test of the program fails on it");
    }
}
