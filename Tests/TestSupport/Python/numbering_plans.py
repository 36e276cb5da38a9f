"""Writes NumberingPlan+Table.swift: every calling code of ITU-T E.164, with its countries' trunk prefix.

The data is that of Google's libphonenumber (Apache License 2.0), as the PyPI package phonenumbers has it:
its calling codes are those in use of the list that the ITU publishes as "List of Recommendation ITU-T E.164
assigned country codes", its national prefixes those of the national numbering plans. Where countries share
a code, the prefix is that of the main one, as libphonenumber names it: they all have the same, or none.

    python3 -m venv v && v/bin/pip install phonenumbers==9.0.43
    v/bin/python Tests/TestSupport/Python/numbering_plans.py > \
        Sources/Channels/Telephony/NumberingPlan+Table.swift
"""

import textwrap

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata


def trunk_prefix(code, regions):
    if regions == ("001",):
        return PhoneMetadata.metadata_for_nongeo_region(code).national_prefix or ""
    return PhoneMetadata.metadata_for_region(regions[0]).national_prefix or ""


by_prefix = {}
for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
    by_prefix.setdefault(trunk_prefix(code, regions), []).append(str(code))

print("extension NumberingPlan {")
print("    // Written by Tests/TestSupport/Python/numbering_plans.py from libphonenumber's metadata, as of")
print(f"    // phonenumbers {phonenumbers.__version__}, which follows ITU-T E.164's list of assigned country codes.")
print("    /// The calling codes in use, by the trunk prefix of their countries; empty where there is none.")
print("    static let callingCodesByTrunkPrefix = [")
for prefix, codes in sorted(by_prefix.items()):
    lines = textwrap.wrap(" ".join(codes), 104)
    print(f'        "{prefix}": """')
    for line in lines[:-1]:
        print(f"            {line} \\")
    print(f"            {lines[-1]}")
    print('            """,')
print("    ]")
print("}")
