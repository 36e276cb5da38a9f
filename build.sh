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
source scripts/checks.sh
source scripts/tests.sh
source scripts/bench.sh

usage() {
    cat <<'END'
Usage: ./build.sh [zip]   build dist/<Function>/bootstrap and dist/<Function>.zip for every function, and dist/switchboard
       ./build.sh demo    the same, then run every function on every event in events/ and print a table
       ./build.sh test    the same, then run every check and test
       ./build.sh bench   the same, then measure every function with the stopwatch in $BENCH (default ../shared/bench)
       ./build.sh salesforce  make dist/salesforce/*.zip alone, the metadata for people without the Salesforce CLI
       ./build.sh simulate [calls] [seed]
                          play so many calls (1000) of voice authentication in each mode, by callers whom the seed makes
       ./build.sh help    print this

Each sets up what is missing first: apt packages, a trimmed static libcurl in .build-curl, Python tools in .venv.
CURL_SOURCE_TARBALL=/path/to/curl-x.y.z.tar.xz builds libcurl from that instead of from the system's source package.
END
}

main() {
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
        build_all
        set_up_python
        run_checks
        run_tests
        ;;
    simulate)
        set_up_system
        forget_other_folders
        SIMULATION_CALLS=${2:-1000} SIMULATION_SEED=${3:-} run_simulation
        ;;
    bench)
        build_all
        run_bench
        ;;
    salesforce)
        pack_salesforce
        ;;
    help | -h | --help)
        usage
        ;;
    *)
        echo "build.sh: there is no command \"$1\"." >&2
        usage >&2
        exit 2
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

main "$@"
