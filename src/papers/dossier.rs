//! The extract of a judicial file on paper: what was frozen, in its own words, and what was added since.

use super::{
    db::{Annex, Head, Printed},
    sheet::{Kind, Line, Row, Section, Sheet, Stamp},
};
use crate::{
    error::AppError,
    prosecution::{
        material::{FrozenAssessment, FrozenDocument},
        snapshot::{Adult, Child, Coded, Dossier, FrozenAge, FrozenNames, Meeting},
    },
    web::Ui,
};

/// A paper of this file.
pub(super) fn sheet(
    stamp: Stamp<'_>,
    file: &Printed,
    dossier: &Dossier,
) -> Result<Sheet, AppError> {
    let ui = stamp.ui;
    let mut sections = vec![
        contact(ui, dossier),
        children(ui, dossier),
        adults(ui, dossier),
        Section::said(ui.t("judicial-summary"), &dossier.summary, ui),
    ];
    sections.extend(dossier.assessment.as_ref().map(|one| assessment(ui, one)));
    if !dossier.documents.is_empty() {
        sections.push(documents(ui, &dossier.documents));
    }
    if !file.annexes.is_empty() {
        sections.push(annexes(ui, &file.annexes));
    }
    let kind = Kind {
        title: ui.t("judicial-paper-title"),
        number: &file.head.number,
        print: ui.t("judicial-print"),
        rule: ui.t("judicial-frozen-rule"),
    };
    Sheet::new(stamp, &kind, facts(ui, file, dossier), sections)
}

/// The court that an extract was for, and the one that has the file now.
pub(super) fn court(ui: &Ui, court: &Coded, head: &Head) -> Row {
    let mut lines = vec![Line::plain(court.say(ui))];
    if court.code != head.court.0.to_string() {
        let now = ui.court(head.court);
        lines.push(Line::soft(ui.t1("judicial-paper-court-now", "court", now)));
    }
    Row::new(ui.t("judicial-to"), lines)
}

fn facts(ui: &Ui, file: &Printed, dossier: &Dossier) -> Vec<Row> {
    let sent = file
        .transmitted_at
        .map_or_else(|| ui.t("judicial-paper-draft"), |at| ui.moment(at));
    let mut rows = vec![
        Row::of(ui.t("judicial-paper-number"), Line::code(&file.head.number)),
        Row::new(
            ui.t("judicial-from"),
            vec![
                Line::plain(dossier.origin.say(ui)),
                Line::code(&dossier.case_number),
            ],
        ),
        court(ui, &dossier.court, &file.head),
        Row::of(
            ui.t("judicial-basis"),
            Line::plain(dossier.legal_basis.say(ui)),
        ),
        Row::of(
            ui.t("judicial-paper-frozen"),
            Line::plain(ui.moment(file.composed_at)),
        ),
        Row::of(ui.t("judicial-paper-sent"), Line::plain(sent)),
        Row::of(
            ui.t("judicial-ages-on"),
            Line::plain(ui.date(dossier.composed_on)),
        ),
    ];
    if dossier.urgent {
        rows.push(Row::of(
            ui.t("judicial-paper-urgency"),
            Line::strong(ui.t("judicial-urgent")),
        ));
    }
    rows
}

fn contact(ui: &Ui, dossier: &Dossier) -> Section {
    let rows = match &dossier.contact {
        Some(seen) => met(ui, seen),
        None if dossier.included.contact => {
            vec![Row::of("", Line::soft(ui.t("judicial-no-contact")))]
        }
        None => vec![Row::of("", Line::soft(ui.t("judicial-paper-left-out")))],
    };
    Section::rows(ui.t("judicial-facts"), rows)
}

fn met(ui: &Ui, seen: &Meeting) -> Vec<Row> {
    let place = format!("{} · {}", seen.place.say(ui), seen.spot.say(ui));
    vec![
        Row::new(
            ui.t("judicial-place"),
            vec![Line::plain(place), Line::soft(&seen.landmark)],
        ),
        Row::of(
            ui.t("judicial-when"),
            Line::plain(ui.moment(seen.observed_at)),
        ),
        Row::of(
            ui.t("judicial-circumstance"),
            Line::plain(seen.circumstance.say(ui)),
        ),
    ]
}

/// The names of somebody, as far as they were sent and are known.
pub(super) fn names(ui: &Ui, dossier: &Dossier, names: &FrozenNames) -> Vec<Line> {
    if !dossier.included.identity {
        return vec![Line::soft(ui.t("judicial-paper-left-out"))];
    }
    let names = names.names();
    vec![Line::strong(names.say(ui)), Line::soft(names.other(ui))]
}

/// "Girl · 6 years (estimated)".
pub(super) fn sex_and_age(ui: &Ui, sex: &str, age: Option<&FrozenAge>) -> Line {
    let age = age.map_or_else(
        || ui.t("age-unknown"),
        |age| format!("{} ({})", age.say(ui), age.basis.say(ui)),
    );
    Line::plain(format!("{sex} · {age}"))
}

fn children(ui: &Ui, dossier: &Dossier) -> Section {
    let row = |(n, child): (usize, &Child)| {
        let mut lines = names(ui, dossier, &child.names);
        lines.push(sex_and_age(ui, child.sex.say(ui), child.age.as_ref()));
        let more = child.nationality.iter().chain(&child.civil_status);
        let more: Vec<&str> = more.map(|coded| coded.say(ui)).collect();
        lines.push(Line::plain(more.join(" · ")));
        let flags: Vec<&str> = child.flags.iter().map(|flag| flag.say(ui)).collect();
        lines.push(Line::strong(flags.join(ui.comma())));
        lines.push(Line::code(&child.case_number));
        Row::new(ui.t1("judicial-child-n", "n", n + 1), lines)
    };
    let rows = dossier.children.iter().enumerate().map(row).collect();
    Section::rows(ui.n("judicial-children-h", dossier.children.len()), rows)
}

fn adults(ui: &Ui, dossier: &Dossier) -> Section {
    let row = |(n, adult): (usize, &Adult)| {
        let mut lines = names(ui, dossier, &adult.names);
        lines.push(sex_and_age(ui, adult.sex.say(ui), adult.age.as_ref()));
        for tie in &adult.ties {
            let to = ui.t1("judicial-to-child", "n", dossier.number_of(tie.to));
            let claim = if tie.verified {
                ui.t("judicial-tie-verified")
            } else {
                ui.t("judicial-tie-claimed")
            };
            let proof = tie
                .proof
                .as_ref()
                .map(|proof| format!(" ({})", proof.say(ui)));
            let proof = proof.unwrap_or_default();
            lines.push(Line::soft(format!(
                "{to} {} · {claim}{proof}",
                tie.kind.say(ui)
            )));
        }
        Row::new(ui.t1("judicial-adult-n", "n", n + 1), lines)
    };
    let mut rows: Vec<Row> = dossier.adults.iter().enumerate().map(row).collect();
    if rows.is_empty() {
        rows.push(Row::of("", Line::soft(ui.t("judicial-no-adult"))));
    }
    Section::rows(ui.n("judicial-adults-h", dossier.adults.len()), rows)
}

/// An assessment in codes.
pub(super) fn assessment(ui: &Ui, assessment: &FrozenAssessment) -> Section {
    let mut rows = vec![Row::of(
        ui.t("judicial-paper-assessed"),
        Line::plain(ui.date(assessment.completed_on)),
    )];
    rows.push(Row::of(
        ui.t("judicial-paper-risk"),
        Line::plain(assessment.risk.say(ui)),
    ));
    rows.extend(assessment.scores.iter().map(|score| {
        let points = format!("{} / 4", score.score);
        Row::of(score.domain.say(ui), Line::code(points))
    }));
    let signs: Vec<&str> = assessment
        .indicators
        .iter()
        .map(|sign| sign.say(ui))
        .collect();
    if !signs.is_empty() {
        rows.push(Row::of(
            ui.t("judicial-paper-signs"),
            Line::plain(signs.join(ui.comma())),
        ));
    }
    Section::rows(ui.t("judicial-paper-assessment"), rows)
}

/// The documents that went with an extract: they are named, and not printed.
pub(super) fn documents(ui: &Ui, documents: &[FrozenDocument]) -> Section {
    let row = |document: &FrozenDocument| {
        let author = ui.name(&document.author_ar, &document.author_la);
        Row::new(
            document.kind.say(ui),
            vec![
                Line::strong(&document.title),
                Line::soft(format!("{author} · {}", ui.moment(document.added_at))),
                Line::code(in_groups(&document.sha256)),
            ],
        )
    };
    let rows = documents.iter().map(row).collect();
    Section::rows(ui.t("judicial-paper-documents"), rows)
}

fn annexes(ui: &Ui, annexes: &[Annex]) -> Section {
    let row = |annex: &Annex| {
        let sent = annex.sent_at.map(|at| ui.moment(at)).unwrap_or_default();
        Row::new(
            ui.t1("judicial-paper-annex", "n", annex.seq),
            vec![Line::plain(sent), Line::code(in_groups(&annex.print))],
        )
    };
    let rows = annexes.iter().map(row).collect();
    Section::rows(ui.t("judicial-paper-annexes"), rows)
}

/// Hexadecimal digits in groups of four, to be compared by eye.
fn in_groups(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}
