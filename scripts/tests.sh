# shellcheck shell=bash
# Sourced by build.sh: tests and simulations.

# The tests find dist/, .venv/ and events/ under SWITCHBOARD_ROOT. Their last line says how many there were.
run_tests() {
    say "swift test"
    export SWITCHBOARD_ROOT=$root
    if [[ -z ${SIGV4_SUITE:-} && -d ../shared/data/sigv4-suite ]]; then
        SIGV4_SUITE=$(cd ../shared/data/sigv4-suite && pwd)
        export SIGV4_SUITE
    fi
    swift build "${import_check[@]}" --build-tests >&2
    scripts/run_tests.py "$(swift build --show-bin-path)"/*PackageTests.xctest
}

run_simulation() {
    say "Calls at a person's pace"
    export SIMULATION_CALLS SIMULATION_SEED
    swift test --disable-xctest --no-parallel --filter "SimulationTests.*pace"
}

run_contact_simulation() {
    say "Contacts on their way into the CRM"
    export SIMULATION_CONTACTS SIMULATION_SEED
    swift test --disable-xctest --no-parallel --filter "SimulationTests.*every contact"
}
