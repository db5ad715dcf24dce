//! Forms: strings come in, domain types go out, and nothing typed is lost on the way.
//!
//! A [`Form`] keeps every pair of the body in its order, so that a refused page shows what was typed and
//! repeated blocks (`child-0-sex`, `child-1-sex`) need no struct of their own. Parsing a field records its
//! error under its name.

mod date;
mod draft;
mod text;

pub use date::{Moment, parse_date, parse_time};
pub use text::{Line, Paragraph, clean, western_digits};

use crate::{error::AppError, i18n::Msg};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::IntoResponse,
};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A message on one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field, also the `id` that the summary links to.
    pub field: String,
    /// What is wrong, and how to mend it.
    pub msg: Msg,
}

impl FieldError {
    /// The field's name without what tells it from its like: `child-2-sex` is `child-sex` of block 2,
    /// `outcome-{uuid}` is `outcome`.
    pub fn stem(&self) -> (String, Option<usize>) {
        let mut words = Vec::new();
        let mut block = None;
        for part in self.field.split('-') {
            match part.parse() {
                Ok(n) if block.is_none() && part.len() < 3 => block = Some(n),
                _ if part.contains(|c: char| c.is_ascii_digit()) => break,
                _ => words.push(part),
            }
        }
        (words.join("-").replace('_', "-"), block)
    }
}

/// What was typed, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// A value to start from.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Self {
        self.values.push((field.to_owned(), value.into()));
        self
    }

    /// Reads `a=1&b=2`. Text that cannot be stored (NUL, invalid UTF-8, bidi overrides) is cleaned for
    /// display and marked as an error of its field.
    pub fn parse(body: &[u8]) -> Self {
        let mut form = Self::new();
        for (name, value) in form_urlencoded::parse(body) {
            form.receive(&name, &value);
        }
        form
    }

    /// Takes one pair as it came in.
    pub fn receive(&mut self, name: &str, raw: &str) {
        let value = text::clean(raw).unwrap_or_else(|fault| {
            self.fail(name, fault.msg);
            fault.readable
        });
        self.values.push((name.to_owned(), value));
    }

    /// What was typed in a field; empty if nothing.
    pub fn text(&self, field: &str) -> &str {
        self.values
            .iter()
            .find(|(name, _)| name == field)
            .map_or("", |(_, value)| value)
    }

    /// Every value of a field that may be repeated.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.values
            .iter()
            .filter(move |(name, _)| name == field)
            .map(|(_, value)| value.as_str())
    }

    /// Whether that choice is made.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.all(field).any(|v| v == value)
    }

    /// Whether the field was sent at all (a pressed button, a ticked box).
    pub fn sent(&self, field: &str) -> bool {
        self.all(field).next().is_some()
    }

    /// Replaces the value of a field.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.values.retain(|(name, _)| name != field);
        self.values.push((field.to_owned(), value.into()));
    }

    /// Forgets the fields that the predicate names.
    pub fn forget(&mut self, which: impl Fn(&str) -> bool) {
        self.values.retain(|(name, _)| !which(name));
    }

    /// Gives the fields of one block the names of another.
    pub fn rename(&mut self, from: &str, to: &str) {
        for (name, _) in &mut self.values {
            if let Some(rest) = name.strip_prefix(from) {
                *name = format!("{to}{rest}");
            }
        }
    }

    /// Marks a field.
    pub fn fail(&mut self, field: &str, msg: Msg) {
        if !self.errors.iter().any(|e| e.field == field) {
            self.errors.push(FieldError {
                field: field.to_owned(),
                msg,
            });
        }
    }

    /// A field that must be answered once.
    pub fn required<T>(
        &mut self,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, Msg>,
    ) -> Option<T> {
        if self.single(field)?.is_empty() {
            self.fail(field, Msg::new("error-required"));
            return None;
        }
        self.parsed(field, parse)
    }

    /// A field that may stay empty.
    pub fn optional<T>(
        &mut self,
        field: &str,
        parse: impl FnOnce(&str) -> Result<T, Msg>,
    ) -> Option<T> {
        if self.single(field)?.is_empty() {
            return None;
        }
        self.parsed(field, parse)
    }

    /// Several choices of one field, each parsed; the same one twice counts once.
    pub fn many<T: PartialEq>(
        &mut self,
        field: &str,
        parse: impl Fn(&str) -> Result<T, Msg>,
    ) -> Vec<T> {
        let values: Vec<String> = self
            .all(field)
            .filter(|v| !v.is_empty())
            .map(str::to_owned)
            .collect();
        let mut out = Vec::new();
        for value in values {
            match parse(&value) {
                Ok(one) if !out.contains(&one) => out.push(one),
                Ok(_) => {}
                Err(msg) => self.fail(field, msg),
            }
        }
        out
    }

    /// The message of a field.
    pub fn error(&self, field: &str) -> Option<&Msg> {
        self.errors
            .iter()
            .find(|e| e.field == field)
            .map(|e| &e.msg)
    }

    /// All messages, for the summary.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Nothing wrong so far.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// Every field with its value, in the order they came.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A print of what was sent, to tell a second press of the button from a changed answer.
    pub fn sha256(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        // the number of a draft is none of the answers
        for (name, value) in self.values.iter().filter(|(name, _)| name != "draft_rev") {
            for part in [name, value] {
                hasher.update(part.len().to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hasher.finalize().into()
    }

    /// The id of the row that these answers make: the time of the form's id, which is in that field, and in place of
    /// its random tail a print of all that was sent. Sent again, it is the same row; amended, another, and none is
    /// lost. The tail is written nowhere: without it the print tells nothing of the answers.
    pub fn id_of_answers(&self, field: &str) -> Option<Uuid> {
        let form: Uuid = self.text(field).parse().ok()?;
        let time = u64::try_from(form.as_u128() >> 80).ok()?;
        let print = self.sha256();
        let tail = print.first_chunk::<10>()?;
        Some(Builder::from_unix_timestamp_millis(time, tail).into_uuid())
    }

    /// The one value of a field; sent twice, it is refused rather than guessed.
    fn single(&mut self, field: &str) -> Option<String> {
        if self.error(field).is_some() {
            return None;
        }
        if self.all(field).nth(1).is_some() {
            self.fail(field, Msg::new("error-repeated"));
            return None;
        }
        Some(self.text(field).trim().to_owned())
    }

    fn parsed<T>(&mut self, field: &str, parse: impl FnOnce(&str) -> Result<T, Msg>) -> Option<T> {
        match parse(self.text(field).trim()) {
            Ok(value) => Some(value),
            Err(msg) => {
                self.fail(field, msg);
                None
            }
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = axum::response::Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.starts_with("application/x-www-form-urlencoded"));
        if !is_form {
            return Err(AppError::BadRequest.into_response());
        }
        // what a confirmation asked for came along with the form it interrupted: not this handler's business
        let is_confirmation = request.uri().path() == "/account/confirm";
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| {
                let rejection = rejection.into_response();
                if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    rejection
                } else {
                    AppError::BadRequest.into_response()
                }
            })?;
        let mut form = Self::parse(&body);
        if !is_confirmation {
            form.forget(|field| field.starts_with("confirm_"));
            form.errors
                .retain(|error| !error.field.starts_with("confirm_"));
        }
        Ok(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "the shape of a parser")]
    fn word(text: &str) -> Result<String, Msg> {
        Ok(text.to_owned())
    }

    #[test]
    fn a_required_field_says_so_and_keeps_the_rest() {
        let mut form = Form::parse("a=&b=%D8%B1%D8%B6%D9%8A%D8%B9".as_bytes());
        assert_eq!(form.required("a", word), None);
        assert_eq!(form.error("a"), Some(&Msg::new("error-required")));
        assert_eq!(form.required("b", word).as_deref(), Some("رضيع"));
        assert_eq!(form.text("b"), "رضيع");
    }

    #[test]
    fn a_field_has_a_name_without_its_number() {
        let stem = |field: &str| {
            let msg = Msg::new("error-required");
            let field = field.to_owned();
            FieldError { field, msg }.stem()
        };
        assert_eq!(stem("child-2-sex"), ("child-sex".to_owned(), Some(2)));
        assert_eq!(stem("closure_reason"), ("closure-reason".to_owned(), None));
        let one_of_many = stem("outcome-01a1fa5c-ace0-74f5-bc7d-94c53706d7ab");
        assert_eq!(one_of_many, ("outcome".to_owned(), None));
    }

    #[test]
    fn the_same_answers_make_the_same_row_and_amended_ones_another() {
        let id = |body: &str| Form::parse(body.as_bytes()).id_of_answers("id");
        let form = "id=0198c0de-0000-7000-8000-000000000031&words=";
        let row = id(&format!("{form}a")).unwrap();
        assert_eq!(id(&format!("{form}a&draft_rev=2")), Some(row));
        assert_ne!(id(&format!("{form}b")), Some(row));
        assert_ne!(id(&format!("{form}a").replace("31", "32")), Some(row));
        assert!(row.to_string().starts_with("0198c0de-0000-7"), "{row}");
        assert_eq!(id("id=x&words=a"), None);
    }

    #[test]
    fn a_field_sent_twice_is_refused_not_guessed() {
        let mut form = Form::parse(b"sex=F&sex=M");
        assert_eq!(form.required("sex", word), None);
        assert_eq!(form.error("sex"), Some(&Msg::new("error-repeated")));
    }

    #[test]
    fn text_that_cannot_be_stored_is_marked_and_still_shown() {
        for body in ["n=a%00b", "n=%FF%FE", "n=a%E2%80%AEb"] {
            let mut form = Form::parse(body.as_bytes());
            assert!(!form.is_valid(), "{body}");
            assert_eq!(form.optional("n", word), None);
            assert!(!form.text("n").contains(['\0', '\u{202e}']));
        }
    }
}
