// On paper: what was folded is there, what only works on a screen is not, and where links lead is written out.
import { at } from '../places.js';
import { listen, settled } from '../visit.js';

const missing = (page) => page.evaluate(() => {
  const problems = [];
  const isSeen = (node) => node.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  for (const box of document.querySelectorAll('main .content details')) {
    const inside = [...box.children].filter((node) => node.tagName !== 'SUMMARY');
    if (!inside.every(isSeen)) problems.push(`"${box.querySelector('summary').innerText}" stays folded`);
  }
  for (const node of document.querySelectorAll('nav, form, .report')) {
    if (isSeen(node)) problems.push(`<${node.tagName.toLowerCase()} class="${node.className}"> is printed`);
  }
  for (const link of document.querySelectorAll('main a[href^="http"]')) {
    if (!getComputedStyle(link, '::after').content.includes(link.getAttribute('href'))) {
      problems.push(`where "${link.innerText}" leads is not printed`);
    }
  }
  // Charts say how many answers they rest on, and paper keeps it.
  for (const line of document.querySelectorAll('main .base:not(.tools), main figcaption, .version')) {
    if (!isSeen(line) && !line.closest('.jump, header')) problems.push(`"${line.textContent.trim().slice(0, 60)}" is not printed`);
  }
  if (!document.querySelector('.version') || ![...document.querySelectorAll('.version')].some(isSeen)) problems.push('the version line is not printed');
  const [top, title] = ['header.top', 'h1'].map((name) => document.querySelector(name)?.getBoundingClientRect());
  if (top && title && title.top > 0 && title.top < top.bottom + 8 && !document.querySelector('header.top h1')) problems.push('the title touches the line above it');
  return problems;
});

export const paper = ({ browser, pages, places }) => pages.map(({ path, kind }) => ({
  name: `paper: ${kind}, ${path}`,
  run: async () => {
    const visit = await listen(browser, at(kind, places).base, { viewport: { width: 690, height: 980 } });
    const page = await visit.open(path);
    await page.emulateMedia({ media: 'print' });
    await settled(page);
    const problems = await missing(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0 && !await page.evaluate(() => document.querySelector('table'))) problems.push(`${wide} px stick out of the sheet`);
    const pdf = await page.pdf({ format: 'A4' });
    const sheets = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
    if (sheets === 0) problems.push('no sheet was printed');
    await visit.close();
    return problems;
  },
}));
