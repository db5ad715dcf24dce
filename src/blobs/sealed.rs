//! From a document to sealed bytes and back, chunk by chunk ([`crate::vault::stream`]).

use super::{BlobError, Blobs};
use crate::vault::{
    CannotSeal, Field, Key, Unreadable,
    stream::{CHUNK, HEAD, Opener, SEALED_CHUNK, Sealer, sealed_len},
};
use axum::body::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Seals a document. Takes time: call it where nobody waits for an answer.
pub fn seal(key: &Key, field: Field, row: Uuid, plain: &[u8]) -> Result<Vec<Bytes>, CannotSeal> {
    let (mut sealer, head) = Sealer::new(key, field, row)?;
    let mut sealed = vec![Bytes::copy_from_slice(&head)];
    let mut rest = plain;
    while rest.len() > CHUNK {
        let (chunk, after) = rest.split_at(CHUNK);
        sealed.push(sealer.next(chunk)?.into());
        rest = after;
    }
    sealed.push(sealer.last(rest)?.into());
    Ok(sealed)
}

/// Reads sealed bytes; gives what was verified.
pub struct Reader {
    stream: BoxStream<'static, Result<Bytes, object_store::Error>>,
    buffer: Vec<u8>,
    /// Sealed bytes that are not opened yet.
    left: u64,
    opener: Option<Opener>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reader({} bytes left)", self.left)
    }
}

impl Reader {
    /// Begins. Bytes of another length than those that were written are damaged before the first is read.
    pub async fn open(
        blobs: &Blobs,
        name: Uuid,
        key: &Key,
        (field, row): (Field, Uuid),
        plain: u64,
    ) -> Result<Self, BlobError> {
        let (size, stream) = blobs.get(name).await?;
        if size != sealed_len(plain) {
            return Err(Unreadable::Shape.into());
        }
        let mut reader = Self {
            stream,
            buffer: Vec::new(),
            left: size,
            opener: None,
        };
        let head = reader.take(HEAD).await?;
        reader.opener = Some(Opener::new(key, field, row, &head)?);
        Ok(reader)
    }

    /// The next chunk, or the end.
    pub async fn next(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, BlobError> {
        if self.left > SEALED_CHUNK as u64 {
            let sealed = self.take(SEALED_CHUNK).await?;
            let opener = self.opener.as_mut().ok_or(Unreadable::Shape)?;
            return Ok(Some(opener.next(&sealed)?));
        }
        let Some(opener) = self.opener.take() else {
            return Ok(None);
        };
        let left = usize::try_from(self.left).map_err(|_| Unreadable::Shape)?;
        let sealed = self.take(left).await?;
        Ok(Some(opener.last(&sealed)?))
    }

    /// So many bytes of the stream.
    async fn take(&mut self, count: usize) -> Result<Vec<u8>, BlobError> {
        while self.buffer.len() < count {
            let more = self.stream.next().await.ok_or(Unreadable::Shape)??;
            self.buffer.extend_from_slice(&more);
        }
        let rest = self.buffer.split_off(count);
        self.left = self.left.saturating_sub(count as u64);
        Ok(std::mem::replace(&mut self.buffer, rest))
    }
}
