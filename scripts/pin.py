"""Writes the .txt beside each .in: every package in one version, every file of it by its hash.

Usage: pin.py [--upgrade] Tests/requirements.in Tests/sam-cli.in

Takes uv on the PATH (pip install uv), which asks the package index. What the .txt pins already stays in its version,
unless --upgrade is given. Hashes are those of wheels for any machine, and for Linux on x86_64 and arm64 with CPython
3.10 to 3.14; where there are none, that of the source.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

PROJECT = """
[project]
name = "tools"
version = "0"
requires-python = ">=3.10,<3.15"
dependencies = [{dependencies}]
[tool.uv]
package = false
constraint-dependencies = [{constraints}]
"""
TAGS = re.compile(r"-(py3|py2\.py3|cp3\d+)-(none|abi3|cp3\d+)-(any|manylinux[\w.]*_(x86_64|aarch64)[\w.]*)\.whl$")
# Other versions of CPython, and those without its lock.
UNUSED = re.compile(r"-cp3\d+-cp3\d+t-|-cp3(?:[0-9]|1[5-9])-cp3")
# Nothing here runs on Windows or PyPy.
ELSEWHERE = re.compile(r"sys_platform == 'win32'|implementation == 'PyPy'")
HEAD = "# Made by scripts/pin.py from {name}: change that, and run it again.\n"


def requirements(path):
    if not path.exists():
        return []
    lines = (line.split("#")[0].rstrip(" \\\n") for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith(" ")]


def hashes(package):
    files = {pathlib.PurePosixPath(wheel["url"]).name: wheel["hash"] for wheel in package.get("wheels", [])}
    chosen = [files[name] for name in files if TAGS.search(name) and not UNUSED.search(name)]
    return sorted(chosen or [package["sdist"]["hash"]])


def quoted(lines):
    return ", ".join('"' + line.replace('"', "'") + '"' for line in lines)


def pin(source, upgrade):
    target = source.with_suffix(".txt")
    constraints = [] if upgrade else requirements(target)
    with tempfile.TemporaryDirectory() as folder:
        project = PROJECT.format(dependencies=quoted(requirements(source)), constraints=quoted(constraints))
        (pathlib.Path(folder) / "pyproject.toml").write_text(project, encoding="utf-8")
        subprocess.run(["uv", "lock", "--quiet", "--directory", folder], check=True)
        lock = tomllib.loads((pathlib.Path(folder) / "uv.lock").read_text(encoding="utf-8"))
        exported = subprocess.run(
            ["uv", "export", "--quiet", "--directory", folder, "--no-hashes", "--no-annotate", "--no-header"],
            check=True, capture_output=True, text=True).stdout
    known = {(package["name"], package["version"]): package for package in lock["package"]}
    text = HEAD.format(name=source.name)
    for line in exported.splitlines():
        if ELSEWHERE.search(line) and "!=" not in line:
            continue
        name, version = re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^ ;]+)", line).groups()
        text += " \\\n    --hash=".join([line.rstrip(), *hashes(known[name, version])]) + "\n"
    target.write_text(text, encoding="utf-8")


def main():
    names = [argument for argument in sys.argv[1:] if argument != "--upgrade"]
    if not names:
        sys.exit(__doc__)
    for name in names:
        pin(pathlib.Path(name), upgrade="--upgrade" in sys.argv)


main()
