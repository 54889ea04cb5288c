#!/usr/bin/env python3
"""Measures the live preview: the first page, and from a saved change to the new bytes of its page.

    cargo build --release
    python3 benches/serve.py [--cxbook target/release/cxbook] [--edits 21] [--pages 10000]

The sample book is copied to a temporary folder and served; the first page is timed from the start of the program. Then one sentence
of one page is changed again and again, each time once the server has come to rest, and the page is asked for until it says the new
sentence. With --pages the same is done with a generated book of so many pages. Medians and extremes are printed; nothing is a test,
since a machine that does much else is slow.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = "customers wait for a call and nobody tells them when the visit is going to be".split()


def fetch(address):
    with urllib.request.urlopen(address, timeout=120) as answer:
        return answer.read().decode()


def news(base):
    """What pages are told at the moment."""
    with urllib.request.urlopen(base + "__cxbook/live", timeout=120) as stream:
        for line in stream:
            if line.startswith(b"data: "):
                return json.loads(line[6:])


def at_rest(base):
    while not (told := news(base))["final"]:
        time.sleep(0.05)
    if told["errors"]:
        raise SystemExit(f"the book has errors: {told['findings'][0]['message']}")


def serve(program, book):
    """Starts the program; its process, its address, and seconds until the first page was there."""
    began = time.perf_counter()
    process = subprocess.Popen([program, "serve", "--port", "0", book], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    base = process.stdout.readline().decode().strip()
    fetch(base)
    return process, base, time.perf_counter() - began


def edits(base, path, address, count):
    """Seconds from each save to the new bytes."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    taken = []
    for number in range(count):
        at_rest(base)
        mark = f"Change number {number} of this page."
        changed = text.rstrip() + f"\n\n{mark}\n"
        began = time.perf_counter()
        with open(path, "w", encoding="utf-8") as file:
            file.write(changed)
        while mark not in fetch(base + address):
            time.sleep(0.001)
        taken.append(time.perf_counter() - began)
    return taken


def generated(folder, pages):
    """A book of so many pages in folders of forty, each with links, a list and some hundred words."""
    os.makedirs(os.path.join(folder, "content"))
    with open(os.path.join(folder, "book.toml"), "w", encoding="utf-8") as file:
        file.write('[book]\ntitle = "Large book"\n')
    for number in range(pages):
        below = os.path.join(folder, "content", "pages", f"part-{number // 40}")
        os.makedirs(below, exist_ok=True)
        body = "\n\n".join(" ".join(WORDS[(number + at) % len(WORDS):] + WORDS) + "." for at in range(12))
        link = f"[the page before](p{number - 1}.md)" if number % 40 else "no other page"
        with open(os.path.join(below, f"p{number}.md"), "w", encoding="utf-8") as file:
            file.write(f"---\ntitle: Page {number}\nowner: Head of Service\nnext: Ring one customer.\n---\n## First\n\nSee {link}.\n\n"
                       f"- one\n- two\n\n## Second\n\n{body}\n")


def told(name, seconds):
    shown = sorted(one * 1000 for one in seconds)
    print(f"{name:46} median {statistics.median(shown):8.1f} ms   least {shown[0]:8.1f}   most {shown[-1]:8.1f}   of {len(shown)}")


def memory(process):
    try:
        with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024
    except OSError:
        return float("nan")


def measure(name, program, book, path, address, count, starts):
    first = []
    for _ in range(starts):
        process, base, seconds = serve(program, book)
        first.append(seconds)
        process.kill()
        process.wait()
    told(f"{name}: first page", first)
    process, base, _ = serve(program, book)
    try:
        told(f"{name}: edit to new bytes", edits(base, os.path.join(book, path), address, count))
        at_rest(base)
        print(f"{name}: peak memory {memory(process):.0f} MB")
    finally:
        process.kill()
        process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cxbook", default=os.path.join(HERE, "../target/release/cxbook"))
    parser.add_argument("--edits", type=int, default=21)
    parser.add_argument("--pages", type=int, default=0)
    options = parser.parse_args()
    program = os.path.abspath(options.cxbook)
    with tempfile.TemporaryDirectory() as room:
        book = os.path.join(room, "sample")
        os.makedirs(book)
        for part in ["book.toml", "privacy.yaml"]:
            shutil.copy(os.path.join(HERE, "..", part), book)
        for part in ["content", "themes"]:
            shutil.copytree(os.path.join(HERE, "..", part), os.path.join(book, part))
        team = "teams/field-installation"
        measure("sample book", program, book, f"content/{team}.md", f"{team}.html", options.edits, 7)
        if options.pages:
            book = os.path.join(room, "large")
            generated(book, options.pages)
            page = "pages/part-0/p7"
            measure(f"{options.pages} pages", program, book, f"content/{page}.md", f"{page}.html", min(options.edits, 7), 2)


if __name__ == "__main__":
    main()
