"""Compares instructions of an invocation with those in instructions.json, or writes them there.

Usage: instructions.py [--accept] machine name=instructions …

A name may come several times: the least counts. It fails when one is more than 5 % above the file's.
"""

import json
import pathlib
import sys

FILE = pathlib.Path(__file__).with_name("instructions.json")
MOST = 1.05


def main():
    accepts = sys.argv[1] == "--accept"
    machine, *pairs = sys.argv[1 + accepts:]
    counts = {}
    for name, count in (pair.split("=") for pair in pairs):
        counts[name] = min(counts.get(name, int(count)), int(count))
    known = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    accepted = known.get(machine, {})
    for name, count in counts.items():
        before = accepted.get(name)
        comparison = f"  {count / before - 1:+7.2%} of {before:,}" if before else ""
        print(f"{name:20}{count:>12,}{comparison}")
    if accepts:
        FILE.write_text(json.dumps({**known, machine: counts}, indent=2) + "\n", encoding="utf-8")
        print(f"Written to bench/{FILE.name} for {machine}.")
        return
    if not accepted:
        print(f"bench/{FILE.name} has no figures for {machine}, so nothing is compared.")
        print("./build.sh bench instructions --accept adds them.")
    sys.exit(any(count > accepted[name] * MOST for name, count in counts.items() if name in accepted))


main()
