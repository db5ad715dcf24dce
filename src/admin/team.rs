//! A post that rests on a designation to a seat of a team, and ends with it.

use super::{
    db,
    posts::not_mine,
    user::{self, UserPath, draw},
};
use crate::{
    authz::{Fresh, Require, can},
    db::Tx,
    error::{AppError, violates},
    forms::Form,
    i18n::Msg,
    ids::{AssignmentId, RowId, UserId},
    routes::Routes,
    web::see,
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/admin/users/{id}/team", rejection(AppError))]
struct TeamPath {
    id: UserId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(bind)
}

/// A designation that a post of somebody rests on, or could.
#[derive(Debug)]
pub(super) struct InTeam {
    pub(super) post: AssignmentId,
    designation: RowId,
    pub(super) is_bound: bool,
    /// Code of `ref.seat_sector`.
    pub(super) sector: String,
    pub(super) name_ar: String,
    pub(super) name_la: String,
    pub(super) letter_ref: String,
}

impl InTeam {
    /// As a form has it.
    pub(super) fn code(&self) -> String {
        format!("{}.{}", self.post, self.designation)
    }
}

/// See [`InTeam`].
pub(super) async fn in_teams(tx: &mut Tx, who: UserId) -> Result<Vec<InTeam>, AppError> {
    let found = sqlx::query_as!(
        InTeam,
        r#"select post as "post!: AssignmentId", designation as "designation!: RowId", is_bound as "is_bound!",
                  sector as "sector!", name_ar as "name_ar!", name_la as "name_la!", letter_ref as "letter_ref!"
           from app.posts_in_teams($1)"#,
        who.0
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(found)
}

/// A post and the designation it is to rest on.
fn pair(text: &str) -> Result<(AssignmentId, RowId), Msg> {
    let ids = text.split_once('.').and_then(|(post, designation)| {
        let post = post.parse::<AssignmentId>().ok()?;
        let designation = designation.parse::<RowId>().ok()?;
        Some((post, designation))
    });
    ids.ok_or_else(|| Msg::new("error-choice"))
}

/// The trail has its row from the function of the database.
async fn bind(
    path: TeamPath,
    me: Require<can::UserManage, Fresh>,
    mut form: Form,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    not_mine(&db::card(&mut tx, path.id).await?)?;
    if let Some((post, designation)) = form.required("rests_on", pair) {
        let bound = sqlx::query_scalar!(
            r#"select sec.bind_post($1, $2, $3) as "bound!""#,
            path.id.0,
            post.0,
            designation.0
        )
        .fetch_one(&mut *tx)
        .await;
        match bound {
            // false: pressed twice
            Ok(_) => {
                tx.commit().await?;
                return Ok(see(&UserPath { id: path.id }));
            }
            Err(error) if violates(&error, "post_rests_on") => {
                form.fail("rests_on", Msg::new("post-rests-gone"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    drop(tx);
    let form = user::blank(form, &me);
    draw(path.id, &me, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_post_and_a_designation() {
        let id = "0198c0de-0000-7000-8000-000000000031";
        assert!(pair(&format!("{id}.{id}")).is_ok());
        for text in ["", ".", id, &format!("{id}.x"), &format!("{id}-{id}")] {
            assert!(pair(text).is_err(), "{text}");
        }
    }
}
