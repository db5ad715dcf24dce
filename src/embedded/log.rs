//! The server's log: where it writes, and what of it belongs in an error message.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::error::last_lines;

/// The server's log, and where in it this start began.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    begin: u64,
}

impl Log {
    /// A log as long as this becomes the older one, which it replaces.
    const LONG: u64 = 8 * 1024 * 1024;

    /// Remembers the end of the log as it is now.
    pub(super) fn at_end(path: PathBuf) -> Self {
        let begin = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        Self { path, begin }
    }

    /// Puts a long log aside, before a server has it open.
    pub(super) fn make_room(&mut self) {
        // If it cannot be moved it grows on; that is no reason not to start.
        if self.begin > Self::LONG
            && fs::rename(&self.path, self.path.with_extension("log.1")).is_ok()
        {
            self.begin = 0;
        }
    }

    /// The path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What was written since, shortened to one line.
    pub(super) fn tail(&self) -> String {
        let mut text = Vec::new();
        let read = File::open(&self.path).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.begin))?;
            file.read_to_end(&mut text)
        });
        match read {
            Ok(_) => last_lines(&String::from_utf8_lossy(&text)),
            Err(error) => error.to_string(),
        }
    }

    /// Opens it for the server to write at the end.
    pub(super) fn open(&self) -> io::Result<File> {
        OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&self.path)
    }
}
