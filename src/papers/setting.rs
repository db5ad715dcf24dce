//! The typesetter: one template of ours, two fonts of ours, the content of one paper, and nothing else in reach: no
//! folder, no package, no network, no clock.

use super::sheet::Sheet;
use crate::error::AppError;
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use typst::{
    Library, LibraryExt, World, comemo,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// Papers are made here.
pub const IS_BUILT: bool = true;

/// Set at once: each takes a core for a moment.
static SETTERS: Semaphore = Semaphore::const_new(2);
/// Set or waiting; the next is told to come back, in so many seconds.
static QUEUE: Semaphore = Semaphore::const_new(30);
const COME_BACK: u8 = 3;

/// The faces of the pages, unpacked (`scripts/fonts.sh`).
const FACES: [&[u8]; 2] = [
    include_bytes!("../../assets/fonts/sanad-sans-400.ttf"),
    include_bytes!("../../assets/fonts/sanad-sans-600.ttf"),
];

/// What all papers share, made when the first is set; nothing if a face does not open.
static STOCK: LazyLock<Option<Stock>> = LazyLock::new(Stock::open);

struct Stock {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    faces: Vec<Font>,
    template: Source,
    /// The name under which the template reads its content.
    content: FileId,
}

impl Stock {
    fn open() -> Option<Self> {
        let named = |name: &str| {
            let path = VirtualPath::new(name).ok()?;
            Some(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        let faces: Vec<Font> = FACES
            .into_iter()
            .flat_map(|face| Font::iter(Bytes::new(face)))
            .collect();
        if faces.len() != FACES.len() {
            return None;
        }
        Some(Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&faces)),
            faces,
            template: Source::new(named("paper.typ")?, include_str!("paper.typ").to_owned()),
            content: named("content.json")?,
        })
    }
}

/// One paper on the table.
struct Desk {
    stock: &'static Stock,
    template: Source,
    content: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.stock.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.stock.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.stock.content {
            Ok(self.content.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.stock.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a paper as PDF, off the threads that serve pages.
pub(super) async fn set(sheet: &Sheet) -> Result<Vec<u8>, AppError> {
    let place = QUEUE.try_acquire().map_err(|_| AppError::Busy(COME_BACK))?;
    let content = sheet.content()?;
    let setter = SETTERS.acquire().await.map_err(AppError::internal)?;
    tokio::task::spawn_blocking(move || {
        // held to the end of the work, also when whoever asked has gone
        let _permits = (place, setter);
        set_now(None, content)
    })
    .await
    .map_err(AppError::internal)?
}

/// The same for what nobody waits for at a page: it takes its turn, however long that is.
pub(super) async fn set_in_turn(content: String) -> Result<Vec<u8>, AppError> {
    in_turn(None, content).await
}

/// The same of another template, which reads its content under the same name: a report, whose words are not somebody's.
pub async fn set_report(template: &'static str, content: String) -> Result<Vec<u8>, AppError> {
    in_turn(Some(template), content).await
}

async fn in_turn(template: Option<&'static str>, content: String) -> Result<Vec<u8>, AppError> {
    let setter = SETTERS.acquire().await.map_err(AppError::internal)?;
    tokio::task::spawn_blocking(move || {
        let _permit = setter;
        set_now(template, content)
    })
    .await
    .map_err(AppError::internal)?
}

/// The same, here and now; of no other template, the one of papers.
fn set_now(template: Option<&'static str>, content: String) -> Result<Vec<u8>, AppError> {
    let stock = STOCK
        .as_ref()
        .ok_or_else(|| AppError::internal("the fonts of papers do not open"))?;
    let template = match template {
        Some(text) => Source::new(stock.template.id(), text.to_owned()),
        None => stock.template.clone(),
    };
    let desk = Desk {
        stock,
        template,
        content: Bytes::new(content.into_bytes()),
    };
    let done = typst::compile::<PagedDocument>(&desk)
        .output
        .and_then(|document| typst_pdf::pdf(&document, &options()));
    // what the typesetter remembers of it, somebody's words, is forgotten
    comemo::evict(0);
    done.map_err(|faults| {
        // of our template, and about types: no value stands in them
        let first = faults.first().map(|fault| fault.message.to_string());
        AppError::internal(first.unwrap_or_else(|| "a paper cannot be set".to_owned()))
    })
}

fn options() -> PdfOptions {
    PdfOptions {
        creator: Smart::Custom(Some("Sanad".to_owned())),
        ..PdfOptions::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A template of a test's own, on a desk with that content.
    fn text_of(template: &str, content: &str) -> Result<String, String> {
        let stock = STOCK.as_ref().unwrap();
        let desk = Desk {
            stock,
            template: Source::new(stock.template.id(), template.to_owned()),
            content: Bytes::new(content.as_bytes().to_vec()),
        };
        let done = typst::compile::<PagedDocument>(&desk);
        let pages = done.output.map_err(|faults| {
            faults
                .iter()
                .map(|f| f.message.to_string())
                .collect::<String>()
        })?;
        Ok(pages.pages().len().to_string())
    }

    #[test]
    fn nothing_but_the_content_can_be_read() {
        assert_eq!(
            text_of("#json(\"content.json\").a", r#"{"a":"x"}"#),
            Ok("1".to_owned())
        );
        for reach in [
            "#read(\"/etc/passwd\")",
            "#read(\"../../etc/passwd\")",
            "#include \"other.typ\"",
            "#import \"@preview/cetz:0.3.0\"",
            "#image(\"photo.png\")",
            "#datetime.today()",
        ] {
            assert!(text_of(reach, "{}").is_err(), "{reach}");
        }
    }

    #[test]
    fn both_faces_are_one_family() {
        let stock = STOCK.as_ref().unwrap();
        let weights: Vec<String> = stock
            .faces
            .iter()
            .map(|face| {
                format!(
                    "{} {}",
                    face.info().family,
                    face.info().variant.weight.to_number()
                )
            })
            .collect();
        assert_eq!(weights, ["Sanad Sans 400", "Sanad Sans 600"]);
    }
}
