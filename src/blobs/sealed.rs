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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::{HolderKind, testing};

    const ROW: Uuid = Uuid::from_u128(9);
    const NAME: Uuid = Uuid::from_u128(3);

    async fn read(blobs: &Blobs, key: &Key, plain: u64) -> (Vec<u8>, Option<BlobError>) {
        let mut out = Vec::new();
        let place = (Field::DOCUMENT, ROW);
        let mut reader = match Reader::open(blobs, NAME, key, place, plain).await {
            Ok(reader) => reader,
            Err(error) => return (out, Some(error)),
        };
        loop {
            match reader.next().await {
                Ok(Some(chunk)) => out.extend_from_slice(&chunk),
                Ok(None) => return (out, None),
                Err(error) => return (out, Some(error)),
            }
        }
    }

    fn key() -> Key {
        testing::key_of(HolderKind::Document)
    }

    fn sealed(key: &Key, plain: &[u8]) -> Vec<Bytes> {
        seal(key, Field::DOCUMENT, ROW, plain).unwrap()
    }

    #[tokio::test]
    async fn a_document_of_any_length_comes_back() {
        let key = key();
        for length in [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7] {
            let plain: Vec<u8> = (0..=250).cycle().take(length).collect();
            let blobs = Blobs::in_memory();
            blobs.put(NAME, sealed(&key, &plain)).await.unwrap();
            let (out, error) = read(&blobs, &key, length as u64).await;
            assert!(error.is_none() && out == plain, "{length}: {error:?}");
            // a name is given once
            assert!(blobs.put(NAME, sealed(&key, &plain)).await.is_err());
        }
    }

    #[tokio::test]
    async fn only_what_was_verified_comes_out() {
        let key = key();
        let plain: Vec<u8> = (0..=250).cycle().take(3 * CHUNK).collect();
        let mut parts = sealed(&key, &plain);
        let mut second = parts[2].to_vec();
        second[77] ^= 1;
        parts[2] = second.into();
        let blobs = Blobs::in_memory();
        blobs.put(NAME, parts).await.unwrap();
        let (out, error) = read(&blobs, &key, plain.len() as u64).await;
        assert!(matches!(error, Some(BlobError::Damaged(_))), "{error:?}");
        assert_eq!(
            out,
            plain[..CHUNK],
            "the first chunk, and nothing of the second"
        );
        let (out, error) = read(&blobs, &key, plain.len() as u64 - 1).await;
        assert!(out.is_empty() && matches!(error, Some(BlobError::Damaged(_))));
        let (_, error) = read(&Blobs::in_memory(), &key, 1).await;
        assert!(matches!(error, Some(BlobError::Missing)));
    }
}
