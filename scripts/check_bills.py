"""Checks bills of materials by the rules of SPDX 2.3, and the repository's NOTICE by the bills.

Usage: check_bills.py NOTICE dist/*.spdx.json

NOTICE must name each component with its licence, and no other; its versions are those of one system.
"""

import pathlib
import re
import sys

from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document


def main():
    notice, *bills = sys.argv[1:]
    faults, linked = [], set()
    for bill in bills:
        document = parse_file(bill)
        faults += [f"{bill}: {fault.validation_message}" for fault in validate_full_spdx_document(document)]
        parts = [package for package in document.packages if package.spdx_id != "SPDXRef-Function"]
        if not parts:
            faults.append(f"{bill} names no component")
        linked |= {(part.name, str(part.license_declared)) for part in parts}
    rows = pathlib.Path(notice).read_text(encoding="utf-8").partition("component ")[2].splitlines()[1:]
    rows = [row for row in rows if row.strip()]
    named = {tuple(re.split(r"  +", row)[index] for index in (0, 2)) for row in rows}
    faults += [f"{notice} lacks {name}, {licence}" for name, licence in sorted(linked - named)]
    faults += [f"{notice} names {name}, {licence}, which no zip holds" for name, licence in sorted(named - linked)]
    if faults or not bills:
        sys.exit("\n".join(faults) or __doc__)
    print(f"{len(bills)} bills of materials, {len(linked)} components.")


main()
