// axe over every kind of page, on a phone and on a desk, in the light and in the dark, with everything unfolded.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { at } from '../places.js';
import { listen, unfold } from '../visit.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const violations = async (page) => {
  await page.evaluate(AXE);
  const found = await page.evaluate((rules) => window.axe.run({ runOnly: rules, resultTypes: ['violations'] }), RULES);
  return found.violations.map((one) =>
    `${one.id}, ${one.nodes.length} times, first at ${one.nodes[0].target.join(' ')}: ${one.help}`);
};

export const accessible = ({ browser, pages, places }) => {
  const screens = [390, 1280].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme })));
  return screens.flatMap(({ width, colorScheme }) => pages.map(({ path, kind }) => ({
    name: `axe: ${kind}, ${path}, ${width} px, ${colorScheme}`,
    run: async () => {
      const visit = await listen(browser, at(kind, places).base, { viewport: { width, height: 900 }, colorScheme });
      const page = await visit.open(path);
      await unfold(page);
      const problems = await violations(page);
      await visit.close();
      return problems;
    },
  })));
};
