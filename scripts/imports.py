"""Compares what each target imports with the dependencies that Package.swift declares for it.

Reads `swift package dump-package` from standard input, prints a line for each difference, and exits with 1 if there is
one. SwiftPM's own check takes a target's dependencies' dependencies for declared; this takes a target's own alone.
"""

import json
import pathlib
import re
import sys

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:class|enum|func|protocol|struct|typealias|var)\s+)?(\w+)",
    re.MULTILINE,
)
# What Package.swift gives to every target of a type, needed or not.
GIVEN = {"test": {"TestSupport"}, "executable": {"JSON", "LambdaRuntime", "Logging", "Settings"}}


def dependencies(target):
    for dependency in target["dependencies"]:
        (named,) = dependency.values()
        yield named[0]


def imports(folder, excluded):
    for file in sorted(folder.rglob("*.swift")):
        if not any(file.is_relative_to(folder / path) for path in excluded):
            yield from IMPORT.findall(file.read_text(encoding="utf-8"))


def main():
    package = json.load(sys.stdin)
    declared = {target["name"]: set(dependencies(target)) for target in package["targets"]}
    # Modules of this package and products of others: nothing else can be declared.
    known = declared.keys() | {name for names in declared.values() for name in names}
    looked_at, differences = 0, []
    for target in package["targets"]:
        name, folder = target["name"], pathlib.Path(target["path"])
        imported = set(imports(folder, target["exclude"])) & known
        if target["type"] == "system" or not list(folder.rglob("*.swift")):
            continue
        looked_at += 1
        differences += [f"{name} imports {other}, but does not declare it" for other in imported - declared[name]]
        unused = declared[name] - imported - GIVEN.get(target["type"], set())
        differences += [f"{name} declares {other}, but does not import it" for other in unused]
    if not looked_at:
        sys.exit("imports.py: Package.swift has no target with Swift sources.")
    print("\n".join(sorted(differences)) or f"{looked_at} targets declare what they import, and nothing else.")
    sys.exit(bool(differences))


main()
