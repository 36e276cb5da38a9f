# shellcheck shell=bash
# Sourced by build.sh: the switchboard command, and Salesforce's metadata.

# A module cache holds whole paths: in a clone that was moved or copied, swift build would find no module of the system.
# (.build-static's stamp holds the root too, and .venv's.)
forget_other_folders() {
    local stamp=.build/.root
    if [[ -d .build && $(cat "$stamp" 2>/dev/null) != "$root" ]]; then
        # A build by hand leaves no stamp, but a manifest with the folder in it.
        if [[ -f $stamp ]] || ! grep -sqF "\"$root/.build/" .build/debug.yaml; then
            say "This clone was moved or copied: building from scratch"
            rm -rf .build
        fi
    fi
    mkdir -p .build
    echo "$root" >"$stamp"
}

# The command is built as the tests are, so that it and they share their build.
build_switchboard() {
    forget_other_folders
    say "Building switchboard"
    swift build "${import_check[@]}" --product switchboard >&2
    mkdir -p dist
    # For --version. A commit in the command itself would make every commit a build of its own.
    git describe --always --dirty --abbrev=12 --exclude '*' >dist/.commit 2>/dev/null || rm -f dist/.commit
    cmp -s .build/debug/switchboard dist/switchboard || cp .build/debug/switchboard dist/switchboard
}

# The metadata for people without the Salesforce CLI.
pack_salesforce() { integrations/salesforce/package.py dist/salesforce; }
