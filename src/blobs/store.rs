//! Where the bytes lie.

use super::BlobError;
use crate::vault::Unreadable;
use axum::body::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, local::LocalFileSystem,
    memory::InMemory, path::Path,
};
use std::sync::Arc;
use uuid::Uuid;

/// The store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

/// The bytes of one blob as they lie there, and how many they are.
pub(super) type Raw = (u64, BoxStream<'static, Result<Bytes, object_store::Error>>);

impl Blobs {
    /// A folder of this machine, made if it is not there, entered by nobody else. What is written is on the
    /// disk before the call returns.
    pub fn in_folder(folder: &std::path::Path) -> std::io::Result<Self> {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(std::io::Error::other)?
            .with_fsync(true);
        Ok(Self(Arc::new(store)))
    }

    /// A bucket. Address and credentials are settings named `AWS_…`, as every tool of that kind reads them from
    /// its environment; what has another name is not looked at.
    #[cfg(feature = "s3")]
    pub fn in_bucket(
        name: &str,
        settings: impl IntoIterator<Item = (String, String)>,
    ) -> std::io::Result<Self> {
        use object_store::aws::AmazonS3Builder;
        let store = settings
            .into_iter()
            .filter(|(name, _)| name.starts_with("AWS_"))
            .fold(AmazonS3Builder::new(), |store, (name, value)| {
                match name.to_ascii_lowercase().parse() {
                    Ok(key) => store.with_config(key, value),
                    Err(_) => store,
                }
            })
            .with_bucket_name(name)
            .build()
            .map_err(std::io::Error::other)?;
        Ok(Self(Arc::new(store)))
    }

    /// Gone with the process: for tests.
    pub fn in_memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Keeps bytes under a name that is not taken: sealed, but for those that anybody may read.
    pub async fn put(&self, name: Uuid, sealed: Vec<Bytes>) -> Result<(), BlobError> {
        let once = PutOptions {
            mode: PutMode::Create,
            ..PutOptions::default()
        };
        self.0
            .put_opts(&place(name), PutPayload::from_iter(sealed), once)
            .await?;
        Ok(())
    }

    /// What was put unsealed because anybody may read it, if it is so many bytes.
    pub async fn open(&self, name: Uuid, size: u64) -> Result<Bytes, BlobError> {
        let found = self.0.get(&place(name)).await?;
        if found.meta.size != size {
            return Err(Unreadable::Shape.into());
        }
        Ok(found.bytes().await?)
    }

    /// The bytes as they lie there.
    pub(super) async fn get(&self, name: Uuid) -> Result<Raw, BlobError> {
        let found = self.0.get(&place(name)).await?;
        Ok((found.meta.size, found.into_stream()))
    }

    /// Whether there is such a name.
    pub async fn has(&self, name: Uuid) -> Result<bool, BlobError> {
        match self.0.head(&place(name)).await.map_err(BlobError::from) {
            Ok(_) => Ok(true),
            Err(BlobError::Missing) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Every name, and when its bytes were written. What has another kind of name is not ours.
    pub async fn list(&self) -> Result<Vec<(Uuid, DateTime<Utc>)>, BlobError> {
        let found: Vec<_> = self
            .0
            .list(None)
            .map(|meta| {
                meta.map(|meta| {
                    let name = meta.location.filename()?.parse().ok()?;
                    (place(name) == meta.location).then_some((name, meta.last_modified))
                })
            })
            .try_collect()
            .await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Removes one.
    pub async fn remove(&self, name: Uuid) -> Result<(), BlobError> {
        Ok(self.0.delete(&place(name)).await?)
    }
}

/// `ab/ab3f…`: no folder grows without end.
fn place(name: Uuid) -> Path {
    let name = name.simple().to_string();
    let shelf: String = name.chars().take(2).collect();
    Path::from_iter([shelf, name])
}
