// Everything fits: on the narrowest phone, with the text twice as large, and with its lines and letters set apart.
import { at } from '../places.js';
import { listen, settled, unfold } from '../visit.js';

const SPACED = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';

/** Boxes that stick out at the side, and texts of which a part is cut off. */
const misfits = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const named = (node) => `<${node.tagName.toLowerCase()}${node.className && typeof node.className === 'string' ? ` class="${node.className}"` : ''}>`;
  const problems = [];
  if (document.documentElement.scrollWidth > width) {
    const scrolls = (node) => node.closest('.scroll, svg, .skip, .hear, .flag');
    const out = [...document.querySelectorAll('body *')].filter((node) => !scrolls(node) && node.getBoundingClientRect().right > width + 1);
    problems.push(`${document.documentElement.scrollWidth} px wide on ${width} px, because of ${out.slice(-1).map(named).join() || 'something'}`);
  }
  for (const node of document.querySelectorAll('main *, header *, footer *')) {
    const style = getComputedStyle(node);
    const clips = ['hidden', 'clip'].includes(style.overflowY) && style.clipPath === 'none' && !node.closest('svg');
    if (clips && node.clientHeight > 1 && node.scrollHeight > node.clientHeight + 1) problems.push(`${named(node)} cuts its words off`);
  }
  return problems;
});

const screens = [
  { name: '320 px', width: 320 },
  { name: '320 px and spaced', width: 320, style: SPACED },
  { name: 'text at 200 %, 1280 px', width: 1280, style: ':root{font-size:200%!important}' },
  { name: 'text at 200 %, 390 px', width: 390, style: ':root{font-size:200%!important}' },
];

export const fits = ({ browser, pages, places }) => pages.map(({ path, kind }) => ({
  name: `fits: ${kind}, ${path}`,
  run: async () => {
    const problems = [];
    for (const { name, width, style } of screens) {
      const visit = await listen(browser, at(kind, places).base, { viewport: { width, height: 800 } });
      const page = await visit.open(path);
      await unfold(page);
      await page.evaluate((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        document.adoptedStyleSheets = [sheet];
      }, style ?? '');
      await settled(page);
      problems.push(...(await misfits(page)).map((words) => `${name}: ${words}`));
      await visit.close();
    }
    return problems;
  },
}));
