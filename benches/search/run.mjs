// Measures the search of a large book in Chromium, and Pagefind's on the same site in the same run. docs/search.md shows the table.
//
//     cargo build --release && cargo bench --no-run --bench search
//     npm ci --prefix tests/browser --ignore-scripts
//     npm install --prefix /tmp/pagefind pagefind
//     node benches/search/run.mjs --pagefind /tmp/pagefind/node_modules/.bin/pagefind
//
// Options: --book FOLDER (else 10,000 pages are written to a temporary folder), --cxbook PROGRAM, --pages NUMBER,
// --titles NUMBER, --site FOLDER (a site that was built before), --index PROGRAM (the benchmark of the index, if it was compiled before).
//
// Bytes are those of the files, uncompressed. "Warm" means that the browser has every file of the index in its cache; the time is
// from the moment the page is there to the moment its list is, and each of our searches reads, parses and ranks anew.
import { execFileSync, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { existsSync, mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '../../tests/browser/node_modules/playwright-core/index.mjs';
import { write } from './corpus.mjs';

const { values: given } = parseArgs({ options: {
  book: { type: 'string' }, site: { type: 'string' }, cxbook: { type: 'string', default: 'target/release/cxbook' },
  index: { type: 'string' }, pagefind: { type: 'string' }, pages: { type: 'string', default: '10000' }, titles: { type: 'string', default: '200' },
} });
const room = mkdtempSync(join(tmpdir(), 'search-bench-'));
const SHOWN = 8;

/** Runs a program under GNU time: seconds, processor seconds, megabytes. */
const timed = (program, ...args) => {
  const ran = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', program, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (ran.status !== 0) throw new Error(`${program} failed: ${ran.stderr?.slice(-400)}`);
  const [wall, user, system, kilobytes] = ran.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, cpu: user + system, mb: kilobytes / 1024 };
};

const below = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const weight = (files) => files.reduce((sum, file) => sum + statSync(file).size, 0);

/** The playbooks of a book: address in the site, title, words. */
const pagesOf = (book) => below(`${book}/content/playbooks`).filter((file) => !file.endsWith('/index.md')).sort().map((file) => {
  const text = readFileSync(file, 'utf8');
  const title = JSON.parse(/^title: (".*")$/m.exec(text)[1]);
  return { href: file.slice(`${book}/content/`.length).replace(/\.md$/, '.html'), title, words: text.split('---').slice(2).join(' ').match(/\p{L}{3,}/gu) };
});

/** A number generator of its own, so that each list of questions stays the same when another changes. */
const dice = (seed) => () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return seed / 2 ** 32; };

/** One slip of a finger in one word of four letters or more: swapped, left out, doubled or changed; not in its first letter. */
const withSlip = (title, number) => {
  const roll = dice(number + 1);
  for (let i = 0; i < 9; i++) roll();
  const words = title.match(/\p{L}{4,}/gu);
  const word = words[Math.floor(roll() * words.length)];
  const at = 1 + Math.floor(roll() * (word.length - 2));
  const slips = [
    () => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
    () => word.slice(0, at) + word.slice(at + 1),
    () => word.slice(0, at) + word[at] + word.slice(at),
    () => word.slice(0, at) + 'etaoinsr'[Math.floor(roll() * 8)] + word.slice(at + 1),
  ];
  for (let i = Math.floor(roll() * 4); ; i++) {
    const slipped = slips[i % 4]();
    if (slipped !== word) return title.replace(word, slipped);
  }
};

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.wasm': 'application/wasm' };
const PROBE = `<!doctype html><title>probe</title><script type="module">
import * as pagefind from "/pagefind/pagefind.js";
window.ask = async (words, shown) => {
  const began = performance.now();
  const { results } = await pagefind.search(words);
  const data = await Promise.all(results.slice(0, shown).map((one) => one.data()));
  return { took: performance.now() - began, count: results.length, hrefs: data.map((one) => one.url.slice(1)) };
};
window.ready = true;
</script>`;

const serve = (site) => new Promise((done) => {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (path === '/probe.html') return response.writeHead(200, { 'content-type': 'text/html' }).end(PROBE);
    try {
      const bytes = readFileSync(join(site, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'cache-control': 'max-age=86400' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1', () => done({ base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
});

/** A browser without a cache of anything, whose requests are counted: those of the search, and all. */
const visitor = async (browser, isSearch) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const seen = { requests: 0, bytes: 0, all: 0, allBytes: 0 };
  const waiting = [];
  page.on('response', (response) => waiting.push(response.body().catch(() => '').then((body) => {
    const search = isSearch(new URL(response.url()).pathname);
    seen.all += 1;
    seen.allBytes += body.length;
    seen.requests += search;
    seen.bytes += search ? body.length : 0;
  })));
  const counted = async () => { await page.waitForLoadState('networkidle'); await Promise.all(waiting); return { ...seen }; };
  return { page, counted, close: () => context.close() };
};

const ours = (base) => ({
  name: 'cxbook',
  isSearch: (path) => path.startsWith('/search/') || /page-search.*\.js$/.test(path),
  open: async (page) => {
    // Says when the list was there, as the page's own clock has it.
    await page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => {
      const status = document.getElementById('search.status');
      if (!status) return;
      const look = () => { if (/result|found|could not/.test(status.textContent)) window.listed ??= performance.now(); };
      new MutationObserver(look).observe(status, { childList: true, characterData: true, subtree: true });
      look();
    }));
  },
  ask: async (page, words) => {
    await page.goto(`${base}/search.html?q=${encodeURIComponent(words)}`, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.listed, null, { polling: 5 });
    return page.evaluate(() => ({
      took: window.listed - performance.getEntriesByType('navigation')[0].domInteractive,
      loaded: performance.getEntriesByType('navigation')[0].domInteractive,
      count: Number(/(\d+) result/.exec(document.getElementById('search.status').textContent)?.[1] ?? 0),
      hrefs: [...document.querySelectorAll('#search\\.results a')].map((link) => link.getAttribute('href')),
    }));
  },
});

const pagefind = (base) => ({
  name: 'Pagefind',
  isSearch: (path) => path.startsWith('/pagefind/'),
  open: async (page) => { await page.goto(`${base}/probe.html`); await page.waitForFunction(() => window.ready); },
  ask: async (page, words) => page.evaluate(([words, shown]) => window.ask(words, shown), [words, SHOWN]),
});

/** What the questions cost a reader who searches for the first time: the worst of each number. */
const firstQueries = async (browser, system, questions) => {
  const most = { requests: 0, kb: 0, all: 0, allKb: 0, none: 0, which: '' };
  for (const words of questions) {
    const { page, counted, close } = await visitor(browser, system.isSearch);
    await system.open(page);
    const { count } = await system.ask(page, words);
    const seen = await counted();
    if (seen.bytes / 1000 > most.kb) most.which = words;
    most.requests = Math.max(most.requests, seen.requests);
    most.kb = Math.max(most.kb, seen.bytes / 1000);
    most.all = Math.max(most.all, seen.all);
    most.allKb = Math.max(most.allKb, seen.allBytes / 1000);
    most.none += count === 0;
    await close();
  }
  return most;
};

/** How many of the pages stand among the first five for some words, each asked twice: the second time is warm. */
const found = async (browser, system, pages, wordsOf) => {
  const { page, close } = await visitor(browser, () => false);
  await system.open(page);
  let [hits, first] = [0, 0];
  const times = [];
  const lost = [];
  for (const [number, one] of pages.entries()) {
    const words = wordsOf(one, number);
    await system.ask(page, words);
    const { took, hrefs } = await system.ask(page, words);
    const at = hrefs.slice(0, 5).findIndex((href) => decodeURIComponent(href).split('#')[0] === one.href);
    hits += at >= 0;
    first += at === 0;
    if (at < 0) lost.push(`${words} -> ${one.href}`);
    times.push(took);
  }
  await close();
  return { hits, first, times, lost };
};

const spread = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(0);
  return `${at(0.5)} / ${at(0.95)} ms`;
};

const measure = async (browser, system, pages) => {
  const roll = dice(11);
  const some = (count) => pages.filter((_, at) => at % Math.ceil(pages.length / count) === 0).slice(0, count);
  const question = (words) => Array.from({ length: words }, () => {
    const { words: of } = pages[Math.floor(roll() * pages.length)];
    return of[Math.floor(roll() * of.length)].toLowerCase();
  }).join(' ');
  const short = [1, 2, 3].flatMap((words) => Array.from({ length: 20 }, () => question(words)));
  const slipped = short.slice(20, 40).map((words, at) => (/\p{L}{4,}/u.test(words) ? withSlip(words, at) : words));
  const titles = some(Number(given.titles));
  const row = {};
  row.short = await firstQueries(browser, system, short);
  row.slipped = await firstQueries(browser, system, slipped);
  row.long = await firstQueries(browser, system, Array.from({ length: 10 }, () => question(8)));
  row.titles = await found(browser, system, titles, (one) => one.title);
  row.slips = await found(browser, system, titles, (one, number) => withSlip(one.title, number));
  row.words = await found(browser, system, titles.slice(0, 60), (_, at) => short[at]);
  return row;
};

const show = (name, { build, files, bytes, pages, row, asked }) => {
  const cost = ({ requests, kb, all, allKb }) => `${kb.toFixed(0)} KB, ${requests} requests (with the page ${allKb.toFixed(0)} KB, ${all})`;
  const hits = ({ hits, first }) => `${hits} of ${asked} in the first five, ${first} first`;
  console.log(`\n${name}`);
  console.log(`  index built          ${build}`);
  console.log(`  index                ${files} files, ${(bytes / 1e6).toFixed(1)} MB, ${Math.round(bytes / pages)} bytes a page`);
  console.log(`  1-3 words, first     at most ${cost(row.short)}: "${row.short.which}"; ${row.short.none} of 60 found nothing`);
  console.log(`  2 words, one slip    at most ${cost(row.slipped)}; ${row.slipped.none} of 20 found nothing`);
  console.log(`  8 words, first       at most ${cost(row.long)}`);
  console.log(`  titles               ${hits(row.titles)}`);
  console.log(`  titles, one slip     ${hits(row.slips)}`);
  console.log(`  warm, median / p95   1-3 words ${spread(row.words.times)}, titles ${spread(row.titles.times)}, with a slip ${spread(row.slips.times)}`);
  for (const lost of [...row.titles.lost, ...row.slips.lost].slice(0, 12)) console.log(`    lost: ${lost}`);
};

const book = given.book ?? join(room, 'book');
if (!given.book) write(book, Number(given.pages));
const pages = pagesOf(book);
const site = given.site ?? join(room, 'site');
const load = () => loadavg()[0].toFixed(1);
console.log(`${pages.length} pages, ${(pages.reduce((sum, { words }) => sum + words.length, 0) / 1e6).toFixed(1)} million words; ${cpus().length} cores, load before ${load()}`);
const built = given.site ? null : timed(given.cxbook, 'build', book, '-d', site, '--quiet');
if (built) console.log(`the whole site: ${built.wall} s, ${built.cpu.toFixed(1)} s of processor, ${built.mb.toFixed(0)} MB at most`);
let alone = 'not measured';
try {
  const program = given.index ? [given.index] : ['cargo', 'bench', '--quiet', '--bench', 'search', '--'];
  alone = execFileSync(program[0], [...program.slice(1), book], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
} catch { /* Said in the table. */ }

const index = join(site, 'search');
const at = await serve(site);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
const report = async (system, build, folder) => {
  const row = await measure(browser, system, pages);
  const files = below(folder);
  show(system.name, { build, files: files.length, bytes: weight(files), pages: pages.length, row, asked: Math.min(Number(given.titles), pages.length) });
};
await report(ours(at.base), alone, index);
if (given.pagefind) {
  const took = timed(given.pagefind, '--site', site, '--quiet');
  await report(pagefind(at.base), `${took.wall} s, ${took.cpu.toFixed(1)} s of processor, ${took.mb.toFixed(0)} MB at most`, join(site, 'pagefind'));
} else if (existsSync(join(site, 'pagefind'))) {
  await report(pagefind(at.base), 'earlier', join(site, 'pagefind'));
}
console.log(`\nload after ${load()}`);
await browser.close();
at.close();
