"use strict";
// Everything this browser keeps of this book: shown, saved, deleted.
(function () {
  function part(id) { return document.getElementById("device." + id); }
  function show(said) {
    var kept = cxbook.all(), count = Object.keys(kept).length, text = JSON.stringify(kept, null, 2);
    part("count").textContent = said || (count === 1 ? "1 entry" : count + " entries");
    part("text").value = text;
    part("save").href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  }
  part("delete").addEventListener("click", function () {
    localStorage.removeItem(cxbook.name);
    show("Everything was deleted.");
  });
  part("none").hidden = true;
  part("kept").hidden = false;
  show();
})();
