"""Prints how many packages are as requirements.txt pins them, or which are not."""

import sys
from importlib import metadata

from pip._vendor.packaging.requirements import Requirement

wanted, others = [], []
for line in open(sys.argv[1], encoding="utf-8"):
    text = line.split("#")[0].strip(" \\\n")
    if not text or text.startswith("--hash"):
        continue
    requirement = Requirement(text)
    if requirement.marker and not requirement.marker.evaluate():
        continue
    wanted.append(requirement.name)
    try:
        if not requirement.specifier.contains(metadata.version(requirement.name), prereleases=True):
            others.append(requirement.name)
    except metadata.PackageNotFoundError:
        others.append(requirement.name)
if others:
    sys.exit("not as in Tests/requirements.txt: " + ", ".join(sorted(others)))
print(len(wanted), "packages as in Tests/requirements.txt")
