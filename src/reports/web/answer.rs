//! An answer in words: what was asked, the figures, the chart, and what is to be said of them. The page and the file are
//! made of the same.

use crate::{
    authz::{Require, can},
    disclosure::Growth,
    error::AppError,
    forms::Form,
    i18n::Msg,
    releases::{read::Release, words},
    reports::{
        ask,
        desk::{Desk, Whose},
        domain::{Asked, Axis, Figure, Grid},
        drawing::Chart,
        live, told,
    },
    web::Ui,
};

/// The answer to a question.
pub(super) struct Answer {
    /// The name of the table.
    pub title: String,
    /// What was asked, by its name.
    pub about: Vec<(String, String)>,
    /// The words above the names of the rows.
    pub corner: String,
    pub grid: Grid,
    /// Nothing to draw, if there is no figure.
    pub chart: Option<Chart>,
    /// What it is, and what it is not.
    pub notes: Vec<String>,
    /// Where the figures are from, and when they were counted.
    pub stamp: String,
    /// Whether they may still change.
    pub is_provisional: bool,
}

/// What came of a question: what could be asked, and the answer, if it can be answered.
pub(super) struct Outcome {
    pub desk: Desk,
    pub answer: Option<Answer>,
}

/// Answers what a form asks, from what its reader may read. What is wrong is marked on its field.
pub(super) async fn answer(
    me: &Require<can::ReportKeep>,
    form: &mut Form,
) -> Result<Outcome, AppError> {
    let ui = &me.ui;
    ask::of_another_table(form);
    let table = form.text("table").to_owned();
    match Whose::of(&me.actor)? {
        Whose::Country => {
            let mut tx = me.begin_figures().await?;
            let (desk, releases) = told::desk(&mut tx, me, &table).await?;
            let answer = match ask::read(form, &desk) {
                Some((asked, said)) => {
                    let grid = told::answer(&mut tx, me, (&desk, &releases), &asked).await?;
                    let stamp = told_stamp(ui, &releases, &asked);
                    Some(Answer::new(ui, (&desk, &asked, said), grid, stamp))
                }
                None => None,
            };
            tx.commit().await?;
            Ok(Outcome { desk, answer })
        }
        Whose::City(city) => {
            let desk = live::desk(ui, &table, city);
            let Some((asked, said)) = ask::read(form, &desk) else {
                return Ok(Outcome { desk, answer: None });
            };
            let mut tx = me.begin_register().await?;
            let grid = live::answer(&mut tx, ui, (&desk, city), &asked).await?;
            tx.commit().await?;
            let stamp = ui.t1("report-stamp-live", "at", ui.moment(me.clock.now()));
            let answer = Answer::new(ui, (&desk, &asked, said), grid, stamp);
            Ok(Outcome {
                desk,
                answer: Some(answer),
            })
        }
    }
}

/// The last of the releases that answer, with its number, its method and its print.
fn told_stamp(ui: &Ui, releases: &[Release], asked: &Asked) -> String {
    let Some(release) = releases.iter().find(|release| release.as_of == asked.to) else {
        return String::new();
    };
    let print: String = release
        .sha256
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let args = [
        ("number", release.number.into()),
        ("method", release.method.into()),
        ("at", ui.date(ui.day_of(release.computed_at)).into()),
        ("print", print.into()),
    ];
    ui.lang().t_with("report-stamp-told", &args)
}

impl Answer {
    fn new(
        ui: &Ui,
        (desk, asked, said): (&Desk, &Asked, Vec<Msg>),
        grid: Grid,
        stamp: String,
    ) -> Self {
        let is_city = desk.whose.city().is_some();
        let mut notes: Vec<String> = said.iter().map(|msg| ui.msg(msg)).collect();
        notes.push(ui.t(growth(asked, is_city)));
        if grid.withholds() {
            notes.push(ui.t("report-withheld-note"));
        }
        Self {
            title: words::table_name(ui.lang(), asked.subject.code),
            about: about(ui, desk, asked),
            corner: ui.t(asked.rows.key()),
            chart: (!grid.is_empty()).then(|| Chart::new(ui, asked, &grid)),
            grid,
            notes,
            stamp,
            is_provisional: is_city,
        }
    }

    /// A figure in its words.
    pub fn say(ui: &Ui, figure: &Figure) -> String {
        words::say(figure.as_ref(), ui.lang())
    }
}

/// How the figures of a table go on.
fn growth(asked: &Asked, is_city: bool) -> &'static str {
    match (is_city, asked.subject.growth) {
        (true, _) if live::stands(asked.subject) => "report-growth-city-stands",
        (true, _) => "report-growth-city",
        (false, Growth::Cumulative) => "report-growth-cumulative",
        (false, Growth::Stock) => "report-growth-stock",
        (false, Growth::Flow) => "report-growth-flow",
    }
}

/// Where, of which part and when.
fn about(ui: &Ui, desk: &Desk, asked: &Asked) -> Vec<(String, String)> {
    let mut about = Vec::new();
    let mut say = |axis: Axis, words: String| about.push((ui.t(axis.key()), words));
    if let Some(city) = desk.whose.city() {
        let place = ui.catalogue().territory(city);
        say(
            Axis::Place,
            place.map_or_else(String::new, |one| ui.say(&one.label).to_owned()),
        );
    } else if !asked.lays(Axis::Place) {
        let spot = asked.places.first().and_then(|code| desk.place(code));
        say(
            Axis::Place,
            spot.map_or_else(String::new, |spot| spot.name.clone()),
        );
    }
    if !asked.lays(Axis::Part) && asked.subject.has_parts() {
        let part = asked.parts.first().map_or("", |code| desk.part(code));
        say(Axis::Part, part.to_owned());
    }
    let days = |from: String, until: String| ui.t2("report-days", ("from", from), ("until", until));
    let when = match (desk.whose, asked.lays(Axis::Month)) {
        (Whose::City(_), _) => days(ui.date(asked.from), ui.date(asked.to)),
        (Whose::Country, true) => days(ui.lang().month(asked.from), ui.lang().month(asked.to)),
        (Whose::Country, false) => ui.lang().month(asked.to),
    };
    about.push((ui.t("report-when"), when));
    about
}
