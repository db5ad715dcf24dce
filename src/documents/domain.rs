//! A document: what it is, what it is called, who added it. Knows neither HTTP nor SQL.

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
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

    /// Whether a browser shows it.
    pub const fn is_viewable(self) -> bool {
        !matches!(self, Self::Docx)
    }
}

/// What is wrong with the bytes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
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
