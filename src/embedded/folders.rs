//! The data folder and what lies in it, with rights that keep everybody else out.
//!
//! ```text
//! <data folder>/        0700 ours; as root 0711, so that the account below can pass
//!   cluster/            0700 PostgreSQL's own folder
//!   run/                0700 its socket, unless the path were too long
//!   postgres.log        0600 its log
//!   start.lock          held while a process starts or stops the server
//!   users.lock          held, shared, by every process that uses the server
//! ```

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::EmbeddedError;
use super::account::Account;

/// A Unix socket's path ends at 107 bytes; the folder leaves room for its name and its lock's.
const LONGEST_SOCKET_FOLDER: usize = 89;

/// As long as a start may take, and a stop after it.
const LOCK_LIMIT: Duration = Duration::from_mins(2);

/// The data folder, made and checked.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    root: PathBuf,
}

impl Folders {
    /// Makes the data folder if it is not there, and checks that the account can reach it.
    pub(super) fn prepare(data_dir: &Path, account: &Account) -> Result<Self, EmbeddedError> {
        let failed = |action| EmbeddedError::io(action, data_dir);
        make_way(data_dir, account)?;
        let root = data_dir.canonicalize().map_err(failed("find"))?;
        let mut entries = fs::read_dir(&root).map_err(failed("read"))?;
        if entries.next().is_none() {
            // Only a folder that holds nothing: the rights of somebody's home are not ours.
            let mode = if account.drops_root() { 0o711 } else { 0o700 };
            set_mode(&root, mode)?;
        }
        account.check_reach(&root)?;
        Ok(Self { root })
    }

    /// PostgreSQL's own folder.
    pub(super) fn cluster(&self) -> PathBuf {
        self.root.join("cluster")
    }

    /// The server's log.
    pub(super) fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    /// The major version of PostgreSQL that made the cluster; none before there is one.
    pub(super) fn made_by(&self) -> Option<u32> {
        fs::read_to_string(self.cluster().join("PG_VERSION"))
            .ok()?
            .trim()
            .parse()
            .ok()
    }

    /// An empty folder to initialise the cluster in. It takes its final name only when it is
    /// complete, so a start that is killed halfway leaves nothing that looks like a cluster.
    pub(super) fn new_cluster(&self, account: &Account) -> Result<PathBuf, EmbeddedError> {
        let folder = self.root.join("cluster.new");
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(EmbeddedError::io("remove", &folder)(error))
            }
            _ => make_private(&folder, account).map(|()| folder),
        }
    }

    /// Makes the folder of the socket, and picks it so that the socket's path is short enough.
    pub(super) fn socket_dir(&self, account: &Account) -> Result<PathBuf, EmbeddedError> {
        // Root's runtime folder is closed to the account that it drops to.
        let runtime = (!account.drops_root())
            .then(|| env::var_os("XDG_RUNTIME_DIR"))
            .flatten();
        let name = format!("sanad-{}", short_hash(&self.root));
        let elsewhere = runtime.map(PathBuf::from).into_iter();
        let elsewhere = elsewhere.chain([env::temp_dir(), PathBuf::from("/tmp")]);
        let candidates = elsewhere
            .filter(|base| base.is_absolute())
            .map(|base| base.join(&name));

        let mut failure = EmbeddedError::NoShortFolder;
        for folder in std::iter::once(self.root.join("run")).chain(candidates) {
            if folder.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
                match make_private(&folder, account) {
                    Ok(()) => return Ok(folder),
                    Err(error) => failure = error,
                }
            }
        }
        Err(failure)
    }

    /// Waits until no other process starts or stops the server; dropping the file lets go.
    pub(super) async fn lock_start(&self) -> Result<File, EmbeddedError> {
        let path = self.root.join("start.lock");
        let file = open_lock(&path)?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if begun.elapsed() < LOCK_LIMIT => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(TryLockError::WouldBlock) => return Err(EmbeddedError::Locked { lock: path }),
                Err(TryLockError::Error(error)) => {
                    return Err(EmbeddedError::io("lock", path)(error));
                }
            }
        }
    }

    /// Tells other processes that this one uses the server, for as long as the file is open. The
    /// kernel lets go of it when a process is killed.
    pub(super) fn lock_use(&self) -> Result<File, EmbeddedError> {
        let path = self.root.join("users.lock");
        let file = open_lock(&path)?;
        file.lock_shared()
            .map_err(EmbeddedError::io("lock", path))?;
        Ok(file)
    }

    /// Whether any process, this one included, uses the server. It looks more than once: a child
    /// of ours holds copies of our files, locks included, between its fork and its exec.
    pub(super) async fn in_use(&self) -> Result<bool, EmbeddedError> {
        let file = open_lock(&self.root.join("users.lock"))?;
        for _ in 0..15 {
            if file.try_lock().is_ok() {
                return Ok(false);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(true)
    }
}

/// Twelve hexadecimal digits that differ from path to path. `scripts/` computes the same.
pub(super) fn short_hash(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_bytes());
    hex::encode(digest).chars().take(12).collect()
}

fn open_lock(path: &Path) -> Result<File, EmbeddedError> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(EmbeddedError::io("open", path))
}

/// Makes a folder and those above it that are missing. What root makes can be passed through by
/// the account, also under a strict umask.
fn make_way(folder: &Path, account: &Account) -> Result<(), EmbeddedError> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        make_way(parent, account)?;
    }
    match fs::create_dir(folder) {
        Ok(()) if account.drops_root() => set_mode(folder, 0o711),
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(EmbeddedError::io("make", folder)(error))
        }
        _ => Ok(()),
    }
}

/// Makes a folder that only the account can enter. In the temp folder anybody may have made it
/// before us, as a link or as their own: such a folder is refused, not repaired.
fn make_private(folder: &Path, account: &Account) -> Result<(), EmbeddedError> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(EmbeddedError::io("make", folder)(error));
        }
        _ => {}
    }
    let found = fs::symlink_metadata(folder).map_err(EmbeddedError::io("look at", folder))?;
    if !found.is_dir() || !account.owns(&found) {
        return Err(EmbeddedError::NotOurs {
            folder: folder.to_owned(),
        });
    }
    set_mode(folder, 0o700)?;
    account.give(folder)
}

fn set_mode(path: &Path, mode: u32) -> Result<(), EmbeddedError> {
    fs::set_permissions(path, Permissions::from_mode(mode))
        .map_err(EmbeddedError::io("set the rights of", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_short_name() {
        // As the shell has it: printf %s /srv/sanad | sha256sum | cut -c1-12
        assert_eq!(short_hash(Path::new("/srv/sanad")), "de8537925206");
    }

    #[test]
    fn a_link_in_the_temp_folder_is_refused() {
        let account = Account::current().unwrap();
        let base = env::temp_dir().join(format!("sanad-link-{}", std::process::id()));
        fs::create_dir_all(&base).unwrap();
        let link = base.join("link");
        std::os::unix::fs::symlink("/", &link).unwrap();
        let answer = make_private(&link, &account);
        fs::remove_dir_all(&base).unwrap();
        assert!(
            matches!(answer, Err(EmbeddedError::NotOurs { .. })),
            "{answer:?}"
        );
    }
}
