// Which pages are looked at: chosen from the built site, so that a new kind of page, or a new part of one, comes in by itself.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const filesBelow = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? filesBelow(path) : [path];
});

/** What a page is made of: names of elements and classes. */
const partsOf = (html) => {
  const parts = new Set();
  for (const [, tag, rest] of html.matchAll(/<([a-z][a-z0-9]*)([^>]*)>/g)) {
    parts.add(tag);
    for (const name of /\sclass="([^"]*)"/.exec(rest)?.[1].split(/\s+/) ?? []) parts.add(`.${name}`);
  }
  return parts;
};

/** Every page of a site: address, kind, size, parts. */
export const readSite = (site) => {
  const files = filesBelow(site).filter((path) => path.endsWith('.html')).sort();
  return files.map((path) => {
    const html = readFileSync(path, 'utf8');
    const kind = /<body[^>]*class="[^"]*kind-([a-z0-9-]+)/.exec(html)?.[1];
    if (!kind) throw new Error(`${path}: <body> does not say its kind`);
    return { path: relative(site, path).split(sep).join('/'), kind, size: html.length, parts: partsOf(html) };
  });
};

/**
 * The largest page of each kind, then the smallest further pages that together hold every element and class of the site.
 */
export const choose = (pages) => {
  const chosen = new Map();
  for (const page of pages) {
    const known = chosen.get(page.kind);
    if (!known || page.size > known.size) chosen.set(page.kind, page);
  }
  const seen = new Set([...chosen.values()].flatMap((page) => [...page.parts]));
  const more = [];
  for (;;) {
    const fresh = (page) => [...page.parts].filter((part) => !seen.has(part)).length;
    const best = pages.map((page) => ({ page, fresh: fresh(page) })).filter(({ fresh }) => fresh > 0)
      .sort((a, b) => b.fresh - a.fresh || a.page.size - b.page.size)[0];
    if (!best) break;
    more.push(best.page);
    best.page.parts.forEach((part) => seen.add(part));
  }
  return [...chosen.values(), ...more].sort((a, b) => a.path.localeCompare(b.path, 'en'));
};
