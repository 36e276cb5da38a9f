# shellcheck shell=bash
# Sourced by build.sh: what is checked without being run.

# What is read as it stands: before the builds, since it takes seconds and they take minutes.
check_sources() {
    say "swift format lint"
    swift format lint --strict -r Sources Tests Package.swift
    say "shellcheck, gcc -Wall"
    check_scripts
    say "ruff"
    .venv/bin/ruff check --no-cache .
    say "Declared dependencies"
    swift package dump-package | python3 scripts/imports.py
    say "cfn-lint"
    .venv/bin/cfn-lint template.yaml
    say "No full Foundation in what is shipped"
    check_imports
}

check_built() {
    say "Bills of materials"
    local name bills=()
    for name in $(functions); do bills+=("dist/$name.spdx.json"); done
    .venv/bin/python scripts/check_bills.py NOTICE "${bills[@]}"
    say "No libraries that a machine would have to have"
    for name in $(functions); do check_static "$(swift_static --show-bin-path)/$name"; done
}

# scripts/*.sh are checked as parts of build.sh, which has their options and variables: so it must source each.
check_scripts() {
    local script
    for script in scripts/*.sh; do
        grep -qxF "source $script" build.sh || fail "build.sh does not source $script."
    done
    shellcheck -ax build.sh .ci/* bench/*.sh
    gcc -fsyntax-only -Wall -Wextra -Werror -D_GNU_SOURCE bench/floor.c
    gcc -fsyntax-only -Wall -Wextra -Werror bench/runtime_api.c bench/backend.c
}

check_imports() {
    local module='(Foundation|FoundationEssentials|FoundationInternationalization|FoundationNetworking|FoundationXML)'
    if grep -rnE "^[^/]*\bimport +((class|enum|func|protocol|struct|var) +)?$module\b" Sources --include='*.swift' \
        --exclude-dir=Local; then
        fail "the imports above link Foundation, which is two fifths of a zip and more: use Base/Encoding and Base/JSON."
    fi
    if grep -rnE 'headerFields\[[^]]*\] *=' Sources --include='*.swift' --exclude-dir=Local; then
        fail "the lines above want Swift's string processing, which is not linked: use headerFields.set(_:to:)."
    fi
    if grep -rnE '\.properties\.name(Alias)?\b' Sources --include='*.swift' --exclude-dir=Local; then
        fail "bootstraps are linked without the names of Unicode's characters: scripts/functions.sh."
    fi
}
