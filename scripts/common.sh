# shellcheck shell=bash
# Sourced by build.sh: what the other scripts say and fail with.

say() { printf '\n==> %s\n' "$*" >&2; }

fail() {
    printf 'build.sh: %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null; }

# Runs a command with its output in a file, and shows the end of it when the command fails.
logged() {
    local log=$1 status
    shift
    set +e
    (
        set -e
        "$@"
    ) >"$log" 2>&1
    status=$?
    set -e
    ((status == 0)) && return
    tail -n 30 "$log" >&2
    fail "the step above failed; all it printed is in $log"
}
