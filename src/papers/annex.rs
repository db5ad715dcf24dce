//! An annex of a judicial file on paper: what was sent after the dossier, in its own words.

use super::{
    db::{Extract, Head},
    dossier,
    sheet::{Kind, Line, Row, Section, Sheet, Stamp},
};
use crate::{
    authz::{Actor, CourtId, TerritoryId},
    db::Tx,
    error::AppError,
    ids::{CaseId, DisclosureId, JudicialFileId},
    prosecution::material::Annex,
    vault::{SealedText, WrappedKey},
    web::Ui,
};
use chrono::{DateTime, Utc};

/// An annex to be printed.
pub(super) struct Printed {
    pub head: Head,
    /// Its number.
    pub seq: i16,
    pub composed_at: DateTime<Utc>,
    pub sent_at: DateTime<Utc>,
    pub extract: Extract,
    /// Its content; nothing if it does not open or is not what was hashed.
    pub annex: Option<Annex>,
}

/// An annex that was sent, of a file of the reader's prefecture or of one at the reader's court.
pub(super) async fn sent(
    tx: &mut Tx,
    actor: &Actor,
    (id, seq): (JudicialFileId, i16),
) -> Result<Printed, AppError> {
    let row = sqlx::query!(
        r#"select f.number, f.case_id as "case_id: CaseId", f.territory_id as "territory: TerritoryId",
                  f.court_id as "court: CourtId", e.composed_at, e.sent_at as "sent_at!", e.id as "extract: DisclosureId",
                  e.schema_version, e.snapshot_enc as "text: SealedText", e.sha256,
                  app.key_of('disclosure', e.id) as "key: WrappedKey"
           from app.judicial_annex x
           join app.judicial_file f on f.id = x.file_id
           join app.disclosure e on e.id = x.disclosure_id
           where x.file_id = $1 and x.seq = $2 and e.sent_at is not null
             and ((f.court_id = $3 and f.state not in ('draft', 'withdrawn')) or f.territory_id = $4)"#,
        id.0,
        seq,
        actor.court().0,
        actor.territory().0
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let extract = Extract {
        id: row.extract,
        version: row.schema_version,
        text: row.text,
        sha256: row.sha256,
        key: row.key,
    };
    Ok(Printed {
        head: Head {
            id,
            case_id: row.case_id,
            territory: row.territory,
            court: row.court,
            number: row.number,
        },
        seq,
        composed_at: row.composed_at,
        sent_at: row.sent_at,
        annex: extract.read(tx),
        extract,
    })
}

/// A paper of this annex.
pub(super) fn sheet(stamp: Stamp<'_>, printed: &Printed, annex: &Annex) -> Result<Sheet, AppError> {
    let ui = stamp.ui;
    let mut sections = vec![Section::said(
        ui.t("judicial-paper-annex-words"),
        &annex.words,
        ui,
    )];
    let assessment = annex.assessment.as_ref();
    sections.extend(assessment.map(|one| dossier::assessment(ui, one)));
    if !annex.documents.is_empty() {
        sections.push(dossier::documents(ui, &annex.documents));
    }
    let kind = Kind {
        title: ui.t1("judicial-paper-annex-title", "n", printed.seq),
        number: &printed.head.number,
        print: ui.t("judicial-paper-annex-print"),
        rule: ui.t("judicial-paper-annex-rule"),
    };
    Sheet::new(stamp, &kind, facts(ui, printed, annex), sections)
}

fn facts(ui: &Ui, printed: &Printed, annex: &Annex) -> Vec<Row> {
    let at = |moment: DateTime<Utc>| Line::plain(ui.moment(moment));
    vec![
        Row::of(
            ui.t("judicial-paper-number"),
            Line::code(&printed.head.number),
        ),
        Row::of(ui.t("judicial-from"), Line::plain(annex.origin.say(ui))),
        dossier::court(ui, &annex.court, &printed.head),
        Row::of(ui.t("judicial-paper-frozen"), at(printed.composed_at)),
        Row::of(ui.t("judicial-paper-annex-sent"), at(printed.sent_at)),
    ]
}
