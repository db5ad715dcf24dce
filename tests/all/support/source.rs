//! The files of the repository, as the tests of style and completeness read them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The root of the clone.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file and its text.
#[derive(Debug)]
pub struct Source {
    /// Path from the root of the clone.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Source {
    /// Its path, for a message.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// The lines that hold `needle`, as `path:line`.
    pub fn lines_with(&self, needle: &str) -> Vec<String> {
        let lines = self.text.lines().enumerate();
        lines
            .filter(|(_, line)| line.contains(needle))
            .map(|(i, _)| format!("{}:{}", self.name(), i + 1))
            .collect()
    }
}

/// Every file below a folder with one of the extensions, in order of their paths.
pub fn files(folder: &str, extensions: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), extensions, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no file in {folder}");
    let read = |path: PathBuf| Source {
        text: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(root()).unwrap().to_owned(),
    };
    found.into_iter().map(read).collect()
}

/// One file.
pub fn file(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn walk(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let matches = path
            .extension()
            .is_some_and(|e| extensions.iter().any(|wanted| e == *wanted));
        if path.is_dir() {
            walk(&path, extensions, found);
        } else if matches {
            found.push(path);
        }
    }
}

/// Compares a file that is generated with what it should be; with `UPDATE_DOCS=1`, writes it.
pub fn generated(path: &str, wanted: &str) {
    let target = root().join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, wanted).unwrap();
        return;
    }
    let found = fs::read_to_string(target).unwrap_or_default();
    let differs = found.lines().zip(wanted.lines()).find(|(a, b)| a != b);
    assert!(
        found == wanted,
        "{path} is out of date: run UPDATE_DOCS=1 cargo test and commit it\nfirst difference: {differs:?}"
    );
}
