//! What the page of a long form shows of its drafts.

use super::{DraftOf, db};
use crate::{authz::Actor, db::Tx, error::AppError, forms::Form, ids::RowId, vault::Reading};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A draft that can be taken up again.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Which.
    pub id: RowId,
    /// When it was last kept.
    pub saved_at: DateTime<Utc>,
}

/// The drafts of a form, for the macros of `components/draft.html`.
#[derive(Debug, Clone)]
pub struct Desk {
    of: DraftOf,
    subject: Uuid,
    /// What is offered.
    pub offers: Vec<Offer>,
    /// When the draft that stands in the form was last kept.
    pub resumed: Option<DateTime<Utc>>,
    /// When it was begun.
    pub begun: Option<DateTime<Utc>>,
}

impl Desk {
    /// Of a form that was given back: what is kept goes on under the number in the form.
    pub fn given_back(of: DraftOf, subject: Uuid) -> Self {
        Self {
            of,
            subject,
            offers: Vec::new(),
            resumed: None,
            begun: None,
        }
    }

    /// Where the form is kept.
    pub fn keep(&self) -> String {
        format!("/drafts/of/{}/{}", self.of.code(), self.subject)
    }

    /// Where a draft is taken up again.
    pub fn take_up(&self, offer: &Offer) -> String {
        format!("{}?draft={}", self.of.path(self.subject), offer.id)
    }
}

/// The form to show: as it is, with an offer of what was kept; or, when the query asks for it, what was kept.
/// A draft that is not the reader's, or not of this form, does not exist.
pub async fn resume(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    (of, subject): (DraftOf, Uuid),
    query: Option<&str>,
    form: Form,
) -> Result<(Form, Desk), AppError> {
    let only = (of != DraftOf::Contact).then_some(subject);
    let found = db::find(tx, actor, now, (of, only)).await?;
    let mut desk = Desk::given_back(of, subject);
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    if asked.sent("draft") {
        let one = found
            .into_iter()
            .find(|one| one.id.to_string() == asked.text("draft"))
            .ok_or(AppError::NotFound)?;
        let text = one.text.as_ref().and_then(Reading::text);
        let kept = Form::parse(text.unwrap_or_default().as_bytes());
        if of == DraftOf::Contact {
            // its own id: saved twice, it is saved once
            desk.subject = kept.text("id").parse().map_err(|_| AppError::NotFound)?;
        }
        (desk.resumed, desk.begun) = (Some(one.saved_at), Some(one.begun_at));
        db::told(tx, actor, "draft.resumed", (of, desk.subject)).await?;
        return Ok((kept.with("draft_rev", one.rev.to_string()), desk));
    }
    // one that says what the page says anyway is no news
    let plain = form.to_draft();
    let news = found.into_iter().filter(|one| {
        let text = one.text.as_ref().and_then(Reading::text);
        text.is_none_or(|text| Form::parse(text.as_bytes()).to_draft() != plain)
    });
    desk.offers = news
        .map(|one| Offer {
            id: one.id,
            saved_at: one.saved_at,
        })
        .collect();
    Ok((form, desk))
}
