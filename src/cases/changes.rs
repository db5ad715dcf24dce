//! What others recorded in a file since the reader last looked: kinds of things and how many of each.

use crate::{ids::CaseId, web::Ui};
use serde::Deserialize;

/// A kind of change, the gravest first: that is the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Decision,
    Risk,
    Complaint,
    Bed,
    Contact,
    Visit,
    View,
    Service,
    Plan,
    Determination,
    Assessment,
    Consent,
    Referral,
    Move,
    Note,
    Document,
}

impl Kind {
    /// With its key and the page, or the part of the file's page, where it stands.
    const ALL: [(Self, &'static str, &'static str); 16] = [
        (Self::Decision, "change-decision", "#story"),
        (Self::Risk, "change-risk", "/assessments"),
        (Self::Complaint, "change-complaint", "/rights"),
        (Self::Bed, "change-bed", "/shelter"),
        (Self::Contact, "change-contact", "#story"),
        (Self::Visit, "change-visit", "/visits"),
        (Self::View, "change-view", "/rights"),
        (Self::Service, "change-service", "#story"),
        (Self::Plan, "change-plan", "/care-plan"),
        (Self::Determination, "change-determination", "#story"),
        (Self::Assessment, "change-assessment", "/assessments"),
        (Self::Consent, "change-consent", "/rights"),
        (Self::Referral, "change-referral", "#story"),
        (Self::Move, "change-move", "#story"),
        (Self::Note, "change-note", "#story"),
        (Self::Document, "change-document", "/documents"),
    ];
}

/// How many of each kind, as `app.changes_of` counts them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Changes {
    decision: i64,
    risk: i64,
    complaint: i64,
    bed: i64,
    contact: i64,
    visit: i64,
    view: i64,
    service: i64,
    plan: i64,
    determination: i64,
    assessment: i64,
    consent: i64,
    referral: i64,
    #[serde(rename = "move")]
    moved: i64,
    note: i64,
    document: i64,
}

impl Changes {
    const fn of(&self, kind: Kind) -> i64 {
        match kind {
            Kind::Decision => self.decision,
            Kind::Risk => self.risk,
            Kind::Complaint => self.complaint,
            Kind::Bed => self.bed,
            Kind::Contact => self.contact,
            Kind::Visit => self.visit,
            Kind::View => self.view,
            Kind::Service => self.service,
            Kind::Plan => self.plan,
            Kind::Determination => self.determination,
            Kind::Assessment => self.assessment,
            Kind::Consent => self.consent,
            Kind::Referral => self.referral,
            Kind::Move => self.moved,
            Kind::Note => self.note,
            Kind::Document => self.document,
        }
    }

    fn found(&self) -> impl Iterator<Item = (&'static str, &'static str, i64)> {
        let count = |(kind, key, place)| (key, place, self.of(kind));
        Kind::ALL.into_iter().map(count).filter(|(.., n)| *n > 0)
    }

    /// Whether there is any.
    pub fn is_none(&self) -> bool {
        self.found().next().is_none()
    }

    /// "2 changes: decision, visit".
    pub fn say(&self, ui: &Ui) -> String {
        let kinds: Vec<String> = self.found().map(|(key, ..)| ui.t(key)).collect();
        let count: i64 = self.found().map(|(.., n)| n).sum();
        ui.t2(
            "changes-said",
            ("count", ui.n("changes-count", count)),
            ("kinds", kinds.join(ui.comma())),
        )
    }

    /// Each kind in words, with where it stands.
    pub fn links(&self, ui: &Ui, case: &CaseId) -> Vec<(String, String)> {
        let link = |(key, place, n): (&'static str, &'static str, i64)| {
            let words = if n > 1 {
                format!("{} ({})", ui.t(key), ui.number(n))
            } else {
                ui.t(key)
            };
            let to = if place.starts_with('#') {
                place.to_owned()
            } else {
                format!("/cases/{case}{place}")
            };
            (words, to)
        };
        self.found().map(link).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gravest_is_told_first() {
        let counted = r#"{"move": 1, "decision": 2, "document": 3}"#;
        let changes: Changes = serde_json::from_str(counted).unwrap();
        let found: Vec<_> = changes.found().collect();
        assert_eq!(
            found,
            [
                ("change-decision", "#story", 2),
                ("change-move", "#story", 1),
                ("change-document", "/documents", 3)
            ]
        );
        assert!(Changes::default().is_none());
    }
}
