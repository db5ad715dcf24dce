//! Verification: reads the whole trail and tells everything that does not fit what was sealed.
//!
//! It trusts no function of the database and no hash in it: leaves, roots and signatures are computed here,
//! from the columns of the rows.

use super::{
    SealError,
    note::{Checkpoint, NoteError, TrustedKey},
    row::Row,
    tree::{Hash, Tree},
};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use std::fmt;

/// Leaves read at once.
const STEP: i64 = 5_000;

/// Later than this after its neighbours, a row was not written when it says.
const LATE: TimeDelta = TimeDelta::minutes(10);

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A sealed row is not what it was.
    Edited(i64),
    /// A sealed row is gone.
    Deleted(i64),
    /// A row among those that were sealed long ago, without a leaf.
    Inserted(i64),
    /// A row that says it is older than rows that were sealed before it.
    Backdated(i64),
    /// A leaf is missing at that place: the order is broken.
    Gap(i64),
    /// A checkpoint does not fit the leaves under it: rows were exchanged, or leaves changed.
    Root(i32),
    /// Leaves that no checkpoint holds, or fewer than the last one says.
    Truncated {
        /// Leaves that are there.
        leaves: u64,
        /// Leaves that were sealed.
        sealed: u64,
    },
    /// A checkpoint is missing before that one.
    Missing(i32),
    /// A checkpoint whose note is not believed, or says otherwise than its columns.
    Note(i32, NoteError),
    /// The checkpoint that was kept outside is not one of this trail.
    RolledBack {
        /// Leaves of the checkpoint outside.
        outside: u64,
        /// Leaves that are there.
        leaves: u64,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edited(id) => write!(f, "row {id} was edited after it was sealed"),
            Self::Deleted(id) => write!(f, "row {id} was sealed and is gone"),
            Self::Inserted(id) => write!(f, "row {id} was inserted among sealed rows"),
            Self::Backdated(id) => {
                write!(f, "row {id} says it is older than rows sealed before it")
            }
            Self::Gap(seq) => write!(f, "leaf {seq} is missing"),
            Self::Root(id) => write!(
                f,
                "checkpoint {id} does not fit its rows: reordered, or leaves changed"
            ),
            Self::Truncated { leaves, sealed } => {
                write!(
                    f,
                    "{leaves} leaves are there, {sealed} were sealed: truncated"
                )
            }
            Self::Missing(id) => write!(f, "a checkpoint before {id} is missing"),
            Self::Note(id, error) => write!(f, "checkpoint {id}: {error}"),
            Self::RolledBack { outside, leaves } => write!(
                f,
                "the checkpoint kept outside ({outside} leaves) is not of this trail ({leaves} leaves): rolled back or rewritten"
            ),
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Leaves.
    pub leaves: u64,
    /// Checkpoints.
    pub checkpoints: usize,
    /// The last root, in hex, and when it was signed.
    pub last: Option<(String, DateTime<Utc>)>,
    /// Rows that wait for the next sealing, and since when.
    pub tail: u64,
    /// The oldest of them.
    pub tail_since: Option<DateTime<Utc>>,
    /// Everything that does not fit.
    pub faults: Vec<Fault>,
}

/// Reads the trail from its first row on. `outside` is a signed checkpoint that was kept elsewhere: without
/// it, a trail that was cut and all of whose later checkpoints were removed looks like a younger trail.
pub async fn verify(
    connection: &mut PgConnection,
    trusted: &[TrustedKey],
    outside: Option<&str>,
) -> Result<Report, SealError> {
    let mut report = Report::default();
    let checkpoints = checkpoints(connection, trusted, &mut report).await?;
    let outside = outside.map(|note| Checkpoint::open(note, trusted));
    let mut tree = Tree::default();
    let mut newest: Option<DateTime<Utc>> = None;
    let mut roots = checkpoints.iter().peekable();
    let mut met_outside = false;
    loop {
        let from = i64::try_from(tree.size()).map_err(|_| SealError::Damaged)?;
        let leaves = leaves(connection, from).await?;
        if leaves.is_empty() {
            break;
        }
        for leaf in leaves {
            let seq = i64::try_from(tree.size()).map_err(|_| SealError::Damaged)?;
            if leaf.seq != seq {
                report.faults.push(Fault::Gap(seq));
                return Ok(report);
            }
            match &leaf.row {
                None => report.faults.push(Fault::Deleted(leaf.event)),
                Some(row) if row.leaf().as_slice() != leaf.hash => {
                    report.faults.push(Fault::Edited(leaf.event));
                }
                Some(row) if newest.is_some_and(|newest| row.at < newest - LATE) => {
                    report.faults.push(Fault::Backdated(leaf.event));
                }
                Some(row) => newest = newest.max(Some(row.at)),
            }
            tree.push(Hash::try_from(leaf.hash).map_err(|_| SealError::Damaged)?);
            while let Some((id, checkpoint)) = roots.next_if(|(_, one)| one.size <= tree.size()) {
                if checkpoint.size == tree.size() && checkpoint.root != tree.root() {
                    report.faults.push(Fault::Root(*id));
                }
            }
            if let Some(Ok(kept)) = &outside {
                met_outside |= kept.size == tree.size() && kept.root == tree.root();
            }
        }
    }
    report.leaves = tree.size();
    let sealed = checkpoints.last().map_or(0, |(_, last)| last.size);
    if sealed != tree.size() {
        report.faults.push(Fault::Truncated {
            leaves: tree.size(),
            sealed,
        });
    }
    match outside {
        Some(Ok(kept)) if !met_outside && kept.size > 0 => report.faults.push(Fault::RolledBack {
            outside: kept.size,
            leaves: tree.size(),
        }),
        Some(Err(error)) => report.faults.push(Fault::Note(0, error)),
        _ => {}
    }
    let last = checkpoints.last().map(|(_, last)| last);
    report.last = last.map(|last| (hex::encode(last.root), last.at));
    tail(connection, last, newest, &mut report).await?;
    Ok(report)
}

/// The checkpoints in their order, with what is wrong with each by itself.
async fn checkpoints(
    connection: &mut PgConnection,
    trusted: &[TrustedKey],
    report: &mut Report,
) -> Result<Vec<(i32, Checkpoint)>, SealError> {
    let rows = sqlx::query!("select id, size, root, note from audit.checkpoint order by id")
        .fetch_all(connection)
        .await?;
    let mut checkpoints: Vec<(i32, Checkpoint)> = Vec::new();
    for (row, expected) in rows.into_iter().zip(1..) {
        let missing = checkpoints.last().map_or(expected, |(id, _)| id + 1);
        if row.id != missing {
            report.faults.push(Fault::Missing(row.id));
        }
        match Checkpoint::open(&row.note, trusted) {
            Ok(one) => {
                let grows = checkpoints
                    .last()
                    .is_none_or(|(_, last)| last.size < one.size);
                if !grows
                    || i64::try_from(one.size) != Ok(row.size)
                    || one.root.as_slice() != row.root
                {
                    report.faults.push(Fault::Note(row.id, NoteError::Format));
                }
                checkpoints.push((row.id, one));
            }
            Err(error) => {
                report.faults.push(Fault::Note(row.id, error));
                // what it says is still compared with the rows
                if let Ok(one) = Checkpoint::parse(&row.note) {
                    checkpoints.push((row.id, one));
                }
            }
        }
    }
    report.checkpoints = checkpoints.len();
    Ok(checkpoints)
}

struct Leaf {
    seq: i64,
    hash: Vec<u8>,
    event: i64,
    row: Option<Row>,
}

async fn leaves(connection: &mut PgConnection, from: i64) -> Result<Vec<Leaf>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select l.seq, l.hash, l.event_id, e.id as "id?", e.at as "at?", e.xid::text as xid, e.actor as "actor?",
                  e.assignment as "assignment?", e.action as "action?", e.territory_id as "territory_id?",
                  e.object_kind as "object_kind?", e.object_id as "object_id?", e.fields::text as fields,
                  e.reason as "reason?", e.request_id as "request_id?", e.row_hash as "row_hash?"
           from (select seq, hash, event_id, event_at from audit.leaf where seq >= $1 order by seq limit $2) l
           left join audit.event e on e.id = l.event_id and e.at = l.event_at
           order by l.seq"#,
        from,
        STEP
    )
    .fetch_all(connection)
    .await?;
    let leaves = rows.into_iter().map(|r| {
        let row = match (r.id, r.at, r.xid, r.action, r.fields, r.row_hash) {
            (Some(id), Some(at), Some(xid), Some(action), Some(fields), Some(row_hash)) => {
                Some(Row {
                    id,
                    at,
                    xid,
                    actor: r.actor,
                    assignment: r.assignment,
                    action,
                    territory_id: r.territory_id,
                    object_kind: r.object_kind,
                    object_id: r.object_id,
                    fields,
                    reason: r.reason,
                    request_id: r.request_id,
                    row_hash,
                })
            }
            _ => None,
        };
        Leaf {
            seq: r.seq,
            hash: r.hash,
            event: r.event_id,
            row,
        }
    });
    Ok(leaves.collect())
}

/// Rows without a leaf: those that wait, and those that were put among the sealed ones.
async fn tail(
    connection: &mut PgConnection,
    last: Option<&Checkpoint>,
    newest: Option<DateTime<Utc>>,
    report: &mut Report,
) -> Result<(), SealError> {
    let old = newest.map(|newest| newest - LATE);
    let rows = sqlx::query!(
        r#"select e.id, e.at, coalesce((e.xid < ($1::text)::xid8
                      and $2 = (select system_identifier::text from pg_control_system()))
                     or e.at < $3, false) as "inside!"
           from audit.event e
           where not exists (select from audit.leaf l where l.event_id = e.id and l.event_at = e.at)
           order by e.at, e.id"#,
        last.map(|last| last.horizon.to_string()),
        last.map(|last| last.cluster.clone()),
        old
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        if row.inside {
            report.faults.push(Fault::Inserted(row.id));
        } else {
            report.tail += 1;
            report.tail_since.get_or_insert(row.at);
        }
    }
    Ok(())
}
