// Opening a page and writing down everything that goes wrong on the way.

/** Runs in the page before anything else: keeps what the content policy refused. */
const keepRefusals = () => {
  window.refusals = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.refusals.push(`${event.violatedDirective} refused ${event.blockedURI || 'something inline'}`);
  });
};

/**
 * Opens a context in which every page that is visited is listened to. `trouble` collects console errors, errors of scripts,
 * refused and failed requests, and requests to anywhere but `base`.
 */
export const listen = async (browser, base, options = {}) => {
  const context = await browser.newContext(options);
  const trouble = [];
  const origin = base.startsWith('file:') ? 'file://' : new URL(base).origin;
  context.on('request', (request) => {
    if (!request.url().startsWith(origin)) trouble.push(`asked another host: ${request.url()}`);
  });
  // A request is given up when the reader moves on; one that is refused or missing is told in other words.
  const isGivenUp = (request) => request.failure()?.errorText === 'net::ERR_ABORTED';
  context.on('requestfailed', (request) => !isGivenUp(request) && trouble.push(`not loaded: ${request.url()} ${request.failure()?.errorText}`));
  context.on('response', (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()} for ${response.url()}`);
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => trouble.push(`script: ${error.error().message}`));
  await context.addInitScript(keepRefusals);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const open = async (path) => {
    await page.goto(base + encodeURI(path), { waitUntil: 'load' });
    return page;
  };
  const said = async () => {
    const refusals = await page.evaluate(() => window.refusals ?? []);
    return [...trouble.splice(0), ...refusals.map((words) => `content policy: ${words}`)];
  };
  return { context, page, open, said, close: () => context.close() };
};

/** Opens everything on the page that can be folded. */
export const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((box) => { box.open = true; }));

/** Waits until what was changed is drawn. */
export const settled = (page) => page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
