//! The menu of the reader's role.

use super::Ui;
use crate::policy::Permission;

/// A line of the menu.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Where it leads.
    pub href: &'static str,
    /// Key of its words.
    pub key: &'static str,
    /// Name of its icon.
    pub icon: &'static str,
    /// Whether it is the page being read.
    pub current: bool,
}

impl NavItem {
    /// Whether it is the main act and no place.
    pub fn is_act(&self) -> bool {
        self.key == "nav-contact-new"
    }
}

/// Every line there is, in its order, with what it asks for.
const MENU: &[(Permission, &str, &str, &str)] = &[
    (Permission::TaskKeep, "/today", "nav-today", "list-checks"),
    (
        Permission::CaseRead,
        "/cases",
        "nav-cases",
        "clipboard-list",
    ),
    (
        Permission::ContactRead,
        "/contacts",
        "nav-contacts",
        "footprints",
    ),
    (
        Permission::ContactLog,
        "/contacts/new",
        "nav-contact-new",
        "plus",
    ),
    (
        Permission::RequestAnswer,
        "/requests",
        "nav-requests",
        "hand-heart",
    ),
    (Permission::CaseRead, "/search", "search-title", "search"),
    (Permission::MotherRead, "/mothers", "nav-mothers", "users"),
    (
        Permission::DuplicateAnswer,
        "/duplicates",
        "nav-duplicates",
        "merge",
    ),
    (
        Permission::ProsecutionRead,
        "/prosecution",
        "nav-prosecution",
        "scale",
    ),
    (
        Permission::ShelterRead,
        "/shelter",
        "nav-shelter",
        "house-heart",
    ),
    (
        Permission::PlacesKeep,
        "/shelter/desk",
        "nav-shelter-desk",
        "house-heart",
    ),
    (
        Permission::FiguresRead,
        "/dashboard",
        "nav-dashboard",
        "chart-column",
    ),
    (
        Permission::CityFigures,
        "/figures",
        "nav-city-figures",
        "chart-column",
    ),
    (
        Permission::ReportKeep,
        "/reports",
        "nav-reports",
        "file-text",
    ),
    (Permission::TeamRead, "/team", "nav-team", "users"),
    (Permission::UserManage, "/admin", "nav-admin", "users"),
    (
        Permission::AccessReview,
        "/admin/review",
        "nav-review",
        "list-checks",
    ),
    (Permission::AuditRead, "/audit", "nav-audit", "eye"),
    (Permission::JobsManage, "/jobs", "nav-jobs", "history"),
    (
        Permission::AuditRoot,
        "/audit/root",
        "nav-audit-root",
        "file-lock",
    ),
    (
        Permission::ProtectionRead,
        "/protection",
        "nav-protection",
        "lock",
    ),
    (
        Permission::CaseAssign,
        "/transfers",
        "nav-transfers",
        "send",
    ),
    (
        Permission::CaseAssign,
        "/identity/requests",
        "nav-identity-requests",
        "users",
    ),
    (
        Permission::MeetingRead,
        "/plan/meetings",
        "nav-meetings",
        "calendar",
    ),
    (Permission::PlanRead, "/plan", "nav-plan", "landmark"),
];

impl Ui {
    /// The places at the foot of a phone: four with their words, and the main act, which is a sign alone. Of a
    /// longer menu the first three, for "more" is the fourth.
    pub fn tabs(&self) -> Vec<NavItem> {
        let mut items = self.nav();
        let acts = items.iter().filter(|item| item.is_act()).count();
        if items.len() > 4 + acts {
            items.truncate(3 + acts);
        }
        items
    }

    /// The menu of the reader's role.
    pub fn nav(&self) -> Vec<NavItem> {
        let Some(actor) = self.actor() else {
            return Vec::new();
        };
        let current = MENU
            .iter()
            .map(|(_, href, ..)| *href)
            .filter(|href| self.path() == *href || self.path().starts_with(&format!("{href}/")))
            .max_by_key(|href| href.len());
        MENU.iter()
            .filter(|(permission, ..)| actor.may(*permission))
            .map(|(_, href, key, icon)| NavItem {
                href,
                key,
                icon,
                current: current == Some(*href),
            })
            .collect()
    }
}
