"""Phone numbers of Google's libphonenumber, in the forms in which people write them.

Reads lines of {"code": 49, "seed": 7, "count": 5}, and answers each with a JSON array of [form, text, default, number]:
what is written, the calling code of the country in which it is, and the number that is meant, in E.164. The numbers are
the examples of every kind and region of the calling code, and "count" random ones of each that libphonenumber takes for
valid. A line of {"table": true} is answered with NumberingPlan+Table.swift, as it must be.
"""

import json
import random
import re._parser
import sys

import phonenumbers
from numbering_plans import KINDS, metadata, table
from phonenumbers import PhoneNumberFormat as Format

CODES = [code for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items() if regions != ("001",)]


def text_of(items, source):
    """A random text that a parsed regular expression matches."""
    return "".join(text_of_item(str(name), argument, source) for name, argument in items)


def text_of_item(name, argument, source):
    if name == "LITERAL":
        return chr(argument)
    if name == "RANGE":
        return chr(source.randint(*argument))
    if name == "CATEGORY":
        return source.choice("0123456789")
    if name == "IN":
        chosen = source.choice(argument)
        return text_of_item(str(chosen[0]), chosen[1], source)
    if name == "MAX_REPEAT":
        least, most, repeated = argument
        return "".join(text_of(repeated, source) for _ in range(source.randint(least, most)))
    if name == "SUBPATTERN":
        return text_of(argument[3], source)
    if name == "BRANCH":
        return text_of(source.choice(argument[1]), source)
    raise ValueError(name)


def random_text(expression, source):
    return text_of(re._parser.parse(expression), source)


def number(code, digits):
    zeros = len(digits) - len(digits.lstrip("0"))
    return phonenumbers.PhoneNumber(
        country_code=code, national_number=int(digits), italian_leading_zero=True if zeros else None,
        number_of_leading_zeros=zeros if zeros > 1 else None)


def written_at_home(code, region, kind, meant, source):
    """The forms in which a number is written in its own country."""
    e164 = phonenumbers.format_number(meant, Format.E164)
    national = phonenumbers.national_significant_number(meant)
    international = phonenumbers.format_number(meant, Format.INTERNATIONAL)
    yield "e164", e164
    yield "national", phonenumbers.format_number(meant, Format.NATIONAL)
    yield "international", international
    rfc3966 = phonenumbers.format_number(meant, Format.RFC3966)
    yield "rfc3966", rfc3966
    yield "hyphens", rfc3966.removeprefix("tel:")
    yield "digits", national
    yield "without plus", e164[1:]
    yield "international without plus", international[1:]
    head, separator, rest = international.partition(" ")
    yield "brackets", f"{head} (0){rest}" if separator else e164
    main = metadata(code)[0]
    if main.national_prefix:
        yield "trunk prefix", main.national_prefix + national
        yield "trunk prefix behind the code", f"+{code} {main.national_prefix}{national}"
    if main.international_prefix:
        yield "dialled at home", random_text(main.international_prefix, source) + e164[1:]
    yield "00 at home", "00" + e164[1:]
    carrier = phonenumbers.format_national_number_with_carrier_code(meant, source.choice(["15", "31", "12593", "1600"]))
    if region != "001" and libphonenumber_reads(carrier, region) == e164:
        yield "carrier", carrier


def written_abroad(meant, source):
    """The forms in which a number is written in another country, by its calling code."""
    code = source.choice(CODES)
    region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code][0]
    e164 = phonenumbers.format_number(meant, Format.E164)
    international = phonenumbers.format_number(meant, Format.INTERNATIONAL)
    yield code, "abroad", international
    yield code, "abroad in digits", e164
    yield code, "from abroad", phonenumbers.format_out_of_country_calling_number(meant, region)
    prefix = metadata(code)[0].international_prefix
    if prefix:
        yield code, "dialled", random_text(prefix, source) + e164[1:]
        yield code, "dialled in parts", f"{random_text(prefix, source)} {international[1:]}"
    yield code, "00", f"00 {international[1:]}"


def libphonenumber_reads(text, region):
    try:
        return phonenumbers.format_number(phonenumbers.parse(text, region), Format.E164)
    except phonenumbers.NumberParseException:
        return None


def numbers(code, seed, count):
    source = random.Random(f"{seed} {code}")
    for region, plan in zip(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code], metadata(code)):
        for kind in KINDS:
            description = getattr(plan, kind)
            if not description or not description.example_number:
                continue
            yield region, kind, "example", number(code, description.example_number), source
            for _ in range(count):
                digits = random_text(description.national_number_pattern, source)
                generated = number(code, digits)
                if len(digits) + len(str(code)) <= 15 and phonenumbers.is_valid_number(generated):
                    yield region, kind, "random", generated, source


def cases(code, seed, count):
    for region, kind, origin, meant, source in numbers(code, seed, count):
        e164 = phonenumbers.format_number(meant, Format.E164)
        for form, text in written_at_home(code, region, kind, meant, source):
            yield [f"{origin} {kind} {form}", text, str(code), e164]
        for default, form, text in written_abroad(meant, source):
            yield [f"{origin} {kind} {form}", text, str(default), e164]


for line in sys.stdin:
    asked = json.loads(line)
    answer = table() if asked.get("table") else list(cases(asked["code"], asked["seed"], asked["count"]))
    print(json.dumps(answer))
