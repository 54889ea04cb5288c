// Nothing is refused, missing, fetched from elsewhere or reported, wherever the site lies and whether or not scripts run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listen, unfold } from '../visit.js';

/** What the theme's style gives every page: without it the page came without its style sheet. */
const hasStyle = (page) => page.evaluate(() => getComputedStyle(document.body).marginTop === '0px');

/** What a reader reads: the words of the page. */
const words = (page) => page.evaluate(() => document.querySelector('main').innerText.replace(/\s+/g, ' ').trim());

/** The policy is as strict as it says, whatever the page needs. */
const isStrict = (policy) => policy.includes("default-src 'none'") && !/unsafe|\*|https?:|data:|blob:/.test(policy);

/** A page with whole addresses works where it belongs only: the one for missing pages, at the site's own address. */
const worksAt = (kind, place) => kind === 'not-found' ? place === 'own address' : place !== 'own address';

export const quiet = ({ browser, pages, places, site }) => Object.entries(places).flatMap(([place, { base }]) =>
  pages.filter(({ kind }) => worksAt(kind, place)).map(({ path, kind }) => ({
    name: `quiet: ${kind}, ${path}, ${place}`,
    run: async () => {
      const problems = [];
      const told = {};
      for (const javaScriptEnabled of [true, false]) {
        const visit = await listen(browser, base, { viewport: { width: 1280, height: 900 }, javaScriptEnabled });
        const page = await visit.open(path);
        await unfold(page);
        const how = javaScriptEnabled ? 'with script' : 'without script';
        problems.push(...(await visit.said()).map((said) => `${how}: ${said}`));
        if (!await hasStyle(page)) problems.push(`${how}: the style sheet did not arrive`);
        told[how] = await words(page);
        await visit.close();
      }
      if (told['without script'].length < told['with script'].length / 2) {
        problems.push('without script half of the words or more are missing');
      }
      const policy = /Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(join(site, path), 'utf8'))?.[1] ?? '';
      if (!isStrict(policy)) problems.push(`the content policy is not strict: ${policy || 'there is none'}`);
      return problems;
    },
  })));
