//! Meetings as they are told: what is talked about, what is agreed on.

/// A meeting, so many days from today.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) days: i64,
    pub(super) kind: &'static str,
    pub(super) remote: bool,
    pub(super) agenda: &'static [&'static str],
    pub(super) state: &'static str,
    pub(super) why: Option<&'static str>,
    pub(super) points: &'static [Agreed],
}

/// Who is to do something.
#[derive(Debug)]
pub(super) enum By {
    Worker,
    Supervisor,
    Seat(&'static str),
    Committee,
}

/// What was agreed on: whose it is, days from today until it is due, and whether it is done.
pub(super) type Agreed = (&'static str, By, i64, bool);

pub(super) const OF_TEAM: &[Told] = &[
    Told {
        days: -68,
        kind: "periodic",
        remote: false,
        agenda: &[
            "حصيلة الجولات الميدانية",
            "Orientation vers les soins d'urgence",
            "برنامج الشهر المقبل",
        ],
        state: "held",
        why: None,
        points: &[
            (
                "إعداد لائحة المدارس القريبة من نقط الجولات",
                By::Seat("education"),
                -40,
                true,
            ),
            (
                "Proposer un calendrier des rondes du soir",
                By::Supervisor,
                -45,
                true,
            ),
        ],
    },
    Told {
        days: -20,
        kind: "coordination",
        remote: true,
        agenda: &[
            "التنسيق مع خلية التكفل بالمستشفى",
            "Permanences de fin de semaine",
        ],
        state: "held",
        why: None,
        points: &[
            (
                "مراسلة المستشفى بخصوص أوقات الاستقبال",
                By::Seat("health"),
                -4,
                false,
            ),
            ("Préparer la liste des permanences", By::Worker, 3, false),
            ("تحيين أرقام هواتف نقاط الارتكاز", By::Supervisor, 9, false),
        ],
    },
    Told {
        days: -33,
        kind: "periodic",
        remote: false,
        agenda: &[],
        state: "cancelled",
        why: Some("مثال للعرض: صادف الموعد عطلة رسمية."),
        points: &[],
    },
    Told {
        days: 10,
        kind: "periodic",
        remote: false,
        agenda: &["تتبع تنفيذ ما اتُّفق عليه", "Préparation du bilan annuel"],
        state: "planned",
        why: None,
        points: &[],
    },
];

pub(super) const OF_COMMITTEE: &[Told] = &[
    Told {
        days: -50,
        kind: "steering",
        remote: false,
        agenda: &["مثال للعرض: حصيلة المدن", "Exemple : moyens des équipes"],
        state: "held",
        why: None,
        points: &[(
            "مثال للعرض: إعداد مذكرة حول التكوين",
            By::Committee,
            12,
            false,
        )],
    },
    Told {
        days: 24,
        kind: "coordination",
        remote: true,
        agenda: &["Exemple : préparation de la prochaine réunion"],
        state: "planned",
        why: None,
        points: &[],
    },
];
