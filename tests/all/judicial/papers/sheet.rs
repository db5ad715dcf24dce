//! A PDF as poppler reads it: its text, its pages, where a word stands, how it looks.

use std::{
    fs,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};
use unicode_normalization::UnicodeNormalization;

/// A PDF in a folder of this process, taken away with it.
pub struct Paper {
    path: PathBuf,
}

impl Paper {
    pub fn keep(bytes: &[u8]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        assert!(bytes.starts_with(b"%PDF-"), "{} bytes", bytes.len());
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("sanad-paper-{}-{n}.pdf", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, bytes).unwrap();
        Self { path }
    }

    fn run(&self, program: &str, before: &[&str], after: &[&str]) -> String {
        let done = Command::new(program)
            .args(before)
            .arg(&self.path)
            .args(after)
            .output()
            .unwrap_or_else(|error| panic!("{program}, of poppler-utils: {error}"));
        assert!(done.status.success(), "{program}");
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// Its text as one reads it, on one line, without what stands across the page.
    pub fn text(&self) -> String {
        self.read(&["-nodiag", "-enc", "UTF-8"])
    }

    /// The same with what stands across the page, whose letters fall between the others.
    pub fn whole(&self) -> String {
        self.read(&["-enc", "UTF-8"])
    }

    fn read(&self, how: &[&str]) -> String {
        let text = self.run("pdftotext", how, &["-"]);
        let words: Vec<&str> = text.split_whitespace().collect();
        bare(&words.join(" "))
    }

    pub fn pages(&self) -> usize {
        let told = self.run("pdfinfo", &[], &[]);
        let pages = told.lines().find_map(|line| line.strip_prefix("Pages:"));
        pages.unwrap().trim().parse().unwrap()
    }

    /// Where a word first stands: its left edge, in points.
    pub fn x_of(&self, word: &str) -> f64 {
        let turned: String = word.chars().rev().collect();
        let boxes = self.run("pdftotext", &["-bbox", "-nodiag", "-enc", "UTF-8"], &["-"]);
        let found = boxes.lines().find(|line| {
            let text = line
                .split('>')
                .nth(1)
                .and_then(|rest| rest.split('<').next());
            // in the order of the page, from the left
            text.is_some_and(|text| [word, turned.as_str()].contains(&bare(text).trim()))
        });
        let line = found.unwrap_or_else(|| panic!("no {word} in {boxes}"));
        let (_, rest) = line.split_once("xMin=\"").unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    }

    /// How much of each page is dark, in a thousand points.
    pub fn ink(&self) -> Vec<usize> {
        let folder = self.path.with_extension("pages");
        fs::create_dir(&folder).unwrap();
        let name = folder.join("page").display().to_string();
        self.run("pdftoppm", &["-png", "-r", "100"], &[name.as_str()]);
        let pictures = fs::read_dir(&folder).unwrap();
        let ink = pictures.map(|picture| {
            let picture = image::open(picture.unwrap().path()).unwrap().to_luma8();
            let dark = picture.pixels().filter(|point| point.0[0] < 170).count();
            dark * 1000 / picture.pixels().count()
        });
        let ink = ink.collect();
        fs::remove_dir_all(folder).unwrap();
        ink
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Without the marks of direction that a reader of PDFs adds, each letter in its plain form.
pub fn bare(text: &str) -> String {
    let marks = [
        '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{2068}', '\u{2069}',
    ];
    text.replace(marks, "").nfkc().collect()
}

/// Without its spaces, for what may be broken over lines.
pub fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}
