// Tells the page in the browser of changes: loads it again where its bytes are others, keeps the place on it, and shows what
// `cxbook check` would say. Everything stands in a shadow of its own, so that no theme can disturb it.
(() => {
  const own = document.currentScript;
  const tag = own.dataset.page;
  const ours = new URL('.', own.src).pathname;
  const kept = { place: 'cxbook.place', closed: 'cxbook.closed' };
  const keep = (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* Refused: nothing is kept. */ } };
  const take = (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } };

  const put = (name, text, ...inside) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...inside);
    return made;
  };
  const count = (number, noun) => (number === 1 ? `1 ${noun}` : `${number} ${noun}s`);

  // The frame: a button that says how things stand, and the findings behind it.
  const host = put('div');
  host.id = 'cxbook.live';
  // Out of the text before its style is there, which would push the text about.
  const apart = (element) => Object.assign(element.style, { position: 'fixed', insetInline: '0', bottom: '0' });
  apart(host);
  const room = host.attachShadow({ mode: 'open' });
  const style = put('link');
  style.rel = 'stylesheet';
  style.href = `${ours}live.css`;
  const box = put('section');
  box.setAttribute('aria-label', 'Preview');
  const button = put('button');
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-controls', 'panel');
  const status = put('p');
  status.className = 'status';
  status.setAttribute('role', 'status');
  const panel = put('div');
  panel.id = 'panel';
  panel.hidden = true;
  panel.tabIndex = 0;
  panel.setAttribute('role', 'region');
  panel.setAttribute('aria-label', 'What is to be mended');
  box.append(status, button, panel);
  room.append(style, box);

  // The way to the form comes last on the page.
  if ('edit' in own.dataset) {
    const add = put('a', 'Add to the book');
    add.href = `${ours}add/`;
    const corner = put('aside');
    corner.setAttribute('aria-label', 'Preview: write');
    apart(corner);
    corner.attachShadow({ mode: 'open' }).append(style.cloneNode(), add);
    document.body.append(corner);
  }

  let news = null;
  let said = '';
  const open = (wanted) => {
    panel.hidden = !wanted;
    button.setAttribute('aria-expanded', String(wanted));
  };
  button.addEventListener('click', () => {
    open(panel.hidden);
    keep(kept.closed, panel.hidden ? said : '');
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || panel.hidden || event.defaultPrevented) return;
    const inside = room.activeElement !== null;
    open(false);
    keep(kept.closed, said);
    if (inside) button.focus();
  });

  const finding = (one) => {
    const item = put('li');
    item.className = one.level;
    const head = put('p', '', put('strong', one.level), ` ${one.message} `, put('code', one.name));
    item.append(head);
    if (one.place) item.append(put('p', one.place));
    if (one.marked !== null) item.append(put('pre', '', one.before, put('mark', one.marked), one.after));
    if (one.help) item.append(put('p', one.help));
    return item;
  };

  const show = () => {
    const parts = [[news.errors, 'error'], [news.warnings, 'warning'], [news.notes, 'note']];
    const told = parts.filter(([number]) => number > 0).map(([number, noun]) => count(number, noun)).join(', ');
    said = JSON.stringify([news.trouble, news.findings]);
    button.hidden = told === '' && !news.trouble;
    button.textContent = news.trouble ? 'The book cannot be read' : told;
    box.className = news.broken ? 'broken' : '';
    const old = 'waiting' in document.body.dataset ? '' : ' The page is as it was before.';
    const words = news.broken ? `${news.trouble || told}.${old}` : '';
    if (status.textContent !== words) status.textContent = words;
    const list = put('ul', '', ...news.findings.map(finding));
    const parted = [];
    if (news.trouble) parted.push(put('p', news.trouble));
    parted.push(list);
    if (news.left > 0) parted.push(put('p', `${count(news.left, 'finding')} more: cxbook check --format short lists all.`));
    parted.push(put('p', 'cxbook explain NAME says more of each. Escape closes this.'));
    panel.replaceChildren(...parted);
    // Errors open by themselves, once; what was closed stays closed until something else is wrong.
    open(news.broken ? take(kept.closed) !== said : !panel.hidden && !button.hidden);
    if (host.isConnected) return;
    // The way past the navigation stays the first stop of the keyboard; this is the next.
    const skip = document.querySelector('body > a[href^="#"]:first-child');
    if (skip) skip.after(host); else document.body.prepend(host);
  };

  // The place on the page outlives its reload.
  const place = take(kept.place);
  keep(kept.place, null);
  if (place && place.page === location.pathname) {
    let mine = true;
    const back = () => { if (mine) scrollTo({ left: place.x, top: place.y, behavior: 'instant' }); };
    const enough = () => { mine = false; };
    history.scrollRestoration = 'manual';
    back();
    // What is laid out late, such as a typeface, moves the page: until it rests or its reader moves it, the place is kept.
    const watch = new ResizeObserver(back);
    watch.observe(document.body);
    for (const moved of ['wheel', 'keydown', 'pointerdown', 'touchstart']) addEventListener(moved, enough, { once: true, passive: true });
    addEventListener('load', () => { back(); setTimeout(() => { back(); enough(); watch.disconnect(); }, 400); }, { once: true });
    // Given back only when the page is left: until then the browser would still put its own guess in place.
    addEventListener('pagehide', () => { history.scrollRestoration = 'auto'; }, { once: true });
  }
  const again = () => {
    keep(kept.place, { page: location.pathname, x: scrollX, y: scrollY });
    location.reload();
  };

  const look = async () => {
    const answer = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' });
    const now = answer.headers.get('etag');
    if (now && now !== `"${tag}"`) again();
  };

  // Only a page that is in sight listens: browsers keep few connections, and a page that comes back into sight asks at once.
  let stream = null;
  const listen = () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(`${ours}live`);
      stream.addEventListener('news', (event) => {
        news = JSON.parse(event.data);
        show();
        look().catch(() => { /* The server is gone; the stream comes back when it does. */ });
      });
    }
  };
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => { stream?.close(); stream = null; });
  addEventListener('pageshow', listen);
  listen();
})();
