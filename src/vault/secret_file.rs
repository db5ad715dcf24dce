//! A file that holds a secret: nobody but its owner may reach it.

use std::{env, fs, io, os::unix::fs::PermissionsExt, path::Path};

/// The mode of a file that others than its owner may reach; `None` for one that is closed as it should be.
pub fn open_mode(path: &Path) -> io::Result<Option<u32>> {
    let folder = env::var_os("CREDENTIALS_DIRECTORY");
    open_mode_among(path, folder.as_deref().map(Path::new))
}

/// systemd gives a service its credentials as root's, mode 0440, with an entry for the service's user alone in
/// their access list: the group bits are the mask of that list, and the folder is closed to everybody else.
fn open_mode_among(path: &Path, credentials: Option<&Path>) -> io::Result<Option<u32>> {
    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    let file = path.canonicalize()?;
    let is_credential = credentials
        .and_then(|folder| folder.canonicalize().ok())
        .is_some_and(|folder| file.starts_with(folder));
    let others = if is_credential { 0o037 } else { 0o077 };
    Ok((mode & others != 0).then_some(mode))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_may_read_a_credential_of_systemd_and_nothing_else() {
        let folder = env::temp_dir().join(format!("sanad-credentials-{}", std::process::id()));
        let credentials = folder.join("credentials");
        fs::create_dir_all(&credentials).unwrap();
        let made = |path: std::path::PathBuf| {
            fs::write(&path, "secret").unwrap();
            path
        };
        let inside = made(credentials.join("key"));
        let outside = made(folder.join("key"));
        let round = credentials.join("../key");
        for (mode, as_credential, as_file) in [
            (0o400, None, None),
            (0o600, None, None),
            (0o440, None, Some(0o440)),
            (0o460, Some(0o460), Some(0o460)),
            (0o444, Some(0o444), Some(0o444)),
            (0o450, Some(0o450), Some(0o450)),
        ] {
            for path in [&inside, &outside] {
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            }
            let open = |path: &Path| open_mode_among(path, Some(&credentials)).unwrap();
            assert_eq!(open(&inside), as_credential, "{mode:o}");
            assert_eq!(open(&outside), as_file, "{mode:o}");
            assert_eq!(open(&round), as_file, "{mode:o}, round about");
            let alone = open_mode_among(&inside, None).unwrap();
            assert_eq!(alone, as_file, "{mode:o}, without systemd");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
