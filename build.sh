#!/usr/bin/env bash
# Builds, shows and checks Switchboard, after setting up whatever is missing. `./build.sh help` lists what it does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
readonly root=$PWD

source scripts/common.sh
source scripts/system.sh
source scripts/curl.sh
source scripts/functions.sh
source scripts/command.sh
source scripts/python.sh
source scripts/browser.sh
source scripts/checks.sh
source scripts/tests.sh
source scripts/peers.sh
source scripts/bench.sh
source scripts/fuzz.sh

usage() {
    cat <<'END'
Usage: ./build.sh [zip]       build dist/<Function>.zip for every function, and dist/switchboard
       ./build.sh <Function>  build the zip of one function
       ./build.sh demo        build all, run every function on every event in events/ and print a table
       ./build.sh test        build all, run every check and test
       ./build.sh bench [--peers] [name=command …]
                              build all, and measure starts, Echo (beside the commands), SendEmail and AlexaCRM with the
                              stopwatch in bench/; --peers fetches Go and Python, and measures the same work in them
       ./build.sh bench instructions [--accept]
                              count instructions of an invocation of Echo and SendEmail, and fail when they have risen by
                              5 % of those in bench/instructions.json; --accept writes them there
       ./build.sh salesforce  make dist/salesforce/*.zip, the metadata for people without the Salesforce CLI
       ./build.sh simulate [calls] [seed]
                              play calls (1000) of voice authentication in each mode, by callers that the seed chooses
       ./build.sh simulate contacts [contacts] [seed]
                              send the records of so many contacts (100000), with transfers, updates, repeats, kills and
                              an hour without Salesforce, and compare what is written with the records
       ./build.sh fuzz [minutes] [seed]
                              mutated input for every parser, as many minutes (1) for each, after 100,000 events over all
                              functions for each minute: 10 gives a million; the seed is printed, and repeats it all
       ./build.sh fuzz again <file> …
                              repeat what it has found, in .build-fuzz/found
       ./build.sh help        print this

Each sets up what is missing first: apt packages, a trimmed static libcurl in .build-curl, Python tools in .venv.
Measuring fetches valgrind and the peers into .build-bench, without installing them.
Names are taken in any case. dist/SHA256SUMS has the zips' hashes.
CURL_SOURCE_TARBALL=/path/to/curl-x.y.z.tar.xz builds libcurl from that instead of from the system's source package.
END
}

main() {
    local name
    case ${1:-zip} in
    zip)
        build_all
        ;;
    demo)
        build_all
        set_up_python
        dist/switchboard demo
        ;;
    test)
        set_up_system
        set_up_python
        check_sources
        build_all
        set_up_browser
        check_built
        run_tests
        ;;
    simulate)
        set_up_system
        forget_other_folders
        if [[ ${2:-} == contacts ]]; then
            SIMULATION_CONTACTS=${3:-100000} SIMULATION_SEED=${4:-} run_contact_simulation
        else
            SIMULATION_CALLS=${2:-1000} SIMULATION_SEED=${3:-} run_simulation
        fi
        ;;
    fuzz)
        if [[ ${2:-} == again ]]; then repeat_fuzz "${@:3}"; else run_fuzz "${2:-}" "${3:-}"; fi
        ;;
    bench)
        run_bench "${@:2}"
        ;;
    salesforce)
        pack_salesforce
        ;;
    help | -h | --help)
        usage
        ;;
    --version)
        version
        ;;
    *)
        name=$(functions | grep -ixF -- "$1") || unknown "$1"
        build_one "$name"
        ;;
    esac
}

build_all() {
    set_up_system
    build_curl
    build_switchboard
    build_functions
    pack_salesforce
}

# One function for somebody who works on it, and the command to run it with if there is none yet.
build_one() {
    set_up_system
    build_curl
    [[ -x dist/switchboard ]] || build_switchboard
    build_function_alone "$1"
}

unknown() {
    local near
    near=$({ printf '%s\n' zip demo test bench fuzz salesforce simulate help; functions; } | nearest "$1")
    printf 'build.sh: there is no command or function "%s".%s\n' "$1" "${near:+ Did you mean \"$near\"?}" >&2
    printf 'The functions are: %s. ./build.sh help lists the commands.\n' "$(functions | paste -sd , | sed 's/,/, /g')" >&2
    exit 2
}

main "$@"
