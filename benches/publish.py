#!/usr/bin/env python3
"""How long publishing takes: an edition of 3,000 files to a folder, beside building the same pages without publishing.

    cargo build --release && python3 benches/publish.py target/release/cxbook

Prints seconds (the best and the middle of five), and how often the disk was asked to make everything safe, where strace is there.
"""
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
PAGES = 2900


def write_book(folder, words):
    (folder / "content/pages").mkdir(parents=True)
    (folder / "book.toml").write_text('[book]\ntitle = "Large"\n\n[cx]\nas-of = 2026-10-15\n')
    (folder / "content/index.md").write_text(f"# Large\n\n{words}\n")
    for number in range(PAGES):
        text = f"What page {number} says about calls, queues and letters. " * 40
        (folder / f"content/pages/page-{number}.md").write_text(f"# Page {number}\n\n{text}\n")


def run(program, arguments, folder):
    begun = time.perf_counter()
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    took = time.perf_counter() - begun
    if done.returncode:
        sys.exit(f"{arguments}: {done.stderr}")
    return took


def told(name, times):
    print(f"{name}: {min(times):.2f} s at best, {statistics.median(times):.2f} s in the middle of {len(times)}")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    room = pathlib.Path(tempfile.mkdtemp())
    one, other = room / "one", room / "other"
    write_book(one, "The first quarter.")
    write_book(other, "The second quarter.")
    times = {"build": [], "first": [], "same": [], "next": []}
    for number in range(ROUNDS):
        out = f"dir:{room}/out{number}"
        times["build"].append(run(program, ["build", "-q", "-d", f"{room}/site{number}"], one))
        times["first"].append(run(program, ["publish", "-q", "--edition", "2026-q1", "--to", out], one))
        times["same"].append(run(program, ["publish", "-q", "--edition", "2026-q1", "--to", out], one))
        times["next"].append(run(program, ["publish", "-q", "--edition", "2026-q2", "--to", out], other))
    files = sum(1 for path in (room / "out0/current/2026-q1").rglob("*") if path.is_file())
    print(f"an edition of {files:,} files")
    told("cxbook build", times["build"])
    told("cxbook publish, the first edition (with building it)", times["first"])
    told("cxbook publish, the same again", times["same"])
    told("cxbook publish, the next edition", times["next"])
    differences = [first - build for first, build in zip(times["first"], times["build"])]
    print(f"publishing takes {statistics.median(differences):.2f} s more than building")
    if shutil.which("strace"):
        log = room / "strace.log"
        arguments = ["publish", "-q", "--edition", "2026-q3", "--to", f"dir:{room}/out0"]
        run("strace", ["-f", "-e", "trace=syncfs,fsync,fdatasync,sync", "-o", str(log), program, *arguments], other)
        calls = [line for line in log.read_text().splitlines() if "sync" in line and "resumed" not in line]
        print(f"calls that make the disk safe: {sum('syncfs' in c for c in calls)} syncfs, {sum('fsync' in c for c in calls)} fsync")
    shutil.rmtree(room)


main()
