// Looks words up in the index. Its files are scripts, because a page in a folder can load nothing else; each calls cxbookSearch.
"use strict";
(() => {
  const byId = (id) => document.getElementById("search." + id);
  const status = byId("status");
  const form = document.querySelector("[data-index]");
  const asked = new URLSearchParams(location.search);
  const typed = (asked.get("q") || "").slice(0, 200).trim();
  const waiting = {};

  window.cxbookSearch = (name, data) => waiting[name].done(data);
  const load = (name) => {
    if (!waiting[name]) {
      const wait = waiting[name] = {};
      wait.data = new Promise((done, failed) => {
        const script = document.createElement("script");
        wait.done = done;
        script.onerror = failed;
        script.src = form.dataset.index + name + ".js";
        document.head.append(script);
      });
    }
    return waiting[name].data;
  };

  // As src/search/words.rs does it.
  const dense = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\u{20000}-\u{2fa1f}]/u;
  const wordsOf = (text) => {
    const found = [];
    for (const part of text.toLowerCase().replace(/['’ʼ]/g, "").match(/[\p{L}\p{N}\p{M}]+/gu) || []) {
      let run = [];
      const end = () => {
        if (run.length && !dense.test(run[0])) found.push(run.slice(0, 40).join(""));
        else if (run.length === 1) found.push(run[0]);
        else for (let i = 1; i < run.length; i++) found.push(run[i - 1] + run[i]);
        run = [];
      };
      for (const sign of part) {
        if (run.length && dense.test(run[0]) !== dense.test(sign)) end();
        run.push(sign);
      }
      end();
    }
    const fold = (word) => word.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").replace(/ß/g, "ss");
    return [...new Set(found.map(fold))].slice(0, 12);
  };

  // How many letters were added, left out, changed or swapped, up to one more than `most`.
  const slips = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before, row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const last = row;
      row = [i];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      before = last;
    }
    return row[other.length];
  };

  const fileOf = (cuts, word) => {
    const after = cuts.findIndex((cut) => cut > word);
    return Math.max((after < 0 ? cuts.length : after) - 1, 0);
  };

  // Groups of words that begin like a word; those that hold the word itself have `exact`.
  const lookUp = async (meta, word, more) => {
    const at = fileOf(meta.cuts, word);
    const files = [await load("w" + at)];
    if (more && (meta.cuts[at + 1] || "").startsWith(word)) files.push(await load("w" + (at + 1)));
    const found = [];
    for (const group of files.flat()) {
      const near = group[0].split(" ").filter((own) => own.startsWith(word));
      if (!near.length) continue;
      const exact = near.includes(word);
      if (typeof group[1] !== "string") found.push({ group, exact });
      else if (exact) found.push(...await lookUp(meta, group[1]));
    }
    return found;
  };

  // The nearest known word; of equally near ones that with the same first letter, which may also be the second that was typed.
  const mend = async (meta, word) => {
    const most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
    for (const begin of [word, word.slice(1)]) {
      const known = (await load("s" + fileOf(meta.spell, begin))).split(" ");
      const [far, own] = known.map((own) => [slips(word, own, most) + (own[0] !== word[0]) / 2, own]).sort((a, b) => a[0] - b[0])[0];
      if (far < most + 1) return own;
    }
  };

  // Groups of words with how much each counts, and the word that one was mended to.
  const meaning = async (meta, word, isLast) => {
    let found = await lookUp(meta, word, isLast), mended;
    if (!found.length && (mended = await mend(meta, word))) found = await lookUp(meta, mended);
    const exact = found.filter((one) => one.exact);
    const begun = exact.length && !isLast ? [] : found.filter((one) => !one.exact);
    begun.sort((a, b) => b.group[1].length - a.group[1].length);
    return {
      mended,
      groups: [...exact.map(({ group }) => [group, 1]), ...begun.slice(0, 20).map(({ group }) => [group, exact.length ? 0.4 : 0.8])],
    };
  };

  const rank = (meta, terms) => {
    const scores = new Map();
    let whole = 0;
    for (const { groups } of terms) {
      const own = new Map();
      const named = new Set();
      let rarest = 0;
      for (const [[, places, all], counts] of groups) {
        const count = all || places.length;
        const rare = Math.log(1 + (meta.entries - count + 0.5) / (count + 0.5)) ** 2;
        if (counts >= 0.8) rarest = Math.max(rarest, rare);
        let at = 0;
        for (const place of places) {
          at += Math.floor(place / meta.steps);
          const weight = place % meta.steps;
          const score = rare * counts * weight;
          if (weight === meta.steps - 1 && counts >= 0.8) named.add(at);
          if (score > (own.get(at) || 0)) own.set(at, score);
        }
      }
      whole += rarest;
      for (const [at, score] of own) {
        const sum = scores.get(at) || [0, 0, 0];
        scores.set(at, [sum[0] + score, sum[1] + rarest, sum[2] + (named.has(at) ? rarest : 0)]);
      }
    }
    // All words before most words, and a title that is all of them before a text about it.
    const share = (part) => (whole ? part / whole : 1) ** 2;
    return [...scores].map(([at, [score, part, named]]) => [at, score * share(part) * (1 + share(named))])
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  };

  const filter = async (meta, ranked) => {
    for (const name of ["kind", "team", "stage"]) {
      const number = meta[name].indexOf(asked.get(name) || "");
      if (number < 0) continue;
      const wanted = new Set();
      let at = 0;
      (await load(name + number)).forEach((count, turn) => {
        for (const end = at + count; at < end; at++) if (turn % 2) wanted.add(at);
      });
      ranked = ranked.filter(([at]) => wanted.has(at));
    }
    return ranked;
  };

  const element = (tag, words, name) => {
    const node = document.createElement(tag);
    node.textContent = words;
    if (name) node.className = name;
    return node;
  };

  // As src/search/shown.rs does it.
  const show = (meta, block, at) => {
    let whole = at;
    while (block[whole].length < 4) whole--;
    const [heading, words, part] = block[at];
    const [, above, , title, kind, href] = block[whole];
    const item = document.createElement("li");
    const link = element("a", heading ? title + ": " + heading : title, "item-title");
    link.href = href + (heading ? "#" + (part || heading.toLowerCase().replace(/[^a-z0-9 _-]/g, "").replace(/ /g, "-")) : "");
    item.append(link);
    if (block[at][6]) item.append(element("p", block[at][6], "answer"));
    const says = words ?? above;
    if (says) item.append(element("p", meta.kind[kind] === "Quote" ? "“" + says + "”" : says));
    item.append(element("p", meta.kind[kind], "base"));
    byId("results").append(item);
  };

  const run = async () => {
    const meta = await load("meta");
    const words = wordsOf(typed);
    const terms = await Promise.all(words.map((word, at) => meaning(meta, word, at === words.length - 1)));
    const ranked = await filter(meta, rank(meta, terms));
    const many = Math.max(8, Math.min(+asked.get("n") || 8, 200));
    const blocks = await Promise.all(ranked.slice(0, many).map(([at]) => load("p" + Math.floor(at / meta.together))));
    blocks.forEach((block, index) => show(meta, block, ranked[index][0] % meta.together));
    const mended = terms.map(({ mended }, at) => mended ? "“" + words[at] + "” was read as “" + mended + "”. " : "").join("");
    const count = ranked.length === 1 ? "1 result" : ranked.length + " results";
    status.textContent = (ranked.length ? mended + count : "Nothing was found") + " for “" + typed + "”.";
    byId("none").hidden = ranked.length > 0;
    if (ranked.length > many) {
      asked.set("n", many + 16);
      byId("more").firstElementChild.search = asked;
      byId("more").hidden = false;
    }
  };

  for (const name of ["q", "kind", "team", "stage"]) {
    const field = form.elements[name];
    if (field && asked.get(name)) field.value = name === "q" ? typed : asked.get(name);
  }
  if (typed) {
    status.textContent = "Searching …";
    document.title = typed + " – " + document.title;
    run().catch(() => { status.textContent = "The index of this site could not be read. Load the page again."; });
  } else {
    status.textContent = "Type one word or several; names of teams, metrics and terms are found too.";
  }
})();
