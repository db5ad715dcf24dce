//! The path of a file as its page shows it: who has it, what is waited for, each move in words, and the moves that
//! this reader may make from here.

use super::view::Party;
use crate::{
    authz::{Grant, Require},
    db::Tx,
    error::AppError,
    forms::Form,
    i18n::Msg,
    ids::{CourtId, JudicialFileId, RowId},
    prosecution::{
        custody::{Custody, Move, Mover},
        db::{
            file::FileRow,
            steps::{self, Standing, StepRow},
        },
        domain::Side,
        seal,
        snapshot::Dossier,
    },
    reference::List,
    vault::Reading,
    web::Ui,
};
use chrono::{DateTime, Utc};

/// A form of a move that was not taken, or what came between.
pub(super) struct GivenBack {
    /// The move.
    pub made: Move,
    /// What was typed.
    pub form: Form,
    /// What is wrong where no field is.
    pub notice: Option<Msg>,
}

/// One line of the path.
pub(super) struct Line {
    /// What happened.
    pub words: String,
    /// To whom, from which court to which, and why.
    pub detail: String,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What was said with it.
    pub said: Option<Reading>,
    /// The procedure that it was joined to.
    pub other: Option<(JudicialFileId, String)>,
}

/// What is waited for.
pub(super) struct Awaited {
    /// In words.
    pub words: String,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// Whether that is over.
    pub late: bool,
}

/// A move that the reader may make.
pub(super) struct Act {
    /// Which.
    pub made: Move,
    /// Its form.
    pub form: Form,
    /// Whether it is what is expected here.
    pub main: bool,
    /// Whether it was given back, and so is shown open.
    pub open: bool,
    /// Last part of its address.
    tail: &'static str,
}

/// The card.
pub(super) struct Panel {
    /// Who has it in hand: a name, or nobody.
    pub holder: Option<String>,
    /// Whether that is the reader.
    pub is_mine: bool,
    /// Whether it lies at the court, in somebody's hands or in nobody's.
    pub at_court: bool,
    /// What is waited for, as far as it is the reader's business.
    pub awaited: Option<Awaited>,
    /// What happened, the oldest first.
    pub story: Vec<Line>,
    /// With which words the court gave it back, while it waits for its completion.
    pub questions: Option<Reading>,
    /// From which court it came and why, until that one reads it no more.
    pub came_from: Option<String>,
    /// What the reader may do, what is expected first.
    pub acts: Vec<Act>,
    /// Whether somebody else of the cell completes it.
    pub waits_for_supervisor: bool,
    /// Whom it can be handed to.
    pub colleagues: Vec<(String, String)>,
    /// Where it can go.
    pub courts: Vec<(String, String)>,
    /// Why.
    pub reasons: Vec<(String, String)>,
    /// What came between.
    pub notice: Option<Msg>,
    /// The form that was refused, for the summary; an empty one if none was.
    pub refused: Form,
    /// Words that were typed where no form stands any more.
    pub kept: Option<String>,
    /// The extracts of what was joined to it.
    pub joined: Vec<Dossier>,
}

impl Act {
    /// Whether it is that one, by its code.
    pub fn is(&self, code: &str) -> bool {
        self.made.code() == code
    }

    /// Where its form is sent.
    pub fn action(&self, file: &JudicialFileId) -> String {
        format!("/prosecution/{file}/{}", self.tail)
    }

    /// Key of its name: "Take in hand".
    pub fn key(&self) -> String {
        format!("judicial-act-{}", self.made.code().replace('_', "-"))
    }

    /// Key of what it means.
    pub fn hint_key(&self) -> String {
        format!("judicial-hint-{}", self.made.code().replace('_', "-"))
    }

    /// Icon of its button.
    pub const fn icon(&self) -> &'static str {
        match self.made {
            Move::Take => "folder-open",
            Move::HandOver => "handshake",
            Move::Return => "undo-2",
            Move::Close => "file-lock",
            Move::Reopen => "repeat-2",
            Move::Reroute => "landmark",
            Move::Join => "merge",
            Move::Transmit | Move::Withdraw | Move::Receive | Move::Complete => "send",
        }
    }
}

/// The field of a move's words, if it has one.
pub(super) const fn words_field(made: Move) -> &'static str {
    match made {
        Move::Return => "return_words",
        Move::Complete => "complete_words",
        Move::Reopen => "reopen_words",
        Move::Reroute => "reroute_words",
        Move::Transmit
        | Move::Withdraw
        | Move::Receive
        | Move::Take
        | Move::HandOver
        | Move::Close
        | Move::Join => "",
    }
}

impl Panel {
    /// Loads it, in one statement.
    pub async fn load<G: Grant>(
        tx: &mut Tx,
        me: &Require<G>,
        file: &FileRow,
        returned: Option<GivenBack>,
    ) -> Result<Self, AppError> {
        let mut now = steps::standing(tx, &me.actor, file.id).await?;
        let side = Side::of(&me.actor);
        let mut joined = Vec::new();
        for extract in &now.joined {
            let text = extract.snapshot.as_deref();
            let text = text.map(|text| seal::open::<Dossier>(extract.schema_version, text));
            joined.extend(text.transpose().map_err(AppError::internal)?);
        }
        let mut acts = acts(me, side, file, &now);
        let mut given = None;
        if let Some(back) = returned {
            let (notice, form) = (back.notice.clone(), back.form.clone());
            given = Some((notice, form, give_back(&mut acts, back)));
        }
        let (notice, refused, kept) = given.unwrap_or_default();
        for act in &mut acts {
            fresh(me, &mut act.form, now.version);
        }
        let ui = &me.ui;
        let questions = (file.state == Custody::Returned)
            .then(|| now.steps.iter().rfind(|step| step.made == Move::Return))
            .flatten()
            .and_then(|step| step.words.clone());
        let came_from = now.steps.iter().rfind(|step| step.made == Move::Reroute);
        let came_from = came_from.map(|step| courts_of(ui, step));
        let steps = std::mem::take(&mut now.steps);
        Ok(Self {
            // a closed file is in nobody's hands, whoever closed it
            holder: now
                .held_by
                .filter(|_| file.state != Custody::Closed)
                .map(|_| now.holder.say(ui).to_owned()),
            is_mine: now.held_by == Some(me.actor.user),
            at_court: file.state.takes_decisions(),
            awaited: awaited(ui, side, &now),
            story: story(ui, file, steps),
            questions,
            came_from,
            waits_for_supervisor: file.state == Custody::Returned
                && !side.is_court()
                && !ui.may("referral_transmit"),
            colleagues: colleagues(ui, &now),
            courts: courts(ui, file),
            reasons: ui.options(List::CourtChangeReason),
            acts,
            notice,
            refused,
            kept,
            joined,
        })
    }
}

/// What a prosecutor may do, what is expected first.
const AT_COURT: &[Move] = &[
    Move::Take,
    Move::Close,
    Move::HandOver,
    Move::Return,
    Move::Reroute,
    Move::Join,
    Move::Reopen,
];
/// What a supervisor may do, once it is sent.
const IN_CELL: &[Move] = &[Move::Complete, Move::Reroute];

/// What somebody of that side may do now.
fn acts<G: Grant>(me: &Require<G>, side: Side, file: &FileRow, now: &Standing) -> Vec<Act> {
    let (mover, may) = if side.is_court() && me.ui.may("file_study") {
        (Mover::Prosecutor, AT_COURT)
    } else if !side.is_court() && me.ui.may("referral_transmit") {
        (Mover::Supervisor, IN_CELL)
    } else {
        return Vec::new();
    };
    if me.ui.reads_only(file.case_id) {
        return Vec::new();
    }
    let is_mine = now.held_by == Some(me.actor.user);
    let others = now.bench.iter().any(|one| Some(one.id) != now.held_by);
    let fits = |made: &Move| {
        made.is_open(mover, file.state)
            && match made {
                Move::Take => !(is_mine && file.state == Custody::UnderStudy),
                Move::Close => !now.somebody_waits,
                Move::HandOver => others || now.held_by.is_some(),
                _ => true,
            }
    };
    let acts = may.iter().copied().filter(fits).map(|made| Act {
        main: match made {
            Move::Take => file.state != Custody::Returned && (is_mine || now.held_by.is_none()),
            Move::Close => is_mine,
            Move::Complete => true,
            _ => false,
        },
        tail: match (made, mover) {
            (Move::Reroute, Mover::Supervisor) => "reroute-from-cell",
            (Move::HandOver, _) => "hand-over",
            _ => made.code(),
        },
        form: Form::new(),
        open: false,
        made,
    });
    acts.collect()
}

/// Puts a form back in its place; its words, if it has none any more.
fn give_back(acts: &mut [Act], back: GivenBack) -> Option<String> {
    match acts.iter_mut().find(|act| act.made == back.made) {
        Some(act) => {
            act.form = back.form;
            act.open = true;
            None
        }
        None => Some(back.form.text(words_field(back.made)).to_owned())
            .filter(|words| !words.is_empty()),
    }
}

/// A form goes on from where the file is now; one without an id of ours gets one.
fn fresh<G: Grant>(me: &Require<G>, form: &mut Form, version: i32) {
    form.set("seen", version.to_string());
    if form.text("id").parse::<RowId>().is_err() {
        form.set("id", RowId::new(me.clock.now()).to_string());
    }
}

/// The cell learns of nothing that is decided on an adult.
fn awaited(ui: &Ui, side: Side, now: &Standing) -> Option<Awaited> {
    let (what, due_at) = (now.awaits.as_deref()?, now.due_at?);
    let theirs = ["receipt", "completion", "child_measure"];
    (side.is_court() || theirs.contains(&what)).then(|| Awaited {
        words: ui.label(List::JudicialTarget, what),
        late: due_at < ui.now(),
        due_at,
    })
}

/// From which court to which, and why.
fn courts_of(ui: &Ui, step: &StepRow) -> String {
    let court = |id: Option<CourtId>| id.map(|id| ui.court(id)).unwrap_or_default();
    let from = ui.t2(
        "judicial-path-from-to",
        ("from", court(step.from_court)),
        ("to", court(step.to_court)),
    );
    match &step.reason {
        Some(code) => format!("{from} · {}", ui.label(List::CourtChangeReason, code)),
        None => from,
    }
}

/// The moves in words. What was sent and received before moves were written down is told by the head of the file.
fn story(ui: &Ui, file: &FileRow, steps: Vec<StepRow>) -> Vec<Line> {
    let line = |words: String, by: &str, at: DateTime<Utc>| Line {
        words,
        detail: String::new(),
        by: by.to_owned(),
        at,
        said: None,
        other: None,
    };
    let mut lines = vec![line(
        ui.t("judicial-step-composed"),
        file.composed_by.say(ui),
        file.composed_at,
    )];
    let is_sent = steps.iter().any(|step| step.made == Move::Transmit);
    if let Some(at) = file.transmitted_at.filter(|_| !is_sent) {
        let words = ui.t("judicial-step-transmitted");
        lines.push(line(words, file.transmitted_by.say(ui), at));
    }
    let is_receipt = |step: &StepRow| {
        step.made == Move::Receive || (step.made == Move::Take && step.from == Custody::Transmitted)
    };
    let is_received = steps.iter().any(is_receipt);
    if let Some(at) = file.received_at.filter(|_| !is_received) {
        let words = ui.t("judicial-step-received");
        lines.push(line(words, file.received_by.say(ui), at));
    }
    lines.extend(steps.into_iter().map(|step| Line {
        words: ui.t(&step.made.key()),
        detail: match step.made {
            Move::HandOver if step.to.is_known() => {
                ui.t1("judicial-path-handed-to", "name", step.to.say(ui))
            }
            Move::HandOver => ui.t("judicial-path-handed-back"),
            Move::Reroute => courts_of(ui, &step),
            _ => String::new(),
        },
        by: step.by.say(ui).to_owned(),
        at: step.at,
        said: step.words,
        other: step.other,
    }));
    lines.sort_by_key(|line| line.at);
    lines
}

/// Every colleague but who has it.
fn colleagues(ui: &Ui, now: &Standing) -> Vec<(String, String)> {
    let free = now.bench.iter().filter(|one| Some(one.id) != now.held_by);
    free.map(|one| {
        let name = ui.name(&one.name_ar, &one.name_la);
        (one.id.to_string(), name.to_owned())
    })
    .collect()
}

/// Every court but the one it lies at.
fn courts(ui: &Ui, file: &FileRow) -> Vec<(String, String)> {
    let others = ui.catalogue().courts().filter(|c| c.id != file.court_id);
    others
        .map(|c| (c.id.0.to_string(), ui.say(&c.label).to_owned()))
        .collect()
}

/// Parties of a procedure that was joined, after those of the file itself; who is in both is there once.
pub(super) fn join(parties: &mut Vec<Party>, more: Vec<Party>, letter: char) {
    for mut party in more {
        if parties.iter().any(|known| known.person == party.person) {
            continue;
        }
        party.n = parties.len() + 1;
        party.scope = format!("{letter}{}", party.n);
        parties.push(party);
    }
}
