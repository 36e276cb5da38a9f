# shellcheck shell=bash
# Sourced by build.sh: mutated events for the functions, and mutated input for every parser.

# Minutes for each parser, and for each of them 100,000 events over all functions. The seed decides every input, but for
# how many of them fit into the time. What fails is written to .build-fuzz/found, and the rest goes on.
run_fuzz() {
    local minutes=${1:-1} seed=${2:-} name failed=()
    [[ $minutes =~ ^[0-9]{1,4}$ && $minutes != 0 ]] || fail "fuzz takes minutes, such as ./build.sh fuzz 10."
    [[ -n $seed ]] || seed=$((RANDOM << 15 | RANDOM))
    [[ $seed =~ ^[0-9]{1,18}$ ]] || fail "a seed is a number: ./build.sh fuzz $minutes 7."
    build_all
    build_fuzz
    say "Fuzzing with seed $seed: ./build.sh fuzz $minutes $seed does the same again"
    export FUZZ_SEED=$seed SWITCHBOARD_ROOT=$root
    local per_function=$((minutes * 100000 / $(functions | wc -l) + 1))
    for name in $(functions); do
        say "$name: $per_function events"
        FUZZ_EVENTS=$per_function FUZZ_FUNCTION=$name fuzz_tests EventTests || failed+=("$name")
    done
    for name in $(fuzz_parsers); do
        say "$name: $minutes min"
        FUZZ_SECONDS=$((minutes * 60)) FUZZ_PARSER=$name fuzz_tests ParserTests || failed+=("$name")
    done
    ((${#failed[@]} == 0)) || fail "seed $seed found something in: ${failed[*]}. The inputs are in .build-fuzz/found;" \
        "./build.sh fuzz again <file> repeats one."
    say "Nothing found with seed $seed"
}

# Repeats inputs of .build-fuzz/found, by what their names begin with.
repeat_fuzz() {
    local file
    (($# > 0)) || fail "name the input: ./build.sh fuzz again .build-fuzz/found/SendSMS-7.json"
    build_all
    build_fuzz
    export SWITCHBOARD_ROOT=$root
    for file in "$@"; do FUZZ_AGAIN=$(realpath "$file") fuzz_tests RepetitionTests; done
}

fuzz_parsers() {
    sed -n 's/^ *static let [a-zA-Z]* = ParserTarget(name: "\(.*\)",.*/\1/p; s/^ *name: "\([a-z]*\)",.*/\1/p' \
        Tests/FuzzTests/Parsers/*Target.swift
}

fuzz_tests() {
    .build-fuzz/release/SwitchboardPackageTests.xctest --testing-library swift-testing --no-parallel --filter "FuzzTests.$1"
}

# The tests' target alone, for release. With LLVM's libFuzzer where the toolchain has it, which looks for inputs that reach
# new code: its own main would be the second of the bundle, hence the library without one, and the frontend's flag.
build_fuzz() {
    local library flags=(-Xswiftc -enable-testing)
    set_up_system
    forget_other_folders
    library=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
    library=$library/clang/lib/linux/libclang_rt.fuzzer_no_main-$(uname -m).a
    if [[ -f $library ]]; then
        flags+=(-Xswiftc -Xfrontend -Xswiftc -sanitize=fuzzer -Xcc -fsanitize=fuzzer-no-link -Xswiftc -DLIBFUZZER)
        flags+=(-Xlinker "$library" -Xlinker -lstdc++)
    else
        say "This toolchain has no libFuzzer: mutating without looking at what code is reached"
    fi
    # What was found outlives another compiler, and a clone that was moved.
    mkdir -p .build-fuzz
    if [[ $(cat .build-fuzz/.stamp 2>/dev/null) != "$root ${flags[*]}" ]]; then
        find .build-fuzz -mindepth 1 -maxdepth 1 -not -name found -exec rm -rf {} +
        echo "$root ${flags[*]}" >.build-fuzz/.stamp
    fi
    say "Building the fuzzer"
    SWITCHBOARD_FUZZ=1 swift build "${import_check[@]}" -c release --scratch-path .build-fuzz "${flags[@]}" \
        --product SwitchboardPackageTests >&2
}
