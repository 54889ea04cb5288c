"use strict";
// How many steps of each path are done on this device.
cxbook.each("[data-path]", function (line) {
  var begin = "step " + line.dataset.path + "/";
  var done = Object.keys(cxbook.all()).filter(function (key) { return key.startsWith(begin); }).length;
  if (done) { line.append(" ", Object.assign(document.createElement("span"), { textContent: done + " done on this device" })); }
});
