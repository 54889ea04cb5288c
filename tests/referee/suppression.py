"""A second opinion on src/privacy/suppression, by mixed-integer programming (scipy).

    cargo run --release --example suppression_tables -- 300 | python3 tests/referee/suppression.py

For each table, once with only small cells hidden and once with what cxbook hides: works out the lowest and the highest
number of each hidden cell, compares them with cxbook's, and looks for hidden cells that are too well known. Exit 1 if there
is any difference.
"""

import json
import sys
from collections import Counter

import numpy as np
from scipy.optimize import LinearConstraint, Bounds, milp

FAR = 10_000  # Stands for "no limit"; all numbers in the tables are far below it.


def known(cell, kept):
    return cell[2] == "public" or (cell[2] == "open" and kept)


def prior(table, side, i):
    """What the rule says of a hidden cell: lowest, highest number and the least width that is asked for."""
    n, floor, role = table["cells"][i]
    kept = side["kept"]
    in_hidden_whole = any(
        i in parts and not known(table["cells"][whole], kept[whole]) for parts, whole in table["sums"]
    )
    zero = 1 if table["zeros_shown"] and not in_hidden_whole else 0
    if role == "latent":
        zero = 1
    small = 0 < n < floor
    if not table["rule"]:
        low, high, need = 0, FAR, table["width"]
    else:
        if role == "latent":
            low, high = (1, floor - 1) if small else (0, FAR)
        elif n < floor:
            low, high = (min(zero, n), floor - 1)
        else:
            low, high = (floor, FAR)
        need = min(table["width"], max(floor - 1 - zero, 0))
    if role == "latent" and not small:
        need = 0
    return low, high, need


def extremes(table, side):
    """Lowest and highest number of each hidden cell."""
    cells, kept = table["cells"], side["kept"]
    hidden = [i for i in range(len(cells)) if not known(cells[i], kept[i])]
    place = {cell: at for at, cell in enumerate(hidden)}
    rows, rest = [], []
    for parts, whole in table["sums"]:
        row, total = np.zeros(len(hidden)), 0
        for cell, sign in [(part, 1) for part in parts] + [(whole, -1)]:
            if cell in place:
                row[place[cell]] += sign
            else:
                total -= sign * cells[cell][0]
        rows.append(row)
        rest.append(total)
    priors = {cell: prior(table, side, cell) for cell in hidden}
    bounds = Bounds([priors[cell][0] for cell in hidden], [priors[cell][1] for cell in hidden])
    result = {}
    for cell in hidden:
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(hidden))
            goal[place[cell]] = sign
            constraint = LinearConstraint(np.array(rows), rest, rest) if rows else None
            found = milp(goal, constraints=constraint, integrality=np.ones(len(hidden)), bounds=bounds)
            if found.status != 0:
                raise SystemExit(f"the real table is no solution: {found.message} {table}")
            ends.append(round(sign * found.fun))
        result[cell] = (*ends, priors[cell][2])
    return result


def remainders(table, side):
    """Sums whose hidden parts are together too few, although others of its parts are shown."""
    cells, kept = table["cells"], side["kept"]
    for parts, whole in table["sums"]:
        hidden = [p for p in parts if not known(cells[p], kept[p])]
        shown = [p for p in parts if known(cells[p], kept[p]) and cells[p][0] > 0]
        n = sum(cells[p][0] for p in hidden)
        if known(cells[whole], kept[whole]) and shown and hidden and 0 < n < max(cells[p][1] for p in hidden):
            yield hidden[0]


def more_than_nothing(table, side):
    """What is left must be just as well known if nothing at all were shown."""
    cells = table["cells"]
    kept = [c[2] == "open" and c[0] == 0 and table["zeros_shown"] for c in cells]
    changed = True
    while changed:
        changed = False
        for parts, whole in table["sums"]:
            if not known(cells[whole], kept[whole]):
                for part in parts:
                    changed |= kept[part]
                    kept[part] = False
    nothing, ours = extremes(table, {"kept": kept}), extremes(table, side)
    for cell, (low, high, need) in ours.items():
        if high - low < need and nothing[cell][:2] != (low, high):
            yield f"cell {cell} is {low} to {high} but {nothing[cell][:2]} if nothing is shown"


def judge(table, count):
    wrong = []
    for name in ("naive", "protected"):
        side = table[name]
        pinned = set()
        for cell, (low, high, need) in extremes(table, side).items():
            ours_low, ours_high, exact = side["ranges"][cell]
            count[f"{name}: hidden cells"] += 1
            if not exact:
                count[f"{name}: bounds not exact"] += 1
            elif (ours_low, FAR // 2 if ours_high is None else ours_high) != (low, min(high, FAR // 2)):
                wrong.append(f"{name}: cell {cell}: {side['ranges'][cell]}, referee {low} to {high}")
            if high - low < need:
                pinned.add(cell)
        count[f"{name}: too well known"] += len(pinned)
        missed = pinned - set(side["pinned"])
        if missed:
            wrong.append(f"{name}: the audit misses {sorted(missed)}")
        count[f"{name}: claimed without need"] += len(set(side["pinned"]) - pinned)
        if name == "protected":
            recoverable = (pinned | set(remainders(table, side))) - set(table["left"])
            if recoverable:
                wrong.append(f"recoverable and not said: {sorted(recoverable)}")
            if table["left"]:
                wrong += more_than_nothing(table, side)
            count["tables with something left"] += bool(table["left"])
            left_open = any(k and c[2] == "open" and c[0] > 0 for c, k in zip(table["cells"], side["kept"]))
            count["of these, tables that still show something"] += bool(table["left"]) and left_open
            shown_small = [i for i, (c, k) in enumerate(zip(table["cells"], side["kept"])) if k and c[2] == "open" and 0 < c[0] < c[1]]
            if shown_small:
                wrong.append(f"small and shown: {shown_small}")
    return wrong


def main():
    count, bad = Counter(), 0
    for line in sys.stdin:
        table = json.loads(line)
        count["tables"] += 1
        for message in judge(table, count):
            bad += 1
            print(f"table {count['tables']} ({table['shape']}): {message}")
    for what, n in sorted(count.items()):
        print(f"{n:7} {what}")
    print("the referee disagrees" if bad else "the referee agrees")
    return 1 if bad or not count["tables"] else 0


if __name__ == "__main__":
    sys.exit(main())
