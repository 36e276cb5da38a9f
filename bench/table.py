"""Prints the runs of bench.sh as tables: medians, then ratios to a row's figure of the same round, for each row named.

Usage: table.py runs.jsonl floor [another row]
"""

import json
import statistics
import sys

COLUMNS = [
    # heading, the kind of run, the figure, decimals
    ("next, ms", "cold", "start_ms", 2),
    ("CPU, ms", "cold", "init_cpu_ms", 2),
    ("answer, ms", "cold", "first_ms", 2),
    ("CPU, ms", "cold", "first_cpu_ms", 2),
    ("answer at 128 MB, ms", "quota", "first_ms", 1),
    ("invocations/s", "warm", "per_second", 0),
    ("p50, µs", "warm", "p50_us", 1),
    ("p99, µs", "warm", "p99_us", 1),
    ("CPU, µs", "warm", "cpu_us", 1),
    ("peak, KB", "warm", "peak_kb", 0),
]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        runs = [json.loads(line) for line in file]
    names = list(dict.fromkeys(run["name"] for run in runs))
    figures = {(run["name"], run["kind"], run["round"]): run for run in runs if not run["trouble"]}
    kinds = {run["kind"] for run in runs}
    columns = [column for column in COLUMNS if column[1] in kinds]
    if "warm" not in kinds:
        columns.append(("peak, KB", "cold", "peak_kb", 0))
    # The order of the rounds differs, that of the rows does not: the floor, then as given.
    rows = [["medians", *(column[0] for column in columns), "refused", "wrong"]]
    for name in names:
        own = [run for run in runs if run["name"] == name]
        sums = [str(sum(run[key] for run in own)) for key in ("refused", "unexpected")]
        rows.append([name, *(median(figures, name, *column[1:]) for column in columns), *sums])
    show(rows)
    for base in [base for base in sys.argv[2:] if base in names]:
        rows = [[f"of {base}'s", *(column[0] for column in columns)]]
        for name in names:
            if name not in (base, "floor"):
                rows.append([name, *(ratio(figures, name, base, *column[1:3]) for column in columns)])
        show(rows)
    print("A ratio is the median of those of each round. Compare ratios, not times.")


def show(rows):
    print()
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *others = (text.ljust(width) if not index else text.rjust(width)
                          for index, (text, width) in enumerate(zip(row, widths)))
        print("  ".join([first, *others]).rstrip())


def of(figures, name, kind, figure):
    return {key[2]: run[figure] for key, run in figures.items() if key[:2] == (name, kind)}


def median(figures, name, kind, figure, decimals):
    own = of(figures, name, kind, figure)
    return f"{statistics.median(own.values()):,.{decimals}f}" if own else "-"


def ratio(figures, name, base, kind, figure):
    own, others = of(figures, name, kind, figure), of(figures, base, kind, figure)
    ratios = [value / others[round] for round, value in own.items() if others.get(round)]
    return f"{statistics.median(ratios):.2f}" if ratios else "-"


main()
