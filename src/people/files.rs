//! The files of children, as far as a person's page needs them: may the reader write in one, and "it changed".

use crate::{
    authz::Actor,
    db::Tx,
    error::AppError,
    ids::{CaseId, PersonId},
};
use chrono::{DateTime, Utc};

/// The live file of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildFile {
    /// Its id.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Whether the reader may open it: leads it, seconds it, opened it with a reason, or supervises.
    pub is_mine: bool,
    /// Whether an episode is open.
    pub is_open: bool,
}

/// The live file of a child; `None` for someone who has none, or who is not of this prefecture.
pub async fn file_of(
    tx: &mut Tx,
    actor: &Actor,
    child: PersonId,
) -> Result<Option<ChildFile>, AppError> {
    let file = sqlx::query_as!(
        ChildFile,
        r#"select c.id as "id: CaseId", c.number,
                  (c.territory_id = any ((select app.supervised_territories())::smallint[])
                   or app.is_mine(c.id)) as "is_mine!",
                  exists (select from app.case_episode e
                          where e.case_id = c.id and e.territory_id = $2 and e.state <> 'closed') as "is_open!"
           from app.case_file c
           where c.child_id = $1 and c.territory_id = $2 and c.void is null"#,
        child.0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(file)
}

/// Marks files as changed, for those who looked at them before.
pub async fn touch(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    cases: &[CaseId],
) -> Result<(), AppError> {
    let ids: Vec<_> = cases.iter().map(|case| case.0).collect();
    sqlx::query!(
        "update app.case_file set changed_at = $1, changed_by = $2
         where id = any ($3) and territory_id = $4",
        now,
        actor.user.0,
        &ids,
        actor.territory().0
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
