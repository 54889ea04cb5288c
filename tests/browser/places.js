// Where a site is read from: a host's root, a folder of a host, a folder of a disk.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.xml': 'application/xml', '.json': 'application/json', '.csv': 'text/csv', '.txt': 'text/plain',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.gif': 'image/gif',
};

const serve = (site, below) => new Promise((done) => {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const path = decodeURIComponent(pathname);
    const inside = path.startsWith(below) ? path.slice(below.length) : null;
    const name = inside === '' || inside?.endsWith('/') ? `${inside}index.html` : inside;
    const file = name === null ? null : normalize(join(site, name));
    try {
      if (!file?.startsWith(site + sep)) throw new Error('outside');
      const bytes = await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end(`${path} is not here`);
    }
  });
  server.listen(0, '127.0.0.1', () => done({
    base: `http://127.0.0.1:${server.address().port}${below}`,
    close: () => server.close(),
  }));
});

/** The path of the site's own address, which only the page for missing pages names, because it is shown anywhere. */
const ownPath = (site) => /href="(\/[^"]*?)assets\//.exec(readFileSync(join(site, '404.html'), 'utf8'))?.[1] ?? '/';

/** Where a kind of page is looked at when the place does not matter. */
export const at = (kind, places) => kind === 'not-found' ? places['own address'] : places.root;

/** The places, by name: `base` begins every address there. */
export const places = async (site) => ({
  root: await serve(site, '/'),
  'own address': await serve(site, ownPath(site)),
  'sub-path': await serve(site, '/intranet/cx book/'),
  'file://': { base: `${pathToFileURL(site).href}/`, close: () => {} },
});
