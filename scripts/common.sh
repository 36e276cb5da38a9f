# shellcheck shell=bash
# Sourced by build.sh: what the other scripts say and fail with.

# Refuses what a target imports of this package without a dependency that leads there, whether or not it happens to build.
readonly import_check=(--explicit-target-dependency-import-check error)

# The version of this package, from its one place.
version() {
    sed -n 's/^ *package static let current = "\([0-9.]*\)"$/\1/p' Sources/*/*/Version.swift | grep . ||
        fail "Version.swift under Sources does not say the version."
}

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
    tail -n 30 "$log" | sed 's/.*\r//' >&2
    fail "the step above failed; all it printed is in $log"
}

# Prints the line of the input that takes the fewest changes of letters to become the word; nothing when none is near.
nearest() {
    awk -v word="$1" '
        function distance(a, b,    i, j, row, left, corner, above) {
            for (j = 0; j <= length(b); j++) row[j] = j
            for (i = 1; i <= length(a); i++) {
                corner = row[0]
                row[0] = i
                for (j = 1; j <= length(b); j++) {
                    above = row[j]
                    left = row[j - 1]
                    row[j] = corner + (substr(a, i, 1) != substr(b, j, 1))
                    if (above + 1 < row[j]) row[j] = above + 1
                    if (left + 1 < row[j]) row[j] = left + 1
                    corner = above
                }
            }
            return row[length(b)]
        }
        {
            changes = distance(tolower(word), tolower($0))
            if (changes <= 1 + length($0) / 4 && (found == "" || changes < least)) { least = changes; found = $0 }
        }
        END { if (found != "") print found }'
}
