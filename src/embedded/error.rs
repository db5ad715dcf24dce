//! What can go wrong, each as one line that says what to do about it.

use std::io;
use std::path::PathBuf;

use super::binaries::MINIMUM_MAJOR;

/// Why the embedded PostgreSQL could not be started or stopped.
///
/// Every message is one line, meant for the person who typed the command.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No server programs anywhere.
    #[error(
        "PostgreSQL {MINIMUM_MAJOR} or newer is not installed; type: \
         sudo apt-get install --no-install-recommends postgresql \
         (or set SANAD_PG_BIN to the folder that holds initdb)"
    )]
    NotInstalled,

    /// `SANAD_PG_BIN` is set, but wrong.
    #[error("SANAD_PG_BIN is {}, where there is no {program}; give the folder that holds initdb, postgres and pg_ctl", path.display())]
    BadBinFolder {
        /// The folder it names.
        path: PathBuf,
        /// The first program that is not there.
        program: &'static str,
    },

    /// The programs are there, but too old.
    #[error("{} holds PostgreSQL {found}; Sanad needs {MINIMUM_MAJOR} or newer", path.display())]
    TooOld {
        /// Where the programs are.
        path: PathBuf,
        /// Their major version, as they print it.
        found: String,
    },

    /// The data folder belongs to another major version of PostgreSQL.
    #[error(
        "the data in {} was made by PostgreSQL {made}, which is not installed; type: \
         sudo apt-get install postgresql-{made} (or remove that folder to begin anew)",
        folder.display()
    )]
    OtherMajor {
        /// The folder of the cluster.
        folder: PathBuf,
        /// The major version that made it.
        made: u32,
    },

    /// Root cannot run PostgreSQL, and there is nobody to run it as.
    #[error(
        "PostgreSQL refuses to run as root and /etc/passwd names neither postgres nor nobody; \
         type: useradd --system --shell /usr/sbin/nologin postgres"
    )]
    NoAccount,

    /// The account that PostgreSQL runs as cannot reach its data.
    #[error(
        "the account {account} cannot enter {}; set SANAD_DATA_DIR to a folder outside it",
        folder.display()
    )]
    Unreachable {
        /// The account that root drops to.
        account: String,
        /// The first folder that it cannot enter.
        folder: PathBuf,
    },

    /// Every place for the socket makes a path that is too long.
    #[error(
        "no folder for the socket is short enough for a Unix socket; \
         set XDG_RUNTIME_DIR or TMPDIR to a short path"
    )]
    NoShortFolder,

    /// A folder for the socket is there already, and is somebody else's.
    #[error("{} belongs to somebody else; remove it or set TMPDIR to another folder", folder.display())]
    NotOurs {
        /// The folder in question.
        folder: PathBuf,
    },

    /// The operating system refused something.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system answered.
        #[source]
        source: io::Error,
    },

    /// Another process starts or stops this cluster and does not come to an end.
    #[error("another process has held {} for too long; stop it and try again", lock.display())]
    Locked {
        /// The lock file.
        lock: PathBuf,
    },

    /// `initdb` failed.
    #[error("initdb could not make {}: {output}", folder.display())]
    Initdb {
        /// The folder it was to make.
        folder: PathBuf,
        /// The last lines it printed.
        output: String,
    },

    /// Another server answers where ours should.
    #[error("a PostgreSQL of {} answers in {}; stop it first", found.display(), socket_dir.display())]
    Foreign {
        /// The folder of the socket.
        socket_dir: PathBuf,
        /// The data folder of the server that answered.
        found: PathBuf,
    },

    /// The postmaster ended before it answered.
    #[error("PostgreSQL did not start; the end of {}: {tail}", log.display())]
    Exited {
        /// The server's log.
        log: PathBuf,
        /// Its last lines, joined.
        tail: String,
    },

    /// The postmaster neither ended nor answered.
    #[error(
        "PostgreSQL did not answer within {seconds} s; try again, it may be recovering; the end of {}: {tail}",
        log.display()
    )]
    Silent {
        /// How long it was given.
        seconds: u64,
        /// The server's log.
        log: PathBuf,
        /// Its last lines, joined.
        tail: String,
    },

    /// A postmaster runs, started by somebody else, and does not answer.
    #[error(
        "PostgreSQL runs as process {pid}, but does not answer; stop it (kill -INT {pid}) and try again"
    )]
    Mute {
        /// The process.
        pid: u32,
    },

    /// The server answers, but not as it should.
    #[error("PostgreSQL refused Sanad's first question: {0}")]
    Refused(#[source] sqlx::Error),

    /// `pg_ctl stop` failed.
    #[error("PostgreSQL could not be stopped: {output}")]
    Stop {
        /// The last lines it printed.
        output: String,
    },
}

impl EmbeddedError {
    /// For `map_err`: a refusal of the operating system, with what was tried on which path.
    pub(super) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}

/// The last lines of a program's output as one line, so that an error stays one line.
pub(super) fn last_lines(output: &str) -> String {
    const LINES: usize = 6;
    let lines: Vec<&str> = output
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.is_empty() {
        return "(nothing)".to_owned();
    }
    let skipped = lines.len().saturating_sub(LINES);
    lines
        .into_iter()
        .skip(skipped)
        .collect::<Vec<_>>()
        .join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_of_a_program_becomes_one_line_of_its_end() {
        assert_eq!(last_lines("a\n\n  b \n"), "a | b");
        assert_eq!(
            last_lines("1\n2\n3\n4\n5\n6\n7\n8"),
            "3 | 4 | 5 | 6 | 7 | 8"
        );
        assert_eq!(last_lines(" \n"), "(nothing)");
    }

    #[test]
    fn messages_are_one_line_and_say_what_to_type() {
        let missing = EmbeddedError::NotInstalled.to_string();
        assert!(missing.contains("apt-get install"), "{missing}");
        assert!(
            !missing.contains('\n') && !missing.contains("  "),
            "{missing}"
        );
    }
}
