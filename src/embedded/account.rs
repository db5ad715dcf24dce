//! Whom PostgreSQL runs as: ourselves, or, since it refuses root, an account that root drops to.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::EmbeddedError;

/// Accounts that root may drop to, best first.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// The account that every PostgreSQL program runs as.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// The account that root drops to; none when we are not root.
    drop_to: Option<Entry>,
    /// Our own user.
    own_uid: u32,
}

/// One line of `/etc/passwd`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    name: &'static str,
    uid: u32,
    gid: u32,
}

/// Whether this process runs as root, without a system call of our own: `/proc/self` belongs to
/// the user of the process that looks at it.
pub(super) fn is_root() -> bool {
    own_uid().is_ok_and(|uid| uid == 0)
}

fn own_uid() -> io::Result<u32> {
    fs::metadata("/proc/self").map(|folder| folder.uid())
}

impl Account {
    /// Who we are, and whom we drop to if that is root.
    pub(super) fn current() -> Result<Self, EmbeddedError> {
        let own_uid = own_uid().map_err(EmbeddedError::io("look at", "/proc/self"))?;
        if own_uid != 0 {
            return Ok(Self {
                drop_to: None,
                own_uid,
            });
        }
        let passwd =
            fs::read_to_string("/etc/passwd").map_err(EmbeddedError::io("read", "/etc/passwd"))?;
        let entry = CANDIDATES
            .into_iter()
            .find_map(|name| find(&passwd, name))
            .ok_or(EmbeddedError::NoAccount)?;
        Ok(Self {
            drop_to: Some(entry),
            own_uid,
        })
    }

    /// Whether programs run under another account than our own.
    pub(super) fn drops_root(&self) -> bool {
        self.drop_to.is_some()
    }

    /// Makes `command` run under the account. The standard library drops root's other groups
    /// itself when it sets a user.
    pub(super) fn apply(&self, command: &mut Command) {
        if let Some(entry) = &self.drop_to {
            command.uid(entry.uid).gid(entry.gid);
        }
    }

    /// Gives a folder to the account; nothing to do when the account is our own.
    pub(super) fn give(&self, path: &Path) -> Result<(), EmbeddedError> {
        self.drop_to.as_ref().map_or(Ok(()), |entry| {
            chown(path, Some(entry.uid), Some(entry.gid))
                .map_err(EmbeddedError::io("change the owner of", path))
        })
    }

    /// Whether a folder is ours or the account's, so that nobody else prepared it for us.
    pub(super) fn owns(&self, folder: &Metadata) -> bool {
        folder.uid() == self.own_uid
            || self
                .drop_to
                .as_ref()
                .is_some_and(|entry| folder.uid() == entry.uid)
    }

    /// Fails with the first folder on the way to `folder` that the account cannot enter. Root
    /// itself enters everything, so without this only PostgreSQL's own, less clear words would
    /// tell that the folder lies in, say, a closed home.
    pub(super) fn check_reach(&self, folder: &Path) -> Result<(), EmbeddedError> {
        let Some(entry) = &self.drop_to else {
            return Ok(());
        };
        let mut way: Vec<&Path> = folder.ancestors().collect();
        way.reverse();
        for step in way {
            let metadata = fs::metadata(step).map_err(EmbeddedError::io("look at", step))?;
            if !may_enter(metadata.mode(), metadata.uid(), metadata.gid(), entry) {
                return Err(EmbeddedError::Unreachable {
                    account: entry.name.to_owned(),
                    folder: step.to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// The rule of Unix: the first class that fits decides, owner before group before others.
fn may_enter(mode: u32, uid: u32, gid: u32, entry: &Entry) -> bool {
    let bit = if uid == entry.uid {
        0o100
    } else if gid == entry.gid {
        0o010
    } else {
        0o001
    };
    mode & bit != 0
}

/// Looks an account up in the text of `/etc/passwd`; one with the rights of root does not count.
fn find(passwd: &str, name: &'static str) -> Option<Entry> {
    let line = passwd
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    let uid = fields.next()?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    (uid != 0).then_some(Entry { name, uid, gid })
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSTGRES: Entry = Entry {
        name: "postgres",
        uid: 101,
        gid: 104,
    };

    #[test]
    fn accounts_are_found_by_their_whole_name_and_never_with_the_rights_of_root() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\n\
                      postgres2:x:7:7::/:/bin/sh\n\
                      postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\n\
                      nobody:x:0:0::/:/bin/false\n";
        assert_eq!(find(passwd, "postgres"), Some(POSTGRES));
        assert_eq!(find(passwd, "nobody"), None);
        assert_eq!(find("", "postgres"), None);
    }

    #[test]
    fn the_first_class_that_fits_decides_who_enters() {
        assert!(may_enter(0o40711, 0, 0, &POSTGRES));
        assert!(!may_enter(0o40700, 0, 0, &POSTGRES));
        assert!(may_enter(0o40700, 101, 0, &POSTGRES));
        assert!(!may_enter(0o40701, 0, 104, &POSTGRES));
    }
}
