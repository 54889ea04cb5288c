// The one script of the whole site. Frozen pages of every age load it, so what it asks of a page must stay:
// a link [data-edition] to editions.html with data-page and data-was, or link[data-alias] on a page that leads on.
(function () {
  var d = document, alias = d.querySelector("link[data-alias]");
  if (alias) {
    location.replace(alias.href + location.search + location.hash);
    return;
  }
  var link = d.querySelector("a[data-edition]");
  if (!link) return;
  var root = link.href.replace(/[^/]*$/, "");
  var own = link.dataset.edition, page = link.dataset.page;
  var was = (link.dataset.was || "").split(" ").filter(Boolean);
  var best = cxEditions[0], all = cxEditions[1], seen = {};
  function title(id) {
    var one = all.find(v => v[0] === id);
    return one ? one[1] : id;
  }
  function make(name, text, kind) {
    var element = d.createElement(name);
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }
  function home(id) {
    return root + id + "/index.html";
  }
  // The address of this page in another edition; nothing when it is not there, false when nobody can say.
  function find(id, then) {
    // Browsers let no page from a shared folder read another file.
    if (location.protocol === "file:") return then(false);
    seen[id] = seen[id] || fetch(root + id + "/pages.json").then(r => r.ok ? r.json() : 0);
    seen[id].then(list => {
      var pages = list.pages, found = pages[page];
      was.forEach(old => { found = found || pages[old]; });
      for (var key in pages) {
        var before = pages[key].was || [];
        if (!found && before.some(old => old === page || was.includes(old))) found = pages[key];
      }
      then(found ? root + id + "/" + encodeURI(found.path) : "");
    }).catch(() => then(false));
  }
  function go(event) {
    var id = this.dataset.to, from = this;
    event.preventDefault();
    find(id, href => {
      if (href || href === false) return location.assign(href ? href + location.hash : home(id));
      said.textContent = "This page is not in " + title(id) + ". ";
      var way = make("a", "Open its first page");
      way.href = home(id);
      said.append(way);
      from.after(said);
    });
  }
  var said = make("p", "");
  said.setAttribute("role", "status");
  var box = make("details", "", "editions"), list = make("ul", "", "jump");
  box.append(make("summary", title(own)), list);
  all.forEach(v => {
    var item = make("li", ""), to = make("a", v[1] + (v[2] === "current" ? " (current)" : ""));
    to.href = home(v[0]);
    to.dataset.to = v[0];
    if (v[0] === own) to.setAttribute("aria-current", "true");
    else to.onclick = go;
    item.append(to);
    list.append(item);
  });
  var rest = make("li", "");
  link.replaceWith(box);
  rest.append(link);
  list.append(rest);
  var status = all.find(v => v[0] === own);
  var top = d.querySelector("header");
  if (!top || !best || best === own) return;
  var band = make("aside", "", "wide"), note = make("div", "", "alert alert-note"), words = make("p", "");
  var draft = status && status[2] === "preview";
  note.append(make("p", draft ? "A preview" : "An earlier edition", "alert-title"), words);
  words.append(draft ? "Nothing here is published yet. " : "This is edition " + own + ", kept as it was. ");
  var now = make("a", "edition " + best + ", the current one");
  now.href = home(best);
  words.append("Go to ", now);
  band.setAttribute("aria-label", "Edition");
  band.append(note);
  top.after(band);
  find(best, href => {
    if (href) {
      now.href = href;
    } else if (href === "") words.append(", which no longer has this page");
  });
})();
