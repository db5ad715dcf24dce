//! Sealing: it waits for slow transactions, is cut off without harm, and never covers damage.

use super::Trail;
use sanad::{
    clock::Clock,
    seal::{self},
};
use sqlx::Connection;

#[tokio::test]
async fn what_was_sealed_verifies_and_the_rest_is_told() {
    let trail = Trail::new().await;
    trail.write(2).await;
    let report = trail.report().await;
    assert_eq!(report.faults, []);
    assert_eq!((report.leaves, report.checkpoints, report.tail), (12, 3, 2));
    assert!(report.tail_since.is_some());
    let (first, after) = (trail.row(3).await, trail.row(4).await);
    assert_eq!(after - first, 2, "a number that was lost is no fault");
    trail.seal(2).await;
    assert_eq!(
        trail.work.seal().await.unwrap(),
        0,
        "nothing waits: no empty checkpoint"
    );
    assert_eq!(trail.report().await.checkpoints, 4);
}

/// Numbers are given before a commit: a slow transaction must not end up behind the seal; and nobody waits.
#[tokio::test]
async fn sealing_waits_for_slow_transactions_and_nobody_waits_for_sealing() {
    let trail = Trail::new().await;
    let mut slow = trail.db.connect("postgres").await;
    let mut open = slow.begin().await.unwrap();
    sqlx::query("select audit.record('case.opened', 'case', null, null, null, null)")
        .execute(&mut *open)
        .await
        .unwrap();
    trail.write(3).await;
    assert_eq!(
        trail.work.seal().await.unwrap(),
        0,
        "an older transaction still runs"
    );
    open.commit().await.unwrap();

    let mut sealing = trail.work.db.begin("seal_audit").await.unwrap();
    let mut sealed = 0;
    while sealed < 4 {
        let done = seal::seal(&mut sealing, &trail.work.key, Clock::system().now()).await;
        sealed += done.unwrap().map_or(0, |done| done.rows);
    }
    assert_eq!(sealed, 4);
    // not committed yet: others write, and a second sealer finds the place taken
    trail.write(1).await;
    assert_eq!(trail.work.seal().await.unwrap(), 0);
    sealing.commit().await.unwrap();
    trail.seal(1).await;
    assert_eq!(trail.report().await.faults, []);
}

#[tokio::test]
async fn a_sealing_that_was_cut_off_left_nothing() {
    let trail = Trail::new().await;
    trail.write(2).await;
    let mut sealing = trail.work.db.begin("seal_audit").await.unwrap();
    seal::seal(&mut sealing, &trail.work.key, Clock::system().now())
        .await
        .unwrap();
    drop(sealing);
    let report = trail.report().await;
    assert_eq!((report.faults, report.leaves, report.tail), (vec![], 12, 2));
    trail.seal(2).await;
}

/// On a damaged edge no new root is signed: it would make the damage look sealed.
#[tokio::test]
async fn nothing_is_sealed_on_damage() {
    let trail = Trail::new().await;
    trail
        .tamper("update audit.checkpoint set root = sha256('x') where id = 3")
        .await;
    trail.write(1).await;
    assert!(trail.work.seal().await.is_err());
}

/// After a restore elsewhere transactions are counted anew, and what was not sealed yet is sealed there.
#[tokio::test]
async fn a_trail_that_moved_to_another_cluster_is_sealed_on() {
    let trail = Trail::new().await;
    trail
        .tamper(
            "update audit.checkpoint set cluster = 'elsewhere' where id = 3;
             insert into audit.event (xid, action, row_hash) values ('99999999999', 'case.opened', sha256('x'))",
        )
        .await;
    trail.write(1).await;
    trail.seal(2).await;
    trail.write(1).await;
    trail.seal(1).await;
}
