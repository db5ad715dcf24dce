//! Reading the form of a document.

use super::{domain::NewDocument, inspect, inspect::Inspected, upload::Received};
use crate::{
    error::AppError,
    forms::{Form, Line, clean},
    i18n::Msg,
    ids::{AttachmentId, CaseId},
    reference::{Catalogue, List},
};
use chrono::NaiveDate;

/// What was said of a document, complete or not at all. The file is looked at in any case, so that all that is
/// wrong is told at once.
pub async fn document(
    form: &mut Form,
    file: Option<Received>,
    (catalogue, today): (&Catalogue, NaiveDate),
    case: CaseId,
) -> Result<Option<(NewDocument, Inspected)>, AppError> {
    let id = form.required("id", |text| {
        text.parse()
            .map(AttachmentId)
            .map_err(|_| Msg::new("error-choice"))
    });
    let kind = form.required("document_kind", |code| {
        catalogue.parse(List::DocumentKind, code, today)
    });
    let code = kind.as_ref();
    let code = code.and_then(|code| catalogue.code(List::DocumentKind, code));
    let is_clinical = form.has("clinical", "yes") || code.is_some_and(|code| code.flag("clinical"));
    let title = form.optional("title", Line::parse).map(Line::into_string);
    let Some(file) = checked(form, file).await? else {
        return Ok(None);
    };
    let (Some(id), Some(kind)) = (id, kind) else {
        return Ok(None);
    };
    let new = NewDocument {
        id,
        case,
        kind,
        is_clinical,
        title,
        name: file.name,
        received_size: file.received_size,
        received_sha256: file.received_sha256,
    };
    Ok(Some((new, file.inspected)))
}

/// A file that may come in.
pub struct Checked {
    /// What is kept of it.
    pub inspected: Inspected,
    /// What the sender called it.
    pub name: Option<String>,
    /// Bytes that were received.
    pub received_size: i32,
    /// Their hash.
    pub received_sha256: [u8; 32],
}

/// Not what it is called.
impl std::fmt::Debug for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Checked({:?})", self.inspected)
    }
}

/// The file of a form whose other fields were read before. What is wrong with it, or that it has to be chosen again
/// because of them, is said beside it.
pub async fn checked(form: &mut Form, file: Option<Received>) -> Result<Option<Checked>, AppError> {
    let Some(file) = file else {
        form.fail("file", Msg::new("document-file-none"));
        return Ok(None);
    };
    let found = match file.bytes {
        Ok(bytes) => {
            let size = bytes.len();
            let inspected = inspect::check(file.name.clone(), bytes).await?;
            inspected.map(|inspected| (inspected, size))
        }
        Err(refusal) => Err(refusal),
    };
    let (inspected, size) = match found {
        Ok(found) => found,
        Err(refusal) => {
            form.fail("file", refusal.msg());
            return Ok(None);
        }
    };
    if !form.is_valid() {
        // a browser does not send the same file again by itself
        form.fail("file", Msg::new("document-file-again"));
        return Ok(None);
    }
    Ok(Some(Checked {
        inspected,
        name: plain_name(&file.name),
        received_size: i32::try_from(size).map_err(AppError::internal)?,
        received_sha256: file.sha256,
    }))
}

/// The name of the sender's file without its folders, and without what cannot be shown.
fn plain_name(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = clean(name).unwrap_or_else(|fault| fault.readable);
    let short: String = name
        .chars()
        .filter(|c| *c != '\n')
        .take(Line::MAX)
        .collect();
    let short = short.trim();
    (!short.is_empty()).then(|| short.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_file_is_only_that() {
        for (sent, kept) in [
            ("C:\\Users\\nadia\\acte.pdf", Some("acte.pdf")),
            ("../../etc/passwd", Some("passwd")),
            ("a\u{202e}fdp.exe", Some("afdp.exe")),
            ("عقد ازدياد.pdf", Some("عقد ازدياد.pdf")),
            ("  ", None),
        ] {
            assert_eq!(plain_name(sent).as_deref(), kept, "{sent}");
        }
        assert_eq!(
            plain_name(&"ي".repeat(500)).map(|n| n.chars().count()),
            Some(120)
        );
    }
}
