//! One file: its page, its moves, who leads it, and opening a colleague's with a reason.

use super::{
    db::{self, Head, Relative},
    domain::{EpisodeState, Milestone, Reached, due},
    open::{Colleague, colleagues, touch},
    timeline::{self, Entry, Kind},
};
use crate::{
    audit::{self, Event},
    authz::{Actor, CourtId, Grant, Require, can},
    db::Tx,
    error::AppError,
    forms::{Form, Paragraph},
    i18n::Msg,
    ids::{CaseId, RowId, UserId},
    prosecution::CasePanel,
    reference::List,
    routes::Routes,
    web::{Ui, page, see},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use axum_extra::routing::TypedPath;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

/// One file.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}", rejection(AppError))]
pub struct CasePath {
    /// Which.
    pub id: CaseId,
}

/// Its next state.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/state", rejection(AppError))]
pub struct StatePath {
    /// Which.
    pub id: CaseId,
}

/// Its lead.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/lead", rejection(AppError))]
pub struct LeadPath {
    /// Which.
    pub id: CaseId,
}

/// Opening it with a reason.
#[derive(Debug, Clone, Copy, TypedPath, Deserialize)]
#[typed_path("/cases/{id}/open", rejection(AppError))]
pub struct OpenPath {
    /// Which.
    pub id: CaseId,
}

/// How long a reason opens a colleague's file.
const OPEN_FOR: TimeDelta = TimeDelta::minutes(60);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(show)
        .post(advance)
        .post(give)
        .post(open_with_reason)
}

#[derive(Template)]
#[template(path = "cases/show.html")]
struct FilePage {
    ui: Ui,
    head: Head,
    entries: Vec<Entry>,
    judicial: CasePanel,
    form: Form,
}

/// What a colleague sees before giving a reason.
#[derive(Template)]
#[template(path = "cases/card.html")]
struct CardPage {
    ui: Ui,
    head: Head,
    form: Form,
}

impl CardPage {
    fn reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::OpenReason)
    }
}

impl FilePage {
    fn sex(&self) -> String {
        self.ui.label(List::Sex, &self.head.sex)
    }

    fn age(&self) -> String {
        self.head.birth.as_ref().map_or_else(
            || self.ui.t("age-unknown"),
            |b| b.age_on(self.ui.today()).say(&self.ui),
        )
    }

    fn basis(&self) -> String {
        self.head
            .birth
            .as_ref()
            .map_or_else(String::new, |b| self.ui.label(List::BirthBasis, &b.basis))
    }

    fn risk(&self) -> String {
        self.ui.t1(
            "case-risk",
            "risk",
            self.ui.label(List::RiskLevel, &self.head.risk),
        )
    }

    fn state_class(&self) -> &'static str {
        state_class(self.head.state)
    }

    fn due(&self) -> Option<(String, &'static str)> {
        due_words(&self.ui, self.head.state, self.head.due_at)
    }

    fn next_step(&self) -> String {
        self.ui.t(&format!("next-{}", self.head.state.key()))
    }

    /// A code, its words; `None` said as such: not asked is not unknown (schema D23).
    fn civil_status(&self) -> Option<String> {
        self.head
            .civil_status
            .as_ref()
            .map(|code| self.ui.label(List::CivilStatus, code))
    }

    fn nationality(&self) -> Option<String> {
        self.head
            .nationality
            .as_ref()
            .map(|code| self.ui.label(List::Nationality, code))
    }

    fn relation(&self, relative: &Relative) -> String {
        self.ui.label(List::AdultRelation, &relative.kind)
    }

    fn moves(&self) -> Vec<EpisodeState> {
        let role = self.ui.actor().map(|a| a.role);
        let next = self.head.state.next().iter().copied();
        next.filter(|to| role.is_some_and(|role| self.head.state.may_move(*to, role)))
            .collect()
    }

    fn closes(&self) -> bool {
        self.moves().contains(&EpisodeState::Closed)
    }

    fn closing_reasons(&self) -> Vec<(String, String)> {
        self.ui.options(List::ClosureReason)
    }

    fn leads(&self) -> Vec<(String, String)> {
        let others = self
            .head
            .colleagues
            .iter()
            .filter(|c| Some(c.id) != self.head.lead);
        others
            .map(|c| {
                (
                    c.id.to_string(),
                    self.ui.name(&c.name_ar, &c.name_la).to_owned(),
                )
            })
            .collect()
    }

    fn may_write_service(&self) -> bool {
        self.head.state.is_open() && self.ui.may("service_record")
    }

    /// The step, when it was reached, and how it is drawn.
    fn steps(&self) -> Vec<(Milestone, Option<String>, &'static str)> {
        let reached = self.reached();
        let current = reached.current();
        let step = |m: Milestone| {
            let class = if m == current {
                "c"
            } else if reached.has(m) {
                "d"
            } else {
                "w"
            };
            (
                m,
                self.reached_on(m).map(|at| self.ui.day(self.ui.day_of(at))),
                class,
            )
        };
        Milestone::ALL.into_iter().map(step).collect()
    }

    fn reached(&self) -> Reached {
        let any = |test: &dyn Fn(&Entry) -> bool| self.entries.iter().any(test);
        Reached {
            assessed: self.head.state > EpisodeState::Assessment,
            referred: any(&|e| e.kind == Kind::Referral),
            in_care: any(&delivered),
            reintegrated: any(&|e| delivered(e) && self.family_of(&e.code) == "education"),
            followed_up: self.head.state >= EpisodeState::Monitoring,
        }
    }

    fn reached_on(&self, step: Milestone) -> Option<DateTime<Utc>> {
        let moved =
            |state: EpisodeState| move |e: &Entry| e.kind == Kind::Move && e.code == state.code();
        let first = |test: &dyn Fn(&Entry) -> bool| {
            self.entries.iter().rev().find(|e| test(e)).map(|e| e.at)
        };
        match step {
            Milestone::Identified => Some(self.head.opened_at),
            Milestone::Assessed => first(&moved(EpisodeState::Planning)),
            Milestone::Referred => first(&|e| e.kind == Kind::Referral),
            Milestone::InCare => first(&delivered),
            Milestone::Reintegrated => {
                first(&|e| delivered(e) && self.family_of(&e.code) == "education")
            }
            Milestone::FollowedUp => first(&moved(EpisodeState::Monitoring)),
        }
    }

    fn family_of<'a>(&'a self, kind: &'a str) -> &'a str {
        self.ui
            .catalogue()
            .code(List::ServiceKind, kind)
            .and_then(|c| c.text("parent"))
            .unwrap_or(kind)
    }

    fn node(&self, entry: &Entry) -> (&'static str, &'static str) {
        match entry.kind {
            Kind::Contact => ("", "footprints"),
            Kind::Move => ("", "history"),
            Kind::Service => ("brand", "hand-heart"),
            Kind::Referral => ("indigo", "send"),
            Kind::Notice => ("red", "siren"),
            Kind::Decision => ("indigo", "gavel"),
        }
    }

    fn title(&self, entry: &Entry) -> String {
        match entry.kind {
            Kind::Contact => self.ui.t("entry-contact"),
            Kind::Move => match EpisodeState::from_code(&entry.code) {
                Some(_) if entry.mark.is_none() => self.ui.t("entry-opened"),
                Some(state) => self.ui.t1("entry-moved", "state", self.ui.t(state.key())),
                None => entry.code.clone(),
            },
            Kind::Service => self.ui.label(List::ServiceKind, &entry.code),
            Kind::Referral => self.ui.t("entry-referral"),
            Kind::Notice => self.ui.t("entry-notice"),
            Kind::Decision => self.ui.t("entry-decision"),
        }
    }

    fn body(&self, entry: &Entry) -> String {
        let court = || {
            entry
                .mark
                .as_deref()
                .and_then(|id| id.parse().ok())
                .map(|id| self.ui.court(CourtId(id)))
        };
        let detail = entry.detail.as_deref().unwrap_or_default();
        match entry.kind {
            Kind::Contact => format!(
                "{} · {}",
                self.ui.label(List::ContactPlace, &entry.code),
                self.ui.place(detail)
            ),
            Kind::Move if entry.code == "closed" => self.ui.label(List::ClosureReason, detail),
            Kind::Move => detail.to_owned(),
            Kind::Service => {
                let state = if entry.mark.as_deref() == Some("delivered") {
                    "service-delivered"
                } else {
                    "service-planned"
                };
                format!("{} · {}", self.ui.t(state), self.ui.organisation(detail))
            }
            Kind::Referral => format!("{} · {detail}", court().unwrap_or_default()),
            Kind::Notice | Kind::Decision => court().unwrap_or_default(),
        }
    }

    /// The prosecution's words are a quotation.
    fn quote(&self, entry: &Entry) -> Option<String> {
        (entry.kind == Kind::Decision).then(|| {
            let kind = self.ui.label(List::ChildDecisionKind, &entry.code);
            match entry.detail.as_deref() {
                Some(more) if !more.is_empty() => format!("{kind}. {more}"),
                _ => kind,
            }
        })
    }

    fn link(&self, entry: &Entry) -> Option<String> {
        let id = entry.about?;
        match entry.kind {
            Kind::Contact => Some(format!("/contacts/{id}")),
            Kind::Referral | Kind::Decision => Some(format!("/prosecution/{id}")),
            _ => None,
        }
    }

    /// Whether a line "new since you looked" stands before this entry.
    fn since_line(&self, index: &usize) -> bool {
        let Some(seen) = self.head.seen_at else {
            return false;
        };
        let at = |i: usize| self.entries.get(i).map(|e| e.at);
        *index > 0
            && at(*index).is_some_and(|at| at <= seen)
            && at(*index - 1).is_some_and(|at| at > seen)
    }

    fn month(&self, index: &usize) -> Option<String> {
        let day = |i: usize| self.entries.get(i).map(|e| self.ui.day_of(e.at));
        let this = day(*index)?;
        let before = if *index == 0 {
            self.ui.today()
        } else {
            day(*index - 1)?
        };
        (crate::i18n::month_key(this) != crate::i18n::month_key(before))
            .then(|| self.ui.lang().month(this))
    }
}

fn delivered(entry: &Entry) -> bool {
    entry.kind == Kind::Service && entry.mark.as_deref() == Some("delivered")
}

/// How the pill of a state is coloured: waiting, running, on its way out.
pub(super) const fn state_class(state: EpisodeState) -> &'static str {
    match state {
        EpisodeState::Identified | EpisodeState::UrgentAction => "amber",
        EpisodeState::Registered | EpisodeState::Assessment | EpisodeState::Planning => "",
        EpisodeState::Implementation | EpisodeState::Monitoring => "brand",
        EpisodeState::ClosureRequested => "plum",
        EpisodeState::Closed => "grey",
    }
}

/// The due date in words, and its class: `late`, `today`, or neither.
pub(super) fn due_words(
    ui: &Ui,
    state: EpisodeState,
    due_at: Option<DateTime<Utc>>,
) -> Option<(String, &'static str)> {
    let due = due_at.filter(|_| state.is_open())?;
    let (today, day) = (ui.today(), ui.day_of(due));
    Some(if due < ui.now() && day < today {
        (ui.n("due-late-days", (today - day).num_days()), "late")
    } else if due < ui.now() {
        (ui.t("due-late"), "late")
    } else if day == today {
        (ui.t1("due-today", "time", ui.time(due)), "today")
    } else {
        (ui.t1("due-on", "day", ui.day(day)), "")
    })
}

async fn show(path: CasePath, me: Require<can::CaseRead>) -> Result<Response, AppError> {
    draw(path.id, me, Form::new(), StatusCode::OK).await
}

/// The page of a file, with a refused form as it was left. Opening is written down before the answer.
async fn draw<G: Grant>(
    id: CaseId,
    me: Require<G>,
    form: Form,
    status: StatusCode,
) -> Result<Response, AppError> {
    let mut tx = me.begin().await?;
    let head = db::head(&mut tx, &me.actor, id).await?;
    if !head.openable {
        tx.commit().await?;
        return page(
            status,
            &CardPage {
                ui: me.ui,
                head,
                form,
            },
        );
    }
    let entries = timeline::of_case(&mut tx, &me.actor, id).await?;
    let judicial = CasePanel::load(&mut tx, &me.actor, id).await?;
    record_opening(&mut tx, &me.actor, me.clock.now(), id).await?;
    tx.commit().await?;
    page(
        status,
        &FilePage {
            ui: me.ui,
            head,
            entries,
            judicial,
            form,
        },
    )
}

/// The audit row and the reader's own "last looked", in one statement: neither without the other.
async fn record_opening(
    tx: &mut Tx,
    actor: &Actor,
    now: DateTime<Utc>,
    id: CaseId,
) -> Result<(), AppError> {
    sqlx::query!(
        "with looked as (
             insert into app.case_seen (user_id, case_id, territory_id, seen_at) values ($1, $2, $3, $4)
             on conflict (user_id, case_id) do update set seen_at = excluded.seen_at returning case_id)
         select audit.record('case.opened', 'case', case_id, $3, '{}', null) from looked",
        actor.user.0,
        id.0,
        actor.territory().0,
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn advance(
    path: StatePath,
    me: Require<can::CaseWork>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    let head = openable(&mut tx, &me.actor, path.id).await?;
    let to = form.required("to", |code| {
        EpisodeState::from_code(code).ok_or(Msg::new("error-choice"))
    });
    let closes = to == Some(EpisodeState::Closed);
    let reason = if closes {
        form.required("closure_reason", |code| {
            me.ui
                .catalogue()
                .parse(List::ClosureReason, code, me.ui.today())
        })
    } else {
        form.optional("reason", Paragraph::parse)
            .map(Paragraph::into_string)
    };
    let moved = to.map(|to| head.state.advance(to, me.actor.role, head.known()));
    if let Some(Err(msg)) = &moved {
        form.fail("to", msg.clone());
    }
    let (true, Some(Ok(to))) = (form.is_valid(), moved) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    transition(
        &mut tx,
        &me.actor,
        &me.ui,
        now,
        &head,
        to,
        reason.as_deref(),
    )
    .await?;
    touch(&mut tx, &me.actor, now, path.id).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

/// A file whose content the reader may change; a short card is as good as absent.
async fn openable(tx: &mut Tx, actor: &Actor, id: CaseId) -> Result<Head, AppError> {
    let head = db::head(tx, actor, id).await?;
    if head.openable {
        Ok(head)
    } else {
        Err(AppError::NotFound)
    }
}

/// Moves the episode under its optimistic lock, with its history row and its audit row.
async fn transition(
    tx: &mut Tx,
    actor: &Actor,
    ui: &Ui,
    now: DateTime<Utc>,
    head: &Head,
    to: EpisodeState,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let closing = (to == EpisodeState::Closed).then_some(reason).flatten();
    let moved = sqlx::query!(
        "update app.case_episode
         set state = $4, state_since = $5, due_at = $6, version = version + 1, closed_at = $8, closure_reason = $7
         where id = $1 and territory_id = $2 and version = $3",
        head.episode.0,
        actor.territory().0,
        head.version,
        to.code(),
        now,
        due(now, ui.catalogue().target_hours(to.code(), &head.risk)),
        closing,
        closing.map(|_| now)
    )
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if moved == 0 {
        return Err(AppError::Conflict(Msg::new("error-409-text")));
    }
    sqlx::query!(
        "insert into app.case_transition (id, episode_id, case_id, territory_id, from_state, to_state, by_user, role, reason, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        RowId::new(now).0,
        head.episode.0,
        head.id.0,
        actor.territory().0,
        head.state.code(),
        to.code(),
        actor.user.0,
        actor.role.code(),
        reason,
        now
    )
    .execute(&mut **tx)
    .await?;
    let event = Event::on("case.moved", "case", head.id.0)
        .in_territory(actor.territory())
        .with(serde_json::json!({ "from": head.state.code(), "to": to.code() }));
    audit::record(tx, event).await
}

async fn give(
    path: LeadPath,
    me: Require<can::CaseAssign>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    openable(&mut tx, &me.actor, path.id).await?;
    let known: Vec<Colleague> = colleagues(&mut tx).await?;
    let lead = form.required("lead", |id| {
        let id = id.parse::<UserId>().map_err(|_| Msg::new("error-choice"))?;
        known
            .iter()
            .any(|c| c.id == id)
            .then_some(id)
            .ok_or(Msg::new("error-choice"))
    });
    let Some(lead) = lead else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    sqlx::query!(
        "update app.case_assignment set until = $3 where case_id = $1 and territory_id = $2 and kind = 'lead' and until is null",
        path.id.0,
        me.actor.territory().0,
        now
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into app.case_assignment (id, case_id, territory_id, user_id, kind, since) values ($1, $2, $3, $4, 'lead', $5)",
        RowId::new(now).0,
        path.id.0,
        me.actor.territory().0,
        lead.0,
        now
    )
    .execute(&mut *tx)
    .await?;
    touch(&mut tx, &me.actor, now, path.id).await?;
    let event = Event::on("case.given", "case", path.id.0)
        .in_territory(me.actor.territory())
        .with(serde_json::json!({ "lead": lead }));
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}

async fn open_with_reason(
    path: OpenPath,
    me: Require<can::CaseRead>,
    mut form: Form,
) -> Result<Response, AppError> {
    let now = me.clock.now();
    let mut tx = me.begin().await?;
    db::head(&mut tx, &me.actor, path.id).await?;
    let reason = form.required("reason", |code| {
        me.ui
            .catalogue()
            .parse(List::OpenReason, code, me.ui.today())
    });
    let note = form
        .optional("note", Paragraph::parse)
        .map(Paragraph::into_string);
    if reason.as_deref() == Some("other") && note.is_none() {
        form.fail("note", Msg::new("error-required"));
    }
    let (true, Some(reason)) = (form.is_valid(), reason) else {
        drop(tx);
        return draw(path.id, me, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    sqlx::query!(
        "insert into app.case_grant (id, case_id, territory_id, user_id, reason, note, granted_at, until)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        RowId::new(now).0,
        path.id.0,
        me.actor.territory().0,
        me.actor.user.0,
        reason,
        note,
        now,
        now + OPEN_FOR
    )
    .execute(&mut *tx)
    .await?;
    let event = Event::on("case.opened_with_reason", "case", path.id.0)
        .in_territory(me.actor.territory())
        .because(reason);
    audit::record(&mut tx, event).await?;
    tx.commit().await?;
    Ok(see(&CasePath { id: path.id }))
}
