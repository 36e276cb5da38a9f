#!/usr/bin/env python3
"""Packs force-app for people without the Salesforce CLI: a zip of the Metadata API's own form for each manifest.

Usage: package.py FOLDER

manifest/package.xml becomes FOLDER/package.zip, and so on. The same files give the same bytes: names are sorted,
dates and modes fixed, nothing is compressed. A manifest must name every file it needs, and a file must be named by a
manifest.
"""

import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "force-app" / "main" / "default"
NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'

# What the CLI keeps in files of their own below an object's folder: folder, ending and type.
PARTS = {
    "CustomField": ("fields", "field"),
    "ValidationRule": ("validationRules", "validationRule"),
    "ListView": ("listViews", "listView"),
    "CompactLayout": ("compactLayouts", "compactLayout"),
    "WebLink": ("webLinks", "webLink"),
}
# One file a component: folder and ending.
FILES = {
    "Layout": ("layouts", "layout"),
    "PermissionSet": ("permissionsets", "permissionset"),
    "CustomTab": ("tabs", "tab"),
    "Report": ("reports", "report"),
    "Dashboard": ("dashboards", "dashboard"),
}


def members(manifest):
    """The manifest's components, as pairs of type and name."""
    root = ElementTree.parse(manifest).getroot()
    for types in root.iter(f"{{{NAMESPACE}}}types"):
        kind = types.findtext(f"{{{NAMESPACE}}}name")
        for member in types.iter(f"{{{NAMESPACE}}}members"):
            yield kind, member.text


def file_of(kind, name):
    """The file of a component in force-app; it may not be there."""
    if kind == "CustomObject":
        return SOURCE / "objects" / name / f"{name}.object-meta.xml"
    if kind in PARTS:
        (folder, ending), (parent, _, part) = PARTS[kind], name.partition(".")
        return SOURCE / "objects" / parent / folder / f"{part}.{ending}-meta.xml"
    folder, ending = FILES[kind]
    if kind in ("Report", "Dashboard") and "/" not in name:
        ending += "Folder"
    return SOURCE / folder / f"{name}.{ending}-meta.xml"


def inner(text):
    """What stands within the root element of a file."""
    return re.search(r"<\w+ xmlns=[^>]*>\n(.*)</\w+>\s*$", text, re.DOTALL).group(1)


def entries(manifest):
    """The zip's files by name."""
    files, objects = {"package.xml": manifest.read_text(encoding="utf-8")}, {}
    for kind, name in members(manifest):
        text = file_of(kind, name).read_text(encoding="utf-8")
        if kind == "CustomObject":
            objects.setdefault(name, {})[""] = inner(text)
        elif kind in PARTS:
            element = PARTS[kind][0]
            lines = "".join(f"    {line}\n" for line in inner(text).splitlines())
            part = f"    <{element}>\n{lines}    </{element}>\n"
            # Elements of one name must stand together.
            objects.setdefault(name.partition(".")[0], {})[f"{element} {name}"] = part
        elif kind in ("Report", "Dashboard") and "/" not in name:
            files[f"{FILES[kind][0]}/{name}-meta.xml"] = text
        else:
            folder, ending = FILES[kind]
            files[f"{folder}/{name}.{ending}"] = text
    for name, parts in objects.items():
        content = "".join(parts[key] for key in sorted(parts))
        files[f"objects/{name}.object"] = f'{HEADER}<CustomObject xmlns="{NAMESPACE}">\n{content}</CustomObject>\n'
    return files


def check(manifests):
    """Fails unless manifests and files name each other."""
    named = [file_of(*member) for manifest in manifests for member in members(manifest)]
    for file in named:
        if not file.is_file():
            sys.exit(f"package.py: a manifest names {file.relative_to(HERE)}, which is not there.")
    for file in sorted(SOURCE.rglob("*-meta.xml")):
        if file not in named:
            sys.exit(f"package.py: no manifest names {file.relative_to(HERE)}.")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    manifests = sorted((HERE / "manifest").glob("*.xml"))
    check(manifests)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for manifest in manifests:
        with zipfile.ZipFile(folder / f"{manifest.stem}.zip", "w") as archive:
            files = entries(manifest)
            for name in sorted(files, key=lambda name: (name != "package.xml", name)):
                entry = zipfile.ZipInfo(name)
                entry.create_system = 3
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, files[name])


if __name__ == "__main__":
    main()
