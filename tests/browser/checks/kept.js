// What a reader ticks and writes stays in this browser, under the name of the book, and goes when its reader says so.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listen } from '../visit.js';

/** The first playbook whose page holds something. */
const playbookWith = (site, mark) => {
  const files = readdirSync(join(site, 'playbooks')).filter((name) => name.endsWith('.html')).sort();
  const found = files.find((name) => readFileSync(join(site, 'playbooks', name), 'utf8').includes(mark));
  if (!found) throw new Error(`no playbook holds ${mark}`);
  return `playbooks/${found}`;
};

const NOTE = 'The label was hard to read.';

const walk = async (browser, base, site) => {
  const problems = [];
  const must = (fine, words) => fine || problems.push(words);
  const visit = await listen(browser, base, { viewport: { width: 390, height: 844 } });
  const sent = [];
  visit.context.on('request', (request) => request.method() === 'GET' || sent.push(request.url()));
  const ticked = playbookWith(site, '<li class="task">');
  const sheet = playbookWith(site, '<textarea');

  let page = await visit.open(ticked);
  const box = () => page.locator('.task input').first();
  const before = await box().isChecked();
  await box().check();
  await page.reload();
  must(!before && await box().isChecked(), 'a tick is gone when the page is loaded again');

  page = await visit.open(sheet);
  const field = () => page.locator('.sheet textarea').first();
  await field().fill(NOTE);
  await page.reload();
  must(await field().inputValue() === NOTE, 'a note is gone when the page is loaded again');

  page = await visit.open('device.html');
  const kept = () => page.evaluate(() => Object.entries(localStorage));
  const name = `cxbook.${await page.evaluate(() => document.body.dataset.book)}`;
  const [entry, ...others] = await kept();
  must(entry?.[0] === name && others.length === 0, 'something is kept under another name than that of the book');
  must(Object.keys(JSON.parse(entry?.[1] ?? '{}')).length === 2, `it keeps ${entry?.[1]}`);
  const shown = await page.getByRole('textbox', { name: 'All of it' }).inputValue();
  must(shown.includes(NOTE) && (await page.getByRole('status').innerText()) === '2 entries', 'what is kept is not shown');
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save as a file' }).click()]);
  must(readFileSync(await saved.path(), 'utf8') === shown, 'the file that is saved says something else');

  await page.getByRole('button', { name: 'Delete everything' }).click();
  must((await kept()).length === 0, 'something is kept after everything was deleted');
  page = await visit.open(ticked);
  must(!await box().isChecked(), 'a tick comes back after it was deleted');

  // Another book on the same host keeps its own.
  await page.evaluate(() => localStorage.setItem('cxbook.another-book', '{"tick x":true}'));
  page = await visit.open('device.html');
  must((await page.getByRole('status').innerText()) === '0 entries', 'what another book keeps is shown');
  must(sent.length === 0, `something was sent: ${sent}`);
  problems.push(...await visit.said());
  await visit.close();
  return problems;
};

export const kept = ({ browser, places, site }) => ['sub-path', 'file://'].map((place) => ({
  name: `kept: ticks and notes, ${place}`,
  run: () => walk(browser, places[place].base, site),
}));
