//! Where PostgreSQL's programs are: `SANAD_PG_BIN`, else Debian's folders, else `PATH`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use super::EmbeddedError;

/// The oldest major version that Sanad's SQL is written for.
pub(super) const MINIMUM_MAJOR: u32 = 15;

/// Debian puts each major version in a folder of its own here, none of them on `PATH`.
const DEBIAN: &str = "/usr/lib/postgresql";

/// A folder counts only with all three: one with only the client has `psql`, but not these.
const PROGRAMS: [&str; 3] = ["initdb", "postgres", "pg_ctl"];

/// The folder of the server programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    folder: PathBuf,
}

impl Binaries {
    /// Finds the programs; `made` is the major version of a cluster that is there already, which
    /// no other version can open.
    pub(super) fn find(cluster: &Path, made: Option<u32>) -> Result<Self, EmbeddedError> {
        let candidates = match env::var_os("SANAD_PG_BIN").filter(|value| !value.is_empty()) {
            Some(folder) => vec![chosen(PathBuf::from(folder))?],
            None => debian(Path::new(DEBIAN))
                .into_iter()
                .chain(on_path(env::var_os("PATH")))
                .collect(),
        };
        choose(candidates, cluster, made)
    }

    /// The path of one program.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// A folder with its major version.
type Candidate = (u32, PathBuf);

/// The first candidate that can open the cluster.
fn choose(
    candidates: Vec<Candidate>,
    cluster: &Path,
    made: Option<u32>,
) -> Result<Binaries, EmbeddedError> {
    let mut usable = candidates
        .into_iter()
        .filter(|(major, _)| *major >= MINIMUM_MAJOR)
        .peekable();
    if usable.peek().is_none() {
        return Err(EmbeddedError::NotInstalled);
    }
    match (
        usable.find(|(major, _)| made.is_none_or(|made| made == *major)),
        made,
    ) {
        (Some((_, folder)), _) => Ok(Binaries { folder }),
        (None, Some(made)) => Err(EmbeddedError::OtherMajor {
            folder: cluster.to_owned(),
            made,
        }),
        (None, None) => Err(EmbeddedError::NotInstalled),
    }
}

/// The folder that the user names must be right: no search goes on behind their back.
fn chosen(folder: PathBuf) -> Result<Candidate, EmbeddedError> {
    if let Some(program) = PROGRAMS
        .into_iter()
        .find(|name| !folder.join(name).is_file())
    {
        return Err(EmbeddedError::BadBinFolder {
            path: folder,
            program,
        });
    }
    match major(&folder) {
        Some(found) if found >= MINIMUM_MAJOR => Ok((found, folder)),
        found => Err(EmbeddedError::TooOld {
            path: folder,
            found: found.map_or_else(
                || "of no known version".to_owned(),
                |found| found.to_string(),
            ),
        }),
    }
}

/// Debian's versions, the highest first.
fn debian(root: &Path) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = fs::read_dir(root)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let major = entry.file_name().to_str()?.parse().ok()?;
            let folder = entry.path().join("bin");
            is_complete(&folder).then_some((major, folder))
        })
        .collect();
    found.sort_by_key(|(major, _)| std::cmp::Reverse(*major));
    found
}

/// The first complete folder on `PATH`.
fn on_path(path: Option<OsString>) -> Option<Candidate> {
    let path = path?;
    let folder = env::split_paths(&path).find(|folder| is_complete(folder))?;
    Some((major(&folder)?, folder))
}

fn is_complete(folder: &Path) -> bool {
    PROGRAMS.into_iter().all(|name| folder.join(name).is_file())
}

/// Asks `postgres` for its version; a dozen milliseconds, spent only where no folder name tells.
fn major(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("postgres"))
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    parse_major(&String::from_utf8_lossy(&output.stdout))
}

/// `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)` is 15, `… 18beta2` is 18.
fn parse_major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(2)?;
    let digits = number
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(number.len());
    number.get(..digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_postgres_prints_them() {
        assert_eq!(
            parse_major("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(parse_major("postgres"), None);
    }

    #[test]
    fn the_highest_version_makes_a_cluster_and_its_own_version_opens_it() {
        let all = || vec![(17, PathBuf::from("/17")), (15, PathBuf::from("/15"))];
        let cluster = Path::new("/c");
        let folder = |made| choose(all(), cluster, made).map(|binaries| binaries.folder);
        assert_eq!(folder(None).unwrap(), Path::new("/17"));
        assert_eq!(folder(Some(15)).unwrap(), Path::new("/15"));
        assert!(matches!(
            folder(Some(16)),
            Err(EmbeddedError::OtherMajor { made: 16, .. })
        ));
    }

    #[test]
    fn none_or_only_old_ones_are_the_same_as_not_installed() {
        let cluster = Path::new("/c");
        for candidates in [vec![], vec![(13, PathBuf::from("/13"))]] {
            let answer = choose(candidates, cluster, None);
            assert!(
                matches!(answer, Err(EmbeddedError::NotInstalled)),
                "{answer:?}"
            );
        }
    }

    #[test]
    fn a_folder_that_the_user_names_must_hold_every_program() {
        let answer = chosen(PathBuf::from("/nowhere"));
        assert!(matches!(
            answer,
            Err(EmbeddedError::BadBinFolder {
                program: "initdb",
                ..
            })
        ));
    }
}
