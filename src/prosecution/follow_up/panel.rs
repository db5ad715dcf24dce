//! What the page of a file shows of it at the court: its story, how far it has come, and the form for what comes next.

use super::{
    db::{self, Row, Story},
    domain::{self, EventKind, Mark, Stage},
};
use crate::{
    authz::{Grant, Require},
    db::Tx,
    error::AppError,
    forms::Form,
    ids::{PersonId, RowId},
    prosecution::{db::file::FileRow, domain::Side},
    reference::{Code, List},
    vault::{Field, Holder, Reading},
    web::Ui,
};
use uuid::Uuid;

/// An event in the reader's words.
pub struct Line {
    /// The event, for the choice of what is replaced.
    pub id: String,
    /// What happened.
    pub kind: String,
    /// To whom; a child or an adult by number and name as frozen.
    pub about: String,
    /// Its day, and of a hearing its hour.
    pub when: String,
    /// Where.
    pub venue: String,
    /// The outcome, or the measure.
    pub result: String,
    /// Number of the signed act.
    pub act: Option<String>,
    /// The words of the court.
    pub text: Option<Reading>,
    /// Who entered it, and when.
    pub by: String,
    /// When, exactly.
    pub entered: String,
    /// Another took its place.
    pub superseded: bool,
}

/// The panel.
pub struct Panel {
    /// The story, the newest first.
    pub events: Vec<Line>,
    /// How far the file has come, as far as this reader may know.
    pub stage: Option<Stage>,
    /// The form of the next event, for the court.
    pub form: Option<Form>,
    /// Whom an event can be about.
    pub parties: Vec<(String, String)>,
}

impl Panel {
    /// Loads it, in one statement. `children` and `adults` are the parties as the extracts name them; `returned` is a form
    /// that was refused.
    pub async fn load<G: Grant>(
        tx: &mut Tx,
        me: &Require<G>,
        file: &FileRow,
        (children, adults): (Vec<Named>, Vec<Named>),
        returned: Option<Form>,
    ) -> Result<Self, AppError> {
        let is_court = Side::of(&me.actor).is_court();
        let mut story = db::story(tx, &me.actor, file.id).await?;
        let stage = stage_of(&story);
        let people = People::new(&me.ui, (children, adults), &story);
        let rows = std::mem::take(&mut story.events);
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let place = (Field::COURT_EVENT_TEXT, row.id.0);
            let text = tx.open(
                Holder::judicial_file(file.id),
                story.key.as_ref(),
                place,
                row.text.as_ref(),
            );
            events.push(Line::new(&me.ui, &people, row, text));
        }
        let may = is_court && file.state.is_sent() && me.ui.may("decision_record");
        let blank = || Form::new().with("id", RowId::new(me.clock.now()).to_string());
        Ok(Self {
            events,
            stage,
            form: may.then(|| returned.unwrap_or_else(blank)),
            parties: people.options(&me.ui),
        })
    }

    /// Whether its form was refused.
    pub fn is_refused(&self) -> bool {
        self.form.as_ref().is_some_and(|form| !form.is_valid())
    }

    /// The kinds of events.
    pub fn kinds(&self, ui: &Ui) -> Vec<(String, String)> {
        EventKind::ALL
            .iter()
            .map(|kind| (kind.code().to_owned(), ui.t(kind.key())))
            .collect()
    }

    /// The venues.
    pub fn venues(&self, ui: &Ui) -> Vec<(String, String)> {
        choices(ui, List::CourtVenue)
    }

    /// The outcomes of every kind.
    pub fn outcomes(&self, ui: &Ui) -> Vec<(String, String)> {
        choices(ui, List::CourtOutcome)
    }

    /// The measures of the juvenile judge.
    pub fn measures(&self, ui: &Ui) -> Vec<(String, String)> {
        choices(ui, List::JuvenileMeasure)
    }

    /// What can be replaced: what nothing replaced yet.
    pub fn live(&self) -> Vec<(String, String)> {
        self.events
            .iter()
            .filter(|line| !line.superseded)
            .map(|line| {
                let words = [line.kind.as_str(), &line.about, &line.when];
                (line.id.clone(), words.join(" · "))
            })
            .collect()
    }
}

/// Somebody, and their name as frozen.
pub type Named = (PersonId, String);

/// The children and the adults of a file, by number and, where an extract names them, by name.
struct People {
    children: Vec<(Uuid, String)>,
    adults: Vec<(Uuid, String)>,
}

impl People {
    fn new(ui: &Ui, (children, adults): (Vec<Named>, Vec<Named>), story: &Story) -> Self {
        Self {
            children: numbered(ui, "judicial-child-n", children, &story.children),
            adults: numbered(ui, "judicial-adult-n", adults, &story.adults),
        }
    }

    fn options(&self, ui: &Ui) -> Vec<(String, String)> {
        let file = ("file".to_owned(), ui.t("judicial-event-file"));
        let child = |(id, name): &(Uuid, String)| (format!("child:{id}"), name.clone());
        let adult = |(id, name): &(Uuid, String)| (format!("adult:{id}"), name.clone());
        std::iter::once(file)
            .chain(self.children.iter().map(child))
            .chain(self.adults.iter().map(adult))
            .collect()
    }

    fn name(&self, ui: &Ui, row: &Row) -> String {
        let (people, id) = match (row.child, row.adult) {
            (Some(id), _) => (&self.children, id),
            (None, Some(id)) => (&self.adults, id),
            (None, None) => return ui.t("judicial-event-file"),
        };
        let found = people.iter().find(|(known, _)| *known == id);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

/// Those who are named, then those whom no extract that opens names.
fn numbered(ui: &Ui, key: &str, named: Vec<Named>, all: &[Uuid]) -> Vec<(Uuid, String)> {
    let mut people: Vec<(Uuid, String)> = Vec::with_capacity(all.len());
    for (person, name) in named {
        let n = ui.t1(key, "n", people.len() + 1);
        people.push((person.0, format!("{n} · {name}")));
    }
    for id in all {
        if !people.iter().any(|(known, _)| known == id) {
            let n = ui.t1(key, "n", people.len() + 1);
            people.push((*id, n));
        }
    }
    people
}

impl Line {
    fn new(ui: &Ui, people: &People, row: Row, text: Option<Reading>) -> Self {
        let day = ui.date(ui.day_of(row.held_at));
        let when = if row.kind == EventKind::Hearing {
            ui.moment(row.held_at)
        } else {
            day
        };
        let label = |list, code: &Option<String>| {
            code.as_ref()
                .map(|code| marked(ui, list, code))
                .unwrap_or_default()
        };
        let result = if row.measure.is_some() {
            label(List::JuvenileMeasure, &row.measure)
        } else {
            label(List::CourtOutcome, &row.outcome)
        };
        let by = ui.name(
            row.name_ar.as_deref().unwrap_or_default(),
            row.name_la.as_deref().unwrap_or_default(),
        );
        Self {
            id: row.id.to_string(),
            kind: ui.t(row.kind.key()),
            about: people.name(ui, &row),
            when,
            venue: label(List::CourtVenue, &row.venue),
            result,
            by: by.to_owned(),
            entered: ui.moment(row.recorded_at),
            superseded: row.superseded,
            act: row.act,
            text,
        }
    }
}

/// Of what a reader was given: the cell's story holds no row about an adult.
fn stage_of(story: &Story) -> Option<Stage> {
    let is_live = |row: &&Row| !row.superseded && row.outcome.as_deref() != Some("cancelled");
    let marks: Vec<Mark<'_>> = story
        .events
        .iter()
        .filter(is_live)
        .map(|row| Mark {
            kind: row.kind,
            venue: row.venue.as_deref(),
            outcome: row.outcome.as_deref(),
            held_at: row.held_at,
        })
        .collect();
    domain::stage(&story.child_kinds, &story.adult_kinds, &marks)
}

fn choices(ui: &Ui, list: List) -> Vec<(String, String)> {
    ui.catalogue()
        .choices(list, ui.today())
        .into_iter()
        .map(|code| (code.code.clone(), words(ui, code)))
        .collect()
}

/// The words of a code, also of a closed one; what a jurist has still to confirm says so.
fn marked(ui: &Ui, list: List, code: &str) -> String {
    ui.catalogue()
        .code(list, code)
        .map_or_else(|| code.to_owned(), |code| words(ui, code))
}

fn words(ui: &Ui, code: &Code) -> String {
    let words = ui.say(&code.label);
    if code.flag("confirmed") {
        words.to_owned()
    } else {
        format!("{words} ({})", ui.t("judicial-to-confirm"))
    }
}
