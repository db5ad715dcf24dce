//! A document: what it is, what it is called, who added it. Knows neither HTTP nor SQL.

use crate::{
    ids::{AttachmentId, CaseId},
    vault::Reading,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::fmt::Write;

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Media {
    /// A picture, drawn anew.
    Jpeg,
    /// A PDF, as received.
    Pdf,
    /// A text document, as received.
    Docx,
}

impl Media {
    /// As the database knows it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// Its media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// The end of its name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Jpeg => "document-media-jpeg",
            Self::Pdf => "document-media-pdf",
            Self::Docx => "document-media-docx",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Jpeg => "paperclip",
            Self::Pdf | Self::Docx => "file-text",
        }
    }

    /// Whether it is a picture.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg)
    }

    /// Whether a browser shows it.
    pub const fn is_viewable(self) -> bool {
        !matches!(self, Self::Docx)
    }
}

/// What is wrong with the bytes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Fault {
    /// They are not where they should be.
    Missing,
    /// They are not what was written.
    Damaged,
}

impl Fault {
    /// As the database and the log know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Damaged => "damaged",
        }
    }

    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "document-missing",
            Self::Damaged => "document-damaged",
        }
    }
}

/// A document of a file, with what is written about it opened.
#[derive(Debug, Clone)]
pub struct Document {
    /// Which.
    pub id: AttachmentId,
    /// Code of `ref.document_kind`.
    pub kind: String,
    /// What it is called, if somebody said.
    pub title: Option<Reading>,
    /// What the sender's file was called.
    pub name: Option<Reading>,
    /// What it is.
    pub media: Media,
    /// Bytes that are kept.
    pub size: i32,
    /// Hash of what is kept.
    pub sha256: Vec<u8>,
    /// Bytes that were received.
    pub received_size: i32,
    /// Hash of what was received.
    pub received_sha256: Vec<u8>,
    /// Who added it, in Arabic.
    pub author_ar: String,
    /// Who added it, in Latin letters.
    pub author_la: String,
    /// When.
    pub added_at: DateTime<Utc>,
    /// For those who care for the child alone.
    pub is_clinical: bool,
    /// What is wrong with its bytes, as far as is known.
    pub fault: Option<Fault>,
}

impl Document {
    /// Whether what is kept is not what was received: a picture was drawn anew.
    pub fn is_redrawn(&self) -> bool {
        self.sha256 != self.received_sha256
    }

    /// The print of what was received.
    pub fn received_print(&self) -> String {
        hex::encode(&self.received_sha256)
    }

    /// The print of what is kept.
    pub fn kept_print(&self) -> String {
        hex::encode(&self.sha256)
    }
}

/// The documents of a file.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// The file.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its documents, the latest first.
    pub documents: Vec<Document>,
    /// Whether the reader cares for the child.
    pub cares: bool,
    /// How many clinical ones there are that a reader who does not is not shown.
    pub masked: i64,
}

/// A document about to be kept.
#[derive(Debug)]
pub struct NewDocument {
    /// Its id, made with the form.
    pub id: AttachmentId,
    /// The file it is added to.
    pub case: CaseId,
    /// Code of `ref.document_kind`.
    pub kind: String,
    /// By its kind, or as was said.
    pub is_clinical: bool,
    /// What it is called.
    pub title: Option<String>,
    /// What the sender's file was called.
    pub name: Option<String>,
    /// Bytes that were received.
    pub received_size: i32,
    /// Their hash.
    pub received_sha256: [u8; 32],
}

/// The name under which a document is saved: its title, else its kind, without what no file system takes, and
/// with the end that its content has.
pub fn file_name(words: &str, media: Media) -> String {
    let tame: String = words
        .chars()
        .map(|c| {
            if c.is_control() || "/\\:*?\"<>|;%".contains(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    let tame = tame.split_whitespace().collect::<Vec<_>>().join(" ");
    let stem = tame.trim_matches(['.', ' ']);
    let stem = if stem.is_empty() { "document" } else { stem };
    let short: String = stem.chars().take(100).collect();
    format!("{}.{}", short.trim_end(), media.extension())
}

/// `Content-Disposition` for that name (RFC 6266): what every browser reads, then what knows Arabic.
pub fn disposition(inline: bool, name: &str) -> String {
    let how = if inline { "inline" } else { "attachment" };
    let ascii: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() || c == ' ' {
                c
            } else {
                '_'
            }
        })
        .filter(|c| !['"', '\\'].contains(c))
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_tame_and_ends_as_its_content() {
        for (words, name) in [
            ("عقد ازدياد سلمى", "عقد ازدياد سلمى.jpg"),
            ("../../etc/passwd", "etc passwd.jpg"),
            ("a\r\nSet-Cookie: x=1", "a Set-Cookie x=1.jpg"),
            ("  ", "document.jpg"),
            ("...", "document.jpg"),
            ("photo.exe", "photo.exe.jpg"),
        ] {
            assert_eq!(file_name(words, Media::Jpeg), name);
        }
        assert_eq!(file_name(&"ي".repeat(300), Media::Pdf).chars().count(), 104);
    }

    #[test]
    fn a_header_holds_every_name() {
        assert_eq!(
            disposition(false, "عقد \"1\".pdf"),
            "attachment; filename=\"___ 1.pdf\"; filename*=UTF-8''%D8%B9%D9%82%D8%AF%20%221%22.pdf"
        );
        let odd = disposition(true, "a\r\nb;\u{202e}c.jpg");
        assert!(odd.is_ascii() && !odd.contains(['\r', '\n']), "{odd}");
        assert!(odd.starts_with("inline; "));
    }
}
