"use strict";
// Steps of a path: a box for each, and how many are done on this device.
(function () {
  var line = document.querySelector("[data-path]"), said = line.appendChild(document.createElement("span"));
  said.setAttribute("role", "status");

  function show() {
    var kept = cxbook.all(), done = 0;
    cxbook.each("[data-step]", function (step) {
      var ticked = own(step) in kept;
      step.classList.toggle("done", ticked);
      step.querySelector(".done-box input").checked = ticked;
      done += ticked;
    });
    said.textContent = done ? " " + done + " done on this device" : "";
  }
  function own(step) { return "step " + line.dataset.path + "/" + step.dataset.step; }

  cxbook.each("[data-step]", function (step) {
    var label = document.createElement("label"), box = document.createElement("input"), title = step.querySelector("h3, legend");
    label.className = "done-box";
    box.type = "checkbox";
    box.setAttribute("aria-label", "Done: " + title.textContent);
    label.append(box, " Done");
    step.append(label);
    box.addEventListener("change", function () { cxbook.keep(own(step), box.checked); show(); });
    // Who has chosen the right answer and compared it has done that step.
    step.addEventListener("toggle", function (event) {
      if (event.target.open && step.querySelector("[data-right]:checked")) { cxbook.keep(own(step), true); show(); }
    }, true);
  });
  show();
})();
