//! Live figures, counted over all files and kept for some minutes: the committee reads the same page many times,
//! and a count of the whole country costs a thousand pages (decision 0052).
//!
//! They are the same for whoever may read figures: rounded, and without a person.

mod cells;

pub use cells::{Cell, Cells, Measure};

use crate::{db::Db, error::AppError, ids::TerritoryId};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// One that nobody asked for again is let go.
const KEPT: TimeDelta = TimeDelta::hours(1);

/// The figures of a day, and when they were counted.
#[derive(Debug)]
pub struct Counted {
    /// The figures.
    pub cells: Cells,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was counted lately, shared by all requests.
#[derive(Debug, Clone)]
pub struct Figures {
    days: Arc<Mutex<HashMap<NaiveDate, Day>>>,
    fresh: TimeDelta,
}

/// One day. Whoever counts it holds the lock.
#[derive(Debug, Clone, Default)]
struct Day {
    counting: Arc<tokio::sync::Mutex<()>>,
    last: Option<Arc<Counted>>,
}

impl Figures {
    /// A count serves for so long; for no time, each reader counts.
    pub fn new(fresh: TimeDelta) -> Self {
        Self {
            days: Arc::default(),
            fresh,
        }
    }

    /// The figures of a day of the grid. An old count is shown to everyone but the one who counts anew; only
    /// where there is none do others wait for it.
    pub async fn of(
        &self,
        db: &Db,
        day: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Arc<Counted>, AppError> {
        let Day { counting, last } = self.look(day);
        let alone = match (counting.try_lock(), last) {
            (_, Some(last)) if now - last.at < self.fresh => return Ok(last),
            (Ok(alone), _) => alone,
            (Err(_), Some(last)) => return Ok(last),
            (Err(_), None) => counting.lock().await,
        };
        // somebody may have counted while this one waited
        if let Some(last) = self
            .look(day)
            .last
            .filter(|last| now - last.at < self.fresh)
        {
            return Ok(last);
        }
        let counted = Arc::new(Counted {
            cells: count(db, day).await?,
            at: now,
        });
        self.keep(day, &counted);
        drop(alone);
        Ok(counted)
    }

    fn look(&self, day: NaiveDate) -> Day {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        days.entry(day).or_default().clone()
    }

    fn keep(&self, day: NaiveDate, counted: &Arc<Counted>) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        days.retain(|_, day| {
            day.last
                .as_ref()
                .is_none_or(|last| counted.at - last.at < KEPT)
        });
        days.entry(day).or_default().last = Some(Arc::clone(counted));
    }
}

/// Asked as `sanad_stat`: no personal table answers it.
async fn count(db: &Db, day: NaiveDate) -> Result<Cells, AppError> {
    let mut tx = db.begin_figures().await?;
    let cells = sqlx::query_as!(
        Cell,
        r#"select measure as "measure!: Measure", territory_id as "territory: TerritoryId", key as "key!",
               sex as "sex!", n as "n!"
           from stat.figures($1)"#,
        day
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Cells(cells))
}
