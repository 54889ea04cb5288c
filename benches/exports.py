#!/usr/bin/env python3
"""Counts a large export with cxbook and with polars, in turn, and prints medians, ratios and peak memory.

    cargo build --release
    pip install polars
    python3 benches/exports.py [--rows 12000000] [--runs 3] [--cxbook target/release/cxbook]

The export is generated (12 columns, two splits, about 96 bytes a row) into a temporary folder and removed at the end.
Both count NPS by month for everybody and for each group of the two splits, and their numbers are compared.
"""
import argparse
import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HEAD = "response_id,recorded_at,status,region,customer_type,score,channel,email,language,device,comment,duration\n"
DEFINITION = """name: NPS
kind: nps
owner: Benchmark
source: Made up for the benchmark
data:
  file: exports/big.csv
  date: recorded_at
  score: score
  where: {status: complete}
  split: {region: region, type: customer_type}
"""
POLARS = """
import polars as pl, json, sys
lf = pl.scan_csv(sys.argv[1], schema_overrides={"score": pl.Int64}).filter(pl.col("status") == "complete")
lf = lf.with_columns(month=pl.col("recorded_at").str.slice(0, 7),
                     sign=pl.when(pl.col("score") >= 9).then(1).when(pl.col("score") <= 6).then(-1).otherwise(0))
score = [pl.len().alias("n"), (100 * pl.col("sign").sum() / pl.len()).alias("value")]
parts = [lf.group_by("month").agg(score).with_columns(split=pl.lit(""), group=pl.lit(""))]
for name, column in (("region", "region"), ("type", "customer_type")):
    parts.append(lf.group_by("month", column).agg(score).rename({column: "group"}).with_columns(split=pl.lit(name)))
frames = pl.collect_all(parts, engine="streaming")
print(json.dumps([row for frame in frames for row in frame.select("month", "split", "group", "value", "n").rows()]))
"""


def generate(path, rows):
    random.seed(20)
    block = []
    for _ in range(200_000):
        day = f"{random.randrange(2023, 2026)}-{random.randrange(1, 13):02d}-{random.randrange(1, 29):02d}"
        clock = f"{random.randrange(24):02d}:{random.randrange(60):02d}:{random.randrange(60):02d}"
        region = random.choice(["North", "Coast", "Valleys", "City"])
        kind = random.choice(["household", "small-business"])
        block.append(f",{day} {clock},complete,{region},{kind},{random.randrange(11)},web,"
                     f"u{random.randrange(100000)}@mail.example,en,phone,,{random.randrange(1000)}\n")
    with open(path, "w", buffering=1 << 20) as out:
        out.write(HEAD)
        for start in range(0, rows, len(block)):
            out.write("".join(f"{start + i}{rest}" for i, rest in enumerate(block[: rows - start])))


def timed(command):
    """Seconds, peak memory in MB, output."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed with status {status}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024, output


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=12_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--cxbook", default="target/release/cxbook")
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as book:
        os.makedirs(f"{book}/content/exports")
        os.makedirs(f"{book}/content/metrics")
        export = f"{book}/content/exports/big.csv"
        open(f"{book}/book.toml", "w").write('[book]\ntitle = "Benchmark"\n')
        open(f"{book}/content/metrics/nps.yaml", "w").write(DEFINITION)
        generate(export, options.rows)
        megabytes = os.path.getsize(export) / 1e6
        commands = {
            "cxbook": [options.cxbook, "metrics", book, "nps", "--format", "csv"],
            "polars": [sys.executable, "-c", POLARS, export],
        }
        results = {name: [] for name in commands}
        for _ in range(options.runs):
            for name, command in commands.items():
                results[name].append(timed(command))
        compare(results["cxbook"][0][2], results["polars"][0][2])
        print(f"{options.rows:,} rows, {megabytes:,.0f} MB, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        medians = {}
        for name, runs in results.items():
            seconds = [run[0] for run in runs]
            medians[name] = statistics.median(seconds)
            print(f"{name:8} median {medians[name]:6.2f} s (min {min(seconds):.2f}, max {max(seconds):.2f})  "
                  f"{megabytes / medians[name]:6.0f} MB/s  peak {max(run[1] for run in runs):6.0f} MB")
        print(f"cxbook takes {medians['cxbook'] / medians['polars']:.2f} of the time of polars")


def compare(ours, theirs):
    rows = csv.DictReader(ours.decode().splitlines())
    ours = {(r["period"], r["split"], r["group"]): (float(r["value"]), int(r["n"])) for r in rows if r["value"]}
    theirs = {(m, s, g): (v, n) for m, s, g, v, n in json.loads(theirs)}
    if ours.keys() != theirs.keys():
        sys.exit("the two do not count the same cells")
    for key, (value, n) in ours.items():
        if abs(value - theirs[key][0]) > 1e-9 or n != theirs[key][1]:
            sys.exit(f"{key}: cxbook {value} of {n}, polars {theirs[key]}")
    print(f"{len(ours)} cells are the same")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
