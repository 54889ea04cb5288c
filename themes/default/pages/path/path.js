// Steps of a path: a box for each, and how many are done on this device.
(() => {
  const line = document.querySelector("[data-path]"), said = cxbook.make("span");
  const key = step => "step " + line.dataset.path + "/" + step.dataset.step;
  line.setAttribute("role", "status");

  function show() {
    const kept = cxbook.all();
    let done = 0;
    cxbook.each("[data-step]", step => {
      const is = key(step) in kept;
      step.classList.toggle("done", is);
      step.lastChild.firstChild.checked = is;
      done += is;
    });
    said.textContent = " " + done + " done on this device";
    done ? line.append(said) : said.remove();
  }

  cxbook.each("[data-step]", step => {
    const label = cxbook.make("label"), box = cxbook.make("input");
    const tick = on => show(cxbook.keep(key(step), on));
    box.type = "checkbox";
    box.setAttribute("aria-label", "Done: " + step.querySelector("h3, legend").textContent);
    label.append(box, " Done");
    step.append(label);
    box.addEventListener("change", () => tick(box.checked));
    // Who has chosen the right answer and compared it has done that step.
    step.addEventListener("toggle", it => {
      if (it.target.open && step.querySelector("[data-right]:checked")) tick(true);
    }, true);
  });
  show();
})();
