# shellcheck shell=bash
# Sourced by build.sh: measures.

# ./build.sh bench [--peers] [name=command …]: the commands, and the peers, run beside Echo; the peers beside SendEmail and
# AlexaCRM too. ./build.sh bench instructions [--accept]: counts, for pipelines.
run_bench() {
    case ${1:-} in
    instructions)
        [[ ${2:-} == '' || ${2:-} == --accept ]] || fail "./build.sh bench instructions takes --accept and nothing else."
        count_instructions "${@:2}"
        ;;
    --peers)
        build_all
        measure_all yes "${@:2}"
        ;;
    *)
        build_all
        measure_all no "$@"
        ;;
    esac
}

# In a subshell, which ends what it has started.
measure_all() (
    has_go=no has_python=no
    if [[ $1 == yes ]]; then set_up_peers; fi
    shift
    make_backend
    trap end_backend EXIT
    measure_starts
    measure_echo "$@"
    measure_send_email
    measure_skill
    measure_contact_records
)

# A peer that cannot be had is left out, with a line that says so.
set_up_peers() {
    say "Fetching the peers: Go with aws-sdk-go, Python with boto3 and Alexa's SDK"
    if set_up_go; then has_go=yes; else echo "Go is left out: $bench_home/go.log says what was missing." >&2; fi
    if set_up_peer_python; then
        has_python=yes
    else
        echo "Python is left out: $bench_home/python.log says what was missing." >&2
    fi
}

# Nothing listens where these functions would call, so that only their starts are measured: each refuses the event.
measure_starts() {
    local name
    local -a commands=()
    for name in $(functions); do commands+=("$name=$(bench_settings) $root/dist/$name/bootstrap"); done
    say "Starting: exec to the first next of every function"
    bench/bench.sh -c 25 -r 0 "${commands[@]}"
}

measure_echo() {
    local -a commands=("Echo=$root/dist/Echo/bootstrap" "$@")
    [[ $has_go == no ]] || commands+=("Go=$bench_home/go-peer")
    [[ $has_python == no ]] || commands+=("Python=$(peer_python) echo.handler")
    say "Echo: invocations"
    bench/bench.sh "${commands[@]}"
    say "Echo: events of 100 KB"
    bench/bench.sh -c 0 -n 2000 -s 100000 "${commands[@]}"
}

# The same work over HTTP and over TLS: claim in DynamoDB, send with SES, record.
measure_send_email() {
    local ours http tls
    local -a commands bases=(-b HTTP)
    ours="$(send_email_settings) $root/dist/SendEmail/bootstrap"
    http=AWS_ENDPOINT_URL=http://127.0.0.1:$http_port tls=AWS_ENDPOINT_URL=https://localhost:$tls_port
    commands=(
        "HTTP=$http $ours" "TLS=$tls $ours"
        "HTTP, no warm-up=SWITCHBOARD_WARM_UP=false $http $ours" "TLS, no warm-up=SWITCHBOARD_WARM_UP=false $tls $ours"
    )
    if [[ $has_go == yes ]]; then
        commands+=("Go, HTTP=$http $(send_email_settings) $bench_home/go-peer")
        commands+=("Go, TLS=$tls $(send_email_settings) $bench_home/go-peer")
        bases+=(-b "Go, HTTP" -b "Go, TLS")
    fi
    if [[ $has_python == yes ]]; then
        commands+=("Python, HTTP=$http $(send_email_settings) $(peer_python) send_email.handler")
        commands+=("Python, TLS=$tls $(send_email_settings) $(peer_python) send_email.handler")
    fi
    say "SendEmail: claim, send and record; the first answer, at 128 MB too, then invocations"
    bench/bench.sh -c 15 -q 15 -n 2000 "${bases[@]}" -e "$root/events/SendEmail/08-direct-invoke.json" "${commands[@]}"
}

# A request as a device sends it, which is answered without calling anybody.
measure_skill() {
    local -a commands=("AlexaCRM=$(bench_settings) $root/dist/AlexaCRM/bootstrap")
    [[ $has_python == no ]] || commands+=("Python=$(bench_settings) $(peer_python) skill.handler")
    say "AlexaCRM: an intent of 6 KB"
    bench/bench.sh -c 15 -n 5000 -e "$root/events/AlexaCRM/30-all-that-a-device-sends.json" "${commands[@]}"
}

# A hundred contacts of twenty numbers in a batch, each with a task; Salesforce answers at once.
measure_contact_records() {
    local ours
    ours="$(bench_settings) DEAD_LETTER_QUEUE_URL=http://127.0.0.1:9/1/dead SALESFORCE_LOGIN_URL=http://127.0.0.1:$http_port"
    say "ConnectContactRecords: batches of 100 contact records"
    bench/bench.sh -c 0 -r 3 -n 1000 -e "$root/events/ConnectContactRecords/66-a-hundred-contacts-of-twenty-numbers.json" \
        "ConnectContactRecords=$ours $root/dist/ConnectContactRecords/bootstrap"
}

# What an invocation takes, by callgrind: time differs from run to run, and this by 0.4 % at most. An invocation that takes
# more than the file allows is counted three times before it fails.
count_instructions() {
    set_up_system
    build_curl
    prepare_functions
    if ! are_built "$(sources_fingerprint)"; then
        build_function_alone Echo
        build_function_alone SendEmail
    fi
    set_up_valgrind
    make_backend
    trap end_backend EXIT
    local attempt counts=()
    for attempt in 1 2 3; do
        say "Instructions of an invocation: count $attempt"
        count_once
        if python3 bench/instructions.py "$@" "$(machine)" "${counts[@]}"; then return; fi
    done
    fail "an invocation takes more instructions than before. If it must, ./build.sh bench instructions --accept writes the" \
        "new figures to bench/instructions.json."
}

count_once() {
    local ours event=$root/events/SendEmail/08-direct-invoke.json
    ours="$(send_email_settings) COMMAND $root/dist/SendEmail/bootstrap"
    counts+=("Echo=$(instructions 2000 "COMMAND $root/dist/Echo/bootstrap")")
    counts+=("SendEmail=$(instructions 200 "AWS_ENDPOINT_URL=http://127.0.0.1:$http_port $ours" -e "$event")")
    counts+=("SendEmail over TLS=$(instructions 200 "AWS_ENDPOINT_URL=https://localhost:$tls_port $ours" -e "$event")")
}

# Prints what 2 × N invocations take less what N take, divided by N: so starting is left out.
instructions() {
    local events=$1 words=$2 count out=$bench_home/callgrind.out
    local -a totals=() command
    shift 2
    for count in "$events" "$((2 * events))"; do
        rm -f "$out"
        read -ra command <<<"${words/COMMAND/${valgrind[*]} -q --tool=callgrind --callgrind-out-file=$out}"
        if ! "$bench_home/runtime_api" -t -w 0 -n "$count" "$@" -- "${command[@]}" >"$bench_home/run.json" \
            2>"$bench_home/run.log" || ! grep -q '"refused":0,"unexpected":0' "$bench_home/run.json"; then
            fail "a run under valgrind failed: $bench_home/run.json and run.log say how."
        fi
        totals+=("$(sed -n 's/^totals: //p' "$out")")
    done
    echo $(((totals[1] - totals[0]) / events))
}

# Counts differ between machines and compilers.
machine() { echo "$(uname -m), Swift $(swift --version 2>/dev/null | grep -oE '[0-9]+\.[0-9.]*[0-9]' | head -n 1)"; }

# Leaves what SendEmail and ConnectContactRecords call, on the CPU that the bootstrap runs on, in $http_port and $tls_port.
make_backend() {
    local certificates=$bench_home/certificates
    mkdir -p "$certificates"
    gcc -O2 -Wall -Wextra -o "$bench_home/runtime_api" bench/runtime_api.c
    gcc -O2 -Wall -Wextra -o "$bench_home/backend" bench/backend.c -lssl -lcrypto
    bench/certificates.sh "$certificates"
    : >"$bench_home/ports"
    taskset -c "$(($(getconf _NPROCESSORS_ONLN) - 1))" "$bench_home/backend" "$certificates/chain.pem" \
        "$certificates/key.pem" >"$bench_home/ports" &
    backend=$!
    until read -r http_port tls_port <"$bench_home/ports"; do
        kill -0 "$backend" || fail "bench/backend.c did not start."
        sleep 0.05
    done
}

end_backend() {
    local asked
    kill "$backend" 2>/dev/null || true
    wait "$backend" || true
    asked=$(sed -n 2p "$bench_home/ports")
    echo "What the functions called was asked for: $asked" >&2
    [[ $asked == *'"others":0'* ]] || fail "something was asked for that bench/backend.c does not imitate."
}

# AWS_CA_BUNDLE is what boto3 reads of the CA bundle; Go reads SSL_CERT_FILE, as we do.
peer_python() {
    echo "PYTHONPATH=$root/bench/peers/python PYTHONDONTWRITEBYTECODE=1" \
        "AWS_CA_BUNDLE=$bench_home/certificates/bundle.pem $bench_home/python/bin/python -m awslambdaric"
}

send_email_settings() {
    echo AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench \
        IDEMPOTENCY_TABLE=bench EMAIL_ALLOWED_SENDERS=@example.com "LAMBDA_TASK_ROOT=$root/dist/SendEmail" \
        "SSL_CERT_FILE=$bench_home/certificates/bundle.pem"
}

# What the functions need in order to start; nothing listens at these addresses.
bench_settings() {
    echo AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench AWS_ENDPOINT_URL=http://127.0.0.1:9 \
        AWS_LAMBDA_LOG_LEVEL=FATAL SWITCHBOARD_WARM_UP=false IDEMPOTENCY_TABLE=bench EMAIL_ALLOWED_SENDERS=@example.com \
        ALEXA_SKILL_ID=amzn1.ask.skill.7f2d6f0e-1c1a-4f39-9f0b-0c1d2e3f4a5b CRM_API_URL=http://127.0.0.1:9 \
        AUDIO_BUCKET=bench RECORDINGS_BUCKET=bench RECORDING_LINK_BASE_URL=https://calls.example.com \
        RECORDING_LINK_SECRET=bench-bench-bench SALESFORCE_LOGIN_URL=https://example.my.salesforce.com \
        SALESFORCE_CLIENT_ID=bench SALESFORCE_CLIENT_SECRET=bench VOICE_TABLE=bench \
        VOICE_HASH_SECRET=bench-bench-bench VIAPIKEY=bench VIAPITOKEN=bench \
        TWILIO_ACCOUNT_SID=AC00000000000000000000000000000000 TWILIO_AUTH_TOKEN=bench \
        TWILIO_PUBLIC_BASE_URL=https://voice.example.com CONNECT_PHONE_NUMBER=+12065550100
}
