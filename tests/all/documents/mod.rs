//! Documents: what comes in, where it lies, who gets it, and what happens when something is wrong with it.

mod adding;
#[cfg(feature = "s3")]
mod bucket;
mod clinical;
mod leaving;
mod store;

use crate::support::{Answer, Client, TestApp, id, world};
use sanad::{blobs::Blobs, router};
use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

const ID: &str = "018f0000-0000-7000-8000-00000000d0c1";

/// A PDF with those words in it.
pub fn pdf(words: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n\
         % {words}\ntrailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n"
    )
    .into_bytes()
}

fn png() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(8, 8, image::Rgb([10, 90, 70]))
        .write_to(&mut out, image::ImageFormat::Png)
        .unwrap();
    out.into_inner()
}

fn documents(name: &str) -> String {
    format!("/cases/{}/documents", id(&format!("case {name}")))
}

fn fields<'a>(id: &'a str, title: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("id", id),
        ("document_kind", "civil_status_document"),
        ("title", title),
    ]
}

async fn add(client: &Client, title: &str, file: (&str, &[u8])) -> Answer {
    client
        .upload(&documents("rabat.mine"), &fields(ID, title), file)
        .await
}

async fn rows(app: &TestApp) -> i64 {
    let sql = "select count(*) from app.attachment where of_court is null";
    app.db.ask(sql).await
}

/// An application whose documents lie in a folder of their own.
struct InFolder {
    app: TestApp,
    folder: PathBuf,
}

impl InFolder {
    async fn new() -> Self {
        let mut app = TestApp::new().await;
        let folder = std::env::temp_dir().join(format!("sanad-{}", app.db.name()));
        let blobs = Blobs::in_folder(&folder).unwrap();
        world::documents(&app.db, &blobs).await;
        app.state.blobs = blobs;
        Self { app, folder }
    }

    fn client(&self, username: &str) -> Client {
        let mut client = self.app.client(username);
        client.turn_to(router::app(self.app.state.clone()));
        client
    }

    /// The files that lie there.
    fn files(&self) -> Vec<PathBuf> {
        let inside = |folder: &Path| -> Vec<PathBuf> {
            let entries = std::fs::read_dir(folder).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect()
        };
        let shelves = inside(&self.folder);
        let shelves = shelves.iter().filter(|shelf| shelf.is_dir());
        shelves.flat_map(|shelf| inside(shelf)).collect()
    }

    /// Where the bytes of the document lie that was added under [`ID`].
    async fn place(&self) -> PathBuf {
        let sql = "select replace(blob::text, '-', '') from app.attachment where id = '018f0000-0000-7000-8000-00000000d0c1'";
        let name: String = self.app.db.ask(sql).await;
        self.folder.join(&name[..2]).join(&name)
    }
}

impl Drop for InFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}
