"""A second opinion on src/privacy/people, by pycanon (PyPI).

    cargo run --release --example people_tables -- 200 | python3 tests/referee/people.py

Each population is written out person by person, each described as a quote of theirs would be. pycanon says among how many the
worst described person is; that must be at least k, and the least number that cxbook claims. Exit 1 if there is any difference.
"""

import json
import sys

import pandas as pd
from pycanon import anonymity

COLUMNS = ["time", "segment", "language"]


def main():
    tables, people, held, bad = 0, 0, 0, 0
    for line in sys.stdin:
        table = json.loads(line)
        tables += 1
        rows, claimed = [], []
        for cell in table["cells"]:
            if cell["shown"] is None:
                held += cell["people"]
                continue
            rows += [cell["shown"]] * cell["people"]
            claimed.append(cell["claimed"])
        people += len(rows)
        if not rows:
            continue
        k = anonymity.k_anonymity(pd.DataFrame(rows, columns=COLUMNS), COLUMNS)
        if k < table["k"] or k != min(claimed):
            bad += 1
            print(f"table {tables}: pycanon says {k}, cxbook claims {min(claimed)}, asked for {table['k']}")
    print(f"{tables} populations, {people} people described, {held} held back")
    print("the referee disagrees" if bad else "the referee agrees" if tables else "nothing to judge")
    return 1 if bad or not tables else 0


if __name__ == "__main__":
    sys.exit(main())
