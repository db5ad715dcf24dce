//! How the entries of a story are shown: on the page of a file, on its history, on paper. No rule.

use super::{
    domain::EpisodeState,
    entry::{Entries, Entry, Group, Kind, Place},
    head::Head,
};
use crate::{
    authz::{Actor, TerritoryId},
    ids::{CaseId, CourtId, UserId},
    reference::List,
    risk::{self, Reason},
    web::Ui,
};
use chrono::{DateTime, NaiveDate, Utc};

/// Some entries of one file, and for whom.
#[derive(Debug)]
pub(super) struct Story {
    /// The file.
    pub case: CaseId,
    /// Who reads.
    pub reader: Option<UserId>,
    /// Seen through broken glass alone: no page beside it opens.
    pub in_emergency: bool,
    /// When the reader last looked.
    pub seen_at: Option<DateTime<Utc>>,
    /// What is shown of it.
    pub group: Option<Group>,
    /// The entries, the newest first.
    pub entries: Vec<Entry>,
    /// Where the next page goes on.
    pub next: Option<Place>,
    /// Numbers of the other files that are read with it.
    numbers: Vec<(CaseId, String)>,
}

impl Story {
    /// Of a file, as a reader finds it.
    pub fn of(actor: &Actor, head: &Head, group: Option<Group>, entries: Entries) -> Self {
        Self {
            case: head.id,
            reader: Some(actor.user),
            in_emergency: head.in_emergency,
            seen_at: head.seen_at,
            group,
            entries: entries.rows,
            next: entries.next,
            numbers: head
                .also
                .files
                .iter()
                .map(|one| (one.id, one.number.clone()))
                .collect(),
        }
    }

    /// The number of the file that an entry is of, where it is another one of the same child.
    pub fn number(&self, entry: &Entry) -> Option<&str> {
        let found = self.numbers.iter().find(|(file, _)| *file == entry.file);
        found.map(|(_, number)| number.as_str())
    }

    /// What may be looked for: the address, the words, and whether it is shown now.
    pub fn chips(&self, ui: &Ui) -> Vec<(String, String, bool)> {
        let all = ui.actor().map(|me| Group::of(me).collect::<Vec<_>>());
        let groups = all.unwrap_or_default().into_iter().map(Some);
        std::iter::once(None)
            .chain(groups)
            .map(|group| {
                let code = group.map_or("all", Group::code);
                let words = ui.t(&format!("history-{code}"));
                (self.address(group, None), words, group == self.group)
            })
            .collect()
    }

    /// Where the next entries are.
    pub fn more(&self) -> Option<String> {
        self.next.map(|place| self.address(self.group, Some(place)))
    }

    /// When the reader last looked goes along: opening the file has moved it meanwhile.
    fn address(&self, group: Option<Group>, before: Option<Place>) -> String {
        let kind = group.map_or("all", Group::code);
        let mut address = format!("/cases/{}/history?kind={kind}", self.case);
        if let Some(seen) = self.seen_at {
            address.push_str("&seen=");
            address.push_str(&seen.timestamp_micros().to_string());
        }
        if let Some(place) = before {
            address.push_str("&before=");
            address.push_str(&place.to_string());
        }
        address
    }

    /// Came into the file since the reader looked, and from somebody else.
    pub fn is_new(&self, entry: &Entry) -> bool {
        let is_own = entry.author.is_some() && entry.author == self.reader;
        !is_own && self.seen_at.is_some_and(|seen| entry.known > seen)
    }

    /// Whether one of these is new.
    pub fn has_new(&self) -> bool {
        self.entries.iter().any(|entry| self.is_new(entry))
    }

    /// The month that begins with this entry.
    pub fn month(&self, ui: &Ui, index: &usize) -> Option<String> {
        let day = |i: usize| self.entries.get(i).map(|e| ui.day_of(e.place.at));
        let this = day(*index)?;
        let before = match index.checked_sub(1) {
            None => ui.today(),
            Some(before) => day(before)?,
        };
        (crate::i18n::month_key(this) != crate::i18n::month_key(before))
            .then(|| ui.lang().month(this))
    }

    /// When, to the minute where that is known.
    pub fn moment(&self, ui: &Ui, entry: &Entry) -> String {
        let at = entry.place.at;
        if entry.known == at {
            ui.moment(at)
        } else {
            ui.day(ui.day_of(at))
        }
    }

    pub fn node(&self, entry: &Entry) -> (&'static str, &'static str) {
        match entry.kind {
            Kind::Contact => ("", "footprints"),
            Kind::Move => ("", "history"),
            Kind::Service => ("brand", "hand-heart"),
            Kind::Visit | Kind::After => ("", "list-checks"),
            Kind::Referral => ("indigo", "send"),
            Kind::Notice => ("red", "siren"),
            Kind::Decision | Kind::JudgeMeasure => ("indigo", "gavel"),
            Kind::Assessment => ("", "clipboard-list"),
            Kind::Risk => ("red", "flag"),
            Kind::Plan | Kind::PlanAnswer | Kind::PlanReview => ("brand", "list-checks"),
            Kind::Determination => ("brand", "scale"),
            Kind::Bed => ("brand", "house-heart"),
            Kind::Handover | Kind::View => ("", "users"),
            Kind::Note => ("", "pencil"),
            Kind::Document => ("", "file-text"),
            Kind::Consent => ("", "check"),
            Kind::Transfer => ("", "send"),
        }
    }

    pub fn title(&self, ui: &Ui, entry: &Entry) -> String {
        match entry.kind {
            Kind::Contact => ui.t("entry-contact"),
            Kind::Move => match EpisodeState::from_code(&entry.code) {
                Some(_) if entry.mark.is_none() => ui.t("entry-opened"),
                Some(state) => ui.t1("entry-moved", "state", ui.t(state.key())),
                None => entry.code.clone(),
            },
            Kind::Service => ui.label(List::ServiceKind, &entry.code),
            Kind::Visit => ui.t("entry-visit"),
            Kind::Referral => ui.t("entry-referral"),
            Kind::Notice => ui.t("entry-notice"),
            Kind::Decision => ui.t("entry-decision"),
            Kind::JudgeMeasure => ui.t("entry-judge-measure"),
            Kind::Assessment => ui.t("entry-assessment"),
            Kind::Risk => ui.t("entry-risk"),
            Kind::Plan | Kind::PlanAnswer | Kind::PlanReview => {
                ui.t(&format!("entry-plan-{}", entry.code))
            }
            Kind::Determination => ui.t("entry-determination"),
            Kind::Bed => ui.t(&format!("bed-state-{}", entry.code.replace('_', "-"))),
            Kind::Handover => ui.t("entry-handover"),
            Kind::Note => ui.t("entry-note"),
            Kind::Document => ui.label(List::DocumentKind, &entry.code),
            Kind::View if entry.detail.is_some() => ui.t("entry-view-none"),
            Kind::View => ui.t("entry-view"),
            Kind::Consent => ui.t(&format!("consent-for-{}", entry.code)),
            Kind::After => ui.t(&format!("entry-after-{}", entry.code)),
            Kind::Transfer => ui.t(&format!("entry-transfer-{}", entry.code)),
        }
    }

    pub fn body(&self, ui: &Ui, entry: &Entry) -> String {
        let court = || {
            let id = entry.mark.as_deref().and_then(|id| id.parse().ok());
            id.map(|id| ui.court(CourtId(id))).unwrap_or_default()
        };
        let detail = entry.detail.as_deref().unwrap_or_default();
        match entry.kind {
            Kind::Contact => format!(
                "{} · {}",
                ui.label(List::ContactPlace, &entry.code),
                ui.place(detail)
            ),
            Kind::Move if entry.code == "closed" => ui.label(List::ClosureReason, detail),
            Kind::Move | Kind::Handover | Kind::Note | Kind::After => words(ui, entry),
            Kind::Service => {
                let state = entry.mark.as_deref().unwrap_or_default().replace('_', "-");
                let state = ui.t(&format!("service-{state}"));
                format!("{state} · {}", ui.organisation(detail))
            }
            Kind::Visit => with(visit(ui, entry), &words(ui, entry)),
            Kind::Referral => format!("{} · {detail}", court()),
            Kind::Notice | Kind::Decision | Kind::JudgeMeasure => court(),
            Kind::Assessment => {
                let level = ui.label(List::RiskLevel, &entry.code);
                ui.t1("case-risk", "risk", level)
            }
            Kind::Risk => {
                let why = words(ui, entry);
                with(risk_changed(ui, entry), &why)
            }
            Kind::Plan | Kind::PlanAnswer | Kind::PlanReview => {
                let n = entry.mark.clone().unwrap_or_default();
                with(ui.t1("care-plan-version", "n", n), &words(ui, entry))
            }
            Kind::Determination => format!(
                "{} · {}",
                ui.label(List::BidOccasion, detail),
                ui.t(&format!("care-plan-state-{}", entry.code))
            ),
            Kind::Bed => ui.organisation(detail),
            Kind::Document => String::new(),
            Kind::View if entry.detail.is_some() => ui.label(List::ViewAbsence, detail),
            Kind::View => ui.t(&format!("view-on-{}", entry.code)),
            Kind::Consent => with(ui.label(List::ConsentBasis, detail), &withdrawn(ui, entry)),
            Kind::Transfer => place(ui, detail),
        }
    }

    /// What a court ordered and the words that go with it are a quotation, and so are a child's.
    pub fn quote(&self, ui: &Ui, entry: &Entry) -> Option<String> {
        match entry.kind {
            Kind::Decision => {
                let kind = ui.label(List::ChildDecisionKind, &entry.code);
                Some(match words(ui, entry) {
                    more if more.is_empty() => kind,
                    more => format!("{kind}. {more}"),
                })
            }
            Kind::JudgeMeasure => Some(ui.label(List::JuvenileMeasure, &entry.code)),
            Kind::View => Some(words(ui, entry)).filter(|words| !words.is_empty()),
            _ => None,
        }
    }

    pub fn link(&self, entry: &Entry) -> Option<String> {
        let case = entry.file;
        let beside = |page: &str| (!self.in_emergency).then(|| format!("/cases/{case}/{page}"));
        match (entry.kind, entry.about) {
            (Kind::Contact, Some(id)) => Some(format!("/contacts/{id}")),
            (Kind::Service, Some(id)) if !self.in_emergency => Some(format!("/services/{id}")),
            (Kind::Referral | Kind::Decision | Kind::JudgeMeasure, Some(id)) => {
                Some(format!("/prosecution/{id}"))
            }
            (Kind::Assessment | Kind::Risk, _) => beside("assessments"),
            (Kind::Plan | Kind::PlanAnswer | Kind::PlanReview, Some(id)) => {
                beside(&format!("care-plan/{id}"))
            }
            (Kind::Determination, Some(id)) => beside(&format!("best-interests/{id}")),
            (Kind::Bed, _) => beside("shelter"),
            (Kind::Document, _) => Some(format!("/cases/{case}/documents")),
            (Kind::View | Kind::Consent, _) => beside("rights"),
            _ => None,
        }
    }
}

fn words(ui: &Ui, entry: &Entry) -> String {
    let words = entry.words.as_ref().map(|words| ui.plain(words));
    words.unwrap_or_default()
}

/// A line, and somebody's words under it.
fn with(line: String, words: &str) -> String {
    if words.is_empty() {
        line
    } else {
        format!("{line}\n{words}")
    }
}

/// A city by its number.
fn place(ui: &Ui, territory: &str) -> String {
    let id = territory.parse().ok().map(TerritoryId);
    let city = id.and_then(|id| ui.catalogue().territory(id));
    city.map_or_else(String::new, |city| ui.say(&city.label).to_owned())
}

/// That a consent was taken back, and when: it is none any more.
fn withdrawn(ui: &Ui, entry: &Entry) -> String {
    let day = entry.mark.as_deref().and_then(|day| day.parse().ok());
    day.map_or_else(String::new, |day: NaiveDate| {
        ui.t1("consent-withdrawn-on", "day", ui.date(day))
    })
}

/// From which level to which, or that it was kept; of a contact that raised it, the facts.
fn risk_changed(ui: &Ui, entry: &Entry) -> String {
    let to = ui.label(List::RiskLevel, &entry.code);
    let from = entry.mark.as_deref().unwrap_or_default();
    if from == entry.code {
        return ui.t1("risk-kept", "level", to);
    }
    let from = ui.label(List::RiskLevel, from);
    let change = ui.t2("assessment-risk-changed", ("from", from), ("to", to));
    let facts = entry.detail.as_deref().unwrap_or_default();
    match serde_json::from_str::<Vec<Reason>>(facts) {
        Ok(reasons) => with(change, &risk::because(ui, &entry.code, &reasons)),
        Err(_) => change,
    }
}

/// What kind of visit, or why it was missed; whether the child was met begging again, or is not safe; the schooling.
fn visit(ui: &Ui, entry: &Entry) -> String {
    let mut parts = vec![ui.label(List::ServiceKind, &entry.code)];
    if let Some(reason) = &entry.detail {
        let reason = ui.label(List::MissedReason, reason);
        parts.push(ui.t1("visit-missed-because", "reason", reason));
    }
    let mut found = entry.mark.as_deref().unwrap_or_default().split(' ');
    let (refound, safe, education) = (found.next(), found.next(), found.next());
    if refound == Some("yes") {
        parts.push(ui.t1("visit-refound-is", "answer", ui.t("answer-yes")));
    }
    if safe == Some("no") {
        parts.push(ui.t1("visit-safe-is", "answer", ui.t("answer-no")));
    }
    if let Some(code) = education.filter(|code| !code.is_empty()) {
        let schooling = ui.label(List::EducationStatus, code);
        parts.push(ui.t("visit-education") + ui.colon() + &schooling);
    }
    parts.join(" · ")
}
