# What the scripts share; sourced by them, with the root of the clone as the current folder.
# shellcheck shell=bash

# Settings meant for other servers must not lead ours astray.
unset "${!PG@}"

have() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" = 0 ]; }

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# The folder of PostgreSQL's programs, chosen as src/embedded/binaries.rs does: SANAD_PG_BIN, else
# the newest of Debian's, else PATH. Fails when there is none of version 15 or newer.
postgres_bin() {
    local folder version found='' newest=14
    if [ -n "${SANAD_PG_BIN:-}" ]; then
        [ -x "$SANAD_PG_BIN/initdb" ] && printf '%s\n' "$SANAD_PG_BIN"
        return
    fi
    for folder in /usr/lib/postgresql/*/bin; do
        version=${folder#/usr/lib/postgresql/}
        version=${version%/bin}
        if [[ $version =~ ^[0-9]+$ ]] && ((version > newest)) && [ -x "$folder/initdb" ] &&
            [ -x "$folder/postgres" ] && [ -x "$folder/pg_ctl" ]; then
            found=$folder newest=$version
        fi
    done
    if [ -z "$found" ] && have initdb && have postgres && have pg_ctl; then
        [[ $(postgres --version) =~ ([0-9]+) ]] && ((BASH_REMATCH[1] > newest)) &&
            found=$(dirname "$(command -v initdb)")
    fi
    [ -n "$found" ] && printf '%s\n' "$found"
}

# Runs a program of PostgreSQL, which refuses root: root becomes `postgres`, else `nobody`.
as_postgres() {
    if is_root; then
        setpriv --reuid="$(postgres_account)" --regid="$(id -g "$(postgres_account)")" \
            --clear-groups env -C / LC_ALL=C "$@"
    else
        env LC_ALL=C "$@"
    fi
}

postgres_account() {
    if getent passwd postgres >/dev/null; then echo postgres; else echo nobody; fi
}

# Where the tests keep their cluster, as Settings::test in src/embedded/settings.rs has it.
test_data_dir() {
    if [ -n "${SANAD_TEST_CLUSTER:-}" ]; then
        printf '%s\n' "$SANAD_TEST_CLUSTER"
    elif is_root; then
        printf '/var/lib/sanad/test-%s\n' "$(printf %s "$(pwd -P)" | sha256sum | cut -c1-12)"
    else
        printf '%s/var/pg-test\n' "$(pwd -P)"
    fi
}

# Ends the tests' server, unless somebody is testing with it at this moment.
stop_test_cluster() {
    local data pid
    data=$(test_data_dir)
    { read -r pid <"$data/cluster/postmaster.pid"; } 2>/dev/null || return 0
    tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF "$data/cluster" || return 0
    flock --nonblock --exclusive "$data/users.lock" true || return 0
    kill -INT "$pid" # a fast shutdown: sessions are cut, data is kept
    for _ in $(seq 200); do
        [ -e "$data/cluster/postmaster.pid" ] || return 0
        sleep 0.1
    done
    echo "the tests' PostgreSQL, process $pid, does not end" >&2
}
