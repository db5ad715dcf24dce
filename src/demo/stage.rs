//! An episode of the story before whoever adds to it: its people, its key, its way through the states; and the rows
//! that are added, a table at a time.

use super::{
    rows::{Episode, Rows, bytea},
    story::Team,
};
use crate::vault::{Field, Holder, HolderKind, Key, Vault, keeper};
use anyhow::Context;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::HashMap;
use uuid::Uuid;

/// How many days late something is, of what is late.
const LATE: i64 = 20;

/// Keys of the files, by their file.
pub(super) struct Keys(HashMap<Uuid, Key>);

/// The keys of every file of the story.
pub(super) async fn keys(
    connection: &mut PgConnection,
    vault: &Vault,
    rows: &Rows,
) -> anyhow::Result<Keys> {
    let holder = |case| Holder::new(HolderKind::Case, case);
    let holders: Vec<Holder> = rows.cases.iter().map(|case| holder(case.id)).collect();
    let mut keys = keeper::data_keys(connection, vault, &holders).await?;
    let mut of_files = HashMap::new();
    for case in &rows.cases {
        of_files.insert(case.id, keys.remove(&holder(case.id)).context("no key")?);
    }
    Ok(Keys(of_files))
}

/// An episode, who works on it, and its key.
pub(super) struct Stage<'a> {
    pub(super) episode: &'a Episode,
    pub(super) team: &'a Team,
    pub(super) lead: Uuid,
    pub(super) supervisor: Uuid,
    pub(super) protected: bool,
    /// Whether a later episode of the file exists.
    pub(super) is_reopened: bool,
    pub(super) now: DateTime<Utc>,
    /// How many episodes that stand where this one does were told before it, in whatever city: what must be there on
    /// every day goes by it, and not by chance.
    pub(super) turn: usize,
    key: &'a Key,
    born: Option<NaiveDate>,
    way: Vec<(&'static str, DateTime<Utc>)>,
}

/// Every episode of the story, in the order in which they were opened.
pub(super) fn stages<'a>(
    rows: &'a Rows,
    teams: &'a [Team],
    keys: &'a Keys,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<Stage<'a>>> {
    let mut ways: HashMap<Uuid, Vec<(&'static str, DateTime<Utc>)>> = HashMap::new();
    for passed in &rows.transitions {
        let way = ways.entry(passed.episode_id).or_default();
        way.push((passed.to_state, passed.at));
    }
    let (mut stages, mut turns) = (Vec::new(), HashMap::new());
    for episode in &rows.episodes {
        let file = rows.cases.iter().find(|one| one.id == episode.case_id);
        let file = file.context("an episode without a file")?;
        let mut assigned = rows.assignments.iter();
        let lead = assigned.find(|one| one.case_id == file.id && one.kind == "lead");
        let team = teams
            .iter()
            .find(|team| team.city.territory == file.territory_id);
        let (Some(lead), Some(team)) = (lead, team) else {
            continue;
        };
        let child = rows.people.iter().find(|one| one.id == file.child_id);
        let turn = turns.entry(episode.state).or_insert(0_usize);
        *turn += 1;
        stages.push(Stage {
            episode,
            team,
            lead: lead.user_id,
            supervisor: team.supervisor,
            protected: file.protected,
            is_reopened: rows
                .episodes
                .iter()
                .any(|other| other.case_id == file.id && other.seq > episode.seq),
            now,
            turn: *turn - 1,
            key: keys.0.get(&file.id).context("no key")?,
            born: child.and_then(|child| child.birth_latest),
            way: ways.remove(&episode.id).unwrap_or_default(),
        });
    }
    Ok(stages)
}

impl Stage<'_> {
    /// A text under the key of the file.
    pub(super) fn seal(&self, field: Field, row: Uuid, text: &str) -> anyhow::Result<String> {
        Ok(bytea(self.key.seal(field, row, text)?.as_bytes()))
    }

    /// Chance that stays the same: a number of the episode.
    pub(super) fn lot(&self) -> u8 {
        self.episode.id.as_bytes().last().copied().unwrap_or(0)
    }

    /// When the episode came into that state, if it did.
    pub(super) fn reached(&self, state: &str) -> Option<DateTime<Utc>> {
        let passed = self.way.iter().find(|(passed, _)| *passed == state);
        passed.map(|(_, at)| *at)
    }

    /// The moments at which something that comes again every so many days was done, the first one included: until the
    /// closing was asked for, or today. In one file of four the last time is a little late.
    pub(super) fn again(&self, first: DateTime<Utc>, every: i64) -> Vec<DateTime<Utc>> {
        let end = self.reached("closure_requested");
        let slack = if end.is_none() && self.lot().is_multiple_of(4) {
            LATE
        } else {
            2
        };
        let end = end.unwrap_or(self.now) - Duration::days(slack);
        let times = (1..).map(|nth| first + Duration::days(every * nth));
        std::iter::once(first)
            .chain(times.take_while(|at| *at < end))
            .collect()
    }

    /// Whether its file is still being worked on.
    pub(super) fn is_open(&self) -> bool {
        self.episode.closed_at.is_none()
    }

    /// A colleague of the lead.
    pub(super) fn colleague(&self) -> Uuid {
        let workers = self.team.workers.iter().map(|(user, _)| *user);
        let mut others = workers.filter(|user| *user != self.lead);
        others.next().unwrap_or(self.supervisor)
    }

    /// Full years of the child on a day, by the latest day on which it can be born.
    pub(super) fn years(&self, on: NaiveDate) -> Option<u32> {
        on.years_since(self.born?)
    }

    /// The columns that each row of a file has.
    pub(super) fn row(&self, id: Uuid) -> Value {
        json!({ "id": id, "case_id": self.episode.case_id, "territory_id": self.episode.territory_id })
    }
}

/// A row and more of its columns.
pub(super) fn with(mut row: Value, more: Value) -> Value {
    if let (Value::Object(row), Value::Object(more)) = (&mut row, more) {
        row.extend(more);
    }
    row
}

/// The rows of each table, by its name.
#[derive(Default)]
pub(super) struct Sheets(HashMap<&'static str, Vec<Value>>);

impl Sheets {
    /// Whether nothing has been added to that table yet.
    pub(super) fn is_empty(&self, table: &str) -> bool {
        self.0.get(table).is_none_or(Vec::is_empty)
    }

    /// One row more; the rows of a table have the same columns.
    pub(super) fn add(&mut self, table: &'static str, row: Value) {
        self.0.entry(table).or_default().push(row);
    }

    /// Writes the rows of one table.
    pub(super) async fn write(
        &mut self,
        connection: &mut PgConnection,
        table: &'static str,
    ) -> anyhow::Result<()> {
        self.write_or(connection, table, "").await
    }

    /// The same; what becomes of a row that is there already.
    pub(super) async fn write_or(
        &mut self,
        connection: &mut PgConnection,
        table: &'static str,
        otherwise: &'static str,
    ) -> anyhow::Result<()> {
        let rows = self.0.remove(table).unwrap_or_default();
        let Some(Value::Object(first)) = rows.first() else {
            return Ok(());
        };
        let columns: Vec<&str> = first.keys().map(String::as_str).collect();
        let columns = columns.join(", ");
        // names of tables and columns are literals of the demonstration
        let sql = format!(
            "insert into app.{table} ({columns}) select {columns} from jsonb_populate_recordset(null::app.{table}, $1) {otherwise}"
        );
        sqlx::query(AssertSqlSafe(sql))
            .bind(Value::Array(rows))
            .execute(connection)
            .await
            .context(table)?;
        Ok(())
    }
}
