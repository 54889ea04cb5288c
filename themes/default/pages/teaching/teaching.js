// What a reader ticks, writes or finishes stays in this browser, under the name of the book. No name, nothing is sent.
const cxbook = (() => {
  const name = "cxbook." + document.body.dataset.book;

  function all() {
    try {
      return Object.assign({}, JSON.parse(localStorage.getItem(name)));
    } catch { return {}; }
  }
  function keep(key, value) {
    const kept = all();
    if (value) kept[key] = value; else delete kept[key];
    try { localStorage.setItem(name, JSON.stringify(kept)); } catch { /* This browser keeps nothing. */ }
  }
  // Named after words, not places, so that what is kept outlives a new order.
  function key(kind, text) {
    const words = document.querySelector("h1").textContent + "/" + text;
    return kind + " " + words.toLowerCase().replace(/[^\p{L}\p{N}/]+/gu, "-").slice(0, 120);
  }
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const make = tag => document.createElement(tag);

  each(".task input", box => {
    const own = key("tick", box.parentNode.textContent);
    box.disabled = false;
    box.checked = box.checked || own in all();
    box.addEventListener("change", () => keep(own, box.checked));
  });

  each(".sheet textarea", field => {
    const own = key("note", field.labels[0].textContent);
    field.value = all()[own] || "";
    field.addEventListener("input", () => keep(own, field.value));
  });

  // A message as it stands, or a sheet: title, questions, answers.
  function words(box) {
    const parts = [...box.querySelectorAll(".figure-title, label, textarea")];
    return parts.map(part => part.value === undefined ? part.textContent : part.value + "\n").join("\n") || box.textContent;
  }
  each("[data-copy], .sheet:has(textarea)", box => {
    const line = make("p"), button = make("button"), said = make("span");
    line.className = "tools";
    button.textContent = "Copy as text";
    said.setAttribute("role", "status");
    function byHand() {
      const field = document.body.appendChild(make("textarea"));
      field.value = words(box);
      field.select();
      said.textContent = document.execCommand("copy") ? " Copied" : " Please copy it by hand";
      field.remove();
    }
    button.addEventListener("click", () => {
      if (!navigator.clipboard) return byHand();
      navigator.clipboard.writeText(words(box)).then(() => { said.textContent = " Copied"; }, byHand);
    });
    line.append(button, said);
    box.matches(".sheet") ? box.append(line) : box.after(line);
  });

  return { name, all, keep, each, make };
})();
