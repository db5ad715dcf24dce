//! From `reference/*.csv` into the database, as often as one likes: rows are added or corrected, never
//! removed (a code is for ever; it is closed by its `valid_to`).

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/reference/"]
#[include = "*.csv"]
struct Files;

/// Why the data could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file is not there or not UTF-8.
    #[error("reference file {0} is missing")]
    Missing(String),
    /// The file is not a table.
    #[error("reference file {0}: {1}")]
    Csv(String, csv::Error),
    /// The database refused it.
    #[error("reference file {0}: {1}")]
    Database(String, sqlx::Error),
}

/// Files whose columns are those of one table with the primary key named here.
const PLAIN: &[(&str, &str, &str)] = &[
    ("sex", "ref.sex", "code"),
    ("birth_basis", "ref.birth_basis", "code"),
    ("identifier_kind", "ref.identifier_kind", "code"),
    ("civil_status", "ref.civil_status", "code"),
    ("education_status", "ref.education_status", "code"),
    ("language", "ref.language", "code"),
    ("disability", "ref.disability", "code"),
    ("reporting_group", "ref.reporting_group", "code"),
    ("nationality", "ref.nationality", "code"),
    ("age_band", "ref.age_band", "code"),
    ("contact_place", "ref.contact_place", "code"),
    ("circumstance", "ref.circumstance", "code"),
    ("adult_relation", "ref.adult_relation", "code"),
    ("relation_proof", "ref.relation_proof", "code"),
    ("contact_action", "ref.contact_action", "code"),
    ("contact_outcome", "ref.contact_outcome", "code"),
    ("red_flag", "ref.red_flag", "code"),
    (
        "exploitation_indicator",
        "ref.exploitation_indicator",
        "code",
    ),
    ("need", "ref.need", "code"),
    ("information_source", "ref.information_source", "code"),
    ("consent_basis", "ref.consent_basis", "code"),
    ("risk_level", "ref.risk_level", "code"),
    ("document_kind", "ref.document_kind", "code"),
    ("open_reason", "ref.open_reason", "code"),
    ("protection_reason", "ref.protection_reason", "code"),
    ("emergency_reason", "ref.emergency_reason", "code"),
    ("clinical_kind", "ref.clinical_kind", "code"),
    ("closure_reason", "ref.closure_reason", "code"),
    ("placement_type", "ref.placement_type", "code"),
    ("service_kind", "ref.service_kind", "code"),
    ("service_outcome", "ref.service_outcome", "code"),
    ("service_reason", "ref.service_reason", "code"),
    ("court_change_reason", "ref.court_change_reason", "code"),
    ("judicial_target", "ref.judicial_target", "code"),
    ("court_venue", "ref.court_venue", "code"),
    ("court_outcome", "ref.court_outcome", "code"),
    ("juvenile_measure", "ref.juvenile_measure", "code"),
    ("judicial_question", "ref.judicial_question", "code"),
    ("no_procedure_reason", "ref.no_procedure_reason", "code"),
    (
        "non_prosecution_reason",
        "ref.non_prosecution_reason",
        "code",
    ),
    ("child_decision_kind", "ref.child_decision_kind", "code"),
    ("adult_decision_kind", "ref.adult_decision_kind", "code"),
    ("offence", "ref.offence", "code"),
    ("org_type", "ref.org_type", "code"),
    ("meeting_kind", "ref.meeting_kind", "code"),
    ("seat_sector", "ref.seat_sector", "code"),
    ("task_rule", "ref.task_rule", "code"),
    ("assessment_domain", "ref.assessment_domain", "code"),
    ("bid_occasion", "ref.bid_occasion", "code"),
    ("care_term", "ref.care_term", "code"),
    ("body_sign", "ref.body_sign", "code"),
    ("body_part", "ref.body_part", "code"),
    ("shelter_standard", "ref.shelter_standard", "code"),
    ("place_reason", "ref.place_reason", "code"),
    ("bed_refusal", "ref.bed_refusal", "code"),
    ("consent_giver", "ref.consent_giver", "code"),
    ("view_absence", "ref.view_absence", "code"),
    ("complaint_source", "ref.complaint_source", "code"),
    ("complaint_subject", "ref.complaint_subject", "code"),
    ("interview_script", "ref.interview_script", "code"),
    ("missed_reason", "ref.missed_reason", "code"),
    (
        "case_target",
        "ref.case_target",
        "territory_id, state, risk",
    ),
    ("courts", "ref.court", "id"),
    (
        "court_target",
        "ref.court_target",
        "court_id, code, valid_from",
    ),
    ("organisations", "ref.organisation", "code"),
    ("letter_party", "ref.letter_party", "code"),
    ("letter_purpose", "ref.letter_purpose", "code"),
    ("partner_role", "ref.partner_role", "code"),
    ("activation_step", "ref.activation_step", "code"),
    ("readiness_criterion", "ref.readiness_criterion", "code"),
    ("phases", "plan.phase", "code"),
];

/// Files that become something else than one table. `$1` is the file as a JSON array of rows.
const SHAPED: &[(&str, &str)] = &[
    ("regions", include_str!("sql/regions.sql")),
    ("territories", include_str!("sql/territories.sql")),
    ("places", include_str!("sql/places.sql")),
    ("jurisdiction", include_str!("sql/jurisdiction.sql")),
    (
        "organisation_names",
        include_str!("sql/organisation_names.sql"),
    ),
    // before what names a city
    ("plan_cities", include_str!("sql/plan_cities.sql")),
    ("plan_decisions", include_str!("sql/plan_decisions.sql")),
    (
        "plan_decisions",
        include_str!("sql/plan_decision_cities.sql"),
    ),
    ("plan_partners", include_str!("sql/plan_partners.sql")),
    ("meetings", include_str!("sql/meetings.sql")),
    ("meetings", include_str!("sql/meeting_cities.sql")),
    (
        "historical_aggregates",
        include_str!("sql/historical_aggregates.sql"),
    ),
    (
        "historical_aggregates",
        include_str!("sql/historical_scope.sql"),
    ),
];

/// What must be loaded before the rest, because others point to it.
const FIRST: &[&str] = &["regions", "territories", "places"];

/// Loads every file in one transaction, unless they are those of last time. `connection` acts as the owner of the schemas.
pub async fn load(connection: &mut PgConnection) -> Result<(), LoadError> {
    let lift = |error| LoadError::Database("transaction".into(), error);
    let mut tx = connection.begin().await.map_err(lift)?;
    let print = print();
    let known = sqlx::query_scalar!("select sha256 from ref.load")
        .fetch_optional(&mut *tx)
        .await
        .map_err(lift)?;
    if known.is_some_and(|known| known == print) {
        return Ok(());
    }
    let (early, late): (Vec<_>, Vec<_>) = SHAPED.iter().partition(|(file, _)| FIRST.contains(file));
    for (file, sql) in early {
        run(&mut tx, file, (*sql).to_owned()).await?;
    }
    for (file, table, key) in PLAIN {
        let sql = upsert(file, table, key)?;
        run(&mut tx, file, sql).await?;
    }
    for (file, sql) in late {
        run(&mut tx, file, (*sql).to_owned()).await?;
    }
    sqlx::query!(
        "insert into ref.load (sha256) values ($1) on conflict (one) do update set sha256 = excluded.sha256",
        print.as_slice()
    )
    .execute(&mut *tx)
    .await
    .map_err(lift)?;
    tx.commit().await.map_err(lift)
}

/// A print of every file and of what is made of it.
fn print() -> [u8; 32] {
    let mut hasher = Sha256::new();
    for name in Files::iter() {
        hasher.update(name.as_bytes());
        if let Some(file) = Files::get(&name) {
            hasher.update(file.metadata.sha256_hash());
        }
    }
    for (_, sql) in SHAPED {
        hasher.update(sql.as_bytes());
    }
    hasher.finalize().into()
}

async fn run(connection: &mut PgConnection, file: &str, sql: String) -> Result<(), LoadError> {
    let rows = rows(file)?;
    sqlx::query(AssertSqlSafe(sql))
        .bind(rows)
        .execute(connection)
        .await
        .map_err(|error| LoadError::Database(file.to_owned(), error))?;
    Ok(())
}

/// `insert … select … on conflict (key) do update`, over the columns that the file has.
fn upsert(file: &str, table: &str, key: &str) -> Result<String, LoadError> {
    let columns = header(file)?;
    let list = columns
        .iter()
        .map(|c| format!("\"{c}\""))
        .collect::<Vec<_>>()
        .join(", ");
    let changes = columns
        .iter()
        .filter(|c| !key.split(", ").any(|k| k == c.as_str()))
        .map(|c| format!("\"{c}\" = excluded.\"{c}\""))
        .collect::<Vec<_>>()
        .join(", ");
    Ok(format!(
        "insert into {table} ({list}) select {list} from jsonb_populate_recordset(null::{table}, $1)
         on conflict ({key}) do update set {changes}"
    ))
}

fn reader(file: &str) -> Result<csv::Reader<std::io::Cursor<Vec<u8>>>, LoadError> {
    let data = Files::get(&format!("{file}.csv"))
        .ok_or_else(|| LoadError::Missing(format!("{file}.csv")))?;
    Ok(csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(std::io::Cursor::new(data.data.into_owned())))
}

fn header(file: &str) -> Result<Vec<String>, LoadError> {
    let fail = |error| LoadError::Csv(file.to_owned(), error);
    Ok(reader(file)?
        .headers()
        .map_err(fail)?
        .iter()
        .map(str::to_owned)
        .collect())
}

/// The rows as JSON objects; an empty cell is null.
fn rows(file: &str) -> Result<serde_json::Value, LoadError> {
    let fail = |error| LoadError::Csv(file.to_owned(), error);
    let names = header(file)?;
    let mut rows = Vec::new();
    for record in reader(file)?.records() {
        let record = record.map_err(fail)?;
        let row = names
            .iter()
            .zip(record.iter())
            .map(|(name, cell)| {
                let value = if cell.is_empty() {
                    serde_json::Value::Null
                } else {
                    cell.into()
                };
                (name.clone(), value)
            })
            .collect::<serde_json::Map<_, _>>();
        rows.push(serde_json::Value::Object(row));
    }
    Ok(serde_json::Value::Array(rows))
}
