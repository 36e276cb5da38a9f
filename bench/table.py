"""Prints the runs of bench.sh as a table: medians, and each figure's ratio to the floor's of the same round."""

import json
import statistics
import sys

FLOOR = "floor"
COLUMNS = [
    # heading, the kind of run, the figure, decimals
    ("first next, ms", "cold", "start_ms", 2),
    ("invocations/s", "warm", "per_second", 0),
    ("p50, µs", "warm", "p50_us", 1),
    ("p99, µs", "warm", "p99_us", 1),
    ("peak, KB", "warm", "peak_kb", 0),
]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        runs = [json.loads(line) for line in file]
    names = list(dict.fromkeys(run["name"] for run in runs))
    figures = {(run["name"], run["kind"], run["round"]): run for run in runs if not run["trouble"]}
    rows = [["", *(heading for heading, kind, _, _ in COLUMNS if has(runs, kind)), "refused", "wrong"]]
    for name in names:
        row = [name]
        for _, kind, figure, decimals in COLUMNS:
            if has(runs, kind):
                row.append(cell(figures, name, kind, figure, decimals))
        own = [run for run in runs if run["name"] == name]
        row += [str(sum(run["refused"] for run in own)), str(sum(run["unexpected"] for run in own))]
        rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *others = (text.ljust(width) if not index else text.rjust(width)
                          for index, (text, width) in enumerate(zip(row, widths)))
        print("  ".join([first, *others]).rstrip())
    print("Medians; in brackets the median of the ratios to the floor of the same round. Compare ratios, not times.")


def has(runs, kind):
    return any(run["kind"] == kind for run in runs)


def cell(figures, name, kind, figure, decimals):
    own = {key[2]: run[figure] for key, run in figures.items() if key[:2] == (name, kind)}
    if not own:
        return "-"
    text = f"{statistics.median(own.values()):,.{decimals}f}"
    floor = {round: figures[FLOOR, kind, round][figure] for round in own if (FLOOR, kind, round) in figures}
    ratios = [value / floor[round] for round, value in own.items() if floor.get(round)]
    return f"{text} ({statistics.median(ratios):.2f})" if name != FLOOR and ratios else text


main()
