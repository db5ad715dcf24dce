//! The court's inbox, and the cell's list of what it sent.

use super::{file::FilePath, notice::NoticePath};
use crate::{
    authz::{Require, can},
    db::Tx,
    error::AppError,
    forms::Form,
    prosecution::{
        custody::Custody,
        db::desk::{self, Desk, DeskCursor, DeskRow, Filter, NoticeRow, OnDuty, SentOnRow},
        domain::Side,
        seal,
        snapshot::UrgentNotice,
    },
    reference::List,
    web::{Ui, ok},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use serde::Deserialize;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/prosecution")]
pub(super) struct DeskPath;

#[derive(Template)]
#[template(path = "prosecution/list.html")]
struct DeskPage {
    ui: Ui,
    side: Side,
    filter: Filter,
    desk: Desk,
    notices: Vec<NoticeLine>,
    sent_on: Vec<SentOnRow>,
    duty: Vec<OnDuty>,
    rows: Vec<DeskRow>,
    next: Option<DeskCursor>,
}

/// A notice and, if it could be read, its text.
struct NoticeLine {
    row: NoticeRow,
    text: Option<UrgentNotice>,
}

/// What is waited for, and until when.
struct DueLine {
    words: String,
    is_late: bool,
}

/// A filter with how many it would show.
struct Chip {
    href: String,
    words: String,
    n: Option<i64>,
    current: bool,
}

pub(super) async fn list(
    _: DeskPath,
    me: Require<can::ProsecutionRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let side = Side::of(&me.actor);
    let filter = filters(side)
        .iter()
        .find(|one| one.code() == asked.text("state"));
    let filter = filter.copied().unwrap_or(Filter::All);
    let after = DeskCursor::parse(asked.text("after"));
    let mut tx = me.begin().await?;
    let now = me.clock.now();
    let (rows, next) = desk::files(&mut tx, &me.actor, now, (filter, after)).await?;
    let mut desk = desk::desk(&mut tx, &me.actor, now).await?;
    let duty = std::mem::take(&mut desk.duty.0);
    let sent_on = std::mem::take(&mut desk.sent_on.0);
    let notices = std::mem::take(&mut desk.notices.0)
        .into_iter()
        .map(|row| NoticeLine::open(&mut tx, row));
    let notices = notices.collect::<Result<_, _>>()?;
    tx.commit().await?;
    ok(&DeskPage {
        ui: me.ui,
        side,
        filter,
        desk,
        notices,
        sent_on,
        duty,
        rows,
        next,
    })
}

const fn filters(side: Side) -> &'static [Filter] {
    match side {
        Side::Court => Filter::COURT,
        Side::Cell => Filter::CELL,
    }
}

impl NoticeLine {
    fn open(tx: &mut Tx, row: NoticeRow) -> Result<Self, AppError> {
        let text = row.text(tx);
        let text = text.map(|text| seal::open(row.schema_version, &text));
        let text = text.transpose().map_err(AppError::internal)?;
        Ok(Self { row, text })
    }

    /// Number of the file, or what it is, if that cannot be read.
    fn title(&self, ui: &Ui) -> String {
        self.text
            .as_ref()
            .map_or_else(|| ui.t("unreadable"), |text| text.case_number.clone())
    }

    /// The prefecture it came from.
    fn origin<'a>(&'a self, ui: &Ui) -> &'a str {
        self.text
            .as_ref()
            .map_or_else(|| "", |text| text.origin.say(ui))
    }

    fn href(&self) -> String {
        NoticePath { id: self.row.id }.to_string()
    }

    /// Who read it, or received it.
    fn by(&self, ui: &Ui) -> String {
        self.row.seen_by().say(ui).to_owned()
    }

    fn flags(&self, ui: &Ui) -> String {
        let flags = self.text.as_ref().map(|text| text.flags.as_slice());
        flags
            .unwrap_or_default()
            .iter()
            .map(|flag| flag.say(ui))
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// "girl, 8 months, Tabriquet": whom to look for, without a name.
    fn whom(&self, ui: &Ui) -> String {
        let Some(text) = &self.text else {
            return ui.t("unreadable");
        };
        let age = text
            .age
            .as_ref()
            .map_or_else(|| ui.t("age-unknown"), |age| age.say(ui));
        let place = text
            .contact
            .as_ref()
            .map(|contact| contact.place.say(ui).to_owned());
        [Some(text.sex.say(ui).to_owned()), Some(age), place]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

impl DeskPage {
    fn chips(&self) -> Vec<Chip> {
        let chip = |filter: &Filter| Chip {
            href: link(*filter, None),
            words: self.ui.t(filter.key()),
            n: self.count(*filter),
            current: *filter == self.filter,
        };
        filters(self.side).iter().map(chip).collect()
    }

    fn count(&self, filter: Filter) -> Option<i64> {
        Some(match filter {
            Filter::All => self.desk.all,
            Filter::Mine => self.desk.mine,
            Filter::Late => self.desk.late,
            Filter::Draft => self.desk.draft,
            Filter::Transmitted => self.desk.transmitted,
            Filter::Received => self.desk.received,
            Filter::Returned => self.desk.returned,
            Filter::Child => self.desk.child,
            Filter::Adult => self.desk.adult,
            Filter::Decided | Filter::Closed => return None,
        })
    }

    /// Why a notice went to another court.
    fn reason(&self, row: &SentOnRow) -> String {
        self.ui.label(List::CourtChangeReason, &row.reason)
    }

    /// Notices that no prosecutor of the court has read.
    fn unseen(&self) -> usize {
        self.notices
            .iter()
            .filter(|notice| notice.row.acknowledged_at.is_none())
            .count()
    }

    fn more(&self) -> Option<String> {
        self.next.map(|next| link(self.filter, Some(next)))
    }

    fn href(&self, row: &DeskRow) -> String {
        FilePath { id: row.id }.to_string()
    }

    /// Of a file at the court: the prefecture it comes from; of a file of the cell: its court.
    fn other_side(&self, row: &DeskRow) -> String {
        match self.side {
            Side::Court => {
                let territory = self.ui.catalogue().territory(row.territory_id);
                territory
                    .map(|t| self.ui.say(&t.label).to_owned())
                    .unwrap_or_default()
            }
            Side::Cell => self.ui.court(row.court_id),
        }
    }

    /// In whose hands it is: a prosecutor's, the court's, the cell's; what is closed is in nobody's.
    fn holder(&self, row: &DeskRow) -> String {
        let names = row.held_ar.as_deref().zip(row.held_la.as_deref());
        match (row.state, names) {
            (Custody::Draft | Custody::Withdrawn | Custody::Closed, _) => String::new(),
            (Custody::Returned, _) => self.ui.t("judicial-holder-cell"),
            (_, None) => self.ui.t("judicial-holder-court"),
            (_, Some((ar, la))) => self.ui.name(ar, la).to_owned(),
        }
    }

    fn due(&self, row: &DeskRow) -> Option<DueLine> {
        let (awaits, at) = row.awaits.as_deref().zip(row.due_at)?;
        let is_late = at < self.ui.now();
        let awaited = format!("judicial-awaits-{}", awaits.replace('_', "-"));
        let key = if is_late {
            "judicial-due-late"
        } else {
            "judicial-due-before"
        };
        let words = self.ui.t2(
            key,
            ("awaited", self.ui.t(&awaited)),
            ("when", self.ui.moment(at)),
        );
        Some(DueLine { words, is_late })
    }

    /// Not yet acknowledged: the dot of a new row.
    fn is_new(&self, row: &DeskRow) -> bool {
        self.side.is_court() && row.state == Custody::Transmitted
    }
}

impl DeskRow {
    /// Nobody waits any more, and it is not closed yet.
    fn is_decided(&self) -> bool {
        self.state.is_sent()
            && !self.is_closed()
            && self.children_waiting == 0
            && self.adults_waiting.unwrap_or(0) == 0
    }

    /// Closed at the court, or joined to another procedure, where its people wait since.
    fn is_closed(&self) -> bool {
        self.state == Custody::Closed
    }
}

fn link(filter: Filter, after: Option<DeskCursor>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if filter != Filter::All {
        query.append_pair("state", filter.code());
    }
    if let Some(after) = after {
        query.append_pair("after", &after.to_string());
    }
    let query = query.finish();
    if query.is_empty() {
        DeskPath.to_string()
    } else {
        format!("{DeskPath}?{query}")
    }
}
