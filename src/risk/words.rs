//! The risk in words.

use super::Reason;
use crate::{reference::List, web::Ui};

/// One fact.
pub fn say(ui: &Ui, reason: &Reason) -> String {
    match reason {
        Reason::Infant => ui.t("risk-infant"),
        Reason::UnrelatedAdult => ui.t("risk-unrelated-adult"),
        Reason::Contacts(n) => ui.n("risk-contacts", i64::from(*n)),
        Reason::Flag(code) => ui.label(List::RedFlag, code),
        Reason::Score(domain, score) => ui.t2(
            "risk-score",
            ("domain", ui.label(List::AssessmentDomain, domain)),
            ("score", ui.t(score.key())),
        ),
        Reason::Sign(code) => ui.label(List::ExploitationIndicator, code),
        Reason::Several(n) => ui.n("risk-several", i64::from(*n)),
    }
}

/// "High, because: infant, unrelated adult".
pub fn because(ui: &Ui, level: &str, reasons: &[Reason]) -> String {
    let level = ui.label(List::RiskLevel, level);
    if reasons.is_empty() {
        return ui.t1("risk-quiet", "level", level);
    }
    let told: Vec<String> = reasons.iter().map(|reason| say(ui, reason)).collect();
    ui.t2(
        "risk-because",
        ("level", level),
        ("reasons", ui.mark().to_owned() + &told.join(ui.comma())),
    )
}
