//! Sealing: the rows that no running transaction can still add to become leaves, in one transaction.

use super::{
    SealError,
    note::{Checkpoint, SealKey},
    row::Row,
    tree::{Hash, Tree},
};
use chrono::{DateTime, SubsecRound, Utc};
use sqlx::PgConnection;

/// Rows of one checkpoint at most; a longer backlog gets several.
const BATCH: i64 = 20_000;

/// One sealer at a time; a second one does nothing.
const SEALING: i64 = 0x5345_414c;

/// A checkpoint that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Leaves added.
    pub rows: usize,
    /// Leaves in all.
    pub size: u64,
    /// The signed root, in hex.
    pub root: String,
    /// Whether more rows wait: seal again.
    pub more: bool,
}

/// Where the last sealing ended.
struct Edge {
    tree: Tree,
    id: i32,
    horizon: String,
    cluster: String,
}

/// Seals what was written since the last time. `None`: nothing was, or another process is at it.
///
/// Rows count as written when their transaction ended before any that still runs began
/// (`pg_snapshot_xmin`): identities are given before a commit, so a slow transaction would otherwise slip in
/// behind the seal. The caller's transaction makes it last; writers of the trail notice nothing.
pub async fn seal(
    tx: &mut PgConnection,
    key: &SealKey,
    now: DateTime<Utc>,
) -> Result<Option<Sealed>, SealError> {
    let at = now.trunc_subsecs(6);
    let now = sqlx::query!(
        r#"select pg_try_advisory_xact_lock($1) as "ours!",
                  pg_snapshot_xmin(pg_current_snapshot())::text as "xmin!",
                  pg_snapshot_xmax(pg_current_snapshot())::text as "xmax!",
                  (select system_identifier::text from pg_control_system()) as "cluster!""#,
        SEALING
    )
    .fetch_one(&mut *tx)
    .await?;
    if !now.ours {
        return Ok(None);
    }
    let edge = edge(tx).await?;
    // after a restore elsewhere, transactions are counted anew: look at every row once
    let moved = edge.cluster != now.cluster;
    let mut rows = waiting(tx, &edge, moved, &now.xmin, &now.xmax).await?;
    let Some(last) = rows.last() else {
        return Ok(None);
    };
    let more = rows.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX);
    let horizon = if more { last.xid.clone() } else { now.xmin };
    let cluster = if more && moved {
        edge.cluster
    } else {
        now.cluster
    };

    // the order of a batch is free: that of time lets a verifier see what was dated back
    rows.sort_by_key(|row| (row.at, row.id));
    let first = edge.tree.size();
    let mut tree = edge.tree;
    let leaves: Vec<Hash> = rows.iter().map(Row::leaf).collect();
    for leaf in &leaves {
        tree.push(*leaf);
    }
    sqlx::query!(
        "insert into audit.leaf (seq, event_id, event_at, hash)
         select $1 + n - 1, event_id, event_at, hash
         from unnest($2::bigint[], $3::timestamptz[], $4::bytea[]) with ordinality
             as new (event_id, event_at, hash, n)",
        i64::try_from(first).map_err(|_| SealError::Damaged)?,
        &rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        &rows.iter().map(|row| row.at).collect::<Vec<_>>(),
        &leaves.iter().map(|leaf| leaf.to_vec()).collect::<Vec<_>>()
    )
    .execute(&mut *tx)
    .await?;
    let checkpoint = Checkpoint {
        size: tree.size(),
        root: tree.root(),
        at,
        horizon: horizon.parse().map_err(|_| SealError::Damaged)?,
        cluster,
    };
    sqlx::query!(
        "insert into audit.checkpoint (id, size, root, peaks, horizon, cluster, at, note)
         values ($1, $2, $3, $4, ($5::text)::xid8, $6, $7, $8)",
        edge.id + 1,
        i64::try_from(checkpoint.size).map_err(|_| SealError::Damaged)?,
        checkpoint.root.as_slice(),
        &tree
            .peaks()
            .iter()
            .map(|peak| peak.to_vec())
            .collect::<Vec<_>>(),
        horizon,
        checkpoint.cluster,
        checkpoint.at,
        key.sign(&checkpoint)
    )
    .execute(tx)
    .await?;
    Ok(Some(Sealed {
        rows: rows.len(),
        size: checkpoint.size,
        root: hex::encode(checkpoint.root),
        more,
    }))
}

async fn edge(tx: &mut PgConnection) -> Result<Edge, SealError> {
    let last = sqlx::query!(
        r#"select id, size, root, peaks, horizon::text as "horizon!", cluster
           from audit.checkpoint order by id desc limit 1"#
    )
    .fetch_optional(tx)
    .await?;
    let Some(last) = last else {
        return Ok(Edge {
            tree: Tree::default(),
            id: 0,
            horizon: "0".to_owned(),
            cluster: String::new(),
        });
    };
    let peaks: Result<Vec<Hash>, _> = last.peaks.into_iter().map(Hash::try_from).collect();
    let size = u64::try_from(last.size).map_err(|_| SealError::Damaged)?;
    let tree = peaks.ok().and_then(|peaks| Tree::restore(size, peaks));
    // a new root on a damaged edge would make the damage look sealed
    let tree = tree.filter(|tree| tree.root().as_slice() == last.root);
    Ok(Edge {
        tree: tree.ok_or(SealError::Damaged)?,
        id: last.id,
        horizon: last.horizon,
        cluster: last.cluster,
    })
}

async fn waiting(
    tx: &mut PgConnection,
    edge: &Edge,
    moved: bool,
    xmin: &str,
    xmax: &str,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"select e.id, e.at, e.xid::text as "xid!", e.actor, e.assignment, e.action, e.territory_id,
                  e.object_kind, e.object_id, e.fields::text as "fields!", e.reason, e.request_id, e.row_hash
           from audit.event e
           where e.xid >= (case when $3 then '0' else $1::text end)::xid8
             and (e.xid < ($2::text)::xid8 or ($3 and e.xid >= ($4::text)::xid8))
             and not exists (select from audit.leaf l where l.event_id = e.id and l.event_at = e.at)
           order by e.xid, e.id limit $5"#,
        edge.horizon,
        xmin,
        moved,
        xmax,
        BATCH
    )
    .fetch_all(tx)
    .await
}
