# shellcheck shell=bash
# Sourced by build.sh: measures.

# Starting takes no event, and Echo takes the stopwatch's own; all others refuse that one, rightly, so that they are measured
# with it in starting alone. Then a request as a device sends it, which AlexaCRM answers without calling anybody.
# Peers (name=command) run beside Echo.
run_bench() {
    local name
    local -a commands=()
    for name in $(functions); do commands+=("$name=$(bench_settings) $root/dist/$name/bootstrap"); done
    say "Starting: exec to the first next of every function"
    bench/bench.sh -c 25 -r 0 "${commands[@]}"
    say "Echo: invocations"
    bench/bench.sh "Echo=$root/dist/Echo/bootstrap" "$@"
    say "Echo: events of 100 KB"
    bench/bench.sh -c 0 -n 2000 -s 100000 "Echo=$root/dist/Echo/bootstrap" "$@"
    say "AlexaCRM: an intent of 6 KB"
    bench/bench.sh -c 0 -n 5000 -e "$root/events/AlexaCRM/30-all-that-a-device-sends.json" \
        "AlexaCRM=$(bench_settings) $root/dist/AlexaCRM/bootstrap"
}

# What the functions need in order to start; nothing listens at these addresses.
bench_settings() {
    echo AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench AWS_ENDPOINT_URL=http://127.0.0.1:9 \
        AWS_LAMBDA_LOG_LEVEL=FATAL IDEMPOTENCY_TABLE=bench EMAIL_ALLOWED_SENDERS=@example.com \
        ALEXA_SKILL_ID=amzn1.ask.skill.7f2d6f0e-1c1a-4f39-9f0b-0c1d2e3f4a5b CRM_API_URL=http://127.0.0.1:9 \
        AUDIO_BUCKET=bench RECORDINGS_BUCKET=bench RECORDING_LINK_BASE_URL=https://calls.example.com \
        RECORDING_LINK_SECRET=bench-bench-bench SALESFORCE_LOGIN_URL=https://example.my.salesforce.com \
        SALESFORCE_CLIENT_ID=bench SALESFORCE_CLIENT_SECRET=bench VOICE_TABLE=bench \
        VOICE_HASH_SECRET=bench-bench-bench VIAPIKEY=bench VIAPITOKEN=bench \
        TWILIO_ACCOUNT_SID=AC00000000000000000000000000000000 TWILIO_AUTH_TOKEN=bench \
        TWILIO_PUBLIC_BASE_URL=https://voice.example.com CONNECT_PHONE_NUMBER=+12065550100
}
