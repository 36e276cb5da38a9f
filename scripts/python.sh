# shellcheck shell=bash
# Sourced by build.sh: tools in Python: the AWS APIs to test against, cfn-lint, AWS's Runtime Interface Emulator.

set_up_python() {
    local python=/usr/bin/python3 fingerprint
    [[ -x $python ]] || python=python3
    fingerprint=$({ "$python" --version; echo "$root"; cat Tests/requirements.txt Tests/sam-cli.txt; } | sha256sum)
    [[ -f .venv/.complete && $(<.venv/.complete) == "$fingerprint" ]] && return
    say "Setting up .venv from Tests/requirements.txt"
    rm -rf .venv
    "$python" -m venv .venv
    pip install --require-virtualenv --require-hashes --only-binary :all: -r Tests/requirements.txt >&2
    fetch_emulator
    echo "$fingerprint" >.venv/.complete
}

pip() {
    local command=$1
    shift
    .venv/bin/python -m pip --disable-pip-version-check --quiet "$command" "$@"
}

# aws-sam-cli's wheel carries it. Itself would bring 60 more packages, with versions of its own.
fetch_emulator() {
    local machine
    case $(uname -m) in aarch64 | arm64) machine=arm64 ;; *) machine=x86_64 ;; esac
    mkdir -p .venv/rie
    sed -n '/^aws-sam-cli==/,/[^\\]$/p' Tests/sam-cli.txt >.venv/rie/requirements.txt
    pip download --no-deps --only-binary :all: --require-hashes --dest .venv/rie -r .venv/rie/requirements.txt >&2
    .venv/bin/python -m zipfile -e .venv/rie/aws_sam_cli-*.whl .venv/rie/wheel
    mv ".venv/rie/wheel/samcli/local/rapid/aws-lambda-rie-$machine" .venv/rie/aws-lambda-rie
    chmod 755 .venv/rie/aws-lambda-rie
    rm -r .venv/rie/wheel .venv/rie/*.whl .venv/rie/requirements.txt
}
