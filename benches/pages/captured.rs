//! The statements of one request, from PostgreSQL's log to a script of `pgbench`: the same texts, the same
//! values, the same transactions.

use serde::Deserialize;
use std::{
    fs::File,
    io::{BufRead, BufReader, Seek, SeekFrom},
    path::Path,
    time::Duration,
};

/// A line of the log.
#[derive(Debug, Deserialize)]
struct Logged {
    #[serde(default)]
    message: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    user: String,
}

/// A statement as the program sent it.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The role it ran as.
    pub role: String,
    sql: String,
    /// As text; `None` is NULL.
    values: Vec<Option<String>>,
}

/// How long the log is.
pub fn end(log: &Path) -> u64 {
    std::fs::metadata(log).map_or(0, |file| file.len())
}

/// What was logged after that place. The collector writes a moment late.
pub fn since(log: &Path, from: u64) -> anyhow::Result<Vec<Statement>> {
    std::thread::sleep(Duration::from_millis(300));
    let mut file = File::open(log)?;
    file.seek(SeekFrom::Start(from))?;
    let mut statements = Vec::new();
    for line in BufReader::new(file).lines() {
        let logged: Logged = serde_json::from_str(&line?)?;
        statements.extend(Statement::of(logged));
    }
    Ok(statements)
}

impl Statement {
    fn of(line: Logged) -> Option<Self> {
        let sql = match line.message.strip_prefix("statement: ") {
            Some(sql) => sql,
            None => line.message.strip_prefix("execute ")?.split_once(": ")?.1,
        };
        // said once by a new connection: no page's doing
        if sql.starts_with("set timezone") {
            return None;
        }
        Some(Self {
            sql: sql.to_owned(),
            values: values(line.detail.strip_prefix("parameters: ").unwrap_or_default()),
            role: line.user,
        })
    }

    /// Whether it asks something: the rest begins and ends transactions.
    pub fn asks(&self) -> bool {
        let first = self.sql.split_whitespace().next().unwrap_or_default();
        !["begin", "commit", "rollback"].contains(&first.to_lowercase().trim_end_matches(';'))
    }

    /// In a script: each value a variable, so that the statement is prepared once as the program's is. A new
    /// row gets an id that no run before it had.
    fn write(&self, name: &str, new: &[String], script: &mut Script) {
        // on one line a comment would not end
        let lines = self
            .sql
            .lines()
            .map(|line| line.split("--").next().unwrap_or_default());
        let mut sql = lines.collect::<Vec<_>>().join(" ");
        for (n, value) in self.values.iter().enumerate().rev() {
            let place = match value {
                None => "null".to_owned(),
                Some(id) if new.contains(id) => fresh(id),
                Some(value) => {
                    let variable = format!("{name}_{n}");
                    let place = format!(":{variable}");
                    script.variables.push((variable, value.clone()));
                    place
                }
            };
            sql = sql.replace(&format!("${}", n + 1), &place);
        }
        script.text.push_str(&sql);
        script.text.push_str(";\n");
    }

    /// The ids in it that were made with that one, for the rows of the same form.
    /// Six digits are a stretch of five hours.
    fn made_with(&self, id: &str) -> impl Iterator<Item = String> {
        let moment = id.get(..6).unwrap_or(id).to_owned();
        let made = move |value: &&String| value.len() == 36 && value.starts_with(&moment);
        self.values.iter().flatten().filter(made).cloned()
    }
}

/// What `pgbench` runs.
#[derive(Debug, Default)]
pub struct Script {
    /// The statements.
    pub text: String,
    /// Values for its variables.
    pub variables: Vec<(String, String)>,
}

impl Script {
    /// Of one request; `name` tells its variables from those of others. `form` is the id of the form that was
    /// sent, if one was.
    pub fn new(name: &str, statements: &[Statement], form: Option<&str>) -> Self {
        let mut script = Self::default();
        let mut new = Vec::new();
        if let Some(form) = form {
            script
                .text
                .push_str("\\set k random(1, 9223372036854775807)\n");
            new = statements
                .iter()
                .flat_map(|statement| statement.made_with(form))
                .collect();
        }
        for (number, statement) in statements.iter().enumerate() {
            statement.write(&format!("{name}_{number}"), &new, &mut script);
        }
        script
    }
}

/// The moment of that id and its version stay: indexes grow at one end, as in use.
fn fresh(id: &str) -> String {
    let digits: String = id.chars().filter(|c| *c != '-').collect();
    let (moment, rest) = digits.split_at_checked(13).unwrap_or((&digits, ""));
    format!("('{moment}' || substr(md5(:k::text || '{rest}'), 1, 19))::uuid")
}

/// `$1 = 'it''s', $2 = NULL`, as PostgreSQL writes values into its log.
fn values(mut text: &str) -> Vec<Option<String>> {
    let mut found = Vec::new();
    while let Some((_, rest)) = text.split_once(" = ") {
        if let Some(quoted) = rest.strip_prefix('\'') {
            let mut value = String::new();
            let mut parts = quoted.split('\'');
            value.push_str(parts.next().unwrap_or_default());
            let mut used = value.len() + 1;
            // two quotes are one of the text
            while quoted[used..].starts_with('\'') {
                let next = quoted[used + 1..].split('\'').next().unwrap_or_default();
                value.push('\'');
                value.push_str(next);
                used += next.len() + 2;
            }
            found.push(Some(value));
            text = &quoted[used..];
        } else {
            found.push(None);
            text = rest;
        }
    }
    found
}
