"use strict";
// What a reader ticks, writes or finishes stays in this browser, under the name of the book. No name, nothing is sent.
var cxbook = (function () {
  var name = "cxbook." + document.body.dataset.book;

  function all() {
    try {
      var kept = JSON.parse(localStorage.getItem(name));
      return kept && typeof kept === "object" ? kept : {};
    } catch (e) { return {}; }
  }
  function keep(key, value) {
    var kept = all();
    if (value) { kept[key] = value; } else { delete kept[key]; }
    try { localStorage.setItem(name, JSON.stringify(kept)); } catch (e) { /* This browser keeps nothing. */ }
  }
  // Named after words, not places, so that what is kept outlives a new order.
  function key(kind, text) {
    var words = document.querySelector("h1").textContent + "/" + text;
    return kind + " " + words.toLowerCase().replace(/[^\p{L}\p{N}\/]+/gu, "-").slice(0, 120);
  }
  function each(selector, act) { document.querySelectorAll(selector).forEach(act); }

  each(".task input", function (box) {
    var own = key("tick", box.parentNode.textContent);
    box.disabled = false;
    box.checked = box.checked || own in all();
    box.addEventListener("change", function () { keep(own, box.checked); });
  });

  each(".sheet textarea", function (field) {
    var own = key("note", field.labels[0].textContent);
    field.value = all()[own] || "";
    field.addEventListener("input", function () { keep(own, field.value); });
  });

  // The words of a sheet with the answers, or of a message.
  function words(box) {
    var lines = [].map.call(box.querySelectorAll(".figure-title, label, textarea"), function (part) {
      return part.value === undefined ? part.textContent : part.value + "\n";
    });
    return lines.length ? lines.join("\n") : box.textContent;
  }
  function copy(text, tell) {
    function byHand() {
      var field = document.body.appendChild(document.createElement("textarea"));
      field.value = text;
      field.select();
      tell(document.execCommand("copy") ? "Copied" : "Please copy it by hand");
      field.remove();
    }
    if (!navigator.clipboard) { byHand(); return; }
    navigator.clipboard.writeText(text).then(function () { tell("Copied"); }, byHand);
  }
  each("[data-copy], .sheet:has(textarea)", function (box) {
    var line = document.createElement("p"), button = document.createElement("button"), said = document.createElement("span");
    line.className = "tools";
    button.type = "button";
    button.textContent = "Copy as text";
    said.setAttribute("role", "status");
    button.addEventListener("click", function () { copy(words(box), function (text) { said.textContent = " " + text; }); });
    line.append(button, said);
    box.after(line);
  });

  return { name: name, all: all, keep: keep, each: each };
})();
