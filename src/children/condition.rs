//! Disability and schooling: health, for who works on the file alone (decision 0109).

use super::domain::Condition;
use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    forms::Form,
    ids::CaseId,
    reference::{Catalogue, List},
};
use chrono::{DateTime, NaiveDate, Utc};

impl Condition {
    /// As the form of the child asks for it.
    pub(super) fn read(form: &mut Form, catalogue: &Catalogue, today: NaiveDate) -> Self {
        Self {
            disability: form.optional("disability", |text| {
                catalogue.parse(List::Disability, text, today)
            }),
            education: form.optional("education", |text| {
                catalogue.parse(List::EducationStatus, text, today)
            }),
        }
    }

    /// On the form of the child.
    pub(super) fn shown(&self, form: Form) -> Form {
        form.with("disability", self.disability.clone().unwrap_or_default())
            .with("education", self.education.clone().unwrap_or_default())
    }
}

/// Keeps it in place of what was kept. The version of the child is what two writers meet at.
pub(super) async fn keep(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (file, condition): (CaseId, &Condition),
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into app.child_condition (case_id, territory_id, disability, education, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (case_id) do update set disability = excluded.disability, education = excluded.education,
             recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at",
        file.0,
        actor.territory().0,
        condition.disability.as_deref(),
        condition.education.as_deref(),
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(form: &mut Form) -> Condition {
        let row = |code: &str| {
            json!({ "code": code, "ar": "x", "fr": "x", "en": "x", "sort": 1, "valid_from": null,
                    "valid_to": null, "is_missing": false })
        };
        let catalogue = Catalogue::default()
            .with(List::Disability, json!([row("none"), row("hearing")]))
            .with(List::EducationStatus, json!([row("dropped_out")]));
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        Condition::read(form, &catalogue, today)
    }

    #[test]
    fn what_is_shown_is_read_again_and_no_answer_is_not_asked() {
        let known = Condition {
            disability: Some("hearing".to_owned()),
            education: Some("dropped_out".to_owned()),
        };
        let mut form = known.shown(Form::new());
        assert_eq!(read(&mut form), known);
        let mut form = Condition::default().shown(Form::new());
        assert_eq!(read(&mut form), Condition::default());
        assert!(form.is_valid());
    }

    #[test]
    fn a_code_of_another_list_is_refused_beside_its_field() {
        let mut form = Form::new()
            .with("disability", "dropped_out")
            .with("education", "none");
        assert_eq!(read(&mut form), Condition::default());
        assert!(form.error("disability").is_some() && form.error("education").is_some());
    }
}
