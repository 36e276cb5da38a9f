#!/usr/bin/env python3
"""Runs the built test bundle, one process for each test target, several at a time.

    scripts/run_tests.py path/to/…PackageTests.xctest [target …]

Within a target the tests run one after another, since many hold deadlines of seconds; most of their time is waiting, so
targets run side by side (TEST_JOBS, 4); those that measure a person's times run afterwards, alone. One line a suite; a
failure comes with its whole log. The last line says how many tests ran and what was skipped, and why. A target that
runs no test is a failure.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

root = pathlib.Path(__file__).resolve().parent.parent
# The targets that take longest, first, so that none of them ends the run by itself.
LONGEST = [
    "IntegrationTests", "SwitchboardTests", "ProjectTests", "VoiceAuthCheckTests", "TwilioVoiceTests",
    "SimulationTests", "HTTPClientTests",
]
# A browser takes both processors, and its tests measure what a person waits for.
ALONE = ["BrowserTests"]
QUIET = re.compile(r"^[◇✔↳] (Test run|Test case|Test|Suite|Testing Library|Target Platform)\b")
SUITE = re.compile(r'^(✔|✘) Suite "?(.+?)"? (passed|failed) after ([\d.]+) seconds')
TOTAL = re.compile(r"Test run with (\d+) tests? in (\d+) suites? (passed|failed)")
SKIPPED = re.compile(r'^[➜→] (Test|Suite) "?(.+?)"? skipped(?:: "?(.*?)"?)?\.?$')
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
screen = threading.Lock()


def run(bundle, target):
    began = time.monotonic()
    process = subprocess.run(
        [bundle, "--testing-library", "swift-testing", "--no-parallel", "--filter", rf"^{target}\."],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=root, check=False)
    lines = COLOUR.sub("", process.stdout.decode(errors="replace")).splitlines()
    total = next((match for line in reversed(lines) if (match := TOTAL.search(line))), None)
    tests, suites = (int(total[1]), int(total[2])) if total else (0, 0)
    failed = process.returncode != 0 or tests == 0
    with screen:
        for line in lines:
            if match := SUITE.match(line):
                word = "ok" if match[3] == "passed" else "FAILED"
                print(f"{word:7}{target}.{match[2]}  {float(match[4]):.1f} s")
        if failed:
            print(f"\nFAILED {target}, status {process.returncode}" + ("" if tests else ": it ran no test"))
            print("\n".join(line for line in lines if not QUIET.match(line)), "\n")
        sys.stdout.flush()
    skips = [match for line in lines if (match := SKIPPED.match(line))]
    # A skipped suite is followed by each of its tests, for the same reason.
    suites_skipped = {match[3] for match in skips if match[1] == "Suite"}
    skipped = [
        (match[2], match[3] or "no reason given")
        for match in skips if match[1] == "Suite" or match[3] not in suites_skipped]
    return target, tests, suites, skipped, failed, time.monotonic() - began


def main():
    bundle = sys.argv[1]
    targets = sys.argv[2:] or [path.name for path in sorted((root / "Tests").glob("*Tests")) if path.is_dir()]
    targets.sort(key=lambda name: LONGEST.index(name) if name in LONGEST else len(LONGEST))
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("TEST_JOBS", "4"))) as pool:
        together = [target for target in targets if target not in ALONE]
        results = list(pool.map(lambda target: run(bundle, target), together))
    results += [run(bundle, target) for target in targets if target in ALONE]
    seconds = time.monotonic() - began
    print("Slowest:", ", ".join(f"{name} {time:.0f} s" for name, *_, time in sorted(results, key=lambda r: -r[-1])[:5]))
    tests, suites = sum(result[1] for result in results), sum(result[2] for result in results)
    skipped = [item for result in results for item in result[3]]
    failed = [result[0] for result in results if result[4]]
    words = "; ".join(f"{name}: {reason}" for name, reason in skipped) or "none"
    verdict = f"FAILED in {', '.join(failed)}" if failed else "passed"
    print(f"{tests} tests in {suites} suites {verdict} in {seconds:.0f} s; skipped: {words}")
    sys.exit(1 if failed else 0)


main()
