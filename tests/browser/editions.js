// Editions as readers meet them: `node editions.js CXBOOK [WORDS]` publishes the sample book again and again, with three themes, and
// looks at the choice of editions, the word on top of an older one, and the alias, in Chromium.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { places } from './places.js';
import { launch, report } from './report.js';
import { listen } from './visit.js';

const program = resolve(process.argv[2] ?? '../../target/release/cxbook');
const wanted = process.argv[3] ?? '';
const home = fileURLToPath(new URL('../../', import.meta.url));
const room = mkdtempSync(join(tmpdir(), 'cxbook-editions-'));
const book = join(room, 'book');
const edit = (path, change) => writeFileSync(join(book, path), change(readFileSync(join(book, path), 'utf8')));
const publish = (...what) => execFileSync(program, ['publish', '--quiet', '--to', `dir:${join(room, 'out')}`, ...what], { cwd: book, stdio: ['ignore', 'ignore', 'inherit'] });

const site = join(room, 'out', 'current');
const filesOf = (folder) => readdirSync(join(site, folder), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
const digests = (folder) => filesOf(folder).sort().map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`).join('\n');

// An old edition in the built-in theme, then twenty more things in three themes, the newest edition last; in between a page was
// renamed and one left.
for (const part of ['book.toml', 'content', 'themes', 'privacy.yaml']) cpSync(join(home, part), join(book, part), { recursive: true });
const page = (title, more = '') => `---\ntitle: ${title}\nnext: Ring one customer.\n${more}---\n${'Words that make the page long.\n\n'.repeat(60)}## A place\n\n${'More words.\n\n'.repeat(60)}`;
writeFileSync(join(book, 'content/pages/early-name.md'), page('Early name'));
writeFileSync(join(book, 'content/pages/only-then.md'), page('Only then'));
publish('--edition', '2026-q1', '--alias', 'latest', '--alias', 'stable');
renameSync(join(book, 'content/pages/early-name.md'), join(book, 'content/pages/later-name.md'));
writeFileSync(join(book, 'content/pages/later-name.md'), page('Later name', 'was: pages/early-name\n'));
rmSync(join(book, 'content/pages/only-then.md'));
const asItWas = digests('2026-q1');
mkdirSync(join(book, 'themes/own'));
writeFileSync(join(book, 'themes/own/theme.toml'), '[light]\ntop = "#123524"\nlink = "#1a5e3a"\n');
const inTheme = (name) => edit('book.toml', (text) => text.replace(/^theme = ".*"/m, `theme = "${name}"`));
for (let time = 0; time < 17; time += 1) {
  inTheme(['own', 'compact', 'default'][time % 3]);
  publish('--channel', `preview/${['try', 'other'][time % 2]}`);
}
inTheme('own');
publish('--edition', '2026-h1');
inTheme('compact');
publish('--edition', '2026-q2', '--alias', 'latest', '--move-alias');
publish('--channel', 'preview/try');

const at = await places(site);
const browser = await launch();

/** Opens a page, does what is asked, and gives back what was wrong. */
const on = async (place, path, look, options = {}) => {
  const problems = [];
  const visit = await listen(browser, at[place].base, { viewport: { width: 1280, height: 900 }, ...options });
  const shown = await visit.open(path);
  await look(shown, (fine, words) => fine || problems.push(words), visit);
  problems.push(...await visit.said());
  await visit.close();
  return problems;
};
const inside = (shown) => decodeURI(shown.url()).replace(/^.*?(?=(2026-[hq]\d|preview|latest|stable|editions\.html))/, '');
const choices = (shown) => shown.locator('details.editions li a').allTextContents();
const band = async (shown) => (await shown.locator('.alert', { hasText: /edition/ }).first().innerText().catch(() => '')).replace(/\s+/g, ' ');
const choose = async (shown, words) => {
  await shown.click('details.editions summary');
  await shown.click(`details.editions li a:has-text("${words}")`);
};

const served = ['root', 'sub-path'];
const checks = {
  'the old edition is what it was, byte for byte': async () => digests('2026-q1') === asItWas ? [] : ['a file of it changed'],
  'the three editions are in three themes': () => on('root', '2026-q1/index.html', async (shown, must) => {
    const head = () => shown.evaluate(() => getComputedStyle(document.querySelector('header')).backgroundColor + [...document.querySelectorAll('link[rel=stylesheet]')].map((one) => one.href));
    const seen = new Set([await head()]);
    for (const edition of ['2026-h1', '2026-q2']) {
      await choose(shown, edition);
      await shown.waitForURL(new RegExp(`${edition}/`));
      seen.add(await head());
    }
    must(seen.size === 3, `only ${seen.size} themes are seen`);
  }),
};
for (const place of served) {
  checks[`selector: the frozen page knows newer editions, ${place}`] = () => on(place, '2026-q1/teams/billing.html', async (shown, must) => {
    const offered = await choices(shown);
    for (const words of ['Edition 2026-q2 (current)', 'Edition 2026-q1', 'Preview try', 'All editions']) must(offered.includes(words), `${words} is not offered: ${offered}`);
    must(await shown.getAttribute('details.editions [aria-current]', 'href') !== null, 'the own edition is not marked');
    await choose(shown, '2026-q2');
    await shown.waitForURL(/2026-q2/);
    must(inside(shown) === '2026-q2/teams/billing.html', `leads to ${shown.url()}`);
  });
  checks[`selector: a renamed page is found forth and back, ${place}`] = () => on(place, '2026-q1/pages/early-name.html#a-place', async (shown, must) => {
    await choose(shown, '2026-q2');
    await shown.waitForURL(/2026-q2/);
    must(inside(shown) === '2026-q2/pages/later-name.html#a-place', `leads to ${shown.url()}`);
    await choose(shown, '2026-q1');
    await shown.waitForURL(/2026-q1/);
    must(inside(shown) === '2026-q1/pages/early-name.html#a-place', `leads back to ${shown.url()}`);
  });
  checks[`selector: a page that left is said, ${place}`] = () => on(place, '2026-q1/pages/only-then.html', async (shown, must) => {
    await choose(shown, '2026-q2');
    await shown.waitForSelector('[role=status] a');
    must(inside(shown) === '2026-q1/pages/only-then.html', 'the reader is led away unasked');
    must(/not in Edition 2026-q2/.test(await shown.innerText('[role=status]')), 'it is not said');
    await shown.click('[role=status] a');
    await shown.waitForURL(/2026-q2\/index.html/);
  });
  checks[`banner: on the older edition, not on the current one, ${place}`] = () => on(place, '2026-q1/teams/billing.html', async (shown, must, visit) => {
    await shown.waitForFunction(() => document.querySelector('.alert a')?.href.includes('billing'));
    must(/kept as it was/.test(await band(shown)), `the band says: ${await band(shown)}`);
    await shown.click('.alert a');
    await shown.waitForURL(/2026-q2\/teams\/billing.html/);
    must(!/kept as it was|preview/i.test(await band(shown)), 'the current edition has a band too');
    const left = await visit.open('2026-q1/pages/only-then.html');
    await left.waitForFunction(() => /no longer has this page/.test(document.querySelector('.alert')?.innerText));
    const draft = await visit.open('preview/try/index.html');
    must(/Nothing here is published yet/.test(await band(draft)), `a preview says: ${await band(draft)}`);
  });
  checks[`alias: query and place on the page stay, ${place}`] = () => on(place, 'latest/pages/later-name.html?from=mail#a-place', async (shown, must) => {
    await shown.waitForURL(/2026-q2/);
    must(inside(shown) === '2026-q2/pages/later-name.html?from=mail#a-place', `leads to ${shown.url()}`);
    await shown.waitForLoadState('load');
    const inSight = () => document.getElementById('a-place').getBoundingClientRect().top < innerHeight;
    await shown.waitForFunction(inSight, null, { timeout: 5000 }).catch(() => must(false, 'the place is out of sight'));
  });
  checks[`alias: an old name and a page that left, ${place}`] = () => on(place, 'latest/pages/early-name.html', async (shown, must, visit) => {
    await shown.waitForURL(/2026-q2/);
    must(inside(shown) === '2026-q2/pages/later-name.html', `leads to ${shown.url()}`);
    const gone = await visit.open('latest/pages/only-then.html');
    must(/is not here any more/.test(await gone.innerText('h1')), 'it is not said');
    await gone.click('a:has-text("Only then")');
    must(inside(gone) === '2026-q1/pages/only-then.html', `leads to ${gone.url()}`);
  });
  checks[`alias: without script it leads on by itself, ${place}`] = () => on(place, 'stable/teams/billing.html', async (shown, must) => {
    await shown.waitForURL(/2026-q1\/teams\/billing.html/);
    must(await shown.locator('a.editions').isVisible(), 'without script there is no way to other editions');
    await shown.click('a.editions');
    must(inside(shown) === 'editions.html', `leads to ${shown.url()}`);
  }, { javaScriptEnabled: false });
}
checks['root: leads to the current edition'] = () => on('root', 'index.html', async (shown, must) => {
  await shown.waitForURL(/2026-q2|latest/);
  must(/2026-q2\/index.html/.test(shown.url()), `leads to ${shown.url()}`);
});
checks['from a folder: selector, band and alias'] = () => on('file://', '2026-q1/teams/billing.html', async (shown, must, visit) => {
  must((await choices(shown)).includes('Edition 2026-q2 (current)'), 'the newer edition is not offered');
  must(/kept as it was/.test(await band(shown)), 'there is no band');
  await choose(shown, '2026-q2');
  await shown.waitForURL(/2026-q2\/index.html/);
  const led = await visit.open('latest/teams/billing.html#x');
  await led.waitForURL(/2026-q2\/teams\/billing.html#x/);
});
checks['search: only the own edition is found'] = () => on('root', '2026-q1/search.html?q=only+then', async (shown, must) => {
  const found = async (one) => {
    await one.waitForFunction(() => /result|found/.test(document.getElementById('search.status').textContent));
    return one.evaluate(() => [...document.querySelectorAll('#search\\.results a')].map((link) => link.href));
  };
  const old = await found(shown);
  must(old.some((href) => href.includes('2026-q1/pages/only-then')), `the old edition finds ${old.slice(0, 3)}`);
  await shown.goto(`${at.root.base}2026-q2/search.html?q=only+then`);
  const now = await found(shown);
  must(now.every((href) => href.includes('/2026-q2/')), `the new edition finds ${now.slice(0, 3)}`);
});
for (const path of ['2026-q1/teams/billing.html', '2026-q2/teams/billing.html', 'editions.html']) {
  checks[`axe: ${path} with its choice of editions open`] = () => on('root', path, async (shown, must) => {
    await shown.evaluate(() => document.querySelectorAll('details.editions').forEach((box) => { box.open = true; }));
    await shown.evaluate(axe.source);
    const { violations } = await shown.evaluate(() => window.axe.run());
    violations.forEach((one) => must(false, `${one.id}: ${one.nodes[0].html.slice(0, 120)}`));
  }, { bypassCSP: true });
}

await report(checks, wanted);
await browser.close();
Object.values(at).forEach((place) => place.close());
rmSync(room, { recursive: true, force: true });
