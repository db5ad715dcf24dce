//! Which cluster a process means.

use std::env;
use std::path::{Path, PathBuf};

use super::{account, folders};

/// Where root keeps its clusters: the account it drops to cannot enter root's home, where a clone
/// may lie.
const ROOTS_FOLDER: &str = "/var/lib/sanad";

/// Which cluster, and how careful with its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The folder that holds the cluster, its log and, if the path is short, its socket.
    pub data_dir: PathBuf,
    /// Whether data must survive a power cut. Tests prefer speed.
    pub durable: bool,
}

impl Settings {
    /// The cluster of `sanad demo` for one clone of the repository: the folder that
    /// `SANAD_DATA_DIR` names, else `var/pg` in the clone, or as root
    /// `/var/lib/sanad/demo-<hash of the clone's path>`.
    pub fn demo(clone_dir: &Path) -> Self {
        Self {
            data_dir: named("SANAD_DATA_DIR").unwrap_or_else(|| of_clone(clone_dir, "demo", "pg")),
            durable: true,
        }
    }

    /// The cluster that all tests of one clone share: in the folder that `SANAD_TEST_CLUSTER` names, else
    /// `var/pg-test`, or as root `/var/lib/sanad/test-<hash of the clone's path>`. It trades durability for
    /// speed.
    pub fn test(clone_dir: &Path) -> Self {
        Self {
            data_dir: named("SANAD_TEST_CLUSTER")
                .unwrap_or_else(|| of_clone(clone_dir, "test", "pg-test")),
            durable: false,
        }
    }

    /// The cluster of the benchmark: `var/pg-bench`, or as root `/var/lib/sanad/bench-<hash of the clone's
    /// path>`. It writes as carefully as one in use.
    pub fn bench(clone_dir: &Path) -> Self {
        Self {
            data_dir: of_clone(clone_dir, "bench", "pg-bench"),
            durable: true,
        }
    }
}

/// A folder that a variable names.
fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
}

fn of_clone(clone_dir: &Path, for_root: &str, for_user: &str) -> PathBuf {
    let clone_dir = clone_dir
        .canonicalize()
        .unwrap_or_else(|_| clone_dir.to_owned());
    if account::is_root() {
        let hash = folders::short_hash(&clone_dir);
        Path::new(ROOTS_FOLDER).join(format!("{for_root}-{hash}"))
    } else {
        clone_dir.join("var").join(for_user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clones_and_two_purposes_never_share_a_folder() {
        let (one, two) = (Path::new("/srv/one"), Path::new("/srv/two"));
        let folders = [
            of_clone(one, "demo", "pg"),
            of_clone(two, "demo", "pg"),
            of_clone(one, "test", "pg-test"),
            of_clone(two, "test", "pg-test"),
        ];
        for (index, folder) in folders.iter().enumerate() {
            assert!(folder.is_absolute());
            assert_eq!(
                folders.iter().position(|other| other == folder),
                Some(index)
            );
        }
    }
}
