//! The policy, whole: ten roles, their permissions. The only `match` on a role's rights in the code.

use serde::{Deserialize, Serialize};

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[serde(rename_all = "snake_case")]
        #[sqlx(type_name = "text", rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every one, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code, as the database and the tests know it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// From its code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

closed_list! {
    /// A role (schema: closed list).
    Role {
        /// مساعد(ة) اجتماعي(ة): logs contacts, works on assigned files of one prefecture.
        SocialWorker => "social_worker",
        /// مسؤول(ة) الخلية: triage, approval, transmission to the prosecution.
        Supervisor => "supervisor",
        /// نقطة ارتكاز: answers service referrals sent to the organisation.
        FocalPoint => "focal_point",
        /// مدير(ة) مؤسسة: places and the children placed there.
        InstitutionManager => "institution_manager",
        /// وكيل الملك / نائبه: files transmitted to the court; decisions.
        Prosecutor => "prosecutor",
        /// كاتب(ة) النيابة العامة: receipt, signed acts with their number.
        CourtRegistrar => "court_registrar",
        /// رئيس النيابة: prosecutor, and the court's own statistics.
        ChiefProsecutor => "chief_prosecutor",
        /// لجنة القيادة: published figures and the register of the plan; no personal row.
        Steering => "steering",
        /// مدير النظام: users, roles, settings; no case content.
        Admin => "admin",
        /// مسؤول حماية المعطيات: audit and access reviews.
        Dpo => "dpo",
    }
}

closed_list! {
    /// What a route asks for.
    Permission {
        /// Log a street contact.
        ContactLog => "contact_log",
        /// Read the contacts of the prefecture.
        ContactRead => "contact_read",
        /// Decide what becomes of a contact.
        ContactTriage => "contact_triage",
        /// List the files of the prefecture, read one's own.
        CaseRead => "case_read",
        /// Move a file on, and keep its family and identity true.
        CaseWork => "case_work",
        /// Give a file to a worker.
        CaseAssign => "case_assign",
        /// Who opened a file, and when.
        CaseReaders => "case_readers",
        /// Answer a plan or a best-interests determination that another wrote.
        PlanAnswer => "plan_answer",
        /// Read the documents of a file.
        DocumentRead => "document_read",
        /// Add a document to a file.
        DocumentAdd => "document_add",
        /// Read and keep a mother's page.
        MotherRead => "mother_read",
        /// The adults whose children call for checking: an indicator, for the supervisor.
        FamilyAlerts => "family_alerts",
        /// Say of two files that may be of one child what they are.
        DuplicateAnswer => "duplicate_answer",
        /// Open the four services where no procedure decides.
        SupportOpen => "support_open",
        /// Record help.
        ServiceRecord => "service_record",
        /// Answer what one's organisation is asked for.
        RequestAnswer => "request_answer",
        /// Compose an extract for the prosecution, send an urgent notice.
        ReferralCompose => "referral_compose",
        /// Transmit a composed extract.
        ReferralTransmit => "referral_transmit",
        /// Read judicial files: what one sent, or what one's court received.
        ProsecutionRead => "prosecution_read",
        /// Acknowledge receipt at the court.
        ProsecutionReceive => "prosecution_receive",
        /// Record a decision.
        DecisionRecord => "decision_record",
        /// Take a file in hand, give it back for completion, send it on, close it.
        FileStudy => "file_study",
        /// Who is on duty at the court.
        RosterKeep => "roster_keep",
        /// The court's own statistics.
        CourtFigures => "court_figures",
        /// The committee's figures.
        FiguresRead => "figures_read",
        /// The figures of one's own city, exact and counted now.
        CityFigures => "city_figures",
        /// Reports: of one's own city; of what was told, for the committee.
        ReportKeep => "report_keep",
        /// The register of the plan.
        PlanRead => "plan_read",
        /// The field team of one's city, with who sits in it; of every city, for the committee.
        CityTeamRead => "city_team_read",
        /// The seats of one's city, and who is designated to them.
        CityTeamKeep => "city_team_keep",
        /// The meetings of one's city and what one is to do after them; every city's, for the committee.
        MeetingRead => "meeting_read",
        /// The meetings of one's city; the committee's own, for the committee.
        MeetingKeep => "meeting_keep",
        /// The letters of the plan, and what proves the steps of a city: read of every city, written of one's own.
        PlanLetters => "plan_letters",
        /// What the committee alone does: candidates, decisions, moves of a city, partners.
        PlanKeep => "plan_keep",
        /// Read the audit trail: who saw what, what was refused, how much is read.
        AuditRead => "audit_read",
        /// The signed root of the audit trail, day by day: nothing personal.
        AuditRoot => "audit_root",
        /// One's own list of what is owed today.
        TaskKeep => "task_keep",
        /// How much each colleague carries, and who stands in for whom.
        TeamRead => "team_read",
        /// See background work and let what failed run again.
        JobsManage => "jobs_manage",
        /// Mark a file as protected, and see who is named on it.
        FileProtect => "file_protect",
        /// Name somebody on a protected file; ask that its protection end.
        GrantGive => "grant_give",
        /// Read a protected file in an emergency, for an hour.
        GlassBreak => "glass_break",
        /// Review an emergency; answer who asks that a protection end.
        GlassReview => "glass_review",
        /// The page of protected files: what waits, and the emergency.
        ProtectionRead => "protection_read",
        /// What one was typing in a long form: kept, taken up again, thrown away.
        DraftKeep => "draft_keep",
        /// What one was told.
        NoticeRead => "notice_read",
        /// Health, confidences and safe addresses of a child in one's care.
        ClinicalKeep => "clinical_keep",
        /// One's own account: language, password, devices, second factor.
        AccountKeep => "account_keep",
        /// Users, their posts and one-time codes.
        UserManage => "user_manage",
        /// The list of who has what, each quarter; the second voice when a factor is lost.
        AccessReview => "access_review",
        /// The register of places, of every city; no child.
        ShelterRead => "shelter_read",
        /// Ask for a place on a child's file.
        BedRequest => "bed_request",
        /// What a city keeps: the standing of its institutions, the rhythm of its visits.
        CityKeep => "city_keep",
        /// An institution's own places, and the children who are coming or there.
        PlacesKeep => "places_keep",
    }
}

/// One who decides at a court.
const PROSECUTOR: &[Permission] = &[
    Permission::ProsecutionRead,
    Permission::ProsecutionReceive,
    Permission::DecisionRecord,
    Permission::FileStudy,
    Permission::NoticeRead,
    Permission::PlanRead,
    Permission::CityTeamRead,
    Permission::MeetingRead,
    Permission::AccountKeep,
    Permission::ShelterRead,
];

/// One who enters what was signed.
const REGISTRAR: &[Permission] = &[
    Permission::ProsecutionRead,
    Permission::ProsecutionReceive,
    Permission::DecisionRecord,
    Permission::RosterKeep,
    Permission::NoticeRead,
    Permission::PlanRead,
    Permission::CityTeamRead,
    Permission::MeetingRead,
    Permission::AccountKeep,
    Permission::ShelterRead,
];

/// The head of a prosecution office: decides, keeps the roster, reads the court's figures.
const CHIEF: &[Permission] = &[
    Permission::ProsecutionRead,
    Permission::ProsecutionReceive,
    Permission::DecisionRecord,
    Permission::FileStudy,
    Permission::RosterKeep,
    Permission::CourtFigures,
    Permission::NoticeRead,
    Permission::PlanRead,
    Permission::CityTeamRead,
    Permission::MeetingRead,
    Permission::AccountKeep,
    Permission::ShelterRead,
];

impl Permission {
    /// Whether it is about changing a file or what hangs on one: an emergency opens none of these.
    pub const fn changes_files(self) -> bool {
        use Permission as P;
        matches!(
            self,
            P::CaseWork
                | P::CaseAssign
                | P::ClinicalKeep
                | P::ContactTriage
                | P::DuplicateAnswer
                | P::DocumentAdd
                | P::FileProtect
                | P::GrantGive
                | P::ReferralCompose
                | P::ReferralTransmit
                | P::ServiceRecord
                | P::SupportOpen
        )
    }
}

impl Role {
    /// Whether somebody with this role must have a second factor: those who decide, send, or give access.
    pub const fn needs_second_factor(self) -> bool {
        matches!(
            self,
            Self::Supervisor
                | Self::Prosecutor
                | Self::CourtRegistrar
                | Self::ChiefProsecutor
                | Self::Admin
                | Self::Dpo
        )
    }

    /// What the role may ask for.
    #[expect(clippy::too_many_lines, reason = "one table, role by role")]
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::SocialWorker => &[
                P::TaskKeep,
                P::DraftKeep,
                P::ContactLog,
                P::ContactRead,
                P::CaseRead,
                P::CaseWork,
                P::DocumentRead,
                P::DocumentAdd,
                P::MotherRead,
                P::ServiceRecord,
                P::ReferralCompose,
                P::ProsecutionRead,
                P::CityFigures,
                P::ReportKeep,
                P::PlanRead,
                P::CityTeamRead,
                P::MeetingRead,
                P::FileProtect,
                P::GlassBreak,
                P::ProtectionRead,
                P::NoticeRead,
                P::ClinicalKeep,
                P::AccountKeep,
                P::ShelterRead,
                P::BedRequest,
            ],
            Self::Supervisor => &[
                P::TaskKeep,
                P::DraftKeep,
                P::TeamRead,
                P::ContactLog,
                P::ContactRead,
                P::ContactTriage,
                P::CaseRead,
                P::CaseWork,
                P::CaseAssign,
                P::CaseReaders,
                P::PlanAnswer,
                P::DocumentRead,
                P::DocumentAdd,
                P::MotherRead,
                P::FamilyAlerts,
                P::DuplicateAnswer,
                P::SupportOpen,
                P::ServiceRecord,
                P::ReferralCompose,
                P::ReferralTransmit,
                P::ProsecutionRead,
                P::FiguresRead,
                P::CityFigures,
                P::ReportKeep,
                P::PlanRead,
                P::CityTeamRead,
                P::CityTeamKeep,
                P::MeetingRead,
                P::MeetingKeep,
                P::PlanLetters,
                P::FileProtect,
                P::GrantGive,
                P::GlassBreak,
                P::GlassReview,
                P::ProtectionRead,
                P::NoticeRead,
                P::ClinicalKeep,
                P::AccountKeep,
                P::ShelterRead,
                P::BedRequest,
                P::CityKeep,
            ],
            Self::Prosecutor => PROSECUTOR,
            Self::CourtRegistrar => REGISTRAR,
            Self::ChiefProsecutor => CHIEF,
            Self::Steering => &[
                P::FiguresRead,
                P::ReportKeep,
                P::PlanRead,
                P::CityTeamRead,
                P::MeetingRead,
                P::MeetingKeep,
                P::PlanLetters,
                P::PlanKeep,
                P::AccountKeep,
                P::AuditRoot,
            ],
            Self::FocalPoint => &[
                P::RequestAnswer,
                P::PlanRead,
                P::CityTeamRead,
                P::MeetingRead,
                P::AccountKeep,
            ],
            Self::InstitutionManager => &[P::PlanRead, P::AccountKeep, P::PlacesKeep],
            Self::Admin => &[
                P::PlanRead,
                P::AccountKeep,
                P::UserManage,
                P::AccessReview,
                P::AuditRoot,
                P::JobsManage,
            ],
            Self::Dpo => &[
                P::PlanRead,
                P::AccountKeep,
                P::AccessReview,
                P::AuditRead,
                P::AuditRoot,
                P::GlassReview,
                P::ProtectionRead,
                P::NoticeRead,
            ],
        }
    }
}
