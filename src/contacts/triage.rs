//! Triage: the supervisor decides what becomes of each child of a contact (domain §3.1).

use super::{
    db::{self, Contact},
    met::{as_seen, birth_of, traits},
    web::{ContactPath, draw},
};
use crate::{
    assessments::{self, Seen},
    audit::{self, Event},
    authz::{Actor, Grant, Permission, Require, can},
    cases::{self, Again, Colleague, NewCase},
    db::Tx,
    duplicates::{self, Candidate, Traits},
    error::{AppError, violates},
    forms::Form,
    i18n::Msg,
    ids::{CaseId, ContactChildId, ContactId, PersonId, UserId},
    people::{
        self, Term,
        db::{NewPerson, NewRelationship, create, relate},
    },
    reference::List,
    routes::Routes,
    vault::Reading,
    web::{Ui, see},
};
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The act.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/contacts/{id}/triage", rejection(AppError))]
pub struct TriagePath {
    /// Which contact.
    pub id: ContactId,
}

pub(super) fn routes() -> Routes {
    Routes::default().post(triage)
}

/// What the supervisor needs to decide.
#[derive(Debug)]
pub struct Panel {
    /// Who can take a file.
    pub colleagues: Vec<Colleague>,
    /// Files that may be about the same children.
    pub similar: Vec<(ContactChildId, Candidate)>,
}

impl Panel {
    /// For a contact that waits, before someone who may decide.
    pub(super) async fn load<G: Grant>(
        tx: &mut Tx,
        me: &Require<G>,
        contact: &Contact,
    ) -> Result<Option<Self>, AppError> {
        if contact.triaged_at.is_some() || !me.actor.may(Permission::ContactTriage) {
            return Ok(None);
        }
        let colleagues = cases::colleagues(tx).await?;
        let met: Vec<Traits> = contact
            .children
            .iter()
            .map(|child| traits(contact, child))
            .collect();
        let similar = duplicates::alike(tx, &me.actor, me.ui.today(), &met).await?;
        let similar = similar.into_iter().filter_map(|(nth, one)| {
            let child = contact.children.get(nth)?;
            Some((child.id, one))
        });
        let similar = similar.collect();
        Ok(Some(Self {
            colleagues,
            similar,
        }))
    }

    /// The outcomes to choose from.
    pub fn outcomes(&self, ui: &Ui) -> Vec<(String, String)> {
        ui.options(List::ContactOutcome)
    }

    /// The risks of an opened file.
    pub fn risks(&self, ui: &Ui) -> Vec<(String, String)> {
        ui.options(List::RiskLevel)
            .into_iter()
            .filter(|(code, _)| code != "none")
            .collect()
    }

    /// Those who can take a file.
    pub fn leads(&self, ui: &Ui) -> Vec<(String, String)> {
        self.colleagues
            .iter()
            .map(|c| (c.id.to_string(), ui.name(&c.name_ar, &c.name_la).to_owned()))
            .collect()
    }

    /// Whether a closed file is opened again.
    pub fn reopenings(&self, ui: &Ui) -> Vec<(String, String)> {
        [("yes", "triage-reopen-yes"), ("no", "triage-reopen-no")]
            .map(|(code, key)| (code.to_owned(), ui.t(key)))
            .to_vec()
    }

    /// The files that may be about one child, best first.
    pub fn similar_to(&self, child: &ContactChildId) -> Vec<&Candidate> {
        let all = self.similar.iter().filter(|(met, _)| met == child);
        all.map(|(_, one)| one).collect()
    }

    /// The age in a file, today.
    pub fn age_of(&self, ui: &Ui, one: &Candidate) -> String {
        let birth = one.birth.as_ref();
        birth.map_or_else(|| ui.t("age-unknown"), |birth| birth.age_today(ui))
    }
}

/// What becomes of one child.
enum Outcome {
    NewCase {
        lead: UserId,
        risk: String,
    },
    Linked(CaseId),
    /// A closed file that is opened again, at that risk.
    Reopened(CaseId, String),
    /// `awareness_only`, `no_child_found`, `duplicate`.
    Closed(&'static str),
}

async fn triage(
    path: TriagePath,
    me: Require<can::ContactTriage>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let contact = db::find(&mut tx, &me.actor, path.id).await?;
    if contact.triaged_at.is_some() {
        return Err(AppError::Conflict(Msg::new("triage-already")));
    }
    let colleagues = cases::colleagues(&mut tx).await?;
    let mut outcomes = Vec::with_capacity(contact.children.len());
    for place in 0..contact.children.len() {
        outcomes.push(outcome(&mut tx, &mut form, &me.ui, &me.actor, place, &colleagues).await?);
    }
    let Some(outcomes) = outcomes.into_iter().collect::<Option<Vec<_>>>() else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let adult = adult_of(&mut tx, &me.actor, now, &contact, &outcomes).await?;
    for (child, outcome) in contact.children.iter().zip(&outcomes) {
        settle(&mut tx, &me, &contact, child, outcome, adult.as_ref()).await?;
    }
    close(&mut tx, &me.actor, now, path.id).await?;
    tx.commit().await?;
    Ok(see(&ContactPath { id: path.id }))
}

/// Reads the answer for the child at that place of the contact, which never changes; `None` with the
/// fault beside its field.
async fn outcome(
    tx: &mut Tx,
    form: &mut Form,
    ui: &Ui,
    actor: &Actor,
    place: usize,
    colleagues: &[Colleague],
) -> Result<Option<Outcome>, AppError> {
    let field = |name: &str| format!("{name}-{place}");
    let today = ui.today();
    let kind = form.required(&field("outcome"), |code| {
        ui.catalogue().parse(List::ContactOutcome, code, today)
    });
    Ok(match kind.as_deref() {
        Some("new_case") => {
            let lead = form.required(&field("lead"), |id| {
                let id = id.parse::<UserId>().map_err(|_| Msg::new("error-choice"))?;
                colleagues
                    .iter()
                    .find(|c| c.id == id)
                    .map(|c| c.id)
                    .ok_or(Msg::new("error-choice"))
            });
            let risk = form.required(&field("risk"), |code| {
                match ui.catalogue().parse(List::RiskLevel, code, today) {
                    Ok(code) if code != "none" => Ok(code),
                    _ => Err(Msg::new("error-choice")),
                }
            });
            lead.zip(risk)
                .map(|(lead, risk)| Outcome::NewCase { lead, risk })
        }
        Some("linked_to_case") => {
            let number = form.required(&field("number"), |number| {
                Ok(crate::forms::western_digits(number).to_uppercase())
            });
            let Some(number) = number else {
                return Ok(None);
            };
            match cases::by_number(tx, actor, &number).await? {
                None => {
                    form.fail(&field("number"), Msg::new("triage-number-unknown"));
                    None
                }
                Some((case, true)) => Some(Outcome::Linked(case)),
                Some((case, false)) => reopening(form, ui, place, case),
            }
        }
        Some("awareness_only") => Some(Outcome::Closed("awareness_only")),
        Some("no_child_found") => Some(Outcome::Closed("no_child_found")),
        Some("duplicate") => Some(Outcome::Closed("duplicate")),
        _ => None,
    })
}

/// The file is closed: linked as it is, or opened again, which needs a risk.
fn reopening(form: &mut Form, ui: &Ui, place: usize, case: CaseId) -> Option<Outcome> {
    let field = format!("reopen-{place}");
    match form.text(&field) {
        "no" => Some(Outcome::Linked(case)),
        "yes" => form
            .required(&format!("risk-{place}"), |code| {
                match ui.catalogue().parse(List::RiskLevel, code, ui.today()) {
                    Ok(code) if code != "none" => Ok(code),
                    _ => Err(Msg::new("error-choice")),
                }
            })
            .map(|risk| Outcome::Reopened(case, risk)),
        _ => {
            form.fail(&field, Msg::new("triage-file-closed"));
            None
        }
    }
}

/// The adult of the contact becomes a person once, if a file is opened: mother, or party to a procedure.
async fn adult_of(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    contact: &Contact,
    outcomes: &[Outcome],
) -> Result<Option<(PersonId, String)>, AppError> {
    let opens = outcomes
        .iter()
        .any(|o| matches!(o, Outcome::NewCase { .. }));
    let Some(adult) = contact.adult.as_ref().filter(|_| opens) else {
        return Ok(None);
    };
    let sex = match adult.relation.as_str() {
        "mother" | "mother_unverified" => "F",
        "father" => "M",
        _ => "U",
    };
    let names = as_seen(adult.name.as_ref().and_then(Reading::text));
    let person = NewPerson {
        sex: sex.to_owned(),
        birth: None,
        name_kind: "civil",
        names,
    };
    let id = create(tx, actor, now, &person).await?;
    // who says she is the mother is recorded as the mother, claimed: the proof is what is missing
    let kind = if adult.relation == "mother_unverified" {
        "mother"
    } else {
        &adult.relation
    };
    Ok(Some((id, kind.to_owned())))
}

async fn settle(
    tx: &mut Tx,
    me: &Require<can::ContactTriage>,
    contact: &Contact,
    child: &db::Child,
    outcome: &Outcome,
    adult: Option<&(PersonId, String)>,
) -> Result<(), AppError> {
    let now = me.clock.now();
    let (kind, case) = match outcome {
        Outcome::NewCase { lead, risk } => {
            let person = person_of(tx, &me.actor, now, contact, child).await?;
            if let Some((adult, relation)) = adult {
                let kinship = NewRelationship {
                    from: *adult,
                    to: person,
                    kind: relation,
                    proof: None,
                    term: Term::default(),
                };
                relate(tx, &me.actor, now, &kinship).await?;
            }
            let new = NewCase {
                child: person,
                risk,
                lead: *lead,
                source: Some(contact.id),
            };
            (
                "new_case",
                Some(cases::open(tx, &me.actor, &me.ui, now, &new).await?),
            )
        }
        Outcome::Linked(case) => {
            people::touch(tx, &me.actor, now, &[*case]).await?;
            ("linked_to_case", Some(*case))
        }
        Outcome::Reopened(case, risk) => {
            let again = Again {
                case: *case,
                risk,
                why: None,
                source: Some(contact.id),
            };
            if !cases::reopen(tx, &me.actor, &me.ui, now, &again).await? {
                return Err(AppError::Conflict(Msg::new("case-already-open")));
            }
            ("linked_to_case", Some(*case))
        }
        Outcome::Closed(kind) => (*kind, None),
    };
    record(tx, &me.actor, child.id, kind, case).await?;
    if let Some(case) = case {
        let seen = (case, Seen::Contact(child.id));
        assessments::heed(tx, &me.actor, &me.ui, now, seen).await?;
    }
    Ok(())
}

async fn person_of(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    contact: &Contact,
    child: &db::Child,
) -> Result<PersonId, AppError> {
    let birth = birth_of(contact, child).map_err(AppError::Conflict)?;
    let person = NewPerson {
        sex: child.sex.clone(),
        birth: Some(birth),
        name_kind: "street",
        names: as_seen(child.seen_as.as_ref().and_then(Reading::text)),
    };
    create(tx, actor, now, &person).await
}

/// Writes the outcome; of two supervisors deciding at once the second is told.
async fn record(
    tx: &mut Tx,
    actor: &Actor,
    child: ContactChildId,
    kind: &str,
    case: Option<CaseId>,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into app.contact_outcome (contact_child_id, territory_id, kind, case_id, by_user) values ($1, $2, $3, $4, $5)",
        child.0,
        actor.territory().0,
        kind,
        case.map(|c| c.0),
        actor.user.0
    )
    .execute(&mut **tx)
    .await
    .map_err(|error| {
        if violates(&error, "contact_outcome_pkey") {
            AppError::Conflict(Msg::new("triage-already"))
        } else {
            error.into()
        }
    })?;
    Ok(())
}

async fn close(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContactId,
) -> Result<(), AppError> {
    let closed = sqlx::query!(
        "update app.contact set state = 'triaged', triaged_by = $3, triaged_at = $4
         where id = $1 and territory_id = $2 and state = 'submitted'",
        id.0,
        actor.territory().0,
        actor.user.0,
        now
    )
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if closed == 0 {
        return Err(AppError::Conflict(Msg::new("triage-already")));
    }
    audit::record(
        tx,
        Event::on("contact.triaged", "contact", id.0).in_territory(actor.territory()),
    )
    .await
}
