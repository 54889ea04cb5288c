// Searching as a reader does: from any page, with the keys, with slips, from every place, and without script.
import { listen } from '../visit.js';
import { focused, tabTo } from './keyboard.js';

const answered = (page) => page.waitForFunction(() => /result|found|could not/.test(document.getElementById('search.status').textContent));

const results = (page) => page.evaluate(() => [...document.querySelectorAll('#search\\.results a')].map((link) => link.innerText));

/** A search by its address; gives the titles of the results and what the status line says. */
const ask = async (visit, words, more = '') => {
  const page = await visit.open(`search.html`);
  await page.goto(`${page.url()}?q=${encodeURIComponent(words)}${more}`);
  await answered(page);
  return { titles: await results(page), status: await page.evaluate(() => document.getElementById('search.status').textContent) };
};

/** Titles to look for: all that the list from A to Z has, but not the search page itself. */
const titlesOf = async (page) => page.evaluate(() => [...document.querySelectorAll('.letter a')].filter((link) => link.getAttribute('href') !== 'search.html').map((link) => link.innerText));

/** A slip of a finger: two letters of the longest word swapped. */
const withSlip = (title) => {
  const word = title.match(/\p{L}+/gu)?.sort((a, b) => b.length - a.length)[0] ?? '';
  if (word.length < 6) return null;
  return title.replace(word, word.slice(0, 3) + word[4] + word[3] + word.slice(5));
};

const everyTitle = ({ browser, places }) => ({
  name: 'search: every title is found, and with a slip too',
  run: async () => {
    const visit = await listen(browser, places.root.base, { viewport: { width: 1280, height: 900 } });
    const titles = await titlesOf(await visit.open('a-z.html'));
    const lost = [];
    const asked = [0, 0];
    for (const [at, title] of titles.entries()) {
      for (const [kind, words] of [title, at % 4 === 0 ? withSlip(title) : null].entries()) {
        if (!words) continue;
        asked[kind] += 1;
        const found = (await ask(visit, words)).titles.slice(0, 5);
        if (!found.some((one) => one === title || one.startsWith(`${title}:`))) lost.push(`"${words}" does not find "${title}"`);
      }
    }
    const problems = await visit.said();
    await visit.close();
    if (asked[0] < 20 || asked[1] < 5) problems.push(`only ${asked[0]} titles and ${asked[1]} slips were asked for`);
    // One in a hundred may be called like too many others.
    return lost.length > (asked[0] + asked[1]) / 100 ? [...problems, ...lost] : problems;
  },
});

const byKeys = ({ browser, places }) => ({
  name: 'search: with the keys alone',
  run: async () => {
    const problems = [];
    const visit = await listen(browser, places.root.base, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    const page = await visit.open('teams/index.html');
    await tabTo(page, 'the search field', ({ tag }) => tag === 'input', problems);
    await page.keyboard.type('journey');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search\.html\?q=journey/);
    await answered(page);
    await tabTo(page, 'a result', ({ result }) => result, problems);
    const { words } = await focused(page);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.endsWith('search.html'));
    if (!/journey/i.test(words)) problems.push(`the first result is "${words}"`);
    await page.goBack();
    await answered(page);
    if ((await results(page)).length === 0) problems.push('going back loses the results');
    problems.push(...await visit.said());
    await visit.close();
    return problems;
  },
});

const everywhere = ({ browser, places }) => ['root', 'sub-path', 'file://'].map((place) => ({
  name: `search: ${place}`,
  run: async () => {
    const problems = [];
    const visit = await listen(browser, places[place].base, { viewport: { width: 390, height: 800 } });
    const bad = [
      '<script>alert(1)</script>', '"\' \\ \u2028 \u202e', '😀', 'x'.repeat(500), 'y'.repeat(10000), '%', 'お客様 고객',
    ];
    for (const words of bad) {
      const { status } = await ask(visit, words);
      if (/could not/.test(status)) problems.push(`"${words.slice(0, 20)}": ${status}`);
    }
    const { titles } = await ask(visit, 'journey');
    if (titles.length === 0) problems.push('"journey" is not found');
    const other = await ask(visit, 'attrition');
    if (!other.titles.some((title) => title === 'Churn') || other.titles.length < 2) problems.push(`another word for a term finds ${other.titles}`);
    const partly = await ask(visit, 'journey qqqzzzqqq');
    if (!/^\d+ results? for/.test(partly.status)) problems.push(`a word nobody wrote beside one that was: "${partly.status}"`);
    const nothing = await ask(visit, 'qqqzzzqqq');
    if (nothing.titles.length > 0 || !await visit.page.isVisible('#search\\.none')) problems.push('an empty result offers nothing');
    problems.push(...await visit.said());
    await visit.close();
    return problems;
  },
}));

const filtered = ({ browser, places }) => ({
  name: 'search: filters narrow, and more can be shown',
  run: async () => {
    const problems = [];
    const visit = await listen(browser, places.root.base, { viewport: { width: 1280, height: 900 } });
    const all = await ask(visit, 'customer');
    const kinds = await visit.page.evaluate(() => [...document.querySelectorAll('#search\\.kind option')].slice(1).map((one) => one.textContent));
    if (kinds.length < 3) problems.push(`only ${kinds.length} kinds to choose from`);
    for (const kind of kinds) {
      await ask(visit, 'customer', `&kind=${encodeURIComponent(kind)}`);
      const shown = await visit.page.evaluate(() => [...document.querySelectorAll('.results .base')].map((one) => one.textContent));
      if (shown.some((one) => one !== kind)) problems.push(`${kind}: shows ${shown.join(', ')}`);
      if (await visit.page.inputValue('#search\\.kind') !== kind) problems.push(`${kind}: the form forgets the choice`);
    }
    await ask(visit, 'customer');
    await visit.page.click('#search\\.more a');
    await answered(visit.page);
    if ((await results(visit.page)).length <= all.titles.length) problems.push('"Show more" shows no more');
    problems.push(...await visit.said());
    await visit.close();
    return problems;
  },
});

const withoutScript = ({ browser, places }) => Object.entries({ root: places.root, 'file://': places['file://'] }).map(([place, { base }]) => ({
  name: `search: without script it leads to the index from A to Z, ${place}`,
  run: async () => {
    const problems = [];
    const visit = await listen(browser, base, { viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
    const page = await visit.open('index.html');
    await page.fill('header input', 'journey');
    await page.press('header input', 'Enter');
    await page.waitForURL(/search\.html\?q=journey/);
    await page.click('#search\\.status a');
    await page.waitForURL(/a-z\.html/);
    problems.push(...await visit.said());
    await visit.close();
    return problems;
  },
}));

export const search = (world) =>
  [byKeys(world), everyTitle(world), filtered(world), ...everywhere(world), ...withoutScript(world)];
