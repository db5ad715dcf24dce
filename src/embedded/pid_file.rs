//! `postmaster.pid`, which PostgreSQL writes when it starts and removes when it ends — unless it
//! is killed, or the machine loses power.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::EmbeddedError;

/// What the file says of the postmaster that wrote it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PidFile {
    pid: u32,
    /// Where its socket is. A start with another `XDG_RUNTIME_DIR` puts it elsewhere, so this is
    /// asked before our own choice. Missing for an instant while the postmaster starts.
    socket_dir: Option<PathBuf>,
}

impl PidFile {
    /// Reads the file of a cluster; none when there is none, or no sense in it.
    pub(super) fn read(cluster: &Path) -> Option<Self> {
        parse(&fs::read_to_string(path(cluster)).ok()?)
    }

    /// The folder of the socket, when the file tells.
    pub(super) fn socket_dir(&self) -> Option<&Path> {
        self.socket_dir.as_deref()
    }

    /// The number of the process.
    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether that process is a postmaster of this cluster: it works in the cluster's folder
    /// before it even writes the file. In a container root may not see where the process of
    /// another account works; its command line is for everybody to read.
    pub(super) fn is_running(&self, cluster: &Path) -> bool {
        match fs::read_link(self.proc("cwd")) {
            Ok(folder) => folder == cluster,
            Err(_) => fs::read(self.proc("cmdline"))
                .is_ok_and(|line| names_folder(&line, cluster.as_os_str().as_bytes())),
        }
    }

    /// Removes the file when its number belongs to a process that is no postmaster of this
    /// cluster, as can be after a power cut: PostgreSQL itself would refuse to start. When no
    /// process has the number, PostgreSQL sees that for itself, and checks more than we do.
    pub(super) fn remove_if_alien(&self, cluster: &Path) -> Result<(), EmbeddedError> {
        if self.is_running(cluster) || !self.proc("").exists() {
            return Ok(());
        }
        match fs::remove_file(path(cluster)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(EmbeddedError::io("remove", path(cluster))(error))
            }
            _ => Ok(()),
        }
    }

    fn proc(&self, name: &str) -> PathBuf {
        Path::new("/proc").join(self.pid.to_string()).join(name)
    }
}

fn path(cluster: &Path) -> PathBuf {
    cluster.join("postmaster.pid")
}

/// Whether a command line, whose arguments end in a zero byte each, has `-D <folder>`.
fn names_folder(line: &[u8], folder: &[u8]) -> bool {
    let mut arguments = line.split(|byte| *byte == 0);
    arguments.any(|argument| argument == b"-D") && arguments.next() == Some(folder)
}

/// Line 1 is the process, line 5 the folder of the socket.
fn parse(text: &str) -> Option<PidFile> {
    let pid = text.lines().next()?.trim().parse().ok()?;
    let socket_dir = text
        .lines()
        .nth(4)
        .filter(|line| !line.is_empty())
        .map(PathBuf::from);
    Some(PidFile { pid, socket_dir })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_tells_the_process_and_the_folder_of_the_socket() {
        let text = "4711\n/data/cluster\n1763800000\n5432\n/run/sanad\n\n  1234 5\nready   \n";
        let expected = PidFile {
            pid: 4711,
            socket_dir: Some(PathBuf::from("/run/sanad")),
        };
        assert_eq!(parse(text), Some(expected));
    }

    #[test]
    fn a_command_line_names_the_folder_as_a_whole() {
        let line = b"/usr/lib/postgresql/15/bin/postgres\0-D\0/data/cluster\0-k\0/run\0";
        assert!(names_folder(line, b"/data/cluster"));
        assert!(!names_folder(line, b"/data"));
        assert!(!names_folder(b"", b"/data"));
    }

    #[test]
    fn a_file_that_is_being_written_tells_less() {
        assert_eq!(
            parse("4711\n/data\n"),
            Some(PidFile {
                pid: 4711,
                socket_dir: None
            })
        );
        assert_eq!(parse(""), None);
        assert_eq!(
            parse("-4711\n"),
            None,
            "a server without a postmaster is nobody's"
        );
    }
}
