//! What is sealed, and with whose key: the whole list. A test compares it with the columns of the database.

use crate::ids::{
    AttachmentId, CaseId, ContactId, DisclosureId, JudicialFileId, PersonId, RowId, ServiceId,
};
use uuid::Uuid;

/// What can have a data key of its own. Erasing the key erases every text of the holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HolderKind {
    /// A street contact.
    Contact,
    /// A child's file.
    Case,
    /// A person.
    Person,
    /// An act of help.
    Service,
    /// A frozen extract: what the cell and the court both read.
    Disclosure,
    /// A judicial file: what its court alone reads.
    JudicialFile,
    /// A document.
    Document,
    /// A request to lift a protection: its words, and not the child's.
    Lift,
    /// Broken glass and its review, likewise.
    Emergency,
    /// A transfer between cities: its sheet, which both sides read.
    Transfer,
    /// What somebody was typing; its key dies with it.
    Draft,
    /// A question to another city about a child: its card and its answer, which both sides read.
    IdentityRequest,
}

impl HolderKind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Contact,
        Self::Case,
        Self::Person,
        Self::Service,
        Self::Disclosure,
        Self::JudicialFile,
        Self::Document,
        Self::Lift,
        Self::Emergency,
        Self::Transfer,
        Self::Draft,
        Self::IdentityRequest,
    ];

    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Case => "case",
            Self::Person => "person",
            Self::Service => "service",
            Self::Disclosure => "disclosure",
            Self::JudicialFile => "judicial_file",
            Self::Document => "document",
            Self::Lift => "lift",
            Self::Emergency => "emergency",
            Self::Transfer => "transfer",
            Self::Draft => "draft",
            Self::IdentityRequest => "identity_request",
        }
    }
}

/// One thing that has a data key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Holder {
    /// What kind of thing.
    pub kind: HolderKind,
    /// Which.
    pub id: Uuid,
}

impl Holder {
    /// Any.
    pub const fn new(kind: HolderKind, id: Uuid) -> Self {
        Self { kind, id }
    }

    /// As the database knows it.
    pub fn from_code(kind: &str, id: Uuid) -> Option<Self> {
        let kind = HolderKind::ALL.into_iter().find(|one| one.code() == kind)?;
        Some(Self::new(kind, id))
    }

    /// A street contact.
    pub const fn contact(id: ContactId) -> Self {
        Self::new(HolderKind::Contact, id.0)
    }

    /// A child's file.
    pub const fn case(id: CaseId) -> Self {
        Self::new(HolderKind::Case, id.0)
    }

    /// A person.
    pub const fn person(id: PersonId) -> Self {
        Self::new(HolderKind::Person, id.0)
    }

    /// An act of help.
    pub const fn service(id: ServiceId) -> Self {
        Self::new(HolderKind::Service, id.0)
    }

    /// A frozen extract.
    pub const fn disclosure(id: DisclosureId) -> Self {
        Self::new(HolderKind::Disclosure, id.0)
    }

    /// A transfer between cities.
    pub const fn transfer(id: RowId) -> Self {
        Self::new(HolderKind::Transfer, id.0)
    }

    /// What somebody was typing.
    pub const fn draft(id: RowId) -> Self {
        Self::new(HolderKind::Draft, id.0)
    }

    /// A question to another city about a child.
    pub const fn identity_request(id: RowId) -> Self {
        Self::new(HolderKind::IdentityRequest, id.0)
    }

    /// A document.
    pub const fn document(id: AttachmentId) -> Self {
        Self::new(HolderKind::Document, id.0)
    }

    /// A judicial file.
    pub const fn judicial_file(id: JudicialFileId) -> Self {
        Self::new(HolderKind::JudicialFile, id.0)
    }
}

/// A sealed column: `table.column` of schema `app`, and the kind of holder whose key seals it. A sealed text
/// is bound to both and to the id of its row; not to a territory, for a file can be transferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Field {
    column: &'static str,
    holder: HolderKind,
}

impl Field {
    /// The bytes of a document. Not a column: a stream outside the database.
    pub const DOCUMENT: Self = Self::new("attachment.blob", HolderKind::Document);

    const fn new(column: &'static str, holder: HolderKind) -> Self {
        Self { column, holder }
    }

    /// `table.column`, without the schema.
    pub const fn column(self) -> &'static str {
        self.column
    }

    /// Whose key seals it.
    pub const fn holder(self) -> HolderKind {
        self.holder
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $column:literal of $holder:ident;)+) => {
        impl Field {
            $($(#[$doc])* pub const $name: Self = Self::new($column, HolderKind::$holder);)+

            /// Every sealed column.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}
fields! {
    /// What one sees at the place of a contact.
    CONTACT_LANDMARK = "contact.landmark_enc" of Contact;
    /// A worker's words on a contact.
    CONTACT_NOTE = "contact.note_enc" of Contact;
    /// What a child of a contact was called.
    CHILD_SEEN_AS = "contact_child.seen_as_enc" of Contact;
    /// What the adult of a contact was called.
    ADULT_NAME = "contact_adult.name_enc" of Contact;
    /// A name of a protected child.
    PERSON_NAME = "person_name.names_enc" of Case;
    /// Why a file is protected.
    PROTECTION_TEXT = "case_protection.text_enc" of Case;
    /// Why a protection should end.
    LIFT_TEXT = "protection_lift.text_enc" of Lift;
    /// Why the glass was broken.
    EMERGENCY_TEXT = "emergency_access.text_enc" of Emergency;
    /// What the review of it found.
    EMERGENCY_REVIEW = "emergency_access.review_enc" of Emergency;
    /// Health, and what was told in confidence.
    CLINICAL_TEXT = "clinical_note.text_enc" of Case;
    /// Where a child is kept safe.
    SAFE_ADDRESS = "safe_address.text_enc" of Case;
    /// A prosecutor's own words.
    COURT_NOTE = "court_note.text_enc" of JudicialFile;
    /// Telephone of the adult of a contact.
    ADULT_PHONE = "contact_adult.phone_enc" of Contact;
    /// What a document is called.
    DOCUMENT_TITLE = "attachment.title_enc" of Document;
    /// What the sender's file was called.
    DOCUMENT_NAME = "attachment.name_enc" of Document;
    /// Why a file moved.
    TRANSITION_REASON = "case_transition.reason_enc" of Case;
    /// Why something that is owed was put off.
    TASK_SNOOZE = "task.snooze_enc" of Case;
    /// A note on a file.
    CASE_NOTE = "case_note.text_enc" of Case;
    /// Why something that is owed is in other hands.
    HANDOVER_WHY = "task_handover.why_enc" of Case;
    /// What was found on a visit.
    VISIT_FINDINGS = "visit.findings_enc" of Case;
    /// Why a colleague's file was opened.
    GRANT_NOTE = "case_grant.note_enc" of Case;
    /// A worker's words on help given.
    SERVICE_NOTE = "service.note_enc" of Service;
    /// What a step of an act says to the cell alone.
    STEP_NOTE = "service_note.text_enc" of Service;
    /// What a provider reports: both sides read it, as the extract.
    STEP_REPORT = "service_step.report_enc" of Disclosure;
    /// Why a mother's services were opened.
    SUPPORT_NOTE = "mother_support.note_enc" of Person;
    /// A number that identifies a person.
    PERSON_IDENTIFIER = "person_identifier.value_enc" of Person;
    /// What more is to be said of a distinguishing sign.
    SIGN_NOTE = "distinguishing_sign.note_enc" of Person;
    /// Why one was struck.
    SIGN_STRUCK = "distinguishing_sign.struck_why_enc" of Person;
    /// The frozen extract.
    DISCLOSURE_SNAPSHOT = "disclosure.snapshot_enc" of Disclosure;
    /// Why another court was chosen. Both sides read it, as the extract.
    COURT_CHANGE_NOTE = "judicial_file.court_change_note_enc" of Disclosure;
    /// A paper that is being made: what is to be set, then the paper itself. As the extract that it is of.
    PAPER_CONTENT = "paper_job.content_enc" of Disclosure;
    /// What is said with a move of a judicial file. Both sides read it, as the extract.
    JUDICIAL_WORDS = "judicial_step.words_enc" of Disclosure;
    /// A question of the prosecution. Both sides read it, as the extract.
    JUDICIAL_QUESTION = "judicial_question.text_enc" of Disclosure;
    /// What was said to it, likewise.
    JUDICIAL_ANSWER = "judicial_answer.text_enc" of Disclosure;
    /// What a measure asks of the cell. Both sides read it, as the extract.
    CHILD_INSTRUCTIONS = "child_decision.instructions_enc" of Disclosure;
    /// What the cell did for a measure. Both sides read it, as the extract.
    MEASURE_REPORT = "measure_report.text_enc" of Disclosure;
    /// An assessment that is not complete: its form, as typed.
    ASSESSMENT_DRAFT = "assessment.draft_enc" of Case;
    /// The social inquiry in short.
    ASSESSMENT_SUMMARY = "assessment.summary_enc" of Case;
    /// What was found in one domain.
    SCORE_NOTE = "assessment_score.note_enc" of Case;
    /// Why another risk was set than the computed one.
    RISK_REASON = "risk_change.why_enc" of Case;
    /// A plan that is not submitted: its form, as typed.
    PLAN_DRAFT = "care_plan.draft_enc" of Case;
    /// What a supervisor answers to a plan.
    PLAN_ANSWER = "care_plan.answer_enc" of Case;
    /// A goal of a plan.
    GOAL_TEXT = "plan_goal.text_enc" of Case;
    /// What is done, by whom, and how one knows that it succeeded.
    ACTION_TEXT = "plan_action.text_enc" of Case;
    /// Why an action was dropped, or what came of it.
    ACTION_REASON = "plan_action.why_enc" of Case;
    /// Why a plan that was reviewed stays as it is.
    PLAN_REVIEW_NOTE = "plan_review.note_enc" of Case;
    /// What the child says of it.
    PLAN_REVIEW_VIEW = "plan_review.view_enc" of Case;
    /// A best-interests determination.
    DETERMINATION = "best_interests.content_enc" of Case;
    /// What a supervisor answers to a determination.
    DETERMINATION_ANSWER = "best_interests.answer_enc" of Case;
    /// The text of a decision on an adult. The court alone has its key.
    ADULT_DECISION_TEXT = "adult_decision_text.text_enc" of JudicialFile;
    /// What the court writes of what happened there. The court alone has its key.
    COURT_EVENT_TEXT = "court_event_text.text_enc" of JudicialFile;
    /// What is said with a consent.
    CONSENT_NOTE = "case_consent.note_enc" of Case;
    /// What the child says.
    CHILD_WORDS = "child_view.words_enc" of Case;
    /// A complaint.
    COMPLAINT_TEXT = "complaint.text_enc" of Case;
    /// What was answered to it.
    COMPLAINT_ANSWER = "complaint.answer_enc" of Case;
    /// The final report of an episode.
    CLOSING_REPORT = "closing_report.text_enc" of Case;
    /// How the child is, after the closing.
    AFTER_CLOSURE = "after_closure.words_enc" of Case;
    /// Why a file is none.
    VOID_REASON = "case_file.void_why_enc" of Case;
    /// What the one who gives a file on says to the one who takes it.
    HANDOVER_NOTE = "case_assignment.handover_enc" of Case;
    /// What the receiving city reads of a file.
    TRANSFER_SHEET = "case_transfer.sheet_enc" of Transfer;
    /// Why a transfer is refused.
    TRANSFER_ANSWER = "case_transfer.answer_enc" of Transfer;
    /// What somebody was typing.
    FORM_DRAFT = "form_draft.text_enc" of Draft;
    /// Why two records of one prefecture are taken apart again.
    IDENTITY_WHY = "identity_act.why_enc" of Person;
    /// What another city is told of a child, to say whether they know it.
    IDENTITY_SHEET = "identity_request.sheet_enc" of IdentityRequest;
    /// What it answers.
    IDENTITY_ANSWER = "identity_request.answer_enc" of IdentityRequest;
    /// Why what two cities agreed on is ended.
    IDENTITY_END = "identity_request.end_enc" of IdentityRequest;
}
