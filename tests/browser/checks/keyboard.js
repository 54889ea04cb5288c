// With the keys alone: from the home page to a team's chain, and through every stop of each kind of page.
import { at } from '../places.js';
import { listen } from '../visit.js';

/** What has the focus, and whether a reader can see that it has. */
export const focused = (page) => page.evaluate(() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  // A link over two lines begins where its first line does.
  const box = node.getClientRects()[0];
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const top = document.elementFromPoint(
    Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 1), innerWidth - 1),
    Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 1), innerHeight - 1));
  return {
    words: (node.innerText ?? node.getAttribute('aria-label') ?? '').trim().replace(/\s+/g, ' ').slice(0, 60),
    tag: node.tagName.toLowerCase(),
    href: node.getAttribute('href'),
    chain: Boolean(node.closest('.chain')),
    main: Boolean(node.closest('main')),
    result: Boolean(node.closest('.results')),
    ring,
    seen: inside && Boolean(top) && (node.contains(top) || top.contains(node)),
  };
});

const MOST_STEPS = 400;

/** Presses Tab until something fulfils a condition; says what was wrong on the way. */
export const tabTo = async (page, what, wanted, problems) => {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (!now) break;
    if (!now.ring) problems.push(`no ring around <${now.tag}> "${now.words}"`);
    if (!now.seen) problems.push(`<${now.tag}> "${now.words}" has the focus out of sight`);
    if (wanted(now)) return now;
  }
  problems.push(`Tab never reaches ${what}`);
  return null;
};

const teamChain = ({ browser, places }) => ({
  name: "keyboard: from the home page to a team's chain",
  run: async () => {
    const problems = [];
    const visit = await listen(browser, places.root.base, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    const page = await visit.open('index.html');
    const skip = await tabTo(page, 'the link past the menu', () => true, problems);
    if (!skip?.href?.startsWith('#')) problems.push('the first stop does not lead past the menu');
    await page.keyboard.press('Enter');
    const team = await tabTo(page, 'a team', ({ href, main }) => main && /^teams\/(?!index)/.test(href ?? ''), problems);
    if (!team) return problems;
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/teams\//);
    await tabTo(page, 'the chain of the team', ({ chain }) => chain, problems);
    problems.push(...await visit.said());
    await visit.close();
    return problems;
  },
});

const everyStop = ({ browser, pages, places }) => pages.map(({ path, kind }) => ({
  name: `keyboard: ${kind}, ${path}`,
  run: async () => {
    const problems = [];
    const visit = await listen(browser, at(kind, places).base, { viewport: { width: 390, height: 700 }, reducedMotion: 'reduce' });
    const page = await visit.open(path);
    const stops = await page.evaluate(() =>
      [...document.querySelectorAll('a[href], button, input:not([disabled]), select, summary, [tabindex="0"]')]
        .filter((node) => node.checkVisibility({ contentVisibilityAuto: true }))
        // The answers of one question are one stop.
        .filter((node, at, all) => node.type !== 'radio' || all.findIndex((other) => other.name === node.name) === at).length);
    let reached = 0;
    for (; reached < Math.min(stops, 80); reached += 1) {
      await page.keyboard.press('Tab');
      const now = await focused(page);
      if (!now) break;
      if (!now.ring) problems.push(`no ring around <${now.tag}> "${now.words}"`);
      if (!now.seen) problems.push(`<${now.tag}> "${now.words}" has the focus out of sight`);
    }
    if (reached < Math.min(stops, 80)) problems.push(`Tab reaches ${reached} of ${stops} stops`);
    await visit.close();
    return problems;
  },
}));

export const keyboard = (world) => [teamChain(world), ...everyStop(world)];
