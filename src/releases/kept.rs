//! Months that were read lately: what was told never changes, so it is read once and kept (as counts were,
//! decision 0052).

use super::read::{self, Correction, Figures, Release};
use crate::error::AppError;
use sqlx::PgConnection;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Months that are kept at once.
const MOST: usize = 24;

/// A month as it was told, and what was said of it and by it up to the last release.
#[derive(Debug)]
pub struct Month {
    /// The release.
    pub release: Release,
    /// Its cells.
    pub figures: Figures,
    /// The corrections that it lists.
    pub corrections: Vec<Correction>,
    /// What later releases said of it.
    pub later: Vec<Correction>,
}

/// The months, shared by all requests.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<BTreeMap<Key, Arc<Month>>>>);

/// A release, the last release of all, and the print of the one that is read: another database has another.
type Key = (i32, i32, Vec<u8>);

impl Kept {
    /// The month of a release; `last` is the newest one there is.
    pub async fn month(
        &self,
        connection: &mut PgConnection,
        release: &Release,
        last: &Release,
    ) -> Result<Arc<Month>, AppError> {
        let key = (release.number, last.number, release.sha256.clone());
        if let Some(month) = self.look(&key) {
            return Ok(month);
        }
        let month = Arc::new(Month {
            figures: read::figures(&mut *connection, release).await?,
            corrections: read::corrections(&mut *connection, release).await?,
            later: read::corrected_later(&mut *connection, release).await?,
            release: release.clone(),
        });
        self.keep(key, &month);
        Ok(month)
    }

    fn look(&self, key: &Key) -> Option<Arc<Month>> {
        let months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        months.get(key).cloned()
    }

    fn keep(&self, key: Key, month: &Arc<Month>) {
        let mut months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // of an earlier last release nobody asks again; of many months the oldest goes
        months.retain(|(_, last, _), _| *last >= key.1);
        months.insert(key, Arc::clone(month));
        while months.len() > MOST {
            months.pop_first();
        }
    }
}
