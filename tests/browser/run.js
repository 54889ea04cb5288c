// The built site as its readers meet it. `node run.js SITE [WORD]`: with a word, only the checks whose names hold it.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checks } from './checks/index.js';
import { choose, readSite } from './pages.js';
import { places } from './places.js';
import { launch } from './report.js';

const site = resolve(process.argv[2] ?? '../../site');
const wanted = process.argv[3] ?? '';
if (!existsSync(`${site}/index.html`)) {
  console.error(`There is no site in ${site}. Build one first: cargo run --release -- build`);
  process.exit(2);
}

const pages = choose(readSite(site));
const kinds = new Set(pages.map((page) => page.kind));
console.log(`${pages.length} pages of ${kinds.size} kinds: ${[...kinds].sort().join(', ')}`);

const at = await places(site);
const browser = await launch();
const tasks = checks({ browser, pages, places: at, site }).filter((task) => task.name.includes(wanted));
let [passed, failed] = [0, 0];
const began = Date.now();

const perform = async () => {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    const problems = await task.run().catch((error) => [`the check itself broke: ${error.message.split('\n')[0]}`]);
    if (problems.length === 0) {
      passed += 1;
      continue;
    }
    failed += 1;
    console.log(`FAILED ${task.name}`);
    for (const words of new Set(problems)) console.log(`       ${words.length > 300 ? `${words.slice(0, 300)} …` : words}`);
  }
};
// Two side by side: more would only wait for the processors.
await Promise.all([perform(), perform()]);
await browser.close();
Object.values(at).forEach((place) => place.close());
console.log(`browser checks took ${Math.round((Date.now() - began) / 1000)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
