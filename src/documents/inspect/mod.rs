//! Whether a file may come in. Its content decides what it is, never its name or the header of the upload; a
//! parser of that kind then reads it whole. Pictures are drawn anew, so that nothing of the received bytes is
//! kept: no place, no camera, no second file behind the first. PDF and DOCX are kept as received and refused
//! when they hold what acts or reaches elsewhere (decision 0045).
//!
//! Everything here is slow and holds memory: call it through [`check`], which lets one file in at a time.

mod docx;
mod pdf;
mod picture;

use super::domain::Media;
use crate::{error::AppError, i18n::Msg};
use axum::body::Bytes;
use image::ImageFormat;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// Largest file that may come in.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// One file is decoded at a time: the largest picture takes some 240 MB for a moment.
static WORKBENCH: Semaphore = Semaphore::const_new(1);

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No byte in it.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// None of the kinds that are taken.
    Unknown,
    /// A picture in the form that some phones keep for themselves.
    Heic,
    /// Its name says another kind than its content.
    Misnamed,
    /// Not whole.
    Damaged,
    /// A picture of more points than anyone needs.
    TooManyPixels,
    /// A PDF that holds programs, forms that send, or other files.
    Active,
    /// Behind a password.
    Locked,
    /// A text document with programs or other files inside.
    Macros,
    /// A text document that fetches parts of itself from elsewhere.
    External,
    /// It grows beyond measure when it is unpacked.
    Bomb,
}

impl Refusal {
    /// What to say, and how to mend it.
    pub fn msg(self) -> Msg {
        match self {
            Self::Empty => Msg::new("document-file-empty"),
            Self::TooLarge => Msg::new("document-file-large").with("max", MAX_BYTES / 1024 / 1024),
            Self::Unknown => Msg::new("document-file-unknown"),
            Self::Heic => Msg::new("document-file-heic"),
            Self::Misnamed => Msg::new("document-file-misnamed"),
            Self::Damaged => Msg::new("document-file-damaged"),
            Self::TooManyPixels => {
                Msg::new("document-file-pixels").with("max", picture::MAX_PIXELS / 1_000_000)
            }
            Self::Active => Msg::new("document-file-active"),
            Self::Locked => Msg::new("document-file-locked"),
            Self::Macros => Msg::new("document-file-macros"),
            Self::External => Msg::new("document-file-external"),
            Self::Bomb => Msg::new("document-file-bomb"),
        }
    }
}

/// A file as it will be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Inspected {
    /// What it is.
    pub media: Media,
    /// What is kept.
    pub bytes: Bytes,
    /// Hash of what is kept.
    pub sha256: [u8; 32],
}

/// Somebody's document: never in a log.
impl std::fmt::Debug for Inspected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Inspected({:?}, {} bytes)", self.media, self.bytes.len())
    }
}

/// Inspects a file away from the threads that answer, one at a time.
pub async fn check(name: String, bytes: Bytes) -> Result<Result<Inspected, Refusal>, AppError> {
    let turn = WORKBENCH.acquire().await.map_err(AppError::internal)?;
    let work = tokio::task::spawn_blocking(move || {
        let inspected = inspect(&name, bytes);
        drop(turn);
        inspected
    });
    work.await.map_err(AppError::internal)
}

/// The kinds that a content can turn out to be.
enum Content {
    Picture(ImageFormat),
    Pdf,
    Docx,
}

/// Looks at the content, then at whether the name agrees with it, then reads it whole.
pub fn inspect(name: &str, bytes: Bytes) -> Result<Inspected, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let content = content_of(&bytes)?;
    if let Some(extension) = extension_of(name)
        && !content.is_named(&extension)
    {
        return Err(Refusal::Misnamed);
    }
    let (media, bytes) = match content {
        Content::Picture(format) => (Media::Jpeg, picture::redraw(&bytes, format)?.into()),
        Content::Pdf => pdf::check(&bytes).map(|()| (Media::Pdf, bytes))?,
        Content::Docx => docx::check(&bytes).map(|()| (Media::Docx, bytes))?,
    };
    Ok(Inspected {
        media,
        sha256: Sha256::digest(&bytes).into(),
        bytes,
    })
}

fn content_of(bytes: &[u8]) -> Result<Content, Refusal> {
    let kind = infer::get(bytes).map(|kind| kind.mime_type());
    Ok(match kind {
        Some("image/jpeg") => Content::Picture(ImageFormat::Jpeg),
        Some("image/png") => Content::Picture(ImageFormat::Png),
        Some("image/webp") => Content::Picture(ImageFormat::WebP),
        Some("application/pdf") => Content::Pdf,
        Some("image/heif" | "image/heic" | "image/avif") => return Err(Refusal::Heic),
        // which kind of archive it is, its parts decide
        _ if bytes.starts_with(b"PK\x03\x04") => Content::Docx,
        _ => return Err(Refusal::Unknown),
    })
}

impl Content {
    /// Whether a name with that extension may hold this.
    fn is_named(&self, extension: &str) -> bool {
        match self {
            Self::Picture(_) => ["jpg", "jpeg", "jpe", "jfif", "png", "webp"].contains(&extension),
            Self::Pdf => extension == "pdf",
            Self::Docx => extension == "docx",
        }
    }
}

/// `pdf` of `scan.PDF`; nothing of a name that has none.
fn extension_of(name: &str) -> Option<String> {
    let (stem, extension) = name.trim().rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_ascii_lowercase())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(super) fn refusal(name: &str, bytes: impl Into<Vec<u8>>) -> Option<Refusal> {
        inspect(name, Bytes::from(bytes.into())).err()
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(refusal("a.pdf", []), Some(Refusal::Empty));
        let large = vec![0; MAX_BYTES + 1];
        assert_eq!(refusal("a.pdf", large), Some(Refusal::TooLarge));
    }

    #[test]
    fn what_is_no_document_is_refused_whatever_it_is_called() {
        let svg = br#"<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
        let polyglot = b"GIF89a/*\x01\x00\x01\x00*/=1;alert(document.domain)//";
        let html = b"<!doctype html><script>alert(1)</script>";
        let program = b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00";
        for bytes in [
            &svg[..],
            polyglot,
            html,
            program,
            b"plain words",
            b"\xff\xd8",
        ] {
            for name in ["a.svg", "a.jpg", "a.pdf", "a.docx", "a.gif", "a", ""] {
                assert_eq!(refusal(name, bytes), Some(Refusal::Unknown), "{name}");
            }
        }
        let heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic";
        assert_eq!(refusal("IMG_0001.HEIC", heic), Some(Refusal::Heic));
    }

    #[test]
    fn the_content_decides_and_a_name_that_lies_is_told() {
        let pdf = pdf::tests::sample();
        assert_eq!(refusal("scan.PDF", pdf.clone()), None);
        assert_eq!(refusal("scan", pdf.clone()), None);
        for name in ["scan.jpg", "scan.docx", "scan.pdf.exe", "scan.html"] {
            assert_eq!(
                refusal(name, pdf.clone()),
                Some(Refusal::Misnamed),
                "{name}"
            );
        }
        let picture = picture::tests::png(4, 4);
        assert_eq!(
            refusal("photo.pdf", picture.clone()),
            Some(Refusal::Misnamed)
        );
        // phones call one kind of picture another; it is drawn anew in any case
        assert_eq!(refusal("photo.jpeg", picture), None);
    }

    #[test]
    fn the_hash_is_that_of_what_is_kept() {
        let bytes = Bytes::from(picture::tests::png(4, 4));
        let kept = inspect("a.png", bytes.clone()).unwrap();
        assert_eq!(kept.media, Media::Jpeg);
        assert_eq!(kept.sha256, <[u8; 32]>::from(Sha256::digest(&kept.bytes)));
        assert_ne!(kept.bytes, bytes);
        assert_eq!(
            format!("{kept:?}"),
            format!("Inspected(Jpeg, {} bytes)", kept.bytes.len())
        );
    }
}
