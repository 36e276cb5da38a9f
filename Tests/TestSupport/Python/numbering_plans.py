"""Writes NumberingPlan+Table.swift: the numbering plan of every calling code of ITU-T E.164.

    .venv/bin/python Tests/TestSupport/Python/numbering_plans.py >Sources/Channels/Telephony/NumberingPlan+Table.swift

The facts are those of Google's libphonenumber (Apache License 2.0), as the PyPI package phonenumbers has them: calling
codes, trunk prefixes, international prefixes, and the digits and lengths of national numbers. The regions that share a
calling code are one plan; its trunk prefix is that of the main one, as libphonenumber names it.

libphonenumber has national numbers as regular expressions. Here they become what a number begins with and how long it
then is: an expression is followed digit by digit until every further digit is allowed.
"""

import re
import re._parser
import textwrap
from functools import lru_cache

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata

DIGITS = "0123456789"
# The digits of a number in E.164, with its calling code.
LONGEST = 15
# What libphonenumber's prefixes for parsing have beside the national prefix, each tried on numbers of that country.
FURTHER_TRUNK_PREFIXES = {241: ["0"], 370: ["8"], 375: ["80", "0"]}
KINDS = [
    "fixed_line", "mobile", "pager", "personal_number", "premium_rate", "shared_cost", "toll_free", "uan", "voicemail",
    "voip",
]


def metadata(code):
    """The metadata of the regions that share a calling code, the main one first."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]
    if regions == ("001",):
        return [PhoneMetadata.metadata_for_nongeo_region(code)]
    return [PhoneMetadata.metadata_for_region(region) for region in regions]


class Automaton:
    """The states of a union of regular expressions, all of which take digits alone."""

    def __init__(self, expressions):
        self.free, self.steps, self.count = {}, {}, 0
        start = self.state()
        self.ends = {self.follow(re._parser.parse(expression), start) for expression in expressions}
        self.start = self.closure({start})

    def state(self):
        self.count += 1
        return self.count

    def follow(self, items, state):
        """Adds what parsed items take after a state; returns the state behind them."""
        for operation, argument in items:
            name = str(operation)
            if name in ("LITERAL", "IN"):
                taken = [(operation, argument)] if name == "LITERAL" else argument
                following = self.state()
                self.steps.setdefault(state, []).append((set().union(*map(self.digits, taken)), following))
            elif name == "MAX_REPEAT":
                least, most, repeated = argument
                following = self.state()
                for index in range(most + 1):
                    if index >= least:
                        self.free.setdefault(state, []).append(following)
                    if index < most:
                        state = self.follow(repeated, state)
            elif name == "SUBPATTERN":
                following = self.follow(argument[3], state)
            elif name == "BRANCH":
                following = self.state()
                for branch in argument[1]:
                    self.free.setdefault(self.follow(branch, state), []).append(following)
            else:
                raise ValueError(name)
            state = following
        return state

    @staticmethod
    def digits(item):
        name, argument = str(item[0]), item[1]
        if name == "LITERAL":
            return {chr(argument)}
        if name == "RANGE":
            return {chr(code) for code in range(argument[0], argument[1] + 1)}
        if name == "CATEGORY":
            return set(DIGITS)
        raise ValueError(name)

    def closure(self, states):
        found, left = set(states), list(states)
        while left:
            for state in self.free.get(left.pop(), ()):
                if state not in found:
                    found.add(state)
                    left.append(state)
        return frozenset(found)

    def after(self, states, digit):
        return self.closure({to for state in states for taken, to in self.steps.get(state, ()) if digit in taken})


def ranges(expressions, lengths, may_begin_with_00=True):
    """The numbers that match: the lengths of numbers, by the patterns of digits that they begin with."""
    automaton = Automaton(expressions)

    @lru_cache(None)
    def tree(states, depth, zeros=0):
        """What may follow: lengths alone where all digits do alike; else the length that ends here, and ten trees."""
        ends = bool(states & automaton.ends) and depth in lengths
        if not states or depth == max(lengths) or (zeros == 2 and not may_begin_with_00):
            return frozenset([depth] if ends else [])
        following = tuple(
            tree(automaton.after(states, digit), depth + 1, depth + 1 if digit == "0" and depth == zeros < 2 else 0)
            for digit in DIGITS)
        if len(set(following)) == 1 and isinstance(following[0], frozenset):
            return following[0] | ({depth} if ends else set())
        return (depth if ends else None, following)

    found = {}

    def add(node, beginning):
        if isinstance(node, frozenset):
            if node:
                found.setdefault(node, []).append(beginning)
            return
        if node[0]:
            found.setdefault(frozenset([node[0]]), []).append(beginning)
        alike = {}
        for digit, following in zip(DIGITS, node[1]):
            alike.setdefault(following, []).append(digit)
        for following, digits in alike.items():
            add(following, beginning + digit_class(digits))

    add(tree(automaton.start, 0), "")
    return found


def digit_class(digits):
    if len(digits) == 1:
        return digits[0]
    return "[" + spans([int(digit) for digit in digits], separator="") + "]"


def spans(numbers, separator=","):
    """Numbers in order, such as 4-6,8; two neighbours are written one by one."""
    runs = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = []
    for run in runs:
        texts += [f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run)
    return separator.join(texts)


def international_prefixes(regions):
    prefixes = sorted({region.international_prefix for region in regions} - {None})
    if not prefixes:
        return ""
    found = ranges(prefixes, range(1, 13))
    return " ".join(
        pattern + "[0-9]" * (length - len(re.sub(r"\[.*?\]", "0", pattern)))
        for lengths, patterns in found.items() for length in sorted(lengths) for pattern in patterns)


def national_numbers(code, regions):
    lengths = {length for region in regions for length in region.general_desc.possible_length}
    # Numbers that are dialled so within one area alone, as far as the main region goes: in North America 7 digits.
    lengths -= set(regions[0].general_desc.possible_length_local_only) - set(regions[0].general_desc.possible_length)
    lengths = {length for length in lengths if length <= LONGEST - len(str(code))}
    # 00 is what most countries dial abroad with. An expression for all kinds of numbers may allow it when no kind does.
    kinds = Automaton(
        getattr(region, kind).national_number_pattern
        for region in regions for kind in KINDS
        if getattr(region, kind) and getattr(region, kind).national_number_pattern)
    has_00 = bool(kinds.after(kinds.after(kinds.start, "0"), "0"))
    found = ranges([region.general_desc.national_number_pattern for region in regions], lengths, has_00)
    ordered = sorted(found.items(), key=lambda item: (min(item[0]), sorted(item[0])))
    return " ".join(f"{spans(lengths)}:{','.join(patterns)}" for lengths, patterns in ordered)


def line(code):
    regions = metadata(code)
    trunk = regions[0].national_prefix or ""
    fields = [trunk, " ".join(FURTHER_TRUNK_PREFIXES.get(code, [])), international_prefixes(regions)]
    return "|".join([str(code), *fields, national_numbers(code, regions)])


def table():
    lines = []
    for code in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE):
        wrapped = textwrap.wrap(line(code), 108, break_long_words=False, break_on_hyphens=False)
        lines.append(" \\\n            ".join(wrapped))
    text = "\n        ".join(lines)
    return f'''extension NumberingPlan {{
    // Written by Tests/TestSupport/Python/numbering_plans.py from libphonenumber's metadata, as of
    // phonenumbers {phonenumbers.__version__}.
    /// A line for each calling code: the code, its trunk prefix, further ones that are read, its international
    /// prefixes, and its national numbers: lengths, and the patterns that a number of such a length begins with.
    static let table: StaticString = """
        {text}
        """
}}
'''


if __name__ == "__main__":
    print(table(), end="")
