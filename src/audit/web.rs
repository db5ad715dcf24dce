//! The pages of the officer for data protection: the log, who saw a file, how much is read, the register.

use super::{
    Event,
    db::{self, Busy, Entry, Person},
    domain::{self, ACTIONS, Column, Filter, Place, Reader, Table},
    record, root, words,
};
use crate::{
    authz::{Require, Role, can},
    error::AppError,
    forms::{Form, Line, parse_date},
    i18n::Msg,
    routes::Routes,
    web::{Ui, ok, refused, role_key},
};
use askama::Template;
use axum::{extract::RawQuery, response::Response};
use axum_extra::routing::TypedPath;
use chrono::TimeDelta;
use serde::Deserialize;

/// Rows on one page of the log.
const SIZE: i32 = 25;
/// Rows of one file; whoever needs more takes the log.
const OF_ONE_FILE: i32 = 200;

/// The routes of this slice.
pub fn routes() -> Routes {
    Routes::default()
        .get(log)
        .get(file)
        .get(reading)
        .get(register)
        .merge(root::routes())
}

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/audit")]
struct LogPath;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/audit/file")]
struct FilePath;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/audit/reading")]
struct ReadingPath;

#[derive(Debug, TypedPath, Deserialize)]
#[typed_path("/audit/register")]
struct RegisterPath;

#[derive(Template)]
#[template(path = "audit/log.html")]
struct LogPage {
    ui: Ui,
    form: Form,
    people: Vec<Person>,
    entries: Vec<Entry>,
    /// Address of the next page.
    next: Option<String>,
}

impl LogPage {
    fn only_refusals(&self) -> bool {
        self.form.text("action") == "access.refused"
    }

    fn actions(&self) -> Vec<(String, String)> {
        let words = |action: &&str| ((*action).to_owned(), words::action(&self.ui, action));
        ACTIONS.iter().map(words).collect()
    }

    fn users(&self) -> Vec<(String, String)> {
        let words = |person: &Person| {
            let name = self.ui.name(&person.name_ar, &person.name_la);
            (
                person.username.clone(),
                format!("{name} ({})", person.username),
            )
        };
        self.people.iter().map(words).collect()
    }
}

impl Entry {
    fn what(&self, ui: &Ui) -> String {
        words::action(ui, &self.action)
    }

    /// Who, or that nobody was signed in.
    fn who(&self, ui: &Ui) -> String {
        if self.username.is_none() {
            return ui.t("audit-nobody");
        }
        ui.name(&self.name_ar, &self.name_la).to_owned()
    }

    fn role(&self, ui: &Ui) -> Option<String> {
        let role = Role::from_code(self.role.as_deref()?)?;
        Some(ui.t(role_key(role)))
    }

    fn city(&self, ui: &Ui) -> Option<String> {
        let territory = ui.catalogue().territory(self.territory?)?;
        Some(ui.say(&territory.label).to_owned())
    }

    /// Its number, or the beginning of its id.
    fn object(&self) -> Option<String> {
        let short = |id: uuid::Uuid| id.to_string().chars().take(8).collect();
        self.number.clone().or_else(|| self.object.map(short))
    }

    fn kind(&self, ui: &Ui) -> String {
        let kind = self.kind.as_deref().unwrap_or("unknown");
        let code = kind.replace('_', "-");
        let key = format!("audit-kind-{code}");
        let words = ui.t(&key);
        if words == key { kind.to_owned() } else { words }
    }

    /// What its readers can be asked for by, if it is a file: its number, else its id.
    fn file(&self) -> Option<String> {
        let kind = self.kind.as_deref()?;
        let id = self
            .object
            .filter(|_| ["case", "person", "judicial_file", "contact"].contains(&kind))?;
        Some(self.number.clone().unwrap_or_else(|| id.to_string()))
    }
}

async fn log(
    _: LogPath,
    me: Require<can::AuditRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let filter = read_filter(&mut form, &Filter::recent(me.ui.today()));
    let mut tx = me.begin().await?;
    let people = db::people(&mut tx).await?;
    let mut entries = Vec::new();
    if form.is_valid() {
        entries = db::log(&mut tx, &filter, SIZE + 1).await?;
        record(&mut tx, Event::of("audit.read").with(filter.codes())).await?;
    }
    tx.commit().await?;
    let size = usize::try_from(SIZE).unwrap_or(usize::MAX);
    let more = entries.len() > size;
    entries.truncate(size);
    let next = entries.last().filter(|_| more).map(|last| {
        let place = Place {
            at: last.at,
            id: last.id,
        };
        address(&form, &place)
    });
    let valid = form.is_valid();
    let page = LogPage {
        ui: me.ui,
        form,
        people,
        entries,
        next,
    };
    if valid { ok(&page) } else { refused(&page) }
}

/// The same question, further down.
fn address(form: &Form, place: &Place) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for field in ["from", "to", "who", "action", "object"] {
        if !form.text(field).is_empty() {
            query.append_pair(field, form.text(field));
        }
    }
    query.append_pair("before", &place.to_string());
    format!("/audit?{}", query.finish())
}

fn read_filter(form: &mut Form, recent: &Filter) -> Filter {
    let from = form.optional("from", parse_date);
    let to = form.optional("to", parse_date);
    let action = form.optional("action", |text| match text {
        _ if ACTIONS.contains(&text) => Ok(text.to_owned()),
        _ => Err(Msg::new("error-choice")),
    });
    let line = |text: &str| Line::parse(text).map(Line::into_string);
    let filter = Filter {
        from: from.unwrap_or(recent.from),
        to: to.unwrap_or(recent.to),
        who: form.optional("who", line),
        object: form.optional("object", line),
        action,
        before: Place::parse(form.text("before")),
    };
    if filter.from > filter.to {
        form.fail("to", Msg::new("audit-range"));
    }
    for (field, day) in [("from", filter.from), ("to", filter.to)] {
        if form.text(field).is_empty() {
            form.set(field, day.format("%d/%m/%Y").to_string());
        }
    }
    filter
}

#[derive(Template)]
#[template(path = "audit/file.html")]
struct FilePage {
    ui: Ui,
    form: Form,
    asked: bool,
    readers: Vec<Reader>,
    entries: Vec<Entry>,
}

impl FilePage {
    /// Those who were refused saw nothing.
    fn seen(&self) -> usize {
        self.readers.iter().filter(|one| one.times > 0).count()
    }
}

impl Reader {
    fn role(&self, ui: &Ui) -> Option<String> {
        let role = Role::from_code(self.role.as_deref()?)?;
        Some(ui.t(role_key(role)))
    }
}

async fn file(
    _: FilePath,
    me: Require<can::AuditRead>,
    RawQuery(query): RawQuery,
) -> Result<Response, AppError> {
    let mut form = Form::parse(query.unwrap_or_default().as_bytes());
    let wanted = form.optional("number", |text| Line::parse(text).map(Line::into_string));
    let mut entries = Vec::new();
    if let Some(number) = &wanted {
        let filter = Filter {
            from: chrono::NaiveDate::MIN.max(chrono::DateTime::UNIX_EPOCH.date_naive()),
            action: Some("reading".to_owned()),
            object: Some(number.clone()),
            ..Filter::recent(me.ui.today())
        };
        let mut tx = me.begin().await?;
        entries = db::log(&mut tx, &filter, OF_ONE_FILE).await?;
        // not what was typed, which may be anything, but what it was found to be
        let of = entries.iter().find_map(|entry| entry.object);
        let event = of.map_or_else(
            || Event::of("audit.read"),
            |id| Event::on("audit.read", "file", id),
        );
        record(&mut tx, event.with(serde_json::json!({ "readers": true }))).await?;
        tx.commit().await?;
    }
    let valid = form.is_valid();
    let page = FilePage {
        readers: readers(&entries),
        asked: wanted.is_some(),
        ui: me.ui,
        form,
        entries,
    };
    if valid { ok(&page) } else { refused(&page) }
}

/// One line a person, whoever read last first.
fn readers(entries: &[Entry]) -> Vec<Reader> {
    let mut readers: Vec<(&Option<String>, Reader)> = Vec::new();
    for entry in entries {
        let refused = usize::from(entry.action == "access.refused");
        match readers
            .iter_mut()
            .find(|(name, _)| **name == entry.username)
        {
            Some((_, reader)) => {
                reader.times += 1 - refused;
                reader.refused += refused;
            }
            None => readers.push((
                &entry.username,
                Reader {
                    name_ar: entry.name_ar.clone(),
                    name_la: entry.name_la.clone(),
                    role: entry.role.clone(),
                    times: 1 - refused,
                    refused,
                    last: entry.at,
                },
            )),
        }
    }
    readers.into_iter().map(|(_, reader)| reader).collect()
}

#[derive(Template)]
#[template(path = "audit/reading.html")]
struct ReadingPage {
    ui: Ui,
    alerts: Vec<Entry>,
    busy: Vec<Busy>,
    budget: i32,
}

impl ReadingPage {
    fn count(&self, alert: &Entry) -> String {
        let count = alert
            .fields
            .get("openings")
            .and_then(serde_json::Value::as_i64);
        self.ui.n("audit-openings", count.unwrap_or_default())
    }
}

async fn reading(
    _: ReadingPath,
    me: Require<can::AuditRead>,
    axum::extract::State(state): axum::extract::State<crate::state::AppState>,
) -> Result<Response, AppError> {
    let today = me.ui.today();
    let mut tx = me.begin().await?;
    let filter = Filter {
        from: today - TimeDelta::days(30),
        action: Some("reading.unusual".to_owned()),
        ..Filter::recent(today)
    };
    let alerts = db::log(&mut tx, &filter, SIZE).await?;
    let busy = db::busiest(&mut tx, me.ui.now() - TimeDelta::days(1)).await?;
    record(&mut tx, Event::of("audit.read").with(filter.codes())).await?;
    tx.commit().await?;
    ok(&ReadingPage {
        ui: me.ui,
        alerts,
        busy,
        budget: state.config.openings_per_hour,
    })
}

#[derive(Template)]
#[template(path = "audit/register.html")]
struct RegisterPage {
    ui: Ui,
    tables: Vec<Table>,
}

impl RegisterPage {
    fn counted(&self) -> String {
        let columns: usize = self.tables.iter().map(|table| table.columns.len()).sum();
        let tables = ("tables", self.tables.len());
        self.ui
            .t2("audit-register-count", tables, ("columns", columns))
    }
}

impl Table {
    /// What is dearest in it.
    fn class(&self) -> &'static str {
        let order = ["secret", "sensitive", "personal", "internal", "open"];
        let has = |class: &&&str| self.columns.iter().any(|column| column.class == **class);
        order.iter().find(has).copied().unwrap_or("open")
    }

    fn tone(&self) -> &'static str {
        match self.class() {
            "secret" => " red",
            "sensitive" => " amber",
            "personal" => " indigo",
            _ => "",
        }
    }

    fn class_words(&self, ui: &Ui) -> String {
        class_words(ui, self.class())
    }

    fn purpose_words(&self, ui: &Ui) -> String {
        ui.t(&format!("purpose-{}", self.purpose))
    }

    fn retention_words(&self, ui: &Ui) -> String {
        ui.t(&format!("retention-{}", self.retention))
    }
}

impl Column {
    fn class_words(&self, ui: &Ui) -> String {
        class_words(ui, self.class)
    }
}

fn class_words(ui: &Ui, class: &str) -> String {
    ui.t(&format!("class-{class}"))
}

async fn register(_: RegisterPath, me: Require<can::AuditRead>) -> Result<Response, AppError> {
    ok(&RegisterPage {
        ui: me.ui,
        tables: domain::register(
            include_str!("../../docs/data-classes.tsv"),
            include_str!("../../docs/data-purposes.tsv"),
        ),
    })
}
